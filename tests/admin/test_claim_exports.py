"""The list of claims as a file: what is listed, in each format, and nothing secret."""

import csv
import io

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import timezone

from claims.admin.claim_exports import FORMATS, file_of
from claims.formats.readers import READERS
from claims.jobs.exports import NotForOthersError
from claims.models import Claim
from claims.workflow.roles import OBSERVERS, RESEARCHERS
from tests import factories
from tests.admin.pages import client_of

pytestmark = pytest.mark.django_db
CLAIMS = "admin:claims_claim_changelist"
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def ana():
    return client_of(factories.make_user(RESEARCHERS))


def address(name: str) -> str:
    return reverse("admin:claims_claim_export", args=[name])


def taken(client, name: str, **query) -> bytes:
    return client.get(address(name), query).getvalue()


def ids(raw: bytes) -> set[str]:
    return {row["id"] for row in csv.DictReader(io.StringIO(raw.decode()))}


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_holds_what_is_listed(ana, name):
    claim = factories.make_claim(text=FORMULA)
    factories.make_citation(claim, quotation="Two words.")
    factories.publish_claim(other := factories.make_claim(text="Published."))
    response = ana.get(address(name))
    raw = response.getvalue()
    kind = "csv" if name == "csv-for-spreadsheets" else name
    read = READERS[kind](io.BytesIO(raw)).records
    rows = {row.cells["id"]: row.cells for row in read}
    assert set(rows) == {claim.public_id, other.public_id}
    begins = "'" if name == "csv-for-spreadsheets" else ""
    assert rows[claim.public_id]["claim"] == begins + FORMULA
    assert rows[other.public_id]["status"] == "verified"
    today = timezone.localdate().isoformat()
    sent = response.headers["Content-Disposition"]
    assert f'attachment; filename="claims-{today}{FORMATS[name].ending}"' == sent
    assert "no-store" in response.headers["Cache-Control"]


def test_filters_search_and_queues_choose(ana):
    figure = factories.make_claim(kind="figure", text="A bridge fell.")
    event = factories.make_claim(
        kind="event", text="A bridge rose.", voice="passive", source=None
    )
    assert ids(taken(ana, "csv", kind__exact="figure")) == {figure.public_id}
    assert ids(taken(ana, "csv", q=event.public_id)) == {event.public_id}
    assert ids(taken(ana, "csv", q="nothing-so")) == set()
    assert ids(taken(ana, "csv", queue="unattributed")) == {event.public_id}
    assert ids(taken(ana, "csv", o="-1", p="7")) == {figure.public_id, event.public_id}


def test_the_list_links_to_its_own_files(ana):
    factories.make_claim(kind="figure")
    page = ana.get(reverse(CLAIMS), {"kind__exact": "figure", "p": "1"})
    for name in FORMATS:
        assert f'href="{address(name)}?kind__exact=figure"' in page.content.decode()


def test_a_protected_source_goes_by_its_label(ana):
    nurse = factories.make_source(name="Ines Roca", is_protected=True)
    claim = factories.make_claim(source=nurse)
    for name in ("csv", "jsonl"):
        raw = taken(ana, name)
        assert nurse.public_label.encode() in raw
        assert b"Ines" not in raw
    Claim.objects.filter(pk=claim.pk).update(role="friend of Ines Roca")
    response = ana.get(address("csv"), {"kind__exact": claim.kind}, follow=True)
    assert response.redirect_chain == [
        (f"{reverse(CLAIMS)}?kind__exact={claim.kind}", 302)
    ]
    sentence = f"stands in “source_role” of {claim.public_id}"
    assert "There is no file." in response.content.decode()
    assert sentence in response.content.decode()


def test_a_file_that_takes_too_long_is_refused(ana):
    factories.make_claim()
    factories.make_claim()
    with pytest.raises(NotForOthersError, match="more than 1 claims: narrow the list"):
        file_of(Claim.objects.all(), "csv", most=1)


def test_whoever_sees_the_list_may_take_it_along():
    claim = factories.make_claim()
    observer = client_of(factories.make_user(OBSERVERS))
    assert ids(taken(observer, "csv")) == {claim.public_id}
    stranger = client_of(User.objects.create_user("otto", is_staff=True))
    assert stranger.get(address("csv")).status_code == 403
    assert client_of(None).get(address("csv")).status_code == 302


def test_what_is_no_file_of_the_list(ana):
    assert ana.get(address("ods")).status_code == 404
    assert ana.post(address("csv")).status_code == 405
    assert ana.get(address("csv"), {"text__regex": "a"}).status_code == 400
    assert ana.get(address("csv"), {"pk__in": "x"}).url.endswith("?e=1")
