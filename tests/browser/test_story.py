"""The story: a claim is checked, returned, signed, published, corrected, and read.

Three people, each at a window of their own; everything is typed and clicked, and the
way from submitting to signing is gone with the keyboard alone.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from claims.models import Claim
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.browser.people import Colleague, tab_to
from tests.browser.windows import window
from tests.factories import (
    SENTENCES,
    let_be_found,
    make_article,
    make_claim,
    make_copy,
    make_document,
    make_user,
    release_article,
)

PASSWORD = "a long password of one's own"
CLAIM = "Elmbrook has 5,000 inhabitants."
REGISTER = "Register of residents, spring 2026"
COUNTED = "On 1 March 2026 the register held 5,012 residents."
CENSUS = "Recount of the register, summer 2026"
RECOUNTED = "The recount found 4,310 residents; 702 had moved away."

FIRST_SUMMARY = "The register counts 5,012."
BETTER_SUMMARY = "The town's register of residents counts 5,012, within the rounding."
CORRECTED_SUMMARY = "That was the register's figure; a recount found 4,310."
RETURN_REASON = "Say which register, and what rounding allows."
NOTICE = "The register was recounted after we published: it had 702 too many."


@dataclass(frozen=True)
class Cast:
    researcher: Colleague
    editor: Colleague
    reader: Page
    claim: Claim


@pytest.fixture
def cast(browser: Browser, live_site: str) -> Iterator[Cast]:
    """Three people, a released article with a claim, and two documents to cite."""
    article = make_article()
    claim = make_claim(article, SENTENCES[0], text=CLAIM)
    let_be_found(claim)
    release_article(article)
    make_copy(make_document(title=REGISTER), COUNTED)
    make_copy(make_document(title=CENSUS), RECOUNTED)
    with ExitStack() as windows:
        researcher, editor, reader = (
            windows.enter_context(window(browser, live_site)) for _ in range(3)
        )
        rita = make_user(RESEARCHERS, username="rita", password=PASSWORD)
        emil = make_user(EDITORS, username="emil", password=PASSWORD)
        yield Cast(
            Colleague(researcher, rita, PASSWORD),
            Colleague(editor, emil, PASSWORD),
            reader,
            claim,
        )


def test_a_claim_goes_its_way_from_the_desk_to_the_reader_and_is_corrected(
    cast: Cast,
) -> None:
    cast.researcher.log_in()
    cast.editor.log_in()
    reader_is_told(cast, "Not checked yet.")

    researcher_cites_and_submits(cast.researcher)
    researcher_cannot_sign(cast.researcher)
    editor_returns_it(cast.editor)
    researcher_is_told_and_changes_it(cast.researcher)
    researcher_submits_and_editor_signs_with_the_keyboard_alone(cast)
    reader_is_told(cast, "Not checked yet.")
    cast.editor.move("Publish")

    reader_is_told(cast, f"Verified. {BETTER_SUMMARY}")
    expect(cast.reader.locator(".sp-evidence")).to_contain_text(REGISTER)
    expect(cast.reader.locator(".sp-evidence blockquote")).to_have_text(COUNTED)

    researcher_drafts_a_correction(cast.researcher)
    reader_is_told(cast, f"Verified. {BETTER_SUMMARY}")
    cast.researcher.move("Submit for sign-off")
    editor_opens_what_waits(cast.editor)
    cast.editor.move("Sign off")
    cast.editor.move("Publish")

    reader_is_told(cast, f"Correct in part. {CORRECTED_SUMMARY}")
    reader_sees_both(cast.reader)


# The researcher


def researcher_cites_and_submits(rita: Colleague) -> None:
    rita.open_claim(CLAIM)
    rita.cite(REGISTER, COUNTED, "supports", "1")
    rita.begin_assessment(
        status="Verified",
        as_of="2026-03-02",
        summary=FIRST_SUMMARY,
        rationale="The register is kept by law and counts everybody.",
    )
    rita.move("Submit for sign-off")


def researcher_cannot_sign(rita: Colleague) -> None:
    expect(rita.page.get_by_text("State: submitted")).to_be_visible()
    expect(rita.offer("Sign off")).to_have_count(0)
    address = rita.page.url.replace("/change/", "/move/sign_off/")
    response = rita.page.goto(address)
    assert response is not None
    assert response.status == 403
    expect(rita.page.locator(".errornote")).to_have_text(
        "“Sign off” is for Editors. Ask one of them."
    )


def researcher_is_told_and_changes_it(rita: Colleague) -> None:
    rita.page.goto("/admin/claims/document/")
    banner = rita.page.locator(".desk-returned")
    expect(banner).to_contain_text(RETURN_REASON)
    banner.get_by_role("link", name=CLAIM).click()
    rita.fill_assessment(summary=BETTER_SUMMARY)


def researcher_drafts_a_correction(rita: Colleague) -> None:
    rita.open_claim(CLAIM)
    rita.cite(CENSUS, RECOUNTED, "contradicts", "3")
    rita.page.get_by_role("link", name="Begin an assessment").click()
    rita.page.get_by_label("Kind of correction").select_option(label="status changed")
    rita.fill_assessment(
        status="Correct in part",
        as_of="2026-07-01",
        summary=CORRECTED_SUMMARY,
        rationale="The recount went from door to door.",
        part_that_holds="The register said so in March.",
        part_that_fails="So many did not live there.",
        notice=NOTICE,
    )


# The editor


def editor_opens_what_waits(emil: Colleague) -> None:
    emil.page.goto("/admin/")
    emil.page.get_by_role("link", name="To sign off").click()
    emil.page.locator("#result_list").get_by_role("link", name=CLAIM).click()


def editor_returns_it(emil: Colleague) -> None:
    editor_opens_what_waits(emil)
    emil.move("Return to the author", reason=RETURN_REASON)


# Both, with the keyboard alone


def researcher_submits_and_editor_signs_with_the_keyboard_alone(cast: Cast) -> None:
    rita, emil = cast.researcher.page, cast.editor.page
    confirm_with_the_keyboard(cast.researcher, "Submit for sign-off")
    expect(rita.locator(".desk-returned")).to_have_count(0)

    emil.goto("/admin/")
    follow_with_the_keyboard(emil, "To sign off")
    follow_with_the_keyboard(emil, CLAIM)
    confirm_with_the_keyboard(cast.editor, "Sign off")


def follow_with_the_keyboard(page: Page, name: str) -> None:
    tab_to(page, page.locator("#content-main").get_by_role("link", name=name))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def confirm_with_the_keyboard(colleague: Colleague, move: str) -> None:
    page = colleague.page
    tab_to(page, colleague.offer(move))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("button", name=move))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text(move)


# The reader


def reader_is_told(cast: Cast, finding: str) -> None:
    cast.reader.goto(f"/claims/{cast.claim.public_id}/")
    cast.reader.reload()  # a browser may keep a page for a minute
    expect(cast.reader.locator("h1")).to_have_text(CLAIM)
    expect(cast.reader.locator(".sp-status")).to_contain_text(finding)


def reader_sees_both(reader: Page) -> None:
    expect(reader.locator(".sp-evidence")).to_contain_text(REGISTER)
    expect(reader.locator(".sp-evidence")).to_contain_text(RECOUNTED)
    expect(reader.locator(".sp-notices")).to_contain_text(NOTICE)

    reader.get_by_role("link", name="Every version of this page").click()
    versions = reader.locator(".versions")
    expect(versions).to_contain_text(BETTER_SUMMARY)
    expect(versions).to_contain_text(CORRECTED_SUMMARY)
    expect(versions).not_to_contain_text(FIRST_SUMMARY)

    reader.get_by_role("link", name="Corrections", exact=True).click()
    entry = reader.locator(".corrections > li", has_text=CLAIM)
    expect(entry).to_contain_text(NOTICE)
    expect(entry.locator(".verdicts")).to_contain_text("Before: Verified")
    expect(entry.locator(".verdicts")).to_contain_text("After: Correct in part")
