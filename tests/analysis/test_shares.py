"""Interplay is given to claims, fits and assumptions by its Shapley value, with known values; every share has the error that seeds show."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.analysis.grounds import GroundedAnswer, Grounds, grounds_of
from foedus.analysis.shares import KINDS, VariancePart, mixture_of, shapley
from helpers import HEAD, ensemble

PARAMETERS = """param a : 1 ~ normal(0, 1) because "calibrated"
param b : 1 ~ normal(0, 1) because "judgement: no source"
param c : 1 ~ normal(0, 1) because "rule: two of ten"
stock x : 1 = 0 signed
question q at 1 week value a + b + c
"""
BADGES = {0: "fitted", 1: "judgement", 2: "base rate"}
GROUPS = {0: "fitted", 1: "assumed", 2: "claims"}
Values = Callable[[Any, Any, Any, Any], NDArray[np.float64]]


def grounds(values: Values, seed: int = 0, count: int = 6000, groups: dict[int, str] = GROUPS) -> Grounds:
    """Of an answer with its luck, run once more with all parameters, and once more with some of them."""
    futures = ensemble(HEAD + PARAMETERS, count, seed)
    drawn = futures.parameters[:3]
    luck = np.random.default_rng(seed + 1).standard_normal((3, count))
    mixture = mixture_of(groups, count, count, seed)
    mixed = None if mixture is None else values(*(mixture.mixed(index, drawn[index]) for index in range(3)), luck[2])
    asked = GroundedAnswer(values(*drawn, luck[0]), again=values(*drawn, luck[1]), mixed=mixed)
    badges = {index: "fitted" if kind == "fitted" else "judgement" for index, kind in groups.items()}
    claimed = frozenset(index for index, kind in groups.items() if kind == "claims")
    return grounds_of(futures, [asked], badges, claimed, mixture=mixture)[0]


def shares(found: Grounds) -> list[float]:
    return [found.claims, found.fitted, found.assumed, found.luck]


def uniform(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """In [0, 1], from a normal score."""
    return np.array([0.5 * math.erfc(-one / math.sqrt(2)) for one in score])


def ishigami(a: Any, b: Any, c: Any, luck: Any) -> NDArray[np.float64]:
    x, y, z = (np.pi * (2 * uniform(score) - 1) for score in (a, b, c))
    return np.asarray(np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x) + 0 * luck)


def g_function(a: Any, b: Any, c: Any, luck: Any) -> NDArray[np.float64]:
    return np.prod([(np.abs(4 * uniform(s) - 2) + w) / (1 + w) for s, w in zip((a, b, c), (0, 1, 4.5), strict=True)], axis=0)


def test_interplay_is_halved_between_the_two_kinds_whose_it_is_ishigami() -> None:
    """Ishigami & Homma 1990: 0.3139 and 0.4424 alone, and 0.2437 of the first with the third, which does nothing alone."""
    found = grounds(ishigami)
    np.testing.assert_allclose(shares(found), [0.1218, 0.4357, 0.4424, 0.0], atol=0.035)
    assert found.interplay == pytest.approx(0.2437, abs=0.03) and math.fsum(shares(found)) == pytest.approx(1, abs=1e-9)


@pytest.mark.parametrize("groups", [GROUPS, {0: "claims", 1: "claims", 2: "assumed"}, {0: "fitted", 1: "assumed", 2: "assumed"}])
def test_interplay_of_groups_sobol(groups: dict[int, str]) -> None:
    """Sobol' 1993: the variance given a set is the product of (1 + 1 / 3 (1 + a)²) over it, less 1; within a group it is the group's own."""
    parts = dict(zip(range(3), (1 / 3, 1 / 12, 1 / 90.75), strict=True))
    kinds = [kind for kind in KINDS if kind in groups.values()]
    closed = {
        frozenset(some): VariancePart(math.prod(1 + parts[index] for index in parts if groups[index] in some) - 1, 0.0)
        for size in range(len(kinds) + 1)
        for some in itertools.combinations(kinds, size)
    }
    whole = closed[frozenset(kinds)].value
    known = {kind: one.value / whole for kind, one in shapley(kinds, closed).items()}
    found = grounds(g_function, groups=groups)
    np.testing.assert_allclose(shares(found), [*(known.get(kind, 0.0) for kind in KINDS), 0.0], atol=0.03)


def test_a_product_is_halved_and_luck_is_no_part_of_it() -> None:
    """a b, and as much luck: a quarter of the variance is each factor's, and half is luck; of three factors each has a third."""
    found = grounds(lambda a, b, c, luck: a * b + luck)
    np.testing.assert_allclose(shares(found), [0.0, 0.25, 0.25, 0.5], atol=0.06)
    assert found.interplay == pytest.approx(0.5, abs=0.06)
    three = grounds(lambda a, b, c, luck: np.sign(a) * np.sign(b) * np.sign(c) + 0.5 * luck)
    np.testing.assert_allclose(shares(three), [0.267, 0.267, 0.267, 0.2], atol=0.06)
    plain = grounds(lambda a, b, c, luck: a + luck)
    np.testing.assert_allclose(shares(plain), [0.0, 0.5, 0.0, 0.5], atol=0.03)


def test_of_one_kind_of_parameters_all_interplay_is_theirs() -> None:
    found = grounds(lambda a, b, c, luck: a * b + luck, groups=dict.fromkeys(range(3), "claims"))
    np.testing.assert_allclose(shares(found), [0.5, 0.0, 0.0, 0.5], atol=0.06)


@pytest.mark.parametrize(
    "values",
    [
        lambda a, b, c, luck: a + 0.5 * b + a * c + luck,
        lambda a, b, c, luck: (a + 0.7 * b + 0.5 * c + a * b + luck > 1).astype(float),
    ],
)
def test_the_error_of_each_share_is_the_one_that_seeds_show(values: Values) -> None:
    found = [grounds(values, seed, 2000) for seed in range(40)]
    for place, name in enumerate((*KINDS, "luck")):
        shown = np.std([shares(one)[place] for one in found])
        stated = np.sqrt(np.mean([one.errors[name] ** 2 for one in found]))
        assert 0.7 < stated / shown < 2.2, (
            name,
            stated,
            shown,
        )  # a share that luck alone could show is drawn to nothing: steadier
