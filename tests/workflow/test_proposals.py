"""What a comparison proposes for *did they say it?*, verdict by verdict."""

import pytest

from claims.workflow.proposals import proposed_check


@pytest.mark.parametrize(
    ("stance", "verdict", "holds", "proposed"),
    [
        ("is_the_statement", "exact", True, "confirmed"),
        ("repeats_it", "typographic", True, "relayed"),
        ("differs", "exact", True, "altered"),
        ("is_the_statement", "altered", False, "altered"),
        ("repeats_it", "spliced", False, "altered"),
        ("is_the_statement", "elision_hides", False, "altered"),
        ("is_the_statement", "absent", False, None),
        ("is_the_statement", "uncheckable", False, None),
        ("is_the_statement", "uncheckable", True, "confirmed"),  # seen by eye
        ("is_the_statement", "exact", False, None),  # the same words, cut short
        ("supports", "exact", True, None),
        ("contradicts", "altered", False, None),
    ],
)
def test_it_proposes(stance, verdict, holds, proposed):
    assert proposed_check(stance, verdict, holds=holds) == proposed
