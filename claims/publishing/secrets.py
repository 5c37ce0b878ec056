"""Protected sources: their names must stand in nothing that readers get."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from claims.models.sources import Source

from .content import Content
from .errors import ProtectedNameError
from .rows import folded


def secret_words(article_ids: Iterable[int]) -> list[str]:
    """Return the names and aliases of the sources protected in these articles."""
    ids = list(article_ids)
    used = Q(claims__article__in=ids) | Q(attribution_links__claim__article__in=ids)
    return [
        word
        for source in Source.objects.protected().filter(used).distinct()
        for word in source.secret_words()
    ]


def refuse_secrets(content: Content | str, words: Iterable[str]) -> None:
    """Raise ``ProtectedNameError``, naming the field and never the name."""
    field = field_with_secret(content, words)
    if field is not None:
        raise ProtectedNameError(
            _(
                "The name of a protected source stands in “%(field)s”. "
                "Use the public label there; nothing was published."
            )
            % {"field": field or _("reason")}
        )


def field_with_secret(content: Content | str, words: Iterable[str]) -> str | None:
    """Return the path of the first text that holds one of the names, or ``None``.

    Case and accents do not matter, nor what stands between the parts of a name: an
    address ending in "ana-de-sa" holds the name "Ana de Sá". Path "" is a bare text.
    """
    wanted = [_pattern_of(parts) for word in words if (parts := _parts_of(word))]
    if not wanted:
        return None
    pattern = re.compile("|".join(wanted))
    for path, text in _texts(content, ""):
        if pattern.search(folded(text)):
            return path
    return None


class PublicLabels:
    """Puts the public label, in brackets, where a text holds a protected name."""

    def __init__(self, sources: Iterable[Source]) -> None:
        named = [
            (parts, source.public_label)
            for source in sources
            for word in source.secret_words()
            if (parts := _parts_of(word))
        ]
        named.sort(key=lambda each: -len(each[0]))  # a full name before a part of it
        self._labels = [label for _parts, label in named]
        patterns = [f"({_pattern_of(parts)})" for parts, _label in named]
        self._pattern = re.compile("|".join(patterns)) if named else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def put_in(self, text: str) -> str:
        """Return the text with labels for names, which are found as for publishing."""
        if self._pattern is None:
            return text
        folds = [folded(character) for character in text]
        places = [place for place, fold in enumerate(folds) for _letter in fold]
        written, end = "", 0
        for found in self._pattern.finditer("".join(folds)):
            written += text[end : places[found.start()]]
            written += f"[{self._labels[(found.lastindex or 1) - 1]}]"
            end = places[found.end() - 1] + 1
            while end < len(text) and unicodedata.combining(text[end]):
                end += 1
        return written + text[end:]


def _parts_of(word: str) -> list[str]:
    return [part for part in re.split(r"[\W_]+", folded(word)) if part]


def _pattern_of(parts: list[str]) -> str:
    """Match a name as whole words; in scripts that join words, anywhere."""
    joined = r"[\W_]+".join(parts)
    if not joined.isascii():
        return joined
    return rf"(?<![^\W_]){joined}(?![^\W_])"


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, path)
