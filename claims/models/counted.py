"""What the record's writer counts for lists, and how often the record has changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublishedTally(models.Model):
    """How many listed claims there are of a kind, within one portion of the list.

    Lists learn from it how many claims they have, and where a far page of theirs
    begins. ``publishing.facets`` keeps it; ``rebuild_record`` holds it to the claims.
    """

    facet = models.CharField(
        max_length=120,
        help_text="Which claims, as the address of their list says it; “”: all.",
    )
    portion = models.BigIntegerField(
        help_text="Part of the list: releases numbered alike, or claims of one day."
    )
    number = models.BigIntegerField()

    class Meta:
        ordering = ["facet", "portion"]
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "portion"],
                name="public_tally_once_per_portion",
                violation_error_message=_("These claims are counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet or 'all'}, {self.portion}: {self.number}"


class ContentRevision(models.Model):
    """The one row that says how often what readers get has changed.

    Kept pages are known by it: whoever changes a public page advances it in the same
    transaction, so that no reader gets an older page after the commit.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.BigIntegerField(default=0)
    facts_due_at = models.DateTimeField(
        null=True, help_text="From when on readers get what machines found since."
    )

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"revision {self.number}"
