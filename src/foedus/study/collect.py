"""A plan of what to find out: which parameter, claim and source would narrow an answer, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from foedus.analysis.drivers import Ranks
from foedus.analysis.plan import CollectionPlan, Plans, Step
from foedus.analysis.tails import CARRIERS, UNKNOWN, carriers_of_variance, middle_of
from foedus.analysis.worth import learnt, refuse_small, worth
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.study.asked import asked_slots, question_words
from foedus.study.signals import Signals, judged_futures
from foedus.study.simulate import Progress, Told
from foedus.study.worth import worth as worths_of

__all__ = ["collect", "plan_case"]


def collect(
    case: Case,
    questions: Iterable[str] = (),
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> dict[str, CollectionPlan]:
    """What would narrow each answer, in the baseline: by parameter, claim and source, what to find out and whom to ask.

    Args:
        questions: whose answers; all if none is named.
        futures, seed: of the run.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, or one applies to too few futures.
        RunError: more than a few of the futures failed.
    """
    slots = asked_slots(case, questions)
    ran = judged_futures(case, [case.program.scenarios[0].name], futures, seed, progress, told)
    ranks, signals = Ranks(ran), Signals(case, ran)
    return {slot.name: _plan(case, ran, ranks, signals, slot) for slot in slots}


def plan_case(
    case: Case,
    questions: Iterable[str] = (),
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Plans:
    """A plan for each question that is named; without any, what settling each assumption would take off all answers.

    Raises:
        InputError, RunError: as of `collect`.
    """
    asked = tuple(dict.fromkeys(questions))
    plans = collect(case, asked, futures=futures, seed=seed, progress=progress, told=told) if asked else {}
    worths = {name: plan.settle for name, plan in plans.items()} or worths_of(case, futures=futures, seed=seed, progress=progress)
    left_out = () if asked else tuple(slot.name for slot in case.program.results if slot.name not in worths)
    called = {slot.name: question_words(case, slot) for slot in case.program.results}
    return Plans(case.name, worths, plans, left_out, futures, seed, called)


def _plan(case: Case, ran: Futures, ranks: Ranks, signals: Signals, slot: ResultSlot) -> CollectionPlan:
    values = ran.values(slot.name)[: ranks.count]
    kept = values[~np.isnan(values)]
    refuse_small(case.name, slot, values)
    variance = float(kept.var()) if len(kept) else math.nan
    is_chance = slot.statistic == "probability"

    def doubt(left: float) -> float:
        return variance * left if is_chance else math.sqrt(variance * left)

    settle = worth(ran, slot, ranks)
    matters = {name for one in settle for name in one.parameters}
    steps = []
    is_carried = carriers_of_variance(kept) >= CARRIERS
    for item, rows in signals.of(matters) if is_carried else ():
        found = learnt(rows, values, ranks)
        if found.is_named and found.share.is_clear:
            steps.append(Step(item, found, doubt(1), doubt(max(0.0, 1 - found.share.value))))
    return CollectionPlan(
        slot.name,
        question_words(case, slot),
        slot.kind,
        slot.unit,
        float(kept.mean()) if len(kept) else math.nan,
        doubt(1),
        settle,
        tuple(sorted(steps, key=lambda step: -step.learnt.share.value)),
        len(kept),
        ran.seed,
        *(middle_of(kept) if slot.statistic == "mean" else UNKNOWN),
        has_sources=any(parameter.claims for parameter in case.program.parameters),
        carriers=carriers_of_variance(kept),
    )
