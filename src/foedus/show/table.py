"""Tables for the terminal: answers and paired differences, checks. Every line fits 80 columns."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.analysis.finding import Answer, CheckResult, Finding, QuestionFinding, ScenarioInfo
from foedus.show.further_errors import further_columns, further_error, further_errors
from foedus.show.ranking import baseline_answer, largest_moves, shown_difference, shown_error, shown_share, shown_statistic
from foedus.show.structure_table import structure_view
from foedus.show.trace import trace_view
from foedus.show.words import number, percent, plain, points, quantity, shortened, unit_words, yardstick

__all__ = ["answer_table", "check_view", "structure_view", "trace_view"]

MOVES_SHOWN = 6
ASK_WIDTH = 60


def answer_table(finding: Finding) -> RenderableType:
    """Everything `foedus run` prints: baseline answers, what each scenario moves, status, seconds."""
    parts: list[RenderableType] = [_heading(finding), Text()]
    for kind, table in (("probability", _chance_table), ("quantity", _amount_table)):
        questions = [question for question in finding.questions if question.kind == kind]
        if questions:
            parts += [table(finding, questions), Text()]
    for scenario in finding.scenarios[1:]:
        parts += [_scenario_block(finding, scenario), Text()]
    return Group(*parts, *_closing(finding))


def check_view(checks: Sequence[CheckResult]) -> RenderableType:
    """The checks of a model file, each with its outcome in words; failed ones first."""
    if not checks:
        return Text("The file has no checks.", style="dim")
    table = _table(("", 6), ("check", None))
    for check in sorted(checks, key=lambda check: check.passed):
        mark = Text("holds", "green") if check.passed else Text("FAILS", "bold red")
        table.add_row(mark, Text.assemble(plain(check.name), "\n", (plain(check.detail), "dim")))
    failed = sum(not check.passed for check in checks)
    return Group(table, Text(f"{len(checks)} checks, {failed} failed."))


def _table(*columns: tuple[str, int | None], right: frozenset[str] = frozenset()) -> Table:
    """A plain table; a column without a width takes what is left."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=True)
    for heading, width in columns:
        ratio_width = {"max_width": ASK_WIDTH} if width is None else {"width": width}
        justify = "right" if heading in right else "left"
        table.add_column(heading, overflow="fold", justify=justify, **ratio_width)  # type: ignore[arg-type]
    return table


def _heading(finding: Finding) -> Text:
    dated = f"as of {finding.as_of}, " if finding.as_of else ""
    dated += f"made on {finding.made_on}, " if finding.made_on else ""
    size = f"{dated}{finding.horizon} · {finding.manifest.futures:,} futures · seed {finding.manifest.seed}"
    label = finding.scenarios[0].label if finding.scenarios else ""
    return Text.assemble(
        (plain(f"{finding.case}: {finding.title}"), "bold"), "\n", size, "\n",
        plain(f"Baseline: {label}. ± is one Monte Carlo standard error{further_errors(finding)}."),
    )  # fmt: skip


def _ask(question: QuestionFinding, answer: Answer) -> Text:
    share = shown_share(answer)
    return Text.assemble(plain(question.ask), "  ", (plain(question.name), "dim"), (f"\n{share}" if share else "", "yellow"))


def _chance_table(finding: Finding, questions: Sequence[QuestionFinding]) -> Table:
    further = further_columns(finding)
    columns = (("Will it happen?", None), ("chance", 7), ("±", 4), *((name, 6) for name in further), ("in words", 16))
    table = _table(*columns, right=frozenset({"chance", "±", *further}))
    for question in questions:
        answer = baseline_answer(finding, question)
        if answer is None:
            continue
        chance = Text(percent(answer.probability), "bold")
        error = points(answer.mc_error).removeprefix("+")
        others = [further_error(answer, name, is_chance=True) for name in further]
        table.add_row(_ask(question, answer), chance, error, *others, yardstick(answer.probability, answer.mc_error))
    return table


def _amount_table(finding: Finding, questions: Sequence[QuestionFinding]) -> Table:
    further = further_columns(finding)
    columns = (("How much, when?", None), ("median", 12), ("90 % interval", 15), *((name, 8) for name in further))
    table = _table(*columns, right=frozenset({"median", *further}))
    for question in questions:
        answer = baseline_answer(finding, question)
        if answer is None:
            continue
        median, low, high = quantity(answer.quantiles)
        unit = unit_words(question.unit)
        others = [further_error(answer, name, is_chance=False) for name in further]
        table.add_row(_ask(question, answer), Text.assemble((median, "bold"), f"\n{unit}"), f"{low}\nto {high}", *others)
    return table


def _scenario_block(finding: Finding, scenario: ScenarioInfo) -> RenderableType:
    """One scenario: what it changes, and the questions that it moves most."""
    moved = largest_moves(finding, scenario.name)
    heading = Text.assemble((plain(scenario.label), "bold"), "  ", (plain(scenario.name), "dim"))
    if scenario.changes:
        heading.append("\n  " + plain(", ".join(scenario.changes)), "dim")
    rest = "" if len(moved) <= MOVES_SHOWN else f"; the {MOVES_SHOWN} largest:"
    told = "answers beyond 2 errors and by enough to matter (means)"
    heading.append(f"\n  moves {len(moved)} of {len(finding.questions)} {told}{rest}")
    if not moved:
        return heading
    return Group(heading, Padding(_moves_table(finding, scenario.name, moved[:MOVES_SHOWN]), (0, 0, 0, 2)))


def _moves_table(finding: Finding, scenario: str, questions: Sequence[QuestionFinding]) -> Table:
    columns = (("", 18), ("before", 11), ("after", 11), ("difference", 14), ("±", 11))
    table = _table(*columns, right=frozenset({"before", "after", "difference", "±"}))
    table.show_header = False
    for question in questions:
        answer = question.answers[scenario]
        unit = " points" if question.kind == "probability" else ""
        table.add_row(
            plain(question.name),
            shortened(shown_statistic(baseline_answer(finding, question))),
            f"→ {shortened(shown_statistic(answer))}",
            Text(shown_difference(answer) + unit, "bold"),
            shown_error(answer),
        )
    return table


def _closing(finding: Finding) -> list[RenderableType]:
    """Status, warnings, failed checks, seconds."""
    failed = {name: count for name, count in finding.status.items() if name != "ok" and count}
    reasons = ", ".join(f"{count:,} {plain(name)}" for name, count in sorted(failed.items()))
    status = f"Futures: {finding.status.get('ok', 0):,} ok, {sum(failed.values()):,} failed"
    lines = [Text(status + (f" ({reasons})" if reasons else ""), "bold red" if failed else "green")]
    lines += [Text(f"Warning: {plain(warning)}", "yellow") for warning in finding.warnings]
    broken = [check for check in finding.checks if not check.passed]
    if finding.checks:
        lines.append(
            Text(
                f"Checks: {len(finding.checks) - len(broken)} hold, {len(broken)} fail",
                "bold red" if broken else "green",
            )
        )
    lines += [Text(f"  fails: {plain(check.name)}: {plain(check.detail)}", "red") for check in broken]
    seconds = ", ".join(
        f"{plain(stage)} {number(value)} s" for stage, value in finding.manifest.seconds.items()
    )
    lines.append(Text(f"Seconds: {seconds}" if seconds else "", "dim"))
    return list(lines)
