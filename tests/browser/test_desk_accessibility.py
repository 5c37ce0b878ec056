"""The desk's own pages: axe finds nothing, and unsaved changes hold back moves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from claims.models import Assessment, Claim, CorrectionRequest, Document
from claims.workflow.roles import EDITORS
from tests.browser.desk_pages import import_report
from tests.browser.people import Colleague
from tests.browser.windows import LOOKS, faults, window
from tests.factories import (
    NOON,
    make_assessment,
    make_capture,
    make_copy,
    make_full_claim,
    make_link_notice,
    make_note,
    make_pair,
    make_probe,
    make_request,
    make_user,
    make_watch,
    release_article,
)
from tests.serving import serving

PASSWORD = "a long password of one's own"
#: Wide and light, narrow and dark: the desk's pages are long.
BOTH = LOOKS[:2]


@dataclass(frozen=True)
class Desk:
    """A site with one claim that has everything, and an editor who may sign it."""

    site: str
    claim: Claim
    assessment: Assessment
    editor: Colleague


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    editor = make_user(EDITORS, username="emil", password=PASSWORD)
    claim = make_full_claim()
    make_note(claim)
    cited = claim.citations.earliest("pk")
    make_watch(cited.document, moved_to="https://b.example/", gone=[cited.public_id])
    make_probe(cited.document, strike=2)
    make_link_notice(cited.document, kind="moved")
    make_request(claim, name="Ada Quill", may_be_named=True, looks_like_spam=True)
    make_request(settled_at=NOON, email="ben@readers.example")
    make_pair(claim)
    Claim.objects.filter(pk=claim.pk).update(said_in_doubt=True)
    assessment = make_assessment(claim, state="submitted")
    release_article(claim.article)
    make_assessment(state="returned", author=editor)
    add_copies(claim.citations.earliest("pk").document)
    with serving() as site, window(browser, site) as page:
        emil = Colleague(page, editor, PASSWORD)
        emil.log_in()
        yield Desk(site, claim, assessment, emil)


def add_copies(document: Document) -> None:
    """Give a document a copy with every fact there is, one sealed, and captures."""
    make_copy(
        document,
        provenance="captured",
        final_url="https://documents.example/a-rather-long-address/of-a-report.pdf",
        http_status=200,
        redirects=[{"url": "http://documents.example/report", "status": 301}],
        media_type="application/pdf",
        raw_sha256="ab" * 32,
        warc_sha256="cd" * 32,
        size=2_000_000,
        pages=[{"number": 1, "start": 0, "end": 20}],
        extractor="pypdf",
        extractor_version="7.1.0",
    )
    make_copy(document, "", sealed_at=NOON, sealed_reason="By law.")
    make_capture(document, state="failed", reason="Its server is down.", ended_at=NOON)
    make_capture(document, reason="Its server is down.", tries=2, next_try_at=NOON)


@pytest.fixture
def page(desk: Desk) -> Page:
    return desk.editor.page


def change(row: object) -> str:
    name = row._meta.model_name  # type: ignore[attr-defined]
    return reverse(f"admin:claims_{name}_change", args=[row.pk])  # type: ignore[attr-defined]


def request(*, is_settled: bool = False) -> CorrectionRequest:
    return CorrectionRequest.objects.get(settled_at__isnull=not is_settled)


def move(row: object, name: str) -> str:
    return change(row).replace("/change/", f"/move/{name}/")


def cited(desk: Desk) -> Document:
    return desk.claim.citations.earliest("pk").document


Find = Callable[[Desk], str]

PAGES: dict[str, Find] = {
    "index": lambda desk: reverse("admin:index"),
    "claims": lambda desk: reverse("admin:claims_claim_changelist"),
    "claim": lambda desk: change(desk.claim),
    "claims like one": lambda desk: reverse(
        "admin:claims_claim_alike", args=[desk.claim.pk]
    ),
    "checked before": lambda _desk: reverse("admin:claims_claim_ask") + "?text=claim",
    "history": lambda desk: reverse("admin:claims_claim_history", args=[desk.claim.pk]),
    "preview": lambda desk: reverse("admin:claims_claim_preview", args=[desk.claim.pk]),
    "assessments": lambda desk: reverse("admin:claims_assessment_changelist"),
    "assessment": lambda desk: change(desk.assessment),
    "article": lambda desk: change(desk.claim.article),
    "link": lambda desk: reverse(
        "admin:claims_document_link",
        args=[desk.claim.citations.earliest("pk").document_id],
    ),
    "dates": lambda desk: reverse(
        "admin:claims_article_dates", args=[desk.claim.article.pk]
    ),
    "document": lambda desk: change(desk.claim.article.document),
    "document with copies": lambda desk: change(cited(desk)),
    "attach a file": lambda desk: reverse(
        "admin:claims_document_attach", args=[cited(desk).pk]
    ),
    "seal a copy": lambda desk: reverse(
        "admin:claims_document_seal",
        args=[cited(desk).pk, cited(desk).copies.earliest("number").public_id],
    ),
    "source": lambda desk: change(desk.claim.source),
    "sign off": lambda desk: move(desk.assessment, "sign_off"),
    "return": lambda desk: move(desk.assessment, "return"),
    "release": lambda desk: move(desk.claim.article, "release"),
    "clear": lambda desk: move(desk.claim.article, "clear"),
    "sheet": lambda desk: (
        reverse("admin:claims_assessment_sheet", args=["sign_off"])
        + f"?ids={desk.assessment.pk}"
    ),
    "new claim": lambda _desk: reverse("admin:claims_claim_add"),
    "citation": lambda desk: change(desk.claim.citations.earliest("pk")),
    "cite for several": lambda desk: (
        reverse("admin:claims_claim_cite") + f"?ids={desk.claim.pk}"
    ),
    "correction request": lambda _desk: change(request()),
    "correction request, settled": lambda _desk: change(request(is_settled=True)),
    "settle a request": lambda _desk: change(request()).replace("change", "settle"),
    "empty a request": lambda _desk: change(request(is_settled=True)).replace(
        "change", "erase"
    ),
    "import claims": lambda _desk: reverse("admin:claims_claim_import"),
    "import of claims, its report": lambda _desk: import_report(),
    "daily mail": lambda _desk: reverse("admin:reminders"),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_desk_has_no_fault(desk: Desk, page: Page, name: str) -> None:
    response = page.goto(PAGES[name](desk))
    assert response is not None
    assert response.status == 200
    assert faults(page, BOTH) == []


def test_every_list_of_the_desk_has_no_fault(desk: Desk, page: Page) -> None:
    page.goto(reverse("admin:index"))
    links = page.locator(".desk-nav a").all()
    addresses = [link.get_attribute("href") for link in links]
    assert len(addresses) > 8
    for address in addresses:
        page.goto(str(address))
        assert faults(page, BOTH[:1]) == [], address


def test_the_page_of_two_saves_has_no_fault_and_keeps_what_was_typed(
    desk: Desk, page: Page
) -> None:
    page.goto(change(desk.claim))
    Claim.raise_version(desk.claim.pk)
    Claim.objects.filter(pk=desk.claim.pk).update(role="theirs")
    page.locator("#id_role").fill("mine")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".conflict")).to_contain_text("theirs")
    assert faults(page, BOTH) == []

    page.get_by_role("button", name="Save again").click()
    expect(page.locator("#id_role")).to_have_value("mine")


def test_the_way_in_has_no_fault(desk: Desk, browser: Browser) -> None:
    with window(browser, desk.site) as page:
        page.goto("/admin/")
        assert faults(page, BOTH) == []


# Unsaved changes


@pytest.fixture
def moves(desk: Desk, page: Page) -> Locator:
    page.goto(change(desk.assessment))
    moves = page.locator(".desk-moves a")
    expect(moves).not_to_have_count(0)
    return moves


def test_a_page_just_opened_offers_its_moves(page: Page, moves: Locator) -> None:
    page.wait_for_load_state("networkidle")
    expect(page.locator("a[data-move][aria-disabled]")).to_have_count(0)
    moves.first.click()
    expect(page.locator(".desk-confirm")).to_be_visible()


def test_unsaved_words_hold_back_every_move(page: Page, moves: Locator) -> None:
    page.wait_for_load_state("networkidle")
    page.get_by_label("Summary").press_sequentially("!")
    expect(page.locator("[data-unsaved]")).to_be_visible()
    for link in moves.all():
        expect(link).to_have_attribute("aria-disabled", "true")
        assert link.get_attribute("href") is None


def test_a_row_added_holds_back_every_move(desk: Desk, page: Page) -> None:
    page.goto(change(desk.claim))
    page.wait_for_load_state("networkidle")
    page.locator("#citations-group summary").first.click()
    page.get_by_role("button", name="Add another Citation").click()
    expect(page.locator("[data-unsaved]")).to_be_visible()
    expect(page.locator("a[data-move][href]")).to_have_count(0)
    assert faults(page, BOTH[:1]) == []


def test_a_menu_with_search_holds_back_every_move(desk: Desk, page: Page) -> None:
    page.goto(change(desk.claim))
    page.wait_for_load_state("networkidle")
    page.locator(".field-assignee .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill("emil")
    page.get_by_role("option", name="emil").click()
    expect(page.locator("[data-unsaved]")).to_be_visible()
