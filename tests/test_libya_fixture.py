"""The honest demo: what fixtures/libya_2016.json must hold, and must never claim."""

import hashlib
import math
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from claims.checking.anchors import cut
from claims.checking.dates import edtf_bounds
from claims.jobs.fixtures import dump
from claims.models.appearances import Appearance
from claims.models.articles import Article
from claims.models.assessments import Assessment
from claims.models.attribution import AttributionLink
from claims.models.citations import Citation
from claims.models.claims import Claim
from claims.models.copies import StoredCopy
from claims.models.documents import Document
from claims.models.events import Event
from claims.models.inquiries import Inquiry
from claims.models.record import PublishedArticle, PublishedClaim
from claims.models.searches import EvidenceSearch
from claims.models.sources import Source
from claims.workflow.roles import DESK_MODELS
from claims.workflow.words import NOT_RATED_KINDS, AttributionCheck, ClaimKind, Voice

FIXTURE = settings.BASE_DIR / "fixtures" / "libya_2016.json"
SLUG = "isis-fallback-in-libya"
REPORT = "Combating Terrorism Center report on ISIS in Libya"

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Load the fixture once; whatever the tests of this module do is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("loaddata", str(FIXTURE), verbosity=0)
        yield
        transaction.set_rollback(True)


def the_copy() -> StoredCopy:
    return StoredCopy.objects.get()


def block_texts(*roles: str) -> list[str]:
    copy = the_copy()
    return [
        copy.text[block["start"] : block["end"]]
        for block in copy.blocks
        if not roles or block["role"] in roles
    ]


def the_claim(words: str) -> Claim:
    return Claim.objects.get(text__contains=words)


def great_circle_km(start: tuple[float, float], end: tuple[float, float]) -> float:
    """Distance on a sphere of the Earth's mean radius, by the haversine formula."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*start, *end))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(half))


def test_every_row_is_clean() -> None:
    for name in DESK_MODELS:
        for row in apps.get_model("claims", name)._default_manager.all():
            row.full_clean()


def test_dumping_gives_the_same_file_again() -> None:
    assert dump() == FIXTURE.read_text(encoding="utf-8")


def test_article_and_every_claim_are_on_record() -> None:
    article = PublishedArticle.objects.get(slug=SLUG)
    listed = PublishedClaim.objects.filter(is_listed=True)

    assert article.content["copy"]["text"] == the_copy().text
    assert not article.is_demo
    assert set(listed.values_list("public_id", flat=True)) == set(
        Claim.objects.values_list("public_id", flat=True)
    )
    assert set(listed.values_list("status", "is_decided")) == {("unverified", False)}
    assert not Claim.objects.changed_since_release().exists()


def test_each_claim_has_one_loaded_event() -> None:
    events = Event.objects.filter(verb="loaded", subject_type="claim")

    assert sorted(events.values_list("subject_id", flat=True)) == sorted(
        Claim.objects.values_list("public_id", flat=True)
    )


def test_article_is_shown_in_full_because_the_text_is_ours() -> None:
    article = Article.objects.get()

    assert (article.slug, article.state, article.display) == (SLUG, "released", "full")
    assert "re-telling" in article.display_reason
    assert article.newest_copy == the_copy()
    assert the_copy().provenance == "retold"


def test_text_matches_its_hash_and_its_blocks() -> None:
    copy = the_copy()

    assert hashlib.sha256(copy.text.encode()).hexdigest() == copy.text_sha256
    assert "\n\n".join(block_texts()) == copy.text
    assert {block["role"] for block in copy.blocks} == {
        "label",
        "headline",
        "caption",
        "credit",
        "body",
        "block_quote",
    }


def test_retold_body_has_350_to_600_words() -> None:
    body = block_texts("body", "block_quote")

    assert 350 <= sum(len(text.split()) for text in body) <= 600


def test_quotations_in_the_retold_text_are_short_phrases() -> None:
    quoted = [part.partition("”")[0] for part in the_copy().text.split("“")[1:]]

    assert quoted
    assert max(len(phrase.split()) for phrase in quoted) <= 3


def test_at_least_forty_claims_stand_at_their_passages() -> None:
    copy = the_copy()
    appearances = Appearance.objects.select_related("passage")

    assert Claim.objects.count() >= 40
    assert appearances.filter(is_first=True).count() == Claim.objects.count()
    for appearance in appearances:
        passage = appearance.passage
        place = cut(copy.text, passage.start, passage.end)
        assert place.exact == passage.exact == appearance.wording
        assert (place.prefix, place.suffix) == (passage.prefix, passage.suffix)
        assert appearance.placement == copy.role_at(passage.start)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Combating Terrorism Center", "organisation"),
        (REPORT, "report"),
        ("Geoff D. Porter", "person"),
        ("CTC Sentinel", "series"),
        ("United Nations (body not named)", "government"),
        ("Hassan Hassan", "person"),
        ("Tahrir Institute for Middle East Policy", "organisation"),
        ("Aaron Zelin", "person"),
        ("Washington Institute for Near East Policy", "organisation"),
        ("The Wall Street Journal", "outlet"),
        ("US officials (on ISIS’ growth in Libya)", "unnamed_group"),
        ("US officials (on attacks organised from Libya)", "unnamed_group"),
        ("Abdul Qadr al-Naajdi", "person"),
        ("A civil engineer who had recently fled Libya", "unnamed_person"),
        ("Reuters", "outlet"),
        (
            "The online news outlet that ran the story (not named in our copy)",
            "outlet",
        ),
    ],
)
def test_every_attributed_source_is_there(name: str, kind: str) -> None:
    assert Source.objects.get(name=name).kind == kind


def test_leader_has_other_spellings_one_in_arabic_script() -> None:
    aliases = Source.objects.get(name="Abdul Qadr al-Naajdi").aliases

    assert len(aliases) >= 3
    assert any("\u0600" <= alias[0] <= "\u06ff" for alias in aliases)


def test_report_is_a_document_with_its_author_and_series() -> None:
    report = Source.objects.get(name=REPORT).document

    assert report.publisher.name == "Combating Terrorism Center"
    assert set(report.contributions.values_list("role", "source__name")) == {
        ("author", "Geoff D. Porter"),
        ("series", "CTC Sentinel"),
    }


@pytest.mark.parametrize(
    ("person", "organisation"),
    [
        ("Hassan Hassan", "Tahrir Institute for Middle East Policy"),
        ("Aaron Zelin", "Washington Institute for Near East Policy"),
    ],
)
def test_experts_belong_to_their_institutes(person: str, organisation: str) -> None:
    affiliation = Source.objects.get(name=person).affiliations.get()

    assert affiliation.organisation.name == organisation


@pytest.mark.parametrize(
    ("words", "named", "relied_on", "said_in"),
    [
        ("So many factions", REPORT, "Abdul Qadr al-Naajdi", "interview"),
        (
            "gone dark",
            "The Wall Street Journal",
            "A civil engineer who had recently fled Libya",
            "article-newspaper",
        ),
        ("about 18,000 fighters", REPORT, None, None),
        ("sold only little oil", "Combating Terrorism Center", None, None),
    ],
)
def test_chain_leads_from_whom_the_article_names_to_whom_that_one_relies_on(
    words: str, named: str, relied_on: str | None, said_in: str | None
) -> None:
    claim = the_claim(words)
    link = claim.chain.get()

    assert claim.source.name == named
    assert link.position == 1
    assert (link.source and link.source.name) == relied_on
    assert (link.document and link.document.kind) == said_in


def test_all_voices_and_all_kinds_occur() -> None:
    assert set(Claim.objects.values_list("voice", flat=True)) == set(Voice.values)
    assert set(Claim.objects.values_list("kind", flat=True)) == set(ClaimKind.values)


def test_no_attribution_was_checked_because_nobody_saw_an_original() -> None:
    for claim in Claim.objects.all():
        if claim.voice == Voice.OWN:
            assert claim.attribution_check == AttributionCheck.NOT_APPLICABLE
        elif claim.source is None:
            assert claim.attribution_check == AttributionCheck.CANNOT_CHECK
        else:
            assert claim.attribution_check == AttributionCheck.UNCHECKED
    links = AttributionLink.objects.values_list("attribution_check", flat=True)
    assert set(links) == {AttributionCheck.UNCHECKED}
    assert not Citation.objects.filter(question="attribution").exists()


def test_only_what_cannot_be_rated_has_an_assessment_and_that_is_a_draft() -> None:
    drafts = Assessment.objects.all()

    assert set(drafts.values_list("state", "status", "signer", "digest")) == {
        ("draft", "not-rated", None, "")
    }
    assert set(drafts.values_list("claim", flat=True)) == set(
        Claim.objects.filter(kind__in=NOT_RATED_KINDS).values_list("pk", flat=True)
    )


def test_area_is_calculated_with_its_working() -> None:
    citation = the_claim("three times as large").citations.get()

    assert citation.form == "calculation"
    assert "438,317 + 185,180 = 623,497" in citation.working
    assert "1,759,540 ÷ 623,497 = 2.822" in citation.working
    assert round(1_759_540 / (438_317 + 185_180), 3) == 2.822
    assert "1,759,540 ÷ 625,754 = 2.812" in citation.working
    assert round(1_759_540 / (438_317 + 187_437), 3) == 2.812
    assert citation.value.startswith("2.82 times")


def test_distance_is_calculated_with_its_working() -> None:
    citation = the_claim("400 miles").citations.get(form="calculation")
    distance_km = great_circle_km((31.20892, 16.58866), (36.6545, 15.0932))
    miles = distance_km / 1.609344

    assert "31.20892° N, 16.58866° E" in citation.working
    assert "36.6545° N, 15.0932° E" in citation.working
    assert f"{distance_km:.1f} km; ÷ 1.609344 = {miles:.1f} statute" in citation.working
    assert citation.value.startswith(
        f"{miles:.0f} statute miles ({distance_km:.0f} km)"
    )


def test_every_citation_has_the_facts_its_form_needs() -> None:
    for citation in Citation.objects.all():
        assert citation.missing_facts() == []


def test_one_search_was_made_and_one_inquiry_is_only_prepared() -> None:
    search, inquiry = EvidenceSearch.objects.get(), Inquiry.objects.get()

    assert search.searched_on.isoformat() == "2026-11-22"
    assert search.result
    assert inquiry.asked_on is None
    assert inquiry.outcome == ""


def test_documents_known_only_from_the_article_have_no_invented_details() -> None:
    unseen = Document.objects.exclude(known_only_from=None)

    assert set(unseen.values_list("kind", flat=True)) == {
        "report",
        "interview",
        "article-newspaper",
        "document",
        "broadcast",
    }
    assert set(unseen.values_list("known_only_from__article__slug", flat=True)) == {
        SLUG
    }
    assert set(unseen.values_list("url", "canonical_url", "archive_url")) == {
        ("", "", "")
    }
    assert not Citation.objects.filter(document__in=unseen).exists()


@pytest.mark.parametrize(
    ("model", "prefix"), [(Claim, "said"), (Document, "published")]
)
def test_dates_are_edtf_with_their_bounds_and_a_basis(model: type, prefix: str) -> None:
    dated = model.objects.exclude(**{f"{prefix}_edtf": ""})

    assert dated
    for row in dated:
        bounds = edtf_bounds(getattr(row, f"{prefix}_edtf"))
        assert getattr(row, f"{prefix}_from") == bounds.earliest
        assert getattr(row, f"{prefix}_to") == bounds.latest
        assert getattr(row, f"{prefix}_basis")


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("Thursday", "2016-03~"),
        ("last month", "2016-02~"),
        ("last year", "2015~"),
        ("this week", "2016-03~"),
        ("have said", "../2016-03~"),
    ],
)
def test_relative_dates_keep_the_words_of_the_article(words: str, edtf: str) -> None:
    found = Claim.objects.filter(said_words=words)

    assert set(found.values_list("said_edtf", flat=True)) == {edtf}


def test_article_is_dated_by_inference_and_says_so() -> None:
    document = Article.objects.get().document

    assert document.published_edtf == "2016-03~"
    assert "the text bears no date" in document.published_basis
