"""The morning note, by the rules by which a later report joins a case: each figure in the group and the unit that it would have there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from foedus.analysis.today import Today
from foedus.case import Case
from foedus.draft.later import placed_figures
from foedus.study.simulate import Progress
from foedus.study.today import today as note_of

__all__ = ["today"]


def today(
    case: Case,
    files: Iterable[str],
    *,
    published: datetime.date | None = None,
    futures: int = 2000,
    seed: int = 0,
    progress: Progress | None = None,
) -> Today:
    """What new reports would change; nothing is written.

    Args:
        case: with a ledger.
        files: reports, or folders of them.
        published: of reports that do not tell their date.
        futures, seed: of both runs.
        progress: called with (futures done, futures in all) as work goes on.
    Raises:
        InputError: the case has no ledger.
        EvidenceError: a report cannot be read, or its date is not known.
    """
    return note_of(case, files, placed_figures, published=published, futures=futures, seed=seed, progress=progress)
