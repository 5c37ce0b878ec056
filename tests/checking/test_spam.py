"""What looks like an advertisement, and what a careful reader may well write."""

import pytest

from claims.checking.spam import MOST_LINKS, looks_like_spam


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The year is wrong: it was 1911, not 1912.",
        "See https://register.example/1911 and www.archive.example/2.",
        "<b>The</b> figure a [sic] of 5 < 6.",
        "السنة خطأ",
        "https://a.example " * MOST_LINKS,
    ],
)
def test_a_report_is_taken_for_a_report(text):
    assert not looks_like_spam(text)


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://a.example " * (MOST_LINKS + 1),
        "www.a.example\n" * (MOST_LINKS + 1),
        'Best prices <a href="https://a.example">here</a>',
        "[url=https://a.example]here[/url]",
        "[LINK]a.example[/LINK]",
    ],
)
def test_many_links_or_markup_of_links_look_like_spam(text):
    assert looks_like_spam(text)


def test_links_are_counted_over_all_fields():
    link = "https://a.example "
    assert not looks_like_spam(link * 2, link * (MOST_LINKS - 2))
    assert looks_like_spam(link * 2, link * (MOST_LINKS - 1))
