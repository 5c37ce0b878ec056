"""The desk's tools: keys, the guard of unsaved words, menus, and none of it needed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Dialog, Locator, Page, expect

from claims.models import Citation, Claim, Source
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.browser.people import Colleague, tab_to
from tests.browser.windows import LOOKS, faults, window
from tests.factories import (
    let_be_found,
    make_article,
    make_claim,
    make_copy,
    make_document,
    make_source,
    make_user,
)
from tests.serving import serving

PASSWORD = "a long password of one's own"
REGISTER = "Register of residents, spring 2026"
COUNTED = "On 1 March 2026 the register held 5,012 residents."


@dataclass(frozen=True)
class Desk:
    site: str
    claims: list[Claim]
    source: Source
    page: Page


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    editor = make_user(EDITORS, username="emil", password=PASSWORD)
    make_user(RESEARCHERS, username="rita", password=PASSWORD)
    article = make_article()
    claims = [make_claim(article, assignee=editor) for _ in range(3)]
    source = make_source(
        name="The council of Elmbrook", aliases=["مجلس إلمبروك", "ECC"]
    )
    make_copy(make_document(title=REGISTER), COUNTED)
    with serving() as site, window(browser, site) as page:
        Colleague(page, editor, PASSWORD).log_in()
        yield Desk(site, claims, source, page)


@pytest.fixture
def page(desk: Desk) -> Page:
    """The editor's window, with the keys on."""
    desk.page.goto("/admin/")
    desk.page.evaluate("localStorage.clear(); sessionStorage.clear()")
    desk.page.reload()
    return desk.page


def change(row: object) -> str:
    name = row._meta.model_name  # type: ignore[attr-defined]
    return reverse(f"admin:claims_{name}_change", args=[row.pk])  # type: ignore[attr-defined]


def shortcuts(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Keyboard shortcuts")


# Keys


def test_question_mark_lists_the_keys_and_escape_gives_the_focus_back(page: Page):
    page.locator("[data-row]").first.focus()
    page.keyboard.press("?")
    expect(shortcuts(page)).to_be_visible()
    assert faults(page) == []

    for _press in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body"
            " || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(shortcuts(page)).to_be_hidden()
    expect(page.locator("[data-row]").first).to_be_focused()


def test_the_list_of_keys_opens_with_a_button_too(page: Page):
    page.get_by_role("button", name="Keyboard ?").click()
    expect(shortcuts(page)).to_be_visible()
    shortcuts(page).get_by_role("button", name="Close").click()
    expect(shortcuts(page)).to_be_hidden()


def test_keys_lead_through_the_desk(desk: Desk, page: Page):
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/claims/claim/")
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("g")
    page.keyboard.press("i")
    page.wait_for_url("**/admin/")

    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/**")
    first = page.url
    page.keyboard.press("n")
    page.wait_for_url(lambda url: url != first)
    page.keyboard.press("p")
    page.wait_for_url("**/preview/")


def test_s_saves_and_no_key_acts_while_somebody_types(desk: Desk, page: Page):
    page.goto(change(desk.claims[0]))
    page.wait_for_load_state("networkidle")
    role = page.locator("#id_role")
    role.press_sequentially("gcs?/jn")
    expect(role).to_have_value("gcs?/jn")
    expect(shortcuts(page)).to_be_hidden()

    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("s")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert Claim.objects.get(pk=desk.claims[0].pk).role == "gcs?/jn"


def test_keys_stay_switched_off_and_the_button_still_lists_them(page: Page):
    page.get_by_role("button", name="Keyboard ?").click()
    page.get_by_label("Shortcuts of one key are on").uncheck()
    page.keyboard.press("Escape")
    page.goto("/admin/claims/claim/")
    for key in ("?", "/", "j"):
        page.keyboard.press(key)
    expect(shortcuts(page)).to_be_hidden()
    expect(page.locator("#searchbar")).not_to_be_focused()

    page.get_by_role("button", name="Keyboard ?").click()
    page.get_by_label("Shortcuts of one key are on").check()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#searchbar")).to_be_focused()


# Unsaved words


def test_leaving_with_unsaved_words_asks_first(desk: Desk, page: Page):
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.goto(change(desk.claims[1]))
    page.wait_for_load_state("networkidle")
    page.locator("#id_role").press_sequentially("mayor")
    page.on("dialog", stay)
    page.get_by_role("link", name="Articles", exact=True).click()
    page.wait_for_timeout(300)
    page.remove_listener("dialog", stay)
    assert asked == ["beforeunload"]
    expect(page.locator("#id_role")).to_have_value("mayor")

    page.on("dialog", lambda dialog: asked.append(dialog.type) or dialog.accept())
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.get_by_role("link", name="Articles", exact=True).click()
    page.wait_for_url("**/claims/article/")
    assert asked == ["beforeunload"]


# Menus with search


def open_menu(page: Page, desk: Desk) -> Locator:
    page.goto(change(desk.claims[2]))
    page.wait_for_load_state("networkidle")
    tab_to(page, page.locator(".field-source [role=combobox]").first)
    page.keyboard.press("Enter")
    field = page.locator(".select2-dropdown .select2-search__field")
    expect(field).to_be_focused()
    return field


def test_an_open_menu_has_no_fault_and_says_how_much_it_found(desk: Desk, page: Page):
    field = open_menu(page, desk)
    expect(page.get_by_role("listbox", name="Source")).to_be_visible()
    expect(page.get_by_role("combobox", name="Source").last).to_be_focused()
    field.press_sequentially("council")
    expect(page.locator("#desk-results")).to_have_text("One result")
    assert faults(page) == []

    field.press_sequentially(" of nowhere")
    expect(page.locator("#desk-results")).to_have_text("No results")
    assert faults(page, LOOKS[:2]) == []
    page.keyboard.press("Escape")


@pytest.mark.parametrize("alias", ["ecc", "إلمبروك"])
def test_a_source_is_found_by_another_name_which_is_shown(
    desk: Desk, page: Page, alias: str
):
    open_menu(page, desk).press_sequentially(alias)
    option = page.get_by_role("option", name=desk.source.name)
    expect(option).to_contain_text(alias, ignore_case=True)
    page.keyboard.press("Enter")
    expect(page.locator("#id_source")).to_have_value(str(desk.source.pk))


# With the keyboard alone


def test_an_assessment_is_written_and_submitted_with_the_keyboard_alone(
    desk: Desk, page: Page
):
    text = "Keys alone are enough."
    let_be_found(make_claim(desk.claims[0].article, text=text, assignee=None))
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/claims/claim/")
    page.keyboard.press("/")
    page.keyboard.type("Keys alone")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
    press_in(page, page.locator("h1"), "j")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_navigation():
        page.keyboard.press("b")

    page.wait_for_load_state("networkidle")
    tab_to(page, page.get_by_label("Verification status"))
    page.keyboard.type("Opinion or")
    tab_to(page, page.get_by_label("As of"))
    page.keyboard.type("2026-03-02")
    tab_to(page, page.get_by_label("Summary"))
    page.keyboard.type("Written without a mouse.")
    tab_to(page, page.get_by_role("button", name="Save and continue editing"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messagelist .success")).to_be_visible()

    tab_to(page, page.locator(".desk-moves").get_by_role("link", name="Submit"))
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Submit for sign-off")).to_be_visible()


def press_in(page: Page, place: Locator, key: str) -> None:
    """Press a key with the focus on no field."""
    place.evaluate("() => document.activeElement?.blur()")
    page.keyboard.press(key)


# Without scripts


@pytest.fixture
def plain(browser: Browser, desk: Desk) -> Iterator[Page]:
    with window(browser, desk.site, java_script_enabled=False) as page:
        page.goto("/admin/")
        page.get_by_label("Username:").fill("rita")
        page.get_by_label("Password:").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        yield page


def test_without_scripts_a_document_is_cited_by_its_title_and_a_finding_submitted(
    desk: Desk, plain: Page
):
    claim = make_claim(desk.claims[0].article, text="Scripts are not needed.")
    plain.goto(change(claim))
    expect(plain.locator("[data-shortcuts]")).to_be_hidden()
    plain.get_by_role("link", name="Cite a document").click()
    plain.locator("[name=document-typed]").fill(REGISTER)
    plain.get_by_label("Stance").select_option("supports")
    plain.get_by_label("Quotation:", exact=True).fill(COUNTED)
    plain.get_by_label("Kind of locator").select_option("page")
    plain.get_by_label("Locator:", exact=True).fill("1")
    plain.get_by_role("button", name="Save", exact=True).click()

    expect(plain.locator(".desk-proof blockquote")).to_have_text(COUNTED)
    assert Citation.objects.get(claim=claim).document.title == REGISTER

    plain.get_by_role("link", name="Begin an assessment").click()
    plain.get_by_label("Verification status").select_option(label="Verified")
    plain.locator("#id_as_of").fill("2026-03-02")
    plain.locator("#id_summary").fill("The register says so.")
    plain.locator("#id_rationale").fill("It counts everybody.")
    plain.get_by_role("button", name="Save and continue editing").click()
    plain.locator(".desk-moves").get_by_role("link", name="Submit").click()
    expect(plain.get_by_role("button", name="Submit for sign-off")).to_be_visible()


def test_without_scripts_a_row_is_added_and_a_wrong_name_is_said(
    desk: Desk, plain: Page
):
    claim = make_claim(desk.claims[0].article, text="Rows come without scripts.")
    plain.goto(change(claim))
    plain.get_by_role("link", name="show an empty row in every section").click()
    plain.locator("#id_searches-0-looked_in").fill("the town archive")
    plain.locator("#id_searches-0-looked_for").fill("a register")
    plain.locator("#id_searches-0-searched_on").fill("2026-03-01")
    plain.locator("#id_searches-0-result").fill("None was kept.")
    plain.locator("[name=source-typed]").fill("Nobody of that name")
    plain.get_by_role("button", name="Save and continue editing").click()
    expect(plain.locator(".field-source .errorlist")).to_contain_text(
        "“Nobody of that name” is not here"
    )

    plain.locator("[name=source-typed]").fill(desk.source.name)
    plain.get_by_role("button", name="Save and continue editing").click()
    expect(plain.locator(".desk-proof")).to_contain_text("None was kept.")
    claim.refresh_from_db()
    assert claim.source == desk.source
