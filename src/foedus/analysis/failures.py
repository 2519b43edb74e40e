"""Where futures failed, in the names and units of the model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from foedus.analysis.finding import FailureCount
from foedus.compile import Program
from foedus.ensemble import Futures
from foedus.ensemble.faults import Fault
from foedus.errors import Problem, RunError
from foedus.wording import share_words

__all__ = [
    "FEW_FAILED",
    "failure_count",
    "failure_counts",
    "failure_words",
    "fault_words",
    "place_words",
    "refuse_failed",
    "spelled",
]

FEW_FAILED = 0.01
"""Up to such a share of failed futures the answers stand; beyond it a run ends with 1 and the page marks them, unless more is allowed."""


def failure_counts(futures: Futures) -> tuple[FailureCount, ...]:
    """One row for each variable and element that went wrong, most frequent first."""
    names = [slot.name for slot in futures.scenarios]
    return tuple(failure_count(futures.program, fault, names) for fault in futures.faults)


def failure_count(program: Program, fault: Fault, names: Sequence[str]) -> FailureCount:
    """A fault in the names and units of the model; `names` are those of the scenarios that it counts."""
    check = program.places[fault.check] if fault.check >= 0 else None
    scenarios = tuple(names[row] for row in fault.scenarios)
    date = program.date_of(fault.time)
    if check is None:  # the stock that it flows into would have told of it in the next step
        return FailureCount("", "", "not finite", date, fault.count, math.inf, scenarios, "a flow")
    value = fault.value / check.scale
    return FailureCount(
        check.variable, check.element, check.fault, date, fault.count, value, scenarios, check.kind, check.shown or check.unit
    )


def refuse_failed(futures: Futures, where: str = "") -> None:
    """For what has no place to say on which futures it rests: let no more than a few of them have failed; `where` begins with a blank.

    Raises:
        RunError: with the most frequent failure.
    """
    share = 1.0 - float(futures.is_ok.mean())
    if share > FEW_FAILED:
        message = f"{share_words(share)} of the futures fail{where}: {failure_words(failure_counts(futures)[0])}."
        help = "Mend the model, or narrow what is tried; `foedus run` shows all that failed."
        raise RunError(Problem(futures.program.name, 0, 0, "futures-failed", message, help))


def failure_words(one: FailureCount) -> str:
    """`stock food[north] is negative, first at -3.2 tonne, from 2025-03-01 on: 120 futures`."""
    return f"{place_words(one)}: {one.count:,} future{'s' if one.count != 1 else ''}"


def place_words(one: FailureCount) -> str:
    """The same without how many."""
    return " ".join(part for part in (one.kind, spelled(one), f"{fault_words(one)}, from {one.date} on") if part)


def spelled(one: FailureCount) -> str:
    """`food[north]`."""
    return one.variable + (f"[{one.element}]" if one.element else "")


def _four_digits(value: float) -> str:
    """A finite value, rounded half away from zero as the page does it."""
    exact = Decimal(value)
    if not exact:
        return f"{value:.4g}"
    rounded = exact.quantize(Decimal(1).scaleb(exact.adjusted() - 3), ROUND_HALF_UP)
    return f"{float(rounded):.4g}" if math.isfinite(float(rounded)) else f"{rounded:.3e}"


def fault_words(one: FailureCount) -> str:
    """`is negative, first at -3.2 tonne`."""
    no_number = "is too large" if math.isfinite(one.value) else "is no number"
    what = {"negative stock": "is negative", "out of range": "leaves its range", "not finite": no_number}[one.status]
    unit = f" {one.unit}" if one.unit not in ("", "1") else ""
    value = f", first at {_four_digits(one.value)}{unit}" if one.status != "not finite" else f" ({one.value:g})"
    return f"{what}{value}"
