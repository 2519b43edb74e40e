"""Iwo Jima 1945: Lanchester's square law with landings, in closed form, and the constants that its end points give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import expm
from scipy.optimize import root

from foedus.arrays import Array
from foedus.errors import RunError
from foedus.fit.fit import Fit, FitTable, Request
from foedus.wording import share_words

__all__ = ["ENGEL", "LANDINGS", "PUBLISHED", "Battle", "calibrate", "fit", "strengths"]

LANDINGS = ((0, 54_000.0), (2, 6_000.0), (5, 13_000.0))  # day, men ashore in the course of it
START = np.array([0.0544, 0.0106])


@dataclass(frozen=True)
class Battle:
    """Constants of the battle.

    Attributes:
        a: Americans lost for each defender and day; 1/day.
        b: defenders lost for each American and day; 1/day.
        defenders: at the start; person.
        own_loss: share that either side loses to itself; 1/day.
    """

    a: float
    b: float
    defenders: float
    own_loss: float = 0.0


ENGEL = Battle(a=0.0544, b=0.0106, defenders=21_500)
# The published calibration: end points of day 35, and the loss by friendly fire that its model kept from its defaults.
PUBLISHED = Battle(a=0.0547895, b=0.0106351, defenders=21_000, own_loss=0.001)
LAST_DAY, LEFT, LANDED = 35.0, 51_300.0, 73_000.0


def strengths(battle: Battle, day: float) -> tuple[float, float]:
    """Americans and defenders on a day, by the exponential of the law's matrix.

    dA/dt = landings - a D - own A,  dD/dt = -b A - own D;  the landings of a day spread evenly over it.

    Args:
        battle: its constants.
        day: at least 6, when all have landed; day.
    Source: Engel 1954, Operations Research 2(2), equations 1 and 2.
    """
    law = np.zeros((3, 3))
    law[0, :2], law[1, :2] = (-battle.own_loss, -battle.a), (-battle.b, -battle.own_loss)
    state, now = np.array([0.0, battle.defenders, 1.0]), 0.0
    for start, men in LANDINGS:
        landing = law.copy()
        landing[0, 2] = men
        state, now = expm(landing) @ expm(law * (start - now)) @ state, start + 1.0
    state = expm(law * (day - now)) @ state
    return float(state[0]), float(state[1])


def calibrate(defenders: float, left: float, day: float, own_loss: float = 0.0) -> Battle:
    """The constants a and b with which `left` Americans and no defender remain on a day.

    Raises:
        RunError: there are none.
    """

    def missed(rates: Array) -> Array:
        americans, still = strengths(Battle(rates[0], rates[1], defenders, own_loss), day)
        return np.array([americans - left, still])

    found = root(missed, START, tol=1e-13)
    if not np.all(np.abs(missed(found.x)) < 1e-3) or np.any(found.x < 0):
        raise RunError(f"no constants leave {left:,.0f} of the landed on day {day:g}.")
    return Battle(float(found.x[0]), float(found.x[1]), defenders, own_loss)


def fit(request: Request) -> Fit:
    """Engel's constants run to day 36, and the end-point calibration with 21,000 defenders.

    Source: Engel 1954; the calibration by A. Antonov, Generalized Lanchester combat models (2023).
    """
    americans, defenders = strengths(ENGEL, 36)
    engel = {
        "a": ENGEL.a,
        "b": ENGEL.b,
        "defenders": ENGEL.defenders,
        "day": 36,
        "effectives_left": americans,
        "defenders_left": defenders,
    }
    with_own = calibrate(PUBLISHED.defenders, LEFT, LAST_DAY, PUBLISHED.own_loss)
    plain = calibrate(PUBLISHED.defenders, LEFT, LAST_DAY)
    endpoint = _constants(with_own) | {
        "day": LAST_DAY,
        "effectives_left": LEFT,
        "published": _constants(PUBLISHED) | _missed(PUBLISHED),
    }
    document = {"case": request.case, "engel": engel, "endpoint": endpoint, "endpoint_without_own_loss": _constants(plain)}
    note = (
        f"Engel's constants leave {americans:,.0f} Americans and {defenders:,.0f} defenders on day 36. "
        f"The published calibration misses the end points by {_missed(PUBLISHED)['missed']:.1f} men of {LEFT:,.0f}, "
        "and its model kept a loss of 0.1 % a day to own fire; without it the same end points give other constants."
    )
    named = {"Engel 1954": ENGEL, "published": PUBLISHED, "end points, as published": with_own, "end points, square law": plain}
    rows = tuple(
        (name, f"{one.defenders:,.0f}", f"{one.a:.6g}", f"{one.b:.6g}", f"{share_words(one.own_loss)}")
        for name, one in named.items()
    )
    block = FitTable("Losses inflicted per man and day", ("", "defenders", "a", "b", "own fire"), rows, note)
    return Fit(request.case, "Lanchester's square law on Iwo Jima", document, (block,), "Figures: Engel (1954); Antonov (2023).")


def _constants(battle: Battle) -> dict[str, Any]:
    return {"a": battle.a, "b": battle.b, "defenders": battle.defenders, "own_loss": battle.own_loss}


def _missed(battle: Battle) -> dict[str, float]:
    """How far the end points are missed, and the distance that the published search minimised; person.

    That distance holds the landed of the first day, 73,000, which no constant can change. So it is flat around its minimum.
    """
    americans, defenders = strengths(battle, LAST_DAY)
    missed = float(np.hypot(americans - LEFT, defenders))
    return {"missed": missed, "distance": float(np.hypot(LANDED, missed))}
