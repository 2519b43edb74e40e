"""Why two scenarios differ: the parts are the known ones, add up to the difference, and have the errors that they show."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import foedus
from foedus.analysis.explain import Explained
from foedus.analysis.orders import all_orders, some_orders
from foedus.case import Case, load
from foedus.cli.main import foedus as command
from foedus.errors import InputError
from foedus.study.futures import run_futures

HEAD = "model m for 4 weeks step 1 week\nstock s : 1 = 0 signed\n"
LEVERS = "".join(f"lever {name} : 1 from -9 to 9 = 0\n" for name in "xyz")


def case_of(folder: Path, text: str) -> Case:
    (folder / "m.foedus").write_text(HEAD + text)
    return load(str(folder / "m.foedus"))


def shares(found: Explained, question: str = "q") -> dict[str, float]:
    return {name: part.share.value for name, part in zip(found.names, found.splits[question].parts, strict=True)}


def test_interplay_is_halved_between_two_causes(tmp_path: Path) -> None:
    """x + y + x y from 0 to (2, 3): alone 2 and 3, together 6 more."""
    case = case_of(tmp_path, LEVERS + "scenario both { x = 2, y = 3 }\nquestion q at the end value x + y + x * y\n")
    found = foedus.explain(case, "baseline", "both", futures=20)
    assert shares(found) == pytest.approx({"x": 5, "y": 6}, abs=1e-9)
    x = found.splits["q"].parts[found.names.index("x")]
    assert (x.first.value, x.last.value) == pytest.approx((2, 8), abs=1e-9) and found.splits[
        "q"
    ].difference.value == pytest.approx(11, abs=1e-9)


def test_what_both_set_alike_is_no_cause_and_what_both_set_is_one(tmp_path: Path) -> None:
    text = (
        LEVERS + "scenario one { x = 2, y = 1, z = 4 }\nscenario other { x = 2, y = 5 }\nquestion q at the end value x * y + z\n"
    )
    found = foedus.explain(case_of(tmp_path, text), "one", "other", futures=20)
    assert shares(found) == pytest.approx({"y": 8, "z": -4}, abs=1e-9)
    assert dict(zip(found.names, found.words, strict=True)) == {"y": "y = 5, no longer y = 1", "z": "no longer z = 4"}


def test_the_same_thing_at_two_times_is_two_causes(tmp_path: Path) -> None:
    text = (
        "lever x : 1 from 0 to 9 = 0\nflow f : outside -> s = x per week\nscenario twice { x = 1 until 1 week, x = 4 from 2 weeks }\n"
        "question q at the end value s\n"
    )
    found = foedus.explain(case_of(tmp_path, text), "baseline", "twice", futures=20)
    assert sorted(shares(found).values()) == pytest.approx([1, 8], abs=1e-9) and len(set(found.names)) == 2


def test_what_nothing_leads_to_differs_by_nothing_without_an_error(tmp_path: Path) -> None:
    """`z` leads nowhere: no future that has not been seen could differ by it; `y` only did not happen to move anything."""
    text = (
        LEVERS + 'param size : 1 ~ lognormal(3, 2) because "x"\nscenario idle { z = 2 }\nscenario both { y = 3, z = 2 }\n'
        "question q at the end value if size > 1e30 then y else size\n"
    )
    case = case_of(tmp_path, text)
    alone = foedus.explain(case, "baseline", "idle", futures=200).splits["q"]
    assert (alone.difference.value, alone.difference.error) == (0, 0) and not alone.difference.is_clear
    shown = CliRunner().invoke(command, ["explain", str(tmp_path / "m.foedus"), "baseline", "idle", "-n", "200"])
    assert shown.exit_code == 0 and shown.output.split("±", 1)[1].split("\n")[1].split()[-2:] == ["0", "0"]
    found = foedus.explain(case, "baseline", "both", futures=200)
    split = found.splits["q"]
    parts = dict(zip(found.names, split.parts, strict=True))
    assert [one.error for one in (parts["z"].share, parts["z"].first, parts["z"].last)] == [0, 0, 0]
    assert parts["y"].first.value == 0 and parts["y"].first.error > 0 and split.difference.error > 0


def test_an_event_and_a_decision_are_causes(tmp_path: Path) -> None:
    text = (
        'param rate : 1/week ~ uniform(0.1, 0.5) because "x"\nevent strike at rate rate\nlet hit : 1 = if count(strike) > 0 then 1 else 0\n'
        "lever x : 1 from 0 to 9 = 0\nscenario both { strike = never, x = 3 }\nquestion q at the end value hit + x\n"
    )
    case = case_of(tmp_path, text)
    found = foedus.explain(case, "baseline", "both", futures=500)
    baseline = run_futures(case, 500, 0, ["both"]).values("q").mean()
    assert shares(found) == pytest.approx({"strike": -baseline, "x": 3}, abs=1e-9)


@pytest.mark.parametrize("causes", [1, 2, 3, 6])
def test_every_order_is_the_mean_of_the_steps_along_all_orders(causes: int) -> None:
    from itertools import permutations

    orders, rng = all_orders(causes), np.random.default_rng(causes)
    values = rng.standard_normal(len(orders.coalitions))
    expected = np.zeros(causes)
    for order in permutations(range(causes)):
        for place, cause in enumerate(order):
            expected[cause] += values[orders.row(order[: place + 1])] - values[orders.row(order[:place])]
    assert orders.shares(values) == pytest.approx(expected / math.factorial(causes), abs=1e-12)


def test_some_orders_add_up_and_are_as_far_off_as_they_say() -> None:
    """A game of pairs, whose Shapley values are half of each pair: reverses make pairs exact; a game of threes has an error."""
    rng = np.random.default_rng(1)
    pairs, threes = rng.standard_normal((2, 10, 10)), rng.standard_normal((10, 10, 10))

    def pair_value(one: frozenset[int]) -> float:
        return sum(float(pairs[0][i, j]) for i in one for j in one if i < j)

    def three_value(one: frozenset[int]) -> float:
        return sum(float(threes[i, j, k]) for i in one for j in one for k in one if i < j < k)

    expected = np.array([sum(pairs[0][min(i, j), max(i, j)] for j in range(10) if j != i) / 2 for i in range(10)])
    exact = np.array(
        [sum(threes[tuple(sorted((i, j, k)))] for j in range(10) for k in range(j) if len({i, j, k}) == 3) / 3 for i in range(10)]
    )
    off, told = [], []
    for seed in range(60):
        orders = some_orders(10, seed)
        of_pairs = np.array([pair_value(one) for one in orders.coalitions])
        assert orders.shares(of_pairs) == pytest.approx(expected, abs=1e-9) and orders.order_errors(of_pairs) == pytest.approx(
            0, abs=1e-9
        )
        of_threes = np.array([three_value(one) for one in orders.coalitions])
        found = orders.shares(of_threes)
        assert math.fsum(found) == pytest.approx(of_threes[-1] - of_threes[0], abs=1e-9)
        off.append(found - exact)
        told.append(orders.order_errors(of_threes))
    assert 0.8 < np.sqrt(np.mean(np.square(told)) / np.mean(np.square(off))) < 1.25


def test_elements_that_one_sets_together_and_the_other_apart_are_one_cause(tmp_path: Path) -> None:
    text = (
        "index side = red, blue\nlet base[side] : 1 = 1\nlever z : 1 from 0 to 9 = 0\nscenario together { base = 2, z = 1 }\n"
        "scenario apart { base[red] = 5, base[blue] = 7 }\nquestion q at the end value base[red] + base[blue] + z\n"
    )
    found = foedus.explain(case_of(tmp_path, text), "together", "apart", futures=20)
    assert sorted(shares(found).values()) == pytest.approx([-1, 8], abs=1e-9)


def test_a_rival_model_is_explained_as_a_scenario_is(tmp_path: Path) -> None:
    text = 'let k : 1 = 1\nlet m : 1 = 2\nvariant other weight 30 % { k = 3, m = 5 } because "judgement"\nquestion q at the end value k * m\n'
    found = foedus.explain(case_of(tmp_path, text), "baseline", "variant other", futures=20)
    assert shares(found) == pytest.approx({"k": 7, "m": 6}, abs=1e-9)


def test_nine_causes_add_up_to_what_a_run_says(tmp_path: Path) -> None:
    names = [f"x{number}" for number in range(9)]
    text = "".join(f"lever {name} : 1 from 0 to 2 = 1\n" for name in names) + 'param a : 1 ~ normal(0, 1) because "x"\n'
    text += f"scenario all {{ {', '.join(f'{name} = 1.{number + 1}' for number, name in enumerate(names))} }}\n"
    text += f"question q at the end value {' * '.join(names)} * (a + 3)\nquestion p at the end true when {' * '.join(names)} > 5 + a\n"
    case = case_of(tmp_path, text)
    found = foedus.explain(case, "baseline", "all", futures=400)
    assert not found.is_every_order
    for question in foedus.run(case, 400).questions:
        answer, split = question.answers["all"], found.splits[question.name]
        assert math.fsum(part.share.value for part in split.parts) == pytest.approx(answer.difference, abs=1e-9)
        assert split.difference.error == pytest.approx(answer.difference_error, rel=1e-9)


def test_errors_are_those_of_the_shares(tmp_path: Path) -> None:
    text = (
        'param a : 1 ~ normal(0, 1) because "x"\nparam b : 1 ~ normal(0, 1) because "x"\n'
        + LEVERS
        + "scenario both { x = 1, y = 0.7 }\n"
        "question p at the end true when x * a + y * b * b + a > 1\n"
    )
    case, found, told = case_of(tmp_path, text), [], []
    for seed in range(80):
        (part, _) = foedus.explain(case, "baseline", "both", futures=200, seed=seed).splits["p"].parts
        found.append([part.share.value, part.first.value, part.last.value])
        told.append([part.share.error, part.first.error, part.last.error])
    ratio = np.sqrt(np.mean(np.square(told), axis=0)) / np.std(found, axis=0)
    assert (ratio > 0.8).all() and (ratio < 1.3).all()


def test_a_question_of_other_futures_and_one_that_is_set_never_count(tmp_path: Path) -> None:
    text = (
        'param a : 1 ~ normal(0, 1) because "x"\n'
        + LEVERS
        + "scenario both { x = 1, y = 1 }\nquestion q at the end value a + x given a > y\n"
        "question told at the end value x\n"
    )
    found = foedus.explain(case_of(tmp_path, text), "baseline", "both", futures=300)
    assert found.splits["q"].is_of_other_futures and found.splits["told"].is_set
    assert not any(split.matters for split in found.splits.values())


def test_the_command_prints_a_sentence_tables_and_json(tmp_path: Path) -> None:
    text = (
        LEVERS
        + 'param a : 1 ~ normal(0, 1) because "x"\nscenario both "Both of them" { x = 2, y = 3 }\nquestion q "How much?" at the end value a + x + x * y\n'
    )
    case_of(tmp_path, text)
    arguments = ["explain", str(tmp_path / "m.foedus"), "baseline", "both", "-n", "200"]
    shown = CliRunner().invoke(command, arguments)
    assert shown.exit_code == 0 and max(map(len, shown.output.splitlines())) <= 80
    assert "moves by +8.0" in " ".join(shown.output.split()) and "█" in shown.output
    document = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    assert [cause["name"] for cause in document["causes"]] == ["x", "y"]
    total = math.fsum(cause["share"]["q"]["value"] for cause in document["causes"])
    assert total == pytest.approx(document["difference"]["q"]["value"], abs=1e-9)
    assert set(document["causes"][0]) == {"name", "words", "title", "share", "first", "last"}
    alone = CliRunner().invoke(command, ["explain", str(tmp_path / "m.foedus"), "both", "baseline", "-n", "50"])
    assert "moves by −8" in " ".join(alone.output.split())


def test_one_cause_is_said_to_be_the_only_one(tmp_path: Path) -> None:
    case_of(
        tmp_path, LEVERS + 'param a : 1 ~ normal(0, 1) because "x"\nscenario one { x = 2 }\nquestion q at the end value a + x\n'
    )
    shown = CliRunner().invoke(command, ["explain", str(tmp_path / "m.foedus"), "baseline", "one", "-n", "50"])
    assert "There is only one cause: “x”: 2." in " ".join(shown.output.split()) and "with all" not in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80


def test_what_cannot_be_explained_is_refused(tmp_path: Path) -> None:
    case = case_of(tmp_path, LEVERS + "scenario one { x = 2 }\nscenario same { x = 2 }\nquestion q at the end value x\n")
    for first, second, code in (("one", "same", "same-scenario"), ("one", "two", "unknown-scenario")):
        with pytest.raises(InputError) as caught:
            foedus.explain(case, first, second, futures=20)
        assert caught.value.problems[0].code == code


def test_what_is_so_anyway_is_no_cause(tmp_path: Path) -> None:
    text = (
        LEVERS
        + 'param a : 1 ~ normal(0, 1) because "x"\n'
        + "scenario still { x = 0 }\nscenario moved { x = 0, y = 2 }\nscenario back { y = 0, z = 0 from 2 weeks }\nquestion q at the end value a + x + y + z\n"
    )
    case = case_of(tmp_path, text)
    for first, second in (("baseline", "still"), ("still", "back")):
        with pytest.raises(InputError, match="differ in nothing") as caught:
            foedus.explain(case, first, second, futures=20)
        assert caught.value.problems[0].code == "same-scenario"
    found = foedus.explain(case, "baseline", "moved", futures=20)
    assert shares(found) == pytest.approx({"y": 2}) and found.idle == ("“x”: 0",)
    assert shares(foedus.explain(case, "moved", "still", futures=20)) == pytest.approx({"y": -2}), (
        "back to what is anyway is a cause"
    )
    shown = " ".join(
        CliRunner().invoke(command, ["explain", str(tmp_path / "m.foedus"), "baseline", "moved", "-n", "20"]).output.split()
    )
    assert "There is only one cause: “y”: 2." in shown and "No cause, for it is so anyway: “x”: 0." in shown


def test_what_is_asked_before_a_cause_begins_differs_by_nothing(tmp_path: Path) -> None:
    """Nothing that begins later can reach it, so there is nothing that a future which has not been seen could do."""
    text = (
        LEVERS + 'param a : 1 ~ normal(0, 1e6) because "x"\nscenario both { x = 1 from 2024-01-15, y = 2 }\n'
        'question early "How many?" on 2024-01-08 value a + x\nquestion late "How many?" on 2024-01-15 value a + x\n'
        'question never "How many?" at the end value a + max(0, y - 5000000)\n'
    )
    (tmp_path / "m.foedus").write_text(HEAD.replace("model m", "model m as of 2024-01-01") + text)
    found = foedus.explain(load(str(tmp_path / "m.foedus")), "baseline", "both", futures=200)
    x, _ = found.splits["early"].parts
    assert (x.share.value, x.share.error) == (0.0, 0.0) and found.splits["early"].difference.value == 0.0
    assert found.splits["late"].parts[0].share.value == pytest.approx(1.0) and not found.splits["late"].parts[0].share.is_same
    y = found.splits["never"].parts[1].share
    assert y.value == 0.0 and y.is_same and y.error > 1000, "it leads there: a future that has not been seen could differ"
    shown = CliRunner().invoke(command, ["explain", str(tmp_path / "m.foedus"), "baseline", "both", "never", "-n", "200"])
    told = " ".join(shown.output.split())
    assert "same: of 200 futures not one differs by it." in told and " 5,0" not in told


def test_a_date_that_comes_in_both_is_another_date(tmp_path: Path) -> None:
    text = LEVERS + (
        'param pace : 1/week ~ 1 to 2 because "x"\nflow f : outside -> s = pace * (1 + x)\nscenario fast { x = 1, y = 2 }\n'
        "question q first time s >= 2 by 4 weeks\n"
    )
    found = foedus.explain(case_of(tmp_path, text), "baseline", "fast", futures=50)
    split = found.splits["q"]
    parts = dict(zip(found.names, split.parts, strict=True))
    assert not split.difference.is_same and not parts["x"].share.is_same and parts["y"].share.is_same


def test_a_future_is_told_as_its_scenario_sets_it(tmp_path: Path) -> None:
    """An event that a scenario has never come, or on a day, comes then and not when its own luck has it come."""
    (tmp_path / "m.foedus").write_text(
        'model m as of 2024-01-01 for 40 weeks step 1 week\nevent storm at rate 1/2 per week "A storm"\nstock s : 1 = 0\n'
        "scenario calm { storm = never }\nscenario late { storm = on 2024-07-01 }\n"
        "question q by 2024-09-30 true when storm\n"
    )
    case = load(str(tmp_path / "m.foedus"))
    found = {name: foedus.replay(case, 3, name) for name in (None, "calm", "late")}
    comes = {name: [one.date for one in each.happenings if one.name == "storm"] for name, each in found.items()}
    assert len(comes[None]) == 1 and comes[None][0] < "2024-06-01" and comes["calm"] == [] and comes["late"] == ["2024-07-01"]
    assert [each.answers["q"] for each in found.values()] == [1, 0, 1]
