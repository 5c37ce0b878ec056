"""The sign of life."""

import pytest
from django.db import OperationalError, connection
from django.urls import reverse


@pytest.mark.django_db
def test_a_living_site_says_ok_and_nothing_more(client):
    response = client.get(reverse("healthz"))
    assert response.content == b"ok\n"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_site_without_its_database_says_so_with_503(client):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("password of the database")

    with connection.execute_wrapper(refuse):
        response = client.get(reverse("healthz"))
    assert response.status_code == 503
    assert response.content == b"database unreachable\n"
