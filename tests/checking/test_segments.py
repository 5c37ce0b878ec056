"""Overlapping spans cut into segments."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from claims.checking.segments import Segment, Span, lanes, segments


def test_a_text_without_spans_is_one_segment():
    assert segments(2, 9, []) == [Segment(2, 9, (), (), ())]


def test_overlapping_spans_share_the_middle():
    found = segments(0, 9, [Span("a", 1, 5), Span("b", 3, 7)])
    assert [(part.start, part.end, part.keys) for part in found] == [
        (0, 1, ()),
        (1, 3, ("a",)),
        (3, 5, ("a", "b")),
        (5, 7, ("b",)),
        (7, 9, ()),
    ]
    assert [part.begins for part in found] == [(), ("a",), ("b",), (), ()]
    assert [part.ends for part in found] == [(), (), ("a",), ("b",), ()]


def test_adjacent_and_equal_spans_stay_apart():
    found = segments(0, 4, [Span("a", 0, 2), Span("b", 2, 4), Span("c", 2, 4)])
    assert [part.keys for part in found] == [("a",), ("b", "c")]


def test_a_span_over_the_edge_begins_or_ends_elsewhere():
    found = segments(5, 10, [Span("a", 2, 7), Span("b", 8, 12)])
    assert found[0].begins == ()
    assert found[0].ends == ("a",)
    assert found[-1].begins == ("b",)
    assert found[-1].ends == ()


def test_an_empty_span_counts_for_nothing():
    assert segments(0, 9, [Span("a", 4, 4)]) == [Segment(0, 9, (), (), ())]
    assert lanes([Span("a", 4, 4)]) == {}


def test_the_outer_of_two_spans_takes_the_lower_lane():
    assert lanes([Span("in", 0, 4), Span("out", 0, 9), Span("next", 9, 12)]) == {
        "out": 1,
        "in": 2,
        "next": 1,
    }


SPANS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 30)).map(
        lambda pair: Span(f"{pair}", pair[0], pair[0] + pair[1])
    ),
    max_size=6,
    unique_by=lambda span: span.key,
)


@given(SPANS)
def test_segments_tile_the_text_and_hold_exactly_their_spans(spans):
    found = segments(0, 40, spans)
    assert found[0].start == 0
    assert found[-1].end == 40
    assert all(a.end == b.start for a, b in itertools.pairwise(found))
    for part in found:
        middle = {span.key for span in spans if span.start <= part.start < span.end}
        assert set(part.keys) == middle


@given(SPANS)
def test_overlapping_spans_never_share_a_lane(spans):
    found = lanes(spans)
    for one, other in itertools.combinations(spans, 2):
        if one.start < other.end and other.start < one.end:
            assert found[one.key] != found[other.key]
