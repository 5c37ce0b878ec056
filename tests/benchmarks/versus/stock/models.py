"""The tables of the stock project: claims with their sources, articles and citations."""

from django.db import models


class Source(models.Model):
    """Who said it."""

    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=80, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Article(models.Model):
    """Where it stands."""

    title = models.CharField(max_length=500)
    slug = models.SlugField(max_length=100, unique=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Document(models.Model):
    """What it was checked against."""

    title = models.CharField(max_length=500)
    url = models.URLField(max_length=2000)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Claim(models.Model):
    """What was said, and whether it is true."""

    public_id = models.SlugField(max_length=10, unique=True)
    text = models.TextField()
    summary = models.CharField(max_length=280, blank=True)
    rationale = models.TextField(blank=True)
    status = models.CharField(max_length=30, db_index=True)
    attribution_check = models.CharField(max_length=15, db_index=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="claims")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, related_name="claims"
    )
    said_on = models.DateField(null=True, db_index=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.text[:120]


class Citation(models.Model):
    """A document that speaks for or against a claim."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="citations")
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    stance = models.CharField(max_length=20)
    quotation = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.stance}: {self.quotation[:80]}"
