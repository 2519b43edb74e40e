"""The likeliest ways in which the answer to a question is wrong, each with a future that is told, and its first sign."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.belief import answers_of
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.redteam import (
    Mark,
    RedTeam,
    Sign,
    StoryLine,
    ToldShared,
    ToldSign,
    ToldWay,
    Watched,
    Way,
    as_known,
    first_sign,
    is_answer,
    marks_of,
    medoid,
    part_of,
    share,
    shared_marks,
    ways_of,
)
from foedus.analysis.states import parting_reports, world_words
from foedus.arrays import Array
from foedus.case import Case
from foedus.compile.program import ReportSlot, ResultSlot
from foedus.constructs import tree as t
from foedus.constructs.headline import Headline
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.show.words import coarseness, number, percent, unit_words, yardstick
from foedus.study.asked import asked_slots, question_words
from foedus.study.durations import tell_duration
from foedus.study.futures import run_futures
from foedus.study.halves import refuse_few_in_half
from foedus.study.simulate import Progress, Told
from foedus.study.titled import spoken_in, title_in

__all__ = ["headline_question", "redteam", "told_bound"]

Mask = NDArray[np.bool_]
_TAIL = 0.1  # of an amount, on either side: the judgement is that it lies between
_TOLD = 5  # of what comes in a future
_TELLS = 0.03  # by how much more, or less, often than in all futures, so that it is told
_PARTS = {3: "third", 5: "fifth", 10: "tenth"}
_SEEN_APART = 0.01  # of the larger of two numbers: nearer to each other three digits may not tell them apart
_SHARED = 2  # of what nearly all wrong futures share
_PLACES = (0.25, 0.5, 0.75, 1.0)  # of the way to the end, at which a charted amount is told
_MOMENTS = 60  # at which signs are looked for, at most
_WATCHED = 14  # amounts in which they are, where the model charts none


def headline_question(case: Case) -> ResultSlot:
    """The first question that the case's headline asks; without a headline the first of the model."""
    results = {slot.name: slot for slot in case.program.results}
    asked = [name for headline in case.tree.all(Headline) for name in headline.questions if name in results]
    if not results:
        message = "the model asks no question, so there is no judgement to be wrong."
        raise InputError(Problem(case.name, 0, 0, "unknown-question", message, "Add `question NAME … at the end value …`."))
    return results[asked[0]] if asked else case.program.results[0]


def redteam(
    case: Case,
    question: str = "",
    *,
    futures: int = 4000,
    seed: int = 0,
    progress: Progress | None = None,
    told: Told | None = None,
) -> RedTeam:
    """The likeliest ways in which the answer to a question is wrong, in the baseline.

    Of a chance the judgement is the likelier outcome; of an amount, that it lies between its 10 and 90 % quantiles.

    Args:
        case: the case.
        question: its name; "" takes the first of the headline.
        futures, seed: of the run; half of them propose, the others judge.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, before it starts.
    Raises:
        InputError: there is no such question, or the judgement is wrong, or right, in too few futures.
        RunError: more than a few of the futures failed.
    """
    slot = asked_slots(case, [question])[0] if question else headline_question(case)
    baseline = [case.program.scenarios[0].name]
    tell_duration(
        told,
        lambda count: run_futures(case, count, seed, baseline, trajectories=count),
        futures,
        lambda count: redteam(case, slot.name, futures=count, seed=seed),
    )
    ran = run_futures(case, futures, seed, baseline, trajectories=futures, progress=progress)
    refuse_failed(ran)
    field = _Field(case, ran, slot)
    judgement, targets = _judgement(slot, field.values)
    wrong = np.any([mask for _, mask in targets], axis=0)
    target = " or ".join(words for words, _ in targets)
    cure = "ask a question that is less certain"
    refuse_few_in_half(case, slot, target, wrong, field.first, futures, "ways in which the judgement is wrong", cure)
    ways, shared, inside = [], [], np.zeros(field.count, dtype=np.bool_)
    for target, mask in targets:
        marks, held = field.marks(mask)
        own = ways_of(marks, held, mask, field.first)
        for way, members in own:
            ways.append(_told(field, way, members, target, mask, wrong))
            inside |= members & mask
        told_already = {mark.thing for way, _ in own for mark in way.marks}
        untold = [pair for pair in shared_marks(marks, held, mask, field.first) if pair[0].thing not in told_already]
        shared += [ToldShared(target, _mark_words(field, mark), counts) for mark, counts in untold[:_SHARED]]
    tried = ~field.first
    return RedTeam(
        slot.name,
        question_words(case, slot),
        judgement,
        share(wrong),
        tuple(sorted(ways, key=lambda one: -one.chance.value)),
        _of_wrong(wrong, wrong & ~inside, tried),
        baseline[0],
        ran.count,
        int(tried.sum()),
        seed,
        tuple(shared),
    )


def _of_wrong(wrong: Mask, part: Mask, tried: Mask) -> Amount:
    """How often the judgement is wrong, and wrong in some way: of all futures, by the part of the wrong ones that the other half counts."""
    return part_of(share(wrong), share(part[wrong & tried]))


@dataclass(frozen=True)
class _Field:
    """The futures to which a question applies, and all that is known of them."""

    case: Case
    ran: Futures
    slot: ResultSlot
    spoken: Callable[[str], str] = str

    def __post_init__(self) -> None:
        object.__setattr__(self, "spoken", spoken_in(self.case))
        firsts = self.ran.firsts
        known = min(self.ran.count, self.ran.parameters.shape[1], firsts.count if firsts is not None else self.ran.count)
        values = answers_of(self.ran, self.slot)[:known]
        kept = np.flatnonzero(~np.isnan(values))
        object.__setattr__(self, "kept", kept)
        object.__setattr__(self, "values", values[kept])

    kept: NDArray[np.int64] = dataclasses.field(init=False)
    values: Array = dataclasses.field(init=False)

    @property
    def count(self) -> int:
        return len(self.kept)

    @property
    def first(self) -> Mask:
        """The half that proposes."""
        return np.asarray(np.arange(self.count) % 2 == 0)

    @property
    def indices(self) -> list[int]:
        """The uncertain parameters."""
        return [index for index in self.ran.uncertain if np.ptp(self.ran.parameters[index]) > 0]

    @property
    def reports(self) -> list[tuple[int, ReportSlot]]:
        """What may have come and can act on the answer."""
        firsts = self.ran.firsts
        found = parting_reports(firsts.reports()) if firsts is not None else ()
        return [(place, report) for place, report in found if report.variable in self.slot.upstream]

    @property
    def came(self) -> NDArray[np.int64]:
        """(happening, future): the step at which each first came."""
        firsts = self.ran.firsts
        rows = [firsts.steps(0, place)[self.kept] for place, _ in self.reports] if firsts is not None else []
        return np.array(rows, dtype=np.int64).reshape(len(rows), self.count)

    def marks(self, wrong: Mask) -> tuple[list[Mark], Mask]:
        """What may mark the wrong futures."""
        scales = np.array([self.ran.program.parameters[index].scale for index in self.indices])[:, None]
        parameters = self.ran.parameters[self.indices][:, self.kept] / scales if self.indices else np.zeros((0, self.count))
        return marks_of(parameters, self.came <= self.slot.last, wrong)

    @property
    def charted(self) -> list[int]:
        """The places of what the model charts, among what was saved; without charts, of the first that were."""
        saved = [one.name for one in self.ran.program.saved]
        wanted = {name.name for chart in self.case.tree.all(t.Chart) for name in chart.names}
        return [
            place for place, name in enumerate(saved) if name.partition("[")[0] in wanted or (not wanted and place < _WATCHED)
        ]

    @property
    def watched(self) -> Watched:
        """What can be watched up to the end of the question, at a few moments."""
        step = self.ran.program.step
        steps = np.rint(self.ran.moments / step).astype(np.int64)
        places = np.flatnonzero((steps >= 0) & (steps <= self.slot.last))
        places = places[:: max(1, math.ceil(len(places) / _MOMENTS))]
        trajectories = self.ran.trajectories
        if trajectories is None or not self.charted:
            charts = np.zeros((0, len(places), self.count))
        else:
            charts = np.asarray(trajectories[0][np.ix_(np.array(self.charted), places, self.kept)], dtype=np.float64)
        return Watched(self.came, charts, steps[places])

    def settled(self, answers: Sequence[bool], came: NDArray[np.int64]) -> NDArray[np.int64] | None:
        """(future,): the step at which the answer came: of a date its own, else of the happenings that are the answer; None without any."""
        if self.slot.is_date:
            dates = self.ran.values(self.slot.name)[self.kept] * self.slot.scale
            never = np.iinfo(np.int64).max
            return np.array(
                [round(one / self.ran.program.step) if math.isfinite(one) else never for one in dates], dtype=np.int64
            )
        return came[np.array(answers, dtype=np.bool_)].min(axis=0) if any(answers) else None

    def date(self, step: float) -> str:
        program = self.ran.program
        when = program.date_of(float(step) * program.step)
        return when if program.as_of is not None else f"{program.time_unit} {when}"


def _judgement(slot: ResultSlot, values: Array) -> tuple[str, list[tuple[str, Mask]]]:
    """The judgement in words, and how it can be wrong: each way in words, with its futures."""
    if slot.is_date or slot.statistic == "probability":
        chance = float(values.mean()) if len(values) else math.nan
        error = math.sqrt(chance * (1 - chance) / max(1, len(values)))
        is_likely = chance >= 0.5
        target = "it does not come true" if is_likely else "it comes true"
        return f"{yardstick(chance, error)} ({percent(chance)})", [(target, values == (0.0 if is_likely else 1.0))]
    low, high = (float(end) for end in np.quantile(values, (_TAIL, 1 - _TAIL))) if len(values) else (math.nan, math.nan)
    low, high = (as_known(end, high - low) for end in (low, high))
    unit = f" {unit_words(slot.unit)}".rstrip()
    ends = [number(end, coarseness(end, high - low)) for end in (low, high)]
    inside = percent(float(((values >= low) & (values <= high)).mean())) if len(values) else "none"
    sides = [(f"it is above {ends[1]}{unit}", values > high), (f"it is below {ends[0]}{unit}", values < low)]
    told = [(words, is_wrong) for words, is_wrong in sides if is_wrong.any()]  # below nothing there may be nothing
    return f"to lie between {ends[0]} and {ends[1]}{unit} (in {inside} of the futures)", told or sides


def _told(field: _Field, way: Way, members: Mask, target: str, hits: Mask, wrong: Mask) -> ToldWay:
    """A way with a future that stands for it, what comes in that, and its first sign.

    Args:
        hits: (future,), where it is wrong as the target says; wrong: where it is wrong at all.
    """
    own, right = members & hits, ~wrong
    watched = field.watched
    answers = tuple(is_answer(came <= field.slot.last, hits) for came in watched.came)
    watched = dataclasses.replace(watched, is_answer=answers, settled=field.settled(answers, watched.came))
    place = medoid(_features(field, watched), own)
    sign = first_sign(watched, own, right, field.first)
    return ToldWay(
        target,
        tuple(_mark_words(field, mark) for mark in way.marks),
        way.counted,
        _of_wrong(wrong, own, ~field.first),
        int(field.kept[place]),
        _story(field, watched, place, own, right),
        None if sign is None else _sign_words(field, watched, sign),
    )


def _features(field: _Field, watched: Watched) -> Array:
    """What makes futures like each other: when things came, and how what is charted went."""
    last = field.slot.last
    came = np.minimum(watched.came, last + 1).astype(np.float64)
    charts = watched.charts[:, :: max(1, watched.charts.shape[1] // 8)].reshape(-1, field.count)
    return np.concatenate([came, charts])


def _mark_words(field: _Field, mark: Mark) -> str:
    if not mark.is_parameter:
        return field.spoken(world_words(field.reports[mark.row][1])[0 if mark.is_high else 1])
    slot = field.ran.program.parameters[field.indices[mark.row]]
    end, part = "highest" if mark.is_high else "lowest", _PARTS.get(round(1 / mark.level), "part")
    bound = f"{number(mark.bound)} {unit_words(slot.unit)}".rstrip()
    return f"“{title_in(field.case, slot)}” is {'above' if mark.is_high else 'at most'} {bound} (the {end} {part})"


def _story(field: _Field, watched: Watched, place: int, own: Mask, right: Mask) -> tuple[StoryLine, ...]:
    """A future up to the end of the question: the most telling of what comes in it, and how an amount went, in the order of dates."""
    has_come = watched.came <= field.slot.last
    found: dict[str, tuple[float, int, StoryLine]] = {}
    for row, (_, report) in enumerate(field.reports):
        in_way, in_all = float(has_come[row, own].mean()), float(has_come[row].mean())
        tells = abs(in_way - in_all)
        if has_come[row, place] and tells >= _TELLS and tells > found.get(report.variable, (0.0,))[0]:
            step = int(watched.came[row, place])
            found[report.variable] = (
                tells,
                step,
                StoryLine(field.date(step), field.spoken(world_words(report)[0]), in_way, in_all),
            )
    chosen = sorted(found.values(), key=lambda one: -one[0])[:_TOLD]
    told = [(step, event) for _, step, event in chosen] + _course(field, watched, place, own, right)
    return tuple(event for _, event in sorted(told, key=lambda one: one[0]))


def _course(field: _Field, watched: Watched, place: int, own: Mask, right: Mask) -> list[tuple[int, StoryLine]]:
    """How the charted amount went that tells this way best from the futures in which the judgement holds."""
    last = len(watched.steps) - 1
    if not len(watched.charts) or last < 1:
        return []
    ends = watched.charts[:, last]
    spread = np.quantile(ends, 0.9, axis=1) - np.quantile(ends, 0.1, axis=1)  # no extreme has a say in it
    apart = np.abs(np.median(ends[:, own], axis=1) - np.median(ends[:, right], axis=1))
    row = int(np.argmax(np.divide(apart, spread, out=np.zeros_like(apart), where=spread > 0)))
    slot = field.ran.program.saved[field.charted[row]]
    found = []
    for moment in sorted({max(1, round(part * last)) for part in _PLACES}):
        told, band = float(watched.charts[row, moment, place]), np.quantile(watched.charts[row, moment], (0.05, 0.95))
        value = number(told, coarseness(told, float(band[1] - band[0])))
        step = int(watched.steps[moment])
        found.append(
            (step, StoryLine(field.date(step), f"“{title_in(field.case, slot)}”: {value} {unit_words(slot.unit)}".rstrip()))
        )
    return found


def _sign_words(field: _Field, watched: Watched, sign: Sign) -> ToldSign:
    date = field.date(int(watched.steps[sign.moment]))
    if not sign.is_chart:
        words = field.spoken(world_words(field.reports[sign.row][1])[0 if sign.is_high else 1])
        return ToldSign(date, words, sign.seen, sign.false_alarm)
    slot = field.ran.program.saved[field.charted[sign.row]]
    bound = f"{told_bound(sign.bound, float(np.median(watched.charts[sign.row, 0])))} {unit_words(slot.unit)}".rstrip()
    return ToldSign(
        date, f"“{title_in(field.case, slot)}” {'above' if sign.is_high else 'below'} {bound}", sign.seen, sign.false_alarm
    )


def told_bound(bound: float, start: float) -> str:
    """A bound as fine as it needs to be, so that it is not read as the value at the start: `0.9996`, where that is 1."""
    apart = abs(bound - start)
    is_hidden = 0 < apart < _SEEN_APART * max(abs(bound), abs(start))
    return number(bound, apart) if is_hidden else number(bound)
