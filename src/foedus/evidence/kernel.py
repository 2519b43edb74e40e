"""A claim as a curve: where its number lies, how wide its qualifier makes it, what it rules out."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions import short_number
from foedus.distributions.interval import NORMAL_95
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.counted import count_words, fall_of_none, likely_value, quantiles_of_count
from foedus.evidence.defaults import Defaults
from foedus.evidence.measures import conversion

__all__ = ["LOGARITHMIC", "Kernel", "Scale", "digits_of", "kernel_of", "numbers_in", "numbers_of", "shown_claim"]

_LEAST_SHARE = 0.005
"""A share of 0 or 1 is read as rounded to a hundredth: on the scale of log-odds it would lie nowhere."""

_TOUCHING = 1e-9
"""Where a bound and a figure meet to the last digits they touch, in whatever unit the two are written."""


@dataclass(frozen=True)
class Scale:
    """The scale on which kernels are normal: logarithm, or log-odds for shares."""

    is_share: bool

    def position(self, value: float) -> float:
        """A value on this scale."""
        if self.is_share:
            value = min(max(value, _LEAST_SHARE), 1 - _LEAST_SHARE) if value in (0.0, 1.0) else value
        logarithm = float(numerics.log(np.array([value]))[0])
        return logarithm - float(numerics.log(np.array([1 - value]))[0]) if self.is_share else logarithm

    def values(self, positions: Array) -> Array:
        """The values at places of this scale."""
        raised = numerics.exp(positions)
        return raised / (1 + raised) if self.is_share else raised


LOGARITHMIC = Scale(is_share=False)


@dataclass(frozen=True)
class Kernel:
    """A claim on the pool's scale.

    Attributes:
        centre, width: mean and standard deviation of its curve there.
        bound: "", "upper" or "lower"; `edge` where the bound lies, `softness` the standard deviation of that.
        quality: in (−1, 1): in how many cases its source knows; nothing is 0.
    """

    claim: Claim
    centre: float
    width: float
    bound: str
    quality: float
    edge: float = 0.0
    softness: float = 1.0

    @property
    def ends(self) -> tuple[float, float]:
        """The 5 and 95 % points on the scale."""
        return self.centre - NORMAL_95 * self.width, self.centre + NORMAL_95 * self.width

    def allows(self, other: Kernel) -> bool:
        """Does this bound allow what another claim says? Within what both leave open."""
        if self.bound == "lower":
            return other.ends[1] >= self.edge - _TOUCHING
        return other.ends[0] <= self.edge + _TOUCHING


def kernel_of(claim: Claim, scale: Scale, defaults: Defaults, said: Quantity | None = None) -> Kernel:
    """The claim's 90 % interval on the pool's scale, as centre and standard deviation.

    Args:
        claim: in the pool's unit.
        scale: of the pool.
        defaults: kernels, reliabilities, hedges.
        said: its quantity in the words of its source. 5 miles are 8.04672 kilometres, and no surer for it: a figure is as exact as
            the digits with which it was given; None takes those of `claim`.
    """
    quantity = claim.quantity
    assert quantity is not None
    low, high = _interval(quantity, said or quantity, scale, defaults)
    if _is_of_a_class(claim, defaults):
        reach = math.hypot((high - low) / 2, _logs(defaults.setting("class_error")))
        low, high = (low + high) / 2 - reach, (low + high) / 2 + reach
    bound = defaults.kernels[quantity.qualifier].bound if not _has_both_ends(quantity) else ""
    edge = scale.position(_stated(quantity)) if bound else 0.0
    softness = _logs(defaults.kernels["eq"].high) / NORMAL_95
    quality = defaults.quality(claim.grade, claim.hedge.kind)
    if quantity.is_count and (end := _end_of_count(quantity)):
        edge, softness = _step_of_none(quantity, end, scale, defaults)
        return Kernel(claim, (low + high) / 2, (high - low) / (2 * NORMAL_95), end, quality, edge, softness)
    return Kernel(claim, (low + high) / 2, (high - low) / (2 * NORMAL_95), bound, quality, edge, softness)


def _logs(factor: float) -> float:
    return float(numerics.log(np.array([factor]))[0])


def _has_both_ends(quantity: Quantity) -> bool:
    return quantity.low is not None and quantity.high is not None and quantity.low < quantity.high


def _stated(quantity: Quantity) -> float:
    return next(end for end in (quantity.value, quantity.high, quantity.low) if end is not None)


def _interval(quantity: Quantity, said: Quantity, scale: Scale, defaults: Defaults) -> tuple[float, float]:
    """The 5 and 95 % points on the pool's scale: the claim's own ends, what a count tells, or its qualifier's factors."""
    if quantity.is_count:
        return _interval_of_count(quantity, scale)
    if _has_both_ends(quantity):
        assert quantity.low is not None and quantity.high is not None
        return scale.position(quantity.low), scale.position(quantity.high)
    stated = _stated(quantity)
    shape = defaults.kernels[quantity.qualifier]
    if shape.low == shape.high:
        shape = defaults.kernels["about"]
    log_low, log_high = numerics.log(np.array([shape.low, shape.high]))
    part = _exactness(_stated(said), defaults) if quantity.qualifier == "eq" else 1.0
    centre = scale.position(stated)
    return centre + part * float(log_low), centre + part * float(log_high)


def _interval_of_count(quantity: Quantity, scale: Scale) -> tuple[float, float]:
    """Around the middle of what the count leaves. Its nearer end is taken on both sides: of "none of 6" the other lies at no place of the
    scale."""
    low, middle, high = (scale.position(point) for point in quantiles_of_count(quantity))
    reach = min(middle - low, high - middle)
    return middle - reach, middle + reach


def _end_of_count(quantity: Quantity) -> str:
    """ "upper" of never, "lower" of always: such a count rules out one end, and says nothing of the other."""
    if quantity.count == 0:
        return "upper"
    return "lower" if quantity.unit == "1" and quantity.count == quantity.exposure else ""


def _step_of_none(quantity: Quantity, end: str, scale: Scale, defaults: Defaults) -> tuple[float, float]:
    """The likelihood of a count of never or always as a soft step: its middle, and a width from its 95 and 5 % points and the class."""
    assert quantity.exposure is not None
    falls = fall_of_none(quantity.exposure, quantity.unit == "1")
    near, middle, far = (scale.position(point if end == "upper" else 1 - point) for point in falls)
    return middle, math.hypot((far - near) / 2, _logs(defaults.setting("class_error"))) / NORMAL_95


def _is_of_a_class(claim: Claim, defaults: Defaults) -> bool:
    """Whether it tells how often things of a kind happened: a count, or a figure in a group of which the case says so."""
    rule = defaults.groups.get(claim.group)
    is_count = claim.quantity is not None and claim.quantity.is_count
    return is_count or (rule is not None and rule.kind == "reference class")


def _exactness(value: float, defaults: Defaults) -> float:
    """What part of the width of a round figure one with more digits has: 1 to two digits, least from four on."""
    digits = digits_of(value)
    if digits <= 2:
        return 1.0
    least = min(1.0, _logs(1 + defaults.setting("exact_error")) / _logs(defaults.kernels["eq"].high))
    return float(least**0.5) if digits == 3 else least


def digits_of(value: float) -> int:
    """How many digits a figure is given with: 12,000 has two, 1,027,340 six."""
    digits = f"{abs(value):.12e}".split("e")[0].replace(".", "").rstrip("0")
    return max(1, len(digits))


def numbers_of(quantity: Quantity | None) -> list[float]:
    """The numbers that a quantity states; of a count the mean of what it leaves, which is never nought."""
    if quantity is not None and quantity.is_count:
        return [likely_value(quantity)]
    ends = (quantity.value, quantity.low, quantity.high) if quantity and not quantity.loose else ()
    return [float(end) for end in ends if end is not None]


def numbers_in(quantity: Quantity | None, unit: str) -> list[float]:
    """The same in another unit; none where it measures something else."""
    factor = conversion(quantity.unit, unit) if quantity is not None else None
    return [] if factor is None else [end * factor for end in numbers_of(quantity)]


def shown_claim(claim: Claim) -> str:
    """A claim in a few words: its number, source and id."""
    if claim.quantity is not None and claim.quantity.is_count:
        return f"{count_words(claim.quantity)} ({claim.source.shown}, {claim.id})"
    numbers = numbers_of(claim.quantity)
    low, high = short_number(min(numbers)), short_number(max(numbers))
    number = low if low == high else f"{low}–{high}"
    return f"{number} ({claim.source.shown}, {claim.id})"
