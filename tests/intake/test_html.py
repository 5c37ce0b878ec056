"""Web pages: everything a checker needs, in order, and nothing else."""

import time

import ftfy.bad_codecs  # noqa: F401 - the codec of the broken page
import pytest

from claims.intake import IntakeError, Reading, read_html
from claims.workflow.words import BlockRole
from tests.intake.pages import NEWS, PARAGRAPHS, QUOTE, body, news

URL = "https://www.elmpost.example/2026/03/river?from=mail"


def outline(reading: Reading) -> list[tuple[str, str]]:
    return [(block.role, reading.words_of(block)) for block in reading.blocks]


def test_an_article_is_read_in_blocks_with_roles() -> None:
    reading = read_html(news(), URL)
    assert outline(reading) == [
        ("headline", "River rises at Elmbrook"),
        ("deck", "The bridge is closed, and eleven boats are adrift."),
        ("caption", "The old bridge on Thursday morning, seen from the mill."),
        ("credit", "Photo: Omar Reyes/Elm Post"),
        ("body", PARAGRAPHS[0]),
        ("body", PARAGRAPHS[1]),
        ("label", "A warning from 2015"),
        ("body", PARAGRAPHS[2]),
        ("block_quote", QUOTE),
        ("caption", "Zoë Marsh on her ferry, which has not run since Wednesday."),
        ("body", PARAGRAPHS[3]),
    ]
    assert reading.text == "\n\n".join(words for _role, words in outline(reading))
    assert {block.role for block in reading.blocks} <= set(BlockRole.values)


def test_an_article_says_what_it_is() -> None:
    reading = read_html(news(), URL)
    assert reading.title == "River rises at Elmbrook"
    assert reading.byline == "Ada Holm; Bo Lind"
    assert reading.publisher == "The Elm Post"
    assert reading.published == "2026-03-05"
    assert reading.language == "en-GB"
    assert reading.canonical_url == "https://www.elmpost.example/2026/03/river"
    assert (reading.extractor, bool(reading.extractor_version)) == ("trafilatura", True)
    assert reading.warnings == ()


def test_broken_encoding_is_repaired_everywhere_and_noted() -> None:
    # Read as windows-1252 by somebody's program, the way browsers do it, and saved.
    broken = news().decode("sloppy-windows-1252").encode()
    reading = read_html(broken, URL)
    assert "“Nobody was hurt,” said Zoë Marsh" in reading.text
    assert any("encoding was repaired" in warning for warning in reading.warnings)


def test_a_credit_in_the_lead_is_set_apart_and_flagged() -> None:
    lead = f"The bridge, seen from the mill. Omar Reyes/Reuters {PARAGRAPHS[0]}"
    reading = read_html(body(lead, *PARAGRAPHS[1:]), "")
    assert outline(reading)[:3] == [
        ("caption", "The bridge, seen from the mill."),
        ("credit", "Omar Reyes/Reuters"),
        ("body", PARAGRAPHS[0]),
    ]
    assert " ".join(reading.text.split()).startswith(lead)
    assert any("credit ran into the text" in warning for warning in reading.warnings)


def test_a_page_without_a_heading_has_its_title_for_headline() -> None:
    head = '<meta property="og:title" content="River rises">'
    reading = read_html(body(head=head), "")
    assert outline(reading)[0] == ("headline", "River rises")
    assert len(reading.blocks) == 5


def test_a_page_of_one_sentence_is_read() -> None:
    assert read_html(body("Short one."), "").text == "Short one."
    bare = b"<html><body><h2>A heading</h2><p>Short one.</p></body></html>"
    assert "Short one." in read_html(bare, "").text


def test_captions_by_class_and_tables_are_kept() -> None:
    page = news(
        **{
            "<h2>A warning": '<div class="wp-caption"><img src="c.jpg"><p>The gauge at '
            "the mill, out of order since 2012.</p></div><h2>A warning",
            "</article>": "<table><tr><th>Year</th><th>Flood</th></tr><tr><td>2015</td>"
            "<td>3.1 metres above the usual level of the river in March</td></tr></table>"
            "</article>",
        }
    )
    found = outline(read_html(page, URL))
    caption = "The gauge at the mill, out of order since 2012."
    assert ("caption", caption) in found
    assert any("2015\t3.1 metres" in words for _role, words in found)


def test_other_articles_captions_stay_out() -> None:
    others = "".join(
        f"<figure><figcaption>Something else, number {number}.</figcaption></figure>"
        for number in range(5)
    )
    reading = read_html(news(**{"</article>": f"</article>{others}"}), URL)
    assert "Something else" not in reading.text
    assert "Read more" not in reading.text
    assert "All rights reserved" not in reading.text


def test_a_pull_quote_is_not_repeated() -> None:
    pulled = "two of which were found a mile downstream"
    page = news(**{"<h2>A warning": f"<blockquote>{pulled}</blockquote><h2>A warning"})
    assert read_html(page, URL).text.count(pulled) == 1


def test_a_page_in_arabic_is_read_in_its_order() -> None:
    words = (
        "قال مجلس النهر يوم الخميس إن منسوب المياه ارتفع أربعين سنتيمترا في ليلة واحدة."
    )
    page = f'<html lang="ar" dir="rtl"><body><article><p>{words}</p></article>'
    reading = read_html(page.encode(), "")
    assert (reading.text, reading.language) == (words, "ar")


# What the page says about itself


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("2026-03-05T23:30:00-08:00", "2026-03-05"),
        ("2026-03", "2026-03"),
        ("2026", "2026"),
        ("2026-02-30", ""),
        ("March 5, 2026", ""),
        ("05/03/2026", ""),
        ("yesterday", ""),
    ],
)
def test_a_date_is_as_precise_as_the_page(stated: str, published: str) -> None:
    head = f'<meta name="pubdate" content="{stated}">'
    reading = read_html(body(head=head), "")
    assert reading.published == published
    undated = "The page does not say when it appeared."
    assert (undated in reading.warnings) is (not published)


def test_a_date_stands_in_a_time_element_too() -> None:
    page = body().replace(
        b"<article>", b'<article><time datetime="2026-03-05">x</time>'
    )
    assert read_html(page, "").published == "2026-03-05"
    two = page.replace(b"</article>", b'<time datetime="2026-03-09">x</time></article>')
    assert read_html(two, "").published == ""
    named = page.replace(
        b"<time", b'<time datetime="2026-01-01">x</time><time itemprop="datePublished"'
    )
    assert read_html(named, "").published == "2026-03-05"


@pytest.mark.parametrize(
    ("named", "taken"),
    [
        ("/2026/03/river#top", "https://www.elmpost.example/2026/03/river"),
        ("https://m.elmpost.example/r", "https://m.elmpost.example/r"),
        ("https://other.example/r", ""),
        ("https://www.elmpost.example@evil.example/", ""),
        ("javascript:alert(1)", ""),
        ("https://[", ""),
        ("https://www.elmpost.example/" + "a" * 2000, ""),
        ("", ""),
    ],
)
def test_a_page_names_no_address_but_its_own(named: str, taken: str) -> None:
    head = f'<base href="https://other.example/"><link rel="canonical" href="{named}">'
    assert read_html(body(head=head), URL).canonical_url == taken


@pytest.mark.parametrize(
    "stated",
    [
        '{"@type": "NewsArticle", "headline": 7, "author": {"name": null}}',
        '[{"@type": ["Thing", "Report"], "author": "https://x.example/ada"}]',
        "{not json",
        "[" * 50_000,
        '{"@type": "NewsArticle", "author": "' + "a" * 600_000 + '"}',
        '{"@graph": "x", "@type": []}',
    ],
)
def test_odd_json_ld_does_no_harm(stated: str) -> None:
    head = f'<script type="application/ld+json">{stated}</script>'
    reading = read_html(body(head=head), "")
    assert reading.byline == ""
    assert PARAGRAPHS[0] in reading.text


def test_a_body_beside_persons_wrote_nothing() -> None:
    stated = (
        '{"@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ada Holm"},'
        ' {"@type": "NewsMediaOrganization", "name": "Elm Valley"}]}'
    )
    head = f'<script type="application/ld+json">{stated}</script>'
    assert read_html(body(head=head), "").byline == "Ada Holm"


def test_facts_are_taken_from_meta_elements() -> None:
    head = (
        '<meta name="author" content="by Ada Holm"><meta property="og:locale" '
        'content="de_AT"><meta property="og:site_name" content="Die Ulme">'
        '<meta property="og:url" content="https://elmpost.example/u">'
    )
    reading = read_html(body(head=head), URL)
    assert (reading.byline, reading.language) == ("Ada Holm", "de-AT")
    assert (reading.publisher, reading.canonical_url) == (
        "Die Ulme",
        "https://elmpost.example/u",
    )


# Charsets


@pytest.mark.parametrize(
    ("charset", "codec"),
    [("windows-1251", "cp1251"), ("utf-16", "utf-16"), ("shift_jis", "shift_jis")],
)
def test_a_charset_is_believed(charset: str, codec: str) -> None:
    words = {
        "cp1251": "Река поднялась на 40 сантиметров за одну ночь.",
        "utf-16": "Zoë.",
    }
    text = words.get(codec, "川の水位が一晩で四十センチ上がった。")
    page = f"<html><body><p>{text}</p></body></html>"
    assert text in read_html(page.encode(codec), "", charset).text
    declared = page.replace("<body>", f'<head><meta charset="{charset}"></head><body>')
    assert text in read_html(declared.encode(codec), "").text


def test_a_page_without_charset_is_utf_8_or_windows_1252() -> None:
    page = "<html><body><p>“Zoë” and more words.</p></body></html>"
    assert "“Zoë”" in read_html(page.encode(), "").text
    old = read_html(page.encode("cp1252"), "")
    assert "“Zoë”" in old.text
    assert any("windows-1252" in warning for warning in old.warnings)
    assert "“Zoë”" in read_html(page.encode("cp1252"), "", "ISO-8859-1").text


def test_a_few_bytes_astray_are_shown_and_many_refused() -> None:
    page = news().replace(b"Elmbrook was closed", b"Elmbrook\xff was closed")
    reading = read_html(page, URL)
    assert "Elmbrook\ufffd was closed" in reading.text
    assert any("do not fit" in warning for warning in reading.warnings)
    with pytest.raises(IntakeError, match="says that it is in utf-8, and it is not"):
        read_html(
            '<meta charset="utf-8"><p>Река поднялась за одну ночь.'.encode("cp1251"), ""
        )


# What is refused


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"\x89PNG\r\n\x1a\n<html>", "an image"),
        (b"PK\x03\x04<html>", "Word file"),
        (b"%PDF-1.7 <html>", "a PDF file"),
        (b"Only words.", "no web page"),
        (b"\x81\x00<html>", "binary"),
        (b"<html></html>", "no text"),
        (b"<html><body><script>alert(1)</script></body></html>", "no text"),
        (b"<html><body>" + b" " * 26 * 2**20, "26 MB"),
        (b"<html>" + b"<b>a</b>" * 250_000, "too many elements"),
        (b"<html><body><p>" + b"a b " * (3 * 2**20), "too large to be read whole"),
        (b"<html><body>" + b"<div>" * 300 + b"<p>In the depth.</p>", "too deeply"),
        (b"<meta charset=martian><p>a</p>", "martian: unknown"),
        (b"<meta charset=rot13><p>a</p>", "rot13: no charset"),
    ],
)
def test_what_is_no_article_is_refused_in_one_sentence(
    raw: bytes, sentence: str
) -> None:
    with pytest.raises(IntakeError, match=sentence) as caught:
        read_html(raw, URL)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize(
    "nested",
    [
        b"<html><body>" + b"<div>" * 100_000 + b"<p>In the depth.</p>",
        b"<html><body>" + b"<blockquote><p>" * 5_000 + b"Words.",
        b"<html><body><p>" + b"<a href=/x>link</a> " * 50_000,
        b"<html><body><!-- " + b"a" * 10**6,
        b"<html><body><p " + b"a=b " * 100_000 + b">Words.",
    ],
)
def test_odd_pages_end_in_time(nested: bytes) -> None:
    began = time.monotonic()
    try:
        read_html(nested, URL)
    except IntakeError as error:
        assert str(error).endswith(".")
    assert time.monotonic() - began < 20


def test_entities_of_a_document_type_are_not_expanded() -> None:
    bomb = (
        '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&b; &x; Words here.</p>'
    )
    text = read_html(bomb.encode(), "").text
    assert "aaaa" not in text.replace("&b;", "").split("]>")[-1]
    assert "root:" not in text


def test_the_page_of_the_tests_is_a_page() -> None:
    """The rest stands on it."""
    assert NEWS.count("{") == NEWS.count("}")
