"""The record: each row follows from its releases, tallies and links included."""

import json

import pytest

from claims.models import (
    Claim,
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
    Release,
)
from claims.publishing.publication import Signature
from claims.publishing.rebuild import TABLES, rebuild
from claims.publishing.releases import mark_recheck
from tests.factories import (
    NOON,
    fresh_from_database,
    make_appearance,
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_document,
    make_full_claim,
    make_link,
    make_source,
    make_topic,
    make_user,
    move,
    publish_claim,
    release_article,
)


@pytest.fixture
def editor(db):
    return make_user("Editors")


def shown(claim: Claim) -> PublishedClaim:
    return PublishedClaim.objects.get(pk=claim.public_id)


class TestListing:
    def test_a_listed_claim_is_open_with_the_status_chosen(self, db):
        claim = make_claim(said_edtf="2016-03~", said_basis="facts in the text")
        release_article(claim.article, listed={claim: "in-review"})
        row = shown(claim)
        assert (row.state, row.status, row.is_decided) == ("listed", "in-review", False)
        assert (row.text, row.kind) == (claim.text, claim.kind)
        assert row.source_name == claim.source.name
        assert row.article.slug == claim.article.slug
        assert row.said_from.isoformat() == "2016-03-01"
        assert row.article_start == claim.appearances.get().passage.start

    def test_a_claim_not_ticked_is_not_in_the_record(self, db):
        claim = make_claim()
        release_article(claim.article, listed=[])
        assert not PublishedClaim.objects.exists()
        assert not Release.objects.filter(subject_type="claim").exists()

    def test_what_a_claim_names_is_in_the_record_too(self, db):
        claim = make_full_claim()
        claim.source.affiliations.create(organisation=make_source(name="The Institute"))
        release_article(claim.article)
        cited = {row.document.public_id for row in claim.citations.all()}
        linked = {link.source.public_id for link in claim.chain.all()}
        documents = set(PublishedDocument.objects.values_list("pk", flat=True))
        sources = set(PublishedSource.objects.values_list("pk", flat=True))
        assert cited | {claim.article.document.public_id} <= documents
        assert linked | {claim.source.public_id} <= sources
        assert PublishedSource.objects.filter(name="The Institute").exists()

    def test_a_document_brings_its_publisher_authors_and_where_it_is_known_from(
        self, db
    ):
        author = make_source(name="A. Writer")
        known_from = make_document(title="Tells of it")
        document = make_document(
            publisher=make_source(name="The Press", kind="outlet"),
            known_only_from=known_from,
        )
        document.contributions.create(source=author, role="author")
        publish_claim(make_cited(document))
        row = PublishedDocument.objects.get(pk=document.public_id)
        assert row.publisher_name == "The Press"
        assert PublishedSource.objects.filter(pk=author.public_id).exists()
        assert PublishedDocument.objects.filter(pk=known_from.public_id).exists()

    @pytest.mark.parametrize("first", ["0000000001", "zzzzzzzzzz"])
    def test_what_is_named_twice_is_released_once(self, db, first):
        """Whichever comes first: the institute of a source, or the source itself."""
        person = make_source(public_id=first)
        institute = make_source(public_id="5555555555")
        person.affiliations.create(organisation=institute)
        claim = make_claim(source=person)
        make_link(claim, source=institute)
        publish_claim(claim)
        for source in (person, institute):
            assert Release.objects.of("source", source.public_id).count() == 1

    def test_a_report_that_is_a_source_brings_its_document(self, db):
        report = make_source(kind="report")
        publish_claim(make_claim(source=report))
        assert PublishedDocument.objects.filter(pk=report.document.public_id).exists()


def make_cited(document) -> Claim:
    claim = make_claim()
    make_citation(claim, document=document)
    return claim


class TestPublishing:
    def test_a_published_claim_is_exactly_what_was_signed(self, db):
        assessment = publish_claim(make_full_claim(), status="refuted")
        row = shown(assessment.claim)
        release = Release.objects.newest("claim", row.pk)
        assert release.content == assessment.signed_content
        assert row.content == json.loads(assessment.signed_content)
        assert row.digest == assessment.digest == release.digest
        assert (row.state, row.status, row.is_decided) == ("published", "refuted", True)
        assert row.summary == assessment.summary
        assert row.as_of == assessment.as_of
        assert row.decided_at == assessment.published_at

    def test_a_claim_shows_the_weakest_check_of_its_chain(self, db):
        claim = make_claim(attribution_check="confirmed")
        make_link(claim, attribution_check="relayed")
        make_link(claim, attribution_check="altered")
        publish_claim(claim)
        assert shown(claim).attribution_check == "altered"

    def test_links_lead_to_article_sources_topics_and_documents(self, db):
        topic = make_topic()
        claim = make_claim(topics=[topic])
        link = make_link(claim, document=make_document())
        nobody = make_link(claim, source=None)
        citation = make_citation(claim, stance="contradicts")
        publish_claim(claim, status="refuted")
        row = shown(claim)

        (stands,) = PublishedClaimArticle.objects.filter(claim=row)
        passage = claim.appearances.get().passage
        assert (stands.start, stands.end) == (passage.start, passage.end)
        assert stands.stored_copy == passage.stored_copy.public_id
        sources = PublishedClaimSource.objects.filter(claim=row)
        assert list(sources.values_list("position", "source_id")) == [
            (0, claim.source.public_id),
            (1, link.source.public_id),
        ]
        assert nobody.source is None
        (about,) = PublishedClaimTopic.objects.filter(claim=row)
        assert (about.slug, about.label) == (topic.slug, topic.label)
        uses = PublishedClaimDocument.objects.filter(claim=row)
        assert set(uses.values_list("document_id", "stance")) == {
            (citation.document.public_id, "contradicts"),
            (link.document.public_id, ""),
        }

    def test_a_correction_leaves_a_notice_with_both_statuses(self, db):
        claim = publish_claim(status="verified").claim
        correction = publish_claim(
            claim, status="refuted", correction_kind="status", notice="It was wrong."
        )
        (notice,) = PublishedNotice.objects.all()
        assert (notice.kind, notice.correction_kind) == ("correction", "status")
        assert (notice.old_status, notice.new_status) == ("verified", "refuted")
        assert (notice.text, notice.at) == ("It was wrong.", correction.published_at)

    def test_the_superseded_content_stays_in_the_releases(self, db):
        earlier = publish_claim()
        publish_claim(earlier.claim, status="refuted")
        earlier = fresh_from_database(earlier)
        assert earlier.state == "superseded"
        contents = Release.objects.of("claim", earlier.claim.public_id)
        assert earlier.signed_content in contents.values_list("content", flat=True)


class TestAppearances:
    def test_one_in_an_article_not_released_is_not_shown(self, db):
        claim = make_claim()
        elsewhere = make_article()
        make_appearance(claim, elsewhere)
        publish_claim(claim)
        text = json.dumps(list(PublishedClaim.objects.values()), default=str)
        assert elsewhere.public_id not in text
        assert PublishedClaimArticle.objects.count() == 1

    @pytest.mark.parametrize("listed", [[], "all"])
    def test_it_is_shown_once_that_article_is_released(self, db, listed):
        claim = make_claim()
        elsewhere = make_article()
        make_appearance(claim, elsewhere)
        publish_claim(claim)
        release_article(elsewhere, listed=listed)
        assert PublishedClaimArticle.objects.filter(claim=claim.public_id).count() == 2
        assert PublishedArticle.objects.get(pk=elsewhere.public_id).claim_count == 1
        assert rebuild(fix=False) == []

    def test_without_a_passage_it_stands_at_the_start(self, db):
        claim = make_claim()
        claim.appearances.update(passage=None)
        publish_claim(claim)
        assert shown(claim).article_start == 0
        assert PublishedClaimArticle.objects.get().stored_copy == ""

    def test_where_none_is_the_first_the_claim_stands_at_the_start(self, db):
        claim = make_claim()
        make_appearance(claim, wording="Nobody was hurt.")
        claim.appearances.update(is_first=False)
        publish_claim(claim)
        assert shown(claim).article_start == 0

    def test_a_claim_without_any_is_published_all_the_same(self, db):
        claim = make_claim()
        claim.appearances.all().delete()
        publish_claim(claim)
        assert shown(claim).article_start == 0


class TestTallies:
    def test_an_article_counts_its_claims_by_status(self, db):
        article = make_article()
        claims = [make_claim(article) for _ in range(3)]
        release_article(article)
        publish_claim(claims[0], status="refuted")
        row = PublishedArticle.objects.get()
        assert (row.claim_count, row.decided_count) == (3, 1)
        assert row.tallies == {"refuted": 1, "unverified": 2}

    def test_a_source_counts_said_and_relayed_apart(self, db):
        source, article = make_source(), make_article()
        said = make_claim(article, source=source)
        relayed = make_claim(article)
        make_link(relayed, source=source)
        publish_claim(said)
        publish_claim(relayed)
        row = PublishedSource.objects.get(pk=source.public_id)
        assert (row.said_by, row.said_by_decided, row.relayed_by) == (1, 1, 1)
        assert row.tallies == {"verified": 1}

    def test_a_document_counts_each_claim_once(self, db):
        document = make_document()
        claim = make_cited(document)
        make_citation(claim, document=document, stance="context")
        publish_claim(claim)
        row = PublishedDocument.objects.get(pk=document.public_id)
        assert row.use_count == 1

    @pytest.mark.parametrize("name", ["retract", "take_down"])
    def test_they_are_counted_anew_when_a_claim_leaves(self, editor, name):
        claim = publish_claim(make_full_claim()).claim
        move(name, claim, editor, reason="It was wrong.")
        article = PublishedArticle.objects.get()
        assert (article.claim_count, article.tallies) == (0, {})
        assert not PublishedSource.objects.exclude(said_by=0, relayed_by=0).exists()
        assert not PublishedDocument.objects.exclude(use_count=0).exists()

    def test_they_follow_a_claim_to_another_source(self, db):
        claim = publish_claim().claim
        before, after = claim.source, make_source()
        Claim.objects.filter(pk=claim.pk).update(source=after)
        publish_claim(fresh_from_database(claim))
        counts = dict(PublishedSource.objects.values_list("pk", "said_by"))
        assert (counts[before.public_id], counts[after.public_id]) == (0, 1)


class TestDemonstration:
    """While a released article is a demonstration, what shows it says so."""

    def demo_claim(self) -> Claim:
        return make_full_claim(make_article(is_demo=True))

    def test_claims_sources_documents_and_notices_of_it_are_marked(self, db):
        claim = publish_claim(self.demo_claim()).claim
        publish_claim(claim)
        assert shown(claim).is_demo
        assert PublishedNotice.objects.get().is_demo
        assert PublishedSource.objects.get(pk=claim.source.public_id).is_demo
        document = claim.article.document
        assert PublishedDocument.objects.get(pk=document.public_id).is_demo

    def test_its_own_document_is_marked_though_listed_later(self, db):
        article = make_article(is_demo=True, state="released")
        claim = make_claim(article)
        release_article(article, listed=[claim])
        assert PublishedDocument.objects.get(pk=article.document.public_id).is_demo
        assert rebuild(fix=False) == []

    def test_a_source_of_both_is_not_marked(self, db):
        source = make_source()
        publish_claim(make_claim(make_article(is_demo=True), source=source))
        publish_claim(make_claim(source=source))
        assert not PublishedSource.objects.get(pk=source.public_id).is_demo

    def test_the_mark_follows_the_article(self, db):
        claim = publish_claim(self.demo_claim()).claim
        publish_claim(claim)
        article = fresh_from_database(claim.article)
        article.is_demo = False
        article.save()
        release_article(article)
        assert not shown(claim).is_demo
        assert not PublishedNotice.objects.get().is_demo
        assert not PublishedDocument.objects.filter(is_demo=True).exists()
        assert rebuild(fix=False) == []

    def test_a_retracted_claim_stays_marked(self, editor):
        claim = publish_claim(self.demo_claim()).claim
        move("retract", claim, editor, reason="Never said.")
        assert shown(claim).is_demo
        assert rebuild(fix=False) == []


class TestLeaving:
    def test_withdrawing_keeps_the_claim_and_says_why(self, editor):
        assessment = publish_claim(make_full_claim())
        signed = json.loads(assessment.signed_content)
        move("withdraw", assessment, editor, reason="The register was wrong.")
        row = shown(assessment.claim)
        assert (row.state, row.status, row.is_decided) == (
            "withdrawn",
            "unverified",
            False,
        )
        assert row.content == {
            "claim": signed["claim"],
            "assessment": None,
            "status": "unverified",
        }
        assert (row.decided_at, row.summary, row.as_of) == (None, "", None)
        notice = PublishedNotice.objects.get()
        assert (notice.kind, notice.text) == ("withdrawal", "The register was wrong.")
        assert (notice.old_status, notice.new_status) == ("verified", "unverified")

    def test_withdrawing_keeps_what_was_signed_not_what_was_edited_since(self, editor):
        assessment = publish_claim()
        Claim.objects.update(text="Edited since.")
        move("withdraw", assessment, editor, reason="Wrong.")
        assert shown(assessment.claim).text != "Edited since."

    def test_retracting_leaves_a_dated_tombstone_with_the_words(self, editor):
        claim = publish_claim(make_full_claim()).claim
        move("retract", claim, editor, reason="Never said.")
        row = shown(claim)
        assert (row.state, row.is_listed, row.is_decided) == ("retracted", False, False)
        assert row.content["claim"] == {"id": claim.public_id, "text": claim.text}
        assert (row.summary, row.source, row.article) == ("", None, None)
        assert not PublishedClaimSource.objects.filter(claim=row).exists()
        assert PublishedNotice.objects.get().text == "Never said."

    @pytest.mark.parametrize("road", [[], ["recheck"], ["retract"], ["withdraw"]])
    def test_taking_down_leaves_no_text_anywhere(self, editor, road):
        claim = make_full_claim(text="canary in the claim.", source=make_source())
        claim.appearances.update(wording="canary wording")
        claim.citations.update(quotation="canary quotation", description="canary")
        claim.searches.update(result="canary")
        claim.inquiries.update(answer="canary")
        claim.chain.update(role="canary")
        assessment = publish_claim(
            fresh_from_database(claim), summary="canary", rationale="canary"
        )
        publish_claim(claim, notice="canary notice", summary="canary")
        for name in road:
            subject = claim if name != "withdraw" else claim.published_assessment
            move(name, subject, editor, reason="canary reason")
        move("take_down", claim, editor, reason="canary: a court says so")

        for model in (Release, *TABLES):
            found = json.dumps(list(model.objects.values()), default=str)
            assert "canary" not in found, model.__name__
        row = shown(claim)
        assert (row.state, row.text, row.content) == (
            "taken_down",
            "",
            {"claim": {"id": claim.public_id}},
        )
        assert not PublishedNotice.objects.exists()
        releases = Release.objects.of("claim", claim.public_id)
        sealed = releases.exclude(act="taken_down")
        assert all(each.sealed_at and len(each.digest) == 64 for each in sealed)
        assert assessment.digest in sealed.values_list("digest", flat=True)
        assert rebuild(fix=False) == []

    def test_taking_down_touches_no_other_claim(self, editor):
        first = publish_claim().claim
        other = publish_claim(make_claim(first.article)).claim
        before = PublishedClaim.objects.filter(pk=other.public_id).values().get()
        move("take_down", first, editor, reason="A court says so.")
        after = PublishedClaim.objects.filter(pk=other.public_id).values().get()
        assert after == before


class TestRecheck:
    def test_it_is_marked_and_nothing_else_changes(self, editor):
        claim = publish_claim().claim
        before = PublishedClaim.objects.values().get()
        move("recheck", claim, editor, reason="New figures.")
        after = PublishedClaim.objects.values().get()
        assert after["rechecking_since"] is not None
        changed = {name for name in after if after[name] != before[name]}
        assert changed == {"rechecking_since", "changed_at", "sequence"}

    @pytest.mark.parametrize("end", ["end_recheck", "publish", "discard", "withdraw"])
    def test_it_is_lifted(self, editor, end):
        assessment = publish_claim()
        claim = move("recheck", assessment.claim, editor, reason="New figures.")
        if end == "end_recheck":
            move(end, claim, editor, reason="Nothing new.")
        elif end == "withdraw":
            move(end, assessment, editor, reason="Wrong.")
        else:
            publish_or_discard(claim, end)
        assert shown(claim).rechecking_since is None
        assert fresh_from_database(claim).rechecking_since is None


def test_a_claim_readers_never_saw_has_nothing_to_mark(db):
    signature = Signature("An Editor", NOON)
    mark_recheck(make_claim(), "rechecking", "", signature)
    assert not Release.objects.exists()


def publish_or_discard(claim: Claim, end: str) -> None:
    make_assessment(claim, state="published" if end == "publish" else "discarded")


def test_a_renamed_source_is_renamed_everywhere_once_released(editor):
    publisher = make_source(name="The Old Gazette", kind="outlet")
    claim = make_claim(make_article(publisher=publisher), voice="own")
    publish_claim(claim)
    publisher.name = "The New Gazette"
    publisher.save()
    assert shown(claim).source_name == "The Old Gazette"
    move("release", publisher, editor)
    assert shown(claim).source_name == "The New Gazette"
    article = PublishedArticle.objects.get()
    assert article.publisher_name == article.document.publisher_name
    assert article.publisher_name == "The New Gazette"
    assert rebuild(fix=False) == []


def test_a_retitled_document_retitles_its_article_once_released(editor):
    article = make_article(state="released")
    document = article.document
    document.title, document.published_edtf = "Another title", "2015"
    document.save()
    move("release", document, editor)
    row = PublishedArticle.objects.get()
    assert (row.title, row.published_from.year) == ("Another title", 2015)
    assert rebuild(fix=False) == []
