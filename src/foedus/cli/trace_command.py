"""`foedus trace`: from an answer to the sentences."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar

if TYPE_CHECKING:
    from foedus.analysis.finding import Assumption, ClaimReference, Driver
    from foedus.ensemble import Futures

__all__ = ["command"]


@click.command("trace")
@click.argument("case")
@click.argument("question")
@click.option(
    "--documents",
    type=click.Path(),
    default=None,
    help="A folder with the documents, to show the very sentences.",
)
@click.option("--futures", "-n", type=int, default=4000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--scenario", "-s", default=None, help="Trace the answer under this scenario beside the baseline's.")
@json_option
def command(
    case: str,
    question: str,
    documents: str | None,
    futures: int,
    seed: int,
    scenario: str | None,
    as_json: bool,
) -> None:
    """Show what the answer to QUESTION of CASE rests on: parameters, their claims, the characters of the reports."""
    from foedus.case import load
    from foedus.study.asked import asked_slots
    from foedus.study.finding import make_finding
    from foedus.study.futures import run_futures

    loaded = load(case)
    asked_slots(loaded, [question])
    with progress_bar("Running futures") as progress:
        ran = run_futures(
            loaded,
            futures,
            seed,
            [scenario or loaded.program.scenarios[0].name],
            trajectories=False,
            progress=progress,
        )
    finding = make_finding(loaded, ran, documents=documents)
    traced = next(one for one in finding.questions if one.name == question)
    if not as_json:
        from foedus.show.table import failed_view, trace_view

        console().print(*failed_view(finding), trace_view(traced, finding.assumptions), sep="\n")
        _stop_if_failed(ran)
        return
    from foedus.show.document import answer_document

    assumptions = {assumption.parameter: assumption for assumption in finding.assumptions}
    document: dict[str, Any] = {
        "case": loaded.name,
        "question": question,
        "ask": traced.ask,
        "seed": seed,
        "futures": futures,
        "answer": answer_document(traced.answers[scenario or finding.scenarios[0].name], traced.kind),
        "drivers": [
            _driver(driver, assumptions[driver.parameter]) for driver in traced.drivers if driver.parameter in assumptions
        ],
    }
    document["status"], document["failures"] = dict(finding.status), [asdict(one) for one in finding.failures]
    emit_json(_plain(document))
    _stop_if_failed(ran)


def _stop_if_failed(ran: Futures) -> None:
    """End with 1 where more than a few futures failed: what is shown rests on the others only."""
    from foedus.analysis.failures import FEW_FAILED, failure_counts, failure_words

    if ran.failed_share > FEW_FAILED:
        what = failure_words(failure_counts(ran)[0])
        click.echo(f"{ran.failed_share:.1%} of the futures failed ({what}): what is shown rests on the others only.", err=True)
        sys.exit(1)


def _driver(driver: Driver, assumption: Assumption) -> dict[str, Any]:
    return {
        "parameter": driver.parameter,
        "label": assumption.label,
        "unit": assumption.unit,
        "share": driver.share,
        "share_error": driver.share_error,
        "direction": driver.direction,
        "prior": assumption.prior,
        "low": assumption.low,
        "median": assumption.median,
        "high": assumption.high,
        "assumed": assumption.assumed,
        "fitted": assumption.fitted,
        "because": assumption.because or None,
        "conflict": assumption.conflict or None,
        "effective_origins": assumption.effective_origins,
        "claims": [_claim(claim) for claim in assumption.claims],
    }


def _claim(claim: ClaimReference) -> dict[str, Any]:
    return {
        "id": claim.id,
        "paraphrase": claim.paraphrase,
        "source": claim.source,
        "origin": claim.origin,
        "grade": claim.grade,
        "reliability": claim.reliability,
        "hedge": claim.hedge,
        "url": claim.url or None,
        "document": {"sha256": claim.sha256, "title": claim.title, "published": claim.published or None},
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
    }


def _plain(value: Any) -> Any:
    """NaN as null."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return None if isinstance(value, float) and value != value else value
