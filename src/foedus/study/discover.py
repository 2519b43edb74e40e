"""The futures that matter for one answer, in boxes of parameters and in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.belief import answers_of
from foedus.analysis.boxes import Box, boxes_of, confirmed, counted
from foedus.analysis.discovery import Discovered, FoundBox, Range
from foedus.analysis.failures import refuse_failed
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.extras import require
from foedus.show.words import number, unit_words
from foedus.study.asked import asked_slots, question_words
from foedus.study.believe import stated_value
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.halves import refuse_few_in_half
from foedus.study.simulate import Progress, Told
from foedus.study.titled import title_in

__all__ = ["Wanted", "discover"]

_TOP = 0.1  # of an amount: the futures that matter unless others are asked for
_CLEAR = 2.0  # errors by which a box must be denser than all


@dataclass(frozen=True)
class Wanted:
    """Which futures matter; without anything, those in which it is so, or the top tenth of an amount.

    Attributes:
        otherwise: those in which it is not so.
        above, below: those in which an amount lies beyond a value, as somebody writes it.
    """

    otherwise: bool = False
    above: str = ""
    below: str = ""


def discover(
    case: Case,
    question: str,
    wanted: Wanted | None = None,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Discovered:
    """Boxes of parameters in which the futures that matter are frequent, in the baseline.

    Args:
        case: the case.
        question: its name.
        wanted: which futures matter; None takes those in which it is so, or the top tenth of an amount.
        futures, seed: of the run; half of them propose boxes, the others judge them.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: scikit-learn is missing, there is no such question, the futures that matter cannot be told, or there are too few of them.
        RunError: more than a few of the futures failed.
    """
    require("discover", "`foedus discover`", "sklearn")
    (slot,), wanted = asked_slots(case, [question]), wanted or Wanted()
    _check(case, slot, wanted)
    baseline = [case.program.scenarios[0].name]
    tell_duration(
        told,
        lambda count: run_futures(case, count, seed, baseline, trajectories=False),
        futures,
        lambda count: discover(case, question, wanted, futures=count, seed=seed),
    )
    ran = run_futures(case, futures, seed, baseline, trajectories=False, progress=progress)
    refuse_failed(ran)
    matters, applies, target = _matters(case, ran, slot, wanted)
    indices = [index for index in ran.uncertain if np.ptp(ran.parameters[index][: len(matters)]) > 0]
    scales = np.array([ran.program.parameters[index].scale for index in indices])[:, None]
    values = (ran.parameters[indices][:, : len(matters)] / scales)[:, applies]
    first = np.arange(int(applies.sum())) % 2 == 0
    cure = "ask for a value that is met more often"
    refuse_few_in_half(case, slot, target, matters[applies], first, futures, "boxes", cure)
    boxes = boxes_of(values[:, first], matters[applies][first], seed) if indices else ()
    label = question_words(case, slot)
    return _judged(case, ran, slot.name, label, target, boxes, values, matters[applies], first, indices)


def _check(case: Case, slot: ResultSlot, wanted: Wanted) -> None:
    is_chance = slot.is_date or slot.statistic == "probability"
    if sum((wanted.otherwise, bool(wanted.above), bool(wanted.below))) > 1:
        message = "`--otherwise`, `--above` and `--below` each say which futures matter."
        raise InputError(Problem(case.name, 0, 0, "which-futures", message, "Give one of them."))
    if is_chance and (wanted.above or wanted.below):
        message = f"`{slot.name}` is answered by yes or no."
        raise InputError(
            Problem(case.name, 0, 0, "which-futures", message, "Leave `--above` and `--below` out; `--otherwise` asks for no.")
        )


def _matters(case: Case, ran: Futures, slot: ResultSlot, wanted: Wanted) -> tuple[NDArray[np.bool_], NDArray[np.bool_], str]:
    """Which futures matter, to which the question applies, and what makes them matter in words."""
    values: Array = answers_of(ran, slot)[: ran.parameters.shape[1]]
    applies = ~np.isnan(values)
    if slot.is_date or slot.statistic == "probability":
        target = "it does not come true" if wanted.otherwise else "it comes true"
        return (values == (0.0 if wanted.otherwise else 1.0)) & applies, applies, target
    unit = f" {unit_words(slot.unit)}".rstrip()
    if wanted.above or wanted.below:
        bound = stated_value(case, slot, wanted.above or wanted.below)
        is_above = bool(wanted.above)
        target = f"it is {'above' if is_above else 'below'} {number(bound)}{unit}"
        return (values > bound if is_above else values < bound) & applies, applies, target
    level = _TOP if wanted.otherwise else 1 - _TOP
    bound = float(np.quantile(values[applies], level)) if applies.any() else math.nan
    found = values <= bound if wanted.otherwise else values > bound
    return found & applies, applies, f"it is {'at most' if wanted.otherwise else 'above'} {number(bound)}{unit}"


def _judged(
    case: Case,
    ran: Futures,
    question: str,
    label: str,
    target: str,
    boxes: tuple[Box, ...],
    values: Array,
    matters: NDArray[np.bool_],
    first: NDArray[np.bool_],
    indices: list[int],
) -> Discovered:
    """What the other half of the futures says of the boxes; those that are not clearly denser than all futures are left out."""
    tried, hits = values[:, ~first], matters[~first]
    base = counted(np.ones(len(matters), dtype=np.bool_), matters).density
    kept = []
    for proposed in boxes:
        box = confirmed(proposed, tried, hits)
        found = counted(box.holds(tried), hits)
        if found.density.value - base.value > _CLEAR * math.hypot(found.density.error, base.error):
            kept.append((box, found))
    together = None
    if kept:
        together = counted(np.any([box.holds(tried) for box, _ in kept], axis=0), hits)
    shown = tuple(FoundBox(_ranges(case, ran, box, values, indices), found) for box, found in kept)
    return Discovered(question, label, target, base, shown, together, ran.count, len(hits), ran.seed)


def _ranges(case: Case, ran: Futures, box: Box, values: Array, indices: list[int]) -> tuple[Range, ...]:
    found = []
    for one in box.conditions:
        slot, own = ran.program.parameters[indices[one.row]], values[one.row]
        levels = (float((own <= one.low).mean()), float((own <= one.high).mean()))
        found.append(Range(slot.name, title_in(case, slot), slot.unit, one.low, one.high, one.step, levels))
    return tuple(found)
