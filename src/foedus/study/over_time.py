"""What the amount that a question looks at hangs on as time goes by: each parameter at each of a few moments."""

from __future__ import annotations

import math

import numpy as np

from foedus.analysis import Ranks
from foedus.analysis.drivers import shares_of
from foedus.analysis.enough import DRIVERS, refuse_few
from foedus.analysis.failures import refuse_failed
from foedus.analysis.over_time import CauseOverTime, OverTime
from foedus.analysis.tails import CARRIERS, carriers_of_variance
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.model import Options
from foedus.study.asked import asked_slots, question_words, variables_asked
from foedus.study.common import rests_on
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress, Told
from foedus.study.titled import titles_in
from foedus.wording import counted

__all__ = ["why_over_time"]

_MOMENTS = 5  # columns beside a parameter
_CAUSES = 8


def why_over_time(
    case: Case,
    question: str,
    *,
    futures: int = 4000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> OverTime:
    """What an amount hangs on week by week, in the baseline: first-order shares of its variance at a few moments up to the question's end.

    Parameters that hang together (a posterior, a correlation) each have what the others do through them as well: shares then overlap.

    Args:
        question: its name; followed is the first amount that it looks at.
        progress: called with (futures done, futures in all). told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, it looks at no amount, or too few futures tell.
        RunError: more than a few of the futures failed.
    """
    (slot,) = asked_slots(case, [question])
    few = f"{counted(futures, 'future')} cannot tell what an amount hangs on."
    refuse_few(case.name, futures, DRIVERS, few, "Run more futures (-n)")
    variable = _followed(case, slot)
    baseline = case.program.scenarios[0].name

    def run(count: int, shown: Progress | None = None) -> Futures:
        return run_futures(case, count, seed, [baseline], trajectories=count, keep=variable, precision="double", progress=shown)

    tell_duration(told, run, futures)
    ran = run(futures, progress)
    refuse_failed(ran)
    assert ran.trajectories is not None
    row = [one.name for one in ran.program.saved].index(variable)
    last = slot.last * ran.program.step
    places = [place for place, time in enumerate(ran.moments) if 0 <= time <= last + 1e-9]
    chosen = sorted({places[round(part * (len(places) - 1))] for part in np.linspace(0, 1, _MOMENTS + 1)[1:]})
    values = np.asarray(ran.trajectories[0][row], dtype=np.float64)
    values = np.where(ran.is_ok, values, np.nan)
    ranks = Ranks(ran)
    is_carried = tuple(carriers_of_variance(values[place]) >= CARRIERS for place in chosen)
    shares = [shares_of(ranks, values[place]) if told else {} for place, told in zip(chosen, is_carried, strict=True)]
    saved = next(one for one in ran.program.saved if one.name == variable)
    titles = titles_in(case)
    return OverTime(
        slot.name,
        question_words(case, slot),
        variable,
        titles.get(variable, saved.title),
        saved.unit,
        tuple(float(ran.moments[place]) for place in chosen),
        tuple(ran.program.date_of(float(ran.moments[place])) for place in chosen),
        tuple(float(np.nanmedian(values[place])) if (~np.isnan(values[place])).any() else math.nan for place in chosen),
        is_carried,
        _causes(case, shares),
        futures,
        seed,
    )


def _causes(case: Case, shares: list[dict[int, tuple[float, float]]]) -> tuple[CauseOverTime, ...]:
    """The parameters with the largest share at some moment."""
    titles = titles_in(case)
    largest: dict[int, float] = {}
    for one in shares:
        for index, (share, _) in one.items():
            largest[index] = max(share, largest.get(index, 0.0))
    order = sorted(largest, key=lambda index: -largest[index])[:_CAUSES]
    slots = [(index, case.program.parameters[index]) for index in order]
    return tuple(
        CauseOverTime(
            slot.name, titles.get(slot.name, slot.title), rests_on(case, [slot]), tuple(one.get(index) for one in shares)
        )
        for index, slot in slots
    )


def _followed(case: Case, slot: ResultSlot) -> str:
    """The first amount that a question looks at.

    Raises:
        InputError: it looks at none.
    """
    program = case.compiled(Options(save="all", reach=False))
    happenings = {state.tells.name for state in program.states if state.tells is not None}
    known = [one.name for one in program.saved if one.name not in happenings]
    found = variables_asked(case, known, slot.name)
    if not found:
        message = f"`{slot.name}` looks at no amount that could be followed over time."
        raise InputError(
            Problem(case.name, 0, 0, "no-amount", message, "Leave `--over-time` out, or name a question about an amount.")
        )
    return found[0]
