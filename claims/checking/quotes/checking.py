"""The check of one quotation: the ladder climbed, the verdict chosen and described."""

from collections.abc import Sequence
from dataclasses import replace

from claims.checking.differences import words_changed
from claims.checking.text import edited

from .alteration import Alike, likest, reasons_between
from .encoding import repairs
from .judging import Found
from .ladder import Text
from .match import Flag, Page, QuotationMatch, Reason, Span, Verdict
from .pages import is_elsewhere, named_pages, page_range, without_text
from .parsing import Parsed, Piece, parse
from .seeds import without_spaces_mostly
from .sentences import sentence_flags
from .splices import COVERED, Splice, parts_of
from .views import view

#: What is longer, or in more pieces, is no quotation that a program should judge.
LONGEST_QUOTATION = 20_000
MOST_PIECES = 40
#: Shorter quotations prove little; in scripts without spaces a sign says more.
SHORT_WORDS = 5
SHORT_CHARACTERS = 25
SHORT_SIGNS = 10
#: From so much likeness on a text is not searched for far parts.
_ALMOST = 0.9
#: Of more places only the first are named as rivals.
_MOST_RIVALS = 20
#: Up to so many characters far parts are looked for in folded text.
_FOLDED_CHARACTERS = 50_000
_SAME = 0.999


def check_quotation(
    quotation: str,
    text: str,
    *,
    locator: str | None = None,
    pages: Sequence[Page] | None = None,
) -> QuotationMatch:
    """Compare a quotation, as typed, with a text, and say how its words stand to it.

    ``locator``: pages (“12”, “pp. 12–13”) or a time (“00:14:30”); another kind of place
    is not compared. ``pages``: the page map of the text. Never raises; what cannot be
    judged is *uncheckable* with a reason. What the verdicts mean: docs/quotations.md;
    measured by tests/benchmarks/quotations.py.
    """
    return QuotationChecker(text, pages or ()).check(quotation, locator or "")


class QuotationChecker:
    """Compares quotations with one text, which is made ready once for all of them."""

    def __init__(self, text: str, pages: Sequence[Page] = ()) -> None:
        self.text, self.pages = text, pages
        self.searched = Text(text, pages)

    def check(self, quotation: str, locator: str = "") -> QuotationMatch:
        """Compare one quotation: see ``check_quotation``."""
        words = quotation.strip()
        if not any(map(str.isalnum, words)):
            return _uncheckable(Reason.NO_QUOTATION)
        if not any(map(str.isalnum, self.text)):
            return _uncheckable(Reason.NO_TEXT)
        match = self._checked(words, locator)
        mended = edited(words, repairs(words)).text
        if mended == words:
            return match
        flags = (*match.flags, Flag.QUOTATION_MOJIBAKE)
        if not match.same_words:
            other = self._checked(mended, locator)
            if other.same_words:
                flags = (*other.flags, Flag.QUOTATION_MOJIBAKE)
                match = replace(
                    other,
                    verdict=Verdict.ENCODING_REPAIR,
                    difference=tuple(words_changed(other.matched, words)),
                )
        return replace(match, flags=flags)

    def _checked(self, words: str, locator: str) -> QuotationMatch:
        exact = self.searched.exact(words)
        same = [found for found in exact if found.same_words]
        parsed = parse(words[:LONGEST_QUOTATION])
        if same:
            if not _is_too_much(words, parsed):
                same += self.searched.literal(parsed)
            return self._best(same, words, locator)
        if reason := _is_too_much(words, parsed):
            return _uncheckable(reason)
        found = self.searched.climb(parsed)
        if any(each.same_words for each in found):
            return self._best(found, words, locator)
        return self._rejected(exact + found, parsed, words, locator)

    # Accepted

    def _best(self, found: Sequence[Found], words: str, locator: str) -> QuotationMatch:
        """Describe the best place; the others that hold are its rivals."""
        good = [each for each in found if each.same_words]
        described = [(each, self._described(each, words, locator)) for each in good]
        chosen, best = min(described, key=lambda each: _preference(each[1]))
        start, end = chosen.span
        others = (each.span for each in good)
        rivals = dict.fromkeys(
            span for span in others if span[1] <= start or end <= span[0]
        )
        flags = (*best.flags, Flag.AMBIGUOUS) if rivals else best.flags
        return replace(best, flags=flags, rivals=tuple(rivals)[:_MOST_RIVALS])

    def _described(self, found: Found, words: str, locator: str) -> QuotationMatch:
        start, end = found.span
        matched = self.text[start:end]
        flags = found.flags | self._flags(found.span, words, locator)
        if found.same_words:
            flags |= sentence_flags(self.text, start, end)
        return QuotationMatch(
            verdict=found.verdict,
            start=start,
            end=end,
            matched=matched,
            difference=() if matched == words else tuple(words_changed(matched, words)),
            reasons=tuple(sorted(found.reasons)),
            flags=tuple(sorted(flags)),
            skipped=found.skipped,
            parts=found.parts,
            pages=page_range(self.pages, found.span),
        )

    def _flags(self, span: Span, words: str, locator: str) -> set[Flag]:
        flags = {Flag.SHORT} if _is_short(words) else set()
        if locator and is_elsewhere(self.text, span, locator, self.pages):
            flags.add(Flag.WRONG_LOCATOR)
        return flags

    # Not accepted

    def _rejected(
        self, near: Sequence[Found], parsed: Parsed, words: str, locator: str
    ) -> QuotationMatch:
        """Describe what came near, else what is most like it, else that nothing is."""
        if near:
            best = min(near, key=lambda each: (len(each.reasons), each.span))
            return self._described(best, words, locator)
        groups = _groups(parsed)
        alike = [self._likest(group) for group in groups]
        if len(groups) == 1:
            return self._one(groups[0], alike[0], words, locator)
        return self._several(groups, alike, words, locator)

    def _likest(self, words: str) -> Alike | None:
        areas = self.searched.regions(words)
        return likest(self.text, self.searched.lower, areas, words)

    def _one(
        self, group: str, alike: Alike | None, words: str, locator: str
    ) -> QuotationMatch:
        splice = Splice((), 0, ())
        if alike is None or alike.likeness < _ALMOST:
            splice = self._splice(group)
        if splice.is_splice:
            found = self._of_parts(Verdict.SPLICED, splice)
            return self._described(found, words, locator)
        if splice.covered >= COVERED:
            alike = self._shortened(splice)
        if alike is not None:
            return self._described(_altered([group], [alike]), words, locator)
        return self._absent(splice.spans, words, locator)

    def _shortened(self, splice: Splice) -> Alike:
        """Return near parts as one place: what stands between them was left out."""
        spans = splice.spans
        whole = min(start for start, _ in spans), max(end for _, end in spans)
        return Alike(whole, splice.covered, view(self.text, whole).text)

    def _several(
        self,
        groups: Sequence[str],
        alike: Sequence[Alike | None],
        words: str,
        locator: str,
    ) -> QuotationMatch:
        there = [each for each in alike if each is not None]
        if len(there) < len(alike):
            return self._absent([each.span for each in there], words, locator)
        if any(each.likeness < _SAME for each in there):
            return self._described(_altered(groups, there), words, locator)
        spans = tuple(each.span for each in there)
        reason = Reason.FAR if spans == tuple(sorted(spans)) else Reason.ORDER
        found = self._of_parts(Verdict.SPLICED, Splice(spans, 1, (reason,)))
        return self._described(found, words, locator)

    def _splice(self, words: str) -> Splice:
        """Look for far parts: in folded text, or as written where that is long."""
        if len(self.text) > _FOLDED_CHARACTERS:
            return parts_of(self.searched.lower, words.lower())
        looked = view(self.text, (0, len(self.text)))
        splice = parts_of(looked.text.lower(), words.lower())
        return replace(splice, spans=tuple(looked.original(*s) for s in splice.spans))

    def _of_parts(self, verdict: Verdict, splice: Splice) -> Found:
        longest = max(splice.spans, key=_length)
        return Found(verdict, longest, frozenset(splice.reasons), parts=splice.spans)

    def _absent(
        self, spans: Sequence[Span], words: str, locator: str
    ) -> QuotationMatch:
        """Say that the words are not there; a page without text may have them."""
        blank = without_text(self.text, self.pages)
        named = named_pages(locator)
        if any(first <= page <= last for first, last in named for page in blank):
            return _uncheckable(Reason.NO_TEXT)
        flags = {Flag.SHORT} if _is_short(words) else set()
        flags |= {Flag.PAGES_WITHOUT_TEXT} if blank else set()
        if not spans:
            return QuotationMatch(Verdict.ABSENT, flags=tuple(sorted(flags)))
        found = Found(Verdict.ABSENT, max(spans, key=_length), parts=tuple(spans))
        flags.add(Flag.PARTLY_FOUND)
        return self._described(replace(found, flags=frozenset(flags)), words, locator)


def _preference(match: QuotationMatch) -> tuple[bool, int, bool, int]:
    place = match.start or 0
    elsewhere = Flag.WRONG_LOCATOR in match.flags
    return elsewhere, list(Verdict).index(match.verdict), not match.accepted, place


def _length(span: Span) -> int:
    return span[1] - span[0]


def _uncheckable(reason: Reason) -> QuotationMatch:
    return QuotationMatch(Verdict.UNCHECKABLE, reasons=(reason,))


def _is_too_much(words: str, parsed: Parsed) -> Reason | None:
    """Return why no program should look further; ``None``: it may."""
    if len(words) > LONGEST_QUOTATION:
        return Reason.TOO_LONG
    if len(parsed.pieces) > MOST_PIECES:
        return Reason.TOO_MANY_PARTS
    return None if parsed.pieces else Reason.NO_QUOTATION


def _is_short(words: str) -> bool:
    if without_spaces_mostly(words):
        return sum(map(str.isalnum, words)) < SHORT_SIGNS
    return len(words.split()) < SHORT_WORDS or len(words) < SHORT_CHARACTERS


def _groups(parsed: Parsed) -> list[str]:
    """Return the words between ellipses, without what is in brackets."""
    groups: list[list[Piece]] = []
    for piece in parsed.pieces:
        if piece.join == "elision":
            groups.append([])
        groups[-1].append(piece)
    return [" ".join(piece.words for piece in group) for group in groups]


def _altered(groups: Sequence[str], alike: Sequence[Alike]) -> Found:
    reasons = {
        reason
        for group, each in zip(groups, alike, strict=True)
        if each.likeness < _SAME
        for reason in reasons_between(each.words, group)
    }
    spans = tuple(each.span for each in alike)
    whole = min(start for start, _ in spans), max(end for _, end in spans)
    parts = spans if len(spans) > 1 else ()
    return Found(Verdict.ALTERED, whole, frozenset(reasons), parts=parts)
