"""What one would have to believe: the nearest priors under which an answer would be as somebody states it."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import numpy as np

from foedus.analysis.belief import Believed, Contradicted, PriorMove, answers_of, believed_moves, scores_of, tilted
from foedus.analysis.enough import TILT
from foedus.analysis.failures import refuse_failed
from foedus.analysis.tails import CARRIERS, UNKNOWN, carriers_of_mean, carriers_of_variance, middle_of
from foedus.analysis.tilt import Tilt
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.compile.scope import build_scope
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.show.words import number, percent, subject, unit_words
from foedus.study.asked import asked_slots, question_words
from foedus.study.common import rests_on
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress, Told
from foedus.study.titled import titles_in
from foedus.units import UnitProblem, read_unit
from foedus.wording import counted

__all__ = ["believe", "stated_value"]

_NUMBER = re.compile(r"\s*([-+−]?[\d_,]*\.?\d+(?:[eE][-+]?\d+)?)\s*(.*?)\s*")


def believe(
    case: Case,
    question: str,
    stated: str | float,
    *,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> Believed:
    """The nearest priors under which the baseline's answer would be as stated.

    Args:
        case: the case.
        question: its name.
        stated: a chance (`80 %`, 0.8) or a mean in the question's unit (`3000 person`); of a date, the chance that it comes.
        futures, seed: of the run.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, the value cannot be what it asks for, or no priors that these futures can tell of lead to it.
        RunError: more than a few of the futures failed.
    """
    (slot,) = asked_slots(case, [question])
    value = stated_value(case, slot, stated)
    baseline = [case.program.scenarios[0].name]
    tell_duration(
        told,
        lambda count: run_futures(case, count, seed, baseline, trajectories=False),
        futures,
        lambda count: believe(case, question, stated, futures=count, seed=seed),
    )
    ran = run_futures(case, futures, seed, baseline, trajectories=False, progress=progress)
    refuse_failed(ran)
    count = min(ran.parameters.shape[1], ran.count)
    values = answers_of(ran, slot)[:count]
    indices, scores = scores_of(ran, count)
    has_luck = bool(case.program.streams)
    answer = float(np.nanmean(values)) if not np.isnan(values).all() else math.nan
    _refuse_carried(case, slot, values)
    found, gap, _ = tilted(values, value, scores, has_luck=has_luck)
    if not found.is_there or found.effective < TILT or math.isnan(answer):
        raise InputError(_too_far(case, slot, value, answer, found, gap, values))
    titles = titles_in(case)
    moved = believed_moves(ran, indices, scores, found, gap, has_luck=has_luck)
    slots = {one.name: one for one in ran.program.parameters}
    moves = tuple(
        replace(move, label=titles.get(move.parameter, move.label), rests_on=rests_on(case, [slots[move.parameter]]))
        for move in moved
    )
    label = question_words(case, slot)
    kind = "probability" if slot.is_date else slot.kind
    return Believed(
        slot.name,
        label,
        kind,
        "" if slot.is_date else slot.unit,
        answer,
        value,
        count,
        seed,
        found.entropy,
        found.effective,
        has_luck,
        moves,
        _contradicted(case, ran, moves),
        *(middle_of(values) if kind == "quantity" else UNKNOWN),
        error=_error(values),
    )


def _refuse_carried(case: Case, slot: ResultSlot, values: Array) -> None:
    """A mean that a few futures carry, or whose variance they carry, goes with those few: so would priors that are moved by it."""
    if slot.is_date or slot.statistic == "probability" or np.isnan(values).all():
        return
    of_mean = carriers_of_mean(values)
    kept = values[~np.isnan(values)]
    carriers = min(of_mean, carriers_of_variance(values)) if len(kept) and np.ptp(kept) > 0 else of_mean
    if carriers < CARRIERS:
        few = counted(max(1, round(carriers)), "future")
        what = f"{'the mean' if of_mean < CARRIERS else 'the variance'} of {subject(question_words(case, slot))}"
        message = f"{what} is carried by about {few}: no priors can be told that would bring it anywhere."
        middle = f"{number(middle_of(values)[0])} {unit_words(slot.unit)}".strip()
        help = f"Ask about a chance instead, such as that it lies above a value; its median is {middle}."
        raise InputError(Problem(case.name, 0, 0, "few-carry", message, help))


def stated_value(case: Case, slot: ResultSlot, stated: str | float) -> float:
    """A stated answer as a number: a chance from 0 to 1, or an amount in the question's unit.

    Raises:
        InputError: it is neither, or in a unit of something else.
    """
    is_chance = slot.is_date or slot.statistic == "probability"
    match = _NUMBER.fullmatch(str(stated))
    help = "Write a chance such as `80 %` or 0.8." if is_chance else f"Write an amount such as `{_example(slot)}`."
    if match is None:
        raise InputError(_wrong(case, f"`{stated}` is no answer to `{slot.name}`.", help))
    value, unit = float(re.sub("[_,]", "", match[1]).replace("−", "-")), match[2]
    if not is_chance:
        value *= _factor(case, slot, unit, help)
    elif unit == "%":
        value /= 100
    elif unit:
        raise InputError(_wrong(case, f"`{stated}` is no chance, and `{slot.name}` asks for one.", help))
    if not math.isfinite(value) or (is_chance and not 0 < value < 1):
        what = "a chance strictly between 0 and 1" if is_chance else "a finite number"
        raise InputError(_wrong(case, f"`{stated}` is not {what}; no priors short of certainty lead to it.", help))
    return value


def _example(slot: ResultSlot) -> str:
    return f"3 {slot.unit}" if slot.unit not in ("", "1") else "3"


def _factor(case: Case, slot: ResultSlot, unit: str, help: str) -> float:
    """What a number in a unit is to be multiplied by, to be in that of the question."""
    if not unit:
        return 1.0
    table = build_scope(case.tree).units
    try:
        found, wanted = read_unit(table, unit), read_unit(table, slot.unit or "1")
    except (UnitProblem, ValueError):
        raise InputError(_wrong(case, f"the model has no unit `{unit}`.", help)) from None
    if not found.matches(wanted):
        raise InputError(_wrong(case, f"`{slot.name}` is in {slot.unit or 'no unit'}, and the stated answer in {unit}.", help))
    return found.scale / wanted.scale


def _error(values: Array) -> float:
    """One standard error of the mean answer."""
    kept = values[~np.isnan(values)]
    return float(kept.std(ddof=1)) / math.sqrt(len(kept)) if len(kept) > 1 else math.nan


def _wrong(case: Case, message: str, help: str) -> Problem:
    return Problem(case.name, 0, 0, "bad-answer", message, help)


def _too_far(
    case: Case, slot: ResultSlot, stated: float, answer: float, found: Tilt, gap: np.ndarray, values: np.ndarray
) -> Problem:
    """Say how near these futures come to what is stated."""
    applies = float(found.weights @ ~np.isnan(values))
    near = stated + float(found.weights @ gap) / applies if applies > 0 else math.nan
    is_above = stated > answer
    # Where the priors tell nothing of the answer, weights by luck's own regression may lead away: nothing is reached but the answer.
    near = max(near, answer) if is_above else min(near, answer)

    is_chance = slot.is_date or slot.statistic == "probability"

    def said(value: float) -> str:
        return percent(value) if is_chance else f"{number(value, value / 100)} {unit_words(slot.unit)}".strip()

    reached, wanted = said(near), said(stated)
    if reached == wanted and near != stated:  # as fine as tells the two apart
        size = 100.0 if is_chance else 1.0
        reached, wanted = (number(size * one, size * abs(near - stated)) for one in (near, stated))
        reached, wanted = (f"{one} {'%' if is_chance else unit_words(slot.unit)}".strip() for one in (reached, wanted))

    what, beside = ("the chance of", "") if is_chance else ("the mean of", f" (its median is {said(middle_of(values)[0])})")
    asked = subject(question_words(case, slot), yes=is_chance)
    message = (
        f"no priors near those of the model bring {what} {asked} to {wanted}: it is {said(answer)}{beside}, and with {TILT} "
        f"futures' worth of weight it comes to {reached} {'at most' if is_above else 'at least'}."
    )
    if math.isnan(answer):
        message = f"`{slot.name}` applies to none of the futures."
    help = "Run more futures (-n), state an answer nearer to the model's, or doubt the model itself: luck or structure, not its priors."
    return Problem(case.name, 0, 0, "out-of-reach", message, help)


def _contradicted(case: Case, ran: Futures, moves: tuple[PriorMove, ...]) -> tuple[Contradicted, ...]:
    """The groups of claims that would have to be wrong."""
    found = []
    slots = {slot.name: slot for slot in ran.program.parameters}
    for move in moves:
        law = case.pools.laws.get(move.parameter) if slots[move.parameter].claims else None
        if law is None or case.ledger is None or not move.is_named:
            continue
        low, high = (float(one) for one in law.quantile(np.array([0.05, 0.95])))
        if not low <= move.after <= high:
            claims = tuple(
                (one.id, f"{one.paraphrase} ({one.source.shown})") for one in case.ledger.group(move.claims) if one.counts
            )
            found.append(Contradicted(move.claims, move.parameter, move.label, move.unit, (low, high), move.after, claims))
    return tuple(found)
