"""Where a case is, and what lies in its folder."""

from __future__ import annotations

import difflib
import importlib.resources
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import CaseError, Problem, path_help

__all__ = ["CaseFolder", "find_case", "known_cases", "limits_of"]


@dataclass(frozen=True)
class CaseFolder:
    """A case on disk: its model file, and beside it ledger, README and its own numbers for pooling where there are any."""

    name: str
    model: Path
    ledger: Path | None
    readme: Path | None
    evidence: Path | None = None

    @property
    def folder(self) -> Path:
        return self.model.parent


def _shelves() -> list[Path]:
    """Folders in which cases are looked for: here, the package, the source tree."""
    package = Path(str(importlib.resources.files("foedus")))
    return [Path("cases"), package / "cases", package.parent.parent / "cases"]


def known_cases() -> list[str]:
    """The names of the cases that can be found."""
    found = {folder.parent.name for shelf in _shelves() if shelf.is_dir() for folder in shelf.glob("*/model.foedus")}
    return sorted(found)


def find_case(name: str) -> CaseFolder:
    """A case by its name, its folder, or its model file.

    Raises:
        CaseError: nothing is found; says which cases there are.
    """
    path = Path(name)
    try:
        if path.is_file():
            return _folder(path)
        if (path / "model.foedus").is_file():
            return _folder(path / "model.foedus")
        for shelf in _shelves():
            if path.name == name and (shelf / name / "model.foedus").is_file():
                return _folder(shelf / name / "model.foedus")
    except (OSError, ValueError) as error:  # a name too long for a file, or with a NUL in it
        message = f"no file can have this name: {getattr(error, 'strerror', None) or error}."
        raise CaseError(Problem(name[:80], 0, 0, "no-case", message, "Check the name.")) from None
    near = difflib.get_close_matches(name, known_cases(), n=3)
    help = (
        f"Did you mean {' or '.join(near)}?"
        if near
        else f"Known cases: {', '.join(known_cases()) or 'none'}; or give a model file."
    )
    help = path_help(name, help)
    what = "there is no such file" if path.suffix or "/" in name or "\\" in name else "there is no case of this name"
    raise CaseError(Problem(name, 0, 0, "no-case", f"{what}.", help))


def _folder(model: Path) -> CaseFolder:
    is_alone = model.name != "model.foedus"
    name = model.stem if is_alone else model.resolve().parent.name
    ledger, readme, evidence = (model.parent / name for name in ("ledger.jsonl", "README.md", "evidence.toml"))
    return CaseFolder(
        name,
        model,
        ledger if ledger.is_file() else None,
        readme if readme.is_file() and not is_alone else None,
        evidence if evidence.is_file() else None,
    )


def limits_of(folder: CaseFolder) -> str:
    """The README's section on what the case cannot tell, "" if there is none."""
    if folder.readme is None:
        return ""
    lines = folder.readme.read_text(encoding="utf-8", errors="replace").splitlines()
    starts = [number for number, line in enumerate(lines) if line.lower().startswith("## what this case cannot tell")]
    if not starts:
        return ""
    rest = lines[starts[0] + 1 :]
    end = next((number for number, line in enumerate(rest) if line.startswith("## ")), len(rest))
    return "\n".join(rest[:end]).strip()
