"""How values look on the pages."""

import json
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags

from claims.reading.names import NamedArticle, NamedSource
from claims.reading.status_words import StatusWords
from claims.templatetags.claim_pages import status_symbol, symbol, who_said_it
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


def said(voice: str, source: str, role: str, article: str) -> str:
    """Return who said it on a page with just this."""
    appearance = SimpleNamespace(article=NamedArticle(article) if article else None)
    page = SimpleNamespace(
        voice=voice,
        source=NamedSource(source) if source else None,
        role=role,
        first_appearance=appearance,
    )
    return strip_tags(who_said_it(page))


@pytest.mark.parametrize(
    ("page", "sentence"),
    [
        (
            ("attributed", "Anna Reed", "mayor", "Fire"),
            "Said by Anna Reed, mayor, in the article “Fire”.",
        ),
        (("attributed", "Anna Reed", "", "Fire"), "Said by Anna Reed in the article"),
        (("own", "The Post", "", "Fire"), "Stated by The Post in its own voice, in"),
        (("passive", "", "", "Fire"), "Stated in the article “Fire” without saying"),
        (("unclear", "", "", "Fire"), "Stated in the article “Fire”, which leaves"),
        (("attributed", "Anna Reed", "mayor", ""), "Said by Anna Reed, mayor."),
        (("attributed", "Anna Reed", "", ""), "Said by Anna Reed."),
        (("own", "The Post", "", ""), "Stated by The Post in its own voice."),
        (("passive", "", "", ""), "Stated without saying by whom."),
        (("unclear", "", "", ""), "Stated; the article leaves open by whom."),
    ],
)
def test_each_way_of_saying_it_is_one_sentence_in_every_language(page, sentence):
    assert said(*page).startswith(sentence)
    for language in ("de", "ar"):
        with translation.override(language):
            translated = said(*page)
        assert translated.endswith(".")
        assert not re.search(r"[{}]|Said|Stated", translated)
        assert all(name in translated for name in page[1:])
