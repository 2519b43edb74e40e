"""`include "systems/manpower.foedus"`: the text of another file, spliced in behind the line that names it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foedus.errors import ModelError, Problem, path_help
from foedus.files import real_path
from foedus.language.editions import Key, home_of, left_standing, shown_home, told_by
from foedus.language.source import Segment, Source, Span, read_source

__all__ = ["included_paths", "read_model_text", "text_without_missing"]

MOST_FILES, DEEPEST = 200, 20
# a line that begins with the keyword is always this statement: no string and no statement goes on over a line that does
_INCLUDE = re.compile(r'[ \t]*(include)[ \t]+"((?:[^"\\\n]|\\.)*)"')


def read_model_text(path: Path, texts: Mapping[Path, str] | None = None) -> Source:
    """The text of a model file with all that it includes.

    Args:
        path: of the model.
        texts: what stands in for the content of files, by resolved path: what an editor holds and has not saved.
    Raises:
        ModelError: a file cannot be read, lies outside of the folder of the model, or includes itself; all of these at once.
    """
    joined = _joined(path, texts or {})
    if joined.problems:
        raise ModelError(joined.problems)
    return joined.source


def text_without_missing(path: Path) -> Source | None:
    """The text of a model without the files that it includes and that cannot be had; None where all can.

    It is no model that anyone wrote: it is good for finding further problems, and for nothing else.

    Raises:
        ModelError: the model's own file cannot be read.
    """
    joined = _joined(path, {})
    return joined.source if joined.problems else None


def _joined(path: Path, texts: Mapping[Path, str]) -> _Joined:
    home = home_of(path)
    root, shown = (real_path(path).parent, path.parent) if home is None else (home, shown_home(path, home))
    joined = _Joined(path, root, shown, texts)
    own = joined.read(path)
    if home is not None:
        joined.told = told_by(own.text.split("\n"))
    joined.take(own, real_path(path), "", (real_path(path),))
    return joined


def included_paths(path: Path) -> tuple[Path, ...]:
    """The files that a model is made of: its own, and those that it includes.

    Raises:
        ModelError: see `read_model_text`.
    """
    source = read_model_text(path)
    return (path, *(Path(file) for file in dict.fromkeys(one.file for one in source.segments) if file))


@dataclass
class _Joined:
    """The text that is being joined, line by line.

    Attributes:
        root: no file outside of it is included; `shown` is the same folder as the user wrote it.
        told: of an edition, what its own file declares: it stands in for what included files say.
    """

    model: Path
    root: Path
    shown: Path
    texts: Mapping[Path, str]
    told: frozenset[Key] = frozenset()
    lines: list[str] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    included: list[int] = field(default_factory=list)
    files: dict[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    size: int = 0

    @property
    def source(self) -> Source:
        segments = tuple(self.segments) if self.files else ()
        return Source("\n".join(self.lines), str(self.model), segments, frozenset(self.included))

    def read(self, path: Path) -> Source:
        """The text of one file."""
        text = self.texts.get(real_path(path))
        return read_source(path) if text is None else Source(text.replace("\r\n", "\n"), str(path))

    def take(self, source: Source, path: Path, shown: str, chain: tuple[Path, ...]) -> None:
        """Add the lines of a file, and behind each line that includes another one the lines of that."""
        self.segments.append(Segment(len(self.lines), shown, 0))
        lines = source.text.split("\n")
        if shown and lines[-1] == "":
            lines.pop()
        if shown and self.told:
            lines = left_standing(lines, self.told)
        offset = 0
        for number, line in enumerate(lines):
            self.lines.append(line)
            found = _INCLUDE.match(line)
            if found is not None:
                inner = self._found(source, Span(offset + found.start(2) - 1, offset + found.end(2) + 1), found[2], path, chain)
                self.included.append(self.size + found.start(1))
                self.size += len(line) + 1
                if inner is not None:
                    self.take(*inner, (*chain, inner[1]))
                    self.segments.append(Segment(len(self.lines), shown, number + 1))
            else:
                self.size += len(line) + 1
            offset += len(line) + 1

    def _found(
        self, source: Source, span: Span, named: str, path: Path, chain: tuple[Path, ...]
    ) -> tuple[Source, Path, str] | None:
        """The file that a line names; None, and a problem, where there is none to be had."""

        fault = self._fault(named, path, chain)
        if isinstance(fault, tuple):
            self.problems.append(source.problem(span, *fault))
            return None
        place, shown = fault, str(self.shown / fault.relative_to(self.root))
        self.files[place] = shown
        try:
            return self.read(Path(shown)), place, shown
        except ModelError as error:
            self.problems += error.problems
            return None

    def _fault(self, named: str, path: Path, chain: tuple[Path, ...]) -> Path | tuple[str, str, str]:
        """The place of a file that is named, or the code, the words and the cure of why it cannot be had."""
        try:
            place = real_path(path.parent / named)
            is_there = place.is_file()
        except (OSError, ValueError) as error:
            return "no-include", f"no file can have this name: {error}.", "Check the name."
        if not place.is_relative_to(self.root):
            return "include-outside", f"`{named}` leads out of the model's folder.", "Put the file into the folder of the model."
        if not is_there:
            return "no-include", f"there is no file {named} beside this one.", path_help(named, "Check the name and the folder.")
        if place in chain:
            names = " ▶ ".join(one.name for one in (*chain[chain.index(place) :], place))
            return "circular-include", f"the file includes itself: {names}.", "Take one of these lines out."
        if place in self.files:
            return (
                "included-twice",
                f"{named} is included already.",
                "Include each file once; `use` a mechanism as often as you like.",
            )
        if len(self.files) >= MOST_FILES or len(chain) > DEEPEST:
            return "too-many-includes", f"a model has at most {MOST_FILES} files, {DEEPEST} deep.", "Join some of them."
        return place
