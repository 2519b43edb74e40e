"""`foedus worth`: what to find out, and whom to ask, so that an answer narrows or a choice gets better."""

from __future__ import annotations

import click

from foedus.cli.chart_option import chart_option, leave_chart
from foedus.cli.common import console, emit_json, json_option, names_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("worth")
@click.argument("case")
@click.argument("questions", nargs=-1)
@click.option("--choose", "options", multiple=True, metavar="SCENARIO", help="A scenario that could be chosen; give two or more.")
@click.option("--want", type=click.Choice(["most", "least"]), help="Of the answer, in a choice.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@chart_option
@names_option
@json_option
def command(
    case: str,
    questions: tuple[str, ...],
    options: tuple[str, ...],
    want: str | None,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """Say what would narrow the answers to QUESTIONS of CASE: a plan of what to find out and whom to ask, by parameter, claim and source.
    Without QUESTIONS, a table of all answers.

    With --choose, what it would be worth to learn something before choosing between scenarios: by the first question of the headline, or
    by each of QUESTIONS, of which most or least is wanted.
    """
    if chart is not None and (len(questions) > 1 or not (questions or options)):
        raise click.UsageError("--chart draws one question: name it.")
    if options or want:
        _choose(case, questions, options, want or "", futures, seed, chart, names, as_json)
    else:
        _plan(case, questions, futures, seed, chart, names, as_json)


def _choose(
    case: str,
    questions: tuple[str, ...],
    options: tuple[str, ...],
    want: str,
    futures: int,
    seed: int,
    chart: str | None,
    names: bool,
    as_json: bool,
) -> None:
    """What to learn before choosing."""
    from foedus.bundle.method_charts import choice_drawing
    from foedus.case import load
    from foedus.show.words import quoted
    from foedus.show.worth import choices_document, choices_view
    from foedus.study.choose import choose_by

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = choose_by(loaded, questions, options, want, futures=futures, seed=seed, progress=progress, told=say_duration)
    chosen = next(iter(found.choices.values()))
    told = f"Options {', '.join(quoted(one.label) for one in chosen.options)}"
    leave_chart(chart, lambda: choice_drawing(chosen), loaded, futures, seed, told)
    if as_json:
        emit_json(choices_document(found))
    else:
        console().print(choices_view(found, names=names))


def _plan(case: str, questions: tuple[str, ...], futures: int, seed: int, chart: str | None, names: bool, as_json: bool) -> None:
    """What to find out, and whom to ask."""
    from foedus.bundle.method_charts import plan_drawing
    from foedus.case import load
    from foedus.show.worth import plans_document, plans_view
    from foedus.study.collect import plan_case

    loaded = load(case)
    with progress_bar("Running futures") as progress:
        found = plan_case(loaded, questions, futures=futures, seed=seed, progress=progress, told=say_duration)
    leave_chart(chart, lambda: plan_drawing(found.plans[questions[0]]), loaded, futures, seed)
    if as_json:
        emit_json(plans_document(found))
    else:
        console().print(plans_view(found, names=names))
