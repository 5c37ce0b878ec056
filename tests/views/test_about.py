"""About, and what search engines may read."""

from django.urls import reverse

from tests.views.conftest import page_of


def test_about_names_the_site_and_its_address(client, settings):
    settings.TRACKER_SITE_NAME = "The Elmbrook desk"
    body = page_of(client, reverse("about"))
    assert "The Elmbrook desk takes articles apart" in body
    assert 'href="mailto:errors@claims.example"' in body


def test_about_says_who_runs_it_who_pays_and_by_what_policies(client, settings):
    body = page_of(client, reverse("about"))
    for words in ("Who runs this site", "Who pays for it", "Our policies"):
        assert f"<dt>{words}" not in body
    settings.TRACKER_PUBLISHER = "The Elmbrook Chronicle"
    settings.TRACKER_FUNDING = "Paid for by its readers."
    settings.TRACKER_POLICIES_URL = "https://claims.example/policies"
    body = page_of(client, reverse("about"))
    assert "The Elmbrook Chronicle" in body
    assert "Paid for by its readers." in body
    assert 'href="https://claims.example/policies"' in body


def test_about_tells_whether_a_second_person_signs(client, settings):
    assert "signed by another" in page_of(client, reverse("about"))
    settings.TRACKER_FOUR_EYES = False
    assert "This desk has one person." in page_of(client, reverse("about"))


def test_robots_are_kept_from_the_desk(client):
    response = client.get(reverse("robots"))
    assert response.content == b"User-agent: *\nDisallow: /admin/\n"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
