"""What comparing a quotation with a stored copy found, said to a reader in a line."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from claims.publishing.content import day

from .edtf_words import day_in_words

#: Flags with which the same words may still mislead: something limits them there.
_LIMITING = frozenset({"truncated", "opening_cut"})


def quotation_sentence(fact: Mapping[str, Any] | None) -> str:
    """Say how the words quoted stand to those of our copy, and which copy it is.

    ``fact``: of ``publishing.quotations``; ``None``: nothing was compared.
    """
    if fact is None:
        return _("These words have not been compared with a copy of the document.")
    reasons = reasons_in_words(fact["reasons"])
    retrieved = day(fact["retrieved_on"])
    said = _SENTENCES[_which(fact, reasons)]() % {
        "day": day_in_words(retrieved) if retrieved else "",
        "reasons": reasons,
    }
    if fact["holds"] and fact["pages"]:
        place = _("There they stand on %(pages)s.")
        said = f"{said} {place % {'pages': pages_in_words(fact['pages'])}}"
    if lost_on := day(fact.get("not_in")):
        later = _SENTENCES["altered somehow"]() % {"day": day_in_words(lost_on)}
        said = f"{said} {later}"
    return said


def _which(fact: Mapping[str, Any], reasons: str) -> str:
    """Return the key of the sentence: a person's word goes before the program's."""
    verdict: str = fact["verdict"]
    if fact["by_eye"]:
        return "seen" if fact["holds"] else "not seen"
    if fact["holds"]:
        return "edited_openly" if verdict == "edited_openly" else "same"
    if verdict == "altered":
        return "altered" if reasons else "altered somehow"
    if verdict in _SENTENCES and verdict != "edited_openly":
        return verdict
    return "limited" if _LIMITING.intersection(fact["flags"]) else "gapped"


def pages_in_words(pages: Sequence[int]) -> str:
    """Return "page 12", or "pages 12 to 13" for a place across a page break."""
    first, last = pages
    if first == last:
        return _("page %(page)s") % {"page": first}
    return _("pages %(first)s to %(last)s") % {"first": first, "last": last}


def reasons_in_words(reasons: Iterable[str]) -> str:
    """Return what differs as the parts of a list; those without words are left out."""
    said = [_REASONS[reason]() for reason in reasons if reason in _REASONS]
    return pgettext("between the parts of a list", ", ").join(dict.fromkeys(said))


_SENTENCES: dict[str, Callable[[], str]] = {
    "seen": lambda: _(
        "Compared by eye with our copy of %(day)s: the words stand there."
    ),
    "not seen": lambda: _(
        "Compared by eye with our copy of %(day)s: the words do not stand there "
        "like this."
    ),
    "same": lambda: _("Compared with our copy of %(day)s: the same words."),
    "edited_openly": lambda: _(
        "Compared with our copy of %(day)s: the same words, shortened or supplied "
        "where it is marked."
    ),
    "limited": lambda: _(
        "Compared with our copy of %(day)s: the same words, but the sentence there "
        "has more to it that limits them."
    ),
    "gapped": lambda: _(
        "Compared with our copy of %(day)s: the same words, but much stands between "
        "them that is left out."
    ),
    "altered": lambda: _(
        "Our copy of %(day)s reads otherwise. What differs: %(reasons)s."
    ),
    "altered somehow": lambda: _("Our copy of %(day)s reads otherwise."),
    "spliced": lambda: _("In our copy of %(day)s these words stand far apart."),
    "elision_hides": lambda: _(
        "In our copy of %(day)s the words that are left out change the sense."
    ),
    "absent": lambda: _("These words were not found in our copy of %(day)s."),
    "uncheckable": lambda: _(
        "Our copy of %(day)s has no words that a program could compare."
    ),
}
_REASONS: dict[str, Callable[[], str]] = {
    "number": lambda: _("a number"),
    "digits": lambda: _("how a number is written"),
    "sign": lambda: _("a sign before a number"),
    "unit": lambda: _("a unit"),
    "magnitude": lambda: _("thousand, million or the like"),
    "negation": lambda: _("a negation"),
    "modal": lambda: _("a word such as “may” or “only”"),
    "weekday": lambda: _("a day of the week"),
    "month": lambda: _("a month"),
    "direction": lambda: _("up or down, more or less"),
    "quantity": lambda: _("a word such as “all” or “about”"),
    "name": lambda: _("a name"),
    "order": lambda: _("the order of the words"),
    "added": lambda: _("words that it does not have"),
    "missing": lambda: _("words left out without a mark"),
    "wording": lambda: _("the wording"),
    "case": lambda: _("capitals"),
    "accent": lambda: _("accents"),
    "punctuation": lambda: _("punctuation"),
    "far": lambda: _("parts that stand far apart"),
}
