"""One question, from its answers down to the claims below them."""

from __future__ import annotations

from pathlib import Path

from foedus.analysis.trace import Traced
from foedus.case import Case
from foedus.study.asked import asked_slots
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress

__all__ = ["trace"]


def trace(
    case: Case,
    question: str,
    *,
    scenario: str | None = None,
    documents: str | Path | None = None,
    futures: int = 10_000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Traced:
    """One question: its answers, what drives them, and the claims below.

    Args:
        scenario: whose answer stands beside the baseline's; None for the baseline alone.
        documents: a folder with documents that claims quote, besides the case's own.
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: there is no such question, or no such scenario.
    """
    (slot,) = asked_slots(case, [question])
    asked = scenario or case.program.scenarios[0].name
    ran = run_futures(case, futures, seed, [asked], trajectories=False, progress=progress)
    finding = make_finding(case, ran, documents=documents)
    found = next(one for one in finding.questions if one.name == slot.name)
    return Traced(case.name, found, asked, finding, futures, seed)
