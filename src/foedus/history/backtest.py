"""Rolling origins: at each, what was known is written out, a forecast made of it and frozen; only then is anything scored."""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from foedus import extras
from foedus.case import Case
from foedus.history.cut import write_known
from foedus.history.digests import read_document, sealed
from foedus.history.forecaster import Ahead, Effort, forecast_origin
from foedus.history.origins import BacktestPlan
from foedus.history.quantiles import even_quantiles
from foedus.version import VERSION

__all__ = ["FORMAT", "freeze_origin", "freeze_origins", "read_frozen_series"]

FORMAT = "foedus frozen series 1"
Progress = Callable[[int, int], None]
Keep = Callable[[Path, dict[str, Any]], None]


def freeze_origins(
    case: Case,
    plan: BacktestPlan,
    effort: Effort,
    folder: Path,
    keep: Keep,
    *,
    resumes: bool = False,
    progress: Progress | None = None,
) -> tuple[Path, ...]:
    """Forecast from every origin; each forecast is frozen in a file of its own.

    Args:
        folder: where the files go; must exist.
        keep: writes a document to a path, whole or not at all.
        resumes: leave a file that is there, if it was made from the very same knowledge with the same effort.
    Returns:
        The files, by origin.
    Raises:
        InputError: the extra `history` is not installed.
    """
    extras.require("history", "a backtest (its naive forecasts)", "statsmodels")
    found = []
    for number, origin in enumerate(plan.origins):
        if progress is not None:
            progress(number, len(plan.origins))
        path = folder / f"{case.name}-{origin}.json"
        if not (resumes and _is_done(path, case, plan, effort, origin)):
            keep(path, freeze_origin(case, plan, effort, origin))
        found.append(path)
    return tuple(found)


def freeze_origin(case: Case, plan: BacktestPlan, effort: Effort, origin: datetime.date) -> dict[str, Any]:
    """The frozen forecast of one origin. The case is cut to what was known before anything looks at it."""
    with tempfile.TemporaryDirectory(prefix="foedus-") as beside:
        known = write_known(case, origin, Path(beside) / case.name, keeps_priors=effort.keeps_priors)
        series, posterior = forecast_origin(known, plan, effort)
    return sealed(
        {
            "format": FORMAT,
            "case": case.name,
            "origin": origin.isoformat(),
            "foedus": VERSION,
            "plan": _plan(plan),
            "effort": asdict(effort),
            "known": {
                "rows": known.rows,
                "claims": known.claims[0],
                "claims_now": known.claims[1],
                "without_hindsight": list(known.replaced),
            },
            "digests": {"known": known.digest, "posterior": posterior},
            "series": {one.aim.name: _series(one) for one in series},
        }
    )


def _is_done(path: Path, case: Case, plan: BacktestPlan, effort: Effort, origin: datetime.date) -> bool:
    """Does a file hold the forecast that would be made again?"""
    if not path.is_file():
        return False
    document = read_frozen_series(path)
    with tempfile.TemporaryDirectory(prefix="foedus-") as beside:
        known = write_known(case, origin, Path(beside) / case.name, keeps_priors=effort.keeps_priors).digest
    wanted = (VERSION, _plan(plan), asdict(effort), known)
    return wanted == (document["foedus"], document["plan"], document["effort"], document["digests"]["known"])


def _plan(plan: BacktestPlan) -> dict[str, Any]:
    """What of a plan bears on the forecast of one origin."""
    told = {"hindcast": plan.hindcast, "steps": plan.horizons[-1], "aims": [asdict(aim) for aim in plan.aims]}
    return {**told, "widths": "learned"} if plan.learns_widths else told


def read_frozen_series(path: Path) -> dict[str, Any]:
    """Read the frozen forecast of one origin; refused if it was changed."""
    return read_document(path, FORMAT)


def _series(one: Ahead) -> dict[str, Any]:
    """Per method and step, quantiles that are an even sample."""
    methods = {name: [even_quantiles(row) for row in sample] for name, sample in one.samples.items()}
    return {"of": one.aim.series, "measure": one.aim.measure, "unit": one.aim.unit, "dates": list(one.dates), "methods": methods}
