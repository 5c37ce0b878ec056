"""A tracker with one of everything that a fixture carries, and the means to empty it."""

from typing import Any

from django.db import connection

from claims.jobs.fixtures import LoadOptions, LoadReport, dump, load
from claims.models import Affiliation, Claim, Contribution, Document, QuoteCheck, Source
from claims.search import INDEXES, PREFIX, rebuild
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests import factories
from tests.factories import NOON, make_claim, move

SECRET_NAME = "Ludmila Vrbata"
SECRET_ALIAS = "the night porter"


def make_story() -> dict[str, Any]:
    """Make rows in every state by real moves; return some of them by name."""
    editor = factories.make_user(EDITORS, username="vera")
    author = factories.make_user(RESEARCHERS, username="ines")
    article = factories.make_article(is_demo=True, editor=editor, slug="elmbrook")
    protected = make_protected()
    told = make_claim(article, source=protected, text="The night shift was cut.")
    claims = {
        "told": told,
        "full": factories.make_full_claim(article, by=author),
        **{name: make_claim(article) for name in ("late", "held", "dropped")},
        **{name: make_claim(article) for name in ("retracted", "gone", "again")},
    }
    move("hold_back", claims["held"], editor, reason="Not ready.")
    move("discard", claims["dropped"], author, reason="Said twice.")
    claims["told"].depends_on.add(claims["full"])
    listed = sorted([told, claims["full"]], key=lambda claim: claim.public_id)
    factories.release_article(article, editor, listed=listed[::-1])
    for state in factories.ROADS:
        claims[state] = make_claim(article)
        factories.make_assessment(claims[state], state, author=author, editor=editor)
    correct(claims["published"], author, editor)
    for name in ("retracted", "gone", "again"):
        factories.publish_claim(claims[name], author=author, editor=editor)
    move("retract", claims["retracted"], editor, reason="Nobody said so.")
    move("take_down", claims["gone"], editor, reason="A court order.")
    move("recheck", claims["again"], editor, reason="The figure is due.")
    add_desk_talk(claims["full"], author)
    add_report(article)
    move("clear", article, editor, reason="The rest can wait.")
    return {"article": article, "protected": protected, **claims}


def make_protected() -> Source:
    return factories.make_source(
        name=SECRET_NAME,
        aliases=[SECRET_ALIAS],
        description="Works nights at the Elmbrook clinic.",
        url="https://people.example/l-v",
        is_protected=True,
        public_label="an employee of the clinic",
    )


def correct(claim: Claim, author: Any, editor: Any) -> None:
    """Publish a correction: the earlier assessment is superseded."""
    factories.make_assessment(
        claim, "published", status="refuted", author=author, editor=editor
    )


def add_desk_talk(claim: Claim, author: Any) -> None:
    """Add what must not leave the desk, and machine facts that may."""
    factories.make_note(claim, author=author, body="Ask the porter again.")
    factories.make_inquiry(claim, contact="press@clinic.example", asked_on=None)
    citation = factories.make_citation(claim, desk_note="Between us: shaky.")
    Document.objects.filter(pk=citation.document_id).update(
        link_state="dead", link_checked_at=NOON
    )
    copy = factories.make_copy(
        citation.document,
        raw_sha256="ab" * 32,
        file="copies/ab/abab",
        warc_sha256="cd" * 32,
        warc="warcs/cd/cdcd.warc.gz",
        redirects=[{"url": "http://clinic.example/old", "status": 301}],
        pages=[{"number": 1, "start": 0, "end": 20}],
        size=2000,
    )
    QuoteCheck.objects.create(
        citation=citation,
        stored_copy=copy,
        verdict="absent",
        reasons=["no such words"],
        asked_sha256="cd" * 32,
        checker_version="1",
        checked_at=NOON,
        is_current=True,
        eye="other",
        confirmed_by=author,
        confirmed_at=NOON,
    )
    sealed = factories.make_copy(citation.document)
    sealed.text, sealed.blocks = "", []
    sealed.sealed_at, sealed.sealed_reason = NOON, "Personal details."
    sealed.save(update_fields=["text", "blocks", "sealed_at", "sealed_reason"])


def add_report(article: Any) -> None:
    """Add a report that is the source and the publisher of itself, with its author."""
    document = factories.make_document(published_edtf="2025", published_basis="cover")
    report = factories.make_source(kind="report", document=document)
    document.publisher = report
    document.save()
    author = factories.make_source(name="José Ñandú")
    Contribution.objects.create(document=document, source=author)
    Affiliation.objects.create(
        source=author, organisation=report, role="editor", since="2019"
    )
    factories.make_source(kind="unnamed_group", article=article)
    make_claim(article, source=report)


def empty_tracker() -> None:
    """Delete every row but events, statuses and methodology, below the models."""
    kept = {"event", "eventhead", "verificationstatus", "methodology"}
    kept.add("publishedmethodology")
    tables = [
        table
        for table in connection.introspection.table_names()
        if table.startswith("claims_")
        and not table.startswith(PREFIX)
        and table.removeprefix("claims_") not in kept
    ]
    with connection.cursor() as cursor:
        for table in [*tables, "auth_user_groups", "auth_user"]:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
    for index in INDEXES:
        rebuild(index, anew=True)


def load_text(folder: Any, text: str, **options: Any) -> LoadReport:
    """Load a fixture given as text; ``options`` are those of ``LoadOptions``."""
    path = folder / "story.json"
    path.write_text(text, encoding="utf-8")
    return load([str(path)], LoadOptions(**options))


def reloaded(folder: Any, article_slug: str = "") -> str:
    """Dump, empty the tracker, load the dump; return what was dumped."""
    text = dump(article_slug)
    empty_tracker()
    load_text(folder, text)
    return text
