"""What the futures of a case say: the answers to its questions, with all that they rest on."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.analysis.finding import Finding
from foedus.case import Case
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.rivals import run_rivals

__all__ = ["run"]


def run(case: Case, futures: int = 1000, seed: int = 0, scenarios: Sequence[str] | None = None) -> Finding:
    """What the futures of all scenarios say; `run_futures` gives the futures themselves.

    Args:
        scenarios: names; None takes all. The baseline always comes first.
    Raises:
        InputError: there is no such scenario.
    """
    rivals = run_rivals(case, futures, seed, scenarios=scenarios or ())
    return make_finding(case, run_futures(case, futures, seed, scenarios), rivals=rivals)
