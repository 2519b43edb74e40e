"""How a pool came about, step by step: "why 10,800?". Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.evidence.groups import GroupReport
from foedus.evidence.pool import PoolStep
from foedus.show.fitted import FittedTable
from foedus.show.words import number, plain, unit_words

__all__ = ["step_words", "waterfall_view"]


def waterfall_view(report: GroupReport) -> RenderableType:
    """The pool of one group after each statement, and what became of the claims that have no part in it."""
    pooled = report.pooled
    if pooled is None:
        return Text(plain(report.problem) or "No number in this group is pooled.")
    heading = f"Why {number(report.summary.median)}{_unit(report.unit)}?" if report.summary else "Why?"
    table = FittedTable(title=heading, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("after", 25), ("which is", 22), ("5 %", 8), ("median", 8), ("95 %", 8)):
        table.add_column(name, width=width, overflow="fold", justify="left" if width > 9 else "right")
    for step in pooled.steps:
        claims = ", ".join(plain(claim) for claim in step.claims) or "–"
        table.add_row(claims, plain(step.what), number(step.low), number(step.median), number(step.high))
    aside = [*_aside(pooled.superseded_by, pooled.reasons), *(Text(plain(note), "dim") for note in pooled.notes)]
    return Group(table, *aside)


def _aside(superseded: Mapping[str, str], reasons: Mapping[str, str]) -> list[Text]:
    gone = [
        Text(f"{plain(old)} no longer counts: {plain(new)} of the same origin stands in its place.", "dim")
        for old, new in superseded.items()
    ]
    return gone + [Text(f"{plain(claim)} has no part in it: {plain(reason)}.", "dim") for claim, reason in reasons.items()]


def _unit(unit: str) -> str:
    words = unit_words(unit)
    return f" {words}" if words else ""


def step_words(steps: Sequence[PoolStep]) -> str:
    """The steps in one line: "5,300 to 26,000; X1: 7,200 to 19,000; …", the medians left out."""
    return "; ".join(
        f"{', '.join(step.claims) + ': ' if step.claims else ''}{number(step.low)} to {number(step.high)}" for step in steps
    )
