"""Moves of sources and documents: release what changed of their public fields."""

import pytest

from claims.models import PublishedDocument, PublishedSource, Release
from claims.moves import MoveRefusedError
from tests.factories import (
    make_citation,
    make_claim,
    make_document,
    make_link,
    make_source,
    make_user,
    move,
    publish_claim,
)
from tests.moves.snapshots import everything


@pytest.fixture
def editor(db):
    return make_user("Editors")


def refusal_of(subject, editor) -> str:
    before = everything()
    with pytest.raises(MoveRefusedError) as refusal:
        move("release", subject, editor)
    assert everything() == before
    (sentence,) = refusal.value.reasons
    return sentence


@pytest.mark.parametrize("make", [make_source, make_document])
def test_what_readers_do_not_know_waits_for_its_claim(editor, make):
    assert "Readers do not know it yet" in refusal_of(make(), editor)


def test_nothing_changed_is_nothing_released(editor):
    claim = publish_claim().claim
    assert "Nothing public has changed" in refusal_of(claim.source, editor)
    document = claim.citations.get().document
    assert "Nothing public has changed" in refusal_of(document, editor)


def test_changed_fields_are_released(editor):
    claim = publish_claim().claim
    source, document = claim.source, claim.citations.get().document
    source.description, document.title = "Runs the mill.", "Retitled"
    source.save()
    document.save()
    move("release", source, editor)
    move("release", document, editor)
    row = PublishedSource.objects.get(pk=source.public_id)
    assert row.content["description"] == "Runs the mill."
    assert PublishedDocument.objects.get(pk=document.public_id).title == "Retitled"


def test_a_new_affiliation_or_author_comes_with_whom_it_names(editor):
    claim = publish_claim().claim
    institute, author = make_source(name="The Institute"), make_source(name="A. Writer")
    claim.source.affiliations.create(organisation=institute)
    document = claim.citations.get().document
    document.contributions.create(source=author)
    move("release", claim.source, editor)
    move("release", document, editor)
    assert PublishedSource.objects.filter(name="The Institute").exists()
    assert PublishedSource.objects.filter(name="A. Writer").exists()


def test_a_published_address_never_changes(editor):
    source = publish_claim().claim.source
    source.slug = "elsewhere"
    source.save()
    assert "a published address never changes" in refusal_of(source, editor)


def test_an_address_that_names_a_source_now_protected_may_change(editor):
    source = publish_claim(
        make_claim(source=make_source(name="Ana de Sá"))
    ).claim.source
    source.is_protected, source.public_label = True, "a nurse"
    source.protection_reason, source.slug = "Would lose her job.", "a-nurse"
    source.save()
    move("release", source, editor)
    row = PublishedSource.objects.get(pk=source.public_id)
    assert (row.slug, row.name) == ("a-nurse", "a nurse")


def test_a_source_only_in_a_chain_is_searched_for_protected_names(editor):
    claim = make_claim()
    named = make_link(claim).source
    make_link(claim, source=make_source(name="Ana de Sá", is_protected=True))
    publish_claim(claim)
    named.description = "Married to Ana de Sá."
    named.save()
    assert "“description”" in refusal_of(named, editor)


def test_a_protected_source_is_searched_for_its_own_names(editor):
    source = make_source(name="Ana de Sá", is_protected=True)
    claim = publish_claim(make_claim(source=source)).claim
    type(claim).objects.update(source=make_source())
    source.public_label = "the nurse Ana de Sá"
    source.save()
    assert "“name”" in refusal_of(source, editor)


@pytest.mark.parametrize("place", ["chain", "citation", "article"])
def test_a_document_is_searched_for_names_wherever_it_is_used(editor, place):
    claim = make_claim(source=make_source(name="Ana de Sá", is_protected=True))
    document = claim.article.document
    if place == "chain":
        document = make_link(claim, document=make_document()).document
    if place == "citation":
        document = make_citation(claim).document
    publish_claim(claim)
    document.title = "What Ana de Sá saw"
    document.save()
    assert "“title”" in refusal_of(document, editor)
    assert Release.objects.of("document", document.public_id).count() == 1
