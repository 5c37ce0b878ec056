"""Stored copies: what they list has its shape, and nothing of them changes later."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from claims.models import StoredCopy
from claims.models.copy_shapes import PageOfCopy, validate_pages, validate_redirects
from claims.models.identity import ImmutableRowError
from tests.factories import make_copy


def pages(*places: tuple[int, int, int]) -> list[dict[str, int]]:
    return [dict(zip(("number", "start", "end"), each, strict=True)) for each in places]


@pytest.mark.parametrize(
    "given",
    [
        [],
        pages((1, 0, 10)),
        pages((1, 0, 10), (2, 10, 10), (3, 12, 20)),
        pages((2, 4, 9), (7, 9, 10)),
    ],
)
def test_a_page_map_is_taken(given: Any) -> None:
    validate_pages(given)


@pytest.mark.parametrize(
    "given",
    [
        None,
        {},
        ["1"],
        [{"number": 1, "start": 0}],
        [{"number": 1, "start": 0, "end": 1, "role": "body"}],
        pages((0, 0, 1)),
        pages((1, 5, 4)),
        pages((1, -1, 4)),
        pages((2, 0, 4), (1, 4, 8)),
        pages((1, 0, 4), (1, 4, 8)),
        pages((1, 0, 5), (2, 4, 8)),
        [{"number": True, "start": 0, "end": 1}],
        [{"number": 1.0, "start": 0, "end": 1}],
    ],
)
def test_anything_else_is_no_page_map(given: Any) -> None:
    with pytest.raises(ValidationError):
        validate_pages(given)


def test_redirects_are_addresses_with_a_status_of_that_kind() -> None:
    validate_redirects([{"url": "http://a.example/", "status": 301}])
    for wrong in (
        None,
        [{"url": 1, "status": 301}],
        [{"url": "http://a.example/", "status": "301"}],
        [{"url": "http://a.example/", "status": 200}],
        [{"url": "http://a.example/"}],
    ):
        with pytest.raises(ValidationError):
            validate_redirects(wrong)


@pytest.mark.django_db
def test_a_page_lies_in_the_text(settings: Any) -> None:
    copy = make_copy(text="Two pages.", pages=pages((1, 0, 4), (2, 4, 10)))
    copy.clean()
    assert copy.page_count == 2
    assert copy.page_map == (PageOfCopy(1, 0, 4), PageOfCopy(2, 4, 10))
    assert make_copy().page_map == ()
    copy.pages = pages((1, 0, 11))
    with pytest.raises(ValidationError) as caught:
        copy.clean()
    assert caught.value.message_dict == {"pages": ["A page ends after the text ends."]}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["raw_sha256", "warc_sha256", "size", "redirects", "page_count", "final_url"],
)
def test_the_facts_of_a_copy_never_change(name: str) -> None:
    copy = make_copy()
    with pytest.raises(ImmutableRowError):
        copy.save(update_fields=[name])
    assert name not in StoredCopy.MUTABLE_FIELDS
