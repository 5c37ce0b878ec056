"""A newer copy in a browser: no fault on its pages, decided by keys alone, no scripts."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from claims.models import Anchoring, Claim
from claims.workflow.roles import EDITORS
from tests.admin.pages import address_of
from tests.browser.people import Colleague, tab_to
from tests.browser.windows import LOOKS, faults, overflow, window
from tests.factories import (
    TEXT,
    add_text,
    make_article,
    make_claim,
    make_user,
    publish_claim,
)
from tests.serving import serving

PASSWORD = "a long password of one's own"
WORDS = ("Nobody was hurt.", "The old mill burned down in 1911.", "Elmbrook counts")


@dataclass(frozen=True)
class Desk:
    """A site with a rewritten article: one claim published, others not yet signed."""

    site: str
    claims: list[Claim]
    page: Page

    @property
    def passages(self) -> str:
        return address_of(self.claims[0].article.document, "passages")

    @property
    def news(self) -> str:
        claim = self.claims[0]
        news = claim.news.get().public_id
        return f"{address_of(claim).removesuffix('change/')}news/{news}/"


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    editor = make_user(EDITORS, username="emil", password=PASSWORD)
    article = make_article()
    claims = [make_claim(article, words) for words in WORDS]
    publish_claim(claims[0])
    changed = TEXT.replace("was hurt", "got hurt").replace("burned down", "burnt down")
    add_text(article.document, changed)
    with serving() as site, window(browser, site) as page:
        Colleague(page, editor, PASSWORD).log_in()
        yield Desk(site, claims, page)


@pytest.mark.parametrize("name", ["passages", "news", "claim"])
def test_a_page_has_no_fault_and_fits_the_narrowest_window(
    desk: Desk, name: str
) -> None:
    claim = desk.claims[0]
    address = {"passages": desk.passages, "news": desk.news}.get(name)
    response = desk.page.goto(address or address_of(claim))
    assert response is not None
    assert response.status == 200
    assert faults(desk.page, LOOKS) == []
    assert overflow(desk.page) == []


def test_a_place_is_confirmed_by_keys_alone(desk: Desk) -> None:
    page = desk.page
    page.goto(desk.passages)
    expect(page.locator("del")).not_to_have_count(0)
    row = page.locator(".desk-found").filter(has_text=desk.claims[0].text)
    tab_to(page, row.get_by_role("button", name="It stands here"))
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("confirmed by eye")
    decided = Anchoring.objects.get(appearance__claim=desk.claims[0])
    assert (decided.state, decided.decided_by.username) == ("confirmed", "emil")


def test_words_are_typed_where_there_are_no_scripts(
    desk: Desk, browser: Browser
) -> None:
    state = desk.page.context.storage_state()
    options = {"java_script_enabled": False, "storage_state": state}
    with window(browser, desk.site, **options) as page:
        page.goto(desk.passages)
        row = page.locator(".desk-found").filter(has_text=desk.claims[1].text)
        words = row.get_by_label("It stands at these words")
        words.fill("No such words.")
        row.get_by_role("button", name="It stands at these words").click()
        expect(page.locator(".errorlist")).to_contain_text("letter for letter")
        row.get_by_label("It stands at these words").fill("The old mill burnt down")
        row.get_by_role("button", name="It stands at these words").click()
        expect(page.locator(".messagelist .success")).to_be_visible()
    assert desk.claims[1].appearances.get().wording == "The old mill burnt down"


def test_new_information_is_settled_on_the_page_of_the_claim(desk: Desk) -> None:
    page = desk.page
    page.goto(address_of(desk.claims[0]))
    page.get_by_label("What follows").fill("The sense is the same.")
    page.get_by_role("button", name="Settle").click()
    expect(page.locator(".messagelist .success")).to_contain_text("Settled")
    expect(page.locator(".desk-news-row")).to_have_count(0)
