"""What a change list may be asked: its filters, exact keys and choices."""

import pytest
from django.urls import reverse

from claims.workflow.roles import OBSERVERS
from tests import factories
from tests.admin.pages import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def observer():
    return client_of(factories.make_user(OBSERVERS))


@pytest.mark.parametrize(
    ("name", "lookup"),
    [
        ("claim", "text__regex=^(a%2B)%2B$"),
        ("claim", "text__iregex=a"),
        ("claim", "suggested_wording__startswith=S"),
        ("claim", "text=a"),
        ("claim", "assignee__password__startswith=m"),
        ("claim", "notes__body__contains=x"),
        ("claim", "status__label__regex=."),
        ("claim", "public_id__regex=."),
        ("citation", "desk_note__contains=x"),
        ("source", "protection_reason__contains=x"),
        ("source", "name__regex=."),
        ("document", "title__regex=."),
        ("article", "document__title__regex=."),
        ("assessment", "author__password__contains=x"),
        ("assessment", "signed_content__contains=x"),
        ("event", "body__contains=x"),
        ("release", "content__regex=x"),
    ],
)
def test_lookup_that_is_not_listed_is_refused(observer, name, lookup):
    address = reverse(f"admin:claims_{name}_changelist")
    assert observer.get(f"{address}?{lookup}").status_code == 400


@pytest.mark.parametrize(
    ("name", "lookup"),
    [
        ("claim", "state__exact=working"),
        ("claim", "status__slug__exact=unverified"),
        ("claim", "kind=figure"),
        ("claim", "queue=unattributed"),
        ("claim", "article=1"),
        ("claim", "article=x"),
        ("claim", "public_id=0000000000"),
        ("claim", "pk__in=1,2"),
        ("claim", "is_held_back__exact=1"),
        ("assessment", "state__exact=draft"),
        ("source", "kind__exact=person"),
        ("event", "subject_type=claim"),
        ("release", "act__exact=listed"),
    ],
)
def test_listed_filter_is_taken(observer, name, lookup):
    address = reverse(f"admin:claims_{name}_changelist")
    assert observer.get(f"{address}?{lookup}").status_code == 200


def test_accounts_are_no_oracle_for_their_passwords():
    root = client_of(factories.make_user(is_superuser=True))
    for lookup in ("password__startswith=p", "email__regex=."):
        assert root.get(f"/admin/auth/user/?{lookup}").status_code == 400


def test_colleagues_are_found_by_those_who_assign_and_only_active_ones():
    factories.make_user(username="ines.active")
    factories.make_user(username="ines.gone", is_active=False)
    query = {
        "app_label": "claims",
        "model_name": "claim",
        "field_name": "assignee",
        "term": "ines",
    }
    researcher = client_of(factories.make_user("Researchers"))

    found = researcher.get("/admin/autocomplete/", query).json()["results"]

    assert [row["text"] for row in found] == ["ines.active"]
    observer = client_of(factories.make_user(OBSERVERS))
    assert observer.get("/admin/autocomplete/", query).status_code == 403


def test_nul_characters_are_a_bad_request_and_no_crash():
    root = client_of(factories.make_user(is_superuser=True))
    for query in ("q=%00", "kind=%00", "public_id=a%00b"):
        assert root.get(f"/admin/claims/claim/?{query}").status_code == 400
    autocomplete = "/admin/autocomplete/?app_label=claims&model_name=claim"
    response = root.get(f"{autocomplete}&field_name=source&term=%00")
    assert response.status_code == 400
