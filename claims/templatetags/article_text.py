"""The text of an article with every claim marked at its passage."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.checking.segments import Segment, Span, segments

from .claim_pages import symbol

register = template.Library()

_WRAPPERS = {
    "headline": '<p class="block-headline" dir="auto">{}</p>',
    "deck": '<p class="block-deck" dir="auto">{}</p>',
    "caption": '<p class="block-caption" dir="auto">{}</p>',
    "credit": '<p class="block-credit" dir="auto">{}</p>',
    "label": '<p class="block-label" dir="auto">{}</p>',
    "block_quote": '<blockquote dir="auto">{}</blockquote>',
}
_BODY = '<p class="block-body" dir="auto">{}</p>'


@register.simple_tag
def marked_text(
    text: str, blocks: list[dict[str, Any]], marks: Iterable[Any]
) -> SafeString:
    """Return the blocks of a text with marks; each mark ends in its symbol.

    ``marks``: objects with ``public_id``, ``number``, ``start``, ``end``, ``status``.
    """
    placed = {mark.public_id: mark for mark in marks}
    spans = [Span(key, mark.start, mark.end) for key, mark in placed.items()]
    whole = [{"role": "body", "start": 0, "end": len(text)}] if text else []
    return format_html_join(
        "\n",
        "{}",
        ((_block(text, block, spans, placed),) for block in blocks or whole),
    )


def _block(
    text: str, block: dict[str, Any], spans: list[Span], marks: Mapping[str, Any]
) -> SafeString:
    cut = segments(block["start"], block["end"], spans)
    inside = format_html_join("", "{}{}{}", _pieces(text, cut, marks))
    return format_html(_WRAPPERS.get(block["role"], _BODY), inside)


def _pieces(
    text: str, cut: list[Segment], marks: Mapping[str, Any]
) -> Iterator[tuple[Any, Any, Any]]:
    for segment in cut:
        words = text[segment.start : segment.end]
        begins = ((key,) for key in segment.begins)
        ends = (_end(marks[key]) for key in segment.ends)
        yield (
            format_html_join("", '<span id="claim-{}" class="place"></span>', begins),
            _marked(words, len(segment.keys)),
            format_html_join("", "{}", ends),
        )


def _marked(words: str, depth: int) -> SafeString | str:
    if not depth:
        return words
    return format_html('<mark class="depth-{}">{}</mark>', min(depth, 3), words)


def _end(mark: Any) -> tuple[SafeString]:
    label = _("Claim %(number)s: %(status)s") % {
        "number": mark.number,
        "status": mark.status.label,
    }
    return (
        format_html(
            '<a class="mark-end tone-{}" href="#listed-{}" aria-label="{}">{}{}</a>',
            mark.status.tone,
            mark.public_id,
            label,
            symbol(mark.status.symbol, mark.status.tone),
            mark.number,
        ),
    )
