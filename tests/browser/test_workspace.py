"""The workspace in a browser: by mouse, by keyboard alone, without scripts, in Arabic."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect

from claims.jobs.marking import suggest
from claims.models import Appearance, Article, Claim
from claims.workflow.desk_words import SuggestionState
from claims.workflow.roles import RESEARCHERS
from tests.browser.people import Colleague, tab_to
from tests.browser.windows import LOOKS, faults, overflow, window
from tests.factories import make_article, make_user
from tests.serving import serving

PASSWORD = "a long password of one's own"
# What counts as more than one in a browser, and what runs the other way, come first.
ENGLISH = (
    "👩‍🚒 Ça va: مرحبا بكم 𝒲 in Elmbrook\n\n"
    "The river rose by 40 centimetres in one night. "
    "The mayor, Ana Paz, said last month that the bridge was safe. "
    "Two of three shops have closed, according to a study by the Elm Institute."
)
ARABIC = "قال العمدة إن الجسر آمن تماما. ارتفع منسوب النهر 40 سنتيمترا في ليلة واحدة."
SELECT = """([words, block]) => {
  const node = [...document.querySelectorAll(".ws-block")].find(
    (one) => one.textContent.includes(words));
  const at = node.textContent.indexOf(words);
  const point = (left) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const length = walker.currentNode.data.length;
      if (left <= length) return [walker.currentNode, left];
      left -= length;
    }
  };
  const start = point(at), end = point(at + words.length);
  document.getSelection().setBaseAndExtent(...start, ...end);
}"""


@dataclass(frozen=True)
class Desk:
    site: str
    page: Page
    user: Colleague


@pytest.fixture(scope="module")
def desk(browser: Browser, module_database) -> Iterator[Desk]:
    user = make_user(RESEARCHERS, username="rita", password=PASSWORD)
    with serving() as site, window(browser, site) as page:
        rita = Colleague(page, user, PASSWORD)
        rita.log_in()
        yield Desk(site, page, rita)


@dataclass
class Workspace:
    """One article's workspace, open in a window."""

    page: Page
    article: Article

    @property
    def panel(self) -> Locator:
        return self.page.locator("#ws-panel")

    @property
    def said(self) -> Locator:
        return self.page.locator(".ws-said")

    def open(self, query: str = "") -> None:
        name = "admin:claims_article_workspace"
        self.page.goto(reverse(name, args=[self.article.pk]) + query)

    def select(self, words: str) -> None:
        """Select words as a finger does: no mouse, no key tells of it."""
        self.page.evaluate(SELECT, [words, None])

    def claims(self) -> list[str]:
        rows = Appearance.objects.filter(article=self.article)
        return sorted(rows.values_list("wording", flat=True))


def workspace(page: Page, text: str = ENGLISH, language: str = "en") -> Workspace:
    article = make_article(text=text)
    article.document.language = language
    article.document.save()
    suggest(article)
    opened = Workspace(page, article)
    opened.open()
    return opened


@pytest.fixture
def work(desk: Desk) -> Workspace:
    return workspace(desk.page)


@pytest.mark.parametrize(
    "words", ["مرحبا بكم", "in Elmbrook", "rose by 40 centimetres"]
)
def test_selected_words_are_those_of_the_stored_copy(work: Workspace, words: str):
    work.select(words)
    expect(work.panel.locator("#ws-words")).to_have_text(words)
    work.panel.get_by_label("in our own words").fill("It is so.")
    work.panel.get_by_label("it is unclear who").check()
    work.page.keyboard.press("Escape")
    work.panel.get_by_role("button", name="Mark a").click()
    expect(work.said).to_have_text("Marked: “It is so.”")
    appearance = Appearance.objects.get(article=work.article)
    place = appearance.passage
    assert ENGLISH[place.start : place.end] == appearance.wording == words
    expect(work.page.locator("mark.ws-claim")).to_have_text(words)


def test_a_mouse_selects_part_of_a_sentence(work: Workspace):
    work.select("bridge was")
    box = work.page.evaluate(
        """() => {
          const box = document.getSelection().getRangeAt(0).getBoundingClientRect();
          document.getSelection().removeAllRanges();
          return [box.left + 1, box.right - 1, (box.top + box.bottom) / 2];
        }"""
    )
    left, right, middle = box
    work.page.mouse.move(left, middle)
    work.page.mouse.down()
    work.page.mouse.move(right, middle, steps=4)
    work.page.mouse.up()
    expect(work.panel.locator("#ws-words")).to_have_text("bridge was")


def test_suggestions_take_one_key_each(work: Workspace):
    rows = list(work.article.suggestions.within(work.article.newest_copy))
    assert len(rows) == 3
    work.page.keyboard.press("j")
    expect(work.panel).to_have_attribute("data-kind", "suggestion")
    work.page.keyboard.press("a")
    expect(work.said).to_contain_text("Marked:")
    work.page.keyboard.press("x")
    expect(work.said).to_contain_text("Rejected.")
    work.page.keyboard.press("e")
    field = work.panel.get_by_label("in our own words")
    expect(field).to_be_focused()
    field.fill("Most shops closed.")
    work.panel.get_by_role("button", name="Accept").click()
    expect(work.said).to_have_text("Marked: “Most shops closed.”")
    expect(work.page.locator("#ws-progress")).to_contain_text(
        "3 of 3 suggestions decided"
    )
    for row in rows:
        row.refresh_from_db()
    accepted, rejected = SuggestionState.ACCEPTED, SuggestionState.REJECTED
    assert [row.state for row in rows] == [accepted, rejected, accepted]
    assert Claim.objects.filter(article=work.article).count() == 2


def test_keys_say_nothing_while_somebody_types(work: Workspace):
    work.page.keyboard.press("j")
    field = work.panel.get_by_label("in our own words")
    field.fill("")
    work.page.keyboard.type("axe")
    expect(field).to_have_value("axe")
    expect(work.panel).to_have_attribute("data-kind", "suggestion")
    assert not Claim.objects.filter(article=work.article).exists()


def test_boundaries_are_moved_by_selecting(work: Workspace):
    work.select("The river rose")
    work.panel.get_by_role("button", name="Mark a").click()
    expect(work.said).to_contain_text("Marked:")
    work.panel.get_by_text("Move its boundaries").click()
    form = work.panel.locator("form[action$='/boundaries/']")
    form.get_by_role("button", name="Select the words in the text").click()
    work.select("river rose by 40")
    expect(form.get_by_label("Words of the article")).to_have_value("river rose by 40")
    form.get_by_role("button", name="It stands at these words").click()
    expect(work.said).to_have_text("The claim stands at these words now.")
    assert work.claims() == ["river rose by 40"]


def test_a_claim_is_split_and_the_other_half_said_elsewhere(work: Workspace):
    work.select("The river rose by 40 centimetres in one night.")
    work.panel.get_by_role("button", name="Mark a").click()
    work.panel.get_by_text("Split it in two").click()
    work.panel.get_by_label("This claim").fill("The river rose.")
    work.panel.get_by_label("The other claim").fill("It took one night.")
    work.panel.get_by_role("button", name="Split").click()
    expect(work.said).to_have_text("Two claims now.")
    expect(work.panel.locator("h2")).to_have_text("It took one night.")
    other = Claim.objects.get(article=work.article, text="It took one night.")
    work.select("in Elmbrook")
    work.panel.get_by_text("These words say a claim again").click()
    work.panel.get_by_label("Claim", exact=True).fill(other.public_id)
    work.panel.get_by_role("button", name="It stands here too").click()
    expect(work.said).to_contain_text("stands here too")
    assert other.appearances.count() == 2


def test_background_is_marked_with_its_reason_and_filtered(work: Workspace):
    work.select("in one night")
    work.panel.get_by_text("Background, not checked one by one").click()
    work.panel.get_by_label("Why it is not checked").fill("Known to all.")
    work.panel.get_by_role("button", name="Mark as background").click()
    expect(work.panel).to_contain_text("Known to all.")
    work.page.get_by_label("Show", exact=True).select_option(label="background")
    expect(work.page.locator(".ws-list")).to_have_text("Background: in one night")


def test_what_is_refused_keeps_what_was_typed(work: Workspace):
    work.page.keyboard.press("j")
    work.panel.get_by_label("in our own words").fill("")
    work.panel.get_by_label("somebody the article names").check()
    work.panel.get_by_label("Source", exact=True).fill("Bo Li")
    work.panel.get_by_role("button", name="Accept").click()
    expect(work.panel.get_by_role("alert")).to_contain_text("Nothing was saved")
    expect(work.panel.get_by_label("Source", exact=True)).to_have_value("Bo Li")


def test_the_keyboard_alone_marks_and_decides(work: Workspace):
    page = work.page
    tab_to(page, page.locator("#ws-text"))
    for _press in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    words = page.evaluate("document.getSelection().toString()")
    page.keyboard.press("Enter")
    expect(work.panel.locator("#ws-words")).to_have_text(words)
    expect(work.panel.get_by_label("in our own words")).to_be_focused()
    page.keyboard.type(" Yes.")
    tab_to(page, work.panel.get_by_role("button", name="Mark a"))
    page.keyboard.press("Enter")
    expect(work.said).to_contain_text("Marked:")
    assert work.claims() == [words]
    assert len(words.split()) == 2


def test_a_colleagues_newer_copy_is_told_not_overwritten(work: Workspace):
    from tests.factories import make_copy

    work.select("The river rose")
    expect(work.panel).to_have_attribute("data-kind", "selection")
    make_copy(work.article.document, "Another text.")
    work.panel.get_by_role("button", name="Mark a").click()
    expect(work.panel.get_by_role("alert")).to_contain_text("another stored copy now")
    assert work.claims() == []


def test_from_right_to_left_arrows_follow_the_script(desk: Desk):
    work = workspace(desk.page, ARABIC, "ar")
    block = work.page.locator(".ws-block").first
    assert block.evaluate("one => getComputedStyle(one).direction") == "rtl"
    work.page.locator("#ws-text").focus()
    work.page.keyboard.press("ArrowLeft")
    work.page.keyboard.press("Shift+ArrowLeft")
    work.page.keyboard.press("Enter")
    expect(work.panel.locator("#ws-words")).to_have_text("العمدة إن")
    work.panel.get_by_label("it is unclear who").check()
    work.panel.get_by_role("button", name="Mark a").click()
    expect(work.said).to_contain_text("Marked:")
    assert work.claims() == ["العمدة إن"]


def test_without_scripts_it_is_a_plain_form(desk: Desk, browser: Browser):
    cookies = desk.page.context.cookies()
    with window(browser, desk.site, java_script_enabled=False) as page:
        page.context.add_cookies(cookies)
        work = workspace(page)
        page.get_by_text("Type the words instead").click()
        form = work.panel.locator("form[action$='/mark/']")
        form.get_by_label("Words of the article").fill("The river rose")
        form.get_by_label("in our own words").fill("It rose.")
        form.get_by_label("it is unclear who").check()
        form.get_by_role("button", name="Mark").click()
        expect(page.locator(".messagelist .success")).to_have_text("Marked: “It rose.”")
        page.locator("a.ws-end-suggestion").first.click()
        work.panel.get_by_role("button", name="Accept").click()
        page.locator("a.ws-end-suggestion").first.click()
        work.panel.get_by_role("button", name="Reject").click()
        expect(page.locator(".messagelist .success")).to_contain_text("Rejected.")
        assert work.article.suggestions.rejected().count() == 1
        assert len(work.claims()) == 2


@pytest.mark.parametrize("kind", ["overview", "suggestion", "selection", "claim"])
def test_no_panel_has_a_fault(work: Workspace, kind: str):
    if kind == "suggestion":
        work.page.keyboard.press("j")
    if kind in ("selection", "claim"):
        work.select("The river rose")
        expect(work.panel).to_have_attribute("data-kind", "selection")
    if kind == "claim":
        work.panel.get_by_role("button", name="Mark a").click()
    expect(work.panel).to_have_attribute("data-kind", kind)
    work.page.evaluate(
        "document.querySelectorAll('details').forEach(one => { one.open = true; })"
    )
    assert faults(work.page, LOOKS[:2]) == []
    assert overflow(work.page) == []
    work.page.set_viewport_size({"width": 1280, "height": 900})
