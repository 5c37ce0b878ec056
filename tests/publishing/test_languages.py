"""The record knows no language: a site may change its own, and nothing else changes."""

import json
import re

import pytest
from django.core.management import call_command
from django.utils import translation

from claims.models import Claim, Event, Release
from claims.publishing import content as contents
from claims.publishing.rebuild import rebuild
from claims.reading.status_words import in_words, methodology_in_words
from tests import factories, messages

LANGUAGES = ["en", "de", "ar"]
ARABIC = re.compile(r"[\u0600-\u06ff]")
ROWS = json.loads((messages.PROJECT / messages.STATUSES).read_text(encoding="utf-8"))
SHIPPED = [row["fields"] for row in ROWS if "definition" in row["fields"]]
METHODOLOGY = next(row["fields"]["text"] for row in ROWS if "text" in row["fields"])


@pytest.fixture(scope="module")
def town(module_database) -> None:
    call_command("loaddata", "town_demo", verbosity=0)


def test_what_would_be_signed_is_the_same_in_every_language(town):
    for claim in Claim.objects.all():
        assessment = claim.assessments.order_by("-number").first()
        texts = set()
        for language in LANGUAGES:
            with translation.override(language):
                content = contents.claim_content(claim, assessment)
                texts.add(contents.sealed(content)[0])
        assert len(texts) == 1, claim


def test_the_record_follows_from_its_releases_in_another_language(town):
    with translation.override("ar"):
        assert not rebuild(fix=False)


@pytest.mark.django_db
def test_an_act_in_another_language_leaves_no_word_of_it():
    with translation.override("ar"):
        factories.publish_claim()
    told = [*Release.objects.values_list("content", flat=True)]
    told += Event.objects.values_list("body", flat=True)
    assert told
    assert not [text for text in told if ARABIC.search(text)]


def test_shipped_statuses_and_methodology_are_translated():
    with translation.override("de"):
        words = in_words(SHIPPED)
        assert words["verified"].label == "Bestätigt"
        assert words["outdated"].definition.startswith("Die Behauptung hatte")
        assert methodology_in_words(METHODOLOGY).startswith("## Was wir prüfen")


def test_what_the_desk_worded_itself_stays_as_it_is():
    """Even where its words are those of another sentence of ours."""
    mine = [{**SHIPPED[0], "label": "Claims", "definition": "Is it true?"}]
    with translation.override("de"):
        words = in_words(mine)[SHIPPED[0]["slug"]]
        assert (words.label, words.definition) == ("Claims", "Is it true?")
        changed = METHODOLOGY.replace("single statements", "statements")
        assert methodology_in_words(changed) == changed


def test_a_shipped_methodology_saved_by_a_browser_is_still_the_shipped_one():
    with translation.override("de"):
        text = METHODOLOGY.replace("\n", "\r\n")
        assert methodology_in_words(text).startswith("## Was wir prüfen")
