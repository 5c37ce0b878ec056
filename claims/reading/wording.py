"""Sentences of the public pages: what a code of the record says to a reader."""

import datetime
from collections.abc import Callable, Mapping

from django.utils.timezone import localtime
from django.utils.translation import get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from claims.workflow.words import LISTING_STATUSES

from .edtf_words import day_in_words, edtf_in_words


def moment_in_words(moment: datetime.datetime | None) -> str:
    """Return the day of a moment in the site's time zone; "" for ``None``."""
    return day_in_words(localtime(moment).date()) if moment else ""


def set_apart(text: str) -> str:
    """Return a text that keeps its order among words running the other way.

    Between U+2068 and U+2069 (Unicode Standard Annex 9), where a site runs from right
    to left; elsewhere as it is.
    """
    return f"\u2068{text}\u2069" if text and get_language_bidi() else text


def date_sentence(words: str, edtf: str, basis: str) -> str:
    """Return a date in words with the original expression and what it rests on.

    E.g. “last month” (February 2016, if the article appeared in March).
    """
    reading = edtf_in_words(edtf) if edtf else ""
    if words == reading:
        words = ""
    which = (bool(words), bool(reading), bool(basis))
    return _DATE[which]() % {"words": words, "date": reading, "basis": basis}


#: By what is known: the original words, their meaning, what that rests on.
_DATE: dict[tuple[bool, bool, bool], Callable[[], str]] = {
    (True, True, True): lambda: _("“%(words)s” (%(date)s, %(basis)s)"),
    (True, True, False): lambda: _("“%(words)s” (%(date)s)"),
    (True, False, True): lambda: _("“%(words)s” (%(basis)s)"),
    (True, False, False): lambda: _("“%(words)s”"),
    (False, True, True): lambda: _("%(date)s (%(basis)s)"),
    (False, True, False): lambda: "%(date)s",
    (False, False, True): lambda: "%(basis)s",
    (False, False, False): lambda: "",
}


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


def progress_sentence(tallies: Mapping[str, int]) -> str:
    """Return "14 claims: 9 decided (3 verified, 2 refuted, 4 not rated), 5 open".

    ``tallies``: number of claims by status.
    """
    total = sum(tallies.values())
    decided = {
        status: number
        for status, number in tallies.items()
        if status not in LISTING_STATUSES
    }
    if not total:
        return _("No claims listed yet")
    return _("%(claims)s: %(decided)s, %(open)s open") % {
        "claims": number_of_claims(total),
        "decided": _decided(decided),
        "open": total - sum(decided.values()),
    }


def number_of_claims(number: int) -> str:
    return ngettext("%(number)s claim", "%(number)s claims", number) % {
        "number": number
    }


def said_sentence(number: int, decided: int) -> str:
    """Return "12 claims, 9 decided": a count never stands without its denominator."""
    return _("%(claims)s, %(decided)s decided") % {
        "claims": number_of_claims(number),
        "decided": decided,
    }


def _decided(tallies: Mapping[str, int]) -> str:
    total = sum(tallies.values())
    ours = [status for status in _COUNTED if status in tallies]
    others = [status for status in tallies if status not in _COUNTED]
    each = [_COUNTED[status]() % {"number": tallies[status]} for status in ours]
    each += [f"{tallies[status]} {status}" for status in others]
    if not each:
        return _("%(number)s decided") % {"number": total}
    parts = pgettext("between the parts of a list", ", ").join(each)
    return _("%(number)s decided (%(parts)s)") % {"number": total, "parts": parts}


_COUNTED: dict[str, Callable[[], str]] = {
    "verified": lambda: _("%(number)s verified"),
    "partly-verified": lambda: _("%(number)s correct in part"),
    "misleading": lambda: _("%(number)s misleading"),
    "refuted": lambda: _("%(number)s refuted"),
    "disputed": lambda: _("%(number)s with evidence that disagrees"),
    "outdated": lambda: _("%(number)s already out of date"),
    "unverifiable": lambda: _("%(number)s that could not be verified"),
    "not-rated": lambda: _("%(number)s not rated"),
}


def check_in_a_word(check: str) -> str:
    """Return an attribution check for a narrow column; pages say it in a sentence."""
    return _CHECK_IN_A_WORD[check]()


_CHECK_IN_A_WORD: dict[str, Callable[[], str]] = {
    "unchecked": lambda: _("not checked"),
    "confirmed": lambda: _("confirmed"),
    "relayed": lambda: _("second-hand only"),
    "altered": lambda: _("altered"),
    "misattributed": lambda: _("misattributed"),
    "not_found": lambda: _("not found"),
    "cannot_check": lambda: _("cannot be checked"),
    "not_applicable": lambda: _("own voice"),
}
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
    "gone": lambda: _(
        "On %(day)s the site said that there is no such page. "
        "We look again before we call it gone."
    ),
    "dead": lambda: _("The page was offline on %(day)s."),
    "suspect": lambda: _(
        "On %(day)s something else stood at this address. Somebody of ours has to look "
        "before we link to it again."
    ),
    "usurped": lambda: _(
        "On %(day)s the address belonged to somebody else; we no longer link to it."
    ),
}
