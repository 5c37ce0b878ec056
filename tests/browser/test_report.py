"""A reader reports an error: by keyboard, on a phone, without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from claims.models import CorrectionRequest, PublishedClaim
from claims.views.request_forms import LEAST_SECONDS
from tests.browser.people import tab_to
from tests.browser.windows import LOOKS, PHONE, faults, overflow, window
from tests.factories import publish_claim
from tests.serving import serving


@pytest.fixture(scope="module")
def site(browser: Browser, module_database) -> Iterator[str]:
    publish_claim()
    with serving() as address:
        yield address


@pytest.fixture
def phone(site: str, browser: Browser) -> Iterator[Page]:
    with window(browser, site, java_script_enabled=False) as page:
        page.set_viewport_size(PHONE)
        yield page


def wait_as_people_do(page: Page) -> None:
    page.wait_for_timeout(LEAST_SECONDS * 1000 + 200)


def test_a_reader_is_led_to_the_mistake_and_loses_nothing(phone: Page) -> None:
    claim = PublishedClaim.objects.get()
    page = phone
    page.goto(claim.get_absolute_url())
    page.get_by_role("link", name="Tell us").click()
    expect(page.locator("blockquote")).to_have_text(claim.text)
    tab_to(page, page.get_by_label("What shows it?"))
    page.keyboard.type("The register of 1911.")
    tab_to(page, page.get_by_label("You may name me in the correction"))
    page.keyboard.press("Space")
    wait_as_people_do(page)
    tab_to(page, page.get_by_role("button", name="Send"))
    page.keyboard.press("Enter")

    # The browser goes to what is wrong, and from there to the field.
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Please check: Report an error · Claim tracker")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#id_text:target")).to_be_visible()
    text = page.get_by_role("textbox", name="What is wrong?")
    expect(text).to_have_accessible_description("Say what is wrong.")
    expect(page.get_by_label("What shows it?")).to_have_value("The register of 1911.")

    text.fill("The year is wrong.")
    page.get_by_label("Name (optional)").fill("Ada Quill")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    request = CorrectionRequest.objects.get()
    expect(page.locator("main")).to_contain_text(request.public_id)
    assert (request.claim.public_id, request.text) == (claim.pk, "The year is wrong.")
    assert (request.name, request.may_be_named) == ("Ada Quill", True)
    assert not request.looks_like_spam


def test_no_person_comes_upon_the_field_that_is_to_stay_empty(phone: Page) -> None:
    phone.goto("/report/")
    expect(phone.get_by_label("Leave this field empty")).not_to_be_in_viewport()
    names = [box.get_attribute("name") for box in phone.get_by_role("textbox").all()]
    assert names == ["text", "evidence", "address", "name", "email"]
    tab_to(phone, phone.get_by_label("You may name me in the correction"))
    phone.keyboard.press("Tab")
    expect(phone.get_by_role("button", name="Send")).to_be_focused()


def test_a_form_with_mistakes_has_no_fault_in_any_width_or_colours(
    site: str, browser: Browser
) -> None:
    with window(browser, site) as page:
        page.goto("/report/")
        wait_as_people_do(page)
        page.get_by_label("Mail address").fill("ada")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
        assert faults(page, LOOKS) == []
        assert overflow(page) == []
