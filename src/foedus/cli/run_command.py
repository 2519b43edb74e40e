"""`foedus run`: answer a case's questions."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from foedus.cli.common import FiniteNumber, console, emit_json, json_option, names_option, progress_bar
from foedus.errors import InputError, Problem
from foedus.files import require_folder, write_text

__all__ = ["command"]


@click.command("run")
@click.argument("case")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True, help="How many futures.")
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    help="Of all random streams; the same seed gives the same bits.",
)
@click.option(
    "--scenario",
    "-s",
    "scenarios",
    multiple=True,
    help="Only these, beside the baseline. May be given again.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A scenario of your own, e.g. --set 'contingent=50000 person'.",
)
@click.option(
    "--without-source",
    "without",
    multiple=True,
    metavar="NAME",
    help="Leave out a source and all who only repeat it. May be given again.",
)
@click.option("--threads", type=int, default=0, help="0: one per core.")
@click.option("--chunk", type=int, default=0, help="Futures per piece of work; changes no result.")
@click.option(
    "--design",
    type=click.Choice(["random", "lhs", "sobol"]),
    default="random",
    show_default=True,
    help="Of the parameters.",
)
@click.option(
    "--engine",
    type=click.Choice(["compiled", "reference"]),
    default="compiled",
    show_default=True,
    help="Same bits, other speed.",
)
@click.option(
    "--posterior",
    default=None,
    help="A file of `foedus calibrate` to draw from instead of the priors; `none` for the priors.",
)
@click.option(
    "--documents",
    type=click.Path(),
    default=None,
    help="A folder with the documents, so that quotes can be shown.",
)
@click.option(
    "--report",
    "-o",
    type=click.Path(dir_okay=False),
    default=None,
    help="Where to write the report.  [default: report.html]",
)
@click.option("--no-report", is_flag=True, help="Write no report.")
@click.option("--full", "is_full", is_flag=True, help="Print the report with its appendix; a screen shows it anyway.")
@click.option(
    "--save",
    type=click.Path(),
    default=None,
    help="Write answers, draws of parameters, trajectories: FILE.nc (NetCDF), .zarr, .parquet, .csv.",
)
@click.option(
    "--keep", "kept", multiple=True, metavar="NAME", help="With --save: trajectories of this variable too; `all` for all."
)
@click.option(
    "--precision", type=click.Choice(["single", "double"]), default="single", show_default=True, help="Of trajectories."
)
@click.option(
    "--allow-failures",
    "allowed",
    type=FiniteNumber(0, 100),
    default=1.0,
    show_default=True,
    metavar="PERCENT",
    help="Exit with 1 when more of the futures failed.",
)
@click.option("--trajectories", type=int, default=2000, show_default=True, help="Of how many futures to keep trajectories.")
@names_option
@json_option
def command(
    case: str,
    futures: int,
    seed: int,
    scenarios: tuple[str, ...],
    settings: tuple[str, ...],
    without: tuple[str, ...],
    threads: int,
    chunk: int,
    design: str,
    engine: str,
    posterior: str | None,
    documents: str | None,
    report: str | None,
    no_report: bool,
    is_full: bool,
    save: str | None,
    kept: tuple[str, ...],
    precision: str,
    allowed: float,
    trajectories: int,
    names: bool,
    as_json: bool,
) -> None:
    """Answer the questions of CASE: a case's name, its folder, or a model file."""
    from foedus.case import load
    from foedus.ensemble.save import check_target
    from foedus.history.run import run_with_past
    from foedus.show.document import finding_document
    from foedus.show.failed import too_many_failed
    from foedus.show.report import report_html
    from foedus.show.table import answer_table
    from foedus.show.without import without_view
    from foedus.study.run import RunOptions

    wants_report = not no_report and (report is not None or not as_json)
    if wants_report:
        require_folder(report or "report.html")
    if save is not None:
        check_target(save)
    elif kept:
        message = "there is no file to keep the trajectories in."
        raise InputError(
            Problem("--keep", 0, 0, "nothing-to-save", message, "Name one with --save, for example --save futures.nc.")
        )
    own = _own_scenario(settings)
    options = RunOptions(
        futures,
        seed,
        (*scenarios, *(["own"] if own and scenarios else [])),
        without,
        documents,
        threads,
        chunk,
        design,
        engine,
        trajectories if wants_report or save is not None else 0,
        save,
        tuple(name.strip() for one in kept for name in _names(one)),
        precision,
    )
    ran = run_with_past(load(case, extra=own, posterior=posterior), options, progress_bar)
    if wants_report:
        write_text(Path(report or "report.html"), report_html(ran.finding, is_full))
    if as_json:
        emit_json(finding_document(ran.finding))
    else:
        screen = console()
        screen.print(answer_table(ran.finding, names=names), crop=False)
        if ran.weighed:
            screen.print(ran.weighed, markup=False)
        if ran.finding.without is not None:
            screen.print(without_view(ran.finding))
        if wants_report:
            screen.print(f"Report: {report or 'report.html'}", markup=False)
    many = too_many_failed(ran.failed_shares, allowed)
    for words in many:
        click.echo(words, err=True)
    if many:
        sys.exit(1)


def _names(text: str) -> list[str]:
    """The names in a list parted by commas; a comma between brackets parts the elements of one name."""
    return re.findall(r"[^,\[]+(?:\[[^\]]*\])?", text)


def _own_scenario(settings: tuple[str, ...]) -> list[str]:
    """The scenario that `--set` spells."""
    for setting in settings:
        if "=" not in setting or "\n" in setting or "{" in setting or "}" in setting:
            help = "Write NAME=VALUE, for example 'arrivals=50000 person' or 'supply=0 from 2025-01-01'."
            raise InputError(Problem("--set", 0, 0, "bad-setting", f"`{setting}` is no override.", help))
    return [f'scenario own "As set" {{ {", ".join(settings)} }}'] if settings else []
