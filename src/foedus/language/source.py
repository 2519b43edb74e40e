"""A text with its file name, and places in it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import ModelError, Problem

__all__ = ["Source", "Span", "read_source"]

LARGEST_FILE = 4_000_000
WINDOW, LONGEST_MESSAGE = 60, 600


@dataclass(frozen=True)
class Span:
    """A stretch of characters, from `start` up to but not including `end`."""

    start: int = 0
    end: int = 0

    def to(self, other: Span) -> Span:
        return Span(self.start, max(self.end, other.end))


@dataclass(frozen=True)
class Source:
    """A model text and the name of the file it came from."""

    text: str
    file: str = "<text>"
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        starts += [index + 1 for index, character in enumerate(self.text) if character == "\n"]
        object.__setattr__(self, "_starts", starts)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both counted from 1."""
        line = bisect.bisect_right(self._starts, offset) - 1
        return line + 1, offset - self._starts[line] + 1

    def problem(self, span: Span, code: str, message: str, help: str = "") -> Problem:
        """A problem that points at a stretch of this text."""
        line, column = self.place(min(span.start, len(self.text)))
        start = self._starts[line - 1]
        end = self.text.find("\n", start)
        end = end if end >= 0 else len(self.text)
        width = max(1, min(span.end, end) - span.start)
        first = max(start, span.start - WINDOW) if end - start > 2 * WINDOW else start
        shown = self.text[first : min(end, first + 2 * WINDOW)]
        short = message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + " …"
        return Problem(self.file, line, column, code, short, help[:LONGEST_MESSAGE], shown, width, first - start)


def read_source(path: Path) -> Source:
    """The text of a model file.

    Raises:
        ModelError: the file is missing, too large, not UTF-8, or holds NUL bytes.
    """

    def refuse(code: str, message: str, help: str) -> ModelError:
        return ModelError(Problem(str(path), 0, 0, code, message, help))

    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            message = f"the file has {size / 1e6:.0f} MB; a model text has at most {LARGEST_FILE / 1e6:.0f} MB."
            raise refuse("file-too-large", message, "Keep data in series files beside the model.")
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise refuse("file-unreadable", f"the file cannot be read: {reason}.", "Check the path.") from None
    if b"\0" in raw:
        line = raw[: raw.index(b"\0")].count(b"\n") + 1
        raise ModelError(
            Problem(
                str(path),
                line,
                1,
                "nul-byte",
                "the file holds a NUL byte: it is not a text.",
                "Save it as UTF-8.",
            )
        )
    try:
        return Source(raw.decode("utf-8-sig").replace("\r\n", "\n"), str(path))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"byte {error.start} is not UTF-8."
        raise ModelError(Problem(str(path), line, 1, "not-utf8", message, "Save the file as UTF-8.")) from None
