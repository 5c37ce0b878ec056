"""The record: one row per public thing. Only ``publishing`` writes these tables."""

from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from claims.workflow.words import AttributionCheck, CorrectionKind, LinkState

from .fields import READERS_NAME_CHARACTERS
from .identity import PUBLIC_ID_CHARACTERS


class PublicRow(models.Model):
    """A row of the record: keyed by public id, with the JSON its page is made of."""

    public_id = models.CharField(primary_key=True, max_length=PUBLIC_ID_CHARACTERS)
    is_demo = models.BooleanField(default=False)
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        abstract = True


class PublishedSource(PublicRow):
    """A source as readers see it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20)
    said_by = models.PositiveIntegerField(_("said by"), default=0)
    said_by_decided = models.PositiveIntegerField(default=0)
    relayed_by = models.PositiveIntegerField(_("relayed by"), default=0)
    tallies = models.JSONField(default=dict)

    class Meta:
        ordering = ["name", "public_id"]
        indexes = [
            models.Index(fields=["name", "public_id"], name="public_source_name"),
            models.Index(
                fields=["kind", "name", "public_id"], name="public_source_kind"
            ),
            models.Index(fields=["said_by", "public_id"], name="public_source_said"),
            models.Index(
                fields=["kind", "said_by", "public_id"], name="public_source_kind_said"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source_detail", args=[self.slug])


class PublishedDocument(PublicRow):
    """A document as readers see it, with the newest machine facts about its link."""

    title = models.CharField(_("title"), max_length=500)
    kind = models.CharField(_("kind"), max_length=30)
    publisher = models.ForeignKey(
        PublishedSource,
        on_delete=models.PROTECT,
        null=True,
        related_name="published_documents",
        verbose_name=_("publisher"),
    )
    publisher_name = models.CharField(_("publisher"), max_length=300, blank=True)
    published_from = models.DateField(_("published"), null=True)
    use_count = models.PositiveIntegerField(_("cited by"), default=0)
    link_state = models.CharField(
        _("link"), max_length=12, choices=LinkState, default=LinkState.UNKNOWN
    )
    link_checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title", "public_id"]
        indexes = [
            models.Index(fields=["title", "public_id"], name="public_document_title"),
            models.Index(
                fields=["kind", "title", "public_id"], name="public_document_kind"
            ),
            models.Index(
                fields=["link_state", "public_id", "kind"], name="public_document_link"
            ),
            models.Index(
                fields=["link_state", "title", "public_id"],
                name="public_document_link_title",
            ),
            models.Index(
                fields=["published_from", "public_id", "kind", "link_state"],
                name="public_document_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("document_detail", args=[self.public_id])


class PublishedArticle(PublicRow):
    """An article as readers see it, with its progress counted."""

    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=500)
    state = models.CharField(_("state"), max_length=10)
    document = models.ForeignKey(
        PublishedDocument, on_delete=models.PROTECT, related_name="articles"
    )
    publisher_name = models.CharField(_("publisher"), max_length=300, blank=True)
    published_from = models.DateField(_("published"), null=True)
    claim_count = models.PositiveIntegerField(_("claims"), default=0)
    decided_count = models.PositiveIntegerField(_("decided"), default=0)
    tallies = models.JSONField(default=dict)

    class Meta:
        ordering = ["-released_at", "public_id"]
        indexes = [
            models.Index(
                fields=["-released_at", "public_id"], name="public_article_released"
            ),
            models.Index(
                fields=["title", "public_id", "state"], name="public_article_title"
            ),
            models.Index(
                fields=["state", "-released_at", "public_id"],
                name="public_article_state",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article_detail", args=[self.slug])


#: What a list of claims is narrowed by without another table.
_NARROWED_BY = ("status", "attribution_check", "said_from")


class PublishedClaimQuerySet(models.QuerySet["PublishedClaim"]):
    def listed(self) -> "PublishedClaimQuerySet":
        """Claims with a page; tombstones of retracted ones are not among them."""
        # Not "=True": that becomes a bare column, for which SQLite uses no index.
        return self.filter(is_listed__in=[True])


class PublishedClaim(PublicRow):
    """A claim as readers see it; a tombstone once it is retracted or taken down."""

    class State(models.TextChoices):
        LISTED = "listed", _("open")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("withdrawn")
        RETRACTED = "retracted", _("retracted")
        TAKEN_DOWN = "taken_down", _("taken down")

    is_listed = models.BooleanField(default=True)
    sequence = models.BigIntegerField(
        default=0, help_text="Of its newest release: the newer, the higher, none twice."
    )
    state = models.CharField(max_length=10, choices=State)
    text = models.TextField(_("claim"))
    summary = models.CharField(max_length=280, blank=True)
    kind = models.CharField(_("kind"), max_length=12)
    status = models.CharField(_("status"), max_length=30)
    is_decided = models.BooleanField(default=False)
    attribution_check = models.CharField(
        _("did they say it?"), max_length=15, choices=AttributionCheck
    )
    article = models.ForeignKey(
        PublishedArticle,
        on_delete=models.PROTECT,
        null=True,
        related_name="claims",
        verbose_name=_("article"),
    )
    article_start = models.PositiveIntegerField(default=0)
    source = models.ForeignKey(
        PublishedSource,
        on_delete=models.PROTECT,
        null=True,
        related_name="claims",
        verbose_name=_("source"),
    )
    source_name = models.CharField(_("source"), max_length=300, blank=True)
    said_from = models.DateField(_("said"), null=True)
    as_of = models.DateField(_("as of"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    rechecking_since = models.DateTimeField(null=True)
    review_on = models.DateField(null=True)  # a fact of the desk, not of a release
    is_second_person = models.BooleanField(default=True)
    quotations = models.JSONField(
        default=dict,
        help_text="What comparing its quotations found, by citation: machine facts.",
    )

    objects = PublishedClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-sequence", "public_id"]
        # One for each order of a list. Behind the order stand the public id and what
        # lists are filtered by, so that whatever narrows a list is told by the index.
        indexes = [
            models.Index(
                fields=["is_listed", "-sequence", "public_id", *_NARROWED_BY],
                name="public_claim_changed",
            ),
            models.Index(
                fields=[
                    *("is_listed", "status", "-sequence", "public_id"),
                    *("attribution_check", "said_from"),
                ],
                name="public_claim_status",
            ),
            models.Index(
                fields=[
                    *("is_listed", "attribution_check", "-sequence", "public_id"),
                    *("status", "said_from"),
                ],
                name="public_claim_check",
            ),
            models.Index(
                fields=["is_listed", "source_name", "public_id", *_NARROWED_BY],
                name="public_claim_source",
            ),
            models.Index(
                fields=[
                    *("is_listed", "said_from", "public_id"),
                    *("status", "attribution_check", "sequence"),
                ],
                name="public_claim_said",
            ),
            models.Index(
                fields=["article", "article_start", "public_id"],
                name="public_claim_article",
            ),
            models.Index(
                fields=["is_listed", "is_decided", "-decided_at", "public_id"],
                name="public_claim_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:120]

    def get_absolute_url(self) -> str:
        return reverse("claim_detail", args=[self.public_id])


class Listing(models.IntegerChoices):
    """In which list of an article, source, topic or document a link puts its claim."""

    NONE = 0, _("none: another link of the claim puts it there")
    CLAIMS = 1, _("its claims")
    RELAYED = 2, _("the claims it relayed")


class ClaimLink(models.Model):
    """That a public claim belongs to something, with what lists of claims look at.

    The columns of the claim are repeated, so that the list of a source, a topic or a
    document is one walk along an index, however many claims there are.
    """

    listing = models.PositiveSmallIntegerField(choices=Listing, default=Listing.CLAIMS)
    sequence = models.BigIntegerField(default=0)
    status = models.CharField(max_length=30, default="")
    attribution_check = models.CharField(max_length=15, default="")
    source_name = models.CharField(max_length=300, default="")
    said_from = models.DateField(null=True)

    #: The columns that repeat those of the claim.
    REPEATED = ("sequence", "status", "attribution_check", "source_name", "said_from")

    class Meta:
        abstract = True


def _list_indexes(key: str) -> list[models.Index]:
    """Return the indexes of a list of claims: newest first, and so by status."""
    return [
        models.Index(
            fields=[key, "listing", "-sequence", "claim", *_NARROWED_BY],
            name=f"public_{key}_newest",
        ),
        models.Index(
            fields=[
                *(key, "listing", "status", "-sequence", "claim"),
                *("attribution_check", "said_from"),
            ],
            name=f"public_{key}_status",
        ),
    ]


class PublishedClaimArticle(ClaimLink):
    """That a public claim stands in a public article."""

    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="article_links"
    )
    article = models.ForeignKey(
        PublishedArticle,
        on_delete=models.CASCADE,
        related_name="claim_links",
        db_index=False,  # those of its lists begin with it
    )
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    stored_copy = models.CharField(max_length=PUBLIC_ID_CHARACTERS, blank=True)
    placement = models.CharField(max_length=12, blank=True)
    is_first = models.BooleanField(default=True)

    class Meta:
        ordering = ["article", "start", "end", "claim"]
        indexes = _list_indexes("article")

    def __str__(self) -> str:
        return f"{self.claim_id} in {self.article_id}"


class PublishedClaimSource(ClaimLink):
    """That a public claim is said (position 0) or relayed (≥ 1) by a source."""

    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="source_links"
    )
    source = models.ForeignKey(
        PublishedSource,
        on_delete=models.CASCADE,
        related_name="claim_links",
        db_index=False,
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["claim", "position"]
        indexes = _list_indexes("source")

    def __str__(self) -> str:
        return f"{self.claim_id} by {self.source_id}"


class PublishedClaimTopic(ClaimLink):
    """That a public claim is about a topic."""

    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="topic_links"
    )
    slug = models.SlugField(max_length=60, db_index=False)
    label = models.CharField(max_length=100)

    class Meta:
        ordering = ["claim", "label"]
        indexes = _list_indexes("slug")

    def __str__(self) -> str:
        return self.label


class PublishedClaimDocument(ClaimLink):
    """That a public claim cites a document, or that its chain rests on it."""

    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="document_links"
    )
    document = models.ForeignKey(
        PublishedDocument,
        on_delete=models.CASCADE,
        related_name="claim_links",
        db_index=False,
    )
    stance = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["claim", "id"]
        indexes = _list_indexes("document")

    def __str__(self) -> str:
        return f"{self.claim_id} cites {self.document_id}"


class PublishedNaming(models.Model):
    """That a public source or document names another: publisher, author, employer."""

    namer_type = models.CharField(max_length=10)
    namer_id = models.CharField(max_length=PUBLIC_ID_CHARACTERS)
    named_type = models.CharField(max_length=10)
    named_id = models.CharField(max_length=PUBLIC_ID_CHARACTERS)

    class Meta:
        ordering = ["namer_type", "namer_id", "named_type", "named_id"]
        indexes = [
            models.Index(fields=["namer_type", "namer_id"], name="public_namer"),
            models.Index(fields=["named_type", "named_id"], name="public_named"),
        ]

    def __str__(self) -> str:
        return f"{self.namer_type} {self.namer_id} names {self.named_id}"


class PublishedNotice(models.Model):
    """A dated notice to readers: a correction, a withdrawal, a retraction."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("correction")
        WITHDRAWAL = "withdrawal", _("withdrawal")
        RETRACTION = "retraction", _("retraction")

    claim = models.ForeignKey(
        PublishedClaim, on_delete=models.CASCADE, related_name="notices"
    )
    release_sequence = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind)
    correction_kind = models.CharField(
        max_length=15, choices=CorrectionKind, blank=True
    )
    text = models.TextField()
    asked_by = models.CharField(max_length=READERS_NAME_CHARACTERS, blank=True)
    old_status = models.CharField(max_length=30, blank=True)
    new_status = models.CharField(max_length=30, blank=True)
    at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-release_sequence", "claim_id"]
        indexes = [
            models.Index(
                fields=["-at", "-release_sequence", "claim"], name="public_notice_at"
            ),
            models.Index(
                fields=["kind", "-at", "-release_sequence", "claim"],
                name="public_notice_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text[:80]}"


class PublishedMethodology(models.Model):
    """A version of the methodology in force, with the statuses as they were."""

    number = models.PositiveIntegerField(primary_key=True)
    effective_on = models.DateField()
    text = models.TextField()
    statuses = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(_("Methodology %(number)s") % {"number": self.number})

    def status(self, slug: str) -> dict[str, Any]:
        """Return the frozen status of that name; an empty one if it had none."""
        for status in self.statuses:
            if status["slug"] == slug:
                return dict(status)
        return {"slug": slug, "label": slug, "definition": "", "symbol": "", "tone": ""}
