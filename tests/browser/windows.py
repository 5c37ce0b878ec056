"""Windows of the browser, and what is looked for on every page."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page, Response

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}
#: The narrowest width at which nothing may have to be scrolled sideways (WCAG 1.4.10).
NARROWEST = {"width": 320, "height": 800}

# Only what fails; and no reading of style sheets anew, which our policy refuses to axe.
BRIEFLY = {"resultTypes": ["violations"], "preload": False}
# Everything axe knows, and the size of targets (WCAG 2.2), which it leaves out unasked.
EVERYTHING = {**BRIEFLY, "rules": {"target-size": {"enabled": True}}}
# What a change of colours alone can break.
COLOURS = {**BRIEFLY, "runOnly": ["color-contrast", "link-in-text-block"]}

LOOKS = (
    (WIDE, "light", EVERYTHING),
    (PHONE, "dark", EVERYTHING),
    (WIDE, "dark", COLOURS),
    (PHONE, "light", COLOURS),
)

# Colours that still fade into each other are not the colours of the page. What is
# folded away may have begun to fade and never gets on with it: nothing is waited for.
STAND_STILL = """() => {
  for (const one of document.getAnimations()) {
    try { one.finish(); } catch { one.cancel(); }  // an endless one has no end
  }
}"""
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} refuses ${event.blockedURI}`));
"""
BEYOND_THE_WINDOW = """() => {
  const page = document.documentElement;
  const width = page.clientWidth;
  if (page.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter(
    (element) => element.getBoundingClientRect().right > width + 1);
  return [`${page.scrollWidth} wide`, ...wide.map((one) => one.outerHTML.slice(0, 120))];
}"""


@contextmanager
def window(browser: Browser, site: str, **options: Any) -> Iterator[Page]:
    """Open a window; what its pages complained about fails the test at the end."""
    context = browser.new_context(
        base_url=site, viewport=WIDE, reduced_motion="reduce", **options
    )
    context.set_default_timeout(15_000)
    context.add_init_script(REPORT_VIOLATIONS)
    page = context.new_page()
    complaints = complaints_of(page)
    try:
        yield page
    finally:
        context.close()
    if complaints:
        pytest.fail("\n".join(complaints))


def complaints_of(page: Page) -> list[str]:
    """Return a list that fills with errors of scripts, policy and parts of pages."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # A story may well meet a refusal (403, 409); its test says which.
        answered = message.text.startswith("Failed to load resource")
        if message.type in {"error", "warning"} and not answered:
            complaints.append(f"{page.url}: {message.text}")

    def check(response: Response) -> None:
        is_part = response.request.resource_type != "document"
        # A form that was sent in place and refused is answered with its errors.
        if is_part and response.status >= 400 and response.status != 422:
            complaints.append(f"{page.url}: {response.status} for {response.url}")

    page.on("console", hear)
    page.on("response", check)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    return complaints


def faults(page: Page, looks: Sequence[Any] = LOOKS) -> list[str]:
    """Return what axe finds on a page: wide and narrow, in light and in dark."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for size, colours, options in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=colours)
        page.evaluate(STAND_STILL)
        results = page.evaluate("(options) => axe.run(options)", options)
        found += [
            f"{violation['id']} at {size['width']}, {colours}: {node['html'][:150]} "
            f"({node['failureSummary']})"
            for violation in results["violations"]
            for node in violation["nodes"]
        ]
    return found


def overflow(page: Page) -> list[str]:
    """Return what reaches beyond the narrowest window."""
    page.set_viewport_size(NARROWEST)
    return page.evaluate(BEYOND_THE_WINDOW)
