"""How values look on the pages."""

import json
import re

from django.conf import settings

from claims.reading.status_words import StatusWords
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
