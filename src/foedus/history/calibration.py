"""Calibrate a case: one verb, two methods."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from foedus.errors import InputError, Problem
from foedus.history.past import Past, past_of
from foedus.history.posterior import Posterior, Setup
from foedus.history.refine import refine
from foedus.history.smoother import informed_rows, smooth_step
from foedus.language import tree as t

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["METHODS", "calibrate", "smoothed"]

METHODS = ("smoother",)
Progress = Callable[[int, int], None]


def calibrate(case: Case, *, hindcast: str | None = None, until: datetime.date | None = None, method: str = "smoother",
              members: int = 1000, passes: int = 4, refinements: int = 2, seed: int = 0,
              progress: Progress | None = None) -> Posterior:  # fmt: skip
    """Fit a case to what was observed.

    Args:
        case: a case with `observe` statements.
        hindcast: which hindcast; None takes the first, or the model's own run where there is none.
        until: nothing that became known after this day is used.
        method: "smoother" (parameters and shocks) or "sampler" (parameters of a model whose past has no luck).
        members: how many members.
        passes: how often the smoother goes over the observations; steps of the sampler.
        refinements: how often the smoother then refines each member on its own.
        seed: of all streams; the same seed gives the same posterior.
        progress: called with (passes done, passes in all).
    Returns:
        The posterior.
    Raises:
        InputError: there is no such method or nothing was observed.
    """
    if method not in METHODS:
        raise InputError(
            Problem("--method", 0, 0, "unknown-method", f"there is no method `{method}`.", f"Use {', '.join(METHODS)}.")
        )
    if members < 20 or passes < 1:
        message = f"{members} members in {passes} passes cannot be calibrated."
        raise InputError(Problem("--members", 0, 0, "too-few", message, "Use 20 members or more, and 1 pass or more."))
    name = _hindcast(case) if hindcast is None else hindcast
    past = past_of(case, name, until)
    setup = Setup(name, until.isoformat() if until else "", method, members, passes, refinements, seed)
    return smoothed(past, setup, progress)


def _hindcast(case: Case) -> str:
    known = case.tree.all(t.Hindcast)
    return known[0].name if known else ""


def smoothed(past: Past, setup: Setup, progress: Progress | None = None, rows: np.ndarray | None = None) -> Posterior:
    """The smoother from its first pass to its last; `rows` are those that may be updated, if that is known already."""
    rows = informed_rows(past, setup.seed) if rows is None else rows
    scores = past.prior_scores(setup.members, setup.seed)
    found, refined, total = [], [], setup.passes + setup.refinements
    for number in range(total):
        if number < setup.passes:
            scores, one = smooth_step(past, scores, past.predicted(scores), rows, setup.passes, number, setup.seed)
            found.append(one)
        else:
            scores, other = refine(past, scores, rows, number, setup.seed)
            refined.append(other)
        if progress is not None:
            progress(number + 1, total)
    scores = scores.astype(np.float32).astype(np.float64)  # as a file holds them
    prediction = past.predicted(scores)
    statistics = {name: tuple(float(getattr(one, name)) for one in found) for name in ("misfit", "outliers", "failed")}
    statistics |= {name: tuple(float(getattr(one, name)) for one in refined) for name in ("objective", "accepted")}
    return Posterior(past, setup, scores, rows, prediction, statistics)
