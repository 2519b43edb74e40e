"""What to find out for an answer, and from whom; and what it is worth to somebody who chooses between scenarios."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.drivers import Ranks
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.worth import Collection, DecisionWorth, Errand, Hanging, Worth, decision_worth, mean_of, worth
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.errors import InputError, Problem
from foedus.show.words import unit_words

if TYPE_CHECKING:
    from foedus.case.case import Case

__all__ = ["collection_of", "decision_of"]


def collection_of(case: Case, futures: Futures, slot: ResultSlot) -> Collection:
    """What to find out for one answer, in the baseline.

    Raises:
        RunError: more than a few of the futures failed.
    """
    worths = worth(futures, slot, Ranks(futures))
    values = futures.values(slot.name)
    kept = values[~np.isnan(values)]
    is_chance = slot.statistic == "probability"
    low, high = np.quantile(kept, (0.05, 0.95)) if len(kept) else (math.nan, math.nan)
    before = float(kept.var()) if is_chance else float(high - low)
    measure = (
        "expected squared error of the chance"
        if is_chance
        else f"width of the 90 % interval, {unit_words(slot.unit) or 'no unit'}"
    )
    hanging = _hanging(case, worths)
    errands = []
    for one in worths:
        left = max(0.0, 1 - one.share)
        whom = (
            [name for name, _, _ in sorted(hanging.get(one.subject, ()), key=lambda row: -row[2])] if one.rests_on_claims else []
        )
        errands.append(
            Errand(
                _label(case, one),
                tuple(dict.fromkeys(whom)),
                Amount(one.share, one.share_error),
                before,
                before * (left if is_chance else math.sqrt(left)),
            )
        )
    sources = _summed((name, group, weight * one.share) for one in worths for name, group, weight in _rows(hanging, one))
    claims = _summed(
        (claim, one.subject, weight * one.share)
        for one in worths
        if one.rests_on_claims
        for claim, weight in _weights(case, one.parameters[0]).items()
    )
    return Collection(slot.name, measure, tuple(errands), sources, claims, futures.count, futures.seed)


_Row = tuple[str, str, float]


def _label(case: Case, one: Worth) -> str:
    if one.rests_on_claims:
        return one.subject
    return next((slot.label for slot in case.program.parameters if slot.name == one.subject and slot.label), one.subject)


def _weights(case: Case, parameter: str) -> dict[str, float]:
    """Claim -> its weight in the pool of a parameter; of a belief nothing is shared out, for its claims act together."""
    pooled = case.pools.pooled.get(parameter)
    return {} if pooled is None else dict(pooled.weights)


def _hanging(case: Case, worths: Sequence[Worth]) -> dict[str, list[_Row]]:
    """Group of claims -> (source, group, weight) of each claim in it."""
    origins = {claim.id: claim.origin for claim in case.ledger.claims} if case.ledger is not None else {}
    return {
        one.subject: [
            (origins[claim], one.subject, weight)
            for claim, weight in _weights(case, one.parameters[0]).items()
            if claim in origins
        ]
        for one in worths
        if one.rests_on_claims
    }


def _rows(hanging: dict[str, list[_Row]], one: Worth) -> list[_Row]:
    return hanging.get(one.subject, []) if one.rests_on_claims else []


def _summed(rows: Iterable[_Row]) -> tuple[Hanging, ...]:
    shares: dict[str, float] = {}
    subjects: dict[str, dict[str, None]] = {}
    for name, group, share in rows:
        shares[name] = shares.get(name, 0.0) + share
        subjects.setdefault(name, {})[group] = None
    found = [Hanging(name, tuple(subjects[name]), share) for name, share in shares.items() if share > 0]
    return tuple(sorted(found, key=lambda one: (-one.share, one.name)))


def decision_of(
    case: Case,
    slot: ResultSlot,
    options: Sequence[str],
    *,
    wants_low: bool = False,
    futures: int = 10_000,
    seed: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> DecisionWorth:
    """What it would be worth to settle each thing for somebody who chooses between scenarios by one answer; see `foedus.decide`."""
    names = list(dict.fromkeys(options))
    if len(names) < 2:
        message = "there is nothing to choose between: fewer than two scenarios are named."
        help = "Name two or more, parted by commas; `foedus show` lists them."
        raise InputError(Problem(case.name, 0, 0, "nothing-to-choose", message, help))
    if slot.is_date:
        message = f"`{slot.name}` asks for a date, and what never comes has no mean."
        help = "Ask whether it comes by a day: `question … by DATE true when …`."
        raise InputError(Problem(case.name, 0, 0, "nothing-to-choose", message, help))
    case.scenarios(names)
    ran = case.run(futures, seed, names, trajectories=False, progress=progress)
    refuse_failed(ran)
    known = ran.parameters.shape[1]
    values = np.stack([ran.values(slot.name, name)[:known] for name in names])
    kept: NDArray[np.bool_] = np.asarray(~np.isnan(values).any(axis=0))
    if not kept.any():
        message = f"`{slot.name}` applies to no future of these scenarios that ended well."
        raise InputError(
            Problem(case.name, 0, 0, "nothing-to-choose", message, "Run more futures (-n), or ask another question.")
        )
    best, perfect, settled = decision_worth((-values if wants_low else values)[:, kept], _things(ran, kept))
    means = {name: mean_of(row) for name, row in zip(names, values[:, kept], strict=True)}
    return DecisionWorth(slot.name, slot.unit, wants_low, means, names[best], perfect, tuple(settled), ran.count, seed)


def _things(ran: Futures, kept: NDArray[np.bool_]) -> dict[tuple[str, bool], list[Array]]:
    """What could be settled: groups of claims, and assumptions, with their parameters."""
    found: dict[tuple[str, bool], list[Array]] = {}
    for index in ran.uncertain:
        slot, values = ran.program.parameters[index], ran.parameters[index][: len(kept)][kept]
        if np.ptp(values) > 0:
            found.setdefault((slot.claims, True) if slot.claims else (slot.label or slot.name, False), []).append(values)
    return found
