"""What submitting asks for, rule by rule: complete, then with one thing missing."""

from dataclasses import replace
from typing import Any

import pytest

from claims.workflow.completeness import (
    SubmissionFacts,
    TruthCitation,
    missing_for_submission,
)
from claims.workflow.words import (
    NOT_RATED_KINDS,
    AttributionCheck,
    ClaimKind,
    Stance,
)

RATED_KINDS = [kind for kind in ClaimKind.values if kind not in NOT_RATED_KINDS]
DECIDED_CHECKS = [
    check
    for check in AttributionCheck.values
    if check not in (AttributionCheck.UNCHECKED, AttributionCheck.NOT_FOUND)
]
SUPPORTING = TruthCitation(Stance.SUPPORTS, in_chain=False)
SUPPORTING_IN_PART = TruthCitation(Stance.SUPPORTS_IN_PART, in_chain=False)
CONTRADICTING = TruthCitation(Stance.CONTRADICTS, in_chain=False)
GIVING_CONTEXT = TruthCitation(Stance.CONTEXT, in_chain=False)
SUPPORTING_IN_CHAIN = TruthCitation(Stance.SUPPORTS, in_chain=True)
CONTRADICTING_IN_CHAIN = TruthCitation(Stance.CONTRADICTS, in_chain=True)

WORDS: dict[str, Any] = {
    "is_final": True,
    "kind": ClaimKind.FIGURE,
    "summary": "In short.",
    "rationale": "At length.",
    "as_of": True,
    "checks": (AttributionCheck.CONFIRMED,),
}
#: For each final status, facts that are complete.
COMPLETE: dict[str, SubmissionFacts] = {
    "verified": SubmissionFacts("verified", **WORDS, truth=(SUPPORTING,)),
    "partly-verified": SubmissionFacts(
        "partly-verified",
        **WORDS,
        truth=(SUPPORTING_IN_PART,),
        part_that_holds="The year.",
        part_that_fails="The figure.",
    ),
    "misleading": SubmissionFacts("misleading", **WORDS, truth=(GIVING_CONTEXT,)),
    "refuted": SubmissionFacts("refuted", **WORDS, truth=(CONTRADICTING,)),
    "disputed": SubmissionFacts("disputed", **WORDS, truth=(SUPPORTING, CONTRADICTING)),
    "outdated": SubmissionFacts("outdated", **WORDS, truth=(CONTRADICTING,)),
    "unverifiable": SubmissionFacts("unverifiable", **WORDS, truth_searches=1),
    "not-rated": SubmissionFacts("not-rated", **{**WORDS, "kind": ClaimKind.OPINION}),
}
STATUSES = list(COMPLETE)
CHAIN_ONLY = "outside the claim's own chain"


def missing(status: str, **changes: Any) -> list[str]:
    return missing_for_submission(replace(COMPLETE[status], **changes))


@pytest.mark.parametrize("status", STATUSES)
def test_complete_facts_lack_nothing(status):
    assert missing(status) == []


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"is_final": False}, "Choose a final verification status."),
        ({"summary": ""}, "Write a summary of at most 280 characters."),
        ({"summary": " \n"}, "Write a summary of at most 280 characters."),
        ({"rationale": ""}, "Write the rationale: why this status."),
        ({"rationale": "\t"}, "Write the rationale: why this status."),
        ({"as_of": False}, "Give the date as of which the claim was assessed."),
        ({"has_methodology": False}, "Choose the methodology that was followed."),
        ({"citation_gaps": ("Citation 1 lacks: locator.",)}, "Citation 1 lacks"),
    ],
)
def test_every_status_needs_the_same_words(status, change, sentence):
    found = missing(status, **change)
    assert len(found) == 1
    assert sentence in found[0]


def test_everything_missing_is_said_at_once_in_sentences():
    found = missing_for_submission(
        SubmissionFacts(
            "verified",
            is_final=False,
            kind=ClaimKind.FIGURE,
            checks=(AttributionCheck.UNCHECKED, AttributionCheck.NOT_FOUND),
            has_methodology=False,
            is_correction=True,
        )
    )
    assert len(found) == len(set(found)) == 11
    assert all(sentence.endswith(".") for sentence in found)


@pytest.mark.parametrize("part", ["part_that_holds", "part_that_fails"])
@pytest.mark.parametrize("words", ["", "  "])
def test_partly_verified_names_both_parts(part, words):
    assert missing("partly-verified", **{part: words}) == [
        "Name the part that holds and the part that does not."
    ]


@pytest.mark.parametrize("status", [each for each in STATUSES if each != "not-rated"])
class TestAttribution:
    @pytest.mark.parametrize("check", DECIDED_CHECKS)
    def test_a_decided_check_is_enough(self, status, check):
        assert missing(status, checks=(check, check)) == []

    def test_an_unchecked_link_anywhere_asks_for_a_reason(self, status):
        checks = (AttributionCheck.CONFIRMED, AttributionCheck.UNCHECKED)
        (sentence,) = missing(status, checks=checks)
        assert sentence.startswith("Decide every attribution check, or say why")
        assert missing(status, checks=checks, attribution_reason=" ") == [sentence]
        assert missing(status, checks=checks, attribution_reason="Lost.") == []

    def test_not_found_asks_for_a_recorded_search(self, status):
        checks = (AttributionCheck.NOT_FOUND,)
        (sentence,) = missing(status, checks=checks, truth_searches=1)
        assert "needs a recorded search for the statement" in sentence
        assert (
            missing(status, checks=checks, attribution_searches=1, truth_searches=1)
            == []
        )


@pytest.mark.parametrize("kind", sorted(NOT_RATED_KINDS))
class TestKindsThatAreNotRated:
    def test_an_unchecked_attribution_is_never_excused(self, kind):
        (sentence,) = missing(
            "not-rated",
            kind=kind,
            checks=(AttributionCheck.UNCHECKED,),
            attribution_reason="No time.",
        )
        assert sentence.startswith("Decide every attribution check: for this kind")

    def test_they_need_no_evidence(self, kind):
        assert missing("not-rated", kind=kind, truth=()) == []

    @pytest.mark.parametrize(
        "status", [each for each in STATUSES if each != "not-rated"]
    )
    def test_they_take_no_other_status(self, kind, status):
        assert missing(status, kind=kind) == [
            "A forecast, opinion or prescription takes only “not rated”."
        ]


@pytest.mark.parametrize("kind", RATED_KINDS)
class TestKindsThatAreRated:
    @pytest.mark.parametrize(
        "status", [each for each in STATUSES if each != "not-rated"]
    )
    def test_they_take_every_rated_status(self, kind, status):
        assert missing(status, kind=kind) == []

    def test_they_cannot_be_not_rated(self, kind):
        assert missing("not-rated", kind=kind) == [
            "Only a forecast, opinion or prescription can be “not rated”."
        ]


class TestIndependentEvidence:
    """Evidence outside the claim's own chain, or a stated reason."""

    INDEPENDENT = ("verified", "partly-verified", "misleading", "refuted", "outdated")

    @pytest.mark.parametrize("status", INDEPENDENT)
    def test_a_document_of_the_chain_shows_only_that_it_was_said(self, status):
        in_chain = tuple(replace(row, in_chain=True) for row in COMPLETE[status].truth)
        (sentence,) = missing(status, truth=in_chain)
        assert CHAIN_ONLY in sentence
        assert missing(status, truth=in_chain, independence_reason="\n") == [sentence]
        reason = "It is about the document itself."
        assert missing(status, truth=in_chain, independence_reason=reason) == []

    @pytest.mark.parametrize("status", INDEPENDENT)
    def test_a_reason_replaces_independence_but_not_evidence(self, status):
        found = missing(status, truth=(), independence_reason="A public record.")
        assert CHAIN_ONLY in found[0]

    @pytest.mark.parametrize(
        ("status", "deciding"),
        [("verified", SUPPORTING_IN_CHAIN), ("refuted", CONTRADICTING_IN_CHAIN)],
    )
    def test_context_from_elsewhere_does_not_make_the_chain_independent(
        self, status, deciding
    ):
        (sentence,) = missing(status, truth=(deciding, GIVING_CONTEXT))
        assert CHAIN_ONLY in sentence

    @pytest.mark.parametrize("status", ["disputed", "unverifiable", "not-rated"])
    def test_other_statuses_do_not_ask_for_it(self, status):
        in_chain = tuple(replace(row, in_chain=True) for row in COMPLETE[status].truth)
        assert missing(status, truth=in_chain) == []


class TestStances:
    @pytest.mark.parametrize("citation", [CONTRADICTING, GIVING_CONTEXT])
    def test_verified_needs_support(self, citation):
        sentence = "“Verified” needs a citation that supports the claim."
        assert sentence in missing("verified", truth=(citation,))
        assert missing("verified", truth=(citation, SUPPORTING_IN_PART)) == []

    @pytest.mark.parametrize("citation", [SUPPORTING, GIVING_CONTEXT])
    def test_refuted_needs_contradiction(self, citation):
        sentence = "“Refuted” needs a citation that contradicts the claim."
        assert sentence in missing("refuted", truth=(citation,))
        assert missing("refuted", truth=(citation, CONTRADICTING)) == []

    @pytest.mark.parametrize(
        "truth", [(), (SUPPORTING,), (CONTRADICTING,), (GIVING_CONTEXT, SUPPORTING)]
    )
    def test_disputed_needs_both_sides(self, truth):
        (sentence,) = missing("disputed", truth=truth)
        assert "one citation that supports and one that contradicts" in sentence

    def test_unverifiable_needs_a_search_for_evidence(self):
        (sentence,) = missing("unverifiable", truth_searches=0, attribution_searches=1)
        assert sentence.startswith("“Unverifiable” needs a recorded search")


@pytest.mark.parametrize("status", STATUSES)
class TestCorrection:
    def test_it_needs_a_kind_and_a_notice(self, status):
        assert missing(status, is_correction=True, notice=" ") == [
            "Choose the kind of correction.",
            "Write the notice that tells readers what changed.",
        ]

    def test_it_is_complete_with_both(self, status):
        assert (
            missing(status, is_correction=True, correction_kind="fact", notice="Sorry.")
            == []
        )

    def test_it_names_only_who_permits_it(self, status):
        named = {"is_correction": True, "correction_kind": "fact", "notice": "Sorry."}
        named["asked_by"] = "Ada Quill"
        assert missing(status, **named) == []
        assert missing(status, **named, is_name_permitted=False) == [
            "No request about this claim permits the name “Ada Quill”."
        ]

    def test_a_first_assessment_needs_neither(self, status):
        assert missing(status, is_correction=False) == []
