"""What stands around a passage."""

import pytest

from claims.reading.context import Context, context_of

FULL = "w" * 60


@pytest.mark.parametrize(
    ("prefix", "suffix", "before", "after"),
    [
        ("The ", " end.", "The ", " end."),
        (f"ord {FULL} ", f" {FULL} wor", f"…{FULL} ", f" {FULL} …"),
        ("w" * 64, "w" * 64, "…" + "w" * 64, "w" * 64 + " …"),
        ("", "", "", ""),
    ],
)
def test_context_shows_whole_words_and_where_it_was_cut(prefix, suffix, before, after):
    passage = {"prefix": prefix, "suffix": suffix}
    assert context_of(passage) == Context(before, after)


def test_without_a_passage_nothing_stands_around():
    assert context_of(None) == Context("", "")
