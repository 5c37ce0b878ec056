"""Rows of the record in any number, for lists: written straight into its tables."""

import datetime

from django.db.models import F

from claims.models import (
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
    PublishedTally,
)
from claims.models.record import ClaimLink
from claims.publishing.facets import facets_of
from tests.factories import NOON

STATUSES = ("unverified", "verified", "refuted", "not-rated")
CHECKS = ("unchecked", "confirmed", "relayed")


def write_rows(count: int, releases_apart: int = 1) -> None:
    """Write ``count`` rows of everything that has a list; no two sort alike."""
    for index in range(count):
        _write(index, releases_apart)


def _write(index: int, releases_apart: int = 1) -> None:
    at = NOON + datetime.timedelta(hours=index)
    day = datetime.date(2020, 1, 1) + datetime.timedelta(days=index)

    def shared(letter: str) -> dict:
        public_id = f"{letter}{index:09d}"
        return {
            "public_id": public_id,
            "digest": "0" * 64,
            "released_at": at,
            "changed_at": at,
        }

    source = PublishedSource.objects.create(
        **shared("s"),
        slug=f"source-{index}",
        name=f"Source {index:03d}",
        kind=["person", "outlet"][index % 2],
        said_by=index,
        content={"affiliations": [], "document": None},
    )
    document = PublishedDocument.objects.create(
        **shared("d"),
        title=f"Document {index:03d}",
        kind=["report", "map"][index % 2],
        published_from=day if index % 3 else None,
        link_state=["ok", "dead"][index % 2],
        content={"published_edtf": day.isoformat() if index % 3 else ""},
    )
    article = PublishedArticle.objects.create(
        **shared("a"),
        slug=f"article-{index}",
        title=f"Article {index:03d}",
        state="released",
        document=document,
        tallies={"verified": 1},
        content={},
    )
    claim = PublishedClaim.objects.create(
        **shared("c"),
        state="published",
        sequence=(index + 1) * releases_apart,
        text=f"Claim {index:03d}",
        kind="state",
        status=STATUSES[index % 4],
        attribution_check=CHECKS[index % 3],
        article=article,
        source=source,
        source_name=source.name,
        said_from=day if index % 3 else None,
        content={
            "claim": {
                "said_edtf": day.isoformat() if index % 3 else "",
                "topics": [["money", "Money"]],
            }
        },
    )
    listed = {name: getattr(claim, name) for name in ClaimLink.REPEATED}
    PublishedClaimArticle.objects.create(claim=claim, article=article, **listed)
    PublishedClaimSource.objects.create(claim=claim, source=source, **listed)
    PublishedClaimTopic.objects.create(
        claim=claim, slug="money", label="Money", **listed
    )
    for facet, portion in facets_of(claim):
        PublishedTally.objects.get_or_create(
            facet=facet, portion=portion, defaults={"number": 0}
        )
        rows = PublishedTally.objects.filter(facet=facet, portion=portion)
        rows.update(number=F("number") + 1)
    PublishedNotice.objects.create(
        claim=claim,
        release_sequence=index,
        kind="correction",
        correction_kind="fact",
        text=f"Notice {index:03d}",
        old_status="verified",
        new_status="refuted",
        at=at,
    )
