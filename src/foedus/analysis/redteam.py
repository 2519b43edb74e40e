"""The likeliest ways in which a judgement is wrong: what such futures have in common, one of them told, and the first sign of them.

On one half of the futures, whatever is known of a future is tried as a mark of those in which the judgement fails: that a parameter lies in
the lowest or highest third, fifth or tenth of its prior, that something has come by the end of the question, or has not. A way is one mark,
or two together, in which such futures are frequent; each further way is drawn on what those before it leave. A way whose futures fail no more
often than all on the other half, which had no say in it, is dropped.

What nearly all futures share in which the judgement fails, and many others too, is no way in which it fails: it says only what must not
happen. It is told as that, and the ways are looked for among the other marks.

The first sign of a way is the earliest moment at which half of its futures or more show what at most a tenth of the futures show in which
the judgement holds: a charted amount beyond a bound, something that has come, or has not. It must show before the answer itself has come,
where the day of that is known: what follows from the answer is no sign of it. How often it is seen, and how often it is a false
alarm, is counted on the other half.

Sources: Bryant & Lempert 2010 (density and coverage); Kaufman & Rousseeuw 1990 (the medoid: a member that stands for the others).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.boxes import Counted, counted, f_measure, rounded, rounding_step
from foedus.analysis.enough import BOX
from foedus.analysis.explain import Amount
from foedus.arrays import Array

__all__ = [
    "MOST_WAYS",
    "Mark",
    "RedTeam",
    "Sign",
    "StoryLine",
    "ToldShared",
    "ToldSign",
    "ToldWay",
    "Watched",
    "Way",
    "as_known",
    "first_sign",
    "is_answer",
    "marks_of",
    "medoid",
    "part_of",
    "share",
    "shared_marks",
    "ways_of",
]

Mask = NDArray[np.bool_]
MOST_WAYS = 4
_LEAST = 0.05  # what a way must be worth
_BETTER = 0.03  # by which two marks must be better than one
_BEYOND = 3.5  # errors beyond which a mark, or a second one, must raise the density: hundreds of them are tried
_ALL, _TELLING = 0.9, 0.75
"""Coverage from which a mark is shared by nearly all wrong futures, and density from which it is a way all the same."""
_LEVELS = (1 / 3, 1 / 5, 1 / 10)
_SAME = 0.99  # marks that agree with the answer so often are the answer
_SEEN, _FALSE = 0.5, 0.1
"""Of the futures of a way, how many must show its first sign; and of those in which the judgement holds, how many may: in the half that
proposes it, and as far as errors tell (`_CLEAR`) in the other."""
_CLEAR = 2.0


@dataclass(frozen=True)
class Mark:
    """Something that holds in some futures.

    Attributes:
        is_parameter: of a parameter, else of a happening.
        row: among the parameters, or the happenings.
        is_high: in the highest part, or: has come.
        bound: of a parameter, in its declared unit; NaN of a happening.
        level: how large that part is; NaN of a happening.
    """

    is_parameter: bool
    row: int
    is_high: bool
    bound: float = math.nan
    level: float = math.nan

    @property
    def thing(self) -> tuple[bool, int]:
        return self.is_parameter, self.row


@dataclass(frozen=True)
class Way:
    """Marks that hold together."""

    marks: tuple[Mark, ...]
    counted: Counted


@dataclass(frozen=True)
class Watched:
    """What can be watched in every future as time goes on.

    Attributes:
        came: (happening, future): the step at which it first came.
        charts: (variable, moment, future), in shown units; steps: of the moments, counted as those of `came`.
        is_answer: of each happening, whether it is the answer itself and so no sign of it.
        settled: (future,): the step at which the answer came, where that is known: what shows from then on is no sign of it; None where it
            is known of none.
    """

    came: NDArray[np.int64]
    charts: Array
    steps: NDArray[np.int64]
    is_answer: tuple[bool, ...] = ()
    settled: NDArray[np.int64] | None = None

    def is_ahead(self, moment: int) -> Mask | np.bool_:
        """(future,): has the answer not come yet?"""
        return np.True_ if self.settled is None else np.asarray(self.steps[moment] < self.settled)


@dataclass(frozen=True)
class Sign:
    """What shows first that a way is being gone.

    Attributes:
        is_chart: a charted amount beyond `bound`, else a happening.
        row: among the charted, or the happenings.
        is_high: above the bound, or: has come by then.
        moment: number of the moment.
        seen: in the futures of the way; false_alarm: in those in which the judgement holds.
    """

    is_chart: bool
    row: int
    is_high: bool
    moment: int
    bound: float
    seen: Amount
    false_alarm: Amount


def share(hits: Mask) -> Amount:
    """A share of some futures, with the standard deviation of its Jeffreys posterior."""
    return counted(np.ones(len(hits), dtype=np.bool_), hits).density


def marks_of(parameters: Array, has_come: Mask, wrong: Mask) -> tuple[list[Mark], Mask]:
    """All marks, and (mark, future) where each holds; those that are the answer itself are left out.

    Args:
        parameters: (parameter, future), in declared units.
        has_come: (happening, future), by the end of the question.
        wrong: (future,).
    """
    marks, rows = [], []
    for row, values in enumerate(parameters):
        for level in _LEVELS:
            low, high = (_round_bound(values, float(np.quantile(values, end))) for end in (level, 1 - level))
            for is_high, bound in ((False, low), (True, high)):
                marks.append(Mark(True, row, is_high, bound, level))
                rows.append(values > bound if is_high else values <= bound)
    for row, came in enumerate(has_come):
        if not is_answer(came, wrong):
            marks += [Mark(False, row, True), Mark(False, row, False)]
            rows += [came, ~came]
    held = np.array(rows, dtype=np.bool_).reshape(len(rows), len(wrong))
    kept = [place for place, one in enumerate(held) if one.any() and not one.all()]
    return [marks[place] for place in kept], held[kept]


def is_answer(came: Mask, wrong: Mask) -> bool:
    """Has something come where the judgement is wrong, or where it holds, and nearly nowhere else?"""
    return max(float((came == wrong).mean()), float((came != wrong).mean())) >= _SAME


def _round_bound(values: Array, bound: float) -> float:
    """The bound as it is told, so that what is told is what is counted."""
    return as_known(bound, float(np.quantile(values, 0.9) - np.quantile(values, 0.1)))


def as_known(value: float, spread: float) -> float:
    """A number rounded to a power of ten of which at least fifty go into a spread."""
    return rounded(value, rounding_step(spread, 50))


def part_of(whole: Amount, part: Amount) -> Amount:
    """A part of a share, of which both were counted on different futures."""
    return Amount(whole.value * part.value, math.hypot(whole.value * part.error, whole.error * part.value))


def shared_marks(marks: Sequence[Mark], held: Mask, wrong: Mask, first: Mask) -> list[tuple[Mark, Counted]]:
    """Marks that nearly all wrong futures share, and too many of the others to tell them apart; of a parameter the narrowest one.

    Args:
        held: (mark, future); wrong: (future,).
        first: the half that proposes; what is told is counted on the other.
    """
    found: dict[tuple[bool, int, bool], tuple[Mark, Counted]] = {}
    base = share(wrong[~first])
    for mark, holds in zip(marks, held, strict=True):
        own, told = counted(holds[first], wrong[first]), counted(holds[~first], wrong[~first])
        rises = told.density.value - base.value > _CLEAR * math.hypot(told.density.error, base.error)
        if _says_nothing(own) and _says_nothing(told) and rises:
            found[(*mark.thing, mark.is_high)] = mark, told  # levels go from wide to narrow
    return sorted(found.values(), key=lambda pair: -pair[1].density.value)


def _says_nothing(found: Counted) -> bool:
    return found.coverage.value >= _ALL and found.density.value < _TELLING


def ways_of(marks: Sequence[Mark], held: Mask, wrong: Mask, first: Mask) -> list[tuple[Way, Mask]]:
    """The ways, each with (future,) whether it is gone; a future goes the first way that holds in it.

    Args:
        held: (mark, future); wrong: (future,).
        first: the half that proposes; the other judges.
    """
    proposed: list[tuple[Mark, ...]] = []
    left = first.copy()
    tells = [not _says_nothing(counted(holds[first], wrong[first])) for holds in held]
    marks = [mark for mark, is_told in zip(marks, tells, strict=True) if is_told]
    held = held[np.array(tells, dtype=np.bool_)]
    for _ in range(MOST_WAYS):
        places = _best(marks, held[:, left], wrong[left])
        if not places:
            break
        own = tuple(marks[place] for place in places)
        proposed = [*(one for one in proposed if not set(own) <= set(one)), own]  # the wider one takes in what it was narrowed to
        left &= ~held[list(places)].all(axis=0)
    base = share(wrong[~first])
    position = {mark: place for place, mark in enumerate(marks)}
    found: list[tuple[Way, Mask]] = []
    free = np.ones(len(wrong), dtype=np.bool_)
    for drawn in proposed:
        own = _confirmed(drawn, [held[position[mark]] for mark in drawn], wrong, free & ~first)
        inside = free & held[[position[mark] for mark in own]].all(axis=0)
        told = counted(inside[~first], wrong[~first])
        if _says_nothing(told):
            continue
        if told.density.value - base.value > _CLEAR * math.hypot(told.density.error, base.error):
            found.append((Way(own, told), inside))
            free &= ~inside
    return sorted(found, key=lambda pair: -pair[0].counted.coverage.value)


def _confirmed(own: tuple[Mark, ...], held: Sequence[Mask], wrong: Mask, tried: Mask) -> tuple[Mark, ...]:
    """Of two marks those of which futures that had no say in them show that they raise the density of the other; one at least."""
    if len(own) < 2:
        return own
    both = tried & held[0] & held[1]

    def adds(other: Mask) -> float:
        sizes = np.array([both.sum(), (tried & other).sum()], dtype=np.float64)
        hits = np.array([(both & wrong).sum(), (tried & other & wrong).sum()], dtype=np.float64)
        return float(_beyond(hits[:1], sizes[:1], hits[1], sizes[1])[0])

    gains = adds(held[1]), adds(held[0])
    if min(gains) > _CLEAR:
        return own
    return (own[0],) if gains[0] >= gains[1] else (own[1],)


def _best(marks: Sequence[Mark], held: Mask, wrong: Mask) -> tuple[int, ...]:
    """The one mark, or the two of different things, in which the wrong futures are most frequent; none where none is worth it."""
    if not len(held) or not wrong.any() or wrong.all():
        return ()
    own = held.astype(np.float64)
    sizes, hits = own @ own.T, (own * wrong) @ own.T
    worth = f_measure(hits, sizes, int(wrong.sum()), len(wrong))
    worth[hits < BOX] = 0.0
    things = np.array([2 * mark.row + mark.is_parameter for mark in marks])
    count = np.float64(len(wrong))
    single = np.where(_beyond(hits.diagonal(), sizes.diagonal(), wrong.sum(), count) > _BEYOND, worth.diagonal(), 0.0)
    # each of two marks must raise the density of the other
    adds = _beyond(hits, sizes, hits.diagonal()[:, None], sizes.diagonal()[:, None])
    worth[(things[:, None] == things[None, :]) | (np.minimum(adds, adds.T) <= _BEYOND)] = 0.0
    alone = int(np.argmax(single))
    one, two = divmod(int(np.argmax(worth)), len(marks))
    if worth[one, two] > max(single[alone] + _BETTER, _LEAST):
        return (one, two) if single[one] >= single[two] else (two, one)
    return (alone,) if single[alone] > _LEAST else ()


def _beyond(hits: Array, sizes: Array, whole_hits: Array | float, whole: Array | float) -> Array:
    """By how many standard errors a part of some futures is denser than the rest of them."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside, outside = hits / sizes, (whole_hits - hits) / (whole - sizes)
        density = whole_hits / whole
        error = np.sqrt(density * (1 - density) * (1 / sizes + 1 / (whole - sizes)))
        found = (inside - outside) / error
    return np.asarray(np.where(np.isfinite(found), found, 0.0), dtype=np.float64)


def medoid(features: Array, members: Mask) -> int:
    """The member that stands nearest to the middle of the others.

    Args:
        features: (feature, future); each counts by its spread over all futures.
        members: (future,).
    """
    spread = features.std(axis=1, keepdims=True)
    scaled = np.divide(features, spread, out=np.zeros_like(features), where=spread > 0)
    own = np.flatnonzero(members)
    middle = np.median(scaled[:, own], axis=1, keepdims=True)
    return int(own[np.argmin(np.abs(scaled[:, own] - middle).sum(axis=0))])


def first_sign(watched: Watched, way: Mask, right: Mask, first: Mask) -> Sign | None:
    """The first sign of a way; None where nothing tells it from the others in time.

    Args:
        way: (future,), those of the way in which the judgement fails; right: those in which it holds.
        first: the half that proposes; the other judges.
    """
    if min(int((mask & half).sum()) for mask in (way, right) for half in (first, ~first)) < BOX:
        return None
    candidates = [*_chart_signs(watched, way & first, right & first), *_happening_signs(watched, way & first, right & first)]
    for moment, _, is_chart, row, is_high, bound in sorted(candidates):
        shown = _shows(watched, is_chart, row, is_high, moment, bound)
        in_time = shown & watched.is_ahead(moment)
        seen, alarm = share(in_time[way & ~first]), share(shown[right & ~first])
        is_apart = seen.value > 2 * alarm.value and seen.value - alarm.value > _CLEAR * math.hypot(seen.error, alarm.error)
        is_confirmed = seen.value + _CLEAR * seen.error >= _SEEN and alarm.value - _CLEAR * alarm.error <= _FALSE
        if is_apart and is_confirmed:
            return Sign(is_chart, row, is_high, moment, bound, seen, alarm)
    return None


_Candidate = tuple[int, float, bool, int, bool, float]  # moment, less what is seen, chart?, row, high?, bound


def _chart_signs(watched: Watched, way: Mask, right: Mask) -> Iterator[_Candidate]:
    for row, values in enumerate(watched.charts):
        low, high = np.quantile(values[:, right], (_FALSE, 1 - _FALSE), axis=1)
        for is_high, ends in ((True, high), (False, low)):
            for moment in range(1, len(ends)):
                bound = as_known(float(ends[moment]), float(high[moment] - low[moment]))
                beyond = values[moment] > bound if is_high else values[moment] < bound
                seen = float((beyond & watched.is_ahead(moment))[way].mean())
                if seen >= _SEEN and float(beyond[right].mean()) <= _FALSE:
                    yield moment, -seen, True, row, is_high, bound
                    break


def _happening_signs(watched: Watched, way: Mask, right: Mask) -> Iterator[_Candidate]:
    for row in range(len(watched.came)):
        if row < len(watched.is_answer) and watched.is_answer[row]:
            continue
        for is_high in (True, False):
            for moment in range(1, len(watched.steps)):
                shown = _shows(watched, False, row, is_high, moment, math.nan)
                seen = float((shown & watched.is_ahead(moment))[way].mean())
                if seen >= _SEEN and float(shown[right].mean()) <= _FALSE:
                    yield moment, -seen, False, row, is_high, math.nan
                    break


def _shows(watched: Watched, is_chart: bool, row: int, is_high: bool, moment: int, bound: float) -> Mask:
    """(future,): is the sign there?"""
    if is_chart:
        values = watched.charts[row, moment]
        return np.asarray(values > bound if is_high else values < bound)
    came = watched.came[row] <= watched.steps[moment]
    return np.asarray(came if is_high else ~came)


@dataclass(frozen=True)
class StoryLine:
    """Something in the story of a future: when, and what.

    Attributes:
        in_way, in_all: the part of the futures of its way, and of all, in which it has come by the end; None of an amount at a date.
    """

    date: str
    words: str
    in_way: float | None = None
    in_all: float | None = None


@dataclass(frozen=True)
class ToldSign:
    """A first sign in words: `“Front” above 20 km²`, by a date."""

    date: str
    words: str
    seen: Amount
    false_alarm: Amount


@dataclass(frozen=True)
class ToldWay:
    """A way in which a judgement is wrong.

    Attributes:
        target: how it is wrong, in words.
        where: what its futures have in common, in words.
        counted: density: how often the judgement is wrong in them; coverage: which part of the wrong futures they are.
        chance: of this way and of the judgement being wrong in it, of all futures: as often as it is wrong, times the part of
            these that are of this way.
        future: one that stands for the others; story: what comes in it.
        sign: what shows it first; None where nothing does in time.
    """

    target: str
    where: tuple[str, ...]
    counted: Counted
    chance: Amount
    future: int
    story: tuple[StoryLine, ...]
    sign: ToldSign | None


@dataclass(frozen=True)
class ToldShared:
    """What nearly all futures share in which a judgement is wrong, in words: too little to tell them apart.

    Attributes:
        target: how it is wrong, in words; words: what they share; counted: as of a way.
    """

    target: str
    words: str
    counted: Counted


@dataclass(frozen=True)
class RedTeam:
    """How a judgement is likeliest to be wrong.

    Attributes:
        judgement: in words; label: the question in words.
        wrong: how often it is wrong, of all futures; ways: the likeliest first; other: the chance that it is wrong in none of them.
        shared: what nearly all of the wrong futures share.
        held_out: futures on which it was counted.
    """

    question: str
    label: str
    judgement: str
    wrong: Amount
    ways: tuple[ToldWay, ...]
    other: Amount
    scenario: str
    futures: int
    held_out: int
    seed: int
    shared: tuple[ToldShared, ...] = ()
