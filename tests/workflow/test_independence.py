"""Independent sources: reprints count once, the claim's own chain not at all."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.workflow.independence import Piece, Shared, independent_sources
from claims.workflow.words import Stance
from tests.properties import tried

AP = "AP report of 3 March 2016"


def piece(document: str, origin: str = "", stance: str = "supports") -> Piece:
    return Piece(document, f"Title {document}", stance, origin)


def count(*pieces: Piece, chain: dict[str, str] | None = None) -> tuple[int, int]:
    found = independent_sources(pieces, chain or {})
    return found.supporting.sources, found.contradicting.sources


def test_nothing_cited_is_nothing_told():
    found = independent_sources([], {})
    assert not found.is_told
    assert found.only_side.sources == 0


def test_documents_of_their_own_count_each():
    assert count(piece("a"), piece("b"), piece("c")) == (3, 0)


def test_a_document_cited_twice_counts_once():
    found = independent_sources([piece("a"), piece("a")], {})
    assert found.supporting.sources == 1
    assert found.supporting.shared == (Shared("Title a", 2),)


def test_five_reprints_count_once_and_say_what_they_share():
    reprints = [piece(name, AP) for name in "abcde"]
    side = independent_sources(reprints, {}).supporting
    assert (side.citations, side.sources) == (5, 1)
    assert side.shared == (Shared(AP, 5),)


@pytest.mark.parametrize(
    "other", ["ap report of 3 march 2016", "  AP  report of\n3 March 2016 "]
)
def test_origins_are_compared_without_case_and_extra_spaces(other):
    assert count(piece("a", AP), piece("b", other)) == (1, 0)


def test_letters_composed_otherwise_are_the_same_origin():
    assert count(piece("a", "Café"), piece("b", "Cafe\u0301")) == (1, 0)


def test_an_origin_that_is_cited_itself_joins_its_document():
    assert count(piece("a"), piece("b", "title A")) == (1, 0)


def test_origins_are_followed_to_their_own_origin():
    assert count(piece("a", AP), piece("b", "Title a"), piece("c", AP)) == (1, 0)


def test_a_citation_without_an_origin_shares_its_documents():
    assert count(piece("a", AP), piece("a"), piece("b", AP)) == (1, 0)


def test_one_document_may_carry_two_origins():
    pieces = (piece("a", AP), piece("a", "Reuters"), piece("b", AP))
    assert count(*pieces) == (2, 0)


def test_the_two_sides_are_counted_apart():
    pieces = (
        piece("a"),
        piece("b", stance="supports_in_part"),
        piece("c", stance="contradicts"),
        piece("a", stance="contradicts"),
    )
    assert count(*pieces) == (2, 2)
    assert independent_sources(pieces, {}).has_two_sides


def test_context_takes_no_side():
    assert not independent_sources([piece("a", stance="context")], {}).is_told


def test_the_claims_own_chain_is_not_independent():
    found = independent_sources([piece("a"), piece("b")], {"a": "Title a"})
    assert (found.supporting.citations, found.supporting.sources) == (1, 1)


@pytest.mark.parametrize("origin", ["The report", "Title b"])
def test_what_goes_back_to_the_chain_is_not_independent_either(origin):
    """Straight, or by way of another document that is cited."""
    pieces = (piece("a", origin), piece("b", "The report"))
    found = independent_sources(pieces, {"r": "The report"})
    assert found.supporting.sources == 0
    assert found.is_told


def test_what_the_chain_itself_goes_back_to_makes_nothing_independent():
    pieces = (piece("r", "A memo"), piece("a", "Title r"))
    assert count(*pieces, chain={"r": "Title r"}) == (0, 0)


def test_documents_that_name_each_other_are_one():
    pieces = (piece("a", "Title b"), piece("b", "Title a"), piece("c", "Title a"))
    assert {count(*order) for order in permutations(pieces)} == {(1, 0)}


def test_a_document_that_names_itself_is_its_own_origin():
    assert count(piece("a", "Title a"), piece("b")) == (2, 0)


_PIECES = st.lists(
    st.builds(
        Piece,
        document=st.sampled_from("abcd"),
        title=st.just(""),
        stance=st.sampled_from(list(Stance)),
        origin=st.sampled_from(["", "Title a", "TITLE  b", "Title r", "AP", "ap "]),
    ).map(lambda row: Piece(row.document, f"Title {row.document}", *_rest(row))),
    max_size=7,
)


def _rest(row: Piece) -> tuple[str, str]:
    return row.stance, row.origin


@tried(300)
@given(_PIECES, st.randoms())
def test_the_order_of_citations_never_matters(pieces, chance):
    shuffled = list(pieces)
    chance.shuffle(shuffled)
    chain = {"r": "Title r"}
    assert count(*pieces, chain=chain) == count(*shuffled, chain=chain)


@tried(300)
@given(_PIECES)
def test_there_are_never_more_sources_than_citations(pieces):
    found = independent_sources(pieces, {"d": "Title d"})
    for side in (found.supporting, found.contradicting):
        shared = sum(row.number - 1 for row in side.shared)
        assert side.citations == side.sources + shared
        assert all(row.number > 1 for row in side.shared)
