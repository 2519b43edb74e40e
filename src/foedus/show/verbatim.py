"""Lines that stand on the screen as they are: a quoted line of a text above its carets, and what is to be pasted into a model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from foedus.show.words import plain

__all__ = ["Verbatim", "warning_lines", "warning_view"]

_QUOTED = "    "  # what a problem puts before a line that it quotes, and before the carets below it


@dataclass(frozen=True)
class Verbatim:
    """A line that is never folded, so that it can be pasted, and what is marked below it stays below it.

    Whoever prints it gives `crop=False` to the console: else what is beyond the edge is cut off.
    """

    line: str
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield Segment(plain(self.line), console.get_style(self.style) if self.style else None)
        yield Segment.line()


def warning_lines(warning: str) -> list[tuple[str, bool]]:
    """The lines of a warning, each with whether it is quoted, so that its spaces count."""
    return [(plain(line), line.startswith(_QUOTED)) for line in warning.split("\n") if line.strip()]


def warning_view(warnings: Iterable[str]) -> RenderableType:
    """Warnings as errors are printed: each with the line that it speaks of, and carets under the place."""
    parts: list[RenderableType] = []
    for warning in warnings:
        for place, (line, is_quoted) in enumerate(warning_lines(warning)):
            told = line if place else f"Warning: {line}"
            parts.append(Verbatim(told, "yellow") if is_quoted else Text(told, "yellow"))
    return Group(*parts)
