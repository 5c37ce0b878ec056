"""Replaying the releases: no difference, or every planted one found and mended."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction

from claims.models import (
    Article,
    Assessment,
    Claim,
    Event,
    PublishedArticle,
    PublishedClaim,
    PublishedClaimArticle,
    PublishedClaimDocument,
    PublishedClaimSource,
    PublishedClaimTopic,
    PublishedDocument,
    PublishedNotice,
    PublishedSource,
    PublishedTally,
    Release,
)
from claims.models.events import verify_chain
from claims.moves import MoveError, ReleaseDetails, moves_for, record_edit
from claims.publishing.rebuild import TABLES, rebuild
from tests.factories import (
    fresh_from_database,
    give_evidence,
    make_appearance,
    make_article,
    make_assessment,
    make_claim,
    make_full_claim,
    make_source,
    make_user,
    move,
    publish_claim,
)
from tests.moves.snapshots import everything


@pytest.fixture
def record(db) -> Claim:
    """A record with a row in every table."""
    claim = make_full_claim()
    publish_claim(claim)
    publish_claim(claim, status="refuted")
    assert all(table.objects.exists() for table in TABLES)
    return claim


def test_an_empty_record_follows_from_no_releases(db):
    assert rebuild(fix=False) == []


def test_a_record_made_by_moves_has_no_difference(record):
    before = everything()
    assert rebuild(fix=False) == []
    assert everything() == before


#: Each plants one difference: what is done, and the (table, fault) to be found.
PLANTED: dict[str, tuple[Callable[[], Any], str, str]] = {
    "a claim changed": (
        lambda: PublishedClaim.objects.update(text="Another."),
        "PublishedClaim",
        "differs from its releases",
    ),
    "a payload changed": (
        lambda: PublishedClaim.objects.update(content={"claim": {}}),
        "PublishedClaim",
        "differs from its releases",
    ),
    "a source changed": (
        lambda: PublishedSource.objects.filter(said_by=1).update(name="Another"),
        "PublishedSource",
        "differs from its releases",
    ),
    "a tally changed": (
        lambda: PublishedArticle.objects.update(tallies={"verified": 99}),
        "PublishedArticle",
        "differs from its releases",
    ),
    "a count changed": (
        lambda: PublishedDocument.objects.filter(use_count=1).update(use_count=2),
        "PublishedDocument",
        "differs from its releases",
    ),
    "a tally of a list changed": (
        lambda: PublishedTally.objects.filter(facet="").update(number=7),
        "PublishedTally",
        "differs from its releases",
    ),
    "a tally of a list missing": (
        lambda: PublishedTally.objects.filter(facet__startswith="topic=").delete(),
        "PublishedTally",
        "missing",
    ),
    "a notice missing": (
        lambda: PublishedNotice.objects.all().delete(),
        "PublishedNotice",
        "missing",
    ),
    "a claim missing": (
        lambda: PublishedClaim.objects.all().delete(),
        "PublishedClaim",
        "missing",
    ),
    "a link missing": (
        lambda: PublishedClaimSource.objects.filter(position=1).delete(),
        "PublishedClaimSource",
        "missing",
    ),
    "a link in excess": (
        lambda: PublishedClaimTopic.objects.create(
            claim=PublishedClaim.objects.get(), slug="more", label="More"
        ),
        "PublishedClaimTopic",
        "follows from no release",
    ),
    "a source in excess": (
        lambda: PublishedSource.objects.create(
            public_id="0123456789",
            slug="nobody",
            name="Nobody",
            kind="person",
            digest="",
            released_at=Release.objects.first().at,
            changed_at=Release.objects.first().at,
        ),
        "PublishedSource",
        "follows from no release",
    ),
    **{
        f"a {table.__name__} doubled": (
            lambda table=table: double(table.objects.first()),
            table.__name__,
            "follows from no release",
        )
        for table in (
            PublishedClaimArticle,
            PublishedClaimSource,
            PublishedClaimDocument,
            PublishedClaimTopic,
            PublishedNotice,
        )
    },
}


def double(row: Any) -> None:
    row.pk = None
    row.save(force_insert=True)


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_difference_is_found_and_mended(record, name):
    plant, table, fault = PLANTED[name]
    before = without_keys(everything())
    plant()
    planted = everything()

    found = rebuild(fix=False)
    assert (table, fault) in {(each.table, each.fault) for each in found}
    assert all(each.key for each in found)
    assert everything() == planted, "looking must not change anything"

    assert rebuild(fix=True) == found
    assert without_keys(everything()) == before
    assert rebuild(fix=True) == []


def without_keys(rows: dict[str, list[dict]]) -> dict[str, list]:
    """Leave out the primary keys of link rows, which a replay gives anew."""
    return {
        table: sorted(
            str({name: row[name] for name in row if name != "id"}) for row in listed
        )
        for table, listed in rows.items()
    }


def test_progress_counts_every_subject(record):
    counts = []
    rebuild(fix=False, progress=counts.append)
    subjects = Release.objects.values("subject_type", "subject_id").distinct()
    assert sum(counts) == subjects.count()


def test_machine_facts_survive_a_replay(record):
    document = record.citations.first().document
    document.link_state = "dead"
    document.save()
    row = PublishedDocument.objects.filter(pk=document.public_id)
    row.update(link_state="dead")
    PublishedClaim.objects.update(text="Another.")
    rebuild(fix=True)
    assert row.get().link_state == "dead"


#: Sequences are the same in every run: the seed is the number of the sequence.
SEQUENCES = 2
STEPS = 40


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_after_a_long_random_sequence_of_moves_there_is_no_difference(db, seed):
    desk = Desk(random.Random(seed))
    for _ in range(STEPS):
        desk.step()
        assert_true_to_itself()
    assert desk.made >= STEPS
    assert rebuild(fix=False) == []
    assert verify_chain() == (Event.objects.count(), None)
    assert Release.objects.count() > 10


def assert_true_to_itself() -> None:
    """The desk and the record agree about each claim, whatever was done."""
    for row in PublishedClaim.objects.all():
        claim = Claim.objects.get(public_id=row.public_id)
        published = claim.published_assessment
        assert (row.state == "published") == (published is not None)
        if row.is_listed:
            assert row.status == claim.status_id
            assert row.rechecking_since == claim.rechecking_since
        if published is not None:
            assert row.digest == published.digest


class Desk:
    """A desk at which people do whatever they may, in an order of chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.made = 0
        self.researchers = [make_user("Researchers") for _ in range(2)]
        self.editors = [make_user("Editors") for _ in range(3)]
        publisher = make_source(kind="outlet")
        self.articles = [
            make_article(publisher=publisher, is_demo=is_demo)
            for is_demo in (False, True)
        ]
        for article in self.articles:
            for _ in range(3):
                make_full_claim(article, by=self.editors[0])
        make_appearance(self.articles[0].claims.first(), self.articles[1])

    def step(self) -> None:
        """Do one thing that works: a move, a draft, an edit."""
        for _ in range(200):
            act = self.chance.choice([self.draft, self.edit, *[self.move] * 6])
            try:
                with transaction.atomic():
                    done = act()
            except MoveError:
                continue
            if done:
                self.made += 1
                return
        raise AssertionError("the desk has nothing left to do")

    def draft(self) -> bool:
        claim = self.a_claim()
        if claim.state != "working" or claim.open_assessment is not None:
            return False
        status = self.chance.choice(["verified", "refuted", "unverifiable", "disputed"])
        make_assessment(claim, status=status, author=self.a_researcher())
        return True

    def edit(self) -> bool:
        claim = self.a_claim()
        field = self.chance.choice(["text", "source", "citation", "topic", "demo"])
        if field == "text":
            Claim.objects.filter(pk=claim.pk).update(text=f"Reworded {self.made}.")
        elif field == "source":
            Claim.objects.filter(pk=claim.pk).update(source=make_source())
        elif field == "citation":
            give_evidence(claim, "disputed")
        elif field == "topic":
            claim.topics.clear()
        else:
            article = Article.objects.get(pk=claim.article_id)
            Article.objects.filter(pk=article.pk).update(is_demo=not article.is_demo)
        record_edit(fresh_from_database(claim), self.a_researcher(), ["claim.text"])
        return True

    def move(self) -> bool:
        subject = self.chance.choice(
            [self.a_claim, self.an_article, self.an_assessment]
        )()
        if subject is None:
            return False
        actor = self.chance.choice(self.editors)
        possible = moves_for(subject, actor)
        if not possible:
            return False
        name = self.chance.choice(possible).name
        if name in ("take_down", "retract", "discard") and self.chance.random() < 0.7:
            return False
        details = self.ticked(subject) if isinstance(subject, Article) else None
        move(name, subject, actor, reason="By chance.", details=details)
        return True

    def ticked(self, article: Article) -> ReleaseDetails:
        chosen = article.claims.working().filter(is_held_back=False)
        open_ones = chosen.exclude(assessments__state="published").order_by("pk")
        return ReleaseDetails(
            tuple(
                (claim.public_id, self.chance.choice(["unverified", "in-review"]))
                for claim in open_ones
                if self.chance.random() < 0.6
            )
        )

    def a_claim(self) -> Claim:
        return self.chance.choice(list(Claim.objects.order_by("pk")))

    def an_article(self) -> Article:
        return self.chance.choice(list(Article.objects.order_by("pk")))

    def an_assessment(self) -> Assessment | None:
        rows = list(Assessment.objects.order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def a_researcher(self) -> User:
        return self.chance.choice(self.researchers)


def test_a_claim_appearing_in_an_article_released_later_has_no_difference(db):
    claim = make_claim()
    other = make_article()
    make_appearance(claim, other)
    publish_claim(claim)
    make_article("released")
    assert rebuild(fix=False) == []
