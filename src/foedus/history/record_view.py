"""A record for a screen."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.history.record import Ships
from foedus.history.record_page import record_in_words, ships_in_words
from foedus.show.fitted import FittedTable
from foedus.show.report_record import skill_words
from foedus.wording import counted

__all__ = ["record_view"]


def record_view(record: dict[str, Any], ships: Ships | None) -> RenderableType:
    """The table of a record, 80 columns wide."""
    parts: list[RenderableType] = []
    origins = record["origins"]
    about = f"{record['case']}: {counted(len(origins), 'origin')} from {origins[0]} to {origins[-1]}"
    parts.append(Text(f"{about}, made on {record.get('made_on', 'a day not told')}, digest {record['digest'][:12]}", "bold"))
    for sentence in record_in_words(record):
        parts.append(Text(sentence))
    parts.append(Text(ships_in_words(ships).replace("`", "")))
    if record.get("caveat"):
        parts.append(Text(record["caveat"], "italic"))
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    heads = ("series", "weeks", "CRPS", "declared", "its CRPS", "skill", "from", "to", "best", "stacked", "in 90 %", "n", "apart")
    for head in heads:
        table.add_column(head, justify="left" if head in ("series", "declared") else "right", overflow="fold")
    for name, horizons in record["series"].items():
        for horizon, one in horizons.items():
            table.add_row(*(Text(cell) for cell in _cells(name, horizon, one)))
    parts.append(table)
    parts.append(
        Text(
            "Skill in per cent against the naive forecast that was declared for the series, with 90 % of it over resampled origins (n/a "
            "where fewer than three are apart, sharing nothing of what came). best: against the best of all, chosen in hindsight. "
            "stacked: the model pooled with naive forecasts, against the declared one."
        )
    )
    for name, one in record["overall"].items():
        covered = f"{100 * one['coverage_90']:.0f} % in the 90 % interval, {100 * one['coverage_50']:.0f} % in the 50 %"
        size = f"{counted(one['forecasts'], 'week')} from {counted(one['origins'], 'origin')}"
        parts.append(Text(f"{name} [{one['unit']}], {one['measure']}: {size}, {covered}."))
    for name in record["too_short"]:
        parts.append(
            Text(f"{name}: too short a series: from these origins it cannot be forecast, or nothing of it came after them.")
        )
    return Group(*parts)


def _cells(name: str, horizon: str, one: dict[str, Any]) -> tuple[str, ...]:
    """A line of the table."""
    declared = one.get("declared") or {"baseline": "n/a", "crps_baseline": None, "skill": None, "skill_interval": None}
    stacked = one.get("stacked") or {"skill": None}
    skills = (declared["skill"], *(declared["skill_interval"] or (None, None)), one["crps_skill"], stacked["skill"])
    return (
        name,
        horizon,
        f"{one['crps']:,.0f}",
        declared["baseline"],
        "n/a" if declared["crps_baseline"] is None else f"{declared['crps_baseline']:,.0f}",
        *(skill_words(value).replace(" %", "") for value in skills),
        f"{100 * one['coverage_90']:.0f} %",
        str(one["n"]),
        str(one.get("independent", "n/a")),
    )
