"""The same parameters once more, all or some of them, with other luck: what an answer owes to them is what both runs agree on."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.analysis.enough import AGAIN
from foedus.analysis.shares import Mixing, mixture_of
from foedus.arrays import Array
from foedus.case import Case
from foedus.ensemble import Futures, Joint, Settings
from foedus.study.simulate import simulate_case

__all__ = ["Mixed", "run_again", "run_mixed"]

_MOST = 10_000  # futures: more would tell little more
_MOST_MIXED = 3_000  # of all parts together: what a regression explains is known from more, so that little is left to be told
_OTHER = 0x5EED  # turns a seed into one whose luck no run shares
_MIXED = 0xA1FA


@dataclass(frozen=True)
class Mixed:
    """The first futures of a run once more, and how their parameters were mixed."""

    futures: Futures
    mixture: Mixing


def run_again(case: Case, ran: Futures) -> Futures | None:
    """The first futures of a run with the parameters that they had, and luck of their own.

    Returns:
        Future i has the parameters of future i of the run; None where that has too few futures, or nothing is uncertain.
    """
    if ran.count < AGAIN or not ran.uncertain:
        return None
    count = min(ran.count, _MOST)
    return _drawn(case, ran, {index: ran.parameters[index][:count] for index in ran.uncertain}, ran.seed ^ _OTHER)


def run_mixed(case: Case, ran: Futures, kinds: Mapping[int, str]) -> Mixed | None:
    """The first futures of a run with the parameters of some kinds kept, the others those of a future drawn by lot, and luck of their own.

    Args:
        kinds: uncertain parameter -> the kind with which it is kept or changed.
    Returns:
        None where all parameters are of one kind: then all interplay is of that kind.
    """
    mixture = mixture_of(kinds, min(ran.count, _MOST_MIXED), min(ran.count, _MOST), ran.seed)
    if mixture is None:
        return None
    values = {index: mixture.mixed(index, ran.parameters[index]) for index in ran.uncertain}
    return Mixed(_drawn(case, ran, values, ran.seed ^ _MIXED), mixture)


def _drawn(case: Case, ran: Futures, values: Mapping[int, Array], seed: int) -> Futures:
    """Futures of chosen parameters, in base units, (future,) each."""
    slots = ran.program.parameters
    drawn = {slots[index].name: own[:, None] / slots[index].scale for index, own in values.items()}
    count = len(next(iter(values.values())))
    digest = hashlib.sha256(b"".join(one.tobytes() for one in drawn.values())).hexdigest()
    return simulate_case(case, Settings(count, seed), ran.scenarios, ran.program, members=Joint(digest, drawn))
