"""No draft in any public byte: the site with and without 50 drafts is identical.

Every public address is crawled; drafts full of a canary word are written through the
desk's own doors, also on released articles, published claims, sources and documents;
every address is crawled again. Bodies and headers must be the same, byte for byte.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.jobs.requests import Sent, receive
from claims.models import (
    Anchoring,
    Article,
    Assessment,
    Claim,
    CorrectionRequest,
    Document,
    PublishedDocument,
    PublishedSource,
    Source,
)
from claims.moves import settle_request
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.admin.pages import add_row, client_of, form_on, open_form, save
from tests.factories import make_user

pytestmark = pytest.mark.django_db

CANARY = "xylographicquokka"
LINK = re.compile(r'href="(/[^"#]*)')
#: When a form was opened: it has no cache, and differs in this alone.
STAMP = re.compile(rb'name="stamp" value="[^"]+"')
#: Enough pages of filters and sorts; beyond this they repeat what they show.
MOST_ADDRESSES = 260

Answer = tuple[int, dict[str, str], bytes]


def crawl(starts: Iterable[str]) -> dict[str, Answer]:
    """Return status, headers and body of every public address that links lead to."""
    client, found = Client(), {}
    waiting = list(starts)
    while waiting and len(found) < MOST_ADDRESSES:
        address = waiting.pop(0)
        if address in found or address.startswith(("/admin/", "/static/")):
            continue
        response = client.get(address)
        found[address] = (
            response.status_code,
            dict(response.headers),
            STAMP.sub(b"", response.content),
        )
        if response.headers["Content-Type"].startswith("text/html"):
            waiting += map(unescape, LINK.findall(response.content.decode()))
    return found


def starts() -> list[str]:
    names = ("overview", "claim_list", "about", "robots", "healthz")
    words = f"{reverse('claim_list')}?words={CANARY}"
    return [*map(reverse, names), words, *draft_addresses()]


def draft_addresses() -> Iterator[str]:
    """Yield the public addresses that every row of the desk would have."""
    for claim in Claim.objects.all():
        yield reverse("claim_request", args=[claim.public_id])
        yield reverse("claim_detail", args=[claim.public_id])
        yield reverse("claim_history", args=[claim.public_id])
        yield reverse("claim_record", args=[claim.public_id])
    for article in Article.objects.all():
        yield reverse("article_detail", args=[article.slug])
    for source in Source.objects.all():
        yield reverse("source_detail", args=[source.slug])
    for document in Document.objects.all():
        yield reverse("document_detail", args=[document.public_id])


class Desk:
    """A researcher who writes drafts; each text carries the canary."""

    def __init__(self) -> None:
        self.client = client_of(make_user(RESEARCHERS))
        self.numbers = itertools.count(1)
        self.written = 0
        self.blank: dict[str, dict[str, Any]] = {}

    def words(self) -> str:
        return f"{CANARY} {next(self.numbers)}"

    def add(self, model: str, **typed: Any) -> None:
        address = reverse(f"admin:claims_{model}_add")
        if model not in self.blank:
            self.blank[model] = form_on(self.client.get(address))
        response = self.client.post(address, {**self.blank[model], **typed})
        self.count(response)

    def change(self, row: Any, **typed: Any) -> None:
        self.count(save(self.client, row, **typed))

    def add_parts(self, claim: Claim, **parts: dict[str, Any]) -> None:
        form = open_form(self.client, claim)
        for prefix, typed in parts.items():
            form = add_row(form, prefix, **typed)
        self.count(save(self.client, claim, form), len(parts))

    def count(self, response: Any, drafts: int = 1) -> None:
        assert response.status_code == 302, response.context["errors"]
        self.written += drafts


def write_claims(desk: Desk) -> None:
    article = Article.objects.released().first()
    source = Source.objects.filter(kind="person").first()
    for _ in range(8):
        desk.add(
            "claim",
            text=desk.words(),
            kind="state",
            voice="attributed",
            article=article.pk,
            source=source.pk,
            role=desk.words(),
        )
    for claim in published_claims()[:6]:
        desk.change(claim, text=desk.words(), said_words=desk.words())


def write_evidence(desk: Desk) -> None:
    documents = Document.objects.order_by("pk")
    for claim, document in zip(published_claims()[:6], documents, strict=False):
        desk.add_parts(
            claim,
            citations={
                "document": document.pk,
                "question": "truth",
                "stance": "context",
                "form": "passage",
                "quotation": desk.words(),
                "locator_kind": "page",
                "locator": "7",
            },
            searches={
                "looked_in": desk.words(),
                "looked_for": desk.words(),
                "searched_on": "2026-03-02",
                "result": desk.words(),
            },
            inquiries={
                "addressee": "other",
                "addressed_to": desk.words(),
                "question": desk.words(),
                "asked_on": "2026-03-02",
            },
            notes={"body": desk.words()},
        )


def write_assessments(desk: Desk) -> None:
    for claim in published_claims()[:6]:
        desk.add(
            "assessment",
            claim=claim.pk,
            status="refuted",
            summary=desk.words(),
            rationale=desk.words(),
            notice=desk.words(),
        )


def write_sources(desk: Desk) -> None:
    for row in PublishedSource.objects.all()[:5]:
        source = Source.objects.get(public_id=row.pk)
        desk.change(source, description=desk.words(), aliases=desk.words())
    for _ in range(3):
        desk.add("source", name=desk.words(), kind="person")


def write_documents(desk: Desk) -> None:
    for row in PublishedDocument.objects.all()[:5]:
        document = Document.objects.get(public_id=row.pk)
        desk.change(document, title=desk.words())
    for _ in range(3):
        desk.add("document", title=desk.words(), kind="report")


def write_copies(desk: Desk) -> None:
    """Paste a newer text of each released article; its claims stand in both."""
    for article in Article.objects.released().select_related("document"):
        text = f"{desk.words()} {article.newest_copy.text} {desk.words()}"
        typed = {
            "text": text,
            "provenance": "pasted",
            "retrieved_at": "2026-05-03T12:00",
        }
        address = reverse("admin:claims_document_paste", args=[article.document.pk])
        desk.count(desk.client.post(address, typed))
    assert Anchoring.objects.standing().exists()


def report_errors(desk: Desk) -> None:
    """Report errors as readers do; settle some, and name one in a draft."""
    claims = published_claims()
    for number, claim in enumerate(claims[:8]):
        name = desk.words()
        sent = Sent(
            text=desk.words(),
            claim=claim.public_id,
            evidence=desk.words(),
            name=name,
            email=f"{CANARY}@readers.example",
            may_be_named=True,
        )
        receive(sent, f"192.0.2.{number}", timezone.now())
        desk.written += 1
    receive(Sent(text=desk.words(), address=desk.words()), None, timezone.now())
    for row in CorrectionRequest.objects.all()[:4]:
        settle_request(row, make_user(EDITORS), "corrected", desk.words())
    desk.add(
        "assessment",
        claim=claim.pk,
        status="refuted",
        correction_kind="fact",
        notice=desk.words(),
        asked_by=name,
    )


def published_claims() -> list[Claim]:
    claims = Claim.objects.filter(assessments__state="published").exclude(
        pk__in=Assessment.objects.open().values("claim")
    )
    return list(claims.order_by("pk"))


def rows_with_canary() -> int:
    """Count the rows of the desk that hold the canary in some text."""
    count = 0
    for model in apps.get_app_config("claims").get_models():
        wanted = models.Q()
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField | models.TextField):
                wanted |= models.Q(**{f"{field.name}__contains": CANARY})
        if wanted:
            count += model._default_manager.filter(wanted).count()
    return count


def test_fifty_drafts_change_no_public_byte() -> None:
    call_command("loaddata", "town_demo", verbosity=0)
    before = crawl(starts())
    desk = Desk()

    for write in (
        write_claims,
        write_evidence,
        write_assessments,
        write_sources,
        write_documents,
        write_copies,
        report_errors,
    ):
        write(desk)

    assert desk.written >= 50
    assert rows_with_canary() >= 50
    after = crawl(before)
    assert {address: after.get(address) for address in before} == before
    assert set(after) == set(before)
    drafts = set(draft_addresses()) - set(before)
    assert drafts
    for address in drafts:
        response = Client().get(address)
        assert response.status_code == 404, address
        assert CANARY.encode() not in response.content, address
    for number in CorrectionRequest.objects.values_list("public_id", flat=True):
        thanks = Client().get(reverse("request_received", args=[number]))
        assert CANARY.encode() not in thanks.content
