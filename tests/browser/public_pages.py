"""The public pages that are looked at: by axe, without scripts, in print, in pictures."""

from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.urls import reverse

from claims.models import Article
from claims.models.record import PublishedClaim, PublishedDocument, PublishedSource
from claims.workflow.roles import EDITORS
from tests.factories import (
    make_article,
    make_claim,
    make_source,
    make_user,
    release_article,
)
from tests.factories import move as make_a_move

LONG_WORD = "Brückenzustandsfeststellungsverordnung" * 4
#: Addresses that no reader opens in a browser.
FOR_MACHINES = {"robots", "healthz"}


def load_town(*more: str) -> None:
    """Load the invented demo, and make the pages that it lacks."""
    call_command("loaddata", "town_demo", *more, verbosity=0)
    article = make_article(display="excerpts")
    make_claim(article, text=f"An excerpt: {LONG_WORD}")
    taken_down = make_claim(article, source=make_source(name=LONG_WORD))
    release_article(article)
    make_a_move("take_down", taken_down, make_user(EDITORS), reason="A court said so.")


Find = Callable[[], Any]


def claim(**filters: Any) -> Find:
    return lambda: [PublishedClaim.objects.filter(**filters).first().pk]


def article(display: str) -> Find:
    return lambda: [Article.objects.filter(display=display).earliest("pk").slug]


def busiest(model: Any, order: str, field: str) -> Find:
    return lambda: [getattr(model.objects.order_by(order).first(), field)]


def nothing() -> list[str]:
    return []


#: A page in words → name of its address, what that takes, its query, its answer.
PAGES: dict[str, tuple[str, Find, str, int]] = {
    "overview": ("overview", nothing, "", 200),
    "claims": ("claim_list", nothing, "", 200),
    "claims, filtered": ("claim_list", nothing, "?status=verified&sort=-text", 200),
    "claims, none left": ("claim_list", nothing, "?words=zebra&status=refuted", 200),
    "articles": ("article_list", nothing, "", 200),
    "article in full": ("article_detail", article("full"), "", 200),
    "article in excerpts": ("article_detail", article("excerpts"), "", 200),
    "sources": ("source_list", nothing, "", 200),
    "source": ("source_detail", busiest(PublishedSource, "-said_by", "slug"), "", 200),
    "source, protected": (
        "source_detail",
        lambda: [PublishedSource.objects.get(name__startswith="a former member").slug],
        "",
        200,
    ),
    "documents": ("document_list", nothing, "", 200),
    "document": (
        "document_detail",
        busiest(PublishedDocument, "-use_count", "pk"),
        "",
        200,
    ),
    "document, dead link": (
        "document_detail",
        lambda: [PublishedDocument.objects.get(link_state="dead").pk],
        "",
        200,
    ),
    "corrections": ("correction_list", nothing, "", 200),
    "methodology": ("methodology", nothing, "", 200),
    "about": ("about", nothing, "", 200),
    "report": ("request", nothing, "?about=/about/", 200),
    "report of a claim": ("claim_request", claim(status="verified"), "", 200),
    "report received": ("request_received", lambda: ["0123456789"], "", 200),
    "claim under re-check": (
        "claim_detail",
        claim(rechecking_since__isnull=False),
        "",
        200,
    ),
    "claim, withdrawn": ("claim_detail", claim(state="withdrawn"), "", 200),
    "claim, retracted": ("claim_detail", claim(state="retracted"), "", 410),
    "claim, taken down": ("claim_detail", claim(state="taken_down"), "", 410),
    "claim, corrected": (
        "claim_detail",
        claim(notices__kind="correction", status="partly-verified"),
        "",
        200,
    ),
    "claim, no longer current": (
        "claim_detail",
        claim(text__contains="chairs the works committee"),
        "",
        200,
    ),
    "claim with a long word": ("claim_detail", claim(text__contains="Brücke"), "", 200),
    "history": ("claim_history", claim(notices__kind="correction"), "", 200),
    "technical record": ("claim_record", claim(status="disputed"), "", 200),
    "no such page": ("claim_detail", lambda: ["0000000000"], "", 404),
    **{
        f"claim, {status}": ("claim_detail", claim(status=status), "", 200)
        for status in (
            "unverified",
            "in-review",
            "verified",
            "misleading",
            "refuted",
            "disputed",
            "outdated",
            "unverifiable",
            "not-rated",
        )
    },
}


def address_of(name: str) -> str:
    view, find, query, _answer = PAGES[name]
    return reverse(view, args=find()) + query
