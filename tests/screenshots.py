"""`make screenshots`: a picture of every page, wide and narrow, in light and in dark.

    python -m tests.screenshots [--to FOLDER] [--only WORDS] [--language CODE]
    python -m tests.screenshots --guide

The pictures show the demo in a throw-away database and are for looking at. With
--guide those that README and guide show are taken anew, into docs/.
"""

import argparse
import itertools
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
WIDTHS = (375, 1280)
COLOURS = ("light", "dark")
HEIGHT = 800
#: A page → the guide's picture of it, and how much of the page it shows.
GUIDE = {
    "claim, refuted": ("status_page", 1280, 1000),
    "article in full": ("article", 1280, 1000),
    "desk, index": ("desk", 1280, 800),
    "desk, claim": ("desk_claim", 1280, 1000),
    "desk, workspace": ("desk_workspace", 1280, 900),
}


def main() -> None:
    options = parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        choose_settings(Path(folder), options.language)
        place = PROJECT / "docs" if options.guide else options.to
        place.mkdir(parents=True, exist_ok=True)
        with demo() as site, chromium() as browser:
            if options.guide:
                taken = take_guide(browser, site, place)
            else:
                taken = take_all(browser, site, options.only, place)
    sys.stdout.write(f"{taken} pictures in {place}\n")
    sys.exit(0 if taken else f"No page is called {options.only!r}.")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    made.add_argument("--to", type=Path, default=PROJECT / "screenshots")
    made.add_argument("--only", default="", help="part of a page's name, or a pattern")
    made.add_argument("--guide", action="store_true", help="only the guide's, to docs/")
    made.add_argument("--language", default="en", help="de, ar …")
    return made


def choose_settings(folder: Path, language: str) -> None:
    os.environ |= {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        "DJANGO_SETTINGS_MODULE": "tracker.settings",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "TRACKER_COLLECTED_STATIC": "off",
        "TRACKER_DATA_DIR": str(folder),
        "TRACKER_LANGUAGE": language,
        "TRACKER_REPORT_EMAIL": "errors@claims.example",
        "TRACKER_SITE_URL": "http://claims.example",
    }


@contextmanager
def demo() -> Iterator[str]:
    """Serve both demo stories, with a desk at work on them."""
    import django
    from django.core.management import call_command

    django.setup()
    from tests.browser.public_pages import load_town
    from tests.serving import serving

    call_command("migrate", verbosity=0)
    load_town("libya_2016")
    with serving() as address:
        yield address


@contextmanager
def chromium() -> Iterator[Browser]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        sys.exit("No Chromium here (apt-get install chromium).")
    options = ["--no-sandbox"] if os.getuid() == 0 else []
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=found, args=options)


def pages() -> Iterator[tuple[str, str, bool]]:
    """Yield (name, address, whether the desk's login is needed)."""
    from tests.browser.desk_pages import DEMO_PAGES
    from tests.browser.public_pages import PAGES, address_of

    for name in PAGES:
        yield name, address_of(name), False
    for name, find in DEMO_PAGES.items():
        yield f"desk, {name}", find(), True


def take_all(browser: Browser, site: str, only: str, folder: Path) -> int:
    """Take the four pictures of each page whose name fits; return their number."""
    number = 0
    for name, address, is_desk in pages():
        if not re.search(only, name):
            continue
        cookies = desk_cookies(site) if is_desk else []
        stem = re.sub(r"\W+", "_", name)
        for width, colours in itertools.product(WIDTHS, COLOURS):
            size = {"width": width, "height": HEIGHT}
            file = folder / f"{stem}-{width}-{colours}.png"
            with opened(browser, site + address, size, colours, cookies) as page:
                page.screenshot(path=file, full_page=True)
            number += 1
    return number


def take_guide(browser: Browser, site: str, folder: Path) -> int:
    """Take the pictures that README and guide show; return their number."""
    for name, address, is_desk in pages():
        if name not in GUIDE:
            continue
        file, width, height = GUIDE[name]
        size = {"width": width, "height": height}
        cookies = desk_cookies(site) if is_desk else []
        with opened(browser, site + address, size, "light", cookies) as page:
            page.screenshot(path=folder / f"{file}.png")
    return len(GUIDE)


@contextmanager
def opened(
    browser: Browser, address: str, size: Any, colours: Any, cookies: Any
) -> Iterator[Page]:
    context = browser.new_context(viewport=size, color_scheme=colours)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def desk_cookies(site: str) -> list[dict[str, str]]:
    """Log the demo's editor in without a form; return the cookie of the session."""
    from tests.browser.desk_pages import demo_editor

    return desk_cookies_of(demo_editor().username, site)


def desk_cookies_of(username: str, site: str) -> list[dict[str, str]]:
    """Log somebody in without a form; return the cookie of the session."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.test import Client

    client = Client()
    client.force_login(User.objects.get(username=username))
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}]


if __name__ == "__main__":
    main()
