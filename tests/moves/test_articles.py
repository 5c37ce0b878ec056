"""Moves of articles: release, again and again, and clear."""

import pytest

from claims.models import (
    Claim,
    Event,
    PublishedArticle,
    PublishedClaim,
    Release,
    StoredCopy,
)
from claims.moves import MoveRefusedError, ReleaseDetails
from claims.publishing.rebuild import rebuild
from tests.factories import (
    NOON,
    fresh_from_database,
    make_article,
    make_assessment,
    make_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.moves.snapshots import everything


@pytest.fixture
def editor(db):
    return make_user("Editors")


def refusal_of(name, article, editor, **options) -> str:
    before = everything()
    with pytest.raises(MoveRefusedError) as refusal:
        move(name, article, editor, **options)
    assert everything() == before
    (sentence,) = refusal.value.reasons
    return sentence


def ticked(claim, status="unverified") -> ReleaseDetails:
    return ReleaseDetails(((claim.public_id, status),))


class TestRelease:
    def test_without_details_no_claim_is_listed(self, editor):
        claim = make_claim()
        move("release", claim.article, editor)
        assert PublishedArticle.objects.get().claim_count == 0

    def test_it_needs_a_stored_copy(self, editor):
        article = make_article(text="")
        assert "Store a copy" in refusal_of("release", article, editor)

    @pytest.mark.parametrize("status", ["verified", "refuted", "", "checked"])
    def test_an_open_claim_takes_no_other_status(self, editor, status):
        claim = make_claim()
        details = ticked(claim, status)
        assert "“unverified” or “in-review”" in refusal_of(
            "release", claim.article, editor, details=details
        )

    def test_a_claim_of_another_article_is_refused(self, editor):
        claim, article = make_claim(), make_article()
        sentence = refusal_of("release", article, editor, details=ticked(claim))
        assert "not a working claim of this article" in sentence

    def test_a_claim_nobody_knows_is_refused(self, editor):
        details = ReleaseDetails((("0123456789", "unverified"),))
        sentence = refusal_of("release", make_article(), editor, details=details)
        assert "not a working claim" in sentence

    def test_a_discarded_claim_is_refused(self, editor):
        claim = move("discard", make_claim(), editor, reason="Twice.")
        details = ticked(claim)
        assert "not a working claim" in refusal_of(
            "release", claim.article, editor, details=details
        )

    def test_a_held_claim_is_refused(self, editor):
        claim = move("hold_back", make_claim(), editor, reason="Wait.")
        details = ticked(claim)
        assert "is held back" in refusal_of(
            "release", claim.article, editor, details=details
        )

    def test_a_published_claim_is_corrected_not_listed(self, editor):
        claim = publish_claim().claim
        details = ticked(claim)
        assert "correct it by a new assessment" in refusal_of(
            "release", claim.article, editor, details=details
        )

    def test_each_listed_claim_gets_an_event(self, editor):
        claim = make_claim()
        release_article(claim.article, editor, listed={claim: "in-review"})
        event = Event.objects.get(verb="listed")
        assert event.subject_id == claim.public_id
        assert event.details == {
            "article": claim.article.public_id,
            "status": "in-review",
        }
        assert Event.objects.get(verb="released").details["listed"] == 1

    def test_desk_and_record_agree(self, editor):
        claim = make_claim()
        release_article(claim.article, editor, listed={claim: "in-review"})
        found = fresh_from_database(claim)
        assert (found.status_id, found.is_changed) == ("in-review", False)

    def test_it_repeats_with_claims_added_later(self, editor):
        article = make_article("released")
        claim = make_claim(article)
        release_article(article, editor)
        assert PublishedClaim.objects.get().public_id == claim.public_id
        assert Release.objects.of("article", article.public_id).count() == 2
        assert rebuild(fix=False) == []

    def test_it_shows_what_sources_and_documents_have_become(self, editor):
        claim = make_claim()
        release_article(claim.article, editor)
        claim.source.description = "Runs the mill."
        claim.source.save()
        release_article(claim.article, editor)
        newest = Release.objects.newest("source", claim.source.public_id)
        assert newest.number == 2
        assert newest.parsed["description"] == "Runs the mill."

    def test_unchanged_sources_and_documents_are_not_released_again(self, editor):
        claim = make_claim()
        release_article(claim.article, editor)
        before = Release.objects.filter(subject_type__in=["source", "document"]).count()
        release_article(claim.article, editor)
        after = Release.objects.filter(subject_type__in=["source", "document"]).count()
        assert before == after

    def test_an_unchanged_claim_is_not_listed_again(self, editor):
        claim = make_claim()
        release_article(claim.article, editor, at=NOON)
        before = fresh_from_database(claim).version
        release_article(claim.article, editor)
        row = PublishedClaim.objects.get()
        assert (row.changed_at, row.released_at) == (NOON, NOON)
        assert Release.objects.of("claim", claim.public_id).count() == 1
        assert Event.objects.filter(verb="listed").count() == 1
        assert Event.objects.filter(verb="released").last().details["listed"] == 0
        assert fresh_from_database(claim).version == before
        assert rebuild(fix=False) == []

    @pytest.mark.parametrize("change", ["text", "status"])
    def test_a_claim_with_another_text_or_status_is_listed_again(self, editor, change):
        claim = make_claim()
        release_article(claim.article, editor, at=NOON)
        if change == "text":
            Claim.objects.filter(pk=claim.pk).update(text="Reworded.")
        status = "in-review" if change == "status" else "unverified"
        release_article(claim.article, editor, listed={claim: status})
        row = PublishedClaim.objects.get()
        assert row.changed_at > NOON
        assert (row.text == "Reworded.", row.status) == (change == "text", status)
        assert Event.objects.filter(verb="listed").count() == 2

    def test_a_withdrawn_claim_stays_so_until_it_changes(self, editor):
        claim = make_assessment(state="withdrawn").claim
        release_article(claim.article, editor)
        assert PublishedClaim.objects.get().state == "withdrawn"
        Claim.objects.filter(pk=claim.pk).update(text="Reworded.")
        release_article(claim.article, editor)
        assert PublishedClaim.objects.get().state == "listed"

    def test_the_newest_copy_is_the_one_shown(self, editor):
        article = make_article("released", display="full", display_reason="Ours.")
        StoredCopy.objects.create(
            document=article.document,
            number=2,
            retrieved_at=article.newest_copy.retrieved_at,
            provenance="retold",
            text="Revised.",
        )
        release_article(article, editor)
        assert PublishedArticle.objects.get().content["copy"]["text"] == "Revised."

    def test_a_published_address_never_changes(self, editor):
        article = make_article("released")
        article.slug = "elsewhere"
        article.save()
        assert "a published address never changes" in refusal_of(
            "release", article, editor
        )


class TestClear:
    def test_open_claims_ask_for_a_reason(self, editor):
        claim = make_claim()
        release_article(claim.article)
        sentence = refusal_of("clear", claim.article, editor, reason=" ")
        assert sentence.startswith("1 claim is still open.")
        cleared = move("clear", claim.article, editor, reason="Nobody can know.")
        assert (cleared.state, cleared.gate_reason) == ("cleared", "Nobody can know.")

    def test_with_every_claim_decided_no_reason_is_kept(self, editor):
        article = publish_claim().claim.article
        cleared = move("clear", article, editor, reason="Done.")
        assert (cleared.state, cleared.gate_reason) == ("cleared", "")
        assert PublishedArticle.objects.get().state == "cleared"

    def test_held_and_discarded_claims_are_not_open(self, editor):
        article = make_article("released")
        move("hold_back", make_claim(article), editor, reason="Wait.")
        move("discard", make_claim(article), editor, reason="Twice.")
        assert move("clear", article, editor).state == "cleared"

    def test_it_shows_nothing_that_was_not_released(self, editor):
        article = make_article("released")
        article.display, article.display_reason = "full", "Ours."
        article.save()
        move("clear", article, editor)
        content = PublishedArticle.objects.get().content
        assert (content["display"], content["state"]) == ("excerpts", "cleared")

    def test_a_release_reopens_and_forgets_the_reason(self, editor):
        claim = make_claim()
        release_article(claim.article, listed=[])
        move("clear", claim.article, editor, reason="For now.")
        reopened = release_article(claim.article, editor)
        assert (reopened.state, reopened.gate_reason) == ("released", "")
        assert PublishedArticle.objects.get().state == "released"
        assert rebuild(fix=False) == []
