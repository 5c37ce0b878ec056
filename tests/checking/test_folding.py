"""Typography folded away, with the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.folding import fold


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
        ("10² and 5½", "10² and 5½"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_typography_is_folded(text, folded):
    assert fold(text).text == folded


texts = st.text(
    st.one_of(st.sampled_from("“’–\u00ad\n\u00a0ﬁ…e\u0301\u200ba1 "), st.characters())
)


@given(texts)
def test_folding_twice_is_folding_once(text):
    once = fold(text).text
    assert fold(once).text == once


@given(texts)
def test_every_folded_character_has_its_place(text):
    folded = fold(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.original(0, len(folded.text))[1] == len(text)


def test_a_place_in_the_folded_text_leads_back():
    text = "He said: “for\u00ad\nward”."
    folded = fold(text)
    start = folded.text.index('"')
    assert folded.original(start, start + 9) == (9, 20)
    assert text[9:20] == "“for\u00ad\nward”"
