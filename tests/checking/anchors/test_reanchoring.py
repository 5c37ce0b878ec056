"""Passages carried from one text to the next: right, suggested or orphaned."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.anchors import Verdict, cut, reanchor
from tests.checking.anchors.editing import SENTENCES, Ledger, edits
from tests.properties import tried

TEXT = (
    "The harbour of Lindmouth handled 412 ships last year, the port office said. "
    "Nobody expected it. It was not a record.\n\n"
    "“We had a good spring,” harbour master Ina Veld told reporters, “and a better "
    "autumn.” Fees rose by 3.4 percent. It was not a record.\n\n"
    "The council will vote on a third crane in May, two members said."
)


def passage(words: str, text: str = TEXT, number: int = 0):
    start = -1
    for _ in range(number + 1):
        start = text.index(words, start + 1)
    return cut(text, start, start + len(words))


def moved(words: str, new: str, number: int = 0):
    return reanchor(TEXT, new, [passage(words, number=number)])[0]


def test_nothing_changes_in_the_same_text():
    one = passage("412 ships")
    found = reanchor(TEXT, TEXT, [one])[0]
    assert (found.verdict, found.passage) == (Verdict.UNCHANGED, one)
    assert found.certain


def test_an_insertion_before_only_shifts():
    found = moved("412 ships", "Harbour news. " + TEXT)
    assert found.verdict is Verdict.MAPPED
    assert found.passage == passage("412 ships", "Harbour news. " + TEXT)
    assert not found.words_changed


def test_the_same_words_twice_are_told_apart_by_context():
    new = TEXT.replace("Nobody", "No one")
    for number in (0, 1):
        found = moved("It was not a record.", new, number)
        assert found.verdict is Verdict.MAPPED
        assert found.passage == passage("It was not a record.", new, number)


def test_the_other_copy_is_not_taken_for_one_that_is_gone():
    new = TEXT.replace(" Nobody expected it. It was not a record.", "")
    found = moved("It was not a record.", new)
    assert not found.certain
    assert found.verdict is Verdict.SUGGESTED
    assert moved("It was not a record.", new, 1).verdict is Verdict.MAPPED


def test_a_moved_paragraph_keeps_its_passages():
    first, second, third = TEXT.split("\n\n")
    found = moved(
        "a better autumn", "\n\n".join(["New opening here.", third, second, first])
    )
    assert found.certain
    assert found.passage.exact == "a better autumn"
    far = moved("harbour master Ina Veld", "\n\n".join([third, first, second]))
    assert far.certain


def test_words_at_another_place_are_exact():
    head = "A sentence about the harbour and about its cranes. "
    tail = "First some ships came in. Then the others came as well. Night fell. "
    old, new = head + tail, tail + head
    found = reanchor(old, new, [passage(head.strip(), old)])[0]
    assert (found.verdict, found.passage.exact) == (Verdict.EXACT, head.strip())
    assert found.reason.endswith("at another place")


def test_other_quotation_marks_are_typography():
    new = TEXT.replace("“", '"').replace("”", '"')
    found = moved("“We had a good spring,”", new)
    assert found.verdict is Verdict.TYPOGRAPHIC
    assert found.words_changed
    assert found.certain
    assert found.passage.exact == '"We had a good spring,"'


def test_a_corrected_word_is_a_suggestion():
    new = TEXT.replace("council will vote", "town council will vote")
    found = moved("The council will vote on a third crane", new)
    assert found.verdict is Verdict.SUGGESTED
    assert not found.certain
    assert found.words_changed
    assert found.passage.exact == "The town council will vote on a third crane"


def test_a_word_put_in_leaves_the_last_words_in_the_suggestion():
    new = TEXT.replace("crane in May", "crane in early May")
    found = moved("The council will vote on a third crane in May", new)
    assert found.verdict is Verdict.SUGGESTED
    assert found.passage.exact == "The council will vote on a third crane in early May"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("3.4 percent", "8.4 percent"),
        ("not a record.\n", "a record.\n"),
        ("412", "421"),
        ("will vote", "may vote"),
        ("third crane", "second crane"),
    ],
)
def test_changed_figures_and_negations_orphan(before, after):
    new = TEXT.replace(before, after)
    words = {
        "3.4 percent": "Fees rose by 3.4 percent.",
        "412": "The harbour of Lindmouth handled 412 ships last year",
    }.get(before, "The council will vote on a third crane in May")
    if before.startswith("not"):
        words = "Fees rose by 3.4 percent. It was not a record.\n"
    found = moved(words, new)
    assert found.verdict is Verdict.ORPHANED
    assert found.passage is None
    assert "numbers, negations" in found.reason


def test_what_is_gone_is_orphaned():
    assert moved("412 ships", "Something else entirely.").verdict is Verdict.ORPHANED
    assert moved("412 ships", "").verdict is Verdict.ORPHANED
    assert moved("412 ships", "412").verdict is Verdict.ORPHANED


def test_two_equally_similar_places_are_no_suggestion():
    line = "The council will soon vote on a third crane in May, two members said."
    found = moved(
        "The council will vote on a third crane in May, two members said.",
        f"{line}\n\nAnd again.\n\n{line}",
    )
    assert found.verdict is Verdict.ORPHANED
    assert found.reason == "no passage is similar enough"


def test_similar_words_in_another_context_are_no_suggestion():
    found = moved(
        "two members said",
        "Completely other words stand here, and two members sayd it too, for once.",
    )
    assert found.verdict is Verdict.ORPHANED
    assert found.reason == "a similar passage stands in another context"


def test_the_same_words_at_many_places_name_their_rivals():
    new = "A note. It was not a record. B.\n\n" * 2
    found = moved("It was not a record.", new)
    assert found.verdict is Verdict.ORPHANED
    assert len(found.rivals) == 2


def test_repeated_lines_far_from_the_edit_stay_in_their_place():
    row = "paid\n" * 60
    old, new = f"Begin\n{row}End", f"Began\n{row}End"
    words = cut(old, 6 + 5 * 30, 6 + 5 * 30 + 4)
    found = reanchor(old, new, [words])[0]
    assert found.verdict is Verdict.MAPPED
    assert found.passage.start == words.start
    fewer = f"Begin\n{row[5:]}End"
    assert not reanchor(old, fewer, [words])[0].certain


def test_words_at_hundreds_of_places_are_told_apart_by_position_alone():
    old = "x " * 500 + "end"
    found = reanchor(old, old + "!", [cut(old, 100, 101)])[0]
    assert found.verdict is Verdict.MAPPED
    assert not reanchor(old, "x " * 400, [cut(old, 100, 101)])[0].certain


def test_space_alone_is_no_wording():
    old = "one  two"
    assert reanchor(old, "one two", [cut(old, 3, 5)])[0].verdict is Verdict.ORPHANED


def test_a_passage_of_another_text_is_refused():
    with pytest.raises(ValueError, match="does not stand at"):
        reanchor("other text", "new", [cut("words here", 0, 5)])


@tried(500)
@given(
    st.permutations(SENTENCES).flatmap(
        lambda order: st.integers(4, len(order)).map(lambda number: order[:number])
    ),
    st.lists(edits, min_size=1, max_size=6),
    st.lists(st.tuples(st.floats(0, 1), st.integers(8, 90)), min_size=1, max_size=4),
)
def test_after_random_edits_no_anchor_is_wrong(sentences, changes, places):
    old = " ".join(sentences)
    ledger = Ledger(old)
    for change in changes:
        ledger.edit(*change)
    new = ledger.text
    passages = []
    for at, length in places:
        start = min(int(at * len(old)), len(old) - 1)
        passages.append(cut(old, start, min(start + length, len(old))))
    for one, found in zip(passages, reanchor(old, new, passages), strict=True):
        if found.passage is not None:
            here = found.passage
            assert new[here.start : here.end] == here.exact
        if found.certain:
            ledger.assert_right(one, found.passage, words_changed=found.words_changed)


def test_300_passages_of_20_000_words_are_carried_in_bounded_time():
    chance = random.Random(4)
    vocabulary = [
        "".join(chance.choices("abcdefghiklmnoprstuvw", k=chance.randint(2, 9)))
        for _ in range(4000)
    ]
    sentences = [
        " ".join(chance.choices(vocabulary, k=chance.randint(6, 24))).capitalize() + "."
        for _ in range(1340)
    ]
    old = " ".join(sentences)
    for number in chance.sample(range(len(sentences)), 500):
        words = sentences[number].split()
        words[chance.randrange(len(words))] = chance.choice(vocabulary)
        sentences[number] = " ".join(words)
    new = " ".join(sentences)
    assert 19_000 < len(old.split()) < 22_000
    starts = chance.sample(range(len(old) - 200), 300)
    passages = [cut(old, at, at + chance.randint(20, 180)) for at in starts]
    begun = time.perf_counter()
    found = reanchor(old, new, passages)
    assert time.perf_counter() - begun < 10
    assert sum(each.certain for each in found) > 150


def test_a_copy_at_the_beginning_is_not_taken_for_what_began_there():
    old = "It was not a record. The council may vote on the crane. Nobody came."
    new = old.replace("It was not a", "It was not It was not a  quite", 1)
    (found,) = reanchor(old, new, [cut(old, 0, 8)])
    assert not found.certain
