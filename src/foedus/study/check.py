"""The checks of a model's text, held against a run of all scenarios."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from foedus.analysis import failure_counts, failure_words, hold_checks, idle_decisions, same_scenarios, step_warnings
from foedus.analysis.checked import Checked
from foedus.analysis.finding import CheckResult
from foedus.case import Case, load
from foedus.case.folder import find_case
from foedus.case.series import series_problems, unread_series_problems
from foedus.compile.scope import build_scope
from foedus.constructs import tree as t
from foedus.ensemble import Settings
from foedus.errors import FoedusError, ModelError, Problem
from foedus.language.include import text_without_missing
from foedus.model import Options, problems_of
from foedus.model.settled import idle_levers
from foedus.parts import expand
from foedus.study.hindcast import past_program
from foedus.study.simulate import Progress, simulate_case

__all__ = ["check", "check_case", "check_model", "hold_case_checks"]


def check(case: Case, futures: int = 1000, seed: int = 0) -> tuple[CheckResult, ...]:
    """The checks of the model's text, each held against a run."""
    return check_case(case, futures, seed)[0]


def check_model(
    name: str, futures: int = 1000, seed: int = 0, *, is_run: bool = True, progress: Progress | None = None
) -> Checked:
    """Everything that is wrong with a model: nothing is raised, all of it is told.

    Args:
        name: a model file, a case's folder or its name.
        futures, seed: of the run that its checks are held against.
        is_run: hold them; without, only what can be seen without running.
        progress: called with (futures done, futures in all).
    """
    errors: list[Problem] = []
    warnings: list[Problem] = []
    results: tuple[CheckResult, ...] = ()
    try:
        case, warnings, errors = _compiled(name)
        if is_run and not errors:
            results, more = _held(case, futures, seed, progress)
            warnings += more
            errors = _failures(case, results)
    except FoedusError as error:
        errors = error.problems
    return Checked(tuple(errors), tuple(warnings), results)


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
    warnings = [*idle_decisions(ran), *same_scenarios(ran)]
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


def _compiled(name: str) -> tuple[Case, list[Problem], list[Problem]]:
    """The case, compiled, with warnings and problems: everything that can be seen without running."""
    try:
        case = load(name)
    except ModelError as error:
        folder = find_case(name)
        raise ModelError([*error.problems, *_beside_missing(folder.model), *unread_series_problems(folder)]) from None
    problems = series_problems(case)
    try:
        _ = case.program
    except FoedusError as error:
        raise type(error)([*error.problems, *problems]) from None
    warnings = [*case.program.warnings, *_idle(case)]
    for hindcast in case.tree.all(t.Hindcast):
        past_program(case, Options(hindcast=hindcast.name, save="none"))
    return case, warnings, problems


def _beside_missing(model: Path) -> list[Problem]:
    """What else is wrong with a model that includes files which cannot be had; what these may declare is nobody's fault."""
    source = text_without_missing(model)
    if source is None:
        return []
    return [problem for problem in problems_of(source) if not problem.code.startswith("unknown-")]


def _idle(case: Case) -> list[Problem]:
    """A warning for every lever that can move no answer: no difference that it makes would say anything."""
    message = "nothing leads from the lever `{}` to any question: that an answer does not move with it says nothing."
    help = "Wire it to what it acts on, ask what it moves, or take it out."
    return [
        dataclasses.replace(case.tree.source.problem(lever.at, "idle-lever", message.format(lever.name), help), is_warning=True)
        for lever in idle_levers(build_scope(expand(case.tree)))
    ]


def _held(case: Case, futures: int, seed: int, progress: Progress | None) -> tuple[tuple[CheckResult, ...], list[Problem]]:
    _ = case.pools  # a model that rests on claims does not run without them
    results, found = check_case(case, futures, seed, progress)
    return results, [dataclasses.replace(one, file=case.tree.source.file) for one in found]


def _failures(case: Case, results: tuple[CheckResult, ...]) -> list[Problem]:
    """Failed checks as problems, at the lines where they stand."""
    failed = {result.name: result for result in results if not result.passed}
    texts = {
        statement.text
        for statement in case.tree.statements
        if isinstance(statement, t.ConserveCheck | t.WatchCheck | t.EffectCheck)
    }
    help = "Look at one of them with `foedus replay`, and mend the model."
    found = [
        Problem(case.tree.source.file, 0, 0, "futures-failed", f"futures fail: {result.detail}.", help)
        for name, result in failed.items()
        if name not in texts
    ]
    for statement in case.tree.statements:
        if not isinstance(statement, t.ConserveCheck | t.WatchCheck | t.EffectCheck):
            continue
        result = failed.get(statement.text)
        if result is not None:
            message = f"the check “{result.name}” fails: {result.detail}."
            found.append(case.tree.source.problem(statement.at, "check-failed", message, "Mend the model, or the check."))
    return found
