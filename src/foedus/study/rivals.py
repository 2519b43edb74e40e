"""Rival structures: the variants that a case declares, run under every scenario on the same futures, and what each of them answers."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence

from foedus.analysis.enough import RIVALS
from foedus.analysis.failures import failure_counts, place_words
from foedus.analysis.finding import Answer, RivalAnswer, VariantInfo
from foedus.analysis.ranges import between_shifts
from foedus.analysis.spread import Rivals
from foedus.case import Case
from foedus.compile.program import ScenarioSlot
from foedus.constructs import tree as t
from foedus.ensemble import Settings
from foedus.study.simulate import Progress, simulate_case
from foedus.titles import title_of
from foedus.wording import counted

__all__ = [
    "failed_rivals",
    "rival_futures",
    "rival_slots",
    "run_rivals",
    "variant_infos",
    "variant_weights",
    "variants_that_ran",
    "with_rivals",
]


def rival_futures(futures: int, variants: int) -> int:
    """Of how many futures the variants are run: all of them, with the model once more, cost no more than the run itself."""
    return min(futures, max(RIVALS, futures // (variants + 1)))


def run_rivals(
    case: Case,
    futures: int,
    seed: int,
    threads: int = 0,
    design: str = "random",
    *,
    scenarios: Sequence[str] = (),
    is_whole: bool = False,
    progress: Progress | None = None,
) -> Rivals | None:
    """The model as it stands and each of its variants, under the same scenarios, on the same futures.

    Args:
        futures: of the run that they stand beside; they are run on as many of them as `rival_futures` says.
        scenarios: names, as of `run_futures`; nothing takes all. The baseline always comes first.
        is_whole: run them on as many futures as the run has.
        progress: called with (futures done, futures in all) as work goes on.
    Returns:
        None where the case declares no variant.
    """
    variants = variant_weights(case)
    if not variants:
        return None
    shown = case.scenarios(scenarios)
    slots = rival_slots(case, shown)
    count = futures if is_whole else rival_futures(futures, len(variants))
    ran = simulate_case(case, Settings(count, seed, threads, design=design), slots, progress=progress)
    return Rivals(ran, tuple(slot.name for slot in shown), variants)


def rival_slots(case: Case, shown: Sequence[ScenarioSlot]) -> list[ScenarioSlot]:
    """The scenarios in the model as it stands, then the same in each variant."""
    hidden = {slot.name: slot for slot in case.program.scenarios}
    variants = variant_weights(case)
    return [*shown, *(_under(hidden[f"variant {name}"], slot, slot is shown[0]) for name in variants for slot in shown)]


def _under(variant: ScenarioSlot, scenario: ScenarioSlot, is_baseline: bool) -> ScenarioSlot:
    """A scenario in a rival structure: what both set is the scenario's, for it says what is tried."""
    if is_baseline:
        return variant
    return ScenarioSlot(
        f"{scenario.name} under {variant.name}",
        scenario.label,
        (*variant.settings, *scenario.settings),
        is_hidden=True,
        use_prior=scenario.use_prior,
    )


def with_rivals(answers: Mapping[str, Answer], told: Mapping[str, tuple[RivalAnswer, ...]]) -> dict[str, Answer]:
    """The answers to one question, each with what the rival structures say, and the spread between them."""
    return {
        name: dataclasses.replace(answer, rivals=told[name], structural_spread=_spread(told[name])) if told.get(name) else answer
        for name, answer in answers.items()
    }


def _spread(rivals: Sequence[RivalAnswer]) -> float | None:
    told = [one.sure_shift for one in rivals if math.isfinite(one.shift)]
    return math.sqrt(between_shifts(told)) if told else None


def variant_weights(case: Case) -> dict[str, float]:
    """How much each variant is believed in."""
    return {variant.name: _share(variant.weight) for variant in case.tree.all(t.Variant)}


def variant_infos(case: Case) -> tuple[VariantInfo, ...]:
    """The variants as they are shown."""
    return tuple(
        VariantInfo(
            variant.name,
            title_of(variant.name, variant.label),
            _share(variant.weight),
            variant.because,
            tuple(one.told() for one in variant.assignments),
        )
        for variant in case.tree.all(t.Variant)
    )


def variants_that_ran(case: Case, rivals: Rivals) -> tuple[VariantInfo, ...]:
    """The same, each with how many futures are left out of what it says, and where most fail."""
    failures = failure_counts(rivals.futures)
    names = [slot.name for slot in rivals.futures.scenarios]
    found = []
    for info in variant_infos(case):
        own = {names[row] for part in rivals.rows(info.name) for row in part}
        worst = next((place_words(one) for one in failures if own & {*one.scenarios}), "")
        found.append(dataclasses.replace(info, failed=rivals.failed(info.name), failure=worst))
    return tuple(found)


def failed_rivals(variants: Sequence[VariantInfo], count: int) -> list[str]:
    """A warning for every rival structure in which futures failed: they are left out of what it says."""
    return [
        f"In the rival structure “{one.label}” {one.failed:,} of {counted(count, 'future')} fail, left out of what it says: {one.failure}."
        for one in variants
        if one.failed
    ]


def _share(weight: t.Number) -> float:
    return weight.value / 100 if weight.unit is not None else weight.value
