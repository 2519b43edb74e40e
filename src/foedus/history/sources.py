"""The sources of a case: what they say and repeat, what hangs on each, and what became of their claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from foedus.analysis.sources import SourcesFound
from foedus.case import Case
from foedus.errors import InputError, Problem
from foedus.evidence.dependence import find_dependence
from foedus.evidence.groups import group_report
from foedus.evidence.sources import leave_one_out, origin_rows, source_rows
from foedus.evidence.store.beside import ledger_place, open_to_read
from foedus.evidence.store.earned import Earned, decided_at, different_letters, earned_grades
from foedus.history.outcomes import read_outcomes
from foedus.study.asked import asked_slots, question_words
from foedus.study.simulate import Progress
from foedus.study.sources import parameters_of, source_moves

__all__ = ["find_sources"]


def find_sources(
    case: Case,
    questions: Sequence[str] = (),
    groups: Sequence[str] | None = (),
    *,
    futures: int = 1000,
    seed: int = 0,
    outcomes: str | Path | None = None,
    progress: Progress | None = None,
    announce: Callable[[int, float], None] | None = None,
) -> SourcesFound:
    """Everything about the sources of a case.

    Args:
        questions: whose answers are had without each origin in turn.
        groups: whose pools are told, with all and without each origin; None takes all of them.
        futures, seed: of each run.
        outcomes: a file with how questions came out; None for none.
        progress, announce: as of `source_moves`.
    Raises:
        InputError: the case has no ledger, or there is no such question.
    """
    ledger = case.ledger
    if ledger is None:
        help_text = "Put ledger.jsonl beside the model."
        raise InputError(Problem(case.name, 0, 0, "no-ledger", "the case has no ledger, so there are no sources.", help_text))
    asked_slots(case, questions)
    asked = [slot for slot in case.program.results if slot.name in questions]
    moves = source_moves(case, asked, futures, seed, progress, announce) if asked else ()
    earned = _earned(case, outcomes)
    origins = origin_rows(ledger, case.defaults)
    pooled = sorted({group for row in origins for group in row.votes}) if groups is None else groups
    return SourcesFound(
        case.name,
        origins,
        {row.name: parameters_of(case, row) for row in origins},
        source_rows(ledger),
        find_dependence(ledger.claims, case.defaults),
        {group: group_report(ledger.group(group), case.defaults) for group in pooled},
        {group: leave_one_out(ledger, group, case.defaults) for group in pooled},
        case.defaults.overrides,
        tuple(questions),
        moves,
        futures,
        seed,
        earned,
        different_letters(ledger.claims),
        {slot.name: question_words(case, slot) for slot in asked} | {slot.name: slot.title for slot in case.program.parameters},
        {slot.name: slot.unit for slot in asked},
    )


def _earned(case: Case, outcomes: str | Path | None) -> tuple[Earned, ...]:
    """The record of every source: from the history of the ledger's store if there is one, else from what stands in the text."""
    assert case.ledger is not None
    place = ledger_place(case.folder.home, case.folder.case)
    decided: dict[str, str] = {}
    if place.has_store:
        with open_to_read(place) as store:
            decided = decided_at(store.history())
    return earned_grades(case.ledger.claims, decided, _came_true(case, outcomes), case.defaults)


def _came_true(case: Case, outcomes: str | Path | None) -> dict[str, bool]:
    """Question -> whether it came true, of those that are settled with yes or no."""
    if outcomes is None:
        return {}
    found = read_outcomes(outcomes, [slot.name for slot in case.program.results])
    return {one.question: one.value for one in found if isinstance(one.value, bool) and not one.contested}
