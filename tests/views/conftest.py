"""The two demo stories, loaded once for each module that only reads them."""

import pytest
from django.core.management import call_command
from django.test import Client

from claims.models import PublishedArticle, PublishedClaim


@pytest.fixture(scope="module")
def stories(module_database):
    call_command("loaddata", "town_demo", "libya_2016", verbosity=0)
    return module_database


@pytest.fixture
def town(stories, client: Client) -> Client:
    """A reader of a site that holds both demo stories."""
    return client


def page_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def claim_with(**facts) -> PublishedClaim:
    return PublishedClaim.objects.filter(**facts).order_by("pk")[0]


def town_article() -> PublishedArticle:
    return PublishedArticle.objects.get(is_demo=True)
