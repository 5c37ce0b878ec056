"""Which parameters a change list accepts: an allow-list, everything else is refused.

The stock admin takes any lookup on any column: an oracle for columns nobody shows, and
on SQLite, whose REGEXP is Python's, a way to keep the server busy.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.http import HttpRequest

_EXACT = ("", "__exact")
_RANGE = ("__gte", "__gt", "__lte", "__lt", "__isnull")
_DATE_PARTS = ("__year", "__month", "__day")

#: A number of fewer digits than this fits a key of 64 bits.
_KEY_CHARACTERS = 19


def key_from(text: str) -> int | None:
    """Return a primary key typed in an address; ``None`` when it cannot be one."""
    is_key = text.isascii() and text.isdecimal() and len(text) < _KEY_CHARACTERS
    return int(text) if is_key else None


def keys_from(texts: Iterable[str]) -> list[int]:
    """Return those of the texts that can be primary keys."""
    return [key for text in texts if (key := key_from(text)) is not None]


def key_on_page(request: HttpRequest) -> int | None:
    """Return the key of the row whose page this is; ``None`` on an add page."""
    match = request.resolver_match
    return key_from(match.kwargs.get("object_id", "")) if match else None


class AllowedLookups:
    """Mixin of ModelAdmin: listed filters, exact keys and choices, nothing else."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup in set(self._allowed(request))

    def _allowed(self, request: HttpRequest) -> Iterator[str]:
        model: type[models.Model] = self.model  # type: ignore[attr-defined]
        for name in ("pk", "id", "public_id"):
            yield from (f"{name}{suffix}" for suffix in (*_EXACT, "__in"))
        for entry in self.get_list_filter(request):  # type: ignore[attr-defined]
            yield from _filter_parameters(model, entry)
        if self.date_hierarchy:  # type: ignore[attr-defined]
            yield from _dated(self.date_hierarchy)  # type: ignore[attr-defined]
        for field in model._meta.get_fields():
            if getattr(field, "choices", None):
                yield from (f"{field.name}{suffix}" for suffix in _EXACT)


def _filter_parameters(model: type[models.Model], entry: Any) -> Iterator[str]:
    if isinstance(entry, (list, tuple)):
        entry = entry[0]
    if not isinstance(entry, str):
        yield entry.parameter_name
        return
    try:
        field = model._meta.get_field(entry)
    except FieldDoesNotExist:
        return
    yield from (f"{entry}{suffix}" for suffix in (*_EXACT, "__isnull"))
    if isinstance(field, models.DateField):
        yield from _dated(entry)
    if field.is_relation:
        keys = {"id", "pk", "slug", "number", "public_id"}
        yield from (f"{entry}__{key}{suffix}" for key in keys for suffix in _EXACT)


def _dated(name: str) -> Iterator[str]:
    yield from (f"{name}{suffix}" for suffix in (*_RANGE, *_DATE_PARTS))
