"""A lever moved from end to end: where it tips the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from foedus.analysis.flip import ROUNDS, Flip, FlipSearch, chances
from foedus.analysis.levers import LeverFlips
from foedus.arrays import Array
from foedus.case import Case
from foedus.ensemble import Futures, Settings
from foedus.study.asked import question_words
from foedus.study.border import chance_slots
from foedus.study.levers import AGAIN, TIMED, futures_at, lever_slot, moved_lever, refuse_few_futures
from foedus.study.simulate import Progress, Told

__all__ = ["flip", "flip_lever"]


def flip(
    case: Case,
    lever: str,
    *,
    points: int = 5,
    futures: int = 2000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Told | None = None,
) -> tuple[Flip, ...]:
    """How the chance of every question that has one changes along a lever, and where it crosses the threshold.

    Where a crossing is seen between two of the `points`, the lever is tried again between them, a few times.

    Args:
        points: positions of the lever, from end to end.
        threshold: the chance that counts as a flip.
        progress: called with (futures done, futures in all) as work goes on.
        told: called with the seconds that it will take, at the start.
    Raises:
        InputError: there is no such lever.
        RunError: more than a few of the futures failed.
    """
    return flip_lever(
        case, lever, points=points, futures=futures, seed=seed, threshold=threshold, progress=progress, told=told
    ).flips


def flip_lever(
    case: Case,
    lever: str,
    questions: Sequence[str] = (),
    *,
    points: int = 11,
    futures: int = 2000,
    seed: int = 0,
    threshold: float = 0.5,
    progress: Progress | None = None,
    told: Told | None = None,
) -> LeverFlips:
    """The same with the lever as it was moved, of some questions; of all with a chance if none is named.

    Raises:
        InputError: there is no such question, it has no chance, or no question has one; and as of `flip`.
    """
    chance_slots(case, questions)
    refuse_few_futures(case, futures)
    moved = moved_lever(case, lever, points)
    asked = [one for one in case.program.results if one.kind == "probability"]
    slot, positions = lever_slot(case, lever), np.array(moved.positions)

    def run_at(where: Array) -> Futures:
        return futures_at(case, (slot,), where[:, None], Settings(futures, seed), progress)

    if told is not None and futures > 4 * TIMED:
        few = futures_at(case, (slot,), positions[:, None], Settings(TIMED, seed), None)
        told(AGAIN * futures / TIMED * few.seconds["run"])
    ran = run_at(positions)
    searches = [FlipSearch(one, positions, chances(ran, one), threshold) for one in asked]
    for _ in range(ROUNDS):
        wanted = np.array(sorted({position for search in searches for position in search.wanted}))
        if not len(wanted):
            break
        ran = run_at(wanted)
        for search, one in zip(searches, asked, strict=True):
            search.narrow(wanted, chances(ran, one))
    found = tuple(replace(search.flip, label=question_words(case, one)) for search, one in zip(searches, asked, strict=True))
    kept = tuple(one for one in found if not questions or one.question in questions)
    return LeverFlips(case.name, moved, threshold, kept, futures, seed)
