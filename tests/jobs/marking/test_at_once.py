"""Several people at one article, with real transactions: each suggestion decided once."""

from functools import partial

import pytest

from claims.jobs.marking import (
    MarkingError,
    NamedSource,
    accept,
    mark_background,
    named,
    place_in,
    reject,
    suggest,
)
from claims.models import Claim, Source, Suggestion
from claims.models.events import verify_chain
from claims.workflow.desk_words import SuggestionState
from tests.factories import NOON, make_article, make_user
from tests.test_concurrency import at_once

TEXT = "The mayor, Ana Paz, said last month that the bridge was safe."


def refused(outcomes: list) -> list:
    return [each for each in outcomes if isinstance(each, MarkingError)]


def test_one_of_six_decides_a_suggestion_and_the_others_are_told(own_database):
    article = make_article(text=TEXT)
    suggest(article)
    row = article.suggestions.get()
    acts = [partial(accept, row, make_user()) for _ in range(3)]
    acts += [partial(reject, row, make_user()) for _ in range(3)]
    outcomes = at_once(*acts)
    assert len(refused(outcomes)) == 5
    row.refresh_from_db()
    was_accepted = row.state == SuggestionState.ACCEPTED
    assert Claim.objects.count() == was_accepted
    assert Source.objects.filter(name="Ana Paz").count() == was_accepted
    assert verify_chain()[1] is None


def test_suggesting_many_times_at_once_proposes_each_statement_once(own_database):
    article = make_article(text=TEXT)
    outcomes = at_once(*[partial(suggest, article) for _ in range(4)])
    assert sum(each.added for each in outcomes) == 1
    assert Suggestion.objects.count() == 1


def test_a_passage_becomes_background_once(own_database):
    article = make_article(text=TEXT)
    copy = article.newest_copy
    place = place_in(copy, "the bridge was safe")
    act = partial(mark_background, article, copy, place, "Known.")
    outcomes = at_once(*[partial(act, make_user()) for _ in range(3)])
    assert len(refused(outcomes)) == 2
    assert article.backgrounds.count() == 1


@pytest.mark.parametrize("kind", ["person", "report"])
def test_a_new_name_becomes_one_source(own_database, kind):
    article = make_article(text=TEXT)
    sought = NamedSource("Elm study", kind)
    acts = [partial(named, sought, article, make_user(), NOON) for _ in range(4)]
    outcomes = at_once(*acts)
    assert len({source.pk for source in outcomes}) == 1
    assert Source.objects.filter(name="Elm study").count() == 1
