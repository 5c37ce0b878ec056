"""Plain text: paragraphs, headline, credits, encodings."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.intake import IntakeError, Reading, read_text
from claims.models.copies import validate_blocks
from tests.intake.pages import PARAGRAPHS


def outline(text: str) -> list[tuple[str, str]]:
    reading = read_text(text.encode())
    return [(block.role, reading.words_of(block)) for block in reading.blocks]


BODIES = [("body", paragraph) for paragraph in PARAGRAPHS]


def test_blank_lines_part_the_blocks() -> None:
    assert outline("\n\n".join(PARAGRAPHS)) == BODIES
    assert outline("\r\n \t\r\n\r\n".join(PARAGRAPHS) + "\r\n") == BODIES


def test_lines_part_the_blocks_where_there_are_no_blank_ones() -> None:
    assert outline("\n".join(PARAGRAPHS)) == BODIES


def test_lines_that_a_program_wrapped_are_joined() -> None:
    wrapped = "\n\n".join(textwrap.fill(each, 72) for each in PARAGRAPHS)
    assert outline(wrapped) == BODIES


def test_a_first_line_that_ends_no_sentence_is_the_headline() -> None:
    text = "River rises at Elmbrook\n" + "\n\n".join(PARAGRAPHS)
    assert outline(text) == [("headline", "River rises at Elmbrook"), *BODIES]
    assert read_text(text.encode()).title == "River rises at Elmbrook"
    assert outline("River rises at Elmbrook") == [("body", "River rises at Elmbrook")]
    assert outline("A sentence.\n\nAnother.")[0] == ("body", "A sentence.")
    assert outline("a" * 201 + "\n\nWords.")[0][0] == "body"


def test_a_wrapped_first_paragraph_is_no_headline() -> None:
    wrapped = (
        textwrap.fill(PARAGRAPHS[0], 40) + "\n\n" + textwrap.fill(PARAGRAPHS[1], 40)
    )
    assert outline(wrapped) == BODIES[:2]


def test_broken_encoding_is_repaired_and_noted() -> None:
    broken = "The river â€” it rose. Itâ€™s ZoÃ« who said so.\n\nAll is well — here."
    reading = read_text(broken.encode())
    assert reading.text == (
        "The river — it rose. It’s Zoë who said so.\n\nAll is well — here."
    )
    (warning,) = reading.warnings
    assert warning.startswith("Broken encoding was repaired in one paragraph: “â€”")


def test_what_is_not_broken_stays_as_it_is() -> None:
    text = "“ﬁve” ½ 10² ﬀ ＡＢ e\u0301 ‘a’ … &amp; Ã la carte, naïve café."
    assert read_text(text.encode()).text == text
    assert read_text(text.encode()).warnings == ()


CREDITS = [
    "Reuters",
    "REUTERS/Omar Reyes",
    "Omar Reyes/AFP/Getty Images",
    "AP Photo/Omar Reyes",
    "Getty Images",
    "Photo: dpa",
    "Omar Reyes / AP",
]


@pytest.mark.parametrize("credit", CREDITS)
def test_a_credit_in_the_lead_is_set_apart_and_flagged(credit: str) -> None:
    lead = f"Firemen at the mill. {credit} The river rose at night."
    reading = read_text(f"{lead}\n\nMore words.".encode())
    assert [(b.role, reading.words_of(b)) for b in reading.blocks] == [
        ("caption", "Firemen at the mill."),
        ("credit", credit),
        ("body", "The river rose at night."),
        ("body", "More words."),
    ]
    assert " ".join(reading.text.split()) == f"{lead} More words."
    assert len(reading.warnings) == 1
    assert credit in reading.warnings[0]


@pytest.mark.parametrize(
    "lead",
    [
        "ELMBROOK (Reuters) - The river rose.",
        "Nobody knows why. Reuters Institute staff asked around.",
        "Nobody knows why. Reuters asked around.",
        "The mayor told Reuters. The river rose.",
        "Nobody knows why. The AP said so. Nobody asked.",
        "Nobody knows. APPLES fell. The river rose.",
    ],
)
def test_a_sentence_about_an_agency_is_no_credit(lead: str) -> None:
    assert outline(f"{lead}\n\nMore words.")[0] == ("body", lead)


def test_a_credit_far_down_is_left_alone() -> None:
    late = "A picture. Reuters The river rose."
    text = "\n\n".join([*PARAGRAPHS, late])
    assert outline(text)[-1] == ("body", late)


def test_byte_order_marks_are_believed() -> None:
    for codec in ("utf-8-sig", "utf-16", "utf-32"):
        assert read_text("Zoë.".encode(codec)).text == "Zoë."


def test_control_and_layout_characters_go() -> None:
    assert read_text("A\x07 b\u00adc\u200b d\ufeff.".encode()).text == "A bc d."


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b" \n\t", "empty"),
        ("\u200b".encode(), "no text"),
        ("Zoë.".encode("latin-1"), "not in UTF-8"),
        ("Река поднялась.".encode("koi8-r"), "not in UTF-8"),
        (b"abc\x00def", "binary"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\xd0\xcf\x11\xe0old", "Word"),
        (b"a" * (26 * 2**20), "26 MB"),
        (b"50 MB " * 9_000_000, "51 MB"),
        (b"a" * 3_000_001, "3,000,001 characters"),
    ],
)
def test_what_is_no_text_is_refused_in_one_sentence(raw: bytes, sentence: str) -> None:
    with pytest.raises(IntakeError, match=sentence) as caught:
        read_text(raw)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


@given(st.text(max_size=400))
def test_any_text_is_read_into_blocks_that_a_copy_takes(text: str) -> None:
    try:
        reading = read_text(text.encode())
    except IntakeError:
        return
    rows = [vars(block) for block in reading.blocks]
    validate_blocks(rows)
    assert reading.blocks[-1].end == len(reading.text)
    assert reading == read_text(text.encode())
    assert again(reading).text == reading.text


def again(reading: Reading) -> Reading:
    """Read what was read."""
    try:
        return read_text(reading.text.encode())
    except IntakeError:
        return reading
