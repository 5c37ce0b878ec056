"""Where in a long text a quotation may stand: by words and word pairs they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from claims.checking.lexicon import MARKS
from claims.checking.text import WITHOUT_SPACES, without_spaces

from .match import Span

#: Up to so many characters a text is looked at as a whole.
WHOLE_CHARACTERS = 8_000
#: Regions that are looked at; seeds taken; places of one seed before it is too common.
MOST_REGIONS = 6
MOST_SEEDS = 10
_MOST_PLACES = 300
#: Running heads and footnotes may stand in a quotation: so much is looked at around it.
_MARGIN = 400
#: A word, or a row of signs of a script without spaces.
_WORD = re.compile(
    rf"(?:(?=\w)[{WITHOUT_SPACES}])+|(?:(?![{WITHOUT_SPACES}])[\w{MARKS}])+"
)


def lowered(text: str) -> str:
    """Return the text in lower case, each character at its place."""
    # The one character whose lower case has two (Unicode, SpecialCasing.txt).
    return text.replace("İ", "i").lower()


def without_spaces_mostly(words: str) -> bool:
    """Whether words are in a script that has no spaces between them."""
    return sum(map(without_spaces, words)) > len(words) / 2


def regions(
    text: str, words: str, margin: int = 0, most_seeds: int = MOST_SEEDS
) -> list[Span]:
    """Return the stretches of a text that share most with ``words``, the best first.

    Both in lower case. ``margin``: characters to add on both sides.
    """
    if len(text) <= WHOLE_CHARACTERS:
        return [(0, len(text))]
    reach = len(words) + _MARGIN
    votes = _votes(text, words, most_seeds)
    # What stands at the edge of two stretches is spread over both.
    scores = {each: votes[each] + votes.get(each + 1, 0) for each in votes}
    found: list[Span] = []
    for stretch in sorted(scores, key=lambda each: (-scores[each], each)):
        start = max(0, stretch * reach - _MARGIN - margin)
        end = min(len(text), (stretch + 3) * reach + margin)
        if not any(abs(left - start) <= reach for left, _ in found):
            found.append((start, end))
        if len(found) == MOST_REGIONS:
            break
    return found


def _votes(text: str, words: str, most_seeds: int) -> dict[int, float]:
    """Return, for stretches of the text, how many seeds stand there as they should."""
    reach = len(words) + _MARGIN
    agreeing: dict[int, dict[str, float]] = defaultdict(dict)
    for seed, offset in dict(_seeds(words, most_seeds)).items():
        places = _places(text, seed)
        weight = len(seed) / (5 + len(places))
        for place in places:
            agreeing[max(0, place - offset) // reach][seed] = weight
    return {stretch: sum(seeds.values()) for stretch, seeds in agreeing.items()}


def _seeds(words: str, most: int) -> Iterator[tuple[str, int]]:
    """Yield what to look for, each with its place in the quotation.

    Rows of four and of two words; and, where all are wanted, telling words alone.
    """
    units = list(_units(words))
    for row in (4, 2):
        spans = [
            (first, following + len(last))
            for (_, first), (last, following) in zip(
                units, units[row - 1 :], strict=False
            )
        ]
        step = max(1, len(spans) * 2 // most)
        yield from ((words[slice(*span)], span[0]) for span in spans[::step])
    if most < MOST_SEEDS:
        return
    places = dict(reversed(units))
    longest = sorted(places, key=lambda word: (-_weight(word), places[word]))
    yield from ((word, places[word]) for word in longest[:most])


def _weight(word: str) -> int:
    """Return how telling a word is: long ones are rare, and numbers too."""
    return len(word) + (4 if word.isdecimal() else 0)


def _units(words: str) -> Iterator[tuple[str, int]]:
    """Yield words and, in scripts without spaces, each two characters."""
    for match in _WORD.finditer(words):
        if without_spaces(match[0][0]) and len(match[0]) > 2:
            for place in range(len(match[0]) - 1):
                yield match[0][place : place + 2], match.start() + place
        else:
            yield match[0], match.start()


def _places(text: str, seed: str) -> list[int]:
    places: list[int] = []
    start = text.find(seed)
    while start >= 0 and len(places) < _MOST_PLACES:
        places.append(start)
        start = text.find(seed, start + len(seed))
    return places


def share_of_words(text: str, words: str) -> float:
    """Return which share of the words of a quotation a stretch of text has."""
    wanted = Counter(word for word, _ in _units(words))
    there = {word for word, _ in _units(text)}
    found = sum(number for word, number in wanted.items() if word in there)
    return found / max(1, wanted.total())
