"""`foedus calibrate`: fit a case to what was observed."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import click

from foedus import extras
from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.files import require_folder, write_text

__all__ = ["command"]


@click.command("calibrate")
@click.argument("case")
@click.option("--hindcast", default=None, help="Which past; without it, the first hindcast, else the model's own run.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Use nothing that became known later.")
@click.option("--method", type=click.Choice(["smoother", "sampler"]), default="smoother", show_default=True)
@click.option("--members", "-n", type=int, default=1000, show_default=True)
@click.option("--passes", type=int, default=4, show_default=True, help="Over the observations; of a sampler, 250 steps each.")
@click.option("--refinements", type=int, default=10, show_default=True, help="Of each member, after the passes.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same posterior.")
@click.option("--seeds", type=int, default=1, show_default=True, help="So many calibrations, from --seed on: their spread.")
@click.option(
    "--widths",
    type=click.Choice(["learned", "assumed"]),
    default=None,
    help="Of luck: learn its scales, or leave them at their priors.  [default: as backtest.toml says, else learned where they can be]",
)
@click.option("--sbc", type=int, default=0, help="Instead: rank so many made-up truths (simulation-based calibration).")
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False),
    default=None,
    help="[default: posterior.nc in the case's folder; calibrated.nc where that is adopted]",
)
@click.option("--report", type=click.Path(dir_okay=False), default=None, help="Write charts: FILE.html.")
@click.option("--small", is_flag=True, help="Keep only what a run draws from: a file to ship.")
@click.option("--adopt", is_flag=True, help="Declare the posterior as the case's prior, by name and digest.")
@json_option
def command(
    case: str,
    hindcast: str | None,
    until: datetime.datetime | None,
    method: str,
    members: int,
    passes: int,
    refinements: int,
    seed: int,
    seeds: int,
    widths: str | None,
    sbc: int,
    output: str | None,
    report: str | None,
    small: bool,
    adopt: bool,
    as_json: bool,
) -> None:
    """Fit CASE to what it declares as observed, and write the posterior."""
    # Members run in threads of our own; a second set inside the linear algebra only stands in their way, and its number may change bits.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if method == "sampler":
        extras.require("history", "the sampler", "emcee", "arviz_stats")
    if seeds > 1 and not sbc:
        extras.require("history", "a comparison of several seeds", "arviz_stats")
    from foedus.case import load
    from foedus.history.calibrated import FitSettings, calibrate_case, rank_truths
    from foedus.history.calibrated_view import (
        calibrated_document,
        calibrated_html,
        calibrated_view,
        ranked_document,
        ranked_html,
        ranked_view,
    )

    loaded = load(case, posterior="none")
    for target in (output, report):
        if target is not None:
            require_folder(target)
    day = until.date() if until is not None else None
    learns = widths == "learned" if widths else None
    settings = FitSettings(hindcast, day, method, members, passes, refinements, seed, learns)
    if sbc:
        with progress_bar("Ranking made-up truths") as progress:
            ranked = rank_truths(loaded, sbc, settings, progress)
        if report is not None:
            write_text(Path(report), ranked_html(ranked))
        emit_json(ranked_document(ranked)) if as_json else console().print(ranked_view(ranked))
        return
    found = calibrate_case(loaded, settings, seeds=seeds, output=output, is_small=small, is_adopted=adopt, stage=progress_bar)
    if report is not None:
        write_text(Path(report), calibrated_html(found))
    if as_json:
        emit_json(calibrated_document(found))
        return
    screen = console()
    screen.print(calibrated_view(found))
    screen.print(f"Posterior: {found.path}\nsha256 {found.digest}", markup=False, soft_wrap=True)
