"""How much a word says: the fewer claims have it, the more."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence

from .matching import Pair
from .words import Word

#: Of each of these words, by its key, in how many claims it stands.
Frequencies = Callable[[Sequence[Word]], Mapping[str, int]]
#: A rare word outweighs several common ones, which posts are full of (measured:
#: docs/similar.md).
_POWER = 1.5


def weight(total: int, claims: int) -> float:
    """Return what a word weighs that stands in so many of ``total`` claims.

    The inverse document frequency as BM25 has it, to a power.
    """
    absent = max(total - claims, 0)
    return math.pow(math.log(1 + (absent + 0.5) / (claims + 0.5)), _POWER)


class Rarity:
    """The weights of words in a collection of ``total`` claims; asked for in bulk."""

    def __init__(self, total: int, frequencies: Frequencies) -> None:
        self._total = total
        self._frequencies = frequencies
        self._known: dict[str, float] = {}

    def learn(self, words: Iterable[Word]) -> None:
        """Look up, at once, how rare these words are."""
        unknown = {word.key: word for word in words if word.key not in self._known}
        if unknown:
            found = self._frequencies(list(unknown.values()))
            for key in unknown:
                self._known[key] = weight(self._total, found.get(key, 0))

    def of(self, word: Word) -> float:
        """Return the weight of a word that was learnt."""
        return self._known[word.key]

    def between(self, pair: Pair) -> float:
        """Return what a pair weighs: its commoner word, by credit and by place."""
        asked = self._known[pair.asked.key]
        found = self._known.get(pair.found.key, asked)
        return min(asked, found) * pair.credit * pair.asked.counts
