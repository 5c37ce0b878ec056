"""Passages: cut one with its context, find given words again."""

from dataclasses import dataclass

#: Characters kept on each side of a passage. The Hypothesis client keeps 32;
#: measured failures in long articles ask for more (reference: W3C Web Annotation
#: Data Model, section 4.2.4, leaves the length to the implementer).
CONTEXT_CHARACTERS = 64


@dataclass(frozen=True)
class Cut:
    """A passage: start and end (code points, end exclusive), words and context."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


def cut(text: str, start: int, end: int) -> Cut:
    """Cut ``text[start:end]`` with its context; ``ValueError`` outside the text."""
    if not 0 <= start < end <= len(text):
        raise ValueError(
            f"The place {start}–{end} does not lie in a text of {len(text)} characters."
        )
    return Cut(
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARACTERS) : start],
        suffix=text[end : end + CONTEXT_CHARACTERS],
    )


def occurrences(text: str, words: str) -> list[int]:
    """Return every start (code points) of ``words`` in ``text``, as written."""
    starts: list[int] = []
    if not words:
        return starts
    start = text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    return starts
