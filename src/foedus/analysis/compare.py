"""Answers with their errors, and paired differences from the baseline: one statistic a question, the same in every scenario."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import MEAN
from foedus.analysis.estimate import LEVELS, Estimate, Sample, difference_of, statistic
from foedus.analysis.finding import Answer
from foedus.analysis.settled import is_set_by
from foedus.analysis.spread import calibration_error
from foedus.analysis.states import states_of
from foedus.analysis.tails import CARRIERS, carriers_of_variance, is_long_tailed, middle_of
from foedus.arrays import Array
from foedus.compile.program import ResultSlot, ScenarioSlot
from foedus.ensemble import Futures

__all__ = ["begins_at", "compare", "compare_runs"]


def compare(futures: Futures, slot: ResultSlot, base: str = "") -> dict[str, Answer]:
    """The answer to one question in every scenario, with the paired difference from the first.

    Args:
        futures: an ensemble; futures that failed in any scenario are left out of all.
        slot: the question.
        base: the scenario that the others are compared with; "" for the first.
    Returns:
        Scenario name -> answer. Errors are those of `foedus.analysis.estimate`; differences are taken on the same futures.
    """
    base = base or futures.scenarios[0].name
    first = _Asked(futures, slot, base)
    begins = {scenario.name: begins_at(scenario) for scenario in futures.scenarios}
    found = {}
    for number, scenario in enumerate(futures.scenarios):
        asked = first if scenario.name == base else _Asked(futures, slot, scenario.name)
        answer, beyond = _answer(asked, None if asked is first else first), number > 0 and slot.name in scenario.out_of_reach
        cannot = beyond or slot.last < min(begins[base], begins[scenario.name])
        found[scenario.name] = replace(
            _certain(answer) if cannot and answer.difference == 0 else answer,
            calibration_error=calibration_error(futures, slot, scenario.name),
            states=states_of(futures, slot, number, asked.sample.values),
            is_out_of_reach=beyond,
            is_set=number > 0 and is_set_by(scenario, slot, asked.sample.values, first.sample.values),
        )
    return found


def begins_at(scenario: ScenarioSlot) -> float:
    """The first step at which anything is otherwise by a scenario: what is asked before cannot differ by it; infinite where it sets nothing.

    A parameter is otherwise from the beginning, and so is an event that is told to come on a day, for it comes on no other.
    """
    if scenario.use_prior:
        return -math.inf
    timed = (one.start if one.parameter < 0 and one.outside is None else -math.inf for one in scenario.settings)
    return min(timed, default=math.inf)


def compare_runs(before: Futures, after: Futures, slot: ResultSlot, scenario: str | None) -> tuple[Answer, Answer]:
    """The answer to one question in two runs of the same futures on other priors, with the paired difference in the second.

    Args:
        before, after: ensembles with the same seed, design and number of futures, of programs that both ask the question.
        slot: the question.
        scenario: in both; None takes the first of each.
    Returns:
        The answer before, and the answer after with its difference; over futures that ended well in both. Where either is an amount with
        a long tail, whose mean a few futures make, both are told and compared by their medians.
    """
    is_ok = before.is_ok & after.is_ok
    first, second = (_Asked(ran, slot, scenario, is_ok) for ran in (before, after))
    if slot.statistic == "mean" and _is_better_told_by_median(first.sample, second.sample):
        first, second = (_Asked(ran, slot, scenario, is_ok, "median") for ran in (before, after))
    return _answer(first, None), _answer(second, first)


def _is_better_told_by_median(*samples: Sample) -> bool:
    """Has one of two amounts a long tail, and a median in each that moves when the answers do, as that of mostly noughts would not?"""
    known = [one for one in samples if len(one.kept) >= MEAN]
    if len(known) < len(samples):
        return False
    quarters = [np.quantile(one.kept, (0.25, 0.5, 0.75)) for one in known]
    if not all(low < middle < high for low, middle, high in quarters):
        return False
    return any(
        is_long_tailed(float(one.kept.mean()), *middle_of(one.kept)) or carriers_of_variance(one.kept) < CARRIERS for one in known
    )


class _Asked:
    """The answers of all futures in one scenario, and what is estimated from them."""

    def __init__(
        self, futures: Futures, slot: ResultSlot, scenario: str | None, is_ok: NDArray[np.bool_] | None = None, by: str = ""
    ) -> None:
        self.statistic, self.replicates = by or slot.statistic, futures.replicate_of
        self.sample = Sample(_where(futures.values(slot.name, scenario), is_ok), self.replicates)
        self.mean = self.sample.probability() if self.statistic == "probability" else self.sample.mean()
        self.shown: Estimate = statistic(self.sample, self.statistic) if self.statistic in ("when", "median") else self.mean
        self.chance: Estimate | None = None
        self.applies = self.sample.applies
        if self.statistic == "when":
            coming = Sample(_where(futures.comes(slot.name, scenario), is_ok), self.replicates)
            self.chance, self.applies = coming.probability(), coming.applies


def _where(values: Array, is_ok: NDArray[np.bool_] | None) -> Array:
    return values if is_ok is None else np.where(is_ok, values, np.nan)


def _answer(asked: _Asked, first: _Asked | None) -> Answer:
    count, sample = int(asked.sample.applies.sum()), asked.sample
    is_chance = asked.statistic == "probability"
    found = Answer(
        asked.mean.value if is_chance else None,
        None,
        None if is_chance else asked.mean.value,
        asked.mean.error,
        None,
        None,
        count,
        statistic=asked.statistic,
        error=asked.shown.error,
        share=count / max(1, len(sample.values)),
        applies=int(asked.applies.sum()) / max(1, len(sample.values)),
    )
    if not is_chance:
        points = [sample.quantile_with_error(level) for level in LEVELS]
        found = replace(found, quantiles=_five(value for value, _ in points), quantile_errors=_five(error for _, error in points))
    if asked.chance is not None:
        found = replace(found, chance=asked.chance.value, chance_error=asked.chance.error)
    return found if first is None else _compared(found, asked, first)


def _compared(answer: Answer, asked: _Asked, first: _Asked) -> Answer:
    """The answer with its paired differences from another one."""
    unseen = 1.0 if asked.statistic == "probability" else _spread(first.sample, asked.statistic)
    difference, error = difference_of(asked.shown, first.shown, asked.replicates, unseen)
    other_share = float((asked.applies != first.applies).sum()) / max(1, len(asked.applies))
    answer = replace(answer, difference=difference, difference_error=error, other_share=other_share)
    if asked.chance is None or first.chance is None:
        return answer
    difference, error = difference_of(asked.chance, first.chance, asked.replicates, 1.0)
    return replace(answer, chance_difference=difference, chance_difference_error=error)


def _five(values: Iterable[float]) -> tuple[float, float, float, float, float]:
    low, lower, middle, upper, high = values
    return low, lower, middle, upper, high


def _certain(answer: Answer) -> Answer:
    """A difference of nothing where nothing leads, or before a scenario begins: no future that has not been seen could differ."""
    chance_error = None if answer.chance_difference is None else 0.0
    return replace(answer, difference_error=0.0, chance_difference_error=chance_error)


def _spread(sample: Sample, by: str = "mean") -> float:
    """How far one future moves what stands for an amount, times their number: a standard deviation, of a median the middle half."""
    if by == "median" and len(sample.kept):
        low, high = np.quantile(sample.kept, (0.25, 0.75))
        return float(high - low)
    return float(sample.kept.std(ddof=1)) if len(sample.kept) > 1 else 0.0
