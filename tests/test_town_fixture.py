"""The invented demo: what fixtures/town_demo.json must show, feature by feature."""

import hashlib
import itertools
import json
import unicodedata
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from claims.checking.anchors import cut
from claims.models.articles import Article
from claims.models.assessments import Assessment, VerificationStatus
from claims.models.attribution import AttributionLink
from claims.models.citations import Citation
from claims.models.claims import Claim
from claims.models.copies import Passage
from claims.models.events import Event
from claims.models.inquiries import Inquiry
from claims.models.record import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
)
from claims.models.releases import Release
from claims.models.searches import EvidenceSearch
from claims.models.sources import Source
from claims.publishing import content as contents
from claims.publishing import releases
from claims.publishing.publication import Signature
from claims.publishing.rebuild import TABLES, rebuild
from claims.workflow.words import (
    AssessmentState,
    AttributionCheck,
    EvidenceForm,
    Question,
    Stance,
    Voice,
)

FIXTURE = settings.BASE_DIR / "fixtures" / "town_demo.json"
SLUG = "maltings-bridge"
LABEL = "a former member of the bridge maintenance crew"
Fields = dict[str, object]


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Fields]]:
    by_model: dict[str, list[Fields]] = {}
    for row in json.loads(FIXTURE.read_text(encoding="utf-8")):
        by_model.setdefault(row["model"], []).append(row["fields"])
    return by_model


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the fixture once; whatever the tests of this module do is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", str(FIXTURE), verbosity=0)
        yield
        transaction.set_rollback(True)


def the_claim(text: str) -> Claim:
    return Claim.objects.get(text__contains=text)


@pytest.mark.django_db
def test_every_row_loads_and_is_clean(loaded, rows) -> None:
    for label, listed in rows.items():
        manager = apps.get_model(label)._default_manager
        assert manager.count() >= len(listed), label
        for row in manager.all():
            row.full_clean()


@pytest.mark.django_db
def test_loaded_and_dumped_again_it_is_the_same_file(loaded, tmp_path) -> None:
    dumped = tmp_path / "again.json"

    call_command("dump_fixture", article=SLUG, output=str(dumped))

    assert dumped.read_text(encoding="utf-8") == FIXTURE.read_text(encoding="utf-8")


@pytest.mark.django_db
def test_record_follows_from_its_releases(loaded) -> None:
    assert rebuild(fix=False) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", [PublishedArticle, PublishedClaim, PublishedDocument, PublishedNotice]
)
def test_everything_on_record_is_marked_as_a_demonstration(loaded, table) -> None:
    assert set(table.objects.values_list("is_demo", flat=True)) == {True}


@pytest.mark.django_db
def test_sources_of_its_claims_are_marked_as_a_demonstration(loaded) -> None:
    sources = PublishedSource.objects.filter(claim_links__isnull=False)

    assert set(sources.values_list("is_demo", flat=True)) == {True}


@pytest.mark.django_db
def test_article_is_released_and_shown_in_full_because_the_text_is_ours(loaded) -> None:
    article = PublishedArticle.objects.get(slug=SLUG)

    assert article.state == "released"
    assert article.content["display"] == "full"
    assert "ours" in article.content["display_reason"]
    assert article.content["copy"]["text"]
    assert article.claim_count >= 14


def test_story_has_400_to_700_words_with_headline_deck_and_captions(rows) -> None:
    (copy,) = [row for row in rows["claims.storedcopy"] if len(row["blocks"]) > 8]
    roles = [block["role"] for block in copy["blocks"]]

    assert roles[:2] == ["headline", "deck"]
    assert roles.count("caption") == roles.count("credit") == 2
    assert 400 <= len(copy["text"].split()) <= 700


@pytest.mark.django_db
def test_readers_see_every_verification_status(loaded) -> None:
    shown = PublishedClaim.objects.listed().values_list("status", flat=True)

    assert set(shown) == set(VerificationStatus.objects.values_list("slug", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "field", "choices"),
    [
        (Assessment, "state", AssessmentState),
        (Citation, "form", EvidenceForm),
        (Citation, "stance", Stance),
        (Claim, "voice", Voice),
        (EvidenceSearch, "question", Question),
        (Inquiry, "addressee", Inquiry.Addressee),
        (Inquiry, "outcome", Inquiry.Outcome),
    ],
)
def test_every_choice_is_shown_at_least_once(loaded, model, field, choices) -> None:
    assert set(model.objects.values_list(field, flat=True)) == set(choices.values)


@pytest.mark.django_db
def test_every_outcome_of_an_attribution_check_is_shown(loaded) -> None:
    found = {
        check
        for model in (Claim, AttributionLink)
        for check in model.objects.values_list("attribution_check", flat=True)
    }

    assert found == set(AttributionCheck.values)


@pytest.mark.django_db
def test_correction_replaces_an_assessment_that_stays_readable(loaded) -> None:
    first, second = the_claim("17 votes to 9").assessments.order_by("number")
    notice = PublishedNotice.objects.get(claim=first.claim.public_id)

    assert (first.state, second.state) == ("superseded", "published")
    assert (first.status_id, second.status_id) == ("verified", "partly-verified")
    assert second.correction_kind == notice.correction_kind == "status"
    assert (notice.kind, notice.text) == ("correction", second.notice)
    assert (notice.old_status, notice.new_status) == ("verified", "partly-verified")
    assert second.part_that_holds
    assert second.part_that_fails


@pytest.mark.django_db
def test_later_change_is_told_beside_a_status_that_stays(loaded) -> None:
    claim = the_claim("chairs the works committee")

    assert claim.status_id == "verified"
    assert claim.superseded_since is not None
    assert claim.superseded_citation.claim == claim


@pytest.mark.django_db
def test_withdrawn_claim_is_open_again_and_says_why(loaded) -> None:
    claim = the_claim("ambulances")
    row = PublishedClaim.objects.get(pk=claim.public_id)
    notice = PublishedNotice.objects.get(claim=row)

    assert (row.state, row.status) == ("withdrawn", "unverified")
    assert row.content["assessment"] is None
    assert notice.kind == "withdrawal"
    assert notice.text == claim.assessments.get().withdrawal_reason


@pytest.mark.django_db
def test_retracted_claim_leaves_a_tombstone(loaded) -> None:
    claim = Claim.objects.get(state="retracted")
    row = PublishedClaim.objects.get(pk=claim.public_id)

    assert (row.state, row.is_listed) == ("retracted", False)
    assert PublishedNotice.objects.get(claim=row).kind == "retraction"


@pytest.mark.django_db
def test_published_claim_is_under_recheck_while_its_status_stands(loaded) -> None:
    row = PublishedClaim.objects.get(rechecking_since__isnull=False)
    claim = Claim.objects.get(public_id=row.pk)

    assert (row.state, row.status) == ("published", "verified")
    assert claim.open_assessment.state == "draft"


@pytest.mark.django_db
def test_one_claim_waits_in_the_queue_changed_since_release(loaded) -> None:
    waiting = the_claim("ended in a dispute")

    assert waiting in Claim.objects.changed_since_release()
    assert not Release.objects.of("claim", waiting.public_id).exists()


@pytest.mark.django_db
def test_chain_of_four_has_a_check_for_each_link(loaded) -> None:
    claim = the_claim("known since August 2022")
    chain = [(link.position, link.attribution_check) for link in claim.chain.all()]
    row = PublishedClaim.objects.get(pk=claim.public_id)
    positions = row.source_links.values_list("position", flat=True)

    assert claim.attribution_check == "confirmed"
    assert chain == [(1, "confirmed"), (2, "relayed"), (3, "cannot_check")]
    assert row.attribution_check == claim.weakest_check() == "cannot_check"
    assert list(positions) == [0, 1, 2, 3]


@pytest.mark.django_db
def test_dead_link_is_on_record_with_its_archived_copy(loaded) -> None:
    dead = PublishedDocument.objects.get(link_state="dead")

    assert dead.content["archive_url"]
    assert dead.content["archived_on"]
    assert dead.use_count == 1


@pytest.mark.django_db
def test_passages_stand_in_their_text(loaded) -> None:
    for passage in Passage.objects.select_related("stored_copy"):
        place = cut(passage.stored_copy.text, passage.start, passage.end)
        assert (place.exact, place.prefix, place.suffix) == (
            passage.exact,
            passage.prefix,
            passage.suffix,
        )


@pytest.mark.django_db
def test_two_passages_overlap_and_one_lies_within_another(loaded) -> None:
    article = PublishedArticle.objects.get(slug=SLUG)
    places = article.claim_links.values_list("start", "end")
    pairs = list(itertools.combinations(sorted(places), 2))

    assert any(one[0] < two[0] < one[1] < two[1] for one, two in pairs)
    assert any(one[0] < two[0] and two[1] < one[1] for one, two in pairs)


def test_quotations_run_right_to_left_and_carry_accents(rows) -> None:
    quoted = [
        row["quotation"] for row in rows["claims.citation"] if row.get("quotation")
    ]
    first_letters = {unicodedata.bidirectional(text[0]) for text in quoted}
    decomposed = unicodedata.normalize("NFD", "".join(quoted))

    assert "AL" in first_letters
    assert any(unicodedata.combining(letter) for letter in decomposed)


def test_nobody_signed_an_assessment_of_their_own(rows) -> None:
    for row in rows["claims.assessment"]:
        assert row["author"] != row.get("signer")
        assert row["author"][0].startswith("demo-")


@pytest.mark.django_db
def test_signatures_cover_the_content_that_was_published(loaded) -> None:
    signed = Assessment.objects.exclude(digest="")
    published = signed.filter(state__in=["published", "superseded", "withdrawn"])

    for assessment in signed:
        assert contents.digest(json.loads(assessment.signed_content)) == (
            assessment.digest
        )
    assert set(published.values_list("digest", flat=True)) == set(
        Release.objects.filter(act="published").values_list("digest", flat=True)
    )


@pytest.mark.django_db
def test_signed_off_assessment_still_covers_what_is_there(loaded) -> None:
    assessment = Assessment.objects.get(state="signed_off")
    content = contents.claim_content(assessment.claim, assessment)

    assert contents.digest(content) == assessment.digest


def public_and_logged_text() -> str:
    tables = (*TABLES, Release, Event)
    return "\n".join(
        str(list(table.objects.order_by("pk").values_list())) for table in tables
    )


def test_protected_source_is_named_by_its_label_in_the_file(rows) -> None:
    (source,) = [row for row in rows["claims.source"] if row.get("is_protected")]

    assert source["name"] == source["public_label"] == LABEL
    assert source["protection_reason"]
    assert not source.get("aliases")


@pytest.mark.django_db
def test_name_given_to_a_protected_source_reaches_no_reader(loaded) -> None:
    source = Source.objects.get(is_protected=True)
    source.name, source.aliases = "Canary Wren", ["C. Wren-Canary"]
    source.save()
    article = Article.objects.get(slug=SLUG)
    signature = Signature("demo-vera", article.newest_copy.retrieved_at)

    with transaction.atomic():
        releases.release_source(source, signature)
        releases.release_article(article, [], signature)
        rebuild(fix=True)
        text = public_and_logged_text()
        transaction.set_rollback(True)

    assert "canary" not in text.casefold()
    assert LABEL in text


def test_addresses_are_reserved_for_examples(rows) -> None:
    texts = [
        value
        for listed in rows.values()
        for row in listed
        for name, value in row.items()
        if name.endswith("url") and value
    ]

    assert texts
    for text in texts:
        host = urlsplit(str(text)).hostname or ""
        assert host.endswith((".example", "example.org", "example.com")), text


def test_texts_have_the_hashes_given_for_them(rows) -> None:
    for copy in rows["claims.storedcopy"]:
        assert hashlib.sha256(copy["text"].encode()).hexdigest() == copy["text_sha256"]


@pytest.mark.parametrize(
    ("working", "value", "result"),
    [
        ("303,700 ÷ 4,500,000 = 0.067", "6.7 %", 303_700 / 4_500_000),
        ("500 ÷ 6,240 = 0.080", "8 %", (6_240 - 5_740) / 6_240),
        ("1,940 ÷ 6,240 = 0.311", "31 %", (6_240 - 4_300) / 6_240),
    ],
)
def test_calculations_come_out_right(rows, working, value, result) -> None:
    (found,) = [
        row for row in rows["claims.citation"] if working in row.get("working", "")
    ]

    assert value in found["value"]
    assert f"{result:.3f}" in working
