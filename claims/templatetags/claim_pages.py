"""How values look on the pages: symbols, dates, Markdown, who said it."""

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any
from urllib.parse import quote

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from claims.formats.markdown import CleanHtml, to_html
from claims.reading import citing, evidence
from claims.reading.edtf_words import day_in_words, edtf_in_words
from claims.reading.status_page import StatusPage
from claims.reading.wording import (
    moment_in_words,
    progress_sentence,
    said_sentence,
)

register = template.Library()

_DRAWING = (
    '<svg class="symbol tone-{}" viewBox="0 0 20 20" width="20" height="20" fill="none"'
    ' stroke="currentColor" stroke-width="2.5" stroke-linecap="round"'
    ' stroke-linejoin="round" aria-hidden="true" focusable="false">'
)
#: One shape of its own for each status, told apart without colour.
_SHAPES = {
    "ring": '<circle cx="10" cy="10" r="7"/>',
    "half-ring": '<path d="M10 3a7 7 0 0 1 0 14"/>'
    '<path d="M10 3a7 7 0 0 0 0 14" stroke-dasharray=".1 5.4"/>',
    "tick": '<path d="M3 10.5l5 5 9-11" stroke-width="3"/>',
    "half-disc": '<circle cx="10" cy="10" r="7"/>'
    '<path d="M10 3a7 7 0 0 0 0 14z" fill="currentColor" stroke="none"/>',
    "bent-arrow": '<path d="M4 17v-7a4 4 0 0 1 4-4h8M12 2l4 4-4 4"/>',
    "cross": '<path d="M4 4l12 12M16 4L4 16" stroke-width="3"/>',
    "facing-arrows": '<path d="M2 4.5L8.5 10 2 15.5zM18 4.5L11.5 10l6.5 5.5z"'
    ' fill="currentColor" stroke-width="1.5"/>',
    "hourglass": '<path d="M4.5 2.5h11M4.5 17.5h11M6 2.5c0 6 8 9 8 15'
    'M14 2.5c0 6-8 9-8 15" stroke-width="2"/>',
    "question": '<path d="M6 7a4 4 0 1 1 6 3.4c-1.4.8-2 1.4-2 2.6"/>'
    '<circle cx="10" cy="17" r=".8"/>',
    "spoken": '<circle cx="10" cy="10" r="8"/>'
    '<path d="M6 10.5l3 3 5-6.5" stroke-width="2.2"/>',
    "relayed": '<circle cx="10" cy="10" r="8" stroke-dasharray="3.2 3.08"/>'
    '<circle cx="10" cy="10" r="2.5" fill="currentColor" stroke="none"/>',
    "unequal": '<circle cx="10" cy="10" r="8"/>'
    '<path d="M6 8h8M6 12h8M12 5.5l-4 9" stroke-width="1.8"/>',
    "crossed": '<circle cx="10" cy="10" r="8"/>'
    '<path d="M7 7l6 6M13 7l-6 6" stroke-width="2.2"/>',
    "barred": '<circle cx="10" cy="10" r="8"/><path d="M4.5 15.5l11-11"/>',
    "dot": '<circle cx="10" cy="10" r="4" fill="currentColor" stroke="none"/>',
    "speech": '<path d="M2.5 3.5h15v10H9l-4 4v-4H2.5z"/>',
}

#: *Did they say it?*: what is drawn beside the sentence, and its tone.
_CHECK_SYMBOLS = {
    "unchecked": ("ring", "open"),
    "confirmed": ("spoken", "positive"),
    "relayed": ("relayed", "mixed"),
    "altered": ("unequal", "negative"),
    "misattributed": ("crossed", "negative"),
    "not_found": ("barred", "negative"),
    "cannot_check": ("question", "neutral"),
    "not_applicable": ("dot", "open"),
}


@register.simple_tag
def status_symbol(status: Any) -> SafeString:
    """Draw the shape of a status; words always stand beside it."""
    return symbol(status.symbol, status.tone)


@cache
def symbol(shape: str, tone: str) -> SafeString:
    return format_html(_DRAWING + _SHAPES.get(shape, _SHAPES["ring"]) + "</svg>", tone)


@register.simple_tag
def check_symbol(check: str) -> SafeString:
    """Draw what came of *did they say it?*; a sentence always stands beside it."""
    shape, tone = _CHECK_SYMBOLS[check]
    return symbol(shape, tone)


@register.simple_tag
def what_it_does(stance: str) -> str:
    return evidence.what_it_does(stance)


@register.simple_tag
def page_citation(page: StatusPage, address: str) -> str:
    """Return how others cite a status page."""
    return citing.page_citation(page, site_name(), address)


@register.filter
def markdown(text: str) -> CleanHtml:
    return to_html(text)


@register.filter
def day_words(day: datetime.date | None) -> str:
    return day_in_words(day)


@register.filter
def moment_words(moment: datetime.datetime | None) -> str:
    return moment_in_words(moment)


@register.filter
def edtf_words(text: str) -> str:
    return edtf_in_words(text)


@register.simple_tag
def site_name() -> str:
    return str(settings.TRACKER_SITE_NAME)


@register.simple_tag(takes_context=True)
def nav_link(context: Any, name: str, label: str) -> SafeString:
    """Link to one of the main pages, marked when the reader is in that part."""
    url = reverse(name)
    path = getattr(context.get("request"), "path", "")
    is_here = path == url or (url != "/" and path.startswith(url))
    current = format_html(' aria-current="{}"', "page") if is_here else ""
    return format_html('<a href="{}"{}>{}</a>', url, current, label)


@register.simple_tag
def report_address(public_id: str) -> str:
    """Return a mailto address for reporting an error; "" when none is set."""
    if not settings.TRACKER_REPORT_EMAIL:
        return ""
    path = reverse("claim_detail", args=[public_id])
    subject = quote(_("Error on the page of claim %(id)s") % {"id": public_id})
    body = quote(f"{settings.TRACKER_SITE_URL}{path}\n\n")
    return f"mailto:{settings.TRACKER_REPORT_EMAIL}?subject={subject}&body={body}"


@register.simple_tag
def progress(article: Any) -> str:
    return progress_sentence(article.tallies)


@register.simple_tag
def said_counts(source: Any) -> str:
    return said_sentence(source.said_by, source.said_by_decided)


@register.simple_tag
def linked(named: Any) -> SafeString:
    """Show a source, document or article by name, linked once it has a page."""
    name = getattr(named, "name", "") or getattr(named, "title", "")
    shown = format_html('<span dir="auto">{}</span>', name)
    return format_html('<a href="{}">{}</a>', named.url, shown) if named.url else shown


@register.simple_tag
def who_said_it(page: StatusPage) -> SafeString:
    """Say in a sentence who makes the claim, in what role, and where it stands."""
    article = page.first_appearance.article if page.first_appearance else None
    return format_html(
        _SAID[_way_of_saying(page), article is not None](),
        source=linked(page.source) if page.source else "",
        role=format_html('<span dir="auto">{}</span>', page.role),
        article=linked(article) if article else "",
    )


def _way_of_saying(page: StatusPage) -> str:
    if not page.source:
        return "passive" if page.voice == "passive" else "open"
    if page.voice == "own":
        return "own"
    return "role" if page.role else "named"


#: How it is said, and whether a public article says it.
_SAID: dict[tuple[str, bool], Callable[[], str]] = {
    ("own", True): lambda: _(
        "Stated by {source} in its own voice, in the article “{article}”."
    ),
    ("own", False): lambda: _("Stated by {source} in its own voice."),
    ("role", True): lambda: _("Said by {source}, {role}, in the article “{article}”."),
    ("role", False): lambda: _("Said by {source}, {role}."),
    ("named", True): lambda: _("Said by {source} in the article “{article}”."),
    ("named", False): lambda: _("Said by {source}."),
    ("passive", True): lambda: _(
        "Stated in the article “{article}” without saying by whom."
    ),
    ("passive", False): lambda: _("Stated without saying by whom."),
    ("open", True): lambda: _(
        "Stated in the article “{article}”, which leaves open by whom."
    ),
    ("open", False): lambda: _("Stated; the article leaves open by whom."),
}
