"""The difference between two scenarios, split over what they set differently: parts that add up to it, each with its error."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from foedus.analysis.estimate import Estimate, Sample, combined, difference_of, statistic
from foedus.analysis.moves import MATTERS
from foedus.analysis.orders import Orders
from foedus.analysis.settled import is_set_by
from foedus.analysis.tails import is_long_tailed
from foedus.arrays import Array
from foedus.compile.program import ResultSlot, ScenarioSlot
from foedus.ensemble import Futures

__all__ = ["Amount", "CausePart", "Explained", "Split", "split_difference"]


@dataclass(frozen=True)
class Amount:
    """A number with one standard error; both NaN where it cannot be known.

    Attributes:
        is_same: do no two of the compared futures differ? Then the error is what one future that has not been seen could do.
    """

    value: float
    error: float
    is_same: bool = False

    @property
    def is_clear(self) -> bool:
        """Beyond two errors?"""
        return math.isfinite(self.value) and math.isfinite(self.error) and self.value != 0 and abs(self.value) > 2 * self.error


@dataclass(frozen=True)
class CausePart:
    """What one cause does to one answer.

    Attributes:
        share: in the mean over orders; the shares add up to the difference.
        first: what it does alone, from where the first scenario stands; last: what it does when all others are in place.
    """

    share: Amount
    first: Amount
    last: Amount


@dataclass(frozen=True)
class Split:
    """One answer in both scenarios, and the difference split over the causes.

    Attributes:
        before, after: the answers; a chance, a mean, or the median of a date.
        width: of the 90 % interval before, 0 for a chance: what counts as much of an amount is seen against it.
        is_of_other_futures: it applies (`given`) to another part of the futures in each, so that the difference is one between futures.
        is_set: a scenario sets the answer itself, which never counts.
        parts: one for each cause, in their order.
        medians: of a mean, the medians beside `before` and `after`; NaN for others.
    """

    question: str
    label: str
    kind: str
    unit: str
    before: float
    after: float
    difference: Amount
    width: float
    is_of_other_futures: bool
    is_set: bool
    parts: tuple[CausePart, ...]
    medians: tuple[float, float] = (math.nan, math.nan)

    @property
    def is_long_tailed(self) -> bool:
        """Are its ends means that lie far from the medians?"""
        ends = zip((self.before, self.after), self.medians, strict=True)
        return any(is_long_tailed(mean, median, self.width) for mean, median in ends)

    @property
    def size(self) -> float:
        """On a scale common to all questions: chance, or widths of the 90 % interval."""
        return abs(self.difference.value) / (self.width or 1.0) if math.isfinite(self.difference.value) else 0.0

    @property
    def matters(self) -> bool:
        """Is the difference beyond chance, and large enough to matter?"""
        is_large = self.size >= MATTERS["width" if self.width else "chance"]
        return self.difference.is_clear and is_large and not self.is_of_other_futures and not self.is_set


@dataclass(frozen=True)
class Explained:
    """The difference between two scenarios.

    Attributes:
        first, second: names of the scenarios; differences are second less first; labels: the same in words.
        names, words: of the causes: what is set, and from what to what, as the model spells it.
        splits: question -> split.
        coalitions: how many sets of causes were run; is_every_order: or only some orders were tried.
        titles, told: of the causes, as people say it: what is set, and from what to what.
        idle: what one of them sets and is so anyway, as people say it: no cause.
    """

    first: str
    second: str
    labels: tuple[str, str]
    names: tuple[str, ...]
    words: tuple[str, ...]
    splits: Mapping[str, Split]
    futures: int
    seed: int
    coalitions: int
    is_every_order: bool
    titles: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()


def split_difference(
    futures: Futures,
    slot: ResultSlot,
    orders: Orders,
    label: str,
    ends: Sequence[ScenarioSlot] = (),
    still: Collection[int] = (),
) -> Split:
    """Split the difference of one answer between the first and the last scenario of an ensemble.

    Args:
        futures: whose scenarios are the coalitions of `orders`, in their order, on the same futures.
        slot: the question.
        orders: whose coalitions were run.
        label: the question in words.
        ends: the two scenarios as they are declared, which say what they set themselves.
        still: causes from which nothing in the model leads to the answer, or that begin after it is given: no future that has not been
            seen could differ by them.
    """
    samples = [Sample(futures.values(slot.name, scenario.name), futures.replicate_of) for scenario in futures.scenarios]
    first = samples[0]
    estimates = [statistic(one, slot.statistic) for one in samples]
    values = np.array([one.value for one in estimates])
    unseen = 1.0 if slot.statistic == "probability" else float(first.kept.std(ddof=1)) if len(first.kept) > 1 else 0.0
    width = 0.0 if slot.statistic == "probability" else first.quantile(0.95).value - first.quantile(0.05).value
    apply = [~np.isnan(_asked(futures, slot, futures.scenarios[row].name)) for row in (0, -1)]
    is_other = float((apply[0] != apply[1]).mean()) >= MATTERS["share"]

    def amount(weights: Array, value: float | None = None, more: float = 0.0) -> Amount:
        found = combined(weights, estimates, float(weights @ values) if value is None else value)
        _, error = difference_of(found, _nothing(found), futures.replicate_of, unseen)
        return Amount(found.value, math.hypot(error, more))

    is_set = any(
        is_set_by(one, slot, samples[row].values, samples[-1 - row].values) for row, one in zip((0, -1), ends, strict=False)
    )
    parts = _parts(orders, values, amount) if np.isfinite(values).all() else (_UNKNOWN,) * len(orders.weights)
    difference = amount(_step(len(values), len(values) - 1, 0), float(values[-1] - values[0]))
    answers = [_said(futures, slot, scenario.name) for scenario in futures.scenarios]
    parts = tuple(_compared(part, orders, cause, answers) for cause, part in enumerate(parts))
    difference = replace(difference, is_same=_alike(answers[0], answers[-1]))
    nothing = 1e-12 * float(np.abs(values).max())
    parts = tuple(_certain(part, nothing) if cause in still else part for cause, part in enumerate(parts))
    if len(still) == len(orders.weights):
        difference = _sure(difference, nothing)
    medians = _medians(samples[0], samples[-1]) if slot.statistic == "mean" else (math.nan, math.nan)
    ends_of = (float(values[0]), float(values[-1]))
    return Split(slot.name, label, slot.kind, slot.unit, *ends_of, difference, width, is_other, is_set, parts, medians)


def _alike(one: Array, other: Array) -> bool:
    """Does no future answer otherwise?"""
    return np.array_equal(one, other, equal_nan=True)


def _compared(part: CausePart, orders: Orders, cause: int, answers: Sequence[Array]) -> CausePart:
    """The same part, which says where no future differs by the cause: added to whatever else was tried without it, alone, and last."""
    steps = [
        (orders.row(one - {cause}), row)
        for row, one in enumerate(orders.coalitions)
        if cause in one and one - {cause} in orders.coalitions
    ]
    every = {row: _alike(answers[before], answers[row]) for before, row in steps}
    return CausePart(
        replace(part.share, is_same=all(every.values())),
        replace(part.first, is_same=every[orders.row([cause])]),
        replace(part.last, is_same=every[len(answers) - 1]),
    )


def _sure(amount: Amount, nothing: float) -> Amount:
    """Nothing, without an error; what is more than rounding leaves stays as it is."""
    return Amount(0.0, 0.0, True) if abs(amount.value) <= nothing else amount


def _certain(part: CausePart, nothing: float) -> CausePart:
    return CausePart(*(_sure(one, nothing) for one in (part.share, part.first, part.last)))


def _medians(first: Sample, last: Sample) -> tuple[float, float]:
    return first.quantile(0.5).value, last.quantile(0.5).value


def _asked(futures: Futures, slot: ResultSlot, scenario: str) -> Array:
    """(future,): NaN where the question does not apply; a date that never comes is an answer."""
    return futures.comes(slot.name, scenario) if slot.statistic == "when" else futures.values(slot.name, scenario)


def _said(futures: Futures, slot: ResultSlot, scenario: str) -> Array:
    """(2, future): whether it is answered, and how: a date that comes in both may be another."""
    return np.array([_asked(futures, slot, scenario), futures.values(slot.name, scenario)])


class _Amounts(Protocol):
    """From weights of coalitions to a number with its error."""

    def __call__(self, weights: Array, value: float | None = None, more: float = 0.0) -> Amount: ...


_UNKNOWN = CausePart(*(Amount(math.nan, math.nan),) * 3)


def _parts(orders: Orders, values: Array, amount: _Amounts) -> tuple[CausePart, ...]:
    """One part for each cause."""
    shares, more, size = orders.shares(values), orders.order_errors(values), len(values)
    every = frozenset(range(len(orders.weights)))
    found = []
    for cause, weights in enumerate(orders.weights):
        alone = _step(size, orders.row([cause]), orders.row([]))
        last = _step(size, orders.row(every), orders.row(every - {cause}))
        found.append(CausePart(amount(weights, float(shares[cause]), float(more[cause])), amount(alone), amount(last)))
    return tuple(found)


def _step(size: int, after: int, before: int) -> Array:
    found = np.zeros(size)
    found[after] += 1
    found[before] -= 1
    return found


def _nothing(beside: Estimate) -> Estimate:
    return Estimate(0.0, 0.0, np.zeros(len(beside.influence)), beside.count)
