"""Battles 1600-1982: how the losses of attacker and defender compare, by the defender's posture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import t as student

from foedus.arrays import Array
from foedus.fit.fit import Block, Fit, Request
from foedus.fit.regression import straight_line
from foedus.fit.tables import rows_of

__all__ = ["POSTURES", "Battle", "fit", "read_battles"]

SHIPPED = "battles.csv"
POSTURES = {"HD": "hasty defence", "PD": "prepared defence", "FD": "fortified defence", "DL": "delay"}
ERAS = {"1600-1899": (1600, 1899), "1900-1982": (1900, 1982)}


@dataclass(frozen=True)
class Battle:
    """One battle.

    Attributes:
        year: in which it began.
        posture: of the defender, a key of `POSTURES`.
        attacker, defender: strengths; person.
        attacker_lost, defender_lost: person.
    """

    year: int
    posture: str
    attacker: float
    defender: float
    attacker_lost: float
    defender_lost: float


def fit(request: Request) -> Fit:
    """The attacker's losses for one of the defender's, by posture and by era, and whether strength tells.

    Source: CDB90, the Concepts Analysis Agency's Database of Battles, in the edition of J. Arnold (ODC-BY 1.0).
    """
    battles, left_out = read_battles(request.folder / SHIPPED)
    found = {name: _describe([one for one in battles if one.posture == code]) for code, name in POSTURES.items()}
    eras = {name: _describe([one for one in battles if first <= one.year <= last]) for name, (first, last) in ERAS.items()}
    everything = _describe(battles)
    document = {
        "case": request.case,
        "loss_ratio": {"all": everything, **found, **eras},
        "battles": len(battles),
        "left_out": left_out,
    }
    rows = tuple(_row(name, one) for name, one in {"all": everything, **found, **eras}.items())
    note = (
        "Geometric mean with its 90 % interval; 5 and 95 % of battles; beta is the slope of log(losses) on "
        f"log(defender/attacker strength). {left_out} battles have no loss on one side or another posture."
    )
    block = Block("Attacker's losses for one of the defender's", ("", "n", "mean", "battles", "beta", "R²"), rows, note)
    return Fit(request.case, "Loss ratios in battles, 1600–1982", document, (block,), "Figures: CDB90 (ODC-BY 1.0).")


def read_battles(path: Path) -> tuple[tuple[Battle, ...], int]:
    """The battles with a known posture and losses on both sides, and how many were left out."""
    numbers = ("attacker", "defender", "attacker_lost", "defender_lost")
    kept, rows = [], rows_of(path, ("year", "posture", *numbers))
    for row in rows:
        values = [row.number(name) for name in numbers]
        if row.text("posture") in POSTURES and min(values) > 0:
            kept.append(Battle(row.whole("year"), row.text("posture"), *values))
    return tuple(kept), len(rows) - len(kept)


def _describe(battles: Sequence[Battle]) -> dict[str, Any]:
    """Loss ratios of a group of battles: their mean, their spread, and how they follow the ratio of strengths."""
    losses = np.log([one.attacker_lost / one.defender_lost for one in battles])
    odds = np.log([one.defender / one.attacker for one in battles])
    line, size = straight_line(odds, losses), len(battles)
    error = float(np.std(losses - line.intercept - line.slope * odds, ddof=2) / (np.std(odds) * np.sqrt(size)))
    half = float(student.ppf(0.95, size - 2)) * error
    return {
        "n": size,
        "mean": _mean(losses),
        "battles": {name: float(np.exp(value)) for name, value in zip(("p05", "p50", "p95"), _cut(losses), strict=True)},
        "log_sd": float(losses.std(ddof=1)),
        "beta": {"p05": line.slope - half, "p50": line.slope, "p95": line.slope + half},
        "r2": line.r2,
        "attacker_loses_more": float(np.mean(losses > 0)),
    }


def _mean(logs: Array) -> dict[str, float]:
    """The geometric mean with its 90 % interval, by Student's t."""
    half = float(student.ppf(0.95, len(logs) - 1) * logs.std(ddof=1) / np.sqrt(len(logs)))
    middle = float(logs.mean())
    return {name: float(np.exp(middle + step)) for name, step in (("p05", -half), ("p50", 0.0), ("p95", half))}


def _cut(logs: Array) -> tuple[float, ...]:
    return tuple(float(value) for value in np.quantile(logs, (0.05, 0.5, 0.95)))


def _row(name: str, one: dict[str, Any]) -> tuple[str, ...]:
    mean, battles, beta = one["mean"], one["battles"], one["beta"]
    return (
        name,
        str(one["n"]),
        f"{mean['p50']:.2f} ({mean['p05']:.2f}–{mean['p95']:.2f})",
        f"{battles['p05']:.2f}–{battles['p95']:.1f}",
        f"{beta['p50']:.2f} ({beta['p05']:.2f}–{beta['p95']:.2f})".replace("-", "−"),
        f"{one['r2']:.3f}",
    )
