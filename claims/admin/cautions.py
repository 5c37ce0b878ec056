"""What somebody should have seen before they put their name to a finding."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from claims.models import Assessment, Claim, QuoteCheck
from claims.workflow.moves import Move

from .quotations import quotation_url

#: The moves of an assessment by which somebody answers for it.
ANSWERING = ("submit", "sign_off", "publish")


@dataclass(frozen=True)
class Caution:
    """One thing to look at, in a sentence, and where. It refuses nothing."""

    sentence: str
    url: str


def cautions_of(subject: Any, move: Move) -> list[Caution]:
    """Return what is open on the claim of an assessment; empty for any other move."""
    if not isinstance(subject, Assessment) or move.name not in ANSWERING:
        return []
    return [*_quotations(subject.claim), *_news(subject.claim)]


def _quotations(claim: Claim) -> list[Caution]:
    checks = QuoteCheck.objects.to_look_at().filter(citation__claim=claim)
    rows = checks.select_related("citation__document").order_by("citation__position")
    sentence = _("Citation %(number)s, “%(title)s”: the quotation is %(verdict)s.")
    return [
        Caution(
            sentence
            % {
                "number": check.citation.position,
                "title": check.citation.document.title,
                "verdict": check.get_verdict_display(),
            },
            quotation_url(check.citation),
        )
        for check in rows
    ]


def _news(claim: Claim) -> list[Caution]:
    number = claim.news.unsettled().count()
    if not number:
        return []
    sentence = ngettext(
        "%(number)s piece of new information is not settled.",
        "%(number)s pieces of new information are not settled.",
        number,
    )
    page = reverse("admin:claims_claim_change", args=[claim.pk])
    return [Caution(sentence % {"number": number}, page)]
