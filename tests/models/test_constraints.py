"""Every constraint holds in the database itself and speaks in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction

from claims.jobs.imports import stage
from claims.models import (
    Anchoring,
    Appearance,
    Assessment,
    AttributionLink,
    Citation,
    Claim,
    Contribution,
    Document,
    EventHead,
    ExternalId,
    Import,
    Inquiry,
    Passage,
    PublishedTally,
    Release,
    Source,
    StoredCopy,
    VerificationStatus,
)
from claims.models.sources import Affiliation
from tests.factories import (
    DAY,
    NOON,
    make_anchoring,
    make_appearance,
    make_article,
    make_assessment,
    make_background,
    make_capture,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_inquiry,
    make_link,
    make_link_notice,
    make_news,
    make_pair,
    make_passage,
    make_quote_check,
    make_request,
    make_source,
    make_suggestion,
    make_user,
    make_watch,
    publish_claim,
)
from tests.jobs.imports.files import file_of, imported, row_of

OWN_MODELS = [
    model
    for model in apps.get_app_config("claims").get_models()
    if not model.__name__.startswith("Historical")
]
CONSTRAINTS = {
    constraint.name: (model, constraint)
    for model in OWN_MODELS
    for constraint in model._meta.constraints
}


def rows(row: models.Model) -> models.QuerySet:
    """Return the row as a plain queryset: no immutability of ours, no derived column."""
    return models.QuerySet(type(row)).filter(pk=row.pk)


def change(row: models.Model, **values: Any) -> Callable[[], Any]:
    return lambda: rows(row).update(**values)


def breaks_affiliation_not_with_itself() -> Callable[[], Any]:
    source = make_source()
    return lambda: Affiliation.objects.create(source=source, organisation=source)


def breaks_appearance_one_first_per_claim() -> Callable[[], Any]:
    return change(make_appearance(make_claim()), is_first=True)


def breaks_appearance_once_per_passage() -> Callable[[], Any]:
    first = make_claim().appearances.get()
    return change(make_appearance(first.claim), passage=first.passage)


def breaks_article_full_text_with_reason() -> Callable[[], Any]:
    return change(make_article(), display="full")


def breaks_assessment_asked_by_of_correction() -> Callable[[], Any]:
    return change(make_assessment(), asked_by="Ada Quill")


def breaks_assessment_number_once_per_claim() -> Callable[[], Any]:
    first = make_assessment(state="discarded")
    return change(make_assessment(first.claim, number=2), number=1)


def breaks_assessment_one_open_per_claim() -> Callable[[], Any]:
    first = make_assessment()
    return lambda: make_assessment(first.claim)


def breaks_assessment_one_published_per_claim() -> Callable[[], Any]:
    claim = publish_claim().claim
    return change(make_assessment(claim, state="signed_off"), state="published")


def breaks_assessment_signature_covers_content() -> Callable[[], Any]:
    return change(make_assessment(state="signed_off"), digest="")


def breaks_assessment_signed_by_another() -> Callable[[], Any]:
    assessment = make_assessment(state="signed_off")
    return change(assessment, signer=assessment.author)


def breaks_assessment_withdrawn_with_reason() -> Callable[[], Any]:
    return change(make_assessment(state="withdrawn"), withdrawal_reason="")


def breaks_attribution_link_position_from_one() -> Callable[[], Any]:
    return change(make_link(), position=0)


def breaks_attribution_link_position_once() -> Callable[[], Any]:
    return change(make_link(make_link().claim), position=1)


def breaks_citation_locator_has_kind() -> Callable[[], Any]:
    return change(make_citation(), locator_kind="")


def breaks_citation_stance_answers_its_question() -> Callable[[], Any]:
    return change(make_citation(), stance="repeats_it")


def breaks_claim_dated_with_basis() -> Callable[[], Any]:
    return change(make_claim(), said_edtf="2016")


def breaks_claim_named_voice_has_source() -> Callable[[], Any]:
    return change(make_claim(voice="own"), source=None)


def breaks_claim_own_voice_needs_no_attribution_check() -> Callable[[], Any]:
    return change(make_claim(), attribution_check="not_applicable")


def breaks_capture_one_open_per_document() -> Callable[[], Any]:
    first = make_capture()
    return lambda: make_capture(first.document)


def breaks_capture_one_open_reading_per_file() -> Callable[[], Any]:
    first = make_capture(url="", reads=make_copy())
    return lambda: make_capture(first.document, url="", reads=first.reads)


def breaks_capture_of_an_address_or_a_file() -> Callable[[], Any]:
    return change(make_capture(), reads=make_copy())


def breaks_capture_failed_with_reason() -> Callable[[], Any]:
    return change(make_capture(), state="failed")


def breaks_capture_ended_with_a_copy() -> Callable[[], Any]:
    return change(make_capture(), state="unchanged")


def breaks_contribution_once_per_role() -> Callable[[], Any]:
    facts = {"document": make_document(), "source": make_source(), "role": "author"}
    Contribution.objects.create(**facts)
    return lambda: Contribution.objects.create(**facts)


def breaks_document_archive_has_date() -> Callable[[], Any]:
    return change(make_document(), archive_url="https://archive.example/1")


def breaks_document_dated_with_basis() -> Callable[[], Any]:
    return change(make_document(), published_edtf="2016")


def breaks_document_not_known_from_itself() -> Callable[[], Any]:
    document = make_document()
    return change(document, known_only_from=document)


def breaks_event_head_one_row() -> Callable[[], Any]:
    return lambda: EventHead.objects.create(id=2)


def breaks_claim_import_begun_by_somebody() -> Callable[[], Any]:
    return change(stage(file_of([row_of()])), state="done")


def breaks_external_id_once_per_origin() -> Callable[[], Any]:
    imported([row_of(1), row_of(2)], make_user())
    return change(ExternalId.objects.get(external_id="elm-1"), external_id="elm-2")


def breaks_import_row_number_once() -> Callable[[], Any]:
    rows = stage(file_of([row_of(1), row_of(2)])).rows
    return change(rows.get(number=3), number=2)


def breaks_import_row_refused_with_reason() -> Callable[[], Any]:
    return change(stage(file_of([row_of()])).rows.get(), verdict="refuse")


def breaks_import_failed_with_reason() -> Callable[[], Any]:
    row = Import.objects.create(url="https://news.example/", wanted_by=make_user())
    return change(row, state="failed")


def breaks_inquiry_answer_has_date() -> Callable[[], Any]:
    return change(make_inquiry(), answer="From us.")


def breaks_inquiry_outcome_after_asking() -> Callable[[], Any]:
    return change(make_inquiry(asked_on=None), outcome="stands")


def breaks_passage_once_per_place() -> Callable[[], Any]:
    first = make_passage()
    other = first.stored_copy.passage(0, 3)
    return change(other, start=first.start, end=first.end)


def breaks_passage_start_before_end() -> Callable[[], Any]:
    return change(make_passage(), start=9, end=9)


def breaks_release_number_once_per_subject() -> Callable[[], Any]:
    make_article("released")
    release = Release.objects.first()
    values = models.QuerySet(Release).filter(pk=release.pk).values().get()
    del values["sequence"]
    return lambda: Release.objects.create(**values)


def breaks_release_sealed_is_empty() -> Callable[[], Any]:
    make_article("released")
    return change(Release.objects.first(), sealed_at=NOON)


def breaks_source_protected_needs_label_and_reason() -> Callable[[], Any]:
    return change(make_source(is_protected=True), public_label="")


def breaks_source_unnamed_belongs_to_one_article() -> Callable[[], Any]:
    return change(make_source(kind="unnamed_group"), article=None)


def breaks_status_rating_one_to_five() -> Callable[[], Any]:
    return change(VerificationStatus.objects.first(), rating=6)


def breaks_stored_copy_number_once() -> Callable[[], Any]:
    first = make_copy()
    return change(make_copy(first.document), number=first.number)


def breaks_stored_copy_sealed_is_empty() -> Callable[[], Any]:
    return change(make_copy(), sealed_at=NOON, sealed_reason="By law.")


def breaks_stored_copy_files_have_hashes() -> Callable[[], Any]:
    return change(make_copy(), warc="warcs/ab/ab.warc.gz")


def breaks_stored_copy_sealed_with_reason() -> Callable[[], Any]:
    return change(make_copy(text=""), sealed_at=NOON)


def breaks_suggestion_once_per_place_and_source() -> Callable[[], Any]:
    first = make_suggestion()
    return lambda: make_suggestion(first.article)


def breaks_suggestion_accepted_as_a_claim() -> Callable[[], Any]:
    decided = {"decided_by": make_user(), "decided_at": NOON}
    return change(make_suggestion(), state="accepted", **decided)


def breaks_suggestion_decided_by_somebody() -> Callable[[], Any]:
    return change(make_suggestion(), state="rejected")


def breaks_background_once_per_passage() -> Callable[[], Any]:
    first = make_background()
    return lambda: make_background(first.article)


def breaks_background_with_reason() -> Callable[[], Any]:
    return change(make_background(), reason="")


def breaks_anchoring_once_per_appearance_and_copy() -> Callable[[], Any]:
    first = make_anchoring()
    return lambda: make_anchoring(first.appearance)


def breaks_anchoring_once_per_citation_and_copy() -> Callable[[], Any]:
    passage = make_passage()
    citation = make_citation(passage=passage, document=passage.stored_copy.document)
    about = {
        "citation": citation,
        "base": passage,
        "stored_copy": passage.stored_copy,
        "verdict": "orphaned",
        "state": "to_decide",
    }
    Anchoring.objects.create(**about)
    return lambda: Anchoring.objects.create(**about)


def breaks_anchoring_of_one_thing() -> Callable[[], Any]:
    return change(make_anchoring(), appearance=None)


def breaks_anchoring_stands_somewhere() -> Callable[[], Any]:
    return change(make_anchoring(), state="certain")


def breaks_anchoring_decided_by_somebody() -> Callable[[], Any]:
    return change(make_anchoring(), state="gone")


def breaks_link_notice_one_unsettled() -> Callable[[], Any]:
    first = make_link_notice()
    return lambda: make_link_notice(first.document, kind="moved")


def breaks_link_notice_settled_with_conclusion() -> Callable[[], Any]:
    notice = make_link_notice()
    return change(notice, settled_at=NOON, settled_by=make_user())


def breaks_link_overruled_with_reason() -> Callable[[], Any]:
    watch = make_watch()
    return change(watch, overruled_as="ok", overruled_by=make_user(), overruled_at=NOON)


def breaks_news_settled_with_conclusion() -> Callable[[], Any]:
    return change(make_news(), settled_at=NOON, settled_by=make_user())


def breaks_news_once_per_copy_while_unsettled() -> Callable[[], Any]:
    copy = make_copy()
    first = make_news(stored_copy=copy)
    return lambda: make_news(first.claim, stored_copy=copy)


def breaks_quote_check_once() -> Callable[[], Any]:
    first = make_quote_check(is_current=False)
    return lambda: make_quote_check(first.citation, is_current=False)


def breaks_quote_check_one_current() -> Callable[[], Any]:
    first = make_quote_check()
    return lambda: make_quote_check(first.citation, checker_version="2")


def breaks_quote_check_seen_by_somebody() -> Callable[[], Any]:
    return lambda: make_quote_check(eye="same")


def breaks_news_once_per_basis_while_unsettled() -> Callable[[], Any]:
    told = {"kind": "basis_changed", "basis": make_claim()}
    first = make_news(**told)
    return lambda: make_news(first.claim, **told)


def breaks_news_of_a_basis_names_it() -> Callable[[], Any]:
    return change(make_news(), kind="basis_changed")


def breaks_pair_once() -> Callable[[], Any]:
    first = make_pair()
    return lambda: make_pair(first.other, older=first.one)


def breaks_pair_older_first() -> Callable[[], Any]:
    first = make_pair()
    return change(first, one=first.other)


def breaks_pair_decided_by_somebody() -> Callable[[], Any]:
    return change(make_pair(), state="related")


def breaks_pair_same_with_note() -> Callable[[], Any]:
    decided = {"decided_by": make_user(), "decided_at": NOON}
    return change(make_pair(), state="same", **decided)


def breaks_request_about_one_thing() -> Callable[[], Any]:
    return change(make_request(make_claim()), address="/about/")


def breaks_request_named_by_name() -> Callable[[], Any]:
    return change(make_request(), may_be_named=True)


def breaks_request_settled_as_a_whole() -> Callable[[], Any]:
    return change(make_request(), outcome="spam")


def breaks_request_settled_with_answer() -> Callable[[], Any]:
    return change(make_request(settled_at=NOON), answer="")


def breaks_public_tally_once_per_portion() -> Callable[[], Any]:
    PublishedTally.objects.create(facet="", portion=1, number=1)
    return lambda: PublishedTally.objects.create(facet="", portion=1, number=2)


BREAKING = {
    name.removeprefix("breaks_"): function
    for name, function in list(globals().items())
    if name.startswith("breaks_")
}


def test_every_constraint_is_broken_here():
    assert set(BREAKING) == set(CONSTRAINTS)


@pytest.mark.parametrize("name", BREAKING)
def test_the_database_refuses_to_break(db, name):
    act = BREAKING[name]()
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    model, _constraint = CONSTRAINTS[name]
    table = model._meta.db_table
    assert name in str(refusal.value) or table in str(refusal.value)


@pytest.mark.parametrize("name", sorted(set(CONSTRAINTS) - {"event_head_one_row"}))
def test_it_speaks_in_a_sentence(name):
    _model, constraint = CONSTRAINTS[name]
    message = str(constraint.violation_error_message)
    assert message != str(constraint.default_violation_error_message)
    assert message[0].isupper() or message[0] == "“"
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("other_kind", "name"),
    [("organisation", "person"), ("unnamed_person", "unnamed_person")],
)
def test_named_and_unnamed_sources_differ_in_their_article(db, other_kind, name):
    source = make_source(kind=name)
    unnamed = name.startswith("unnamed")
    article = None if unnamed else make_article()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows(source).update(article=article)
    assert (source.article is None) is not unnamed


class TestCleanSaysTheSame:
    """Where the desk's forms meet a constraint they show its message."""

    @pytest.mark.parametrize(
        ("row", "changes", "message"),
        [
            (make_claim, {"said_edtf": "2016"}, "Say what the date of the claim"),
            (make_claim, {"source": None}, "Name the source"),
            (make_citation, {"stance": "repeats_it"}, "answers the other question"),
            (make_citation, {"locator_kind": ""}, "Choose the kind of locator."),
            (make_link, {"position": 0}, "links start at 1"),
            (make_inquiry, {"answer": "Yes."}, "Give the day of the answer."),
            (make_article, {"display": "full"}, "Say why the full text may be shown."),
            (make_document, {"published_edtf": "2016"}, "date of publication"),
            (make_source, {"is_protected": True}, "public label and a reason"),
            (make_source, {"kind": "unnamed_group"}, "exactly one article"),
        ],
    )
    def test_a_check(self, db, row, changes, message):
        made = row()
        for name, value in changes.items():
            setattr(made, name, value)
        with pytest.raises(ValidationError, match=message):
            made.full_clean()

    def test_a_second_open_assessment(self, db):
        first = make_assessment()
        second = Assessment(
            claim=first.claim, number=2, status_id="refuted", author=make_user()
        )
        with pytest.raises(ValidationError, match="already has an open assessment"):
            second.full_clean()

    def test_a_position_taken(self, db):
        link = make_link()
        second = AttributionLink(claim=link.claim, position=1)
        with pytest.raises(ValidationError, match="position of the chain is taken"):
            second.full_clean()


class TestRulesAcrossRows:
    """What no constraint can hold, ``clean`` does."""

    def test_a_report_needs_its_document(self, db):
        with pytest.raises(ValidationError, match="A report needs the document it is"):
            Source(name="A report", kind="report").full_clean()

    def test_an_unnamed_source_stays_in_its_article(self, db):
        claim = make_claim()
        claim.source = make_source(kind="unnamed_person")
        with pytest.raises(ValidationError, match="belongs to another article"):
            claim.full_clean()
        claim.article = claim.source.article
        claim.full_clean()

    def test_the_first_appearance_is_in_the_article_of_the_claim(self, db):
        appearance = make_claim().appearances.get()
        appearance.article = make_article()
        appearance.passage = None
        with pytest.raises(ValidationError, match="in the claim's own article"):
            appearance.full_clean()

    def test_the_wording_is_what_stands_at_the_passage(self, db):
        appearance = make_claim().appearances.get()
        appearance.wording += "!"
        with pytest.raises(ValidationError, match="not what stands at the passage"):
            appearance.full_clean()

    @pytest.mark.parametrize(
        "make", [make_citation, lambda: make_claim().appearances.get()]
    )
    def test_a_passage_lies_in_the_document_of_its_row(self, db, make):
        row = make()
        row.passage = make_passage()
        with pytest.raises(ValidationError, match="lies in another document"):
            row.full_clean()

    def test_an_inquiry_is_cited_for_its_own_claim(self, db):
        citation = make_citation()
        citation.inquiry = make_inquiry()
        with pytest.raises(ValidationError, match="made about another claim"):
            citation.full_clean()

    def test_words_of_a_passage_are_the_words_of_the_copy(self, db):
        copy = make_copy()
        wrong = Passage(stored_copy=copy, start=0, end=4, exact="Five")
        with pytest.raises(ValidationError, match="not the words at that place"):
            wrong.full_clean()
        outside = Passage(stored_copy=copy, start=0, end=10**6, exact="Five")
        with pytest.raises(ValidationError, match="does not lie in a text"):
            outside.full_clean()

    def test_words_from_a_sealed_copy_can_no_longer_be_compared(self, db):
        passage = make_passage()
        copy = passage.stored_copy
        copy.text, copy.blocks = "", []
        copy.sealed_at, copy.sealed_reason = NOON, "A court says so."
        copy.save(update_fields=["text", "blocks", "sealed_at", "sealed_reason"])
        passage.full_clean()

    @pytest.mark.parametrize(
        "blocks",
        [
            "body",
            [1],
            [{"role": "body"}],
            [{"role": "body", "start": 0, "end": 3, "more": 1}],
            [{"role": "song", "start": 0, "end": 3}],
            [{"role": "body", "start": "0", "end": 3}],
            [{"role": "body", "start": 3, "end": 3}],
            [{"role": "body", "start": -1, "end": 3}],
            [
                {"role": "body", "start": 0, "end": 3},
                {"role": "body", "start": 2, "end": 4},
            ],
            [{"role": "body", "start": 0, "end": 10**6}],
            [{"role": ["body"], "start": 0, "end": 3}],
        ],
    )
    def test_blocks_lie_in_order_within_the_text(self, db, blocks):
        copy = StoredCopy(
            document=make_document(),
            retrieved_at=NOON,
            provenance="pasted",
            text="Words.",
            blocks=blocks,
        )
        with pytest.raises(ValidationError):
            copy.full_clean()

    def test_a_text_has_the_hash_given_for_it(self, db):
        copy = make_copy()
        copy.text += "!"
        with pytest.raises(ValidationError, match="does not have the SHA-256"):
            copy.full_clean()

    @pytest.mark.parametrize("names", [[""], ["  "], [1], "Ana", [["Ana"]], {"a": "b"}])
    def test_other_names_are_a_list_of_texts(self, db, names):
        source = make_source()
        source.aliases = names
        with pytest.raises(ValidationError, match="list of texts"):
            source.full_clean()

    @pytest.mark.parametrize("text", ["last month", "2016-13", "٢٠١٦"])
    def test_a_date_is_edtf(self, db, text):
        claim = make_claim()
        claim.said_edtf, claim.said_basis = text, "a guess"
        with pytest.raises(ValidationError, match="is not a"):
            claim.full_clean()


def test_day_and_noon_are_the_same_day():
    assert NOON.date() == DAY


@pytest.mark.parametrize("model", [Claim, Citation, Appearance, Document, Inquiry])
def test_a_row_others_stand_on_cannot_be_deleted(db, model):
    made = make_citation(inquiry=make_inquiry(make_claim()))
    row = {
        Claim: made.claim,
        Document: made.document,
        Inquiry: made.inquiry,
    }.get(model)
    if row is not None:
        with pytest.raises(models.ProtectedError):
            row.delete()
