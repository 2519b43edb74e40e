"""Claims that barely overlap: which pairs, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from foedus import numerics
from foedus.evidence.defaults import Defaults
from foedus.evidence.kernel import Kernel, shown_claim
from foedus.wording import share_words

__all__ = ["Conflict", "conflict_sentence", "find_conflicts"]

_SHOWN = 3


@dataclass(frozen=True)
class Conflict:
    """Two claims that barely overlap.

    Attributes:
        lower, higher: ids of the claims; of a denial and what it denies where the group has no numbers.
        overlap: the part of both curves that is shared, in [0, 1].
    """

    lower: str
    higher: str
    overlap: float


def find_conflicts(kernels: Sequence[Kernel], defaults: Defaults) -> tuple[Conflict, ...]:
    """The pairs that share less than the threshold, farthest apart first; a bound is not in conflict with what it allows.

    The overlap is that of two normal curves at the same distance, both as wide as the root mean square of the two widths: an exact
    figure inside a loose one is no conflict, though it covers little of it.
    """
    ordered = sorted(kernels, key=lambda kernel: (kernel.centre, kernel.claim.id))
    centres, widths = np.array([k.centre for k in ordered]), np.array([k.width for k in ordered])
    distances = centres[None, :] - centres[:, None]
    overlaps = 2 * numerics.normal_cdf(-np.abs(distances) / np.sqrt(2 * (widths[None, :] ** 2 + widths[:, None] ** 2)))
    is_floor = np.array([k.bound == "lower" for k in ordered])
    is_ceiling = np.array([k.bound == "upper" for k in ordered])
    apart = (overlaps < defaults.setting("overlap_threshold")) & ~is_floor[:, None] & ~is_ceiling[None, :]
    pairs = [(int(one), int(other)) for one, other in zip(*np.nonzero(np.triu(apart, 1)), strict=True)]
    pairs.sort(key=lambda pair: (-distances[pair], ordered[pair[0]].claim.id, ordered[pair[1]].claim.id))
    return tuple(Conflict(ordered[one].claim.id, ordered[other].claim.id, float(overlaps[one, other])) for one, other in pairs)


def conflict_sentence(conflicts: Sequence[Conflict], kernels: Sequence[Kernel], defaults: Defaults) -> str:
    """Which claims barely overlap, in words; "" if none."""
    if not conflicts:
        return ""
    claims = {kernel.claim.id: kernel.claim for kernel in kernels}
    shown = [f"{shown_claim(claims[one.lower])} against {shown_claim(claims[one.higher])}" for one in conflicts[:_SHOWN]]
    more = f" and {len(conflicts) - _SHOWN} more pairs" if len(conflicts) > _SHOWN else ""
    limit = share_words(defaults.setting("overlap_threshold"), 0)
    return f"Claims that overlap by less than {limit}: {'; '.join(shown)}{more}. All are kept in the mixture."
