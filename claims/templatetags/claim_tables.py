"""Rows of a table, each cell rendered once; filter fields; the status chart."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from django import forms, template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

#: Width of the chart's longest bar, in user units of the drawing.
BAR_UNITS = 100
_SELECTED = format_html(" {}", "selected")


@register.simple_tag
def table_rows(table: Any) -> SafeString:
    """Return the body's rows; each cell carries its heading for narrow screens.

    Calls the table's ``render_…`` methods itself, with the record: the library looks
    up the signature of each one for every cell, which costs as much as all the rest.
    """
    first, *others = table.columns
    headings = ((str(column.header),) for column in others)
    row = format_html(
        '<tr><th scope="row">{{}}</th>{}</tr>',
        format_html_join("", '<td data-label="{}">{{}}</td>', headings),
    )
    renderers = [_renderer(table, column.name) for column in (first, *others)]
    return format_html_join("\n", row, _cells(table, renderers))


def _renderer(table: Any, name: str) -> Callable[[Any], Any]:
    render: Callable[[Any], Any] | None = getattr(table, f"render_{name}", None)
    return render or (lambda record: getattr(record, name))


def _cells(
    table: Any, renderers: list[Callable[[Any], Any]]
) -> Iterator[tuple[Any, ...]]:
    for record in table.page.rows:
        yield tuple(render(record) for render in renderers)


def marked(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    """Return a text with some places marked: start and end, in order, code points."""
    pieces, end = [], 0
    for first, last in places:
        pieces.append((text[end:first], text[first:last]))
        end = last
    return format_html(
        "{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[end:]
    )


@register.simple_tag
def filter_field(field: Any) -> SafeString:
    """Return a filter's input, written out: a template each would cost too much."""
    value = "" if field.errors else str(field.value() or "")
    if not isinstance(field.field, forms.ChoiceField):
        return format_html(
            '<input type="{}" name="{}" id="{}" value="{}">',
            field.field.widget.input_type,
            field.html_name,
            field.id_for_label,
            value,
        )
    offered: Any = field.field.choices
    choices = tuple((str(key), str(label)) for key, label in offered)
    return format_html(
        '<select name="{}" id="{}">{}</select>',
        field.html_name,
        field.id_for_label,
        _options(choices, value),
    )


@lru_cache(maxsize=64)
def _options(choices: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """Return the options of a choice; those of sources are the same on every page."""
    options = (
        (key, _SELECTED if key == chosen else "", label) for key, label in choices
    )
    return format_html_join("", '<option value="{}"{}>{}</option>', options)


@register.simple_tag
def bar(number: int, largest: int, tone: str) -> SafeString:
    """Draw one bar of the status chart; the number stands in words beside it."""
    units = max(1, round(BAR_UNITS * number / largest)) if number and largest else 0
    return format_html(
        '<svg class="bar tone-{}" viewBox="0 0 {} 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        '<rect class="bar-track" width="{}" height="8"/>'
        '<rect class="bar-fill" width="{}" height="8"/></svg>',
        tone,
        BAR_UNITS,
        BAR_UNITS,
        units,
    )
