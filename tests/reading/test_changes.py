"""What changed between two releases, in sentences."""

import copy

import pytest

from claims.models import Release
from claims.reading.changes import changes_between
from claims.reading.status_words import StatusWords
from tests.factories import make_full_claim, publish_claim

VERIFIED = StatusWords("verified", "Verified")
REFUTED = StatusWords("refuted", "Refuted")
NOTHING = ("What the page says stayed the same.",)


@pytest.fixture(scope="module")
def content(module_database):
    claim = publish_claim(make_full_claim()).claim
    return Release.objects.newest("claim", claim.public_id).parsed


def changes(before, change, statuses=(VERIFIED, VERIFIED)):
    after = copy.deepcopy(before)
    change(after["claim"], after["assessment"])
    return changes_between(before, after, *statuses)


def test_a_changed_status_is_told_with_both_words(content):
    told = changes(content, lambda claim, finding: None, (VERIFIED, REFUTED))
    assert told == ("The status changed from “Verified” to “Refuted”.",)


def test_the_same_content_is_said_to_be_the_same(content):
    assert changes(content, lambda claim, finding: None) == NOTHING


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("text", "Other words.", "The claim was put in other words."),
        ("role", "mayor", "Whom the claim is attributed to was changed."),
        (
            "attribution_check",
            "relayed",
            "“Did they say it?” changed from “confirmed: seen in the original” "
            "to “relayed: seen only second-hand”.",
        ),
        ("chain", [], "The chain of who relies on whom was changed."),
        ("said_words", "yesterday", "When it was said was changed."),
        (
            "superseded_since",
            "2025-04-03",
            "We added that it is no longer current since 3 April 2025.",
        ),
        ("searches", [], "1 search was taken out."),
        ("inquiries", [], "1 inquiry was taken out."),
        ("citations", [], "3 pieces of evidence were taken out."),
    ],
)
def test_a_changed_part_of_the_claim_has_its_sentence(content, field, value, sentence):
    content["claim"]["attribution_check"] = "confirmed"
    told = changes(content, lambda claim, finding: claim.update({field: value}))
    assert told == (sentence,)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("summary", "Other.", "The short answer was rewritten."),
        ("rationale", "Other.", "The reasons were rewritten."),
        ("methodology", 7, "It was judged by methodology 7."),
        (
            "as_of",
            "2025-04-03",
            "It is judged as of 3 April 2025, no longer as of 1 March 2016.",
        ),
    ],
)
def test_a_changed_part_of_the_finding_has_its_sentence(
    content, field, value, sentence
):
    content["assessment"]["as_of"] = "2016-03-01"
    told = changes(content, lambda claim, finding: finding.update({field: value}))
    assert told == (sentence,)


def test_evidence_that_came_and_changed_is_counted(content):
    def change(claim, finding):
        claim["citations"][0]["quotation"] = "Other words."
        claim["citations"].append({**claim["citations"][1], "id": "0000000000"})

    assert changes(content, change) == (
        "1 piece of evidence was added.",
        "1 piece of evidence was changed.",
    )


def test_where_a_claim_stands_is_not_told(content):
    told = changes(content, lambda claim, finding: claim.update(appearances=[]))
    assert told == NOTHING


def test_nothing_is_told_of_a_sealed_release_or_a_tombstone(content):
    tombstone = {"claim": {"id": "x", "text": "Words."}, "assessment": None}
    assert changes_between({}, content, None, VERIFIED) == ()
    assert changes_between(content, tombstone, VERIFIED, None) == ()
