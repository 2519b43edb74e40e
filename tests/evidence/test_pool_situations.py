"""Situations in which a careful analyst knows what a pool, or a belief, must do: one row each."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from foedus.evidence import belief_curve, pool
from foedus.evidence.claim import Claim, ClaimSource, Hedge, Quantity

_IDS = count(1)


def _told(value: float | None = None, qualifier: str = "eq", **told: Any) -> Claim:
    """A claim of origin a, graded B2, published on 20 October 2024, unless it is told otherwise."""
    low, high, unit = told.pop("low", None), told.pop("high", None), told.pop("unit", "person")
    has_figure = (value, low, high) != (None, None, None)
    origin = told.pop("origin", "a")
    hedge = Hedge(told.pop("hedge", "asserted"))
    parts: dict[str, Any] = {
        "id": f"X{next(_IDS)}",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": ClaimSource(told.pop("source", origin), "official", "direct"),
        "hedge": hedge,
        "group": "g",
        "paraphrase": "p",
        "origin": origin,
        "grade": "B2",
        "graded_because": "t",
        "published": "2024-10-20",
        "status": "accepted",
        "quantity": Quantity("numeric", qualifier, value, low, high, unit) if has_figure else None,
    }
    return Claim(**{**parts, **told})


def _ends(*claims: Claim) -> tuple[float, float, float]:
    """The 5 %, 50 % and 95 % points of the pool."""
    low, middle, high = pool(list(claims)).distribution.quantile(np.array([0.05, 0.5, 0.95]))
    return float(low), float(middle), float(high)


def _width(*claims: Claim) -> float:
    low, _, high = _ends(*claims)
    return high / low


def _middle(*claims: Claim) -> float:
    return _ends(*claims)[1]


def _belief(*claims: Claim) -> float:
    return belief_curve(list(claims)).probability


def _is_near(value: float, *wanted: float) -> bool:
    return any(abs(value / want - 1) < 0.15 for want in wanted)


_RANGE = {"qualifier": "between", "low": 300.0, "high": 600.0}
_DAYS = ("2024-10-01", "2024-10-03", "2024-10-05")

SITUATIONS: dict[str, Callable[[], bool]] = {
    "three of different grades that agree are narrower than the best alone": lambda: (
        _width(_told(800), _told(820, origin="b", grade="C3"), _told(790, origin="c", grade="B3")) < _width(_told(800))
    ),
    "ten copies of one origin are one": lambda: _is_near(
        _width(*[_told(500, source=f"s{n}") for n in range(10)]), _width(_told(500))
    ),
    "a floor far below an exact figure does not move it": lambda: _is_near(
        _middle(_told(9000), _told(100, "more_than", origin="b")), 9000
    ),
    "a ceiling far above leaves the figure": lambda: _is_near(_middle(_told(200), _told(50000, "up_to", origin="b")), 200),
    "floor and ceiling hold the pool between them": lambda: (lambda ends: ends[0] > 380 and ends[2] < 1050)(
        _ends(_told(400, "at_least", grade="A1"), _told(1000, "up_to", origin="b", grade="A1"))
    ),
    "two increments add up": lambda: (
        140
        < _middle(
            _told(100, published=_DAYS[0]),
            _told(20, "additional", published=_DAYS[1]),
            _told(30, "additional", published=_DAYS[2]),
        )
        < 160
    ),
    "the same origin corrects itself upward": lambda: _middle(_told(300, published=_DAYS[0]), _told(700)) > 600,
    "the same origin corrects itself downward": lambda: _middle(_told(700, published=_DAYS[0]), _told(300)) < 350,
    "a figure without evidence has no weight": lambda: _ends(_told(3000), _told(9e4, origin="b", hedge="no_evidence"))[2] < 6000,
    "a figure under a condition has no weight beside a plain one": lambda: (
        _ends(_told(50), _told(5000, origin="b", modality="hypothetical", hedge="conditional"))[2] < 120
    ),
    "what is foreseen does not move what is": lambda: (
        _ends(_told(50), _told(5000, origin="b", modality="future", hedge="probable"))[2] < 120
    ),
    "the best source outweighs a poor one that contradicts it": lambda: _is_near(
        _middle(_told(1000, grade="A1"), _told(9000, origin="b", grade="E4")), 1000
    ),
    "two equal rivals stay two humps": lambda: (lambda ends: ends[0] < 1200 and ends[2] > 8000)(
        _ends(_told(1000), _told(10000, origin="b"))
    ),
    "three against one: the median is with the three": lambda: (
        _middle(_told(1000), _told(1050, origin="b"), _told(980, origin="c"), _told(10000, origin="d")) < 1300
    ),
    "a range keeps near its own ends": lambda: (lambda ends: ends[0] > 250 and ends[2] < 650)(_ends(_told(grade="A1", **_RANGE))),
    "an exact figure inside another's range sharpens it": lambda: (
        _width(_told(**_RANGE), _told(450, origin="b")) < _width(_told(**_RANGE))
    ),
    "square miles and square kilometres agree": lambda: _is_near(
        _middle(_told(100, unit="square mile"), _told(259, unit="km2", origin="b")), 100, 259
    ),
    "a day's and a week's shells agree": lambda: _is_near(
        _middle(_told(1000, unit="shell/day"), _told(7000, unit="shell/week", origin="b")), 1000, 7000
    ),
    "a share in per cent and as a fraction": lambda: _is_near(
        _middle(_told(40, unit="%"), _told(0.4, unit="1", origin="b")), 0.4, 40
    ),
    "a small share never falls below nought": lambda: _ends(_told(0.01, unit="1"), _told(0.02, unit="1", origin="b"))[0] >= 0,
    "hundreds and an exact figure among them agree": lambda: _is_near(
        _middle(_told(qualifier="vague", low=200.0, high=999.0), _told(350, origin="b")), 350
    ),
    "an old state yields to a new one of equal grade": lambda: (
        _middle(_told(4000, published="2023-10-01"), _told(9000, origin="b")) > 8000
    ),
    "belief: three independent sources make it likely": lambda: _belief(*[_told(origin=name) for name in "abc"]) > 0.8,
    "belief: one for and one against leave it near where it was": lambda: (
        0.01 < _belief(_told(), _told(origin="b", polarity="-")) < 0.2
    ),
    "belief: a denial by one who cannot be judged moves nothing": lambda: (
        abs(_belief(_told(), _told(origin="b", grade="F6", polarity="-")) - _belief(_told())) < 0.02
    ),
    "belief: six of one origin are less than two origins": lambda: (
        _belief(*[_told(source=str(n)) for n in range(6)]) < _belief(_told(), _told(origin="b"))
    ),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_situation_whose_answer_is_agreed(name: str) -> None:
    assert SITUATIONS[name]()
