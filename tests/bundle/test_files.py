"""Names of files, and pages and drawings of a finding that means harm."""

from __future__ import annotations

import re
import struct
import xml.etree.ElementTree as ET
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.analysis.finding import Finding
from foedus.bundle.drawings import answer_chart, band_chart, drawing, picture
from foedus.bundle.facts import Facts, file_names
from foedus.bundle.pages import PagePlace, index_page, question_page
from foedus.bundle.resolution import QuestionReading, ResolutionRule
from foedus.bundle.tables import BundleTable, Column, band_table, csv_text
from foedus.history.outcomes import Outcome
from show.sample import HOSTILE, sample_finding


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts(sample_finding(), f"MIT {HOSTILE}", f"foedus dossier {HOSTILE}")


@given(st.lists(st.text(max_size=90), unique=True, max_size=12))
def test_every_name_has_a_file_that_any_system_can_have(names):
    found = file_names(names)
    assert set(found) == set(names) and len({stem.casefold() for stem in found.values()}) == len(names)
    for stem in found.values():
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,80}", stem) and stem.casefold() not in {"con", "nul", "aux", "prn", "com1", "lpt9"}


def test_a_plain_name_is_its_own_file():
    assert file_names(["kursk_apr", "Kursk_Apr", "line[russia]", "nul"]) == {
        "kursk_apr": "kursk_apr",
        "Kursk_Apr": "Kursk_Apr-" + file_names(["x", "X", "kursk_apr", "Kursk_Apr"])["Kursk_Apr"][-8:],
        "line[russia]": "line-russia",
        "nul": file_names(["nul"])["nul"],
    }
    assert file_names(["nul"])["nul"] != "nul"


def test_hostile_texts_stay_text_on_every_page(facts: Facts):
    finding: Finding = facts.finding
    bad = ResolutionRule(
        HOSTILE, HOSTILE, HOSTILE, (QuestionReading("x", HOSTILE, "1"),), Outcome("q", HOSTILE, "2024-01-01", HOSTILE, True)
    )
    pages = [index_page(facts, {one.name: "x" for one in finding.questions}, [(HOSTILE, "charts/x")], None)]
    for question in finding.questions:
        chart = answer_chart(finding, question)
        around = PagePlace("x.html", HOSTILE)
        pages.append(question_page(facts, question, bad, chart, "charts/x", figures=(), record=None, before=around, after=around))
    for page in pages:
        assert "<script" not in page and "&lt;script&gt;" in page
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", page)
        assert "javascript:" not in re.sub(r">[^<]*<", "><", page)


def test_hostile_texts_stay_text_in_every_drawing(facts: Facts):
    for chart in (band_chart(facts.finding, facts.finding.bands[0]), answer_chart(facts.finding, facts.finding.questions[0])):
        root = ET.fromstring(drawing(chart, facts.caption))
        assert not [node for node in root.iter() if node.tag.endswith("script")]
        assert "script" in "".join(root.itertext())


def test_a_picture_is_the_same_in_fewer_bytes(facts: Facts):
    import vl_convert

    svg = drawing(answer_chart(facts.finding, facts.finding.questions[0]), facts.caption)
    plain, packed = vl_convert.svg_to_png(svg, scale=2.0), picture(svg)
    assert pixels(plain) == pixels(packed) and len(packed) < len(plain)


def pixels(png: bytes) -> tuple[bytes, bytes]:
    """The head and the bytes before compression; every sum of a chunk is checked."""
    place, head, packed = 8, b"", b""
    while place < len(png):
        size = struct.unpack(">I", png[place : place + 4])[0]
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        assert struct.unpack(">I", png[place + 8 + size : place + 12 + size])[0] == zlib.crc32(kind + data)
        place += 12 + size
        head, packed = (data, packed) if kind == b"IHDR" else (head, packed + data) if kind == b"IDAT" else (head, packed)
    return head, zlib.decompress(packed)


def test_a_table_of_a_chart_has_each_quantile_and_what_was_seen():
    finding = sample_finding()
    band = next(one for one in finding.bands if one.observed)
    table = band_table(finding, band)
    assert len(table.rows) == len(band.times) * len(band.quantiles) + sum(len(dates) for _, dates, _ in band.observed)
    scenario = finding.scenarios[0].name
    first = next(row for row in table.rows if row[1] == scenario)
    assert first[0] == band.dates[0] and first[2:7] == tuple(float(value) for value in band.quantiles[scenario][:, 0])
    label, dates, values = band.observed[0]
    assert (dates[0], "", None, None, None, None, None, values[0], label) in table.rows


def test_cells_are_written_so_that_they_can_be_read_back():
    columns = tuple(Column(name, "string", "") for name in "abcde")
    text = csv_text(
        BundleTable(
            "t", columns, ((0.1 + 0.2, float("nan"), True, '=1+1,"x"', None), (3, float("inf"), False, "-x", "a\nb")), "", ""
        )
    )
    assert text == 'a,b,c,d,e\n0.30000000000000004,,true,"\'=1+1,""x""",\n3,,false,\'-x,"a\nb"\n'
