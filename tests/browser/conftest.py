"""A Chromium, windows of it, and what a page may complain about."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.windows import window
from tests.serving import serving

PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
OPTIONS = ["--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("no Chromium here (apt-get install chromium)")
    # As root Chromium refuses to start with its sandbox. Playwright runs an event loop
    # in this thread, which Django would take for an asynchronous view.
    options = [*OPTIONS, "--no-sandbox"] if os.getuid() == 0 else OPTIONS
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=options)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="module")
def town(browser: Browser, town_database) -> Iterator[str]:
    """Serve every public page of the invented demo, and those that it lacks."""
    with serving() as address:
        yield address


@pytest.fixture
def page(browser: Browser, live_site: str) -> Iterator[Page]:
    """Open a window on the live site; a complaint in its console fails the test."""
    with window(browser, live_site) as page:
        yield page
