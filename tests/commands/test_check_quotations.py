"""`manage.py check_quotations`: compares, counts, names what to look at, exits right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from claims.jobs.upkeep import quotations
from claims.models import QuoteCheck
from tests.factories import (
    NOON,
    SENTENCES,
    make_citation,
    make_claim,
    make_copy,
    publish_claim,
)

pytestmark = pytest.mark.django_db

ALTERED = SENTENCES[0].replace("5,000", "8,000")


def check_quotations(*arguments: str) -> str:
    out = StringIO()
    call_command("check_quotations", *arguments, stdout=out)
    return out.getvalue()


def quoted(words=SENTENCES[0], claim=None):
    copy = make_copy(provenance="captured")
    return make_citation(claim, document=copy.document, quotation=words)


def test_it_compares_what_was_not_compared_and_counts():
    quoted()
    quoted(SENTENCES[1])
    quoted("Cheese is what the moon is made of, said the mayor.")
    assert check_quotations().startswith("Compared 3: 2 exact, 1 not in the copy.\n")
    assert QuoteCheck.objects.count() == 3


def test_done_again_there_is_nothing_new():
    quoted()
    check_quotations()
    assert check_quotations() == "Nothing new to compare.\n"


def test_what_to_look_at_is_named_with_its_claim():
    citation = quoted(ALTERED)
    out = check_quotations()
    assert f"claim {citation.claim.public_id}: altered (number" in out
    assert f"“{ALTERED}”" in out


def test_a_published_claim_that_quotes_wrongly_is_an_error():
    claim = make_claim()
    quoted(ALTERED, claim)
    publish_claim(claim)
    with pytest.raises(CommandError, match="1 quotations of published claims") as error:
        check_quotations()
    assert error.value.returncode == 1


def test_one_document_or_all_of_them():
    first, second = quoted(), quoted()
    check_quotations("--document", first.document.public_id)
    assert first.quote_checks.count() == 1
    assert second.quote_checks.count() == 0
    check_quotations("--all")
    assert second.quote_checks.count() == 1


def test_a_document_that_is_not_there_is_refused():
    with pytest.raises(CommandError, match="There is no document 0000000000"):
        check_quotations("--document", "0000000000")


def test_upkeep_compares_what_no_save_has_compared():
    quoted()
    assert quotations(NOON) == "1 compared"
    assert quotations(NOON) == "nothing new to compare"
