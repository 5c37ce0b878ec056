"""Quotation checks: what comparing a quotation with a stored copy found."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import EyeFinding
from claims.workflow.words import AssessmentState, ClaimState

from .citations import Citation
from .claims import Claim
from .copies import StoredCopy
from .events import canonical_json, digest_of
from .identity import Identified, IdentifiedQuerySet, Immutable


def asked_of(quotation: str, locator_kind: str, locator: str) -> str:
    """Return the SHA-256 of what a check is asked: the words as typed and their place.

    A check speaks of a citation, at the desk or in the record, whose words have it.
    """
    return digest_of(canonical_json([quotation, locator_kind, locator]))


class QuoteCheckQuerySet(IdentifiedQuerySet):
    def current(self) -> "QuoteCheckQuerySet":
        """Of each citation the check of its words as they are in the newest copy."""
        return self.filter(is_current=True)

    def to_look_at(self) -> "QuoteCheckQuerySet":
        """What the program does not call right, and nobody has looked at."""
        open_rows = self.current().filter(is_accepted=False, eye=EyeFinding.NONE)
        return open_rows.filter(citation__claim__state=ClaimState.WORKING)

    def of_published_claims(self) -> "QuoteCheckQuerySet":
        return self.filter(
            citation__claim__assessments__state=AssessmentState.PUBLISHED
        )

    def with_matched_words(self) -> "QuoteCheckQuerySet":
        """Add the words at the place found, cut from the copy in the database."""
        length = F("end") - F("start")
        return self.annotate(
            matched=Substr("stored_copy__text", F("start") + 1, length)
        )


class QuoteCheck(Immutable, Identified):
    """What a comparison of a quotation with one stored copy found. Only ever added.

    A person's word is noted beside what the program found, and does not change it.
    """

    MUTABLE_FIELDS = ("is_current", "eye", "confirmed_by", "confirmed_at", "note")

    class Verdict(models.TextChoices):
        EXACT = "exact", _("exact")
        TYPOGRAPHIC = "typographic", _("same words, other typography")
        LAYOUT = "layout", _("same words, other layout")
        EDITED_OPENLY = "edited_openly", _("shortened or supplied openly")
        ENCODING_REPAIR = "encoding_repair", _("same words after encoding repair")
        ALTERED = "altered", _("altered")
        SPLICED = "spliced", _("put together from far parts")
        ELISION_HIDES = "elision_hides", _("what is left out changes the sense")
        ABSENT = "absent", _("not in the copy")
        UNCHECKABLE = "uncheckable", _("cannot be checked by machine")

    citation = models.ForeignKey(
        Citation,
        verbose_name=_("citation"),
        on_delete=models.CASCADE,
        related_name="quote_checks",
    )
    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("stored copy"),
        on_delete=models.PROTECT,
        related_name="quote_checks",
    )
    asked_sha256 = models.CharField(
        _("SHA-256 of words and place"), max_length=64, editable=False
    )
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict)
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    flags = models.JSONField(_("flags"), default=list, blank=True)
    is_accepted = models.BooleanField(
        _("called right"), default=False, help_text=_("By the program.")
    )
    start = models.PositiveIntegerField(_("matched from"), null=True, blank=True)
    end = models.PositiveIntegerField(_("matched to"), null=True, blank=True)
    first_page = models.PositiveIntegerField(_("on page"), null=True, blank=True)
    last_page = models.PositiveIntegerField(_("to page"), null=True, blank=True)
    checker_version = models.CharField(_("version of the checker"), max_length=40)
    checked_at = models.DateTimeField(_("checked at"))
    is_current = models.BooleanField(_("of the words as they are"), default=False)
    eye = models.CharField(
        _("seen by eye"),
        max_length=10,
        choices=EyeFinding,
        blank=True,
        default=EyeFinding.NONE,
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("confirmed by eye by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    note = models.TextField(_("what was seen"), blank=True, help_text=_("Not public."))

    objects = QuoteCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation check")
        verbose_name_plural = _("quotation checks")
        ordering = ["citation", "checked_at", "public_id"]
        indexes = [
            models.Index(
                fields=["citation"],
                condition=Q(is_current=True, is_accepted=False, eye=EyeFinding.NONE),
                name="quote_check_to_look_at",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["citation", "stored_copy", "asked_sha256", "checker_version"],
                name="quote_check_once",
                violation_error_message=_("This was compared already."),
            ),
            models.UniqueConstraint(
                fields=["citation"],
                condition=Q(is_current=True),
                name="quote_check_one_current",
                violation_error_message=_("Another check is the current one."),
            ),
            models.CheckConstraint(
                name="quote_check_seen_by_somebody",
                condition=Q(eye=EyeFinding.NONE, confirmed_by=None, confirmed_at=None)
                | ~Q(eye=EyeFinding.NONE)
                & Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                violation_error_message=_("Say who looked, when, and what was seen."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} ({self.checked_at:%Y-%m-%d})"

    @property
    def claim(self) -> Claim:
        return self.citation.claim

    def is_of(self, citation: Citation) -> bool:
        """Whether these are the words that were compared."""
        words = (citation.quotation, citation.locator_kind, citation.locator)
        return self.asked_sha256 == asked_of(*words)

    @property
    def holds(self) -> bool:
        """Whether the words are those of the copy: a person's word goes first."""
        if self.eye != EyeFinding.NONE:
            return bool(self.eye == EyeFinding.SAME)
        return self.is_accepted

    @property
    def pages(self) -> tuple[int, int] | None:
        """First and last page of the place found."""
        first, last = self.first_page, self.last_page
        return None if first is None else (first, last or first)


def current_checks(citations: Any) -> dict[int, QuoteCheck]:
    """Return the current check of each citation, by its primary key; one query."""
    rows = QuoteCheck.objects.current().filter(citation__in=citations)
    rows = rows.with_matched_words().select_related("stored_copy", "confirmed_by")
    without = rows.defer("stored_copy__text", "stored_copy__blocks")
    return {row.citation_id: row for row in without}
