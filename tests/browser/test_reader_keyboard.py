"""A reader with a keyboard alone: finds a claim, its evidence, and what changed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.people import tab_to
from tests.browser.windows import window

#: Where the focus is, and whether it can be seen there.
FOCUS_IS_SEEN = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.fixture
def reader(browser: Browser, town: str) -> Iterator[Page]:
    with window(browser, town) as page:
        yield page


def press(page: Page, target: Locator) -> None:
    """Go to a link or button as Tab goes there, see the focus, and press Enter."""
    tab_to(page, target)
    assert page.evaluate(FOCUS_IS_SEEN)
    page.keyboard.press("Enter")


def test_a_reader_finds_a_claim_and_its_corrections_with_the_keyboard_alone(
    reader: Page,
) -> None:
    page = reader
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    press(page, page.get_by_role("link", name="All claims"))

    tab_to(page, page.get_by_label("Words"))
    page.keyboard.type("votes")
    page.keyboard.press("Enter")
    claim = page.get_by_role("link", name="by 17 votes to 9, with two abstentions")
    press(page, claim)
    expect(page.get_by_role("heading", level=1)).to_contain_text("17 votes to 9")

    definition = page.get_by_text("What “Correct in part” means")
    press(page, definition)
    expect(page.locator("details[open]").first).to_be_visible()
    press(page, page.get_by_role("link", name="Every version of this page"))
    expect(page).to_have_url(re.compile("/history/$"))
    expect(page.get_by_text("Verified").first).to_be_visible()
