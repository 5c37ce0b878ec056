"""An article's text with its marks, the notes beside it, the bar above it."""

import re
from dataclasses import replace

import pytest

from claims.reading.article_page import (
    PlacedClaim,
    StatusCount,
    article_text,
    status_counts,
)
from claims.reading.status_words import StatusWords
from claims.templatetags.article_text import (
    claim_notes,
    marked_block,
    marked_words,
    notes_label,
    status_bar,
)

VERIFIED = StatusWords("verified", "Verified", "", "tick", "positive")
OPEN = StatusWords("unverified", "Not checked yet", "", "ring", "open")
SVG = re.compile(r"<svg.*?</svg>")


def placed(number: int, start: int, end: int, **facts) -> PlacedClaim:
    return PlacedClaim(
        **{
            "public_id": "abcdefgh"[number - 1],
            "number": number,
            "text": f"Claim <{number}>",
            "url": f"/claims/{number}/",
            "status": VERIFIED,
            "stored_copy": "copy",
            "start": start,
            "end": end,
            "placement": "",
            **facts,
        }
    )


def blocks_of(text: str, *claims: PlacedClaim, blocks=()):
    copy = {"id": "copy", "text": text, "blocks": list(blocks)}
    return article_text(copy, claims).blocks


def skeleton(html: str) -> str:
    """Return the marks and the words alone: "[1 …]" with "(1)" where a claim ends."""
    html = SVG.sub("", html).replace("\u2060", "")
    html = re.sub(r"<a [^>]*>(\d+)</a>", r"(\1)", html)
    html = re.sub(r'<mark[^>]*data-claim="(\d+)">', r"[\1 ", html)
    return html.replace("</mark>", "]")


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([(0, 3)], "[1 One](1) two four"),
        ([(0, 3), (3, 7)], "[1 One](1)[2  two](2) four"),
        ([(0, 7), (4, 7)], "[1 One [2 two]](1)(2) four"),
        ([(0, 12), (4, 7)], "[1 One [2 two](2) four](1)"),
        ([(0, 7), (4, 12)], "[1 One [2 two]](1)[2  four](2)"),
        ([(0, 3), (0, 3)], "[1 [2 One]](1)(2) two four"),
    ],
)
def test_overlapping_and_adjacent_claims_stay_apart(spans, expected):
    claims = [placed(number, *span) for number, span in enumerate(spans, 1)]
    (block,) = blocks_of("One two four", *claims)
    assert skeleton(marked_words(block)) == expected


def test_overlapping_claims_are_underlined_at_levels_of_their_own():
    claims = [placed(number, number, 12) for number in range(1, 5)]
    html = marked_words(*blocks_of("One two four", *claims))
    assert re.findall(r"lane-(\d)", html) == ["1", "2", "3", "3"]


def test_text_is_escaped_and_keeps_the_roles_of_its_blocks():
    blocks = [
        {"role": "headline", "start": 0, "end": 7},
        {"role": "block_quote", "start": 8, "end": 16},
        {"role": "never heard of", "start": 17, "end": 21},
    ]
    found = blocks_of("Big <b>\nOne two.\nEnd.", blocks=blocks)
    assert [marked_block(block) for block in found] == [
        '<p class="block-headline" dir="auto">Big &lt;b&gt;</p>',
        '<blockquote dir="auto">One two.</blockquote>',
        '<p class="block-body" dir="auto">End.</p>',
    ]


def test_a_claim_over_two_blocks_has_one_address_one_end_and_one_note():
    blocks = [
        {"role": "headline", "start": 0, "end": 7},
        {"role": "body", "start": 8, "end": 16},
    ]
    first, second = blocks_of("One two\nfour five.", placed(1, 4, 12), blocks=blocks)
    assert skeleton(marked_words(first)) == "One [1 two]"
    assert skeleton(marked_words(second)) == "[1 four](1) fiv"
    assert 'id="claim-a"' in marked_words(first)
    assert 'id="claim-a"' not in marked_words(second)
    assert [block.notes for block in (first, second)] == [[placed(1, 4, 12)], []]


def test_a_caption_and_its_credit_stay_together():
    blocks = [
        {"role": "caption", "start": 0, "end": 3},
        {"role": "credit", "start": 4, "end": 7},
        {"role": "body", "start": 8, "end": 12},
    ]
    claims = [placed(1, 0, 3), placed(2, 8, 12)]
    found = blocks_of("One two four", *claims, blocks=blocks)
    assert [block.notes for block in found] == [[], [claims[0]], [claims[1]]]


def test_a_claim_between_the_blocks_or_in_another_copy_stands_apart():
    blocks = [{"role": "body", "start": 0, "end": 3}]
    elsewhere = placed(1, 5, 7)
    earlier = placed(2, 0, 3, stored_copy="an earlier one")
    without_passage = placed(3, 0, 0)
    copy = {"id": "copy", "text": "One two", "blocks": blocks}
    found = article_text(copy, [elsewhere, earlier, without_passage])
    assert found.apart == [elsewhere, earlier, without_passage]
    assert not found.is_marked


def test_a_text_without_blocks_is_one_body():
    (block,) = blocks_of("Words.")
    assert marked_block(block) == '<p class="block-body" dir="auto">Words.</p>'


def test_a_mark_and_its_note_lead_to_each_other_in_words():
    claim = placed(1, 0, 3)
    mark = marked_words(*blocks_of("One", claim))
    assert 'id="claim-a"' in mark
    assert 'href="#listed-a" data-claim="1" aria-label="Claim 1: Verified"' in mark
    note = claim_notes([claim])
    assert 'id="listed-a"' in note
    assert 'href="#claim-a" aria-label="Claim 1 in the text"' in note
    assert "Claim &lt;1&gt;" in note
    assert "style=" not in mark + note


def test_a_dimmed_claim_keeps_its_place_and_hides_its_note():
    claim = placed(1, 0, 3, is_dimmed=True)
    mark = marked_words(*blocks_of("One", claim))
    assert skeleton(mark) == "[1 One](1)"
    assert 'href="?#listed-a"' in mark
    assert " hidden>" in claim_notes([claim])
    assert " hidden>" not in claim_notes([replace(claim, is_dimmed=False)])


def test_a_list_of_notes_is_called_by_its_numbers():
    assert notes_label([placed(4, 0, 1)]) == "Claim 4"
    assert notes_label([placed(4, 0, 1), placed(6, 2, 3)]) == "Claims 4 to 6"


def test_statuses_are_counted_in_printed_order_those_of_open_claims_last():
    claims = [placed(1, 0, 1, status=OPEN), placed(2, 1, 2), placed(3, 2, 3)]
    statuses = {status.slug: status for status in (OPEN, VERIFIED)}
    assert status_counts(claims, statuses, "verified") == [
        StatusCount(VERIFIED, 2, True, "2 of 3 claims shown: Verified"),
        StatusCount(OPEN, 1, False, "1 of 3 claims shown: Not checked yet"),
    ]


def test_the_parts_of_the_bar_fill_it_without_touching():
    counts = [StatusCount(VERIFIED, 2, False, ""), StatusCount(OPEN, 1, False, "")]
    bar = status_bar(counts, 3)
    parts = re.findall(r'x="(\d+)" width="(\d+)"', bar)
    assert parts == [("0", "664"), ("667", "333")]
    assert 'aria-hidden="true"' in bar
