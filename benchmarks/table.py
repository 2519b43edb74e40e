"""The table of results: one row a measurement, set against what is to be reached."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A measured figure.

    Attributes:
        what: what was compared or measured.
        value: the figure; None when it could not be measured.
        unit: of the figure; "×" for ratios.
        least, most: over the repetitions, where it makes sense.
        reach: the figure to reach, None where there is none; `is_at_most` turns it round.
        note: absolute figures, or why the row is empty.
    """

    what: str
    value: float | None
    unit: str = "×"
    least: float | None = None
    most: float | None = None
    reach: float | None = None
    is_at_most: bool = False
    note: str = ""

    @property
    def verdict(self):
        """Reached, not reached, skipped, or nothing to reach."""
        if self.value is None:
            return "skipped"
        if self.reach is None:
            return ""
        reached = self.value <= self.reach if self.is_at_most else self.value >= self.reach
        return "reached" if reached else "NOT reached"


def skipped(what, why):
    """A row that could not be measured."""
    return Row(what, None, note=why)


def figure(value):
    """Three significant digits, thousands separated."""
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def print_table(rows):
    """Print the rows as aligned columns."""
    head = ("what", "measured", "range", "reach", "", "note")
    cells = [head]
    for row in rows:
        spread = f"{figure(row.least)}–{figure(row.most)}" if row.least is not None else ""
        bound = "" if row.reach is None else f"{'≤' if row.is_at_most else '≥'} {figure(row.reach)}"
        measured = "-" if row.value is None else f"{figure(row.value)} {row.unit}"
        cells.append((row.what, measured, spread, bound, row.verdict, row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(len(head) - 1)]
    for line in cells:
        padded = [cell.ljust(width) for cell, width in zip(line, widths, strict=False)]
        print("  ".join([*padded, line[-1]]).rstrip())
