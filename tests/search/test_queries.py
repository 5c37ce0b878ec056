"""What was typed, as it is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.search.queries import MAX_CHARACTERS, MAX_TERMS, MAX_UNITS, understand
from tests.properties import tried


def told(units):
    return [f"{' '.join(u.terms)}{'*' if u.begins else ''}" for u in units]


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("bridge mill", ["bridge", "mill"], []),
        ("Bridge bridge BRIDGE", ["bridge"], []),
        ('"old mill" river', ["old mill", "river"], []),
        ("„alte Mühle“ «vieux pont»", ["alte muhle", "vieux pont"], []),
        ("「新しい橋」", ["新し しい い橋"], []),
        ('-river -"old mill"', [], ["river", "old mill"]),
        ("co-operate mayor's", ["co operate", "mayor s"], []),
        ("libr* li* *brary l*brary", ["libr*", "li", "brary", "l brary"], []),
        ('"open', ["open"], []),
        ('mill"bridge', ["mill", "bridge"], []),
        ("- -- * \" '", [], []),
        ("東京2024", ["東京 京 2024"], []),
        ("橋", ["橋*"], []),
        ("-5", [], ["5"]),
        ("NOT a OR b", ["not", "a", "or", "b"], []),
    ],
    ids=ascii,
)
def test_what_is_typed_is_understood(typed, wanted, unwanted):
    query = understand(typed)
    assert (told(query.wanted), told(query.unwanted)) == (wanted, unwanted)
    assert not query.is_cut


@given(st.text(max_size=2 * MAX_CHARACTERS))
@tried(200)
def test_whatever_is_typed_is_a_bounded_query_of_plain_terms(typed):
    query = understand(typed)
    assert len(query.units) <= MAX_UNITS
    for unit in query.units:
        assert 0 < len(unit.terms) <= MAX_TERMS
        assert not set("".join(unit.terms)) & set(" \"'*\\:\x00\ue000")
