"""The status page answers on the first screen of a phone, and prints whole."""

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from tests.browser.public_pages import PAGES, address_of
from tests.browser.windows import PHONE, faults, overflow, window

#: Pages of claims with a finding, each with another status or note.
DECIDED = [
    name
    for name, (view, *_rest, answer) in PAGES.items()
    if view == "claim_detail" and answer == 200
    if not any(word in name for word in ("unverified", "review", "withdrawn", "long"))
]
IS_DARK = (
    "() => getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'"
)


@pytest.mark.parametrize("name", DECIDED)
def test_a_phone_answers_without_scrolling(
    town: str, browser: Browser, name: str
) -> None:
    with window(browser, town) as page:
        page.set_viewport_size(PHONE)
        page.goto(address_of(name))
        for place in ("h1", "#is-it-true", "#did-they-say-it", "#why"):
            expect(page.locator(place)).to_be_in_viewport()
        box = page.locator("#why + .sp-prose").bounding_box()
        assert box is not None
        assert box["y"] + 20 < PHONE["height"]  # its first line


def test_what_is_folded_away_is_printed_on_white_paper(
    town: str, browser: Browser
) -> None:
    with window(browser, town) as page:
        page.goto(address_of("claim, refuted"))
        question = page.locator("details .sp-plain").first
        expect(question).not_to_be_visible()
        page.emulate_media(media="print", color_scheme="dark")
        expect(question).to_be_visible()
        expect(page.locator(".masthead nav")).not_to_be_visible()
        assert not page.evaluate(IS_DARK)


def test_a_citation_is_copied_by_a_button(town: str, browser: Browser) -> None:
    with window(
        browser, town, permissions=["clipboard-read", "clipboard-write"]
    ) as page:
        page.goto(address_of("claim, refuted"))
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_text("Copied")).to_be_visible()
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == page.get_by_label("How to cite it").input_value()


def test_evidence_that_is_folded_away_is_found_by_its_link(
    town: str, browser: Browser
) -> None:
    with window(browser, town) as page:
        page.goto(address_of("claim, misleading"))
        for link in page.get_by_role("link", name="What shows it").all():
            link.click()
            target = (link.get_attribute("href") or "").removeprefix("#")
            expect(page.locator(f"[id='{target}']")).to_be_visible()


def test_the_style_page_of_contributors_has_no_fault(
    town: str, browser: Browser, settings
) -> None:
    settings.TRACKER_DEBUG = True
    with window(browser, town) as page:
        page.goto(reverse("styleguide"))
        expect(page.get_by_role("heading", name="Light and dark")).to_be_visible()
        assert faults(page) == []
        assert overflow(page) == []
