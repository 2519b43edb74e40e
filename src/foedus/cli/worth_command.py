"""`foedus worth`: which claims and assumptions, if settled, would narrow an answer most."""

from __future__ import annotations

from dataclasses import asdict

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

__all__ = ["command"]


@click.command("worth")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, questions: tuple[str, ...], futures: int, seed: int, as_json: bool) -> None:
    """Say what would narrow the answers to QUESTIONS of CASE (or to all): groups of claims, and assumptions."""
    from rich.table import Table
    from rich.text import Text

    from foedus.case import load
    from foedus.study import worth

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = worth(loaded, questions, futures=futures, seed=seed, progress=progress)
    if as_json:
        emit_json({"case": loaded.name, "futures": futures, "seed": seed,
                   "questions": {name: [asdict(one) for one in worths] for name, worths in found.items()}})  # fmt: skip
        return
    table = Table(
        title="Share of the variance that would go if this were settled", title_justify="left", box=None, pad_edge=False
    )
    for heading, width in (("question", 22), ("share", 6), ("±", 5), ("what", 8), ("", 34)):
        table.add_column(heading, width=width, justify="right" if heading in ("share", "±") else "left", overflow="fold")
    for name, worths in found.items():
        for place, one in enumerate(worths[:4]):
            kind = "claims" if one.rests_on_claims else "assumed"
            table.add_row(
                Text(name if place == 0 else ""), f"{one.share:.1%}", f"{100 * one.share_error:.1f}", kind, Text(one.subject)
            )
    console().print(table)
