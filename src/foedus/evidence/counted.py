"""What a count tells of the next case: 6 of 43 treaties honoured, 5 clashes in 25.4 years.

The share or the rate itself is known from the count as far as chance allows: Jeffreys' posterior, Beta(k + ½, n − k + ½) or
Gamma(k + ½) over the time (Brown, Cai & DasGupta 2001). And the next case is not the class: its odds, or its rate, differ from those of
the class by as much as those of one class differ from those of the next (`class_error`).
"""

from __future__ import annotations

import numpy as np

from foedus import numerics
from foedus.evidence.claim import Quantity
from foedus.evidence.curve import Curve

__all__ = ["count_words", "fall_of_none", "likely_value", "quantiles_of_count"]

_REACH = np.linspace(-40, 40, 8001)
"""In standard deviations of the logarithm, or of the log-odds; the longer tail of "never" ends well inside."""


def quantiles_of_count(quantity: Quantity) -> tuple[float, float, float]:
    """The 5, 50 and 95 % points of the share or rate behind a count, in the quantity's unit."""
    assert quantity.count is not None and quantity.exposure is not None
    shown, whole = quantity.count, quantity.exposure
    is_share = quantity.unit == "1"
    failed = whole - shown + 0.5 if is_share else whole
    centre = float(numerics.log(np.array([(shown + 0.5) / failed]))[0])
    width = (1 / (shown + 0.5) + (1 / failed if is_share else 0.0)) ** 0.5
    points = centre + width * _REACH
    raised = numerics.exp(np.minimum(points, 700.0))
    # the logarithm of the density at each place of the scale, which is that of log-odds or of the logarithm
    log_density = (shown + 0.5) * points - ((whole + 1) * numerics.log(1 + raised) if is_share else whole * raised)
    found = Curve.of(points, numerics.exp(np.maximum(log_density - log_density.max(), -700.0)), is_share)
    low, middle, high = (float(point) for point in found.quantile(np.array([0.05, 0.5, 0.95])))
    return low, middle, high


def fall_of_none(exposure: float, is_share: bool) -> tuple[float, float, float]:
    """Where the likelihood of "never", or of "always" from the other end, has fallen to 95, 50 and 5 %: (1 − p)ⁿ, or exp(−rate · time)."""
    falls = [-float(numerics.log(np.array([left]))[0]) / exposure for left in (0.95, 0.5, 0.05)]
    low, middle, high = (1 - float(numerics.exp(np.array([-fall]))[0]) if is_share else fall for fall in falls)
    return low, middle, high


def likely_value(quantity: Quantity) -> float:
    """The mean of that share or rate: never nought, and never all."""
    assert quantity.count is not None and quantity.exposure is not None
    return (quantity.count + 0.5) / (quantity.exposure + (1 if quantity.unit == "1" else 0))


def count_words(quantity: Quantity) -> str:
    """ "6 of 43", "5 in 25.4 years"."""
    assert quantity.count is not None and quantity.exposure is not None
    if quantity.unit == "1":
        return f"{quantity.count:g} of {quantity.exposure:g}"
    time = quantity.unit.partition("/")[2].strip()
    return f"{quantity.count:g} in {quantity.exposure:g} {time}{'' if quantity.exposure == 1 or time.endswith('s') else 's'}"
