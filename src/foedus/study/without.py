"""What a case answers without some of its sources, set beside what it answers with all of them."""

from __future__ import annotations

import numpy as np

from foedus.analysis.compare import compare_runs
from foedus.analysis.finding import MovedPrior, Without
from foedus.case import Case
from foedus.case.pools import law_bytes
from foedus.compile.program import ParameterSlot
from foedus.ensemble import Futures
from foedus.study.titled import title_in
from foedus.wording import counted

__all__ = ["moved_priors", "removal_warnings", "without_of"]


def without_of(full: Case, left: Case, before: Futures, after: Futures) -> Without:
    """What was left out and what it moved.

    Args:
        full, left: the case with all its sources, and without some.
        before, after: runs of both on the same futures.
    """
    baseline = before.scenarios[0].name
    answers = {slot.name: compare_runs(before, after, slot, baseline) for slot in before.program.results}
    return Without(left.removal.names, left.removal.because, moved_priors(full, left), answers, before.digest)


def moved_priors(full: Case, left: Case) -> tuple[MovedPrior, ...]:
    """The parameters whose pool changed, in the order of the model."""
    found = []
    for slot in full.program.parameters:
        if slot.claims and law_bytes(full.pools.laws[slot.name]) != law_bytes(left.pools.laws[slot.name]):
            ends, origins = (_ends(full, slot), _ends(left, slot)), (_origins(full, slot), _origins(left, slot))
            found.append(MovedPrior(slot.name, title_in(full, slot), slot.unit, slot.claims, *ends, *origins))
    return tuple(found)


def _ends(case: Case, slot: ParameterSlot) -> tuple[float, float, float]:
    low, median, high = (float(x) for x in case.pools.laws[slot.name].quantile(np.array([0.05, 0.5, 0.95])))
    return low, median, high


def _origins(case: Case, slot: ParameterSlot) -> float:
    """The effective number of origins; of a belief, how many have spoken."""
    pooled = case.pools.pooled.get(slot.name)
    if pooled is not None:
        return pooled.effective_origins
    return float(len({point.origin for point in case.pools.beliefs[slot.name].points}))


def removal_warnings(case: Case) -> tuple[str, ...]:
    """What a reader of a run without some sources must know, in sentences."""
    removal = case.removal
    if not removal.names:
        return ()
    count = "1 claim is" if len(removal.claims) == 1 else f"{counted(len(removal.claims), 'claim')} are"
    left = f"Without {', '.join(removal.names)}: {count} left out of the ledger."
    orphans = [name for name, pooled in case.pools.pooled.items() if not pooled.effective_origins]
    orphans += [name for name, curve in case.pools.beliefs.items() if not curve.points]
    if not orphans:
        return (left,)
    names = ", ".join(f"`{name}`" for name in orphans)
    factor = f"{case.defaults.setting('orphan_factor'):g}"
    advice = "Add a claim of another source to the ledger, or give the parameter a prior with its reason in the model."
    return (
        left,
        f"No claim is left for {names}: only the order of magnitude of what was removed is kept (to within a factor of "
        f"{factor}; a belief goes back to its start). {advice}",
    )
