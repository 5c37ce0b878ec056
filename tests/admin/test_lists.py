"""Every change list: loads, searches, costs the same for one row and for thirty."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims.models import Claim
from claims.workflow.roles import EDITORS
from tests import factories
from tests.admin.pages import client_of

LISTS: dict[str, Callable] = {
    "claims_claim": factories.make_full_claim,
    "claims_assessment": factories.make_assessment,
    "claims_citation": factories.make_citation,
    "claims_source": factories.make_source,
    "claims_document": factories.make_document,
    "claims_article": factories.make_article,
    "claims_topic": factories.make_topic,
    "claims_event": lambda: factories.make_claim(by=factories.make_user()),
    "claims_release": lambda: factories.release_article(factories.make_claim().article),
    "auth_user": lambda: factories.make_user(EDITORS),
}
OTHER_LISTS = ["claims_verificationstatus", "claims_methodology", "auth_group"]


@pytest.fixture
def root(db) -> User:
    return factories.make_user(is_superuser=True)


def queries_of(client, address: str) -> int:
    client.get(address)  # content types are looked up once for all
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", LISTS)
def test_list_costs_the_same_for_one_row_and_for_thirty(name, root):
    client, address = client_of(root), reverse(f"admin:{name}_changelist")
    LISTS[name]()
    at_one = queries_of(client, address)
    for _ in range(29):
        LISTS[name]()
    # Of a list of several pages, the keys of the page are read before its rows.
    assert queries_of(client, address) <= at_one + 1


@pytest.mark.parametrize("name", [*LISTS, *OTHER_LISTS])
def test_list_can_be_searched_and_sorted_both_ways_by_every_column(name, root):
    client, address = client_of(root), reverse(f"admin:{name}_changelist")
    if name in LISTS:
        LISTS[name]()
    assert client.get(address, {"q": "mill"}).status_code == 200
    response = client.get(address)
    for column in range(1, len(response.context["cl"].list_display)):
        assert client.get(address, {"o": column}).status_code == 200
        assert client.get(address, {"o": -column}).status_code == 200


def test_claims_are_found_by_wording_source_and_public_id(root):
    source = factories.make_source(name="Orla Quince")
    claim = factories.make_claim(source=source, text="The dam leaks.", by=root)
    factories.make_claim(text="The dyke holds.", by=root)
    client, address = client_of(root), reverse("admin:claims_claim_changelist")
    for words in ("dam leaks", "Quince", claim.public_id):
        found = client.get(address, {"q": words}).context["cl"].queryset
        assert list(found) == [claim]


def test_every_filter_of_the_claims_list_opens(root):
    claim = factories.make_full_claim(assignee=root)
    client, address = client_of(root), reverse("admin:claims_claim_changelist")
    for spec in client.get(address).context["cl"].filter_specs:
        for choice in spec.choices(client.get(address).context["cl"]):
            assert client.get(address + choice["query_string"]).status_code == 200
    assert Claim.objects.filter(pk=claim.pk).exists()
