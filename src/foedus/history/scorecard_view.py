"""Scores for a screen: a frozen forecast, and the experts of a case, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.distributions.base import short_number
from foedus.history.scorecard import Experts, QuestionScore, Scorecard
from foedus.history.scores import Bin
from foedus.show.fitted import FittedTable
from foedus.titles import name_words
from foedus.wording import counted, people_date, readable, stated, unit_words

__all__ = ["card_view", "experts_view"]

FEWEST_OUTCOMES = 5
"""Outcomes of which a base rate says something: that of a single one is 0 or 1, and its score 0."""


def card_view(card: Scorecard) -> RenderableType:
    """A frozen forecast against what came, in tables and sentences."""
    parts: list[RenderableType] = []
    dated = f"as of {people_date(card.as_of or '')}, made on {people_date(card.made_on or '') or 'a day not told'}"
    parts.append(Text(f"{card.case}: {dated}, {card.scenario}, digest {card.digest[:12]}", "bold"))
    chances = [one for one in card.questions if one.brier is not None]
    amounts = [one for one in card.questions if one.crps is not None and one.when is None]
    if chances:
        rows = [
            (
                _named(one.ask or name_words(one.name), one.contested),
                _figure(one.probability),
                "yes" if one.outcome is True else "no",
                _figure(one.brier),
                _figure(one.log),
            )
            for one in chances
        ]
        parts.append(_table("Yes or no", ("question", "said", "came", "Brier", "log"), rows))
    if amounts:
        rows = [
            (
                _named(f"{one.ask or name_words(one.name)}{_in_unit(one)}", one.contested),
                f"{_amount(one.median)} ({_amount((one.interval or (0, 0))[0])} to {_amount((one.interval or (0, 0))[1])})",
                _amount(one.outcome),
                _amount(one.crps),
                _figure(one.pit),
            )
            for one in amounts
        ]
        parts.append(_table("Numbers", ("question", "said (90 %)", "came", "CRPS", "PIT"), rows))
    parts += _dates([one for one in card.questions if one.when is not None])
    lines = [f"Brier {_figure(card.brier)}; {_beside(card)}; log {_figure(card.log)}."]
    if card.parts is not None:
        lines.append(
            f"Reliability {_figure(card.parts.reliability)}, resolution {_figure(card.parts.resolution)}, "
            f"uncertainty {_figure(card.parts.uncertainty)}."
        )
    if card.coverage_90 is not None:
        lines.append(f"{100 * card.coverage_90:.0f} % of the numbers fell into their 90 % interval.")
    lines.append("; ".join(f"{name} {count}" for name, count in card.counts.items() if count) + ".")
    if card.counts["contested"]:
        own = "" if card.contested_brier is None else f"; their own Brier {_figure(card.contested_brier)}"
        lines.append(f"* contested: left out of the means{own}.")
    for line in lines:
        parts.append(Text(line))
    return Group(*parts, *_curve(card.calibration))


def _in_unit(one: QuestionScore) -> str:
    """In which unit an amount is told, behind what was asked."""
    unit = unit_words(one.unit)
    return f" ({unit})" if unit else ""


def _beside(card: Scorecard) -> str:
    """What the Brier score is held against: of a few outcomes their base rate is nothing but these outcomes themselves."""
    count = sum(one.brier is not None and not one.contested for one in card.questions)
    if count < FEWEST_OUTCOMES:
        return f"of {counted(count, 'outcome')}, too few to be held against their base rate"
    return f"the base rate of these outcomes {_figure(card.climatology)}"


def _dates(scores: Sequence[QuestionScore]) -> list[RenderableType]:
    rows = [
        (
            _named(one.ask or name_words(one.name), one.contested),
            _figure(one.chance),
            readable("{1} ({0} to {2})".format(*one.when or ("", "", ""))),
            _amount(one.outcome),
            _figure(one.chance_brier),
            _amount(one.crps),
        )
        for one in scores
    ]
    return [_table("When, if at all", ("question", "chance", "said (90 %)", "came", "Brier", "CRPS"), rows)] if rows else []


def experts_view(experts: Experts) -> RenderableType:
    """What experts said, beside the model on the same questions."""
    parts: list[RenderableType] = []
    if not experts.sayings:
        return Text(f"No prediction of the ledger has come out yet; {experts.open} are open.")
    rows = [
        (
            one.claim,
            _named(one.who, one.contested),
            name_words(one.question),
            f"{one.low:.2f}–{one.high:.2f}",
            "yes" if one.outcome else "no",
            _figure(one.brier),
            _figure(one.model_brier),
        )
        for one in experts.sayings
    ]
    heads = ("claim", "who", "question", "said", "came", "Brier", "model")
    parts.append(_table("Who said what", heads, rows))
    apart = stated(experts.difference, experts.difference_error).said()
    parts.append(
        Text(
            f"Brier {_figure(experts.brier)}, the model on the same {_figure(experts.model_brier)}. "
            f"Experts less model, paired over {counted(experts.questions, 'question')}: {apart}."
        )
    )
    if experts.parts is not None:
        parts.append(
            Text(
                f"Reliability {_figure(experts.parts.reliability)}, resolution {_figure(experts.parts.resolution)}, "
                f"uncertainty {_figure(experts.parts.uncertainty)}; {experts.open} predictions are open."
            )
        )
    return Group(*parts, *_curve(experts.calibration))


def _curve(bins: Sequence[Bin]) -> list[RenderableType]:
    rows = [(f"{one.low:.2f}–{one.high:.2f}", str(one.count), _figure(one.forecast), _figure(one.observed)) for one in bins]
    return [_table("Calibration", ("said", "n", "mean", "came true"), rows)] if rows else []


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> FittedTable:
    table = FittedTable(title=title, title_justify="left", box=None, pad_edge=False)
    for place, head in enumerate(heads):
        is_name = place == 0 or head in ("who", "question")
        table.add_column(head, justify="left" if is_name else "right", overflow="fold", no_wrap=False)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _named(name: str, contested: bool) -> str:
    return f"{name} *" if contested else name


def _figure(value: float | None) -> str:
    return "n/a" if value is None else f"{value:.3f}"


def _amount(value: Any) -> str:
    return "n/a" if value is None else short_number(value) if isinstance(value, int | float) else str(value)
