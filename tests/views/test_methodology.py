"""The methodology, version by version."""

from django.urls import reverse

from claims.models import PublishedMethodology
from tests.views.conftest import page_of


def test_each_version_prints_its_statuses_as_they_were(town):
    body = page_of(town, reverse("methodology"))
    for version in PublishedMethodology.objects.all():
        assert f'id="version-{version.number}"' in body
        for status in version.statuses:
            assert status["label"] in body


def test_the_text_is_markdown_below_the_headings_of_the_page(town):
    body = page_of(town, reverse("methodology"))
    assert '<h3 dir="auto">What we check</h3>' in body
    assert "<strong>Did they say it?</strong>" in body
