"""Indices: elements, maps, sums, shares, and definitions element by element."""

from __future__ import annotations

import numpy as np
import pytest

from helpers import course

HEAD = """\
model m for 2 weeks step 1 week
index side = red, blue
index place = north, south, east
map enemy : side -> side = red -> blue, blue -> red
map home : place -> side = north -> red, south -> blue, east -> blue
param v[red] : 1 = 3
param v[blue] : 1 = 5
param w[red, north] : 1 = 1
param w[red, south] : 1 = 2
param w[red, east] : 1 = 3
param w[blue, place] : 1 = 10
param zero[side] : 1 = 0
"""

VALUES = {
    "sum(v)": 8,
    "mean(v)": 4,
    "product(v)": 15,
    "min(v)": 3,
    "max(v)": 5,
    "sum(w)": 36,
    "sum(w[red, place])": 6,
    "sum(w[red, place] over place)": 6,
    "sum(w[side, place] * v[side] over side, place)": 168,
    "sum(v[side] * v[enemy(side)] over side)": 30,
    "sum(v[home(place)] over place)": 13,
    "mean(w[side, south] over side)": 6,
    "max(w[red, place] over place)": 3,
    "share(v[red])": 0.375,
    "share(w[red, east])": 3 / 36,
    "share(zero[red])": 0,
    "sum(sum(w[side, place] over place) * v[side] over side)": 168,
    "v[enemy(red)]": 5,
    "sum(v[side] > 4 over side)": 1,
    "min(v[red], v[blue])": 3,
    "min(v[side] * 2 over side)": 6,
    "max(w[side, east] - v[side] over side)": 5,
    "product(v[side] - 1 over side)": 8,
}


@pytest.mark.parametrize("expression", VALUES)
def test_what_an_expression_over_indices_is_worth(expression: str) -> None:
    assert course(f"{HEAD}let x : 1 = {expression}\n")["x"][0, 0] == pytest.approx(VALUES[expression], rel=1e-14)


def test_a_definition_over_an_index_stands_for_each_element() -> None:
    run = course(HEAD + "let x[side, place] : 1 = v[side] * w[enemy(side), place]\n")
    assert run["x[red, south]"][0, 0] == 30 and run["x[blue, east]"][0, 0] == 15


def test_a_sum_may_run_over_the_index_of_the_definition_it_stands_in() -> None:
    run = course(HEAD + "let x[side] : 1 = v[side] / sum(v)\nlet y[side] : 1 = v[side] / sum(v[side] over side)\n")
    for name in ("x", "y"):
        assert [run[f"{name}[{side}]"][0, 0] for side in ("red", "blue")] == [0.375, 0.625]


def test_a_name_may_be_defined_element_by_element_in_different_ways() -> None:
    run = course(HEAD + "let x[red] : 1 = 1\nlet x[blue] : 1 = time / 1 week\n")
    assert run["x[red]"][:, 0].tolist() == [1, 1, 1] and run["x[blue]"][:, 0].tolist() == [0, 1, 2]


def test_flows_connect_each_element_with_its_own_counterpart() -> None:
    text = HEAD + "stock a[side] : 1 = 10\nstock b[side] : 1 = 0\nflow f[side] : a[side] -> b[enemy(side)] = v[side] per week\n"
    run = course(text)
    assert run["a[red]"][:, 0].tolist() == [10, 7, 4] and run["b[blue]"][:, 0].tolist() == [0, 3, 6]
    assert np.array_equal(run["b[red]"][:, 0], [0, 5, 10])
