"""The record of a case: the scores of its backtest, sealed, as the case's folder keeps them.

What is kept of each origin (`course`: quantiles, what came, and the CRPS of every method at every step) is all that the figures are made
of: they are computed from the kept numbers, rounded as they are, so that anybody can compute them again without running a model.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.case import Case
from foedus.errors import CaseError, InputError, Problem
from foedus.history.digests import dated, read_document, rounded, sealed
from foedus.history.forecaster import Effort
from foedus.history.origins import BacktestPlan
from foedus.history.stack import StackedPool
from foedus.history.verdict import SCORES, STACKED, Scored, horizon_figures, score_frozen
from foedus.version import VERSION

__all__ = ["FORMAT", "RECORD", "Ships", "check_record", "figures_again", "make_record", "read_record", "record_path", "ships_of"]

FORMAT = "foedus record 1"
RECORD = "record.json"
DIGITS = 5


@dataclass(frozen=True)
class Ships:
    """What the runs, pages and forecasts of a case start from, beside its record.

    Attributes:
        posterior: its digest.
        seeds: how many calibrations it holds, the first with the record's seed if `is_same`.
        is_same: is each made as the calibrations of the record are: from the same past, by as many members, passes and refinements?
    """

    posterior: str
    seeds: int
    is_same: bool


def ships_of(case: Case, record: Mapping[str, Any]) -> Ships | None:
    """What ships beside a record; None where the case has adopted no posterior."""
    if case.posterior is None:
        return None
    made, effort = case.posterior.setup, record["effort"]
    is_same = made["method"] == "smoother" and made["hindcast"] == record["hindcast"]
    is_same = is_same and made.get("learns_widths", False) == (record.get("widths") == "learned")
    is_same = is_same and all(made[name] == effort[name] for name in ("members", "passes", "refinements", "seed"))
    return Ships(case.posterior.digest, case.posterior.chains, is_same)


def make_record(case: Case, plan: BacktestPlan, effort: Effort, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score the frozen forecasts of all origins, and seal what came out.

    Args:
        documents: the frozen forecasts, by origin.
    Raises:
        InputError: nothing of what was forecast has come.
    """
    closed = plan.held_back.day if plan.held_back is not None and not plan.held_back.opened else None
    scored = score_frozen(case, documents, plan.horizons[-1], closed)
    about = {one.name: {"unit": one.unit, "measure": one.measure, "declared": one.declared} for one in scored}
    course = _plain({one.name: _course(one, plan.horizons) for one in scored})
    series, overall = _figures(about, course, plan.horizons)
    if not series:
        message = f"of what would be forecast from {_days_of(plan)} nothing stands in the series."
        help_text = "Choose earlier days, shorter horizons, or days before which a quarter of a year of the series is known."
        raise InputError(Problem(case.name, 0, 0, "nothing-to-score", message, help_text))
    return dated(
        sealed(
            _plain(
                {
                    "format": FORMAT,
                    "case": case.name,
                    "foedus": VERSION,
                    "hindcast": plan.hindcast,
                    "effort": asdict(effort),
                    "horizons": list(plan.horizons),
                    "origins": [origin.isoformat() for origin in plan.origins],
                    "series": series,
                    "overall": overall,
                    "known": {document["origin"]: document["known"] for document in documents},
                    "forecasts": {document["origin"]: document["digest"] for document in documents},
                    "course": course,
                    "caveat": plan.caveat,
                    **({"widths": "learned"} if plan.learns_widths else {}),
                    **_held_back(plan, about, course),
                    "too_short": [aim.name for aim in plan.aims if aim.name not in series],
                }
            )
        )
    )


def _held_back(plan: BacktestPlan, about: dict[str, Any], course: dict[str, Any]) -> dict[str, Any]:
    """Under `held_back`: its first day, what is said of its opening, and the figures of both parts; nothing where nothing was held back."""
    if plan.held_back is None:
        return {}
    told = {"from": plan.held_back.day.isoformat(), "opened": plan.held_back.opened}
    return {"held_back": {**told, **_parts(about, course, plan.horizons, told["from"])}}


def _parts(about: dict[str, Any], course: dict[str, Any], horizons: Sequence[int], day: str) -> dict[str, Any]:
    """Part -> the figures by series and horizon, and over all.

    `held back` is what was said from origins on or after the day. `development` is what was said from earlier ones about days before it: what
    they said of days after it belongs to neither.
    """
    held = {name: [row for row in rows if row["origin"] >= day] for name, rows in course.items()}
    before = {name: [_until(row, day) for row in rows if row["origin"] < day] for name, rows in course.items()}
    found = {}
    for part, own in (("development", before), ("held back", held)):
        series, overall = _figures({name: one for name, one in about.items() if own[name]}, own, horizons)
        found[part] = {"series": series, "overall": overall}
    return found


def _until(row: dict[str, Any], day: str) -> dict[str, Any]:
    """What is kept of an origin, without what came on or after a day."""
    return {**row, "came": [value if date < day else None for value, date in zip(row["came"], row["dates"], strict=True)]}


def _days_of(plan: BacktestPlan) -> str:
    first, last = plan.origins[0].isoformat(), plan.origins[-1].isoformat()
    return first if first == last else f"{first} to {last}"


def read_record(case: Case) -> dict[str, Any]:
    """The record that a case keeps.

    Raises:
        CaseError: it keeps none.
        InputError: it was changed.
    """
    path = case.folder.folder / RECORD
    if not path.is_file():
        message = f"the case {case.name} keeps no record."
        raise CaseError(Problem(str(path), 0, 0, "no-record", message, f"Make it: foedus backtest {case.name} --keep."))
    return read_document(path, FORMAT)


def record_path(case: Case) -> Path:
    """Where a case keeps its record."""
    return case.folder.folder / RECORD


def figures_again(record: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The figures by series and horizon, and over all, computed anew from what a record keeps of each origin.

    Raises:
        InputError: it keeps no scores of its origins.
    """
    if any("crps" not in row for rows in record["course"].values() for row in rows):
        message = "the record keeps no scores of its origins."
        raise InputError(
            Problem(record["case"], 0, 0, "no-record", message, f"Make it anew: foedus backtest {record['case']} --keep.")
        )
    about = {name: {key: one[key] for key in ("unit", "measure", "declared")} for name, one in record["overall"].items()}
    series, overall = _figures(about, record["course"], record["horizons"])
    return _plain(series), _plain(overall)


def parts_again(record: dict[str, Any]) -> dict[str, Any]:
    """What a record says under `held_back`, its figures computed anew."""
    told = record["held_back"]
    about = {name: {key: one[key] for key in ("unit", "measure", "declared")} for name, one in record["overall"].items()}
    parts = _parts(about, record["course"], record["horizons"], told["from"])
    return {"from": told["from"], "opened": told["opened"], **_plain(parts)}


def check_record(record: dict[str, Any]) -> int:
    """Compute every figure of a record anew from what it keeps of each origin.

    Returns:
        How many figures were computed.
    Raises:
        InputError: one of them is another; it keeps no scores.
    """
    again: dict[str, Any] = dict(zip(("series", "overall"), figures_again(record), strict=True))
    if "held_back" in record:
        again["held_back"] = parts_again(record)
    told = {key: _flat(record[key]) for key in again}
    problems = [
        Problem(
            record["case"],
            0,
            0,
            "digest-differs",
            f"{key}.{name} is {told[key].get(name)!r}, computed anew {value!r}.",
            "Make the record anew: the figures are not those of what it keeps.",
        )
        for key, part in again.items()
        for name, value in _flat(part).items()
        if told[key].get(name) != value
    ]
    if problems:
        raise InputError(problems[:20])
    return sum(len(part) for part in told.values())


def _flat(part: Any, name: str = "") -> dict[str, Any]:
    """Every figure under its path."""
    if isinstance(part, dict | list | tuple):
        rows = part.items() if isinstance(part, dict) else enumerate(part)
        return {path: value for key, one in rows for path, value in _flat(one, f"{name}.{key}".lstrip(".")).items()}
    return {name: part}


def _figures(about: dict[str, Any], course: dict[str, Any], horizons: Sequence[int]) -> tuple[dict[str, Any], dict[str, Any]]:
    """By series and horizon, and over all origins and steps that came."""
    series: dict[str, Any] = {}
    overall: dict[str, Any] = {}
    for name, told in about.items():
        one = _scored(name, told, course[name], horizons)
        every = {str(horizon): horizon_figures(one, horizon) for horizon in horizons}
        figures = {horizon: figure for horizon, figure in every.items() if figure is not None}
        if not figures:
            continue  # nothing of what was forecast has come
        series[name] = figures
        overall[name] = {**_overall(one, series[name]), "declared": one.declared}
    return series, overall


def _overall(one: Scored, figures: dict[str, Any]) -> dict[str, Any]:
    """Over all origins and steps that came."""
    came = ~np.isnan(one.observed)
    inside = one.inside
    return {
        "unit": one.unit,
        "measure": one.measure,
        "forecasts": int(came.sum()),
        "origins": int(came.any(axis=1).sum()),
        "coverage_50": float(inside[0.5][came].mean()) if came.any() else None,
        "coverage_90": float(inside[0.9][came].mean()) if came.any() else None,
        "crps": {name: _mean(table["crps"][came]) for name, table in one.scores.items()},
        "best": {horizon: figure["baseline"] for horizon, figure in figures.items()},
    }


def _mean(values: Array) -> float | None:
    return None if np.isnan(values).any() or not len(values) else float(values.mean())


_BANDS = ("low", "lower", "middle", "upper", "high")


def _course(one: Scored, horizons: Sequence[int]) -> list[dict[str, Any]]:
    """Per origin: dates, the model's 5, 25, 50, 75, 95 %, what came and where in the forecast it fell; the CRPS of every method by step;
    other scores at the horizons; and the pool with its weights."""
    return [
        {
            "origin": origin,
            "dates": list(one.dates[row]),
            **{band: list(one.bands[row, :, place]) for place, band in enumerate(_BANDS)},
            "came": list(one.observed[row]),
            "pit": list(one.pit[row]),
            "crps": {name: list(table["crps"][row]) for name, table in one.scores.items()},
            "scores": {
                score: {
                    name: [table[score][row, horizon - 1] for horizon in horizons]
                    for name, table in one.scores.items()
                    if name != STACKED
                }
                for score in SCORES[1:]
            },
            "pool": {
                **{band: list(one.pooled.bands[row, :, place]) for place, band in enumerate(_BANDS)},
                "pit": list(one.pooled.pit[row]),
                "weights": {name: list(one.pooled.weights[row, :, place]) for place, name in enumerate(one.pooled.methods)},
            },
        }
        for row, origin in enumerate(one.origins)
    ]


def _scored(name: str, about: dict[str, Any], course: Sequence[dict[str, Any]], horizons: Sequence[int]) -> Scored:
    """What was kept, as arrays."""
    methods = list(course[0]["crps"])
    steps = len(course[0]["came"])

    def table(*keys: str) -> Array:
        rows = [functools.reduce(lambda part, key: part[key], keys, one) for one in course]
        return np.array([[np.nan if value is None else value for value in row] for row in rows], dtype=np.float64)

    def bands(*keys: str) -> Array:
        return np.stack([table(*keys, band) for band in _BANDS], axis=-1)

    scores: dict[str, dict[str, Array]] = {}
    for method in methods:
        scores[method] = {"crps": table("crps", method)}
        for score in SCORES[1:]:
            scores[method][score] = np.full((len(course), steps), np.nan)
            if method != STACKED:
                scores[method][score][:, [horizon - 1 for horizon in horizons]] = table("scores", score, method)
    return Scored(
        name,
        about["unit"],
        about["measure"],
        tuple(one["origin"] for one in course),
        scores,
        table("pit"),
        table("came"),
        bands(),
        tuple(tuple(one["dates"]) for one in course),
        about["declared"],
        StackedPool(
            tuple(course[0]["pool"]["weights"]),
            np.stack([table("pool", "weights", one) for one in course[0]["pool"]["weights"]], axis=-1),
            bands("pool"),
            table("pool", "pit"),
        ),
    )


def _plain(value: Any) -> Any:
    """Plain numbers with DIGITS significant digits; null for what is not a number."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float | np.floating):
        return rounded(float(value), DIGITS)
    return value
