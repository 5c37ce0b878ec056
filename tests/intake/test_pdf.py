"""PDF files: paragraphs, pages, and files that are none."""

import io
import textwrap
import time

import pytest
from pypdf import PdfReader, PdfWriter

from claims.intake import IntakeError, Reading, read_pdf
from tests.intake.pages import PARAGRAPHS, pdf


def lines(number: int, columns: int = 60) -> list[str]:
    return textwrap.wrap(PARAGRAPHS[number], columns)


def outline(reading: Reading) -> list[tuple[str, str]]:
    return [(block.role, reading.words_of(block)) for block in reading.blocks]


def on_page(reading: Reading, number: int) -> str:
    (page,) = [page for page in reading.pages if page.number == number]
    return reading.text[page.start : page.end].strip()


def test_lines_become_paragraphs() -> None:
    reading = read_pdf(pdf([*lines(0), *lines(1)], [*lines(2), *lines(3)]))
    assert outline(reading) == [("body", paragraph) for paragraph in PARAGRAPHS]
    assert reading.extractor == "pypdf"
    assert reading.warnings == ()


def test_the_first_line_may_be_the_headline() -> None:
    reading = read_pdf(pdf(["River rises at Elmbrook", *lines(0)], title="A title"))
    assert outline(reading)[0] == ("headline", "River rises at Elmbrook")
    assert reading.title == "A title"
    assert read_pdf(pdf(["River rises", *lines(0)])).title == "River rises"


def test_pages_are_where_their_words_are() -> None:
    first, rest = lines(2)[:-1], lines(2)[-1]
    reading = read_pdf(pdf([*lines(0), *first], [rest, *lines(3)]))
    assert reading.words_of(reading.blocks[1]) == PARAGRAPHS[2]
    assert on_page(reading, 1) == f"{PARAGRAPHS[0]}\n\n{' '.join(first)}"
    assert on_page(reading, 2) == f"{rest}\n\n{PARAGRAPHS[3]}"
    assert reading.pages[0].end == reading.pages[1].start
    assert reading.pages[-1].end == len(reading.text)


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [["Annual report", *lines(n), f"Page {n + 1}"] for n in range(4)]
    reading = read_pdf(pdf(*pages))
    assert outline(reading) == [("body", paragraph) for paragraph in PARAGRAPHS]
    assert reading.warnings == ("8 running heads and page numbers were left out.",)


def test_a_line_on_two_pages_is_no_running_head() -> None:
    reading = read_pdf(pdf(["Elmbrook.", *lines(0)], ["Elmbrook.", *lines(1)]))
    assert reading.text.count("Elmbrook.") == 2


def test_the_hyphen_of_a_parted_word_goes_and_that_of_a_compound_stays() -> None:
    text = [
        "The river board said that the river rose at the mill in the gau-",
        "ge house, where a gauge has stood since the flood of a well-",
        "known year.",
    ]
    assert "the gauge house, where a gauge" in read_pdf(pdf(text)).text
    assert "a well-known year." in read_pdf(pdf(text)).text


def test_ligatures_are_spelled_out() -> None:
    from claims.intake.pdf import _LIGATURES

    assert "ﬁve ﬂoods, eﬀort, oﬃce, baﬄe".translate(_LIGATURES) == (
        "five floods, effort, office, baffle"
    )


def test_a_page_without_text_is_noted() -> None:
    reading = read_pdf(pdf(lines(0), [], lines(1)))
    assert reading.warnings == ("Page 2 of 3: no text, perhaps a scan.",)
    assert [page.number for page in reading.pages] == [1, 3]


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(lines(0)))))
    writer.encrypt(password, "owner", algorithm=algorithm)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def test_a_file_locked_against_changes_alone_is_read() -> None:
    assert read_pdf(encrypted("")).text == PARAGRAPHS[0]


GOOD = pdf(lines(0), lines(1))
LOOP = GOOD.replace(b"/Kids [6 0 R 8 0 R]", b"/Kids [2 0 R 2 0 R]")


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"Only words.", "no PDF file"),
        (GOOD[: len(GOOD) // 2], "cut off"),
        (GOOD[:-7], "cut off"),
        (b"%PDF-1.4\n%%EOF", "damaged"),
        (b"%PDF-1.4\n" + b"\x00\xff" * 5000 + b"\n%%EOF", "damaged"),
        (
            GOOD.replace(b"/Type /Pages", b"/Type /Wrong").replace(b"/Kids", b"/Cats"),
            ".",
        ),
        (LOOP, "."),
        (encrypted("secret"), "encrypted"),
        (pdf([]), "no text"),
        (b"%PDF-1.4" + b" " * (26 * 2**20) + b"%%EOF", "26 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    raw: bytes, sentence: str
) -> None:
    with pytest.raises(IntakeError, match=sentence) as caught:
        read_pdf(raw)
    assert str(caught.value).endswith(".")


def test_a_file_of_too_many_pages_is_refused() -> None:
    with pytest.raises(IntakeError, match="more than 2000 pages"):
        read_pdf(pdf(*([["a"]] * 2001)))


def test_a_long_file_without_a_paragraph_takes_no_longer_for_it() -> None:
    """100 pages took a minute when each line was looked for in all lines before it."""
    lines = ["the river rose by night and the bridge stayed open"] * 45
    begun = time.process_time()
    reading = read_pdf(pdf(*([f"{lines[0]} {page}", *lines] for page in range(100))))
    assert len(reading.pages) == 100
    assert time.process_time() - begun < 10
