"""Sheet, daily mail, history and two saves in a browser: no fault, and fit for paper."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from claims.models import Claim
from claims.workflow.roles import EDITORS
from tests.admin.pages import address_of, client_of, save
from tests.browser.people import Colleague
from tests.browser.windows import LOOKS, faults, overflow, window
from tests.factories import make_assessment, make_full_claim, make_user
from tests.serving import serving

PASSWORD = "a long password of one's own"
BOTH = LOOKS[:2]
#: A4 landscape in points.
A4_WIDE = (842, 595)


@dataclass(frozen=True)
class Desk:
    """A desk with one signed claim whose text was changed once, and its editor."""

    claim: Claim
    page: Page


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    editor = make_user(EDITORS, username="emil", password=PASSWORD)
    claim = make_full_claim(by=editor)
    changed = {"text": f"{claim.text} So it was said.", "role": "minister"}
    assert save(client_of(editor), claim, **changed).status_code == 302
    make_assessment(claim, state="signed_off")
    with serving() as site, window(browser, site) as page:
        Colleague(page, editor, PASSWORD).log_in()
        yield Desk(claim, page)


def addresses(claim: Claim) -> dict[str, str]:
    return {
        "sheet": address_of(claim.article, "sheet"),
        "daily mail": reverse("admin:reminders"),
        "history": address_of(claim, "history"),
    }


@pytest.mark.parametrize("name", ["sheet", "daily mail", "history"])
def test_a_page_has_no_fault_and_fits_the_narrowest_window(
    desk: Desk, name: str
) -> None:
    response = desk.page.goto(addresses(desk.claim)[name])

    assert response is not None
    assert response.status == 200
    assert faults(desk.page, BOTH) == []
    assert overflow(desk.page) == []


def test_words_that_differ_have_no_fault_on_the_page_of_two_saves(desk: Desk) -> None:
    page = desk.page
    page.goto(address_of(desk.claim))
    Claim.raise_version(desk.claim.pk)
    Claim.objects.filter(pk=desk.claim.pk).update(suggested_wording="The old mill.")
    page.locator("#id_suggested_wording").fill("The new mill.")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.locator(".conflict-words del")).to_contain_text("old")
    expect(page.locator(".conflict-words ins")).to_contain_text("new")
    assert faults(page, BOTH) == []
    assert overflow(page) == []


def test_sheet_prints_on_a4_landscape_without_the_desk_around_it(desk: Desk) -> None:
    page = desk.page
    page.goto(addresses(desk.claim)["sheet"])

    printed = page.pdf(prefer_css_page_size=True)

    size = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert size is not None
    assert (round(float(size[1])), round(float(size[2]))) == A4_WIDE
    page.emulate_media(media="print")
    for around in ("#header", ".desk-nav", ".sheet-tools", ".breadcrumbs"):
        expect(page.locator(around)).to_be_hidden()
    expect(page.locator(".sheet-table")).to_be_visible()
    page.emulate_media(media="screen")
