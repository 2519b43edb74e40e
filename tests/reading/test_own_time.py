"""Of when a figure is: each of two told respectively has its own month, and a year by which something is measured is not that of the figure."""

from __future__ import annotations

import pytest

pytest.importorskip("spacy")

from foedus.evidence.reading import read_documents

TIMES = {
    "The port handled 54 and 67 vessels in May and June respectively.": {54.0: "2023-05", 67.0: "2023-06"},
    "Losses came to 12 and 15 tonnes in 2021 and 2022, respectively.": {12.0: "2021", 15.0: "2022"},
    "Imports were 12 and 15 tonnes in November and January respectively.": {12.0: "2022-11", 15.0: "2023-01"},
    "The lake holds half of what it held in 2020.": {0.5: None},
    "It holds 4 billion cubic metres, half of what it held in 2020.": {4e9: None, 0.5: None},
    "In 2020 it held 4 billion cubic metres.": {4e9: "2020"},
    "The port handled 54 vessels in May and 67 vessels in June.": {54.0: "2023-05", 67.0: "2023-06"},
}


@pytest.fixture(scope="module")
def claims(tmp_path_factory):
    path = tmp_path_factory.mktemp("read") / "report.txt"
    path.write_text("A report\n\nPublished: 10 July 2023\n\n" + "\n\n".join(TIMES) + "\n", encoding="utf-8")
    [reading] = read_documents([path])
    text = reading.report.text.text
    return lambda sentence: [
        one
        for one in reading.claims
        if one.quantity is not None and text.find(sentence) <= one.start < text.find(sentence) + len(sentence)
    ]


@pytest.mark.parametrize("sentence", TIMES)
def test_each_figure_has_its_own_time(claims, sentence):
    found = {one.quantity.value: one.time.value if one.time is not None else None for one in claims(sentence)}
    assert {value: found.get(value, "unread") for value in TIMES[sentence]} == TIMES[sentence]


MODALITIES = {
    "Stocks stood at 30 million tonnes on 1 May.": "actual",
    "Cases are common in the rains (November through May).": "actual",
    "Washington may release 40 million barrels.": "future",
    "The mill may close.": "future",
}


@pytest.mark.parametrize("sentence", MODALITIES)
def test_a_month_is_no_modal_verb(tmp_path, sentence):
    path = tmp_path / "report.txt"
    path.write_text(f"A report\n\nPublished: 10 July 2023\n\n{sentence}\n", encoding="utf-8")
    [reading] = read_documents([path])
    assert {one.modality for one in reading.claims} == {MODALITIES[sentence]}


def test_an_age_is_counted_in_nothing(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(
        "A report\n\nPublished: 10 July 2023\n\nThe clinic has 3,200 beds in all. He is 54. It has 700 left.\n", encoding="utf-8"
    )
    [reading] = read_documents([path])
    units = {one.quantity.value: one.quantity.unit for one in reading.claims if one.quantity is not None}
    assert units[54.0] == "" and units[3200.0] == units[700.0] == "bed"


LIVE = """<html><head><title>Live: flood in Sarn</title>
<meta property="article:published_time" content="2024-03-12T22:00:00Z"/></head><body><article><h1>Live: flood in Sarn</h1>
<div><time datetime="2024-03-12T09:10:00Z">09:10</time><p>Mayor Ida Rok said that 40 homes were flooded yesterday.</p></div>
<div><time datetime="2024-03-11T21:00:00Z">21:00</time><p>Firefighters saved 12 people today, the brigade said.</p></div>
<div><p>Monday 11 March, 18:30</p><p>Some 300 people were moved this morning.</p></div>
<div><p>10 March – 15:05 GMT</p><p>The dam let through 9 million litres this morning.</p></div>
</article></body></html>
"""


def test_a_post_of_a_live_page_has_the_day_of_its_own_line(tmp_path):
    path = tmp_path / "live.html"
    path.write_text(LIVE, encoding="utf-8")
    [reading] = read_documents([path])
    found = {one.quantity.value: one.time.value for one in reading.claims if one.quantity is not None and one.time is not None}
    assert found == {40.0: "2024-03-11", 12.0: "2024-03-11", 300.0: "2024-03-11", 9e6: "2024-03-10"}
    assert "Ida Rok (Mayor)" in {one.speaker.canonical for one in reading.claims}  # and not "10 Mayor"


def test_a_page_of_posts_that_is_not_live_has_one_day(tmp_path):
    path = tmp_path / "page.html"
    path.write_text(LIVE.replace("Live: flood", "Flood"), encoding="utf-8")
    [reading] = read_documents([path])
    assert reading.report.clock.stamps == ()
