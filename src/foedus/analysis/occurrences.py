"""How often events, decisions and treaties happened, when, and why."""

from __future__ import annotations

import numpy as np

from foedus.analysis.enough import FEW_ALIKE, quantile_needs
from foedus.analysis.finding import Occurrence
from foedus.ensemble import Futures
from foedus.ensemble.tally import Tally
from foedus.errors import Problem
from foedus.wording import counted

__all__ = ["idle_decisions", "occurrences", "same_scenarios"]

_LABELS = {"in_force": "in force", "invoked": "invoked", "honoured": "honoured"}


def occurrences(futures: Futures) -> tuple[Occurrence, ...]:
    """Every event, option and treaty stage, in every scenario."""
    found: list[Occurrence] = []
    for scenario, tally in zip(futures.scenarios, futures.tallies, strict=True):
        found += _of_scenario(scenario.name, tally)
    return tuple(found)


def _of_scenario(scenario: str, tally: Tally) -> list[Occurrence]:
    found = []
    considered: dict[str, float] = {}
    reports = tally.program.reports
    for slot, report in enumerate(reports):
        if report.kind == "decision" and report.stage == "considered":
            considered[report.name] = tally.total(slot)
        elif report.kind == "decision" and report.stage == "time":
            found.append(_option(scenario, tally, slot, considered[report.name.split(":")[0]]))
        elif report.kind in ("event", "treaty"):
            name = report.name if report.kind == "event" else f"{report.name}: {_LABELS[report.stage]}"
            found.append(
                Occurrence(
                    report.kind,
                    name,
                    report.label,
                    scenario,
                    0.0,
                    tally.share(slot),
                    None,
                    _when(tally, slot),
                )
            )
    return found


def _option(scenario: str, tally: Tally, slot: int, considered: float) -> Occurrence:
    reports = tally.program.reports
    report = reports[slot]
    chance, terms = None, {}
    for other, candidate in enumerate(reports):
        if candidate.kind == "decision" and candidate.name == report.name and considered > 0:
            if candidate.stage == "chance":
                chance = tally.total(other) / considered
            elif candidate.stage.startswith("term ") and candidate.stage != "term 0":
                terms[candidate.stage[5:]] = tally.total(other) / considered
    each = considered / max(1, tally.futures)
    return Occurrence(
        "decision",
        report.name,
        report.label,
        scenario,
        each,
        tally.share(slot),
        chance,
        _when(tally, slot),
        terms,
    )


def _when(tally: Tally, slot: int) -> tuple[str, str, str] | None:
    came = tally.came(slot)
    moments = [tally.moment(slot, part) if came >= quantile_needs(part) else None for part in (0.05, 0.5, 0.95)]
    low, middle, high = ("" if moment is None else tally.program.date_of(moment) for moment in moments)
    return (low, middle, high) if came else None


def idle_decisions(futures: Futures) -> list[Problem]:
    """Warnings about decisions that choose the same in every future of the baseline: a wrong term, or no decision at all."""
    if not futures.tallies[0].futures:
        return []
    options: dict[str, list[Occurrence]] = {}
    for occurrence in _of_scenario(futures.scenarios[0].name, futures.tallies[0]):
        if occurrence.kind == "decision":
            options.setdefault(occurrence.name.split(":")[0], []).append(occurrence)
    case, told = futures.program.name, [(name, _idle(found)) for name, found in options.items()]
    return [
        Problem(case, 0, 0, "idle-decision", f"decision `{name}` {idle[0]}.", f"Look at its {idle[1]}.", is_warning=True)
        for name, idle in told
        if idle is not None
    ]


def _idle(options: list[Occurrence]) -> tuple[str, str] | None:
    """How a decision does nothing, and where to look."""
    if options[0].considered == 0:
        return "was never considered", "`from`, `until` and `when`"
    if all(one.fired == 0 for one in options[1:]):
        return "fired in no future", "utilities"
    if any(one.fired == 1 for one in options[1:]):
        return "fired in every future", "utilities"
    return None


def same_scenarios(futures: Futures) -> list[Problem]:
    """Warnings about scenarios that answer every question in every future as the baseline does, or as another scenario: one each.

    Hidden ones are there for checks, and those of which the text tells it are left to its own warnings.
    """
    if futures.count < FEW_ALIKE or not futures.program.results:
        return []
    told = [one.message for one in futures.program.warnings if one.code in ("idle-scenario", "repeated-scenario")]
    found: list[Problem] = []
    seen: dict[tuple[bytes, bytes], str] = {}
    for row, scenario in enumerate(futures.scenarios):
        if scenario.is_hidden:
            continue
        answers = b"".join(np.ascontiguousarray(values[row]).tobytes() for values in futures.results)
        before = seen.setdefault((answers, futures.statuses[row].tobytes()), scenario.name)
        if before != scenario.name and not any(f"`{scenario.name}`" in one for one in told):
            message = (
                f"scenario `{scenario.name}` answers every question in all {counted(futures.count, 'future')} as `{before}` does."
            )
            help = "Ask what it moves, override something else, or remove it."
            found.append(Problem(futures.program.name, 0, 0, "same-answers", message, help, is_warning=True))
    return found
