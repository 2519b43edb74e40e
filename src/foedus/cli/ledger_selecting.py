"""Options that say which claims of a ledger are meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from foedus.evidence.claim import COMMITMENTS
from foedus.evidence.defaults import HEDGES

if TYPE_CHECKING:
    from foedus.evidence.store.select import Selection

__all__ = ["selection_of", "selection_options"]

_STATUSES = ("proposed", "accepted", "edited", "rejected", "counts")
_KEYS = ("status", "group", "source", "document", "text", "relevance", "hedge", "commitment", "number")


def selection_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of a command whose function takes them as keywords, for `selection_of`."""
    for option in reversed(
        (
            click.option(
                "--status", type=click.Choice(_STATUSES), default=None, help="`counts` is accepted, as it was or edited."
            ),
            click.option("--group", default="", metavar="TEXT", help="A part of the group's name."),
            click.option("--source", default="", metavar="TEXT", help="A part of the source's or the origin's name."),
            click.option("--document", default="", metavar="TEXT", help="A part of the document's title, file name or sha256."),
            click.option("--text", default="", metavar="TEXT", help="Words in what the claim says, or in its notes."),
            click.option(
                "--relevance",
                type=click.Choice(("core", "context", "colour")),
                default=None,
                help="How far it bears on the matter.",
            ),
            click.option(
                "--hedge", type=click.Choice(tuple(HEDGES)), default=None, metavar="CLASS", help="The class of its hedge."
            ),
            click.option(
                "--commitment", type=click.Choice(COMMITMENTS), default=None, metavar="STANCE", help="affirmed, denied, doubted …"
            ),
            click.option("--number/--no-number", default=None, help="With a figure to pool, or without."),
        )
    ):
        function = option(function)
    return function


def selection_of(chosen: dict[str, Any]) -> Selection:
    """What the options say; takes them out of `chosen`."""
    from foedus.evidence.store.select import Selection

    told = {key: chosen.pop(key) for key in _KEYS}
    return Selection(**{key: value for key, value in told.items() if value is not None})
