"""Priors as data: what the page needs to draw a parameter with the same bits as `foedus.ensemble.sampling`."""

from __future__ import annotations

import base64
import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from foedus.distributions import (
    Discrete,
    Exponential,
    LogitNormal,
    LogNormal,
    Normal,
    Scaled,
    Spiked,
    Triangular,
    Truncated,
    Uniform,
)
from foedus.ensemble.sampling import Law, Tabulated, TabulatedSpikes

__all__ = ["law_document", "packed"]


def packed(values: ArrayLike, kind: str = "<f8") -> str:
    """Numbers as base64 of their little-endian bytes."""
    return base64.b64encode(np.ascontiguousarray(values).astype(kind).tobytes()).decode()


def _bound(value: float) -> float | None:
    return value if math.isfinite(value) else None


def law_document(law: Law) -> dict[str, Any]:
    """A law with its family and its numbers; tables as base64.

    Raises:
        TypeError: the family has no exact sequence; `foedus.ensemble.sampling` gives such laws a table first.
    """
    match law:
        case Tabulated():
            return {"family": "table", "table": packed(law.table)}
        case Normal():
            return {"family": "normal", "mean": law.mean, "sd": law.sd}
        case LogNormal():
            return {"family": "lognormal", "mu": law.mu, "sigma": law.sigma}
        case LogitNormal():
            return {"family": "logitnormal", "mu": law.mu, "sigma": law.sigma}
        case Uniform():
            return {"family": "uniform", "low": law.low, "high": law.high}
        case Triangular():
            return {"family": "triangular", "low": law.low, "mode": law.mode, "high": law.high}
        case Exponential():
            return {"family": "exponential", "mean": law.mean}
        case Scaled():
            return {"family": "scaled", "inner": law_document(law.inner), "factor": law.factor}
        case Discrete():
            return {"family": "discrete", "values": packed(law.values), "risen": packed(law.risen)}
        case Spiked():
            return _spiked_document(law, law.inner)
        case TabulatedSpikes():
            return _spiked_document(law.spiked, law.table)
        case Truncated():
            below, above = law.ends
            ends = {"low": _bound(law.low), "high": _bound(law.high)}
            return {"family": "truncated", "inner": law_document(law.inner), "below": below, "above": above, **ends}
    raise TypeError(f"{type(law).__name__} has no exact quantile")


def _spiked_document(law: Spiked, inner: Law) -> dict[str, Any]:
    return {
        "family": "spiked",
        "inner": law_document(inner),
        "weight": law.weight,
        "values": packed(law.values),
        "below": packed(law.below),
        "above": packed(law.above),
        "lumped": packed(law.lumped),
    }
