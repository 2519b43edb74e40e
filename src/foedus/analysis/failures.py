"""Where futures failed, in the names and units of the model."""

from __future__ import annotations

from foedus.analysis.finding import FailureCount
from foedus.ensemble import Futures
from foedus.ensemble.faults import Fault

__all__ = ["failure_counts", "failure_words"]


def failure_counts(futures: Futures) -> tuple[FailureCount, ...]:
    """One row for each variable and element that went wrong, most frequent first."""
    return tuple(_count(futures, fault) for fault in futures.faults)


def _count(futures: Futures, fault: Fault) -> FailureCount:
    program = futures.program
    check = program.checks[fault.check] if fault.check >= 0 else None
    scenarios = tuple(futures.scenarios[row].name for row in fault.scenarios)
    date = program.date_of(fault.time)
    if check is None:
        return FailureCount("", "", "not finite", date, fault.count, fault.value, scenarios)
    value = fault.value / check.scale
    return FailureCount(check.variable, check.element, check.fault, date, fault.count, value, scenarios, check.kind, check.unit)


def failure_words(one: FailureCount) -> str:
    """`stock food[north] is negative from 2025-03-01 on (-3.2 tonne): 120 futures`."""
    name = one.variable + (f"[{one.element}]" if one.element else "")
    what = {"negative stock": "is negative", "out of range": "leaves its range", "not finite": "is no number"}[one.status]
    unit = f" {one.unit}" if one.unit not in ("", "1") else ""
    value = f", first at {one.value:.4g}{unit}" if one.status != "not finite" else f" ({one.value:g})"
    return f"{one.kind} {name} {what}{value}, from {one.date} on: {one.count:,} future{'s' if one.count != 1 else ''}".strip()
