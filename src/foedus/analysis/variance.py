"""Where the variance of one answer comes from, ready to be shown; `foedus.study.why` finds it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from foedus.analysis.enough import rounded_up
from foedus.analysis.indices import VarianceIndex
from foedus.analysis.tails import CARRIERS

__all__ = ["AIMED", "TOLD", "Cause", "Why"]

TOLD = 0.06
"""Of the variance: a share whose standard error is larger says too little to be shown as a number."""
AIMED = 0.05
"""The error that a larger run is asked for, a little inside of what can be told."""


@dataclass(frozen=True)
class Cause:
    """A parameter, or several that hang together.

    Attributes:
        parameters: their names; label: of the first, in words.
        rests_on: "claims", "fitted" or "assumed".
        first: what settling it alone would take off the variance, in the mean.
        total: what would stay open if everything else were settled: itself, and whatever it does together with others.
    """

    parameters: tuple[str, ...]
    label: str
    rests_on: str
    first: VarianceIndex
    total: VarianceIndex


@dataclass(frozen=True)
class Why:
    """Where the variance of one answer comes from.

    Attributes:
        question: its name; futures: of each run; runs: how many were made.
        evidence: share of the parameters that rest on claims, a posterior or a fit, with what they do among themselves.
        parameters: of the other parameters, and of what they do together with those.
        luck: of chance in the model, and of what it does together with parameters.
        structure: of the rival variants, by their weights. The four add up to 1; all are NaN of an answer that does not vary.
        errors: of `evidence`, `parameters`, `luck`: one standard error each.
        share: of the futures the answer applies to; what it says is of those.
        causes: the parameters that matter most, by what they do with all others.
        label: the question in words.
        carriers: by how many futures the variance is carried (`analysis.tails`); where they are few, the shares and their errors are those
            of a few extremes, and nothing is told.
        kind: of the question: "probability" or "quantity".
    """

    question: str
    futures: int
    runs: int
    evidence: float
    parameters: float
    luck: float
    structure: float
    errors: Mapping[str, float]
    share: float
    causes: tuple[Cause, ...]
    label: str = ""
    carriers: float = math.inf
    kind: str = "quantity"

    @property
    def is_carried(self) -> bool:
        """Do enough futures carry the variance, so that its shares can be told at all?"""
        return self.carriers >= CARRIERS

    @property
    def varies(self) -> bool:
        """Is there a variance to be split?"""
        return not math.isnan(self.luck)

    @property
    def needs(self) -> int:
        """Futures of each run that would tell the shares as well as is needed; 0 where these do."""
        worst = max((error for error in self.errors.values() if math.isfinite(error)), default=0.0)
        return 0 if worst <= TOLD else rounded_up(self.futures * (worst / AIMED) ** 2)
