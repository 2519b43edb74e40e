"""Bounds of `clip` that cross in some futures fail these futures, by name and date, and no others."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.analysis import failure_counts
from helpers import ensemble

HEAD = """model m as of 2024-01-01 for 12 weeks step 1 week
index side = north, south
param a[side] : 1 ~ uniform(0, 2) because "x"
param b : 1 ~ uniform(1, 3) because "x"
"""


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_bounds_that_cross_in_some_futures_fail_these(engine: str) -> None:
    ran = ensemble(HEAD + "let y[side] : 1 = clip(0.5, a[side], b)\nquestion q at the end value sum(y)\n", 200, engine=engine)
    north, south, b = ran.parameters
    assert np.array_equal(ran.is_ok, (north <= b) & (south <= b)) and 0 < ran.is_ok.sum() < 200
    told = {(one.variable, one.element): one.count for one in failure_counts(ran)}
    assert told == {("y", "north"): (north > b).sum(), ("y", "south"): ((south > b) & (north <= b)).sum()}


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_the_date_on_which_they_cross_is_told(engine: str) -> None:
    text = HEAD + "question q from 2024-01-01 to 2024-03-25 max clip(b, 1, 9 - time / 1 week)\n"
    ran = ensemble(text, 20, engine=engine)
    (one,) = failure_counts(ran)
    assert (one.variable, one.date, one.count) == ("q", "2024-03-04", 20)


@pytest.mark.parametrize(
    "clipped", ["clip(b, 0, a[north])", "clip(b, a[north], 2)", "clip(b, a[north] - 2, a[north])", "clip(b, a[north], a[north])"]
)
def test_bounds_that_never_cross_fail_none(clipped: str) -> None:
    ran = ensemble(HEAD + f"question q at the end value {clipped}\n", 200)
    assert ran.is_ok.all()


def test_what_rounding_leaves_of_an_empty_stock_crosses_nothing() -> None:
    text = (
        "model m for 10 weeks step 1/7 week\nstock food : 1 = 0.3\nflow eaten : food -> outside = clip(1, 0, food) / time_step\n"
    )
    text += "flow more : food -> outside = 1e-17\n"
    ran = ensemble(text + "question q at the end value food\n", 3)
    assert ran.is_ok.all() and ran.values("q")[0] < 0


def test_a_branch_that_is_not_taken_crosses_nothing() -> None:
    text = HEAD + "question q at the end value if a[north] <= b then clip(0.5, a[north], b) else 0\n"
    assert ensemble(text, 200).is_ok.all()
