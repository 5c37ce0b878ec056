"""CSV that programs read back, and that no spreadsheet runs."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.formats.tabular import csv_lines, guarded

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "－1"]


def test_a_row_is_one_record_with_quotes_where_they_are_needed():
    lines = list(csv_lines([("a", 'b "c", d', "مرحبا"), ("", "two\nlines", "x")]))

    assert lines == ['a,"b ""c"", d",مرحبا\r\n', ',"two\nlines",x\r\n']


@pytest.mark.parametrize("cell", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_guarded(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "1 - 1", "a=b", "'quoted", "–", "user@desk"])
def test_other_cells_stay_as_they_are(cell):
    assert guarded(cell) == cell


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(CELLS, CELLS)))
def test_every_table_is_read_back_as_it_was_guarded(rows):
    lines = [*csv_lines([("first", "second"), *rows])]

    read = list(csv.reader(lines))

    assert read[1:] == [[guarded(cell) for cell in row] for row in rows]
