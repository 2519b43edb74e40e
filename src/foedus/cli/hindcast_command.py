"""`foedus hindcast`: the same equations over the past, held against the series."""

from __future__ import annotations

from dataclasses import asdict

import click

from foedus.cli.common import console, emit_json, json_option

__all__ = ["command"]


@click.command("hindcast")
@click.argument("case")
@click.option("--name", default="", help="Which hindcast; without it, the first.")
@click.option("--futures", "-n", type=int, default=1000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, name: str, futures: int, seed: int, as_json: bool) -> None:
    """Run CASE over its past and say how near it passes to what was observed."""
    from rich.table import Table

    from foedus.case import load
    from foedus.study.hindcast import hindcast
    from foedus.study.nearness import nearness

    loaded = load(case)
    ran = hindcast(loaded, name, futures, seed)
    found = nearness(loaded, ran)
    if as_json:
        emit_json(
            {
                "case": loaded.name,
                "futures": futures,
                "seed": seed,
                "status": ran.status,
                "digest": ran.digest,
                "series": [asdict(one) for one in found],
            }
        )
        return
    table = Table(
        title=f"{loaded.name}: the past again, {futures:,} futures, seed {seed}",
        title_justify="left",
        box=None,
        pad_edge=False,
    )
    for heading, width in (
        ("series", 30),
        ("n", 4),
        ("rmse", 8),
        ("bias", 8),
        ("crps", 8),
        ("in 90 %", 7),
        ("sd", 8),
    ):
        table.add_column(heading, width=width, justify="left" if heading == "series" else "right", overflow="fold")
    for one in found:
        figures = (f"{value:.4g}" for value in (one.rmse, one.bias, one.crps))
        table.add_row(
            f"{one.series} [{one.unit}]".replace("[", "\\["),
            str(one.count),
            *figures,
            f"{one.coverage:.2f}",
            f"{one.spread:.4g}",
        )
    screen = console()
    screen.print(table)
    screen.print(f"status: {', '.join(f'{name} {number}' for name, number in ran.status.items())}", markup=False)
