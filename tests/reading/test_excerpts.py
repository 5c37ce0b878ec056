"""Excerpts: passages with their context, cut where words and blocks end."""

import pytest

from claims.checking.anchors import CONTEXT_CHARACTERS
from claims.models import PublishedArticle
from claims.reading.article_page import placed_claims
from claims.reading.excerpts import Excerpt, excerpts, placement_words
from claims.workflow.words import BlockRole
from tests.factories import make_article, make_claim, release_article

WORDING = "The mill burned."


def excerpt_from(before: str, after: str) -> Excerpt:
    article = make_article(text=f"{before}{WORDING}{after}")
    make_claim(article, WORDING)
    release_article(article)
    row = PublishedArticle.objects.get(pk=article.public_id)
    (found,) = excerpts(row, placed_claims(row, {}))
    return found


@pytest.mark.django_db
def test_context_is_cut_between_words_and_shows_where():
    before, after = "Numbers were counted twice. " * 4, " Nobody counted again." * 4
    found = excerpt_from(before, after)
    assert found.wording == WORDING
    assert found.before.startswith("…")
    assert found.after.endswith(" …")
    assert f" {found.before.removeprefix('…')}" in before
    assert after.startswith(found.after.removesuffix("…"))
    assert CONTEXT_CHARACTERS < len(found.before + found.after) < 2 * CONTEXT_CHARACTERS


@pytest.mark.django_db
def test_short_context_is_shown_whole_and_keeps_the_end_of_a_block():
    found = excerpt_from("Headline\n\n", "\n \nCaption")
    assert (found.before, found.after) == ("Headline\n", "\nCaption")


@pytest.mark.django_db
def test_a_script_without_spaces_keeps_all_its_context():
    found = excerpt_from("字" * 90, "字" * 90)
    assert found.before == f"…{'字' * CONTEXT_CHARACTERS}"
    assert found.after == f"{'字' * CONTEXT_CHARACTERS} …"


@pytest.mark.django_db
def test_no_claims_have_no_excerpts():
    article = make_article(state="released")
    row = PublishedArticle.objects.get(pk=article.public_id)
    assert excerpts(row, placed_claims(row, {})) == []


def test_every_place_but_the_body_is_named():
    named = {role: placement_words(role) for role in BlockRole}
    assert named.pop(BlockRole.BODY) == ""
    assert all(named.values())
    assert placement_words("") == ""
