"""Typography folded away, with the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.text import edited, fold, same_words, without_spaces


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“It’s ‘so’”", "\"It's 'so'\""),
        ("«oui» „ja“", '"oui" "ja"'),
        ("10–12 — 5−3", "10-12 - 5-3"),
        ("a\u00a0b\n\n  c", "a b c"),
        ("for\u00ad\nward, soft\u00adly", "forward, softly"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("ﬁve oﬃces…", "five offices..."),
        ("cafe\u0301", "caf\u00e9"),
        ("\u1112\u1161\u11ab", "\ud55c"),
        # Space: one, none inside marks and before signs, none between Chinese lines.
        ("« oui », dit-il ; non ?", '"oui", dit-il; non?'),
        ("sagte »so« und »gut«", 'sagte "so" und "gut"'),
        ("« »", '""'),
        ("5 % of 3 °C . . .", "5% of 3°C ..."),
        ("``so''", '"so"'),
        ("桥是\n安全的", "桥是安全的"),
        ("桥 是\nit", "桥 是 it"),
        # Dashes: free between letters, but for those of a drawn line.
        ("one—two – three -- four", "one-two-three-four"),
        ("well- and ill-made", "well-and ill-made"),
        ("----", "----"),
        # Beside a number a dash is a sign, a range, or parts thoughts, and stays so.
        ("at −5 or - 5", "at -5 or - 5"),
        ("town—5,000 live – 5 —", "town - 5,000 live - 5 - "),
        ("a — -5", "a - -5"),
        ("10 — 12 and 10—12", "10 - 12 and 10-12"),
        ("fell to -$5", "fell to -$5"),
        # Invisible marks go, but for those that change what is read.
        ("in\u200ccome", "income"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚒 came", "👩\u200d🚒 came"),
        ("\u202e21\u202c", "\u202e21"),
        ("ســـوق", "سوق"),
        ("10\u00ad12 but ten\u00adfold", "10\u00ad12 but tenfold"),
        ("٣ is 3", "٣ is 3"),
        ("10² and 5½", "10² and 5½"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_typography_is_folded(text, folded):
    assert fold(text).text == folded


texts = st.text(
    st.one_of(
        st.sampled_from("“’–—\u00ad\n\u00a0ﬁ…e\u0301\u200b\u200ca1 -.«»;:%'桥ا\u202e"),
        st.characters(),
    )
)


@given(texts)
def test_folding_twice_is_folding_once(text):
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_every_folded_character_has_its_place(text):
    folded = fold(text)
    origins = [folded.origin(place) for place in range(len(folded.text) + 1)]
    assert origins == sorted(origins)
    assert folded.original(0, len(folded.text))[1] == len(text)


def test_a_place_in_the_folded_text_leads_back():
    text = "He said: “for\u00ad\nward”."
    folded = fold(text)
    start = folded.text.index('"')
    assert folded.original(start, start + 9) == (9, 20)
    assert text[9:20] == "“for\u00ad\nward”"


@given(texts)
def test_a_tight_place_leads_back_to_itself(text):
    folded = fold(text)
    for place in range(len(folded.text)):
        start, end = folded.tight(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert start == folded.origin(place)
        assert end <= max(folded.origin(place + 1), end)


@given(texts, texts)
def test_what_stands_before_a_gap_folds_by_itself(one, other):
    together = fold(f"{one}a\na{other}").text
    assert together.startswith(fold(f"{one}a").text)
    assert together.endswith(fold(f"a{other}").text)


def test_what_was_dropped_behind_a_place_does_not_belong_to_it():
    folded = fold("the mill\u200b\u200b.")
    assert folded.original(4, 8) == (4, 10)
    assert folded.tight(4, 8) == (4, 8)


def test_changes_are_made_one_after_the_other_and_lead_back():
    changed = edited("one two three", [(4, 7, "2")]).then([(0, 3, "1"), (5, 5, "!")])
    assert changed.text == "1 2! three"
    assert changed.tight(2, 3) == (4, 7)
    assert changed.origin(len(changed.text)) == 13
    assert changed.then([]) is changed
    assert changed.folded().tight(5, 10) == (8, 13)


def test_words_are_the_same_in_other_typography():
    assert same_words("“It’s –\n so”", ' "It\'s-so" ')
    assert not same_words("It is so", "it is so")
    assert not same_words("-5", "5")


@pytest.mark.parametrize("sign", ["桥", "あ", "ไ", "，"])
def test_some_scripts_have_no_spaces(sign):
    assert without_spaces(sign)
    assert not without_spaces("a")
    assert not without_spaces("ا")
    assert not without_spaces("한")
