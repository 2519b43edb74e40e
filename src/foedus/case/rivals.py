"""Rival models: the variants that a case declares, run on the same futures, and the spread of the answers between them."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from foedus.analysis.finding import Answer
from foedus.analysis.spread import structural_spread
from foedus.compile.program import ResultSlot
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Settings

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["run_rivals", "variant_weights", "with_rivals"]


def run_rivals(case: Case, futures: int, seed: int, threads: int = 0, design: str = "random") -> Futures | None:
    """The model as it stands and each of its variants, on the same futures; None where the case declares no variant."""
    names = [f"variant {variant.name}" for variant in case.tree.all(t.Variant)]
    if not names:
        return None
    settings = Settings(futures, seed, threads, design=design)
    return case.simulate(settings, case.scenarios(names))


def with_rivals(case: Case, answers: dict[str, Answer], slot: ResultSlot, rivals: Futures | None) -> dict[str, Answer]:
    """The baseline's answer with the spread between rival models beside it."""
    if rivals is None:
        return answers
    weights = variant_weights(case)
    baseline = rivals.scenarios[0].name
    spread = structural_spread(rivals, slot, weights)
    return {
        name: dataclasses.replace(answer, structural_spread=spread) if name == baseline else answer
        for name, answer in answers.items()
    }


def variant_weights(case: Case) -> dict[str, float]:
    """How much each variant is believed in, by the name of its scenario."""
    return {f"variant {variant.name}": _share(variant.weight) for variant in case.tree.all(t.Variant)}


def _share(weight: t.Number) -> float:
    return weight.value / 100 if weight.unit is not None else weight.value
