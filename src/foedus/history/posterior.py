"""A posterior: members that each are a clean replay of the past, and what they say about what comes after."""

from __future__ import annotations

import datetime
import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.case.observations import Observed
from foedus.compile.scope import build_scope, spell
from foedus.constructs import tree as t
from foedus.errors import InputError, Problem
from foedus.history.past import Past, Prediction, past_of

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["Posterior", "Predictive", "Setup"]


@dataclass(frozen=True)
class Setup:
    """How a posterior was made.

    Attributes:
        hindcast: which one, "" for the model's own run.
        until: ISO date up to which things were known, "" for all.
        method: "smoother" or "sampler".
        members: how many; of a sampler, how many are kept.
        passes: of the smoother; of a sampler, steps.
        refinements: of the smoother, after its passes.
        seed: of all streams.
        learns_widths: the scales of luck are learned, not left at their priors.
    """

    hindcast: str
    until: str
    method: str
    members: int
    passes: int
    refinements: int
    seed: int
    learns_widths: bool = False

    def document(self) -> dict[str, Any]:
        """As files and digests have it: what is as it always was is left out, so that older ones stay what they are."""
        return {name: value for name, value in asdict(self).items() if name != "learns_widths" or value}


@dataclass(frozen=True, eq=False)
class Predictive:
    """What a posterior says about series, errors of measurement included.

    Attributes:
        origin: ISO date of the last knowledge; `until`: ISO date up to which it goes.
        dates: series -> ISO dates.
        samples: series -> (date, future), in the unit of the measured variable.
        latent: the same without the error of measurement.
    """

    origin: str
    until: str
    seed: int
    dates: dict[str, tuple[str, ...]]
    samples: dict[str, Array]
    latent: dict[str, Array]


@dataclass(frozen=True, eq=False)
class Posterior:
    """Members of a calibration.

    Attributes:
        past: the program of the past, and what was known of it.
        scores: (row, member): standard normal scores of parameters and draws.
        informed: rows that observations have moved; all others are at their priors.
        prediction: what the members say about the observations, without errors of measurement.
        statistics: figures of the method, each one number per pass.
    """

    past: Past
    setup: Setup
    scores: Array
    informed: np.ndarray
    prediction: Prediction
    statistics: dict[str, tuple[float, ...]]

    @property
    def case(self) -> Case:
        return self.past.case

    @property
    def members(self) -> int:
        return int(self.scores.shape[1])

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Uncertain parameters by name: (member,), in their declared units."""
        table, slots = self.past.parameters(self.scores), self.past.program.parameters
        return {slots[index].name: table[index] / slots[index].scale for index in self.past.sampler.uncertain}

    @property
    def updated(self) -> tuple[str, ...]:
        """Names of the parameters that the observations have moved."""
        names = [self.past.program.parameters[index].name for index in self.past.sampler.uncertain]
        return tuple(names[row] for row in self.informed if row < len(names))

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what was asked, what was known and what came out: equal if and only if the posterior is the same."""
        total = hashlib.sha256(json.dumps({"setup": self.setup.document(), "names": self.past.names()}, sort_keys=True).encode())
        total.update(self.past.program.digest.encode())
        for one in self.past.observed:
            total.update(f"{one.slot}".encode())
            for values in (one.times, one.values):
                total.update(np.ascontiguousarray(values, dtype="<f8").tobytes())
        for table in (
            self.informed.astype("<i8"),
            self.scores[self.informed].astype("<f8"),
            self.prediction.values.astype("<f8"),
        ):
            total.update(np.ascontiguousarray(table).tobytes())
        return total.hexdigest()

    def replicated(self, seed: int = 0) -> list[Array]:
        """Per `observe` statement (value, member): what might have been observed, errors included."""
        found = []
        for one, law, part in zip(self.past.observed, self.past.laws, self.past.split(self.prediction.values), strict=True):
            numbers, places = np.arange(part.shape[1])[None, :], np.arange(len(part))[:, None]
            luck = [numerics.uniform(seed, f"replicate:{one.slot.name}:{kind}", numbers, places) for kind in ("score", "outlier")]
            found.append(law.draw(part, numerics.normal_quantile(luck[0]), luck[1]))
        return found

    def predictive(self, seed: int = 0) -> Predictive:
        """What the members say about the observations themselves, with fresh errors: for posterior predictive checks."""
        parts = self.past.split(self.prediction.values[:, self.prediction.is_ok])
        return self._predictive(
            self._end, seed, {one.slot.name: (one.dates, part) for one, part in zip(self.past.observed, parts, strict=True)}
        )

    def forecast(self, until: datetime.date, seed: int = 0, futures: int | None = None) -> Predictive:
        """What the posterior says about the observed series after the last knowledge.

        Shocks up to then are as they were smoothed; later ones are drawn anew, from streams addressed by the seed and their names.

        Args:
            until: last date of the forecast.
            seed: of everything that comes later.
            futures: how many; None takes every member once. Beyond the number of members, members are used again with other shocks.
        Returns:
            Samples of each series at its own rhythm, from the first date after the last knowledge on.
        Raises:
            InputError: the model has no dates, or the forecast would end before it begins.
        """
        origin = self._end
        if until <= origin:
            message = f"a forecast from {origin} cannot end on {until}."
            raise InputError(Problem(self.case.name, 0, 0, "bad-forecast", message, "Choose a later day."))
        ahead = self._ahead(until)
        scores = self._future_scores(ahead, futures or self.members, seed)
        saved, is_ok = ahead.simulate(scores)
        found = {}
        for one in self.past.observed:
            if one.slot.series:
                dates, times = self._dates_ahead(one, until)
                found[one.slot.name] = (dates, ahead.measured(saved, one, times)[:, is_ok])
        return self._predictive(until, seed, found)

    def left(self, seed: int = 0) -> dict[str, Array]:
        """What the past left on the as-of date in the stocks that the hindcast carries: (member,), in their declared units; NaN where
        a member failed.

        Between the last knowledge and the as-of date shocks are drawn anew, as in a forecast.
        """
        hindcast = next((one for one in self.case.tree.all(t.Hindcast) if one.name == self.past.hindcast), None)
        as_of = self.case.tree.model.as_of
        if hindcast is None or as_of is None or not hindcast.carried:
            return {}
        names = tuple(spell(item.key) for item in hindcast.carried_items(build_scope(self.case.tree)))
        ahead = past_of(self.case, self.past.hindcast, min(self._end, as_of), as_of, names)
        saved, is_ok = ahead.simulate(self._future_scores(ahead, self.members, seed))
        place = {slot.name: number for number, slot in enumerate(ahead.program.saved)}
        return {name: np.where(is_ok, saved[place[name], -1], np.nan) for name in names}

    @property
    def _end(self) -> datetime.date:
        """The day of the last knowledge."""
        return self._day(self.past.until)

    def _day(self, time: float) -> datetime.date:
        calendar = self.past.program.calendar
        if calendar is None:
            message = "the model has no as-of date, so that nothing can be said about dates."
            raise InputError(Problem(self.case.name, 0, 0, "no-dates", message, "Add `as of DATE` to its head."))
        return calendar.date_of(time)

    def _ahead(self, until: datetime.date) -> Past:
        """The same past with a program that runs long enough."""
        program = self.past.program
        if self._day((program.first_step + program.steps) * program.step) >= until:
            return self.past
        return past_of(self.case, self.past.hindcast, self._end, until)

    def _future_scores(self, ahead: Past, futures: int, seed: int) -> Array:
        """(row, future): members as they are up to the last knowledge; draws made later are new."""
        chosen = np.arange(futures) % self.members
        numbers = np.arange(futures)
        scores = np.empty((ahead.rows, futures))
        scores[: ahead.uncertain] = self.scores[: self.past.uncertain, chosen]
        own = {slot.stream: (slot, self.past.rows_of(slot)) for slot in self.past.program.given}
        for slot in ahead.program.given:
            mine, rows = own[slot.stream]
            known = (
                sum(step * ahead.program.step <= self.past.until + 1e-9 for step in slot.steps()) if slot.every else slot.count
            )
            first, start = ahead.rows_of(slot).start, rows[slot.first - mine.first]
            scores[first : first + known] = self.scores[start : start + known][:, chosen]
            index = (slot.first + np.arange(known, slot.count)) % 2**32
            draws = numerics.uniform(seed, f"forecast:{slot.stream}", numbers[None, :], index[:, None])
            scores[first + known : first + slot.count] = numerics.normal_quantile(draws)
        scores[sorted(ahead.silent)] = 0.0
        return scores

    def _dates_ahead(self, one: Observed, until: datetime.date) -> tuple[tuple[str, ...], Array]:
        """The dates of a series after the last knowledge, at the rhythm of what was known of it, and their times."""
        calendar = self.past.program.calendar
        assert calendar is not None
        rhythm = one.rhythm
        if not rhythm:
            return (), np.empty(0)
        day, found = datetime.date.fromisoformat(one.dates[-1]) + datetime.timedelta(days=rhythm), []
        while day <= until:
            found.append(day)
            day += datetime.timedelta(days=rhythm)
        return tuple(day.isoformat() for day in found), np.array([calendar.time_of(day) for day in found])

    def _predictive(self, until: datetime.date, seed: int, found: dict[str, tuple[tuple[str, ...], Array]]) -> Predictive:
        """Add errors of measurement, drawn from streams addressed by series and date."""
        laws = dict(zip((one.slot.name for one in self.past.observed), self.past.laws, strict=True))
        samples: dict[str, Array] = {}
        for name, (dates, latent) in found.items():
            numbers = np.arange(latent.shape[1])
            days = np.array([datetime.date.fromisoformat(date).toordinal() for date in dates], dtype=np.int64)[:, None]
            luck = [numerics.uniform(seed, f"measurement:{name}:{part}", numbers[None, :], days) for part in ("score", "outlier")]
            samples[name] = laws[name].draw(latent, numerics.normal_quantile(luck[0]), luck[1])
        return Predictive(
            self._end.isoformat(),
            until.isoformat(),
            seed,
            {name: dates for name, (dates, _) in found.items()},
            samples,
            {name: latent for name, (_, latent) in found.items()},
        )
