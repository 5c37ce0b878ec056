"""What may never differ between two wordings."""

import pytest

from claims.checking.figures import deciding_words, figures, numbers


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
        ("10–12 boats", "10 12 boats"),
        ("10² metres", "102 metres"),
        ("5½ barrels", "5 barrels"),
        ("$5 million", "€5 million"),
        ("٣ قوارب", "3 قوارب"),
        ("am Montag", "am Dienstag"),
        ("le pont n’est sûr", "le pont est sûr"),
        ("on the left bank", "on the right bank"),
        ("في ٣ مليون", "في ٣ مليار"),
        ("ولم يذهب", "ويذهب"),
        ("мост не закрыт", "мост закрыт"),
        ("桥不是安全的", "桥是安全的"),
        ("河水在−5度", "河水在5度"),
        ("पुल सुरक्षित नहीं है", "पुल सुरक्षित है"),
        ("δεν θα κλείσει", "θα κλείσει"),
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
        ("-5 at 10-12", "−5 at 10–12"),
        ("d’euros", "d'euros"),
    ],
)
def test_these_may_be_the_same(one, other):
    assert figures(one) == figures(other)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("−5 degrees", ("-", "5", "", "degrees")),
        ("$1.5 million", ("", "1.5", "million", "$")),
        ("12 400 people", ("", "12400", "", "")),
        ("10 – 12 km²", ("", "10-12", "", "km²")),
        ("> 3,4 Mrd", (">", "3,4", "mrd", "")),
        ("COVID-19", ("", "19", "", "")),
        ("3.4亿欧元", ("", "3.4", "亿", "欧元")),
    ],
)
def test_a_number_has_sign_digits_magnitude_and_unit(text, parts):
    assert [number.parts for number in numbers(text)] == [parts]


def test_numbers_in_other_digits_have_the_same_value():
    ours, theirs = numbers("٣٫٥ and 3٫5")
    assert ours.digits != theirs.digits
    assert ours.value == theirs.value


def test_words_without_digits_have_no_numbers():
    assert numbers("twelve people") == []


def test_may_is_a_month_with_a_capital_only():
    assert deciding_words("It may rain in May") == [("may", "hedge"), ("may", "month")]
