"""The Ardennes 1944-45: the published straight lines, and what the same figures really say about the law."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import norm

from foedus.arrays import Array
from foedus.fit.campaign import PERIODS, Campaign, between, read_campaign
from foedus.fit.fit import Fit, FitTable, Request, spread
from foedus.fit.generalised_law import PRIOR_BETA_SD, Draws, fit_law, replicated_slopes
from foedus.fit.regression import straight_line
from foedus.fit.tables import locate

__all__ = ["LAWS", "SORTIE_WEIGHT", "fit", "log_regression"]

AVAILABLE, REFORMATTED = "ardennes_bracken_available.csv", "ardennes_fricker_reformatted.csv"
SORTIE_WEIGHT = 30.0
LAWS = {"square": 1.0, "linear": 0.0, "logarithmic": -1.0}
OTHER_PRIORS = (0.5, 2.0)  # standard deviations of p and q: half and twice what is taken
NEAR = 0.25  # a law counts as met when beta is this near


def fit(request: Request) -> Fit:
    """The generalised Lanchester law on the Ardennes campaign, by least squares and as a posterior.

    Raises:
        InputError: the campaign's figures are not there.
    Source: Bracken 1995; Fricker 1998; the table of least squares from a thesis of Ulster University, 2017.
    """
    path = locate(request, AVAILABLE, "history")
    reformatted = locate(request, REFORMATTED, "history")
    lines = _lines(path, reformatted)
    found = {name: _posterior(between(read_campaign(path), *days), request.seed) for name, days in PERIODS.items()}
    found["reformatted 1-32"] = _posterior(between(read_campaign(reformatted), 1, 32), request.seed)
    document = {"case": request.case, "seed": request.seed, "log_regression": lines, "stochastic": found}
    source = "Figures: the Ardennes Campaign Simulation Data Base as tabled by Bracken (1995) and by Fricker (1998)."
    return Fit(
        request.case, "The generalised Lanchester law in the Ardennes", document, (_line_block(lines), _law_block(found)), source
    )


def log_regression(campaign: Campaign) -> dict[str, float]:
    """log(Allied / German losses) = log(alpha) + beta * log(German / Allied strength), by least squares.

    alpha is the ratio of losses at equal strength; beta is 1 under the square law, 0 under the linear law.
    """
    line = straight_line(campaign.log_odds, campaign.log_losses)
    return {"alpha": float(np.exp(line.intercept)), "beta": line.slope, "r2": line.r2}


def _lines(path: Path, reformatted: Path) -> dict[str, dict[str, float]]:
    campaign = read_campaign(path)
    lines = {name: log_regression(between(campaign, *days)) for name, days in PERIODS.items()}
    lines["days 1-32 with air"] = log_regression(between(read_campaign(path, SORTIE_WEIGHT), 1, 32))
    lines["reformatted 1-32"] = log_regression(between(read_campaign(reformatted), 1, 32))
    return lines


def _posterior(campaign: Campaign, seed: int) -> dict[str, Any]:
    """What the draws say, as figures."""
    draws = fit_law(campaign, seed)
    published = log_regression(campaign)["beta"]
    slopes = replicated_slopes(campaign, draws, seed)
    beta = spread(draws.beta)
    return {
        "alpha": _ratio(draws.alpha),
        "beta": beta | {"prior_sd": PRIOR_BETA_SD, "variance_learned": 1 - (beta["sd"] / PRIOR_BETA_SD) ** 2},
        "p": spread(draws.p),
        "q": spread(draws.q),
        "memory": spread(draws.memory),
        "correlation": float(np.corrcoef(np.log(draws.alpha), draws.beta)[0, 1]),
        "laws": {name: {"beta": value, "support": _support(draws, value)} for name, value in LAWS.items()},
        "replicated_slope": spread(slopes) | {"published": published, "rank": float(np.mean(slopes < published))},
        "beta_under_other_priors": {f"sd {sd:g}": spread(fit_law(campaign, seed, 5000, sd).beta) for sd in OTHER_PRIORS},
        "days": len(campaign.day),
        "says": _sentence(draws),
    }


def _ratio(values: Array) -> dict[str, float]:
    """The spread of a ratio; its mean would hang on a few draws, so the logarithm's is given."""
    logs = spread(np.log(values))
    return {name: float(np.exp(logs[name])) for name in ("p05", "p50", "p95")} | {"log_mean": logs["mean"], "log_sd": logs["sd"]}


def _support(draws: Draws, value: float) -> float:
    """How many times likelier than before the days were seen is a beta near this value?"""
    before = norm.cdf(value + NEAR, 0, PRIOR_BETA_SD) - norm.cdf(value - NEAR, 0, PRIOR_BETA_SD)
    return float(np.mean(np.abs(draws.beta - value) < NEAR) / before)


def _sentence(draws: Draws) -> str:
    """The finding in words."""
    low, high = np.quantile(draws.beta, (0.05, 0.95))
    inside = [name for name, value in LAWS.items() if low <= value <= high]
    laws = f"holds {' and '.join(inside)}" if inside else "holds no classical law"
    ratio = np.quantile(draws.alpha, (0.05, 0.95))
    learned = 1 - (draws.beta.std(ddof=1) / PRIOR_BETA_SD) ** 2
    verdict = "hardly inform the law" if learned < 1 / 3 else "inform it weakly" if learned < 0.7 else "inform it"
    return (
        f"90 % of beta, {low:.1f} to {high:.1f}, {laws}; at equal strength the Allies lose {ratio[0]:.2g} to {ratio[1]:.2g} "
        f"for one German. The days took {100 * learned:.0f} % of the prior variance of beta: they {verdict}."
    )


def _line_block(lines: dict[str, dict[str, float]]) -> FitTable:
    rows = tuple((name, f"{one['alpha']:#.6g}", f"{one['beta']:#.6g}", f"{one['r2']:#.6g}") for name, one in lines.items())
    note = "Least squares of log(Allied/German losses) on log(German/Allied strength)."
    return FitTable("As published", ("period", "alpha", "beta", "R²"), rows, note)


def _law_block(found: dict[str, dict[str, Any]]) -> FitTable:
    rows = tuple(
        (
            name,
            f"{one['alpha']['p50']:.2f}  ({one['alpha']['p05']:.2f} to {one['alpha']['p95']:.2f})",
            f"{one['beta']['p50']:.1f}  ({one['beta']['p05']:.1f} to {one['beta']['p95']:.1f})",
            f"{100 * one['beta']['variance_learned']:.0f} %",
        )
        for name, one in found.items()
    )
    whole = found["days 1-32"]
    wider = ", ".join(f"{one['p05']:.1f} to {one['p95']:.1f}" for one in whole["beta_under_other_priors"].values())
    note = (
        "Median and 90 % interval; both equations jointly, errors remember the day before; learned: part of the prior variance "
        f"of beta that is gone. Days 1-32: {whole['says']} With a prior half or twice as wide: {wider}."
    )
    return FitTable("As a posterior", ("period", "alpha", "beta", "learned"), rows, note)
