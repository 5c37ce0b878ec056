"""Bylines: persons are named where they clearly are, and nobody is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.intake.bylines import names_in

NAMED = {
    "By Jane Doe": ["Jane Doe"],
    "By Jane Doe and John Roe": ["Jane Doe", "John Roe"],
    "By: Jane Doe,": ["Jane Doe"],
    "Written by Jane Doe & John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe, John Roe and Ana Paz": ["Jane Doe", "John Roe", "Ana Paz"],
    "Jane Doe, John Roe, and Ana Paz": ["Jane Doe", "John Roe", "Ana Paz"],
    "Ada Holm; Bo Lind": ["Ada Holm", "Bo Lind"],
    "Von Jana Roth": ["Jana Roth"],
    "Ein Bericht von Jana Roth und Uwe Lang": ["Jana Roth", "Uwe Lang"],
    "Text: Jana Roth, Fotos: Uwe Lang": ["Jana Roth"],
    "Par Aline Morel et Luc Petit": ["Aline Morel", "Luc Petit"],
    "Por Ana Paz y Luis Roe": ["Ana Paz", "Luis Roe"],
    "Ana Paz, Luis Roe y Eva Kern": ["Ana Paz", "Luis Roe", "Eva Kern"],
    "بقلم: أحمد علي": ["أحمد علي"],
    "بقلم أحمد علي و محمد حسن": ["أحمد علي", "محمد حسن"],
    "\u200fبقلم أحمد علي\u200f": ["أحمد علي"],
    "Иван Петров": ["Иван Петров"],
    # Names as people have them.
    "Ludwig van Holm": ["Ludwig van Holm"],
    "Vincent van der Berg": ["Vincent van der Berg"],
    "José María de la Cruz": ["José María de la Cruz"],
    "José Ortega y Gasset": ["José Ortega y Gasset"],
    "Mary-Jane O’Neil": ["Mary-Jane O’Neil"],
    "Omar al-Masri": ["Omar al-Masri"],
    "J. K. Marsh": ["J. K. Marsh"],
    "J.K. Marsh": ["J.K. Marsh"],
    "John Roe, Jr.": ["John Roe Jr."],
    "John Roe Jr. and Ana Paz": ["John Roe Jr.", "Ana Paz"],
    "Prof. Dr. Jana Roth": ["Jana Roth"],
    "By DAVID D. KIRKWALL": ["David D. Kirkwall"],
    "Jane Doe.": ["Jane Doe"],
    # Where they work, where they are, who else took part.
    "Jane Doe, Gazette staff": ["Jane Doe"],
    "Jane Doe, Elm Weekly": ["Jane Doe"],
    "Jane Doe, Oak Hill": ["Jane Doe"],
    "Jane Doe, PhD": ["Jane Doe"],
    "Jane Doe | Oak Hill | 3 March 2026": ["Jane Doe"],
    "Jane Doe - Oak Hill": ["Jane Doe"],
    "By Jane Doe\nOak Hill": ["Jane Doe"],
    "Jane Doe in Beirut and John Roe in Cairo": ["Jane Doe", "John Roe"],
    "Jane Doe for Oak Hill": ["Jane Doe"],
    "By Jane Doe, Political Editor, and John Roe": ["Jane Doe", "John Roe"],
    "Jane Doe, Oak Hill, and John Roe, Elm Weekly": ["Jane Doe", "John Roe"],
    "Von Jana Roth und Uwe Lang, Berlin": ["Jana Roth", "Uwe Lang"],
    "Jane Doe (jane@elm.example)": ["Jane Doe"],
    "Jane Doe @janedoe": ["Jane Doe"],
    "Jane Doe and agencies": ["Jane Doe"],
    "dpa/Jana Roth": ["Jana Roth"],
    "Jana Roth / AFP": ["Jana Roth"],
    "Jana Roth/Oak Hill": ["Jana Roth"],
    "By Jane Doe; Photographs by Omar Reyes": ["Jane Doe"],
    "Reporting by Jane Doe; Editing by John Roe": ["Jane Doe"],
    "Jane Doe and Jane Doe": ["Jane Doe"],
}
NOBODY = [
    "",
    "By",
    "By and",
    "Reuters",
    "Reuters Staff",
    "Associated Press",
    "Agence France-Presse",
    "AFP/AP",
    "BBC NEWS",
    "Staff and agencies",
    "By Elm Post Staff",
    "The Editors",
    "Guest Author",
    "Redaktion",
    "Von der Redaktion",
    "Por Redacción",
    "Par la rédaction",
    "Our Correspondent",
    "New York",
    "Der Spiegel",
    "Madonna",
    "jane doe",
    "Doe, Jane",
    "J. D.",
    "jane.doe@elm.example",
    "admin",
    "3 March 2026",
    "By Jane Doe March 3",
    "Jane Doe. Oak Hill",
    "https://elm.example/jane",
    # Who is meant cannot be told.
    "Maria Holm e Anna Lind",
    "By JANE MACDONALD",
    "Di Mario Rossi",
    "Jane DOE",
    "أحمد علي",
    "بقلم أحمد علي ومحمد حسن",
    "بقلم فريق التحرير",
    "بقلم مراسل رويترز",
    "بقلم أحمد",
    "Jane " + "Doe " * 300,
]


@pytest.mark.parametrize(("byline", "names"), NAMED.items())
def test_who_clearly_is_a_person_is_named(byline: str, names: list[str]) -> None:
    assert names_in(byline) == tuple(names)


@pytest.mark.parametrize("byline", NOBODY)
def test_nobody_is_guessed(byline: str) -> None:
    assert names_in(byline) == ()


@given(st.text(alphabet="ADJaeo nd,;/&.'’-|(@\nوبقلم", max_size=60) | st.text())
def test_any_text_gives_names_of_several_words_that_stand_in_it(text: str) -> None:
    for name in names_in(text):
        assert len(name.split()) >= 2
        assert name.split()[0].casefold() in text.casefold()
        assert not any(character.isdigit() for character in name)


def test_a_long_byline_is_read_at_once() -> None:
    assert names_in("Jane Doe and " * 38) == ("Jane Doe",)
