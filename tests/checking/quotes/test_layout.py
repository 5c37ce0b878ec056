"""What counts as layout, and what only looks like it."""

import pytest

from claims.checking.quotes import Reason, Verdict, check_quotation

from .pairs import Page

QUOTED = "the dam was sound in every part of its wall"


def broken_by(lines: str, rest: str = "") -> str:
    return f"So the dam was{lines}sound in every part of its wall.{rest}"


def on_pages(*lines: str) -> str:
    """Return pages that break a sentence each, with a line at the head of each."""
    pages = [f"They said that\n\f{line}\nall was well there." for line in lines[1:]]
    return broken_by(f"\n\f{lines[0]}\n", "\n\n" + "\n".join(pages))


@pytest.mark.parametrize(
    "text",
    [
        on_pages("Water Board 3", "Water Board 4", "Water Board 5"),
        on_pages("3 · Water Board", "4 · Water Board", "5 · Water Board"),
        on_pages("Water Board", "Water Board", "Water Board"),
        on_pages("3", "4", "5"),
        broken_by("\n\nWATER BOARD\n\n"),
        broken_by("\n\nWATER BOARD 2019 | 14\n\n"),
        broken_by(
            "\n\nThe water board\n\n", "\n\nThe water board\n\nThe water board\n"
        ),
        broken_by("\nPage 3 of 90\n"),
        broken_by("\n\n— 3 —\n\n"),
    ],
)
def test_heads_and_page_numbers_are_passed_over_and_told(text):
    match = check_quotation(QUOTED, text)

    assert match.verdict is Verdict.LAYOUT
    assert match.accepted
    skipped = " ".join(text[slice(*span)].strip() for span in match.skipped)
    assert skipped
    assert skipped not in QUOTED


@pytest.mark.parametrize(
    "lines",
    [
        "\n12\n",  # a number on a line of its own may be what the sentence is about
        "\n\n12\n\n",
        "\n\f12\n",
        "\n12/15\n",
        "\n\nNOT AT ALL\n\n",
        "\n\nTWELVE PARTS\n\n",
        "\n\nPARTS LOST 12\n\n",
        "\n\nWATER\n\n",
        "\n\nThe water board\n\n",  # stands there once
        "\nWATER BOARD\n",  # a line of its own, and nothing shows that it is no part
    ],
)
def test_other_lines_are_not_passed_over(lines):
    assert not check_quotation(QUOTED, broken_by(lines)).same_words


@pytest.mark.parametrize(
    "heads",
    [
        ("Boats: 12", "Boats: 15", "Boats: 9"),  # figures, for they do not rise
        ("Boats: 12", "Boats", "Boats: 15"),
        ("Boats: 12", "Boats there: 13", "Boats: 15"),
        ("Lost none 1", "Lost none 2", "Lost none 3"),
        ("12", "3", "40"),
        ("12", "13", "words"),
        ("12", "12", "13"),
        ("Q", "Q", "Q"),
    ],
)
def test_repeated_lines_that_say_something_are_not_passed_over(heads):
    assert not check_quotation(QUOTED, on_pages(*heads)).same_words


def test_heads_are_known_by_the_edges_of_a_page_map():
    text = "".join(
        f"The {well} well was\nWater Board {n}\ndry in all of its depth.\n"
        for n, well in ((3, "old"), (4, "new"), (5, "deep"))
    )
    edges = [text.index(f"Water Board {n}") for n in (3, 4, 5)]
    starts, ends = [0, *edges], [*edges, len(text)]
    pages = [
        Page(n + 2, *page) for n, page in enumerate(zip(starts, ends, strict=True))
    ]
    quoted = "The new well was dry in all of its depth"

    assert not check_quotation(quoted, text).same_words
    match = check_quotation(quoted, text, pages=pages)

    assert match.verdict is Verdict.LAYOUT
    assert match.pages == (3, 4)


def test_a_line_that_is_quoted_too_is_no_head():
    text = broken_by("\n\nWATER BOARD\n\n")
    quoted = "the dam was WATER BOARD sound in every part of its wall"
    assert check_quotation(quoted, text).verdict is Verdict.TYPOGRAPHIC


@pytest.mark.parametrize("mark", ["¹", "[12]", "*", "†", "12"])
def test_a_mark_behind_a_sentence_is_that_of_a_note(mark):
    text = f"All the wells were closed.{mark} The pumps followed in the autumn."
    quoted = "All the wells were closed. The pumps followed in the autumn."
    assert check_quotation(quoted, text).verdict is Verdict.LAYOUT


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "The sea of 5 km² lies in the north of it",
            "The sea of 5 km lies in the north",
        ),
        ("A field of 12 metres² lies in the north", "A field of 12 metres lies in the"),
        ("The value of x² was written on the board", "The value of x was written on"),
        (
            "They had no.12 and no.13 on the long list",
            "They had no. and no. on the long",
        ),
        ("They said approx.12 people left the hall", "They said approx. people left"),
        ("See also paragraph,12 Items of the list", "See also paragraph, Items of the"),
        ("A sum of 5* 3 was written on the board", "A sum of 5 3 was written on the"),
        (
            "They lost [12] boats there in the night",
            "They lost boats there in the night",
        ),
    ],
)
def test_other_raised_figures_and_marks_are_content(text, quoted):
    assert not check_quotation(quoted, text).same_words


def test_a_mark_that_is_quoted_stays():
    text = "All the wells were closed.[3] The pumps fol-\nlowed in the autumn."
    quoted = "All the wells were closed.[3] The pumps followed in the autumn."
    assert check_quotation(quoted, text).verdict is Verdict.LAYOUT
    other = check_quotation(quoted.replace("[3]", "[4]"), text)
    assert other.verdict is Verdict.ALTERED
    assert Reason.NUMBER in other.reasons


def test_a_head_with_cells_is_one_stretch():
    text = broken_by("\n\nWATER | BOARD\n\n")
    match = check_quotation(QUOTED, text)
    assert (match.verdict, len(match.skipped)) == (Verdict.LAYOUT, 1)


def test_few_numbered_lines_are_a_list():
    text = "1 the dam was\n2 sound in every\n3 part of its wall"
    assert not check_quotation(QUOTED, text).same_words


def test_a_line_ends_behind_a_letter_in_two_parts():
    text = "So the cafe\u0301-\nteria was closed for the whole of the winter."
    match = check_quotation(
        "the caféteria was closed for the whole of the winter", text
    )
    assert match.verdict is Verdict.LAYOUT
