"""`foedus ledger CASE agreement`: two readers of the same claims."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_case import find_ledger, reading, store_option

if TYPE_CHECKING:
    from foedus.evidence.store.agreement import Agreement

__all__ = ["agreement"]

_SHOWN = 20
_WORDS = {True: "accepted", False: "rejected"}


@click.command("agreement")
@click.argument("other", type=click.Path(path_type=Path), metavar="OTHER.jsonl")
@store_option
@click.pass_obj
def agreement(name: str, other: Path, store: str | None, as_json: bool) -> None:
    """Hold the decisions here against those in OTHER, another reader's ledger of the same claims: Cohen's kappa, and where they part."""
    from foedus.evidence.store.agreement import agreement as hold_against
    from foedus.evidence.store.transfer import claims_of_file

    case = find_ledger(name, store)
    told = claims_of_file(other)
    with reading(case) as (ledger, _):
        found = hold_against(ledger.claims, told)
    if not as_json:
        _show(found)
        return
    counts = {f"{_WORDS[one]}/{_WORDS[both]}": count for (one, both), count in found.table.items()}
    emit_json(
        {
            "case": case.name,
            "other": str(other),
            "common": found.common,
            "agreed": found.agreed,
            "kappa": found.kappa,
            "error": found.error,
            "table": counts,
            "parted": found.parted,
            "figures": found.figures,
            "grades": found.grades,
            "only_here": found.only_here,
            "only_there": found.only_there,
        }
    )


def _show(found: Agreement) -> None:
    screen = console()
    if not found.common:
        screen.print("No claim was decided on by both.")
        return
    screen.print(f"{found.agreed:,} of {found.common:,} claims decided alike.", markup=False)
    screen.print(f"{'':10}{'there:':>10} {'accepted':>9} {'rejected':>9}", markup=False, style="dim")
    for is_kept, word in _WORDS.items():
        kept, left = (found.table[is_kept, other] for other in (True, False))
        screen.print(f"{'here:' if is_kept else '':>10}{word:>10} {kept:>9,} {left:>9,}", markup=False)
    if found.kappa is None or found.error is None:
        screen.print("kappa: none; both decided all of them alike, so chance would do as well.", markup=False)
    else:
        screen.print(f"kappa {found.kappa:.2f} ± {found.error:.2f}  (1: always alike; 0: as by chance)", markup=False)
    for what, ids in (("decided apart", found.parted), ("different figures", found.figures), ("different grades", found.grades)):
        if ids:
            more = f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else ""
            screen.print(f"{what}: {', '.join(ids[:_SHOWN])}{more}", markup=False)
    screen.print(f"decided on by one alone: {found.only_here:,} here, {found.only_there:,} there", markup=False, style="dim")
