"""What one side loses for one of the other's, over many battles: the mean, the spread, and how it follows the ratio of strengths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy.stats import t as student

from foedus.arrays import Array
from foedus.fit.declared import Declared, FitRelation, Mask
from foedus.fit.fit import Fit, FitTable
from foedus.fit.prior import plain_number, prior_line
from foedus.fit.regression import straight_line

__all__ = ["LOSS_RATIO", "loss_ratios"]

_ROLES = {
    "attacker": "strength of the attacker",
    "defender": "strength of the defender",
    "attacker_lost": "losses of the attacker",
    "defender_lost": "losses of the defender",
}


def loss_ratios(columns: Mapping[str, Array]) -> dict[str, Any]:
    """The attacker's losses for one of the defender's.

    Args:
        columns: strengths and losses of both sides, all above zero; (battle,); three battles or more.
    Returns:
        `mean`: of the ratio, geometric, with its 90 % interval by Student's t. `battles`: 5, 50 and 95 % of battles. `next`: the
        90 % in which that of one more battle lies. `beta`: the slope of log(losses) on log(defender/attacker strength), with its 90 %.
    """
    losses = np.log(columns["attacker_lost"] / columns["defender_lost"])
    odds = np.log(columns["defender"] / columns["attacker"])
    line, size = straight_line(odds, losses), len(losses)
    error = float(np.std(losses - line.intercept - line.slope * odds, ddof=2) / (np.std(odds) * np.sqrt(size)))
    half = float(student.ppf(0.95, size - 2)) * error
    middle, sd, far = float(losses.mean()), float(losses.std(ddof=1)), float(student.ppf(0.95, size - 1))
    cut = np.quantile(losses, (0.05, 0.5, 0.95))
    return {
        "n": size,
        "mean": _ends(middle, far * sd / np.sqrt(size)),
        "battles": {name: float(np.exp(value)) for name, value in zip(("p05", "p50", "p95"), cut, strict=True)},
        "next": _ends(middle, far * sd * np.sqrt(1 + 1 / size)),
        "log_sd": sd,
        "beta": {"p05": line.slope - half, "p50": line.slope, "p95": line.slope + half},
        "r2": line.r2,
        "attacker_loses_more": float(np.mean(losses > 0)),
    }


def _ends(middle: float, half: float) -> dict[str, float]:
    return {name: float(np.exp(middle + step)) for name, step in (("p05", -half), ("p50", 0.0), ("p95", half))}


def _usable(columns: Mapping[str, Array]) -> Mask:
    """(row,): are both strengths and both losses known? Without a loss on one side there is no ratio."""
    return np.asarray(np.min([columns[role] for role in _ROLES], axis=0) > 0)


def _fit(declared: Declared, columns: Mapping[str, Array], groups: Mapping[str, Mask], left_out: int) -> Fit:
    found = {"all": loss_ratios(columns)}
    for name, mask in groups.items():
        found[name] = loss_ratios({role: values[mask] for role, values in columns.items()})
    everything = found["all"]
    law = f"{plain_number(everything['next']['p05'])} to {plain_number(everything['next']['p95'])}"
    line = prior_line("loss_ratio", law, f"the next of {everything['n']} battles: {declared.title}; {declared.source}")
    document = {
        "case": declared.name,
        "relation": declared.relation,
        "loss_ratio": found,
        "battles": everything["n"],
        "left_out": left_out,
        "prior": line,
        "licence": declared.licence,
    }
    note = (
        "Geometric mean with its 90 % interval; 5 and 95 % of battles; beta is the slope of log(losses) on "
        f"log(defender/attacker strength). {left_out} battles have no loss on one side, or are none of those to be kept."
    )
    rows = tuple(_row(name, one) for name, one in found.items())
    heads = ("", "n", "mean", "battles", "beta", "R²")
    block = FitTable("Attacker's losses for one of the defender's", heads, rows, note)
    return Fit(declared.name, declared.title, document, (block,), declared.source, line)


def _row(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    mean, battles, beta = one["mean"], one["battles"], one["beta"]
    return (
        name,
        str(one["n"]),
        f"{mean['p50']:.2f} ({mean['p05']:.2f}–{mean['p95']:.2f})",
        f"{battles['p05']:.2f}–{battles['p95']:.1f}",
        f"{beta['p50']:.2f} ({beta['p05']:.2f}–{beta['p95']:.2f})".replace("-", "−"),
        f"{one['r2']:.3f}",
    )


LOSS_RATIO = FitRelation("loss_ratio", _ROLES, _usable, _fit, fewest=3)
