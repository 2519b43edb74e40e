"""A run, with what the past says of it: what earlier editions answered, and how good the case's forecasts have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foedus.analysis.finding import Finding
from foedus.case import Case
from foedus.history.earlier import with_earlier
from foedus.history.track_record import track_record_of
from foedus.study.run import Ran, RunOptions, Stage, run_case, unseen

__all__ = ["run", "run_with_past"]


def run_with_past(case: Case, options: RunOptions, stage: Stage = unseen) -> Ran:
    """Run a case, and set beside its answers what earlier editions of it said, and its record.

    Raises:
        InputError, CaseError: as of `run_case`; or a frozen forecast, or the record, was changed.
    """
    ran = run_case(case, options, stage)
    return replace(ran, finding=replace(with_earlier(case, ran.finding), record=track_record_of(case)))


def run(case: Case, futures: int = 1000, seed: int = 0, scenarios: Sequence[str] | None = None) -> Finding:
    """What the futures of all scenarios say; `run_futures` gives the futures themselves.

    Args:
        scenarios: names; None takes all. The baseline always comes first.
    Raises:
        InputError: there is no such scenario.
    """
    return run_with_past(case, RunOptions(futures, seed, scenarios or ())).finding
