"""`foedus score`: a frozen forecast, and the experts of a case, held against what came."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

__all__ = ["command"]


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
    from foedus.history.scorecard_view import card_view, experts_view
    from foedus.history.scoring import score_target, scored_document

    with progress_bar("Running futures") as progress:
        found = score_target(target, outcomes, forecast=forecast, scenario=scenario, progress=progress)
    if as_json:
        emit_json(scored_document(found))
        return
    console().print(card_view(found.card))
    if found.experts is not None:
        console().print(experts_view(found.experts))
