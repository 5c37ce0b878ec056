"""Moves of assessments: what each writes, and what each refuses in a sentence."""

import datetime
import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from claims.models import (
    Assessment,
    Citation,
    Claim,
    Event,
    PublishedClaim,
    PublishedDocument,
    Release,
)
from claims.models.events import verify_chain
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    make_move,
    moves_for,
    record_edit,
    shown_content,
    shown_digest,
)
from claims.moves.submission import submission_facts
from claims.publishing.rebuild import rebuild
from tests.factories import (
    NOON,
    fresh_from_database,
    give_evidence,
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_document,
    make_full_claim,
    make_link,
    make_search,
    make_source,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.moves.snapshots import everything


@pytest.fixture
def editor(db):
    return make_user("Editors")


def reasons(name, subject, actor, **options) -> list[str]:
    """Make a move that must be refused; return the reasons, and nothing changed."""
    before = everything()
    with pytest.raises(MoveRefusedError) as refusal:
        move(name, subject, actor, **options)
    assert everything() == before
    return refusal.value.reasons


class TestEveryMove:
    def test_what_was_seen_must_be_what_is_there(self, editor):
        assessment = make_assessment(state="submitted")
        seen = shown_digest(fresh_from_database(assessment))
        Claim.objects.update(role="its chair")
        before = everything()
        with pytest.raises(StaleMoveError) as refusal:
            move("sign_off", assessment, editor, seen=seen)
        assert refusal.value.reasons == [
            "The content changed after you opened this page. Nothing was done."
        ]
        assert everything() == before

    @pytest.mark.parametrize("seen", [None, "", "0" * 64])
    def test_nothing_seen_is_nothing_confirmed(self, editor, seen):
        with pytest.raises(StaleMoveError):
            move("sign_off", make_assessment(state="submitted"), editor, seen=seen)

    @pytest.mark.parametrize("reason", ["", " \n\t"])
    def test_a_needed_reason_is_asked_for(self, editor, reason):
        assessment = make_assessment(state="submitted")
        found = reasons("return", assessment, editor, reason=reason)
        assert found == ["Give a reason."]

    def test_a_reason_is_kept_without_its_margins(self, editor):
        assessment = make_assessment(state="submitted")
        assert move("return", assessment, editor, reason=" No. ").return_reason == "No."

    def test_the_refusal_names_those_who_may(self, db):
        researcher = make_user("Researchers")
        with pytest.raises(MoveForbiddenError) as refusal:
            move("publish", make_assessment(state="signed_off"), researcher)
        assert refusal.value.reasons == ["“Publish” is for Editors. Ask one of them."]

    def test_a_move_of_two_groups_names_both(self, db):
        with pytest.raises(MoveForbiddenError, match="Researchers and Editors"):
            move("submit", make_assessment(), make_user("Observers"))

    def test_a_deactivated_account_is_told_so(self, db):
        with pytest.raises(MoveForbiddenError, match="This account is deactivated"):
            move("submit", make_assessment(), make_user("Editors", is_active=False))

    def test_nobody_in_particular_may_nothing(self, db):
        assessment = make_assessment()
        with pytest.raises(MoveForbiddenError):
            move("submit", assessment, AnonymousUser())
        assert moves_for(assessment, AnonymousUser()) == []

    def test_a_state_that_does_not_allow_it_is_named(self, editor):
        assert reasons("publish", make_assessment(), editor) == [
            "“Publish” is not possible: it is draft."
        ]

    def test_a_move_that_is_none_is_a_mistake_of_the_program(self, editor):
        with pytest.raises(KeyError):
            make_move("promote", make_assessment(), editor, seen="")

    def test_the_time_is_that_given(self, editor):
        at = datetime.datetime(2026, 5, 4, 3, 2, 1, tzinfo=datetime.UTC)
        assessment = make_assessment(state="submitted")
        assert move("sign_off", assessment, editor, at=at).signed_at == at
        assert Event.objects.order_by("sequence").last().at == at

    def test_it_raises_the_version_and_keeps_field_history(self, editor):
        before = make_assessment(state="submitted")
        after = move("sign_off", before, editor)
        assert after.version == before.version + 1
        assert after.history.first().history_user == editor
        assert after.history.first().state == "signed_off"

    def test_its_event_names_states_and_digest_and_no_text(self, editor):
        assessment = make_assessment(state="submitted", summary="canary")
        signed = move("sign_off", assessment, editor)
        event = Event.objects.order_by("sequence").last()
        assert (event.verb, event.subject_type) == ("signed_off", "claim")
        assert event.subject_id == assessment.claim.public_id
        assert event.details == {
            "assessment": assessment.public_id,
            "digest": signed.digest,
            "from": "submitted",
            "to": "signed_off",
        }
        assert "canary" not in event.body
        assert verify_chain()[1] is None

    def test_only_moves_from_the_state_by_the_actor_are_offered(self, editor):
        assessment = make_assessment(state="submitted")
        names = [each.name for each in moves_for(assessment, editor)]
        assert names == ["return", "sign_off", "discard"]
        researcher = make_user("Researchers")
        assert [each.name for each in moves_for(assessment, researcher)] == ["discard"]


class TestSubmit:
    def test_every_missing_thing_is_said_at_once(self, editor):
        claim = make_claim(attribution_check="unchecked")
        empty = Assessment.objects.create(
            claim=claim, status_id="refuted", author=editor
        )
        found = reasons("submit", empty, editor)
        assert len(found) == 7
        assert all(sentence.endswith(".") for sentence in found)

    def test_a_returned_one_is_submitted_again_and_the_reason_forgotten(self, db):
        returned = make_assessment(state="returned")
        assert returned.return_reason
        again = move("submit", returned, returned.author)
        assert (again.state, again.return_reason) == ("submitted", "")
        assert again.submitted_at is not None

    def test_a_citation_lacking_facts_is_named_with_its_place(self, editor):
        assessment = make_assessment()
        citation = assessment.claim.citations.get()
        Citation.objects.update(locator="", locator_kind="")
        assert reasons("submit", assessment, editor) == [
            f"Citation 1 ({citation.document}) lacks: locator."
        ]

    def test_a_link_not_decided_is_asked_for(self, editor):
        assessment = make_assessment()
        make_link(assessment.claim, attribution_check="unchecked")
        (sentence,) = reasons("submit", assessment, editor)
        assert sentence.startswith("Decide every attribution check")

    def test_searches_count_for_the_question_they_ask(self, editor):
        claim = make_claim(attribution_check="not_found")
        assessment = make_assessment(claim, status="unverifiable")
        (sentence,) = reasons("submit", assessment, editor)
        assert "search for the statement" in sentence
        make_search(claim, question="attribution")
        assert move("submit", assessment, editor).state == "submitted"


class TestChainDocuments:
    """Documents that show only that something was said."""

    def documents(self, claim: Claim) -> dict[str, object]:
        report = make_source(kind="report")
        linked, attributing = make_document(), make_document()
        Claim.objects.filter(pk=claim.pk).update(source=report)
        make_link(claim, document=linked, source=make_source(kind="report"))
        make_citation(claim, question="attribution", document=attributing)
        return {
            "article": claim.article.document,
            "report it is attributed to": report.document,
            "where a link was said": linked,
            "report of a link": claim.chain.get().source.document,
            "cited for the attribution": attributing,
        }

    def test_they_are_those_of_article_sources_links_and_attribution(self, db):
        claim = make_claim()
        documents = self.documents(claim)
        found = fresh_from_database(claim).chain_documents()
        assert found == {document.pk for document in documents.values()}

    def test_a_chain_of_nobody_rests_on_the_article_alone(self, db):
        claim = make_claim(voice="unclear", source=None)
        make_link(claim, source=None)
        assert claim.chain_documents() == {claim.article.document_id}

    def test_none_of_them_is_independent_evidence(self, editor):
        claim = make_claim()
        for document in self.documents(claim).values():
            make_citation(claim, document=document)
        assessment = make_assessment(claim)
        (sentence,) = reasons("submit", assessment, editor)
        assert "outside the claim's own chain" in sentence
        assert not any(
            citation.in_chain is False
            for citation in submission_facts(fresh_from_database(assessment)).truth
        )


class TestReturn:
    def test_a_signature_is_taken_back(self, editor):
        signed = make_assessment(state="signed_off")
        returned = move("return", signed, editor, reason="Look again.")
        assert (returned.state, returned.return_reason) == ("returned", "Look again.")
        assert (returned.signer, returned.signed_at) == (None, None)
        assert (returned.signed_content, returned.digest) == ("", "")
        assert not returned.signed_alone


class TestSignOff:
    def test_it_keeps_exactly_what_was_shown(self, editor):
        assessment = make_assessment(make_full_claim(), state="submitted")
        shown = shown_content(fresh_from_database(assessment))
        signed = move("sign_off", assessment, editor)
        assert json.loads(signed.signed_content) == shown
        assert signed.digest == shown_digest(fresh_from_database(assessment))
        assert (signed.signer, signed.signed_alone) == (editor, False)

    def test_what_became_incomplete_since_is_refused(self, editor):
        assessment = make_assessment(state="submitted")
        assessment.claim.citations.all().delete()
        assert len(reasons("sign_off", assessment, editor)) == 2

    def test_nothing_is_public_yet(self, editor):
        make_assessment(make_claim(make_article("released")), state="signed_off")
        assert not PublishedClaim.objects.exists()


class TestPublish:
    def test_the_article_must_be_released(self, editor):
        signed = make_assessment(state="signed_off")
        (sentence,) = reasons("publish", signed, editor)
        assert sentence.startswith("Release the article “Article")

    def test_it_is_published_into_a_cleared_article_too(self, editor):
        claim = make_claim(make_article("cleared"))
        assert make_assessment(claim, state="published").state == "published"

    def test_a_claim_no_longer_worked_on_is_not_published(self, editor):
        signed = make_assessment(make_claim(make_article("released")), "signed_off")
        Claim.objects.update(state="retracted")
        assert reasons("publish", signed, editor) == [
            "This claim is no longer worked on."
        ]

    def test_desk_and_record_agree(self, editor):
        published = publish_claim(status="misleading")
        claim = fresh_from_database(published.claim)
        assert claim.status_id == "misleading"
        assert not claim.is_changed
        assert published.published_at == PublishedClaim.objects.get().decided_at
        assert claim.version > 1

    def test_a_known_document_is_not_released_anew_with_it(self, editor):
        """Its changed fields wait for its own release."""
        first = publish_claim().claim
        document = first.citations.get().document
        document.title = "Retitled"
        document.save()
        second = make_claim(first.article)
        make_citation(second, document=document)
        publish_claim(second)
        row = PublishedDocument.objects.get(pk=document.public_id)
        assert row.title != "Retitled"
        assert row.use_count == 2


class TestCorrection:
    def test_it_needs_a_kind_and_a_notice(self, editor):
        claim = publish_claim().claim
        draft = make_assessment(claim, correction_kind="", notice="")
        assert reasons("submit", draft, editor) == [
            "Choose the kind of correction.",
            "Write the notice that tells readers what changed.",
        ]

    def test_after_a_withdrawal_it_needs_them_too(self, editor):
        claim = make_assessment(state="withdrawn").claim
        draft = make_assessment(claim, correction_kind="", notice="")
        assert len(reasons("submit", draft, editor)) == 2

    def test_a_draft_of_it_changes_nothing_public(self, editor):
        assessment = publish_claim()
        before = list(PublishedClaim.objects.values())
        make_assessment(assessment.claim, status="refuted", state="signed_off")
        assert list(PublishedClaim.objects.values()) == before
        assert fresh_from_database(assessment).state == "published"

    def test_the_earlier_one_is_superseded_and_stays_as_it_was(self, editor):
        earlier = publish_claim()
        later = publish_claim(earlier.claim, status="refuted")
        found = fresh_from_database(earlier)
        assert (found.state, found.ended_at) == ("superseded", later.published_at)
        assert found.signed_content == earlier.signed_content
        assert found.claim.status_id == "refuted"
        event = Event.objects.filter(verb="published").last()
        assert event.details["superseded"] == earlier.public_id

    def test_only_one_is_open_and_one_published(self, editor):
        claim = publish_claim().claim
        make_assessment(claim)
        with pytest.raises(IntegrityError):
            make_assessment(claim)


class TestWithdraw:
    def test_the_claim_is_open_again_and_can_be_assessed_anew(self, editor):
        assessment = publish_claim()
        withdrawn = move("withdraw", assessment, editor, reason="Wrong register.")
        claim = fresh_from_database(assessment.claim)
        assert withdrawn.withdrawal_reason == "Wrong register."
        assert withdrawn.ended_at is not None
        assert claim.status_id == "unverified"
        assert publish_claim(claim, status="refuted").state == "published"
        assert rebuild(fix=False) == []

    def test_an_open_draft_stays_open(self, editor):
        assessment = publish_claim()
        draft = make_assessment(assessment.claim)
        move("withdraw", assessment, editor, reason="Wrong.")
        assert fresh_from_database(draft).state == "draft"


class TestDiscard:
    def test_another_can_be_begun(self, editor):
        discarded = make_assessment(state="discarded")
        assert discarded.ended_at is not None
        assert make_assessment(discarded.claim).number == 2

    def test_nothing_is_released_by_it(self, editor):
        make_assessment(make_claim(make_article("released")), state="discarded")
        assert not Release.objects.filter(subject_type="claim").exists()


class TestProtectedNames:
    """Publication is refused, naming the field and never the name."""

    NAME = "Ana de Sá"

    def source(self):
        return make_source(
            name=self.NAME,
            aliases=["Anita S."],
            is_protected=True,
            public_label="a nurse at the ward",
        )

    def assert_refused(self, refusal, field):
        (sentence,) = refusal.value.reasons
        assert f"“{field}”" in sentence
        assert "Ana" not in sentence and "Anita" not in sentence

    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"summary": "Ana de Sá is right."}, "assessment.summary"),
            ({"rationale": "See ANITA S."}, "assessment.rationale"),
            ({"rationale": "ana\nde  sa said so."}, "assessment.rationale"),
        ],
    )
    def test_in_the_assessment(self, editor, fields, field):
        claim = make_claim(make_article("released"), source=self.source())
        signed = make_assessment(claim, state="signed_off", **fields)
        before = everything()
        with pytest.raises(MoveRefusedError) as refusal:
            move("publish", signed, editor)
        self.assert_refused(refusal, field)
        assert everything() == before

    def test_in_a_cited_document(self, editor):
        claim = make_claim(make_article("released"), source=self.source())
        make_citation(claim, document=make_document(title="Interview: Ana de Sá"))
        signed = make_assessment(claim, state="signed_off")
        with pytest.raises(MoveRefusedError) as refusal:
            move("publish", signed, editor)
        self.assert_refused(refusal, "title")

    def test_as_a_link_of_the_chain(self, editor):
        claim = make_claim(make_article("released"), text="Ana de Sá saw it.")
        make_link(claim, source=self.source())
        signed = make_assessment(claim, state="signed_off")
        with pytest.raises(MoveRefusedError) as refusal:
            move("publish", signed, editor)
        self.assert_refused(refusal, "claim.text")

    @pytest.mark.parametrize("name", ["withdraw", "retract", "recheck"])
    def test_in_the_reason_readers_are_told(self, editor, name):
        assessment = publish_claim(make_claim(source=self.source()))
        subject = assessment if name == "withdraw" else assessment.claim
        with pytest.raises(MoveRefusedError) as refusal:
            move(name, subject, editor, reason="Ana de Sá asked us.")
        self.assert_refused(refusal, "reason")
        assert "Ana" not in json.dumps(list(Release.objects.values()), default=str)

    def test_in_the_article_that_lists_the_claim(self, editor):
        text = "Elmbrook counts 5,000 people. Ana de Sá counted them."
        article = make_article(text=text, display="full", display_reason="Ours.")
        make_claim(
            article, wording="Elmbrook counts 5,000 people.", source=self.source()
        )
        with pytest.raises(MoveRefusedError) as refusal:
            release_article(article, editor)
        self.assert_refused(refusal, "copy.text")

    def test_in_its_own_slug_kept_from_before_it_was_protected(self, editor):
        source = make_source(name=self.NAME)
        source.is_protected, source.public_label = True, "a nurse"
        source.protection_reason = "Would lose her job."
        source.save()
        assert source.slug == "ana-de-sa"
        claim = make_claim(make_article("released"), source=source)
        signed = make_assessment(claim, state="signed_off")
        with pytest.raises(MoveRefusedError) as refusal:
            move("publish", signed, editor)
        self.assert_refused(refusal, "slug")

    def test_the_label_itself_may_stand_anywhere(self, editor):
        claim = make_claim(make_article("released"), source=self.source())
        summary = "The nurse at the ward was right: a nurse at the ward."
        assert make_assessment(claim, "published", summary=summary)

    def test_no_event_names_it(self, editor):
        source = self.source()
        claim = make_claim(source=source)
        record_edit(source, editor, ["source.name", "source.public_label"])
        publish_claim(claim)
        bodies = " ".join(Event.objects.values_list("body", flat=True))
        assert "Ana" not in bodies and "Anita" not in bodies


def test_statuses_of_all_kinds_need_their_own_evidence(editor):
    for status in ("verified", "refuted", "disputed", "unverifiable"):
        assessment = make_assessment(status=status)
        claim = assessment.claim
        claim.citations.all().delete()
        claim.searches.all().delete()
        assert reasons("submit", assessment, editor), status
        give_evidence(claim, status)
        assert move("submit", assessment, editor).state == "submitted"


def test_noon_is_aware_of_its_zone():
    assert NOON.tzinfo is datetime.UTC
