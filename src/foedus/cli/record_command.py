"""`foedus record`: how good a case's forecasts have been."""

from __future__ import annotations

from typing import Any

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.files import write_text

__all__ = ["command", "print_record"]


@click.command("record")
@click.argument("case")
@click.option("--write", is_flag=True, help="Write RECORD.md and its charts into the case's folder.")
@json_option
def command(case: str, write: bool, as_json: bool) -> None:
    """Print the record that CASE keeps: skill against naive forecasts, coverage, by series and horizon.

    `foedus backtest CASE` computes it anew; the digest is the same.
    """
    from foedus.case import load
    from foedus.history.record import read_record

    loaded = load(case)
    record = read_record(loaded)
    if write:
        from foedus.history.record_page import record_charts, record_markdown

        for name, text in {**record_charts(record), "RECORD.md": record_markdown(record)}.items():
            write_text(loaded.folder.folder / name, text)
    if as_json:
        emit_json(record)
    else:
        print_record(record)


def print_record(record: dict[str, Any]) -> None:
    """The table of a record, 80 columns wide."""
    from rich.table import Table
    from rich.text import Text

    from foedus.show.report_record import skill_words

    screen = console()
    origins = record["origins"]
    about = f"{record['case']}: {len(origins)} origins from {origins[0]} to {origins[-1]}"
    screen.print(Text(f"{about}, made on {record.get('made_on', 'a day not told')}, digest {record['digest'][:12]}", "bold"))
    table = Table(box=None, pad_edge=False)
    for head in ("series", "weeks", "CRPS", "best naive", "its CRPS", "skill", "from", "to", "1–h", "in 90 %", "n"):
        table.add_column(head, justify="left" if head in ("series", "best naive") else "right")
    for name, horizons in record["series"].items():
        for horizon, one in horizons.items():
            skills = (one["crps_skill"], *(one["skill_interval"] or (None, None)), one["crps_skill_over"])
            covered = f"{100 * one['coverage_90']:.0f} %"
            cells = (
                name,
                horizon,
                f"{one['crps']:,.0f}",
                one["baseline"],
                f"{one['crps_baseline']:,.0f}",
                *(skill_words(value).replace(" %", "") for value in skills),
                covered,
                str(one["n"]),
            )
            table.add_row(*(Text(cell) for cell in cells))
    screen.print(table)
    screen.print(
        Text(
            "Skill against the best naive forecast in per cent, with 90 % of it over resampled origins; 1–h: mean over weeks 1 to h."
        )
    )
    for name, one in record["overall"].items():
        covered = f"{100 * one['coverage_90']:.0f} % in the 90 % interval, {100 * one['coverage_50']:.0f} % in the 50 %"
        screen.print(
            Text(f"{name} [{one['unit']}], {one['measure']}: {one['forecasts']} weeks from {one['origins']} origins, {covered}.")
        )
    for name in record["too_short"]:
        screen.print(Text(f"{name}: too short a series to be forecast from these origins."))
