"""Two versions of a case whose claims differ, on common ground: both from the posterior, or both from the priors."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.analysis.grounds import badge_of_reason
from foedus.case import Case
from foedus.compile.program import ParameterSlot
from foedus.errors import InputError

__all__ = ["on_common_ground", "rests_on"]


def rests_on(case: Case, slots: Sequence[ParameterSlot]) -> str:
    """What parameters rest on that go together: "fitted" where one of them was, else "claims" where one has any, else "assumed"."""
    if any(badge_of_reason(slot, is_fitted=slot.name in case.fitted) == "fitted" for slot in slots):
        return "fitted"
    return "claims" if any(slot.claims for slot in slots) else "assumed"


def on_common_ground(before: Case, after: Case) -> tuple[Case, Case, str]:
    """Both versions, and what has to be said of them.

    Members of a posterior are weighed anew for other claims. Where too few of them stand for these, a difference from the posterior would mix
    what the claims do with what the calibration did: both versions then draw from the priors, and it is said.
    """
    if after.posterior is None and before.posterior is None:
        return before, after, ""
    try:
        weighed = after.weighed
    except InputError as error:
        problem = error.problems[0]
        if problem.code != "too-few-members":
            raise
        told = f"Both runs draw from the priors, not from the posterior, as other runs of the case do: {problem.message}"
        return before.of_priors(), after.of_priors(), told
    if weighed is None or not weighed.changed:
        return before, after, ""
    return before, after, weighed.told
