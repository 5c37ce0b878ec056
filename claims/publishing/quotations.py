"""What readers learn of the quotations of a claim: machine facts, from no release.

A check counts for readers only when it compared the very words that are public.
"""

import datetime
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import F

from claims.models.quote_checks import QuoteCheck, asked_of
from claims.models.record import PublishedClaim
from claims.workflow.desk_words import EyeFinding

from .content import Content
from .revision import note_facts

#: Of one quotation: verdict, reasons, flags, holds, by_eye, pages ([first, last] or
#: []), copy (its number), retrieved_on (its day, UTC), and not_in: the day of a newer
#: copy that no longer has the words, or "".
Fact = dict[str, Any]
#: Claims whose contents are read in one go.
_AT_ONCE = 200


def quotation_facts(contents: Iterable[Content]) -> dict[str, Fact]:
    """Return what is known of the quotations in these claim contents; one query.

    By public id of the citation. Of several checks of the same words the one against
    the newest copy that has them counts, or where none has, the newest copy; of one
    copy, the newest check.
    """
    asked = {
        row["id"]: asked_of(row["quotation"], row["locator_kind"], row["locator"])
        for content in contents
        for row in content.get("claim", {}).get("citations", ())
        if row["quotation"]
    }
    if not asked:
        return {}
    rows = QuoteCheck.objects.filter(
        citation__public_id__in=asked, asked_sha256__in=asked.values()
    )
    checks = (
        rows.annotate(cited=F("citation__public_id"))
        .select_related("stored_copy")
        .defer("stored_copy__text", "stored_copy__blocks")
        .order_by("stored_copy__number", "checked_at", "pk")
    )
    facts: dict[str, Fact] = {}
    for row in checks:
        if asked[row.cited] == row.asked_sha256:
            facts[row.cited] = _newer(facts.get(row.cited), _fact(row))
    return facts


def _newer(known: Fact | None, fact: Fact) -> Fact:
    """Let words that a copy has be told from it, although a newer one lost them."""
    is_lost = known is not None and known["holds"] and not fact["holds"]
    if known is None or not is_lost or known["copy"] == fact["copy"]:
        return fact
    return {**known, "not_in": fact["retrieved_on"]}


def _fact(check: QuoteCheck) -> Fact:
    copy = check.stored_copy
    retrieved = copy.retrieved_at.astimezone(datetime.UTC)
    return {
        "verdict": str(check.verdict),
        "reasons": check.reasons,
        "flags": check.flags,
        "holds": check.holds,
        "by_eye": check.eye != EyeFinding.NONE,
        "pages": list(check.pages or ()),
        "copy": copy.number,
        "retrieved_on": retrieved.date().isoformat(),
        "not_in": "",
    }


def refresh_quotations(claim_ids: Collection[str]) -> int:
    """Bring to the record what is known of quotations; return how many rows changed."""
    wanted = sorted(claim_ids)
    changed = sum(
        _refresh(wanted[start : start + _AT_ONCE])
        for start in range(0, len(wanted), _AT_ONCE)
    )
    if changed:
        note_facts()
    return changed


def _refresh(claim_ids: list[str]) -> int:
    rows = PublishedClaim.objects.listed().filter(pk__in=claim_ids)
    claims = list(rows.order_by("pk").only("content", "quotations", "is_listed"))
    known = known_quotations(claims)
    differing = []
    for claim in claims:
        if known[claim.pk] != claim.quotations:
            claim.quotations = known[claim.pk]
            differing.append(claim)
    PublishedClaim.objects.bulk_update(differing, ["quotations"])
    return len(differing)


def known_quotations(claims: Collection[PublishedClaim]) -> dict[str, dict[str, Fact]]:
    """Return what is known of the quotations of each claim, by public id; one query."""
    contents = {claim.pk: claim.content for claim in claims if claim.is_listed}
    facts = quotation_facts(contents.values())
    known: dict[str, dict[str, Fact]] = {claim.pk: {} for claim in claims}
    for public_id, content in contents.items():
        cited = content.get("claim", {}).get("citations", ())
        known[public_id] = {
            row["id"]: facts[row["id"]] for row in cited if row["id"] in facts
        }
    return known
