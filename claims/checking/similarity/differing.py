"""What differs between a question and a claim that are much alike, said openly.

Numbers by their value, a negation on one side alone, another day or month, up against
down. Only what stands in the sentences of the question that are about the claim.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.checking.figures import deciding_words
from claims.checking.lexicon import MONTH, NEGATION, WEEKDAY

from .matching import Profile
from .quantities import YEAR
from .words import Asked, Word

NOTHING = "–"
_UP, _DOWN, _OTHERWISE = "up", "down", "otherwise"
_WORDS = {
    _UP: """
        increase increased increases increasing rise rises rose risen rising higher gained
        grew up more gestiegen stieg steigt höher mehr hausse augmenté subió aumentó más
        ارتفع ارتفعت زاد زادت أكثر выросла выросли выше больше अधिक ज्यादा 上升 增加 上涨
        更多""",
    _DOWN: """
        decrease decreased decreases decreasing fall falls fell fallen falling lower lost
        shrank down less fewer gesunken sank sinkt niedriger weniger baisse diminué bajó
        disminuyó menos انخفض انخفضت تراجع أقل упала упали ниже меньше कम 下降 减少 下跌
        更少""",
    # Negations of the lexicon that mostly are something else: what, person, zero, its.
    _OTHERWISE: "ما personne nul nulle nulles null ना rien sin",
}
_LISTED = {name: frozenset(words.split()) for name, words in _WORDS.items()}
#: A small number without a unit is left out of many a retelling.
_SMALL = 12
_MOST_ALONE = 2


@dataclass(frozen=True)
class Difference:
    """What the question says and what the claim says in its place; "–": nothing.

    ``conflicts``: both cannot be meant by the same claim.
    """

    asked: str
    found: str
    conflicts: bool = True

    def __str__(self) -> str:
        return f"{self.asked} / {self.found}"


def differences(
    asked: Asked, profile: Profile, sentences: Sequence[int]
) -> tuple[Difference, ...]:
    """Return what differs between these sentences of a question and a claim."""
    if not sentences:
        return ()
    said = " ".join(asked.sentences[number] for number in sentences)
    theirs, ours = deciding_words(said), deciding_words(profile.candidate.text)
    about = [word for word in asked.words if word.sentence in sentences]
    return (
        *_numbers(about, asked.words, profile),
        *_negation(theirs, ours),
        *_others(theirs, ours),
    )


def _numbers(
    about: Iterable[Word], everything: Iterable[Word], profile: Profile
) -> Iterable[Difference]:
    """Pair numbers of one kind that stand on one side alone, in their order."""
    known = {word.key for word in everything}
    said = {word.key for word in (*profile.claim, *profile.title)}
    theirs = _once(w for w in about if w.is_number and w.key not in said)
    ours = _once(w for w in profile.claim if w.is_number and w.key not in known)
    alone = []
    for kind in dict.fromkeys(word.kind for word in [*theirs, *ours]):
        left = [word for word in theirs if word.kind == kind]
        right = [word for word in ours if word.kind == kind]
        both = min(len(left), len(right))
        for one, other in zip(left, right, strict=False):
            yield Difference(one.shown, other.shown)
        alone += [Difference(w.shown, NOTHING, False) for w in left[both:] if _tells(w)]
        alone += [
            Difference(NOTHING, w.shown, False) for w in right[both:] if _tells(w)
        ]
    yield from alone[:_MOST_ALONE]


def _once(words: Iterable[Word]) -> list[Word]:
    return list({word.key: word for word in words}.values())


def _tells(word: Word) -> bool:
    """Whether a number is missed where it is left out: no year, none of a few things."""
    value = word.key[1:]
    is_small = value.isdecimal() and int(value) <= _SMALL and not word.kind
    return word.kind != YEAR and not is_small


Decided = Sequence[tuple[str, str]]


def _negation(theirs: Decided, ours: Decided) -> Iterable[Difference]:
    one, other = _negations(theirs), _negations(ours)
    if bool(one) != bool(other):
        yield Difference(one[0] if one else NOTHING, other[0] if other else NOTHING)


def _negations(words: Decided) -> list[str]:
    return [
        word
        for word, kind in words
        if kind == NEGATION and word not in _LISTED[_OTHERWISE]
    ]


def _others(theirs: Decided, ours: Decided) -> Iterable[Difference]:
    for kind in (WEEKDAY, MONTH):
        one = [word for word, of in theirs if of == kind]
        other = [word for word, of in ours if of == kind]
        if one and other and not {*one} & {*other}:
            yield Difference(one[0], other[0])
    one, other = [word for word, _ in theirs], [word for word, _ in ours]
    for this, that in ((_UP, _DOWN), (_DOWN, _UP)):
        here, there = _only(one, this, that), _only(other, that, this)
        if here and there:
            yield Difference(here, there)


def _only(words: Sequence[str], this: str, that: str) -> str:
    """Return the first word of a list, "" where words of the other stand as well."""
    if not _LISTED[that].isdisjoint(words):
        return ""
    return next((word for word in words if word in _LISTED[this]), "")
