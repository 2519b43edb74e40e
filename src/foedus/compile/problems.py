"""The problems of a model, collected while it is compiled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foedus.errors import ModelError, Problem, suggestion
from foedus.language import Source, Span
from foedus.language import tree as t
from foedus.language.lexer import MOST_PROBLEMS

__all__ = ["Problems"]


class Problems:
    """The problems found so far; the same problem in the same place counts once.

    Those of what could not be read come first, and the statements in question are not blamed for anything else.
    """

    def __init__(self, source: Source, faults: t.Faults | None = None) -> None:
        self.source = source
        self.found: list[Problem] = list(faults.problems) if faults is not None else []
        self._unread = faults.spans if faults is not None else ()
        self.warnings: list[Problem] = []
        self._seen: set[tuple[int, str]] = set()

    def add(self, at: Span, code: str, message: str, help: str = "", near: tuple[str, Iterable[str]] = ("", ())) -> None:
        """Note a problem.

        Args:
            at, code, message, help: where, which, what and why, what to do.
            near: a name that means nothing, and those that would mean something here; the nearest is suggested, `help` where none is near.
        """
        if (at.start, code) not in self._seen and not self.is_unread(at):
            self._seen.add((at.start, code))
            self.found.append(self.source.problem(at, code, message, suggestion(*near) or help))
            if len(self.found) >= MOST_PROBLEMS:
                self.stop_if_any()

    def is_unread(self, at: Span) -> bool:
        """Does this stand in a statement that could not be read?"""
        return any(span.start <= at.start < span.end for span in self._unread)

    def warn(self, at: Span, code: str, message: str, help: str = "") -> None:
        if (at.start, code) not in self._seen:
            self._seen.add((at.start, code))
            self.warnings.append(replace(self.source.problem(at, code, message, help), is_warning=True))

    def stop_if_any(self) -> None:
        if self.found:
            raise ModelError(sorted(self.found, key=lambda problem: (problem.file, problem.line, problem.column)))
