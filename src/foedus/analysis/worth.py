"""What would narrow an answer: how much of its variance would go if one uncertain thing were settled; and what that is worth to who decides.

What hangs on a claim is the share of its group, times its weight in the pool of the group; what hangs on a source is the sum over its claims.

Somebody who chooses between scenarios takes the one whose mean is best. Were a thing known first, the best could be chosen for each of its
values: what that gains on average is the expected value of partial perfect information. The choice for each value is made by a regression
(cubic, in normal scores) on one half of the futures and tried on the other, so that no gain is made of noise; it errs downwards, never up.

Sources: Strong, Oakley & Brennan 2014 (by regression); Raiffa & Schlaifer 1961.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from foedus.analysis.drivers import Ranks, drivers
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.grounds import normal_scores
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Collection", "DecisionWorth", "Errand", "Hanging", "Settled", "Worth", "decision_worth", "mean_of", "worth"]


@dataclass(frozen=True)
class Worth:
    """One thing to settle.

    Attributes:
        subject: the group of claims, or the parameter where there are no claims.
        parameters: that rest on it.
        rests_on_claims: or is it assumed?
        share: of the answer's variance that is expected to go, first order.
        share_error: of that share; of several parameters together as if their errors were independent.
    """

    subject: str
    parameters: tuple[str, ...]
    rests_on_claims: bool
    share: float
    share_error: float


def worth(futures: Futures, slot: ResultSlot, ranks: Ranks) -> tuple[Worth, ...]:
    """Groups of claims and assumptions by how much settling them would narrow an answer, most first.

    For a probability p the variance is p (1 - p), so the share is also the expected cut of the Brier score.

    Raises:
        RunError: more than a few of the futures failed.
    """
    refuse_failed(futures)
    of = {parameter.name: parameter for parameter in futures.program.parameters}
    found: dict[tuple[str, bool], list[tuple[str, float, float]]] = {}
    for driver in drivers(futures, slot, ranks, most=1000):
        parameter = of[driver.parameter]
        key = (parameter.claims, True) if parameter.claims else (parameter.name, False)
        found.setdefault(key, []).append((driver.parameter, driver.share, driver.share_error))
    worths = [
        Worth(
            subject,
            tuple(name for name, _, _ in parts),
            is_claimed,
            sum(share for _, share, _ in parts),
            math.hypot(*(error for _, _, error in parts)),
        )
        for (subject, is_claimed), parts in found.items()
    ]
    return tuple(sorted(worths, key=lambda one: -one.share))


@dataclass(frozen=True)
class Hanging:
    """A claim or a source, and the part of an answer's variance that hangs on it."""

    name: str
    subjects: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Errand:
    """Something to find out.

    Attributes:
        subject: the group of claims, or the label of the assumption.
        whom: the sources that have spoken of it, most weight first; nobody of an assumption.
        share: of the variance that is expected to go.
        before, after: of an amount the width of its 90 % interval, of a chance the expected squared error, now and then.
    """

    subject: str
    whom: tuple[str, ...]
    share: Amount
    before: float
    after: float


@dataclass(frozen=True)
class Collection:
    """What to find out for one answer, and from whom.

    Attributes:
        measure: what `before` and `after` of an errand are, in words with the unit.
        errands: most first; sources, claims: what hangs on each, most first.
    """

    question: str
    measure: str
    errands: tuple[Errand, ...]
    sources: tuple[Hanging, ...]
    claims: tuple[Hanging, ...]
    futures: int
    seed: int


@dataclass(frozen=True)
class Settled:
    """What knowing one thing first would gain on average, in the unit of the question."""

    subject: str
    rests_on_claims: bool
    gain: Amount


@dataclass(frozen=True)
class DecisionWorth:
    """What knowing more is worth to somebody who chooses between scenarios by one answer.

    Attributes:
        options: scenario -> the mean answer; chosen: the best of them as things stand.
        perfect: what knowing everything first would gain, luck too: no report can gain more.
        settled: by thing, most first.
    """

    question: str
    unit: str
    wants_low: bool
    options: Mapping[str, Amount]
    chosen: str
    perfect: Amount
    settled: tuple[Settled, ...]
    futures: int
    seed: int


def decision_worth(gains: Array, things: Mapping[tuple[str, bool], Sequence[Array]]) -> tuple[int, Amount, list[Settled]]:
    """Which option is best, what perfect information would gain, and what knowing each thing would.

    Args:
        gains: (option, future): how good each option is in each future.
        things: (subject, does it rest on claims?) -> the parameters that rest on it, (future,) each.
    """
    best = int(np.argmax(gains.mean(axis=1)))
    over = gains - gains[best]  # what each option is better by than the one that would be taken
    found = []
    for (subject, is_claimed), parameters in things.items():
        scores = [normal_scores(values) for values in parameters]
        columns = [np.ones(gains.shape[1]), *(score**power for score in scores for power in (1, 2, 3))]
        found.append(Settled(subject, is_claimed, mean_of(_chosen(over, np.stack(columns, axis=1)))))
    return best, mean_of(over.max(axis=0)), sorted(found, key=lambda one: -one.gain.value)


def _chosen(over: Array, design: Array) -> Array:
    """(future,): what is gained by the option that looks best from what is known, the look being of the other half of the futures."""
    gained = np.zeros(over.shape[1])
    for half in (0, 1):
        fit, *_ = np.linalg.lstsq(design[half::2], over[:, half::2].T, rcond=None)
        places = np.argmax(design[1 - half :: 2] @ fit, axis=1)
        gained[1 - half :: 2] = np.take_along_axis(over[:, 1 - half :: 2], places[None, :], axis=0)[0]
    return gained


def mean_of(values: Array) -> Amount:
    """The mean of some futures; its error is unknown of a single one."""
    return Amount(float(values.mean()), float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.nan)
