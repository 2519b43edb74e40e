"""What an answer's Monte Carlo error leaves out: between calibrations with other seeds, and between rival models."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.analysis.estimate import Estimate, Sample, difference_of, statistic
from foedus.analysis.finding import RivalAnswer
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
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

    def values(self, question: str, scenario: str, variant: str | None = None) -> Array:
        """(future,): the answers in the model (no variant) or in a variant, NaN where the question does not apply or the future failed."""
        place = 0 if variant is None else 1 + list(self.variants).index(variant)
        row = place * len(self.scenarios) + self.scenarios.index(scenario)
        return self.futures.values(question, self.futures.scenarios[row].name)

    def moves(self, question: str, scenario: str, variant: str) -> Array:
        """(future,): how far a variant moves the answer."""
        return self.values(question, scenario, variant) - self.values(question, scenario)

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
        Empty tuples where a variant leaves the question without any future to which it applies: then nothing can be told.
    """
    futures, width = rivals.futures, len(rivals.scenarios)
    found: list[tuple[Estimate, float]] = []
    for scenario in futures.scenarios:
        values = futures.values(slot.name, scenario.name)
        kept = values[~np.isnan(values)]
        unseen = 1.0 if slot.statistic == "probability" else float(kept.std()) if len(kept) else 0.0
        found.append((statistic(Sample(values, futures.replicate_of), slot.statistic), unseen))
    told = {}
    for place, name in enumerate(rivals.scenarios):
        own = tuple(
            _rival(found, variant, weight, place, (number + 1) * width, futures)
            for number, (variant, weight) in enumerate(rivals.variants.items())
        )
        told[name] = own if all(math.isfinite(one.shift) for one in own) else ()
    return told


def _rival(
    found: list[tuple[Estimate, float]], variant: str, weight: float, place: int, row: int, futures: Futures
) -> RivalAnswer:
    """One variant's answer under one scenario, beside the model's own, and the scenario's effect in it beside the effect in the model."""
    (model, unseen), (base, _), (here, _), (rival_base, _) = found[place], found[0], found[row + place], found[row]
    shift, error = difference_of(here, model, futures.replicate_of, unseen)
    if not place:
        return RivalAnswer(variant, weight, here.value, shift, error)
    effects = [
        Estimate(one.value - first.value, 0.0, one.influence - first.influence)
        for one, first in ((here, rival_base), (model, base))
    ]
    effect_shift, effect_error = difference_of(effects[0], effects[1], futures.replicate_of, unseen)
    return RivalAnswer(variant, weight, here.value, shift, error, effects[0].value, effect_shift, effect_error)
