"""Documents under check at this desk."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from claims.workflow.words import RELEASED_STATES, ArticleState, Display

from .copies import StoredCopy
from .documents import Document
from .identity import Identified, IdentifiedQuerySet, Versioned


class ArticleQuerySet(IdentifiedQuerySet):
    def released(self) -> "ArticleQuerySet":
        return self.filter(state__in=RELEASED_STATES)


class Article(Identified, Versioned):
    """A document under check at this desk."""

    PUBLIC_FIELDS = ("slug", "document", "display", "display_reason", "is_demo")

    document = models.OneToOneField(
        Document,
        verbose_name=_("document"),
        on_delete=models.PROTECT,
        related_name="article",
    )
    slug = models.SlugField(
        _("address"),
        max_length=100,
        unique=True,
        blank=True,
        help_text=_("Ends the address of the public page. Left empty, it is made."),
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=ArticleState,
        default=ArticleState.OPEN,
        editable=False,
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("editor"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="edited_articles",
        help_text=_("Who answers for this article at the desk."),
    )
    display = models.CharField(
        _("display"),
        max_length=10,
        choices=Display,
        default=Display.EXCERPTS,
        help_text=_("Other people's text is not ours to republish whole."),
    )
    display_reason = models.CharField(
        _("reason for the full text"),
        max_length=300,
        blank=True,
        help_text=_("Why the full text may be shown, e.g. “our own re-telling”."),
    )
    is_demo = models.BooleanField(
        _("demonstration"),
        default=False,
        help_text=_("Invented: pages carry a banner and stay out of search engines."),
    )
    gate_reason = models.TextField(
        _("reason for clearing with open claims"), blank=True, editable=False
    )

    objects = ArticleQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["slug", "public_id"]
        permissions = [
            ("release_article", "Can release articles and list their claims"),
            ("clear_article", "Can clear articles"),
        ]
        constraints = [
            models.CheckConstraint(
                name="article_full_text_with_reason",
                condition=~models.Q(display=Display.FULL)
                | ~models.Q(display_reason=""),
                violation_error_message=_("Say why the full text may be shown."),
            )
        ]

    def __str__(self) -> str:
        return self.document.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug:
            stem = slugify(self.document.title)[:80] or self.public_id
            taken = type(self).objects.filter(slug=stem).exists()
            self.slug = f"{stem}-{self.public_id}" if taken else stem
        super().save(*args, **kwargs)

    @property
    def newest_copy(self) -> StoredCopy | None:
        return self.document.newest_copy

    @property
    def is_released(self) -> bool:
        return self.state in RELEASED_STATES
