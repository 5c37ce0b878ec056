"""Every public page: axe finds nothing, nothing is cut off, no script is needed."""

import re
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Browser, Page, expect

from tests.browser.public_pages import FOR_MACHINES, PAGES, address_of
from tests.browser.windows import LOOKS, faults, overflow, window


def test_every_public_address_is_looked_at() -> None:
    public = {
        entry.name
        for entry in get_resolver("claims.views.urls").url_patterns
        if isinstance(entry, URLPattern)
    }
    assert {view for view, *_rest in PAGES.values()} == public - FOR_MACHINES


#: What only a script can do is offered by a script.
WITHOUT_COPY_BUTTONS = """() =>
  document.querySelectorAll("[data-copies]").forEach((button) => button.remove())"""


# What is looked for

#: One page of each kind is looked at in all looks; its variants wide and light, and
#: narrow and dark.
FULLY = set({view: name for name, (view, *_rest) in PAGES.items()}.values())


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_has_no_fault_in_any_width_or_colours(
    town: str, browser: Browser, name: str
) -> None:
    with window(browser, town) as page:
        response = page.goto(address_of(name))
        assert response is not None
        assert response.status == PAGES[name][3]
        assert faults(page, LOOKS if name in FULLY else LOOKS[:2]) == []
        assert overflow(page) == []


# Without JavaScript


@pytest.fixture
def plain_page(town: str, browser: Browser) -> Iterator[Page]:
    with window(browser, town, java_script_enabled=False) as page:
        yield page


def test_public_pages_say_the_same_with_and_without_javascript(
    town: str, browser: Browser, plain_page: Page
) -> None:
    one_of_each = {view: name for name, (view, *_rest) in PAGES.items()}
    with window(browser, town) as page:
        for name in one_of_each.values():
            address = address_of(name)
            page.goto(address)
            plain_page.goto(address)
            words = plain_page.locator("body").inner_text()
            page.evaluate(WITHOUT_COPY_BUTTONS)
            assert page.locator("body").inner_text() == words, name


def test_a_reader_without_javascript_filters_sorts_and_follows_a_claim(
    plain_page: Page,
) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_role("link", name="Changed").click()
    page.get_by_label("Words").fill('"bridge was built in 1871"')
    page.get_by_role("button", name="Search").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text("Changed")
    expect(page.locator(".filters-on")).to_contain_text(
        'Words: "bridge was built in 1871"'
    )
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody mark")).to_have_text("Bridge was built in 1871")

    page.get_by_role("link", name="Remove the filter “Words”").click()
    expect(page.locator("tbody tr")).not_to_have_count(1)
    page.get_by_role("link", name="The Maltings Bridge was built in 1871.").click()
    expect(page.locator(".sp-status")).to_contain_text("Verified.")

    page.get_by_role("link", name="Every version of this page").click()
    page.get_by_text("What the page then said").first.click()
    expect(page.locator("details[open] .sp-prose")).to_be_visible()


def test_a_place_in_the_text_and_its_claim_lead_to_each_other(plain_page: Page) -> None:
    page = plain_page
    page.goto(address_of("article in full"))
    page.get_by_role("link", name="Claim 3 in the text").click()
    expect(page).to_have_url(re.compile("#claim-"))
    page.locator(".annotated a.mark-end").first.click()
    expect(page).to_have_url(re.compile("#listed-"))


def test_an_empty_tracker_has_no_fault_either(page: Page) -> None:
    for view in ("overview", "claim_list", "correction_list"):
        page.goto(reverse(view))
        assert faults(page) == [], view
        assert overflow(page) == [], view
