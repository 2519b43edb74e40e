"""What an amount hangs on as time goes by, ready to be shown; `foedus.study.over_time` finds it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CauseOverTime", "OverTime"]


@dataclass(frozen=True)
class CauseOverTime:
    """A parameter.

    Attributes:
        parameter: its name; label: in words; rests_on: "claims", "fitted" or "assumed".
        shares: at each moment its share of the variance (first order) and the standard error of that; None where it does not show beyond
            chance, or nothing can be told.
    """

    parameter: str
    label: str
    rests_on: str
    shares: tuple[tuple[float, float] | None, ...]


@dataclass(frozen=True)
class OverTime:
    """What the amount that a question looks at hangs on, week by week.

    Attributes:
        question: its name; label: in words.
        variable: the amount, by name; amount: in words; unit: of it.
        times: moments from the as-of date on, in the model's unit of time; dates: the same as dates.
        medians: of the amount at each moment; is_carried: do enough futures carry its variance then, so that shares can be told?
        causes: the parameters that show at some moment, that with the largest share first.
        futures, seed: of the run.
    """

    question: str
    label: str
    variable: str
    amount: str
    unit: str
    times: tuple[float, ...]
    dates: tuple[str, ...]
    medians: tuple[float, ...]
    is_carried: tuple[bool, ...]
    causes: tuple[CauseOverTime, ...]
    futures: int
    seed: int
