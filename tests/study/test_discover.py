"""The futures that matter: known boxes come out in their own units, are counted on other futures, and are not found where there are none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

pytest.importorskip("sklearn")

import foedus
from foedus.analysis.boxes import MOST_BOXES, MOST_CONDITIONS, boxes_of, counted
from foedus.analysis.discovery import Discovered
from foedus.case import Case, load
from foedus.cli.main import foedus as command
from foedus.errors import InputError
from foedus.study.discover import Wanted

HEAD = "model m for 4 weeks step 1 week\nunit person\nstock s : 1 = 0 signed\n"
UNIFORM = "".join(f'param {name} : 1 ~ uniform(0, 1) "Share {name}" because "x"\n' for name in "abcd")
IN_BOX = "a > 0.3 and a < 0.6 and b > 0.5"


def case_of(folder: Path, text: str) -> Case:
    (folder / "m.foedus").write_text(HEAD + text)
    return load(str(folder / "m.foedus"))


def ranges(found: Discovered, place: int = 0) -> dict[str, tuple[float, float]]:
    return {one.parameter: (one.low, one.high) for one in found.boxes[place].ranges}


def test_a_box_comes_out_as_it_is(tmp_path: Path) -> None:
    found = foedus.discover(case_of(tmp_path, UNIFORM + f"question q at the end true when {IN_BOX}\n"), "q")
    assert len(found.boxes) == 1 and set(ranges(found)) == {"a", "b"}
    assert ranges(found)["a"] == pytest.approx((0.3, 0.6), abs=0.011) and ranges(found)["b"][0] == pytest.approx(0.5, abs=0.011)
    assert ranges(found)["b"][1] == float("inf")
    told = found.boxes[0].counted
    assert (
        told.density.value > 0.96
        and told.coverage.value > 0.96
        and found.base.value == pytest.approx(0.15, abs=4 * found.base.error)
    )
    levels = {one.parameter: one.levels for one in found.boxes[0].ranges}
    assert levels["a"] == pytest.approx((0.3, 0.6), abs=0.03) and levels["b"] == pytest.approx((0.5, 1), abs=0.03)


def test_a_peak_of_ishigami_is_found(tmp_path: Path) -> None:
    """sin a + 7 sin² b + 0.1 c⁴ sin a is large where a is near π/2 and b near ±π/2, or c at an end."""
    text = "".join(f'param {name} : 1 ~ uniform(-3.14159265, 3.14159265) because "x"\n' for name in "abc")
    found = foedus.discover(
        case_of(tmp_path, text + "question q at the end value sin(a) + 7 * sin(b) ^ 2 + 0.1 * c ^ 4 * sin(a)\n"), "q"
    )
    assert found.target.startswith("it is above") and found.base.value == pytest.approx(0.1, abs=0.015)
    assert found.together is not None and found.together.density.value > 0.5 and found.together.coverage.value > 0.25
    for place in range(len(found.boxes)):
        low, high = ranges(found, place)["a"]
        assert low > -0.5 and (high > 1.5)


def test_luck_caps_density(tmp_path: Path) -> None:
    text = (
        UNIFORM
        + f"noise w : 1 ~ uniform(0, 1) every 4 weeks\nquestion q at the end true when (w < 0.7 and {IN_BOX}) or (w > 0.95 and not ({IN_BOX}))\n"
    )
    found = foedus.discover(case_of(tmp_path, text), "q", futures=20_000)
    density = found.boxes[0].counted.density
    assert density.value == pytest.approx(0.7, abs=0.04) and set(ranges(found)) == {"a", "b"}


def test_two_places_are_two_boxes(tmp_path: Path) -> None:
    found = foedus.discover(
        case_of(tmp_path, UNIFORM + "question q at the end true when (a > 0.8 and b > 0.5) or c < 0.1\n"), "q"
    )
    assert sorted(tuple(sorted(ranges(found, place))) for place in range(len(found.boxes))) == [("a", "b"), ("c",)]
    assert found.together is not None and found.together.coverage.value > 0.95


def test_where_nothing_matters_no_box_is_found(tmp_path: Path) -> None:
    case = case_of(tmp_path, UNIFORM + "noise w : 1 ~ uniform(0, 1) every 4 weeks\nquestion q at the end true when w < 0.3\n")
    false = [seed for seed in range(20) if foedus.discover(case, "q", futures=2000, seed=seed).boxes]
    assert len(false) <= 3  # two errors beyond, of up to three boxes


def test_counts_are_of_futures_that_had_no_say() -> None:
    """Over many samples what is told of a box is what it holds in truth, with the errors that are told."""
    rng, off = np.random.default_rng(0), []
    for _ in range(120):
        values = rng.random((6, 1200))
        matters = rng.random(1200) < np.where(values[0] > 0.6, 0.7, 0.2)
        half = np.arange(1200) % 2 == 0
        for box in boxes_of(values[:, half], matters[half])[:1]:
            told = counted(box.holds(values[:, ~half]), matters[~half])
            fresh = rng.random((6, 20_000))
            inside = box.holds(fresh)
            true = float(np.where(fresh[0][inside] > 0.6, 0.7, 0.2).mean())
            off.append((told.density.value - true) / told.density.error)
    assert len(off) > 100 and abs(np.mean(off)) < 4 / len(off) ** 0.5 and 0.8 < np.std(off) < 1.2


def test_boxes_are_few_and_small() -> None:
    rng = np.random.default_rng(2)
    for seed in range(8):
        values = rng.standard_normal((12, 3000))
        matters = values[:6].sum(axis=0) + rng.standard_normal(3000) > 1
        boxes = boxes_of(values, matters, seed)
        assert 1 <= len(boxes) <= MOST_BOXES and all(1 <= len(box.conditions) <= MOST_CONDITIONS for box in boxes)


def test_bounds_are_rounded_before_they_are_counted(tmp_path: Path) -> None:
    text = 'param n : person ~ normal(5000, 1000) "Soldiers" because "x"\nquestion q "Many?" at the end true when n > 5512.3 person\n'
    found = foedus.discover(case_of(tmp_path, text), "q")
    low, _ = ranges(found)["n"]
    assert low == 5510 and found.boxes[0].counted.coverage.value > 0.99


@pytest.mark.parametrize(
    "wanted, base",
    [
        (Wanted(), 0.1),
        (Wanted(otherwise=True), 0.1),
        (Wanted(above="0.75"), 0.25),
        (Wanted(below="0.4"), 0.4),
    ],
)
def test_the_futures_of_an_amount(tmp_path: Path, wanted: Wanted, base: float) -> None:
    found = foedus.discover(case_of(tmp_path, UNIFORM + "question q at the end value a\n"), "q", wanted, futures=4000)
    is_low = wanted.otherwise or bool(wanted.below)
    bound = {True: base, False: 1 - base}[is_low]
    assert found.base.value == pytest.approx(base, abs=0.03) and ranges(found)["a"][1 if is_low else 0] == pytest.approx(
        bound, abs=0.03
    )


def test_of_the_futures_to_which_it_applies(tmp_path: Path) -> None:
    found = foedus.discover(
        case_of(tmp_path, UNIFORM + "question q at the end true when a > 0.5 given b > 0.5\n"), "q", futures=4000
    )
    assert set(ranges(found)) == {"a"} and found.held_out == pytest.approx(1000, abs=100)


@pytest.mark.parametrize(
    "question, wanted, code",
    [
        ("q", Wanted(True, "3"), "which-futures"),
        ("p", Wanted(above="3"), "which-futures"),
        ("q", Wanted(above="nine"), "bad-answer"),
        ("q", Wanted(above="0.999"), "too-few-futures"),
        ("never", Wanted(), "too-few-futures"),
    ],
)
def test_what_cannot_be_looked_for_is_refused(tmp_path: Path, question: str, wanted: Wanted, code: str) -> None:
    text = (
        UNIFORM
        + "question q at the end value a\nquestion p at the end true when a > 0.5\nquestion never at the end true when a > 2\n"
    )
    with pytest.raises(InputError) as caught:
        foedus.discover(case_of(tmp_path, text), question, wanted, futures=1000)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_the_command_prints_a_sentence_boxes_and_json(tmp_path: Path) -> None:
    case_of(tmp_path, UNIFORM + f'question q "Is it so?" at the end true when {IN_BOX}\n')
    arguments = ["discover", str(tmp_path / "m.foedus"), "q", "-n", "4000"]
    shown = CliRunner().invoke(command, arguments)
    text = " ".join(shown.output.split())
    assert shown.exit_code == 0 and max(map(len, shown.output.splitlines())) <= 80
    assert (
        "“Is it so?”: it comes true in 15 % of the futures" in text
        and "“Share a” lies between 0.3" in text
        and "█" in shown.output
    )
    document = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    (box,) = document["boxes"]
    assert (
        {one["parameter"] for one in box["conditions"]} == {"a", "b"}
        and box["density"]["value"] > 0.9
        and box["coverage"]["error"] > 0
    )
    assert next(one for one in box["conditions"] if one["parameter"] == "b")["high"] is None
