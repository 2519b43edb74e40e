"""`foedus review`: a page on this machine on which an analyst goes through the claims of a case."""

from __future__ import annotations

import click

from foedus.cli.common import console, emit_json, show_address
from foedus.cli.ledger_case import store_option, user_name

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
    from foedus.loopback import port_taken
    from foedus.review.opened import open_review, opened_document

    screen = console(is_error=True)
    try:
        with open_review(case, who=who, documents=documents, port=port, store=store) as (server, address):
            if as_json:
                emit_json(opened_document(case, address))
            show_address(address, is_opened)
            try:
                server.serve_forever()
            except KeyboardInterrupt:
                screen.print(
                    f"Stopped; every decision is in the ledger. `foedus ledger {case} export` writes it as text, for git.",
                    markup=False,
                )
    except OSError as error:
        raise port_taken(port, error) from None
