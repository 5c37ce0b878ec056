"""How alike two pages are: by the words of their titles, and by sketches of their texts."""

import re
import zlib

#: A sketch holds the smallest so many hashes of a text's word sequences. The share
#: that two have in common estimates what their texts have in common (Broder 1997,
#: "On the resemblance and containment of documents"), within 0.1 at this size.
SKETCH_SIZE = 100
_SEQUENCE_WORDS = 4
#: More of a text adds nothing to telling it from another.
_WORDS_LOOKED_AT = 5000
#: Words; of scripts without spaces between them, single characters.
_WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+")
_TITLES_ALIKE = 0.75


def sketch(text: str) -> tuple[int, ...]:
    """Return a small sample of a text's word sequences; () of a text without words."""
    words = []
    for match in _WORD.finditer(text):
        words.append(match[0].casefold())
        if len(words) == _WORDS_LOOKED_AT:
            break
    count = max(len(words) - _SEQUENCE_WORDS + 1, min(len(words), 1))
    hashes = {
        zlib.crc32(" ".join(words[at : at + _SEQUENCE_WORDS]).encode())
        for at in range(count)
    }
    return tuple(sorted(hashes)[:SKETCH_SIZE])


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return how much two texts have in common, 0 to 1, by their sketches."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[:SKETCH_SIZE]
    shared = {*one} & {*other}
    return sum(each in shared for each in smallest) / len(smallest)


def titles_alike(one: str, other: str) -> bool:
    """Say whether most words of the shorter title stand in the other.

    Sites put their own name behind a title, and change that.
    """
    first, second = _words(one), _words(other)
    fewer = min(len(first), len(second))
    return fewer > 0 and len(first & second) / fewer >= _TITLES_ALIKE


def _words(title: str) -> set[str]:
    return {match[0].casefold() for match in _WORD.finditer(title)}
