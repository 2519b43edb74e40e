"""Tables for the terminal: answers and paired differences, checks. Every line fits 80 columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from foedus.analysis.finding import Answer, CheckResult, Finding, QuestionFinding, ScenarioInfo
from foedus.show.earlier import history_words
from foedus.show.failed import failed_heading, failed_places
from foedus.show.fitted import FittedTable
from foedus.show.further_errors import further_columns, further_error, further_errors
from foedus.show.judgements import badge_words, judgements_of, shown_spread, topic_of
from foedus.show.naming import titled
from foedus.show.ranking import (
    NO_ANSWER,
    UNKNOWN_ERROR,
    answers_of_others,
    answers_set,
    baseline_answer,
    few_futures,
    largest_moves,
    move_lines,
    other_words,
    over_what,
    shown_chance,
    shown_chance_error,
    shown_days,
    shown_median,
    shown_median_error,
    shown_share,
    why_missing,
)
from foedus.show.states import state_words
from foedus.show.structure_table import structure_view
from foedus.show.structures import structure_rows, structures_note
from foedus.show.trace import trace_view
from foedus.show.verbatim import warning_view
from foedus.show.words import (
    error_points,
    number,
    people_date,
    percent,
    plain,
    quantity,
    readable,
    shortened,
    unit_words,
    yardstick,
)
from foedus.wording import counted

__all__ = ["answer_table", "check_view", "failed_view", "structure_view", "trace_view"]

MOVES_SHOWN = 6
ASK_WIDTH = 60


def answer_table(finding: Finding, *, names: bool = False) -> RenderableType:
    """Everything `foedus run` prints: baseline answers, what each scenario moves, status, seconds.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [
        _heading(finding),
        *failed_view(finding),
        Text(),
        *_judgements(finding),
        _reading(finding),
        Text(),
    ]
    for kind, table in (("probability", _chance_table), ("quantity", _amount_table)):
        questions = [question for question in finding.questions if question.kind == kind]
        if questions:
            parts += [table(finding, questions, names), Text()]
    for scenario in finding.scenarios[1:]:
        parts += [_scenario_block(finding, scenario, names), Text()]
    parts += _structures(finding, names)
    told = "" if names else "Every question, scenario and parameter has a name that commands take: --names shows them."
    return Group(*parts, *_closing(finding), *([Text(told, "dim")] if told else []))


def check_view(checks: Sequence[CheckResult]) -> RenderableType:
    """The checks of a model file, each with its outcome in words; failed ones first."""
    if not checks:
        return Text("The file has no checks.", style="dim")
    table = _table(("", 6), ("check", None))
    for check in sorted(checks, key=lambda check: check.passed):
        mark = Text("holds", "green") if check.passed else Text("FAILS", "bold red")
        table.add_row(mark, Text.assemble(plain(check.name), "\n", (plain(check.detail), "dim")))
    failed = sum(not check.passed for check in checks)
    return Group(table, Text(f"{counted(len(checks), 'check')}, {failed} failed."))


def _table(*columns: tuple[str, int | None], right: frozenset[str] = frozenset()) -> FittedTable:
    """A plain table; a column without a width takes what is left."""
    table = FittedTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_header=True)
    for heading, width in columns:
        ratio_width = {"max_width": ASK_WIDTH} if width is None else {"width": width}
        justify = "right" if heading in right else "left"
        table.add_column(heading, overflow="fold", justify=justify, **ratio_width)  # type: ignore[arg-type]
    return table


def _heading(finding: Finding) -> Text:
    dated = f"as of {people_date(finding.as_of)}, " if finding.as_of else ""
    dated += f"made on {people_date(finding.made_on)}, " if finding.made_on else ""
    size = f"{dated}{finding.horizon} · {counted(finding.manifest.futures, 'future')} · seed {finding.manifest.seed}"
    few = few_futures(finding)
    return Text.assemble((plain(f"{finding.case}: {finding.title}"), "bold"), "\n", size, (f"\n{few}" if few else "", "yellow"))


def _reading(finding: Finding) -> Text:
    """How the tables are read."""
    label = finding.scenarios[0].label if finding.scenarios else ""
    return Text(
        plain(
            f"Baseline: {label}. Range of a chance, or of a difference: {over_what(finding)}, in the tenth of the "
            "futures that favour it least and most "
            f"(± where they are too few to tell it from luck). ± is one Monte Carlo standard error{further_errors(finding)}."
        ),
        "dim",
    )


def _structures(finding: Finding, names: bool) -> list[RenderableType]:
    """The rival structures, and what each of them would answer."""
    rows = structure_rows(finding)
    if not rows:
        return []
    parts: list[RenderableType] = [Text("Rival structures", "bold"), Text(plain(structures_note(finding)), "dim")]
    for row in rows:
        variant = row.variant
        parts.append(Text.assemble((plain(variant.label), "bold"), f" · {row.weight}", *_beside(variant.name, names)))
        told = [row.told]
        told += [f"{plain(one.question.short)} {one.before} → {one.after} {one.unit}".strip() for one in row.moves]
        lines = [Text("; ".join(told))]
        for scenario in dict.fromkeys(one.effect_of for one in row.effects):
            own = [one for one in row.effects if one.effect_of == scenario]
            effects = "; ".join(f"{plain(one.question.short)} {one.before} → {one.after} {one.unit}" for one in own)
            lines.append(Text.assemble((f"effect of “{own[0].effect_label}”: ", "bold"), effects))
        parts.append(Padding(Group(*lines), (0, 0, 0, 2)))
    return [*parts, Text()]


def _judgements(finding: Finding) -> list[RenderableType]:
    """The answer first: what was asked, a sentence for each thing that is judged, and below it what is said more."""
    found = judgements_of(finding)
    if not found:
        return []
    topic = topic_of(finding)
    asked = plain(topic.ask) if topic is not None and topic.ask else "Key judgements"
    rows = _points(77)
    for one in found:
        said, more = one.sentences[: one.lead + 1], one.sentences[one.lead + 1 :]
        rows.add_row("•", plain(" ".join(said)))
        if more:
            beside = _points(74)
            for told in more:
                beside.add_row(Text("–", "dim"), Text(plain(told), "dim"))
            rows.add_row("", beside)
    return [Text(asked, "bold"), rows, Text()]


def _points(wide: int) -> Table:
    """A list: of each point the mark, and its words beside it."""
    rows = Table.grid(padding=(0, 1, 0, 0))
    rows.add_column(width=1)
    rows.add_column(max_width=wide, overflow="fold")
    return rows


def failed_view(finding: Finding) -> list[RenderableType]:
    """What failed stands above the answers: they rest on the other futures."""
    heading = failed_heading(finding)
    if not heading:
        return []
    places = failed_places(finding)
    return [
        Text(f"{heading}{':' if places else '.'}", "bold red"),
        *(Padding(Text(place, "red"), (0, 0, 0, 2)) for place in places),
    ]


def _beside(name: str, names: bool) -> list[tuple[str, str]]:
    """The model's own name behind a title, where it is asked for."""
    return [(f"  {plain(name)}", "dim")] if names else []


def _ask(finding: Finding, question: QuestionFinding, answer: Answer, names: bool) -> Text:
    """The question, and under it what must be known to read its answer."""
    text = Text(plain(question.ask))
    beside = " · ".join(part for part in (plain(question.name) if names else "", badge_words(answer)) if part)
    text.append(f"  {beside}" if beside else "", "dim")
    history = history_words(question, answer, finding.as_of)
    when = shown_chance(answer)
    if when and answer.chance:
        days = shown_days(answer, question.unit, finding.as_of)
        when += f" ({shown_chance_error(answer)}); when it comes{f', on {days}' if days else ', as beside'}"
    for note in (when, shown_share(answer), state_words(answer), history):
        text.append(f"\n{note}" if note else "", "yellow")
    return text


def _chance_table(finding: Finding, questions: Sequence[QuestionFinding], names: bool) -> FittedTable:
    further = further_columns(finding)
    columns = (("Will it happen?", None), ("chance", 7), ("range", 9), *((name, 6) for name in further), ("in words", 16))
    table = _table(*columns, right=frozenset({"chance", "range", *further}))
    for question in questions:
        answer = baseline_answer(finding, question)
        if answer is None:
            continue
        others = [further_error(answer, name, is_chance=True) for name in further]
        if why_missing(answer):
            table.add_row(_ask(finding, question, answer, names), Text("–"), "–", *others, NO_ANSWER)
            continue
        chance = Text(percent(answer.probability), "bold")
        error = shown_spread(answer) or (f"±{error_points(answer.mc_error)}" if math.isfinite(answer.mc_error) else UNKNOWN_ERROR)
        table.add_row(
            _ask(finding, question, answer, names), chance, error, *others, yardstick(answer.probability, answer.mc_error)
        )
    return table


def _amount_table(finding: Finding, questions: Sequence[QuestionFinding], names: bool) -> FittedTable:
    further = further_columns(finding)
    columns = (("How much, when?", None), ("median", 12), ("±", 8), ("90 % interval", 13), *((name, 8) for name in further))
    table = _table(*columns, right=frozenset({"median", "±", *further}))
    for question in questions:
        answer = baseline_answer(finding, question)
        if answer is None:
            continue
        interval = quantity(answer.quantiles)
        unit = unit_words(question.unit)
        others = [further_error(answer, name, is_chance=False) for name in further]
        shown = Text.assemble((shown_median(answer), "bold"), f"\n{unit}")
        cells = (shown, shown_median_error(answer), shortened(interval.said).replace(" to ", "\nto "))
        table.add_row(_ask(finding, question, answer, names), *(cells if answer.futures else ("–", "", "–")), *others)
    return table


def _scenario_block(finding: Finding, scenario: ScenarioInfo, names: bool) -> RenderableType:
    """One scenario: what it changes, the questions that it moves most, and apart from them those that it sets itself."""
    moved, own = largest_moves(finding, scenario.name), answers_set(finding, scenario.name)
    heading = Text.assemble((plain(scenario.label), "bold"), *_beside(scenario.name, names))
    lines = [Text(readable(plain("; ".join(scenario.told))), "dim")] if scenario.told else []
    lines += [Text(plain(", ".join(scenario.changes)), "dim")] if names and scenario.changes else []
    rest = "" if len(moved) <= MOVES_SHOWN else f"; the {MOVES_SHOWN} largest:"
    told = " beyond 2 errors and by enough to matter (means)"
    beyond = [one for one in finding.questions if one not in own and one.answers[scenario.name].is_out_of_reach]
    if beyond and len(beyond) == len(finding.questions) - len(own):
        rest = f"nothing in the model leads from what it sets to any {'other ' if own else ''}answer"
        lines.append(Text(rest if scenario.changes else "sets nothing: its answers are those of the baseline"))
    else:
        reach = f"; nothing in the model leads to {len(beyond)} of the others from what it sets" if beyond else ""
        asked = counted(len(finding.questions) - len(own), f"{'other ' if own else ''}answer")
        lines.append(Text(f"moves {len(moved)} of {asked}{told}{reach}{rest}"))
    parts: list[RenderableType] = [*lines, *([_moves_table(finding, scenario.name, moved[:MOVES_SHOWN], names)] if moved else [])]
    if others := answers_of_others(finding, scenario.name):
        told = "; ".join(plain(other_words(finding, scenario.name, question)) for question in others)
        parts.append(Text.assemble(("of other futures, no effect on the same ones: ", "bold"), told))
    if own:
        parts.append(_set_itself(finding, scenario.name, own))
    return Group(heading, Padding(Group(*parts), (0, 0, 0, 2)))


def _set_itself(finding: Finding, scenario: str, questions: Sequence[QuestionFinding]) -> Text:
    """What a scenario sets teaches nothing; it is named so that nobody misses it."""
    found = []
    for question in questions:
        line = move_lines(question, question.answers[scenario], baseline_answer(finding, question))[0]
        found.append(f"{plain(question.short)} {shortened(line.before)} → {shortened(line.after)}")
    return Text.assemble(("set by the scenario itself: ", "bold"), "; ".join(found))


def _moves_table(finding: Finding, scenario: str, questions: Sequence[QuestionFinding], names: bool) -> FittedTable:
    columns = (("", 24), ("before", 9), ("after", 10), ("difference", 14), ("±", 11))
    table = _table(*columns, right=frozenset({"before", "after", "difference", "±"}))
    table.show_header = False
    for question in questions:
        for place, line in enumerate(move_lines(question, question.answers[scenario], baseline_answer(finding, question))):
            unit = " points" if line.unit == "points" else ""
            name = titled(question.short, question.name, names) if place == 0 else Text("  when")
            name.append(f"\n{line.tail}" if line.tail else "", "yellow")
            table.add_row(
                name,
                shortened(line.before),
                f"→ {shortened(line.after)}",
                Text(line.difference + unit, "bold"),
                line.over or line.error,
            )
    return table


def _closing(finding: Finding) -> list[RenderableType]:
    """Status, warnings, failed checks, seconds."""
    failed = {name: count for name, count in finding.status.items() if name != "ok" and count}
    reasons = ", ".join(f"{count:,} {plain(name)}" for name, count in sorted(failed.items()))
    status = f"Futures: {finding.status.get('ok', 0):,} ok, {sum(failed.values()):,} failed"
    lines: list[RenderableType] = [Text(status + (f" ({reasons})" if reasons else ""), "bold red" if failed else "green")]
    lines.append(warning_view(finding.warnings))
    broken = [check for check in finding.checks if not check.passed]
    if finding.checks:
        lines.append(
            Text(
                f"Checks: {len(finding.checks) - len(broken)} hold, {len(broken)} fail",
                "bold red" if broken else "green",
            )
        )
    lines += [Text(f"  fails: {plain(check.name)}: {plain(check.detail)}", "red") for check in broken]
    seconds = ", ".join(f"{plain(stage)} {number(value)} s" for stage, value in finding.manifest.seconds.items())
    lines.append(Text(f"Seconds: {seconds}" if seconds else "", "dim"))
    return lines
