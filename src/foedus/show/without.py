"""What was left out of a run and what that moved: for the terminal and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from foedus.analysis.finding import Answer, Finding, MovedPrior, QuestionFinding, Without
from foedus.analysis.moves import is_of_other_futures
from foedus.show.fitted import FittedTable
from foedus.show.ranking import move_size, shown_difference, shown_ends, shown_error, tail_words
from foedus.show.words import is_beyond_error, number, plain, shortened, unit_words
from foedus.titles import name_words
from foedus.wording import counted

__all__ = ["without_document", "without_rows", "without_view"]

_SHOWN = 8
_WORDS = MappingProxyType({"repeats it": "that only repeat it"})


def without_document(finding: Finding) -> dict[str, Any]:
    """What `foedus run --without-source NAME --json` adds."""
    without = finding.without
    assert without is not None
    return {
        "sources": list(without.sources),
        "claims": [{"id": claim, "because": why} for claim, why in without.claims],
        "parameters": [{**asdict(prior), "no_claim_left": not prior.origins_after} for prior in without.priors],
        "questions": {name: _moved(before, after) for name, (before, after) in without.answers.items()},
        "full_digest": without.full_digest,
    }


def _moved(before: Answer, after: Answer) -> dict[str, Any]:
    """An answer with all sources and without some; the mean where it is no probability, or the median of a long tail."""
    is_other = is_of_other_futures(after)
    return {
        "full": before.value,
        "without": after.value,
        "statistic": after.statistic,
        "difference": None if is_other else after.difference,
        "difference_error": None if is_other else after.difference_error,
        "is_beyond_error": _is_beyond_error(after),
        "is_of_other_futures": is_other,
    }


def without_rows(finding: Finding) -> dict[str, Any] | None:
    """The report's section on what was left out: one row for each answer and each prior that moved; None where nothing was."""
    without = finding.without
    if without is None:
        return None
    answers = []
    for question in _largest(finding, without):
        before, after = without.answers[question.name]
        unit = " points" if question.kind == "probability" else ""
        answers.append(
            {
                "ask": f"{question.ask} ({tail})" if (tail := tail_words(before, after)) else question.ask,
                **dict(zip(("before", "after"), shown_ends(before, after), strict=True)),
                "difference": shown_difference(after) + unit,
                "error": shown_error(after),
            }
        )
    priors = [
        {
            "label": prior.label,
            "unit": unit_words(prior.unit),
            "before": "{} ({})".format(*_ends(prior.before)),
            "after": "{} ({})".format(*_ends(prior.after)),
            "origins": _origins(prior),
        }
        for prior in without.priors
    ]
    return {
        "sources": ", ".join(without.sources),
        "several": len(without.sources) > 1,
        "told": f"{_told(without)}. {_moved_words(finding)}.",
        "answers": answers,
        "priors": priors,
    }


def _told(without: Without) -> str:
    """How many claims were left out, and why."""
    reasons = [why for _, why in without.claims]
    told = ", ".join(f"{reasons.count(why)} {_WORDS.get(why, why)}" for why in dict.fromkeys(reasons))
    return f"{counted(len(reasons), 'claim')} left out ({told})"


def _moved_words(finding: Finding) -> str:
    assert finding.without is not None
    moved = len(_largest(finding, finding.without))
    priors = counted(len(finding.without.priors), "prior")
    return f"{priors} and {moved} of {counted(len(finding.questions), 'answer')} move (beyond 2 errors)"


def _origins(prior: MovedPrior) -> str:
    return f"{prior.origins_before:.1f} → {prior.origins_after:.1f}" if prior.origins_after else "none left"


def without_view(finding: Finding) -> RenderableType:
    """The block that closes the table of a run without some sources."""
    without = finding.without
    assert without is not None
    heading = Text.assemble((f"Without {plain(', '.join(without.sources))}", "bold"), f": {_told(without)}")
    moved = _largest(finding, without)
    parts: list[RenderableType] = [heading, Text("  " + _moved_words(finding))]
    if without.priors:
        parts.append(Padding(_priors(without.priors), (1, 0, 0, 2)))
    if moved:
        parts.append(Padding(_answers(without, moved[:_SHOWN]), (1, 0, 0, 2)))
    return Group(Text(), *parts, Text())


def _largest(finding: Finding, without: Without) -> list[QuestionFinding]:
    """The questions that move beyond two errors, largest first."""
    sized = [
        (move_size(after, before), question)
        for question in finding.questions
        for before, after in [without.answers[question.name]]
        if _is_beyond_error(after)
    ]
    return [question for _, question in sorted(sized, key=lambda pair: (-pair[0], pair[1].name))]


def _is_beyond_error(after: Answer) -> bool:
    """Does it differ, on the same futures, by more than chance?"""
    return is_beyond_error(after.difference, after.difference_error) and not is_of_other_futures(after)


def _table(*columns: tuple[str, int]) -> FittedTable:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for place, (heading, width) in enumerate(columns):
        table.add_column(heading, width=width, overflow="fold", justify="left" if place == 0 else "right")
    return table


def _priors(priors: tuple[MovedPrior, ...]) -> FittedTable:
    table = _table(("prior", 20), ("with it", 19), ("without", 19), ("origins", 10))
    for prior in priors:
        table.add_row(
            plain(prior.label or name_words(prior.parameter)),
            "\n".join(_ends(prior.before)),
            "\n".join(_ends(prior.after)),
            Text(_origins(prior), "" if prior.origins_after else "bold red"),
        )
    return table


def _ends(ends: tuple[float, float, float]) -> tuple[str, str]:
    """The median, and the 90 % interval."""
    low, median, high = (number(end) for end in ends)
    return median, f"{low} to {high}"


def _answers(without: Without, questions: list[QuestionFinding]) -> FittedTable:
    table = _table(("answer", 20), ("with it", 11), ("without", 11), ("difference", 14), ("±", 9))
    for question in questions:
        before, after = without.answers[question.name]
        unit = " points" if question.kind == "probability" else ""
        shown = (shortened(one) for one in shown_ends(before, after))
        tail = tail_words(before, after)
        name = Text.assemble(plain(question.short), (f"\n{tail}" if tail else "", "yellow"))
        table.add_row(name, *shown, Text(shown_difference(after) + unit, "bold"), shown_error(after))
    return table
