"""An edition of a case: a model of its own in `editions/DATE`, made of the case's files, in which its own words stand in for theirs.

Whatever an edition declares in its own file takes the place of the statement of the same keyword and name in a file that it includes: a
prior as it was justified on another day, an event that nobody had seen. The lines that give way are left empty, so that every place in a
file stays what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from foedus.files import real_path

__all__ = ["FOLDER", "MODEL", "Key", "home_of", "left_standing", "shown_home", "told_by"]

FOLDER, MODEL = "editions", "model.foedus"
# What a line that begins a statement declares: its keyword, then a name with elements, or a title.
_DECLARES = re.compile(r'(\w+)[ \t]+(?:"((?:[^"\\\n]|\\.)*)"|(\w+(?:\[[^\]\n]*\])?))')
_NOT_DECLARED = frozenset({"include", "model", "unit", "index", "actor", "use", "correlate", "observe"})

Key = tuple[str, str]


def home_of(model: Path) -> Path | None:
    """The folder of the case of which a model file is an edition; None where it is none."""
    folder = real_path(model).parent
    is_edition = model.name == MODEL and folder.parent.name == FOLDER and (folder.parent.parent / MODEL).is_file()
    return folder.parent.parent if is_edition else None


def shown_home(model: Path, home: Path) -> Path:
    """The folder of the case as the user wrote it, where the path of the edition's model leads up to it; else in full."""
    above = model.parent.parent.parent
    return above if len(model.parts) > 3 and real_path(above) == home else home


def told_by(lines: Iterable[str]) -> frozenset[Key]:
    """What the lines of a file declare, by keyword and name."""
    return frozenset(key for line in lines if (key := _key(line)) is not None)


def left_standing(lines: Iterable[str], told: frozenset[Key]) -> list[str]:
    """The lines of an included file; those of a statement that is told already are empty."""
    found: list[str] = []
    is_gone = False
    for line in lines:
        if line and not line[0].isspace():
            is_gone = _key(line) in told
        found.append("" if is_gone else line)
    return found


def _key(line: str) -> Key | None:
    """What a line declares that begins at its edge; what goes on from the line before is indented."""
    found = _DECLARES.match(line)
    if found is None or found[1] in _NOT_DECLARED:
        return None
    return found[1], found[2] if found[2] is not None else found[3].replace(" ", "")
