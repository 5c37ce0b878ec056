"""The article page: notes and passages lead to each other, statuses filter, it prints."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.public_pages import address_of
from tests.browser.windows import WIDE, faults, overflow, window
from tests.factories import SENTENCES, make_article, make_claim, release_article
from tests.serving import serving

FULL = "article in full"


@pytest.fixture(scope="module")
def town(browser: Browser, town_database) -> Iterator[str]:
    """Serve the invented demo, and two excerpts of different statuses."""
    article = make_article(display="excerpts", slug="two-excerpts")
    claims = [make_claim(article, words) for words in SENTENCES[:2]]
    statuses = ("unverified", "in-review")
    release_article(article, listed=dict(zip(claims, statuses, strict=True)))
    with serving() as address:
        yield address


@pytest.fixture
def article(town: str, browser: Browser) -> Iterator[Page]:
    """Open the article in a wide window."""
    with window(browser, town) as page:
        page.goto(address_of(FULL))
        yield page


@pytest.fixture
def plain_article(town: str, browser: Browser) -> Iterator[Page]:
    with window(browser, town, java_script_enabled=False) as page:
        page.goto(address_of(FULL))
        yield page


def notes(page: Page) -> Locator:
    return page.locator(".claim-note:visible")


def note(page: Page, number: int) -> Locator:
    return page.locator(f".claim-note[data-claim='{number}']")


def mark(page: Page, number: int) -> Locator:
    return page.locator(f"mark[data-claim='{number}']").first


def top(place: Locator) -> float:
    box = place.bounding_box()
    assert box is not None
    return box["y"]


# Filtered


def test_a_status_is_chosen_without_loading_the_page_anew(article: Page) -> None:
    article.evaluate("window.isSamePage = true")
    text = article.locator(".annotated > p").all_inner_texts()
    verified = article.get_by_role("button", name="Verified 5")
    verified.click()
    expect(article).to_have_url(re.compile(r"\?status=verified$"))
    expect(notes(article)).to_have_count(5)
    expect(verified).to_have_attribute("aria-pressed", "true")
    expect(article.get_by_role("status")).to_have_text("5 of 22 claims shown: Verified")
    assert article.locator(".annotated > p").all_inner_texts() == text

    verified.click()
    expect(notes(article)).to_have_count(22)
    expect(article).to_have_url(re.compile(r"bridge/$"))
    expect(article.get_by_role("status")).to_have_text("All 22 claims shown")
    assert article.evaluate("window.isSamePage")


def test_the_same_address_filters_without_scripts(plain_article: Page) -> None:
    page = plain_article
    page.get_by_role("link", name="Verified 5").click()
    expect(page).to_have_url(re.compile(r"\?status=verified$"))
    expect(notes(page)).to_have_count(5)
    expect(page.get_by_role("link", name="Verified 5")).to_have_attribute(
        "aria-current", "true"
    )
    # The symbol of a claim that is filtered away leads to the page with every claim.
    page.get_by_role("link", name="Claim 2: Refuted").click()
    expect(page).to_have_url(re.compile(r"bridge/\?#listed-"))
    expect(notes(page)).to_have_count(22)


def test_a_filtered_address_opens_filtered_and_can_be_widened(
    article: Page, town: str
) -> None:
    article.goto(f"{address_of(FULL)}?status=refuted")
    expect(notes(article)).to_have_count(1)
    article.get_by_role("link", name="Claim 3: Verified").click()
    expect(notes(article)).to_have_count(22)
    expect(article).to_have_url(re.compile(r"bridge/#listed-"))
    expect(note(article, 3)).to_be_in_viewport()


def test_statuses_are_chosen_by_keyboard_alone(article: Page) -> None:
    refuted = article.get_by_role("button", name="Refuted 1")
    refuted.focus()
    article.keyboard.press("Space")
    expect(notes(article)).to_have_count(1)
    expect(refuted).to_be_focused()
    article.keyboard.press("Enter")
    expect(notes(article)).to_have_count(22)
    article.keyboard.press("Tab")
    expect(article.get_by_role("button", name="Evidence disagrees")).to_be_focused()


def test_excerpts_are_filtered_with_their_passages(article: Page) -> None:
    article.goto(reverse("article_detail", args=["two-excerpts"]))
    excerpts = article.locator(".excerpt:visible")
    expect(excerpts).to_have_count(2)
    article.get_by_role("button", name="Being checked 1").click()
    expect(excerpts).to_have_count(1)
    expect(excerpts.locator("mark")).to_have_text(SENTENCES[1])
    article.get_by_role("button", name="All 2").click()
    expect(excerpts).to_have_count(2)


def test_a_single_status_leaves_nothing_to_choose(article: Page) -> None:
    article.goto(address_of("article in excerpts"))
    expect(article.locator(".excerpt")).to_be_visible()
    expect(article.locator(".by-status")).to_have_count(0)


def test_a_filtered_article_has_no_fault(article: Page) -> None:
    article.get_by_role("button", name="Verified 5").click()
    mark(article, 3).hover()
    assert faults(article) == []
    assert overflow(article) == []


# Linked both ways


def test_a_passage_and_its_note_light_up_together(article: Page) -> None:
    lit = re.compile(r"\blit\b")
    note(article, 3).hover()
    expect(mark(article, 3)).to_have_class(lit)
    mark(article, 4).hover()
    expect(note(article, 4)).to_have_class(lit)
    expect(note(article, 3)).not_to_have_class(lit)
    article.get_by_role("link", name="Claim 5: Verified").focus()
    expect(note(article, 5)).to_have_class(lit)
    expect(article.locator(".claim-note.lit")).to_have_count(1)


def test_links_lead_there_and_back_by_keyboard_and_without_scripts(
    plain_article: Page,
) -> None:
    page = plain_article
    page.get_by_role("link", name="Claim 12: Evidence disagrees").focus()
    page.keyboard.press("Enter")
    expect(note(page, 12)).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Claim 12 in the text")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("mark:target")).to_have_attribute("data-claim", "12")
    expect(mark(page, 12)).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(
        page.get_by_role("link", name="Claim 12: Evidence disagrees")
    ).to_be_focused()


# Laid out


def test_notes_stand_beside_their_paragraphs_or_below_the_note_before(
    article: Page,
) -> None:
    article.set_viewport_size(WIDE)
    end_of_note = 0.0
    for number in range(2, 23):
        start, paragraph = top(note(article, number)), mark(article, number)
        assert start >= end_of_note - 1
        assert start >= top(paragraph.locator("xpath=ancestor::p")) - 1
        box = note(article, number).bounding_box()
        assert box is not None
        end_of_note = box["y"] + box["height"]
    side, text = note(article, 3).bounding_box(), mark(article, 3).bounding_box()
    assert side is not None
    assert text is not None
    assert side["x"] > text["x"] + text["width"]


def test_on_a_phone_notes_stand_below_their_paragraph(article: Page) -> None:
    article.set_viewport_size({"width": 320, "height": 700})
    paragraph = mark(article, 4).locator("xpath=ancestor::p").bounding_box()
    assert paragraph is not None
    assert top(note(article, 4)) >= paragraph["y"] + paragraph["height"]
    assert top(note(article, 6)) < top(mark(article, 7))


def test_it_prints_the_text_and_then_the_claims_with_their_addresses(
    article: Page,
) -> None:
    article.emulate_media(media="print")
    article.set_viewport_size({"width": 700, "height": 1000})
    last_paragraph = top(article.locator(".annotated > p").last)
    heading = article.get_by_role("heading", name="The claims", exact=True)
    assert last_paragraph < top(heading) < top(note(article, 1))
    tops = [top(note(article, number)) for number in range(1, 23)]
    assert tops == sorted(tops)
    expect(article.locator(".by-status")).to_be_hidden()
    address = article.locator(".note-claim").first.evaluate(
        "(link) => getComputedStyle(link, '::after').content"
    )
    assert re.search(r"\(https?://.*/claims/\w{10}/\)", address)
