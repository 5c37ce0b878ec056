"""About, and what search engines may read."""

from django.urls import reverse

from tests.views.conftest import page_of


def test_about_names_the_site_and_its_address(client, settings):
    settings.TRACKER_SITE_NAME = "The Elmbrook desk"
    body = page_of(client, reverse("about"))
    assert "The Elmbrook desk takes articles apart" in body
    assert 'href="mailto:errors@claims.example"' in body


def test_about_tells_whether_a_second_person_signs(client, settings):
    assert "signed by another" in page_of(client, reverse("about"))
    settings.TRACKER_FOUR_EYES = False
    assert "This desk has one person." in page_of(client, reverse("about"))


def test_robots_are_kept_from_the_desk(client):
    response = client.get(reverse("robots"))
    assert response.content == b"User-agent: *\nDisallow: /admin/\n"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
