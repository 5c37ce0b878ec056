"""How values look on the pages."""

import json
import re

from django.conf import settings

from claims.reading.status_words import StatusWords
from claims.templatetags.article_text import marked_text
from claims.templatetags.claim_pages import status_symbol, symbol
from claims.templatetags.claim_tables import bar


def statuses() -> list[dict]:
    path = settings.BASE_DIR / "fixtures" / "statuses.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    return [row["fields"] for row in rows if "symbol" in row["fields"]]


def test_every_status_has_a_shape_of_its_own():
    drawn = {symbol(row["symbol"], "open") for row in statuses()}
    assert len(drawn) == len(statuses()) == 10


def test_a_symbol_is_hidden_from_readers_of_words_and_carries_no_style():
    drawn = status_symbol(StatusWords("verified", "Verified", "", "tick", "positive"))
    assert 'aria-hidden="true"' in drawn
    assert "tone-positive" in drawn
    assert "style=" not in drawn


def test_a_bar_is_as_long_as_its_share_and_never_vanishes():
    widths = [
        re.findall(r'bar-fill" width="(\d+)"', bar(number, 1000, "open"))[0]
        for number in (1000, 500, 1, 0)
    ]
    assert widths == ["100", "50", "1", "0"]
    assert 'width="0"' in bar(0, 0, "open")


class Mark:
    status = StatusWords("verified", "Verified", "", "tick", "positive")

    def __init__(self, public_id: str, number: int, start: int, end: int) -> None:
        self.public_id, self.number = public_id, number
        self.start, self.end = start, end


def test_text_is_escaped_and_marked_by_blocks():
    text = "Big <b>\nOne two."
    blocks = [
        {"role": "headline", "start": 0, "end": 7},
        {"role": "body", "start": 8, "end": 16},
    ]
    html = marked_text(text, blocks, [Mark("a", 1, 8, 11), Mark("b", 2, 8, 15)])
    assert '<p class="block-headline" dir="auto">Big &lt;b&gt;</p>' in html
    assert '<mark class="depth-2">One</mark>' in html
    assert '<mark class="depth-1"> two</mark>' in html
    assert html.index('id="claim-a"') < html.index('id="claim-b"')
    assert html.index('href="#listed-a"') < html.index('href="#listed-b"')
    assert 'aria-label="Claim 1: Verified"' in html


def test_a_text_without_blocks_is_one_body():
    assert (
        marked_text("Words.", [], []) == '<p class="block-body" dir="auto">Words.</p>'
    )
    assert marked_text("", [], []) == ""
