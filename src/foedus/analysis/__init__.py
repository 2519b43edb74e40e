"""Futures to finding: answers, drivers, bands, occurrences, checks. One method a file."""

from foedus.analysis.bands import bands
from foedus.analysis.checks import hold_checks
from foedus.analysis.compare import compare, compare_runs
from foedus.analysis.drivers import Ranks, drivers
from foedus.analysis.failures import failure_counts, failure_words
from foedus.analysis.finding import Finding
from foedus.analysis.occurrences import idle_decisions, occurrences, same_scenarios
from foedus.analysis.step_size import step_warnings

__all__ = [
    "Finding",
    "Ranks",
    "bands",
    "compare",
    "compare_runs",
    "drivers",
    "failure_counts",
    "failure_words",
    "hold_checks",
    "idle_decisions",
    "occurrences",
    "same_scenarios",
    "step_warnings",
]
