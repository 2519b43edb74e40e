"""Which answers a scenario moves most: the order in which differences are shown."""

from __future__ import annotations

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.show.words import is_beyond_error, number, percent, points, quantity, signed, unit_words

__all__ = ["baseline_answer", "largest_moves", "move_size", "shown_answer", "shown_difference", "shown_error"]


def baseline_answer(finding: Finding, question: QuestionFinding) -> Answer | None:
    """The question's answer in the first scenario."""
    return question.answers.get(finding.scenarios[0].name) if finding.scenarios else None


def largest_moves(finding: Finding, scenario: str) -> list[QuestionFinding]:
    """The questions whose paired difference is beyond two errors in this scenario, largest first."""
    sized = []
    for question in finding.questions:
        answer = question.answers.get(scenario)
        if answer and is_beyond_error(answer.difference, answer.difference_error):
            sized.append((move_size(answer, baseline_answer(finding, question)), question))
    return [question for _, question in sorted(sized, key=lambda pair: (-pair[0], pair[1].name))]


def move_size(answer: Answer, base: Answer | None) -> float:
    """A difference on a scale common to all questions: probability, or widths of the 90 % interval."""
    if answer.difference is None:
        return 0.0
    if base is None or base.quantiles is None:
        return abs(answer.difference)
    width = base.quantiles[4] - base.quantiles[0]
    return abs(answer.difference) / width if width > 0 else 1.0


def shown_answer(answer: Answer | None, unit: str) -> str:
    """An answer in one short text: `47 %`, or the median with its unit."""
    if answer is None:
        return "n/a"
    if answer.quantiles is None:
        return percent(answer.probability)
    return f"{quantity(answer.quantiles).median} {unit_words(unit)}".strip()


def shown_difference(answer: Answer) -> str:
    """A paired difference with its sign, in points or in the question's unit; nothing in the baseline."""
    if answer.difference is None:
        return ""
    if answer.quantiles is None:
        return points(answer.difference)
    return signed(answer.difference, answer.difference_error)


def shown_error(answer: Answer) -> str:
    """The Monte Carlo standard error of the difference, to one digit."""
    error = answer.difference_error
    if error is None:
        return ""
    if answer.quantiles is None:
        return f"±{points(error).removeprefix('+')}"
    return f"±{number(error, 10 * error)}"
