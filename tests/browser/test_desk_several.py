"""Several claims at once, in a browser: one document cited, dates confirmed, a gate."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from claims.models import Article, Citation, Claim
from claims.workflow.roles import EDITORS
from tests.admin.pages import address_of, move_address
from tests.browser.people import Colleague
from tests.browser.windows import LOOKS, WIDE, faults, overflow, window
from tests.factories import (
    make_article,
    make_claim,
    make_copy,
    make_document,
    make_suggestion,
    make_user,
    release_article,
)
from tests.serving import serving

PASSWORD = "a long password of one's own"
REPORT = "Report on the bridges of the county"
QUOTED = "The bridge at Elmbrook is safe for lorries."
OWN = "It was built in 1911."
ARABIC = "قال المجلس إن الجسر آمن."


@dataclass(frozen=True)
class Desk:
    """A desk with one article of two dated claims, and an editor at two windows."""

    article: Article
    claims: list[Claim]
    page: Page
    plain: Page


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    editor = make_user(EDITORS, username="emil", password=PASSWORD)
    article = make_article()
    said = {"said_words": "last month", "said_edtf": "2026-02~", "said_basis": "March"}
    claims = [make_claim(article, text=text, **said) for text in ("Safe.", ARABIC)]
    make_suggestion(article)
    make_copy(make_document(title=REPORT), f"{QUOTED} {OWN}")
    release_article(article)
    with (
        serving() as site,
        window(browser, site) as page,
        window(browser, site, java_script_enabled=False) as plain,
    ):
        for each in (page, plain):
            Colleague(each, editor, PASSWORD).log_in()
        yield Desk(article, claims, page, plain)


def test_one_document_is_cited_for_the_claims_ticked_in_the_list(desk: Desk) -> None:
    page = desk.page
    page.set_viewport_size(WIDE)
    page.goto(reverse("admin:claims_claim_changelist"))
    page.locator("#action-toggle").click()
    page.get_by_label("Action:").select_option("cite_one_document")
    page.get_by_role("button", name="Go").click()
    assert faults(page, LOOKS[:2]) == []
    assert overflow(page) == []
    page.set_viewport_size(WIDE)

    page.locator(".field-document .select2-selection").click()
    page.locator(".select2-dropdown .select2-search__field").fill(REPORT)
    page.get_by_role("option", name=REPORT).click()
    page.get_by_label("Stance").select_option("supports")
    page.get_by_label("Quotation:", exact=True).fill(QUOTED)
    page.get_by_role("button", name="Cite for the ticked claims").click()

    expect(page.locator(".messagelist .success")).to_have_text("Cited for 2 claims.")
    made = Citation.objects.filter(quotation=QUOTED)
    assert {row.passage.exact for row in made} == {QUOTED}
    assert {row.claim for row in made} == set(desk.claims)


def test_without_scripts_one_claim_has_words_of_its_own(desk: Desk) -> None:
    plain = desk.plain
    plain.goto(address_of(desk.article))
    plain.get_by_role("link", name="Cite one document for several claims").click()
    plain.get_by_role("button", name="Cite for the ticked claims").click()
    expect(plain.get_by_role("alert")).to_contain_text("Nothing was cited.")

    for claim in desk.claims:
        plain.locator(f"[name=claim-{claim.pk}-cite]").check()
    plain.locator("[name=document-typed]").fill(REPORT)
    plain.get_by_label("Stance").select_option("context")
    plain.get_by_label("Quotation:", exact=True).fill(QUOTED)
    row = plain.locator(f"#claim-{desk.claims[1].pk}")
    row.locator("summary").click()
    row.get_by_label("Quotation for this claim").fill(OWN)
    plain.get_by_role("button", name="Cite for the ticked claims").click()

    expect(plain.locator(".messagelist .success")).to_have_text("Cited for 2 claims.")
    made = Citation.objects.filter(stance="context").order_by("claim_id")
    assert [row.passage.exact for row in made] == [QUOTED, OWN]


def test_a_refused_page_has_no_fault_either(desk: Desk) -> None:
    page = desk.page
    keys = ",".join(str(claim.pk) for claim in desk.claims)
    page.goto(f"{reverse('admin:claims_claim_cite')}?ids={keys}")
    for details in page.locator(".desk-rows details").all():
        details.locator("summary").click()
    page.get_by_label("Locator for this claim").first.fill("12")
    page.get_by_role("button", name="Cite for the ticked claims").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was cited.")
    assert faults(page, LOOKS[:2]) == []
    assert overflow(page) == []
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(reverse("admin:index"))


def test_a_corrected_date_is_confirmed_claim_by_claim(desk: Desk) -> None:
    page = desk.page
    page.set_viewport_size(WIDE)
    page.goto(address_of(desk.article.document))
    page.locator("#id_published_edtf").fill("2026-04")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .warning")).to_contain_text("2 dates of claims")

    page.goto(move_address(desk.article, "clear"))
    expect(page.locator(".desk-foreseen")).to_contain_text("2 claims are still open.")
    expect(page.locator(".desk-before")).to_contain_text("1 suggested statement")
    assert faults(page, LOOKS[:2]) == []
    assert overflow(page) == []
    page.set_viewport_size(WIDE)
    page.get_by_role("link", name="2 dates are to be confirmed.").click()

    assert faults(page, LOOKS[:2]) == []
    assert overflow(page) == []
    page.set_viewport_size(WIDE)
    kept = page.get_by_role("group", name=ARABIC)
    kept.get_by_label("Keep the date as it stands").check()
    page.get_by_role("button", name="Decide these dates").click()
    expect(page.locator(".messagelist .success")).to_contain_text("1 taken anew")
    dates = Claim.objects.order_by("pk").values_list("said_edtf", "said_in_doubt")
    assert list(dates) == [("2026-03", False), ("2026-02~", False)]
