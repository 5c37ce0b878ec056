"""The search of the desk's lists: through the index, whatever is typed."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from claims.models import Claim
from claims.search import DESK, write_desk, write_entries
from claims.search.entries import Entry, column
from claims.workflow.roles import RESEARCHERS
from tests import factories

pytestmark = pytest.mark.django_db
CLAIMS = reverse("admin:claims_claim_changelist")


@pytest.fixture
def researcher():
    return factories.make_user(RESEARCHERS)


@pytest.fixture
def client(researcher) -> Client:
    client = Client()
    client.force_login(researcher)
    return client


@pytest.fixture
def claim(researcher):
    source = factories.make_source(name="Ana Sá", aliases=["Анна"])
    claim = factories.make_claim(text="Die Straße froze over.", source=source)
    factories.make_citation(claim, quotation="Ice as thick as a door.")
    write(claim, factories.make_claim(text="Something else."))
    return claim


def write(*claims):
    with transaction.atomic():
        write_desk(claim.public_id for claim in claims)


def shown(client, address=CLAIMS, **query):
    return [
        row.public_id for row in client.get(address, query).context["cl"].result_list
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "strasse",
        "over froze",
        '"froze over"',
        "fro*",
        "анна",
        "sa -something",
        '"as thick as a door"',
    ],
)
def test_claims_are_found_by_words_sources_and_evidence(client, claim, typed):
    assert shown(client, q=typed) == [claim.public_id]


def test_a_public_id_leads_to_its_row(client, claim):
    assert shown(client, q=claim.public_id) == [claim.public_id]
    citation = claim.citations.get()
    address = reverse("admin:claims_citation_changelist")
    assert shown(client, address, q=citation.public_id) == [citation.public_id]
    assert shown(client, address, q="door") == [citation.public_id]
    assert shown(client, address, q="something") == []


def test_assessments_are_found_by_their_claims_and_by_their_authors(client, claim):
    author = factories.make_user(RESEARCHERS, username="froze")
    ours = factories.make_assessment(claim, summary="A diver looked.")
    other = factories.make_assessment(author=author)
    write(claim, other.claim)
    address = reverse("admin:claims_assessment_changelist")
    for typed in ("strasse", '"a diver"', "анна", ours.public_id):
        assert shown(client, address, q=typed) == [ours.public_id]
    assert shown(client, address, q="froze") == [other.public_id]
    assert shown(client, address, q="nowhere") == []


def test_a_search_goes_together_with_filters_and_orders(client, claim):
    other = factories.make_claim(text="It froze again.", kind="event", priority=4)
    write(other)
    assert shown(client, q="froze") == [other.public_id, claim.public_id]
    assert shown(client, q="froze", kind__exact="event") == [other.public_id]


@pytest.mark.parametrize("typed", ["***", "-froze", "AND OR", '"' * 500])
def test_nothing_typed_is_an_error(client, claim, typed):
    assert shown(client, q=typed) == []


def test_a_menu_finds_claims_while_a_word_is_typed(client, claim):
    answer = client.get(
        reverse("admin:autocomplete"),
        {
            "app_label": "claims",
            "model_name": "assessment",
            "field_name": "claim",
            "term": "froz",
        },
    )
    assert [row["id"] for row in answer.json()["results"]] == [str(claim.pk)]


def test_of_very_many_the_list_has_the_newest_and_says_so(client, claim):
    columns = (column(["harbour"]), "", "", "")
    entries = [Entry(f"{number:010}", 0, columns) for number in range(5000)]
    last = Entry(Claim.objects.get(pk=claim.pk).public_id, 1, columns)
    with transaction.atomic():
        write_entries(DESK, [each.public_id for each in entries], entries)
        write_entries(DESK, [last.public_id], [last])
    response = client.get(CLAIMS, {"q": "harbour"})
    assert b"5,000 of the newest claims with these words are listed" in response.content
    assert shown(client, q="harbour") == [claim.public_id]
