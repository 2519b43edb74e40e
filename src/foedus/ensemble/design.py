"""How futures are spread over the parameters: independently, or as replicates of a Latin hypercube or of a Sobol sequence.

A stratified design has no error that could be read off its own points. Each is therefore made of independent replicates, taken in turn by
the futures: what an answer differs between them is its error. Source: Owen, *Monte Carlo theory, methods and examples*, chapter 17.2.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from foedus import numerics
from foedus.arrays import Array

__all__ = ["DESIGNS", "MOST_REPLICATES", "Design"]

Whole = NDArray[np.int64]
DESIGNS = ("random", "lhs", "sobol")
MOST_REPLICATES = 16
_BITS = 32
_INSIDE = (2.0**-53, 1 - 2.0**-53)


@dataclass(frozen=True)
class Design:
    """A design of so many futures.

    Attributes:
        kind: one of DESIGNS.
        seed: of the streams.
        futures: how many there are in all.
        chains: calibrations that futures take in turn, 1 without a posterior; a replicate holds all of them.
    """

    kind: str
    seed: int
    futures: int
    chains: int = 1

    @property
    def replicates(self) -> int:
        """How many independent replicates; 0 where every future is one."""
        return 0 if self.kind == "random" or self.futures < 4 else min(MOST_REPLICATES, self.futures // 2)

    def replicate_of(self, futures: Whole) -> Whole:
        """(future,): the number of the replicate that each belongs to."""
        return (futures // self.chains) % max(1, self.replicates)

    def _place(self, futures: Whole) -> Whole:
        """(future,): its place within its replicate."""
        return (futures // self.chains) // max(1, self.replicates) * self.chains + futures % self.chains

    def uniforms(self, names: Sequence[str], first: int, count: int) -> Array:
        """(parameter, future): numbers in (0, 1).

        Args:
            names: of the streams of all parameters that are drawn.
            first, count: futures first … first + count - 1.
        """
        futures = np.arange(first, first + count)
        if self.kind == "sobol":
            rows = [self._sobol(name, position, len(names), futures) for position, name in enumerate(names)]
            return np.array(rows).reshape(len(names), count)
        draws = numerics.uniforms(self.seed, names, futures)
        if self.kind == "lhs":
            for row, name in enumerate(names):
                strata, sizes = self._strata(name, futures)
                draws[row] = np.clip((strata + draws[row]) / sizes, *_INSIDE)
        return draws

    def _sobol(self, name: str, position: int, dimensions: int, futures: Whole) -> Array:
        """A digital shift of its own for each parameter and replicate leaves each replicate a sequence of low discrepancy."""
        place, replicate = self._place(futures), self.replicate_of(futures)
        low = int(place.min())
        points = _sobol(dimensions, low, int(place.max()) - low + 1)[place - low, position]
        shifts = np.array([_shift(self.seed, name, number) for number in range(max(1, self.replicates))], dtype=np.uint64)
        return np.asarray(((points ^ shifts[replicate]).astype(np.float64) + 0.5) * 2.0**-_BITS, dtype=np.float64)

    def _strata(self, name: str, futures: Whole) -> tuple[Whole, Whole]:
        """(future,): the stratum of each within its replicate, and how many strata that has."""
        place, replicate = self._place(futures), self.replicate_of(futures)
        sizes = np.array(_sizes(self))
        strata = np.empty(len(futures), dtype=np.int64)
        for number in np.unique(replicate):
            mine = replicate == number
            strata[mine] = _permutation(self.seed, name, int(number), int(sizes[number]))[place[mine]]
        return strata, sizes[replicate]


@lru_cache(maxsize=8)
def _sizes(design: Design) -> tuple[int, ...]:
    """Futures in each replicate."""
    return tuple(np.bincount(design.replicate_of(np.arange(design.futures)), minlength=max(1, design.replicates)).tolist())


@lru_cache(maxsize=16_384)
def _shift(seed: int, name: str, replicate: int) -> int:
    return int(numerics.stream_key(seed, f"{name}:replicate {replicate}")[0])


@lru_cache(maxsize=4)
def _sobol(dimensions: int, first: int, count: int) -> NDArray[np.uint64]:
    from scipy.stats import qmc

    engine = qmc.Sobol(max(1, dimensions), scramble=False, bits=_BITS)
    if first > 0:
        engine.fast_forward(first)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # about numbers of points that are no power of two
        points = engine.random(count)
    return np.asarray(np.floor(points * 2.0**_BITS), dtype=np.uint64)


@lru_cache(maxsize=8192)
def _permutation(seed: int, name: str, replicate: int, size: int) -> Whole:
    key = int.from_bytes(hashlib.sha256(f"lhs:{seed}:{name}:{replicate}".encode()).digest()[:16], "little")
    return np.random.Generator(np.random.Philox(key=key)).permutation(size)
