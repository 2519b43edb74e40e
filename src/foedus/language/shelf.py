"""The shelf: mechanisms that ship with the package, one file each, found by name where a model uses one that it does not hold."""

from __future__ import annotations

import importlib.resources
import re
from pathlib import Path

from foedus.language.source import Source

__all__ = ["shelf_names", "shelf_path", "shelf_text", "with_shelf"]

# a line that begins with one of these words is always the statement
_NAMED = re.compile(r"^[ \t]*(use|mechanism)\s+([^\W\d]\w*)", re.MULTILINE)


def shelf_names() -> tuple[str, ...]:
    """The names of all mechanisms on the shelf, in order of the alphabet."""
    folder = importlib.resources.files("foedus") / "shelf"
    names = [one.name for one in folder.iterdir()] if folder.is_dir() else []
    return tuple(sorted(name.removesuffix(".foedus") for name in names if name.endswith(".foedus")))


def shelf_text(name: str) -> str:
    """The text of a mechanism of the shelf, "" if there is none of this name."""
    file = importlib.resources.files("foedus") / "shelf" / f"{name}.foedus"
    return file.read_text(encoding="utf-8") if re.fullmatch(r"\w+", name) and file.is_file() else ""


def shelf_path(shown: str) -> Path:
    """The file behind the name by which places call it, `shelf/pipeline.foedus`."""
    return Path(str(importlib.resources.files("foedus") / shown))


def with_shelf(source: Source) -> Source:
    """The text, and behind it the mechanisms of the shelf that it uses and does not hold itself."""
    named = _NAMED.findall(source.text)
    held = {name for word, name in named if word == "mechanism"}
    for name in dict.fromkeys(name for word, name in named if word == "use" and name not in held):
        text = shelf_text(name)
        if text:
            source = source.followed_by(text, f"shelf/{name}.foedus")
    return source
