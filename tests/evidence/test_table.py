"""Tables as programs and spreadsheets write them: what is read, what is refused, and on which line."""

from __future__ import annotations

import datetime
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.evidence.table import CellError, day_of, number_of, parse_table, read_table

PLAIN = "date,n\n2024-01-07,1.5\n"
WRITTEN = {
    "plain": PLAIN.encode(),
    "with the mark of UTF-8": PLAIN.encode("utf-8-sig"),
    "UTF-16": PLAIN.encode("utf-16"),
    "UTF-16, big end first": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "UTF-32": PLAIN.encode("utf-32"),
    "lines of Windows": PLAIN.replace("\n", "\r\n").encode(),
    "lines of an old Mac": PLAIN.replace("\n", "\r").encode(),
    "semicolons and a decimal comma": b"date;n\n2024-01-07;1,5\n",
    "semicolons and a decimal point": b"date;n\n2024-01-07;1.5\n",
    "tabs": b"date\tn\n2024-01-07\t1.5\n",
    "tabs and a decimal comma": b"date\tn\n2024-01-07\t1,5\n",
    "the separator told": b"sep=;\ndate;n\n2024-01-07;1,5\n",
    "quoted": b'"date","n"\n"2024-01-07","1.5"\n',
    "blanks around cells": b"date , n\n 2024-01-07 , 1.5 \n",
    "comments and empty lines": b'# a, "comment\n\ndate,n\n\n# more\n2024-01-07,1.5\n,\n\n',
    "empty cells at the end": b"date,n,,\n2024-01-07,1.5,,\n",
    "more empty cells than the heading has": b"date,n\n2024-01-07,1.5,,\n",
    "a comma in a quoted name of another column": b'date,n,"a, b; c"\n2024-01-07,1.5,x\n',
}


@pytest.mark.parametrize("name", WRITTEN)
def test_one_table_however_it_was_written(name, tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(WRITTEN[name])
    table = read_table(path)
    (row,) = table.rows
    assert day_of(row.cells["date"]) == datetime.date(2024, 1, 7) and number_of(row.cells["n"], table.comma) == 1.5


REFUSED = {
    "cp1252": ("date,n\n2024-01-07,1\n# Größe\n".encode("cp1252"), "not-utf-8", 3),
    "UTF-16 without its mark": (PLAIN.encode("utf-16-le"), "not-utf-8", 1),
    "half a character of UTF-16": (b"\xff\xfe\x00", "not-utf-8", 1),
    "a short row": (b"date,n\n\n# c\n2024-01-07\n", "ragged-row", 4),
    "a long row": (b"date,n\n2024-01-07,1,2\n", "ragged-row", 2),
    "an open quote": (b'date,n\n2024-01-07,"1\n2024-01-14,2\n', "not-csv", 2),
    "a quote that ends inside": (b'date,n\n2024-01-07,"1"2\n', "not-csv", 2),
    "after the line that tells the separator": (b"sep=;\ndate;n\n2024-01-07\n", "ragged-row", 3),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_with_its_line(name, tmp_path):
    raw, code, line = REFUSED[name]
    path = tmp_path / "t.csv"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_table(path)
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == (code, line) and problem.help


def test_rows_after_a_cell_of_several_lines_keep_their_line():
    table = parse_table('date,n,note\n2024-01-07,1,"two\n# lines, and\n\nmore"\n2024-01-14,2,x\n', "t.csv")
    assert [row.line for row in table.rows] == [2, 6] and table.rows[0].cells["note"].count("\n") == 3


def test_all_ragged_rows_are_told_at_once():
    with pytest.raises(InputError) as caught:
        parse_table("a,b\n1\n1,2\n1,2,3\n", "t.csv")
    assert [problem.line for problem in caught.value.problems] == [2, 4]


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "1_0",
        "１２",
        "1,000",
        "1.000,5",
        "12%",
        "0x10",
        "1e",
        "1e999",
        "1 000",
        "five",
        "1.2.3",
        "٣",
    ],
)
def test_what_is_no_plain_number_is_refused(cell):
    for comma in ("", "decimal", "unclear"):
        if (cell, comma) != ("1,000", "decimal"):
            with pytest.raises(CellError) as caught:
                number_of(cell, comma)
            assert caught.value.help and cell in caught.value.message


@pytest.mark.parametrize(("cell", "value"), [("7", 7), ("-7.25", -7.25), ("+.5", 0.5), ("5.", 5), ("1e3", 1000), ("−3", -3)])
def test_plain_numbers(cell, value):
    assert number_of(cell) == value


COMMAS = {
    "one shows that it is decimal": ("date;n\na;1,5\nb;1,000\n", "decimal"),
    "another column shows it": ("date;n;m\na;1,000;0,25\n", "decimal"),
    "all may be thousands": ("date;n\na;1,000\nb;12,345\n", "unclear"),
    "no comma": ("date;n\na;1.5\n", ""),
    "every point may group thousands": ("date;n\na;1.234\nb;512\nc;12.000\n", "groups"),
    "one point shows that it is decimal": ("date;n\na;1.234\nb;0.512\n", ""),
    "a long number shows that thousands are not grouped": ("date;n\na;1.234\nb;12000\n", ""),
    "points of tabs": ("date\tn\na\t1.234\n", "groups"),
    "points in a file parted by commas": ("date,n\na,1.234\n", ""),
    "parted by commas": ('date,n\na,"1,5"\n', ""),
}


@pytest.mark.parametrize("name", COMMAS)
def test_what_a_comma_means(name):
    text, comma = COMMAS[name]
    assert parse_table(text, "t.csv").comma == comma


def test_what_may_be_thousands_is_refused_and_a_whole_number_beside_it_is_not():
    for cell in ("1.234", "-12.000", "999.999"):
        with pytest.raises(CellError, match="may have a decimal point or thousands"):
            number_of(cell, "groups")
    assert number_of("512", "groups") == 512 and number_of("1.2340", "groups") == 1.234


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_that_python_writes_is_read_to_the_bit(value):
    assert number_of(repr(value)) == value
    assert number_of(repr(value).replace(".", ","), "decimal") == value


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_any_text_is_read_or_refused(text):
    try:
        parse_table(text, "t.csv")
    except InputError as error:
        assert all(problem.help for problem in error.problems)
    for read in (number_of, day_of):
        try:
            read(text)
        except CellError as error:
            assert error.help and pickle.loads(pickle.dumps(error)).message == error.message


@pytest.mark.parametrize(
    "cell",
    ["07.01.2024", "01/07/2024", "2024-1-7", "20240107", "2024-W01-7", "2024-02-30", "2024-01-07 00:00", "２０２４-01-07", ""],
)
def test_other_dates_are_refused_with_what_to_write(cell):
    with pytest.raises(CellError) as caught:
        day_of(cell)
    assert "YYYY-MM-DD" in caught.value.help


def test_a_column_that_is_missing_or_stands_twice():
    table = parse_table("date,n,n\n", "t.csv")
    missing, twice = table.column_problem("m"), table.column_problem("n")
    assert missing.code == "no-column" and "date, n" in missing.help and twice.code == "column-twice"
    assert table.column_problem("date") is None
