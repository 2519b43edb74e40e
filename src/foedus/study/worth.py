"""What it would be worth to know each assumption, by question."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foedus.analysis import Ranks
from foedus.analysis.enough import PLAN
from foedus.analysis.worth import Worth, answered
from foedus.analysis.worth import worth as worth_of
from foedus.case import Case
from foedus.study.asked import asked_slots
from foedus.study.common import rests_on
from foedus.study.futures import run_futures
from foedus.study.simulate import Progress
from foedus.study.titled import titles_in

__all__ = ["worth"]


def worth(
    case: Case, questions: Iterable[str] = (), *, futures: int = 10_000, seed: int = 0, progress: Progress | None = None
) -> dict[str, tuple[Worth, ...]]:
    """What it would be worth to know each assumption, by question.

    If none is named, of all questions that enough of the futures have an answer to; the others are not there.

    Args:
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: there is no such question, or too few futures have an answer.
        RunError: more than a few of the futures failed.
    """
    questions = tuple(questions)
    slots = asked_slots(case, questions)
    ran = run_futures(case, futures, seed, [case.program.scenarios[0].name], trajectories=False, progress=progress)
    ranks = Ranks(ran)
    known = [slot for slot in slots if answered(ran.values(slot.name)[: ranks.count]) >= PLAN]
    titles, parameters = titles_in(case), {slot.name: slot for slot in case.program.parameters}

    def told(one: Worth) -> Worth:
        basis = rests_on(case, [parameters[name] for name in one.parameters])
        return replace(one, label=titles.get(one.parameters[0], one.label), rests_on=basis)

    return {
        slot.name: tuple(told(one) for one in worth_of(ran, slot, ranks)) for slot in (slots if questions or not known else known)
    }
