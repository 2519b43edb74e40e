"""The exception tree. Every refusal says where, what, why and what to do; it keeps its parts as fields and survives pickling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

__all__ = [
    "CaseError",
    "EvidenceError",
    "FoedusError",
    "InputError",
    "ModelError",
    "Problem",
    "RunError",
    "path_help",
    "suggestion",
]

_WIDEST = 120


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one place of one file.

    Attributes:
        file: path as the user gave it.
        line, column: 1-based; 0 when the problem has no place in a text.
        code: short stable name, e.g. "units-differ".
        message: what is wrong and why, one or two sentences.
        help: what to do about it.
        source: the line of text, "" when there is none.
        width: how many characters the caret underlines.
        skipped: how many characters of the line stand before `source`.
        is_warning: is it only worth a look? Work goes on.
    """

    file: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    source: str = ""
    width: int = 1
    skipped: int = 0
    is_warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        lines = [f"{place}: {self.message}"]
        if self.source:
            shown, offset = self.source.replace("\t", " ").rstrip(), self.column - 1 - self.skipped
            if len(shown) > _WIDEST:
                start = max(0, offset - _WIDEST // 2)
                shown, offset = shown[start : start + _WIDEST], offset - start
            lines += [f"    {shown}", f"    {' ' * offset}{'^' * max(1, min(self.width, len(shown) - offset))}"]
        lines.append(f"{self.help}   [{self.code}]" if self.help else f"[{self.code}]")
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """The parts that other tools read: file, line, column, code, message, help."""
        parts = asdict(self)
        return {key: parts[key] for key in ("file", "line", "column", "code", "message", "help")}


def path_help(path: str, otherwise: str = "Check the path.") -> str:
    """What to do about a path that leads nowhere; backslashes part folders on one system only."""
    return "Write the path with forward slashes; they work on every system." if "\\" in path else otherwise


class FoedusError(Exception):
    """Everything that foedus refuses. Carries the list of problems."""

    def __init__(self, problems: list[Problem] | Problem | str) -> None:
        if isinstance(problems, str):
            problems = Problem("foedus", 0, 0, "error", problems)
        if isinstance(problems, Problem):
            problems = [problems]
        self.problems = list(problems)
        super().__init__("\n\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[Any, ...]:
        return (type(self), (self.problems,))

    def as_dict(self) -> dict[str, Any]:
        """The document that other tools read of a refusal."""
        return {"ok": False, "errors": [problem.as_dict() for problem in self.problems]}


class ModelError(FoedusError):
    """A model text that does not parse, does not compile, or contradicts itself."""


class CaseError(FoedusError):
    """A case folder that is missing something or cannot be found."""


class EvidenceError(FoedusError):
    """A ledger, claim or document that cannot be trusted as it stands."""


class InputError(FoedusError):
    """An argument that cannot be used: a number out of range, an unknown scenario."""


class RunError(FoedusError):
    """A run that could not be finished."""


def suggestion(name: str, known: Iterable[str]) -> str:
    """A sentence with the nearest known names, or an empty one. Names that differ in their capitals only are the nearest."""
    names = sorted(set(known))
    near = [other for other in names if other.casefold() == name.casefold()]
    near = near or difflib.get_close_matches(name, names, n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(f'`{word}`' for word in near)}?" if near else ""
