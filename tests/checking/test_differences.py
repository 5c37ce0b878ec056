"""What differs word by word: nothing lost, numbers whole, any script, in bounded time."""

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checking.differences import Part, shortened, words_changed

MARKS = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]", "left_out": "[…]"}


def shown(parts: list[Part]) -> str:
    return "".join(MARKS[part.kind].format(part.text) for part in parts)


def changed(old: str, new: str) -> str:
    return shown(words_changed(old, new))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("The mill burned.", "The mill burned.", "The mill burned."),
        ("", "New words.", "[+New words.+]"),
        ("Old words.", "", "[-Old words.-]"),
        ("The old mill.", "The new mill.", "The [-old-][+new+] mill."),
        ("The mill.", "The old mill.", "The [+old +]mill."),
        ("It burned down in May.", "It burned in May.", "It burned [-down -]in May."),
        # A number is one word, with its separators and its unit left apart.
        ("5,000 people", "5,100 people", "[-5,000-][+5,100+] people"),
        ("3.5 %", "3.6 %", "[-3.5-][+3.6+] %"),
        ("at 14:30, then", "at 14:31, then", "at [-14:30-][+14:31+], then"),
        ("in 1911.", "in 1912.", "in [-1911-][+1912+]."),
        # Case, sign and negation are changes.
        ("It is safe", "It is not safe", "It is [+not +]safe"),
        ("-5", "+5", "[---][+++]5"),
        ("mill", "Mill", "[-mill-][+Mill+]"),
        # Two replacements with a space between them are one.
        (
            "the old mill burned",
            "the new barn burned",
            "the [-old mill-][+new barn+] burned",
        ),
        ("one\ntwo", "one\n\ntwo", "one[-\n-][+\n\n+]two"),
        # Any script: marks stay with their letter, signs of scripts without spaces stand alone.
        ("قال إن الجسر آمن", "قال إن الجسر خطر", "قال إن الجسر [-آمن-][+خطر+]"),
        ("बाढ़ में नदी", "बाढ़ में पुल", "बाढ़ में [-नदी-][+पुल+]"),
        ("桥是安全的", "桥是危险的", "桥是[-安全-][+危险+]的"),
        ("cafe\u0301 ouvert", "cafe ouvert", "[-cafe\u0301-][+cafe+] ouvert"),
        ("👩‍⚕️ came", "👩‍🚒 came", "[-👩‍⚕️-][+👩‍🚒+] came"),
    ],
)
def test_each_changed_word_is_told(old, new, told):
    assert changed(old, new) == told


TEXTS = st.text(alphabet="ab1 .,é桥\n-") | st.text()


@given(TEXTS, TEXTS)
def test_nothing_of_either_text_is_lost(old, new):
    parts = words_changed(old, new)

    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "removed") == new
    assert all(part.text for part in parts)
    pairs = list(itertools.pairwise(parts))
    assert all(first.kind != second.kind for first, second in pairs)
    assert ("added", "removed") not in {(a.kind, b.kind) for a, b in pairs}


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert [part.kind for part in words_changed(text, text)] == ["same"] * bool(text)


def sentence(number: int) -> str:
    return f"Sentence {number} tells of house {number * 7} in the town by the river. "


LONG = "".join(map(sentence, range(360)))


def test_two_changes_in_a_long_text_are_found_and_nothing_else():
    assert len(LONG) > 20_000
    new = LONG.replace("house 70 ", "barn 70 ").replace("Sentence 300 ", "")

    kinds = [(p.kind, p.text) for p in words_changed(LONG, new) if p.kind != "same"]

    assert kinds == [
        ("removed", "house"),
        ("added", "barn"),
        ("removed", "Sentence 300 "),
    ]


def test_a_paragraph_moved_is_taken_out_and_put_in():
    parts = "".join(map(sentence, range(40))), "".join(map(sentence, range(40, 80)))
    kinds = [part.kind for part in words_changed("".join(parts), "".join(parts[::-1]))]
    assert set(kinds) == {"same", "removed", "added"}


#: Pairs of texts of 20,000 characters that a comparison could stumble over.
HARD = {
    "nothing in common": ("a b c d " * 2500, "e f g h " * 2500),
    "one word only": ("a " * 10_000, "a " * 9_000 + "b " * 1_000),
    "no order": ("a b " * 5000, "b c a " * 3333),
    "one long word": ("a" * 20_000, "b" * 20_000),
    "signs": ("桥安" * 10_000, "安危桥" * 6666),
    "mixed signs": (
        "".join(chr(0x4E00 + i * 7919 % 600) for i in range(20_000)),
        "".join(chr(0x4E00 + i * 104729 % 601) for i in range(20_000)),
    ),
    "words reversed": (LONG[:20_000], " ".join(LONG[:20_000].split()[::-1])),
    "spaces": (" " * 20_000, " \n" * 10_000),
}


@pytest.mark.parametrize("name", HARD)
def test_no_two_texts_of_20000_characters_take_long(name):
    old, new = HARD[name]
    start = time.process_time()

    parts = words_changed(old, new)

    assert time.process_time() - start < 2
    assert "".join(p.text for p in parts if p.kind != "added") == old
    assert "".join(p.text for p in parts if p.kind != "removed") == new


def test_long_unchanged_stretches_are_left_out_but_for_words_around_a_change():
    old = "one two three four five six seven eight nine ten eleven twelve"
    new = old.replace("six", "6")
    parts = shortened(words_changed(old, new), around=2)
    assert shown(parts) == "[…]four five [-six-][+6+] seven eight[…]"


def test_what_is_hardly_longer_than_its_surroundings_is_shown_whole():
    old, new = "one two three four five", "one two three four 5"
    assert shown(shortened(words_changed(old, new), around=4)) == (
        "one two three four [-five-][+5+]"
    )


@given(TEXTS, TEXTS, st.integers(0, 3))
def test_leaving_out_hides_no_change(old, new, around):
    parts = words_changed(old, new)
    kept = [
        part for part in shortened(parts, around) if part.kind in ("removed", "added")
    ]
    assert kept == [part for part in parts if part.kind != "same"]
