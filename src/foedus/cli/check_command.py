"""`foedus check`: is the model sound?"""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import FoedusError, InputError, ModelError, Problem

if TYPE_CHECKING:
    from foedus.analysis.finding import CheckResult
    from foedus.case import Case

__all__ = ["command"]


@click.command("check")
@click.argument("file")
@click.option("--futures", "-n", type=int, default=1000, show_default=True, help="For the checks that need a run.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--no-run", is_flag=True, help="Only what can be seen without running.")
@json_option
def command(file: str, futures: int, seed: int, no_run: bool, as_json: bool) -> None:
    """Check FILE: a model file, a case's folder or its name. Exit code 1 if anything is wrong."""
    errors: list[Problem] = []
    warnings: list[Problem] = []
    results: tuple[CheckResult, ...] = ()
    try:
        case, warnings, errors = _compiled(file)
        if not no_run and not errors:
            results, more = _held(case, futures, seed, warnings)
            warnings += more
            errors = _failures(case, results)
    except FoedusError as error:
        errors = error.problems
    document: dict[str, Any] = {
        "ok": not errors,
        "errors": [problem.as_dict() for problem in errors],
        "warnings": [problem.as_dict() for problem in warnings],
        "checks": [{"name": result.name, "passed": result.passed, "detail": result.detail} for result in results],
    }
    if as_json:
        emit_json(document)
    else:
        _print(file, errors, warnings, results)
    sys.exit(0 if not errors else 1)


def _compiled(file: str) -> tuple[Case, list[Problem], list[Problem]]:
    """The case, compiled, with warnings and problems: everything that can be seen without running."""
    from foedus.case import load
    from foedus.case.folder import find_case
    from foedus.case.series import series_problems, unread_series_problems
    from foedus.constructs.tree import Hindcast
    from foedus.model import Options, compile_model

    try:
        case = load(file)
    except ModelError as error:
        raise ModelError([*error.problems, *unread_series_problems(find_case(file))]) from None
    problems = series_problems(case)
    try:
        _ = case.program
    except FoedusError as error:
        raise type(error)([*error.problems, *problems]) from None
    warnings = [*case.program.warnings, *_idle(case)]
    for hindcast in case.tree.all(Hindcast):
        compile_model(case.tree, Options(hindcast=hindcast.name, save="none"))
    return case, warnings, problems


def _idle(case: Case) -> list[Problem]:
    """A warning for every lever that can move no answer: no difference that it makes would say anything."""
    from foedus.compile.scope import build_scope
    from foedus.model.settled import idle_levers
    from foedus.parts import expand

    message = "nothing leads from the lever `{}` to any question: that an answer does not move with it says nothing."
    help = "Wire it to what it acts on, ask what it moves, or take it out."
    return [
        replace(case.tree.source.problem(lever.at, "idle-lever", message.format(lever.name), help), is_warning=True)
        for lever in idle_levers(build_scope(expand(case.tree)))
    ]


def _held(case: Case, futures: int, seed: int, warnings: list[Problem]) -> tuple[tuple[CheckResult, ...], list[Problem]]:
    from foedus.study.check import check_case

    try:
        _ = case.pools
    except InputError as error:
        if error.problems[0].code != "no-ledger":
            raise
        note = Problem(
            case.tree.source.file,
            0,
            0,
            "not-run",
            "without a ledger the model cannot run; its checks were not held.",
            is_warning=True,
        )
        return (), [note]
    with progress_bar("Holding checks") as progress:
        results, found = check_case(case, futures, seed, progress)
    return results, [replace(one, file=case.tree.source.file) for one in found]


def _failures(case: Case, results: tuple[CheckResult, ...]) -> list[Problem]:
    """Failed checks as problems, at the lines where they stand."""
    from foedus.constructs.tree import ConserveCheck, EffectCheck, WatchCheck

    failed = {result.name: result for result in results if not result.passed}
    texts = {
        statement.text for statement in case.tree.statements if isinstance(statement, ConserveCheck | WatchCheck | EffectCheck)
    }
    help = "Look at one of them with `foedus replay`, and mend the model."
    found = [
        Problem(case.tree.source.file, 0, 0, "futures-failed", f"futures fail: {result.detail}.", help)
        for name, result in failed.items()
        if name not in texts
    ]
    for statement in case.tree.statements:
        if not isinstance(statement, ConserveCheck | WatchCheck | EffectCheck):
            continue
        result = failed.get(statement.text)
        if result is not None:
            message = f"the check “{result.name}” fails: {result.detail}."
            found.append(case.tree.source.problem(statement.at, "check-failed", message, "Mend the model, or the check."))
    return found


def _print(file: str, errors: list[Problem], warnings: list[Problem], results: tuple[CheckResult, ...]) -> None:
    from foedus.show.table import check_view

    screen = console()
    if results:
        screen.print(check_view(results))
    for problem in warnings:
        screen.print(f"warning: {problem}", markup=False)
    for problem in errors:
        click.echo(str(problem) + "\n", err=True)
    screen.print(f"{file}: {'sound' if not errors else f'{len(errors)} problem(s)'}", markup=False)
