"""Numbers that are the same to the bit everywhere: elementary functions and random streams as exact sequences of IEEE operations."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from foedus.arrays import Array
from foedus.numerics import sequences
from foedus.numerics.arithmetic import Arithmetic
from foedus.numerics.numpy_arithmetic import NumpyArithmetic

__all__ = [
    "LARGEST",
    "Arithmetic",
    "NumpyArithmetic",
    "exp",
    "log",
    "normal_cdf",
    "normal_quantile",
    "power",
    "stream_key",
    "uniform",
    "uniforms",
]

LARGEST = 2.0**512
"""From here on what a model holds counts as infinite (`sequences.bounded`)."""
_TOGETHER = 8192  # draws that are worked out at once: enough that calls cost little, few enough for the second-level cache


def _apply(sequence: Callable[..., Any], *arguments: ArrayLike) -> Array:
    values = [np.asarray(argument, dtype=np.float64) for argument in arguments]
    with np.errstate(all="ignore"):
        return np.asarray(sequence(NumpyArithmetic(), *values), dtype=np.float64)


def exp(x: ArrayLike) -> Array:
    """e to the x, elementwise, the same bits on every machine."""
    return _apply(sequences.exp, x)


def log(x: ArrayLike) -> Array:
    """The natural logarithm, elementwise, the same bits on every machine."""
    return _apply(sequences.log, x)


def power(a: ArrayLike, b: ArrayLike) -> Array:
    """a to the b, elementwise: real wherever it can be, the same bits on every machine."""
    return _apply(sequences.power, a, b)


def normal_quantile(u: ArrayLike) -> Array:
    """The standard normal quantile of u in (0, 1), elementwise."""
    return _apply(sequences.normal_quantile, u)


def normal_cdf(x: ArrayLike) -> Array:
    """The standard normal distribution function, elementwise."""
    return _apply(sequences.normal_cdf, x)


def stream_key(seed: int, name: str) -> tuple[int, int]:
    """The two 32-bit key words of the stream `name` under `seed`: adding a name moves no other stream."""
    digest = hashlib.sha256(f"foedus:{seed}:{name}".encode()).digest()
    return int.from_bytes(digest[:4], "little"), int.from_bytes(digest[4:8], "little")


def uniform(seed: int, name: str, futures: ArrayLike, index: ArrayLike = 0) -> Array:
    """One uniform draw in (0, 1) per future, addressed by (seed, name, future, index).

    Args:
        seed: any integer; 0 is a seed.
        name: of the stream.
        futures: numbers of the futures, below 2**32; any shape.
        index: which draw of the stream, below 2**32; broadcast against `futures`.
    Returns:
        Draws, of the shape that `futures` and `index` have together.
    """
    key = tuple(np.uint32(word) for word in stream_key(seed, name))
    counter = (np.asarray(futures).astype(np.uint32), np.asarray(index).astype(np.uint32))
    with np.errstate(all="ignore"):
        return np.asarray(sequences.uniform(NumpyArithmetic(), key, counter), dtype=np.float64)  # type: ignore[arg-type]


def uniforms(seed: int, names: Sequence[str], futures: ArrayLike) -> Array:
    """The first draw of several streams, (stream, future): the bits of `uniform` for each name, a few streams at a time.

    Args:
        seed: any integer.
        names: of the streams.
        futures: (future,), their numbers.
    """
    counter = (np.asarray(futures).astype(np.uint32), np.uint32(0))
    found = np.empty((len(names), len(counter[0])))
    together = max(1, _TOGETHER // max(1, len(counter[0])))
    for first in range(0, len(names), together):
        keys = np.array([stream_key(seed, name) for name in names[first : first + together]], dtype=np.uint32)
        with np.errstate(all="ignore"):
            found[first : first + together] = sequences.uniform(NumpyArithmetic(), (keys[:, :1], keys[:, 1:]), counter)
    return found
