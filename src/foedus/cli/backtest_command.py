"""`foedus backtest`: forecasts from the past, frozen, then scored against what came and against naive forecasts."""

from __future__ import annotations

import os
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from foedus import extras
from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import InputError, Problem
from foedus.files import write_text

__all__ = ["command"]


@click.command("backtest")
@click.argument("case")
@click.option(
    "--origins",
    default="",
    help="FROM..TO (monthly), FROM..TO every 14 days, or days.  [default: those of backtest.toml]",
)
@click.option("--horizons", default="", help="Weeks ahead, with commas.  [default: those of backtest.toml, or 4,13,26]")
@click.option("--members", type=int, default=300, show_default=True, help="Of the calibration at every origin.")
@click.option("--passes", type=int, default=4, show_default=True, help="Of the calibration at every origin.")
@click.option("--refinements", type=int, default=10, show_default=True, help="Of each member, after the passes.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same digest.")
@click.option("--hindsight", is_flag=True, help="Keep priors that were fitted to later data, to see what that is worth.")
@click.option("--output", "-o", type=click.Path(file_okay=False), default=None, help="A folder for the frozen forecasts.")
@click.option("--resume", is_flag=True, help="With -o: leave the forecasts that are there, if they are those that would be made.")
@click.option("--keep", is_flag=True, help="Keep the record in the case's folder, for `foedus record`.")
@json_option
def command(
    case: str,
    origins: str,
    horizons: str,
    members: int,
    passes: int,
    refinements: int,
    seed: int,
    hindsight: bool,
    output: str | None,
    resume: bool,
    keep: bool,
    as_json: bool,
) -> None:
    """Forecast the observed series of CASE from days in its past, with what was known then.

    Each forecast is frozen before it is scored: CRPS, log score, Brier, coverage, PIT, tails, and skill against the naive forecast
    declared for the series (the best of all stands beside it), with a bootstrap interval over blocks of origins; and a pool of them.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded: sums in another order are other bits, hence another digest
    extras.require("history", "a backtest (its naive forecasts)", "statsmodels")
    from foedus.case import load
    from foedus.history.backtest import freeze_origins, read_frozen_series
    from foedus.history.forecaster import Effort
    from foedus.history.origins import read_plan
    from foedus.history.record import make_record, record_path

    loaded = load(case)
    plan = read_plan(loaded, origins, horizons)
    effort = Effort(members, passes, refinements, seed, hindsight)
    if keep and hindsight:
        message = "a record with hindsight is no record of what could have been forecast."
        raise InputError(Problem("--keep", 0, 0, "no-record-with-hindsight", message, "Leave one of the two out."))
    if resume and not output:
        message = "there is nothing to resume without a folder that holds the forecasts."
        raise InputError(Problem("--resume", 0, 0, "nothing-to-resume", message, "Name it with -o."))
    with (
        nullcontext(_folder(output)) if output else tempfile.TemporaryDirectory(prefix="foedus-") as place,
        progress_bar("Forecasting from the past") as progress,
    ):
        files = freeze_origins(loaded, plan, effort, Path(place), _write, resumes=resume, progress=progress)
        record = make_record(loaded, plan, effort, [read_frozen_series(path) for path in files])
    if keep:
        _write(record_path(loaded), record)
    if as_json:
        emit_json(record)
        return
    from foedus.cli.record_command import print_record

    print_record(record)
    if keep:
        console().print(f"Kept: {record_path(loaded)}", markup=False)


def _folder(output: str) -> Path:
    path = Path(output)
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder cannot be made: {error.strerror or error}."
        raise InputError(Problem(output, 0, 0, "cannot-write", message, "Choose another place.")) from None
    return path


def _write(path: Path, document: dict[str, Any]) -> None:
    from foedus.history.digests import document_text

    write_text(path, document_text(document))
