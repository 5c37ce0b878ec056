"""Every kind of public page: no accessibility fault, no sideways scroll, no complaint."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Browser

from claims.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedDocument,
    PublishedSource,
)
from tests.browser.windows import window

LISTS = ["", "claims/", "articles/", "sources/", "documents/", "corrections/"]
FIXED = ["methodology/", "about/", "claims/?status=refuted&words=inhabitants"]


def addresses() -> list[str]:
    claims = [
        PublishedClaim.objects.filter(status=status)[0]
        for status in ("disputed", "misleading", "unverifiable", "outdated")
    ]
    claims += list(PublishedClaim.objects.filter(state="withdrawn"))
    claims += list(PublishedClaim.objects.filter(rechecking_since__isnull=False))
    rows = [
        *claims,
        *PublishedArticle.objects.all(),
        PublishedSource.objects.filter(said_by__gt=2)[0],
        PublishedDocument.objects.filter(link_state="dead")[0],
    ]
    history = f"claims/{claims[0].pk}/history/"
    return [*LISTS, *FIXED, history, *(row.get_absolute_url()[1:] for row in rows)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_is_accessible(
    browser: Browser, live_site: str, scheme: str, width: int
):
    call_command("loaddata", "town_demo", "libya_2016", verbosity=0)
    with window(browser, live_site) as page:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for address in addresses():
            page.goto(f"{live_site}/{address}")
            faults = Axe().run(page).response["violations"]
            found = [(fault["id"], fault["nodes"][0]["target"]) for fault in faults]
            assert found == [], address
            beyond = "document.documentElement.scrollWidth - window.innerWidth"
            assert page.evaluate(beyond) <= 0, address
