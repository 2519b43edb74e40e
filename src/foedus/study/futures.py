"""The futures of a case themselves: every answer, parameter and trajectory of a run."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from functools import partial

from foedus.case import Case
from foedus.ensemble import Futures, Settings
from foedus.study.finding import make_finding
from foedus.study.simulate import Progress, program_keeping, simulate_case

__all__ = ["TRAJECTORIES", "run_futures"]

TRAJECTORIES = 2000  # of so many futures, unless told


def run_futures(
    case: Case,
    futures: int = 1000,
    seed: int = 0,
    scenarios: Sequence[str] | None = None,
    *,
    threads: int = 0,
    chunk: int = 0,
    design: str = "random",
    engine: str = "compiled",
    trajectories: bool | int = True,
    keep: str | Sequence[str] = (),
    precision: str = "single",
    progress: Progress | None = None,
) -> Futures:
    """Run an ensemble; every scenario sees the same futures.

    Args:
        futures: how many.
        seed: of all random streams; the same seed gives the same bits.
        scenarios: names; None takes all. The baseline always comes first.
        threads: 0 takes one per core.
        chunk: futures per piece of work; changes no result.
        design: of the parameters: "random", "lhs", "sobol".
        engine: "compiled" or "reference".
        trajectories: keep trajectories of the first futures (True: of 2,000)?
        keep: variables whose trajectories are kept beside those of charts and series; "all" for all.
        precision: of the trajectories: "single" or "double".
        progress: called with (futures done, futures in all).
    Raises:
        InputError: there is no such scenario, variable, design, engine or precision.
    """
    kept = TRAJECTORIES if trajectories is True else int(trajectories)
    settings = Settings(futures, seed, threads, chunk, design, engine, kept, precision)
    program = program_keeping(case, keep)
    ran = simulate_case(case, settings, case.scenarios(scenarios, program), program, progress=progress)
    return dataclasses.replace(ran, draw=partial(_drawn, case))


def _drawn(case: Case, futures: Futures) -> str:
    """The futures as a notebook shows them."""
    from foedus.show.notebook import html_summary

    return html_summary(make_finding(case, futures))
