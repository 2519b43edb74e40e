"""The whole way: readings, questions to the user, and the folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from foedus.draft.asking import Ask, asked_of_parts, declined
from foedus.draft.decisions import Decisions, begun, decided, written
from foedus.draft.draft import material_of
from foedus.draft.folder import Made
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
    sketch = begun(material_of(readings, as_of), None if only is None else tuple(only), target.name)
    of_parts = asked_of_parts(sketch.proposal)
    answers = {one.key: ask(one) for one in of_parts}
    if len(declined(sketch.proposal, answers)) == len(sketch.proposal.chosen.parts):
        answers = {}  # a case needs a part: all of them rather than none
    sketch = decided(sketch, Decisions(answers))
    answers |= {one.key: ask(one) for one in sketch.asked[len(of_parts) :]}
    return written(target, decided(sketch, Decisions(answers)))
