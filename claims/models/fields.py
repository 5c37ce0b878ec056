"""Model fields of ours: lists of short texts, dates with their precision."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.checking.dates import EdtfError, edtf_bounds
from claims.checking.reviews import RuleError, read_rule

#: Of a reader's name, with a report and in the correction that follows it.
READERS_NAME_CHARACTERS = 120


def validate_text_list(entries: object) -> None:
    """Refuse anything but a list of texts that are not blank."""
    if not isinstance(entries, list) or not all(
        isinstance(entry, str) and entry.strip() for entry in entries
    ):
        raise ValidationError(_("Give a list of texts, none of them empty."))


def validate_edtf(text: str) -> None:
    """Refuse what ``checking.dates`` cannot turn into bounds."""
    try:
        edtf_bounds(text)
    except EdtfError as error:
        raise ValidationError(str(error)) from error


def validate_review_rule(text: str) -> None:
    """Refuse what ``checking.reviews`` cannot read as a rule."""
    try:
        read_rule(text)
    except RuleError as error:
        raise ValidationError(
            _(
                "“%(rule)s” cannot be read as a rule. Write for example “every 6 "
                "months”, “quarterly”, “every 90 days”, “yearly” or “never”; 50 years "
                "at most."
            )
            % {"rule": error.part}
        ) from error


class OnePerLineField(forms.CharField):
    """A list of texts, shown and typed one per line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial or []) != self.to_python(data)


class TextListField(models.JSONField):
    """A list of short texts, in order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("validators", [validate_text_list])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, path, args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        widget = kwargs.get("widget")
        if widget is not None and not isinstance(widget, forms.Widget):
            kwargs.pop("widget")
        return models.Field.formfield(self, form_class=OnePerLineField, **kwargs)


class EdtfField(models.CharField):
    """A date in EDTF, with as much precision as is known and no more."""

    default_validators = [*models.CharField.default_validators, validate_edtf]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)


class DatedInWords(models.Model):
    """Base of rows with dates in words; derives first and last day from the EDTF.

    ``DATE_PREFIXES`` names the groups: for "said", the columns ``said_words``,
    ``said_edtf``, ``said_from``, ``said_to`` and ``said_basis``.
    """

    DATE_PREFIXES: tuple[str, ...] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.derive_bounds()
        fields: Iterable[str] | None = kwargs.get("update_fields")
        if fields is not None:
            kwargs["update_fields"] = {*fields, *self._derived(set(fields))}
        super().save(*args, **kwargs)

    def derive_bounds(self) -> None:
        """Set the bounds of each date group from its EDTF text."""
        for prefix in self.DATE_PREFIXES:
            text = getattr(self, f"{prefix}_edtf")
            bounds = edtf_bounds(text) if text else None
            setattr(self, f"{prefix}_from", bounds.earliest if bounds else None)
            setattr(self, f"{prefix}_to", bounds.latest if bounds else None)

    def _derived(self, fields: set[str]) -> set[str]:
        return {
            f"{prefix}_{side}"
            for prefix in self.DATE_PREFIXES
            if f"{prefix}_edtf" in fields
            for side in ("from", "to")
        }
