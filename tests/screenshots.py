"""`make screenshots`: a picture of every page, wide and narrow, in light and in dark.

    python -m tests.screenshots [--to FOLDER] [--only WORDS] [--language CODE]

The pictures show the demo in a throw-away database and are for looking at; the guide's
own pictures are among them.
"""

import argparse
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
WIDTHS = (375, 1280)
COLOURS = ("light", "dark")
HEIGHT = 800


def main() -> None:
    options = parser().parse_args()
    with tempfile.TemporaryDirectory() as folder:
        choose_settings(Path(folder), options.language)
        options.to.mkdir(parents=True, exist_ok=True)
        with demo() as site, chromium() as browser:
            taken = sum(
                take(browser, site, name, address, login, options.to)
                for name, address, login in pages()
                if re.search(options.only, name)
            )
    sys.stdout.write(f"{taken} pictures in {options.to}\n")
    sys.exit(0 if taken else f"No page is called {options.only!r}.")


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    made.add_argument("--to", type=Path, default=PROJECT / "screenshots")
    made.add_argument("--only", default="", help="part of a page's name, or a pattern")
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


def take(
    browser: Browser, site: str, name: str, address: str, login: bool, folder: Path
) -> int:
    """Take the four pictures of a page; return their number."""
    cookies = desk_cookies(site) if login else []
    number = 0
    for width in WIDTHS:
        for colours in COLOURS:
            context = browser.new_context(
                viewport={"width": width, "height": HEIGHT}, color_scheme=colours
            )
            context.add_cookies(cookies)
            page = context.new_page()
            page.goto(site + address)
            file = re.sub(r"\W+", "_", name)
            page.screenshot(
                path=folder / f"{file}-{width}-{colours}.png", full_page=True
            )
            context.close()
            number += 1
    return number


def desk_cookies(site: str) -> list[dict[str, str]]:
    """Log the demo's editor in without a form; return the cookie of the session."""
    from django.conf import settings
    from django.test import Client

    from tests.browser.desk_pages import demo_editor

    client = Client()
    client.force_login(demo_editor())
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    return [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}]


if __name__ == "__main__":
    main()
