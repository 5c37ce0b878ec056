"""Articles released anew with a newer copy: where readers find each public claim."""

import json
from typing import Any

import pytest

from claims.models import (
    Anchoring,
    Appearance,
    Article,
    Claim,
    PublishedArticle,
    Release,
)
from claims.moves import StaleMoveError, decide_anchor, shown_content, shown_digest
from claims.publishing.content import article_content
from claims.publishing.rebuild import TABLES, rebuild
from tests.factories import (
    SENTENCES,
    TEXT,
    add_text,
    fresh_from_database,
    make_appearance,
    make_article,
    make_claim,
    make_passage,
    make_user,
    move,
    publish_claim,
    release_article,
)

pytestmark = pytest.mark.django_db

OLD, NEW = "Nobody was hurt.", "Nobody got hurt."
FULL = {"display": "full", "display_reason": "Our own text."}


@pytest.fixture
def claim() -> Claim:
    """A published claim of an article in full."""
    return publish_claim(make_claim(make_article(**FULL), OLD)).claim


def places(article: Article) -> list[dict[str, Any]]:
    """Release the article anew; return the places that readers are given."""
    release_article(fresh_from_database(article))
    content = PublishedArticle.objects.get(pk=article.public_id).content
    assert rebuild(fix=False) == []
    return content.get("places", [])


def decide(claim: Claim, found: bool) -> None:
    row = Anchoring.objects.filter(appearance__claim=claim).latest("pk")
    decide_anchor(row, make_user("Editors"), row.found if found else None, "to_decide")


def in_article(claim: Claim, text: str) -> Article:
    add_text(claim.article.document, text)
    return claim.article


def test_a_release_without_newer_copies_says_nothing_of_places(claim: Claim) -> None:
    assert places(claim.article) == []
    newest = Release.objects.newest("article", claim.article.public_id)
    assert newest.parsed == article_content(fresh_from_database(claim.article))
    assert "places" not in shown_content(claim.article)["article"]


def test_a_claim_is_placed_in_the_newer_copy(claim: Claim) -> None:
    start = f"News. {TEXT}".index(OLD)
    assert places(in_article(claim, f"News. {TEXT}")) == [
        {
            "claim": claim.public_id,
            "standing": "here",
            "start": start,
            "end": start + len(OLD),
        }
    ]


def test_excerpts_get_the_words_and_what_stands_around() -> None:
    claim = publish_claim(make_claim(wording=OLD)).claim
    (place,) = places(in_article(claim, f"{TEXT} And more."))
    assert place["exact"] == OLD
    assert place["suffix"] == " And more."


def test_other_typography_is_the_same_place() -> None:
    text = "He said “no” – twice. Then he left the room and the house."
    claim = publish_claim(make_claim(make_article(text=text), "He said “no” – twice."))
    copied = in_article(claim.claim, text.replace("“", '"').replace("”", '"'))
    (place,) = places(copied)
    assert (place["standing"], place["exact"]) == ("here", 'He said "no" – twice.')


def test_other_words_and_words_that_are_gone_are_said(claim: Claim) -> None:
    article = in_article(claim, TEXT.replace(OLD, NEW))
    decide(claim, found=True)
    assert places(article) == [{"claim": claim.public_id, "standing": "changed"}]

    add_text(article.document, TEXT.replace(OLD, ""))
    decide(claim, found=False)
    assert places(article) == [{"claim": claim.public_id, "standing": "gone"}]


def test_what_nobody_decided_is_not_said(claim: Claim) -> None:
    assert places(in_article(claim, TEXT.replace(OLD, NEW))) == []


def test_a_claim_at_two_places_is_gone_only_from_both(claim: Claim) -> None:
    article = claim.article
    other = publish_claim(two_places(article)).claim
    add_text(article.document, TEXT.replace(SENTENCES[0], ""))
    found = {row["claim"]: row for row in places(article)}
    assert found[other.public_id]["standing"] == "here"

    add_text(article.document, "Nothing of it is left here.")
    row = Anchoring.objects.filter(appearance__claim=other).latest("pk")
    decide_anchor(row, make_user("Editors"), None, "to_decide")
    assert other.public_id not in {row["claim"] for row in places(article)}


def two_places(article: Article) -> Claim:
    claim = make_claim(article, SENTENCES[0])
    make_appearance(claim, wording=SENTENCES[3])
    return claim


def test_a_claim_listed_open_by_the_same_release_is_placed(claim: Claim) -> None:
    listed = make_claim(claim.article, SENTENCES[1])
    article = in_article(claim, f"News. {TEXT}")
    found = {place["claim"] for place in places(article)}
    assert found == {claim.public_id, listed.public_id}


def test_a_claim_of_another_article_that_stands_here_is_placed(claim: Claim) -> None:
    other = make_claim()
    make_appearance(other, claim.article, SENTENCES[2])
    publish_claim(other)
    article = in_article(claim, f"News. {TEXT}")
    assert other.public_id in {place["claim"] for place in places(article)}


def test_a_claim_that_stands_in_the_newer_copy_needs_no_place(claim: Claim) -> None:
    article = in_article(claim, f"News. {TEXT}")
    new = make_claim(article, SENTENCES[0])
    assert {place["claim"] for place in places(article)} == {claim.public_id}
    release_article(fresh_from_database(article), listed=[new])
    assert {place["claim"] for place in places(article)} == {claim.public_id}


# What must not be told


def test_claims_that_readers_do_not_know_are_not_named(claim: Claim) -> None:
    draft = make_claim(claim.article, SENTENCES[1])
    held = make_claim(claim.article, SENTENCES[2])
    Claim.objects.filter(pk=held.pk).update(is_held_back=True)
    article = in_article(claim, f"News. {TEXT}")
    release_article(fresh_from_database(article), listed=[])
    for model in (Release, *TABLES):
        told = json.dumps(list(model.objects.values()), default=str)
        assert draft.public_id not in told
        assert held.public_id not in told


def test_where_the_desk_marked_a_published_claim_anew_is_not_told(claim: Claim) -> None:
    """A correction is being drafted: its place is nobody's business yet."""
    article = in_article(claim, f"News. {TEXT}")
    words = SENTENCES[4]
    Appearance.objects.filter(claim=claim).update(
        passage=make_passage(article.newest_copy, words), wording=words
    )
    assert places(article) == []


@pytest.mark.parametrize("display", [FULL, {}])
def test_what_is_taken_down_leaves_every_release_of_the_article(display: Any) -> None:
    article = make_article(**display)
    taken = publish_claim(make_claim(article, OLD)).claim
    kept = publish_claim(make_claim(article, SENTENCES[0])).claim
    add_text(article.document, f"News. {TEXT}")
    assert len(places(article)) == len(places(article)) == 2

    move("take_down", taken, make_user("Editors"), reason="A court says so.")

    row = PublishedArticle.objects.get(pk=article.public_id)
    assert [place["claim"] for place in row.content["places"]] == [kept.public_id]
    contents = Release.objects.filter(subject_type="article")
    assert not contents.filter(content__contains=taken.public_id).exists()
    assert contents.exclude(sealed_at=None).count() == 2
    assert rebuild(fix=False) == []

    move("take_down", kept, make_user("Editors"), reason="A court says so.")
    row.refresh_from_db()
    assert "places" not in row.content
    assert row.state == "released"
    assert rebuild(fix=False) == []


# What the editor saw


def test_the_page_that_releases_shows_the_places_it_releases(claim: Claim) -> None:
    article = in_article(claim, TEXT.replace(OLD, NEW))
    seen = shown_digest(fresh_from_database(article))
    decide(claim, found=True)
    with pytest.raises(StaleMoveError):
        release_article(fresh_from_database(article), seen=seen)
    shown = shown_content(fresh_from_database(article))["article"]["places"]
    assert shown == places(article)
