"""Fills a database with the desk's own rows of many claims, to measure its pages with.

    python tests/benchmarks/desk_fill.py --database sqlite:////tmp/desk.sqlite3

Claims with appearances, chains, citations, assessments in every state, events and
history, in numbers a desk could have after years; nothing of it is in the record. One
claim has 20 citations, one article 500 claims. The same numbers give the same rows.
"""

import argparse
import datetime
import itertools
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.benchmarks.fill import set_up  # noqa: E402, needs the path above
from tests.benchmarks.town import CHECKS, KINDS, SEED, STATUSES, WORDS  # noqa: E402

PORTION = 2000
TODAY = datetime.date(2026, 3, 2)
NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
COLLEAGUES = 40
TOPICS = 400
#: Claims of the one long article, citations of its first claim.
MANY_CLAIMS, MANY_CITATIONS = 500, 20
#: Of 100 claims so many have an assessment in this state; the rest have none.
STATES = {
    "published": 60,
    "submitted": 2,
    "signed_off": 1,
    "returned": 1,
    "draft": 4,
    "discarded": 1,
}
SIGNED = ("signed_off", "published")
WORDS_IN_A_CLAIM = 14


class DeskFiller:
    """Writes the rows table by table, in portions; keys are given out beforehand."""

    def __init__(self, claims: int, sources: int, articles: int) -> None:
        self.chance = random.Random(
            f"the desk, {SEED}"
        )  # other ids than the record has
        self.claims, self.sources, self.articles = claims, sources, articles
        self.numbers: dict[str, Iterator[int]] = {}
        self.waiting: dict[Any, list[Any]] = {}
        self.histories: dict[Any, Any] = {}
        self.states = [
            *itertools.chain.from_iterable([name] * n for name, n in STATES.items())
        ]
        self.states += [""] * (100 - len(self.states))

    def fill(self) -> None:
        from django.db import transaction

        with transaction.atomic():
            self.write_colleagues()
            self.write_topics()
            self.write_sources()
            self.write_documents()
            self.write_articles()
            self.write_claims()
            self.write_events()
            self.write_requests()
        self.count_on()

    def count_on(self) -> None:
        """Let PostgreSQL give out the keys after those that were given out here."""
        from django.apps import apps
        from django.core.management.color import no_style
        from django.db import connection

        models = list(apps.get_models(include_auto_created=True))
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)

    # What rows are made of

    def key(self, table: str) -> int:
        return next(self.numbers.setdefault(table, itertools.count(1)))

    def public_id(self) -> str:
        from claims.models.identity import ALPHABET, PUBLIC_ID_CHARACTERS

        return "".join(self.chance.choices(ALPHABET, k=PUBLIC_ID_CHARACTERS))

    def sentence(self, words: int = WORDS_IN_A_CLAIM) -> str:
        chosen = self.chance.choices(WORDS, k=words)
        return f"{' '.join(chosen).capitalize()}."

    def day(self) -> datetime.date:
        return TODAY - datetime.timedelta(days=self.chance.randrange(1, 900))

    def at(self) -> datetime.datetime:
        return NOW - datetime.timedelta(minutes=self.chance.randrange(1, 1_000_000))

    def some(self, chance: float) -> bool:
        return self.chance.random() < chance

    def add(self, model: Any, **values: Any) -> Any:
        """Keep a row until there are enough of its table to write them at once."""
        values.setdefault("id", self.key(model._meta.label))
        if any(field.name == "public_id" for field in model._meta.fields):
            values.setdefault("public_id", self.public_id())
        row = model(**values)
        self.waiting.setdefault(model, []).append(row)
        if model not in self.histories:
            kept = getattr(model, "history", None)
            has_lines = kept is not None and model._meta.model_name != "citation"
            self.histories[model] = kept.model if has_lines else None
        if history := self.histories[model]:
            self.remember(history, row)
        return row

    def remember(self, history: Any, row: Any) -> None:
        """Keep the line of its history that the row was added."""
        tracked = {
            field.attname: getattr(row, field.attname)
            for field in history.tracked_fields
        }
        self.waiting.setdefault(history, []).append(
            history(
                **tracked,
                history_date=self.at(),
                history_type="+",
                history_user_id=1 + row.pk % COLLEAGUES,
            )
        )

    def write(self, *models: Any) -> None:
        """Write what waits of these tables, in this order, and of their histories."""
        for model in models:
            model.objects.bulk_create(self.waiting.pop(model, []), batch_size=PORTION)
        for history in set(self.histories.values()) & set(self.waiting):
            rows = self.waiting.pop(history)
            history._default_manager.bulk_create(rows, batch_size=PORTION)

    # Tables

    def write_colleagues(self) -> None:
        from django.contrib.auth.models import Group, User

        from claims.workflow.roles import EDITORS, RESEARCHERS

        for number in range(1, COLLEAGUES + 1):
            name = {1: "emil", 2: "rita"}.get(number, f"colleague{number}")
            self.add(User, username=name, is_staff=True)
        self.write(User)
        groups = [Group.objects.get(name=name) for name in (EDITORS, RESEARCHERS)]
        for user in User.objects.order_by("pk"):
            user.groups.add(groups[user.pk % 2 == 0])

    def write_topics(self) -> None:
        from claims.models import Topic

        for number in range(min(TOPICS, self.claims)):
            self.add(Topic, slug=f"topic-{number}", label=f"Topic {number}")
        self.write(Topic)

    def write_sources(self) -> None:
        from claims.models import Source

        for number in range(self.sources):
            self.add(
                Source,
                name=f"{self.chance.choice(WORDS).capitalize()} Source {number}",
                aliases=[f"Other Name {number}"] if number % 3 == 0 else [],
                slug=f"source-{number}",
                kind="outlet" if number % 10 == 0 else "person",
                description=self.sentence(),
            )
        self.write(Source)

    def write_documents(self) -> None:
        from claims.models import Document, LinkNotice, StoredCopy

        for number in range(self.sources + self.articles):
            is_article = number >= self.sources
            document = self.add(
                Document,
                title=self.sentence(7),
                kind="article-newspaper" if is_article else "report",
                publisher_id=1 + 10 * (number % max(1, self.sources // 10)),
                url=f"https://documents.example/{number}",
                published_edtf=(day := self.day().isoformat()),
                published_from=day,
                published_to=day,
                published_basis="dateline",
                link_state="dead" if number % 50 == 0 else "ok",
            )
            if is_article:
                continue
            if number % 4 == 0:
                self.add_copy(document, [self.sentence() for _ in range(60)])
            if number % 50 == 0:
                self.add(LinkNotice, document=document, kind="dead", at=self.at())
        self.write(Document, StoredCopy, LinkNotice)

    def add_copy(self, document: Any, sentences: list[str]) -> Any:
        from claims.models import StoredCopy
        from claims.models.copies import sha256_of

        text = " ".join(sentences)
        return self.add(
            StoredCopy,
            document=document,
            text=text,
            text_sha256=sha256_of(text),
            blocks=[{"role": "body", "start": 0, "end": len(text)}],
            provenance="retold" if document.kind == "article-newspaper" else "pasted",
            retrieved_at=NOW,
        )

    def write_articles(self) -> None:
        from claims.models import Article, Document, StoredCopy

        documents = Document.objects.filter(kind="article-newspaper").order_by("pk")
        self.texts: list[tuple[Any, list[str]]] = []
        for number, document in enumerate(documents):
            self.add(
                Article,
                document=document,
                slug=f"article-{number}",
                state="open" if number % 10 == 9 else "released",
                editor_id=1 + 2 * (number % (COLLEAGUES // 2)),
            )
            sentences = [self.sentence() for _ in range(self.claims_in(number))]
            self.texts.append((self.add_copy(document, sentences), sentences))
        self.write(Article, StoredCopy)

    def claims_in(self, article: int) -> int:
        """Return how many claims an article has: the first many, the rest alike."""
        first = min(MANY_CLAIMS, self.claims)
        if article == 0:
            return first
        rest, others = self.claims - first, max(1, self.articles - 1)
        return rest // others + (article <= rest % others)

    def write_claims(self) -> None:
        from tqdm import tqdm

        with tqdm(total=self.claims, desc="claims") as bar:
            for number, (copy, sentences) in enumerate(self.texts):
                start = 0
                for sentence in sentences:
                    self.add_claim(number + 1, copy, start, sentence)
                    start += len(sentence) + 1
                if sum(map(len, self.waiting.values())) > PORTION:
                    self.write_parts()
                bar.update(len(sentences))
            self.write_parts()

    def write_parts(self) -> None:
        from claims import models as of

        self.write(
            *(of.Claim, of.Claim.topics.through, of.Claim.depends_on.through),
            *(of.Passage, of.Appearance, of.Inquiry, of.Citation, of.AttributionLink),
            *(of.EvidenceSearch, of.Note, of.Assessment, of.NewInformation),
            *(of.QuoteCheck, of.Anchoring),
        )

    def add_claim(self, article: int, copy: Any, start: int, sentence: str) -> None:
        from claims import models as of

        state = self.chance.choice(self.states)
        shown = self.chance.choice(STATUSES) if state == "published" else ""
        claim = self.add(
            of.Claim,
            text=sentence,
            kind=self.chance.choice(KINDS),
            voice="passive" if (is_nobody := self.some(0.02)) else "attributed",
            article_id=article,
            source_id=None if is_nobody else self.a_source(),
            attribution_check=self.chance.choice(CHECKS),
            said_words="last month",
            said_edtf=(day := self.day()).isoformat()[:7],
            said_from=day.replace(day=1),
            said_to=day.replace(day=28),
            said_basis="the article's date",
            said_in_doubt=self.some(0.002),
            status_id=shown or ("in-review" if state else "unverified"),
            priority=self.chance.choices([1, 2, 3, 4], [2, 14, 3, 1])[0],
            assignee_id=self.a_colleague() if self.some(0.3) else None,
            due_on=self.day() if self.some(0.03) else None,
            next_review_on=self.day() + datetime.timedelta(800) if shown else None,
            state="discarded" if self.some(0.02) else "working",
            is_changed=not shown or self.some(0.01),
        )
        passage = self.add(
            of.Passage,
            stored_copy=copy,
            start=start,
            end=start + len(sentence),
            exact=sentence,
            prefix=copy.text[max(0, start - 64) : start],
            suffix=copy.text[start + len(sentence) : start + len(sentence) + 64],
        )
        self.add(
            of.Appearance,
            claim=claim,
            article_id=article,
            passage=passage,
            wording=sentence,
        )
        self.add_parts(claim, passage)
        self.add_evidence(claim)
        if state:
            self.add_assessment(claim, state, shown)

    def a_source(self) -> int:
        return self.chance.randrange(1, self.sources + 1)

    def a_colleague(self) -> int:
        return self.chance.randrange(1, COLLEAGUES + 1)

    def add_parts(self, claim: Any, passage: Any) -> None:
        from claims import models as of

        topics = of.Claim.topics.through
        known = min(TOPICS, self.claims)
        topic = 1 + claim.pk % known
        self.add(topics, claim_id=claim.pk, topic_id=topic)
        if self.some(0.5):
            self.add(
                of.AttributionLink,
                claim=claim,
                source_id=self.a_source(),
                attribution_check=self.chance.choice(CHECKS),
            )
        if self.some(0.1):
            body, author = self.sentence(), self.a_colleague()
            self.add(of.Note, claim=claim, author_id=author, body=body, at=self.at())
        if self.some(0.02):
            self.add(
                of.EvidenceSearch,
                claim=claim,
                looked_in="The archive of the council",
                looked_for=self.sentence(4),
                searched_on=self.day(),
                result="Nothing.",
            )
        if self.some(0.02):
            self.add(
                of.Inquiry,
                claim=claim,
                addressee="author",
                addressed_to="The author",
                question=self.sentence(),
                asked_on=(day := self.day()),
                deadline_on=day + datetime.timedelta(14),
            )
        if claim.pk > 1 and self.some(0.005):
            basis = self.chance.randrange(1, claim.pk)
            rests_on = of.Claim.depends_on.through
            self.add(rests_on, from_claim_id=claim.pk, to_claim_id=basis)
        if self.some(0.005):
            kind, body = "words_changed", "Copy 2 reads otherwise."
            self.add(of.NewInformation, claim=claim, kind=kind, body=body, at=self.at())

    def add_evidence(self, claim: Any) -> None:
        from claims import models as of

        number = MANY_CITATIONS if claim.pk == 1 else self.chance.randrange(1, 3)
        for position in range(1, number + 1):
            document = self.a_source()
            is_said = position % 3 == 0
            stances = ["is_the_statement"] if is_said else ["supports", "contradicts"]
            citation = self.add(
                of.Citation,
                claim=claim,
                position=position,
                document_id=document,
                question="attribution" if is_said else "truth",
                stance=self.chance.choice(stances),
                quotation=self.sentence(20),
                locator_kind="page",
                locator=str(position),
                origin=f"Report {position}" if self.some(0.1) else "",
            )
            # Of every fourth document there is a copy: the first has key 1.
            if (document - 1) % 4 == 0:
                self.add_check(citation, 1 + (document - 1) // 4)

    def add_check(self, citation: Any, copy: int) -> None:
        from claims import models as of

        is_right = self.some(0.95)
        words = (citation.quotation, citation.locator_kind, citation.locator)
        self.add(
            of.QuoteCheck,
            citation=citation,
            stored_copy_id=copy,
            asked_sha256=of.asked_of(*words),
            verdict="exact" if is_right else "altered",
            reasons=[] if is_right else ["number"],
            is_accepted=is_right,
            start=0,
            end=60,
            checker_version="1",
            checked_at=self.at(),
            is_current=True,
        )

    def add_assessment(self, claim: Any, state: str, shown: str) -> None:
        from claims.models import Assessment

        author = self.a_colleague()
        begun = self.at()
        is_signed = state in SIGNED
        is_submitted = is_signed or state in ("submitted", "returned")
        self.add(
            Assessment,
            claim=claim,
            status_id=shown or self.chance.choice(STATUSES),
            summary=self.sentence(18),
            rationale=" ".join(self.sentence(20) for _ in range(4)),
            as_of=self.day(),
            methodology_id=1,
            state=state,
            author_id=author,
            signer_id=1 + author % COLLEAGUES if is_signed else None,
            created_at=begun,
            submitted_at=begun if is_submitted else None,
            signed_at=begun if is_signed else None,
            published_at=begun if state == "published" else None,
            return_reason="Say where." if state == "returned" else "",
            signed_content="{}" if is_signed else "",
            digest="0" * 64 if is_signed else "",
        )

    # The log

    def write_events(self) -> None:
        """Write the chain of events that brings each claim to where it is."""
        from tqdm import tqdm

        from claims.models import Claim, Event, EventHead, Release

        states = dict(_assessment_states())
        head, sequence = "0" * 64, 0
        rows: Any = Claim.objects.order_by("pk").values_list("pk", "public_id")
        for pk, public_id in tqdm(rows, desc="events", total=self.claims):
            for verb in _acts(states.get(pk, "")):
                sequence += 1
                event = self.event(sequence, head, verb, "claim", public_id)
                head = event.hash
                self.waiting.setdefault(Event, []).append(event)
            if states.get(pk) == "published":
                self.add_release(public_id)
            if len(self.waiting.get(Event, [])) > PORTION:
                self.write(Event, Release)
        self.write(Event, Release)
        EventHead.objects.update_or_create(
            id=1, defaults={"sequence": sequence, "hash": head}
        )

    def event(
        self, sequence: int, head: str, verb: str, subject: str, public_id: str
    ) -> Any:
        from claims.models import Event
        from claims.models.events import canonical_json, chain_hash

        at = NOW - datetime.timedelta(seconds=5_000_000 - sequence)
        who = self.a_colleague()
        actor = {"id": str(who), "name": f"colleague{who}"}
        body = canonical_json(
            {
                "sequence": sequence,
                "at": at.isoformat(timespec="microseconds"),
                "actor": actor,
                "subject": {"type": subject, "id": public_id},
                "verb": verb,
                "details": {"fields": ["claim.text"]} if verb == "edited" else {},
            }
        )
        return Event(
            sequence=sequence,
            at=at,
            actor_id=actor["id"],
            actor_name=actor["name"],
            subject_type=subject,
            subject_id=public_id,
            verb=verb,
            body=body,
            previous_hash=head,
            hash=chain_hash(head, body),
        )

    def add_release(self, public_id: str) -> None:
        from claims.models import Release

        number = len(self.waiting.get(Release, []))
        at = NOW - datetime.timedelta(minutes=number)
        self.waiting.setdefault(Release, []).append(
            Release(
                subject_type="claim",
                subject_id=public_id,
                act="published",
                content="{}",
                digest="0" * 64,
                by="emil",
                at=at,
            )
        )

    def write_requests(self) -> None:
        from django.contrib.admin.models import LogEntry
        from django.contrib.contenttypes.models import ContentType

        from claims.models import Claim, CorrectionRequest

        for number in range(self.claims // 50):
            is_settled = number % 5 != 0
            self.add(
                CorrectionRequest,
                claim_id=1 + number * 7 % self.claims,
                text=self.sentence(20),
                received_at=self.at(),
                due_on=self.day(),
                outcome="no_change" if is_settled else "",
                answer="It stands." if is_settled else "",
                settled_by_id=1 if is_settled else None,
                settled_at=NOW if is_settled else None,
            )
        self.write(CorrectionRequest)
        claim = ContentType.objects.get_for_model(Claim)
        for number in range(1, self.claims // 5 + 1):
            self.add(
                LogEntry,
                user_id=1 + number % COLLEAGUES,
                content_type=claim,
                object_id=str(number),
                object_repr=f"Claim {number}",
                action_flag=2,
                action_time=self.at(),
            )
        self.write(LogEntry)


def _assessment_states() -> Any:
    from claims.models import Assessment

    return Assessment.objects.values_list("claim_id", "state")


def _acts(state: str) -> tuple[str, ...]:
    """Return the verbs of the events of a claim whose assessment is in a state."""
    begun = ("created", "edited")
    submitted = (*begun, "submitted")
    roads = {
        "": ("created",),
        "submitted": submitted,
        "returned": (*submitted, "returned"),
        "signed_off": (*submitted, "signed_off"),
        "published": (*submitted, "signed_off", "published"),
    }
    return roads.get(state, begun)


def fill_desk(claims: int, sources: int = 0, articles: int = 0) -> None:
    """Fill the empty desk of the database that Django is set up with.

    Unless told, there are 200 articles and 2000 sources for 100,000 claims.
    """
    from django.db import connection

    articles = articles or min(200, claims // 10 + 1)
    sources = sources or min(2000, 2 * claims)
    DeskFiller(claims, sources, articles).fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--database", required=True, help="of an empty database, as DATABASE_URL"
    )
    parser.add_argument("--claims", type=int, default=100_000, help="default: 100000")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("/tmp/claims-benchmarks"),
        help="data folder, kept apart from the project's own; default: %(default)s",
    )
    chosen = parser.parse_args()
    set_up(chosen.database, chosen.folder)
    from claims.models import Claim

    if Claim.objects.exists():
        sys.exit("This database has claims already; give an empty one.")
    fill_desk(chosen.claims)
    print(f"{chosen.claims} claims are at the desk in {chosen.database}")


if __name__ == "__main__":
    main()
