"""The text of an article with every claim marked at its passage, and its notes."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.reading.excerpts import placement_words

from .claim_pages import symbol
from .nesting import nested

register = template.Library()

#: The lowest levels of underlines; deeper ones share the last.
LANES = 3
#: Width of the progress bar and the gap between its parts, in units of the drawing.
BAR_UNITS, GAP_UNITS = 1000, 3

_WRAPPERS = {
    "headline": '<p class="block-headline" dir="auto">{}</p>',
    "deck": '<p class="block-deck" dir="auto">{}</p>',
    "caption": '<p class="block-caption" dir="auto">{}</p>',
    "credit": '<p class="block-credit" dir="auto">{}</p>',
    "label": '<p class="block-label" dir="auto">{}</p>',
    "block_quote": '<blockquote dir="auto">{}</blockquote>',
}
_BODY = '<p class="block-body" dir="auto">{}</p>'
_NOTHING = escape("")
#: The word joiner keeps the symbol on the line of the last word.
_END = (
    '<a class="mark-end tone-{}{}" href="{}#listed-{}" data-claim="{}" aria-label="{}">'
    "\u2060{}{}</a>"
)
_NOTE = (
    ' class="claim-note tone-{}{}" id="listed-{}" data-claim="{}" data-status="{}"{}>'
    '<a class="to-text" href="#claim-{}" aria-label="{}">{}{}</a>'
    '<p><span class="note-status">{}</span> '
    '<a class="note-claim" href="{}" data-address="{}{}" dir="auto">{}</a></p>'
)
_HIDDEN = format_html(" {}", "hidden")


@register.simple_tag
def marked_block(block: Any) -> SafeString:
    """Return a block of the text in the dress of its role, with its marks."""
    return format_html(_WRAPPERS.get(block.role, _BODY), marked_words(block))


@register.simple_tag
def marked_words(block: Any) -> SafeString:
    """Return the words of a block; each mark ends in its symbol and number.

    Marks are nested, outer before inner. One that overlaps another only in part is
    closed where the other ends and opened again.
    """
    again = {key: _mark(row) for key, row in block.claims.items()}
    first = {key: _mark(block.claims[key], is_first=True) for key in block.begins}

    def opening(key: str, is_first_here: bool) -> SafeString:
        return first.get(key, again[key]) if is_first_here else again[key]

    def ending(keys: Iterable[str]) -> SafeString:
        return _ends(block, keys)

    pieces = list(
        nested(block.text, block.start, block.spans, opening, _closing, ending)
    )
    return format_html("{}" * len(pieces), *pieces) if pieces else _NOTHING


@cache
def _closing(number: int) -> SafeString:
    return format_html_join("", "</{}>", [["mark"]] * number)


def _mark(row: Any, is_first: bool = False) -> SafeString:
    """Return a claim's opening tag; its first one carries the address."""
    return format_html(
        '<mark{} class="tone-{} lane-{}{}" data-claim="{}">',
        format_html(' id="claim-{}"', row.public_id) if is_first else "",
        row.status.tone,
        min(row.lane, LANES),
        _dimmed(row),
        row.number,
    )


def _dimmed(row: Any) -> str:
    return " dimmed" if row.is_dimmed else ""


def _ends(block: Any, keys: Iterable[str]) -> SafeString:
    rows = [block.claims[key] for key in keys if key in block.ends]
    ends = _NOTHING
    for row in sorted(rows, key=lambda row: row.number):
        ends += mark_end(row)
    return ends


@register.simple_tag
def mark_end(row: Any) -> SafeString:
    """Return the symbol and number at the end of a passage, linked to its note."""
    status = row.status
    label = _("Claim %(number)s: %(status)s") % {
        "number": row.number,
        "status": status.label,
    }
    return format_html(
        _END,
        status.tone,
        _dimmed(row),
        "?" if row.is_dimmed else "",  # its note is hidden: to the page with all
        row.public_id,
        row.number,
        label,
        symbol(status.symbol, status.tone),
        row.number,
    )


@register.simple_tag
def claim_notes(rows: Iterable[Any]) -> SafeString:
    """Return a note for each claim: to its passage, its status, to its page."""
    return format_html_join("\n", f"<li{_NOTE}</li>", (_note(row) for row in rows))


@register.simple_tag
def claim_note(row: Any) -> SafeString:
    """Return the note of a single claim, outside any list."""
    return format_html(f"<div{_NOTE}</div>", *_note(row))


def _note(row: Any) -> tuple[Any, ...]:
    status = row.status
    return (
        status.tone,
        _dimmed(row),
        row.public_id,
        row.number,
        status.slug,
        _HIDDEN if row.is_dimmed else "",
        row.public_id,
        _("Claim %(number)s in the text") % {"number": row.number},
        symbol(status.symbol, status.tone),
        row.number,
        status.label,
        row.url,
        settings.TRACKER_SITE_URL,
        row.url,
        row.text,
    )


@register.filter
def placement(row: Any) -> str:
    return placement_words(row.placement)


@register.simple_tag
def notes_label(rows: list[Any]) -> str:
    """Name a list of notes, for readers who hear it."""
    if len(rows) == 1:
        return _("Claim %(number)s") % {"number": rows[0].number}
    return _("Claims %(first)s to %(last)s") % {
        "first": rows[0].number,
        "last": rows[-1].number,
    }


@register.simple_tag
def status_bar(counts: list[Any], total: int) -> SafeString:
    """Draw how many claims have each status; the same stands beside it in words."""
    return format_html(
        '<svg class="bar status-bar" viewBox="0 0 {} 8" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">{}</svg>',
        BAR_UNITS,
        format_html_join(
            "",
            '<rect class="bar-fill tone-{}{}" x="{}" width="{}" height="8"/>',
            _bar_parts(counts, total),
        ),
    )


def _bar_parts(counts: list[Any], total: int) -> Iterator[tuple[Any, ...]]:
    before = 0
    for count in counts:
        left = round(BAR_UNITS * before / total)
        before += count.number
        right = round(BAR_UNITS * before / total)
        width = max(1, right - left - (GAP_UNITS if before < total else 0))
        is_open = " is-open" if count.status.tone == "open" else ""
        yield count.status.tone, is_open, left, width
