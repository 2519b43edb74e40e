"""Dependence from figures: one source gives the number that another gave before.

Two independent estimates of one thing agree now and then. How often, follows from how far apart they usually are (the group's own spread;
or what the two differ by elsewhere, but at least `figure_error`), and from how coarsely they are rounded: "12,000" twice says little,
"684,280" twice says all. u, the chance to come as near as they do, is uniform for independent figures; over all groups that two sources
share, Fisher's method (1932) adds up −log u, and over all pairs of sources Benjamini and Hochberg (1995) say how many false findings
to expect.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scipy.special import gammaincc, ndtr

from foedus.distributions.interval import NORMAL_95
from foedus.evidence.chance import false_discovery
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.voices import is_same_voice, voice_of

__all__ = ["FigureAgreement", "agreements", "resolution"]

# The broad prior counts as so many figures when the spread of a group is estimated.
_PRIOR_FIGURES = 2.0
# Rounding is believed to hide so many tolerances: 11,600 may be 12,000, but 11,000 is not 10,000.
_MOST_ROUNDING = 5.0


@dataclass(frozen=True)
class FigureAgreement:
    """What two sources have said about the same things, one after the other.

    Attributes:
        later, earlier: names of the sources.
        pairs: (id of the later claim, id of the earlier one) where the figures are the same.
        compared: how many claims of the later source stand in a group in which the earlier one had spoken.
        chance: that independent figures would be as near so often.
        share: of false ones among findings as clear as this, over all pairs of sources that could be compared.
    """

    later: str
    earlier: str
    pairs: tuple[tuple[str, str], ...]
    compared: int
    chance: float
    share: float


def resolution(value: float) -> float:
    """The step to which a figure is rounded, by its trailing zeros: 1,000 for 12,000, 0.01 for 0.25."""
    digits = f"{abs(value):.10g}"
    mantissa, _, power = digits.partition("e")
    whole, _, decimals = mantissa.partition(".")
    if decimals:
        return float(10.0 ** (int(power or 0) - len(decimals)))
    zeros = len(whole) - len(whole.rstrip("0")) if whole.strip("0") else 0
    return float(10.0 ** (int(power or 0) + zeros))


def agreements(claims: Iterable[Claim], defaults: Defaults = DEFAULTS) -> tuple[FigureAgreement, ...]:
    """Every two sources with figures in a common group, with how often the later one gave the earlier one's figure.

    Args:
        claims: of all groups; those that do not count, deny, or are an analyst's arithmetic are passed over.
        defaults: `figure_tolerance`, `figure_error`, `broad_factor`.
    Returns:
        The pairs that agree at least once, least likely by chance first.
    """
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.counts and claim.polarity == "+" and _figure(claim) and not voice_of(claim.source.canonical).is_computed:
            groups.setdefault(claim.group, []).append(claim)
    compared: dict[tuple[str, str], list[_Comparison]] = {}
    for members in groups.values():
        spread = _spread(members, defaults)
        ordered = sorted(members, key=lambda claim: (claim.day, claim.id))
        for place, claim in enumerate(ordered):
            for name, before in _by_source(claim, ordered[:place]).items():
                compared.setdefault((claim.source.canonical, name), []).append(_compare(claim, before, spread, defaults))
    chances = [_chance(rows, defaults) for rows in compared.values()]
    shares = false_discovery(chances)
    found = [
        FigureAgreement(*key, tuple((row.claim, row.same) for row in rows if row.same), len(rows), chance, share)
        for (key, rows), chance, share in zip(compared.items(), chances, shares, strict=True)
        if any(row.same for row in rows)
    ]
    return tuple(sorted(found, key=lambda one: (one.chance, one.later, one.earlier)))


@dataclass(frozen=True)
class _Comparison:
    """A claim against the earlier ones of another source, as logarithms.

    Attributes:
        claim: its id; `same` that of an earlier one with the same figure, or "".
        distance: to the nearest earlier figure; `hidden` what rounding hides of it.
        choices: how many earlier figures there were to be near to.
        spread: of the group.
    """

    claim: str
    same: str
    distance: float
    hidden: float
    choices: int
    spread: float


def _compare(claim: Claim, before: Sequence[Claim], spread: float, defaults: Defaults) -> _Comparison:
    same, near, hidden, choices = "", math.inf, 0.0, 0
    for one in before:
        ends = list(zip(_figure(claim), _figure(one), strict=False))
        if len(_figure(one)) == len(_figure(claim)):
            choices += 1
            distance = max(abs(math.log(a / b)) for a, b in ends)
            if distance < near:
                near, hidden = distance, max(_rounding(a, b) for a, b in ends)
                same = one.id if _is_same(claim, one, defaults) else same
    return _Comparison(claim.id, same, near, hidden, choices, spread)


def _chance(rows: Sequence[_Comparison], defaults: Defaults) -> float:
    """That independent figures would be so near so often."""
    rows = [row for row in rows if row.choices]
    if not rows:
        return 1.0
    # Two estimates that are usually near each other come nearer by chance than the spread of all would say.
    apart = [defaults.setting("figure_error"), *(row.distance / math.sqrt(2) for row in rows if not row.same)]
    usual = math.sqrt(math.fsum(distance**2 for distance in apart) / len(apart))
    total = 0.0
    for row in rows:
        near = 2 * ndtr(max(row.distance, row.hidden) / (min(row.spread, usual) * math.sqrt(2))) - 1
        total -= math.log(max(1 - (1 - near) ** row.choices, 1e-12))
    return float(gammaincc(len(rows), total))


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


def _rounding(one: float, other: float) -> float:
    """What the coarser of two roundings may hide, as a part of the figure."""
    return max(resolution(one), resolution(other)) / 2 / max(one, other)


def _slack(one: float, other: float, defaults: Defaults) -> float:
    """How far two figures may differ and still be called one: the tolerance, or what rounding hides, within reason."""
    tolerance = defaults.setting("figure_tolerance")
    return max(tolerance, min(_rounding(one, other), _MOST_ROUNDING * tolerance))


def _is_same(one: Claim, other: Claim, defaults: Defaults) -> bool:
    first, second = _figure(one), _figure(other)
    if len(first) != len(second):
        return False
    return all(abs(a - b) <= _slack(a, b, defaults) * max(a, b) * (1 + 1e-9) for a, b in zip(first, second, strict=True))
