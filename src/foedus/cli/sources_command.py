"""`foedus sources`: who says what, who repeats whom, and what hangs on each source."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import InputError, Problem

if TYPE_CHECKING:
    from foedus.case import Case
    from foedus.evidence.copies import Copy
    from foedus.study.sources import SourceMove

__all__ = ["command"]

_SHOWN = 8


@click.command("sources")
@click.argument("names", nargs=-1, metavar="CASE [QUESTION]... | --series FILE...")
@click.option("--series", is_flag=True, help="Hold dated series (CSV, JSON) against each other: which are copies?")
@click.option(
    "--group", "-g", "groups", multiple=True, help="Show how this group's pool came about, and the pool without each source."
)
@click.option("--futures", "-n", type=int, default=1000, show_default=True, help="Of each run, where questions are given.")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--outcomes", type=click.Path(), default=None, help="How questions came out, as for `score`: who was right.")
@json_option
def command(
    names: tuple[str, ...], series: bool, groups: tuple[str, ...], futures: int, seed: int, outcomes: str | None, as_json: bool
) -> None:
    """List the sources of CASE: their claims, grades and votes, and who repeats whom.

    With QUESTIONs, how far each answer moves when a source and all who only repeat it are left out, on the same futures.
    With --series, whether dated series are copies of one another, by their numbers alone.
    """
    if not names:
        raise click.UsageError("Give a case, or --series and files.")
    if series:
        _series(names, as_json)
        return
    from foedus.case import load
    from foedus.evidence.store.earned import different_letters
    from foedus.study.asked import asked_slots

    loaded = load(names[0])
    if loaded.ledger is None:
        help_text = "Put ledger.jsonl beside the model."
        raise InputError(Problem(loaded.name, 0, 0, "no-ledger", "the case has no ledger, so there are no sources.", help_text))
    asked_slots(loaded, names[1:])
    moves: tuple[SourceMove, ...] = ()
    if len(names) > 1:
        from foedus.study.sources import source_moves

        asked = [slot for slot in loaded.program.results if slot.name in names[1:]]
        with progress_bar("Leaving out one source at a time") as progress:
            moves = source_moves(loaded, asked, futures, seed, progress, _announce)
    from foedus.cli.sources_record import earned_document, records_of

    records = records_of(loaded, outcomes)
    if as_json:
        emit_json({**_document(loaded, groups, moves, futures, seed), "earned": earned_document(records)})
        return
    _show(loaded, groups, names[1:], moves)
    if not groups and len(names) == 1:
        from foedus.show.earned import earned_view, letters_view

        console().print(earned_view(records))
        console().print(letters_view(different_letters(loaded.ledger.claims)), end="")


def _announce(runs: int, seconds: float) -> None:
    """How long it will take, where that is long enough to wonder."""
    if seconds > 3:
        click.echo(f"{runs} runs, one without each origin: about {seconds:.0f} seconds.", err=True)


def _series(files: tuple[str, ...], as_json: bool) -> None:
    from foedus.evidence.copies import find_copies
    from foedus.evidence.timeseries import read_series_files
    from foedus.show.sources import copies_view

    found = read_series_files(files)
    copies = find_copies(found)
    if as_json:
        emit_json(
            {
                "series": [{"label": one.label, "file": one.file, "dates": len(one.days)} for one in found],
                "pairs": [_copy(one) for one in copies],
            }
        )
    else:
        console().print(copies_view(copies, len(found)))


def _copy(one: Copy) -> dict[str, Any]:
    return {
        "later": one.later.label,
        "earlier": one.earlier.label,
        "intervals": one.intervals,
        "median_deviation": one.deviation,
        "ratio": one.ratio,
        "lag_days": one.lag,
        "near": one.near,
        "chance": one.chance,
        "found": one.is_found,
    }


def _show(case: Case, groups: tuple[str, ...], questions: tuple[str, ...], moves: tuple[SourceMove, ...]) -> None:
    from foedus.evidence.dependence import find_dependence
    from foedus.evidence.groups import group_report
    from foedus.evidence.sources import leave_one_out, origin_rows
    from foedus.show.pools import waterfall_view
    from foedus.show.sources import dependence_view, left_out_view, origins_view, overrides_view
    from foedus.study.sources import parameters_of

    assert case.ledger is not None
    screen = console()
    for group in groups:
        screen.print(waterfall_view(group_report(case.ledger.group(group), case.defaults)))
        screen.print()
        screen.print(left_out_view(leave_one_out(case.ledger, group, case.defaults)))
    for name in questions:
        screen.print(_moves_table(name, moves))
    if groups or questions:
        return
    rows = origin_rows(case.ledger, case.defaults)
    screen.print(origins_view(rows, {row.name: len(parameters_of(case, row)) for row in rows}))
    screen.print()
    screen.print(dependence_view(find_dependence(case.ledger.claims, case.defaults)))
    if case.defaults.overrides:
        screen.print(overrides_view(case.defaults.overrides))


def _moves_table(question: str, moves: tuple[SourceMove, ...]) -> Any:
    """One question without each origin in turn, largest move first."""
    from rich.console import Group
    from rich.text import Text

    from foedus.analysis.moves import is_of_other_futures
    from foedus.show.ranking import move_size, shown_difference, shown_error, shown_statistic
    from foedus.show.sources import table_of
    from foedus.show.words import is_beyond_error, plain, shortened

    own = sorted(
        (one for one in moves if one.question == question), key=lambda one: (-move_size(one.after, one.before), one.origin)
    )
    moved = [
        one
        for one in own
        if is_beyond_error(one.after.difference, one.after.difference_error) and not is_of_other_futures(one.after)
    ]
    columns = (("without", 26), ("with it", 11), ("without", 11), ("difference", 14), ("±", 8))
    table = table_of(question, *columns, right=frozenset({"with it", "difference", "±"}))
    for one in moved[:_SHOWN]:
        mark = f"\nalone for {plain(', '.join(one.orphans))}" if one.orphans else ""
        mark += "\nboth on the priors" if one.on_priors else ""
        shown = (shortened(shown_statistic(answer)) for answer in (one.before, one.after))
        unit = " points" if one.before.quantiles is None else ""
        name = Text.assemble(plain(one.origin), (mark, "red"))
        table.add_row(name, *shown, Text(shown_difference(one.after) + unit, "bold"), shown_error(one.after))
    rest = f"{len(own) - min(len(moved), _SHOWN)} of {len(own)} origins move it less, or not beyond 2 errors."
    if any(one.on_priors for one in moved[:_SHOWN]):
        rest += " On the priors: without its claims too few members of the posterior are left to weigh."
    return Group(table, Text(rest, "dim"), Text())


def _document(case: Case, groups: tuple[str, ...], moves: tuple[SourceMove, ...], futures: int, seed: int) -> dict[str, Any]:
    from foedus.evidence.dependence import find_dependence
    from foedus.evidence.groups import group_report
    from foedus.evidence.sources import leave_one_out, origin_rows, source_rows
    from foedus.show.ledger_document import report_document
    from foedus.study.sources import parameters_of

    assert case.ledger is not None
    rows = origin_rows(case.ledger, case.defaults)
    pooled = groups or tuple(sorted({group for row in rows for group in row.votes}))
    document: dict[str, Any] = {
        "case": case.name,
        "origins": [{**asdict(row), "parameters": list(parameters_of(case, row))} for row in rows],
        "sources": [asdict(row) for row in source_rows(case.ledger)],
        "dependence": [asdict(one) for one in find_dependence(case.ledger.claims, case.defaults)],
        "leave_one_out": {group: [asdict(one) for one in leave_one_out(case.ledger, group, case.defaults)] for group in pooled},
        "pools": {group: report_document(group_report(case.ledger.group(group), case.defaults)) for group in pooled},
        "overrides": [asdict(one) for one in case.defaults.overrides],
    }
    if moves:
        document |= {"futures": futures, "seed": seed, "questions": _moved(moves)}
    return document


def _moved(moves: tuple[SourceMove, ...]) -> dict[str, list[dict[str, Any]]]:
    from foedus.analysis.moves import is_of_other_futures

    found: dict[str, list[dict[str, Any]]] = {}
    for one in moves:
        is_chance, is_other = one.before.quantiles is None, is_of_other_futures(one.after)
        values = [answer.probability if is_chance else answer.mean for answer in (one.before, one.after)]
        found.setdefault(one.question, []).append(
            {
                "without": one.origin,
                "full": _finite(values[0]),
                "left": _finite(values[1]),
                "difference": None if is_other else _finite(one.after.difference),
                "difference_error": None if is_other else _finite(one.after.difference_error),
                "parameters": list(one.parameters),
                "no_claim_left": list(one.orphans),
                "on_priors": one.on_priors,
            }
        )
    return found


def _finite(value: float | None) -> float | None:
    """NaN, of a question that applies to no future, as null."""
    return value if value is not None and value == value else None
