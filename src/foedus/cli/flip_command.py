"""`foedus flip`: where a lever tips the answers."""

from __future__ import annotations

from dataclasses import asdict

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

__all__ = ["command"]


@click.command("flip")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option("--lever", required=True, help="The lever to move from end to end.")
@click.option("--points", type=click.IntRange(2, 101), default=11, show_default=True, help="Positions to try.")
@click.option(
    "--at", "threshold", type=click.FloatRange(0, 1), default=0.5, show_default=True, help="The chance that counts as a flip."
)
@click.option("--futures", "-n", type=int, default=2000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, questions: tuple[str, ...], lever: str, points: int, threshold: float, futures: int, seed: int,
            as_json: bool) -> None:  # fmt: skip
    """Move a lever of CASE from end to end and say where QUESTIONS (or all with a chance) become more likely than not."""
    from rich.table import Table
    from rich.text import Text

    from foedus.case import load
    from foedus.case.asked import asked_names
    from foedus.case.levers import lever_flips
    from foedus.show.words import number, unit_words

    loaded = load(case)
    known = [slot.name for slot in loaded.program.results if slot.kind == "probability"]
    asked_names(loaded.name, known, questions)
    with progress_bar("Moving the lever") as progress:
        unit, flips = lever_flips(loaded, lever, points, futures, seed, threshold, progress)
    flips = [flip for flip in flips if not questions or flip.question in questions]
    if as_json:
        emit_json({"case": loaded.name, "lever": lever, "unit": unit, "threshold": threshold, "futures": futures, "seed": seed,
                   "questions": {flip.question: asdict(flip) for flip in flips}})  # fmt: skip
        return
    table = Table(title=f"{lever} from {flips[0].positions[0]:,.6g} to {flips[0].positions[-1]:,.6g} {unit}", title_justify="left", box=None,
                  pad_edge=False)  # fmt: skip
    for heading, width in (("question", 22), ("lowest", 8), ("highest", 8), ("±", 5), (f"crosses {threshold:.0%}", 30)):
        table.add_column(heading, width=width, justify="left" if width in (22, 30) else "right", overflow="fold")
    for flip in flips:
        gap = flip.positions[1] - flip.positions[0]
        where = f"not seen in steps of {number(gap)}"
        if flip.crossings:
            where = "\n".join(f"{'up' if rises else 'down'} at {number(place, 10 * off)} ± {number(off, 10 * off)} {unit_words(unit)}"
                              for place, off, rises in flip.crossings)  # fmt: skip
        ends = (f"{min(flip.probabilities):.1%}", f"{max(flip.probabilities):.1%}", f"{100 * max(flip.errors):.1f}")
        table.add_row(Text(flip.question), *ends, where)
    console().print(table)
