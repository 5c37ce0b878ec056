"""Overlapping marks as nested HTML: no tags of its own, only the order of them."""

from collections.abc import Callable, Iterator, Sequence

from django.utils.safestring import SafeString

from claims.checking.segments import Span, segments

#: What opens a mark: its key, and whether this is its first piece here.
Opening = Callable[[str, bool], SafeString]
#: What closes so many open marks, and what follows those that end there.
Closing = Callable[[int], SafeString]
Ending = Callable[[tuple[str, ...]], SafeString]


def nested(
    text: str,
    start: int,
    spans: Sequence[Span],
    opening: Opening,
    closing: Closing,
    ending: Ending,
) -> Iterator[str]:
    """Yield, in turn, the tags at each boundary and the words that follow it.

    ``text`` begins at ``start`` (code points). Marks are nested, outer before inner,
    as ``spans`` are sorted; one that overlaps another only in part is closed where the
    other ends and opened again.
    """
    seen: set[str] = set()
    open_keys: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()
    for segment in segments(start, start + len(text), spans):
        kept = _shared(open_keys, segment.keys)
        tags = closing(len(open_keys) - kept) + ending(ended)
        for key in segment.keys[kept:]:
            tags += opening(key, key not in seen)
            seen.add(key)
        yield tags
        yield text[segment.start - start : segment.end - start]
        open_keys, ended = segment.keys, segment.ends
    yield closing(len(open_keys)) + ending(ended)


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """Return how many keys both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
