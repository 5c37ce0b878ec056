"""What a search understood, how it is ordered, and what helps where nothing is found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from claims.search import MAX_MATCHES, Found, Unit
from claims.search.queries import MAX_UNITS


@dataclass(frozen=True)
class SearchWords:
    """What a list says of its search: sentences, each perhaps none."""

    understood: list[str]
    order: str
    hints: list[str]


def search_words(found: Found, *, is_sorted: bool) -> SearchWords:
    """Return what to say; ``is_sorted``: the reader chose another order."""
    return SearchWords(
        list(_understood(found)),
        "" if is_sorted else _order(found),
        list(_hints(found)),
    )


def _understood(found: Found) -> Iterator[str]:
    query = found.query
    if not query.wanted and query.unwanted:
        yield _("Type a word to look for as well: so far, words are only left out.")
    elif not query.wanted:
        yield _("There is no word to look for in what you typed.")
    elif query.unwanted or any(unit.is_phrase or unit.begins for unit in query.wanted):
        yield _("Looked for: %(what)s.") % {"what": _listed(query.wanted)}
        if query.unwanted:
            yield _("Left out: %(what)s.") % {"what": _listed(query.unwanted)}
    if query.is_cut:
        yield ngettext(
            "That is much to look for at once: only the first %(number)s word counts.",
            "That is much to look for at once: only the first %(number)s words count.",
            MAX_UNITS,
        ) % {"number": MAX_UNITS}


def _listed(units: Iterable[Unit]) -> str:
    return pgettext("between the parts of a list", ", ").join(map(_in_words, units))


def _in_words(unit: Unit) -> str:
    words = {"words": unit.typed}
    if unit.is_phrase:
        return _("the phrase “%(words)s”") % words
    if unit.begins:
        return _("words that begin with “%(words)s”") % words
    return _("“%(words)s”") % words


def _order(found: Found) -> str:
    if not found.query.wanted or len(found.keys) < 2:
        return ""
    if found.has_more and found.is_full:
        return _(
            "The newest come first: more than %(number)s match, too many to tell which "
            "fit best."
        ) % {"number": number_format(MAX_MATCHES, force_grouping=True)}
    if found.is_ranked:
        return _("What fits best comes first.")
    return _(
        "The newest come first: words as common as these do not tell which fit best."
    )


def _hints(found: Found) -> Iterator[str]:
    """Yield what to try where nothing is found."""
    query = found.query
    if any(unit.is_phrase for unit in query.wanted):
        yield _("Leave out the quotation marks: then the words may stand apart.")
    if len(query.wanted) > 1:
        yield _("Look for fewer words: only what has all of them is found.")
    if query.unwanted:
        yield _("Leave nothing out.")
    if query.wanted and not any(unit.begins for unit in query.wanted):
        yield _(
            "Type the beginning of a word and an asterisk: “counc*” finds councils."
        )
