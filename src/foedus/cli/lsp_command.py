"""`foedus lsp`: the language server for editors."""

from __future__ import annotations

import click

__all__ = ["command"]


@click.command("lsp")
def command() -> None:
    """Speak the Language Server Protocol on standard input and output.

    Editors start this themselves: problems while you write, what a name means and which claims it rests on, completion, the way to a
    definition, another name for a thing everywhere, and the layout of `foedus fmt`.
    """
    from foedus.extras import require

    require("editor", "foedus lsp")
    from foedus.editor.server import make_server

    make_server().start_io()
