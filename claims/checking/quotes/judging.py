"""Whether pieces found in a text may count as the quotation: the guard."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from claims.checking.figures import deciding_words, figures, numbers
from claims.checking.lexicon import (
    HEDGE,
    LIMIT,
    MAGNITUDE,
    MODAL,
    NEGATION,
    NUMBER,
)

from .chains import END_MARKS
from .edges import edges
from .match import SAME_WORDS, Flag, Reason, Span, Verdict
from .parsing import Parsed, Piece
from .sentences import crosses_sentence
from .views import LINE_HYPHEN, View, plain

#: More than so many characters left out are a paragraph: worth a flag.
LONG_GAP = 300
_HEADING = re.compile(r"\n[^\S\n]*\n[^\S\n]*\S[^\n]{0,80}(?<![.!?:;,…])\n[^\S\n]*\n")
#: What an editor may not supply in brackets, be it openly.
_NOT_SUPPLIED = frozenset({NEGATION, LIMIT, HEDGE, MODAL, MAGNITUDE, NUMBER})
#: Words that mean something else with a capital: May, March, US, German Sie.
_CAPITALS_MATTER = frozenset(
    [
        "may",
        "march",
        "polish",
        "turkey",
        "china",
        "us",
        "it",
        "who",
        "aids",
        "pole",
        "sie",
        "ihr",
        "ihre",
        "ihnen",
        "ihrem",
    ]
)
#: The reason for each kind of deciding word; what limits or doubts counts as modal.
REASONS = {
    NEGATION: Reason.NEGATION,
    LIMIT: Reason.MODAL,
    HEDGE: Reason.MODAL,
    MODAL: Reason.MODAL,
    "counter": Reason.MODAL,
    MAGNITUDE: Reason.MAGNITUDE,
    NUMBER: Reason.NUMBER,
    "unit": Reason.UNIT,
    "weekday": Reason.WEEKDAY,
    "month": Reason.MONTH,
    "direction": Reason.DIRECTION,
    "quantity": Reason.QUANTITY,
}


@dataclass(frozen=True)
class Found:
    """A place whose words are those of the quotation, and what speaks against it."""

    verdict: Verdict
    span: Span
    reasons: frozenset[Reason] = frozenset()
    flags: frozenset[Flag] = frozenset()
    skipped: tuple[Span, ...] = field(default=(), compare=False)
    parts: tuple[Span, ...] = field(default=(), compare=False)

    @property
    def same_words(self) -> bool:
        return self.verdict in SAME_WORDS


def judge_exact(text: str, span: Span) -> Found:
    """Judge a place with the very characters of the quotation."""
    return _at_edges(text, Found(Verdict.EXACT, span))


def judge(
    text: str, view: View, spans: Sequence[Span], parsed: Parsed, rung: Verdict
) -> Found:
    """Judge pieces found at ``spans`` of a view, under the rung that they were found on."""
    places = [view.original(*span) for span in spans]
    whole = places[0][0], places[-1][1]
    found = _at_edges(
        text,
        Found(
            _rung(text, whole, parsed, rung),
            whole,
            flags=frozenset(_flags(view, spans, parsed.pieces)),
            skipped=tuple(
                s for s in view.skipped if whole[0] <= s[0] and s[1] <= whole[1]
            ),
            parts=tuple(places) if len(places) > 1 else (),
        ),
    )
    if reasons := frozenset(_guard(view, spans, parsed.pieces)):
        found = _altered(found, reasons)
    if reasons := frozenset(r for words in parsed.supplied for r in _reasons_in(words)):
        found = _altered(found, reasons, Flag.SUPPLIED)
    return _gaps(text, found, places, parsed)


def _rung(text: str, whole: Span, parsed: Parsed, rung: Verdict) -> Verdict:
    if parsed.is_edited and rung is not Verdict.ENCODING_REPAIR:
        return Verdict.EDITED_OPENLY
    is_broken = LINE_HYPHEN.search(text[slice(*whole)]) is not None
    return Verdict.LAYOUT if rung is Verdict.TYPOGRAPHIC and is_broken else rung


def _altered(found: Found, reasons: frozenset[Reason], *flags: Flag) -> Found:
    return replace(
        found,
        verdict=Verdict.ALTERED,
        reasons=found.reasons | reasons,
        flags=found.flags | frozenset(flags),
    )


def _at_edges(text: str, found: Found) -> Found:
    """Call a place altered that begins or ends inside a number or a negation."""
    both = edges(text, found.span)
    if any(edge.is_inside_word for edge in both):
        found = replace(found, flags=found.flags | {Flag.CUT_WORD})
    reasons = frozenset(reason for edge in both for reason in edge.cuts())
    return _altered(found, reasons) if reasons else found


def _flags(
    view: View, spans: Sequence[Span], pieces: Sequence[Piece]
) -> Iterator[Flag]:
    for span, piece in zip(spans, pieces, strict=True):
        words = [view.text[slice(*span)], piece.words]
        if piece.pattern.startswith("["):  # a capital that the quotation owns up to
            words = [each[1:] for each in words]
        one, other = (each.rstrip(END_MARKS) for each in words)
        if one != other and one.casefold() == other.casefold():
            yield Flag.CASE
        elif one == other and words[0] != words[1]:
            yield Flag.END_MARK


def _guard(
    view: View, spans: Sequence[Span], pieces: Sequence[Piece]
) -> Iterator[Reason]:
    """Yield what may never differ, and does: numbers, deciding words, some capitals."""
    for span, piece in zip(spans, pieces, strict=True):
        words = view.text[slice(*span)]
        yield from compared(words, piece.words)
        if _capitals_matter(words, piece.words):
            yield Reason.CASE


def compared(source: str, quotation: str) -> Iterator[Reason]:
    """Yield the reasons why two wordings differ in numbers or deciding words."""
    if figures(source) == figures(quotation):
        return
    ours, theirs = numbers(quotation), numbers(source)
    if len(ours) != len(theirs):
        yield Reason.NUMBER
    for one, other in zip(ours, theirs, strict=False):
        if one.digits != other.digits:
            yield Reason.DIGITS if one.value == other.value else Reason.NUMBER
        if one.sign != other.sign:
            yield Reason.SIGN
        if one.magnitude != other.magnitude:
            yield Reason.MAGNITUDE
        if one.unit != other.unit:
            yield Reason.UNIT
    words = deciding_words(quotation), deciding_words(source)
    for kind, reason in REASONS.items():
        mine, its = ([w for w, k in side if k == kind] for side in words)
        if sorted(mine) != sorted(its):
            yield reason
        elif mine != its:
            yield Reason.ORDER


def _capitals_matter(source: str, quotation: str) -> bool:
    """Whether capitals differ in a word that they make another one: US, May."""
    pairs = list(zip(source.split(), quotation.split(), strict=False))
    if source.isupper() or quotation.isupper():
        return False
    for place, (one, other) in enumerate(pairs):
        one, other = (re.sub(r"^\W+|\W+$", "", word) for word in (one, other))
        if one == other or (place == 0 and one[1:] == other[1:]):
            continue
        if one.casefold() in _CAPITALS_MATTER:
            return True
    return False


def _reasons_in(words: str) -> Iterator[Reason]:
    if numbers(words):
        yield Reason.NUMBER
    for _, kind in deciding_words(words):
        if kind in _NOT_SUPPLIED:
            yield REASONS[kind]


def _gaps(text: str, found: Found, places: Sequence[Span], parsed: Parsed) -> Found:
    """Judge what stands in the text between the pieces and not in the quotation."""
    for number in range(1, len(places)):
        sides = places[number - 1], places[number]
        gap = sides[0][1], sides[1][0]
        words = plain(text[slice(*gap)]).text
        inner = edges(text, sides[0])[1], edges(text, sides[1])[0]
        cut = frozenset(reason for edge in inner for reason in edge.cuts())
        if parsed.pieces[number].join != "elision":
            reasons = frozenset(_replaced(words)) | cut
            found = _altered(found, reasons, Flag.SUPPLIED) if reasons else found
        elif parsed.supplied and "[" in words:  # it may be that of the text, altered
            found = _altered(found, frozenset({Reason.WORDING}), Flag.SUPPLIED)
        else:
            found = _elided(found, words, text[slice(*gap)], cut)
            found = _joined(found, text[slice(*gap)], parsed.pieces[number])
        if words.strip():
            found = replace(found, skipped=(*found.skipped, gap))
    return found


def _replaced(words: str) -> Iterator[Reason]:
    """Yield why words may not be replaced by those in a bracket."""
    if numbers(words):
        yield Reason.NUMBER
    yield from (REASONS[kind] for _, kind in deciding_words(words))
    if "[" in words:  # the text has a bracket there too, with other words in it
        yield Reason.WORDING


def _elided(found: Found, words: str, gap: str, cut: frozenset[Reason]) -> Found:
    """Judge what an ellipsis leaves out: a negation, a limit, a doubt, a number's half."""
    kinds = [kind for _, kind in deciding_words(words)]
    hidden = {REASONS[kind] for kind in kinds if kind in (NEGATION, LIMIT, HEDGE)} | cut
    flags = {Flag.LONG_GAP} if len(gap) > LONG_GAP else set()
    if _HEADING.search(gap):
        flags.add(Flag.CROSSES_HEADING)
    found = replace(found, flags=found.flags | flags)
    if not hidden:
        return found
    is_altered = found.verdict is Verdict.ALTERED
    verdict = found.verdict if is_altered else Verdict.ELISION_HIDES
    return replace(found, verdict=verdict, reasons=found.reasons | hidden)


def _joined(found: Found, gap: str, piece: Piece) -> Found:
    """Call it a splice when an ellipsis makes one sentence of two.

    A capital in a bracket owns up to that.
    """
    owns_up = piece.pattern.startswith("[")
    if not found.same_words or owns_up or not crosses_sentence(gap):
        return found
    reasons = found.reasons | {Reason.FAR}
    return replace(found, verdict=Verdict.SPLICED, reasons=reasons)
