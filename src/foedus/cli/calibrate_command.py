"""`foedus calibrate`: fit a case to what was observed."""

from __future__ import annotations

import datetime
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus import extras
from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import InputError, Problem
from foedus.files import real_path, write_text

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.history import Posterior
    from foedus.history.ranks import Ranks
    from foedus.history.summary import Fitted, Moved

__all__ = ["command"]

_SHOWN = 20


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

    loaded = load(case, posterior="none")
    day = until.date() if until is not None else None
    settings = {
        "hindcast": hindcast,
        "until": day,
        "method": method,
        "members": members,
        "passes": passes,
        "refinements": refinements,
        "seed": seed,
    }
    for target in (output, report):
        if target is not None and not Path(target).parent.is_dir():
            message = f"there is no folder {Path(target).parent}."
            raise InputError(Problem(target, 0, 0, "cannot-write", message, "Make it, or choose another place."))
    if sbc:
        _ranked(loaded, settings, sbc, report, as_json)
        return
    if seeds < 1:
        raise InputError(Problem("--seeds", 0, 0, "bad-seeds", f"{seeds} calibrations cannot be made.", "Use 1 or more."))
    path = _target(loaded, output, adopt)
    chains = _calibrated(loaded, settings, seeds, path)
    _told(loaded, chains, path, report, small, adopt, as_json)


def _target(case: Case, output: str | None, adopt: bool) -> Path:
    """Where the posterior goes: never over the one that the case has adopted, unless it is to be adopted in its place."""
    from foedus.case.posterior import adopted_posterior

    folder = case.folder.folder
    adopted = None if adopt else adopted_posterior(folder)
    if output is None:
        return folder / ("posterior.nc" if adopted is None else "calibrated.nc")
    if adopted is not None and real_path(output) == real_path(adopted.path):
        message = "this is the posterior that the case has adopted; its runs would refuse another one."
        raise InputError(Problem(output, 0, 0, "adopted-posterior", message, "Add --adopt, or choose another file."))
    return Path(output)


def _calibrated(case: Case, settings: dict[str, Any], seeds: int, path: Path) -> list[Posterior]:
    """One calibration per seed; each keeps a checkpoint beside the posterior, so that one that was killed goes on."""
    from foedus.history import calibrate

    chains = []
    for number in range(seeds):
        own = {**settings, "seed": settings["seed"] + number}
        checkpoint = path.with_name(f".{path.name}.{own['seed']}.part")
        with progress_bar(f"Calibrating, seed {own['seed']}") as progress:
            chains.append(calibrate(case, **own, checkpoint=checkpoint, progress=progress))
    return chains


def _told(case: Case, chains: list[Posterior], path: Path, report: str | None, small: bool, adopt: bool, as_json: bool) -> None:
    """Write the files, and say what was found."""
    from foedus.history.archive import save_posteriors
    from foedus.history.summary import fitted_series, moved_parameters, seed_r_hat

    digest = save_posteriors(chains, path, is_small=small)
    for one in chains:
        path.with_name(f".{path.name}.{one.setup.seed}.part").unlink(missing_ok=True)
    if adopt:
        _adopted(case, path, digest)
    moved, fitted, r_hat = moved_parameters(chains), fitted_series(chains), seed_r_hat(chains)
    if report is not None:
        _write_report(Path(report), case, chains, moved, digest)
    document = {
        "case": case.name,
        "digest": digest,
        "file": str(path),
        "setup": [asdict(one.setup) for one in chains],
        "observations": chains[0].past.count,
        "parameters": [asdict(one) for one in moved],
        "series": [asdict(one) for one in fitted],
        "statistics": [one.statistics for one in chains],
        "r_hat": r_hat,
        "failed": [int((~one.prediction.is_ok).sum()) for one in chains],
    }
    if as_json:
        emit_json(document)
        return
    _print(case, chains, moved, fitted, r_hat, path, digest)


def _adopted(case: Case, path: Path, digest: str) -> None:
    """Declare the posterior in the case's folder."""
    from foedus.case.posterior import ADOPTED

    folder = case.folder.folder
    if real_path(path).parent != real_path(folder):
        message = f"the posterior lies in {path.parent}, outside the case's folder."
        raise InputError(Problem(str(path), 0, 0, "not-in-case", message, f"Write it to {folder}, then adopt it."))
    text = f'# The posterior that stands in for priors; made by `foedus calibrate`.\nfile = "{path.name}"\nsha256 = "{digest}"\n'
    write_text(folder / ADOPTED, text)


def _print(
    case: Case,
    chains: list[Posterior],
    moved: tuple[Moved, ...],
    fitted: tuple[Fitted, ...],
    r_hat: dict[str, float],
    path: Path,
    digest: str,
) -> None:
    from rich.markup import escape
    from rich.table import Table

    from foedus.distributions.base import short_number

    screen, setup = console(), chains[0].setup
    span = f"{setup.hindcast or 'the run itself'}{f', known by {setup.until}' if setup.until else ''}"
    screen.print(
        f"{case.name}: {span}; {chains[0].past.count} observations, {setup.members:,} members, "
        f"{len(chains)} seed{'s' if len(chains) > 1 else ''} from {setup.seed} on",
        markup=False,
    )
    table = Table(box=None, pad_edge=False, title="What might have been observed", title_justify="left")
    for heading in ("series", "n", "rmse", "bias", "in 90 %", "p mean", "p sd", "p change"):
        table.add_column(heading, justify="left" if heading == "series" else "right", overflow="fold")
    for one in fitted:
        figures = (
            f"{one.rmse:.3g}",
            f"{one.bias:.3g}",
            f"{one.coverage:.2f}",
            f"{one.mean_p:.2f}",
            f"{one.spread_p:.2f}",
            f"{one.change_p:.2f}",
        )
        table.add_row(escape(one.name), str(one.count), *figures)
    screen.print(table)
    table = Table(
        box=None, pad_edge=False, title=f"Parameters that moved most, of {len(moved)}: 5, 50, 95 %", title_justify="left"
    )
    for heading in ("parameter", "prior", "posterior", *(("between",) if len(chains) > 1 else ())):
        table.add_column(heading, justify="left" if heading == "parameter" else "right", overflow="fold")
    for row in moved[:_SHOWN]:
        between = () if row.between is None else (f"{row.between:.2f}",)
        table.add_row(
            escape(row.name), *(" ".join(map(short_number, three)) for three in (row.prior, row.posterior)), *between, style=None
        )
    screen.print(table)
    if len(chains) > 1:
        worst = max(r_hat, key=lambda name: r_hat[name])
        screen.print(
            f"between: sd of the mean between seeds, in prior sd; R-hat between seeds at most {r_hat[worst]:.3f} ({worst})",
            markup=False,
        )
    screen.print(f"Posterior: {path}\nsha256 {digest}", markup=False, soft_wrap=True)


def _write_report(path: Path, case: Case, chains: list[Posterior], moved: tuple[Moved, ...], digest: str) -> None:
    import numpy as np

    from foedus.show.calibration_report import ParameterRow, SeriesBand, calibration_html

    replicas = [one.replicated(1) for one in chains]
    bands = []
    for place, one in enumerate(chains[0].past.observed):
        if one.slot.series and len(one.values):
            drawn = np.concatenate([replica[place] for replica in replicas], axis=1)
            quantiles = np.nanquantile(drawn, (0.05, 0.25, 0.5, 0.75, 0.95), axis=1)
            bands.append(SeriesBand(one.slot.name, one.slot.unit, one.dates, one.values, quantiles))
    setup = chains[0].setup
    facts = {
        "Method": f"{setup.method}, {setup.members:,} members, {len(chains)} seeds",
        "Known by": setup.until or "everything",
        "Observations": str(chains[0].past.count),
        "SHA-256": digest,
    }
    rows = [ParameterRow(one.name, one.unit, one.prior, one.posterior) for one in moved]
    write_text(path, calibration_html(f"{case.name}: calibration", facts, bands, rows))


def _ranked(case: Case, settings: dict[str, Any], replicates: int, report: str | None, as_json: bool) -> None:
    """Simulation-based calibration: ranks, tests, and what they say."""
    from foedus.history.ranks import rank_case

    with progress_bar("Ranking made-up truths") as progress:
        ranks = rank_case(case, replicates, progress=progress, **settings)
    passed, smallest = ranks.verdict()
    if report is not None:
        _write_ranks(Path(report), case, ranks)
    if as_json:
        kinds = {
            kind: dict(zip(("passed", "smallest_p"), ranks.verdict(kind), strict=True)) for kind in ("parameters", "predictions")
        }
        emit_json(
            {
                "case": case.name,
                "replicates": replicates,
                "passed": passed,
                "smallest_p": smallest,
                **kinds,
                "settings": {**settings, "until": str(settings["until"] or "")},
                "quantities": [asdict(test) for test in ranks.tests()],
            }
        )
        return
    from rich.markup import escape
    from rich.table import Table

    table = Table(
        box=None,
        pad_edge=False,
        title=f"{case.name}: ranks of {replicates} made-up truths, the least uniform first",
        title_justify="left",
    )
    for heading in ("quantity", "chi²", "KS", "mean", "spread"):
        table.add_column(heading, justify="left" if heading == "quantity" else "right", overflow="fold")
    for test in sorted(ranks.tests(), key=lambda one: min(one.chi_square, one.ks))[:_SHOWN]:
        table.add_row(escape(test.name), f"{test.chi_square:.3f}", f"{test.ks:.3f}", f"{test.mean:.2f}", f"{test.spread:.2f}")
    screen = console()
    screen.print(table)
    for kind in ("parameters", "predictions"):
        is_uniform, least = ranks.verdict(kind)
        words = f"{kind}: {'uniform' if is_uniform else 'NOT uniform'} (smallest p-value after Holm {least:.3f}, level 0.01)"
        screen.print(words, markup=False)


def _write_ranks(path: Path, case: Case, ranks: Ranks) -> None:
    from foedus.show.calibration_report import RankRow, calibration_html

    rows = [RankRow(test.name, row, min(test.chi_square, test.ks)) for test, row in zip(ranks.tests(), ranks.ranks, strict=True)]
    passed, smallest = ranks.verdict()
    facts = {
        "Replicates": str(ranks.ranks.shape[1]),
        "Verdict": f"{'uniform' if passed else 'not uniform'}, p = {smallest:.3f} (Holm)",
    }
    write_text(path, calibration_html(f"{case.name}: ranks of made-up truths", facts, (), (), rows))
