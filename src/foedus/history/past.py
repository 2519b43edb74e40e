"""The past of a case as a function: standard normal scores in, predicted observations out.

A score stands for every uncertain parameter (through its prior) and for every draw of every random stream. Stocks are never touched: whatever
the scores are, what comes out is a clean replay of the model, in which people are conserved.
"""

from __future__ import annotations

import datetime
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy import special

from foedus import numerics
from foedus.arrays import Array
from foedus.case.basis import basis_of
from foedus.case.observations import Observed
from foedus.compile import Program
from foedus.compile.dependencies import references
from foedus.compile.program import GivenSlot, ScenarioSlot, Status
from foedus.compile.scope import Scope, build_scope, spell
from foedus.constructs import tree as t
from foedus.engine import Inputs, Run, columns, compile_program, keys
from foedus.ensemble import Sampler, with_settings
from foedus.errors import InputError, Problem
from foedus.history.likelihood import ErrorLaw, error_law

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["Past", "Prediction", "past_of"]

_CHUNK = 256
_NODES = np.linspace(-6.0, 6.0, 4097)


@dataclass(frozen=True, eq=False)
class Prediction:
    """What a set of members says about the observations.

    Attributes:
        values: (observation, member), in the unit of the observed quantity; NaN where a member failed.
        is_ok: (member,), did it end well?
    """

    values: Array
    is_ok: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Past:
    """A program of the past, what was known of it, and where its scores stand.

    Attributes:
        program: compiled so that every draw is handed in.
        sampler: from scores to parameters; its `uncertain` are the first rows of the scores.
        observed: per `observe` statement, what was known.
        laws: the error of each of them.
        until: the moment of knowledge, in the model's unit of time since the as-of date.
        silent: rows of draws of noises that the errors stand for; always at their median.
        scales: rows of parameters that set how large or how frequent luck is; a smoother leaves them alone.
    """

    case: Case
    hindcast: str
    program: Program
    sampler: Sampler
    observed: tuple[Observed, ...]
    laws: tuple[ErrorLaw, ...]
    until: float
    silent: frozenset[int]
    scales: frozenset[int]

    @property
    def uncertain(self) -> int:
        """How many rows of the scores are parameters."""
        return len(self.sampler.uncertain)

    @property
    def rows(self) -> int:
        """Rows of the scores: uncertain parameters, then draws."""
        return self.uncertain + self.program.rows - len(self.program.parameters)

    @property
    def count(self) -> int:
        """How many observations there are."""
        return sum(len(one.values) for one in self.observed)

    def rows_of(self, slot: GivenSlot) -> range:
        """The rows of the scores that hold a stream's draws."""
        first = self.uncertain + slot.row - len(self.program.parameters)
        return range(first, first + slot.count)

    def prior_scores(self, members: int, seed: int) -> Array:
        """(row, member): the scores that the case's own streams hold, so that a parameter or a noise more moves no other.

        A noise that an error stands for is silent.
        """
        futures = np.arange(members)
        scores = np.empty((self.rows, members))
        for row, index in enumerate(self.sampler.uncertain):
            scores[row] = numerics.normal_quantile(
                numerics.uniform(seed, f"param:{self.program.parameters[index].name}", futures)
            )
        for slot in self.program.given:
            rows = self.rows_of(slot)
            numbers = (slot.first + np.arange(slot.count)) % 2**32
            draws = numerics.uniform(seed, slot.stream, futures[None, :], numbers[:, None])
            scores[rows.start : rows.stop] = numerics.normal_quantile(draws)
        scores[sorted(self.silent)] = 0.0
        return scores

    def parameters(self, scores: Array) -> Array:
        """(parameter, member) in base units, by linear interpolation between 4,097 normal scores from -6 to 6."""
        found = np.repeat(self._quantiles[0], scores.shape[1], axis=1)
        for row, index in enumerate(self.sampler.uncertain):
            found[index] = np.interp(scores[row], _NODES, self._quantiles[1][row])
        for members, factor in self.sampler.groups:
            rows = [self.sampler.uncertain.index(index) for index in members]
            for row, mixed in zip(rows, factor @ scores[rows], strict=True):
                found[self.sampler.uncertain[row]] = np.interp(mixed, _NODES, self._quantiles[1][row])
        return found

    @cached_property
    def _quantiles(self) -> tuple[Array, Array]:
        """(parameter, 1): the medians in base units; and (uncertain parameter, node): the quantiles at the nodes."""
        levels = numerics.normal_cdf(_NODES)
        slots = self.program.parameters
        table = [
            np.asarray(self.sampler.laws[index].quantile(levels)) * slots[index].scale  # type: ignore[union-attr]
            for index in self.sampler.uncertain
        ]
        return self.sampler.from_scores(np.zeros((self.uncertain, 1))), np.array(table).reshape(-1, len(_NODES))

    def table(self, scores: Array) -> Array:
        """(row, member): what the engine reads: parameters in base units, then uniform draws."""
        levels = np.clip(special.ndtr(scores[self.uncertain :]), 2.0**-53, 1 - 2.0**-53)
        return np.vstack([self.parameters(scores), levels])

    @cached_property
    def _scenario(self) -> ScenarioSlot:
        """What the hindcast sets."""
        return next((one for one in self.program.scenarios if one.name == "history"), self.program.scenarios[0])

    @cached_property
    def _template(self) -> Inputs:
        """The inputs of any members, but for their parameters."""
        return Inputs(np.empty((0, 0)), 0, columns(self.program, self._scenario), keys(self.program, 0), True)

    def simulate(self, scores: Array) -> tuple[Array, NDArray[np.bool_]]:
        """Run members. Returns (variable, moment, member) in declared units, and who ended well."""
        program, template = self.program, self._template
        engine = compile_program(program, futures=scores.shape[1])
        threads = os.cpu_count() or 1
        size = min(_CHUNK, max(32, -(-scores.shape[1] // (2 * threads))))

        def piece(first: int) -> Run:
            return engine.simulate(replace(template, parameters=table[:, first : first + size], first_future=first))

        starts, table = range(0, scores.shape[1], size), with_settings(self._scenario, self.table(scores))
        if len(starts) == 1:
            runs = [piece(0)]
        else:
            with ThreadPoolExecutor(threads) as pool:
                runs = list(pool.map(piece, starts))
        scales = np.array([one.scale for one in program.saved])[:, None, None]
        saved = np.concatenate([run.saved for run in runs if run.saved is not None], axis=2) / scales
        return saved, np.concatenate([run.status for run in runs]) == Status.OK

    def measured(self, saved: Array, observed: Observed, times: Array) -> Array:
        """(time, member): the quantity of an `observe` statement at some moments, as its clause `over` has it."""
        program = self.program
        values = saved[[one.name for one in program.saved].index(observed.slot.variable)]
        lasts = [round(time / program.step) - program.first_step for time in times]
        if not observed.slot.over:
            return np.asarray(values[np.minimum(lasts, len(values) - 1)]) if lasts else np.empty((0, values.shape[1]))
        length = round(observed.slot.over / program.step)
        found = np.empty((len(times), values.shape[1]))
        for place, last in enumerate(lasts):
            found[place] = values[last - length : last].mean(axis=0)
        return found

    def predicted(self, scores: Array) -> Prediction:
        """What members with these scores say about the observations."""
        saved, is_ok = self.simulate(scores)
        parts = [self.measured(saved, one, one.times) for one in self.observed]
        values = np.concatenate(parts) if parts else np.empty((0, scores.shape[1]))
        is_ok = is_ok & np.isfinite(values).all(axis=0)
        return Prediction(np.where(is_ok, values, np.nan), is_ok)

    def transformed(self, values: Array) -> Array:
        """Values of all observations, on the scales on which their errors are normal."""
        return np.concatenate([law.forward(part) for law, part in zip(self.laws, self.split(values), strict=True)])

    def split(self, values: Array) -> list[Array]:
        """An array over all observations, cut into one part per `observe` statement."""
        return np.split(values, np.cumsum([len(one.values) for one in self.observed])[:-1])

    @property
    def values(self) -> Array:
        """(observation,): what was observed."""
        return np.concatenate([one.values for one in self.observed])

    def names(self) -> list[str]:
        """What each row of the scores stands for."""
        found = [self.program.parameters[index].name for index in self.sampler.uncertain]
        for slot in self.program.given:
            found += [f"{slot.stream} {slot.first + place}" for place in range(slot.count)]
        return found


def past_of(
    case: Case,
    hindcast: str = "",
    until: datetime.date | None = None,
    end: datetime.date | None = None,
    keep: tuple[str, ...] = (),
) -> Past:
    """The past of a case.

    Args:
        case: any case with `observe` statements.
        hindcast: which hindcast to run; "" for the model's own run from its as-of date on.
        until: nothing that became known later is used; None for everything.
        end: run to this day instead of the end that the text declares.
        keep: variables whose trajectories are kept besides what is observed.
    Raises:
        InputError: there is no observation, or none that was known.
    """
    basis = basis_of(case, hindcast, until, end, keep)
    if not sum(len(one.values) for one in basis.observed):
        message = "nothing that the model observes was known in the time of the run."
        raise InputError(Problem(case.name, 0, 0, "no-observations", message, "Choose a later day, or another hindcast."))
    program, sampler, observed, moment = basis.program, basis.sampler, basis.observed, basis.until
    scope = build_scope(case.tree)
    laws = tuple(error_law(one.slot, one.values) for one in observed)
    past = Past(case, hindcast, program, sampler, observed, laws, moment, frozenset(), frozenset())
    return Past(case, hindcast, program, sampler, observed, laws, moment, _silent(past), _scales(past, scope))


def _silent(past: Past) -> frozenset[int]:
    """Rows of the draws of noises that an error stands for."""
    names = {f"noise:{name}" for one in past.observed for name in one.slot.instead}
    wanted = names | {f"{name}:start" for name in names}
    return frozenset(row for slot in past.program.given if slot.stream in wanted for row in past.rows_of(slot))


def _scales(past: Past, scope: Scope) -> frozenset[int]:
    """Rows of the parameters that stand in the arguments of a noise or in the rate of an event."""
    found: set[str] = set()
    for item in scope.items("noise", "event"):
        statement = item.statement
        if isinstance(statement, t.Noise):
            parts = [*statement.distribution.arguments, statement.memory]
        else:
            assert isinstance(statement, t.Event)
            parts = [statement.rate]
        for part in parts:
            if part is not None and not isinstance(part, t.FamilyPrior | t.IntervalPrior):
                found |= {spell(key) for key in references(scope, part, item.binding)}
    names = [past.program.parameters[index].name for index in past.sampler.uncertain]
    return frozenset(row for row, name in enumerate(names) if name in found)
