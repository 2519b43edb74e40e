"""`foedus record`: how good a case's forecasts have been."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.wording import counted

__all__ = ["command"]


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
    from foedus.history.record_kept import kept_document, kept_record
    from foedus.history.record_view import record_view

    kept = kept_record(load(case), is_checked=is_checked, is_written=write)
    if is_checked:
        told = f"{counted(kept.checked, 'figure')} computed anew from {counted(len(kept.record['origins']), 'origin')}: all as they stand."
        click.echo(told, err=as_json)
    if as_json:
        emit_json(kept_document(kept))
    else:
        console().print(record_view(kept.record, kept.ships))
