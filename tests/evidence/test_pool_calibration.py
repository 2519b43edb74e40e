"""Does the 90 % interval of a pool hold the truth in nine of ten cases? Made-up sources with known errors, situation by situation.

A source of quality q knows in a share q of cases, and is then as near as its words say; else it is off by a factor whose logarithm has a
standard deviation of 0.6. A fifth of the variance of those who know is shared, as `kinship` takes it to be.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from foedus.evidence import DEFAULTS, pool

Made = tuple[float, list[Any]]
_WIDTHS = {"eq": np.log(1.1) / 1.645, "about": np.log(1.2) / 1.645}
_TIMES = 200


class World:
    """One truth, and the sources that speak of it."""

    def __init__(self, luck: np.random.Generator, make: Any) -> None:
        self.luck, self.make = luck, make
        self.truth = float(np.exp(luck.normal(8, 1.5)))
        self.shared = luck.normal()

    def heard(self, grade: str, word: str = "eq", truth: float | None = None) -> float:
        """What a source of this grade believes."""
        if self.luck.random() < DEFAULTS.quality(grade, "asserted"):
            off = _WIDTHS[word] * (0.2**0.5 * self.shared + 0.8**0.5 * self.luck.normal())
        else:
            off = 0.6 * self.luck.normal()
        return (truth or self.truth) * float(np.exp(off))

    def says(self, number: float, origin: str, grade: str = "B2", word: str = "eq", digits: int = 2, **more: Any) -> Any:
        return self.make(float(f"{number:.{digits - 1}e}"), qualifier=word, origin=origin, grade=grade, **more)


def alone(world: World, grade: str) -> list[Any]:
    return [world.says(world.heard(grade), "a", grade)]


def several(world: World, grades: str) -> list[Any]:
    return [world.says(world.heard(grade, "about"), f"o{index}", grade, "about") for index, grade in enumerate(grades.split())]


def echoes(world: World) -> list[Any]:
    heard = world.heard("B2")
    return [*(world.says(heard, "a") for _ in range(4)), world.says(world.heard("C3"), "b", "C3")]


def floors(world: World) -> list[Any]:
    return [world.says(world.heard("B2") / world.luck.uniform(1.02, 1.6), f"o{index}", word="more_than") for index in range(3)]


def ceiling(world: World) -> list[Any]:
    return [world.says(world.heard("B2") * world.luck.uniform(1.0, 1.6), "a", word="up_to")]


def floor_and_figure(world: World) -> list[Any]:
    floor = world.says(world.heard("B2") / world.luck.uniform(1, 3), "a", word="at_least", digits=1)
    return [floor, world.says(world.heard("B3", "about"), "b", "B3", "about")]


def floor_and_ceiling(world: World) -> list[Any]:
    floor = world.says(world.heard("B2") / world.luck.uniform(1, 2), "a", word="at_least")
    return [floor, world.says(world.heard("B2") * world.luck.uniform(1, 2), "b", word="up_to")]


def rivals(world: World) -> list[Any]:
    """One of two is right, and nobody knows which."""
    other = world.truth * float(np.exp(world.luck.choice([-1, 1]) * world.luck.uniform(0.7, 1.4)))
    return [world.says(number * np.exp(0.058 * world.luck.normal()), name) for number, name in ((world.truth, "a"), (other, "b"))]


def moving(world: World) -> list[Any]:
    """A state that changes altogether now and then, seen on three days; the last is the one that is asked for."""
    half, truth, before, claims = DEFAULTS.setting("half_life_days"), world.truth, 70, []
    for days in (70, 30, 5):
        if world.luck.random() < 1 - 2 ** (-(before - days) / half):
            truth *= float(np.exp(0.6 * world.luck.normal()))
        before = days
        day = (datetime.date(2024, 10, 20) - datetime.timedelta(days)).isoformat()
        claims.append(world.says(world.heard("B2", truth=truth), f"o{days}", published=day))
    world.truth = truth
    return claims


class Class:
    """A chance or a rate, what its reference class shows of it, and what the next case has."""

    def __init__(self, luck: np.random.Generator, make: Any) -> None:
        self.luck, self.make = luck, make

    def _next(self, odds: float) -> float:
        return odds * float(np.exp(np.log(DEFAULTS.setting("class_error")) / 1.645 * self.luck.normal()))

    def share(self, cases: int) -> Any:
        odds = float(np.exp(self.luck.normal(-1, 1.2)))
        times = int(self.luck.binomial(cases, odds / (1 + odds)))
        new = self._next(odds)
        self.truth = new / (1 + new)
        return self._said(times, cases, "1")

    def rate(self, years: float) -> Any:
        rate = float(np.exp(self.luck.normal(-1.5, 1.2)))
        times = int(self.luck.poisson(rate * years))
        self.truth = self._next(rate)
        return self._said(times, years, "1/year")

    def _said(self, times: int, exposure: float, unit: str) -> Any:
        value = times / exposure
        claim = self.make(value, unit=unit, ctype="assessment", grade="A1")
        return replace(claim, quantity=replace(claim.quantity, count=times, exposure=exposure))


SITUATIONS: dict[str, tuple[Callable[..., list[Any]], tuple[str, ...]]] = {
    "one good source": (alone, ("B2",)),
    "one fair source": (alone, ("C3",)),
    "three good sources": (several, ("B2 B2 B2",)),
    "five of all grades": (several, ("A2 B2 B3 C3 C3",)),
    "echoes": (echoes, ()),
    "three floors": (floors, ()),
    "one ceiling": (ceiling, ()),
    "a floor and a figure": (floor_and_figure, ()),
    "a floor and a ceiling": (floor_and_ceiling, ()),
    "two rivals": (rivals, ()),
    "a state that moves": (moving, ()),
}
WIDE = {"a floor and a ceiling"}
"""Where the interval is wider than it need be: between two bounds nothing says where the number lies, and the broad curve is flat there."""


def coverage(name: str, make: Any, times: int = _TIMES) -> float:
    situation, arguments = SITUATIONS[name]
    luck = np.random.default_rng(2024)
    held = 0
    for _ in range(times):
        world = World(luck, make)
        claims = situation(world, *arguments)
        low, high = pool(claims).distribution.quantile(np.array([0.05, 0.95]))
        held += int(low <= world.truth <= high)
    return held / times


@pytest.mark.parametrize("name", SITUATIONS)
def test_nine_in_ten_intervals_hold_the_truth(name: str, make: Any) -> None:
    # 85 to 95 %, and two standard errors of a share of 200 on either side
    error = (0.9 * 0.1 / _TIMES) ** 0.5
    assert 0.85 - 2 * error <= coverage(name, make) <= (0.99 if name in WIDE else 0.95) + 2 * error


def test_the_check_sees_a_pool_that_is_too_sure_of_itself(make: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import foedus.evidence.fusion as fusion

    monkeypatch.setattr(fusion, "_odds_against", lambda word: 0.0)
    monkeypatch.setattr(fusion, "_likelihood", _certain(fusion._likelihood))
    assert coverage("one fair source", make) < 0.8


@pytest.mark.parametrize(("kind", "exposure"), [("share", 6), ("share", 43), ("share", 400), ("rate", 7), ("rate", 60)])
def test_nine_in_ten_next_cases_lie_within_what_their_class_leaves(kind: str, exposure: int, make: Any) -> None:
    world, held = Class(np.random.default_rng(7), make), 0
    for _ in range(2 * _TIMES):
        claim = getattr(world, kind)(exposure)
        low, high = pool([claim]).distribution.quantile(np.array([0.05, 0.95]))
        held += int(low <= world.truth <= high)
    error = (0.9 * 0.1 / (2 * _TIMES)) ** 0.5
    assert 0.85 - 2 * error <= held / (2 * _TIMES) <= 0.95 + 2 * error


def _certain(inner: Any) -> Any:
    return lambda word, *rest: inner(replace(word, quality=0.99), *rest)
