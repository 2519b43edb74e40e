"""What would narrow an answer: how much of its variance would go if one uncertain thing were settled."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.analysis.drivers import Ranks, drivers
from foedus.analysis.failures import refuse_failed
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures

__all__ = ["Worth", "worth"]


@dataclass(frozen=True)
class Worth:
    """One thing to settle.

    Attributes:
        subject: the group of claims, or the parameter where there are no claims.
        parameters: that rest on it.
        rests_on_claims: or is it assumed?
        share: of the answer's variance that is expected to go, first order.
        share_error: of that share; of several parameters together as if their errors were independent.
    """

    subject: str
    parameters: tuple[str, ...]
    rests_on_claims: bool
    share: float
    share_error: float


def worth(futures: Futures, slot: ResultSlot, ranks: Ranks) -> tuple[Worth, ...]:
    """Groups of claims and assumptions by how much settling them would narrow an answer, most first.

    For a probability p the variance is p (1 - p), so the share is also the expected cut of the Brier score.

    Raises:
        RunError: more than a few of the futures failed.
    """
    refuse_failed(futures)
    of = {parameter.name: parameter for parameter in futures.program.parameters}
    found: dict[tuple[str, bool], list[tuple[str, float, float]]] = {}
    for driver in drivers(futures, slot, ranks, most=1000):
        parameter = of[driver.parameter]
        key = (parameter.claims, True) if parameter.claims else (parameter.name, False)
        found.setdefault(key, []).append((driver.parameter, driver.share, driver.share_error))
    worths = [
        Worth(
            subject,
            tuple(name for name, _, _ in parts),
            is_claimed,
            sum(share for _, share, _ in parts),
            math.hypot(*(error for _, _, error in parts)),
        )
        for (subject, is_claimed), parts in found.items()
    ]
    return tuple(sorted(worths, key=lambda one: -one.share))
