"""`foedus ledger CASE agreement`: two readers of the same claims."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_case import note, store_option

__all__ = ["agreement"]


@click.command("agreement")
@click.argument("other", type=click.Path(path_type=Path), metavar="OTHER.jsonl")
@store_option
@click.pass_obj
def agreement(name: str, other: Path, store: str | None, as_json: bool) -> None:
    """Hold the decisions here against those in OTHER, another reader's ledger of the same claims: Cohen's kappa, and where they part."""
    from foedus.show.agreement import agreement_view
    from foedus.study.ledger.looking import compare_readers
    from foedus.study.ledger.told import compared_document

    found = compare_readers(name, other, store=store, note=note)
    if as_json:
        emit_json(compared_document(found))
    else:
        console().print(agreement_view(found.agreement))
