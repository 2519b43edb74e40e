"""The generalised Lanchester law on daily strengths and losses of a campaign of one's own."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from foedus.arrays import Array
from foedus.fit.campaign import Campaign
from foedus.fit.declared import Declared, FitRelation, Mask
from foedus.fit.fit import Fit, FitTable, spread
from foedus.fit.generalised_law import PRIOR_BETA_SD, fit_law
from foedus.fit.prior import plain_number, prior_line
from foedus.wording import counted

__all__ = ["CAMPAIGN_LAW"]

_ROLES = {
    "day": "number of the day, one after the other",
    "blue": "strength of one side",
    "red": "strength of the other",
    "blue_lost": "what the one lost on the day",
    "red_lost": "what the other lost",
}


def _usable(columns: Mapping[str, Array]) -> Mask:
    """(row,): are strengths and losses of both sides known?"""
    return np.asarray(np.min([columns[role] for role in ("blue", "red", "blue_lost", "red_lost")], axis=0) > 0)


def _wrong(columns: Mapping[str, Array]) -> Mask:
    """(row,): what does not follow on the day before: errors remember that day."""
    days = columns["day"]
    order = np.argsort(days, kind="stable")
    found = np.zeros(len(days), bool)
    found[order[1:]] = np.diff(days[order]) != 1
    return found


def _fit(declared: Declared, columns: Mapping[str, Array], groups: Mapping[str, Mask], left_out: int) -> Fit:
    found = {"all": _posterior(columns, declared.seed)}
    for name, mask in groups.items():
        found[name] = _posterior({role: values[mask] for role, values in columns.items()}, declared.seed)
    beta = found["all"]["beta"]
    line = prior_line(
        "beta",
        f"normal({plain_number(beta['mean'])}, {plain_number(beta['sd'])})",
        f"{counted(len(columns['day']), 'day')}: {declared.title}; {declared.source}",
    )
    document = {
        "case": declared.name,
        "relation": declared.relation,
        "seed": declared.seed,
        "law": found,
        "left_out": left_out,
        "prior": line,
        "licence": declared.licence,
    }
    rows = tuple(
        (
            name,
            f"{one['alpha']['p50']:.2f}  ({one['alpha']['p05']:.2f} to {one['alpha']['p95']:.2f})",
            f"{one['beta']['p50']:.1f}  ({one['beta']['p05']:.1f} to {one['beta']['p95']:.1f})",
            f"{100 * one['learned']['beta']:.0f} %",
        )
        for name, one in found.items()
    )
    note = (
        "Median and 90 % interval; alpha: what blue loses for one of red at equal strength; beta: 1 is the square law, 0 the linear, "
        "-1 the logarithmic; learned: part of the prior variance of beta that is gone."
    )
    block = FitTable("The law as a posterior", ("days", "alpha", "beta", "learned"), rows, note)
    return Fit(declared.name, declared.title, document, (block,), declared.source, line)


def _posterior(columns: Mapping[str, Array], seed: int) -> dict[str, dict[str, float]]:
    order = np.argsort(columns["day"], kind="stable")
    draws = fit_law(Campaign(*(columns[role][order] for role in _ROLES)), seed)
    beta = spread(draws.beta)
    alpha = {
        name: float(value) for name, value in zip(("p05", "p50", "p95"), np.quantile(draws.alpha, (0.05, 0.5, 0.95)), strict=True)
    }
    return {
        "alpha": alpha,
        "beta": beta,
        "p": spread(draws.p),
        "q": spread(draws.q),
        "learned": {"beta": 1 - (beta["sd"] / PRIOR_BETA_SD) ** 2},
    }


_NEEDS = "Days follow one another: none is left out, and none stands twice."
CAMPAIGN_LAW = FitRelation("campaign_law", _ROLES, _usable, _fit, fewest=5, wrong=_wrong, needs=_NEEDS)
