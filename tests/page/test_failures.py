"""Futures that fail: the page says where, which, when and how many, as `foedus run` does."""

from __future__ import annotations

import json
import math
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import ROOT
from tests.page.test_access import axe, faults  # noqa: F401 (a fixture)
from tests.page.test_bits import run_page
from tests.page.test_browser import move, root, show, tab  # noqa: F401 (a fixture)

from foedus.analysis import compare, failure_counts, failure_words
from foedus.analysis.failures import FEW_FAILED, spelled
from foedus.analysis.finding import FailureCount
from foedus.case import Case, load
from foedus.cli.run_command import command as run_command
from foedus.page.build import page_html
from foedus.show.words import number, percent, signed
from foedus.study.futures import run_futures

DEEP = """\
model well "A well" as of 2025-01-06 for 10 week step 1 week
unit tonne
index place = north, south
param drift : 1 ~ normal(0, 1) because "anything"
lever push : 1 from 0 to 1 = 0.05 "Push"
stock level : 1 = 3 + drift signed "Level"
flow down : level -> outside = push / 1 week
let depth : 1 = sqrt(level)
stock food[place] : tonne = 10 tonne
flow eaten[place] : food[place] -> outside = (0.1 + drift / 3) * 1 tonne / 1 week
event storm at rate 1/12 per week "A storm"
baseline stays "Stays"
scenario pushed "Pushed" { push = 0.3 }
question deep "Is the root above 1.6?" at 9 week true when depth > 1.6
question wet "If the level is above 2: is the root above 1.6?" at 9 week true when depth > 1.6 given level > 2
question root "How large is the root?" at 9 week value depth
question comes "When does the storm come?" first time storm by 9 week
chart "Level" of level
"""
UNDATED = """\
model tank "A tank" for 6 day step 1/2 day
unit litre
param leak : litre/day ~ lognormal(1, 1) because "a hole"
stock water : litre = 9 litre
flow out : water -> outside = leak
stock part : 1 = 0.5 within 0 to 1
flow grow : outside -> part = leak / 20 litre
baseline all "All"
question left "How much is left?" at 6 day value water
"""
SMOOTH = """\
model rise "A rise" as of 2024-02-29 for 4 year step 1/4 year method rk4
param pace : 1/year ~ normal(0, 1) because "anything"
stock x : 1 = -0.5 signed
flow up : outside -> x = pace * log(x + 1)
baseline all "All"
question q at 4 year value x
question r at 4 year value log(x + 0.6)
"""
SOUND = """\
model sound "Sound" for 4 week step 1 week
param pace : 1/week ~ normal(0, 1) because "anything"
lever push : 1 from 0 to 1 = 0
stock x : 1 = 1 signed
flow up : outside -> x = pace + push / 1 week
baseline all "All"
question q at 4 week value x
"""
WORDS = """
import fs from "node:fs";
import { failureWords } from "./src/foedus/screen/page/failures.js";
console.log(JSON.stringify(JSON.parse(fs.readFileSync(0, "utf8")).map((one) => failureWords({ ...one, value: Number(one.value) }))));
"""


def written(text: str, folder: Path) -> tuple[Case, Path]:
    """The case of a model's text, and its page."""
    model = folder / "model.foedus"
    model.write_text(text, encoding="utf-8")
    case = load(str(model))
    page = folder / "page.html"
    page.write_text(page_html(case), encoding="utf-8")
    return case, page


@pytest.mark.parametrize("text", [DEEP, UNDATED, SMOOTH], ids=["signed root, index", "undated, range", "rk4, questions"])
@pytest.mark.parametrize(("futures", "seed"), [(400, 0), (230, 5)])
def test_the_engine_of_the_page_finds_what_python_finds(node: str, tmp_path: Path, text: str, futures: int, seed: int) -> None:
    """Over all scenarios: the same places, first dates, first values, numbers of futures, most frequent first."""
    case, page = written(text, tmp_path)
    ran = run_futures(case, futures, seed, trajectories=False)
    expected = failure_counts(ran)
    assert expected, "the model must fail somewhere"
    found = run_page(node, page, futures, seed)
    assert found["digest"] == ran.digest
    assert len(found["failures"]) == len(expected)
    for one, other in zip(found["failures"], expected, strict=True):
        assert (one["kind"], one["name"], one["status"], one["unit"]) == (other.kind, spelled(other), other.status, other.unit)
        assert (one["date"], one["count"], tuple(one["scenarios"])) == (other.date, other.count, other.scenarios)
        assert float(one["value"].replace("Infinity", "inf")) == pytest.approx(other.value, rel=1e-12, nan_ok=True)


def test_a_sound_model_has_no_failures(node: str, tmp_path: Path) -> None:
    assert run_page(node, written(SOUND, tmp_path)[1], 200, 1)["failures"] == []


def in_javascript(node: str, rows: list[FailureCount]) -> list[str]:
    asked = [
        {
            "kind": one.kind,
            "name": spelled(one),
            "status": one.status,
            "unit": one.unit,
            "date": one.date,
            "count": one.count,
            "value": str(one.value).replace("inf", "Infinity").replace("nan", "NaN"),
        }
        for one in rows
    ]
    done = subprocess.run(
        [node, "--input-type=module", "-e", WORDS], input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: list[str] = json.loads(done.stdout)
    return found


NUMBERS = (-3.2, 0.0, -0.0, 1e-5, 0.00012345, -9999.5, 9999.4, 12345.678, 1e300, -5e-324, 999950.0, 100.0, 1.5)


@pytest.mark.parametrize("status", ["negative stock", "out of range", "not finite"])
def test_the_words_are_those_of_the_terminal(node: str, status: str) -> None:
    values = (math.nan, math.inf, -math.inf) if status == "not finite" else NUMBERS
    rows = [
        FailureCount("food", element, status, "2025-03-01", count, value, (), "stock", unit)
        for value in values
        for element, unit, count in (("north", "tonne", 1), ("", "1", 1234), ("a, b", "", 2))
    ]
    assert in_javascript(node, rows) == [failure_words(row) for row in rows]


@settings(max_examples=10, deadline=None)
@given(values=st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=20, max_size=60))
def test_every_value_is_written_alike(values: list[float]) -> None:
    import shutil

    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    rows = [FailureCount("x", "", "out of range", "3", 7, value, (), "stock", "km2") for value in values]
    assert in_javascript(node, rows) == [failure_words(row) for row in rows]


def test_the_limit_is_that_of_the_command() -> None:
    allowed = next(one for one in run_command.params if one.name == "allowed")
    assert allowed.default == 100 * FEW_FAILED


def test_the_warning_says_where_how_many_and_since_when(tab: Any, tmp_path: Path) -> None:
    case, page = written(DEEP, tmp_path)
    show(tab, page, futures=400, seed=0)
    ran = run_futures(case, 400, 0, ["stays"], trajectories=False)
    rows, text = failure_counts(ran), tab.locator("#failures").text_content()
    assert rows and tab.locator("#failures").is_visible()
    for row in rows:
        assert failure_words(row) in text
    assert int(root(tab, "failed")) == 400 - ran.status["ok"]
    assert f"{400 - ran.status['ok']} futures failed" in tab.locator("#status").inner_text()


def test_a_lever_that_breaks_futures_is_warned_of_and_marked(tab: Any, tmp_path: Path) -> None:
    """Beyond one per cent every answer says that it rests on the others; back where it was, nothing of it is left."""
    case, page = written(DEEP.replace("= 0.05 ", "= 0 "), tmp_path)
    show(tab, page, futures=400, seed=0, digest=False)
    before = tab.locator("#failures").text_content()
    move(tab, "push", "0.3")
    tab.wait_for_function("document.documentElement.dataset.futures === '400'")
    ran = run_futures(
        load(str(case.folder.model), extra=['scenario own "Own" { push = 0.3 }']), 400, 0, ["stays", "own"], trajectories=False
    )
    worst, share = failure_counts(ran)[0], (400 - ran.status["ok"]) / 400
    text, alone = tab.locator("#failures").text_content(), run_futures(case, 400, 0, ["stays"], trajectories=False)
    assert share > FEW_FAILED and failure_words(worst) in text != before
    assert (
        f"{percent(share)} of the futures fail, before it was {percent((400 - alone.status['ok']) / 400)}." in text
        and "rest on the others only" in text
    )
    assert all("rests on the others" in one for one in tab.locator(".answers .rest").all_inner_texts())
    slots = {slot.name: slot for slot in ran.program.results}
    for slot in slots.values():
        answer = compare(ran, slot)["own"]
        row = tab.locator(f"[data-question={slot.name}]")
        assert float(row.get_attribute("data-share")) == pytest.approx(answer.share, rel=1e-12)
        assert float(row.get_attribute("data-answer")) == pytest.approx(answer.value, rel=1e-9, nan_ok=True)
        assert row.get_attribute("data-statistic") == answer.statistic
    first, now = compare(ran, slots["root"])["stays"], compare(ran, slots["root"])["own"]
    change = tab.locator("[data-question=root] .change").inner_text()
    assert f"before mean {number(first.mean, (first.quantiles[4] - first.quantiles[0]) / 4)}" in change, (
        "on the same futures as what it became"
    )
    assert signed(now.difference, now.difference_error) in change
    tab.locator("#reset").click()
    tab.wait_for_function("!document.querySelector('#failures.many')")
    assert tab.locator("#failures").text_content() == before or tab.locator("#failures").is_hidden()


def test_nothing_is_said_where_nothing_fails(tab: Any, tmp_path: Path) -> None:
    show(tab, written(SOUND, tmp_path)[1], digest=False)
    move(tab, "push", "1")
    assert tab.locator("#failures").is_hidden() and root(tab, "failed") == "0"
    assert "".join(tab.locator(".rest").all_inner_texts()) == ""


def test_an_answer_on_some_futures_says_which_part(tab: Any, tmp_path: Path) -> None:
    """Asked under a condition, the answer says on which part of the futures it rests; a date says whether it comes."""
    case, page = written(DEEP.replace("sqrt(level)", "sqrt(abs(level))").replace("drift / 3", "0"), tmp_path)
    show(tab, page, futures=400, seed=0, digest=False)
    ran = run_futures(case, 400, 0, ["stays"], trajectories=False)
    assert ran.status["ok"] == 400
    by_name = {slot.name: compare(ran, slot)["stays"] for slot in ran.program.results}
    assert 0.2 < by_name["wet"].share < 0.8
    rest = {name: tab.locator(f"[data-question={name}] .rest").text_content() for name in by_name}
    assert rest == {"deep": "", "wet": f"of {round(100 * by_name['wet'].share)} % of the futures", "root": "", "comes": ""}
    assert f"comes in {round(100 * by_name['comes'].chance)} % ±" in tab.locator("[data-question=comes]").inner_text()


def test_a_card_is_of_one_statistic(tab: Any, tmp_path: Path) -> None:
    """What stands large, what stood there before and the difference: means of an amount, medians of a date, by name."""
    _, page = written(DEEP, tmp_path)
    show(tab, page, futures=400, seed=0, digest=False)
    move(tab, "push", "0.1")
    tab.wait_for_function("document.documentElement.dataset.futures === '400'")
    for question, word in (("root", "mean"), ("comes", "median")):
        number = tab.locator(f"[data-question={question}] .number").inner_text()
        assert number.startswith(f"{word} ") and "±" in number
        assert f"before {word} " in tab.locator(f"[data-question={question}] .change").inner_text()
    assert "median" in tab.locator("[data-question=root] .number").inner_text()


def test_pinned_scenarios_stand_on_the_same_futures(tab: Any, tmp_path: Path) -> None:
    """A future that fails in one column is left out of all of them, as among the scenarios of a run."""
    case, page = written(DEEP, tmp_path)
    show(tab, page, futures=400, seed=0, state="#v=1&pin=name%3DHard%26l.push%3D0.3&pin=name%3DSoft%26l.push%3D0.1", digest=False)
    tab.wait_for_function(
        "document.querySelectorAll('#compare-table td .d').length && !document.querySelector('#compare-table').innerText.includes('…')"
    )
    extra = [f'scenario {name} "{name}" {{ push = {push} }}' for name, push in (("hard", 0.3), ("soft", 0.1))]
    ran = run_futures(load(str(case.folder.model), extra=extra), 400, 0, ["stays", "hard", "soft"], trajectories=False)
    failed = 400 - ran.status["ok"]
    tab.wait_for_function(
        "(failed) => document.querySelector('#compare-table .rest').textContent.startsWith(failed)", arg=f"{failed} futures"
    )
    slot = next(one for one in ran.program.results if one.name == "root")
    cells = tab.locator("#compare-table tr", has_text="How large is the root?").locator("td .v").all_inner_texts()
    found = compare(ran, slot)
    expected = [
        number(one.mean, (one.quantiles[4] - one.quantiles[0]) / 4)
        for one in (found[name] for name in ("stays", "stays", "hard", "soft"))
    ]
    assert cells == expected


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_warning_is_there_for_everybody(browser: Any, axe: str, tmp_path: Path, width: int, scheme: str) -> None:
    """Nothing serious by axe-core, nothing that sticks out, in sight while one scrolls, and above no control."""
    opened = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    show(opened, written(DEEP, tmp_path)[1], futures=400, seed=0, state="#v=1&l.push=0.3", digest=False)
    opened.evaluate(axe)
    opened.evaluate("document.querySelectorAll('#failures details').forEach((one) => { one.open = true; })")
    assert faults(opened) == []
    opened.evaluate("window.scrollTo(0, 600)")
    box = opened.locator("#failures").bounding_box()
    assert box and 0 <= box["y"] < 1 and box["height"] < 330
    assert opened.evaluate("document.documentElement.scrollWidth") <= width
    opened.context.close()
