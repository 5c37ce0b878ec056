"""Menus with search, which without scripts take a name or public id typed beside them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from .form_fields import PlainWords
from .lookups import key_from

#: What one row of a model may be called by, letter for letter.
CALLED_BY = {
    "article": ("public_id", "slug", "document__title"),
    "citation": ("public_id",),
    "claim": ("public_id", "text"),
    "document": ("public_id", "title", "url"),
    "source": ("public_id", "name", "slug"),
    "topic": ("slug", "label"),
    "user": ("username",),
}
NOT_FOUND = _(
    "“%(value)s” is not here, or is the name of more than one. "
    "Give the whole name, or the public id."
)

#: The same for a menu of several, whose refusal names the value in another way.
NOT_FOUND_KEY = _(
    "“%(pk)s” is not here, or is the name of more than one. "
    "Give the whole name, or the public id."
)


def row_called(model: type[models.Model], typed: str) -> str:
    """Return the key of the only row of that name or public id; else what was typed."""
    names = CALLED_BY.get(str(model._meta.model_name), ())
    wanted = Q(*((name, typed) for name in names), _connector=Q.OR)
    keys = model._default_manager.order_by().filter(wanted).values_list("pk", flat=True)
    found = list(keys.distinct()[:2]) if names else []
    return str(found[0]) if len(found) == 1 else typed


class TypedBeside:
    """Mixin of the stock menus: a text field beside them, for pages without scripts."""

    #: The row that the page has read already; a menu does not ask for it again.
    known: Any = None

    def render(self, name: str, *args: Any, **kwargs: Any) -> SafeString:
        menu = super().render(name, *args, **kwargs)  # type: ignore[misc]
        return format_html(
            '{}<noscript><label class="desk-typed">{} <input type="text" name="{}">'
            "</label></noscript>",
            menu,
            _("or its whole name, or public id:"),
            _beside(name),
        )

    def optgroups(self, name: str, value: Iterable[Any], attr: Any = None) -> Any:
        """Offer what is chosen; what was typed and not found is no key of a row."""
        keys = [key for key in value if key_from(str(key)) is not None]
        if self.known is not None and keys == [str(self.known.pk)]:
            option = self.create_option(name, keys[0], str(self.known), True, 0)  # type: ignore[attr-defined]
            return [(None, [option], 0)]
        return super().optgroups(name, keys, attr)  # type: ignore[misc]

    def row_typed(self, posted: Any, name: str) -> str:
        typed = posted.get(_beside(name), "").replace("\0", "").strip()
        model = self.field.remote_field.model  # type: ignore[attr-defined]
        return row_called(model, typed) if typed else ""


class Menu(TypedBeside, AutocompleteSelect):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return self.row_typed(data, name) or super().value_from_datadict(
            data, files, name
        )


class MenuOfSeveral(TypedBeside, AutocompleteSelectMultiple):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        typed = self.row_typed(data, name)
        return [*(chosen or []), typed] if typed else chosen


def tell_menus(form: Any) -> None:
    """Tell the menus of a form which rows its instance has with it."""
    instance = form.instance
    for name, field in form.fields.items():
        menu = getattr(field.widget, "widget", field.widget)
        if isinstance(menu, Menu):
            link: Any = instance._meta.get_field(name)
            menu.known = link.get_cached_value(instance, default=None)


class Menus(PlainWords):
    """Mixin of ModelAdmin and inlines: their autocomplete fields get these menus."""

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", Menu(db_field, self.admin_site))  # type: ignore[attr-defined]
            kwargs.setdefault("error_messages", {"invalid_choice": NOT_FOUND})
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):  # type: ignore[attr-defined]
            kwargs.setdefault("widget", MenuOfSeveral(db_field, self.admin_site))  # type: ignore[attr-defined]
            wrong = {"invalid_choice": NOT_FOUND, "invalid_pk_value": NOT_FOUND_KEY}
            kwargs.setdefault("error_messages", wrong)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]


def _beside(name: str) -> str:
    return f"{name}-typed"
