"""Draws the small parts of forms without templates: there are hundreds on a page.

A template costs a tenth of a millisecond for each input and each label, which on the
page of a claim is most of the time it takes. What is drawn here is the same HTML as
Django's templates make, but for blank space; every other widget still has a template.
Each part that is put in is escaped, or was made safe by Django before.
"""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

Context = dict[str, Any]


def escaped(value: Any) -> str:
    """Return ``conditional_escape`` of a value: of plain text four times as fast."""
    return escape(value) if type(value) is str else conditional_escape(value)


def attributes(attrs: Context | None) -> SafeString:
    """Return attributes of an element, each after a space; ``True``: its name alone."""
    return SafeString(
        "".join(
            f" {escaped(name)}"
            if value is True
            else f' {escaped(name)}="{escaped(value)}"'
            for name, value in (attrs or {}).items()
            if value is not False
        )
    )


def _input(context: Context) -> SafeString:
    widget = context["widget"]
    value = widget["value"]
    said = "" if value is None else f' value="{escaped(value)}"'
    return SafeString(
        f'<input type="{escaped(widget["type"])}" name="{escaped(widget["name"])}"'
        f"{said}{attributes(widget['attrs'])}>"
    )


def _textarea(context: Context) -> SafeString:
    widget = context["widget"]
    return SafeString(
        f'<textarea name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>\n'
        f"{_words(widget['value'] or '')}</textarea>"
    )


def _date(context: Context) -> SafeString:
    return format_html('<p class="date">{}</p>', _input(context))


def _select(context: Context) -> SafeString:
    widget = context["widget"]
    groups = "".join(
        _group(name, _options(options)) for name, options, _index in widget["optgroups"]
    )
    return SafeString(
        f'<select name="{escaped(widget["name"])}"{attributes(widget["attrs"])}>'
        f"{groups}</select>"
    )


def _group(name: Any, options: str) -> str:
    return (
        f'<optgroup label="{escaped(name)}">{options}</optgroup>' if name else options
    )


def _options(options: Iterable[Context]) -> str:
    return "".join(
        f'<option value="{escaped(str(each["value"]))}"{attributes(each["attrs"])}>'
        f"{_words(each['label'])}</option>"
        for each in options
    )


def _words(value: Any) -> str:
    """Return a value as a template shows it: numbers in the way of the language."""
    is_text = isinstance(value, (str, Promise))
    return escaped(value if is_text else localize(value))


def _label(context: Context) -> SafeString:
    if not context["use_tag"]:
        return conditional_escape(context["label"])
    tag = context["tag"]
    return SafeString(
        f"<{tag}{attributes(context['attrs'])}>{escaped(context['label'])}</{tag}>"
    )


def _with_related(context: Context) -> SafeString:
    """Draw a menu of rows of another table with the links to change, add and see one."""
    reference: Any = {}
    if not context["model_has_limit_choices_to"]:
        reference = {"data-model-ref": context["model_name"]}
    links = [] if context["is_hidden"] else _related_links(context)
    return format_html(
        '<div class="related-widget-wrapper"{}>{}{}</div>',
        attributes(reference),
        context["rendered_widget"],
        format_html_join("", "{}", ((link,) for link in links)),
    )


def _related_links(context: Context) -> list[SafeString]:
    """Return the links this user may follow, in the words and order of the admin."""
    popup, words = context["url_params"], {"model": context["model"]}
    links = []
    if context["can_change_related"]:
        address = f"{context['change_related_template_url']}?{popup}"
        attrs = {"data-href-template": address, "data-popup": "yes"}
        title = gettext("Change selected %(model)s") % words
        links.append(_related_link(context, "change", attrs, title))
    if context["can_add_related"]:
        attrs = {"data-popup": "yes", "href": f"{context['add_related_url']}?{popup}"}
        title = gettext("Add another %(model)s") % words
        links.append(_related_link(context, "add", attrs, title))
    if context["can_delete_related"]:
        address = f"{context['delete_related_template_url']}?{popup}"
        attrs = {"data-href-template": address, "data-popup": "yes"}
        title = gettext("Delete selected %(model)s") % words
        links.append(_related_link(context, "delete", attrs, title))
    if context["can_view_related"]:
        query = context["view_related_url_params"]
        address = f"{context['change_related_template_url']}?{query}"
        title = gettext("View selected %(model)s") % words
        attrs = {"data-href-template": address}
        links.append(_related_link(context, "view", attrs, title))
    return links


def _related_link(context: Context, act: str, attrs: Any, title: str) -> SafeString:
    return format_html(
        '<a class="related-widget-wrapper-link {act}-related" '
        'id="{act}_id_{name}"{attrs} title="{title}">'
        '<img src="{icon}" alt="" width="24" height="24"></a>',
        act=act,
        name=context["name"],
        attrs=attributes(attrs),
        title=title,
        icon=static(f"admin/img/icon-{act}link.svg"),
    )


_INPUTS = ("text", "number", "email", "url", "hidden", "date", "checkbox", "password")

#: Django's template → what draws the same without it.
DRAWN: dict[str, Callable[[Context], SafeString]] = {
    **{f"django/forms/widgets/{kind}.html": _input for kind in _INPUTS},
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
    "django/forms/label.html": _label,
    "admin/widgets/date.html": _date,
    "admin/widgets/related_widget_wrapper.html": _with_related,
}


class FormRenderer(DjangoTemplates):
    """Django's renderer of forms, that needs no template for the most usual parts."""

    def render(
        self, template_name: str, context: Context, request: HttpRequest | None = None
    ) -> str:
        draw = DRAWN.get(template_name)
        if draw is None:
            return super().render(template_name, context, request)
        return draw(context)
