"""Poisson numbers as an exact sequence of IEEE operations, the same on every machine."""

from __future__ import annotations

from foedus.numerics import sequences
from foedus.numerics.arithmetic import Arithmetic, Value

__all__ = ["poisson"]

_TERMS, _SMALL = (
    24,
    8.0,
)  # terms of the distribution that are added up, and the mean up to which they suffice (one in a million is beyond)


def poisson(m: Arithmetic, mean: Value, uniform: Value, is_wanted: Value) -> Value:
    """A Poisson number from a uniform one, 0 where none is wanted: rising with both, so that more hazard never gives fewer firings.

    Up to a mean of 8 by its distribution, above it by the normal's with its skewness.
    Source: Cornish & Fisher 1938, to the second term.
    """
    zero, one = m.number(0.0), m.number(1.0)
    number, term = zero, sequences.exp(m, m.multiply(m.number(-1.0), mean))
    below = term
    for count in range(1, _TERMS + 1):
        number = m.add(number, m.choose(m.less_equal(below, uniform), one, zero))
        term = m.divide(m.multiply(term, mean), m.number(float(count)))
        below = m.add(below, term)
    score = sequences.normal_quantile(m, uniform)
    skewed = m.divide(m.subtract(m.multiply(score, score), one), m.number(6.0))
    spread = m.multiply(m.square_root(m.maximum(mean, zero)), score)
    large = m.floor(m.add(m.add(m.add(mean, spread), skewed), m.number(0.5)))
    found = m.choose(m.less(m.number(_SMALL), mean), m.maximum(large, zero), number)
    return m.choose(is_wanted, found, zero)
