"""Answers that mix two worlds, told apart by what the model itself declares: the fighting has stopped, or it goes on.

An amount is said to have two states where an event, an option or a treaty stage of the model, or rivals of a prior (values of their own,
components of a mixture, claims of a pool that exclude each other), part the futures into two worlds, so that

* it can act on the answer (the model says so), and either world holds 5 % of the futures or more: less cannot make up a tail of the band;
* there is a valley between the worlds' medians: somewhere the answers stand at most half as dense as in the densest half of the answers on
  either side of it, chance allowed for;
* it is this event, or this prior, that parts them: at least three quarters of the futures on the smaller world's side of the valley belong
  to it. (Half of that world lies there, as its median does; in the rest the event may have come late.)

Answers of a long tail are densest where it begins, so that nothing is sparse beside one number at which the other world stands. There the
two are told apart by that number itself: 95 % of one world answer it, 5 % of the other at most; the other lies beyond it on one side, with a
mean distance of more than twice the median one.

So answers with one hump are never parted, whatever goes with them: to one side of any stretch they are nowhere denser than in it. That keeps
out a tail that an event merely cuts off (an alarm that sounds where the answer is high). Of several that do, the one that misplaces fewest
futures is named; an event before a prior.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import STATE
from foedus.analysis.finding import StateBand
from foedus.arrays import Array
from foedus.compile.program import ReportSlot, ResultSlot
from foedus.ensemble import Futures
from foedus.titles import title_of

__all__ = [
    "LEAST_SHARE",
    "LONG_TAIL",
    "ONE_NUMBER",
    "PURE",
    "STRETCHES",
    "VALLEY",
    "happening",
    "parting_reports",
    "states_of",
    "world_words",
]

Mask = NDArray[np.bool_]
LEAST_SHARE = 0.05
VALLEY = 0.5
PURE = 0.75
ONE_NUMBER = 0.95
LONG_TAIL = 2.0
STRETCHES = 8  # into which the way between the medians is cut
_STAGES = {"in_force": "in force", "invoked": "called on", "honoured": "honoured"}


@dataclass(frozen=True)
class _Parting:
    """Two worlds: `is_smaller` by place in the ranked answers, how many futures lie on the wrong side, what either is."""

    is_smaller: Mask
    misplaced: int
    words: tuple[str, str]


def states_of(futures: Futures, slot: ResultSlot, row: int, answers: Array) -> tuple[StateBand, ...]:
    """The two worlds that an amount's answer mixes in a scenario, the smaller one first; none where it does not.

    Args:
        slot: the question.
        row: number of the scenario.
        answers: (future,), NaN where the question does not apply or the future failed. Shares and bands are those of the first futures, of
            which first times are kept.
    """
    if slot.kind == "probability" or futures.firsts is None:
        return ()
    values = answers[: futures.firsts.count]
    order = np.argsort(values, kind="stable")  # NaN last
    order = order[: int((~np.isnan(values)).sum())]
    ranked = values[order]
    if len(ranked) < 2 * STATE or ranked[0] == ranked[-1]:
        return ()
    found = [parting for words, holds in _candidates(futures, slot, row, order) if (parting := _parting(ranked, holds, words))]
    return _bands(ranked, min(found, key=lambda parting: parting.misplaced)) if found else ()


def _candidates(futures: Futures, slot: ResultSlot, row: int, order: NDArray[np.int64]) -> Iterator[tuple[tuple[str, str], Mask]]:
    """What may part the answers, in words, with the ranked futures in which it has come by the question's end, or was drawn."""
    for words, holds in _all_worlds(futures, slot, row):
        ranked = holds[order]
        count = int(ranked.sum())
        if min(count, len(ranked) - count) >= max(STATE, LEAST_SHARE * len(ranked)):
            yield words, ranked


def _all_worlds(futures: Futures, slot: ResultSlot, row: int) -> Iterator[tuple[tuple[str, str], Mask]]:
    firsts = futures.firsts
    assert firsts is not None
    for place, report in parting_reports(firsts.reports()):
        if happening(report) in slot.upstream:
            yield world_words(report), firsts.have_come(row, place, slot.last)
    for world in futures.worlds:
        if world.name in slot.drawn:
            yield world.words, world.holds(futures.parameters[:, : firsts.count])


def parting_reports(reports: Iterable[tuple[int, ReportSlot]]) -> Iterator[tuple[int, ReportSlot]]:
    """Of numbered first times those that may part answers: all but each decision's first option.

    That one stands before anything is decided; when it is chosen tells nothing.
    """
    decided: set[str] = set()
    for number, report in reports:
        name = happening(report)
        if report.kind == "decision" and name not in decided:
            decided.add(name)
        else:
            yield number, report


def happening(report: ReportSlot) -> str:
    """The name of the event, decision or treaty that a report tells of."""
    return report.variable


def _parting(ranked: Array, holds: Mask, words: tuple[str, str]) -> _Parting | None:
    """The two worlds if there is a valley between them, and if it is they that lie on its sides."""
    is_smaller = holds if 2 * int(holds.sum()) <= len(holds) else ~holds
    smaller, larger = ranked[is_smaller], ranked[~is_smaller]
    valley = _valley(ranked, float(smaller[len(smaller) // 2]), float(larger[len(larger) // 2]))
    if valley is None:
        return _parting_by_number(ranked, is_smaller, words if is_smaller is holds else words[::-1])
    is_below = smaller[len(smaller) // 2] < larger[len(larger) // 2]
    is_beside = (ranked < valley) if is_below else (ranked > valley)
    both, beside = int((is_beside & is_smaller).sum()), int(is_beside.sum())
    if both < PURE * beside:
        return None
    return _Parting(is_smaller, len(smaller) + beside - 2 * both, words if is_smaller is holds else words[::-1])


def _parting_by_number(ranked: Array, is_smaller: Mask, words: tuple[str, str]) -> _Parting | None:
    """The two worlds if one of them is a number, and the other a long tail that begins there."""
    for is_constant in (is_smaller, ~is_smaller):
        constant, other = ranked[is_constant], ranked[~is_constant]
        number = constant[len(constant) // 2]
        is_aside = bool((other >= number).all() or (other <= number).all())
        is_apart = (constant == number).mean() >= ONE_NUMBER and (other == number).mean() <= 1.0 - ONE_NUMBER
        mean, median = float(np.abs(other - number).mean()), abs(float(other[len(other) // 2] - number))
        if is_apart and is_aside and mean > LONG_TAIL * median:
            misplaced = int((constant != number).sum()) + int((other == number).sum())
            return _Parting(is_smaller, misplaced, words)
    return None


def _valley(ranked: Array, *medians: float) -> float | None:
    """Where between two medians the answers are sparsest, if they are sparse there."""
    low, high = sorted(medians)
    width = (high - low) / STRETCHES
    if not (math.isfinite(width) and width > 0.0):
        return None
    edges = np.linspace(low, high, STRETCHES + 1)
    if not (np.diff(edges) > 0.0).all():  # nearer to one another than numbers can tell
        return None
    starts, ends = np.searchsorted(ranked, edges[:-1], side="right"), np.searchsorted(ranked, edges[1:], side="left")
    lowest = int(np.argmin(ends - starts))
    start, end = int(starts[lowest]), int(ends[lowest])
    most = (end - start + 2.0 * math.sqrt(end - start + 1.0)) / width  # what chance may have left out
    if most > VALLEY * min(_density(ranked[:start]), _density(ranked[end:])):
        return None
    return float(edges[lowest] + edges[lowest + 1]) / 2


def _density(side: Array) -> float:
    """Futures per unit over the densest half of some answers; infinite where they are all at one place."""
    half = (len(side) + 1) // 2
    if half < 2:
        return 0.0
    shortest = float((side[half - 1 :] - side[: len(side) - half + 1]).min())
    return half / shortest if shortest > 0.0 else math.inf


def _bands(ranked: Array, parting: _Parting) -> tuple[StateBand, ...]:
    sides = zip(parting.words, (parting.is_smaller, ~parting.is_smaller), strict=True)
    return tuple(_band(label, ranked[which], len(ranked)) for label, which in sides)


def _band(label: str, world: Array, count: int) -> StateBand:
    low, median, high = (float(value) for value in np.quantile(world, (0.05, 0.5, 0.95)))
    return StateBand(label, len(world) / count, median, low, high, bool(world[0] == world[-1]))


def world_words(report: ReportSlot) -> tuple[str, str]:
    """What holds where it has come, and where it has not."""
    name, option = report.name.removesuffix(f": {report.option}"), report.option
    named = f"“{title_of(name, report.label)}”"
    if report.kind == "decision":
        return f"{named}: {option}", f"{named}: not {option}"
    if report.kind == "treaty":
        return f"{named} {_STAGES[report.stage]}", f"{named} not {_STAGES[report.stage]}"
    return f"{named} has come", f"{named} has not come"
