"""The status page as values: one shape for the public page and the desk's preview."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from claims.models.assessments import Assessment
from claims.models.claims import Claim
from claims.models.record import PublishedClaim, PublishedNotice
from claims.models.releases import Release
from claims.publishing import content as contents
from claims.publishing.content import Content, day
from claims.publishing.facts import statuses_as_they_are
from claims.publishing.quotations import Fact, quotation_facts
from claims.workflow.independence import Independence
from claims.workflow.words import (
    AssessmentState,
    AttributionCheck,
    ClaimKind,
    CorrectionKind,
    Question,
    Voice,
    weakest_check,
)

from . import page_parts as parts
from .evidence import best_first
from .independence import independence_of
from .names import NamedSource, Names, names_at_desk, names_in_record
from .statements import Statement
from .status_words import (
    NoticeRow,
    Statuses,
    StatusWords,
    in_words,
    methodology_of,
    notice_row,
    status_words,
    statuses_of,
)
from .wording import attribution_sentence, date_sentence


@dataclass(frozen=True)
class StatusPage:
    """Everything ``templates/claims/_status_page.html`` shows of one claim."""

    public_id: str
    text: str
    kind_label: str
    voice: str
    voice_label: str
    source: NamedSource | None
    role: str
    status: StatusWords
    methodology: int | None
    is_decided: bool
    is_withdrawn: bool
    is_demo: bool
    is_second_person: bool
    summary: str
    rationale: str
    as_of: datetime.date | None
    part_that_holds: str
    part_that_fails: str
    attribution_reason: str
    independence_reason: str
    check: str
    weakest: str
    said: str
    superseded_since: datetime.date | None
    superseded_anchor: str
    rechecking_since: datetime.datetime | None
    recheck_reason: str
    review_on: datetime.date | None
    is_review_overdue: bool
    decided_at: datetime.datetime | None
    changed_at: datetime.datetime | None
    released_at: datetime.datetime | None
    topics: tuple[tuple[str, str], ...]
    appearances: tuple[parts.Appearance, ...]
    citations: tuple[parts.Citation, ...]
    chain: tuple[parts.ChainLink, ...]
    searches: tuple[parts.Search, ...]
    inquiries: tuple[parts.InquiryRow, ...]
    notices: tuple[NoticeRow, ...]
    independence: Independence
    is_preview: bool = False

    @property
    def attribution_sentence(self) -> str:
        return attribution_sentence(self.check, self.source.name if self.source else "")

    @property
    def is_chain_weaker(self) -> bool:
        """Some later link of the chain is weaker than the first."""
        return self.weakest != self.check

    @property
    def weakest_label(self) -> str:
        return str(AttributionCheck(self.weakest).label)

    @property
    def best_evidence(self) -> tuple[parts.Citation, ...]:
        return best_first(self.citations)[0]

    @property
    def further_evidence(self) -> tuple[parts.Citation, ...]:
        return best_first(self.citations)[1]

    @property
    def rests_on_searches(self) -> bool:
        """Nothing is cited about truth: what we looked for and asked is the evidence."""
        return not any(row.question == Question.TRUTH for row in self.citations)

    @property
    def has_chain_to_show(self) -> bool:
        """Somebody beside the article itself says it."""
        return len(self.chain) > 1 or any(
            link.check != AttributionCheck.NOT_APPLICABLE for link in self.chain
        )

    @property
    def further_appearances(self) -> tuple[parts.Appearance, ...]:
        return tuple(row for row in self.appearances if not row.is_first)

    @property
    def first_appearance(self) -> parts.Appearance | None:
        first = [row for row in self.appearances if row.is_first]
        return first[0] if first else None


def status_page_from_record(
    claim: PublishedClaim,
    recheck_reason: str = "",
    today: datetime.date | None = None,
) -> StatusPage:
    """Return the page of a listed public claim.

    ``today``: by which another look is overdue; ``None``: none is called so.
    """
    content = claim.content
    methodology = methodology_of(content)
    statuses = statuses_of(methodology)
    return _page(
        content,
        names_in_record(content),
        quotations=claim.quotations,
        statuses=statuses,
        methodology=methodology.number if methodology else None,
        notices=[notice_row(row, statuses) for row in _NOTICES.rows([claim.pk])],
        is_withdrawn=claim.state == PublishedClaim.State.WITHDRAWN,
        is_demo=claim.is_demo,
        is_second_person=claim.is_second_person,
        rechecking_since=claim.rechecking_since,
        recheck_reason=recheck_reason,
        review_on=claim.review_on,
        is_review_overdue=_is_past(claim.review_on, today),
        decided_at=claim.decided_at,
        changed_at=claim.changed_at,
        released_at=claim.released_at,
    )


def status_page_from_desk(claim: Claim, assessment: Assessment | None) -> StatusPage:
    """Return the page as readers would get it if this were published now."""
    content = contents.claim_content(claim, assessment, claim.status_id)
    methodology = assessment.methodology if assessment else None
    frozen = methodology.statuses if methodology else []
    statuses = in_words(frozen or statuses_as_they_are())
    past = PublishedNotice.objects.filter(claim=claim.public_id)
    record = PublishedClaim.objects.filter(pk=claim.public_id)
    notices = [notice_row(row, statuses) for row in past]
    return _page(
        content,
        names_at_desk(content),
        quotations=quotation_facts([content]),
        statuses=statuses,
        methodology=methodology.number if methodology else None,
        notices=[*_notice_of(assessment), *notices],
        is_withdrawn=False,
        is_demo=claim.article.is_demo,
        is_second_person=_is_second_person(assessment),
        rechecking_since=claim.rechecking_since,
        recheck_reason=_recheck_reason(claim),
        review_on=_review_shown(claim, assessment),
        is_review_overdue=False,
        decided_at=assessment.published_at if assessment else None,
        changed_at=None,
        released_at=record.values_list("released_at", flat=True).first(),
        is_preview=True,
    )


_NOTICES = Statement(
    PublishedNotice.objects.all(), key="claim", order=("-at", "-release_sequence")
)


def _is_past(day: datetime.date | None, today: datetime.date | None) -> bool:
    return day is not None and today is not None and day < today


def _review_shown(claim: Claim, assessment: Assessment | None) -> datetime.date | None:
    """Return the next look as readers know it; publishing may set another."""
    is_public = assessment and assessment.state == AssessmentState.PUBLISHED
    return claim.next_review_on if is_public else None


def _recheck_reason(claim: Claim) -> str:
    if claim.rechecking_since is None:
        return ""
    return Release.objects.recheck_reasons(claim.public_id).first() or ""


def _is_second_person(assessment: Assessment | None) -> bool:
    alone = assessment is not None and assessment.signed_alone
    return settings.TRACKER_FOUR_EYES and not alone


def _notice_of(assessment: Assessment | None) -> list[NoticeRow]:
    if assessment is None or not assessment.correction_kind:
        return []
    label = str(CorrectionKind(assessment.correction_kind).label)
    words, at = assessment.notice, assessment.published_at
    return [NoticeRow(label, words, at, None, None, assessment.asked_by)]


def _page(
    content: Content,
    names: Names,
    *,
    quotations: Mapping[str, Fact],
    statuses: Statuses,
    notices: list[NoticeRow],
    **given: Any,
) -> StatusPage:
    claim, assessment = content["claim"], content["assessment"] or {}
    checks = [row["attribution_check"] for row in claim["chain"]]
    return StatusPage(
        public_id=claim["id"],
        text=claim["text"],
        kind_label=str(ClaimKind(claim["kind"]).label),
        voice=claim["voice"],
        voice_label=str(Voice(claim["voice"]).label),
        source=names.sources.get(claim["source"] or ""),
        role=claim["role"],
        status=status_words(statuses, content["status"]),
        is_decided=bool(assessment),
        summary=assessment.get("summary", ""),
        rationale=assessment.get("rationale", ""),
        as_of=day(assessment.get("as_of")),
        part_that_holds=assessment.get("part_that_holds", ""),
        part_that_fails=assessment.get("part_that_fails", ""),
        attribution_reason=assessment.get("attribution_reason", ""),
        independence_reason=assessment.get("independence_reason", ""),
        check=claim["attribution_check"],
        weakest=weakest_check([claim["attribution_check"], *checks]),
        said=date_sentence(
            claim["said_words"], claim["said_edtf"], claim["said_basis"]
        ),
        superseded_since=day(claim["superseded_since"]),
        superseded_anchor=parts.citation_anchor(claim["superseded_citation"]),
        topics=tuple((slug, label) for slug, label in claim["topics"]),
        appearances=parts.appearance_rows(claim, names),
        citations=parts.citation_rows(claim, names, quotations),
        chain=parts.chain_rows(claim, names),
        searches=parts.search_rows(claim),
        inquiries=parts.inquiry_rows(claim),
        notices=tuple(notices),
        independence=independence_of(claim, names),
        **given,
    )
