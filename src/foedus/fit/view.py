"""A fit for a screen."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.fit.fit import Fit
from foedus.show.fitted import FittedTable
from foedus.show.verbatim import Verbatim

__all__ = ["fit_document", "fit_view"]


def fit_view(found: Fit) -> RenderableType:
    """The tables of a fit, each with its note."""
    parts: list[RenderableType] = [Text(f"{found.case}: {found.title}", "bold")]
    for block in found.blocks:
        table = FittedTable(title=block.title, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for number, column in enumerate(block.columns):
            table.add_column(column, justify="right" if number else "left")
        for row in block.rows:
            table.add_row(*(Text(cell) for cell in row))
        parts.append(Text())
        parts.append(table)
        parts.append(Text(block.note))
    parts.append(Text())
    if found.prior:
        parts += [Text("For a model:"), *(Verbatim(line) for line in found.prior.splitlines()), Text()]
    parts.append(Text(found.source, "dim"))
    return Group(*parts)


def fit_document(found: Fit) -> dict[str, Any]:
    """What `foedus fit --json` prints."""
    return dict(found.document)
