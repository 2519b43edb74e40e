"""Where a lever tips the answers: a row for each question in 80 columns, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.table import Table
from rich.text import Text

from foedus.analysis.levers import LeverFlips
from foedus.show.words import number, unit_words

__all__ = ["flip_document", "flip_table"]


def flip_document(found: LeverFlips) -> dict[str, Any]:
    """What moving a lever found, for programs."""
    return {
        "case": found.case,
        "lever": found.lever.name,
        "unit": found.lever.unit,
        "threshold": found.threshold,
        "futures": found.futures,
        "seed": found.seed,
        "questions": {one.question: asdict(one) for one in found.flips},
    }


def flip_table(found: LeverFlips) -> Table:
    """The same for a screen; at least one question."""
    flips, threshold, unit = found.flips, found.threshold, found.lever.unit
    table = Table(
        title=f"{found.lever.name} from {flips[0].positions[0]:,.6g} to {flips[0].positions[-1]:,.6g} {unit}",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for heading, width in (("question", 22), ("lowest", 8), ("highest", 8), ("±", 5), (f"crosses {threshold:.0%}", 30)):
        table.add_column(heading, width=width, justify="left" if width in (22, 30) else "right", overflow="fold")
    for one in flips:
        gap = one.positions[1] - one.positions[0]
        where = f"not seen in steps of {number(gap)}"
        if one.crossings:
            where = "\n".join(
                f"{'up' if rises else 'down'} at {number(place, 10 * off)} ± {number(off, 10 * off)} {unit_words(unit)}"
                for place, off, rises in one.crossings
            )
        ends = (f"{min(one.probabilities):.1%}", f"{max(one.probabilities):.1%}", f"{100 * max(one.errors):.1f}")
        table.add_row(Text(one.question), *ends, where)
    return table
