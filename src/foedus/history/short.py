"""Questions of short horizon, made from a model's series and happenings: many, soon resolved, and chosen by rule and not by taste.

A case asks what its readers want to know, and that is seldom due soon. What tells within weeks whether a forecaster is any good are the
next figures of the series that the case observes, and whether its events and decisions come in the next months. Here these are asked of
the same futures that answer everything else, in the baseline. A figure carries the error of its measurement; beside it stands the naive
forecast by which it will be judged, made from what was known.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus import extras, numerics
from foedus.analysis.failures import refuse_failed
from foedus.arrays import Array
from foedus.case.series import read_series, series_variable
from foedus.compile.scope import Scope, build_scope, spell
from foedus.constructs import tree as t
from foedus.constructs.observe import ObservationSlot, observation_slots
from foedus.history.baselines import FITTED, forecast_baseline, levelled, to_target
from foedus.history.likelihood import error_law
from foedus.history.origins import declared_baselines
from foedus.history.quantiles import even_quantiles, sample_answer
from foedus.language.printer import quoted, unit_text
from foedus.model import read_model
from foedus.show.words import people_date
from foedus.study.futures import run_futures
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.ensemble import Futures
    from foedus.study.simulate import Progress

__all__ = ["short_questions"]

AHEAD = (1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 26)
SUMS = (4, 8, 13, 26)
MONTHS = (1, 2, 3, 6)
FEWEST_FIGURES = 16


@dataclass(frozen=True)
class _Figures:
    """The next figures of one series.

    Attributes:
        slot: its error of measurement, None where none is declared.
        names: of the questions that look at them, one a period.
        starts, ends: (period,), between which days each lies.
        period: in the model's unit of time.
        is_mean: is a figure the mean over its period, or the value on its last day?
        total: the unit, with its scale, of what figures of a rate add up to; None for what does not add up.
        baseline: the naive forecast that the case declares for it.
    """

    series: t.Series
    slot: ObservationSlot | None
    names: tuple[str, ...]
    starts: tuple[datetime.date, ...]
    ends: tuple[datetime.date, ...]
    period: float
    is_mean: bool
    total: Unit | None
    baseline: str


@dataclass(frozen=True)
class _Happening:
    """Whether something comes by a day."""

    name: str
    ask: str
    about: str
    day: datetime.date


def short_questions(case: Case, futures: int, seed: int, progress: Progress | None = None) -> dict[str, dict[str, Any]]:
    """The questions of short horizon of a case with their answers in the baseline, as a frozen forecast keeps them.

    Args:
        futures: how many; seed: of their luck, which is that of the case's own answers.
        progress: called with (futures done, futures in all) as work goes on.
    Returns:
        name -> entry; empty for a model without dates, series or labelled happenings.
    Raises:
        RunError: more than a few of the futures failed.
    """
    scope = build_scope(case.tree)
    if scope.calendar is None:
        return {}
    taken = {question.name for question in case.tree.all(t.Question)} | set(scope.symbols)
    lines: list[str] = []
    declared = declared_baselines(case)
    series = [(one, declared.get(one.name, "")) for one in case.tree.all(t.Series)]
    figures = [asked for one, baseline in series if (asked := _figures(case, scope, one, baseline, taken, lines))]
    happenings = list(_happenings(case, scope, taken, lines))
    if not lines:
        return {}
    wider = dataclasses.replace(case, tree=read_model(case.tree.source.followed_by("\n".join(lines) + "\n")))
    ran = run_futures(wider, futures, seed, [case.program.scenarios[0].name], trajectories=False, progress=progress)
    refuse_failed(ran)
    found: dict[str, dict[str, Any]] = {}
    for one in figures:
        found.update(_figure_entries(wider, ran, one, seed))
    for happening in happenings:
        found[happening.name] = _happening_entry(ran, happening)
    return found


def _figures(case: Case, scope: Scope, series: t.Series, baseline: str, taken: set[str], lines: list[str]) -> _Figures | None:
    """The figures of a series that lie in the run; None where a period is no whole number of steps, or too little was known."""
    slot = next((one for one in observation_slots(scope) if one.series == series.name), None)
    calendar, program = scope.calendar, case.program
    if not series.file or calendar is None or len(read_series(case, series)[1]) < 2:
        return None
    total = scope.unit(series.unit).times(scope.units.time)
    is_rate = not {name for name, _ in total.dimensions} & {name for name, _ in scope.units.time.dimensions}
    is_mean = slot.over > 0 if slot is not None else is_rate
    period = (slot.over if slot is not None else 0.0) or _rhythm(read_series(case, series)[1], scope)
    steps = period / program.step
    if steps < 1 - 1e-6 or abs(steps - round(steps)) > 1e-6:
        return None
    count = min(AHEAD[-1], int(program.steps * program.step / period + 1e-9))
    ends = [calendar.date_of(period * number) for number in range(count + 1)]
    unit, variable = unit_text(series.unit), series_variable(series)
    names = []
    for first, last in itertools.pairwise(ends):
        name = _free(f"{series.name}_{last:%Y_%m_%d}", taken)
        looks = f"from {first} to {last} mean" if is_mean else f"on {last} value"
        lines.append(f'question {name} "" {looks} {variable} in {unit}')
        names.append(name)
    adds_up = total if is_mean and is_rate else None
    return _Figures(series, slot, tuple(names), tuple(ends[:-1]), tuple(ends[1:]), period, is_mean, adds_up, baseline)


def _rhythm(days: tuple[str, ...], scope: Scope) -> float:
    """The usual time between two figures, in the model's unit of time."""
    assert scope.calendar is not None
    times = [scope.calendar.time_of(datetime.date.fromisoformat(day)) for day in days]
    return float(np.median(np.diff(times)))


def _free(name: str, taken: set[str]) -> str:
    found, number = name, 2
    while found in taken:
        found, number = f"{name}_{number}", number + 1
    taken.add(found)
    return found


def _happenings(case: Case, scope: Scope, taken: set[str], lines: list[str]) -> Iterator[_Happening]:
    """Every event and decision that the model has words for, by every day that is asked of; those on a day that is set are no question."""
    assert scope.calendar is not None
    last = scope.calendar.date_of(case.program.steps * case.program.step)
    for about, condition, words, since in (*_events(scope), *_decisions(case)):
        for months in MONTHS:
            day = scope.calendar.after(months)
            if day > last or (since is not None and day <= since):
                continue
            name = _free(f"{''.join(c if c.isalnum() else '_' for c in condition).strip('_')}_by_{day:%Y_%m_%d}", taken)
            ask = f"{words}: by {people_date(day.isoformat())}?"
            lines.append(f"question {name} {quoted(ask)} by {day} ever {condition}")
            yield _Happening(name, ask, about, day)


_Asked = tuple[str, str, str, datetime.date | None]
"""What it is about, as a condition, in words, and from which day on it can come."""


def _events(scope: Scope) -> Iterator[_Asked]:
    for event in scope.tree.all(t.Event):
        if event.label and event.on is None:
            for elements in scope.symbols[event.name].items:
                ending = f" ({', '.join(elements)})" if elements else ""
                yield event.name, spell((event.name, elements)), event.label + ending, _day(event.after)


def _decisions(case: Case) -> Iterator[_Asked]:
    for decision in case.tree.all(t.Decision):
        if decision.label:
            for option in decision.options[1:]:
                words = f"{decision.label} – “{option.name.replace('_', ' ')}”"
                yield decision.name, f"{decision.name} is {option.name}", words, _day(decision.start)


def _day(moment: t.Expression | None) -> datetime.date | None:
    return moment.value if isinstance(moment, t.DateLiteral) else None


def _figure_entries(case: Case, ran: Futures, figures: _Figures, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The entries of one series: figures by themselves, and what they add up to."""
    drawn, scenario = _measured(case, ran, figures, seed), ran.scenarios[0].name
    history = np.array(read_series(case, figures.series)[2], dtype=np.float64)
    asked: list[tuple[str, tuple[int, ...], float, str]] = [("value", AHEAD, 1.0, unit_text(figures.series.unit))]
    if figures.total is not None:
        asked.append(("sum", SUMS, figures.period * figures.total.scale, str(Unit(figures.total.dimensions))))
    for measure, wanted, factor, unit in asked:
        paths, naive = to_target(drawn, measure), _naive(figures, history, measure, seed)
        told = {"name": figures.series.name, "measure": measure, "is_mean": figures.is_mean, "factor": factor}
        for number in (one for one in wanted if one <= len(figures.ends)):
            start = figures.starts[0 if measure == "sum" else number - 1]
            entry: dict[str, Any] = {
                "ask": _figure_ask(figures, measure, start, figures.ends[number - 1]),
                "kind": "quantity",
                "unit": unit,
                **_made(figures.ends[number - 1], series_variable(figures.series)),
                "series": {**told, "ahead": number, "from": start.isoformat()},
                "answers": {scenario: sample_answer(paths[number - 1] * factor)},
            }
            if naive is not None:
                entry["naive"] = {"method": figures.baseline, "quantiles": even_quantiles(naive[number - 1] * factor)}
            yield figures.names[number - 1] + ("_in_all" if measure == "sum" else ""), entry


def _figure_ask(figures: _Figures, measure: str, start: datetime.date, end: datetime.date) -> str:
    first, last = people_date(start.isoformat()), people_date(end.isoformat())
    label = figures.series.label or figures.series.name
    if measure == "sum":
        return f"{label}: all together from {first} to {last}?"
    return f"{label}: the mean from {first} to {last}?" if figures.is_mean else f"{label}: on {last}?"


def _measured(case: Case, ran: Futures, figures: _Figures, seed: int) -> Array:
    """(period, future), in the unit of the series: as they would be published. A noise of the model's own may stand for the error."""
    latent = np.array([ran.values(name, ran.scenarios[0].name)[ran.is_ok] for name in figures.names])
    slot = figures.slot
    if slot is None or slot.instead:
        return latent
    law = error_law(slot, np.array(read_series(case, figures.series)[2]) * slot.factor)
    members = np.arange(latent.shape[1])[None, :]
    days = np.array([day.toordinal() for day in figures.ends], dtype=np.int64)[:, None]
    score, luck = (numerics.uniform(seed, f"measurement:{slot.series}:{part}", members, days) for part in ("score", "outlier"))
    return np.asarray(law.draw(latent * slot.factor, numerics.normal_quantile(score), luck)) / slot.factor


def _naive(figures: _Figures, history: Array, measure: str, seed: int) -> Array | None:
    """(period, member): the declared naive forecast, which gets the filter that the model gets."""
    if len(history) < FEWEST_FIGURES:
        return None
    if figures.baseline in FITTED:
        extras.require("history", f"the naive forecast that the case declares ({figures.baseline})", "statsmodels")
    history = levelled(history) if figures.slot is not None and figures.slot.outliers[0] > 0 else history
    address = hashlib.sha256(f"short:{seed}:{figures.series.name}:{measure}".encode()).digest()
    draws = np.random.default_rng(int.from_bytes(address[:8], "little"))
    return forecast_baseline(figures.baseline, history, len(figures.ends), measure, draws)


def _happening_entry(ran: Futures, one: _Happening) -> dict[str, Any]:
    scenario = ran.scenarios[0].name
    values = ran.values(one.name, scenario)[ran.is_ok]
    return {
        "ask": one.ask,
        "kind": "probability",
        "unit": "",
        **_made(one.day, one.about),
        "answers": {scenario: {"probability": float(values.mean()), "futures": len(values)}},
    }


def _made(day: datetime.date, about: str) -> dict[str, Any]:
    return {"resolves": day.isoformat(), "is_conditional": False, "window_end": None, "generated": True, "about": [about]}
