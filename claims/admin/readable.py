"""Values as an editor reads them: labels instead of codes, names instead of keys."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db import models
from django.utils.formats import localize
from django.utils.translation import gettext as _

EMPTY = "–"


def readable(field: forms.Field, text: str) -> str:
    """Return a posted text as its label, name or words."""
    if isinstance(field, forms.BooleanField):
        return _("yes") if text else _("no")
    if not text:
        return EMPTY
    if isinstance(field, forms.ModelChoiceField):
        return ", ".join(_names(field, text.split("\n")))
    if isinstance(field, forms.ChoiceField):
        labels = dict(_flat(field.choices))
        return ", ".join(str(labels.get(part, part)) for part in text.split("\n"))
    return text


def readable_value(field: models.Field, value: Any) -> str:
    """Return a stored value of a model field as its label, name or words."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", []):
        return EMPTY
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    labels = dict(field.flatchoices) if getattr(field, "choices", None) else {}
    return str(labels.get(value) or localize(value))


def _names(field: forms.ModelChoiceField, keys: list[str]) -> Iterator[str]:
    key, rows_offered = (
        field.to_field_name or "pk",
        cast(models.QuerySet, field.queryset),
    )
    try:
        rows = {
            str(getattr(row, key)): field.label_from_instance(row)
            for row in rows_offered.filter(**{f"{key}__in": keys})
        }
    except (ValueError, TypeError):
        rows = {}
    yield from (str(rows.get(posted, posted)) for posted in keys)


def _flat(choices: Any) -> Iterator[tuple[str, Any]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from ((str(inner), text) for inner, text in label)
        else:
            yield str(value), label
