"""A topic's words are signed with the claims that name it, and then stay."""

import pytest
from django.core.exceptions import ValidationError

from tests.factories import (
    fresh_from_database,
    make_assessment,
    make_claim,
    make_topic,
    make_user,
    move,
    publish_claim,
    release_article,
)


@pytest.fixture
def topic(db):
    return make_topic(slug="water", label="Water")


def refusal_of(topic, **changes) -> dict:
    for name, value in changes.items():
        setattr(topic, name, value)
    with pytest.raises(ValidationError) as refusal:
        topic.full_clean()
    return refusal.value.message_dict


def signed_off(topic):
    make_assessment(make_claim(topics=[topic]), state="signed_off")


def listed(topic):
    release_article(make_claim(topics=[topic]).article)


def published(topic):
    publish_claim(make_claim(topics=[topic]))


def published_and_moved_elsewhere_at_the_desk(topic):
    claim = publish_claim(make_claim(topics=[topic])).claim
    claim.topics.clear()


def published_before_it_was_named(topic):
    publish_claim().claim.topics.add(topic)


@pytest.mark.parametrize(
    "hold",
    [
        signed_off,
        listed,
        published,
        published_and_moved_elsewhere_at_the_desk,
        published_before_it_was_named,
    ],
)
@pytest.mark.parametrize("name", ["label", "slug"])
def test_it_keeps_its_words_once_a_claim_is_signed_or_public_with_it(topic, hold, name):
    hold(topic)
    assert refusal_of(topic, **{name: "other"}) == {
        name: [
            "1 claim that is signed off or public names this topic: what was signed "
            "stays. Make a new topic and move the claim to it."
        ]
    }


def test_the_claims_that_hold_it_are_counted_once_each(topic):
    published(topic)
    make_assessment(publish_claim(make_claim(topics=[topic])).claim, "signed_off")
    (sentence,) = refusal_of(topic, label="Rivers", slug="rivers")["label"]
    assert sentence.startswith("2 claims that are signed off or public name this")


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "discarded"])
def test_drafts_do_not_hold_it(topic, state):
    make_assessment(make_claim(topics=[topic]), state=state)
    topic.label, topic.slug = "Rivers", "rivers"
    topic.full_clean()


def test_a_retracted_claim_no_longer_holds_it(topic):
    claim = publish_claim(make_claim(topics=[topic])).claim
    move("retract", claim, make_user("Editors"), reason="Never said.")
    topic.label = "Rivers"
    topic.full_clean()


def test_a_held_topic_that_stays_as_it_is_may_be_saved(topic):
    published(topic)
    published(make_topic())
    fresh_from_database(topic).full_clean()
    make_topic(slug="elsewhere").full_clean()
