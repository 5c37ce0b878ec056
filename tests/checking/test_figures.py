"""What may never differ between two wordings."""

import pytest

from claims.checking.figures import figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose by 3.4 percent", "rose by 8.4 percent"),
        ("rose by 1.5 percent", "rose by 15 percent"),
        ("3 million people", "3 billion people"),
        ("a change of -5 points", "a change of 5 points"),
        ("10-12 people", "1012 people"),
        ("they did not go", "they did go"),
        ("they don’t go", "they do go"),
        ("it may rain", "it will rain"),
        ("half the town", "the town"),
        ("more than ten", "less than ten"),
        ("5%", "5"),
    ],
)
def test_these_are_not_the_same(one, other):
    assert figures(one) != figures(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the 12 big ships did not sail", "those 12 large boats did not sail"),
        ("They don’t go", "they don't go"),
        ("nothing here", "Nothing there"),
    ],
)
def test_these_may_be_the_same(one, other):
    assert figures(one) == figures(other)
