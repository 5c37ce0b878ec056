"""`make messages`: gathers what readers' pages say into the catalogues of translators.

    python -m tests.messages [LANGUAGE …]

Each catalogue in `claims/locale` keeps what is translated, gets what is new and loses
what is gone; beside it the compiled one is written, which the site reads. A language
named here that has no catalogue gets one. The desk's own words are not gathered.
"""

import ast
import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PROJECT = Path(__file__).resolve().parent.parent
LOCALE = PROJECT / "claims" / "locale"
STATUSES = "fixtures/statuses.json"
#: What readers' pages are made of, as patterns from the project's folder.
TEMPLATES = ("*.html", "claims/*.html", "django_tables2/*.html")
MODULES = (
    "reading/*.py",
    "views/*.py",
    "templatetags/*.py",
    "formats/*.py",
    "workflow/words.py",
)
#: Tags of the desk's templates among them.
DESK_TAGS = ("desk_forms.py", "form_parts.py", "workspace_text.py")
KEYWORDS: dict[str, tuple[Any, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
#: Where, its number of line, the message (or both forms of one), its context.
Found = tuple[str, int, str | tuple[str, ...], str | None]


def main(wanted: list[str]) -> None:
    template = public_messages()
    for language in sorted({*languages(), *map(to_locale, wanted)}):
        catalogue = read(language) if language in languages() else new(language)
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        catalogue.obsolete.clear()
        write(language, catalogue)
        missing = sum(not all(forms(message)) for message in catalogue if message.id)
        sys.stdout.write(
            f"{language}: {len(catalogue)} messages, {missing} to translate, "
            f"in {path_of(language).relative_to(PROJECT)}\n"
        )


def languages() -> list[str]:
    return sorted(path.parents[1].name for path in LOCALE.glob("*/*/django.po"))


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """Return a catalogue; the comment at its head, a glossary, as it is laid out."""
    text = path_of(language).read_text(encoding="utf-8")
    catalogue = read_po(io.StringIO(text), locale=language)
    catalogue.header_comment = text.partition("\nmsgid")[0]
    return catalogue


def new(language: str) -> Catalog:
    return Catalog(language, project="claim tracker", last_translator="", fuzzy=False)


def write(language: str, catalogue: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(written(catalogue))
    path.with_suffix(".mo").write_bytes(compiled(read(language)))


def written(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_po(file, catalogue, sort_by_file=True, include_lineno=False)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    file = io.BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def forms(message: Any) -> list[str]:
    """Return the translations of a message: one, or one for each form of the plural.

    A message that was just gathered has none yet: one that is empty.
    """
    text = message.string or ""
    return [text] if isinstance(text, str) else list(text)


# What there is to translate


def public_messages() -> Catalog:
    catalogue = Catalog()
    for place, line, message, context in found():
        catalogue.add(message, locations=[(place, line)], context=context)
    return catalogue


def found() -> Iterator[Found]:
    for pattern in TEMPLATES:
        for path in sorted((PROJECT / "templates").glob(pattern)):
            yield from in_python(path, as_python(path.read_text(encoding="utf-8")))
    for pattern in MODULES:
        for path in sorted((PROJECT / "claims").glob(pattern)):
            if path.name not in DESK_TAGS:
                yield from in_python(path, path.read_text(encoding="utf-8"))
    for path in sorted((PROJECT / "claims/models").glob("*.py")):
        source = path.read_text(encoding="utf-8")
        lines = lines_of_choices(source)
        yield from (each for each in in_python(path, source) if each[1] in lines)
    yield from in_statuses()


def as_python(template: str) -> str:
    """Return a template as Django prepares it for gettext, its lines not indented."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


def in_python(path: Path, source: str) -> Iterator[Found]:
    file = io.BytesIO(source.encode())
    place = str(path.relative_to(PROJECT))
    for line, message, _comments, context in extract("python", file, KEYWORDS):
        yield place, line, message, context


def lines_of_choices(source: str) -> set[int]:
    """Return the lines of the closed lists of words: what readers see of a model."""
    choices = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        and any(ast.unparse(base).endswith("TextChoices") for base in node.bases)
    ]
    return {
        line for node in choices for line in range(node.lineno, node.end_lineno + 1)
    }


def in_statuses() -> Iterator[Found]:
    """Yield the words that come with the tracker: statuses, and the methodology."""
    for row in json.loads((PROJECT / STATUSES).read_text(encoding="utf-8")):
        for field in ("label", "definition", "text"):
            if words := row["fields"].get(field):
                yield STATUSES, 1, words, SHIPPED[field]


SHIPPED = {"label": "status", "definition": "status", "text": "methodology"}

if __name__ == "__main__":
    main(sys.argv[1:])
