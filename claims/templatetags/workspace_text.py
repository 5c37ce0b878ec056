"""The text of an article at the desk: marks for claims, suggestions and background.

Every text node is the article's own words, letter for letter: a selection in the
browser counts them. What else is shown comes from attributes.
"""

from functools import cache
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .nesting import nested

register = template.Library()

_NOTHING = escape("")
_MARK = '<mark class="ws-{}{}" data-mark="{}"{}>'
_END = (
    '<a class="ws-end ws-end-{}{}" href="{}" data-panel data-mark="{}" aria-label="{}">'
    "</a>"
)


@register.simple_tag
def workspace_words(block: Any) -> SafeString:
    """Return the words of a block with its marks, each ending in a link to its panel."""

    def opening(key: str, is_first_here: bool) -> SafeString:
        return _opening(block.marks[key], is_first_here and key in block.begins)

    def ending(keys: tuple[str, ...]) -> SafeString:
        ends = _NOTHING
        for key in keys:
            if key in block.ends:
                ends += _ending(block.marks[key])
        return ends

    pieces = nested(block.text, block.start, block.spans, opening, _closing, ending)
    return format_html_join("", "{}", ([_kept(piece)] for piece in pieces))


def _kept(piece: str) -> str:
    """Write carriage returns as references: a browser drops bare ones, and miscounts."""
    if isinstance(piece, SafeString) or "\r" not in piece:
        return piece
    return mark_safe(escape(piece).replace("\r", "&#13;"))  # noqa: S308, escaped here


@cache
def _closing(number: int) -> SafeString:
    return format_html_join("", "</{}>", [["mark"]] * number)


def _opening(mark: Any, is_first: bool) -> SafeString:
    place = format_html(' id="{}"', mark.key) if is_first else _NOTHING
    return format_html(
        _MARK, mark.kind, " dimmed" if mark.is_dimmed else "", mark.key, place
    )


def _ending(mark: Any) -> SafeString:
    dimmed = " dimmed" if mark.is_dimmed else ""
    return format_html(_END, mark.kind, dimmed, mark.url, mark.key, mark.label)
