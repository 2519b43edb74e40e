"""Records of sources for the terminal: what was accepted of them, and whether their letter fits. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.evidence.store.earned import FEWEST, Earned
from foedus.show.sources import table_of
from foedus.show.words import percent, plain
from foedus.wording import counted

__all__ = ["earned_view", "letters_view"]

_SHOWN = 12


def earned_view(rows: Sequence[Earned]) -> RenderableType:
    """The sources with most decisions, what became of their claims, and the letter that this would earn."""
    told = [row for row in rows if row.decided + row.right + row.wrong]
    if not told:
        return Text("No claim was decided on yet, so no source has a record.", "dim")
    columns = (("source", 28), ("given", 6), ("accepted", 10), ("right", 7), ("holds", 12), ("offered", 7))
    table = table_of("\nWhat became of their claims", *columns, right=frozenset({"accepted", "right", "holds"}))
    for row in [row for row in told if row.offered] + [row for row in told if not row.offered][:_SHOWN]:
        outcomes = row.right + row.wrong
        holds = f"{percent(row.low)}–{percent(row.high)}" if row.low is not None else ""
        letters = "/".join(row.letters) or "none"
        kept, right = f"{row.kept} of {row.decided}", f"{row.right} of {outcomes}" if outcomes else ""
        table.add_row(plain(row.source), letters, kept, right, holds, Text(row.offered, "bold yellow"))
    foot = (
        f"holds: 5 to 95 % of the chance that a claim of the source holds. A letter is offered from {counted(FEWEST, 'claim')} on that were "
        "decided on one by one, where no given letter fits. Nothing changes until you grade: foedus ledger CASE grade ID... B2. "
        "A claim is also rejected for how it was read; look at its history before you blame the source."
    )
    return Group(table, Text(foot, "dim"), Text())


def letters_view(sources: Mapping[str, Mapping[str, Sequence[str]]]) -> RenderableType:
    """The sources that were given different letters, with the claims."""
    lines: list[RenderableType] = [Text("One source, different letters", "bold")] if sources else []
    for name, letters in sources.items():
        told = "; ".join(
            f"{letter}: {', '.join(map(plain, ids[:6]))}{' …' if len(ids) > 6 else ''}" for letter, ids in letters.items()
        )
        lines.append(Text.assemble((f"  {plain(name)}", "yellow"), f"  {told}"))
    return Group(*lines)
