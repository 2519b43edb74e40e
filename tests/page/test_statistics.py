"""The page estimates what Python estimates: the same numbers from the same futures."""

from __future__ import annotations

import json
import math
import shutil
import subprocess

import numpy as np
import pytest
from tests.helpers import ROOT

from foedus.analysis.estimate import Sample, difference_of

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")
SCRIPT = """
const fs = require("fs");
const source = process.argv.slice(1).map((path) => fs.readFileSync(path, "utf8")).join("\\n");
const { answerOf } = new Function(source + "; return { answerOf };")();
const number = (x) => (x === "inf" ? Infinity : x === null ? NaN : x);
const found = JSON.parse(fs.readFileSync(0, "utf8")).map(({ kind, values, first, statuses }) => {
  const answer = answerOf(kind, values.map(number), statuses, first.map(number), statuses, values.length);
  return { ...answer, quantiles: answer.quantiles && [...answer.quantiles] };
});
console.log(JSON.stringify(found));
"""


def javascript(asked: list[dict[str, object]]) -> list[dict[str, float]]:
    files = [str(ROOT / "src/foedus" / name) for name in ("show/screen/words.js", "page/assets/screen/statistics.js")]
    done = subprocess.run([str(NODE), "-e", SCRIPT, *files], input=json.dumps(asked), capture_output=True, text=True, check=True)
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
        found.append(("date", np.where(moved > 4, np.inf, moved), np.where(first > 4, np.inf, first), statuses))
    return found


def test_chances_means_and_differences_are_those_of_python() -> None:
    asked = cases()
    found = javascript([{"kind": kind, "values": written(values), "first": written(first), "statuses": statuses.tolist()}
                        for kind, values, first, statuses in asked])
    for (kind, values, first, statuses), answer in zip(asked, found, strict=True):
        is_ok = statuses == 0
        one, other = (Sample(np.where(is_ok & np.isfinite(row), row, np.nan)) for row in (values, first))
        mean = [sample.probability() if kind == "probability" else sample.mean() for sample in (one, other)]
        unseen = 1.0 if kind == "probability" else float(other.kept.std(ddof=1))
        difference, error = difference_of(mean[0], mean[1], None, unseen)
        assert answer["mean"] == pytest.approx(mean[0].value, rel=1e-12) and answer["error"] == pytest.approx(mean[0].error, rel=1e-9)
        assert answer["difference"] == pytest.approx(difference, rel=1e-9, abs=1e-12)
        assert answer["differenceError"] == pytest.approx(error, rel=1e-9)
        if kind == "date":
            assert answer["chance"] == pytest.approx(np.isfinite(values[is_ok]).mean(), rel=1e-12)
