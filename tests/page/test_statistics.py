"""The page estimates what Python estimates: the same numbers from the same futures."""

from __future__ import annotations

import json
import math
import shutil
import subprocess

import numpy as np
import pytest
from tests.helpers import ROOT

from foedus.analysis.estimate import LEVELS, Sample, difference_of, statistic

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")
SCRIPT = """
import fs from "node:fs";
import { answerOf } from "./src/foedus/screen/statistics/answers.js";
const number = (x) => (x === "inf" ? Infinity : x === null ? NaN : x);
const found = JSON.parse(fs.readFileSync(0, "utf8")).map(({ kind, values, first, statuses }) => {
  const answer = answerOf(kind, values.map(number), statuses, first.map(number), statuses, values.length);
  return answer;
});
console.log(JSON.stringify(found));
"""


def javascript(asked: list[dict[str, object]]) -> list[dict[str, float]]:
    words = [str(NODE), "--input-type=module", "-e", SCRIPT]
    done = subprocess.run(words, input=json.dumps(asked), capture_output=True, text=True, check=True, cwd=ROOT)
    found: list[dict[str, float]] = json.loads(done.stdout)
    return found


def written(values: np.ndarray) -> list[object]:
    return [None if math.isnan(value) else "inf" if math.isinf(value) else float(value) for value in values]


def cases() -> list[tuple[str, np.ndarray, np.ndarray, np.ndarray]]:
    luck = np.random.default_rng(3)
    found = []
    for share in (0.0, 0.003, 0.4, 1.0):
        statuses = (luck.random(400) < 0.05).astype(int)
        first = luck.normal(3, 2, 400)
        moved = np.where(luck.random(400) < share, first + luck.gamma(2, 1, 400), first)
        applies = np.where(luck.random(400) < 0.8, 1.0, np.nan)
        found.append(("quantity", moved * applies, first * applies, statuses))
        found.append(("probability", (moved > 3).astype(float), (first > 3).astype(float), statuses))
        for places in (0, 12):  # dates come in steps
            dates = (np.where(row > 4, np.inf, np.round(row, places)) for row in (moved, first))
            found.append(("date", *dates, statuses))
    return found


def test_statistics_and_differences_are_those_of_python() -> None:
    """One statistic stands for an answer: the chance, the mean, the median of a date; its difference is taken of the same one."""
    asked = cases()
    found = javascript(
        [
            {"kind": kind, "values": written(values), "first": written(first), "statuses": statuses.tolist()}
            for kind, values, first, statuses in asked
        ]
    )
    for (kind, values, first, statuses), answer in zip(asked, found, strict=True):
        is_ok = statuses == 0
        one, other = (Sample(np.where(is_ok & np.isfinite(row), row, np.nan)) for row in (values, first))
        name = {"date": "when", "quantity": "mean"}.get(kind, kind)
        shown, before = (statistic(sample, name) for sample in (one, other))
        mean = one.probability() if kind == "probability" else one.mean()
        difference, error = difference_of(shown, before, None, 1.0 if kind == "probability" else float(other.kept.std(ddof=1)))
        assert answer["statistic"] == name and answer["share"] == pytest.approx(one.applies.mean(), rel=1e-12)
        assert answer["mean"] == pytest.approx(mean.value, rel=1e-12) and answer["error"] == pytest.approx(mean.error, rel=1e-9)
        assert answer["value"] == pytest.approx(shown.value, rel=1e-12) and answer["valueError"] == pytest.approx(
            shown.error, rel=1e-9
        )
        assert answer["difference"] == pytest.approx(difference, rel=1e-9, abs=1e-12)
        assert answer["differenceError"] == pytest.approx(error, rel=1e-9)
        asked, before_asked = (is_ok & ~np.isnan(row) for row in (values, first))  # a date that never comes is an answer
        assert answer["asked"] == pytest.approx(asked.mean()) and answer["otherShare"] == (asked != before_asked).mean() == 0.0


def test_quantiles_have_the_errors_of_python() -> None:
    """By the error of their level, carried over by the spacing of the answers around it; few answers, ties and one answer too."""
    luck = np.random.default_rng(8)
    rows = [luck.lognormal(0, 1, size) for size in (2, 3, 7, 40, 1000)] + [
        np.round(luck.normal(0, 1, 300)),
        np.array([4.0]),
        np.full(9, 2.0),
    ]
    asked = [{"kind": "quantity", "values": written(row), "first": written(row), "statuses": [0] * len(row)} for row in rows]
    for row, answer in zip(rows, javascript(asked), strict=True):
        expected = [Sample(row).quantile_with_error(level) for level in LEVELS]
        values = [math.nan if value is None else value for value in answer["quantiles"]]
        assert values == pytest.approx([value for value, _ in expected], rel=1e-12, nan_ok=True)
        errors = [math.nan if error is None else error for error in answer["quantileErrors"]]
        assert errors == pytest.approx([error for _, error in expected], rel=1e-9, abs=1e-9, nan_ok=True)  # far tails are cut off


def test_whether_a_date_comes_has_its_own_difference() -> None:
    asked = [one for one in cases() if one[0] == "date"]
    found = javascript(
        [
            {"kind": kind, "values": written(values), "first": written(first), "statuses": statuses.tolist()}
            for kind, values, first, statuses in asked
        ]
    )
    for (_, values, first, statuses), answer in zip(asked, found, strict=True):
        one, other = (
            Sample(np.where(statuses == 0, np.isfinite(row).astype(float), np.nan)).probability() for row in (values, first)
        )
        difference, error = difference_of(one, other, None, 1.0)
        assert (answer["chance"], answer["chanceError"]) == pytest.approx((one.value, one.error), rel=1e-9)
        assert answer["chanceDifference"] == pytest.approx(difference, rel=1e-9, abs=1e-12)
        assert answer["chanceDifferenceError"] == pytest.approx(error, rel=1e-9)


def test_of_how_many_other_futures_an_answer_is() -> None:
    """Counted future by future: as many may apply before and after, and yet be others."""
    asked, nothing = [1.0, 2.0, math.nan, 4.0, 5.0, math.inf], math.nan
    before = [1.0, nothing, 2.0, 4.0, math.inf, 5.0]
    for kind in ("quantity", "date"):
        (found,) = javascript(
            [
                {
                    "kind": kind,
                    "values": written(np.array(asked)),
                    "first": written(np.array(before)),
                    "statuses": [0, 0, 0, 0, 0, 1],
                }
            ]
        )
        assert found["otherShare"] == 2 / 6 and found["asked"] == 4 / 6


def test_a_shift_of_all_answers_is_no_sameness() -> None:
    """No future pulls harder than before, and yet every answer is another."""
    row = np.array([1.0, 2.0, 4.0, 8.0])
    moved, same = javascript(
        [
            {"kind": kind, "values": written(row + 16), "first": written(row + by), "statuses": [0] * 4}
            for kind, by in (("quantity", 0), ("quantity", 16))
        ]
    )
    assert moved["difference"] == 16 and not moved.get("isSame")
    assert same["difference"] == 0 and same["isSame"]
