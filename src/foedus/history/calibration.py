"""Calibrate a case: one verb, two methods."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus import extras
from foedus.constructs import tree as t
from foedus.errors import InputError, Problem, suggestion
from foedus.history.checkpoint import Checkpoint
from foedus.history.origins import widths_are_learned
from foedus.history.past import Past, past_of
from foedus.history.posterior import Posterior, Setup
from foedus.history.refine import refine
from foedus.history.smoother import informed_rows, luck_rows, smooth_step
from foedus.history.widths import followed_rows, jumps_of, learned_widths, linear_start, most_likely, width_rows
from foedus.wording import counted

if TYPE_CHECKING:
    from foedus.arrays import Array
    from foedus.case import Case

__all__ = ["METHODS", "calibrate", "hindcast_of", "smoothed"]

METHODS = ("smoother", "sampler")
_FIGURES = ("misfit", "outliers", "failed", "objective", "accepted")
Progress = Callable[[int, int], None]


def calibrate(
    case: Case,
    *,
    hindcast: str | None = None,
    until: datetime.date | None = None,
    method: str = "smoother",
    members: int = 1000,
    passes: int = 4,
    refinements: int = 10,
    seed: int = 0,
    learns_widths: bool | None = None,
    checkpoint: Path | None = None,
    progress: Progress | None = None,
) -> Posterior:
    """Fit a case to what was observed.

    Args:
        case: a case with `observe` statements.
        hindcast: which hindcast; None takes the first, or the model's own run where there is none.
        until: nothing that became known after this day is used.
        method: "smoother" (parameters and shocks) or "sampler" (parameters of a model whose past has no luck).
        members: how many members.
        passes: how often the smoother goes over the observations; hundreds of steps of the sampler.
        refinements: how often the smoother then refines each member on its own.
        seed: of all streams; the same seed gives the same posterior.
        learns_widths: learn the parameters that set the size of luck, which a smoother otherwise leaves at their priors (`widths`); None:
            as the case's `backtest.toml` says, or where they can be.
        checkpoint: a file to keep where we are in; a calibration that was killed goes on from it.
        progress: called with (steps done, steps in all): passes and refinements; learning the scales counts as 40.
    Returns:
        The posterior.
    Raises:
        InputError: there is no such method or hindcast, or nothing was observed.
    """
    if method not in METHODS:
        near = f"Use {', '.join(METHODS)}."
        raise InputError(Problem("--method", 0, 0, "unknown-method", f"there is no method `{method}`.", near))
    if method == "sampler":
        extras.require("history", "the sampler", "emcee", "arviz_stats")
        if learns_widths:
            message = "the sampler is for models whose past has no luck in it, so that there are no widths to learn."
            raise InputError(Problem("--widths", 0, 0, "no-widths", message, "Use --method smoother, or --widths assumed."))
    if members < 20 or passes < 1 or refinements < 0:
        message = f"{counted(members, 'member')} in {counted(passes, 'pass')} and {counted(refinements, 'refinement')} cannot be calibrated."
        raise InputError(Problem("--members", 0, 0, "too-few", message, "Use 20 members or more, and 1 pass or more."))
    name = hindcast_of(case, hindcast)
    learns = method == "smoother" and (widths_are_learned(case, name) if learns_widths is None else learns_widths)
    past = past_of(case, name, until)
    setup = Setup(name, until.isoformat() if until else "", method, members, passes, refinements, seed, learns)
    if method == "sampler":
        from foedus.history.sampler import sampled

        return sampled(past, setup, progress)
    return smoothed(past, setup, progress, checkpoint=checkpoint)


def hindcast_of(case: Case, name: str | None) -> str:
    """The hindcast of a name; None takes the first, "" stands for the model's own run.

    Raises:
        InputError: there is no such hindcast.
    """
    known = [one.name for one in case.tree.all(t.Hindcast)]
    if name is None:
        return known[0] if known else ""
    if name and name not in known:
        near = suggestion(name, known) or (
            f"Hindcasts: {', '.join(known)}." if known else "The model declares none; leave the option out."
        )
        raise InputError(Problem(case.name, 0, 0, "unknown-hindcast", f"there is no hindcast `{name}`.", near))
    return name


def smoothed(
    past: Past,
    setup: Setup,
    progress: Progress | None = None,
    rows: np.ndarray | None = None,
    checkpoint: Path | None = None,
    widths: tuple[int, ...] | None = None,
) -> Posterior:
    """The smoother from its first pass to its last, after the scales of luck were learned if they are to be.

    Args:
        rows: those that may be updated, `widths`: those that scale luck; if that is known already.
    """
    rows = informed_rows(past) if rows is None else rows
    widths = () if not setup.learns_widths else width_rows(past) if widths is None else widths
    followed = followed_rows(past, rows, widths) if widths else ()
    rows = rows[~np.isin(rows, followed)]
    kept = Checkpoint.of(checkpoint, past, setup)
    begun = kept.read()
    told = _after_learning(progress, setup) if widths else progress
    if begun is None:
        begun = (0, past.prior_scores(setup.members, setup.seed), {name: [] for name in _FIGURES})
        if widths:
            known = learned_widths(past, rows, followed, _learning(progress, setup))
            begun[1][list(followed)] = known.draw(setup.members, setup.seed)
            around = known.scores if followed == widths else known.likely_of(setup.members, setup.seed)
            begun = (setup.passes, linear_start(past, rows, followed, around, begun[1], setup.seed), begun[2])
    try:
        scores, figures = _moved_on(past, setup, begun, rows, kept, told)
    except _RanAwayError:
        linear = None if widths else _linear(past, rows, setup)
        if linear is None:
            raise _ran_away(past, setup) from None
        try:
            scores, figures = _moved_on(past, setup, linear, rows, kept, progress)
        except _RanAwayError:
            raise _ran_away(past, setup) from None
    scores = scores.astype(np.float32).astype(np.float64)  # as a file holds them
    statistics = {name: tuple(values) for name, values in figures.items()}
    moved = np.array(sorted({*rows.tolist(), *followed}), dtype=np.int64)
    return Posterior(past, setup, scores, moved, past.predicted(scores), statistics)


_LEARNING = 40  # steps of progress that learning the scales counts as; it takes the place of the passes


def _learning(progress: Progress | None, setup: Setup) -> Callable[[float], None]:
    """Hears which share of the learning is done."""

    def tell(share: float) -> None:
        if progress is not None:
            progress(int(share * _LEARNING), _LEARNING + setup.refinements)

    return tell


def _after_learning(progress: Progress | None, setup: Setup) -> Progress | None:
    """Hears of the refinements that follow it."""
    if progress is None:
        return None
    return lambda done, total: progress(done - setup.passes + _LEARNING, total - setup.passes + _LEARNING)


def _linear(past: Past, rows: NDArray[np.int64], setup: Setup) -> _Begun | None:
    """Where the refinements begin if the passes ran away: at the posterior of each member's linearised past, its scales as it drew them.

    More draws than members and small errors are too much for correlations, but not for derivatives; None where a past has jumps and no
    derivatives.
    """
    held, streams = luck_rows(past)
    if jumps_of(streams):
        return None
    prior = past.prior_scores(setup.members, setup.seed)
    start = linear_start(past, rows, held, most_likely(past, rows, held), prior, setup.seed)
    return setup.passes, start, {name: [] for name in _FIGURES}


class _RanAwayError(Exception):
    """The members have left what their priors allow."""


_Begun = tuple[int, "Array", dict[str, list[float]]]
"""How many passes and refinements are done, the scores (row, member), and the figures of each."""


def _moved_on(
    past: Past, setup: Setup, begun: _Begun, rows: NDArray[np.int64], kept: Checkpoint, progress: Progress | None
) -> tuple[Array, dict[str, list[float]]]:
    """The scores after all passes and refinements, and their figures.

    Raises:
        _RanAwayError: most members are nowhere near what is known of their parameters and luck.
    """
    done, scores, figures = begun
    total = setup.passes + setup.refinements
    for number in range(done, total):
        try:
            scores, found = _moved(past, scores, rows, setup, number)
        except np.linalg.LinAlgError:
            raise _RanAwayError from None
        for name, value in found.items():
            figures[name].append(value)
        kept.write(number + 1, scores, figures)
        if progress is not None:
            progress(number + 1, total)
    if len(rows) and float(np.median(np.sqrt((scores[rows] ** 2).mean(axis=0)))) > _OUT_OF_REACH:
        raise _RanAwayError
    return scores, figures


_OUT_OF_REACH = 10.0
"""Standard deviations by which values and draws of a member are off, as a root mean square: by one, where nothing is known."""


def _moved(past: Past, scores: Array, rows: NDArray[np.int64], setup: Setup, number: int) -> tuple[Array, dict[str, float]]:
    """The scores after one more pass or refinement, and the figures that tell of it."""
    if number < setup.passes:
        scores, one = smooth_step(past, scores, past.predicted(scores), rows, setup.passes, number, setup.seed)
        return scores, {"misfit": one.misfit, "outliers": one.outliers, "failed": float(one.failed)}
    scores, other = refine(past, scores, rows, number, setup.seed)
    return scores, {"objective": other.objective, "accepted": other.accepted}


def _ran_away(past: Past, setup: Setup) -> InputError:
    message = (
        f"the calibration ran away: most of {counted(setup.members, 'member')} explain what was observed by values and luck that are "
        f"more than {_OUT_OF_REACH:.0f} deviations off, or by none at all."
    )
    help = (
        "Take more members or passes (-n 1000 --passes 8), or declare larger errors of measurement: many draws and small errors are more "
        "than so few members can follow. Where nothing happens by chance in the past, --widths learned may help."
    )
    return InputError(Problem(past.case.name, 0, 0, "ran-away", message, help))
