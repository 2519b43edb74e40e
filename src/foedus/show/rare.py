"""How it is said of a yes-no question that one of its answers comes in too few futures to be split, and how many would do."""

from __future__ import annotations

from foedus.analysis.enough import would_do
from foedus.analysis.tails import CARRIERS
from foedus.wording import counted

__all__ = ["more_words", "rare_words"]


def rare_words(carriers: float, futures: int) -> str:
    """`one of its two answers is so rare that about 3 futures of 500 carry its variance`."""
    few = max(1, round(carriers))
    verb = "carries" if few == 1 else "carry"
    return f"one of its two answers is so rare that about {counted(few, 'future')} of {futures:,} {verb} its variance"


def more_words(futures: int, carriers: float) -> str:
    """`About 5,200 would do (-n 5200).`"""
    needs = would_do(futures, carriers, CARRIERS)
    return f"About {needs:,} would do (-n {needs})." if needs else "More futures would tell (-n)."
