"""Sentences of the public pages: what a code of the record says to a reader."""

import datetime
from collections.abc import Callable

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .edtf_words import day_in_words, edtf_in_words


def moment_in_words(moment: datetime.datetime | None) -> str:
    """Return the day of a moment in the site's time zone; "" for ``None``."""
    return day_in_words(localtime(moment).date()) if moment else ""


def date_sentence(words: str, edtf: str, basis: str) -> str:
    """Return a date in words with the original expression and what it rests on.

    E.g. “last month” (February 2016, if the article appeared in March).
    """
    reading = edtf_in_words(edtf) if edtf else ""
    inside = ", ".join(part for part in (reading, basis) if part)
    if words and inside:
        return _("“%(words)s” (%(meaning)s)") % {"words": words, "meaning": inside}
    if words:
        return _("“%(words)s”") % {"words": words}
    if reading and basis:
        return _("%(date)s (%(basis)s)") % {"date": reading, "basis": basis}
    return inside


def attribution_sentence(check: str, source: str) -> str:
    """Answer *did they say it?* in a sentence. ``source``: "" when nobody is named."""
    name = source or _("the source")
    return _ATTRIBUTION[check]() % {"source": name}


def link_sentence(state: str, checked_at: datetime.datetime | None) -> str:
    """Say what became of a document's address, and when we last looked."""
    day = moment_in_words(checked_at)
    if not day or state == "unknown":
        return _("We have not checked yet whether the page is online.")
    return _LINK[state]() % {"day": day}


_ATTRIBUTION: dict[str, Callable[[], str]] = {
    "unchecked": lambda: _("We have not checked yet whether %(source)s said this."),
    "confirmed": lambda: _("Yes. We saw in the original that %(source)s said this."),
    "relayed": lambda: _(
        "Only second-hand: others report that %(source)s said this; "
        "we have not seen the original."
    ),
    "altered": lambda: _(
        "Not like this: the words or figures differ from those of %(source)s."
    ),
    "misattributed": lambda: _("No. Somebody other than %(source)s said it."),
    "not_found": lambda: _(
        "We looked for it and did not find that %(source)s said this."
    ),
    "cannot_check": lambda: _("Whether %(source)s said this cannot be checked."),
    "not_applicable": lambda: _(
        "The question does not arise: the article says this in its own voice."
    ),
}
_LINK: dict[str, Callable[[], str]] = {
    "ok": lambda: _("The page was online on %(day)s."),
    "moved": lambda: _("On %(day)s the page had moved to another address."),
    "deviated": lambda: _(
        "The page is online, but the words we quoted were no longer there on %(day)s."
    ),
    "soft_404": lambda: _(
        "The page is probably gone: on %(day)s it looked like an error page."
    ),
    "blocked": lambda: _("The page was online on %(day)s, but closed to us."),
    "throttled": lambda: _("On %(day)s the site asked us to come back later."),
    "transient": lambda: _("The page did not answer when we last tried, on %(day)s."),
    "dead": lambda: _("The page was offline on %(day)s."),
    "usurped": lambda: _(
        "On %(day)s the address belonged to somebody else; we no longer link to it."
    ),
}
