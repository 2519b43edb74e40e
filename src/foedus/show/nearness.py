"""How near a hindcast passes to what was observed: a row for each series in 80 columns, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from foedus.analysis.nearness import Nearness
from foedus.ensemble import Futures
from foedus.show.fitted import FittedTable
from foedus.wording import counted

__all__ = ["nearness_document", "nearness_table"]


def nearness_document(case: str, ran: Futures, found: Sequence[Nearness]) -> dict[str, Any]:
    """What a hindcast found, for programs.

    Args:
        case: its name.
        ran: the futures of the hindcast.
    """
    return {
        "case": case,
        "futures": ran.count,
        "seed": ran.seed,
        "status": ran.status,
        "digest": ran.digest,
        "series": [asdict(one) for one in found],
    }


def nearness_table(case: str, ran: Futures, found: Sequence[Nearness]) -> FittedTable:
    """The same for a screen."""
    table = FittedTable(
        title=f"{case}: the past again, {counted(ran.count, 'future')}, seed {ran.seed}",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for heading, width in (
        ("series", 30),
        ("n", 4),
        ("rmse", 8),
        ("bias", 8),
        ("crps", 8),
        ("in 90 %", 7),
        ("sd", 8),
    ):
        table.add_column(heading, width=width, justify="left" if heading == "series" else "right", overflow="fold")
    for one in found:
        figures = (f"{value:.4g}" for value in (one.rmse, one.bias, one.crps))
        table.add_row(
            f"{one.series} [{one.unit}]".replace("[", "\\["),
            str(one.count),
            *figures,
            f"{one.coverage:.2f}",
            f"{one.spread:.4g}",
        )
    return table
