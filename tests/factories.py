"""Rows for tests: plain functions with defaults, each row complete and distinct.

What has a state beyond its first gets there through real moves by distinct users.
Text is ours; nothing is random but the public ids.
"""

import datetime
import itertools
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, User
from django.db import transaction

from claims.jobs.copies import add_copy
from claims.models import (
    Anchoring,
    Appearance,
    Article,
    Assessment,
    AttributionLink,
    Background,
    Capture,
    Citation,
    Claim,
    ClaimPair,
    CorrectionRequest,
    Document,
    EvidenceSearch,
    Inquiry,
    LinkNotice,
    LinkWatch,
    Methodology,
    NewInformation,
    Note,
    Passage,
    Probe,
    QuoteCheck,
    Source,
    StoredCopy,
    Suggestion,
    Topic,
    asked_of,
)
from claims.moves import ReleaseDetails, make_move, record_edit
from claims.search import write_desk
from claims.workflow.roles import EDITORS, RESEARCHERS
from claims.workflow.words import SHOWN_STATES, AssessmentState, Question

_numbers = itertools.count(1)

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
DAY = datetime.date(2026, 3, 2)
SENTENCES = (
    "Elmbrook counts 5,000 people.",
    "The old mill burned down in 1911.",
    "Its mayor says the bridge is safe.",
    "Two of three shops have closed since 2019.",
    "The river rose by 40 centimetres in one night.",
    "Nobody was hurt.",
)
TEXT = " ".join(SENTENCES)

#: The road of each assessment state: the moves that lead there.
ROADS: dict[str, tuple[str, ...]] = {
    AssessmentState.DRAFT: (),
    AssessmentState.SUBMITTED: ("submit",),
    AssessmentState.RETURNED: ("submit", "return"),
    AssessmentState.SIGNED_OFF: ("submit", "sign_off"),
    AssessmentState.PUBLISHED: ("submit", "sign_off", "publish"),
    AssessmentState.WITHDRAWN: ("submit", "sign_off", "publish", "withdraw"),
    AssessmentState.DISCARDED: ("discard",),
}


def number() -> int:
    """Return a number that no other row of this run was given."""
    return next(_numbers)


def count_from(start: int) -> None:
    """Begin the numbers elsewhere: for programs that share one database."""
    global _numbers
    _numbers = itertools.count(start)


def make_user(group: str | None = None, **fields: Any) -> User:
    """Make a user of the desk; ``group`` is a name out of ``workflow.roles``."""
    fields = {"username": f"user{number()}", "is_staff": True, **fields}
    user = User.objects.create_user(**fields)
    if group is not None:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_source(**fields: Any) -> Source:
    defaults: dict[str, Any] = {"name": f"Source {number()}", "kind": "person"}
    if fields.get("kind") == "report" and "document" not in fields:
        defaults["document"] = make_document(kind="report")
    if fields.get("kind", "").startswith("unnamed") and "article" not in fields:
        defaults["article"] = make_article()
    if fields.get("is_protected"):
        defaults["public_label"] = f"a witness ({number()})"
        defaults["protection_reason"] = "Would lose their job."
    return Source.objects.create(**{**defaults, **fields})


def make_document(**fields: Any) -> Document:
    count = number()
    defaults = {
        "title": f"Document {count}",
        "kind": "report",
        "url": f"https://documents.example/{count}",
    }
    return Document.objects.create(**{**defaults, **fields})


def make_copy(
    document: Document | None = None,
    text: str = TEXT,
    blocks: list[dict[str, Any]] | None = None,
    **fields: Any,
) -> StoredCopy:
    """Store a text; without ``blocks`` it is one block of body text."""
    document = document or make_document()
    if blocks is None:
        blocks = [{"role": "body", "start": 0, "end": len(text)}] if text else []
    defaults = {
        "number": document.copies.count() + 1,
        "retrieved_at": NOON,
        "provenance": "retold",
    }
    return StoredCopy.objects.create(
        document=document, text=text, blocks=blocks, **{**defaults, **fields}
    )


def make_passage(copy: StoredCopy | None = None, words: str = SENTENCES[0]) -> Passage:
    copy = copy or make_copy()
    start = copy.text.index(words)
    return copy.passage(start, start + len(words))


def make_capture(document: Document | None = None, **fields: Any) -> Capture:
    """Want a copy of a document's address; without ``state`` it waits."""
    document = document or make_document()
    defaults = {"url": document.url, "wanted_at": NOON}
    return Capture.objects.create(document=document, **{**defaults, **fields})


def make_article(
    state: str = "open",
    text: str = TEXT,
    publisher: Source | None = None,
    **fields: Any,
) -> Article:
    """Make an article with its document, publisher and stored copy."""
    count = number()
    document = fields.pop("document", None) or make_document(
        title=f"Article {count}",
        kind="article-newspaper",
        publisher=publisher or make_source(name=f"Gazette {count}", kind="outlet"),
        published_edtf="2026-03~",
        published_basis="facts in the text",
    )
    if text:
        make_copy(document, text)
    article = Article.objects.create(document=document, **fields)
    if state in ("released", "cleared"):
        article = release_article(article)
    if state == "cleared":
        article = move("clear", article, make_user(EDITORS), reason="All is known.")
    return article


def make_claim(
    article: Article | None = None, wording: str | None = None, **fields: Any
) -> Claim:
    """Make a claim at its passage; ``wording`` must stand in the article's text.

    ``by``: who made it, which leaves a *created* event; nobody unless given.
    """
    by = fields.pop("by", None)
    topics = fields.pop("topics", [])
    article = article or make_article()
    defaults: dict[str, Any] = {
        "text": f"Claim number {number()} holds.",
        "kind": "state",
        "attribution_check": "confirmed",
        "attribution_checked_on": DAY,
    }
    if fields.get("voice") == "own":
        defaults["source"] = article.document.publisher
        defaults["attribution_check"] = "not_applicable"
    elif "source" not in fields:
        defaults["source"] = make_source()
    claim = Claim.objects.create(article=article, **{**defaults, **fields})
    claim.topics.set(topics)
    make_appearance(claim, article, wording)
    if by is not None:
        record_edit(claim, by, ["claim.text", "appearance.added"], verb="created")
    return claim


def let_be_found(*claims: Claim) -> None:
    """Let the desk's search find claims that were made without an event."""
    with transaction.atomic():
        write_desk(claim.public_id for claim in claims)


def make_appearance(
    claim: Claim,
    article: Article | None = None,
    wording: str | None = None,
    **fields: Any,
) -> Appearance:
    """Let a claim stand in an article; without ``wording`` at its next sentence."""
    article = article or claim.article
    copy = article.newest_copy
    passage = None
    if copy is not None and copy.text:
        wording = wording or _next_words(article, copy.text)
        passage = make_passage(copy, wording)
    is_first = not claim.appearances.exists()
    return Appearance.objects.create(
        claim=claim,
        article=article,
        passage=passage,
        wording=wording or "Words nobody stored.",
        **{"is_first": is_first, **fields},
    )


def _next_words(article: Article, text: str) -> str:
    found = [sentence for sentence in SENTENCES if sentence in text] or [text]
    return found[article.appearances.count() % len(found)]


def make_full_claim(article: Article | None = None, **fields: Any) -> Claim:
    """Make a claim with at least one part of every kind, each field filled."""
    claim = make_claim(
        article,
        role="spokesperson",
        said_words="last month",
        said_edtf="2026-02",
        said_basis="the article appeared in March",
        topics=[make_topic()],
        **fields,
    )
    make_appearance(claim)
    said = make_citation(claim, question="attribution", document=make_document())
    asked = make_inquiry(claim, answered_on=DAY, answer="From us.", outcome="stands")
    copy = make_copy(make_document())
    make_citation(claim, document=copy.document, passage=make_passage(copy))
    make_citation(claim, form="inquiry", inquiry=asked, stance="context")
    make_link(claim, document=make_document(), attribution_citation=said)
    make_search(claim)
    claim.attribution_citation = said
    claim.save()
    return claim


def make_topic(**fields: Any) -> Topic:
    count = number()
    return Topic.objects.create(
        **{"slug": f"topic-{count}", "label": f"Topic {count}", **fields}
    )


def make_citation(claim: Claim | None = None, **fields: Any) -> Citation:
    claim = claim or make_claim()
    of_attribution = fields.get("question") == Question.ATTRIBUTION
    defaults = {
        "position": claim.citations.count() + 1,
        "document": fields.get("document") or make_document(),
        "stance": "is_the_statement" if of_attribution else "supports",
        "quotation": f"Words number {number()} as they stand.",
        "locator_kind": "page",
        "locator": "12",
    }
    return Citation.objects.create(claim=claim, **{**defaults, **fields})


def make_link(claim: Claim | None = None, **fields: Any) -> AttributionLink:
    claim = claim or make_claim()
    defaults = {
        "position": claim.chain.count() + 1,
        "source": make_source() if "source" not in fields else None,
        "attribution_check": "relayed",
    }
    return AttributionLink.objects.create(claim=claim, **{**defaults, **fields})


def make_search(claim: Claim | None = None, **fields: Any) -> EvidenceSearch:
    defaults = {
        "looked_in": f"Register {number()}",
        "looked_for": "any mention of it",
        "searched_on": DAY,
        "result": "No mention.",
    }
    return EvidenceSearch.objects.create(
        claim=claim or make_claim(), **{**defaults, **fields}
    )


def make_inquiry(claim: Claim | None = None, **fields: Any) -> Inquiry:
    """Make an inquiry that was asked; ``asked_on=None`` for one only prepared."""
    defaults = {
        "addressee": "publisher",
        "addressed_to": f"Press office {number()}",
        "question": "Where does the figure come from?",
        "asked_on": DAY,
    }
    return Inquiry.objects.create(claim=claim or make_claim(), **{**defaults, **fields})


def make_note(claim: Claim | None = None, **fields: Any) -> Note:
    defaults = {"author": fields.get("author") or make_user(RESEARCHERS)}
    defaults["body"] = f"Note number {number()}."
    return Note.objects.create(claim=claim or make_claim(), **{**defaults, **fields})


def make_assessment(
    claim: Claim | None = None,
    state: str = "draft",
    status: str = "verified",
    author: User | None = None,
    editor: User | None = None,
    **fields: Any,
) -> Assessment:
    """Make an assessment complete for its status, brought to ``state`` by moves.

    Evidence that the status asks for and the claim lacks is added. ``author``
    submits, ``editor`` does the rest; distinct new users unless given.
    """
    claim = claim or make_claim(kind="opinion" if status == "not-rated" else "state")
    author = author or make_user(RESEARCHERS)
    give_evidence(claim, status)
    defaults: dict[str, Any] = {
        "number": claim.assessments.count() + 1,
        "summary": f"Summary number {number()}.",
        "rationale": "The cited passage settles it.",
        "as_of": DAY,
        "methodology": Methodology.objects.get(number=1),
    }
    if status == "partly-verified":
        defaults["part_that_holds"] = "The year."
        defaults["part_that_fails"] = "The figure."
    if claim.assessments.filter(state__in=SHOWN_STATES).exists():
        defaults["correction_kind"] = "fact"
        defaults["notice"] = f"Notice number {number()}: we were wrong."
    assessment = Assessment.objects.create(
        claim=claim, status_id=status, author=author, **{**defaults, **fields}
    )
    record_edit(claim, author, ["assessment.added"])
    return bring_to(assessment, state, editor)


def bring_to(assessment: Assessment, state: str, editor: User | None = None) -> Any:
    """Bring a draft to a state by real moves; release its article when needed."""
    editor = editor or make_user(EDITORS)
    for name in ROADS[state]:
        if name == "publish" and not assessment.claim.article.is_released:
            release_article(assessment.claim.article, listed=[])
        actor = assessment.author if name in ("submit", "discard") else editor
        assessment = move(name, assessment, actor, reason="For a reason.")
    return assessment


def give_evidence(claim: Claim, status: str) -> None:
    """Add the citations and searches that a status needs and the claim lacks."""
    wanted = {
        "refuted": ["contradicts"],
        "disputed": ["supports", "contradicts"],
        "not-rated": [],
        "unverifiable": [],
    }.get(status, ["supports"])
    for stance in wanted:
        if not claim.citations.filter(question=Question.TRUTH, stance=stance).exists():
            make_citation(claim, stance=stance)
    if status == "unverifiable" and not claim.searches.exists():
        make_search(claim)


def publish_claim(
    claim: Claim | None = None, status: str = "verified", **fields: Any
) -> Assessment:
    """Publish a claim with a status; return the published assessment."""
    return make_assessment(claim, state="published", status=status, **fields)


def release_article(
    article: Article,
    editor: User | None = None,
    listed: str | Iterable[Claim] | dict[Claim, str] = "all",
    **options: Any,
) -> Article:
    """Release an article. ``listed``: "all" that may be, claims, or claim → status."""
    if listed == "all":
        working = article.claims.working().filter(is_held_back=False)
        listed = working.exclude(assessments__state=AssessmentState.PUBLISHED)
    if not isinstance(listed, dict):
        listed = dict.fromkeys(listed, "unverified")  # type: ignore[union-attr]
    pairs = tuple((claim.public_id, status) for claim, status in listed.items())
    editor = editor or make_user(EDITORS)
    return move("release", article, editor, details=ReleaseDetails(pairs), **options)


def move(name: str, subject: Any, actor: User, **options: Any) -> Any:
    """Make a move on the subject as it is now in the database, seen in full."""
    options.setdefault("seen", SEEN_IN_FULL)
    return make_move(name, fresh_from_database(subject), actor, **options)


class _Anything(str):
    """The digest of whatever is there: equal to each, so that none is worked out."""

    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


SEEN_IN_FULL = _Anything()


def fresh_from_database(row: Any) -> Any:
    """Return the row anew, with nothing remembered of what it belongs to."""
    return type(row)._default_manager.get(pk=row.pk)


# The workspace


def make_suggestion(
    article: Article | None = None, words: str = SENTENCES[0], **fields: Any
) -> Suggestion:
    """Suggest words of an article's newest copy as a claim."""
    article = article or make_article()
    defaults = {"speech": "none", "reason": "a figure that names no source"}
    return Suggestion.objects.create(
        article=article,
        passage=make_passage(article.newest_copy, words),
        **{**defaults, **fields},
    )


def make_background(
    article: Article | None = None, words: str = SENTENCES[1], **fields: Any
) -> Background:
    article = article or make_article()
    defaults = {"reason": "Common knowledge.", "marked_by": make_user()}
    return Background.objects.create(
        article=article,
        passage=make_passage(article.newest_copy, words),
        **{**defaults, **fields},
    )


def make_anchoring(appearance: Appearance | None = None, **fields: Any) -> Anchoring:
    """Say where an appearance stands in a newer copy; by default nowhere, undecided."""
    appearance = appearance or make_claim().appearances.get()
    defaults = {
        "base": appearance.passage,
        "stored_copy": appearance.article.newest_copy,
        "verdict": "orphaned",
        "state": "to_decide",
        "reason": "no passage is similar enough",
    }
    return Anchoring.objects.create(appearance=appearance, **{**defaults, **fields})


def make_quote_check(citation: Citation | None = None, **fields: Any) -> QuoteCheck:
    """Say that a quotation is altered in a stored copy of its document; current."""
    citation = citation or make_citation()
    copy = citation.document.newest_copy or make_copy(citation.document)
    words = (citation.quotation, citation.locator_kind, citation.locator)
    defaults = {
        "stored_copy": copy,
        "asked_sha256": asked_of(*words),
        "verdict": "altered",
        "reasons": ["number"],
        "checker_version": "1",
        "checked_at": NOON,
        "is_current": True,
    }
    return QuoteCheck.objects.create(citation=citation, **{**defaults, **fields})


def add_text(document: Document, text: str, by: Any = "somebody") -> StoredCopy:
    """Add a newer text of a document as the desk does: its passages are looked for."""
    copy = StoredCopy(text=text, retrieved_at=NOON, provenance="pasted")
    return add_copy(document, copy, by, at=NOON)


def make_pair(claim: Claim | None = None, **fields: Any) -> ClaimPair:
    """Make a suggested pair of a claim and an older one."""
    older = fields.pop("older", None) or make_claim()
    pair = ClaimPair.between(
        older, claim or make_claim(), **{"suggested_at": NOON} | fields
    )
    pair.save()
    return pair


def make_news(claim: Claim | None = None, **fields: Any) -> NewInformation:
    defaults = {"kind": "words_changed", "body": "Copy 2 reads otherwise."}
    return NewInformation.objects.create(
        claim=claim or make_claim(), **{**defaults, **fields}
    )


# The link watch


def make_watch(document: Document | None = None, **fields: Any) -> LinkWatch:
    document = document or make_document()
    defaults = {"url": document.url, "state": document.link_state}
    return LinkWatch.objects.create(document=document, **{**defaults, **fields})


def make_probe(document: Document | None = None, **fields: Any) -> Probe:
    document = document or make_document()
    defaults = {
        "at": NOON,
        "url": document.url,
        "status": 404,
        "kind": "gone",
        "reason": "not_found",
        "state": "gone",
    }
    return Probe.objects.create(document=document, **{**defaults, **fields})


def make_link_notice(document: Document | None = None, **fields: Any) -> LinkNotice:
    defaults = {"kind": "dead", "at": NOON}
    return LinkNotice.objects.create(
        document=document or make_document(), **{**defaults, **fields}
    )


def make_request(claim: Claim | None = None, **fields: Any) -> CorrectionRequest:
    """Make a reader's request: about a claim, or where none is given another page."""
    defaults: dict[str, Any] = {
        "text": f"Report number {number()}: the year is wrong.",
        "received_at": NOON,
        "due_on": DAY + datetime.timedelta(days=10),
    }
    if fields.get("settled_at"):
        settled = {"outcome": "no_change", "answer": "It stands.", **fields}
        fields = {"settled_by": fields.get("settled_by") or make_user(), **settled}
    return CorrectionRequest.objects.create(claim=claim, **{**defaults, **fields})
