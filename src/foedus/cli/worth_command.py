"""`foedus worth`: what to find out, and whom to ask, so that an answer narrows or a choice gets better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, progress_bar, say_duration

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["command"]


@click.command("worth")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option("--choose", "options", multiple=True, metavar="SCENARIO", help="A scenario that could be chosen; give two or more.")
@click.option("--want", type=click.Choice(["most", "least"]), help="Of the answer, in a choice.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@json_option
def command(
    case: str,
    questions: tuple[str, ...],
    options: tuple[str, ...],
    want: str | None,
    futures: int,
    seed: int,
    chart: str | None,
    as_json: bool,
) -> None:
    """Say what would narrow the answers to QUESTIONS of CASE: a plan of what to find out and whom to ask, by parameter, claim and source.
    Without QUESTIONS, a table of all answers.

    With --choose, what it would be worth to learn something before choosing between scenarios: by the first question of the headline, or
    by each of QUESTIONS, of which most or least is wanted.
    """
    from foedus.bundle.method_charts import choice_drawing, plan_drawing
    from foedus.case import load
    from foedus.show.worth import choice_document, choice_view, plan_document, plan_view, worths_view
    from foedus.study.choose import choose
    from foedus.study.collect import collect
    from foedus.study.redteam import headline_question
    from foedus.study.worth import worth

    if chart is not None and (len(questions) > 1 or not (questions or options)):
        raise click.UsageError("--chart draws one question: name it.")
    loaded = load(case)
    about = {"case": loaded.name, "futures": futures, "seed": seed}
    if options or want:
        asked = questions or (headline_question(loaded).name,)
        with progress_bar("Running futures") as progress:
            choices = {
                name: choose(
                    loaded,
                    name,
                    options,
                    want or "",
                    futures=futures,
                    seed=seed,
                    progress=progress,
                    told=None if place else say_duration,
                )
                for place, name in enumerate(asked)
            }
        leave_chart(chart, lambda: choice_drawing(choices[asked[0]]), loaded, futures, seed)
        if as_json:
            emit_json({**about, "choices": {name: choice_document(one) for name, one in choices.items()}})
        else:
            _print([choice_view(one) for one in choices.values()])
        return
    with progress_bar("Running futures") as progress:
        plans = collect(loaded, questions, futures=futures, seed=seed, progress=progress, told=say_duration) if questions else {}
        found = {name: plan.settle for name, plan in plans.items()} or worth(
            loaded, futures=futures, seed=seed, progress=progress
        )
    leave_chart(chart, lambda: plan_drawing(plans[questions[0]]), loaded, futures, seed)
    if as_json:
        emit_json(
            {
                **about,
                "left_out": _left_out(loaded, found, questions),
                "questions": {name: [asdict(one) for one in worths] for name, worths in found.items()},
                "plans": {name: plan_document(plan) for name, plan in plans.items()},
            }
        )
    elif plans:
        _print([plan_view(plan) for plan in plans.values()])
    else:
        _print([worths_view(found, _left_out(loaded, found, questions))])


def _left_out(case: Case, found: Mapping[str, object], questions: Sequence[str]) -> list[str]:
    """Questions that were to be told of and that too few futures have an answer to."""
    return [slot.name for slot in case.program.results if slot.name not in found and not questions]


def _print(views: Sequence[object]) -> None:
    for place, view in enumerate(views):
        console().print(*([""] if place else []), view, sep="\n")
