"""What several claims leave of a broad curve: each multiplies it by its likelihood, in the order of the days of which they speak.

A source of quality q knows in a share q of cases; then the number lies under its kernel (a figure), or on the side that it allows (a
bound). In the other cases it says nothing. Its likelihood is therefore (1 − q) + q·g, with g the kernel over the broad curve, or the step.
Sources that agree sharpen the curve, rivals stay as humps, and what all of them exclude is gone. The n-th of those who agree counts
(1 − κ)^(n − 1) as much, because sources brief one another (`kinship`).

Between two days a state of things may have changed altogether: a part of the curve goes back to the broad one, by `half_life_days`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus import numerics
from foedus.arrays import Array
from foedus.distributions.interval import NORMAL_95
from foedus.evidence.curve import Curve
from foedus.evidence.defaults import Defaults
from foedus.evidence.kernel import Kernel, Scale
from foedus.evidence.standing import days_between
from foedus.wording import counted

__all__ = ["Fusion", "PoolStep", "fuse"]


@dataclass(frozen=True)
class PoolStep:
    """The pool after one more statement: "why 10,800?".

    Attributes:
        claims: ids, of one origin on one day; empty for the broad curve at the start.
        what: in a few words.
        low, median, high: 5, 50 and 95 % points.
    """

    claims: tuple[str, ...]
    what: str
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Fusion:
    """The result.

    Attributes:
        curve: of the number.
        weights: claim id -> its part in the curve; `broad_weight` the part that rests on none.
        steps: the way there, first the broad curve.
    """

    curve: Curve
    weights: dict[str, float]
    broad_weight: float
    steps: tuple[PoolStep, ...]


@dataclass(frozen=True)
class _Word:
    """What one origin says on one day: figures, which share its vote, or one bound."""

    kernels: tuple[Kernel, ...]
    parts: tuple[float, ...]
    quality: float
    power: float
    pull: float

    @property
    def day(self) -> str:
        return self.kernels[0].claim.stated


def fuse(kernels: Sequence[Kernel], scale: Scale, defaults: Defaults, kind: str) -> Fusion:
    """One curve from the claims that stand.

    Args:
        kernels: of one group.
        scale: of all of them.
        defaults: what is taken for granted.
        kind: of the group, see `GroupRule`.
    """
    words = _words(kernels, defaults)
    centre, width = _broad(words, defaults)
    points = _grid(kernels, centre, width)
    broad = _normal(points, centre, width)
    density, steps = broad, [_step(points, broad, scale, (), "before any claim")]
    for index, word in enumerate(words):
        if kind == "state" and index:
            left = 2 ** (-days_between(words[index - 1].day, word.day) / defaults.setting("half_life_days"))
            density = left * density + (1 - left) * broad
        density = _normed(points, density * _likelihood(word, points, centre, width))
        steps.append(_step(points, density, scale, tuple(kernel.claim.id for kernel in word.kernels), _said(word)))
    weights, broad_weight = _weights(words, points, density, broad, centre, width)
    return Fusion(Curve.of(points, density, scale.is_share), weights, broad_weight, tuple(steps))


def _broad(words: Sequence[_Word], defaults: Defaults) -> tuple[float, float]:
    """Centre and width of the curve to start from: around the claims, as wide as they differ, and wider the less their sources know;
    never narrower than the widest that a claim says of itself, or two wide claims would tell more than either and the curve together."""
    told = [
        (max(0.0, word.quality) * part * (word.pull if kernel.bound else 1.0), kernel.centre)
        for word in words
        for kernel, part in zip(word.kernels, word.parts, strict=True)
    ]
    if not any(weight for weight, _ in told):  # nobody knows: one voice for each word, however often it was said
        told = [(part, kernel.centre) for word in words for kernel, part in zip(word.kernels, word.parts, strict=True)]
    total = math.fsum(weight for weight, _ in told)
    centre = math.fsum(weight * place for weight, place in told) / total
    between = math.fsum(weight * (place - centre) ** 2 for weight, place in told) / total
    near, far = np.asarray(numerics.log([defaults.setting("broad_factor"), defaults.setting("orphan_factor")]), float) / NORMAL_95
    best = max(word.quality for word in words)
    own = float(far + best * (near - far))  # a source that misleads (quality below 0) leaves less than none at all
    said = max((kernel.width for word in words for kernel in word.kernels if word.quality > 0), default=0.0)
    return centre, math.sqrt(between + max(own, said) ** 2)


def _grid(kernels: Sequence[Kernel], centre: float, width: float) -> Array:
    """Points that are dense wherever a curve or a step changes."""
    parts = [centre + width * np.linspace(-6, 6, 721)]
    parts += [kernel.centre + kernel.width * np.linspace(-5.5, 5.5, 133) for kernel in kernels]
    parts += [kernel.edge + kernel.softness * np.linspace(-5, 5, 81) for kernel in kernels if kernel.bound]
    return np.unique(np.concatenate(parts))


def _normal(points: Array, centre: float, width: float) -> Array:
    return np.asarray(numerics.exp(-0.5 * ((points - centre) / width) ** 2), float) / width


def _normed(points: Array, density: Array) -> Array:
    whole = float(np.cumsum(np.diff(points) * (density[1:] + density[:-1]) / 2)[-1])
    return density / whole


def _words(kernels: Sequence[Kernel], defaults: Defaults) -> list[_Word]:
    """The statements in the order of their days, each with how much of it is news."""
    found: list[_Word] = []
    figures: dict[tuple[str, str], list[Kernel]] = {}
    for kernel in kernels:
        if kernel.bound:
            found.append(_Word((kernel,), (1.0,), kernel.quality, 1.0, 0.0))
        else:
            figures.setdefault((kernel.claim.origin, kernel.claim.stated), []).append(kernel)
    found += [_shared(told) for told in figures.values()]
    found.sort(key=lambda word: (word.day, word.kernels[0].claim.id))
    pulled = [replace(word, pull=_pull(word, found)) for word in found]
    kinship = 1 - defaults.setting("kinship")
    return [replace(word, power=kinship ** _agreeing(word, pulled[:index])) for index, word in enumerate(pulled)]


def _shared(told: list[Kernel]) -> _Word:
    """Figures of one origin: its best quality, shared by the quality of each (evenly where none has any); said twice is said once."""
    best: dict[tuple[float, float], float] = {}
    for kernel in told:
        key = (kernel.centre, kernel.width)
        best[key] = max(best.get(key, 0.0), kernel.quality)
    alike = [sum((one.centre, one.width) == (kernel.centre, kernel.width) for one in told) for kernel in told]
    if not any(best.values()):
        best = dict.fromkeys(best, 1.0)
    whole = math.fsum(best.values())
    parts = [best[(kernel.centre, kernel.width)] / whole / same for kernel, same in zip(told, alike, strict=True)]
    return _Word(tuple(told), tuple(parts), max(kernel.quality for kernel in told), 1.0, 0.0)


def _pull(word: _Word, words: Sequence[_Word]) -> float:
    """How far a bound also draws the number towards itself: only where nobody says where inside it the number lies.

    A tighter bound on the same side, one on the other side, or a figure that it allows takes its place, as far as its source
    is to be believed.
    """
    bound = word.kernels[0]
    if not bound.bound:
        return 0.0
    left = 1.0
    for other in words:
        kernel = other.kernels[0]
        if other is word:
            continue
        if kernel.bound == bound.bound:
            tighter = kernel.edge > bound.edge if bound.bound == "lower" else kernel.edge < bound.edge
            left *= 1 - max(0.0, other.quality) * tighter
        elif any(bound.allows(one) for one in other.kernels):
            left *= _odds_against(other)
    return left


def _odds_against(word: _Word) -> float:
    """The odds that a source is wrong: (1 − q) to (1 + q)."""
    quality = max(0.0, word.quality)
    return (1 - quality) / (1 + quality)


def _agreeing(word: _Word, before: Sequence[_Word]) -> int:
    """How many have said much the same before."""

    def agrees(other: _Word) -> bool:
        one, two = word.kernels[0], other.kernels[0]
        if one.bound or two.bound:
            return one.bound == two.bound and abs(one.edge - two.edge) < 2 * one.softness
        pairs = ((mine, its) for mine in word.kernels for its in other.kernels)
        return any(abs(mine.centre - its.centre) <= 2 * math.hypot(mine.width, its.width) for mine, its in pairs)

    return sum(agrees(other) for other in before)


def _likelihood(word: _Word, points: Array, centre: float, width: float) -> Array:
    quality = max(0.0, word.quality)
    if quality == 0:
        return np.ones_like(points)
    whole = (1 - quality) + quality * _given(word, points, centre, width)
    return whole if word.power == 1 else np.asarray(numerics.power(whole, word.power), float)


def _given(word: _Word, points: Array, centre: float, width: float) -> Array:
    """The likelihood if the source knows, over what it would be if it did not."""
    drawn = np.zeros_like(points)
    for kernel, part in zip(word.kernels, word.parts, strict=True):
        above = 0.5 * ((points - centre) / width) ** 2 - 0.5 * ((points - kernel.centre) / kernel.width) ** 2
        drawn = drawn + part * np.asarray(numerics.exp(np.minimum(above, 600.0)), float) * (width / kernel.width)
    bound = word.kernels[0]
    if not bound.bound:
        return drawn
    sign = 1.0 if bound.bound == "lower" else -1.0
    step = np.asarray(numerics.normal_cdf(sign * (points - bound.edge) / bound.softness), float)
    return word.pull * drawn + (1 - word.pull) * step


def _step(points: Array, density: Array, scale: Scale, claims: tuple[str, ...], what: str) -> PoolStep:
    low, median, high = Curve.of(points, density, scale.is_share).quantile(np.array([0.05, 0.5, 0.95]))
    return PoolStep(claims, what, float(low), float(median), float(high))


def _said(word: _Word) -> str:
    kernel = word.kernels[0]
    if not kernel.bound:
        return "a figure" if len(word.kernels) == 1 else f"{counted(len(word.kernels), 'figure')} of one origin"
    return {"lower": "a floor", "upper": "a ceiling"}[kernel.bound]


def _weights(
    words: Sequence[_Word], points: Array, density: Array, broad: Array, centre: float, width: float
) -> tuple[dict[str, float], float]:
    """Each claim's part in the curve, by the chance that it is among those that know; the rest rests on none.

    A bound has a part as far as it draws the number, or shuts out some of the broad curve.
    """
    alone = np.ones_like(points)
    parts: dict[str, float] = {}
    for word in words:
        quality = max(0.0, word.quality)
        given = _given(word, points, centre, width)
        knows = quality * given / ((1 - quality) + quality * given) if quality else np.zeros_like(points)
        if word.kernels[0].bound and quality:
            shut = 1 - float(_integral(points, _normed(points, broad) * np.minimum(given, 1.0)))
            knows = knows * max(word.pull, min(1.0, shut))
        alone = alone * (1 - knows)
        for kernel, own in zip(word.kernels, _own_parts(word, points, density), strict=True):
            parts[kernel.claim.id] = float(_integral(points, density * knows)) * own
    rest = float(_integral(points, density * alone))
    whole = math.fsum(parts.values())
    if whole <= 0:
        return dict.fromkeys(parts, 0.0), 1.0
    return {name: (1 - rest) * part / whole for name, part in parts.items()}, rest


def _own_parts(word: _Word, points: Array, density: Array) -> list[float]:
    """How figures of one origin share what it adds: by what lies under each."""
    if len(word.kernels) == 1:
        return [1.0]
    under = [
        part * float(_integral(points, density * _normal(points, kernel.centre, kernel.width)))
        for kernel, part in zip(word.kernels, word.parts, strict=True)
    ]
    whole = math.fsum(under)
    return [one / whole for one in under] if whole > 0 else list(word.parts)


def _integral(points: Array, values: Array) -> float:
    return float(np.cumsum(np.diff(points) * (values[1:] + values[:-1]) / 2)[-1])
