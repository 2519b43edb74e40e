"""Do chains agree? R-hat and effective sample sizes, rank-normalised, as ArviZ computes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from foedus import extras
from foedus.arrays import Array

__all__ = ["convergence"]


def convergence(chains: Mapping[str, Array]) -> dict[str, dict[str, float]]:
    """R-hat (`r_hat`) and effective sample sizes of the bulk and the tails (`ess_bulk`, `ess_tail`), each by parameter.

    Args:
        chains: parameter -> (chain, draw).
    Raises:
        InputError: ArviZ is not installed.

    Source: Vehtari, Gelman, Simpson, Carpenter & Buerkner 2021.
    """
    extras.require("history", "a comparison of chains (R-hat, effective sizes)", "arviz_stats")
    import arviz_stats
    import xarray

    table = xarray.Dataset({name: (("chain", "draw"), values) for name, values in chains.items()})
    methods: Any = arviz_stats  # its functions carry no types
    with np.errstate(divide="ignore", invalid="ignore"):  # a chain without any spread has an infinite R-hat, and that is told
        found = {"r_hat": methods.rhat(table), "ess_bulk": methods.ess(table), "ess_tail": methods.ess(table, method="tail")}
    return {figure: {name: float(values[name]) for name in chains} for figure, values in found.items()}
