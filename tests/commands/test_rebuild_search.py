"""`manage.py rebuild_search`: fills the indexes, and says whether they are right."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from claims import checks
from claims.installation import install
from claims.search import (
    DESK,
    INDEXES,
    PUBLIC,
    SOURCES,
    find,
    find_at_desk,
    out_of_step,
)
from tests import factories

pytestmark = pytest.mark.django_db


def rebuild_search(*arguments: str) -> str:
    out = StringIO()
    call_command("rebuild_search", *arguments, stdout=out)
    return out.getvalue()


def lose_entries() -> None:
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(f"DELETE FROM {index.entries}")


@pytest.fixture
def claim():
    return factories.publish_claim(factories.make_claim(text="It froze.")).claim


def test_it_fills_every_index_and_then_finds_nothing_to_do(claim):
    rebuild_search("--anew")
    assert find("froze").public_ids() == [claim.public_id]
    assert find_at_desk("froze").public_ids() == [claim.public_id]
    assert find(claim.source.name, SOURCES).public_ids() == [claim.source.public_id]
    said = rebuild_search()
    for index in INDEXES:
        assert f"{index.name}: 0 entries written or taken out." in said


def test_one_index_alone_can_be_filled(claim):
    lose_entries()
    assert "desk" not in rebuild_search("--only", "public", "--anew")
    assert not out_of_step(PUBLIC)
    assert out_of_step(DESK)


def test_a_check_names_what_is_wrong_and_changes_nothing(claim):
    rebuild_search("--anew")
    said = rebuild_search("--check")
    assert "public: 1 claims, and the index is in step." in said
    assert "articles: 1 articles, and the index is in step." in said
    lose_entries()
    out = StringIO()
    with pytest.raises(CommandError, match="rebuild_search") as error:
        call_command("rebuild_search", "--check", "--every", stdout=out)
    assert error.value.returncode == 1
    assert f"Wrong or missing: 1, among them {claim.public_id}." in out.getvalue()
    assert out_of_step(PUBLIC)


def test_every_without_check_is_refused():
    with pytest.raises(CommandError, match="--check"):
        rebuild_search("--every")


def test_the_system_check_compares_numbers(claim):
    rebuild_search("--anew")
    assert checks.check_search(databases=["default"]) == []
    lose_entries()
    told = checks.check_search(databases=["default"])
    assert {message.id for message in told} == {"claims.W030"}
    assert [message.msg for message in told] == [
        "Of 1 claims, the search of readers holds 0.",
        "Of 1 claims, the search of the desk holds 0.",
        "Of 2 sources, the search of readers holds 0.",
        "Of 2 documents, the search of readers holds 0.",
        "Of 1 articles, the search of readers holds 0.",
    ]
    assert checks.check_search() == []


def test_an_index_that_migrate_has_yet_to_make_is_passed_over(claim):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {SOURCES.entries} RENAME TO not_made_yet")
    assert checks.check_search(databases=["default"]) == []
    install()


def test_migrate_fills_an_empty_index_of_a_small_tracker(claim):
    with connection.cursor() as cursor:
        for index in INDEXES:
            cursor.execute(f"DELETE FROM {index.entries}")
            cursor.execute(f"DELETE FROM {index.terms}")
    install()
    assert not any(out_of_step(index, every=True) for index in INDEXES)
    assert find("froze").keys
