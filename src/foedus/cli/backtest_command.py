"""`foedus backtest`: forecasts from the past, frozen, then scored against what came and against naive forecasts."""

from __future__ import annotations

import os

import click

from foedus import extras
from foedus.cli.common import console, emit_json, json_option, progress_bar

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
    from foedus.history.forecaster import Effort
    from foedus.history.record_kept import backtest
    from foedus.history.record_view import record_view

    effort = Effort(members, passes, refinements, seed, hindsight)
    loaded = load(case)
    with progress_bar("Forecasting from the past") as progress:
        found = backtest(loaded, origins, horizons, effort, output=output, resumes=resume, keeps=keep, progress=progress)
    if as_json:
        emit_json(found.record)
        return
    console().print(record_view(found.record, found.ships))
    if found.kept is not None:
        console().print(f"Kept: {found.kept}", markup=False)
