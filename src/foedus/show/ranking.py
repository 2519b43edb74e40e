"""Which answers a scenario moves most: the order in which differences are shown."""

from __future__ import annotations

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.analysis.moves import is_move, move_size
from foedus.show.words import number, percent, points, quantity, signed, unit_words

__all__ = [
    "baseline_answer", "largest_moves", "move_size", "shown_answer", "shown_difference", "shown_error", "shown_share", "shown_statistic",
]  # fmt: skip


def baseline_answer(finding: Finding, question: QuestionFinding) -> Answer | None:
    """The question's answer in the first scenario."""
    return question.answers.get(finding.scenarios[0].name) if finding.scenarios else None


def largest_moves(finding: Finding, scenario: str) -> list[QuestionFinding]:
    """The questions that a scenario moves, beyond chance and by enough to matter, largest first."""
    sized = []
    for question in finding.questions:
        answer = question.answers.get(scenario)
        base = baseline_answer(finding, question)
        if answer and is_move(answer, base):
            sized.append((move_size(answer, base), question))
    return [question for _, question in sorted(sized, key=lambda pair: (-pair[0], pair[1].name))]


def shown_answer(answer: Answer | None, unit: str) -> str:
    """An answer in one short text: `47 %`, or the median with its unit."""
    if answer is None:
        return "n/a"
    if answer.quantiles is None:
        return percent(answer.probability)
    return f"{quantity(answer.quantiles).median} {unit_words(unit)}".strip()


def shown_statistic(answer: Answer | None) -> str:
    """The one number that stands for an answer where scenarios are compared: the chance, the mean, or the median of a date."""
    if answer is None:
        return "n/a"
    if answer.quantiles is None:
        return percent(answer.probability)
    return number(answer.value, (answer.quantiles[4] - answer.quantiles[0]) / 4)


def shown_share(answer: Answer) -> str:
    """On which part of the futures an answer rests, where it is not all of them; of a date, whether it comes at all."""
    if answer.chance is not None:
        return f"comes in {percent(answer.chance)} of the futures"
    return "" if answer.share >= 1.0 else f"of {percent(answer.share)} of the futures"


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
