"""Topics: the subjects that readers filter claims by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .identity import Versioned


class TopicQuerySet(models.QuerySet["Topic"]):
    def get_by_natural_key(self, slug: str) -> "Topic":
        return self.get(slug=slug)


class Topic(Versioned):
    """A subject that readers filter claims by."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    label = models.CharField(_("label"), max_length=100)

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["label", "slug"]

    def __str__(self) -> str:
        return self.label

    def natural_key(self) -> tuple[str]:
        return (self.slug,)
