"""Released or signed content as lines an editor reads, and what differs between two.

Content is plain values (see ``publishing.content``); here its field names become
labels, its codes words, and its public ids names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from claims.models import (
    Affiliation,
    Appearance,
    Article,
    Assessment,
    AttributionLink,
    Citation,
    Claim,
    Contribution,
    Document,
    EvidenceSearch,
    Inquiry,
    Passage,
    Source,
    StoredCopy,
    VerificationStatus,
)

from .readable import EMPTY, readable_value

#: Which model the dictionaries and lists under a name were read from.
_PARTS: dict[str, type[models.Model]] = {
    "claim": Claim,
    "claims": Claim,
    "assessment": Assessment,
    "article": Article,
    "appearances": Appearance,
    "places": Appearance,
    "chain": AttributionLink,
    "citations": Citation,
    "searches": EvidenceSearch,
    "inquiries": Inquiry,
    "passage": Passage,
    "affiliations": Affiliation,
    "contributions": Contribution,
    "copies": StoredCopy,
    "copy": StoredCopy,
}
_SUBJECTS: dict[str, type[models.Model]] = {"source": Source, "document": Document}
#: Rows that are looked up by their ids in one query.
AT_ONCE = 500
#: Numbers and keys that help no reader; the passage shows its words.
_SILENT = {"id", "start", "end", "prefix", "suffix", "stored_copy", "blocks"}


@dataclass(frozen=True)
class Line:
    """One field of a content: the place it is at, its label and its words."""

    path: tuple[str, ...]
    section: str
    label: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that is not what it was: "" where it was not there."""

    section: str
    label: str
    before: str
    after: str


def lines_of(content: dict[str, Any], subject_type: str) -> list[Line]:
    """Return a content as lines, in its own order; empty fields are left out."""
    model = _SUBJECTS.get(subject_type, Claim)
    lines = _walk(content, model, (), "", _Names(_named(content, model)))
    return [line for line in lines if line.text != EMPTY]


def differences(
    before: dict[str, Any], after: dict[str, Any], subject_type: str
) -> list[Difference]:
    """Return what differs, field by field; rows are matched by their public ids."""
    old = {line.path: line for line in lines_of(before, subject_type)}
    new = {line.path: line for line in lines_of(after, subject_type)}
    found = []
    for path in [*old, *(path for path in new if path not in old)]:
        line = new.get(path) or old[path]
        was = old[path].text if path in old else ""
        now = new[path].text if path in new else ""
        if was != now:
            found.append(Difference(line.section, line.label, was, now))
    return found


class _Names:
    """Knows what public ids and statuses are called; looked up at once, by model."""

    def __init__(self, named: Iterable[tuple[Any, str]]) -> None:
        self.found: dict[tuple[type, str], str] = {}
        wanted: dict[Any, set[str]] = {}
        for model, public_id in named:
            wanted.setdefault(model, set()).add(public_id)
        for model, public_ids in wanted.items():
            self._look_up(model, sorted(public_ids))
        self.statuses = {
            status.slug: str(status) for status in VerificationStatus.objects.all()
        }

    def _look_up(self, model: Any, public_ids: list[str]) -> None:
        for start in range(0, len(public_ids), AT_ONCE):
            rows = model.objects.filter(public_id__in=public_ids[start:][:AT_ONCE])
            self.found |= {(model, row.public_id): str(row) for row in rows.order_by()}

    def of(self, model: Any, public_id: str) -> str:
        return self.found.get((model, public_id), public_id)


def _named(content: dict[str, Any], model: Any) -> Iterator[tuple[Any, str]]:
    """Yield every row that a content names, as its model and public id."""
    for name, value in content.items():
        part = _PARTS.get(name, model)
        if isinstance(value, dict):
            yield from _named(value, part)
        elif isinstance(value, list):
            for row in value:
                if isinstance(row, dict):
                    yield from _named(row, part)
        elif isinstance(value, str) and (related := _model_named(model, name)):
            yield related, value


@cache
def _model_named(model: type[models.Model], name: str) -> Any:
    """Return the model of which a field holds a public id; ``None``: of none."""
    try:
        related = model._meta.get_field(name).related_model
    except FieldDoesNotExist:
        return None
    return related if hasattr(related, "public_id") else None


def _walk(
    content: dict[str, Any],
    model: type[models.Model],
    path: tuple[str, ...],
    section: str,
    names: _Names,
) -> Iterator[Line]:
    for name, value in content.items():
        part = _PARTS.get(name)
        here = (*path, name)
        if isinstance(value, dict) and part is not None:
            yield from _walk(value, part, here, section or _title(part), names)
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            yield from _walk_rows(value, part or model, here, names)
        elif name not in _SILENT:
            label = _label(model, name)
            yield Line(here, section, label, _words(model, name, value, names))


def _walk_rows(
    rows: list[dict[str, Any]],
    model: type[models.Model],
    path: tuple[str, ...],
    names: _Names,
) -> Iterator[Line]:
    for index, row in enumerate(rows, start=1):
        section = f"{_title(model)} {index}"
        inner = row.get("claim", row)  # a claim of an article comes in its envelope
        key = str(inner.get("id", index)) if isinstance(inner, dict) else str(index)
        yield from _walk(row, model, (*path, key), section, names)


def _title(model: type[models.Model]) -> str:
    return str(capfirst(model._meta.verbose_name))


def _label(model: type[models.Model], name: str) -> str:
    if name == "status" and model is not Assessment:
        return _("Status")
    try:
        return str(capfirst(model._meta.get_field(name).verbose_name))  # type: ignore[union-attr]
    except (FieldDoesNotExist, AttributeError):
        return str(capfirst(name.replace("_", " ")))


def _words(model: type[models.Model], name: str, value: Any, names: _Names) -> str:
    if name == "topics":
        return ", ".join(label for _slug, label in value) or EMPTY
    if name == "status" and value:
        return names.statuses.get(value, str(value))
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value) if value not in (None, "", [], {}) else EMPTY
    if value and (related := _model_named(model, name)):
        return names.of(related, str(value))
    return readable_value(field, value)  # type: ignore[arg-type]
