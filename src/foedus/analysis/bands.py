"""Trajectories as bands: 5, 25, 50, 75 and 95 % at every saved moment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import quantile_needs
from foedus.analysis.finding import Band
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.ensemble.futures import QUANTILES

__all__ = ["bands"]

Observed = tuple[str, tuple[str, ...], tuple[float, ...]]


def bands(
    futures: Futures, charts: Sequence[t.Chart], observed: dict[str, tuple[Observed, ...]], most: int = 14
) -> tuple[Band, ...]:
    """One band for each charted variable; without charts, for the first stocks.

    Args:
        futures: an ensemble with trajectories.
        charts: the model's chart statements.
        observed: variable -> series that measure it.
        most: how many without charts.
    """
    if futures.trajectories is None or not futures.program.saved:
        return ()
    program = futures.program
    names = [slot.name for slot in program.saved]
    wanted: dict[str, str] = {}
    for chart in charts:
        for name in chart.names:
            full = name.name + (f"[{', '.join(part.name for part in name.subscripts)}]" if name.subscripts else "")
            for candidate in names:
                if candidate == full or candidate.startswith(f"{full}["):
                    wanted.setdefault(candidate, chart.title)
    if not wanted:
        wanted = dict.fromkeys(names[:most], "")
    positions = [names.index(name) for name in wanted]
    cut = _quantiles(futures.trajectories[:, positions], futures.is_ok[: futures.trajectories.shape[-1]])
    dates = tuple(program.date_of(time) for time in futures.moments) if program.as_of is not None else ()
    found = []
    labels = [program.saved[place].label for place in positions]
    for number, (variable, title) in enumerate(wanted.items()):
        slot = program.saved[names.index(variable)]
        label = slot.title if not slot.label or labels.count(slot.label) > 1 else slot.label
        quantiles = {scenario.name: cut[:, row, number] for row, scenario in enumerate(futures.scenarios)}
        found.append(
            Band(
                variable,
                label,
                slot.unit,
                title,
                futures.moments,
                dates,
                quantiles,
                observed.get(variable, ()),
                int(futures.trajectories.shape[-1]),
            )
        )
    return tuple(found)


def _quantiles(trajectories: NDArray[np.float32], is_ok: NDArray[np.bool_]) -> NDArray[np.float64]:
    """(quantile, scenario, variable, moment), over the futures that ended well; NaN where they are too few to tell."""
    kept = trajectories if is_ok.all() else trajectories[..., is_ok]
    if kept.shape[-1] == 0:
        return np.full((5, *trajectories.shape[:-1]), np.nan)
    ranked = np.sort(kept, axis=-1)
    places = np.array(QUANTILES) * (ranked.shape[-1] - 1)
    below = np.floor(places).astype(int)
    above = np.minimum(below + 1, ranked.shape[-1] - 1)
    part = (places - below).reshape(-1, *(1,) * (ranked.ndim - 1))
    low = np.moveaxis(ranked[..., below], -1, 0).astype(np.float64)
    cut: NDArray[np.float64] = low + (np.moveaxis(ranked[..., above], -1, 0) - low) * part
    cut[[kept.shape[-1] < quantile_needs(level) for level in QUANTILES]] = np.nan
    return cut
