"""Many at once, with real transactions: one chain, one winner, counts that add up."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction

from claims.intake import read_text
from claims.jobs.copies import add_copy
from claims.jobs.intake import Outcome, Stated, store
from claims.jobs.originals import Original
from claims.jobs.sealing import seal
from claims.models import (
    Anchoring,
    Article,
    Assessment,
    Claim,
    Event,
    NewInformation,
    PublishedArticle,
    PublishedClaim,
    Release,
    Source,
    StoredCopy,
)
from claims.models.events import verify_chain
from claims.moves import MoveError, record_edit, settle, shown_digest
from claims.publishing.rebuild import rebuild
from claims.workflow.roles import EDITORS
from claims.workflow.words import Provenance
from tests.factories import (
    NOON,
    SENTENCES,
    TEXT,
    fresh_from_database,
    make_article,
    make_assessment,
    make_citation,
    make_claim,
    make_document,
    make_source,
    make_user,
    move,
    publish_claim,
)

THREADS = 20


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts in threads that start together; return what each gave or raised."""
    gate = threading.Barrier(len(acts))
    outcomes: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        gate.wait()
        try:
            outcomes[place] = act()
        except Exception as error:  # noqa: BLE001, whatever it is belongs to the outcome
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert not any(thread.is_alive() for thread in threads)
    return outcomes


def winners(outcomes: list[Any]) -> list[Any]:
    """Return what succeeded; whatever failed must have been told so in a sentence."""
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            assert isinstance(outcome, MoveError), repr(outcome)
            assert all(reason.endswith(".") for reason in outcome.reasons)
    return [each for each in outcomes if not isinstance(each, Exception)]


def assert_all_is_well() -> None:
    assert rebuild(fix=False) == []
    count, broken = verify_chain()
    assert broken is None
    assert count == Event.objects.count()


def test_twenty_threads_append_one_unbroken_chain(own_database):
    claims = [make_claim() for _ in range(4)]
    users = [make_user() for _ in range(THREADS)]

    def edit(place: int) -> Callable[[], int]:
        def act() -> int:
            claim, user = claims[place % len(claims)], users[place]
            return sum(record_edit(claim, user, ["claim.text"]) for _ in range(5))

        return act

    outcomes = at_once(*[edit(place) for place in range(THREADS)])
    assert outcomes == [5] * THREADS
    count, broken = verify_chain()
    assert (count, broken) == (THREADS * 5, None)
    by_actor = Counter(Event.objects.values_list("actor_id", flat=True))
    assert set(by_actor.values()) == {5}


@pytest.mark.parametrize(
    ("name", "state"), [("sign_off", "submitted"), ("publish", "signed_off")]
)
def test_of_two_editors_one_wins_and_the_other_is_told(own_database, name, state):
    claim = make_claim(make_article("released"))
    assessment = make_assessment(claim, state=state)
    seen = shown_digest(fresh_from_database(assessment))
    editors = [make_user("Editors") for _ in range(2)]

    outcomes = at_once(
        *[
            lambda editor=editor: move(name, assessment, editor, seen=seen)
            for editor in editors
        ]
    )
    (won,) = winners(outcomes)
    assert fresh_from_database(assessment).state == won.state
    verb = {"sign_off": "signed_off", "publish": "published"}[name]
    assert Event.objects.filter(verb=verb).count() == 1
    assert Release.objects.filter(act="published").count() == (name == "publish")
    assert_all_is_well()


def test_publishing_and_withdrawing_at_once_end_in_one_story(own_database):
    """A correction is published while its predecessor is withdrawn."""
    earlier = publish_claim()
    later = make_assessment(earlier.claim, state="signed_off", status="refuted")
    publisher, withdrawer = make_user("Editors"), make_user("Editors")

    outcomes = at_once(
        lambda: move("publish", later, publisher),
        lambda: move("withdraw", earlier, withdrawer, reason="Wrong register."),
    )
    published, withdrawn = outcomes
    assert not isinstance(published, Exception), published
    states = (fresh_from_database(earlier).state, fresh_from_database(later).state)
    if isinstance(withdrawn, Exception):
        assert isinstance(withdrawn, MoveError)
        assert states == ("superseded", "published")
    else:
        assert states == ("withdrawn", "published")
    row = PublishedClaim.objects.get()
    assert (row.state, row.status) == ("published", "refuted")
    assert_all_is_well()


def test_retracting_while_publishing_never_leaves_a_published_tombstone(own_database):
    earlier = publish_claim()
    later = make_assessment(earlier.claim, state="signed_off")
    editors = [make_user("Editors") for _ in range(2)]
    winners(
        at_once(
            lambda: move("publish", later, editors[0]),
            lambda: move("retract", earlier.claim, editors[1], reason="Never said."),
        )
    )
    claim = fresh_from_database(earlier.claim)
    row = PublishedClaim.objects.get()
    assert (claim.state, row.state) in {
        ("retracted", "retracted"),
        ("working", "published"),
    }
    published = Assessment.objects.filter(state="published").count()
    assert published == (claim.state == "working")
    assert_all_is_well()


def test_claims_published_at_once_are_all_counted(own_database):
    """Tallies of the article and the source see every publication."""
    article, source = make_article("released"), make_source()
    signed = [
        make_assessment(make_claim(article, source=source), state="signed_off")
        for _ in range(6)
    ]
    editors = [make_user("Editors") for _ in signed]
    outcomes = at_once(
        *[
            lambda row=row, editor=editor: move("publish", row, editor)
            for row, editor in zip(signed, editors, strict=True)
        ]
    )
    assert len(winners(outcomes)) == len(signed)
    row = PublishedArticle.objects.get()
    assert (row.claim_count, row.decided_count) == (6, 6)
    assert row.tallies == {"verified": 6}
    numbers = Release.objects.values_list("subject_type", "subject_id", "number")
    assert len(set(numbers)) == len(numbers)
    assert_all_is_well()


def test_an_edit_while_publishing_is_published_or_voids(own_database):
    """Never published with other content than was signed, never half undone."""
    claim = make_claim(make_article("released"))
    signed = make_assessment(claim, state="signed_off")
    editor, colleague = make_user("Editors"), make_user("Researchers")
    seen = shown_digest(fresh_from_database(signed))

    def cite() -> None:
        with transaction.atomic():
            make_citation(claim)
            Claim.raise_version(claim.pk)
            record_edit(claim, colleague, ["citation.added"])

    published, cited = at_once(lambda: move("publish", signed, editor, seen=seen), cite)
    assert cited is None, cited
    found = fresh_from_database(signed)
    if isinstance(published, Exception):
        assert isinstance(published, MoveError)
        assert (found.state, PublishedClaim.objects.count()) == ("submitted", 0)
    else:
        assert found.state == "published"
        assert PublishedClaim.objects.get().digest == found.digest
        assert fresh_from_database(claim).is_changed
    assert_all_is_well()


def test_of_many_who_import_an_article_at_once_one_makes_it(own_database):
    raw = b"River rises\n\nThe Elm rose by 40 centimetres."
    original = Original(raw, Provenance.PASTED, NOON)
    stated = Stated(publisher="The Elm Post")

    def act() -> Any:
        return store(original, read_text(raw), stated, "somebody").outcome

    outcomes = Counter(at_once(*[act] * 6))

    assert outcomes == {Outcome.NEW: 1, Outcome.UNCHANGED: 5}
    assert (Article.objects.count(), Source.objects.count()) == (1, 1)
    assert verify_chain() == (3, None)


def test_a_newer_copy_comes_while_its_claims_are_published(own_database):
    """Neither waits for the other for ever, and each signed claim hears of it."""
    article = make_article(state="released")
    article.document.url = "https://news.example/town"
    article.document.save()
    claims = [make_claim(article, words) for words in SENTENCES[:4]]
    signed = [make_assessment(claim, state="signed_off") for claim in claims]
    text = TEXT.replace("mill", "hall").replace("5,000", "6,000")
    raw, url = text.encode(), article.document.url
    original = Original(raw, Provenance.CAPTURED, NOON, url, url)

    outcomes = at_once(
        lambda: store(original, read_text(raw), Stated(), "somebody"),
        *[
            lambda each=each: move("publish", each, make_user("Editors"))
            for each in signed
        ],
    )

    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert article.document.copies.count() == 2
    assert Anchoring.objects.count() == 4
    assert NewInformation.objects.count() == 2
    assert_all_is_well()


def test_telling_of_a_basis_waits_for_nobody_who_waits_for_the_log(own_database):
    """The basis is published, edited and put under re-check; those on it move too."""
    basis = make_claim(make_article("released"))
    later = make_assessment(basis, state="signed_off")
    resting = [make_claim(basis.article) for _ in range(4)]
    for claim in resting:
        claim.depends_on.add(basis)
        claim.depends_on.add(*resting[: resting.index(claim)])
    record_edit(basis, "somebody", [])
    submitted = [make_assessment(claim, state="submitted") for claim in resting]
    editors = [make_user("Editors") for _ in range(10)]

    def settle_first() -> None:
        for row in NewInformation.objects.unsettled().order_by("pk"):
            settle(row, editors[9], "It holds.")

    outcomes = at_once(
        lambda: move("publish", later, editors[0]),
        *[
            lambda row=row, editor=editor: move("sign_off", row, editor)
            for row, editor in zip(submitted, editors[1:5], strict=True)
        ],
        *[
            lambda claim=claim: record_edit(claim, "somebody", ["claim.text"])
            for claim in resting
        ],
        settle_first,
    )
    assert [each for each in outcomes if isinstance(each, Exception)] == []
    told = NewInformation.objects.filter(basis=basis)
    assert set(told.values_list("claim", flat=True)) == {claim.pk for claim in resting}


def test_a_file_that_is_removed_is_there_for_the_copy_added_meanwhile(
    own_database, settings, tmp_path
):
    """Whoever adds the same bytes while the last copy of them is sealed keeps them."""
    settings.MEDIA_ROOT = tmp_path / "evidence"
    editor, documents = make_user(EDITORS), [make_document() for _ in range(5)]
    raw = b"A letter that somebody kept."

    def new() -> StoredCopy:
        return StoredCopy(provenance="uploaded", retrieved_at=NOON)

    first = add_copy(documents[0], new(), editor, raw=raw)
    adding = [
        lambda document=document: add_copy(document, new(), editor, raw=raw)
        for document in documents[1:]
    ]
    outcomes = at_once(lambda: seal(first, editor, "By law."), *adding)

    assert not [each for each in outcomes if isinstance(each, Exception)]
    kept = StoredCopy.objects.filter(sealed_at=None)
    assert kept.count() == 4
    for copy in kept:
        assert default_storage.exists(copy.file.name)
    assert_all_is_well()
