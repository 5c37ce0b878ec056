"""Stored copies of documents, and places in those copies."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from claims.checking.anchors import CONTEXT_CHARACTERS, cut, occurrences
from claims.checking.quotes import Page
from claims.workflow.words import BlockRole, Provenance

from .documents import Document
from .identity import Identified, IdentifiedImmutableQuerySet, Immutable

#: Start and end (code points, end exclusive).
Place = tuple[int, int]
_NUMBER = models.IntegerField()


def copy_path(copy: "StoredCopy", filename: str) -> str:
    """Name a file by its content: the same bytes are stored once."""
    return f"copies/{copy.raw_sha256[:2]}/{copy.raw_sha256}"


def without_text(path: str) -> tuple[str, str]:
    """Return what to defer of a copy that rows name: its text may be long."""
    return f"{path}__text", f"{path}__blocks"


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

    @property
    def page_map(self) -> "tuple[Page, ...]":
        return ()

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
