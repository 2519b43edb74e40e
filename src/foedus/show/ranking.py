"""Which answers a scenario moves most: the order in which differences are shown."""

from __future__ import annotations

import datetime
import math
from dataclasses import replace
from typing import NamedTuple

from foedus.analysis.finding import Answer, Finding, QuestionFinding
from foedus.analysis.moves import is_chance_move, is_move, is_of_other_futures, is_value_move, move_size
from foedus.analysis.tails import is_long_tailed
from foedus.show.words import (
    MISSING,
    coarseness,
    ends,
    error_points,
    number,
    people_date,
    percent,
    points,
    quantity,
    shortened,
    signed,
    stated,
    unit_words,
)
from foedus.units import DAYS
from foedus.wording import Stated, counted

__all__ = [
    "NO_ANSWER",
    "OTHER_FUTURES",
    "UNKNOWN_ERROR",
    "MoveLine",
    "answers_of_others",
    "answers_set",
    "baseline_answer",
    "few_futures",
    "largest_moves",
    "move_lines",
    "move_size",
    "other_words",
    "over_difference",
    "over_what",
    "over_words",
    "shown_answer",
    "shown_chance",
    "shown_chance_error",
    "shown_days",
    "shown_difference",
    "shown_ends",
    "shown_error",
    "shown_median",
    "shown_median_error",
    "shown_range",
    "shown_share",
    "shown_statistic",
    "tail_words",
    "turned",
    "why_missing",
]

ENOUGH_FOR_RANGES, MEASURED_RANGES = 4000, 10_000
"""Futures at which it was counted how many worlds the ranges hold (docs/judgements.md, `foedus twin`): nearly as many as they should, and as
many."""
NO_ANSWER = "no answer"
OTHER_FUTURES = "other futures"
UNKNOWN_ERROR = "± unknown"
"""What stands in the place of a number: of an answer; of a difference between other futures; of an error of too few futures."""


def baseline_answer(finding: Finding, question: QuestionFinding) -> Answer | None:
    """The question's answer in the first scenario."""
    return question.answers.get(finding.scenarios[0].name) if finding.scenarios else None


class MoveLine(NamedTuple):
    """A number that a scenario moves, as it is shown; `unit` is that of the difference, `over` its range, `tail` what its means need
    beside them."""

    before: str
    after: str
    difference: str
    error: str
    unit: str
    over: str = ""
    tail: str = ""


def largest_moves(finding: Finding, scenario: str) -> list[QuestionFinding]:
    """The questions that a scenario moves, beyond chance and by enough to matter, largest first, but those that it sets itself."""
    return [question for question in _moved(finding, scenario) if not question.answers[scenario].is_set]


def answers_set(finding: Finding, scenario: str) -> list[QuestionFinding]:
    """The questions whose answers a scenario sets itself and moves by that, largest first."""
    return [question for question in _moved(finding, scenario) if question.answers[scenario].is_set]


def answers_of_others(finding: Finding, scenario: str) -> list[QuestionFinding]:
    """The questions that rest on other futures in the scenario, so that what differs is no effect; in the order of the model."""
    found = []
    for question in finding.questions:
        answer = question.answers.get(scenario)
        if answer and not answer.is_set and answer.futures and is_of_other_futures(answer):
            found.append(question)
    return found


def other_words(finding: Finding, scenario: str, question: QuestionFinding) -> str:
    """`the ally joins 2 % (of 15 % of the futures) → 42 % (of 100 %)`."""
    answer, base = question.answers[scenario], baseline_answer(finding, question)
    assert base is not None
    return f"{question.short} {_of_its_futures(base)} of the futures) → {_of_its_futures(answer)})"


def _of_its_futures(answer: Answer) -> str:
    """`2 % (of 15 %`; of a date `comes in 30 % (of 50 %`."""
    shown = (
        shortened(shown_statistic(answer))
        if answer.chance is None or why_missing(answer)
        else f"comes in {percent(answer.chance)}"
    )
    return f"{shown} (of {percent(answer.asked_of)}"


def _moved(finding: Finding, scenario: str) -> list[QuestionFinding]:
    sized = []
    for question in finding.questions:
        answer = question.answers.get(scenario)
        base = baseline_answer(finding, question)
        if answer and is_move(answer, base):
            sized.append((move_size(answer, base), question))
    return [question for _, question in sorted(sized, key=lambda pair: (-pair[0], pair[1].name))]


def move_lines(question: QuestionFinding, answer: Answer, base: Answer | None) -> list[MoveLine]:
    """What a scenario moves of an answer: one line; of a date first its chance, then when it comes, each where it moves."""
    lines = []
    if base is not None and (is_chance_move(answer) or _has_chances_only(answer)):
        error = f"±{error_points(answer.chance_difference_error)}"
        lines.append(MoveLine(percent(base.chance), percent(answer.chance), points(answer.chance_difference), error, "points"))
    if not lines or is_value_move(answer, base):
        unit = "points" if question.kind == "probability" else unit_words(question.unit)
        lines.append(
            MoveLine(
                *shown_ends(base, answer),
                over_difference(answer) or shown_difference(answer),
                shown_error(answer),
                unit,
                shown_range(answer),
                tail_words(base, answer),
            )
        )
    return lines


def _has_chances_only(answer: Answer) -> bool:
    """Is it a date that never comes in one of two scenarios, so that only its chances can be compared?"""
    has_chance = answer.chance_difference is not None and math.isfinite(answer.chance_difference)
    return has_chance and not math.isfinite(answer.difference or 0.0)


def shown_answer(answer: Answer | None, unit: str) -> str:
    """An answer in one short text: `47 %`, or the median with its unit."""
    if answer is None or not answer.futures:
        return NO_ANSWER if answer is None or answer.chance != 0.0 else "never"
    if answer.quantiles is None:
        return percent(answer.probability)
    return f"{quantity(answer.quantiles).median} {unit_words(unit)}".strip()


def shown_statistic(answer: Answer | None) -> str:
    """The one number that stands for an answer where scenarios are compared: the chance, the mean, or the median of a date."""
    if answer is None or not answer.futures:
        return NO_ANSWER if answer is None or answer.chance != 0.0 else "never"
    if answer.quantiles is None:
        return percent(answer.probability)
    return number(answer.value, max(coarseness(answer.value, answer.width), _known(answer.error)))


def _known(error: float | None) -> float:
    """An error as a scale of rounding; of an error that is not known, none."""
    return error if error is not None and math.isfinite(error) else 0.0


def shown_ends(before: Answer | None, after: Answer | None) -> tuple[str, str]:
    """What stands before and behind an arrow: both rounded so that the difference beside them can be seen in them."""
    has_both = before is not None and after is not None and before.futures and after.futures and before.quantiles is not None
    if not has_both or after is None or before is None or after.quantiles is None:
        return shown_statistic(before), shown_statistic(after)
    errors = (before.error, after.error)
    return ends((before.value, after.value), (before.width, after.width), after.difference, after.difference_error, errors)


def tail_words(*answers: Answer | None) -> str:
    """`means of a long tail; medians 29 → 51`, for answers whose means stand alone; empty where each lies near its median.

    Of answers that are compared by their medians, that: `medians; a long tail makes the means`.
    """
    if any(one is not None and one.futures and one.statistic == "median" for one in answers):
        return "medians; a long tail makes the means"
    known = [one for one in answers if one is not None and one.futures and one.statistic == "mean" and one.quantiles is not None]
    if not any(_is_long_tailed(one) for one in known):
        return ""
    medians = " → ".join(dict.fromkeys(shortened(quantity(one.quantiles).median) for one in known))
    several = "s" if len(known) > 1 else ""
    return f"mean{several} of a long tail; median{several} {medians}"


def _is_long_tailed(answer: Answer) -> bool:
    """Is the mean far from the median, or do a few futures carry the variance?"""
    median = None if answer.quantiles is None else answer.quantiles[2]
    is_carried = answer.grounds is None or answer.grounds.is_carried
    return not is_carried or is_long_tailed(answer.mean, median, answer.width)


def why_missing(answer: Answer) -> str:
    """In words why there is no answer at all; empty where there is one. A date that never comes is one."""
    return "no answer: it applies to no future that ended well" if not answer.futures and answer.chance != 0.0 else ""


def shown_share(answer: Answer) -> str:
    """On which part of the futures an answer rests, where it is not all of them: others failed, or it does not apply to them."""
    if missing := why_missing(answer):
        return missing
    return f"rests on {percent(answer.asked_of)} of the futures" if answer.asked_of < 1.0 - 1e-9 else ""


def shown_chance(answer: Answer) -> str:
    """Of a date: in which part of the futures it comes at all; empty for others."""
    if answer.chance is None or not math.isfinite(answer.chance):
        return ""
    if answer.chance == 0.0:
        return "never comes in these futures"
    return f"comes in {percent(answer.chance)} of the futures"


def shown_chance_error(answer: Answer) -> str:
    """The Monte Carlo standard error of that chance: `± 1.1 points`."""
    if answer.chance_error is None:
        return ""
    return f"± {error_points(answer.chance_error)} points" if math.isfinite(answer.chance_error) else UNKNOWN_ERROR


def shown_days(answer: Answer, unit: str, as_of: str) -> str:
    """Of a date: the median and the 90 % interval as days, `7 May 2022 (28 April 2022 to 27 June 2022)`; empty where there are no dates."""
    if (
        answer.statistic != "when"
        or answer.quantiles is None
        or unit not in DAYS
        or not all(map(math.isfinite, answer.quantiles))
    ):
        return ""
    try:
        start = datetime.date.fromisoformat(as_of)
        days = [start + datetime.timedelta(days=math.floor(answer.quantiles[place] * DAYS[unit] + 1e-6)) for place in (2, 0, 4)]
    except (ValueError, OverflowError):
        return ""
    middle, low, high = (people_date(day.isoformat()) for day in days)
    return middle if low == high else f"{middle} ({low} to {high})"


def _median(answer: Answer) -> Stated:
    """The median with its Monte Carlo standard error; as fine as its interval where no error is known."""
    if answer.quantiles is None:
        return Stated(MISSING, "")
    error = answer.quantile_errors[2] if answer.quantile_errors is not None else math.nan
    told = quantity(answer.quantiles).median
    if not (math.isfinite(error) and error > 0):
        return Stated(told, "0" if error == 0 else "")
    return stated(answer.quantiles[2], error)


def shown_median(answer: Answer) -> str:
    """The median as it stands beside its error."""
    return shortened(_median(answer).shown)


def shown_median_error(answer: Answer) -> str:
    """The Monte Carlo standard error of the median, as fine as the median beside it; empty where it is not known."""
    return shortened(_median(answer).shown_error)


def _difference(answer: Answer) -> Stated:
    """A difference of amounts with its error, on the scale of what is compared."""
    after, difference = answer.value, answer.difference or 0.0
    sizes = [abs(one) for one in (after, after - difference) if math.isfinite(one)]
    return stated(answer.difference, answer.difference_error, max(sizes, default=0.0), is_signed=True)


def shown_difference(answer: Answer) -> str:
    """A paired difference with its sign, in points or in the question's unit; nothing in the baseline, words where it is no effect."""
    if answer.difference is None or not math.isfinite(answer.difference):
        return ""
    if is_of_other_futures(answer):
        return OTHER_FUTURES
    if answer.quantiles is None:
        return points(answer.difference)
    return _difference(answer).shown


def shown_error(answer: Answer) -> str:
    """The Monte Carlo standard error of the difference, as fine as the difference beside it."""
    error = answer.difference_error
    if error is None or is_of_other_futures(answer) or not math.isfinite(answer.difference or 0.0):
        return ""
    if not math.isfinite(error):
        return UNKNOWN_ERROR
    if answer.quantiles is None:
        return f"±{error_points(error)}"
    return f"±{_difference(answer).shown_error}"


def turned(answer: Answer) -> Answer:
    """The answer as what is compared with it would have it: difference and range the other way round."""
    effect, chance = answer.effect, None if answer.chance_difference is None else -answer.chance_difference
    if effect is not None and effect.spread is not None:
        low, high = effect.spread
        effect = replace(effect, spread=(-high, -low))
    return replace(answer, difference=-(answer.difference or 0.0), chance_difference=chance, effect=effect)


def over_difference(answer: Answer) -> str:
    """The difference of an amount as fine as the range that stands beside it; empty where there is none."""
    if not shown_range(answer) or answer.quantiles is None or answer.effect is None or answer.effect.spread is None:
        return ""
    low, high = answer.effect.spread
    return signed(answer.difference, (high - low) / 4)


def over_what(finding: Finding) -> str:
    """Over what the ranges of a run are told."""
    answers = (answer for question in finding.questions for answer in question.answers.values())
    return next((over_words(answer) for answer in answers if answer.rivals), "over the assumptions")


def few_futures(finding: Finding) -> str:
    """That ranges from few futures are too narrow, wherever a range stands; empty where there are enough of them, or no range."""
    count = finding.manifest.futures
    answers = (answer for question in finding.questions for answer in question.answers.values())
    grounds = (one for answer in answers for one in (answer.grounds, answer.effect))
    if count >= ENOUGH_FOR_RANGES or not any(one is not None and one.spread is not None for one in grounds):
        return ""
    return (
        f"From {counted(count, 'future')} ranges are too narrow, and badges may change with more: how much ranges hold was measured "
        f"at {counted(MEASURED_RANGES, 'future')}, and at {ENOUGH_FOR_RANGES:,} they held a little less than they should."
    )


def over_words(answer: Answer) -> str:
    """Over what a range is told: the assumptions, and the rival structures where there are any."""
    count = sum(one.is_told for one in answer.rivals)
    if not count:
        return "over the assumptions"
    return f"over priors and {count} rival structures" if count > 1 else "over priors and a rival structure"


def shown_range(answer: Answer) -> str:
    """How far a difference moves over the assumptions: `−1 to +12`; empty where it cannot be told, or is the same over all of them."""
    if answer.effect is None or answer.effect.spread is None:
        return ""
    low, high = answer.effect.spread
    if answer.quantiles is None:
        is_wide = max(abs(low), abs(high)) >= 0.0995  # a tenth of a point says nothing beside ten of them
        ends = [points(round(end, 2) if is_wide else end) for end in (low, high)]
        ends = [end.removesuffix(".0") if is_wide else end for end in ends]
    else:
        ends = [shortened(signed(end, (high - low) / 4)) for end in (low, high)]
    return "" if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
