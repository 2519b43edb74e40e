"""`foedus serve`: the page of a case on loopback, built anew on save."""

from __future__ import annotations

import threading

import click

from foedus.cli.common import console, port_taken

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
    from foedus.page.serve import Workshop, serve

    workshop = Workshop(case, documents, futures)
    next(workshop.files())
    try:
        server = serve(workshop, port)
    except OSError as error:
        raise port_taken(port, error) from None
    screen = console(is_error=True)
    screen.print("Building the page…")
    workshop.build()
    if workshop.error:
        screen.print(workshop.error, markup=False)
    screen.print(f"http://127.0.0.1:{server.server_address[1]}/  (Ctrl-C stops)", markup=False)
    stopped = threading.Event()
    threading.Thread(target=workshop.watch, args=(stopped,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        screen.print("Stopped.")
    finally:
        stopped.set()
        server.server_close()
