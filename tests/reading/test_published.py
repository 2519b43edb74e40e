"""Days of publication: the most reliable that a document offers, how it is known, how sure; a table of them beside a folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from foedus.cli.main import main
from foedus.errors import EvidenceError
from foedus.evidence.dated import dates_of
from foedus.evidence.reading import report_of
from foedus.evidence.reading.written_days import day_in_name, written_day

STORY = (
    "<article><h1>Mill fire</h1><p>The dock workers of Harwin stayed at home for the third day on Thursday, the port office said in a letter.</p>"
    "<p>The union said that 35 ferries and 12 tugs had been laid up since the weekend, a figure that nobody disputed in the town.</p></article>"
)


def page(head: str = "", before: str = "") -> str:
    return f"<html><head><title>Mill fire</title>{head}</head><body>{before}{STORY}</body></html>"


PAGES = {
    "linked data": (
        page(
            '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, {"@type": "NewsArticle", '
            '"dateModified": "2020-07-04", "datePublished": "2020-07-02T09:00:00+02:00"}]}</script>'
        ),
        "2020-07-02",
        "certain",
    ),
    "a tag of the head": (
        page('<meta itemprop="datePublished" content="2017-01-19"><meta name="last-modified" content="2019-01-01">'),
        "2017-01-19",
        "certain",
    ),
    "two that disagree": (
        page(
            '<meta property="article:published_time" content="2017-01-19"><script type="application/ld+json">'
            '{"@type": "NewsArticle", "datePublished": "2018-01-19"}</script>'
        ),
        "2018-01-19",
        "probable",
    ),
    "a time element": (page(before='<time datetime="2018-11-30">30 Nov</time>'), "2018-11-30", "probable"),
    "the address": (page('<link rel="canonical" href="https://paper.example/2021/03/09/mill-fire">'), "2021-03-09", "probable"),
    "a label": (page(before="<p>Published: 5 June 2014</p>"), "2014-06-05", "certain"),
    "the last change only": (page('<meta property="article:modified_time" content="2019-05-06">'), "2019-05-06", "possible"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_has_the_most_reliable_day_that_it_offers(kind: str) -> None:
    raw, day, sure = PAGES[kind]
    found = report_of(raw.encode(), "page.html").published
    assert (found.date and found.date.isoformat(), found.sure) == (day, sure)


LABELS = {
    "Updated: 14 Mar 2023, 09:15 AM IST": ("2023-03-14", "probable"),
    "Last updated: 3rd Aug 2022 17:20 GMT": ("2022-08-03", "probable"),
    "Date: 27/02/2020 | Source: Orbis": ("2020-02-27", "certain"),
    "Published 21.06.2019": ("2019-06-21", "certain"),
    "Posted on: 05/31/2021": ("2021-05-31", "certain"),
    "Posted on: 05/03/2021": ("2021-03-05", "probable"),
    "Published: Tue, 05 Nov 2019 08:12:00 GMT": ("2019-11-05", "certain"),
    "Updated 4 May 2020 | Published 2 May 2020": ("2020-05-02", "certain"),
    "The report, published on 3 May 2011, names nine men. It is long.": ("2011-05-03", "possible"),
    "We wrote all of it by hand.": (None, "unknown"),
}


@pytest.mark.parametrize("line", LABELS)
def test_a_label_tells_the_day_and_a_sentence_does_not(line: str) -> None:
    found = report_of(f"Mill fire\n\n{line}\n\nA fire on Monday hurt 9 men.".encode(), "note.txt").published
    assert (found.date and found.date.isoformat(), found.sure) == LABELS[line]


NAMES = {
    "2023-05-17_fire.txt": date(2023, 5, 17),
    "fire-20230517.html": date(2023, 5, 17),
    "/2021/03/09/fire": date(2021, 3, 9),
    "fire-2023.txt": None,
    "fire-20239917.txt": None,
    "120230517.txt": None,
}


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_can_tell_its_day(name: str) -> None:
    assert day_in_name(name) == NAMES[name]


def test_numbers_that_make_two_days_are_told_as_unsure() -> None:
    assert written_day("03/04/2020") == (date(2020, 4, 3), False)
    assert written_day("03/04/2020 5:00 PM EST") == (date(2020, 3, 4), False)
    assert written_day("13/04/2020") == (date(2020, 4, 13), True)
    assert written_day("no day") is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("a.txt", "2024-05-08_b.txt", "c.txt", "d.txt"):
        (tmp_path / name).write_text("The mayor said that 30 boats sank on Monday.")
    (tmp_path / "below").mkdir()
    (tmp_path / "below/e.txt").write_text("The mayor said that 30 boats sank on Monday.")
    return tmp_path


def test_a_folder_reads_its_table_of_dates_and_says_who_tells_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "dates.csv").write_text("file,published\na.txt,2024-06-05\nbelow/e.txt,2024-07-03\n")
    main(["read", str(folder), "--json"])
    out, err = capsys.readouterr()
    told = {each["file"]: each["published"]["date"] for each in json.loads(out)["documents"]}
    assert told == {"a.txt": "2024-06-05", "2024-05-08_b.txt": "2024-05-08", "c.txt": None, "d.txt": None, "e.txt": "2024-07-03"}
    assert "2 of 5 documents tell no day of publication: c.txt, d.txt" in err and "dates.csv" in err
    times = [each["time"]["value"] for each in json.loads(out)["claims"] if each["doc"] == "a.txt"]
    assert times == ["2024-06-03"]


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        ("file,day\na.txt,2024-06-05\n", ["no-column"]),
        ("file,published\na.txt,5 June\nc.txt,2024-02-30\n", ["bad-date", "bad-date"]),
        ("file,published\na.txt,2024-06-05\na.txt,2024-06-06\n", ["bad-date"]),
        ("file,published\nz.txt,2024-06-05\n", ["no-file"]),
    ],
)
def test_a_wrong_table_is_refused_with_its_place(folder: Path, table: str, codes: list[str]) -> None:
    (folder / "dates.csv").write_text(table)
    with pytest.raises(EvidenceError) as caught:
        dates_of([str(folder)], [folder / "a.txt"])
    assert [problem.code for problem in caught.value.problems] == codes
    assert all("dates.csv" in problem.file for problem in caught.value.problems)


def test_a_table_of_a_spreadsheet_is_read_and_one_file_finds_the_table_beside_it(folder: Path) -> None:
    (folder / "dates.csv").write_bytes("file;published\na.txt;2024-06-05\n".encode("utf-8-sig"))
    assert dates_of([str(folder / "a.txt")], [folder / "a.txt"]) == {folder / "a.txt": date(2024, 6, 5)}


def test_a_document_in_another_language_is_refused_by_name(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = folder / "bericht.txt"
    path.write_text("Das Amt teilte mit, dass die Schiffe am Montag nicht in den Hafen zurückgekehrt sind.")
    with pytest.raises(SystemExit) as left:
        main(["read", str(path)])
    assert left.value.code == 1 and "German" in (said := capsys.readouterr().err) and "other-language" in said
