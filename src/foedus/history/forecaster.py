"""Forecasts from one origin, by the model and by every baseline, from what was known then and nothing else."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

import numpy as np

from foedus.arrays import Array
from foedus.case.series import read_series
from foedus.constructs import tree as t
from foedus.history.baselines import baselines_for, forecast_baseline, levelled, to_target
from foedus.history.calibration import calibrate
from foedus.history.cut import KnownThen
from foedus.history.origins import FEWEST_ROWS, Aim, BacktestPlan

__all__ = ["MODEL", "Ahead", "Effort", "forecast_origin"]

MODEL = "model"


@dataclass(frozen=True)
class Effort:
    """How much work a backtest does, and from which luck.

    Attributes:
        members, passes, refinements: of the calibration at every origin.
        seed: of everything.
        keeps_priors: keep priors of the model that were fitted to later data, to see what hindsight is worth.
    """

    members: int = 300
    passes: int = 4
    refinements: int = 10
    seed: int = 0
    keeps_priors: bool = False


@dataclass(frozen=True)
class Ahead:
    """What is said about one series from one origin.

    Attributes:
        dates: of the steps ahead.
        samples: method -> (step, member), of what the aim asks; the model comes first.
    """

    aim: Aim
    dates: tuple[str, ...]
    samples: dict[str, Array]


def forecast_origin(known: KnownThen, plan: BacktestPlan, effort: Effort) -> tuple[tuple[Ahead, ...], str]:
    """Calibrate the case to what was known, and forecast every series that was known for long enough.

    Returns:
        The forecasts, and the digest of the posterior behind those of the model.
    """
    steps = plan.horizons[-1]
    posterior = calibrate(
        known.case,
        hindcast=plan.hindcast,
        until=known.until,
        members=effort.members,
        passes=effort.passes,
        refinements=effort.refinements,
        seed=effort.seed,
        learns_widths=plan.learns_widths,
    )
    predictive = posterior.forecast(known.until + datetime.timedelta(weeks=steps + 3), seed=effort.seed)
    found = []
    for aim in plan.aims:
        if known.rows[aim.series] < FEWEST_ROWS:
            continue
        history = _history(known, aim)
        history = levelled(history) if aim.is_levelled else history
        samples = {MODEL: to_target(np.asarray(predictive.samples[aim.series])[:steps], aim.measure)}
        for name in baselines_for(aim.baseline):
            naive = forecast_baseline(name, history, steps, aim.measure, _draws(effort.seed, known.until, aim.name, name))
            if naive is not None:
                samples[name] = naive
        found.append(Ahead(aim, tuple(predictive.dates[aim.series][:steps]), samples))
    return tuple(found), posterior.digest


def _history(known: KnownThen, aim: Aim) -> Array:
    """(week,): the figures of a series that were known, oldest first."""
    series = next(one for one in known.case.tree.all(t.Series) if one.name == aim.series)
    return np.array(read_series(known.case, series)[2])


def _draws(seed: int, origin: datetime.date, aim: str, name: str) -> np.random.Generator:
    """Luck addressed by name: a baseline or a series more moves no other."""
    address = hashlib.sha256(f"backtest:{seed}:{origin}:{aim}:{name}".encode()).digest()
    return np.random.default_rng(int.from_bytes(address[:8], "little"))
