"""Odd and endless input ends in time, and says when it is too much."""

import time
from types import SimpleNamespace

import pytest

from claims.checking.quotes import Flag, Reason, Verdict, check_quotation

from .long_texts import HARD, LONG

#: Generous: a second is promised, of a machine that counts no branches meanwhile.
SECONDS = 6

QUOTED = LONG[700_000:700_300].split("\n", 1)[1][:180].rsplit(" ", 1)[0]


@pytest.mark.parametrize("name", HARD)
def test_nothing_takes_long(name):
    quotation, text = HARD[name]
    start = time.process_time()

    check_quotation(quotation, text)

    assert time.process_time() - start < SECONDS


def test_words_are_found_in_a_long_text():
    match = check_quotation(QUOTED, LONG)
    assert (match.verdict, match.matched) == (Verdict.EXACT, QUOTED)


def test_words_are_found_in_other_typography_in_a_long_text():
    match = check_quotation(QUOTED.replace("\n", " ").replace(" ", "\u00a0", 2), LONG)
    assert (match.verdict, match.matched) == (Verdict.TYPOGRAPHIC, QUOTED)


def test_a_changed_number_is_told_in_a_long_text():
    number = next(word for word in QUOTED.split() if word[0].isdigit())
    changed = QUOTED.replace(number, f"9{number}")
    match = check_quotation(changed, LONG)
    assert match.verdict is Verdict.ALTERED
    assert Reason.NUMBER in match.reasons


def test_pieces_are_found_in_a_long_text():
    words = QUOTED.split(" ")
    shortened = f"{' '.join(words[:6])} … {' '.join(words[-6:])}"
    assert check_quotation(shortened, LONG).verdict is Verdict.EDITED_OPENLY


def test_far_parts_are_told_in_a_long_text():
    one, other = LONG[100_000:100_400], LONG[800_000:800_400]
    parts = [part.split("\n")[1].rsplit(" ", 1)[0] for part in (one, other)]
    match = check_quotation(" ".join(parts), LONG)
    assert (match.verdict, match.reasons) == (Verdict.SPLICED, (Reason.FAR,))


def test_words_that_are_not_there_are_absent_from_a_long_text():
    match = check_quotation("nobody thought that coffee would cost so much", LONG)
    assert match.verdict is Verdict.ABSENT


@pytest.mark.parametrize(
    ("broken", "verdict"),
    [
        ("mu\u00adni\u00adci\u00adpa\u00adli\u00adty", Verdict.TYPOGRAPHIC),
        ("munici-\npality", Verdict.LAYOUT),
        ("municipality\u0301".replace("y\u0301", "y\u0301"), Verdict.TYPOGRAPHIC),
    ],
)
def test_a_lone_word_broken_in_a_long_text_is_found(broken, verdict):
    quotation = "municipality" if "\u0301" not in broken else "municipalitý"
    text = f"{LONG[:500_000]} {broken} {LONG[500_000:]}"
    match = check_quotation(quotation, text)
    assert (match.verdict, match.matched) == (verdict, broken)


def test_too_long_or_too_many_parts_are_left_to_a_person():
    long = "mill " * 5_000
    assert check_quotation(long, "a mill").reasons == (Reason.TOO_LONG,)
    parts = "mill … " * 50
    assert check_quotation(parts, "a mill").reasons == (Reason.TOO_MANY_PARTS,)


def test_the_same_characters_are_found_however_long():
    long, parts = ("mill " * 5_000).strip(), ("mill … " * 50).strip()
    assert check_quotation(long, f"a {long}.").verdict is Verdict.EXACT
    assert check_quotation(parts, f"a {parts}.").verdict is Verdict.EXACT


def test_a_place_on_the_named_page_is_preferred():
    text = "The mill burned down at night.\nThe mill burned down at night.\n"
    pages = [
        SimpleNamespace(number=7, start=0, end=31),
        SimpleNamespace(number=8, start=31, end=62),
    ]
    match = check_quotation(
        "The mill burned down at night.", text, locator="8", pages=pages
    )
    assert (match.start, match.pages, match.rivals) == (31, (8, 8), ((0, 30),))
    assert match.flags == (Flag.AMBIGUOUS,)
