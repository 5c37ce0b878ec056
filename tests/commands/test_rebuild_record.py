"""`manage.py rebuild_record`: finds what readers get and no release says; mends it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.models import PublishedClaim, PublishedNotice, PublishedSource
from tests import factories

pytestmark = pytest.mark.django_db


def rebuild_record(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_record", *arguments, stdout=out)
    return out.getvalue()


def refused() -> str:
    """Run it where it must find differences; return what it printed and said."""
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("rebuild_record", stdout=out)
    assert error.value.returncode == 1
    return out.getvalue() + str(error.value)


def test_a_record_that_follows_from_its_releases_has_no_difference():
    factories.publish_claim()
    assert rebuild_record() == "The record is what its releases say.\n"


def test_an_empty_record_has_no_difference():
    assert rebuild_record() == "The record is what its releases say.\n"


def test_each_difference_is_printed_and_nothing_is_mended_unasked():
    claim = factories.publish_claim().claim
    PublishedClaim.objects.update(text="Somebody wrote this.")
    PublishedSource.objects.filter(pk=claim.source.public_id).update(said_by=40)
    said = refused()
    assert f"PublishedClaim {claim.public_id}: differs from its releases" in said
    assert f"PublishedSource {claim.source.public_id}: differs" in said
    assert said.endswith("2 differences. --fix writes the record anew.")
    assert PublishedClaim.objects.get().text == "Somebody wrote this."


def test_fix_mends_and_says_what():
    claim = factories.publish_claim().claim
    PublishedClaim.objects.update(text="Somebody wrote this.")
    said = rebuild_record("--fix")
    assert f"PublishedClaim {claim.public_id}: differs from its releases" in said
    assert said.endswith("Mended 1 differences.\n")
    assert PublishedClaim.objects.get().text == claim.text
    assert rebuild_record() == "The record is what its releases say.\n"


def test_a_row_in_excess_and_a_missing_one_are_found():
    claim = factories.publish_claim().claim
    PublishedNotice.objects.create(
        claim_id=claim.public_id,
        release_sequence=1,
        kind="correction",
        text="Never said.",
        at=factories.NOON,
    )
    assert "PublishedNotice" in refused()
    assert "follows from no release" in refused()


def test_the_help_teaches(capsys):
    with pytest.raises(SystemExit):
        call_command("rebuild_record", "--help")
    assert "manage.py rebuild_record --fix" in capsys.readouterr().out
