"""Forms of the desk: each carries the version and the values it was opened with."""

import hashlib
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from .menus import tell_menus

FINGERPRINT_CHARACTERS = 10


class CarriedField(forms.CharField):
    """A value the page carries for itself; nobody types it, so it never changed."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def as_posted(field: forms.Field, value: Any) -> str:
    """Return a value as the one text a browser would post for it."""
    value = field.prepare_value(value)
    if isinstance(field, forms.BooleanField):
        return "on" if value not in (False, None, "", "False", "false", "0") else ""
    if isinstance(value, (list, tuple, set)):
        return "\n".join(sorted(str(part) for part in value))
    shown = field.widget.format_value(value)
    if isinstance(shown, list):
        shown = "\n".join(str(part) for part in shown)
    return str(shown or "").replace("\r\n", "\n").strip()


def values_of(field: forms.Field, text: str) -> list[str]:
    """Return what a browser would send for a field whose one text this is."""
    if isinstance(field, forms.BooleanField):
        return ["on"] if text else []
    if getattr(field.widget, "allow_multiple_selected", False):
        return text.split("\n") if text else []
    return [text]


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:FINGERPRINT_CHARACTERS]


class OpenedForm(forms.ModelForm):
    """A form that knows, when it comes back, which fields were touched in between."""

    opened = CarriedField()

    #: Fields of the model set after validation; constraints on them wait.
    late_fields: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tell_menus(self)
        if not self.is_bound:
            self.initial["opened"] = self.opened_with()

    def opened_with(self) -> str:
        """Return a fingerprint of each field's stored value."""
        return " ".join(
            f"{name}:{fingerprint(self.stored(name))}" for name in self.shown_fields()
        )

    def shown_fields(self) -> list[str]:
        return [
            name
            for name, field in self.fields.items()
            if not isinstance(field, (CarriedField, forms.models.InlineForeignKeyField))
            and name not in ("DELETE", self._meta.model._meta.pk.name)
        ]

    def stored(self, name: str) -> str:
        """Return the text a browser would post for what is stored now."""
        field = self.fields[name]
        return as_posted(field, self.get_initial_for_field(field, name))

    def posted_values(self, name: str) -> list[str]:
        """Return the values a browser would send for what is stored now."""
        return values_of(self.fields[name], self.stored(name))

    def typed(self, name: str) -> str:
        """Return the text that was posted, in the form of ``stored``."""
        field = self.fields[name]
        return as_posted(
            field,
            field.widget.value_from_datadict(
                self.data, self.files, self.add_prefix(name)
            ),
        )

    def _post_clean(self) -> None:
        """Check every constraint, those with fields outside the form included."""
        super()._post_clean()  # type: ignore[misc]
        failed = {name for name in self.errors if name != NON_FIELD_ERRORS}
        try:
            self.instance.validate_constraints(exclude=failed | self.late_fields)
        except ValidationError as error:
            said = self.non_field_errors()
            for sentence in error.messages:
                if sentence not in said:
                    self.add_error(None, sentence)

    def _update_errors(self, errors: ValidationError) -> None:
        """Say errors of fields that are not on the form above the form."""
        if hasattr(errors, "error_dict"):
            for name in set(errors.error_dict) - set(self.fields) - {NON_FIELD_ERRORS}:
                hidden = errors.error_dict.pop(name)
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(hidden)
        super()._update_errors(errors)  # type: ignore[misc]


class DeskForm(OpenedForm):
    """The form of a desk page of its own."""

    version = CarriedField()
    #: A sentence said above the form instead of saving (see ``DeskAdmin``).
    refusal: ClassVar[str] = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["version"] = getattr(self.instance, "version", "")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        return cleaned


COLLISION = _(
    "A colleague saved the same at the same moment. Nothing was saved; "
    "your words are below: look at the page anew and save again."
)
