"""Citable texts and recordings, their stored copies, and places in those copies."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.checking.anchors import CONTEXT_CHARACTERS, cut
from claims.workflow.words import BlockRole, LinkState, Provenance

from .fields import DatedInWords, EdtfField
from .identity import (
    Identified,
    IdentifiedImmutableQuerySet,
    IdentifiedQuerySet,
    Immutable,
    Versioned,
)
from .sources import Source


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


class DocumentQuerySet(IdentifiedQuerySet):
    def due_for_check(self, at: Any) -> "DocumentQuerySet":
        return self.filter(next_check_at__lte=at)


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


def copy_path(copy: "StoredCopy", filename: str) -> str:
    """Name a file by its content: the same bytes are stored once."""
    return f"copies/{copy.raw_sha256[:2]}/{copy.raw_sha256}"


def validate_blocks(blocks: object) -> None:
    """Refuse anything but ``[{"role", "start", "end"}]`` in order, not overlapping."""
    fault = ValidationError(
        _("Blocks are a list of role, start and end, in order and not overlapping.")
    )
    if not isinstance(blocks, list):
        raise fault
    last_end = 0
    for block in blocks:
        if not isinstance(block, dict) or set(block) != {"role", "start", "end"}:
            raise fault
        start, end = block["start"], block["end"]
        whole = isinstance(start, int) and isinstance(end, int)
        if not whole or block["role"] not in BlockRole.values:
            raise fault
        if not last_end <= start < end:
            raise fault
        last_end = end


class StoredCopy(Immutable, Identified):
    """The text (and bytes) of a document as it was at one moment. Only ever added."""

    MUTABLE_FIELDS = ("file", "text", "blocks", "sealed_at", "sealed_reason")
    PUBLIC_FIELDS = (
        "number",
        "retrieved_at",
        "provenance",
        "final_url",
        "http_status",
        "media_type",
        "raw_sha256",
        "text_sha256",
        "extractor",
        "extractor_version",
        "sealed_at",
        "sealed_reason",
    )

    document = models.ForeignKey(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="copies",
    )
    number = models.PositiveIntegerField(_("number"), default=1)
    retrieved_at = models.DateTimeField(_("retrieved at"))
    provenance = models.CharField(_("provenance"), max_length=10, choices=Provenance)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(
        _("SHA-256 of the text"), max_length=64, blank=True, editable=False
    )
    blocks = models.JSONField(
        _("blocks"), default=list, blank=True, validators=[validate_blocks]
    )
    file = models.FileField(_("file"), upload_to=copy_path, max_length=200, blank=True)
    raw_sha256 = models.CharField(
        _("SHA-256 of the file"), max_length=64, blank=True, editable=False
    )
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    final_url = models.URLField(_("final address"), max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(
        _("HTTP status"), null=True, blank=True
    )
    extractor = models.CharField(_("extractor"), max_length=60, blank=True)
    extractor_version = models.CharField(
        _("version of the extractor"), max_length=40, blank=True
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)
    sealed_reason = models.TextField(_("reason for sealing"), blank=True)

    objects = IdentifiedImmutableQuerySet.as_manager()

    class Meta:
        verbose_name = _("stored copy")
        verbose_name_plural = _("stored copies")
        ordering = ["document", "number", "public_id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="stored_copy_number_once",
                violation_error_message=_("This document has a copy of that number."),
            ),
            models.CheckConstraint(
                name="stored_copy_sealed_with_reason",
                condition=models.Q(sealed_at=None) | ~models.Q(sealed_reason=""),
                violation_error_message=_("Say why the copy is sealed."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}, copy {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.text:
            self.text_sha256 = sha256_of(self.text)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.text_sha256 and self.text and sha256_of(self.text) != self.text_sha256:
            raise ValidationError(
                {"text": _("The text does not have the SHA-256 given for it.")}
            )
        try:
            validate_blocks(self.blocks)
        except ValidationError:
            return  # the check of the field says so
        if self.blocks and self.blocks[-1]["end"] > len(self.text):
            raise ValidationError({"blocks": _("A block ends after the text ends.")})

    def role_at(self, start: int) -> str:
        """Return the role of the block that holds this place ("" outside any)."""
        for block in self.blocks:
            if block["start"] <= start < block["end"]:
                return str(block["role"])
        return ""

    def passage(self, start: int, end: int) -> "Passage":
        """Return the passage at this place, adding its row if there is none."""
        place = cut(self.text, start, end)
        row, _created = Passage.objects.get_or_create(
            stored_copy=self,
            start=start,
            end=end,
            defaults={
                "exact": place.exact,
                "prefix": place.prefix,
                "suffix": place.suffix,
            },
        )
        return row


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Passage(Immutable, Identified):
    """A place in one stored copy, with the exact words. Moving an anchor adds one."""

    SIGNED_FIELDS = ("stored_copy", "start", "end", "exact", "prefix", "suffix")

    stored_copy = models.ForeignKey(
        StoredCopy,
        verbose_name=_("stored copy"),
        on_delete=models.PROTECT,
        related_name="passages",
    )
    start = models.PositiveIntegerField(_("start"))
    end = models.PositiveIntegerField(_("end"))
    exact = models.TextField(_("exact words"))
    prefix = models.CharField(_("before"), max_length=CONTEXT_CHARACTERS, blank=True)
    suffix = models.CharField(_("after"), max_length=CONTEXT_CHARACTERS, blank=True)

    objects = IdentifiedImmutableQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["stored_copy", "start", "end", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="passage_start_before_end",
                condition=models.Q(start__lt=models.F("end")),
                violation_error_message=_("A passage ends after it starts."),
            ),
            models.UniqueConstraint(
                fields=["stored_copy", "start", "end"],
                name="passage_once_per_place",
                violation_error_message=_("This passage is already there."),
            ),
        ]

    def __str__(self) -> str:
        return self.exact[:80]

    def clean(self) -> None:
        super().clean()
        if self.stored_copy.sealed_at:
            return
        try:
            place = cut(self.stored_copy.text, self.start, self.end)
        except ValueError as error:
            raise ValidationError(str(error)) from error
        if (place.exact, place.prefix, place.suffix) != (
            self.exact,
            self.prefix,
            self.suffix,
        ):
            raise ValidationError(
                _("The words given are not the words at that place in the copy.")
            )
