"""The link watch: what is remembered of each link, every look at it, and its notices."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from claims.workflow.desk_words import LinkNoticeKind, ProbeKind, ProbeReason
from claims.workflow.words import LinkState

from .documents import Document
from .identity import (
    Identified,
    IdentifiedImmutableQuerySet,
    IdentifiedQuerySet,
    Immutable,
)


class LinkWatch(Identified):
    """What the machine remembers of a document's link, and what a person says of it.

    ``Document.link_state`` is what lists and readers are told: a person's word where
    there is one, the machine's otherwise. All but a person's word is about ``url``:
    once the document has another address, the memory begins anew.
    """

    document = models.OneToOneField(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="link_watch",
    )
    url = models.CharField(_("address"), max_length=2000, blank=True)
    state = models.CharField(
        _("state"), max_length=12, choices=LinkState, default=LinkState.UNKNOWN
    )
    strikes = models.PositiveSmallIntegerField(
        _("strikes"), default=0, help_text=_("In half-points: three strikes are 6.")
    )
    first_strike_at = models.DateTimeField(_("first strike at"), null=True, blank=True)
    last_strike_at = models.DateTimeField(_("last strike at"), null=True, blank=True)
    sightings = models.PositiveSmallIntegerField(
        _("times quoted words were missing"), default=0
    )
    sighted_at = models.DateTimeField(_("last missing at"), null=True, blank=True)
    successes = models.PositiveIntegerField(_("successes in a row"), default=0)
    tries = models.PositiveIntegerField(_("failures in a row"), default=0)
    died_at = models.DateTimeField(_("dead since"), null=True, blank=True)
    moved_to = models.CharField(_("moved to"), max_length=2000, blank=True)
    judged = models.CharField(_("newest page"), max_length=12, blank=True)
    judged_as = models.CharField(_("because"), max_length=30, blank=True)
    gone = models.JSONField(_("quotations missing"), default=list, blank=True)
    standing = models.JSONField(_("quotations seen"), default=list, blank=True)
    looked_for = models.CharField(_("quotations looked for"), max_length=64, blank=True)
    title = models.CharField(_("title of the page"), max_length=500, blank=True)
    language = models.CharField(_("language of the page"), max_length=35, blank=True)
    characters = models.PositiveIntegerField(_("characters"), default=0)
    sketch = models.JSONField(_("sketch of the text"), default=list, blank=True)
    final_url = models.CharField(_("final address"), max_length=2000, blank=True)
    etag = models.CharField(_("ETag"), max_length=300, blank=True)
    last_modified = models.CharField(_("Last-Modified"), max_length=100, blank=True)
    body_sha256 = models.CharField(_("SHA-256 of the page"), max_length=64, blank=True)
    overruled_as = models.CharField(
        _("a person says"), max_length=12, choices=LinkState, blank=True
    )
    overruled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("said by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    overruled_at = models.DateTimeField(_("said at"), null=True, blank=True)
    overrule_reason = models.TextField(_("why"), blank=True)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("link watch")
        verbose_name_plural = _("link watches")
        ordering = ["document", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="link_overruled_with_reason",
                condition=Q(overruled_as="", overruled_by=None, overruled_at=None)
                | Q(overruled_by__isnull=False, overruled_at__isnull=False)
                & ~Q(overruled_as="")
                & ~Q(overrule_reason=""),
                violation_error_message=_("Say who overrules the link watch, and why."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_state_display()}"

    @property
    def shown_state(self) -> str:
        """What readers are told: a person's word goes before the machine's."""
        return self.overruled_as or self.state


class Probe(Immutable, Identified):
    """One look at a link, and what it showed. Only ever added."""

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="probes",
    )
    at = models.DateTimeField(_("at"))
    url = models.CharField(_("asked"), max_length=2000)
    final_url = models.CharField(_("answered from"), max_length=2000, blank=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True, blank=True)
    kind = models.CharField(_("finding"), max_length=12, choices=ProbeKind)
    reason = models.CharField(_("reason"), max_length=30, choices=ProbeReason)
    detail = models.CharField(_("seen by"), max_length=500, blank=True)
    gone = models.JSONField(
        _("quotations missing"),
        default=list,
        blank=True,
        help_text=_("Public ids of the citations."),
    )
    strike = models.PositiveSmallIntegerField(
        _("strike"), default=0, help_text=_("In half-points.")
    )
    state = models.CharField(_("state after it"), max_length=12, choices=LinkState)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), default=0)

    objects = IdentifiedImmutableQuerySet.as_manager()

    class Meta:
        verbose_name = _("look at a link")
        verbose_name_plural = _("looks at links")
        ordering = ["document", "-at", "public_id"]
        indexes = [models.Index(fields=["document", "-at"], name="probe_document_at")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.at:%Y-%m-%d})"


class WatchedHost(models.Model):
    """What a host said of itself: how long to wait, and what it lets us ask."""

    name = models.CharField(_("host"), max_length=300, primary_key=True)
    wait_until = models.DateTimeField(_("wait until"), null=True, blank=True)
    sibling_sketch = models.JSONField(
        _("sketch of its error page"),
        default=list,
        blank=True,
        help_text=_("What it answers, with success, to an address that never was."),
    )
    sibling_at = models.DateTimeField(_("error page seen at"), null=True, blank=True)
    robots = models.TextField(_("robots.txt"), blank=True)
    robots_at = models.DateTimeField(_("robots.txt read at"), null=True, blank=True)

    class Meta:
        verbose_name = _("watched host")
        verbose_name_plural = _("watched hosts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LinkNoticeQuerySet(IdentifiedQuerySet):
    def unsettled(self) -> "LinkNoticeQuerySet":
        return self.filter(settled_at=None)


class LinkNotice(Identified):
    """That something happened to a link which a person should look at."""

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="link_notices",
    )
    kind = models.CharField(_("what happened"), max_length=12, choices=LinkNoticeKind)
    at = models.DateTimeField(_("at"), default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("settled by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    conclusion = models.TextField(_("what follows"), blank=True)

    objects = LinkNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a link")
        verbose_name_plural = _("notices of links")
        ordering = ["document", "at", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(settled_at=None),
                name="link_notice_one_unsettled",
                violation_error_message=_("A notice of this link waits already."),
            ),
            models.CheckConstraint(
                name="link_notice_settled_with_conclusion",
                condition=Q(settled_at=None)
                | Q(settled_by__isnull=False) & ~Q(conclusion=""),
                violation_error_message=_("Say what follows."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}: {self.get_kind_display()}"

    @classmethod
    def tell(cls, document: int, kind: LinkNoticeKind, at: Any) -> None:
        """Note what happened to a document's link, by primary key.

        A notice that waits already tells the newest.
        """
        waiting = cls.objects.unsettled().filter(document=document)
        if not waiting.update(kind=kind, at=at):
            cls.objects.create(document_id=document, kind=kind, at=at)
