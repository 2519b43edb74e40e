"""The checks of a model file, held against a run: conservation, conditions, effects of scenarios."""

from __future__ import annotations

import numpy as np

from foedus.analysis.compare import compare
from foedus.analysis.finding import CheckResult
from foedus.analysis.moves import is_of_other_futures
from foedus.compile.scope import Scope, build_scope
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.language import Tree
from foedus.wording import counted, readable, stated, unit_words

__all__ = ["hold_checks"]

CONSERVATION_TOLERANCE = 1e-9


def hold_checks(futures: Futures, tree: Tree) -> tuple[CheckResult, ...]:
    """One result for each check of the text.

    Args:
        futures: of a program compiled with `checks`, run over all scenarios, hidden ones too.
        tree: the model.
    """
    found, scope = [], build_scope(tree)
    conserved = watched = 0
    for statement in tree.statements:
        if isinstance(statement, t.ConserveCheck):
            found.append(_conserved(futures, statement, conserved))
            conserved += 1
        elif isinstance(statement, t.WatchCheck):
            found.append(_watched(futures, statement, watched))
            watched += 1
        elif isinstance(statement, t.EffectCheck):
            found.append(_effect(futures, statement, scope))
    return tuple(found)


def _slot(futures: Futures, kind: str, number: int, stage: str) -> int:
    return next(
        slot
        for slot, report in enumerate(futures.program.reports)
        if report.kind == kind and report.name == str(number) and report.stage == stage
    )


def _conserved(futures: Futures, check: t.ConserveCheck, number: int) -> CheckResult:
    slot = _slot(futures, "conserve", number, "gap")
    gap = max(tally.extremes[slot] for tally in futures.tallies)
    return CheckResult(check.text, gap <= CONSERVATION_TOLERANCE, f"largest gap {readable(f'{gap:.1e}')} of the whole")


def _watched(futures: Futures, check: t.WatchCheck, number: int) -> CheckResult:
    seen, broken = (_slot(futures, "check", number, stage) for stage in ("seen", "broken"))
    forced = [row for row, scenario in enumerate(futures.scenarios) if scenario.name == f"check {number}"]
    rows = forced or [row for row, scenario in enumerate(futures.scenarios) if not scenario.name.startswith("check ")]
    if not any(futures.tallies[row].extremes[seen] for row in rows):
        return CheckResult(check.text, False, "its condition never came true, so nothing was checked")
    failing = [futures.scenarios[row].name for row in rows if futures.tallies[row].extremes[broken]]
    if failing:
        return CheckResult(check.text, False, f"broken in {', '.join(failing)}")
    return CheckResult(
        check.text,
        True,
        "held in every future, with the condition forced" if forced else "held in every future",
    )


def _effect(futures: Futures, check: t.EffectCheck, scope: Scope) -> CheckResult:
    slot = futures.program.results[futures.position(check.question)]
    answer = compare(futures, slot, check.against)[check.scenario]
    margin = 0.0 if check.margin is None else check.margin.value
    if check.margin is not None and check.margin.unit is not None:
        margin *= scope.unit(check.margin.unit).scale / slot.scale
    difference, error = answer.difference or 0.0, answer.difference_error or 0.0
    if check.direction == "leaves":
        return _left_alone(
            futures,
            check,
            margin,
            stated(difference, error, is_signed=True).said(unit_words(slot.unit)),
            abs(difference) + 3 * error,
        )
    effect = {"raises": difference, "lowers": -difference, "moves": abs(difference)}[check.direction]
    detail = f"{check.question} changes by {stated(difference, error, is_signed=True).said(unit_words(slot.unit))}"
    detail += f"; margin {readable(f'{margin:g}')}" if margin else ""
    if is_of_other_futures(answer):
        return CheckResult(
            check.text, False, f"{check.question} applies to other futures in each (`given`), so what differs is no effect"
        )
    return CheckResult(check.text, effect - 3 * error > margin, detail)


def _left_alone(futures: Futures, check: t.EffectCheck, margin: float, told: str, most: float) -> CheckResult:
    """A placebo: not one future differs; or with a margin, the difference is known to be no larger."""
    base = check.against or futures.scenarios[0].name
    before, after = (futures.values(check.question, name) for name in (base, check.scenario))
    differ = int((~((before == after) | (np.isnan(before) & np.isnan(after)))).sum())
    if check.margin is not None:
        is_known = bool((~np.isnan(after)).any())
        return CheckResult(
            check.text, is_known and most <= margin, f"{check.question} changes by {told}; at most {readable(f'{margin:g}')}"
        )
    detail = (
        f"{check.question} is the same in every future"
        if not differ
        else f"{check.question} differs in {differ:,} of {counted(futures.count, 'future')}"
    )
    return CheckResult(check.text, not differ, detail)
