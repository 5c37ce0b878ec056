"""Documents: citable texts and recordings, and who contributed to them."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.checking.archives import ArchiveFault, archive_fault
from claims.workflow.words import ClaimState, LinkState

from .fields import DatedInWords, EdtfField
from .identity import Identified, IdentifiedQuerySet, Versioned
from .record import PublishedDocument
from .sources import Source

if TYPE_CHECKING:
    from .copies import StoredCopy


class DocumentKind(models.TextChoices):
    """Kinds follow CSL types (https://docs.citationstyles.org, appendix III)."""

    ARTICLE_NEWSPAPER = "article-newspaper", _("newspaper or news-site article")
    ARTICLE_MAGAZINE = "article-magazine", _("magazine article")
    ARTICLE_JOURNAL = "article-journal", _("journal article")
    REPORT = "report", _("report")
    BOOK = "book", _("book")
    CHAPTER = "chapter", _("chapter")
    ENTRY = "entry-encyclopedia", _("encyclopedia entry")
    WEBPAGE = "webpage", _("web page")
    POST = "post", _("post on a platform")
    POST_WEBLOG = "post-weblog", _("blog post")
    BROADCAST = "broadcast", _("broadcast or podcast")
    INTERVIEW = "interview", _("interview")
    SPEECH = "speech", _("speech")
    HEARING = "hearing", _("hearing")
    LEGISLATION = "legislation", _("law or regulation")
    LEGAL_CASE = "legal_case", _("court decision")
    DATASET = "dataset", _("data set")
    GRAPHIC = "graphic", _("image or graphic")
    MAP = "map", _("map")
    MOTION_PICTURE = "motion_picture", _("video or film")
    PERSONAL_COMMUNICATION = "personal_communication", _("letter or message")
    PAMPHLET = "pamphlet", _("leaflet")
    DOCUMENT = "document", _("other document")


_ARCHIVE_FAULTS = {
    ArchiveFault.SAME_HOST: _(
        "This is the document's own host. Give the address of the copy in an archive."
    ),
    ArchiveFault.NO_COPY: _(
        "This leads to a list of copies or to a form. Open one copy and give its address."
    ),
    ArchiveFault.OTHER_PAGE: _("That archived copy is of another address."),
    ArchiveFault.OTHER_DAY: _("The address says that the copy is of another day."),
    ArchiveFault.FUTURE: _("The archived copy cannot be of a day to come."),
}
_FIELD_OF = {
    ArchiveFault.SAME_HOST: "archive_url",
    ArchiveFault.NO_COPY: "archive_url",
    ArchiveFault.OTHER_PAGE: "archive_url",
    ArchiveFault.OTHER_DAY: "archived_on",
    ArchiveFault.FUTURE: "archived_on",
}


class DocumentQuerySet(IdentifiedQuerySet):
    def due_for_check(self, at: Any) -> "DocumentQuerySet":
        return self.filter(next_check_at__lte=at)

    def watched(self) -> "DocumentQuerySet":
        """Documents whose address is looked at: cited by working claims, or public."""
        cited = self.model._default_manager.filter(
            pk=OuterRef("pk"), citations__claim__state=ClaimState.WORKING
        )
        public = PublishedDocument.objects.filter(pk=OuterRef("public_id"))
        rows = self.exclude(url="")
        return rows.filter(Exists(cited.order_by()) | Exists(public.order_by()))

    def with_link_to_look_at(self) -> "DocumentQuerySet":
        """Documents whose link something happened to that nobody has settled.

        There is one unsettled notice at most, so no document comes twice.
        """
        return self.filter(
            link_notices__isnull=False, link_notices__settled_at__isnull=True
        )


class Document(Identified, Versioned, DatedInWords):
    """Any citable text or recording: article, report, podcast, post, data set."""

    DATE_PREFIXES = ("published",)
    PUBLIC_FIELDS = (
        "title",
        "kind",
        "publisher",
        "url",
        "canonical_url",
        "archive_url",
        "archived_on",
        "published_words",
        "published_edtf",
        "published_basis",
        "language",
        "known_only_from",
    )

    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(_("kind"), max_length=30, choices=DocumentKind)
    publisher = models.ForeignKey(
        Source,
        verbose_name=_("publisher"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="published_documents",
    )
    url = models.URLField(_("address"), max_length=2000, blank=True)
    canonical_url = models.URLField(
        _("canonical address"),
        max_length=2000,
        blank=True,
        help_text=_("The address the publisher calls canonical, where it differs."),
    )
    archive_url = models.URLField(
        _("archive address"),
        max_length=2000,
        blank=True,
        help_text=_("A copy in a public archive that you have opened yourself."),
    )
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    published_words = models.CharField(
        _("published, in words"),
        max_length=200,
        blank=True,
        help_text=_("As the document or its citation puts it, e.g. “Thursday”."),
    )
    published_edtf = EdtfField(
        _("published, EDTF"), help_text=_("e.g. 2016-03-03, 2016-03 or 2016-03~.")
    )
    published_from = models.DateField(
        _("published from"), null=True, blank=True, editable=False
    )
    published_to = models.DateField(
        _("published to"), null=True, blank=True, editable=False
    )
    published_basis = models.CharField(
        _("basis of the date"),
        max_length=300,
        blank=True,
        help_text=_("What the date rests on, e.g. “dateline” or “facts in the text”."),
    )
    language = models.CharField(
        _("language"), max_length=20, blank=True, help_text=_("BCP 47, e.g. en or ar.")
    )
    known_only_from = models.ForeignKey(
        "self",
        verbose_name=_("known only from"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="makes_known",
        help_text=_("Nobody here has seen it: the document that tells us of it."),
    )
    link_state = models.CharField(
        _("link"),
        max_length=12,
        choices=LinkState,
        default=LinkState.UNKNOWN,
        editable=False,
    )
    link_checked_at = models.DateTimeField(
        _("link checked at"), null=True, blank=True, editable=False
    )
    next_check_at = models.DateTimeField(
        _("next link check"), null=True, blank=True, editable=False
    )

    objects = DocumentQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["link_checked_at", "next_check_at"])

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["title", "public_id"]
        indexes = [models.Index(fields=["next_check_at"], name="document_next_check")]
        permissions = [("release_document", "Can release changed fields of documents")]
        constraints = [
            models.CheckConstraint(
                name="document_archive_has_date",
                condition=models.Q(archive_url="")
                | models.Q(archived_on__isnull=False),
                violation_error_message=_("Give the date of the archived copy."),
            ),
            models.CheckConstraint(
                name="document_not_known_from_itself",
                condition=models.Q(known_only_from=None)
                | ~models.Q(known_only_from=models.F("id")),
                violation_error_message=_("A document is not known from itself."),
            ),
            models.CheckConstraint(
                name="document_dated_with_basis",
                condition=models.Q(published_edtf="") | ~models.Q(published_basis=""),
                violation_error_message=_("Say what the date of publication rests on."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.archive_url:
            return
        addresses = (self.url, self.canonical_url)
        today = timezone.localdate()
        fault = archive_fault(self.archive_url, self.archived_on, addresses, today)
        if fault is not None:
            raise ValidationError({_FIELD_OF[fault]: _ARCHIVE_FAULTS[fault]})

    @property
    def newest_copy(self) -> "StoredCopy | None":
        return self.copies.order_by("-number").first()


class Contribution(Identified):
    """That a source wrote, edited or spoke in a document."""

    PUBLIC_FIELDS = ("source", "role", "position")

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        EDITOR = "editor", _("editor")
        INTERVIEWER = "interviewer", _("interviewer")
        GUEST = "guest", _("guest or interviewee")
        HOST = "host", _("host")
        TRANSLATOR = "translator", _("translator")
        PHOTOGRAPHER = "photographer", _("photographer")
        SERIES = "series", _("series it appeared in")

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="contributions",
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["document", "position", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "source", "role"],
                name="contribution_once_per_role",
                violation_error_message=_("This contribution is already listed."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_role_display()})"
