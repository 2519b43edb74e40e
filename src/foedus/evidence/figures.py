"""Dependence from figures: one source gives the number that another gave before.

Two independent estimates of one thing agree now and then. How often, follows from how far the figures of the group lie apart, and from
how coarsely they are rounded: "12,000" twice says little, "684,280" twice says all. What is counted over all groups that two sources
share is the number of agreements; the chance of so many is that of a Poisson binomial law.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.special import ndtr

from foedus.distributions.interval import NORMAL_95
from foedus.evidence.chance import at_least
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.voices import is_same_voice, voice_of

__all__ = ["Agreement", "agreements", "resolution"]

# The broad prior counts as so many figures when the spread of a group is estimated.
_PRIOR_FIGURES = 2.0
# Rounding is believed to hide so many tolerances: 11,600 may be 12,000, but 11,000 is not 10,000.
_MOST_ROUNDING = 5.0


@dataclass(frozen=True)
class Agreement:
    """What two sources have said about the same things, one after the other.

    Attributes:
        later, earlier: names of the sources.
        pairs: (id of the later claim, id of the earlier one) where the figures are the same.
        compared: how many claims of the later source stand in a group in which the earlier one had spoken.
        chance: that independent estimates would agree so often.
    """

    later: str
    earlier: str
    pairs: tuple[tuple[str, str], ...]
    compared: int
    chance: float


def resolution(value: float) -> float:
    """The step to which a figure is rounded, by its trailing zeros: 1,000 for 12,000, 0.01 for 0.25."""
    digits = f"{abs(value):.10g}"
    mantissa, _, power = digits.partition("e")
    whole, _, decimals = mantissa.partition(".")
    if decimals:
        return float(10.0 ** (int(power or 0) - len(decimals)))
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return float(10.0 ** (int(power or 0) + zeros))


def agreements(claims: Iterable[Claim], defaults: Defaults = DEFAULTS) -> tuple[Agreement, ...]:
    """Every two sources with figures in a common group, with how often the later one gave the earlier one's figure.

    Args:
        claims: of all groups; those that do not count, deny, or are an analyst's arithmetic are passed over.
        defaults: `figure_tolerance`, `broad_factor`.
    Returns:
        The pairs that agree at least once, least likely by chance first.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.counts and claim.polarity == "+" and _figure(claim) and not voice_of(claim.source.canonical).is_computed:
            groups.setdefault(claim.group, []).append(claim)
    chances: dict[tuple[str, str], list[float]] = {}
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for members in groups.values():
        spread = _spread(members, defaults)
        ordered = sorted(members, key=lambda claim: (claim.published, claim.id))
        for place, claim in enumerate(ordered):
            for name, before in _by_source(claim, ordered[:place]).items():
                key = (claim.source.canonical, name)
                missed = math.prod(1 - _coincidence(claim, one, spread, defaults) for one in before)
                chances.setdefault(key, []).append(1 - missed)
                same = [one for one in before if _is_same(claim, one, defaults)]
                if same:
                    pairs.setdefault(key, []).append((claim.id, same[0].id))
    found = [Agreement(*key, tuple(same), len(chances[key]), at_least(len(same), chances[key])) for key, same in pairs.items()]
    return tuple(sorted(found, key=lambda one: (one.chance, one.later, one.earlier)))


def _by_source(claim: Claim, before: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The earlier claims of each other source."""
    found: dict[str, list[Claim]] = {}
    for one in before:
        if not is_same_voice(one.source.canonical, claim.source.canonical) and one.quantity_unit == claim.quantity_unit:
            found.setdefault(one.source.canonical, []).append(one)
    return found


def _figure(claim: Claim) -> tuple[float, ...]:
    """The number that a claim states, or both ends of its range; empty where there is none above zero."""
    quantity = claim.quantity
    if quantity is None:
        return ()
    stated = (quantity.low, quantity.high) if quantity.value is None else (quantity.value,)
    ends = tuple(dict.fromkeys(end for end in stated if end is not None))
    return ends if all(end > 0 for end in ends) else ()


def _spread(members: Sequence[Claim], defaults: Defaults) -> float:
    """The standard deviation of the logarithm of independent figures: the group's own, drawn towards the broad prior's."""
    broad = math.log(defaults.setting("broad_factor")) / NORMAL_95
    logs = [math.fsum(math.log(end) for end in _figure(claim)) / len(_figure(claim)) for claim in members]
    middle = math.fsum(logs) / len(logs)
    squares = math.fsum((value - middle) ** 2 for value in logs) + _PRIOR_FIGURES * broad * broad
    return math.sqrt(squares / (_PRIOR_FIGURES + len(logs) - 1))


def _slack(one: float, other: float, defaults: Defaults) -> float:
    """How far two figures may differ and still be one, as a part of them: the tolerance, or what rounding hides, within reason."""
    tolerance = defaults.setting("figure_tolerance")
    hidden = max(resolution(one), resolution(other)) / 2 / max(one, other)
    return max(tolerance, min(hidden, _MOST_ROUNDING * tolerance))


def _is_same(one: Claim, other: Claim, defaults: Defaults) -> bool:
    first, second = _figure(one), _figure(other)
    if len(first) != len(second):
        return False
    return all(abs(a - b) <= _slack(a, b, defaults) * max(a, b) * (1 + 1e-9) for a, b in zip(first, second, strict=True))


def _coincidence(one: Claim, other: Claim, spread: float, defaults: Defaults) -> float:
    """The chance that two independent figures of these roundings agree; of two ends, that the nearer one does."""
    first, second = _figure(one), _figure(other)
    if len(first) != len(second):
        return 0.0
    return min(float(2 * ndtr(_slack(a, b, defaults) / (spread * math.sqrt(2))) - 1) for a, b in zip(first, second, strict=True))
