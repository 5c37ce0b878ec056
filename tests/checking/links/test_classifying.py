"""One answer, judged: every class of the table, and what must not be taken for it."""

import datetime
from dataclasses import replace

import pytest

from claims.checking.links import (
    Answer,
    Finding,
    FindingKind,
    Hop,
    Memory,
    PageText,
    Reason,
    classify,
    sketch,
)

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
URL = "https://news.example/2016/03/the-mill"
STORY = " ".join(f"Word {number} of the story of the mill." for number in range(200))
OTHER = " ".join(f"Shoes number {number}, cheaper than ever." for number in range(200))
PAGE = PageText("The mill burned down", "en", "", len(STORY), sketch(STORY))
KNOWN = Memory(
    state="ok",
    title="The mill burned down",
    language="en",
    characters=len(STORY),
    sketch=sketch(STORY),
)


def answered(status: int | None = 200, **facts) -> Answer:
    """Return an answer of the page as it was known, with these facts changed."""
    page = {"url": URL, "page": PAGE if status == 200 else None}
    return Answer(URL, NOON, **{**page, "status": status, **facts})


def led(to: str, *statuses: int, **facts) -> Answer:
    hops = tuple(Hop(URL, status) for status in statuses or (302,))
    return answered(url=to, hops=hops, **facts)


def judged(answer: Answer, memory: Memory = KNOWN) -> tuple[str, str]:
    finding = classify(answer, memory)
    return finding.kind.value, finding.reason.value


# No page at all


@pytest.mark.parametrize(
    ("failure", "kind", "reason", "strike"),
    [
        ("unknown-name", "gone", "no_such_host", 3),
        ("name-server", "transient", "name_server", 2),
        ("timeout", "transient", "timeout", 2),
        ("connection", "transient", "connection", 2),
        ("tls", "transient", "tls", 2),
        ("too-many-redirects", "transient", "too_many_redirects", 2),
        ("broken", "transient", "broken", 2),
        ("encoding", "transient", "broken", 2),
        ("too-large", "blocked", "too_large", 0),
        ("address", "blocked", "not_fetched", 0),
        ("refused", "blocked", "not_fetched", 0),
    ],
)
def test_what_was_not_fetched(failure, kind, reason, strike):
    finding = classify(answered(None, failure=failure), KNOWN)
    assert (finding.kind, finding.reason, finding.strike) == (kind, reason, strike)


@pytest.mark.parametrize(
    ("status", "kind", "reason", "strike"),
    [
        *((status, "blocked", "closed", 0) for status in (401, 402, 403, 407, 451)),
        *((status, "blocked", "closed", 0) for status in (300, 400, 405, 406, 418)),
        (404, "gone", "not_found", 2),
        (410, "gone", "gone_for_good", 3),
        *((status, "throttled", "asked_to_wait", 0) for status in (429, 503)),
        *((status, "transient", "server_error", 2) for status in (500, 502, 504, 520)),
        *((status, "transient", "server_error", 2) for status in (408, 425)),
    ],
)
def test_a_status_that_says_there_is_no_page_for_us(status, kind, reason, strike):
    finding = classify(answered(status), KNOWN)
    assert (finding.kind, finding.reason, finding.strike) == (kind, reason, strike)
    assert finding.detail == str(status)


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        ("120", datetime.timedelta(seconds=120)),
        ("1", datetime.timedelta(minutes=1)),
        ("99999999999999999", datetime.timedelta(days=30)),
        ("Mon, 02 Mar 2026 15:00:00 GMT", datetime.timedelta(hours=3)),
        ("Mon, 02 Mar 2026 15:00:00 -0000", datetime.timedelta(hours=3)),
        ("Mon, 02 Mar 2020 15:00:00 GMT", datetime.timedelta(minutes=1)),
        ("", None),
        ("soon", None),
        ("٣", None),
        ("Mon, 99 Mar 2026 15:00:00 GMT", None),
    ],
)
def test_how_long_a_server_asks_to_wait(header, wait):
    assert classify(answered(429, retry_after=header), KNOWN).wait == wait


def test_a_host_that_wants_no_programs_is_not_asked():
    assert judged(Answer(URL, NOON, is_disallowed=True)) == ("blocked", "robots")


@pytest.mark.parametrize("status", [403, 503])
def test_a_wall_is_known_by_its_marks(status):
    wall = "<title>Just a moment...</title>"
    assert judged(answered(status, head=wall)) == ("blocked", "challenge")
    assert judged(answered(status, is_challenge=True)) == ("blocked", "challenge")


def test_too_many_requests_are_no_wall():
    wall = "<title>Just a moment...</title>"
    assert judged(answered(429, head=wall)) == ("throttled", "asked_to_wait")


# A page


def test_the_page_as_it_was_is_online():
    assert judged(answered()) == ("ok", "answered")
    assert judged(answered(), Memory()) == ("ok", "answered")


def test_what_nothing_is_read_from_is_online_all_the_same():
    assert judged(answered(page=None)) == ("ok", "unread")


def test_quoted_words_that_stand_outweigh_every_other_sign():
    odd = answered(
        page=replace(PAGE, title="404 not found", language="fr", characters=1),
        head="This domain is for sale. Just a moment...",
        standing=("a",),
    )
    assert judged(odd) == ("ok", "quotations_stand")


def test_missing_words_are_named():
    finding = classify(answered(standing=("a",), gone=("b",)), KNOWN)
    assert finding == Finding(FindingKind.DEVIATED, Reason.QUOTATION_GONE, gone=("b",))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"page": None, "is_empty": True}, "empty"),
        ({"page": replace(PAGE, characters=len(STORY) // 5 - 1)}, "shrunk"),
        ({"sibling": PAGE.sketch}, "like_any_page"),
        ({"page": replace(PAGE, title="Page not found")}, "error_title"),
        ({"head": "<title>Error 404</title>"}, "error_title"),
        ({"page": None, "head": "<title>Seite nicht gefunden</title>"}, "error_title"),
    ],
)
def test_a_page_that_looks_like_an_error_page(facts, reason):
    finding = classify(answered(**facts), KNOWN)
    assert (finding.kind, finding.reason, finding.strike) == ("soft_404", reason, 2)


def test_an_article_about_errors_is_none():
    memory = replace(KNOWN, title="Page not found: how sites say it")
    page = replace(PAGE, title="Page not found: how sites say it")
    assert judged(answered(page=page), memory) == ("ok", "answered")


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("https://news.example/", "to_root"),
        ("https://news.example", "to_root"),
        ("https://www.news.example/en/", "to_root"),
        ("https://news.example/index.html", "to_root"),
        ("https://news.example/2016/", "to_section"),
        ("https://news.example/2016/03", "to_section"),
        ("https://news.example/login?next=/2016/03/the-mill", "to_login"),
        ("https://sso.example/auth/realms", "to_login"),
        ("https://news.example/search?q=mill", "to_search"),
        ("https://news.example/suche/mill", "to_search"),
        ("https://news.example/find?x=1&query=mill", "to_search"),
        ("https://news.example/404.htm", "to_error_page"),
        ("https://news.example/errors/notfound", "to_error_page"),
    ],
)
@pytest.mark.parametrize("status", [301, 302])
def test_a_redirect_that_leads_away(to, reason, status):
    finding = classify(led(to, status), KNOWN)
    assert (finding.kind, finding.reason, finding.detail) == ("soft_404", reason, to)


def test_a_page_about_something_else_is_not_the_page():
    to = "https://news.example/shoes"
    page = PageText("Shoes", "en", "", len(OTHER), sketch(OTHER))
    assert judged(led(to, page=page)) == ("soft_404", "to_other_page")
    assert judged(led(to, page=page), Memory()) == ("ok", "answered")


@pytest.mark.parametrize(
    "page",
    [
        PAGE,
        replace(PAGE, sketch=sketch(STORY[: len(STORY) * 7 // 10])),
        replace(PAGE, title="The mill burned down | The Elm Post"),
        PageText("New", canonical_url=URL, characters=len(STORY), sketch=(1, 2)),
    ],
)
def test_the_same_page_at_another_address_for_good(page):
    to = "https://archive.news.example/the-mill-2016"
    finding = classify(led(to, 301, 308, page=page), KNOWN)
    assert (finding.kind, finding.moved_to) == ("moved", to)


def test_it_has_moved_also_where_only_the_quoted_words_show_it():
    to = "https://archive.news.example/x"
    page = PageText("", "", "", len(OTHER), sketch(OTHER))
    moved = led(to, 301, page=page, standing=("a",))
    assert judged(moved, Memory()) == ("moved", "moved_for_good")


@pytest.mark.parametrize(
    "answer",
    [
        led("https://news.example/the-mill-2016"),
        led("https://news.example/the-mill-2016", 301, 302),
        led("https://www.NEWS.example/2016/03/the-mill/", 301),
        led("http://news.example/2016/03/the-mill", 301),
        led("https://news.example/y", 301, page=None),
    ],
)
def test_what_is_no_move(answer):
    assert classify(answer, KNOWN).kind == FindingKind.OK


def test_a_page_that_nobody_knows_does_not_count_as_moved():
    page = PageText("Shoes", "en", "", len(OTHER), sketch(OTHER))
    to = "https://news.example/shoes"
    assert judged(led(to, 301, page=page), Memory(title="The mill")) == (
        ("ok", "answered")
    )


def test_a_front_page_that_was_cited_may_lead_to_a_front_page():
    front = Answer(
        "https://news.example/",
        NOON,
        url="https://news.example/en/",
        status=200,
        hops=(Hop("https://news.example/", 302),),
        page=PAGE,
    )
    assert judged(front) == ("ok", "answered")


def test_a_page_that_was_rewritten_elsewhere_is_still_a_page():
    half = STORY[: len(STORY) * 4 // 10] + OTHER[: len(STORY) * 5 // 10]
    page = PageText("What became of it", "en", "", len(half), sketch(half))
    assert judged(led("https://news.example/y", page=page)) == ("ok", "answered")


# Perhaps somebody else's


@pytest.mark.parametrize("marker", ["This domain is for sale!", "Домен продаётся"])
def test_a_parked_domain_is_suspect(marker):
    page = replace(PAGE, characters=200)
    assert judged(answered(page=page, head=f"<p>{marker}")) == ("suspect", "parked")
    assert judged(answered(page=None, head=f"<p>{marker}")) == ("suspect", "parked")


def test_an_article_about_parked_domains_is_not():
    assert judged(answered(head="<p>This domain is for sale")) == ("ok", "answered")


def test_another_page_in_another_language_is_suspect():
    page = PageText("Kasino", "id-ID", "", len(OTHER), sketch(OTHER))
    assert judged(answered(page=page)) == ("suspect", "other_language")


@pytest.mark.parametrize(
    "page",
    [
        PageText("Kasino", "", "", len(OTHER), sketch(OTHER)),
        PageText("Kasino", "EN-gb", "", len(OTHER), sketch(OTHER)),
        PageText("The mill burned down", "id", "", len(OTHER), sketch(OTHER)),
        PageText("Kasino", "id", "", len(STORY), sketch(STORY)),
    ],
)
def test_a_language_alone_proves_nothing(page):
    assert judged(answered(page=page)) == ("ok", "answered")
    unknown = replace(KNOWN, language="")
    assert judged(answered(page=page), unknown) == ("ok", "answered")


def test_a_challenge_page_that_says_success_is_a_wall():
    page = replace(PAGE, characters=100)
    wall = answered(page=page, head="Verify you are human")
    assert judged(wall) == ("blocked", "challenge")
    assert judged(answered(page=None, is_challenge=True)) == ("blocked", "challenge")
    # The words of a captcha below a whole article are its comment form.
    assert judged(answered(head="g-recaptcha-response")) == ("ok", "answered")


# The same bytes


@pytest.mark.parametrize(
    ("kind", "reason", "strike"),
    [
        ("deviated", "quotation_gone", 0),
        ("soft_404", "error_title", 2),
        ("suspect", "parked", 0),
        ("blocked", "challenge", 0),
    ],
)
@pytest.mark.parametrize("status", [200, 304])
def test_the_same_bytes_show_what_they_showed(kind, reason, strike, status):
    memory = replace(KNOWN, judged=kind, judged_as=reason, gone=("b",))
    finding = classify(answered(status, page=None, unchanged=True), memory)
    assert (finding.kind, finding.reason, finding.strike) == (kind, reason, strike)
    assert finding.gone == ("b",)


def test_the_same_page_may_have_moved_since():
    memory = replace(KNOWN, judged="ok", judged_as="answered")
    to = "https://archive.news.example/the-mill"
    same = {"page": None, "unchanged": True}
    assert judged(answered(304, **same), memory) == ("ok", "unchanged")
    assert judged(led(to, 301, **same), memory) == ("moved", "moved_for_good")


def test_the_same_bytes_as_a_page_never_judged_are_judged():
    assert judged(answered(unchanged=True)) == ("ok", "answered")
