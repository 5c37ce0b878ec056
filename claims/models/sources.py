"""Whom claims are attributed to, and where those people belonged when."""

import json
import operator
from collections.abc import Iterable
from functools import reduce
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import EdtfField, TextListField
from .identity import Identified, IdentifiedQuerySet, Versioned


class SourceKind(models.TextChoices):
    PERSON = "person", _("person")
    ORGANISATION = "organisation", _("organisation")
    GOVERNMENT = "government", _("government or international body")
    ARMED_GROUP = "armed_group", _("armed group")
    REPORT = "report", _("report")
    OUTLET = "outlet", _("outlet")
    SERIES = "series", _("publication series")
    UNNAMED_PERSON = "unnamed_person", _("unnamed individual")
    UNNAMED_GROUP = "unnamed_group", _("unnamed group")


UNNAMED_KINDS = (SourceKind.UNNAMED_PERSON, SourceKind.UNNAMED_GROUP)


#: Sources looked at for one name: enough to find it, few enough for a page.
LOOKED_AT = 50


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case and a leading “the”."""
    return bare_name(one) == bare_name(other)


def bare_name(name: str) -> str:
    """Return a name as it is compared: no capitals, no leading “the”."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def _holding(text: str) -> models.Q:
    """Match sources whose name or other names hold a text, in any script.

    SQLite folds the case of ASCII alone and keeps other names as escapes.
    """
    spellings = {text, text.lower(), text.upper(), text.title()}
    wanted = [models.Q(name__icontains=each) for each in spellings]
    wanted += [models.Q(aliases__icontains=each) for each in spellings]
    escaped = {json.dumps(each)[1:-1] for each in spellings} - spellings
    wanted += [models.Q(aliases__icontains=each) for each in escaped]
    return reduce(operator.or_, wanted)


class SourceQuerySet(IdentifiedQuerySet):
    def protected(self) -> "SourceQuerySet":
        return self.filter(is_protected=True)

    def called(self, name: str) -> "list[Source]":
        """Sources whose name or another of whose names is this one; oldest first."""
        rows = self.filter(_holding(bare_name(name))).order_by("pk")
        return [
            source
            for source in rows
            if any(same_name(name, each) for each in (source.name, *source.aliases))
        ]

    def sharing_a_word(self, words: Iterable[str], article: Any) -> "SourceQuerySet":
        """Sources with one of these words in a name; of unnamed ones, the article's."""
        wanted = reduce(operator.or_, map(_holding, words))
        here = ~models.Q(kind__in=UNNAMED_KINDS) | models.Q(article=article)
        return self.filter(wanted & here).order_by("pk")[:LOOKED_AT]


class Source(Identified, Versioned):
    """Whom a claim is attributed to: a person, a body, a report, somebody unnamed."""

    PUBLIC_FIELDS = (
        "slug",
        "name",
        "aliases",
        "kind",
        "description",
        "url",
        "same_as",
        "document",
    )

    name = models.CharField(
        _("name"),
        max_length=300,
        help_text=_("As the source writes it; for an unnamed one, how it is called."),
    )
    aliases = TextListField(
        _("other names"),
        help_text=_("Other spellings, in any script, one per line."),
    )
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_("Ends the address of the public page. Left empty, it is made."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind)
    description = models.TextField(
        _("description"),
        blank=True,
        help_text=_("Who this is, in a sentence a reader can use."),
    )
    url = models.URLField(_("own page"), max_length=2000, blank=True)
    same_as = TextListField(
        _("same as"),
        help_text=_("Addresses that identify the same source, one per line."),
    )
    document = models.ForeignKey(
        "claims.Document",
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="as_source",
        help_text=_("For a report: the document itself."),
    )
    article = models.ForeignKey(
        "claims.Article",
        verbose_name=_("only in article"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unnamed_sources",
        help_text=_("For an unnamed source: the one article it is unnamed in."),
    )
    is_protected = models.BooleanField(
        _("protected"),
        default=False,
        help_text=_("The name stays at the desk; readers see the public label."),
    )
    public_label = models.CharField(
        _("public label"),
        max_length=200,
        blank=True,
        help_text=_("What readers see instead, e.g. “a nurse at the hospital”."),
    )
    protection_reason = models.TextField(_("reason for protection"), blank=True)

    objects = SourceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name", "public_id"]
        permissions = [("release_source", "Can release changed fields of sources")]
        constraints = [
            models.CheckConstraint(
                name="source_protected_needs_label_and_reason",
                condition=models.Q(is_protected=False)
                | (~models.Q(public_label="") & ~models.Q(protection_reason="")),
                violation_error_message=_(
                    "A protected source needs a public label and a reason."
                ),
            ),
            models.CheckConstraint(
                name="source_unnamed_belongs_to_one_article",
                condition=(
                    models.Q(kind__in=UNNAMED_KINDS, article__isnull=False)
                    | (~models.Q(kind__in=UNNAMED_KINDS) & models.Q(article=None))
                ),
                violation_error_message=_(
                    "An unnamed source belongs to exactly one article, "
                    "a named one to none."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            self.slug = self._free_slug()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.kind == SourceKind.REPORT and self.document_id is None:
            raise ValidationError(
                {"document": _("A report needs the document it is.")}, code="required"
            )

    @property
    def public_name(self) -> str:
        return self.public_label if self.is_protected else self.name

    def secret_words(self) -> list[str]:
        """Return the names that must stand in nothing public; empty if unprotected."""
        words = [self.name, *self.aliases] if self.is_protected else []
        return [word for word in words if word != self.public_label]

    def _free_slug(self) -> str:
        stem = slugify(self.public_name)[:60] or self.public_id
        taken = type(self).objects.filter(slug=stem).exists()
        return f"{stem}-{self.public_id}" if taken else stem


class Affiliation(Identified):
    """That a source held a role at an organisation, since and until when."""

    PUBLIC_FIELDS = ("organisation", "role", "since", "until")

    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="affiliations",
    )
    organisation = models.ForeignKey(
        Source,
        verbose_name=_("organisation"),
        on_delete=models.PROTECT,
        related_name="affiliates",
    )
    role = models.CharField(_("role"), max_length=200, blank=True)
    since = EdtfField(_("since"), help_text=_("EDTF, e.g. 2014 or 2014-05."))
    until = EdtfField(_("until"), help_text=_("EDTF; empty while it lasts."))

    objects = IdentifiedQuerySet.as_manager()

    class Meta:
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["source", "since", "public_id"]
        constraints = [
            models.CheckConstraint(
                name="affiliation_not_with_itself",
                condition=~models.Q(source=models.F("organisation")),
                violation_error_message=_("A source cannot be affiliated to itself."),
            )
        ]

    def __str__(self) -> str:
        return (
            f"{self.role}, {self.organisation}" if self.role else str(self.organisation)
        )
