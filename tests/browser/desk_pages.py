"""The desk's pages on the demo, as its editor sees them; for pictures of them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from claims.jobs.imports import stage
from claims.jobs.marking import suggest
from claims.models import (
    Article,
    Assessment,
    Citation,
    Claim,
    ClaimPair,
    Document,
    NewInformation,
    Source,
)
from claims.workflow.roles import EDITORS
from tests.factories import (
    NOON,
    make_link_notice,
    make_pair,
    make_probe,
    make_user,
    make_watch,
)
from tests.jobs.imports.files import file_of, imported, row_of

EDITOR = "emil"


def demo_editor() -> User:
    return User.objects.filter(username=EDITOR).first() or make_user(
        EDITORS, username=EDITOR
    )


def page_of(row: Any, kind: str = "change", *more: str) -> str:
    name = f"admin:claims_{row._meta.model_name}_{kind}"
    return reverse(name, args=[row.pk, *more])


def move_of(row: Any, name: str) -> str:
    return page_of(row).replace("/change/", f"/move/{name}/")


def assessment(state: str) -> Assessment:
    return Assessment.objects.filter(state=state).earliest("pk")


def town() -> Article:
    return Article.objects.get(slug="maltings-bridge")


def busiest_claim() -> Claim:
    return Assessment.objects.get(state="withdrawn").claim


def workspace() -> str:
    """The workspace with a suggestion chosen, as it is after an import."""
    suggest(town())
    first = town().suggestions.proposed().earliest("passage__start")
    return page_of(town(), "workspace") + f"?suggestion={first.public_id}"


def link_of_a_dead_page() -> str:
    """The page of a link with every part that it can have."""
    document = Document.objects.filter(link_state="dead").earliest("pk")
    if not document.link_notices.exists():
        citation = document.citations.earliest("pk")
        moved = f"{document.url}/new"
        make_watch(document, state="dead", moved_to=moved, gone=[citation.public_id])
        make_probe(document, strike=2)
        make_link_notice(document)
    return page_of(document, "link")


def changed_basis() -> str:
    """A claim whose basis changed: what it rests on, and what is to be said of it."""
    basis, claim = town().claims.working().order_by("pk")[:2]
    claim.depends_on.add(basis)
    NewInformation.objects.get_or_create(
        claim=claim, basis=basis, kind="basis_changed", body="It was retracted."
    )
    return page_of(claim)


def import_report() -> str:
    """The report of a file with every kind of row."""
    imported([row_of(1)], demo_editor())
    again = [row_of(1), row_of(2), row_of(3, kind="rumour")]
    row = stage(file_of(again), demo_editor())
    return reverse("admin:claims_claim_import_report", args=[row.public_id])


def alike() -> Claim:
    """A claim with two pairs: one to be decided, and one that is the same, published."""
    claims = town().claims.working().order_by("pk")
    published = Assessment.objects.filter(state="published").earliest("pk").claim
    claim = claims.exclude(assessments__state__in=["published"]).latest("pk")
    if not ClaimPair.objects.of(claim).exists():
        make_pair(claim, older=claims.exclude(pk=claim.pk).earliest("pk"))
        decided = {"decided_by": demo_editor(), "decided_at": NOON, "note": "Reworded."}
        make_pair(claim, older=published, state="same", **decided)
    return claim


Find = Callable[[], str]

DEMO_PAGES: dict[str, Find] = {
    "index": lambda: reverse("admin:index"),
    "claims": lambda: reverse("admin:claims_claim_changelist"),
    "claim": lambda: page_of(assessment("submitted").claim),
    "claim, published": lambda: page_of(busiest_claim()),
    "claim, its basis changed": changed_basis,
    "claim, like others": lambda: page_of(alike(), "alike"),
    "checked before": lambda: reverse("admin:claims_claim_ask") + "?text=bridge",
    "claim, new": lambda: reverse("admin:claims_claim_add"),
    "history": lambda: page_of(busiest_claim(), "history"),
    "preview": lambda: page_of(assessment("submitted").claim, "preview"),
    "assessments": lambda: reverse("admin:claims_assessment_changelist"),
    "assessment": lambda: page_of(assessment("submitted")),
    "assessment, signed off": lambda: page_of(assessment("signed_off")),
    "citation": lambda: page_of(Citation.objects.earliest("pk")),
    "quotation": lambda: page_of(Citation.objects.earliest("pk"), "quotation"),
    "article": lambda: page_of(town()),
    "article sheet": lambda: page_of(town(), "sheet"),
    "workspace": workspace,
    "cite for several": lambda: (
        reverse("admin:claims_claim_cite")
        + f"?ids={','.join(str(claim.pk) for claim in town().claims.order_by('pk')[:3])}"
    ),
    "clear": lambda: move_of(town(), "clear"),
    "import an article": lambda: reverse("admin:claims_article_import"),
    "import claims": lambda: reverse("admin:claims_claim_import"),
    "import of claims, its report": import_report,
    "daily mail": lambda: reverse("admin:reminders"),
    "document": lambda: page_of(Document.objects.earliest("pk")),
    "link": link_of_a_dead_page,
    "attach a file": lambda: page_of(Document.objects.earliest("pk"), "attach"),
    "seal a copy": lambda: page_of(
        town().document, "seal", town().newest_copy.public_id
    ),
    "passages": lambda: page_of(town().document, "passages"),
    "source": lambda: page_of(Source.objects.earliest("pk")),
    "sign off": lambda: move_of(assessment("submitted"), "sign_off"),
    "publish": lambda: move_of(assessment("signed_off"), "publish"),
    "release": lambda: move_of(town(), "release"),
    "sheet": lambda: (
        reverse("admin:claims_assessment_sheet", args=["sign_off"])
        + f"?ids={assessment('submitted').pk}"
    ),
}
