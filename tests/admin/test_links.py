"""The page of a link at the desk: what it shows, what can be done, and its queue."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Document, Event, LinkNotice, LinkWatch
from claims.workflow.roles import EDITORS, OBSERVERS
from tests.admin.pages import address_of, client_of
from tests.factories import (
    fresh_from_database,
    make_citation,
    make_document,
    make_link_notice,
    make_probe,
    make_user,
    make_watch,
)

pytestmark = pytest.mark.django_db

NEW = "https://documents.example/new"


@pytest.fixture
def document() -> Document:
    citation = make_citation()
    make_probe(citation.document, detail="404", strike=2)
    make_probe(citation.document, kind="deviated", reason="quotation_gone", strike=3)
    make_watch(citation.document, state="deviated", gone=[citation.public_id])
    make_link_notice(citation.document, kind="deviated")
    return citation.document


@pytest.fixture
def client():
    return client_of(make_user(EDITORS))


def act(client, document: Document, name: str, **typed: str):
    address = reverse("admin:claims_document_link_act", args=[document.pk, name])
    return client.post(address, typed)


def page(client, document: Document) -> str:
    return client.get(address_of(document, "link")).content.decode()


def test_it_shows_each_look_and_the_words_that_are_gone(client, document):
    body = page(client, document)
    assert "the site says that there is no such page" in body
    assert "quoted words are no longer in its text" in body
    assert "1½" in body
    assert document.citations.get().quotation in body
    assert "The quoted words are gone from the page" in body
    assert (
        f'href="{address_of(document, "link")}"'
        in client.get(address_of(document)).content.decode()
    )


def test_a_document_nobody_looked_at_says_so(client):
    body = page(client, make_document())
    assert "None yet." in body
    assert "Not checked yet." in body


def test_many_looks_cost_no_more_and_the_rest_are_counted(client):
    counts = []
    for number in (1, 60):
        document = make_document()
        for _index in range(number):
            make_probe(document)
        with CaptureQueriesContext(connection) as queries:
            body = page(client, document)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "10 older ones are kept." in body


def test_a_person_overrules_and_lifts_it(client, document):
    response = act(
        client, document, "overrule", state="ok", reason="I saw it.", seen=""
    )
    assert response.status_code == 302
    assert fresh_from_database(document).link_state == "ok"
    body = page(client, document)
    assert "I saw it." in body
    assert "The link watch alone would say: online, but the quoted words are gone" in (
        body
    )
    watch = LinkWatch.objects.get(document=document)
    seen = f"ok {watch.overruled_at.isoformat()}"
    assert act(client, document, "lift", seen=seen).status_code == 302
    assert fresh_from_database(document).link_state == "deviated"


def test_what_was_typed_is_kept_when_it_is_refused(client, document):
    response = act(client, document, "overrule", state="", reason="I saw it.", seen="")
    assert response.status_code == 422
    assert "I saw it.</textarea>" in response.content.decode()
    assert "Choose what the link is." in response.content.decode()


def test_a_colleague_who_was_quicker_is_not_overwritten(client, document):
    act(client, document, "overrule", state="ok", reason="I saw it.", seen="")
    late = act(client, document, "overrule", state="dead", reason="No.\0", seen="")
    assert late.status_code == 409
    assert fresh_from_database(document).link_state == "ok"


def test_a_notice_is_settled_once(client, document):
    settled = {"kind": "deviated", "conclusion": "The finding stands."}
    assert act(client, document, "settle", kind="deviated").status_code == 422
    assert (
        act(client, document, "settle", kind="dead", conclusion="x").status_code == 409
    )
    assert act(client, document, "settle", **settled).status_code == 302
    assert "The finding stands." in page(client, document)
    assert act(client, document, "settle", **settled).status_code == 409
    assert LinkNotice.objects.get().settled_at


def test_a_new_address_is_taken_over(client, document):
    LinkWatch.objects.filter(document=document).update(moved_to=NEW)
    assert NEW in page(client, document)
    assert act(client, document, "take-over", url=NEW).status_code == 302
    assert fresh_from_database(document).url == NEW


def test_a_look_is_asked_for(client, document):
    assert act(client, document, "look").status_code == 302
    assert fresh_from_database(document).next_check_at is not None


@pytest.mark.parametrize(
    "name", ["look", "overrule", "lift", "take-over", "settle", "nonsense"]
)
def test_who_only_looks_sees_no_buttons_and_sends_nothing(document, name):
    observer = client_of(make_user(OBSERVERS))
    assert '<form method="post" action="/admin/claims/document' not in (
        page(observer, document)
    )
    before = Event.objects.count()
    assert act(observer, document, name, kind="deviated").status_code == 403
    assert Event.objects.count() == before


def test_what_cannot_be_done_is_not_found(client, document):
    assert act(client, document, "nonsense").status_code == 404
    gone = reverse("admin:claims_document_link", args=[0])
    assert client.get(gone).status_code == 404
    address = reverse("admin:claims_document_link_act", args=[document.pk, "look"])
    assert client.get(address).status_code == 405


def test_what_happened_waits_in_the_queue_until_it_is_settled(client, document):
    make_link_notice(make_document(title="A later one"), at="2026-04-01T12:00Z")
    queue = "/admin/claims/document/?queue=links-to-look-at"
    first = client.get("/admin/").content.decode()
    assert "Links to look at" in first
    assert str(document) in first
    rows = client.get(queue).context["cl"].result_list
    assert [row.title for row in rows] == [document.title, "A later one"]
    assert rows[0].citation_total == 1
    opened = client.get(
        f"{address_of(document)}?_changelist_filters=queue%3Dlinks-to-look-at"
    )
    assert opened.context["next_waiting"].others == 1
    act(client, document, "settle", kind="deviated", conclusion="Seen.")
    rows = client.get(queue).context["cl"].result_list
    assert [row.title for row in rows] == ["A later one"]
