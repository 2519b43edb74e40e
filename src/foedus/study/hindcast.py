"""The same equations from an earlier date, to be held against what was observed since."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.nearness import Nearness
from foedus.case import Case
from foedus.compile import Program
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem
from foedus.model import Options, compile_model
from foedus.study.nearness import nearness
from foedus.study.simulate import simulate_case

__all__ = ["HeldPast", "hindcast", "hold_past", "past_program"]


def hindcast(case: Case, name: str = "", futures: int = 500, seed: int = 0, engine: str = "compiled") -> Futures:
    """Run a hindcast: the same equations from an earlier date, with trajectories, for comparison with the series.

    The posterior stays out: it knows what the hindcast is held against.

    Args:
        name: which hindcast of the model; "" takes the first.
        engine: "compiled" or "reference".
    Raises:
        InputError: the model declares no hindcast, or none of this name.
    """
    known = [statement.name for statement in case.tree.all(t.Hindcast)]
    if not known:
        message, help = "the model declares no hindcast.", "Add `hindcast NAME from … to …`."
        raise InputError(Problem(case.name, 0, 0, "no-hindcast", message, help))
    program = past_program(case, Options(hindcast=name or known[0]))
    slot = next((one for one in program.scenarios if one.name == "history"), program.scenarios[0])
    settings = Settings(futures, seed, engine=engine, trajectories=futures)
    return simulate_case(case, settings, (slot,), program, on_priors=True)


def past_program(case: Case, options: Options) -> Program:
    """The program of a hindcast: of the text alone, for no stock begins there as the past left it."""
    return compile_model(case.tree, options)


@dataclass(frozen=True, eq=False)
class HeldPast:
    """A hindcast, and how near it passes to each observed series."""

    case: str
    futures: Futures
    near: tuple[Nearness, ...]


def hold_past(case: Case, name: str = "", futures: int = 1000, seed: int = 0) -> HeldPast:
    """Run a hindcast and hold it against the series.

    Raises:
        InputError: the model declares no hindcast, or none of this name; or too few futures ended well.
    """
    ran = hindcast(case, name, futures, seed)
    return HeldPast(case.name, ran, nearness(case, ran))
