"""The record of a case: the scores of its backtest, sealed, as the case's folder keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from foedus.case import Case
from foedus.errors import CaseError, Problem
from foedus.history.digests import dated, read_document, rounded, sealed
from foedus.history.forecaster import Effort
from foedus.history.origins import Plan
from foedus.history.verdict import Scored, horizon_figures, score_frozen
from foedus.version import VERSION

__all__ = ["FORMAT", "RECORD", "make_record", "read_record", "record_path"]

FORMAT = "foedus record 1"
RECORD = "record.json"
DIGITS = 5


def make_record(case: Case, plan: Plan, effort: Effort, documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Score the frozen forecasts of all origins, and seal what came out.

    Args:
        documents: the frozen forecasts, by origin.
    """
    scored = score_frozen(case, documents, plan.horizons[-1])
    series: dict[str, Any] = {}
    for one in scored:
        figures = {str(horizon): horizon_figures(one, horizon) for horizon in plan.horizons}
        series[one.name] = {horizon: figure for horizon, figure in figures.items() if figure is not None}
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
                    "overall": {one.name: _overall(one, series[one.name]) for one in scored},
                    "known": {document["origin"]: document["known"] for document in documents},
                    "forecasts": {document["origin"]: document["digest"] for document in documents},
                    "course": {one.name: _course(one) for one in scored},
                    "too_short": [aim.name for aim in plan.aims if aim.name not in series],
                }
            )
        )
    )


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


def _overall(one: Scored, figures: dict[str, Any]) -> dict[str, Any]:
    """Over all origins and steps that came."""
    came = ~np.isnan(one.observed)
    return {
        "unit": one.unit,
        "measure": one.measure,
        "forecasts": int(came.sum()),
        "origins": int(came.any(axis=1).sum()),
        "coverage_50": float(one.inside[0.5][came].mean()) if came.any() else None,
        "coverage_90": float(one.inside[0.9][came].mean()) if came.any() else None,
        "crps": {name: _mean(table["crps"][came]) for name, table in one.scores.items()},
        "best": {horizon: figure["baseline"] for horizon, figure in figures.items()},
    }


def _mean(values: np.ndarray) -> float | None:
    return None if np.isnan(values).any() or not len(values) else float(values.mean())


def _course(one: Scored) -> list[dict[str, Any]]:
    """Per origin: dates, the model's 5, 50, 95 % and what came, for the chart; and the CRPS by step of model and baselines."""
    return [
        {
            "origin": origin,
            "dates": list(one.dates[row]),
            "low": list(one.bands[row, :, 0]),
            "middle": list(one.bands[row, :, 2]),
            "high": list(one.bands[row, :, 4]),
            "came": list(one.observed[row]),
        }
        for row, origin in enumerate(one.origins)
    ]


def _plain(value: Any) -> Any:
    """Plain numbers with DIGITS significant digits; null for what is not a number."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    if isinstance(value, float | np.floating):
        return rounded(float(value), DIGITS)
    return value
