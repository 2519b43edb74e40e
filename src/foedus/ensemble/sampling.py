"""Parameters of futures from their priors, spread by a design, correlated by a Gaussian copula.

Each parameter has a stream of its own, addressed by its name: a parameter more or less moves no other one. Any stretch of futures can
be drawn alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.arrays import Array
from foedus.compile import Program
from foedus.distributions import (
    Constant,
    Discrete,
    Distribution,
    Empirical,
    Exponential,
    LogitNormal,
    LogNormal,
    Normal,
    Scaled,
    Spiked,
    Triangular,
    Truncated,
    Uniform,
)
from foedus.distributions.rivals import borders
from foedus.ensemble.design import DESIGNS, Design
from foedus.errors import InputError, Problem

__all__ = ["Joint", "Law", "Sampler", "Tabulated", "TabulatedSpikes", "drawn_law", "is_exact", "with_borders"]


@dataclass(frozen=True)
class Tabulated:
    """A quantile function by linear interpolation on 4,097 normal scores from -6 to 6: for laws whose quantiles cost an inversion.

    Attributes:
        table: the quantiles.
        borders: the values between rivals of which the law is made, rising; no draw hangs on them.
    """

    table: Array
    borders: tuple[float, ...] = ()

    @staticmethod
    def of(law: Distribution) -> Tabulated:
        scores = np.linspace(-6.0, 6.0, 4097)
        return Tabulated(np.asarray(law.quantile(numerics.normal_cdf(scores)), dtype=np.float64), borders(law))

    def quantile(self, u: Array) -> Array:
        place = np.clip((numerics.normal_quantile(u) + 6.0) * (4096 / 12.0), 0.0, 4095.999999)
        below = place.astype(np.int64)
        low, high = self.table[below], self.table[below + 1]
        return np.asarray(low + (high - low) * (place - below), dtype=np.float64)


@dataclass(frozen=True)
class TabulatedSpikes:
    """Single values among a continuous law that goes through a table; the single values and their chances stay exact."""

    spiked: Spiked
    table: Tabulated

    def quantile(self, u: Array) -> Array:
        return self.spiked.quantile_with(self.table.quantile, u)


Law = Distribution | Tabulated | TabulatedSpikes
_EXACT = (Constant, Discrete, Exponential, LogNormal, LogitNormal, Normal, Tabulated, TabulatedSpikes, Triangular, Uniform)


def is_exact(law: Law) -> bool:
    """Is its quantile a sequence of IEEE operations, so that every engine and the page draw the same bits? Others go through a table."""
    return is_exact(law.inner) if isinstance(law, Scaled | Spiked | Truncated) else isinstance(law, _EXACT)


def with_borders(law: Law, found: tuple[float, ...]) -> Law:
    """A law that goes through a table, with the values that part its rivals."""
    if isinstance(law, TabulatedSpikes):
        return replace(law, table=replace(law.table, borders=found))
    return replace(law, borders=found) if isinstance(law, Tabulated) else law


def drawn_law(law: Law) -> Law:
    """The law as futures draw it: through a table where its quantile is not exact. Single values never are interpolated."""
    if is_exact(law):
        return law
    if isinstance(law, Spiked):
        return TabulatedSpikes(law, Tabulated.of(law.inner))
    assert not isinstance(law, Tabulated | TabulatedSpikes)
    return Tabulated.of(law)


@dataclass(frozen=True, eq=False)
class Joint:
    """Members of a posterior, drawn whole so that what hangs together stays together.

    Future i takes a member of chain i modulo the number of chains; which one, a stream of its own says.

    Attributes:
        digest: of the posterior.
        values: parameter -> (chain, member), in its declared unit.
    """

    digest: str
    values: Mapping[str, Array]

    @property
    def chains(self) -> int:
        return int(next(iter(self.values.values())).shape[0]) if self.values else 1

    def members(self, seed: int, futures: NDArray[np.int64], count: int) -> NDArray[np.int64]:
        """(future,): the number of the member that each future takes."""
        luck = numerics.uniform(seed, "posterior:member", futures)
        return np.minimum((luck * count).astype(np.int64), count - 1)


class Sampler:
    """Draws the parameters of futures.

    Args:
        program: whose parameters.
        pools: group of claims -> distribution in the parameter's declared unit, keyed by parameter name.
        seed: of the streams.
        design: one of DESIGNS.
        futures: how many there will be in all (a Latin hypercube needs to know).
        joint: members of a posterior, for the parameters that it covers; the others come from their priors.
    """

    def __init__(
        self, program: Program, pools: Mapping[str, Law], seed: int, design: str, futures: int, joint: Joint | None = None
    ) -> None:
        if design not in DESIGNS:
            raise InputError(
                Problem("--design", 0, 0, "bad-design", f"there is no design `{design}`.", f"Use {', '.join(DESIGNS)}.")
            )
        self.program, self.seed = program, seed
        self.design = Design(design, seed, futures, joint.chains if joint is not None else 1)
        self.laws: list[Law | None] = []
        for slot in program.parameters:
            law = pools.get(slot.name) if slot.claims else slot.distribution
            if slot.is_start:
                law = _left(program, slot.name, joint)
            if slot.claims and law is None:
                message = f"parameter `{slot.name}` rests on claims, and there is no ledger to pool them from."
                help = "Run the case's folder, or give the parameter a prior."
                raise InputError(Problem(program.name, 0, 0, "no-claims", message, help))
            self.laws.append(None if law is None else drawn_law(law))
        self.uncertain = tuple(index for index, law in enumerate(self.laws) if law is not None and not isinstance(law, Constant))
        self.groups = _groups(program)
        self.joint = joint

    def draw(self, first: int, count: int) -> Array:
        """(parameter, future) in base units, for futures first … first + count - 1."""
        streams = [f"param:{self.program.parameters[index].name}" for index in self.uncertain]
        found = self._shaped(dict(zip(self.uncertain, self.design.uniforms(streams, first, count), strict=True)), count)
        if self.joint is not None:
            numbers = np.arange(first, first + count)
            for index in self.uncertain:
                slot = self.program.parameters[index]
                values = self.joint.values.get(slot.name)
                if values is not None:
                    chosen = self.joint.members(self.seed, numbers, values.shape[1])
                    found[index] = values[numbers % values.shape[0], chosen] * slot.scale
        return found

    def from_scores(self, scores: Array) -> Array:
        """Parameters from independent standard normal scores, through the priors and their correlations.

        Args:
            scores: (uncertain parameter, future), in the order of `uncertain`.
        Returns:
            (parameter, future) in base units.
        """
        levels = np.clip(numerics.normal_cdf(scores), 2.0**-53, 1 - 2.0**-53)
        return self._shaped(dict(zip(self.uncertain, levels, strict=True)), scores.shape[1])

    def _shaped(self, uniform: dict[int, Array], count: int) -> Array:
        """Parameters from independent uniform numbers."""
        found = np.empty((len(self.program.parameters), count))
        self._correlate(uniform)
        for index, (slot, law) in enumerate(zip(self.program.parameters, self.laws, strict=True)):
            if index in uniform:
                found[index] = law.quantile(uniform[index]) * slot.scale  # type: ignore[union-attr]
            elif law is not None:
                found[index] = float(law.quantile(np.array([0.5]))[0]) * slot.scale
            else:
                found[index] = slot.value
        return found

    def _correlate(self, uniform: dict[int, Array]) -> None:
        for members, factor in self.groups:
            scores = [numerics.normal_quantile(uniform[index]) for index in members]
            for row, index in enumerate(members):
                mixed = np.zeros_like(scores[0])
                for column in range(row + 1):
                    mixed = mixed + factor[row, column] * scores[column]
                uniform[index] = np.clip(numerics.normal_cdf(mixed), 2.0**-53, 1 - 2.0**-53)


def _left(program: Program, name: str, joint: Joint | None) -> Law:
    """What the members say that the past left in a stock."""
    members = joint.values.get(name) if joint is not None else None
    if members is None:
        message = f"`{name}` is known from a posterior only, and the run has none that says it."
        help = "Make the posterior again with `foedus calibrate`, or run the priors (`--posterior none`)."
        raise InputError(Problem(program.name, 0, 0, "stale-posterior", message, help))
    return Empirical(members.ravel())


def _groups(program: Program) -> list[tuple[list[int], Array]]:
    """Parameters that hang together, each group with the Cholesky factor of its correlations."""
    members = sorted({index for first, second, _ in program.correlations for index in (first, second)})
    if not members:
        return []
    matrix = np.eye(len(members))
    for first, second, coefficient in program.correlations:
        i, j = members.index(first), members.index(second)
        matrix[i, j] = matrix[j, i] = coefficient
    return [(members, _cholesky(matrix))]


def _cholesky(matrix: Array) -> Array:
    """The lower factor, by plain loops: the same bits on every machine."""
    size = len(matrix)
    factor = np.zeros_like(matrix)
    for row in range(size):
        for column in range(row + 1):
            rest = float(matrix[row, column])
            for k in range(column):
                rest -= float(factor[row, k]) * float(factor[column, k])
            factor[row, column] = math.sqrt(rest) if row == column else rest / float(factor[column, column])
    return factor
