"""Sealing a stored copy: its content goes for good, its facts and the signed words stay."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction

from claims.jobs.captures import run_captures, want_copy
from claims.jobs.copies import add_copy
from claims.jobs.marking import suggest
from claims.jobs.sealing import remove_unused, seal
from claims.models import (
    Background,
    Document,
    Event,
    Passage,
    PublishedArticle,
    Release,
    StoredCopy,
    Suggestion,
)
from claims.models.identity import ImmutableRowError
from claims.moves import MoveForbiddenError, MoveRefusedError, StaleMoveError, seal_copy
from claims.publishing.rebuild import rebuild
from claims.workflow.desk_words import CaptureState
from claims.workflow.roles import EDITORS, RESEARCHERS
from tests.factories import (
    NOON,
    SENTENCES,
    make_article,
    make_background,
    make_citation,
    make_claim,
    make_copy,
    make_document,
    make_passage,
    make_user,
    move,
    publish_claim,
    release_article,
)
from tests.jobs.captured import PLAIN, getting, story
from tests.scripted import page, scripted

pytestmark = pytest.mark.django_db

REASON = "The names of children stand in it."


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path / "evidence"
    return settings.MEDIA_ROOT


@pytest.fixture
def editor() -> Any:
    return make_user(EDITORS)


def captured(*urls: str) -> list[StoredCopy]:
    documents = [make_document(url=url) for url in urls or (PLAIN,)]
    for document in documents:
        want_copy(document)
    with scripted(page(story())) as server:
        list(run_captures(get=getting(server)))
    return [document.copies.get() for document in documents]


def sealed(copy: StoredCopy, editor: Any, capture_commits: Any) -> StoredCopy:
    with capture_commits(execute=True):
        seal(copy, editor, REASON)
    return StoredCopy.objects.get(pk=copy.pk)


def test_what_it_holds_goes_and_that_it_was_there_stays(
    editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    (before,) = captured()
    names = [before.file.name, before.warc.name]
    copy = sealed(before, editor, django_capture_on_commit_callbacks)

    assert (copy.text, copy.blocks, copy.pages) == ("", [], [])
    assert (copy.file.name, copy.warc.name) == ("", "")
    assert copy.sealed_reason == REASON
    for name in ("raw_sha256", "text_sha256", "warc_sha256", "size", "retrieved_at"):
        assert getattr(copy, name) == getattr(before, name)
        assert getattr(copy, name)
    assert not any(default_storage.exists(name) for name in names)
    event = Event.objects.of("document", copy.document.public_id).latest("sequence")
    assert (event.verb, event.actor_id) == ("copy_sealed", str(editor.pk))
    assert event.details["number"] == 1
    assert REASON not in event.body


def test_another_copy_of_the_same_bytes_keeps_them(
    editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    first, second = captured(PLAIN, "http://mirror.example/river")
    copy = sealed(first, editor, django_capture_on_commit_callbacks)

    assert copy.file.name == ""
    assert not default_storage.exists(first.warc.name)
    second.refresh_from_db()
    assert second.sealed_at is None
    assert default_storage.exists(second.file.name)
    assert default_storage.exists(second.warc.name)
    sealed(second, editor, django_capture_on_commit_callbacks)
    assert not default_storage.exists(second.file.name)


def test_a_sealing_that_fails_loses_no_file(editor: Any) -> None:
    (copy,) = captured()
    with pytest.raises(RuntimeError), transaction.atomic():
        seal(copy, editor, REASON)
        raise RuntimeError
    copy.refresh_from_db()
    assert copy.text
    assert default_storage.exists(copy.file.name)
    remove_unused([copy.file.name, copy.warc.name])
    assert default_storage.exists(copy.file.name)


def test_what_was_sealed_does_not_come_back(
    editor: Any, django_capture_on_commit_callbacks: Any
) -> None:
    (copy,) = captured()
    text = copy.text
    sealed(copy, editor, django_capture_on_commit_callbacks)
    again = StoredCopy(provenance="pasted", retrieved_at=NOON, text=text)
    with pytest.raises(ValidationError, match="copy 1 was, which is sealed"):
        add_copy(copy.document, again, editor)
    want_copy(copy.document)
    with scripted(page(story())) as server:
        (row,) = run_captures(get=getting(server))
    assert row.state == CaptureState.FAILED
    assert "which is sealed" in row.reason
    assert copy.document.copies.count() == 1


def test_the_words_that_claims_stand_on_stay_and_all_others_go(editor: Any) -> None:
    article = make_article()
    copy = article.newest_copy
    claim = make_claim(article, SENTENCES[0])
    make_citation(claim, document=article.document, passage=make_passage(copy, "mayor"))
    make_background(article, SENTENCES[4])
    suggest(article)
    make_passage(copy, SENTENCES[5])
    assert Suggestion.objects.exists()

    seal_copy(copy, editor, REASON)

    left = set(Passage.objects.exclude(exact="").values_list("exact", flat=True))
    assert left == {SENTENCES[0], "mayor"}
    assert not Passage.objects.filter(exact="").exclude(prefix="", suffix="").exists()
    assert not Suggestion.objects.exists()
    assert not Background.objects.exists()
    assert claim.appearances.get().wording == SENTENCES[0]


def test_the_words_of_a_claim_that_was_taken_down_go_too(editor: Any) -> None:
    article = make_article()
    claim = publish_claim(make_claim(article, SENTENCES[0])).claim
    move("take_down", claim, editor, reason="By law.")
    seal_copy(article.newest_copy, editor, REASON)
    assert not Passage.objects.exclude(exact="").exists()


def test_a_signature_holds_after_the_copy_is_sealed(editor: Any) -> None:
    article = make_article()
    claim = make_claim(article, SENTENCES[0])
    assessment = publish_claim(claim)
    digest = assessment.digest
    seal_copy(article.newest_copy, editor, REASON)
    assessment.refresh_from_db()
    assert assessment.digest == digest
    claim.refresh_from_db()
    assert not claim.is_changed
    assert rebuild(fix=False) == []


def test_a_text_that_readers_see_is_not_sealed_under_them(editor: Any) -> None:
    article = make_article("released", display="full", display_reason="Our words.")
    copy = article.newest_copy
    with pytest.raises(MoveRefusedError, match="set the article to excerpts"):
        seal_copy(copy, editor, REASON)
    copy.refresh_from_db()
    assert copy.text

    article.display = "excerpts"
    article.save()
    release_article(article)
    seal_copy(copy, editor, REASON)

    first, second = Release.objects.of("article", article.public_id).order_by("number")
    assert first.sealed_at
    assert first.content == ""
    assert second.sealed_at is None
    assert rebuild(fix=False) == []
    assert SENTENCES[3] not in str(PublishedArticle.objects.get().content)


def test_who_may_not_or_gives_no_reason_seals_nothing(editor: Any) -> None:
    copy = make_copy()
    with pytest.raises(MoveForbiddenError):
        seal_copy(copy, make_user(RESEARCHERS), REASON)
    with pytest.raises(MoveRefusedError):
        seal_copy(copy, editor, " ")
    seal_copy(copy, editor, REASON)
    with pytest.raises(StaleMoveError):
        seal_copy(copy, editor, REASON)
    assert Event.objects.count() == 1


def test_sealing_is_a_save_of_the_document(editor: Any) -> None:
    copy = make_copy()
    version = copy.document.version
    seal_copy(copy, editor, REASON)
    assert Document.objects.get(pk=copy.document_id).version == version + 1


def test_words_are_forgotten_with_their_copy_only() -> None:
    passage = make_passage()
    with pytest.raises(ImmutableRowError):
        passage.forget_words()
    assert Passage.objects.get().exact
