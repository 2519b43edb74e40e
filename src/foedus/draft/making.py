"""The whole way: readings, questions to the user, and the folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from foedus.draft.asking import Answered, Ask, asked_of_parts, asked_of_plan
from foedus.draft.draft import default_title, drafted_of, material_of, plan_of
from foedus.draft.folder import Made, make_case
from foedus.evidence.reading import Reading

__all__ = ["draft_case"]


def draft_case(target: Path, readings: Sequence[Reading], as_of: date | None, only: Sequence[str] | None, ask: Ask) -> Made:
    """Make a case from documents.

    Args:
        target: its folder, where nothing stands yet.
        as_of: the day to look from; None takes that of the latest document.
        only: mechanisms to choose from; None for all of the shelf.
        ask: puts the questions.
    Raises:
        InputError: nothing fits, no day is known, or the folder cannot be written.
    """
    material = material_of(readings, as_of)
    plan = plan_of(material, only)
    told: list[Answered] = []
    wanted = asked_of_parts(plan, ask, told)
    if set(wanted) != {part.takes.name for part in plan.chosen.parts}:
        plan = plan_of(material, wanted)
    title = default_title(material)
    drafted = drafted_of(plan, target.name, title)
    bounds = [(alias, bound) for alias, own in drafted.bounds.items() for bound in own]
    taken = asked_of_plan(plan, bounds, ask, told)
    drafted = drafted_of(plan, target.name, title, taken.weeks, taken.scales)
    return make_case(target, plan, drafted, [one.as_dict() for one in told], taken.is_copied)
