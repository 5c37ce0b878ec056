"""What a person does about a link: who may, what is kept, what readers are told."""

import pytest

from claims.models import Document, Event, LinkNotice, PublishedDocument
from claims.moves import (
    MoveForbiddenError,
    MoveRefusedError,
    StaleMoveError,
    ask_for_look,
    lift_link,
    overrule_link,
    settle_link,
    take_over_address,
)
from claims.moves.links import words_of
from claims.workflow.desk_words import OVERRULING_STATES
from claims.workflow.roles import EDITORS, OBSERVERS, RESEARCHERS
from tests.factories import (
    NOON,
    fresh_from_database,
    make_citation,
    make_document,
    make_link_notice,
    make_user,
    make_watch,
    publish_claim,
)

pytestmark = pytest.mark.django_db


def nowhere() -> Document:
    return make_document(url="")


NEW = "https://documents.example/new"


@pytest.fixture
def document() -> Document:
    claim = publish_claim().claim
    found = claim.citations.get().document
    Document.objects.filter(pk=found.pk).update(link_state="dead")
    return fresh_from_database(found)


@pytest.fixture
def researcher():
    return make_user(RESEARCHERS)


def verbs(document: Document) -> list[str]:
    rows = Event.objects.of("document", document.public_id)
    return list(rows.order_by("sequence").values_list("verb", flat=True))


def shown(document: Document) -> tuple[str, str]:
    public = PublishedDocument.objects.get(pk=document.public_id)
    return fresh_from_database(document).link_state, public.link_state


@pytest.mark.parametrize("state", OVERRULING_STATES)
def test_a_persons_word_goes_to_readers_at_once(document, researcher, state):
    make_watch(document, state="dead")
    before = document.history.count()
    watch = overrule_link(document, researcher, state, " I opened it. ", "", NOON)
    assert shown(document) == (state, state)
    assert (watch.overruled_by, watch.overruled_at) == (researcher, NOON)
    assert watch.overrule_reason == "I opened it."
    assert watch.state == "dead"
    event = Event.objects.latest("sequence")
    assert (event.verb, event.details) == ("link_overruled", {"state": state})
    assert document.history.count() == before


def test_lifted_the_machines_word_holds_again(document, researcher):
    watch = overrule_link(document, researcher, "ok", "I opened it.", "")
    lift_link(document, make_user(EDITORS), words_of(watch))
    assert shown(document) == ("dead", "dead")
    assert verbs(document)[-2:] == ["link_overruled", "link_lifted"]


def test_a_word_is_given_on_what_was_seen(document, researcher):
    watch = overrule_link(document, researcher, "ok", "I opened it.", "")
    for act in (
        lambda: overrule_link(document, researcher, "dead", "It is gone.", ""),
        lambda: lift_link(document, researcher, "ok 2020-01-01"),
    ):
        with pytest.raises(StaleMoveError):
            act()
    assert shown(document) == ("ok", "ok")
    overrule_link(document, researcher, "dead", "It is gone.", words_of(watch))
    assert shown(document) == ("dead", "dead")


@pytest.mark.parametrize(
    ("state", "reason"), [("ok", "  "), ("", "Why."), ("transient", "Why.")]
)
def test_a_word_has_a_state_and_a_reason(document, researcher, state, reason):
    with pytest.raises(MoveRefusedError):
        overrule_link(document, researcher, state, reason, "")
    with pytest.raises(MoveRefusedError):
        lift_link(document, researcher, "")
    assert not document.probes.exists()
    assert shown(document)[0] == "dead"


def test_a_look_is_asked_for_and_nothing_is_fetched(document, researcher):
    ask_for_look(document, researcher, NOON)
    assert list(Document.objects.due_for_check(NOON)) == [document]
    for other in (make_document(), make_citation(document=nowhere()).document):
        with pytest.raises(MoveRefusedError):
            ask_for_look(other, researcher)


def test_a_new_address_is_an_edit_and_the_old_one_stays_in_the_history(
    document, researcher
):
    make_watch(document, state="moved", moved_to=NEW)
    notice = make_link_notice(document, kind="moved")
    old, version = document.url, document.version
    fresh = take_over_address(document, researcher, NEW, NOON)
    assert (fresh.url, fresh.version) == (NEW, version + 1)
    event = Event.objects.latest("sequence")
    assert (event.verb, event.details["fields"]) == ("edited", ["document.url"])
    assert event.actor_id == str(researcher.pk)
    urls = list(document.history.order_by("-history_id").values_list("url", flat=True))
    assert urls[:2] == [NEW, old]
    notice.refresh_from_db()
    assert (notice.settled_by, notice.settled_at) == (researcher, NOON)
    assert PublishedDocument.objects.get(pk=document.public_id).content["url"] == old


@pytest.mark.parametrize("moved_to", ["", "https://documents.example/other"])
def test_only_the_address_that_was_shown_is_taken_over(document, researcher, moved_to):
    make_watch(document, moved_to=moved_to)
    with pytest.raises(StaleMoveError):
        take_over_address(document, researcher, NEW)
    with pytest.raises(StaleMoveError):
        take_over_address(document, researcher, "")
    Document.objects.filter(pk=document.pk).update(url=NEW)
    with pytest.raises(StaleMoveError):
        take_over_address(document, researcher, moved_to)


def test_what_is_no_address_is_not_taken_over(document, researcher):
    make_watch(document, moved_to="nonsense")
    with pytest.raises(MoveRefusedError):
        take_over_address(document, researcher, "nonsense")
    assert fresh_from_database(document).url == document.url


def test_a_notice_is_settled_with_what_follows(document, researcher):
    notice = make_link_notice(document)
    settle_link(notice, researcher, " Archived copy given. ", NOON)
    notice.refresh_from_db()
    assert (notice.conclusion, notice.settled_by) == (
        *("Archived copy given.",),
        researcher,
    )
    assert not Document.objects.with_link_to_look_at().exists()
    event = Event.objects.latest("sequence")
    assert event.verb == "link_settled"
    assert event.details == {"notice": notice.public_id, "kind": "dead"}
    with pytest.raises(StaleMoveError, match="Archived copy given"):
        settle_link(notice, make_user(EDITORS), "Something else.")


def test_a_notice_that_tells_something_else_by_now_is_not_settled(document, researcher):
    notice = make_link_notice(document)
    LinkNotice.objects.filter(pk=notice.pk).update(kind="back")
    with pytest.raises(StaleMoveError, match="online again"):
        settle_link(notice, researcher, "It is gone.")
    with pytest.raises(MoveRefusedError):
        settle_link(notice, researcher, " ")


def test_who_only_looks_decides_nothing(document):
    observer = make_user(OBSERVERS)
    make_watch(document, moved_to=NEW)
    notice = make_link_notice(document)
    before = Event.objects.count()
    for act in (
        lambda: overrule_link(document, observer, "ok", "Why.", ""),
        lambda: lift_link(document, observer, ""),
        lambda: ask_for_look(document, observer),
        lambda: take_over_address(document, observer, NEW),
        lambda: settle_link(notice, observer, "Done."),
    ):
        with pytest.raises(MoveForbiddenError):
            act()
    assert Event.objects.count() == before
    assert Document.objects.with_link_to_look_at().exists()
