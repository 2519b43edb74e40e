"""`foedus record`: how good a case's forecasts have been."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.files import write_text

if TYPE_CHECKING:
    from foedus.history.record import Ships

__all__ = ["command", "print_record"]


@click.command("record")
@click.argument("case")
@click.option("--write", is_flag=True, help="Write RECORD.md and its charts into the case's folder.")
@click.option("--check", "is_checked", is_flag=True, help="Compute every figure anew from what the record keeps of each origin.")
@json_option
def command(case: str, write: bool, is_checked: bool, as_json: bool) -> None:
    """Print the record that CASE keeps: skill against naive forecasts, coverage, by series and horizon.

    `foedus backtest CASE` computes it anew; the digest is the same.
    """
    from foedus.case import load
    from foedus.history.record import check_record, read_record, ships_of

    loaded = load(case)
    record = read_record(loaded)
    ships = ships_of(loaded, record)
    if is_checked:
        count = check_record(record)
        click.echo(f"{count:,} figures computed anew from {len(record['origins'])} origins: all as they stand.", err=as_json)
    if write:
        from foedus.history.record_page import record_charts, record_markdown

        for name, text in {**record_charts(record), "RECORD.md": record_markdown(record, ships)}.items():
            write_text(loaded.folder.folder / name, text)
    if as_json:
        emit_json(record if ships is None else {**record, "ships": asdict(ships)})
    else:
        print_record(record, ships)


def print_record(record: dict[str, Any], ships: Ships | None = None) -> None:
    """The table of a record, 80 columns wide."""
    from rich.table import Table
    from rich.text import Text

    from foedus.history.record_page import record_in_words, ships_in_words

    screen = console()
    origins = record["origins"]
    about = f"{record['case']}: {len(origins)} origins from {origins[0]} to {origins[-1]}"
    screen.print(Text(f"{about}, made on {record.get('made_on', 'a day not told')}, digest {record['digest'][:12]}", "bold"))
    for sentence in record_in_words(record):
        screen.print(Text(sentence))
    screen.print(Text(ships_in_words(ships).replace("`", "")))
    if record.get("caveat"):
        screen.print(Text(record["caveat"], "italic"))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    heads = ("series", "weeks", "CRPS", "declared", "its CRPS", "skill", "from", "to", "best", "stacked", "in 90 %", "n", "apart")
    for head in heads:
        table.add_column(head, justify="left" if head in ("series", "declared") else "right", overflow="fold")
    for name, horizons in record["series"].items():
        for horizon, one in horizons.items():
            table.add_row(*(Text(cell) for cell in _cells(name, horizon, one)))
    screen.print(table)
    screen.print(
        Text(
            "Skill in per cent against the naive forecast that was declared for the series, with 90 % of it over resampled origins (n/a "
            "where fewer than three are apart, sharing nothing of what came). best: against the best of all, chosen in hindsight. "
            "stacked: the model pooled with naive forecasts, against the declared one."
        )
    )
    for name, one in record["overall"].items():
        covered = f"{100 * one['coverage_90']:.0f} % in the 90 % interval, {100 * one['coverage_50']:.0f} % in the 50 %"
        screen.print(
            Text(f"{name} [{one['unit']}], {one['measure']}: {one['forecasts']} weeks from {one['origins']} origins, {covered}.")
        )
    for name in record["too_short"]:
        screen.print(Text(f"{name}: too short a series to be forecast from these origins."))


def _cells(name: str, horizon: str, one: dict[str, Any]) -> tuple[str, ...]:
    """A line of the table."""
    from foedus.show.report_record import skill_words

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
