"""Probability distributions: what a parameter's prior, a noise and a pool of claims are made of."""

from __future__ import annotations

from foedus.distributions.base import Distribution, short_number
from foedus.distributions.composed import Empirical, Mixture, Scaled, Truncated
from foedus.distributions.discrete import Discrete, Spiked, bernoulli, binomial, choice, mixture, poisson, sample, truncated
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
    "Beta",
    "Constant",
    "Discrete",
    "Distribution",
    "Empirical",
    "Exponential",
    "Gamma",
    "LogNormal",
    "LogitNormal",
    "Mixture",
    "Normal",
    "Scaled",
    "Spiked",
    "StudentT",
    "Triangular",
    "Truncated",
    "Uniform",
    "bernoulli",
    "binomial",
    "choice",
    "from_interval",
    "mixture",
    "poisson",
    "sample",
    "short_number",
    "truncated",
]
