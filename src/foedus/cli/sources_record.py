"""What became of the claims of a case's sources, for `foedus sources`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foedus.evidence.store.beside import ledger_place, open_to_read

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.evidence.store.earned import Earned

__all__ = ["earned_document", "records_of"]


def records_of(case: Case, outcomes: str | None) -> tuple[Earned, ...]:
    """The record of every source of a case with a ledger: from the history of its store if there is one, else from what stands in the text.

    Args:
        outcomes: a file with how questions came out; None for none.
    """
    from foedus.evidence.store.earned import decided_at, earned_grades

    assert case.ledger is not None
    place = ledger_place(case.folder.home, case.folder.case)
    decided: dict[str, str] = {}
    if place.has_store:
        with open_to_read(place) as store:
            decided = decided_at(store.history())
    return earned_grades(case.ledger.claims, decided, _came_true(case, outcomes), case.defaults)


def _came_true(case: Case, outcomes: str | None) -> dict[str, bool]:
    """Question -> whether it came true, of those that are settled with yes or no."""
    if outcomes is None:
        return {}
    from foedus.history.outcomes import read_outcomes

    found = read_outcomes(outcomes, [slot.name for slot in case.program.results])
    return {one.question: one.value for one in found if isinstance(one.value, bool) and not one.contested}


def earned_document(records: Sequence[Earned]) -> list[dict[str, Any]]:
    """The records as JSON."""
    return [{**asdict(one), "decided": one.decided, "words": one.words} for one in records]
