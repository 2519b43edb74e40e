"""What several commands share: consoles, progress, writing files, JSON."""

from __future__ import annotations

import json
import math
import os
import sys
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

from foedus.errors import InputError, Problem

VERSION_OF_DOCUMENTS = 1  # of what `--json` prints: keys may be added, a key that goes or changes its meaning makes it 2
__all__ = [
    "FiniteNumber",
    "console",
    "day_of",
    "emit_json",
    "json_option",
    "names_option",
    "progress_bar",
    "say_duration",
    "show_address",
]

json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document on standard output, nothing else there.")


names_option = click.option("--names", is_flag=True, help="Show the model's own names, as commands take them, beside the words.")


def console(is_error: bool = False) -> Any:
    """A rich console, 80 columns wide where it is no terminal."""
    from rich.console import Console

    found = Console(stderr=is_error, highlight=False)
    if not found.is_terminal:
        found = Console(stderr=is_error, highlight=False, width=80)
    return found


def emit_json(document: dict[str, Any]) -> None:
    """Print a document under the name and version of its format; what is no number in it, or infinite, is null."""
    context = click.get_current_context(silent=True)
    words = [word for word in context.command_path.split()[1:] if word.islower()] if context is not None else []
    named = {"format": " ".join(["foedus", *words, str(VERSION_OF_DOCUMENTS)]), **document}
    click.echo(json.dumps(_sayable(named), indent=2, ensure_ascii=False, allow_nan=False))


def _sayable(part: Any) -> Any:
    if isinstance(part, float):
        return part if math.isfinite(part) else None
    if isinstance(part, dict):
        return {name: _sayable(one) for name, one in part.items()}
    return [_sayable(one) for one in part] if isinstance(part, list | tuple) else part


class FiniteNumber(click.FloatRange):
    """A finite number on the command line, within a range where one is given; `nan` lies in none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """As click has it, but for what is no number."""
        found = float(super().convert(value, param, ctx))
        if not math.isfinite(found):
            self.fail(f"{value} is no number that can be used.", param, ctx)
        return found


def day_of(text: str | None, option: str = "--published") -> date | None:
    """The day that an option gives; None where it was not given."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(Problem(option, 0, 0, "bad-date", f"`{text}` is no date.", "Write it as 2024-10-25.")) from None


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, from the second on in which it is clear that the work takes a while."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    screen = console(is_error=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal)
    task = bar.add_task(what, total=None, visible=False)
    started = time.monotonic()

    def advance(done: int, total: int) -> None:
        is_slow = time.monotonic() - started > 0.3
        bar.update(task, completed=done, total=total, visible=is_slow)

    with bar:
        yield advance


def say_duration(seconds: float) -> None:
    """On standard error how long the work will take, where that is worth knowing."""
    if seconds > 2:
        told = f"{seconds:.0f} seconds" if seconds < 90 else f"{seconds / 60:.0f} minutes"
        click.echo(f"This will take about {told}.", err=True)


def show_address(address: str, is_opened: bool | None) -> None:
    """Say on standard error where a page is served, and open it.

    Args:
        is_opened: None opens it where a window can be expected.
    """
    console(is_error=True).print(f"{address}  (Ctrl-C stops)", markup=False, soft_wrap=True)
    if _has_screen() if is_opened is None else is_opened:
        webbrowser.open(address)


def _has_screen() -> bool:
    """Whether a browser window can be expected to open."""
    if not sys.stderr.isatty():
        return False
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
