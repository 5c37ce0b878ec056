"""Rows of a table, each cell rendered once, and the status chart."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

#: Width of the chart's longest bar, in user units of the drawing.
BAR_UNITS = 100


@register.simple_tag
def table_rows(table: Any) -> SafeString:
    """Return the body's rows; each cell carries its heading for narrow screens."""
    columns = [(column.name, str(column.header)) for column in table.columns]
    return format_html_join("\n", "<tr>{}</tr>", _rows(table, columns))


def _rows(table: Any, columns: list[tuple[str, str]]) -> Iterator[tuple[SafeString]]:
    for row in table.paginated_rows:
        cells = ((header, row.get_cell(name)) for name, header in columns)
        first = format_html('<th scope="row">{}</th>', next(cells)[1])
        rest = format_html_join("", '<td data-label="{}">{}</td>', cells)
        yield (format_html("{}{}", first, rest),)


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
