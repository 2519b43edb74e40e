"""What an answer's Monte Carlo error leaves out: between calibrations with other seeds, and between rival models."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.estimate import Estimate, Sample, combined, difference_of, statistic
from foedus.analysis.finding import RivalAnswer
from foedus.arrays import Array
from foedus.compile.program import ResultSlot, Status
from foedus.ensemble import Futures

__all__ = ["Rivals", "calibration_error", "rival_answers"]


@dataclass(frozen=True, eq=False)
class Rivals:
    """The model and its variants under the same scenarios, on the same futures.

    Attributes:
        futures: its scenarios are those of the model, then the same of the first variant, and so on.
        scenarios: names of those of the model, the baseline first.
        variants: name -> how much it is believed in; what they leave is the model's own.
    """

    futures: Futures
    scenarios: tuple[str, ...]
    variants: dict[str, float]

    def rows(self, variant: str | None) -> tuple[range, ...]:
        """The scenarios of the model, and behind them the same ones of a variant."""
        width = len(self.scenarios)
        if variant is None:
            return (range(width),)
        first = width * (1 + list(self.variants).index(variant))
        return range(width), range(first, first + width)

    def is_ok(self, variant: str | None) -> NDArray[np.bool_]:
        """(future,): did it end well in the model and in this variant? That it failed in another says nothing of this one."""
        rows = [row for part in self.rows(variant) for row in part]
        return np.asarray((self.futures.statuses[rows] == Status.OK).all(axis=0))

    def failed(self, variant: str) -> int:
        """How many futures are left out of what a variant says."""
        return int((~self.is_ok(variant)).sum())

    def values(self, question: str, scenario: str, variant: str | None) -> Array:
        """(future,): the answers in a variant, or in the model (None); NaN where the question does not apply, or the future failed."""
        row = self.rows(variant)[-1][self.scenarios.index(scenario)]
        return np.where(self.is_ok(variant), self.futures.plain(self.futures.position(question), row), np.nan)

    def effects(self, question: str, scenario: str, variant: str) -> Array:
        """(future,): the differences from the baseline in a variant."""
        return self.values(question, scenario, variant) - self.values(question, self.scenarios[0], variant)

    def moves(self, question: str, scenario: str, variant: str) -> Array:
        """(future,): how far a variant moves the answer; NaN where the question does not apply, or the future failed."""
        number, place = self.futures.position(question), self.scenarios.index(scenario)
        model, here = (self.futures.plain(number, rows[place]) for rows in self.rows(variant))
        return np.where(self.is_ok(variant), here - model, np.nan)

    def effect_moves(self, question: str, scenario: str, variant: str) -> Array:
        """(future,): how far a variant moves the difference from the baseline."""
        return self.moves(question, scenario, variant) - self.moves(question, self.scenarios[0], variant)


def calibration_error(futures: Futures, slot: ResultSlot, scenario: str) -> float | None:
    """Standard deviation of an answer between calibrations, one standing for what another seed would have given.

    Future i rests on calibration i modulo their number, so that each answers for itself. What the answers would differ by sampling alone is
    taken off (the variance component of a one-way layout); None with fewer than two calibrations.
    """
    if futures.chains < 2:
        return None
    values, replicates = futures.values(slot.name, scenario), futures.replicate_of
    found, errors = [], []
    for chain in range(futures.chains):
        own = slice(chain, None, futures.chains)
        part = statistic(Sample(values[own], None if replicates is None else replicates[own]), slot.statistic)
        if math.isnan(part.error):
            return None
        found.append(part.value)
        errors.append(part.error**2)
    return math.sqrt(max(0.0, float(np.var(found, ddof=1)) - float(np.mean(errors))))


def rival_answers(rivals: Rivals, slot: ResultSlot) -> dict[str, tuple[RivalAnswer, ...]]:
    """What each variant answers: by scenario, in the order of the variants.

    Returns:
        Empty tuples where none says anything. One that leaves the question without a future to which it applies stands there with NaN.
    """
    told: dict[str, list[RivalAnswer]] = {name: [] for name in rivals.scenarios}
    seen: dict[bytes, list[_Seen]] = {}
    for variant, weight in rivals.variants.items():
        is_ok = rivals.is_ok(variant)
        of_model, of_variant = rivals.rows(variant)
        key = is_ok.tobytes()
        if key not in seen:  # the same for all variants in which nothing fails
            seen[key] = [_seen(rivals.futures, slot, row, is_ok) for row in of_model]
        model, own = seen[key], [_seen(rivals.futures, slot, row, is_ok) for row in of_variant]
        for place, name in enumerate(rivals.scenarios):
            told[name].append(_rival(variant, weight, (model[0], model[place]), (own[0], own[place]), not place, rivals.futures))
    return {name: tuple(own) if any(one.is_told for one in own) else () for name, own in told.items()}


@dataclass(frozen=True, eq=False)
class _Seen:
    """What the futures answer under one scenario, and what one that has not been seen might move it by.

    `comes` is the chance of a date; None for others.
    """

    found: Estimate
    unseen: float
    share: float
    comes: Estimate | None


def _seen(futures: Futures, slot: ResultSlot, row: int, is_ok: NDArray[np.bool_]) -> _Seen:
    number = futures.position(slot.name)
    values = np.where(is_ok, futures.plain(number, row), np.nan)
    kept = values[~np.isnan(values)]
    unseen = 1.0 if slot.statistic == "probability" else float(kept.std()) if len(kept) else 0.0
    found = statistic(Sample(values, futures.replicate_of), slot.statistic)
    comes = None
    if slot.is_date:
        raw = futures.results[number][row]
        comes = Sample(np.where(is_ok & ~np.isnan(raw), np.isfinite(raw), np.nan), futures.replicate_of).probability()
    return _Seen(found, unseen, len(kept) / max(1, len(values)), comes)


def _rival(
    variant: str, weight: float, model: tuple[_Seen, _Seen], own: tuple[_Seen, _Seen], is_baseline: bool, futures: Futures
) -> RivalAnswer:
    """One variant's answer under one scenario, beside the model's own, and the scenario's effect in it beside the effect in the model.

    Args:
        model, own: in the baseline, and under the scenario.
    """
    (base, there), (rival_base, here) = model, own
    shift, error = difference_of(here.found, there.found, futures.replicate_of, there.unseen)
    told = RivalAnswer(variant, weight, here.found.value, shift, error, share=here.share)
    if here.comes is not None and there.comes is not None:
        chance_shift, chance_error = difference_of(here.comes, there.comes, futures.replicate_of, 1.0)
        told = replace(told, chance=here.comes.value, chance_shift=chance_shift, chance_error=chance_error)
    if is_baseline:
        return told
    effects = [
        combined((1, -1), (one.found, first.found), one.found.value - first.found.value)
        for one, first in ((here, rival_base), (there, base))
    ]
    effect_shift, effect_error = difference_of(effects[0], effects[1], futures.replicate_of, there.unseen)
    return replace(told, effect=effects[0].value, effect_shift=effect_shift, effect_error=effect_error)
