"""Form fields of the desk, made once for a page and cheap to copy into its rows."""

from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.templatetags.form_parts import attributes


class SharedChoices(ModelChoiceIterator):
    """The rows of a menu, read once for all the rows of a page that offer them."""

    def __iter__(self) -> Iterator[Any]:
        shared = self.field.shared  # type: ignore[attr-defined]
        if not shared:
            shared.extend(super().__iter__())
        return iter(shared)


class SharedChoiceField(forms.ModelChoiceField):
    """A menu with few rows, the same for every part of the page: one query."""

    iterator = SharedChoices

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.shared: list[Any] = []  # and of every copy of the field
        super().__init__(*args, **kwargs)


class Choices(list[Any]):
    """The choices of a menu in plain words, shared by every copy of its field."""

    def __copy__(self) -> "Choices":
        return self

    def __deepcopy__(self, memo: Any) -> "Choices":
        return self

    @cached_property
    def options(self) -> list[tuple[str, str]]:
        """Each value with its option, drawn once."""
        return [
            (str(value), format_html('<option value="{}">{}</option>', value, label))
            for value, label in self
        ]


class ShortMenu(forms.Select):
    """A menu whose options are drawn once for the page, not once for each row."""

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, rows: Any) -> None:
        self._choices = rows if isinstance(rows, Choices) else Choices(rows)

    def render(
        self, name: str, value: Any, attrs: Any = None, renderer: Any = None
    ) -> SafeString:
        chosen = set(self.format_value(value))
        drawn = "".join(
            option.replace("<option", "<option selected", 1)
            if key in chosen
            else option
            for key, option in self.choices.options
        )
        own = attributes(self.build_attrs(self.attrs, attrs))
        return SafeString(f'<select name="{escape(name)}"{own}>{drawn}</select>')


class PlainWords:
    """Mixin of ModelAdmin and inlines: fields say their words without looking them up.

    A form class is made for each request, in the language of the request, and its
    fields are copied into every row. Plain texts are copied and drawn at once, where
    lazy ones are translated anew in each row, every option of every menu.
    """

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Any:
        field: Any = super().formfield_for_dbfield(  # type: ignore[misc]
            db_field, request, **kwargs
        )
        if field is None:
            return None
        if isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Copies keep it: the addresses are looked up once for all rows.
            field.widget.get_related_url = cache(field.widget.get_related_url)  # type: ignore[method-assign]
        return in_plain_words(field)


def in_plain_words(field: forms.Field) -> forms.Field:
    """Turn label, help and choices of a field into plain texts."""
    if field.label is not None:
        field.label = str(field.label)
    field.help_text = str(field.help_text)
    if type(field) is forms.TypedChoiceField and type(field.widget) is forms.Select:
        rows: Any = field.choices
        menu = ShortMenu(field.widget.attrs)
        menu.choices = Choices((value, str(label)) for value, label in rows)
        # Not by the property of the field, which makes a list of its own of them.
        field.widget, field._choices = menu, menu.choices  # type: ignore[attr-defined]
    return field
