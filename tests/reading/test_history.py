"""The history of a claim, in the words of each time."""

import pytest

from claims.models import PublishedClaim
from claims.reading.history import versions_of
from claims.workflow.roles import EDITORS
from tests.factories import make_user, move, publish_claim

pytestmark = pytest.mark.django_db


def versions(claim):
    return versions_of(PublishedClaim.objects.get(pk=claim.public_id))


def test_each_release_is_told_with_its_own_status_and_notice():
    claim = publish_claim().claim
    correction = publish_claim(claim, status="refuted")
    first, second = versions(claim)
    assert first.status.slug == "verified"
    assert first.notice == ""
    assert second.status.slug == "refuted"
    assert second.notice == correction.notice
    assert second.as_of == correction.as_of
    assert second.citations[0].document.title


def test_a_sealed_version_keeps_only_its_digest():
    claim = publish_claim().claim
    before = versions(claim)[0].digest
    move("take_down", claim, make_user(EDITORS), reason="A private matter.")
    sealed, neutral = versions(claim)
    assert sealed.is_sealed
    assert sealed.digest == before
    assert (sealed.text, sealed.status, sealed.citations) == ("", None, ())
    assert not neutral.is_sealed
    assert neutral.text == ""
