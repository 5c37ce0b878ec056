"""The desk managers' pages: topics keep the words that were signed."""

import pytest

from tests.admin.pages import client_of, errors_on, save
from tests.factories import make_claim, make_topic, make_user, publish_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return client_of(make_user("Desk managers"))


def test_a_topic_nobody_signed_is_renamed(manager):
    topic = make_topic(label="Water")
    make_claim(topics=[topic])

    assert save(manager, topic, label="Rivers").status_code == 302

    topic.refresh_from_db()
    assert topic.label == "Rivers"


@pytest.mark.parametrize("name", ["label", "slug"])
def test_the_words_of_a_topic_that_readers_know_stay(manager, name):
    topic = make_topic(label="Water", slug="water")
    publish_claim(make_claim(topics=[topic]))

    response = save(manager, topic, **{name: "rivers"})

    assert response.status_code == 200
    (sentence,) = errors_on(response)
    assert sentence.startswith("1 claim that is signed off or public names this topic")
    assert "Make a new topic" in sentence
    topic.refresh_from_db()
    assert (topic.label, topic.slug, topic.version) == ("Water", "water", 1)


def test_two_held_words_changed_are_refused_in_one_sentence(manager):
    topic = make_topic(label="Water", slug="water")
    publish_claim(make_claim(topics=[topic]))

    assert len(errors_on(save(manager, topic, label="Rivers", slug="rivers"))) == 1
