"""People of the desk at their windows, told apart by what they do there."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

MAX_TABS = 200


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _press in range(MAX_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached with Tab")


@dataclass(frozen=True)
class Colleague:
    """Somebody with an account, at a window of their own."""

    page: Page
    user: User
    password: str

    def log_in(self) -> None:
        self.page.goto("/admin/")
        self.page.get_by_label("Username:").fill(self.user.username)
        self.page.get_by_label("Password:").fill(self.password)
        self.page.get_by_role("button", name="Log in").click()
        expect(self.page.locator("#user-tools")).to_contain_text(self.user.username)

    def open_claim(self, text: str) -> None:
        """Find a claim as people do: by its words, in the list."""
        self.page.goto("/admin/")
        self.page.locator("#claims-claim").get_by_role("link", name="Claims").click()
        self.page.locator("#searchbar").fill(text)
        self.page.keyboard.press("Enter")
        self.page.locator("#result_list").get_by_role("link", name=text).click()

    def cite(self, title: str, quotation: str, stance: str, page_number: str) -> None:
        """Add a citation to the claim on the screen, and save."""
        group = self.page.locator("#citations-group")
        if not group.locator("details").first.evaluate("details => details.open"):
            group.locator("summary").first.click()
        group.get_by_role("button", name="Add another Citation").click()
        row = group.locator(".inline-related:not(.empty-form)").last
        row.locator(".field-document .select2-selection").click()
        self.page.locator(".select2-dropdown .select2-search__field").fill(title)
        self.page.get_by_role("option", name=title).click()
        row.get_by_label("Stance").select_option(stance)
        row.get_by_label("Quotation:", exact=True).fill(quotation)
        row.get_by_label("Kind of locator").select_option("page")
        row.get_by_role("textbox", name="Locator:").fill(page_number)
        self.save()

    def begin_assessment(self, **fields: str) -> None:
        self.page.get_by_role("link", name="Begin an assessment").click()
        self.fill_assessment(**fields)

    def fill_assessment(self, status: str = "", **fields: str) -> None:
        if status:
            self.page.get_by_label("Verification status").select_option(label=status)
        for name, text in fields.items():
            self.page.locator(f"#id_{name}").fill(text)
        self.save()

    def save(self) -> None:
        self.page.get_by_role("button", name="Save and continue editing").click()
        expect(self.page.locator(".messagelist .success")).to_be_visible()

    def offer(self, move: str) -> Locator:
        return self.page.locator(".desk-moves").get_by_role("link", name=f"{move} …")

    def move(self, move: str, reason: str = "") -> None:
        """Take a move that is offered, through its confirmation page."""
        self.offer(move).click()
        if reason:
            self.page.get_by_label("Reason").fill(reason)
        self.page.get_by_role("button", name=move).click()
        expect(self.page.locator(".messagelist .success")).to_contain_text(move)
