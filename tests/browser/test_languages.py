"""The public site from right to left, and with the long words of German."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, expect

from tests.browser.public_pages import PAGES, address_of
from tests.browser.windows import EVERYTHING, PHONE, WIDE, faults, overflow, window
from tests.serving import serving

#: The pages with the most on them; the others are made of the same parts.
MAIN_PAGES = (
    "overview",
    "claims, filtered",
    "article in full",
    "source",
    "document",
    "corrections",
    "methodology",
    "report of a claim",
    "claim, corrected",
    "claim, disputed",
)
#: Another direction can break a page at any width; longer words, a narrow one.
NARROW = ((PHONE, "dark", EVERYTHING),)
LOOKS_IN = {"ar": ((WIDE, "light", EVERYTHING), *NARROW), "de": NARROW}


@pytest.fixture(scope="module", params=["ar", "de"])
def language(request) -> str:
    return request.param


@pytest.fixture(scope="module")
def town(browser: Browser, town_database, language: str) -> Iterator[str]:
    with override_settings(LANGUAGE_CODE=language), serving() as address:
        yield address


def test_main_pages_have_no_fault_in_another_language(
    town: str, browser: Browser, language: str
) -> None:
    with window(browser, town) as page:
        for name in MAIN_PAGES:
            page.goto(address_of(name))
            expect(page.locator("html")).to_have_attribute("lang", language)
            assert faults(page, LOOKS_IN[language]) == [], name


def test_no_page_reaches_beyond_a_narrow_window_in_another_language(
    town: str, browser: Browser
) -> None:
    with window(browser, town) as page:
        one_of_each = {view: name for name, (view, *_rest) in PAGES.items()}
        for name in one_of_each.values():
            page.goto(address_of(name))
            assert overflow(page) == [], name


def test_a_page_from_right_to_left_begins_at_the_right(
    town: str, browser: Browser, language: str
) -> None:
    with window(browser, town) as page:
        page.goto(address_of("claims"))
        name = page.locator(".site-name").bounding_box()
        table = page.locator("th[scope=row]").first.bounding_box()
        assert name is not None
        assert table is not None
        middle = WIDE["width"] / 2
        begins_right = {name["x"] > middle, table["x"] + table["width"] > middle}
        assert begins_right == {language == "ar"}


def test_a_heading_in_another_language_begins_where_the_page_does(
    town: str, browser: Browser, language: str
) -> None:
    with window(browser, town) as page:
        page.goto(address_of("source"))
        side = page.locator("h1").evaluate("(one) => getComputedStyle(one).textAlign")
        assert side == {"ar": "right", "de": "left"}[language]
