"""A source protected after its release: its earlier releases keep only digests."""

import pytest
from django.test import Client

from claims.models import Event, PublishedSource, Release
from claims.models.events import verify_chain
from claims.moves import MoveRefusedError
from claims.publishing.rebuild import rebuild
from tests.factories import (
    make_article,
    make_claim,
    make_source,
    make_user,
    move,
    publish_claim,
    release_article,
)

NAME = "Ana de Sá"


@pytest.fixture
def editor(db):
    return make_user("Editors")


@pytest.fixture
def source(db):
    """A source that readers know by name, from two releases."""
    source = make_source(name=NAME, aliases=["Anita"], description="Runs the bakery.")
    claim = publish_claim(make_claim(source=source)).claim
    source.description = "Ran the bakery."
    source.save()
    move("release", source, make_user("Editors"))
    return claim.source


def protect(source):
    source.is_protected, source.public_label = True, "a nurse"
    source.protection_reason, source.slug = "Would lose her job.", "a-nurse"
    source.save()


def releases_of(source) -> list:
    return list(Release.objects.of("source", source.public_id).order_by("number"))


def test_earlier_releases_are_sealed_and_keep_their_digest(editor, source):
    digests = [release.digest for release in releases_of(source)]
    protect(source)
    move("release", source, editor)
    *earlier, newest = releases_of(source)
    assert [release.digest for release in earlier] == digests
    assert [(release.content, release.notice) for release in earlier] == [("", "")] * 2
    assert all(release.sealed_at == newest.at for release in earlier)
    assert newest.sealed_at is None
    assert newest.parsed["name"] == "a nurse"


def test_they_are_sealed_by_the_release_of_an_article_too(editor, source):
    claim = source.claims.get()
    protect(source)
    release_article(claim.article, editor)
    assert [bool(release.sealed_at) for release in releases_of(source)] == [
        True,
        True,
        False,
    ]
    assert Event.objects.get(verb="sealed").subject_id == source.public_id


def test_an_event_tells_which_were_sealed_and_no_name(editor, source):
    protect(source)
    move("release", source, editor)
    event = Event.objects.get(verb="sealed")
    assert (event.subject_type, event.subject_id) == ("source", source.public_id)
    assert (event.actor_id, event.details) == (str(editor.pk), {"releases": [1, 2]})
    assert "Ana" not in event.body
    assert verify_chain() == (Event.objects.count(), None)


def test_the_record_follows_from_what_is_left(editor, source):
    protect(source)
    move("release", source, editor)
    first, *_rest, newest = releases_of(source)
    row = PublishedSource.objects.get(pk=source.public_id)
    assert (row.released_at, row.changed_at) == (first.at, newest.at)
    assert rebuild(fix=False) == []


def test_no_release_and_no_page_holds_the_name(editor, source):
    claim = source.claims.get()
    protect(source)
    move("release", source, editor)
    held = [release for release in Release.objects.all() if "Ana" in release.content]
    assert held == []
    for address in (
        f"/claims/{claim.public_id}/",
        f"/claims/{claim.public_id}/history/",
        f"/articles/{claim.article.slug}/",
        "/sources/a-nurse/",
        "/sources/",
        "/claims/",
    ):
        page = Client().get(address)
        assert page.status_code == 200, address
        text = page.content.decode()
        for word in ("Ana", "Anita", "bakery"):
            assert word not in text, address


def test_a_release_that_was_protected_already_stays_open(editor):
    source = make_source(name=NAME, is_protected=True)
    publish_claim(make_claim(source=source))
    source.public_label = "a doctor"
    source.save()
    move("release", source, editor)
    assert not Release.objects.exclude(sealed_at=None).exists()
    assert not Event.objects.filter(verb="sealed").exists()


def test_a_protected_release_with_a_name_learned_later_is_sealed(editor):
    source = make_source(name=NAME, is_protected=True, public_label="Nurse Bea")
    publish_claim(make_claim(source=source))
    source.aliases, source.public_label = ["Bea"], "a nurse"
    source.slug = "a-nurse"
    source.save()
    move("release", source, editor)
    assert [bool(release.sealed_at) for release in releases_of(source)] == [True, False]


def test_a_label_that_holds_the_name_is_refused_wherever_the_source_is_named(editor):
    publisher = make_source(name=NAME, is_protected=True, public_label=f"{NAME}'s blog")
    article = make_article(publisher=publisher)
    with pytest.raises(MoveRefusedError, match="“name”"):
        release_article(article, editor)
    assert not Release.objects.exists()


def test_the_releases_of_others_are_left_alone(editor, source):
    publish_claim(make_claim(make_article(), source=make_source()))
    protect(source)
    move("release", source, editor)
    sealed = Release.objects.exclude(sealed_at=None)
    assert set(sealed.values_list("subject_id", flat=True)) == {source.public_id}


def test_publishing_a_claim_shows_no_name_protected_since(source):
    claim = make_claim(source=source)
    protect(source)
    publish_claim(claim)
    assert PublishedSource.objects.get(public_id=source.public_id).name == "a nurse"
    assert Event.objects.get(verb="sealed").subject_id == source.public_id
    assert not any(NAME in release.content for release in releases_of(source))
