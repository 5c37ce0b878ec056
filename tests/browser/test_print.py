"""Status page and article on paper: a clean sheet that tells where it came from."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.public_pages import PAGES, address_of
from tests.browser.windows import window

PAPER = {"width": 793, "height": 1122}  # A4 at 96 dots to the inch
ON_SCREEN_ONLY = ("nav", ".skip", "form", "button")
PAGE_OF_PDF = re.compile(rb"/Type\s*/Page\b")
#: What stands beside a link on paper: the address, from the style sheet.
PRINTED_ADDRESSES = """() => [...document.querySelectorAll("a[href]")].map(
  (link) => getComputedStyle(link, "::after").content).filter(
  (text) => text.includes("http"))"""

SHEETS = {
    "claim, disputed": 3,
    "claim, corrected": 3,
    "article in full": 5,
    "article in excerpts": 2,
}


@pytest.fixture
def paper(town: str, browser: Browser) -> Iterator[Page]:
    with window(browser, town) as page:
        page.set_viewport_size(PAPER)
        page.emulate_media(media="print", color_scheme="dark")
        yield page


@pytest.mark.parametrize(("name", "most"), SHEETS.items())
def test_a_page_prints_as_a_few_clean_sheets(paper: Page, name: str, most: int) -> None:
    paper.goto(address_of(name))
    for selector in ON_SCREEN_ONLY:
        for element in paper.locator(selector).all():
            expect(element).to_be_hidden()
    background = paper.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert background in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    pdf = paper.pdf(format="A4")
    assert 1 <= len(PAGE_OF_PDF.findall(pdf)) <= most


def test_a_status_page_on_paper_tells_its_address_and_those_of_its_evidence(
    paper: Page,
) -> None:
    paper.goto(address_of("claim, disputed"))
    address = f"http://claims.example{address_of('claim, disputed')}"
    expect(paper.get_by_text(address).first).to_be_visible()
    assert any("example" in text for text in paper.evaluate(PRINTED_ADDRESSES))


def test_an_article_on_paper_lists_its_claims_with_status_and_address(
    paper: Page,
) -> None:
    paper.goto(address_of("article in full"))
    body = paper.locator("body").inner_text()
    assert "Verified" in body
    assert any("/claims/" in text for text in paper.evaluate(PRINTED_ADDRESSES))


def test_every_list_prints_without_its_filters(paper: Page) -> None:
    for view in ("claim_list", "source_list", "document_list", "correction_list"):
        assert view in {row[0] for row in PAGES.values()}
        paper.goto(reverse(view))
        expect(paper.locator("main h1")).to_be_visible()
        for form in paper.locator("form").all():
            expect(form).to_be_hidden()
