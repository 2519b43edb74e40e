"""What the page shows of amounts and charts follows the rules of the terminal and the report: the same numbers come out."""

from __future__ import annotations

import json
import math
import subprocess

import numpy as np
import pytest
from tests.helpers import ROOT

from foedus.analysis.finding import Band
from foedus.analysis.tails import is_long_tailed
from foedus.show.charts import cut_extent
from foedus.show.words import ends
from foedus.titles import name_words

CODE = """
import { endsText, isLongTailed, nameWords } from "./src/foedus/screen/kit/words.js";
import { shownSpan } from "./src/foedus/screen/page/chart.js";
const asked = ASKED;
console.log(JSON.stringify({
  ends: asked.ends.map((one) => endsText(...one)), tails: asked.tails.map((one) => isLongTailed(...one)),
  names: asked.names.map(nameWords), spans: asked.spans.map((one) => shownSpan(...one)),
}));
"""
ENDS = [
    ((153_700.0, 80_900.0), (218_000.0, 90_000.0), -72_800.0, 9_000.0),
    ((5_060.0, 11_114.0), (8_430.0, 20_000.0), 6_054.0, 2_000.0),
    ((7_300_000.0, 7_093_000.0), (6.3e6, 6.3e6), -207_000.0, 10_000.0),
    ((4_070.0, 4_072.0), (9_000.0, 9_000.0), 2.0, 15.0),
    ((0.7, 0.7617), (0.4, 0.4), 0.0617, 0.003),
    ((1_240.0, 1_240.0), (1_900.0, 1_900.0), 0.0, 0.0),
]
TAILS = [(140.0, 29.0, 397.0), (5.0, 0.0, 30.0), (19.0, 10.0, 40.0), (0.02, 0.005, 10.0), (0.0, 0.0, 0.0)]
NAMES = ["lift_time", "supply.lift_time[north]", "start[sierra_leone, age_of_60]", "k", "r0", "loss[Red]"]
SPANS = [((10.0, 20.0), (0.0, 30.0)), ((10.0, 20.0), (5.0, 400.0)), ((-5.0, 5.0), (-900.0, 9.0)), ((3.0, 3.0), (1.0, 80.0))]


def band_of(core: tuple[float, float], tails: tuple[float, float]) -> Band:
    rows = np.array([[tails[0]] * 2, [core[0]] * 2, [core[0], core[1]], [core[1]] * 2, [tails[1]] * 2])
    return Band("x", "X", "person", "", np.array([0.0, 1.0]), (), {"base": rows})


@pytest.fixture(scope="module")
def shown(node: str) -> dict[str, list[object]]:
    asked = json.dumps({"ends": ENDS, "tails": TAILS, "spans": SPANS, "names": NAMES})
    done = subprocess.run(
        [node, "--input-type=module", "-e", CODE.replace("ASKED", asked)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def test_both_ends_of_a_difference_are_as_fine_as_it(shown: dict[str, list[object]]) -> None:
    assert shown["ends"] == [list(ends(*one)) for one in ENDS]
    assert shown["ends"][:3] == [["154,000", "81,000"], ["5,000", "11,000"], ["7.30 million", "7.09 million"]]


def test_names_become_the_same_words(shown: dict[str, list[object]]) -> None:
    assert shown["names"] == [name_words(one) for one in NAMES]
    assert shown["names"][2] == "Start, Sierra Leone, Age of 60"


def test_a_long_tail_is_one_on_both(shown: dict[str, list[object]]) -> None:
    assert shown["tails"] == [is_long_tailed(*one) for one in TAILS] and True in shown["tails"] and False in shown["tails"]


def test_a_chart_is_not_flattened_by_the_ends_of_its_band(shown: dict[str, list[object]]) -> None:
    """Of a band from 10 to 20 whose ends lie at 400 the axis shows 30, and says how far it goes."""
    told = [cut_extent(band_of(*one), "base") for one in SPANS]
    assert told == [None, (5.0, 30.0), (-15.0, 9.0), None]
    assert shown["spans"] == [
        list(cut or (min(core[0], tails[0]), max(core[1], tails[1]))) for cut, (core, tails) in zip(told, SPANS, strict=True)
    ]
    assert all(math.isfinite(end) for span in shown["spans"] for end in span)  # type: ignore[attr-defined]
