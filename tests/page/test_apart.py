"""The page tells answers apart as Python does: two worlds in one answer, and what a reader's choice sets itself."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
import pytest
from tests.helpers import ensemble
from tests.page.test_browser import move, show, tab  # noqa: F401
from tests.page.test_parts import run_part

from foedus.analysis import compare
from foedus.analysis.finding import Answer, StateBand
from foedus.analysis.moves import MATTERS, is_move, move_size
from foedus.analysis.settled import is_set_by
from foedus.analysis.states import states_of
from foedus.case import Case, load
from foedus.compile.dependencies import Order
from foedus.compile.program import ResultSlot, ScenarioSlot
from foedus.compile.scope import build_scope
from foedus.ensemble import Futures
from foedus.model.reach import Reach
from foedus.model.settled import set_answers
from foedus.page.apart import happening_documents, parting_document, parting_reports_of
from foedus.page.build import page_html
from foedus.show.states import state_words
from foedus.study.futures import run_futures

TRUCE = Path(__file__).parent / "truce.foedus"
FUTURES = 900


@pytest.fixture(scope="module")
def truce() -> Case:
    return load(str(TRUCE))


@pytest.fixture(scope="module")
def shown(truce: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("truce") / "truce.html"
    path.write_text(page_html(truce), encoding="utf-8")
    return path


def written(values: np.ndarray) -> list[str]:
    return ["Infinity" if math.isinf(value) else "NaN" if math.isnan(value) else repr(float(value)) for value in values]


def mixtures(ran: Futures, slot: ResultSlot) -> list[np.ndarray]:
    """Answers that happenings part by more or by less, over the edge of every rule: width, purity, share, ties, gaps, too few."""
    assert ran.firsts is not None
    random, found = np.random.default_rng(4), []
    came = {report.name: ran.firsts.have_come(0, place, slot.last) for place, report in ran.firsts.reports()}
    for name in came:
        for apart in (0.0, 0.8, 2.0, 2.5, 3.0, 5.0, -3.0):
            for mixed in (0.0, 0.08, 0.3):
                world = came[name] ^ (random.random(FUTURES) < mixed)
                found.append(np.where(world, apart, 0.0) + random.normal(0, 0.5, FUTURES))
    stop, quits = came["stop"], came["quits[blue]"]
    steps = np.round(3 * found[5]) / 3
    found += [
        np.where(stop, 3.0, 1000.0),
        np.where(stop, 1.0, 1.0 + 2.0**-52),
        np.where(stop, 1e-310, 0.0),
        steps,
        np.zeros(FUTURES),
    ]
    for spread in np.linspace(
        0.05, 1.2, 40
    ):  # whole numbers, so that answers stand on the edges between two medians, and stretches are alike
        found.append(np.where(quits, 0.0, 8.0) + np.round(random.normal(0, 2.5 * spread, FUTURES)))
        found.append(np.where(stop, 0.0, 16.0) + np.round(random.normal(0, 4 * spread, FUTURES)) * (random.random(FUTURES) < 0.6))
    found += [
        np.where(random.random(FUTURES) < share, row, np.nan)
        for share in (0.03, 0.05, 0.2, 0.7)
        for row in (found[4], found[-1], found[-2])
    ]
    for width in (0.8, 1.2, 1.6, 2.2, -2.2):  # a long tail that begins where the other world stands
        for world in (stop, ~stop, quits, stop ^ (random.random(FUTURES) < 0.02), stop ^ (random.random(FUTURES) < 0.1)):
            found.append(7.0 + np.where(world, np.sign(width) * random.lognormal(0.0, abs(width), FUTURES), 0.0))
    for apart in random.uniform(1.5, 4.5, 150):  # few futures, where one more or less counts
        row = np.where(came["talk: yes"], apart, 0.0) + random.normal(0, 0.5, FUTURES)
        found.append(np.where(random.random(FUTURES) < 0.86, np.nan, row))
    return [*found, np.where(stop, 5.0, 0.0) + np.where(quits, 3.0, 0.0) + random.normal(0, 0.3, FUTURES)]


def test_worlds_are_those_of_python(node: str) -> None:
    ran = ensemble(TRUCE.read_text(encoding="utf-8"), FUTURES, seed=2, engine="compiled")
    program, slot = ran.program, next(one for one in ran.program.results if one.name == "killed")
    slots = [replace(slot, last=last, upstream=frozenset({"stop", "rumour", "quits", "talk", "seen"})) for last in (40, 4, 9, 14)]
    rows, random = [(slot, row) for slot in slots for row in mixtures(ran, slot)], np.random.default_rng(1)
    statuses = [(random.random(FUTURES) < chance).astype(int) for chance in random.choice([0.0, 0.1], len(rows))]
    rows = [
        (slot, np.where(np.isnan(row), np.inf, row) if number % 2 else row) for number, (slot, row) in enumerate(rows)
    ]  # dates that never come
    happenings, expected = happening_documents(program, str), []
    assert ran.firsts is not None
    place = {report: place for place, report in ran.firsts.reports()}
    never = program.steps + 2
    steps = [
        [
            next((step for step in range(never) if ran.firsts.have_come(0, place[program.reports[one["slot"]]], step)[i]), never)
            for i in range(FUTURES)
        ]
        for one in happenings
    ]
    asked = [
        {
            "values": written(row),
            "statuses": status.tolist(),
            "question": {"last": slot.last, "partedBy": parting_reports_of(program, slot)},
        }
        for (slot, row), status in zip(rows, statuses, strict=True)
    ]
    given = {
        "steps": steps,
        "happenings": happenings,
        "firstStep": program.first_step,
        "rules": parting_document(program),
        "asked": asked,
    }
    for (slot, row), status in zip(rows, statuses, strict=True):
        expected.append(states_of(ran, slot, 0, np.where((status == 0) & np.isfinite(row), row, np.nan)))
    assert any(one.is_constant and one.median == 7.0 for states in expected for one in states)
    assert {states[0].label for states in expected if states} >= {
        "“A truce” has come",
        "“Leaves the war, Blue” has come",
        "“Whether to talk”: yes",
    }
    assert 10 < sum(not states for states in expected) < len(expected) - 10, "the table has answers of one state and of two"
    for states, found in zip(expected, run_part(node, "states", given), strict=True):
        assert same(states, found), (states, found)


def same(states: tuple[StateBand, ...], found: list[dict[str, Any]]) -> bool:
    """Are worlds of the page those of Python? Shares to the bit, amounts but for the last digit of an interpolation."""
    numbers = [(state.share, state.median, state.low, state.high) for state in states]
    others = [(one["share"], one["median"], one["low"], one["high"]) for one in found]
    words = [(state.label, state.is_constant) for state in states] == [(one["label"], one["isConstant"]) for one in found]
    return words and len(numbers) == len(others) and bool(np.allclose(numbers, others, rtol=1e-12, atol=0.0))


def test_first_times_are_kept_of_as_many_futures_as_in_python(truce: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.ensemble.firsts.MOST_BYTES", 50_000)
    ran = ensemble(TRUCE.read_text(encoding="utf-8"), 2000, engine="compiled")
    assert ran.firsts is not None and ran.firsts.count < 2000
    assert parting_document(truce.program)["futures"] == ran.firsts.count


@pytest.mark.parametrize("told", ["sets", "maySet", "none"])
def test_what_is_set_is_so_by_the_rule_of_python(node: str, told: str) -> None:
    """By what the program says of the question, and by whether the run left anything open."""
    random, nan = np.random.default_rng(5), np.nan
    rows = [
        np.full(40, 3.0),
        np.full(40, nan),
        np.where(np.arange(40) < 5, nan, 3.0),
        random.normal(0, 1, 40),
        np.zeros(40),
        np.full(40, -0.0),
    ]
    pairs = [(values, base) for values in rows for base in rows]
    failed = (np.arange(40) % 9 == 0).astype(int)
    scenario = ScenarioSlot(
        "s", "S", sets=frozenset({"q"} if told == "sets" else ()), may_set=frozenset({"q"} if told == "maySet" else ())
    )
    slot = ResultSlot("q", "Q", "quantity", "1", 1.0, 0)
    asked = [
        {
            "told": told,
            "values": written(values),
            "base": written(np.where(np.isnan(base), np.inf, base)),
            "statuses": failed.tolist(),
        }
        for values, base in pairs
    ]
    expected = [is_set_by(scenario, slot, *(np.where(failed, nan, row) for row in pair)) for pair in pairs]
    assert run_part(node, "set", asked) == expected
    assert len(set(expected)) == (1 if told == "none" else 2)


def test_moves_are_those_of_python(node: str) -> None:
    """Chances, amounts and dates, whose chance to come may move alone."""
    random, asked, answers = np.random.default_rng(6), [], []
    for _ in range(400):
        is_chance, is_date = random.random() < 0.3, random.random() < 0.5
        sizes = random.choice([0.0, 1e-3, 0.011, 0.3], 4) * random.choice([-1, 1], 4)
        quantiles = None if is_chance else tuple(float(x) for x in np.cumsum(random.choice([0.0, 0.5], 5)))
        difference = None if random.random() < 0.1 else float(sizes[0])
        chance = float(sizes[2]) if is_date and not is_chance else None
        error = abs(float(sizes[1])) / 3
        base = Answer(0.5 if is_chance else None, quantiles, None, 0.0, None, None, 10)
        answers.append(
            (
                Answer(
                    0.5 if is_chance else None,
                    quantiles,
                    None,
                    0.0,
                    difference,
                    error,
                    10,
                    chance_difference=chance,
                    chance_difference_error=error,
                ),
                base,
            )
        )
        asked.append(
            {
                "answer": {
                    "quantiles": quantiles,
                    "difference": difference,
                    "differenceError": error,
                    "chanceDifference": chance,
                    "chanceDifferenceError": error,
                },
                "first": {"quantiles": quantiles},
            }
        )
    found = run_part(node, "moves", {"smallest": MATTERS, "asked": asked})
    assert [is_moved for is_moved, _ in found] == [is_move(*pair) for pair in answers]
    assert [size for _, size in found] == pytest.approx([move_size(*pair) for pair in answers])
    assert 50 < sum(is_moved for is_moved, _ in found) < 350


def own_case(*changes: str) -> Case:
    return load(str(TRUCE), extra=[f'scenario own "As set" {{ {", ".join(changes)} }}'])


CHOICES = {
    "a scenario of the case": ({"scenario": "nobody"}, ("sent = 0 person",)),
    "a choice put off": ({"scenario": "late"}, ("sent = 0 person from 2024-05-01",)),
    "a lever": ({"levers": {"sent": 4000}}, ("sent = 4000 person",)),
    "a parameter": ({"parameters": {"local": 200}}, ("local = 200 person",)),
    "the levers of a scenario, by hand": ({"levers": {"spare": 40, "sent": 4000}}, ("sent = 4000 person", "spare = 40 person")),
    "a scenario, moved on": ({"scenario": "nobody", "levers": {"sent": 50}}, ("sent = 50 person",)),
    "levers apart from one another": ({"levers": {"shelling": 2, "spare": 9}}, ("shelling = 2", "spare = 9 person")),
    "a scenario and a lever": ({"scenario": "war", "levers": {"sent": 0}}, ("stop = never", "sent = 0 person")),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_sets_what_the_same_override_sets(node: str, shown: Path, name: str) -> None:
    choice, changes = CHOICES[name]
    program = own_case(*changes).program
    own = next(slot for slot in program.scenarios if slot.name == "own")
    names = [slot.name for slot in program.results]
    found = run_part(node, "choices", [{"scenario": "usual_course", "levers": {}, "parameters": {}, **choice}], str(shown))[0]
    assert {names[number] for number in found["sets"]} == own.sets
    assert {names[number] for number in found["maySet"]} | own.sets == own.may_set | own.sets


def test_of_things_moved_together_the_page_knows_what_each_sets_and_may_set(node: str, shown: Path) -> None:
    """What only two of them set together counts as what may be set: the run then says whether anything was left open."""
    program = own_case("local = 200 person", "pace = 1").program
    own, names = next(slot for slot in program.scenarios if slot.name == "own"), [slot.name for slot in program.results]
    choice = {"scenario": "usual_course", "levers": {}, "parameters": {"local": 200, "pace": 1}}
    found = run_part(node, "choices", [choice], str(shown))[0]
    sets, may_set = ({names[number] for number in found[key]} for key in ("sets", "maySet"))
    assert own.sets - sets == {"strength"} and own.sets <= sets | may_set


@pytest.mark.parametrize("name", ["truce", "pact"])
def test_what_one_thing_sets_two_set_together(name: str) -> None:
    """So that one of them sets an answer is enough, and what only both set is among what either may set."""
    case = load(str(TRUCE) if name == "truce" else name)
    scope = build_scope(case.tree)
    kinds = ("lever", "param") if name == "truce" else ("lever",)
    keys = [item.key for item in scope.items(*kinds)]
    pairs = list(combinations(keys, 2))
    reach, order = Reach(scope), Order(scope, False).keys
    one = dict(zip(keys, set_answers(reach, [frozenset({key}) for key in keys], order), strict=True))
    for (first, second), both in zip(pairs, set_answers(reach, [frozenset(pair) for pair in pairs], order), strict=True):
        sets, may_set = (one[first][number] | one[second][number] for number in (0, 1))
        assert sets <= both.sets <= sets | may_set, (first, second)
        assert both.may_set <= sets | may_set, (first, second)


def state(tab: Any) -> dict[str, tuple[list[dict[str, Any]], bool]]:
    """By question: the worlds and whether it is set, as the rows have it."""
    script = """Object.fromEntries([...document.querySelectorAll("[data-question]")].map((one) =>
        [one.dataset.question, [JSON.parse(one.dataset.states ?? "[]"), one.dataset.set === "true"]]))"""
    return tab.evaluate(script)


def wait_told(tab: Any) -> None:
    tab.wait_for_function(f"() => document.documentElement.dataset.told === '{FUTURES}'", timeout=60_000)


def assert_shown(tab: Any, ran: Futures, scenario: str) -> None:
    found = state(tab)
    for slot in ran.program.results:
        answer = compare(ran, slot)[scenario]
        states, is_set = found[slot.name]
        assert same(answer.states, states) and is_set == answer.is_set, slot.name
        text = tab.locator(f"[data-question={slot.name}]").inner_text().replace("\n", " ")
        assert state_words(answer) in text and (", set by" in text or "; set by" in text) == is_set


def test_in_a_browser_both_are_told_as_python_tells_them(tab: Any, shown: Path, truce: Case) -> None:
    """Of the baseline, of a scenario of the case, and of a lever that is moved; in the rows, in the panel, and beside one another."""
    tab.goto(f"{shown.as_uri()}?futures={FUTURES}&seed=3")
    wait_told(tab)
    assert_shown(tab, run_futures(truce, FUTURES, 3, ["usual_course"], trajectories=False), "usual_course")
    words = tab.locator("[data-question=killed] .states").inner_text()
    tab.locator("[data-question=killed] .ask").click()
    assert "“A truce” has come" in words and words in tab.locator("#panel").inner_text()
    tab.keyboard.press("Escape")
    for scenario in ("war", "nobody"):
        tab.locator("#scenario").select_option(scenario)
        wait_told(tab)
        assert_shown(tab, run_futures(truce, FUTURES, 3, ["usual_course", scenario], trajectories=False), scenario)
    tab.locator("#pin").click()
    tab.locator("#scenario").select_option("usual_course")
    move(tab, "shelling", "0.5")
    move(tab, "spare", "300")
    wait_told(tab)
    assert_shown(
        tab,
        run_futures(own_case("shelling = 0.5", "spare = 300 person"), FUTURES, 3, ["usual_course", "own"], trajectories=False),
        "own",
    )
    told = "Set by the scenario itself" in tab.locator("#compare-table").inner_text()
    rows = tab.evaluate("() => [...document.querySelectorAll('#compare-table tbody')].map((one) => one.innerText)")
    assert told and "How many will be at the front?" in rows[1] and "How many will be killed a week" in rows[0]
    assert rows[0].count("?") + rows[1].count("?") == len(truce.program.results)


def test_a_row_that_one_scenario_sets_and_another_moves_stays_with_the_rest(tab: Any, shown: Path) -> None:
    tab.goto(f"{shown.as_uri()}?futures={FUTURES}&seed=3#v=1&s=both&pin={quote('name=Nobody&s=nobody')}")
    tab.wait_for_function("() => document.querySelectorAll('#compare-table tbody').length === 2", timeout=60_000)
    wait_told(tab)
    cells = tab.evaluate("""() => [...document.querySelectorAll("#compare-table tbody")].map((one) =>
        [...one.rows].map((row) => [row.cells[0].innerText, ...[...row.cells].slice(2).map((cell) => cell.innerText.includes("set by it"))]))""")
    rest, apart = ({row[0].split("?")[0]: row[1:] for row in rows} for rows in cells)
    assert rest["How many will be at the front"] == [False, True]
    assert apart["How many are sent or kept"] == [True, True]


LACKING = """model m as of 2024-01-01 for 20 days step 1 day
lever way : 1 from -1 to 1 = 1
param luck : 1 ~ normal(0, 1) because "x"
event alarm at rate 0.1/day * (2 + way)
let seen : 1 = luck * way
question amount "How much?" at the end value luck given way < 0
question date "When?" first time alarm given way < 0
question chance "Is it?" at the end true when luck > 0 given way < 0
question never "When is luck so great?" first time luck > 100
question turned_date "When is it the other way?" first time way < 0
question seen "What is seen?" at the end value luck given seen > 0
"""


def test_what_is_missing_is_said_in_words(tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(LACKING)
    (tmp_path / "m.html").write_text(page_html(load(str(path))), encoding="utf-8")
    show(tab, tmp_path / "m.html", 300)
    text = tab.inner_text("#answer-list")
    assert "n/a" not in text and "NaN" not in text
    assert (
        text.count("no answer: it applies to no future that ended well") == 3 and text.count("never comes in these futures") == 2
    )
    move(tab, "way", "-1")
    tab.wait_for_function("document.documentElement.dataset.digest !== ''", timeout=60_000)
    text = tab.inner_text("#answer-list")
    assert "n/a" not in text and "no answer:" not in text and text.count("of other futures, no effect on the same ones") == 4
    assert "before no answer (of 0 % of the futures)" in text and "before in no future; comes +100.0" in text
