"""`foedus worth`: which claims and assumptions, if settled, would narrow an answer most, whom to ask, and what it is worth to who decides."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import InputError, Problem

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["command"]


@click.command("worth")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option(
    "--choose", default="", metavar="A,B,…", help="For somebody who chooses between these scenarios by the one question."
)
@click.option("--low", "wants_low", is_flag=True, help="With --choose: the lower the answer the better.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@json_option
def command(case: str, questions: tuple[str, ...], choose: str, wants_low: bool, futures: int, seed: int, as_json: bool) -> None:
    """Say what would narrow the answers to QUESTIONS of CASE (or to all): groups of claims, and assumptions.

    Of a single question it also says what to find out and from whom, and how much hangs on each source and claim. With --choose it says what
    knowing each thing first would gain for somebody who chooses between scenarios.
    """
    from foedus.case import load

    loaded = load(case)
    if choose or wants_low:
        _decide(loaded, questions, choose, wants_low, futures, seed, as_json)
        return
    from foedus.show.worth import collection_document, collection_view, worth_view
    from foedus.study import collection, worth

    with progress_bar("Running futures") as progress:
        found = worth(loaded, questions, futures=futures, seed=seed, progress=progress)
        plan = collection(loaded, questions[0], futures=futures, seed=seed) if len(found) == 1 and questions else None
    if as_json:
        emit_json(
            {
                "case": loaded.name,
                "futures": futures,
                "seed": seed,
                "questions": {name: [asdict(one) for one in worths] for name, worths in found.items()},
                "plan": None if plan is None else collection_document(plan),
            }
        )
        return
    console().print(worth_view(found))
    if plan is not None:
        console().print()
        console().print(collection_view(plan))


def _decide(
    loaded: Case, questions: tuple[str, ...], choose: str, wants_low: bool, futures: int, seed: int, as_json: bool
) -> None:
    from foedus.show.worth import decision_document, decision_view
    from foedus.study import decide

    if len(questions) != 1 or not choose:
        message = "somebody who chooses between scenarios does so by one answer."
        help = "Name one question, and the scenarios: foedus worth CASE QUESTION --choose SCENARIO,SCENARIO."
        raise InputError(Problem("--choose", 0, 0, "nothing-to-choose", message, help))
    options = [name.strip() for name in choose.split(",") if name.strip()]
    with progress_bar("Running futures") as progress:
        found = decide(loaded, questions[0], options, wants_low=wants_low, futures=futures, seed=seed, progress=progress)
    if as_json:
        emit_json(decision_document(loaded.name, found))
    else:
        console().print(decision_view(found))
