"""The report's answers: in short, by scenario, and what moves each of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.analysis.finding import Answer, Finding, QuestionFinding, ScenarioInfo
from foedus.analysis.moves import is_move
from foedus.show.anchors import Anchors
from foedus.show.confidence import uncarried_words
from foedus.show.earlier import history_words
from foedus.show.further_errors import error_words
from foedus.show.judgements import badge_words, shown_spread
from foedus.show.ranking import (
    NO_ANSWER,
    UNKNOWN_ERROR,
    answers_of_others,
    answers_set,
    baseline_answer,
    largest_moves,
    move_lines,
    move_size,
    other_words,
    shown_answer,
    shown_chance,
    shown_chance_error,
    shown_days,
    shown_difference,
    shown_median,
    shown_median_error,
    shown_share,
    shown_statistic,
    tail_words,
    why_missing,
)
from foedus.show.states import state_words
from foedus.show.words import error_points, number, percent, quantity, shortened, unit_words, yardstick
from foedus.wording import counted

__all__ = [
    "Cell",
    "MatrixRow",
    "ScenarioRow",
    "ShortRow",
    "driver_cards",
    "matrix",
    "scenario_rows",
    "short_rows",
]

STRONGEST_HEAT = 42.0
FULL_HEAT_MOVE = 0.3
MOVES_SHOWN = 3


@dataclass(frozen=True)
class ShortRow:
    """A question's baseline answer in words and numbers.

    Attributes:
        place: per cent of the bar's width.
        notes: what must be known to read it: on which futures it rests, which worlds it mixes.
        badge: what it rests on, in a word.
    """

    question: QuestionFinding
    id: str
    link: str
    value: str
    words: str
    error: str
    futures: str
    place: float | None
    notes: tuple[str, ...] = ()
    badge: str = ""


@dataclass(frozen=True)
class Cell:
    """One question in one scenario. `heat` is the colour's strength in per cent, 0 for mere noise."""

    value: str
    detail: str
    difference: str
    error: str
    heat: float
    direction: str
    about: str


@dataclass(frozen=True)
class MatrixRow:
    """A question with its cells in the order of the scenarios."""

    question: QuestionFinding
    link: str
    cells: list[Cell]


@dataclass(frozen=True)
class MovedAnswer:
    """A question that a scenario moves: from, to, by how much; `what` says which number of it, where it is not the answer itself."""

    ask: str
    name: str
    link: str
    before: str
    after: str
    difference: str
    what: str = ""


@dataclass(frozen=True)
class ScenarioRow:
    """What a scenario changes, what it moves most, what it sets itself, and in words what rests on other futures in it."""

    scenario: ScenarioInfo
    id: str
    moved: int
    moves: list[MovedAnswer]
    own: list[MovedAnswer]
    others: list[str]


@dataclass(frozen=True)
class DriverBar:
    """A driver as a bar: width in per cent, and where its parameter is described."""

    parameter: str
    label: str
    link: str
    share: str
    error: str
    width: float
    effect: str
    basis: str


@dataclass(frozen=True)
class DriverCard:
    """A question with the bars of its drivers; `note` says why there are none, where they cannot be told."""

    question: QuestionFinding
    id: str
    link: str
    value: str
    bars: list[DriverBar]
    note: str = ""


def short_rows(finding: Finding, anchors: Anchors, kind: str) -> list[ShortRow]:
    """The baseline answers to the questions of one kind, in the order of the file."""
    rows = []
    for question in finding.questions:
        answer = baseline_answer(finding, question)
        if question.kind == kind and answer is not None:
            rows.append(_short_row(question, answer, anchors, finding.as_of))
    return rows


def _short_row(question: QuestionFinding, answer: Answer, anchors: Anchors, as_of: str) -> ShortRow:
    if question.kind == "probability":
        words, error = yardstick(answer.probability, answer.mc_error), _chance_error(answer)
    else:
        words, error = _amount_words(question, answer), _unit_and_errors(question, answer)
    shown = shown_answer(answer, "1") if answer.chance is None else percent(answer.chance)
    missing = why_missing(answer)
    if missing:
        shown, words, error = "–", NO_ANSWER, ""
    elif answer.chance is not None:
        error = " ".join((shown_chance(answer), shown_chance_error(answer) if answer.chance else ""))
    chance = answer.probability if answer.chance is None else answer.chance
    days = "" if missing else shown_days(answer, question.unit, as_of)
    notes = (
        f"when it comes: {days}" if days else "",
        shown_share(answer),
        state_words(answer),
        history_words(question, answer, as_of),
    )
    return ShortRow(
        question=question,
        id=anchors.questions[question.name],
        link=anchors.drivers.get(question.name, ""),
        value=shortened(shown),
        words=shortened(words),
        error=error,
        futures=f"{answer.futures:,}",
        place=None if chance is None or missing else round(100 * chance, 2),
        notes=tuple(note for note in notes if note),
        badge=badge_words(answer),
    )


def _amount_words(question: QuestionFinding, answer: Answer) -> str:
    """`median 5,587 ± 15; 90 % interval 3,500 to 8,200`; of a date, when it comes if it does."""
    interval, error = quantity(answer.quantiles), shown_median_error(answer)
    said = f"{shown_median(answer)} ± {error}" if error else ""
    band = f"90 % interval {interval.said}"
    if answer.chance is None:
        return f"median {said}".strip() + f"; {band}"
    if not answer.futures:
        return ""
    off = f"± {error}" if error else ""
    return f"then {shown_median(answer)} {unit_words(question.unit)} {off}".strip() + f"; {band}"


def _unit_and_errors(question: QuestionFinding, answer: Answer) -> str:
    """`people, ± 1,200 (calibration)`; without a unit the errors alone."""
    return ", ".join(part for part in (unit_words(question.unit), *error_words(answer, is_chance=False)) if part)


def _chance_error(answer: Answer) -> str:
    """The error of a probability in words; a count of none or all says more than an error of zero."""
    if answer.futures and answer.probability in (0.0, 1.0):
        return f"in {'all' if answer.probability else 'none'} of {counted(answer.futures, 'future')}"
    spread = shown_spread(answer)
    if spread:
        return spread  # the head of the section says over what
    error = f"± {error_points(answer.mc_error)} points" if math.isfinite(answer.mc_error) else UNKNOWN_ERROR
    return ", ".join((error, *error_words(answer, is_chance=True)))


def scenario_rows(finding: Finding, anchors: Anchors) -> list[ScenarioRow]:
    """Each scenario beside the baseline, with the answers that it moves most."""
    rows = []
    for scenario in finding.scenarios[1:]:
        moved, own = largest_moves(finding, scenario.name), answers_set(finding, scenario.name)
        moves = [move for question in moved[:MOVES_SHOWN] for move in _moves(finding, scenario.name, question, anchors)]
        settled = [_moves(finding, scenario.name, question, anchors)[0] for question in own]
        others = [other_words(finding, scenario.name, question) for question in answers_of_others(finding, scenario.name)]
        rows.append(ScenarioRow(scenario, anchors.scenarios[scenario.name], len(moved), moves, settled, others))
    return rows


def _moves(finding: Finding, scenario: str, question: QuestionFinding, anchors: Anchors) -> list[MovedAnswer]:
    lines = move_lines(question, question.answers[scenario], baseline_answer(finding, question))
    is_date = question.answers[scenario].chance is not None
    return [
        MovedAnswer(
            question.ask,
            question.name,
            anchors.questions[question.name],
            line.before,
            line.after,
            shortened(" ".join(part for part in (line.difference, "" if line.over else line.error, line.unit) if part))
            + (f"; {line.over}" if line.over else "")
            + (f"; {line.tail}" if line.tail else ""),
            "" if not is_date else "comes" if line.unit == "points" else "when",
        )
        for line in lines
    ]


def matrix(finding: Finding, anchors: Anchors, kind: str) -> list[MatrixRow]:
    """Questions by scenarios with paired differences."""
    return [
        MatrixRow(
            question,
            anchors.questions[question.name],
            [_cell(finding, question, s) for s in finding.scenarios],
        )
        for question in finding.questions
        if question.kind == kind
    ]


def _cell(finding: Finding, question: QuestionFinding, scenario: ScenarioInfo) -> Cell:
    answer = question.answers.get(scenario.name)
    if answer is None or why_missing(answer):
        return Cell(NO_ANSWER, "", "", "", 0.0, "", "the question applies to no future of this scenario that ended well")
    detail = ""
    if question.kind == "quantity":
        interval = quantity(answer.quantiles)
        detail = shortened(interval.said).replace(" to ", " – ") if answer.futures else "never"
        detail = "; ".join(part for part in (detail, tail_words(answer)) if part)
    elif answer.difference is None:
        detail = f"± {error_points(answer.mc_error)}" if math.isfinite(answer.mc_error) else UNKNOWN_ERROR
    is_clear = is_move(answer, baseline_answer(finding, question))
    size = min(1.0, move_size(answer, baseline_answer(finding, question)) / FULL_HEAT_MOVE) if is_clear else 0.0
    direction = "" if not is_clear else "rise" if (answer.difference or 0.0) > 0 else "fall"
    about = f"{scenario.label}: {shown_answer(answer, question.unit)} over {counted(answer.futures, 'future')}"
    heat = round(8 + (STRONGEST_HEAT - 8) * size, 1) if is_clear else 0.0
    line = move_lines(question, answer, baseline_answer(finding, question))[-1]
    shown = line.after if answer.chance is None else shown_statistic(answer)
    told = line.difference if answer.chance is not None or question.kind == "probability" else shown_difference(answer)
    value, difference, error = (shortened(text) for text in (shown, told, line.error))
    if answer.chance is not None:
        value = f"{percent(answer.chance)}; {value}" if answer.futures else percent(answer.chance)
    return Cell(value, detail, difference, error, heat, direction, about)


def driver_cards(finding: Finding, anchors: Anchors) -> list[DriverCard]:
    """For each question that has drivers: their shares of the variance as bars."""
    bases = {a.parameter: (a.label, counted(len(a.claims), "claim") if a.group else a.basis) for a in finding.assumptions}
    cards = []
    for question in finding.questions:
        if question.drivers:
            value = shown_answer(baseline_answer(finding, question), question.unit)
            link = anchors.questions[question.name]
            note = uncarried_words(baseline_answer(finding, question))
            bars = [] if note else _bars(question, anchors, bases)
            cards.append(DriverCard(question, anchors.drivers[question.name], link, value, bars, note))
    return cards


def _bars(question: QuestionFinding, anchors: Anchors, bases: dict[str, tuple[str, str]]) -> list[DriverBar]:
    effects = {1: "more of it raises the answer", -1: "more of it lowers the answer"}
    return [
        DriverBar(
            parameter=driver.parameter,
            label=bases.get(driver.parameter, ("", ""))[0],
            link=anchors.parameters.get(driver.parameter, ""),
            share=percent(driver.share),
            error=_share_error(driver.share_error),
            width=round(100 * min(1.0, max(0.0, driver.share)), 1),
            effect=effects.get(driver.direction, ""),
            basis=bases.get(driver.parameter, ("", ""))[1],
        )
        for driver in question.drivers
    ]


def _share_error(error: float) -> str:
    """The error of a share in per cent, one decimal where it is below one."""
    return number(100 * error, 10 if abs(error) >= 0.01 else 1)
