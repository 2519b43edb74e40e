"""What is sought in one half of the futures and counted in the other needs enough of them in either."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foedus.analysis.enough import HALVES, refuse_few, would_do
from foedus.case import Case
from foedus.compile.program import ResultSlot
from foedus.show.words import quoted
from foedus.study.asked import question_words
from foedus.wording import counted

__all__ = ["refuse_few_in_half"]


def refuse_few_in_half(
    case: Case,
    slot: ResultSlot,
    target: str,
    hits: NDArray[np.bool_],
    first: NDArray[np.bool_],
    futures: int,
    sought: str,
    cure: str,
) -> None:
    """Refuse where, in either half, too few futures are of the kind that is looked for, or too few are not.

    Args:
        case, slot: the question, to which all of these futures have an answer.
        target: what is so in those that are looked for, in words: `it comes true`.
        hits: (future,), of that kind; first: (future,), of the first half.
        futures: of the run.
        sought: what would be drawn around luck; cure: what to do other than running more futures.
    Raises:
        InputError: so it is.
    """
    kinds = [(int((hits[half] == wanted).sum()), wanted) for half in (first, ~first) for wanted in (True, False)]
    fewest, wanted = min(kinds, key=lambda kind: kind[0])
    total, but = int((hits == wanted).sum()), "" if wanted else "all but "
    needs = would_do(futures, fewest, HALVES)
    share = f"in {but}{total:,} of {counted(len(hits), 'future')}, and in one half of them in {but or 'only '}{fewest:,}"
    message = f"of {quoted(question_words(case, slot))}, {target} {share}: {sought} would be drawn around luck."
    more = f"Run about {counted(needs, 'future')} (-n {needs})" if needs else "Run more futures (-n)"
    refuse_few(case.name, fewest, HALVES, message, f"{more}, or {cure}")
