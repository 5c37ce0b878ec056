"""Every public page: axe finds nothing, nothing is cut off, no script is needed."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import URLPattern, get_resolver, reverse
from playwright.sync_api import Browser, Page, expect

from claims.models import Article
from claims.models.record import PublishedClaim, PublishedDocument, PublishedSource
from claims.workflow.roles import EDITORS
from tests.browser.windows import faults, overflow, window
from tests.factories import (
    make_article,
    make_claim,
    make_source,
    make_user,
    move,
    release_article,
)
from tests.serving import serving

LONG_WORD = "Brückenzustandsfeststellungsverordnung" * 4
#: Addresses that no reader opens in a browser.
FOR_MACHINES = {"robots", "healthz"}


@pytest.fixture(scope="module")
def town(browser: Browser, module_database) -> Iterator[str]:
    """Serve the invented demo, with the pages that it lacks."""
    call_command("loaddata", "town_demo", verbosity=0)
    article = make_article(display="excerpts")
    make_claim(article, text=f"An excerpt: {LONG_WORD}")
    taken_down = make_claim(article, source=make_source(name=LONG_WORD))
    release_article(article)
    move("take_down", taken_down, make_user(EDITORS), reason="A court said so.")
    with serving() as address:
        yield address


# Which pages there are

Find = Callable[[], Any]


def claim(**filters: Any) -> Find:
    return lambda: [PublishedClaim.objects.filter(**filters).first().pk]


def article(display: str) -> Find:
    return lambda: [Article.objects.get(display=display).slug]


def busiest(model: Any, order: str, field: str) -> Find:
    return lambda: [getattr(model.objects.order_by(order).first(), field)]


def nothing() -> list[str]:
    return []


#: A page in words → name of its address, what that takes, its query, its answer.
PAGES: dict[str, tuple[str, Find, str, int]] = {
    "overview": ("overview", nothing, "", 200),
    "claims": ("claim_list", nothing, "", 200),
    "claims, filtered": ("claim_list", nothing, "?status=verified&sort=-text", 200),
    "claims, none left": ("claim_list", nothing, "?words=zebra&status=refuted", 200),
    "articles": ("article_list", nothing, "", 200),
    "article in full": ("article_detail", article("full"), "", 200),
    "article in excerpts": ("article_detail", article("excerpts"), "", 200),
    "sources": ("source_list", nothing, "", 200),
    "source": ("source_detail", busiest(PublishedSource, "-said_by", "slug"), "", 200),
    "source, protected": (
        "source_detail",
        lambda: [PublishedSource.objects.get(name__startswith="a former member").slug],
        "",
        200,
    ),
    "documents": ("document_list", nothing, "", 200),
    "document": (
        "document_detail",
        busiest(PublishedDocument, "-use_count", "pk"),
        "",
        200,
    ),
    "document, dead link": (
        "document_detail",
        lambda: [PublishedDocument.objects.get(link_state="dead").pk],
        "",
        200,
    ),
    "corrections": ("correction_list", nothing, "", 200),
    "methodology": ("methodology", nothing, "", 200),
    "about": ("about", nothing, "", 200),
    "claim under re-check": (
        "claim_detail",
        claim(rechecking_since__isnull=False),
        "",
        200,
    ),
    "claim, withdrawn": ("claim_detail", claim(state="withdrawn"), "", 200),
    "claim, retracted": ("claim_detail", claim(state="retracted"), "", 410),
    "claim, taken down": ("claim_detail", claim(state="taken_down"), "", 410),
    "claim, corrected": (
        "claim_detail",
        claim(notices__kind="correction", status="partly-verified"),
        "",
        200,
    ),
    "claim, no longer current": (
        "claim_detail",
        claim(text__contains="chairs the works committee"),
        "",
        200,
    ),
    "claim with a long word": ("claim_detail", claim(text__contains="Brücke"), "", 200),
    "history": ("claim_history", claim(notices__kind="correction"), "", 200),
    "no such page": ("claim_detail", lambda: ["0000000000"], "", 404),
    **{
        f"claim, {status}": ("claim_detail", claim(status=status), "", 200)
        for status in (
            "unverified",
            "in-review",
            "verified",
            "misleading",
            "refuted",
            "disputed",
            "outdated",
            "unverifiable",
            "not-rated",
        )
    },
}


def address_of(name: str) -> str:
    view, find, query, _answer = PAGES[name]
    return reverse(view, args=find()) + query


def test_every_public_address_is_looked_at() -> None:
    public = {
        entry.name
        for entry in get_resolver("claims.views.urls").url_patterns
        if isinstance(entry, URLPattern)
    }
    assert {view for view, *_rest in PAGES.values()} == public - FOR_MACHINES


# What is looked for


@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_has_no_fault_in_any_width_or_colours(
    town: str, browser: Browser, name: str
) -> None:
    with window(browser, town) as page:
        response = page.goto(address_of(name))
        assert response is not None
        assert response.status == PAGES[name][3]
        assert faults(page) == []
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
            assert page.locator("body").inner_text() == words, name


def test_a_reader_without_javascript_filters_sorts_and_follows_a_claim(
    plain_page: Page,
) -> None:
    page = plain_page
    page.goto("/")
    page.get_by_role("link", name="Claims", exact=True).click()
    page.get_by_role("link", name="Changed").click()
    page.get_by_text("Filter this list").click()
    page.get_by_label("Words").fill("bridge 1871")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Changed")
    expect(page.locator(".filters-on")).to_contain_text("Words: bridge 1871")
    expect(page.locator("tbody tr")).to_have_count(1)

    page.get_by_role("link", name="Remove the filter “Words”").click()
    expect(page.locator("tbody tr")).not_to_have_count(1)
    page.get_by_role("link", name="The Maltings Bridge was built in 1871.").click()
    expect(page.locator(".sp-status")).to_contain_text("Verified.")

    page.get_by_role("link", name="Every version of this page").click()
    page.get_by_text("Why, and on what evidence").click()
    expect(page.locator("details[open] .sp-prose")).to_be_visible()


def test_a_place_in_the_text_and_its_claim_lead_to_each_other(plain_page: Page) -> None:
    page = plain_page
    page.goto(address_of("article in full"))
    page.get_by_role("link", name="Claim 3 in the text").click()
    expect(page).to_have_url(re.compile("#claim-"))
    page.locator(".marked-text a.mark-end").first.click()
    expect(page).to_have_url(re.compile("#listed-"))


def test_an_empty_tracker_has_no_fault_either(page: Page) -> None:
    for view in ("overview", "claim_list", "correction_list"):
        page.goto(reverse(view))
        assert faults(page) == [], view
        assert overflow(page) == [], view
