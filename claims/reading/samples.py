"""An invented status page with every element, for the style page of contributors."""

import datetime

from claims.workflow.independence import Independence, Shared, Side
from claims.workflow.words import AttributionCheck, ClaimKind, EvidenceForm, Voice

from . import page_parts as parts
from .context import Context
from .names import NamedArticle, NamedDocument, NamedSource
from .status_page import StatusPage
from .status_words import NoticeRow, StatusWords

DAY = datetime.date(2025, 4, 8)
MOMENT = datetime.datetime(2025, 4, 8, 10, 30, tzinfo=datetime.UTC)
MAYOR = NamedSource("The mayor of Sampleton", "#claim")
ARTICLE = NamedArticle("Ferry carries more people than ever", "#claim")
REPORT = NamedDocument(
    "Ferry report 2024",
    "#claim",
    "report",
    "Sampleton Harbour Office",
    {
        "url": "https://harbour.example/report",
        "archive_url": "https://archive.example/report",
        "archived_on": "2025-03-03",
        "published_edtf": "2025-01",
    },
    "deviated",
    MOMENT,
)
#: A stance for each form of evidence, so that both are all seen.
STANCES = (
    *("contradicts", "supports", "supports_in_part", "is_the_statement"),
    *("differs", "repeats_it", "context"),
)


def sample_page(status: StatusWords, other: StatusWords) -> StatusPage:
    """Return a page that shows every element; ``other`` is its earlier status."""
    return StatusPage(
        public_id="sample",
        text="The ferry carried 40,000 people last year, more than ever before.",
        kind_label=str(ClaimKind.FIGURE.label),
        voice=Voice.ATTRIBUTED,
        voice_label=str(Voice.ATTRIBUTED.label),
        source=MAYOR,
        role="who opened the new landing stage",
        status=status,
        methodology=1,
        is_decided=True,
        is_withdrawn=True,
        is_demo=True,
        is_second_person=True,
        summary="The harbour office counted 38,412 people. In 1998 there were 41,020.",
        rationale="Two counts exist.\n\n- Both are **lower**.\n- One is older.",
        as_of=DAY,
        part_that_holds="The ferry carried nearly that many people.",
        part_that_fails="It was not more than ever before.",
        attribution_reason="The speech was recorded.",
        independence_reason="The harbour office counts the tickets itself.",
        check=AttributionCheck.CONFIRMED,
        weakest=AttributionCheck.MISATTRIBUTED,
        said="“last week” (April 2025, if the article appeared in April)",
        superseded_since=DAY,
        superseded_anchor="evidence-1",
        rechecking_since=MOMENT,
        recheck_reason="The harbour office has corrected its count.",
        review_on=datetime.date(2025, 10, 8),
        is_review_overdue=False,
        decided_at=MOMENT,
        changed_at=MOMENT,
        released_at=MOMENT,
        topics=(("ferry", "The ferry"),),
        appearances=(_appearance(is_first=True), _appearance(is_first=False)),
        citations=tuple(map(_citation, range(len(EvidenceForm)))),
        chain=tuple(map(_link, range(len(AttributionCheck)))),
        searches=(
            parts.Search("", "the town archive", "an older count", DAY, "Nothing."),
        ),
        inquiries=(_INQUIRY,),
        independence=Independence(
            supporting=Side(citations=2, sources=2),
            contradicting=Side(4, 2, (Shared("report of the harbour office", 3),)),
            is_told=True,
        ),
        notices=(
            NoticeRow(
                "status changed", "We had missed a count.", MOMENT, other, status
            ),
        ),
    )


def _appearance(*, is_first: bool) -> parts.Appearance:
    return parts.Appearance(
        article=ARTICLE,
        wording="more people than ever",
        placement_label="headline",
        is_first=is_first,
        context=Context("Ferry carries ", ""),
    )


def _citation(number: int) -> parts.Citation:
    form = list(EvidenceForm)[number]
    words = "38,412 passengers were counted in 2024"
    return parts.Citation(
        anchor=f"evidence-{number}",
        document=REPORT,
        question="truth" if number in (0, 1, 2, 6) else "attribution",
        stance=STANCES[number],
        stance_label="",
        form=form,
        form_label=str(form.label),
        quotation=words,
        language="en",
        locator="page 12",
        value="38,412 people" if form == EvidenceForm.TABLE_VALUE else "",
        working="41,020 − 38,412 = 2,608" if form == EvidenceForm.CALCULATION else "",
        description="The sign at the landing stage shows the number.",
        observed_on=DAY if form == EvidenceForm.OBSERVATION else None,
        exact=words if number else "38 412 passengers were counted in 2024",
        context=Context("…the year as a whole. In all, ", ", of whom a third …"),
        compared="Compared with our copy of 2 March 2026: the same words.",
        origin="" if number else "report of the harbour office",
    )


def _link(number: int) -> parts.ChainLink:
    check = list(AttributionCheck)[number]
    return parts.ChainLink(
        position=number,
        source=MAYOR,
        role=f"link {number}",
        document=REPORT if number % 2 else None,
        check=check,
        check_label=str(check.label),
        checked_on=DAY,
        citation_anchor="evidence-3",
    )


_INQUIRY = parts.InquiryRow(
    addressee_label="publisher",
    addressed_to="the Sampleton Times",
    channel="e-mail",
    question="Which count do you mean?",
    asked_on=DAY,
    deadline_on=DAY,
    answered_on=None,
    answer="",
    outcome_label="no reply",
)
