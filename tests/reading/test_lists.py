"""Lists and tables: every figure with its item or row, in what its label or column names, by whom the line before says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from foedus.evidence.reading import read_document, readings_as_dict, report_of


def claims_of(text: str, name: str = "note.txt") -> list[dict[str, Any]]:
    reading = read_document(report_of(text.encode(), name, date(2024, 10, 25)))
    found: list[dict[str, Any]] = readings_as_dict([reading])["claims"]
    for claim in found:
        assert 0 <= claim["start"] < claim["end"] <= len(text)
        if name.endswith(".txt"):
            assert text[claim["start"] : claim["end"]] == claim["text"]
    return found


def figures(claims: list[dict[str, Any]]) -> dict[tuple[float | None, str], str]:
    return {
        (claim["quantity"]["value"], claim["quantity"]["unit"]): claim["source"]["canonical"]
        for claim in claims
        if claim["quantity"]
    }


LISTS = {
    "signs": (
        "According to the fire brigade, the storm destroyed:\n• 17 barns\n• 240 greenhouses\n• about 3,000 trees",
        {(17, "barns"), (240, "greenhouses"), (3000, "trees")},
        "fire brigade",
    ),
    "dashes": (
        "The navy said the convoy carried:\n- 24 trucks\n- more than 8 million crates",
        {(24, "trucks"), (8e6, "crates")},
        "navy",
    ),
    "numbers": (
        "The ministry will send:\n\n1) Three tugs;\n2) Up to 4,500 blankets.",
        {(3, "tugs"), (4500, "blankets")},
        "NARRATOR",
    ),
    "pairs": (
        "Losses of the fleet:\ntrawlers – 31\nnets – 1,200\nmen – 9 (+2)",
        {(31, "trawlers"), (1200, "nets"), (9, "men")},
        "NARRATOR",
    ),
    "places": ("Ships lost:\nVelm: 4\nOrrin: 7", {(4, "ships"), (7, "ships")}, "NARRATOR"),
    "money": ("Aid by town:\nVelm: 40 million crowns\nOrrin: 2 million crowns", {(40e6, "crowns"), (2e6, "crowns")}, "NARRATOR"),
}


@pytest.mark.parametrize("kind", LISTS)
def test_items_of_a_list_are_claims_of_who_leads_to_them(kind: str) -> None:
    text, wanted, source = LISTS[kind]
    found = figures(claims_of(text))
    assert wanted <= set(found)
    assert {found[each] for each in wanted} == {source}


def test_items_behind_a_denial_are_denied_and_those_of_a_plan_lie_ahead() -> None:
    denied = [each for each in claims_of("The guard denied that it had taken:\n- 30 boats\n- 12 nets") if each["quantity"]]
    assert len(denied) == 2 and {each["polarity"] for each in denied} == {"-"}
    planned = [each for each in claims_of("The navy will get in March:\n- 30 boats\n- 12 nets") if each["quantity"]]
    assert {(each["modality"], each["time"]["value"]) for each in planned} == {("future", "2025-03")}


TABLES = {
    "Markdown": (
        "| Harbour | Ships | Berths |\n|:--|--:|--:|\n| Velm | 2,310 | 44 |\n| Orrin | 95 | 7 |",
        "note.md",
        {(2310, "ships"), (44, "berths"), (95, "ships"), (7, "berths")},
    ),
    "tabs": ("Item\tLost\tFound\nBoats\t9,100\t12\nNets\t690,000\t1,320\n", "note.txt", {(9100, "boats"), (690000, "nets")}),
    "blanks": (
        "District      Sheep    Goats\nVelm          1,300      44\nOrrin           270       9\nHarwin          610     120\n",
        "note.txt",
        {(1300, "sheep"), (120, "goats")},
    ),
    "thousands": (
        "Grain, thousand tonnes\n\nCrop\tSown\tHeld\nWheat\t14\t9\nRye\t5\t3\n",
        "note.txt",
        {(14000, "tonne"), (3000, "tonne")},
    ),
    "a page": (
        "<html><body><article><h1>Count</h1><p>The town counted its losses on Thursday, the mayor said in a letter to the farmers there.</p>"
        "<table><tr><th>Town</th><th>Houses lost</th></tr><tr><td>Velm</td><td>1,420</td></tr><tr><td>Orrin</td><td>63</td></tr></table>"
        "<p>More than half of the farms have no water, and the rest have it for an hour in the morning, he added in the letter.</p>"
        "</article></body></html>",
        "note.html",
        {(1420, "houses"), (63, "houses")},
    ),
}


@pytest.mark.parametrize("form", TABLES)
def test_cells_of_a_table_are_claims(form: str) -> None:
    text, name, wanted = TABLES[form]
    found = claims_of(text, name)
    values = {(value, unit) for value, unit in figures(found)}
    assert wanted <= values


def test_years_beside_and_above_the_cells_are_their_times() -> None:
    beside = claims_of("Year\tVisitors\n2021\t18,400\n2022\t23,950\n")
    assert {(each["quantity"]["value"], each["time"]["value"]) for each in beside} == {(18400.0, "2021"), (23950.0, "2022")}
    above = claims_of("| | 2022 | 2023 |\n|---|---|---|\n| Births | 410 | 395 |", "note.md")
    assert {(each["quantity"]["value"], each["time"]["value"]) for each in above} == {(410.0, "2022"), (395.0, "2023")}


@pytest.mark.parametrize(
    "text",
    [
        "Home | News | Sport | Sign in\nThe yard is closed.",
        "Published: 24 October 2024\nUpdated: 25 October 2024\nThe yard is closed.",
        "Name\tAge\nOla\t44\nPer\t31\n",
        "Phone: 555 1234\nFax: 555 1235\nThe yard is closed.",
        "12 comments\nShare\nThe yard is closed.",
    ],
)
def test_what_only_looks_like_a_list_or_counts_nothing_makes_no_figure(text: str) -> None:
    assert [each for each in claims_of(text) if each["quantity"]] == []


def test_the_source_below_a_table_says_what_stands_in_it() -> None:
    found = claims_of("Town\tBoats\nVelm\t44\nOrrin\t31\nSource: harbour office\n")
    assert {each["source"]["canonical"] for each in found if each["quantity"]} == {"harbour office"}


def test_sentences_in_a_list_belong_to_who_leads_to_them() -> None:
    text = (
        "The union said in a letter:\n- The yard has sent 40 welders home without any notice at all.\n"
        "- Another 12 cooks will have to leave before the end of March.\n"
    )
    assert {each["source"]["canonical"] for each in claims_of(text) if each["quantity"]} == {"union"}


def test_rows_of_a_printed_table_are_not_joined_to_a_paragraph() -> None:
    rows = "\n".join(f"The district of number {n:02d} and all of its farms {100 + n} {200 + n}" for n in range(8))
    report = report_of(f"District and farms Sheep Goats\n{rows}\n".encode(), "note.txt")
    assert [len(block.rows) for block in report.blocks] == [8]
