"""One document cited for several claims at once: a citation each, or none at all."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from claims.models import Citation, Claim
from claims.moves import record_edit
from claims.workflow.words import ClaimState, EvidenceForm

from .captures import want_missing
from .quotation_places import passage_of
from .quotations import check_soon

#: More than this nobody reads through before citing for them.
MAX_CLAIMS = 50
#: What the citations have in common; by these one is known to be there already.
SHARED_FIELDS = (
    *("document", "question", "stance", "form", "quotation", "locator_kind"),
    *("locator", "value", "working", "description", "observed_on"),
)
#: In common too, but they tell no citation from another.
_BESIDE = ("language", "origin", "desk_note")


@dataclass(frozen=True)
class Target:
    """A claim to cite for; its own words and locator go before the shared ones."""

    claim: Claim
    quotation: str = ""
    locator: str = ""


@dataclass(frozen=True)
class Fault:
    """What stands in the way: of which claim (``None``: of all), at which field."""

    claim: Claim | None
    field: str
    sentence: str


class CitingError(Exception):
    """Nothing was cited; ``faults`` say why, claim by claim."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(" ".join(fault.sentence for fault in faults))


def cite_for_several(
    shared: Citation,
    targets: Sequence[Target],
    actor: Any,
    at: datetime.datetime | None = None,
) -> list[Citation]:
    """Save one citation for each claim, each with its passage in the stored copy.

    ``shared``: an unsaved citation with what all have in common. Each goes last among
    the claim's citations, raises its version and leaves an *edited* event. A copy of
    the document is wanted where there is none. All are saved or none: raises
    ``CitingError``.
    """
    with transaction.atomic():
        _refuse(shared, targets)
        keys = [target.claim.pk for target in targets]
        rows = Claim.objects.filter(pk__in=keys).order_by("pk")
        claims = {claim.pk: claim for claim in rows.select_for_update(no_key=True)}
        citations = [
            _citation(shared, target, claims[target.claim.pk]) for target in targets
        ]
        faults = [fault for row in citations for fault in _faults_of(row)]
        if faults:
            raise CitingError(faults)
        for row in citations:
            _save(row, actor, at or timezone.now())
        check_soon(Citation.objects.filter(pk__in=[row.pk for row in citations]))
        want_missing([shared.document], None if isinstance(actor, str) else actor, at)
    return citations


def _refuse(shared: Citation, targets: Sequence[Target]) -> None:
    refusal, field = "", ""
    if not targets:
        refusal = _("Tick at least one claim.")
    elif len(targets) > MAX_CLAIMS:
        refusal = _("At most %(number)s claims at once.") % {"number": MAX_CLAIMS}
    elif shared.form == EvidenceForm.INQUIRY:
        refusal = _("An inquiry belongs to one claim: cite its answer there.")
        field = "form"
    if refusal:
        raise CitingError([Fault(None, field, refusal)])


def _citation(shared: Citation, target: Target, claim: Claim) -> Citation:
    last = claim.citations.aggregate(last=Max("position"))["last"] or 0
    names = (*SHARED_FIELDS, *_BESIDE)
    row = Citation(claim=claim, position=last + 1)
    for name in names:
        setattr(row, name, getattr(shared, name))
    row.quotation = (target.quotation or shared.quotation).replace("\r\n", "\n")
    row.locator = target.locator or shared.locator
    copy = row.document.newest_copy if row.quotation else None
    row.passage = passage_of(row.quotation, copy)
    return row


def _faults_of(row: Citation) -> list[Fault]:
    claim = row.claim
    if claim.state != ClaimState.WORKING:
        state = {"state": claim.get_state_display()}
        return [Fault(claim, "", _("It is %(state)s.") % state)]
    same = {name: getattr(row, name) for name in SHARED_FIELDS}
    if claim.citations.filter(**same).exists():
        return [Fault(claim, "", _("It cites just this already."))]
    try:
        row.full_clean()
    except ValidationError as error:
        return [
            Fault(claim, "" if field == NON_FIELD_ERRORS else field, sentence)
            for field, sentences in error.message_dict.items()
            for sentence in sentences
        ]
    return []


def _save(row: Citation, actor: Any, at: datetime.datetime) -> None:
    user = None if isinstance(actor, str) else actor
    row._history_user = user  # type: ignore[attr-defined]
    row.save()
    Claim.raise_version(row.claim_id)
    record_edit(row.claim, actor, ["citation.added"], at=at)
