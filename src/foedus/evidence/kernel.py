"""A claim as a curve: where its number lies, and how wide its qualifier makes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from foedus import numerics
from foedus.distributions import Distribution, LogitNormal, LogNormal, short_number
from foedus.distributions.interval import NORMAL_95
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.defaults import Defaults

__all__ = ["Kernel", "Scale", "kernel_of", "numbers_of", "shown_claim"]


@dataclass(frozen=True)
class Scale:
    """The scale on which kernels are normal: logarithm, or log-odds for shares."""

    is_share: bool

    def position(self, value: float) -> float:
        """A value on this scale."""
        logarithm = float(numerics.log(np.array([value]))[0])
        return logarithm - float(numerics.log(np.array([1 - value]))[0]) if self.is_share else logarithm

    def distribution(self, centre: float, width: float) -> Distribution:
        """The normal curve on this scale, as a distribution of the value."""
        return LogitNormal(centre, width) if self.is_share else LogNormal(centre, width)


@dataclass(frozen=True)
class Kernel:
    """A claim on the pool's scale: centre and standard deviation there, the bound it states, its quality in [0, 1)."""

    claim: Claim
    centre: float
    width: float
    bound: str
    quality: float


def kernel_of(claim: Claim, scale: Scale, defaults: Defaults) -> Kernel:
    """The claim's 90 % interval on the pool's scale, as centre and standard deviation."""
    quantity = claim.quantity
    assert quantity is not None
    low, high = _interval(quantity, scale, defaults)
    bound = defaults.kernels[quantity.qualifier].bound
    return Kernel(claim, (low + high) / 2, (high - low) / (2 * NORMAL_95), bound, defaults.quality(claim.grade, claim.hedge.kind))


def _interval(quantity: Quantity, scale: Scale, defaults: Defaults) -> tuple[float, float]:
    """The 5 and 95 % points on the pool's scale: the claim's own ends, or its qualifier's factors."""
    low, high = quantity.low, quantity.high
    if low is not None and high is not None and low < high:
        return scale.position(low), scale.position(high)
    stated = next(end for end in (quantity.value, high, low) if end is not None)
    shape = defaults.kernels[quantity.qualifier]
    if shape.low == shape.high:
        shape = defaults.kernels["about"]
    log_low, log_high = numerics.log(np.array([shape.low, shape.high]))
    centre = scale.position(stated)
    return centre + float(log_low), centre + float(log_high)


def numbers_of(quantity: Quantity | None) -> list[float]:
    """The numbers that a quantity states."""
    ends = (quantity.value, quantity.low, quantity.high) if quantity else ()
    return [float(end) for end in ends if end is not None]


def shown_claim(claim: Claim) -> str:
    """A claim in a few words: its number, source and id."""
    numbers = numbers_of(claim.quantity)
    low, high = short_number(min(numbers)), short_number(max(numbers))
    number = low if low == high else f"{low}–{high}"
    return f"{number} ({claim.source.canonical}, {claim.id})"
