"""What would narrow an answer: how much of its variance would go if one uncertain thing were settled, or reported on once more.

What would be learnt is a `signal`: the value of a parameter itself where it is settled, a noisy sight of it where somebody reports. The
share of the variance that would go is the variance of the mean answer given the signal (`pieces`), over the whole variance, less what
chance alone would give. Several things learnt at once are first made one: what a regression on the mean answers given each of them says, of
each fifth of the futures as the others say (`tilt.guide`).

Sources: Strong, Oakley & Brennan 2014 (expected value of partial perfect information by regression); Strong et al. 2015 (of a sample).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus import numerics
from foedus.analysis.drivers import Ranks, drivers
from foedus.analysis.enough import PLAN, refuse_few
from foedus.analysis.explain import Amount
from foedus.analysis.failures import refuse_failed
from foedus.analysis.pieces import Pieces, predicted
from foedus.analysis.tilt import guide
from foedus.arrays import Array
from foedus.compile.program import ResultSlot
from foedus.ensemble import Futures
from foedus.evidence.kernel import Kernel
from foedus.wording import counted

__all__ = ["Learnt", "Worth", "answered", "further_report", "learnt", "refuse_small", "single_index", "worth"]

_TAIL = 0.1  # of where the answer would come to lie, on either side


@dataclass(frozen=True)
class Worth:
    """One thing to settle.

    Attributes:
        subject: the group of claims, or the parameter where there are no claims.
        parameters: that rest on it.
        rests_on_claims: has it any? rests_on: "claims", "fitted" or "assumed"; "" where nobody has looked.
        share: of the answer's variance that is expected to go.
        share_error: of that share.
        label: of what is settled, in words.
    """

    subject: str
    parameters: tuple[str, ...]
    rests_on_claims: bool
    share: float
    share_error: float
    label: str = ""
    rests_on: str = ""


@dataclass(frozen=True)
class Learnt:
    """What one would know of an answer after learning something.

    Attributes:
        share: of its variance that is expected to go.
        low, high: where the mean answer would come to lie, 10 and 90 % over what could be learnt.
        is_named: the share is beyond twice what something without effect would show by chance.
    """

    share: Amount
    low: float
    high: float
    is_named: bool


def worth(futures: Futures, slot: ResultSlot, ranks: Ranks) -> tuple[Worth, ...]:
    """Groups of claims and assumptions by how much settling them would narrow an answer, most first.

    For a probability p the variance is p (1 - p), so the share is also the expected cut of the Brier score.

    Raises:
        InputError: the question applies to too few futures.
        RunError: more than a few of the futures failed.
    """
    refuse_failed(futures)
    refuse_small(futures.program.name, slot, futures.values(slot.name)[: ranks.count])
    places = {parameter.name: place for place, parameter in enumerate(futures.program.parameters)}
    found: dict[tuple[str, bool], list[str]] = {}
    for driver in drivers(futures, slot, ranks, most=1000):
        parameter = futures.program.parameters[places[driver.parameter]]
        key = (parameter.claims, True) if parameter.claims else (parameter.name, False)
        found.setdefault(key, []).append(driver.parameter)
    worths = []
    for (subject, is_claimed), names in found.items():
        # Several may hang together, so that their shares do not add up.
        share = learnt(
            futures.parameters[[places[name] for name in names]], futures.values(slot.name)[: ranks.count], ranks
        ).share
        first = futures.program.parameters[places[names[0]]]
        worths.append(Worth(subject, tuple(names), is_claimed, share.value, share.error, first.title))
    return tuple(sorted(worths, key=lambda one: -one.share))


def answered(values: Array) -> int:
    """In how many futures there is an answer."""
    return int((~np.isnan(values)).sum())


def refuse_small(case: str, slot: ResultSlot, values: Array) -> None:
    """Let no answer be looked at that too few futures have; one that none has says so itself.

    Args:
        case: its name.
        values: (future,), NaN where the question does not apply.
    Raises:
        InputError: they are fewer than it takes.
    """
    count = answered(values)
    message = f"`{slot.name}` has an answer in {counted(count, 'future')}: too few to tell what would narrow it."
    if count:
        refuse_few(case, count, PLAN, message, "Run more futures (-n), or ask about another question")


def single_index(rows: Array, values: Array, bins: int) -> Array:
    """(future,): what several things together say of an answer, as one number; of a single thing the thing itself.

    Args:
        rows: (thing, future).
        values: (future,), without NaN.
        bins: for the mean answer given each of them.
    """
    if len(rows) == 1:
        return np.asarray(rows[0])
    return guide(np.stack([_standard(predicted(row, values, bins)) for row in rows]), values - values.mean())


def _standard(row: Array) -> Array:
    spread = float(row.std())
    return np.asarray((row - row.mean()) / spread if spread > 0 else np.zeros_like(row))


def learnt(rows: Array, values: Array, ranks: Ranks) -> Learnt:
    """What one would know of an answer after learning the rows.

    Args:
        rows: (thing, future), what would be learnt in each future.
        values: (future,), the answers; NaN where the question does not apply.
        ranks: of the run, for the number of bins and the groups of futures that errors are taken over.
    """
    applies = ~np.isnan(values)
    kept = values[applies]
    if len(kept) < PLAN or float(np.ptp(kept)) == 0:
        middle = float(kept.mean()) if len(kept) else math.nan
        return Learnt(Amount(0.0, 0.0), middle, middle, False)
    pieces = Pieces(single_index(rows[:, applies], kept, ranks.bins), kept, ranks.bins)
    share = Amount(*pieces.share(ranks.group_of[applies]))
    by_chance = pieces.strays * math.sqrt(2.0 * (2 * ranks.bins - 1)) / len(kept)
    moved = pieces.fitted()
    # What is fitted scatters by chance too: it is drawn together until it varies as much as the share says.
    raw = float(np.var(moved))
    moved = moved * math.sqrt(share.value * float(np.var(kept)) / raw) if raw > 0 else moved
    low, high = np.quantile(kept.mean() + moved, (_TAIL, 1 - _TAIL), method="inverted_cdf")
    return Learnt(share, float(low), float(high), share.value > max(2 * by_chance, 0.002))


def further_report(kernel: Kernel, position: Array, seed: int) -> Array:
    """(future,): what a source would say that reports once more, as well as it did in a claim, if the number lay there.

    In a share of the cases, the quality of the source, it knows: then it says the number with the width of the claim, or on which side of
    the bound it lies. In the others it says what it would say in another future.

    Args:
        kernel: the claim as a curve.
        position: (future,), where the number lies on the kernel's scale.
        seed: of what the source gets wrong; each claim has luck of its own.
    """
    futures = np.arange(len(position))
    knows = numerics.uniform(seed, f"report:{kernel.claim.id}:knows", futures) < max(0.0, kernel.quality)
    meant = np.where(knows, position, np.roll(position, len(position) // 2))
    noise = np.asarray(numerics.normal_quantile(numerics.uniform(seed, f"report:{kernel.claim.id}:says", futures)))
    if kernel.bound:
        return np.asarray(meant + kernel.softness * noise > kernel.edge, dtype=np.float64)
    return np.asarray(meant + kernel.width * noise)
