"""The style page of contributors."""

import pytest
from django.urls import reverse

from claims.reading.status_words import newest_methodology, statuses_of
from claims.views.styleguide import COLOURS
from claims.workflow.words import AttributionCheck, EvidenceForm
from tests.test_colours import palettes

pytestmark = pytest.mark.django_db


def test_the_style_page_is_there_while_debugging_alone(client, settings):
    assert client.get(reverse("styleguide")).status_code == 404
    settings.TRACKER_DEBUG = True
    assert client.get(reverse("styleguide")).status_code == 200


def test_the_style_page_shows_every_status_check_and_form_of_evidence(client, settings):
    settings.TRACKER_DEBUG = True
    body = client.get(reverse("styleguide")).content.decode()
    for status in statuses_of(newest_methodology()).values():
        assert body.count(f'> <strong class="status">{status.label}') == 3, status
    for check in AttributionCheck:
        assert f"sp-link-{check}" in body
    for form in EvidenceForm:
        assert form == "passage" or f"Form: {form.label}." in body


def test_the_style_page_shows_every_colour():
    assert set(COLOURS) == set(palettes()["light"])
