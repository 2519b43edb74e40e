"""`foedus score`: a frozen forecast, and the experts of a case, held against what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

if TYPE_CHECKING:
    from rich.table import Table

    from foedus.case import Case
    from foedus.history.scorecard import Experts, QuestionScore, Scorecard
    from foedus.history.scores import Bin

__all__ = ["command"]

FORECAST = "forecast.json"


@click.command("score")
@click.argument("target", metavar="FORECAST|CASE")
@click.option("--outcomes", type=click.Path(), required=True, help="How the questions came out: a JSON list.")
@click.option(
    "--forecast",
    type=click.Path(),
    default=None,
    help="With a case: the frozen forecast beside which the experts stand.  [default: forecast.json in its folder]",
)
@click.option("--scenario", default="", help="Score the answers of this scenario.  [default: the baseline]")
@json_option
def command(target: str, outcomes: str, forecast: str | None, scenario: str, as_json: bool) -> None:
    """Score a frozen FORECAST against outcomes, or the predictions in the ledger of CASE beside the model's own.

    Outcomes are a JSON list of {question, value, date, source, contested}. Lower is better in every score.
    """
    from foedus.history.freeze import read_frozen
    from foedus.history.outcomes import read_outcomes
    from foedus.history.scorecard import card_document, experts_document, score, score_experts, score_forecast

    if _is_forecast(target):
        frozen = read_frozen(target)
        card = score(frozen, outcomes, scenario)
        emit_json(card_document(card)) if as_json else _print_card(card)
        return
    case, frozen = _case_and_forecast(target, forecast)
    found = read_outcomes(outcomes, frozen["questions"])
    card = score_forecast(frozen, found, scenario)
    experts = score_experts(case.ledger.predictions() if case.ledger else (), frozen, found)
    if as_json:
        emit_json({**card_document(card), "experts": experts_document(experts)})
        return
    _print_card(card)
    _print_experts(experts)


def _is_forecast(target: str) -> bool:
    return Path(target).suffix == ".json"


def _case_and_forecast(name: str, forecast: str | None) -> tuple[Case, dict[str, Any]]:
    """The case, and its frozen answers: from the file named, from the case's folder, or computed now."""
    from foedus.case import load
    from foedus.history.freeze import freeze, read_frozen

    case = load(name)
    path = Path(forecast) if forecast else case.folder.folder / FORECAST
    if forecast or path.is_file():
        return case, read_frozen(path)
    with progress_bar("Running futures") as progress:
        return case, freeze(case, short=False, progress=progress)


def _print_card(card: Scorecard) -> None:
    from rich.text import Text

    screen = console()
    dated = f"as of {card.as_of}, made on {card.made_on or 'a day not told'}"
    screen.print(Text(f"{card.case}: {dated}, {card.scenario}, digest {card.digest[:12]}", "bold"))
    chances = [one for one in card.questions if one.brier is not None]
    amounts = [one for one in card.questions if one.crps is not None and one.when is None]
    if chances:
        rows = [
            (
                _named(one.name, one.contested),
                _figure(one.probability),
                "yes" if one.outcome is True else "no",
                _figure(one.brier),
                _figure(one.log),
            )
            for one in chances
        ]
        screen.print(_table("Yes or no", ("question", "said", "came", "Brier", "log"), rows))
    if amounts:
        rows = [
            (
                _named(one.name, one.contested),
                f"{_amount(one.median)} ({_amount((one.interval or (0, 0))[0])} to {_amount((one.interval or (0, 0))[1])})",
                _amount(one.outcome),
                _amount(one.crps),
                _figure(one.pit),
            )
            for one in amounts
        ]
        screen.print(_table("Numbers", ("question", "said (90 %)", "came", "CRPS", "PIT"), rows))
    _print_dates([one for one in card.questions if one.when is not None])
    lines = [
        f"Brier {_figure(card.brier)}; the base rate of these outcomes {_figure(card.climatology)}; log {_figure(card.log)}."
    ]
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
        screen.print(Text(line))
    _print_curve(card.calibration)


def _print_dates(scores: Sequence[QuestionScore]) -> None:
    rows = [
        (
            _named(one.name, one.contested),
            _figure(one.chance),
            "{1} ({0} to {2})".format(*one.when or ("", "", "")),
            _amount(one.outcome),
            _figure(one.chance_brier),
            _amount(one.crps),
        )
        for one in scores
    ]
    if rows:
        console().print(_table("When, if at all", ("question", "chance", "said (90 %)", "came", "Brier", "CRPS"), rows))


def _print_experts(experts: Experts) -> None:
    from rich.text import Text

    screen = console()
    if not experts.sayings:
        screen.print(Text(f"No prediction of the ledger has come out yet; {experts.open} are open."))
        return
    rows = [
        (
            one.claim,
            _named(one.who, one.contested),
            one.question,
            f"{one.low:.2f}–{one.high:.2f}",
            "yes" if one.outcome else "no",
            _figure(one.brier),
            _figure(one.model_brier),
        )
        for one in experts.sayings
    ]
    heads = ("claim", "who", "question", "said", "came", "Brier", "model")
    screen.print(_table("Who said what", heads, rows))
    error = f" ± {_figure(experts.difference_error)}" if experts.difference_error is not None else ""
    screen.print(
        Text(
            f"Brier {_figure(experts.brier)}, the model on the same {_figure(experts.model_brier)}. "
            f"Experts less model, paired over {experts.questions} questions: {_figure(experts.difference)}{error}."
        )
    )
    if experts.parts is not None:
        screen.print(
            Text(
                f"Reliability {_figure(experts.parts.reliability)}, resolution {_figure(experts.parts.resolution)}, "
                f"uncertainty {_figure(experts.parts.uncertainty)}; {experts.open} predictions are open."
            )
        )
    _print_curve(experts.calibration)


def _print_curve(bins: Sequence[Bin]) -> None:
    if bins:
        rows = [(f"{one.low:.2f}–{one.high:.2f}", str(one.count), _figure(one.forecast), _figure(one.observed)) for one in bins]
        console().print(_table("Calibration", ("said", "n", "mean", "came true"), rows))


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=None, pad_edge=False)
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
    from foedus.distributions.base import short_number

    return "n/a" if value is None else short_number(value) if isinstance(value, int | float) else str(value)
