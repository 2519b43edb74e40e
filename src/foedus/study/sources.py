"""Who stands behind the claims of a case, and how much its answers hang on each of them."""

from __future__ import annotations

import functools
import statistics
from collections.abc import Callable, Sequence

from foedus.analysis.compare import compare_runs
from foedus.analysis.failures import refuse_failed
from foedus.analysis.sources import SourceMove
from foedus.case import Case
from foedus.case.pools import law_bytes
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.evidence.sources import OriginRow, origin_rows
from foedus.study.common import on_common_ground
from foedus.study.durations import timed
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress

__all__ = ["parameters_of", "source_moves", "sources"]

_TRIED = 3  # origins that are run, whose median time is told for each: the first also runs what is run once


def sources(case: Case) -> tuple[OriginRow, ...]:
    """Who stands behind the claims of the ledger, each origin with what it says; nobody where there is no ledger."""
    return origin_rows(case.ledger, case.defaults) if case.ledger is not None else ()


def parameters_of(case: Case, row: OriginRow) -> tuple[str, ...]:
    """The parameters for which an origin has a say: in their pool, or in their belief."""
    found = []
    for slot in case.program.parameters:
        speaks = {point.origin for point in case.pools.beliefs[slot.name].points} if slot.name in case.pools.beliefs else ()
        if slot.claims and (slot.claims in row.votes or row.name in speaks):
            found.append(slot.name)
    return tuple(found)


def source_moves(
    case: Case,
    questions: Sequence[ResultSlot],
    futures: int,
    seed: int,
    progress: Progress | None = None,
    announce: Callable[[int, float], None] | None = None,
) -> tuple[SourceMove, ...]:
    """Answers without each origin in turn, on the same futures; the baseline only.

    Args:
        case: with all its sources.
        questions: of its program.
        futures, seed: of each run.
        progress: called with (runs done, runs in all).
        announce: called with (runs in all, seconds that they will take), once the first few tell.
    """
    rows = [row for row in sources(case) if parameters_of(case, row)]
    baseline = case.program.scenarios[0].name
    whole = run_futures(case, futures, seed, [baseline], trajectories=False)
    refuse_failed(whole)
    others: dict[bool, Futures] = {False: whole}
    found: list[SourceMove] = []
    took: list[float] = []
    for number, row in enumerate(rows, 1):
        moves, seconds = timed(functools.partial(_moves, case, row.name, questions, others))
        found += moves
        took += [seconds] if moves else []
        if announce is not None and len(took) == min(_TRIED, len(rows)):
            announce(len(rows), len(rows) * statistics.median(took))
            announce = None
        if progress is not None:
            progress(number, len(rows))
    return tuple(found)


def _moves(case: Case, origin: str, questions: Sequence[ResultSlot], whole: dict[bool, Futures]) -> list[SourceMove]:
    """What one origin moves; `whole` holds the runs with all of them, from the posterior (or as the case runs) and from the priors."""
    left, first = case.without_named(origin), whole[False]
    baseline = first.scenarios[0].name
    laws, others = case.pools.laws, left.pools.laws
    changed = tuple(name for name, law in laws.items() if law_bytes(law) != law_bytes(others[name]))
    orphans = tuple(name for name in changed if name in left.pools.pooled and not left.pools.pooled[name].effective_origins)
    if not changed:
        return []
    before, after, _ = on_common_ground(case, left)
    on_priors = before.posterior is not case.posterior
    if on_priors not in whole:
        whole[on_priors] = run_futures(before, first.count, first.seed, [baseline], trajectories=False)
    ran = run_futures(after, first.count, first.seed, [baseline], trajectories=False)
    refuse_failed(ran, f" without {origin}")
    pairs = {slot.name: compare_runs(whole[on_priors], ran, slot, baseline) for slot in questions}
    return [SourceMove(name, origin, *pair, changed, orphans, on_priors) for name, pair in pairs.items()]
