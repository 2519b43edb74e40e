"""A calibration from settings to files: a chain for each seed, what they moved, and the case's prior where it is adopted."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from foedus.case import Case
from foedus.case.posterior import ADOPTED, adopted_posterior
from foedus.errors import InputError, Problem
from foedus.files import real_path, write_text
from foedus.history.archive import save_posteriors
from foedus.history.calibration import calibrate
from foedus.history.posterior import Posterior
from foedus.history.ranks import TruthRanks, rank_case
from foedus.history.summary import Fitted, MovedParameter, fitted_series, moved_parameters, seed_r_hat
from foedus.study.run import Stage, unseen
from foedus.study.simulate import Progress
from foedus.wording import counted

__all__ = ["Calibrated", "FitSettings", "RankedTruths", "calibrate_case", "rank_truths"]


@dataclass(frozen=True)
class FitSettings:
    """How a case is calibrated; as of `calibrate`. `learns_widths` None: as the case's `backtest.toml` says, or where they can be."""

    hindcast: str | None = None
    until: datetime.date | None = None
    method: str = "smoother"
    members: int = 1000
    passes: int = 4
    refinements: int = 10
    seed: int = 0
    learns_widths: bool | None = None


@dataclass(frozen=True, eq=False)
class Calibrated:
    """A calibration that was written.

    Attributes:
        case: its name.
        chains: one for each seed.
        moved: parameters, what moved most first; fitted: the observed series.
        r_hat: by parameter, between seeds; of several.
        path, digest: of the file.
    """

    case: str
    chains: tuple[Posterior, ...]
    moved: tuple[MovedParameter, ...]
    fitted: tuple[Fitted, ...]
    r_hat: Mapping[str, float]
    path: Path
    digest: str


@dataclass(frozen=True, eq=False)
class RankedTruths:
    """The ranks of made-up truths of a case."""

    case: str
    ranks: TruthRanks
    replicates: int
    settings: FitSettings


def calibrate_case(
    case: Case,
    settings: FitSettings,
    *,
    seeds: int = 1,
    output: str | None = None,
    is_small: bool = False,
    is_adopted: bool = False,
    stage: Stage = unseen,
) -> Calibrated:
    """Fit a case to what was observed, and write the posterior.

    Args:
        seeds: so many calibrations, from that of the settings on. Each keeps a checkpoint beside the posterior: one that was killed goes on.
        output: the file; None takes that of the case.
        is_small: keep only what a run draws from.
        is_adopted: declare the posterior as the case's prior.
    Raises:
        InputError: nothing was observed, the file is the posterior that the case has adopted, or it cannot be written.
    """
    if seeds < 1:
        raise InputError(
            Problem("--seeds", 0, 0, "bad-seeds", f"{counted(seeds, 'calibration')} cannot be made.", "Use 1 or more.")
        )
    path = _target(case, output, is_adopted)
    chains = []
    for seed in range(settings.seed, settings.seed + seeds):
        with stage(f"Calibrating, seed {seed}") as progress:
            own = _options(replace(settings, seed=seed))
            chains.append(calibrate(case, **own, checkpoint=_checkpoint(path, seed), progress=progress))
    digest = save_posteriors(chains, path, is_small=is_small)
    for one in chains:
        _checkpoint(path, one.setup.seed).unlink(missing_ok=True)
    if is_adopted:
        _adopt(case, path, digest)
    return Calibrated(case.name, tuple(chains), moved_parameters(chains), fitted_series(chains), seed_r_hat(chains), path, digest)


def rank_truths(case: Case, replicates: int, settings: FitSettings, progress: Progress | None = None) -> RankedTruths:
    """Simulation-based calibration: the rank of made-up truths among the members of what is fitted to them."""
    ranks = rank_case(case, replicates, **_options(settings), progress=progress)
    return RankedTruths(case.name, ranks, replicates, settings)


def _options(settings: FitSettings) -> dict[str, Any]:
    """The settings by name, as `calibrate` and `rank_case` take them."""
    return {one.name: getattr(settings, one.name) for one in fields(settings)}


def _checkpoint(path: Path, seed: int) -> Path:
    return path.with_name(f".{path.name}.{seed}.part")


def _target(case: Case, output: str | None, is_adopted: bool) -> Path:
    """Where the posterior goes: never over the one that the case has adopted, unless it is to be adopted in its place."""
    folder = case.folder.folder
    adopted = None if is_adopted else adopted_posterior(folder)
    if output is None:
        return folder / ("posterior.nc" if adopted is None else "calibrated.nc")
    if adopted is not None and real_path(output) == real_path(adopted.path):
        message = "this is the posterior that the case has adopted; its runs would refuse another one."
        raise InputError(Problem(output, 0, 0, "adopted-posterior", message, "Add --adopt, or choose another file."))
    return Path(output)


def _adopt(case: Case, path: Path, digest: str) -> None:
    """Declare the posterior in the case's folder."""
    folder = case.folder.folder
    if real_path(path).parent != real_path(folder):
        message = f"the posterior lies in {path.parent}, outside the case's folder."
        raise InputError(Problem(str(path), 0, 0, "not-in-case", message, f"Write it to {folder}, then adopt it."))
    text = f'# The posterior that stands in for priors; made by `foedus calibrate`.\nfile = "{path.name}"\nsha256 = "{digest}"\n'
    write_text(folder / ADOPTED, text)
