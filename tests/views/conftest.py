"""Readers of the two demo stories, and what they look for."""

import pytest
from django.test import Client

from claims.models import PublishedArticle, PublishedClaim


@pytest.fixture
def town(stories_database, client: Client) -> Client:
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
