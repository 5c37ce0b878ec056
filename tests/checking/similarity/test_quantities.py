"""Numbers by their value, however they are written."""

import pytest

from claims.checking.lexicon import MAGNITUDE, UNIT, kind_of
from claims.checking.similarity.quantities import VALUES, quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("5,000 people", ["5000"]),
        ("5.000 Menschen", ["5000"]),
        ("5 000 gens", ["5000"]),
        ("5k", ["5000"]),
        ("five thousand men", ["5000"]),
        ("“Five”, they said", ["5"]),
        ("twenty-five million dollars", ["25000000"]),
        ("$5.5 million", ["5500000"]),
        ("3,5 %", ["3.5"]),
        ("0.500", ["0.5"]),
        ("1,234.50 euro", ["1234.5"]),
        ("12 kilograms", ["12"]),
        ("٥٠٠٠ شخص", ["5000"]),
        ("5 करोड़ लोग", ["50000000"]),
        ("500万人", ["5000000"]),
        ("COVID-19 G20", ["19", "20"]),
        ("10-20 men, 12:30", ["10-20", "12:30"]),
        ("fünf Prozent", ["5"]),
        ("two three", ["2", "3"]),
        ("someone often", []),
        ("5 million or 3 thousand", ["5000000", "3000"]),
        ("1" * 40, ["1" * 40]),
        ("5¼ hours", ["5¼"]),
    ],
)
def test_a_number_has_its_value(text, values):
    assert [each.value for each in quantities(text)] == values


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4.2 percent", "%"),
        ("4,2 Prozent", "%"),
        ("€ 300", "money"),
        ("300 dollars", "money"),
        ("in 2021", "year"),
        ("2021 people", "year"),  # one in a few is no year: it only pairs with years
        ("2,021 people", ""),
        ("12 weeks", ""),
    ],
)
def test_what_it_counts_is_told_where_that_tells_numbers_apart(text, kind):
    assert [each.kind for each in quantities(text)] == [kind]


def test_its_place_leaves_the_unit_to_the_words():
    text = "about 12 kilograms fell"
    (found,) = quantities(text)
    assert text[found.start : found.end] == found.shown == "12"


def test_no_word_is_both_a_number_and_a_unit_or_magnitude_behind_one():
    kinds = {kind_of(word) for word in VALUES}
    assert not kinds & {UNIT, MAGNITUDE}
