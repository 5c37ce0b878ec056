"""Ranks claims by how well they fit what somebody asks: BM25, then a closer look.

First BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework") over
claim, title and quotation, each word by its stem. Then, for the best: slips of the pen,
tags in small letters, words in a row, and how much of the claim's own words, weighed by
rarity, the question has. Every number here was chosen on texts of our own; docs/similar.md
says how, and what came of it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.checking.text import without_spaces

from .differing import Difference, differences
from .matching import Candidate, Pair, Profile, in_a_row, pairs, slips, tags
from .rarity import Frequencies, Rarity
from .words import UNSAID, Asked, words_of_post

#: How soon a repeated word counts no more, and how much long texts are held back.
_K1, _B = 1.0, 0.5
#: So many of the best by BM25 are looked at closely.
LOOKED_AT = 40
#: What two words in a row add, as a share of the commoner one.
_ROW = 0.2
#: So much of the score hangs on how much of the claim is in the question.
_COVER = 0.5
#: How close a claim is: the share of its words that the question has, and half of the
#: share of the question's words that it has. A person should look from here on.
CLOSE_FROM, _OF_QUESTION = 0.75, 0.5
#: A match is called sure from here on: how close it is, and a fifth of how many times its
#: score is that of the next, at most three.
SURE_FROM, _AHEAD, _MOST_AHEAD = 1.1, 0.2, 3.0
#: Neither rests on a single word.
_LEAST_WORDS = 2
#: A sentence is about the claim that has so much of what the best of them has.
_ABOUT = 0.5
#: Of the words that agree those are shown that weigh so much beside the rarest.
_WORTH_SHOWING, _MOST_SHOWN = 0.2, 10


@dataclass(frozen=True)
class Likeness:
    """How a claim fits what was asked.

    ``key``: of the candidate. ``score``: to compare within one answer. ``agrees``: words
    of the claim, the telling ones, in its order. ``differs``: what does not. ``cover``:
    how much of the claim's words, by rarity, the question has, 0 to 1. ``is_close``: it is
    so much alike that a person should look. ``is_confident``: it is very likely the same
    claim, ahead of all others, and nothing that was found tells them apart.
    """

    key: str
    score: float
    agrees: tuple[str, ...]
    differs: tuple[Difference, ...]
    cover: float
    is_close: bool
    is_confident: bool


@dataclass(frozen=True)
class _Fit:
    """A claim under comparison: the pairs found so far and their score."""

    profile: Profile
    met: Sequence[Pair]
    score: float = 0.0
    cover: float = 0.0
    share: float = 0.0


def rank(
    text: str,
    candidates: Iterable[Candidate],
    total: int,
    frequencies: Frequencies,
    limit: int = 5,
) -> list[Likeness]:
    """Return the candidates that fit a text best, best first, at most ``limit``.

    ``total``: how many claims there are in all; ``frequencies``: see ``rarity``. Ties
    go by key. Candidates that share no word with the text are left out.
    """
    asked = words_of_post(text)
    rarity = Rarity(total, frequencies)
    rarity.learn(asked.words)
    profiles = [Profile.of(candidate) for candidate in candidates]
    first = _in_order(_first_look(asked, profiles, rarity))[:LOOKED_AT]
    rarity.learn(
        word for fit in first for word in (*fit.profile.claim, *fit.profile.title)
    )
    average = _average(profiles)
    closer = _in_order(_closer(asked, fit, rarity, average) for fit in first)
    return [
        _likeness(asked, closer, place, rarity) for place in range(len(closer[:limit]))
    ]


def _in_order(fits: Iterable[_Fit]) -> list[_Fit]:
    met = (fit for fit in fits if fit.met)
    return sorted(met, key=lambda fit: (-fit.score, fit.profile.candidate.key))


def _average(profiles: Sequence[Profile]) -> float:
    return sum(profile.length for profile in profiles) / max(len(profiles), 1) or 1.0


def _first_look(
    asked: Asked, profiles: Sequence[Profile], rarity: Rarity
) -> Iterable[_Fit]:
    average = _average(profiles)
    for profile in profiles:
        met = pairs(asked.words, profile)
        yield _Fit(profile, met, _bm25(met, profile, rarity, average))


def _bm25(
    met: Iterable[Pair], profile: Profile, rarity: Rarity, average: float
) -> float:
    held_back = _K1 * (1 - _B + _B * profile.length / average)
    score = 0.0
    for pair in met:
        often = profile.often[pair.found.stem]
        score += rarity.between(pair) * often * (_K1 + 1) / (often + held_back)
    return score


def _closer(asked: Asked, fit: _Fit, rarity: Rarity, average: float) -> _Fit:
    profile = fit.profile
    met = [*fit.met, *slips(asked.words, profile, fit.met), *tags(asked.words, profile)]
    score = _bm25(met, profile, rarity, average) + _ROW * sum(
        min(rarity.between(one), rarity.between(other)) for one, other in in_a_row(met)
    )
    cover = _cover(met, profile, rarity)
    score *= 1 - _COVER + _COVER * cover
    return _Fit(profile, met, score, cover, _share(asked, met, rarity))


def _cover(met: Iterable[Pair], profile: Profile, rarity: Rarity) -> float:
    """Return how much of the claim's words the question has, weighed by rarity."""
    credit = {pair.found.stem: pair.credit for pair in met}
    own = {word.stem: rarity.of(word) for word in profile.claim}
    got = sum(weight * credit.get(stem, 0.0) for stem, weight in own.items())
    return got / (sum(own.values()) or 1.0)


def _share(asked: Asked, met: Iterable[Pair], rarity: Rarity) -> float:
    """Return how much of the question's words the claim has, weighed by rarity."""
    whole = {word.stem: rarity.of(word) * word.counts for word in asked.words}
    got = sum(rarity.between(pair) for pair in met)
    return min(got / (sum(whole.values()) or 1.0), 1.0)


def _likeness(
    asked: Asked, fits: Sequence[_Fit], place: int, rarity: Rarity
) -> Likeness:
    fit = fits[place]
    differs = differences(asked, fit.profile, _sentences(fit.met, rarity))
    return Likeness(
        key=fit.profile.candidate.key,
        score=round(fit.score, 3),
        agrees=_agreeing(fit.met, rarity),
        differs=differs,
        cover=round(fit.cover, 3),
        is_close=_closeness(fit) >= CLOSE_FROM,
        is_confident=_is_sure(fits, place)
        and not any(each.conflicts for each in differs),
    )


def _closeness(fit: _Fit) -> float:
    """Return the share of the claim and half of that of the question; 0: one word."""
    words = {pair.found.stem for pair in fit.met}
    if len(words) < _LEAST_WORDS:
        return 0.0
    return fit.cover + _OF_QUESTION * fit.share


def _is_sure(fits: Sequence[_Fit], place: int) -> bool:
    """Whether a claim fits so well that another one hardly could; only ever the first."""
    if place:
        return False
    next_best = fits[1].score if len(fits) > 1 else 0.0
    ahead = min(fits[0].score / next_best, _MOST_AHEAD) if next_best else _MOST_AHEAD
    return _closeness(fits[0]) + _AHEAD * ahead >= SURE_FROM


def _sentences(met: Iterable[Pair], rarity: Rarity) -> list[int]:
    """Return the sentences of the question that are about the claim."""
    weights: dict[int, float] = defaultdict(float)
    for pair in met:
        if pair.asked.sentence != UNSAID:
            weights[pair.asked.sentence] += rarity.between(pair)
    least = _ABOUT * max(weights.values(), default=0.0)
    return sorted(number for number, weight in weights.items() if weight >= least)


def _agreeing(met: Iterable[Pair], rarity: Rarity) -> tuple[str, ...]:
    """Return the telling words of the claim that are asked for, in its order."""
    by_weight = sorted(met, key=lambda pair: (-rarity.between(pair), pair.found.place))
    least = _WORTH_SHOWING * rarity.between(by_weight[0])
    shown = [
        pair.found for pair in by_weight[:_MOST_SHOWN] if rarity.between(pair) >= least
    ]
    words: list[str] = []
    last = None
    for word in sorted(shown, key=lambda word: word.place):
        # Pairs of characters that overlap are one word of their language.
        if last and word.place == last.place + 1 and _overlap(last.shown, word.shown):
            words[-1] += word.shown[-1]
        else:
            words.append(word.shown)
        last = word
    return tuple(dict.fromkeys(words))


def _overlap(one: str, other: str) -> bool:
    return len(one) == len(other) == 2 and without_spaces(one[0]) and one[1] == other[0]
