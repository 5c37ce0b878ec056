"""The methodology, version by version."""

import pytest
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


def test_the_first_version_changed_nothing(town):
    assert "What changed since" not in page_of(town, reverse("methodology"))


@pytest.mark.django_db
def test_a_later_version_says_what_changed(client):
    first = PublishedMethodology.objects.get(number=1)
    renamed, defined, gone, *kept = first.statuses
    PublishedMethodology.objects.create(
        number=2,
        effective_on=first.effective_on,
        text=f"{first.text}\n\nTwo readers are asked.",
        statuses=[
            {**renamed, "label": "Waiting"},
            {**defined, "definition": "Somebody is at it."},
            {**gone, "slug": "sound", "label": "Sound"},
            *kept,
        ],
    )
    body = page_of(client, reverse("methodology"))
    assert "What changed since version 1" in body
    assert f"“Waiting” was called “{renamed['label']}”." in body
    assert f"“{defined['label']}” is defined anew." in body
    assert "“Sound” is a new status." in body
    assert f"“{gone['label']}” is no longer used." in body
    changes = body[body.index('class="changes"') : body.index('class="prose"')]
    assert "Two readers are asked." in changes
    assert first.text.split("\n\n")[1] not in changes


@pytest.mark.django_db
def test_a_status_nobody_touched_is_not_among_the_changes(client):
    first = PublishedMethodology.objects.get(number=1)
    PublishedMethodology.objects.create(
        number=2,
        effective_on=first.effective_on,
        text=first.text,
        statuses=first.statuses,
    )
    body = page_of(client, reverse("methodology"))
    assert "The statuses are the same." in body
    assert "The text is the same." in body
