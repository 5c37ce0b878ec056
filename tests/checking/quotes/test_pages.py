"""Pages and times that a locator names, and those that words stand on."""

import pytest

from claims.checking.quotes.pages import is_elsewhere, named_pages, page_range

from .pairs import Page

PAGES = [Page(11, 0, 10), Page(12, 10, 20), Page(13, 20, 20), Page(14, 20, 30)]
TRANSCRIPT = "[00:10] We met. [01:30] She spoke. [1:02:00] The end."


@pytest.mark.parametrize(
    ("locator", "pages"),
    [
        ("12", [(12, 12)]),
        ("p. 12", [(12, 12)]),
        ("pp. 12–13, 20", [(12, 13), (20, 20)]),
        ("112–13", [(112, 113)]),
        ("12-2", [(12, 12)]),
        ("13-12", [(13, 13)]),
        ("Seite 7", [(7, 7)]),
        ("第12页", [(12, 12)]),
        ("00:14:30", []),
        ("paragraph 4", []),
        ("table 2, row 3", []),
        ("", []),
    ],
)
def test_a_locator_names_pages_or_none(locator, pages):
    assert named_pages(locator) == pages


@pytest.mark.parametrize(
    ("span", "pages"),
    [((0, 5), (11, 11)), ((5, 25), (11, 14)), ((10, 20), (12, 12)), ((30, 31), None)],
)
def test_words_stand_on_a_page_or_across_several(span, pages):
    assert page_range(PAGES, span) == pages


@pytest.mark.parametrize(
    ("locator", "elsewhere"),
    [
        ("11", False),
        ("p. 12", True),
        ("9–11", False),
        ("paragraph 7", False),
        ("99, 11", False),
    ],
)
def test_words_are_elsewhere_when_no_named_page_has_them(locator, elsewhere):
    assert is_elsewhere("x" * 30, (2, 8), locator, PAGES) is elsewhere


def test_without_a_page_map_nothing_is_elsewhere():
    assert not is_elsewhere("x" * 30, (2, 8), "99", [])


@pytest.mark.parametrize(
    ("locator", "elsewhere"),
    [
        ("01:30", False),
        ("1:45–1:50", False),
        ("00:40", True),
        ("59:59", False),
        ("1:05:00", True),
    ],
)
def test_words_are_elsewhere_when_a_transcript_has_them_at_another_time(
    locator, elsewhere
):
    start = TRANSCRIPT.index("She")
    span = start, start + len("She spoke.")
    assert is_elsewhere(TRANSCRIPT, span, locator, PAGES) is elsewhere


def test_a_text_without_times_contradicts_none():
    assert not is_elsewhere("She spoke.", (0, 10), "00:40", [])
