"""`foedus dossier`: a case in a folder to take away."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar, say_duration

__all__ = ["command"]


@click.command("dossier")
@click.argument("case")
@click.option("--output", "-o", type=click.Path(), required=True, help="The folder; one that this command made is replaced.")
@click.option("--futures", "-n", type=int, default=10_000, show_default=True, help="How many futures.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same answers.")
@click.option("--scenario", "-s", "scenarios", multiple=True, help="Only these, beside the baseline. May be given again.")
@click.option("--posterior", default=None, help="A file of `foedus calibrate` to draw from; `none` for the priors.")
@click.option(
    "--documents",
    type=click.Path(),
    default=None,
    help="A folder with the documents, so that quotes can be shown.  [default: documents beside the model]",
)
@click.option("--licence", default="", help="Of the answers, in words or as an address; it is written on every chart and page.")
@click.option("--pdf", "wants_pdf", is_flag=True, help="Print the report into it too (extra `browser`, and Chromium).")
@json_option
def command(
    case: str,
    output: str,
    futures: int,
    seed: int,
    scenarios: tuple[str, ...],
    posterior: str | None,
    documents: str | None,
    licence: str,
    wants_pdf: bool,
    as_json: bool,
) -> None:
    """Write the answers of CASE into a folder to take away.

    A page for each question, every chart as SVG, PNG and CSV, all answers as a table, the inputs, and a command that derives all of it again.
    """
    from foedus.bundle import check_place, dossier_document, dossier_words, make_dossier
    from foedus.bundle.printing import browser_printer
    from foedus.case import load

    check_place(output)
    printer = browser_printer() if wants_pdf else None
    loaded = load(case, posterior=posterior)
    with progress_bar("Running futures, then drawing") as progress:
        made = make_dossier(
            loaded,
            output,
            futures=futures,
            seed=seed,
            scenarios=scenarios or None,
            licence=licence,
            documents=documents,
            progress=progress,
            printer=printer,
            told=say_duration,
        )
    if as_json:
        emit_json(dossier_document(made))
        return
    screen = console()
    screen.print(dossier_words(made), markup=False)
    screen.print(f"Open: {Path(output) / 'index.html'}", markup=False, soft_wrap=True)
    screen.print(f"Derived again by: sh {Path(output) / 'rerun.sh'}", markup=False, soft_wrap=True)
