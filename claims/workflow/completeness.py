"""What an assessment must have before it may be submitted. No queries here."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .words import NOT_RATED_KINDS, AttributionCheck, Stance

#: Statuses that rest on evidence outside the claim's own chain.
INDEPENDENT_EVIDENCE = frozenset(
    {"verified", "partly-verified", "misleading", "refuted", "outdated"}
)
_SUPPORTING = frozenset({Stance.SUPPORTS, Stance.SUPPORTS_IN_PART})
#: The stances that decide a status: of these one must come from outside the chain.
_DECIDING_STANCES = {
    "verified": _SUPPORTING,
    "refuted": frozenset({Stance.CONTRADICTS}),
}


@dataclass(frozen=True)
class TruthCitation:
    """A citation that answers *is it true?*; ``in_chain``: the chain rests on it."""

    stance: str
    in_chain: bool


@dataclass(frozen=True)
class SubmissionFacts:
    """Everything completeness is judged by, gathered by ``moves``."""

    status: str
    is_final: bool
    kind: str
    summary: str = ""
    rationale: str = ""
    as_of: bool = False
    has_methodology: bool = True
    checks: tuple[str, ...] = ()
    attribution_reason: str = ""
    truth: tuple[TruthCitation, ...] = ()
    independence_reason: str = ""
    truth_searches: int = 0
    attribution_searches: int = 0
    part_that_holds: str = ""
    part_that_fails: str = ""
    is_correction: bool = False
    correction_kind: str = ""
    notice: str = ""
    asked_by: str = ""
    is_name_permitted: bool = True
    citation_gaps: tuple[str, ...] = field(default=())


def missing_for_submission(facts: SubmissionFacts) -> list[str]:
    """Return one sentence for each thing that is missing; empty when complete."""
    return [
        *_missing_words(facts),
        *_missing_attribution(facts),
        *_missing_evidence(facts),
        *_missing_correction(facts),
        *missing_permission(facts.asked_by, facts.is_name_permitted),
        *facts.citation_gaps,
    ]


def _missing_words(facts: SubmissionFacts) -> list[str]:
    wanted = [
        (facts.is_final, _("Choose a final verification status.")),
        (facts.summary.strip(), _("Write a summary of at most 280 characters.")),
        (facts.rationale.strip(), _("Write the rationale: why this status.")),
        (facts.as_of, _("Give the date as of which the claim was assessed.")),
        (facts.has_methodology, _("Choose the methodology that was followed.")),
    ]
    missing = [sentence for present, sentence in wanted if not present]
    if facts.status == "partly-verified" and not (
        facts.part_that_holds.strip() and facts.part_that_fails.strip()
    ):
        missing.append(_("Name the part that holds and the part that does not."))
    return missing


def _missing_attribution(facts: SubmissionFacts) -> list[str]:
    missing = []
    undecided = AttributionCheck.UNCHECKED in facts.checks
    if undecided and facts.kind in NOT_RATED_KINDS:
        missing.append(
            _("Decide every attribution check: for this kind it is all we check.")
        )
    elif undecided and not facts.attribution_reason.strip():
        missing.append(
            _("Decide every attribution check, or say why one is left unchecked.")
        )
    if AttributionCheck.NOT_FOUND in facts.checks and not facts.attribution_searches:
        missing.append(_("“Not found” needs a recorded search for the statement."))
    return missing


def _missing_evidence(facts: SubmissionFacts) -> list[str]:
    if facts.kind in NOT_RATED_KINDS:
        if facts.status == "not-rated":
            return []
        return [_("A forecast, opinion or prescription takes only “not rated”.")]
    if facts.status == "not-rated":
        return [_("Only a forecast, opinion or prescription can be “not rated”.")]
    return [
        *_missing_independence(facts),
        *_missing_stances(facts),
        *_missing_search(facts),
    ]


def _missing_independence(facts: SubmissionFacts) -> list[str]:
    if facts.status not in INDEPENDENT_EVIDENCE or _is_independent(facts):
        return []
    return [
        _(
            "Cite evidence from outside the claim's own chain, or say why none "
            "is needed: a document the chain rests on shows only that it was said."
        )
    ]


def _missing_stances(facts: SubmissionFacts) -> list[str]:
    stances = {citation.stance for citation in facts.truth}
    both_sides = {Stance.SUPPORTS, Stance.CONTRADICTS}
    if facts.status == "verified" and not stances & _SUPPORTING:
        return [_("“Verified” needs a citation that supports the claim.")]
    if facts.status == "refuted" and Stance.CONTRADICTS not in stances:
        return [_("“Refuted” needs a citation that contradicts the claim.")]
    if facts.status == "disputed" and not both_sides <= stances:
        return [
            _("“Disputed” needs one citation that supports and one that contradicts.")
        ]
    return []


def _missing_search(facts: SubmissionFacts) -> list[str]:
    if facts.status == "unverifiable" and not facts.truth_searches:
        return [_("“Unverifiable” needs a recorded search: where, for what and when.")]
    return []


def _is_independent(facts: SubmissionFacts) -> bool:
    if facts.independence_reason.strip():
        return bool(facts.truth)
    deciding = _DECIDING_STANCES.get(facts.status, frozenset(Stance))
    return any(
        not citation.in_chain and citation.stance in deciding
        for citation in facts.truth
    )


def _missing_correction(facts: SubmissionFacts) -> list[str]:
    if not facts.is_correction:
        return []
    missing = []
    if not facts.correction_kind:
        missing.append(_("Choose the kind of correction."))
    if not facts.notice.strip():
        missing.append(_("Write the notice that tells readers what changed."))
    return missing


def missing_permission(name: str, is_permitted: bool) -> list[str]:
    """Say that nobody of the name that a correction gives permits it; empty if fine."""
    if not name or is_permitted:
        return []
    return [
        _("No request about this claim permits the name “%(name)s”.") % {"name": name}
    ]
