"""`foedus serve`: the page of a case on loopback, built anew on save."""

from __future__ import annotations

import click

from foedus.cli.common import console

__all__ = ["command"]


@click.command("serve")
@click.argument("case")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8712, show_default=True, help="0 takes a free one.")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the documents that claims quote.")
@click.option(
    "--futures", "-n", type=int, default=10_000, show_default=True, help="Behind what it says of the case as it stands."
)
def command(case: str, port: int, documents: str | None, futures: int) -> None:
    """Serve the page of CASE on this machine only. On save it is built again; errors are shown in place, levers stay."""
    from foedus.page.serve import open_workshop

    screen = console(is_error=True)
    with open_workshop(case, documents, futures, port=port, told=lambda words: screen.print(words, markup=False)) as server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            screen.print("Stopped.")
