"""Who marks waits for who marks in the same article: the article, then all else."""

from django.utils.translation import gettext as _

from claims.models import Article, Claim
from claims.workflow.words import ClaimState

from .errors import MarkingError


def lock_article(article: Article) -> None:
    """Lock an article for marking until the transaction ends; before any other row."""
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)


def lock_claim(claim: Claim, seen: int) -> Claim:
    """Lock a claim, count this save, return it afresh; a stale one is refused."""
    fresh: Claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
    if fresh.state != ClaimState.WORKING:
        raise MarkingError(_("This claim is no longer worked on."))
    if not Claim.raise_version(fresh.pk, seen):
        raise MarkingError(
            _(
                "A colleague saved this claim meanwhile. Nothing was done: load the "
                "page anew and look at it."
            )
        )
    fresh.version = seen + 1
    return fresh
