"""Parts of a status page: content of the record joined with the things it names."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext

from claims.models.inquiries import Inquiry
from claims.publishing.content import Content, day
from claims.publishing.quotations import Fact
from claims.workflow.words import (
    AttributionCheck,
    BlockRole,
    EvidenceForm,
    LocatorKind,
    Question,
    Stance,
)

from .context import Context, context_of
from .names import NamedArticle, NamedDocument, NamedSource, Names
from .quotation_words import quotation_sentence
from .wording import attribution_sentence


@dataclass(frozen=True)
class Appearance:
    """Where a claim stands: the article, the place there, the wording in context."""

    article: NamedArticle | None
    wording: str
    placement_label: str
    is_first: bool
    context: Context


@dataclass(frozen=True)
class Citation:
    """One piece of evidence as a reader gets it."""

    anchor: str
    document: NamedDocument | None
    question: str
    stance: str
    stance_label: str
    form: str
    form_label: str
    quotation: str
    language: str
    locator: str
    value: str
    working: str
    description: str
    observed_on: datetime.date | None
    exact: str
    context: Context
    compared: str
    kept_on: datetime.date | None = None
    origin: str = ""

    @property
    def is_quoted_exactly(self) -> bool:
        """The words as typed are the words at the passage: one quotation shows both."""
        return self.quotation == self.exact


@dataclass(frozen=True)
class ChainLink:
    """One link of the attribution chain with its own check."""

    position: int
    source: NamedSource | None
    role: str
    document: NamedDocument | None
    check: str
    check_label: str
    checked_on: datetime.date | None
    citation_anchor: str

    @property
    def sentence(self) -> str:
        return attribution_sentence(self.check, self.source.name if self.source else "")


@dataclass(frozen=True)
class Search:
    """That we looked somewhere for something, and what came of it."""

    question_label: str
    looked_in: str
    looked_for: str
    searched_on: datetime.date | None
    result: str


@dataclass(frozen=True)
class InquiryRow:
    """A question we asked, and the answer."""

    addressee_label: str
    addressed_to: str
    channel: str
    question: str
    asked_on: datetime.date | None
    deadline_on: datetime.date | None
    answered_on: datetime.date | None
    answer: str
    outcome_label: str  # empty once there is an answer and nothing more to say


def citation_anchor(public_id: str | None) -> str:
    return f"evidence-{public_id}" if public_id else ""


def appearance_rows(claim: Content, names: Names) -> tuple[Appearance, ...]:
    return tuple(
        Appearance(
            article=names.articles.get(row["article"]),
            wording=row["wording"],
            placement_label=str(BlockRole(row["placement"]).label),
            is_first=row["is_first"],
            context=context_of(row["passage"]),
        )
        for row in claim["appearances"]
    )


def citation_rows(
    claim: Content, names: Names, quotations: Mapping[str, Fact] | None = None
) -> tuple[Citation, ...]:
    """Return the evidence of a claim.

    ``quotations``: what is known of them now (``publishing.quotations``); ``None``: of
    an earlier version, nothing is said of that.
    """
    return tuple(
        _citation(row, names, _compared(row, quotations)) for row in claim["citations"]
    )


def _compared(row: Content, quotations: Mapping[str, Fact] | None) -> str:
    if quotations is None or not row["quotation"]:
        return ""
    return quotation_sentence(quotations.get(row["id"]))


def _citation(row: Content, names: Names, compared: str) -> Citation:
    document = names.documents.get(row["document"])
    passage = row["passage"] or {}
    return Citation(
        anchor=citation_anchor(row["id"]),
        document=document,
        question=row["question"],
        stance=row["stance"],
        stance_label=str(Stance(row["stance"]).label),
        form=row["form"],
        form_label=str(EvidenceForm(row["form"]).label),
        quotation=row["quotation"],
        language=row["language"] or (document.language if document else ""),
        locator=_locator(row),
        value=row["value"],
        working=row["working"],
        description=row["description"],
        observed_on=day(row["observed_on"]),
        exact=passage.get("exact", ""),
        context=context_of(passage),
        compared=compared,
        kept_on=_kept_on(document, passage),
        origin=row.get("origin", ""),
    )


def _kept_on(document: NamedDocument | None, passage: Content) -> datetime.date | None:
    """Return the day of our copy with the quoted words, where readers have no other."""
    if document is None or not document.needs_a_copy:
        return None
    return document.kept_on(passage.get("stored_copy", ""))


def _locator(row: Content) -> str:
    if not row["locator"]:
        return ""
    kind = LocatorKind(row["locator_kind"])
    if kind in (LocatorKind.NONE, LocatorKind.OTHER):
        return str(row["locator"])
    return pgettext("locator", "%(kind)s %(place)s") % {
        "kind": kind.label,
        "place": row["locator"],
    }


def chain_rows(claim: Content, names: Names) -> tuple[ChainLink, ...]:
    """Return the chain from position 0 on; empty when nobody at all is named."""
    first = {**claim, "position": 0, "document": None}
    links = [first, *claim["chain"]]
    if len(links) == 1 and not claim["source"]:
        return ()
    return tuple(_chain_link(row, names) for row in links)


def _chain_link(row: Content, names: Names) -> ChainLink:
    return ChainLink(
        position=row["position"],
        source=names.sources.get(row["source"] or ""),
        role=row["role"],
        document=names.documents.get(row["document"] or ""),
        check=row["attribution_check"],
        check_label=str(AttributionCheck(row["attribution_check"]).label),
        checked_on=day(row["attribution_checked_on"]),
        citation_anchor=citation_anchor(row["attribution_citation"]),
    )


def search_rows(claim: Content) -> tuple[Search, ...]:
    return tuple(
        Search(
            question_label=str(Question(row["question"]).label),
            looked_in=row["looked_in"],
            looked_for=row["looked_for"],
            searched_on=day(row["searched_on"]),
            result=row["result"],
        )
        for row in claim["searches"]
    )


def inquiry_rows(claim: Content) -> tuple[InquiryRow, ...]:
    return tuple(
        InquiryRow(
            addressee_label=str(Inquiry.Addressee(row["addressee"]).label),
            addressed_to=row["addressed_to"],
            channel=row["channel"],
            question=row["question"],
            asked_on=day(row["asked_on"]),
            deadline_on=day(row["deadline_on"]),
            answered_on=day(row["answered_on"]),
            answer=row["answer"],
            outcome_label=""
            if row["answer"] and not row["outcome"]
            else str(Inquiry.Outcome(row["outcome"]).label),
        )
        for row in claim["inquiries"]
    )
