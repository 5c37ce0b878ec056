"""What waits: since when, what is overdue, in which order, and what comes next."""

import datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.admin.queues import QUEUES
from claims.admin.site import LISTS
from claims.admin.waits import age_in_words
from claims.models import Assessment, Claim, Source
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests import factories
from tests.admin.pages import address_of, client_of, errors_on, move_address, open_form

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 3, 31)


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def moment(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def queue(client, slug: str):
    queues = client.get("/admin/").context["queues"]
    return next(counted for counted in queues if counted.queue.slug == slug)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-3, "today"),
        (0, "today"),
        (1, "1 day"),
        (12, "12 days"),
        (59, "59 days"),
        (61, "2 months"),
        (800, "2 years"),
    ],
)
def test_age_is_told_in_days_then_months_then_years(days, words):
    assert age_in_words(TODAY - datetime.timedelta(days=days), TODAY) == words


def test_what_was_submitted_first_is_first_and_its_age_is_told():
    client = client_of(factories.make_user(EDITORS))
    for days in (2, 12, 5, 3):
        made = factories.make_assessment(state="submitted")
        Assessment.objects.filter(pk=made.pk).update(submitted_at=moment(days))

    found = queue(client, "to-sign-off")

    assert (found.count, found.oldest) == ("4", "12 days")
    assert [row.wait for row in found.rows] == ["12 days", "5 days", "3 days"]


def test_a_reply_past_its_deadline_is_first_and_marked_on_both_pages():
    client = client_of(factories.make_user(EDITORS))
    old, late = factories.make_claim(), factories.make_claim()
    unanswered = {"outcome": "", "answer": "", "answered_on": None}
    factories.make_inquiry(
        old, **unanswered, asked_on=days_ago(40), deadline_on=days_ago(-5)
    )
    factories.make_inquiry(
        late, **unanswered, asked_on=days_ago(9), deadline_on=days_ago(3)
    )

    found = queue(client, "awaiting-reply")

    assert (found.oldest, found.overdue) == ("40 days", 1)
    assert [row.wait for row in found.rows] == ["overdue by 3 days", "40 days"]
    listed = client.get(found.url)
    assert list(listed.context["cl"].result_list) == [late, old]
    assert "overdue by 3 days" in listed.content.decode()
    assert "overdue by 3 days" in client.get(address_of(late)).content.decode()


def test_a_request_past_its_day_is_first_and_each_sees_what_they_care_for():
    me = factories.make_user(RESEARCHERS)
    waits = factories.make_request(received_at=moment(20), due_on=days_ago(-3))
    late = factories.make_request(
        factories.make_claim(assignee=me), received_at=moment(12), due_on=days_ago(2)
    )

    found = queue(client_of(factories.make_user(EDITORS)), "correction-requests")

    assert [row.words for row in found.rows] == [late.text, waits.text]
    assert (found.overdue, found.rows[0].wait) == (1, "overdue by 2 days")
    mine = queue(client_of(me), "correction-requests")
    assert [row.words for row in mine.rows] == [late.text]
    listed = client_of(me).get(mine.url)
    assert list(listed.context["cl"].result_list) == [late]


def test_a_claim_waits_since_it_was_given_to_me_for_good():
    me, other = factories.make_user(EDITORS), factories.make_user(EDITORS)
    claim = factories.make_claim(assignee=me)
    for days, assignee in ((9, other), (4, me), (2, me)):
        claim.assignee = assignee
        claim._history_date = moment(days)
        claim.save()
    claim.history.exclude(history_date__lt=moment(1)).update(history_date=moment(30))

    assert queue(client_of(me), "waiting-for-me").oldest == "4 days"


def test_a_claim_past_its_day_comes_before_one_that_waits_longer():
    me = factories.make_user(EDITORS)
    waits = factories.make_claim(assignee=me)
    due = factories.make_claim(assignee=me, due_on=days_ago(2))

    rows = queue(client_of(me), "waiting-for-me").rows

    assert [row.words for row in rows] == [due.text, waits.text]
    assert rows[0].wait == "overdue by 2 days"


def test_what_was_returned_waits_since_it_came_back():
    author, editor = (factories.make_user(group) for group in (RESEARCHERS, EDITORS))
    made = factories.make_assessment(state="submitted", author=author)
    Assessment.objects.filter(pk=made.pk).update(submitted_at=moment(20))
    factories.move("return", made, editor, reason="Say which register.")

    assert queue(client_of(author), "returned-to-me").oldest == "today"


def test_the_first_page_costs_as_much_with_thirty_rows_as_with_one():
    client = client_of(factories.make_user(EDITORS))
    numbers = []
    for made in (1, 29):
        for _ in range(made):
            factories.make_assessment(state="submitted")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/admin/")
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] <= len(QUEUES) + 6  # one for each queue


def test_the_next_row_of_the_queue_is_offered_and_survives_a_move():
    editor = factories.make_user(EDITORS)
    first, second = (factories.make_assessment(state="submitted") for _ in range(2))
    client = client_of(editor)
    page = queue(client, "to-sign-off").rows[0].url

    shown = client.get(page).context["next_waiting"]
    assert shown.url.startswith(address_of(second))
    assert shown.others == 1
    query = page.partition("?")[2]
    move = f"{move_address(first, 'return')}?{query}"
    form = client.get(move).context
    answer = client.post(
        move, {"seen": form["seen"], "shown": form["shown"], "reason": "Which one?"}
    )
    assert answer.url == page
    assert client.get(page).context["next_waiting"].url == shown.url


def test_no_next_row_is_offered_outside_a_queue_or_in_one_of_another_model():
    claim = factories.make_claim(source=None, voice="passive")
    factories.make_claim(source=None, voice="passive")
    client = client_of(factories.make_user(EDITORS))

    for query in (
        "",
        "?_changelist_filters=queue%3Dto-publish",
        "?_changelist_filters=x",
    ):
        assert client.get(address_of(claim) + query).context["next_waiting"] is None


# A name typed beside a menu, for pages without scripts


@pytest.mark.parametrize("called", ["public_id", "name", "slug"])
def test_a_source_typed_by_name_or_id_is_taken(called):
    claim, source = factories.make_claim(), factories.make_source(name="The mayor")
    client = client_of(factories.make_user(RESEARCHERS))
    form = open_form(client, claim) | {"source-typed": getattr(source, called)}

    assert client.post(address_of(claim), form).status_code == 302
    assert Claim.objects.get(pk=claim.pk).source == source


def test_a_name_of_two_or_of_nobody_is_refused_and_nothing_changes():
    claim = factories.make_claim()
    factories.make_source(name="The mayor")
    factories.make_source(name="The mayor", slug="another-mayor")
    client = client_of(factories.make_user(RESEARCHERS))
    for typed in ("The mayor", "Nobody", "9" * 30):
        form = open_form(client, claim) | {"source-typed": typed}
        response = client.post(address_of(claim), form)
        assert response.status_code == 200
        assert any(typed in sentence for sentence in errors_on(response))
    assert Claim.objects.get(pk=claim.pk).source == claim.source


def test_a_topic_typed_is_added_to_those_chosen():
    claim, chosen, typed = (
        factories.make_claim(),
        factories.make_topic(label="Bridges"),
        factories.make_topic(label="Trams"),
    )
    claim.topics.add(chosen)
    client = client_of(factories.make_user(RESEARCHERS))
    form = open_form(client, claim) | {"topics-typed": "Trams"}

    assert client.post(address_of(claim), form).status_code == 302
    assert set(claim.topics.all()) == {chosen, typed}


# What menus find


@pytest.mark.parametrize(
    ("term", "hint"),
    [("ecc", "ECC"), ("مجلس", "مجلس إلمبروك"), ("éco", "École"), ("council", "")],
)
def test_a_source_is_found_by_other_names_and_the_menu_shows_which(term, hint):
    source = factories.make_source(
        name="The council", aliases=["ECC", "مجلس إلمبروك", "École"]
    )
    factories.make_source(name="Somebody else")
    client = client_of(factories.make_user(RESEARCHERS))
    asked = {"app_label": "claims", "model_name": "claim", "field_name": "source"}

    found = client.get("/admin/autocomplete/", {**asked, "term": term}).json()

    shown = f"{source.name} · {hint}" if hint else source.name
    assert found["results"] == [{"id": str(source.pk), "text": shown}]
    assert Source.objects.count() > 1


def test_a_document_is_found_by_its_address():
    made = factories.make_document(title="Budget", url="https://council.example/b.pdf")
    client = client_of(factories.make_user(RESEARCHERS))
    asked = {"app_label": "claims", "model_name": "citation", "field_name": "document"}

    found = client.get("/admin/autocomplete/", {**asked, "term": "council.example/b"})

    assert found.json()["results"][0]["text"] == f"Budget · {made.url}"


def test_every_key_of_a_list_is_in_the_guide_and_leads_to_one_list():
    guide = (settings.BASE_DIR / "docs" / "desk.md").read_text(encoding="utf-8")
    keys = list(LISTS.values())

    assert len(set(keys)) == len(keys)
    assert all(f"`g` `{key}`" in guide for key in [*keys, "i"])
