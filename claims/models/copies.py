"""Stored copies of documents, and places in those copies."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.checking.anchors import CONTEXT_CHARACTERS, cut, occurrences
from claims.workflow.words import Provenance

from .copy_shapes import (
    PageOfCopy,
    validate_blocks,
    validate_pages,
    validate_redirects,
)
from .documents import Document
from .identity import (
    Identified,
    IdentifiedImmutableQuerySet,
    Immutable,
    ImmutableRowError,
)

#: Start and end (code points, end exclusive).
Place = tuple[int, int]
_NUMBER = models.IntegerField()


def copy_path(copy: "StoredCopy", filename: str) -> str:
    """Name a file by its content: the same bytes are stored once."""
    return f"copies/{copy.raw_sha256[:2]}/{copy.raw_sha256}"


def warc_path(copy: "StoredCopy", filename: str) -> str:
    """Name a WARC file by its content; the ending is what its readers look for."""
    return f"warcs/{copy.warc_sha256[:2]}/{copy.warc_sha256}.warc.gz"


def without_text(path: str) -> tuple[str, str, str]:
    """Return what to defer of a copy that rows name: its text may be long."""
    return f"{path}__text", f"{path}__blocks", f"{path}__pages"


class StoredCopyQuerySet(IdentifiedImmutableQuerySet):
    def with_text(self) -> "StoredCopyQuerySet":
        """Copies that can be compared: there is a text, and it is not sealed."""
        return self.filter(sealed_at=None).exclude(text_sha256="")

    def to_compare(self) -> "StoredCopyQuerySet":
        """Copies of the document's own words: those with a text first, the newest first.

        Our re-telling proves nothing about what it re-tells.
        """
        without_text = models.Case(
            models.When(text_sha256="", then=1), default=0, output_field=_NUMBER
        )
        own = self.filter(sealed_at=None).exclude(provenance=Provenance.RETOLD)
        return own.order_by(without_text, "-number")


class StoredCopy(Immutable, Identified):
    """The text (and bytes) of a document as it was at one moment. Only ever added."""

    #: What sealing takes away, and what it leaves in its place. Nothing else changes.
    SEALED_FIELDS = ("file", "warc", "text", "blocks", "pages")
    MUTABLE_FIELDS = (*SEALED_FIELDS, "sealed_at", "sealed_reason")
    PUBLIC_FIELDS = (
        "number",
        "retrieved_at",
        "provenance",
        "final_url",
        "http_status",
        "redirects",
        "media_type",
        "size",
        "page_count",
        "raw_sha256",
        "warc_sha256",
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
    size = models.PositiveBigIntegerField(
        _("size in bytes"), null=True, blank=True, editable=False
    )
    pages = models.JSONField(
        _("pages"),
        default=list,
        blank=True,
        validators=[validate_pages],
        help_text=_("Where each page of a PDF starts and ends in the text."),
    )
    page_count = models.PositiveIntegerField(
        _("number of pages"), null=True, blank=True, editable=False
    )
    warc = models.FileField(
        _("WARC file"),
        upload_to=warc_path,
        max_length=200,
        blank=True,
        help_text=_(
            "What was asked and what the server said, as web archives keep it."
        ),
    )
    warc_sha256 = models.CharField(
        _("SHA-256 of the WARC file"), max_length=64, blank=True, editable=False
    )
    media_type = models.CharField(_("media type"), max_length=100, blank=True)
    final_url = models.URLField(_("final address"), max_length=2000, blank=True)
    http_status = models.PositiveSmallIntegerField(
        _("HTTP status"), null=True, blank=True
    )
    redirects = models.JSONField(
        _("redirects"),
        default=list,
        blank=True,
        validators=[validate_redirects],
        help_text=_("The addresses on the way, in order, each with its status."),
    )
    extractor = models.CharField(_("extractor"), max_length=60, blank=True)
    extractor_version = models.CharField(
        _("version of the extractor"), max_length=40, blank=True
    )
    sealed_at = models.DateTimeField(_("sealed at"), null=True, blank=True)
    sealed_reason = models.TextField(_("reason for sealing"), blank=True)

    objects = StoredCopyQuerySet.as_manager()

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
            models.CheckConstraint(
                name="stored_copy_sealed_is_empty",
                condition=models.Q(sealed_at=None)
                | models.Q(text="", file="", warc=""),
                violation_error_message=_("A sealed copy keeps neither text nor file."),
            ),
            models.CheckConstraint(
                name="stored_copy_files_have_hashes",
                condition=(models.Q(file="") | ~models.Q(raw_sha256=""))
                & (models.Q(warc="") | ~models.Q(warc_sha256="")),
                violation_error_message=_("A stored file is named by its SHA-256."),
            ),
        ]
        permissions = [("seal_storedcopy", "Can seal stored copies")]

    def __str__(self) -> str:
        return f"{self.document}, copy {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.text:
            self.text_sha256 = sha256_of(self.text)
        if self._state.adding and self.pages:
            self.page_count = self.pages[-1]["number"]
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.text_sha256 and self.text and sha256_of(self.text) != self.text_sha256:
            raise ValidationError(
                {"text": _("The text does not have the SHA-256 given for it.")}
            )
        for name, validate, fault in (
            ("blocks", validate_blocks, _("A block ends after the text ends.")),
            ("pages", validate_pages, _("A page ends after the text ends.")),
        ):
            rows = getattr(self, name)
            try:
                validate(rows)
            except ValidationError:
                continue  # the check of the field says so
            if rows and rows[-1]["end"] > len(self.text):
                raise ValidationError({name: fault})

    def role_at(self, start: int) -> str:
        """Return the role of the block that holds this place ("" outside any)."""
        for block in self.blocks:
            if block["start"] <= start < block["end"]:
                return str(block["role"])
        return ""

    @property
    def page_map(self) -> tuple[PageOfCopy, ...]:
        """The pages of a PDF, as a check of a quotation takes them."""
        return tuple(PageOfCopy(**row) for row in self.pages)

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

    def only_passage(self, words: str) -> "Passage | None":
        """Return the passage of words that stand here once; ``None`` of any others."""
        starts = occurrences(self.text, words)
        if len(starts) != 1:
            return None
        return self.passage(starts[0], starts[0] + len(words))

    def passages_at(self, places: Iterable[Place]) -> "dict[Place, Passage]":
        """Return the passages at many places; missing rows are added in one go."""
        cuts = [cut(self.text, start, end) for start, end in set(places)]
        rows = [Passage(stored_copy=self, **vars(place)) for place in cuts]
        Passage.objects.bulk_create(rows, ignore_conflicts=True)
        wanted = {(place.start, place.end) for place in cuts}
        found = {(row.start, row.end): row for row in self._passages_between(wanted)}
        return {place: found[place] for place in wanted}

    def _passages_between(self, places: set[Place]) -> Any:
        starts = [start for start, _end in places]
        first, last = min(starts, default=0), max(starts, default=0)
        return Passage.objects.filter(stored_copy=self, start__range=(first, last))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


class Passage(Immutable, Identified):
    """A place in one stored copy, with the exact words. Moving an anchor adds one."""

    MUTABLE_FIELDS = ("exact", "prefix", "suffix")  # by ``forget_words`` alone
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

    def forget_words(self) -> None:
        """Take the words out, of a sealed copy alone; the place stays."""
        if not self.stored_copy.sealed_at:
            raise ImmutableRowError("Words are forgotten with their copy only.")
        self.exact = self.prefix = self.suffix = ""
        self.save(update_fields=["exact", "prefix", "suffix"])
