"""Readers report an error: what passes, what is shown again, and that nothing leaks."""

import datetime
import re
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from claims.models import Claim, CorrectionRequest
from claims.views.request_forms import TOO_FAST, TOO_OLD, stamp_fault, stamp_of
from claims.views.requests import FORM_TYPE, MAX_BODY_BYTES, own_address
from claims.workflow.roles import EDITORS
from tests.factories import (
    NOON,
    make_claim,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.properties import tried

pytestmark = pytest.mark.django_db

REPORT = "/report/"
TEXT = "The year is <b>wrong</b>."
STAMP = re.compile(r'name="stamp" value="([^"]+)"')


def stamp(claim: str = "", seconds: float = 60) -> str:
    """Return the stamp of a form that was opened so long ago."""
    return stamp_of(timezone.now() - datetime.timedelta(seconds=seconds), claim)


def post(to: str = REPORT, client: Client | None = None, **typed: Any) -> Any:
    headers = typed.pop("headers", {})
    options = typed.pop("options", {})
    claim = to.split("/")[2] if to.startswith("/claims/") else ""
    fields = {"text": TEXT, "stamp": stamp(claim), **typed}
    return (client or Client()).post(
        to,
        urlencode(fields),
        content_type=FORM_TYPE,
        headers=headers,
        **options,
    )


def shown(response: HttpResponse) -> str:
    return response.content.decode()


def kept() -> list[str]:
    return list(CorrectionRequest.objects.values_list("text", flat=True))


def refused(response: Any, status: int) -> str:
    """Return the page that was shown again: nothing kept, nothing lost."""
    assert response.status_code == status
    assert kept() == []
    page = shown(response)
    assert "Nothing was sent yet." in page
    assert "The year is &lt;b&gt;wrong&lt;/b&gt;.</textarea>" in page
    return page


@pytest.fixture
def claim() -> Claim:
    return publish_claim().claim


# What passes


def test_a_report_about_a_claim_is_kept_and_thanked_for_by_its_number(claim: Claim):
    address = reverse("claim_request", args=[claim.public_id])
    response = post(address, name=" Ada \n Quill ", email="ada@readers.example")
    request = CorrectionRequest.objects.get()
    assert response["Location"] == f"/report/{request.public_id}/"
    assert (request.claim, request.text, request.name) == (claim, TEXT, "Ada Quill")
    thanks = Client().get(response["Location"])
    assert request.public_id in shown(thanks)
    assert "within 10 days" in shown(thanks)
    assert TEXT not in shown(thanks)


def test_a_report_about_a_page_keeps_its_address():
    page = shown(Client().get(f"{REPORT}?about=/articles/a-fire/"))
    assert 'value="/articles/a-fire/"' in page
    assert post(address="/articles/a-fire/").status_code == 302
    request = CorrectionRequest.objects.get()
    assert (request.claim, request.address) == (None, "/articles/a-fire/")


@pytest.mark.parametrize(
    "words",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "//[1]/",
        "/about/\n",
        "/a b/",
        "Call 555",
        "/x/?y=<script>",
        "/articles/../x",
        "javascript:alert(1)",
    ],
)
def test_other_words_of_a_link_are_not_shown(words: str):
    assert own_address(words) == ""
    page = shown(Client().get(REPORT, {"about": words}))
    assert words not in page
    assert page.count('value=""') == 0


def test_line_breaks_are_counted_as_the_browser_counts_them():
    text = "a\r\n" * 2000
    assert post(text=text).status_code == 302
    assert kept() == ["a\n" * 1999 + "a"]


def test_a_trap_that_was_filled_in_marks_it_and_loses_nothing():
    assert post(homepage="https://a.example").status_code == 302
    assert CorrectionRequest.objects.get().looks_like_spam


def test_sent_twice_by_a_double_click_it_is_one_request():
    first, second = post(), post()
    assert first["Location"] == second["Location"]
    assert kept() == [TEXT]


def test_readers_behind_our_proxies_are_told_apart(settings):
    settings.TRACKER_TRUSTED_PROXIES = 1
    settings.TRACKER_REPORTS_PER_ADDRESS = 1
    for number in (7, 8):
        headers = {"X-Forwarded-For": f"203.0.113.1, 192.0.2.{number}"}
        assert post(text=f"{number}", headers=headers).status_code == 302
    again = post(text="9", headers={"X-Forwarded-For": "203.0.113.9, 192.0.2.8"})
    assert again.status_code == 429


# What is shown again


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": " "}, "Say what is wrong."),
        ({"text": "x" * 4001}, "At most 4000 characters fit."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"evidence": "x" * 2001}, "At most 2000 characters fit."),
        ({"address": "x" * 2001}, "At most 2000 characters fit."),
        ({"name": "x" * 121}, "At most 120 characters fit."),
        ({"email": "ada"}, "This is no mail address."),
        ({"email": f"{'a' * 250}@readers.example"}, "At most 254 characters fit."),
        ({"may_be_named": "on"}, "Give the name that we may use."),
    ],
)
def test_a_mistake_is_named_and_linked_to_its_field(typed, sentence):
    response = post(**typed)
    assert response.status_code == 422
    assert kept() == []
    page = shown(response)
    field = "name" if "may_be_named" in typed else next(iter(typed))
    summary = page.partition('role="alert"')[2].partition("</div>")[0]
    assert re.search(rf'<a href="#id_{field}">[^<]*{re.escape(sentence)}', summary)
    assert f'aria-describedby="id_{field}' in page
    assert f"id_{field}_error" in page
    assert "<title>Please check:" in page


def test_what_was_right_is_kept_beside_a_mistake():
    page = shown(post(name="Ada", may_be_named="on", evidence="A <i>", email="x"))
    assert 'value="Ada"' in page
    assert 'name="may_be_named" id="id_may_be_named" checked' in page
    assert "A &lt;i&gt;</textarea>" in page


@pytest.mark.parametrize(
    ("seconds", "sentence"),
    [(1, TOO_FAST), (-60, TOO_OLD), (24 * 60 * 60 + 60, TOO_OLD)],
)
def test_a_form_sent_too_soon_or_too_late_is_sent_once_more(seconds, sentence):
    page = refused(post(stamp=stamp(seconds=seconds)), 422)
    assert str(sentence) in page
    fresh = STAMP.search(page)[1]
    assert str(TOO_FAST) in refused(post(stamp=fresh), 422)


@pytest.mark.parametrize(
    "forged",
    ["", "1 ", "0:abc", f"{stamp()}x"],
    ids=["nothing", "unsigned", "signed by nobody", "longer"],
)
def test_a_stamp_that_is_not_ours_is_refused(forged):
    assert str(TOO_OLD) in refused(post(stamp=forged), 422)


@tried(200)
@given(data=st.data())
def test_a_stamp_with_any_other_character_is_refused(data):
    whole = stamp_of(NOON, "0000000000")
    now = NOON + datetime.timedelta(minutes=1)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.characters(exclude_characters=whole[place]))
    changed = f"{whole[:place]}{other}{whole[place + 1 :]}"
    assert stamp_fault(whole, now, "0000000000") == ""
    assert stamp_fault(changed, now, "0000000000") == str(TOO_OLD)


@tried(500)
@given(words=st.text() | st.from_regex(r"/[\w/?#%:.\[\]-]*", fullmatch=True))
def test_no_words_but_a_path_of_ours_come_from_a_link(words):
    found = own_address(words)
    assert found in ("", words)
    assert found == "" or re.fullmatch(r"/([\w-]+/)*", found)


def test_the_stamp_of_one_form_is_not_that_of_another(claim: Claim):
    refused(post(stamp=stamp(claim.public_id)), 422)
    address = reverse("claim_request", args=[claim.public_id])
    refused(post(address, stamp=stamp("0000000000")), 422)


def test_above_the_limit_a_reader_is_told_when_and_where_else(settings):
    settings.TRACKER_REPORTS_PER_ADDRESS = 1
    settings.TRACKER_REPORT_EMAIL = "errors@claims.example"
    CorrectionRequest.objects.all().delete()
    post(text="First.")
    CorrectionRequest.objects.all().delete()
    response = post()
    page = refused(response, 429)
    assert 0 < int(response["Retry-After"]) <= 3600
    assert "Many reports came in just now." in page
    assert 'href="mailto:errors@claims.example"' in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://claims.example"},
    ],
)
def test_what_another_site_sends_is_not_kept(headers):
    assert "from another site" in refused(post(headers=headers), 403)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://claims.example"},
        {"Origin": "http://testserver"},
    ],
)
def test_what_our_own_page_sends_is_kept(headers):
    assert post(headers=headers).status_code == 302


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("x" * (MAX_BODY_BYTES + 1), FORM_TYPE),
        ("text=x", "multipart/form-data; boundary=x"),
        ("{}", "application/json"),
        ("", ""),
    ],
)
def test_what_no_form_of_ours_sends_is_not_read(body, content_type):
    response = Client().post(REPORT, body, content_type=content_type)
    assert response.status_code == 413
    assert "could not be read" in shown(response)
    assert kept() == []


def test_a_length_that_is_none_is_not_read():
    response = post(options={"CONTENT_LENGTH": "many"})
    assert response.status_code == 413


# The pages


def test_the_form_is_kept_by_no_cache_and_differs_in_its_stamp_alone(claim: Claim):
    for address in (REPORT, reverse("claim_request", args=[claim.public_id])):
        answers = [Client().get(address) for _ in range(2)]
        staff = Client()
        staff.force_login(make_user(EDITORS))
        answers.append(staff.get(address))
        bodies = {STAMP.sub("", shown(response)) for response in answers}
        assert len(bodies) == 1
        for response in answers:
            assert response["Cache-Control"] == "no-store"
            assert not response.cookies
            assert "Cookie" not in response.headers.get("Vary", "")
            assert b'name="robots" content="noindex"' in response.content


def test_a_form_that_was_sent_sets_no_cookie_and_asks_for_no_token():
    client = Client(enforce_csrf_checks=True)
    for response in (post(client=client), post(client=client, text=" ")):
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"
    assert kept() == [TEXT]


def test_thanks_are_the_same_whether_there_is_such_a_request_or_not():
    sent = post()["Location"]
    never = "/report/0000000000/"
    first, second = (Client().get(address) for address in (sent, never))
    number = sent.split("/")[2]
    assert shown(first).replace(number, "0" * 10) == shown(second)
    assert first["Cache-Control"] == second["Cache-Control"] == "no-store"
    assert Client().get("/report/short/").status_code == 404


def test_a_claim_without_a_page_has_no_form(claim: Claim):
    draft = make_claim()
    for public_id in (draft.public_id, "0000000000"):
        address = reverse("claim_request", args=[public_id])
        assert Client().get(address).status_code == 404
        assert post(address).status_code == 404
    retracted = make_claim(claim.article)
    release_article(claim.article, listed=[retracted])
    move("retract", retracted, make_user(EDITORS), reason="Nobody said it.")
    address = reverse("claim_request", args=[retracted.public_id])
    assert Client().get(address).status_code == 410
    assert post(address).status_code == 410
    assert kept() == []


def test_every_status_page_leads_to_its_form_and_to_a_letter(claim: Claim, settings):
    settings.TRACKER_REPORT_EMAIL = "errors@claims.example"
    form = reverse("claim_request", args=[claim.public_id])
    page = shown(Client().get(reverse("claim_detail", args=[claim.public_id])))
    assert page.count(f'href="{form}"') == 2  # beside the page, and below it
    assert 'href="mailto:errors@claims.example?subject=' in page
    for name in ("claim_history", "claim_record"):
        assert form in shown(Client().get(reverse(name, args=[claim.public_id])))


def test_pages_of_other_things_lead_to_the_form_with_their_address(claim: Claim):
    citation = claim.citations.get()
    for name, argument in (
        ("article_detail", claim.article.slug),
        ("source_detail", claim.source.slug),
        ("document_detail", citation.document.public_id),
    ):
        address = reverse(name, args=[argument])
        page = Client().get(address)
        form = f"/report/?about={address}"
        assert form in shown(page)
        assert f'value="{address}"' in shown(Client().get(form))


def test_readers_are_told_how_to_report_and_by_when_it_is_answered(settings):
    settings.TRACKER_ANSWER_DAYS = 3
    settings.TRACKER_FORGET_DAYS = 45
    for name in ("correction_list", "about"):
        page = shown(Client().get(reverse(name)))
        assert "every report is answered within 3 days" in page
        assert 'href="/report/"' in page
    for name in ("about", "request"):
        page = shown(Client().get(reverse(name)))
        assert "are deleted 45 days after the matter is settled" in page
