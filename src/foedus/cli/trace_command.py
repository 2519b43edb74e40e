"""`foedus trace`: from an answer to the sentences."""

from __future__ import annotations

import sys

import click

from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar

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
@names_option
@json_option
def command(
    case: str,
    question: str,
    documents: str | None,
    futures: int,
    seed: int,
    scenario: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Show what the answer to QUESTION of CASE rests on: parameters, their claims, the characters of the reports."""
    from foedus.case import load
    from foedus.show.failed import few_failed
    from foedus.show.table import failed_view
    from foedus.show.trace import trace_document, trace_view
    from foedus.study.trace import trace

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = trace(loaded, question, scenario=scenario, documents=documents, futures=futures, seed=seed, progress=progress)
    if as_json:
        emit_json(trace_document(found))
    else:
        told = trace_view(found.question, found.assumptions, found.finding.scenarios, names=names)
        console().print(*failed_view(found.finding), told, sep="\n")
    if words := few_failed(found.finding):
        click.echo(words, err=True)
        sys.exit(1)
