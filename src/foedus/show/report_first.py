"""What was asked, on the first printed page: each question under the two scenarios that are compared, with a bar."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.show.judgements import badge_words, topic_of
from foedus.show.ranking import OTHER_FUTURES, baseline_answer, move_lines, turned, why_missing
from foedus.show.words import clipped, plain, shortened, unit_words

__all__ = ["AskedRow", "AskedTable", "asked_table"]

_MOST = 8  # rows: with the sentences above they fill a page
_PLAIN = 6  # of a case that compares nothing, or does not say what it was asked
_LABEL = 36  # letters


@dataclass(frozen=True)
class AskedRow:
    """One question: before and after as tables show them, the difference with its range or error, and places in per cent of a bar's width.

    Attributes:
        low, width: of the range of a chance, or the 90 % interval of an amount, in the baseline; None where there is none.
        mark, other: of the answer in the baseline and in the other scenario; None where there is none.
    """

    question: QuestionFinding
    unit: str
    baseline: str
    compared: str
    difference: str
    badge: str
    low: float | None
    width: float | None
    mark: float | None
    other: float | None


@dataclass(frozen=True)
class AskedTable:
    """The rows, and what the two scenarios are called: `compared` is "" where nothing is compared, and stands first where it `is_turned`."""

    baseline: str
    compared: str
    is_turned: bool
    rows: list[AskedRow]


def asked_table(finding: Finding) -> AskedTable:
    """The questions that the key judgements speak of: under the baseline, and under the scenario with which it is compared."""
    topic = topic_of(finding)
    asked = [*topic.questions, *topic.own] if topic is not None else []
    other = topic.scenario if topic is not None and asked else ""
    rest = [question for question in finding.questions if question not in asked]
    shown = [*asked, *rest[: max(0, _PLAIN - len(asked))]][:_MOST]
    labels = {scenario.name: clipped(scenario.label, _LABEL) for scenario in finding.scenarios}
    baseline = finding.scenarios[0].name if finding.scenarios else ""
    is_turned = topic is not None and topic.is_counterfactual
    rows = [_row(finding, question, other, is_turned) for question in shown if baseline_answer(finding, question) is not None]
    return AskedTable(labels.get(baseline, ""), labels.get(other, ""), is_turned, rows)


def _row(finding: Finding, question: QuestionFinding, scenario: str, is_turned: bool) -> AskedRow:
    base = baseline_answer(finding, question)
    assert base is not None
    answer = question.answers.get(scenario)
    unit = "" if question.kind == "probability" else unit_words(question.unit)
    missing = why_missing(base) or (why_missing(answer) if answer is not None else "")
    line = None if missing else move_lines(question, answer if answer is not None else base, base)[0]
    seen = turned(answer) if answer is not None and is_turned else answer
    before, after, difference = ("–", "–", "") if line is None else (line.before, line.after, "")
    if line is not None and seen is not None:
        told = move_lines(question, seen, base)[0]
        has_points = told.unit == "points" and told.difference not in ("", OTHER_FUTURES)
        difference = f"{told.difference}{' points' if has_points else ''}"
        difference += f" ({told.over or told.error})" if told.difference and (told.over or told.error) else ""
    return AskedRow(
        question,
        plain(unit),
        shortened(before),
        shortened(after) if answer is not None else "",
        shortened(difference) if answer is not None else "",
        badge_words(base),
        *_places(base, answer),
    )


def _places(base: Answer, answer: Answer | None) -> tuple[float | None, float | None, float | None, float | None]:
    """Range, and marks of both answers, in per cent of the bar."""
    answers = [base] if answer is None else [base, answer]
    if base.probability is not None:
        spread = base.grounds.spread if base.grounds is not None else None
        low, high = (None, None) if spread is None else (max(0.0, spread[0]), min(1.0, spread[1]))
        start, end = 0.0, 1.0
        marks = [one.probability for one in answers]
    else:
        if base.quantiles is None or not all(one.quantiles is not None and math.isfinite(one.width) for one in answers):
            return None, None, None, None
        low, high = base.quantiles[0], base.quantiles[4]
        ends = [one.quantiles[place] for one in answers if one.quantiles is not None for place in (0, 4)]
        start, end = min(ends), max(ends)
        marks = [one.value for one in answers]

    def place(value: float | None) -> float | None:
        if value is None or not math.isfinite(value) or end <= start:
            return None
        return round(100 * min(1.0, max(0.0, (value - start) / (end - start))), 1)

    first, last = place(low), place(high)
    width = None if first is None or last is None else round(last - first, 1)
    return first, width, place(marks[0]), place(marks[1]) if len(marks) > 1 else None
