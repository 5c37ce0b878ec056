"""What waits for one person at the desk: kinds of things, as lines of a daily mail."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from claims.models import (
    Assessment,
    Citation,
    Claim,
    CorrectionRequest,
    Inquiry,
    NewInformation,
    QuoteCheck,
)
from claims.publishing.secrets import PublicLabels

#: Of each kind so many are named; of the rest, the number.
LINES_SHOWN = 10
#: Of each kind so many are looked at: beyond, the number says enough.
ROWS_COUNTED = 1000
TEXT_CHARACTERS = 150


@dataclass(frozen=True)
class Moment:
    """The day the mail is about, and since when nothing happened to what is idle."""

    today: datetime.date
    idle_since: datetime.datetime


@dataclass(frozen=True)
class Line:
    """One thing that waits: its claim in words, why, and where it is at the desk."""

    text: str
    note: str
    url: str


@dataclass(frozen=True)
class Section:
    """All of one kind that waits for a person."""

    title: str
    count: int
    lines: tuple[Line, ...]

    @property
    def left_out(self) -> int:
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Kind:
    """A kind of thing that waits: for whom, which rows, and what is said of each."""

    title: Promise
    permission: str
    rows: Callable[[Any, Moment], QuerySet]
    note: Callable[[Any], str]
    #: Kinds of claims that are named once: by the first of these that they are of.
    is_once: bool = False


def _day(moment: datetime.date | None) -> str:
    if isinstance(moment, datetime.datetime):
        moment = timezone.localdate(moment)
    return date_format(moment, "DATE_FORMAT") if moment else ""


def _note_of_inquiry(inquiry: Inquiry) -> str:
    return _("%(name)s was asked on %(asked)s and had until %(deadline)s") % {
        "name": inquiry.addressed_to,
        "asked": _day(inquiry.asked_on),
        "deadline": _day(inquiry.deadline_on),
    }


def _note_of_citation(citation: Citation) -> str:
    document = citation.document
    state = document.get_link_state_display()
    return _("“%(title)s”: %(state)s") % {"title": document.title, "state": state}


def _note_of_check(check: QuoteCheck) -> str:
    return _("“%(title)s”: %(verdict)s") % {
        "title": check.citation.document.title,
        "verdict": check.get_verdict_display(),
    }


def _note_of_assessment(assessment: Assessment) -> str:
    return _("%(status)s, by %(author)s") % {
        "status": assessment.status,
        "author": assessment.author,
    }


def _note_of_news(news: NewInformation) -> str:
    words = {"kind": news.get_kind_display(), "day": _day(news.at)}
    return _("%(kind)s, %(day)s") % words


def _news() -> Any:
    rows = NewInformation.objects.unsettled().select_related("claim")
    return rows.order_by("at", "pk")


def _assessments() -> Any:
    rows = Assessment.objects.select_related("claim", "status", "author")
    return rows.order_by("submitted_at", "pk")


def _claims(user: Any) -> Any:
    rows = Claim.objects.in_care_of(user).select_related("assignee")
    return rows.order_by("-priority", "public_id")


KINDS = (
    Kind(
        gettext_lazy("Returned to you"),
        "view_assessment",
        lambda user, _moment: _assessments().returned_to(user),
        lambda assessment: assessment.return_reason,
    ),
    Kind(
        gettext_lazy("For you to sign off"),
        "sign_assessment",
        lambda user, _moment: _assessments().to_sign_off().by_others_than(user),
        _note_of_assessment,
    ),
    Kind(
        gettext_lazy("For you to publish"),
        "publish_assessment",
        lambda user, _moment: _assessments().to_publish().by_others_than(user),
        _note_of_assessment,
    ),
    Kind(
        gettext_lazy("New information since sign-off"),
        "change_claim",
        lambda user, _moment: (
            _news()
            .since_sign_off()
            .filter(claim__in=Claim.objects.in_care_of(user).signed())
        ),
        _note_of_news,
    ),
    Kind(
        gettext_lazy("Its basis changed"),
        "change_claim",
        lambda user, _moment: (
            _news().of_bases().filter(claim__in=Claim.objects.in_care_of(user))
        ),
        _note_of_news,
    ),
    Kind(
        gettext_lazy("Due"),
        "change_claim",
        lambda user, moment: _claims(user).overdue(moment.today).order_by("due_on"),
        lambda claim: _("due on %(day)s") % {"day": _day(claim.due_on)},
        is_once=True,
    ),
    Kind(
        gettext_lazy("Due for re-check"),
        "change_claim",
        lambda user, moment: _claims(user).due_for_recheck(moment.today),
        lambda claim: (
            _("another look was set for %(day)s") % {"day": _day(claim.next_review_on)}
        ),
        is_once=True,
    ),
    Kind(
        gettext_lazy("Nobody has answered in time"),
        "change_claim",
        lambda user, moment: (
            Inquiry.objects.overdue(moment.today)
            .filter(claim__in=Claim.objects.in_care_of(user))
            .select_related("claim")
            .order_by("deadline_on", "pk")
        ),
        _note_of_inquiry,
    ),
    Kind(
        gettext_lazy("Correction requests of readers"),
        "view_correctionrequest",
        lambda user, _moment: (
            CorrectionRequest.objects.waiting_for(user)
            .filter(looks_like_spam=False)
            .select_related("claim")
            .order_by("due_on", "pk")
        ),
        lambda request: _("to be answered by %(day)s") % {"day": _day(request.due_on)},
    ),
    Kind(
        gettext_lazy("Broken citations"),
        "change_claim",
        lambda user, _moment: (
            Citation.objects.broken()
            .filter(claim__in=Claim.objects.in_care_of(user))
            .select_related("claim", "document")
            .order_by("claim", "position", "pk")
        ),
        _note_of_citation,
    ),
    Kind(
        gettext_lazy("Quotations to look at"),
        "change_claim",
        lambda user, _moment: (
            QuoteCheck.objects.to_look_at()
            .filter(citation__claim__in=Claim.objects.in_care_of(user))
            .select_related("citation__claim", "citation__document")
            .order_by("checked_at", "pk")
        ),
        _note_of_check,
    ),
    Kind(
        gettext_lazy("Dates to confirm"),
        "change_claim",
        lambda user, _moment: _claims(user).dates_in_doubt(),
        lambda claim: (
            _("“%(words)s”: the article's date was corrected")
            % {"words": claim.said_words}
        ),
    ),
    Kind(
        gettext_lazy("Idle"),
        "change_claim",
        lambda user, moment: (
            _claims(user).unfinished().untouched_since(moment.idle_since)
        ),
        lambda claim: (
            _("nothing happened since %(day)s") % {"day": _day(claim.touched_at)}
        ),
        is_once=True,
    ),
    Kind(
        gettext_lazy("Assigned to you, and the next step is yours"),
        "change_claim",
        lambda user, _moment: _claims(user).waiting_for(user),
        lambda _claim: "",
        is_once=True,
    ),
)


def waiting_for(user: Any, moment: Moment, labels: PublicLabels) -> list[Section]:
    """Return what waits for a person, kind by kind; a kind of nothing is left out.

    ``labels`` stand where a text holds the name of a protected source.
    """
    sections, told = [], set[int]()
    for kind in KINDS:
        if not user.has_perm(f"claims.{kind.permission}"):
            continue
        rows = list(kind.rows(user, moment)[:ROWS_COUNTED])
        if kind.is_once:
            rows = [row for row in rows if row.pk not in told]
            told |= {row.pk for row in rows}
        if rows:
            lines = tuple(_line(kind, row, labels) for row in rows[:LINES_SHOWN])
            sections.append(Section(str(kind.title), len(rows), lines))
    return sections


def _line(kind: Kind, row: Any, labels: PublicLabels) -> Line:
    claim = row if isinstance(row, Claim) else row.claim
    subject = row if isinstance(row, Assessment | CorrectionRequest) else claim
    name = f"admin:claims_{subject._meta.model_name}_change"
    address = reverse(name, args=[subject.pk])
    return Line(
        text=_one_line(labels.put_in(claim.text if claim else str(row))),
        note=_one_line(labels.put_in(str(kind.note(row)))),
        url=f"{settings.TRACKER_SITE_URL}{address}",
    )


def _one_line(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(TEXT_CHARACTERS)
