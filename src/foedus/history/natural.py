"""Natural experiments: what befell the observed past, predicted from the day before, against what then came.

An event is a calendar of the model (a table of time) that turns on a known day. The case is cut to what was known on that day and
calibrated; then its series are forecast twice on the same members and the same luck: with the calendar level, as who knew nothing of it
would have it, and with the calendar given. The change of a series is its mean over the weeks after, less its mean over the weeks before.
"""

from __future__ import annotations

import dataclasses
import datetime
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.case import Case
from foedus.case.series import read_series
from foedus.constructs import tree as t
from foedus.errors import CaseError, InputError, Problem
from foedus.history.calibration import calibrate, hindcast_of
from foedus.history.cut import KnownThen, write_known
from foedus.history.forecaster import Effort
from foedus.history.origins import FEWEST_ROWS, widths_are_learned
from foedus.history.past import past_of
from foedus.history.posterior import Posterior, Predictive
from foedus.history.scores import crps_sample
from foedus.language import Tree
from foedus.language.printer import unit_text
from foedus.study.simulate import Progress

__all__ = ["EVENTS", "TESTABLE", "Change", "Experiment", "NaturalEvent", "experiment", "experiments", "read_events"]

EVENTS = "natural.toml"
_KEYS = {"label": str, "day": datetime.date, "calendar": str, "series": list, "before": int, "weeks": int, "because": str}
TESTABLE = 0.1
"""Of the width of the 90 % interval, what an effect must be, so that the change can say anything of it."""
_LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class NaturalEvent:
    """What befell.

    Attributes:
        day: what was known on it is known; the calendar must have a point there, so that up to then nobody knew more.
        calendar: the table that is given.
        series: whose change is predicted.
        before, weeks: how many weeks before, and after, are compared.
        because: why it counts as an experiment.
    """

    name: str
    label: str
    day: datetime.date
    calendar: str
    series: tuple[str, ...]
    before: int
    weeks: int
    because: str


@dataclass(frozen=True)
class Change:
    """The change of one series.

    Attributes:
        before: its mean in the weeks before, as observed; came: the observed change.
        told: 5, 50, 95 % of the predicted change with the event given; untold: without it.
        effect: 5, 50, 95 % of what the event does, on the same members and luck, without errors of measurement.
        crps, crps_untold: of the change.
    """

    series: str
    label: str
    unit: str
    before: float
    came: float
    told: tuple[float, float, float]
    untold: tuple[float, float, float]
    effect: tuple[float, float, float]
    crps: float
    crps_untold: float

    @property
    def is_held(self) -> bool:
        """Does the 90 % interval hold what came?"""
        return self.told[0] <= self.came <= self.told[2]

    @property
    def gain(self) -> float:
        """By how much of itself the CRPS falls for who knows of the event; below zero where it rises."""
        return 1.0 - self.crps / self.crps_untold if self.crps_untold > 0 else 0.0

    @property
    def is_testable(self) -> bool:
        """Is the effect large enough beside the interval that what came could have refuted it?"""
        return abs(self.effect[1]) >= TESTABLE * (self.told[2] - self.told[0])


@dataclass(frozen=True)
class Experiment:
    """One event, with the change of each series that had been known for long enough."""

    event: NaturalEvent
    changes: tuple[Change, ...]
    digest: str


def read_events(case: Case) -> tuple[NaturalEvent, ...]:
    """The events that the case declares in `natural.toml`.

    Raises:
        CaseError: there is no such file, or it does not fit the model; all that is wrong with it at once.
    """
    path = case.folder.folder / EVENTS
    if not path.is_file():
        help = "Write one: `[event.NAME]` with label, day, calendar, series, before, weeks, because; see docs/history.md."
        raise CaseError(Problem(str(path), 0, 0, "no-events", "the case declares no natural experiment.", help))
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CaseError(Problem(str(path), 0, 0, "bad-events", f"not TOML: {error}.", "Mend the line.")) from None
    declared = found.pop("event", {})
    problems = [_problem(path, f"there is no key `{key}`.") for key in found]
    if not isinstance(declared, dict) or not declared:
        problems.append(_problem(path, "it declares no `[event.NAME]`."))
        declared = {}
    for name, own in declared.items():
        problems += [_problem(path, text) for text in _faults(case, name, own)]
    if problems:
        raise CaseError(problems)
    return tuple(NaturalEvent(name, **{**own, "series": tuple(own["series"])}) for name, own in declared.items())


def _problem(path: Path, message: str) -> Problem:
    return Problem(str(path), 0, 0, "bad-events", message, f"An event has {', '.join(_KEYS)}.")


def _faults(case: Case, name: str, own: Any) -> list[str]:
    """What is wrong with one event."""
    if not isinstance(own, dict):
        return [f"event `{name}` is no table of keys."]
    found = [f"event `{name}`: there is no key `{key}`." for key in own if key not in _KEYS]
    found += [f"event `{name}` needs `{key}`." for key, kind in _KEYS.items() if type(own.get(key)) is not kind]
    if found:
        return found
    known = {one.name for one in case.tree.all(t.Series)}
    found += [f"event `{name}`: there is no series `{one}`." for one in own["series"] if one not in known]
    found += [f"event `{name}`: `{key}` must be 1 or more." for key in ("before", "weeks") if own[key] < 1]
    return found if own["series"] else [*found, f"event `{name}` names no series."]


def experiments(case: Case, effort: Effort | None = None, progress: Progress | None = None) -> tuple[Experiment, ...]:
    """Predict what each event of the case's `natural.toml` changed, and compare with what came.

    Args:
        progress: called with (events done, events in all).
    Raises:
        InputError: the case declares none, or as of `experiment`.
    """
    events, found = read_events(case), []
    for number, event in enumerate(events):
        if progress is not None:
            progress(number, len(events))
        found.append(experiment(case, event, effort or Effort()))
    return tuple(found)


def experiment(case: Case, event: NaturalEvent, effort: Effort) -> Experiment:
    """Predict what an event changed from what was known on its day, and compare with what came.

    Only after both forecasts are made is anything that came later read.

    Raises:
        InputError: the case has no such calendar, or no point of it on that day; too little came.
    """
    with tempfile.TemporaryDirectory(prefix="foedus-") as beside:
        # The whole calendar comes from the same text: cut after its end, so that priors without hindsight stand there as well.
        whole = write_known(case, _END, Path(beside) / "whole", keeps_priors=effort.keeps_priors).case.tree
        known = write_known(case, event.day, Path(beside) / case.name, keeps_priors=effort.keeps_priors)
        calendar = _calendar(case, whole, event)
        posterior = calibrate(
            known.case,
            until=event.day,
            members=effort.members,
            passes=effort.passes,
            refinements=effort.refinements,
            seed=effort.seed,
            learns_widths=widths_are_learned(case, hindcast_of(case, None)),
        )
        until = event.day + datetime.timedelta(weeks=event.weeks + 1)
        untold = posterior.forecast(until, seed=effort.seed)
        given = _given(posterior, known, calendar).forecast(until, seed=effort.seed)
    changes = tuple(_change(case, event, name, given, untold, known.rows[name]) for name in event.series)
    return Experiment(event, changes, posterior.digest)


_END = datetime.date(9999, 12, 31)


def _calendar(case: Case, tree: Tree, event: NaturalEvent) -> t.Table:
    """The whole calendar of the event."""
    found = next((one for one in tree.all(t.Table) if one.name == event.calendar), None)
    days = [x.value for x, _ in found.points if isinstance(x, t.DateLiteral)] if found is not None else []
    if found is None or event.day not in days or days[-1] == event.day:
        message = f"event `{event.name}`: the calendar `{event.calendar}` must have a point on {event.day}, and others after it."
        raise InputError(
            Problem(str(case.folder.folder / EVENTS), 0, 0, "bad-events", message, "Choose a day on which it turns.")
        )
    return found


def _given(posterior: Posterior, known: KnownThen, calendar: t.Table) -> Posterior:
    """The same members, with the calendar as it went on."""
    tree = known.case.tree
    statements = tuple(calendar if isinstance(one, t.Table) and one.name == calendar.name else one for one in tree.statements)
    case = dataclasses.replace(known.case, tree=Tree(tree.model, statements))
    return dataclasses.replace(posterior, past=past_of(case, posterior.past.hindcast, known.until))


def _change(case: Case, event: NaturalEvent, name: str, given: Predictive, untold: Predictive, rows: int) -> Change:
    series = next(one for one in case.tree.all(t.Series) if one.name == name)
    before, after, unit = _observed(case, series, event, given.dates[name], rows)
    count = len(after)
    samples = [np.asarray(one.samples[name])[:count].mean(axis=0) - before for one in (given, untold)]
    latent = [np.asarray(one.latent[name])[:count].mean(axis=0) for one in (given, untold)]
    came = float(after.mean()) - before
    both = min(len(one) for one in latent)
    return Change(
        name,
        series.label or name,
        unit,
        before,
        came,
        _three(samples[0]),
        _three(samples[1]),
        _three(latent[0][:both] - latent[1][:both]),
        crps_sample(samples[0], came),
        crps_sample(samples[1], came),
    )


def _observed(case: Case, series: t.Series, event: NaturalEvent, ahead: Sequence[str], rows: int) -> tuple[float, Array, str]:
    """The mean of the last weeks that were known, the weeks that came, and the unit."""
    _, dates, values = read_series(case, series)
    came = dict(zip(dates, values, strict=True))
    after = np.array([came[date] for date in ahead[: event.weeks] if date in came])
    if rows < FEWEST_ROWS or not len(after) or any(date not in came for date in ahead[: len(after)]):
        message = f"event `{event.name}`: of the series `{series.name}` too little was known on {event.day}, or too little came."
        raise InputError(
            Problem(str(case.folder.folder / EVENTS), 0, 0, "bad-events", message, "Leave the series out of the event.")
        )
    return float(np.mean(values[max(0, rows - event.before) : rows])), after, unit_text(series.unit)


def _three(values: Array) -> tuple[float, float, float]:
    low, middle, high = (float(one) for one in np.quantile(values, _LEVELS))
    return low, middle, high
