"""`foedus review`: a page on this machine on which an analyst goes through the claims of a case."""

from __future__ import annotations

import os
import sys
import webbrowser

import click

from foedus.cli.common import console, emit_json
from foedus.cli.ledger_case import store_option, user_name
from foedus.errors import InputError, Problem

__all__ = ["command"]


@click.command("review")
@click.argument("case")
@click.option("--documents", type=click.Path(), default=None, help="A folder with the reports, to mark the claims in their text.")
@click.option("--port", "-p", type=click.IntRange(0, 65535), default=8713, show_default=True, help="0 takes a free one.")
@click.option("--open/--no-open", "is_opened", default=None, help="Open the browser; where there is a screen, it is opened.")
@click.option("--who", default=user_name, metavar="NAME", help="Your name in the history of the ledger. Default: your user name.")
@store_option
def command(
    case: str, documents: str | None, port: int, is_opened: bool | None, who: str, store: str | None, as_json: bool
) -> None:
    """Go through the claims of CASE: accept, reject, edit, undo, with every decision kept in the ledger's history.

    The page is served to this machine only, under an address with a secret in it. Ctrl-C stops; nothing is lost, every decision is
    saved when it is made.
    """
    from foedus.review.opened import open_review

    screen = console(is_error=True)
    try:
        with open_review(case, who=who, documents=documents, port=port, store=store) as (server, address):
            if as_json:
                emit_json({"case": case, "address": address})
            screen.print(f"{address}  (Ctrl-C stops)", markup=False, soft_wrap=True)
            if _has_screen() if is_opened is None else is_opened:
                webbrowser.open(address)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                screen.print(
                    f"Stopped; every decision is in the ledger. `foedus ledger {case} export` writes it as text, for git.",
                    markup=False,
                )
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror or error}."
        raise InputError(Problem("--port", 0, 0, "bad-port", message, "Choose another, or 0 for any free one.")) from None


def _has_screen() -> bool:
    """Whether a browser window can be expected to open."""
    if not sys.stderr.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
