"""The same equations from an earlier date, to be held against what was observed since."""

from __future__ import annotations

from foedus.case import Case
from foedus.constructs import tree as t
from foedus.ensemble import Futures, Settings
from foedus.errors import InputError, Problem
from foedus.model import Options, compile_model
from foedus.study.simulate import simulate_case

__all__ = ["hindcast"]


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
    program = compile_model(case.tree, Options(hindcast=name or known[0]))
    slot = next((one for one in program.scenarios if one.name == "history"), program.scenarios[0])
    settings = Settings(futures, seed, engine=engine, trajectories=futures)
    return simulate_case(case, settings, (slot,), program, on_priors=True)
