"""`foedus run`: answer a case's questions."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.common import Number, console, emit_json, json_option, progress_bar
from foedus.errors import CaseError, InputError, Problem
from foedus.files import write_text

if TYPE_CHECKING:
    from foedus.analysis.spread import Rivals
    from foedus.ensemble import Futures

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
    type=Number(0, 100),
    default=1.0,
    show_default=True,
    metavar="PERCENT",
    help="Exit with 1 when more of the futures failed.",
)
@click.option("--trajectories", type=int, default=2000, show_default=True, help="Of how many futures to keep trajectories.")
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
    as_json: bool,
) -> None:
    """Answer the questions of CASE: a case's name, its folder, or a model file."""
    from foedus.case import load
    from foedus.case.series import series_problems
    from foedus.ensemble.save import check_size, check_target
    from foedus.history.earlier import with_earlier
    from foedus.study.common import on_common_ground
    from foedus.study.finding import make_finding
    from foedus.study.futures import run_futures
    from foedus.study.rivals import run_rivals
    from foedus.study.simulate import program_keeping
    from foedus.study.without import without_of

    wants_report = not no_report and (report is not None or not as_json)
    _check_target(report or "report.html", wants_report)
    if save is not None:
        check_target(save)
    elif kept:
        message = "there is no file to keep the trajectories in."
        raise InputError(
            Problem("--keep", 0, 0, "nothing-to-save", message, "Name one with --save, for example --save futures.nc.")
        )
    own = _own_scenario(settings)
    loaded = load(case, extra=own, posterior=posterior)
    names = [*scenarios, *(["own"] if own and scenarios else [])]
    if problems := series_problems(loaded):  # they are read after the run; a refusal then would cost the whole of it
        raise CaseError(problems)
    left, grounds = loaded, ""
    if without:
        loaded, left, grounds = on_common_ground(loaded, loaded.without(*without))
    paths = trajectories if wants_report or save is not None else 0
    keep = tuple(name.strip() for one in kept for name in _names(one)) if save is not None else ()
    if save is not None:
        program = program_keeping(left, keep)
        check_size(save, program, len(left.scenarios(names, program)), futures, paths, precision == "double")
    run = partial(
        run_futures, futures=futures, seed=seed, scenarios=names, threads=threads, chunk=chunk, design=design, engine=engine
    )
    with progress_bar("Running futures") as progress:
        ran = run(left, trajectories=paths, keep=keep, precision=precision, progress=progress)
    with progress_bar("Running rival structures") as progress:
        rivals = run_rivals(left, futures, seed, threads, design, scenarios=names, progress=progress)
    finding = make_finding(left, ran, documents=documents, rivals=rivals)
    if without:
        with progress_bar("Running the same futures with all sources") as progress:
            whole = run(loaded, trajectories=0, progress=progress)
        finding = replace(finding, without=without_of(loaded, left, whole, ran))
        finding = replace(finding, warnings=(grounds, *finding.warnings)) if grounds else finding
    if save is not None:
        ran.save(save)
    finding = with_earlier(loaded, finding)
    if wants_report:
        from foedus.history.track_record import track_record_of
        from foedus.show.report import report_html

        finding = replace(finding, record=track_record_of(loaded))
        write_text(Path(report or "report.html"), report_html(finding, is_full))
    if as_json:
        from foedus.show.document import finding_document

        emit_json(finding_document(finding))
        _stop_if_failed(ran, rivals, allowed)
        return
    from foedus.show.table import answer_table

    screen = console()
    screen.print(answer_table(finding))
    if left.weighed is not None and ran.chains:
        screen.print(left.weighed.summary(left.tree), markup=False, soft_wrap=True)
    if finding.without is not None:
        from foedus.show.without import without_view

        screen.print(without_view(finding))
    if wants_report:
        screen.print(f"Report: {report or 'report.html'}", markup=False)
    _stop_if_failed(ran, rivals, allowed)


def _stop_if_failed(ran: Futures, rivals: Rivals | None, allowed: float) -> None:
    """End with 1 where too many futures failed, in the run or in a rival structure: what is said rests on the others only."""
    shares = {} if rivals is None else {name: rivals.failed(name) / rivals.futures.count for name in rivals.variants}
    many = {f" in the rival structure `{name}`": share for name, share in shares.items() if 100 * share > allowed}
    if 100 * ran.failed_share > allowed:  # where these fail, they fail under every rival too
        many = {"": ran.failed_share}
    for where, share in many.items():
        rests = "what it says rests" if where else "the answers rest"
        click.echo(
            f"{share:.1%} of the futures failed{where}, more than {allowed:g} %: {rests} on the others only. "
            "Mend the model, or allow more with --allow-failures PERCENT.",
            err=True,
        )
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


def _check_target(report: str, wanted: bool) -> None:
    """Refuse a report that could not be written before the work, not after it."""
    folder = Path(report).parent
    if wanted and not folder.is_dir():
        raise InputError(
            Problem(
                report,
                0,
                0,
                "cannot-write",
                f"there is no folder {folder}.",
                "Make it, or choose another place.",
            )
        )
