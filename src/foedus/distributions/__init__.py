"""Probability distributions: what a parameter's prior, a noise and a pool of claims are made of."""

from __future__ import annotations

from foedus.distributions.base import Array, Distribution, short_number
from foedus.distributions.composed import Empirical, Mixture, Scaled, Truncated
from foedus.distributions.families import (
    Beta,
    Constant,
    Exponential,
    Gamma,
    LogitNormal,
    LogNormal,
    Normal,
    StudentT,
    Triangular,
    Uniform,
)
from foedus.distributions.interval import from_interval

__all__ = [
    "Array", "Beta", "Constant", "Distribution", "Empirical", "Exponential", "Gamma", "LogNormal",
    "LogitNormal", "Mixture", "Normal", "Scaled", "StudentT", "Triangular", "Truncated", "Uniform",
    "from_interval", "short_number",
]  # fmt: skip
