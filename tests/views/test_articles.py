"""Article pages: the text with its claims, or excerpts of it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Anchoring, PublishedArticle
from claims.moves import decide_anchor
from claims.workflow.roles import EDITORS
from tests.factories import (
    SENTENCES,
    TEXT,
    add_text,
    fresh_from_database,
    make_appearance,
    make_article,
    make_claim,
    make_copy,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.views.conftest import page_of, town_article

FULL = {"display": "full", "display_reason": "Our own text."}


def page_for(client, article) -> str:
    return page_of(client, reverse("article_detail", args=[article.slug]))


def test_every_claim_is_marked_at_its_passage_and_linked_both_ways(town):
    article = town_article()
    body = page_of(town, article.get_absolute_url())
    for claim in article.claims.listed():
        assert body.count(f'id="claim-{claim.pk}"') == 1
        assert body.count(f'id="listed-{claim.pk}"') == 1
        assert f'href="#claim-{claim.pk}"' in body
        assert f'href="#listed-{claim.pk}"' in body
        assert f'href="{claim.get_absolute_url()}"' in body


def test_overlapping_passages_are_underlined_at_different_levels(town):
    body = page_of(town, town_article().get_absolute_url())
    assert re.search(r'<mark [^>]*lane-1"[^>]*>The bridge, <mark [^>]*lane-2"', body)


def test_the_headline_is_the_heading_of_the_page_and_carries_its_claim(town):
    body = page_of(town, town_article().get_absolute_url())
    heading = body[body.index("<h1") : body.index("</h1>")]
    assert ">Maltings Bridge to reopen on 5 May</mark>" in heading
    assert 'aria-label="Claim 1: ' in heading
    assert body.count(", cheaper than planned</") == 1


def test_headline_captions_and_credits_keep_their_roles(town):
    body = page_of(town, town_article().get_absolute_url())
    for role in ("deck", "body", "caption", "credit"):
        assert f'class="block-{role}"' in body


def test_progress_is_told_with_both_sums(town):
    body = page_of(town, town_article().get_absolute_url())
    assert "22 claims: 14 decided (5 verified, 1 correct in part" in body
    assert 'class="bar status-bar"' in body


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["article", "/articles/", "/"])
def test_the_line_of_progress_counts_what_readers_are_shown(client, address):
    article = make_article()
    listed, decided = make_claim(article), make_claim(article)
    held = make_claim(article, text="Held words.")
    editor = make_user(EDITORS)
    move("hold_back", held, editor, reason="Private words.")
    release_article(article, listed=[listed])
    publish_claim(decided)
    make_claim(article, text="Draft words.")
    if address == "article":
        address = reverse("article_detail", args=[article.slug])
    body = page_of(client, address)
    assert "2 claims: 1 decided (1 verified), 1 open" in body
    for words in ("Held words.", "Private words.", "Draft words."):
        assert words not in body


@pytest.mark.django_db
def test_a_cleared_article_is_finished_and_its_reason_stays_at_the_desk(client):
    article = make_article()
    make_claim(article)
    release_article(article)
    assert "Checking is finished." not in page_for(client, article)
    move("clear", article, make_user(EDITORS), reason="Private words.")
    body = page_for(client, article)
    assert "1 claim: 0 decided, 1 open. Checking is finished." in body
    assert "Private words." not in body


def test_a_status_asked_for_hides_the_notes_of_others_and_no_text(town):
    article = town_article()
    whole = page_of(town, article.get_absolute_url())
    body = page_of(town, f"{article.get_absolute_url()}?status=verified")
    assert '<p class="shown quiet" role="status">5 of 22 claims shown: Verified' in body
    notes = re.findall(r'data-status="([\w-]+)"( hidden)?>', body)
    assert len(notes) == 22
    assert all((status != "verified") == bool(hidden) for status, hidden in notes)
    assert words_of(body) == words_of(whole)
    assert re.search(r'data-filter="verified"[^>]* aria-current="true"', body)
    canonical = re.search(r'rel="canonical" href="([^"]*)"', body)[1]
    assert canonical.endswith(article.get_absolute_url())


def test_a_status_that_no_claim_has_shows_them_all(town):
    body = page_of(town, f"{town_article().get_absolute_url()}?status=<b>")
    assert " hidden>" not in body
    assert "<b>" not in body
    assert 'data-filter="" data-shown="All 22 claims shown" aria-current="true"' in body


def words_of(body: str) -> str:
    """Return the words of the paragraphs, headings and quotations of the text."""
    blocks = re.findall(r'<(?:p|h1)[^>]* dir="auto".*?</(?:p|h1)>', body, re.DOTALL)
    return re.sub(r"<[^>]*>", "", "\n".join(blocks))


@pytest.mark.django_db
def test_excerpts_show_the_passage_with_a_little_context_and_not_the_text(client):
    article = make_article()
    claim = make_claim(article, SENTENCES[2])
    release_article(article)
    body = page_for(client, article)
    assert f">{SENTENCES[2]}</mark>" in body
    assert SENTENCES[5] not in body
    assert body.count(f'id="claim-{claim.public_id}"') == 1
    assert body.count(f'id="listed-{claim.public_id}"') == 1


@pytest.mark.django_db
def test_excerpts_say_where_a_passage_stands_and_can_be_filtered(client):
    article = make_article()
    listed = {
        make_claim(article, SENTENCES[0]): "unverified",
        make_claim(article, SENTENCES[1]): "in-review",
    }
    for claim in listed:
        claim.appearances.update(placement="caption")
    release_article(article, listed=listed)
    body = page_for(client, article)
    assert body.count("In a caption") == 2
    assert '<li class="annotated excerpt">' in body
    filtered = page_of(
        client, reverse("article_detail", args=[article.slug]) + "?status=in-review"
    )
    assert filtered.count('<li class="annotated excerpt" hidden>') == 1


@pytest.mark.django_db
def test_a_passage_in_an_earlier_copy_is_listed_apart(client):
    article = make_article(**FULL)
    claim = make_claim(article, SENTENCES[0])
    make_copy(article.document, "Quite another text.")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    assert "Claims from another version of the text" in body
    assert "Quite another text." in body
    text, apart = body.split("Claims from another version of the text")
    assert f">{SENTENCES[0]}</mark>" in apart
    assert f'id="listed-{claim.public_id}"' in apart
    assert "<mark" not in text


@pytest.mark.django_db
def test_a_newer_copy_keeps_its_highlights(client):
    article = make_article(**FULL)
    claims = [make_claim(article, words) for words in SENTENCES[:3]]
    add_text(article.document, f"A new beginning.\n\n{TEXT}")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    assert "Claims from another version of the text" not in body
    for claim in claims:
        words = re.escape(claim.appearances.get().wording)
        assert re.search(
            rf'<mark id="claim-{claim.public_id}"[^>]*>{words}</mark>', body
        )
    numbers = re.findall(r'<mark id="claim-\w+"[^>]* data-claim="(\d)"', body)
    assert numbers == ["1", "2", "3"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (True, "The article now reads otherwise here (copy of 2 March 2026)."),
        (False, "These words are no longer in the article (copy of 2 March 2026)."),
    ],
)
@pytest.mark.parametrize("display", [{}, FULL])
def test_words_that_are_others_or_gone_stand_apart_and_say_so(
    client, display, found, sentence
):
    article = make_article(**display)
    claim = make_claim(article, "Nobody was hurt.")
    release_article(article)
    add_text(article.document, TEXT.replace("Nobody was hurt.", "Nobody got hurt."))
    row = Anchoring.objects.get()
    decide_anchor(row, make_user("Editors"), row.found if found else None, "to_decide")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    text, apart = body.split('<section aria-labelledby="apart">')
    assert sentence in apart
    assert ">Nobody was hurt.</mark>" in apart
    assert f'id="listed-{claim.public_id}"' in apart
    assert "<mark" not in text


@pytest.mark.django_db
def test_excerpts_come_from_the_copy_that_is_shown(client):
    article = make_article()
    make_claim(article, SENTENCES[5])
    add_text(article.document, f"{TEXT} It rained all night.")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    assert f">{SENTENCES[5]}</mark>" in body
    assert "It rained all night." in body


@pytest.mark.django_db
def test_a_place_in_the_copy_shown_goes_before_one_in_an_older_copy(client):
    article = make_article(**FULL)
    claim = make_claim(article, SENTENCES[0])
    add_text(article.document, "Only this. Nobody was hurt.")
    make_appearance(claim, wording="Nobody was hurt.")
    release_article(fresh_from_database(article))
    body = page_for(client, article)
    assert ">Nobody was hurt.</mark>" in body
    assert "Claims from another version of the text" not in body


@pytest.mark.django_db
@pytest.mark.parametrize("display", [{}, FULL])
def test_an_article_costs_the_same_at_one_claim_as_at_thirty(client, display):
    counts = []
    for number in (1, 30):
        article = make_article(**display)
        for _index in range(number):
            make_claim(article)
        release_article(article)
        with CaptureQueriesContext(connection) as queries:
            page_for(client, article)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


@pytest.mark.django_db
def test_an_open_article_answers_like_one_that_never_was(client):
    article = make_article()
    assert not PublishedArticle.objects.exists()
    secret = client.get(reverse("article_detail", args=[article.slug]))
    never = client.get(reverse("article_detail", args=["never"]))
    assert secret.status_code == never.status_code == 404
    assert secret.content == never.content
