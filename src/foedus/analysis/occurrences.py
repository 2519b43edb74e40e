"""How often events, decisions and treaties happened, when, and why."""

from __future__ import annotations

from foedus.analysis.finding import Occurrence
from foedus.ensemble import Futures
from foedus.ensemble.tally import Tally

__all__ = ["idle_decisions", "occurrences"]

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
    moments = [tally.moment(slot, part) for part in (0.05, 0.5, 0.95)]
    if moments[0] is None or moments[1] is None or moments[2] is None:
        return None
    dates = [tally.program.date_of(moment) for moment in moments if moment is not None]
    return dates[0], dates[1], dates[2]


def idle_decisions(futures: Futures) -> list[str]:
    """Warnings about decisions that choose the same in every future of the baseline: a wrong term, or no decision at all."""
    warnings = []
    options: dict[str, list[Occurrence]] = {}
    for occurrence in _of_scenario(futures.scenarios[0].name, futures.tallies[0]):
        if occurrence.kind == "decision":
            options.setdefault(occurrence.name.split(":")[0], []).append(occurrence)
    for name, found in options.items():
        acting = found[1:]
        if found[0].considered == 0:
            warnings.append(f"decision `{name}` was never considered; look at its `from`, `until` and `when`.")
        elif all(one.fired == 0 for one in acting):
            warnings.append(f"decision `{name}` fired in no future; look at its utilities.")
        elif any(one.fired == 1 for one in acting):
            warnings.append(f"decision `{name}` fired in every future; look at its utilities.")
    return warnings
