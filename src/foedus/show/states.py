"""An answer that mixes two worlds, in words: `in 7 %, ceasefire has come: 40 (20 to 1,240); otherwise 1,260 (830 to 1,860)`."""

from __future__ import annotations

from foedus.analysis.finding import Answer, StateBand
from foedus.show.words import coarseness, number, percent, plain

__all__ = ["state_amounts", "state_words"]


def state_words(answer: Answer) -> str:
    """The two worlds with their shares, medians and 90 % intervals, the smaller one first; empty where the answer has one state."""
    if len(answer.states) != 2:
        return ""
    first, second = answer.states
    return f"in {percent(first.share)}, {plain(first.label)}: {state_amounts(first)}; otherwise {state_amounts(second)}"


def state_amounts(state: StateBand) -> str:
    """The median with its 90 % interval, rounded to two digits of a quarter of its width; one number where there is but one."""
    if state.is_constant:
        return f"always {number(state.median)}"
    width = state.high - state.low
    median, low, high = (number(value, coarseness(value, width)) for value in (state.median, state.low, state.high))
    return f"{median} ({low} to {high})" if state.low != state.high else number(state.median)
