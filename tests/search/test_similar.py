"""Claims like a text, through the index, on either database alike."""

import csv

import pytest
from django.conf import settings
from django.db import transaction

from claims.checking.similarity import words_of_post
from claims.models import PublishedClaim
from claims.search import PUBLIC, similar, similar_at_desk, write_desk
from claims.search.similar import candidates
from tests.benchmarks.similar import fill
from tests.factories import make_claim, publish_claim

DATA = settings.BASE_DIR / "tests" / "data" / "similar"


def rows(name: str) -> list[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


RIGHT = dict(rows("pairs.tsv"))


@pytest.fixture(scope="module")
def record(module_database) -> dict[str, str]:
    """Write the claims of the samples; return their public ids by their own."""
    claims = {key: (text, title) for key, text, title in rows("claims.tsv")[1:]}
    return {key: public_id for public_id, key in fill(claims, 0).items()}


@pytest.mark.parametrize(
    ("key", "text"), rows("queries.tsv"), ids=lambda each: each[:3]
)
def test_the_claim_that_a_post_is_about_is_found_first(record, key, text):
    found = similar(text)
    assert found[0].claim.pk == record[RIGHT[key]]
    assert found[0].agrees
    assert len(found) <= 5
    assert not any(each.is_confident for each in found[1:])


def test_what_differs_is_said(record):
    post = "5,000 people without water in Harrowdale after the flood"
    best = similar(post, 1)[0]
    assert [str(each) for each in best.differs] == ["5,000 / 18,000"]
    assert best.is_close
    assert not best.is_confident


def test_nothing_is_sure_when_the_right_claim_is_left_out(record):
    sure = [
        key
        for key, text in rows("queries.tsv")
        if any(one.is_confident for one in similar(text, but=[record[RIGHT[key]]]))
    ]
    assert sure == []


@pytest.mark.parametrize(
    "text", ["", "🙃 https://t.example/x", "zzzz qqqq", "\x00", "12"]
)
def test_a_text_without_known_words_is_like_nothing(record, text):
    assert similar(text) == []


def test_a_very_long_text_is_compared_by_its_beginning(record):
    text = rows("queries.tsv")[0][1] + " and so on" * 100_000
    assert similar(text, 1)[0].claim.pk == record["c01"]


def test_other_forms_and_spellings_lead_to_the_claim(record):
    assert similar("Harrowdales Häuser? electricty in the houses, night of the floods")
    best = similar("councillors of Lessing: eagles, turbine", 1)[0]
    assert best.claim.pk in {record["c26"], record["c27"]}


def test_where_every_word_is_common_claims_must_have_several(record):
    """As of a million claims with few different words, all of them in too many."""
    asked = words_of_post("The night train between Elmbrook and Port Lessing")
    assert record["c21"] in candidates(asked, PUBLIC, most=0)


def test_readers_claims_are_those_of_the_record_and_the_desk_has_drafts(db):
    published = publish_claim(make_claim(text="The ferry sank in the harbour.")).claim
    draft = make_claim(text="The ferry sank in the harbour.")
    gone = make_claim(text="The ferry sank in the harbour.", state="discarded")
    with transaction.atomic():
        write_desk([published.public_id, draft.public_id, gone.public_id])
    assert [each.claim.pk for each in similar("The ferry sank")] == [
        published.public_id
    ]
    at_desk = similar_at_desk("The ferry sank")
    assert {each.claim for each in at_desk} == {published, draft}
    but = [published.public_id, draft.public_id]
    assert similar_at_desk("The ferry sank", but=but) == []


def test_a_claim_off_the_record_is_not_found_there(db):
    published = publish_claim(make_claim(text="The ferry sank in the harbour.")).claim
    PublishedClaim.objects.filter(pk=published.public_id).update(is_listed=False)
    assert similar("The ferry sank") == []


def test_it_takes_a_fixed_number_of_queries(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        similar(rows("queries.tsv")[0][1])
