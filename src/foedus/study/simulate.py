"""The one way from a case to futures: its pools, and its posterior where it has one, cannot be forgotten on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from foedus.case import Case
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot
from foedus.ensemble import Futures, Joint, Settings, run_ensemble
from foedus.model import Options

__all__ = ["Progress", "Told", "program_keeping", "simulate_case"]

Progress = Callable[[int, int], None]
"""Called with (futures done, futures in all) as work goes on."""
Told = Callable[[float], None]
"""Called with the seconds that something will take, before it starts."""


def simulate_case(
    case: Case,
    settings: Settings,
    scenarios: Sequence[ScenarioSlot],
    program: Program | None = None,
    *,
    members: Joint | None = None,
    on_priors: bool = False,
    progress: Progress | None = None,
) -> Futures:
    """The futures of a case, drawn from its pools and its posterior.

    Args:
        settings: how many, and of which seed.
        scenarios: of the program.
        program: another program of the same case; None for its own.
        members: drawn in place of the posterior.
        on_priors: leave the posterior out: it knows what the program is to be held against.
        progress: called with (futures done, futures in all).
    Raises:
        InputError: the posterior was made for another model or other data.
    """
    program = program or case.program
    laws = case.pools.laws if program is case.program else case.pools_of(program).laws
    joint = None if on_priors else members if members is not None else case.joint
    return run_ensemble(program, settings, scenarios=tuple(scenarios), pools=laws, joint=joint, progress=progress)


def program_keeping(case: Case, names: str | Sequence[str]) -> Program:
    """The program that also keeps the trajectories of some variables; "all" for all.

    Raises:
        InputError: there is no such variable.
    """
    if not names:
        return case.program
    wanted = (names,) if isinstance(names, str) else tuple(names)
    return case.compiled(Options(save="all") if "all" in wanted else Options(keep=wanted))
