"""The same parameters once more, with other luck: what an answer owes to them is what both runs agree on."""

from __future__ import annotations

import hashlib

from foedus.analysis.enough import AGAIN
from foedus.case import Case
from foedus.ensemble import Futures, Joint, Settings
from foedus.study.simulate import simulate_case

__all__ = ["run_again"]

_MOST = 10_000  # futures: more would tell little more
_OTHER = 0x5EED  # turns a seed into one whose luck no run shares


def run_again(case: Case, ran: Futures) -> Futures | None:
    """The first futures of a run with the parameters that they had, and luck of their own.

    Returns:
        Future i has the parameters of future i of the run; None where that has too few futures, or nothing is uncertain.
    """
    if ran.count < AGAIN or not ran.uncertain:
        return None
    count, slots = min(ran.count, _MOST), ran.program.parameters
    drawn = {slots[index].name: ran.parameters[index][:count, None] / slots[index].scale for index in ran.uncertain}
    digest = hashlib.sha256(b"".join(one.tobytes() for one in drawn.values())).hexdigest()
    return simulate_case(case, Settings(count, ran.seed ^ _OTHER), ran.scenarios, ran.program, members=Joint(digest, drawn))
