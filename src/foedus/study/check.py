"""The checks of a model's text, held against a run of all scenarios."""

from __future__ import annotations

import dataclasses

from foedus.analysis import failure_counts, failure_words, hold_checks, idle_decisions, step_warnings
from foedus.analysis.finding import CheckResult
from foedus.case import Case
from foedus.ensemble import Settings
from foedus.errors import Problem
from foedus.model import Options
from foedus.study.simulate import Progress, simulate_case

__all__ = ["check", "check_case", "hold_case_checks"]


def check(case: Case, futures: int = 1000, seed: int = 0) -> tuple[CheckResult, ...]:
    """The checks of the model's text, each held against a run."""
    return check_case(case, futures, seed)[0]


def check_case(
    case: Case, futures: int = 1000, seed: int = 0, progress: Progress | None = None
) -> tuple[tuple[CheckResult, ...], list[Problem]]:
    """Hold the checks of the file against a run of all scenarios, hidden ones too. Returns results and warnings."""
    results, warnings = hold_case_checks(case, futures, seed, progress)
    return results, [*warnings, *_step_warnings(case, min(futures, 400), seed)]


def hold_case_checks(
    case: Case, futures: int = 1000, seed: int = 0, progress: Progress | None = None
) -> tuple[tuple[CheckResult, ...], list[Problem]]:
    """The same without a look at the step: whether half of it would change the answers is not asked."""
    program = case.compiled(Options(save="none", checks=True, reach=False))
    ran = simulate_case(case, Settings(futures, seed), program.scenarios, program, progress=progress)
    warnings = idle_decisions(ran)
    results = hold_checks(ran, case.tree)
    if ran.faults:
        detail = "; ".join(failure_words(one) for one in failure_counts(ran))
        results = (*results, CheckResult("every future ends well", False, detail))
    return results, warnings


def _step_warnings(case: Case, futures: int, seed: int) -> list[Problem]:
    """What half the step would change in the baseline; nothing where the step is the period of the model."""
    model = case.tree.model
    if model.is_discrete:
        return []
    finer = dataclasses.replace(model, step=dataclasses.replace(model.step, value=model.step.value / 2))
    halved = case.compiled(Options(save="none", reach=False), dataclasses.replace(case.tree, model=finer))
    settings = Settings(futures, seed)
    ran = [simulate_case(case, settings, program.scenarios[:1], program) for program in (case.program, halved)]
    return step_warnings(ran[0], ran[1])
