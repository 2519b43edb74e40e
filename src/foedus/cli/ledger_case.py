"""What the commands of `foedus ledger` share: their options, and what is said beside their result."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Callable
from typing import Any

import click

from foedus.cli.common import json_option

__all__ = ["change_options", "note", "store_option", "user_name"]


def note(words: str) -> None:
    """Say something on standard error."""
    click.echo(words, err=True)


def user_name() -> str:
    """The name of whoever sits here."""
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""


def store_option(function: Callable[..., Any]) -> Callable[..., Any]:
    text = "The store: a path or URL. Default: FOEDUS_LEDGER, else ledger.sqlite beside the model."
    return click.option("--store", default=None, metavar="URL", help=text)(json_option(function))


def change_options(function: Callable[..., Any]) -> Callable[..., Any]:
    who = click.option("--who", default=user_name, metavar="NAME", help="Who makes the change. Default: your user name.")
    why = click.option("--why", default="", metavar="TEXT", help="Why, for the history.")
    return who(why(store_option(function)))
