"""A text with its file name, and places in it."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import ModelError, Problem
from foedus.files import no_text

__all__ = ["Segment", "Source", "Span", "read_source"]

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
class Segment:
    """Whole lines of one file inside a text that is joined of several.

    Attributes:
        line: on which line of the joined text it begins, counted from 0.
        file: whose lines these are; "" for the text's own file.
        first: which line of that file comes first, counted from 0.
    """

    line: int
    file: str
    first: int


@dataclass(frozen=True)
class Source:
    """A model text and the name of the file it came from; texts that it includes stand inside it.

    Every span is counted in the joined text; `place`, `file_at` and `problem` speak of the file that a reader would open.
    """

    text: str
    file: str = "<text>"
    segments: tuple[Segment, ...] = ()
    included: frozenset[int] = field(default=frozenset(), compare=False)
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = [0]
        starts += [index + 1 for index, character in enumerate(self.text) if character == "\n"]
        object.__setattr__(self, "_starts", starts)

    def _line(self, offset: int) -> int:
        return bisect.bisect_right(self._starts, offset) - 1

    def _segment(self, line: int) -> Segment:
        found = bisect.bisect_right(self.segments, line, key=lambda segment: segment.line) - 1
        return self.segments[found] if found >= 0 else Segment(0, "", 0)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character in its own file, both counted from 1."""
        line = self._line(offset)
        segment = self._segment(line)
        return segment.first + line - segment.line + 1, offset - self._starts[line] + 1

    def file_at(self, offset: int) -> str:
        """The file that a character stands in."""
        return self._segment(self._line(offset)).file or self.file

    def end_of_file(self, offset: int) -> int:
        """Where the lines end that stand together with a character and come from the same file."""
        line = self._line(offset)
        own = self._segment(line)
        later = next((one for one in self.segments if one.line > line and one is not own), None)
        return len(self.text) if later is None else self._starts[later.line]

    def words_for(self, offset: int, beside: int) -> str:
        """`line 12`, and of which file where that is another than the reader is in."""
        line = f"line {self.place(offset)[0]}"
        return line if self.file_at(offset) == self.file_at(beside) else f"{line} of {self.file_at(offset)}"

    def followed_by(self, text: str, file: str = "") -> Source:
        """This text and another behind it; without a name the lines count on as those of this file."""
        own = self.text if self.text.endswith("\n") else self.text + "\n"
        line = own.count("\n")
        first = 0 if file else next((line - one.line + one.first for one in reversed(self.segments) if not one.file), line)
        added = (Segment(line, file, first),) if file or self.segments else ()
        return Source(own + text, self.file, self.segments + added, self.included)

    def problem(self, span: Span, code: str, message: str, help: str = "") -> Problem:
        """A problem that points at a stretch of this text."""
        place = min(span.start, len(self.text))
        line, column = self.place(place)
        start = self._starts[self._line(place)]
        end = self.text.find("\n", start)
        end = end if end >= 0 else len(self.text)
        width = max(1, min(span.end, end) - span.start)
        first = max(start, span.start - WINDOW) if end - start > 2 * WINDOW else start
        shown = self.text[first : min(end, first + 2 * WINDOW)]
        short = message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + " …"
        return Problem(self.file_at(place), line, column, code, short, help[:LONGEST_MESSAGE], shown, width, first - start)


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
                no_text(raw, "the file holds a NUL byte: it is not a text."),
                "Save it as UTF-8.",
            )
        )
    try:
        return Source(raw.decode("utf-8-sig").replace("\r\n", "\n"), str(path))
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        message = f"byte {error.start} is not UTF-8."
        raise ModelError(Problem(str(path), line, 1, "not-utf8", message, "Save the file as UTF-8.")) from None
