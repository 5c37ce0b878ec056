"""Tables come in as people save them; what cannot be read is refused with its place."""

import io
import random
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from claims.formats.readers import READERS, format_named
from claims.formats.records import FormatError, Record
from claims.formats.tabular import exact_csv_lines
from claims.formats.xlsx_rows import CUT, MAX_CELL_CHARACTERS, writable, write_xlsx
from tests.properties import tried

ROWS = [["external_id", "claim"], ["1", "Nobody was hurt, he said."], ["2", "«مرحبا»"]]
#: Text that every format must carry: no halves of characters, no NUL.
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60
)


def read(name: str, raw: bytes) -> list[Record]:
    return list(READERS[name](io.BytesIO(raw)).records)


def cells(name: str, raw: bytes) -> list[dict[str, object]]:
    return [record.cells for record in read(name, raw)]


def refusal(name: str, raw: bytes) -> str:
    with pytest.raises(FormatError) as caught:
        read(name, raw)
    return str(caught.value)


def xlsx(rows: list[list[object]]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def repacked(raw: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return a workbook with its parts changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)), zipfile.ZIP_DEFLATED)
    return file.getvalue()


EXPECTED = [
    {"external_id": "1", "claim": "Nobody was hurt, he said."},
    {"external_id": "2", "claim": "«مرحبا»"},
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv_is_read_however_it_was_saved(delimiter, end, encoding):
    lines = [delimiter.join(f'"{cell}"' for cell in row) for row in ROWS]
    assert cells("csv", end.join(lines).encode(encoding)) == EXPECTED


def test_xlsx_and_json_lines_give_the_same_records():
    hello = "\\u00ab\\u0645\\u0631\\u062d\\u0628\\u0627»"
    lines = (
        '{"external_id": "1", "claim": "Nobody was hurt, he said."}\n\n'
        f'{{"external_id": "2", "claim": "{hello}"}}'
    )
    assert cells("xlsx", xlsx(ROWS)) == EXPECTED
    assert cells("jsonl", lines.encode()) == EXPECTED


def test_rows_are_numbered_as_a_spreadsheet_counts_them():
    raw = b'external_id,claim\n1,"two\nlines"\n\n3,x\n'
    assert [(each.number, each.cells["claim"]) for each in read("csv", raw)] == [
        (2, "two\nlines"),
        (4, "x"),
    ]
    assert [each.number for each in read("xlsx", xlsx([["a"], ["1"], [], ["3"]]))] == [
        2,
        4,
    ]


def test_names_of_columns_may_have_spaces_and_capitals():
    assert cells("csv", b"External ID,Claim\n7,x\n")[0]["external_id"] == "7"


@pytest.mark.parametrize("row", ["1", "1,a,b", '"1,a"'])
def test_a_row_with_other_cells_than_the_header_is_never_shifted(row):
    (record,) = read("csv", f"external_id,claim\n{row}\n".encode())
    assert record.cells == {}
    assert "the header 2" in record.faults[0].sentence


def test_empty_cells_beyond_the_header_are_nothing():
    assert cells("csv", b"external_id,claim\n1,a,,\n") == [
        {"external_id": "1", "claim": "a"}
    ]


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (
            b"external_id,claim\n1,Zo\xeb\n",
            "Row 2: Byte 23 of the file (0xEB) is not UTF-8",
        ),
        (b"external_id,claim\n1,a\n2,caf\xc3", "Row 3: Byte 28 of the file (0xC3)"),
        (b"\xff\xfea\x00,\x00b\x00\n\x00\x00\xd8", "is not UTF-16"),
        (b"a\x00,\x00b\x00", "UTF-16 without its mark"),
        (b"PK\x03\x04", "a spreadsheet or an archive"),
        (b"", "There is no header"),
        (b"claim,claim\n1,2\n", "“claim” stands there twice"),
        (b"claim,,kind\n1,2,3\n", "Column 2 has no name"),
        (b'claim\n"never closed', "Row 2: The quotes are not right"),
        (b'a,b\n"x"y,1\n', "Row 2: The quotes are not right"),
        (b"a" * 1_100_000, "is too long"),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_its_place(raw, sentence):
    assert sentence in refusal("csv", raw)


def test_rows_before_a_wrong_byte_are_read():
    reading = READERS["csv"](io.BytesIO(b"a\n1\n2\n\xff\n"))
    assert next(reading.records).cells == {"a": "1"}


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b"{", "It is not JSON"),
        (b"[1]", "no JSON object"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b'{"a": "1", "a": "2"}', "“a” stands there twice"),
        (b'{"a": ' + b"9" * 5000 + b"}", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
    ],
    ids=["broken", "list", "NaN", "double", "huge number", "deep"],
)
def test_a_line_that_is_no_object_is_a_faulty_row_and_the_next_is_read(line, sentence):
    first, second = read("jsonl", line + b'\n{"a": "1"}\n')
    assert sentence in first.faults[0].sentence
    assert second.cells == {"a": "1"}


def test_what_a_spreadsheet_holds_is_read_as_text_and_never_worked_out():
    import datetime

    moment, noon = datetime.datetime(2016, 3, 3), datetime.datetime(2016, 3, 3, 12)  # noqa: DTZ001
    raw = xlsx(
        [["a", "b", "c", "d", "e", "f"], ["=1+1", moment, noon, 17.0, 1.5, True]]
    )
    assert list(cells("xlsx", raw)[0].values()) == [
        "=1+1",
        "2016-03-03",
        "2016-03-03T12:00:00",
        "17",
        "1.5",
        "True",
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    texts = b"<sst>" + b" " * (65 * 1024**2)
    raw = repacked(xlsx(ROWS), lambda _name, part: part)
    file = io.BytesIO(raw)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", texts)
    assert "unpacks to" in refusal("xlsx", file.getvalue())


def test_a_workbook_that_defines_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    raw = repacked(
        xlsx(ROWS), lambda name, part: bomb if name == "xl/styles.xml" else part
    )
    assert "defines entities" in refusal("xlsx", raw)


def test_a_sheet_that_claims_a_row_far_away_is_bounded():
    raw = repacked(
        xlsx(ROWS), lambda _name, part: part.replace(b'r="3"', b'r="99999999"')
    )
    assert "rows" in refusal("xlsx", raw)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
@tried(100)
def test_any_text_survives_exact_csv(rows):
    raw = "".join(exact_csv_lines([("first", "second"), *rows])).encode()
    expected = [(one, two) for one, two in rows if one or two]
    assert [
        (each.cells.get("first", ""), each.cells.get("second", ""))
        for each in read("csv", raw)
    ] == expected


@given(st.lists(TEXTS.filter(bool), min_size=1, max_size=3))
@tried(60)
def test_any_text_survives_xlsx(texts):
    file = io.BytesIO()
    write_xlsx(file, ["text"], [[text] for text in texts])
    assert [each.cells["text"] for each in read("xlsx", file.getvalue())] == texts


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "_x0041_", "\x07\r\n\t "]
)
def test_xlsx_holds_texts_and_no_formula(text):
    file = io.BytesIO()
    write_xlsx(file, ["text"], [[text]])
    with zipfile.ZipFile(io.BytesIO(file.getvalue())) as book:
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml")
    assert cells("xlsx", file.getvalue()) == [{"text": text}]


def test_a_text_too_long_for_a_cell_is_cut_openly():
    cut = writable("x" * (MAX_CELL_CHARACTERS + 1))
    assert len(cut) == MAX_CELL_CHARACTERS
    assert cut.endswith(CUT)


def test_the_ending_of_a_name_says_the_format():
    names = ["a.CSV", "b.xlsx", "c.jsonl", "d.tsv", "e.pdf"]
    assert [format_named(name) for name in names] == ["csv", "xlsx", "jsonl", "csv", ""]


GOOD = {
    "csv": "".join(exact_csv_lines([*ROWS, *ROWS])).encode(),
    "jsonl": b'{"external_id": "1", "claim": "x", "topics": ["a"]}\n' * 4,
    "xlsx": xlsx([*ROWS, *ROWS]),
}


@pytest.mark.parametrize("name", READERS)
def test_whatever_happens_to_a_file_reading_ends_in_rows_or_in_a_sentence(name):
    chance = random.Random(2016)
    for _ in range(200):
        raw = broken(GOOD[name], chance)
        try:
            for record in read(name, raw):
                assert record.number > 0
        except FormatError as error:
            assert str(error)


def broken(raw: bytes, chance: random.Random) -> bytes:
    """Cut, flip, double or fill a part of a file."""
    place, length = chance.randrange(len(raw)), chance.randrange(1, 12)
    noise = chance.choice([b"", b"\x00", b'"', b"\xff", b"{", chance.randbytes(length)])
    kept = chance.choice([place, place + length])
    return raw[:place] + noise + raw[kept:] if chance.random() < 0.8 else raw[:place]
