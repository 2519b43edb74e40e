"""`foedus dossier`: a case in a folder to take away."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

from foedus.cli.common import console, emit_json, json_option, progress_bar
from foedus.errors import InputError, Problem

__all__ = ["command"]

_BROWSERS = "chromium chromium-browser google-chrome".split()


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
    from foedus.bundle import check_place, make_dossier
    from foedus.case import load

    check_place(output)
    printer = _printer() if wants_pdf else None
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
        )
    if as_json:
        files = [{"path": one.path, "sha256": one.sha256, "bytes": one.size} for one in made.files]
        emit_json(
            {
                "case": made.finding.case,
                "folder": str(made.folder),
                "digest": made.finding.manifest.digests["results"],
                "made_on": made.finding.made_on,
                "futures": futures,
                "seed": seed,
                "files": files,
            }
        )
        return
    screen = console()
    size = sum(one.size for one in made.files)
    screen.print(f"{len(made.finding.questions)} questions, {len(made.files)} files, {size / 1e6:.1f} MB", markup=False)
    screen.print(f"Open: {Path(output) / 'index.html'}", markup=False, soft_wrap=True)
    screen.print(f"Derived again by: sh {Path(output) / 'rerun.sh'}", markup=False, soft_wrap=True)


def _printer() -> Callable[[str, Path], None]:
    """What prints a page, asked for at the door."""
    from foedus.extras import require

    require("browser", "--pdf", "playwright")
    chromium = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if chromium is None:
        message = "no Chromium is found, which prints the report."
        help = "Install Chromium, or leave --pdf out: index.html prints from any browser."
        raise InputError(Problem("--pdf", 0, 0, "no-browser", message, help))

    def print_page(html: str, path: Path) -> None:
        from playwright.sync_api import sync_playwright

        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"])
            tab = browser.new_page()
            tab.set_content(html)
            tab.pdf(path=str(path), prefer_css_page_size=True)
            browser.close()

    def print_apart(html: str, path: Path) -> None:
        with ThreadPoolExecutor(1) as apart:  # the driver refuses a thread in which a loop runs, as in a notebook
            apart.submit(print_page, html, path).result()

    return print_apart
