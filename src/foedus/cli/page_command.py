"""`foedus page`: a case as one interactive page."""

from __future__ import annotations

from pathlib import Path

import click

from foedus.cli.common import console, emit_json, json_option
from foedus.files import write_text

__all__ = ["command"]


@click.command("page")
@click.argument("case")
@click.option("--output", "-o", type=click.Path(dir_okay=False), default=None, help="Where to write it.  [default: CASE.html]")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the documents that claims quote.")
@click.option(
    "--futures", "-n", type=int, default=10_000, show_default=True, help="Behind what it says of the case as it stands."
)
@json_option
def command(case: str, output: str | None, documents: str | None, futures: int, as_json: bool) -> None:
    """Write CASE as one self-contained page: levers, live futures, every number traceable. It needs no network."""
    from foedus.case import load
    from foedus.page.build import page_document, page_html

    loaded = load(case)
    text = page_html(loaded, documents, futures=futures)
    path = Path(output or f"{loaded.name}.html")
    write_text(path, text)
    if as_json:
        emit_json(page_document(loaded, path, text))
    else:
        console().print(f"Page: {path} ({len(text.encode()) / 1e6:.1f} MB). Open it in a browser.", markup=False)
