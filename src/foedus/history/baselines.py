"""Naive forecasts that are hard to beat, each as a sample of what is asked at every step ahead.

A baseline sees the figures known at the origin and nothing else; where the model takes some of them for outliers, they are levelled for
the baselines too (`levelled`). What it hands over is (step, member): for the measure "value" the
figure of that step, for "sum" what the steps up to it add up to. Figures that are all positive are treated in logarithms, so that no
forecast is negative and errors grow with the level.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np

from foedus.arrays import Array

__all__ = [
    "BASELINES",
    "DECLARED",
    "FITTED",
    "MEMBERS",
    "ON_REQUEST",
    "Baseline",
    "baselines_for",
    "forecast_baseline",
    "levelled",
    "to_target",
]

MEMBERS = 1000
RECENT, TREND, YEAR, USUAL, SEASON = 4, 26, 52, 5, 6
FEWEST_ERRORS = 8
WINDOW, FAR = 9, 4.0  # figures, and normal deviations from their median
DECLARED = "local level"
"""The baseline by which a series is judged where its case declares none."""


def forecast_baseline(name: str, history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """(step, member) of a baseline; None where so short a history does not carry it.

    Args:
        name: one of BASELINES or ON_REQUEST.
        history: (week,), the figures known, oldest first.
        steps: how many ahead.
        measure: "value" or "sum".
        draws: for the baselines that simulate.
    """
    if name in ON_REQUEST:
        return ON_REQUEST[name](history, steps, measure, draws)
    is_log = measure == "value" and bool((history > 0).all())
    found = BASELINES[name](np.log(history) if is_log else history, steps, measure, draws)
    return None if found is None else np.exp(found) if is_log else found


def levelled(history: Array) -> Array:
    """A history in which a figure far from the median of itself and those just before it gives way to that median (Hampel 1974).

    Each figure is held against what was known when it came: nothing later changes it.
    """
    found = history.copy()
    for place in range(WINDOW - 1, len(history)):
        window = history[place - WINDOW + 1 : place + 1]
        middle = float(np.median(window))
        spread = 1.4826 * float(np.median(np.abs(window - middle)))
        if abs(history[place] - middle) > FAR * spread > 0:
            found[place] = middle
    return found


def to_target(paths: Array, measure: str) -> Array:
    """Paths (step, member) as what is asked of each step."""
    return np.cumsum(paths, axis=0) if measure == "sum" else paths


def persistence(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """The mean of the last four goes on; errors are those that this rule made before, step by step."""
    return _with_own_errors(history, steps, measure, RECENT, lambda past: np.full(steps, past[-RECENT:].mean()))


def last_value(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """The last figure goes on: a random walk; errors are its own."""
    return _with_own_errors(history, steps, measure, 1, lambda past: np.full(steps, past[-1]))


def drift(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """The mean of the last four goes on along the straight line through the last half-year; errors are its own."""

    def ahead(past: Array) -> Array:
        recent = past[-TREND:]
        slope = float(np.polyfit(np.arange(len(recent)), recent, 1)[0])
        return np.asarray(past[-RECENT:].mean() + slope * (np.arange(1, steps + 1) + (RECENT - 1) / 2))

    return _with_own_errors(history, steps, measure, FEWEST_ERRORS, ahead)


def climatology(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """Anything that was is as likely again: the figures, or sums of so many in a row, of all the history."""
    rows = []
    for step in range(1, steps + 1):
        window = step if measure == "sum" else 1
        pool = np.convolve(history, np.ones(window), "valid") if len(history) - window + 1 >= FEWEST_ERRORS else None
        if pool is None:  # too short for sums of this many: scale the mean and spread of those that there are
            longest = len(history) - FEWEST_ERRORS + 1
            sums = np.convolve(history, np.ones(longest), "valid")
            pool = sums.mean() * step / longest + (sums - sums.mean()) * np.sqrt(step / longest)
        rows.append(_even(pool))
    return np.array(rows)


def seasonal(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """What came a year before comes again; errors are those of the same rule, or of a year's change where there are too few."""
    if len(history) < YEAR + FEWEST_ERRORS:
        return None
    year_ago = np.array([history[len(history) - YEAR + step % YEAR] for step in range(steps)])
    changes = history[YEAR:] - history[:-YEAR]
    centre = to_target(year_ago[:, None], measure)
    scale = np.sqrt(np.arange(1, steps + 1))[:, None] if measure == "sum" else 1.0
    shift = np.arange(1, steps + 1)[:, None] * changes.mean() if measure == "sum" else changes.mean()
    return np.asarray(centre + shift + scale * _even(changes - changes.mean())[None, :])


def local_level(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """A level that wanders, seen with an error: exponential smoothing with one parameter (Muth 1960), simulated.

    Figures that may be negative are taken in inverse hyperbolic sines of their median size, in which errors grow with the level.
    """
    from scipy.optimize import minimize_scalar

    if len(history) < 2 * FEWEST_ERRORS:
        return None
    size = float(np.median(np.abs(history))) if measure == "sum" else 0.0
    seen = np.arcsinh(history / size) if size > 0 else history
    alpha = float(
        minimize_scalar(lambda one: np.mean(np.square(_smoothed(seen, one)[1])), bounds=(0.01, 0.99), method="bounded").x
    )
    level, errors = _smoothed(seen, alpha)
    shocks = draws.normal(0.0, float(np.sqrt(np.mean(np.square(errors)))), (steps, MEMBERS))
    paths = level + shocks + alpha * np.vstack([np.zeros((1, MEMBERS)), np.cumsum(shocks, axis=0)[:-1]])
    return _checked(to_target(size * np.sinh(paths) if size > 0 else paths, measure))


def _smoothed(history: Array, alpha: float) -> tuple[float, Array]:
    """The level at the end, and the errors of each figure after the first few, which give the start."""
    level, errors = float(history[:RECENT].mean()), []
    for value in history[RECENT:]:
        errors.append(value - level)
        level += alpha * errors[-1]
    return level, np.array(errors)


def damped_trend(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """Exponential smoothing with a damped trend (Gardner & McKenzie 1985), simulated."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    if len(history) < 2 * FEWEST_ERRORS:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = ETSModel(history, error="add", trend="add", damped_trend=True, initialization_method="heuristic").fit(disp=False)
        paths = fitted.simulate(steps, repetitions=MEMBERS, anchor="end", rng=draws)
    return _checked(to_target(np.asarray(paths, dtype=np.float64).reshape(steps, -1), measure))


def theta(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """The theta method (Assimakopoulos & Nikolopoulos 2000) as simple smoothing with drift (Hyndman & Billah 2003), simulated."""
    from statsmodels.tsa.forecasting.theta import ThetaModel

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fitted = ThetaModel(history, period=1, deseasonalize=False).fit()
        centre = np.asarray(fitted.forecast(steps), dtype=np.float64)
        alpha, slope = float(fitted.params["alpha"]), float(fitted.params["b0"]) / 2
    level, errors = history[0], []
    for value in history[1:]:
        errors.append(value - level - slope)
        level += slope + alpha * errors[-1]
    shocks = draws.normal(0.0, float(np.sqrt(np.mean(np.square(errors)))), (steps, MEMBERS))
    lasting = alpha * np.vstack([np.zeros((1, MEMBERS)), np.cumsum(shocks, axis=0)[:-1]])
    return _checked(to_target(centre[:, None] + shocks + lasting, measure))


def arima(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """ARIMA: differences by the KPSS test, orders up to 2 by corrected AIC (Hyndman & Khandakar 2008), simulated."""
    from statsmodels.tsa.arima.estimators.innovations import innovations_mle
    from statsmodels.tsa.arima_process import arma2ma
    from statsmodels.tsa.stattools import kpss

    if len(history) < 2 * FEWEST_ERRORS:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        is_differenced = bool(kpss(history, regression="c", nlags="auto")[1] < 0.05)
        centre = 0.0 if is_differenced else float(history.mean())
        series = np.diff(history) if is_differenced else history - centre
        fits = []
        for p in range(3):
            for q in range(3):
                try:
                    found, told = innovations_mle(series, order=(p, 0, q), demean=False)
                except (ValueError, np.linalg.LinAlgError):  # a start that is not stationary: this order is no candidate
                    continue
                size = p + q + 1 + (not is_differenced)
                penalty = 2 * size * len(series) / (len(series) - size - 1)
                fits.append((2 * float(told.minimize_results.fun) + penalty, p, q, found))
    if not fits:
        return None
    found = min(fits, key=lambda one: one[:3])[3]
    own, passing = np.asarray(found.ar_params, dtype=np.float64), np.asarray(found.ma_params, dtype=np.float64)
    weights = arma2ma(np.r_[1.0, -own], np.r_[1.0, passing], steps)
    shocks = draws.normal(0.0, float(np.sqrt(found.sigma2)), (steps, MEMBERS))
    lasting = np.array([weights[: step + 1][::-1] @ shocks[: step + 1] for step in range(steps)])
    paths = centre + _expected(series, own, passing, steps)[:, None] + lasting
    if is_differenced:
        paths = history[-1] + np.cumsum(paths, axis=0)
    return _checked(to_target(paths, measure))


def _expected(series: Array, own: Array, passing: Array, steps: int) -> Array:
    """(step,): what an ARMA process is expected to do next; shocks before the first figure count as none."""
    values, shocks = list(series), np.zeros(len(series) + steps)
    for place in range(len(series) + steps):
        told = sum(weight * values[place - lag] for lag, weight in enumerate(own, 1) if place >= lag)
        told += sum(weight * shocks[place - lag] for lag, weight in enumerate(passing, 1) if place >= lag)
        if place < len(series):
            shocks[place] = series[place] - told
        else:
            values.append(told)
    return np.array(values[len(series) :], dtype=np.float64)


Baseline = Callable[[Array, int, str, np.random.Generator], Array | None]
BASELINES: dict[str, Baseline] = {
    "persistence": persistence,
    "last value": last_value,
    "drift": drift,
    "climatology": climatology,
    "seasonal": seasonal,
    "local level": local_level,
    "damped trend": damped_trend,
    "theta": theta,
    "arima": arima,
}


def usual_change(history: Array, steps: int, measure: str, draws: np.random.Generator) -> Array | None:
    """The last figure, and from there the mean change over the same weeks of the years before, five at most; errors are its own, of the same
    time of the year.

    What statistical offices print beside a stock with seasons. Changes add up as they are, never in logarithms.
    """
    reach = min(steps, YEAR)

    def ahead(past: Array) -> Array:
        years = range(1, min(USUAL, (len(past) - 1) // YEAR) + 1)
        starts = [len(past) - 1 - year * YEAR for year in years]
        changes = np.array([past[start + 1 : start + 1 + reach] - past[start] for start in starts])
        mean = changes.mean(axis=0)
        rounds = np.arange(steps)
        return np.asarray(past[-1] + mean[rounds % YEAR] + (rounds // YEAR) * mean[-1])

    return _with_own_errors(history, steps, measure, YEAR + 1, ahead, season=SEASON)


ON_REQUEST: dict[str, Baseline] = {"usual change": usual_change}
"""Made only where a case declares it: it is for series with seasons."""


FITTED = frozenset({"damped trend", "theta", "arima"})
"""Fitted by a library of the extra `history`."""


def baselines_for(declared: str) -> tuple[str, ...]:
    """The naive forecasts of a series that declares one."""
    return (*BASELINES, *([declared] if declared in ON_REQUEST else []))


def _with_own_errors(
    history: Array, steps: int, measure: str, least: int, ahead: Callable[[Array], Array], season: int = YEAR
) -> Array | None:
    """A rule's forecast with the errors that the same rule made at every earlier moment, for each step ahead by itself.

    Where fewer than FEWEST_ERRORS were made so far ahead, those of the farthest step with enough are widened by the square root of
    the ratio of the steps (for sums: by the ratio). Errors count with both signs: a naive rule knows no direction. Only those
    count that were made within `season` weeks of the same time of a year, where there are FEWEST_ERRORS of the first step.
    """
    if len(history) < least + FEWEST_ERRORS:
        return None
    centre = to_target(ahead(history)[:, None], measure)[:, 0]
    errors: list[list[float]] = [[] for _ in range(steps)]
    near = [end for end in range(least, len(history)) if min((len(history) - end) % YEAR, (end - len(history)) % YEAR) <= season]
    for end in near if len(near) >= FEWEST_ERRORS else range(least, len(history)):
        said = to_target(ahead(history[:end])[:, None], measure)[:, 0]
        came = to_target(history[end : end + steps, None], measure)[:, 0]
        for step, value in enumerate(came):
            errors[step].append(value - said[step])
    rows, farthest = [], 0
    for step in range(steps):
        if len(errors[step]) >= FEWEST_ERRORS:
            farthest, factor = step, 1.0
        else:
            ratio = (step + 1) / (farthest + 1)
            factor = ratio if measure == "sum" else ratio**0.5
        pool = np.array(errors[farthest])
        rows.append(centre[step] + factor * _even(np.concatenate([pool, -pool])))
    return np.array(rows)


def _even(pool: Array) -> Array:
    """MEMBERS evenly weighted values from a pool: its quantiles, so that nothing is drawn."""
    return np.asarray(np.quantile(pool, (np.arange(MEMBERS) + 0.5) / MEMBERS))


def _checked(paths: Array) -> Array | None:
    """None where a fit ran away."""
    return paths if bool(np.isfinite(paths).all()) else None
