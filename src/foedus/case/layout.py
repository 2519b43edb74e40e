"""One look for the texts of models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from foedus.case.folder import find_case
from foedus.constructs import KEYWORDS
from foedus.files import write_text
from foedus.language import read_source
from foedus.language.include import included_paths
from foedus.language.layout import laid_out

__all__ = ["LaidOut", "NewLook", "lay_out"]


@dataclass(frozen=True)
class NewLook:
    """A file that looks otherwise now, or would."""

    file: str
    before: str
    after: str


@dataclass(frozen=True)
class LaidOut:
    """What laying out some models did: the files that change, of so many."""

    changed: tuple[NewLook, ...]
    count: int


def lay_out(models: Sequence[str], *, is_written: bool) -> LaidOut:
    """Give the texts of models one look: blanks, indents, empty lines.

    Args:
        models: cases, folders or files; what they include is laid out too.
        is_written: write them; else only say what would change.
    """
    sources = [read_source(path) for path in dict.fromkeys(path for model in models for path in _files(model))]
    looks = [NewLook(source.file, source.text, laid_out(source, KEYWORDS)) for source in sources]
    changed = tuple(one for one in looks if one.after != one.before)
    if is_written:
        for one in changed:
            write_text(one.file, one.after, "the model")
    return LaidOut(changed, len(sources))


def _files(model: str) -> tuple[Path, ...]:
    """The files of a case, or a file by itself."""
    path = Path(model)
    if path.is_file() and path.name != "model.foedus":
        return (path,)
    return included_paths(find_case(model).model)
