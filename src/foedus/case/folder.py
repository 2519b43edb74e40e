"""Where a case is, and what lies in its folder."""

from __future__ import annotations

import difflib
import importlib.resources
import re
from dataclasses import dataclass
from pathlib import Path

from foedus.errors import CaseError, Problem, path_help
from foedus.files import real_path
from foedus.language import read_source
from foedus.language.editions import FOLDER, MODEL, home_of, shown_home
from foedus.model import survey

__all__ = ["CaseFolder", "as_of", "edition_days", "find_case", "find_edition", "known_cases", "limits_of", "refuse_edition"]


@dataclass(frozen=True)
class CaseFolder:
    """A case on disk: its model file, and beside it ledger, README and its own numbers for pooling where there are any.

    An edition, the case as of another day, has a folder of its own in `editions` with its model, its README and what was frozen of it;
    ledger, series, documents and numbers for pooling are those of the case.
    """

    name: str
    model: Path
    ledger: Path | None
    readme: Path | None
    evidence: Path | None = None
    edition: str = ""

    @property
    def folder(self) -> Path:
        """Where the model lies, and what belongs to this edition alone."""
        return self.model.parent

    @property
    def home(self) -> Path:
        """Where lies what all editions of the case share."""
        return self.model.parent.parent.parent if self.edition else self.model.parent

    @property
    def case(self) -> str:
        """The name of the case, whatever the edition."""
        return self.name.split("@")[0] if self.edition else self.name


def _shelves() -> list[Path]:
    """Folders in which cases are looked for: here, the package, the source tree."""
    package = Path(str(importlib.resources.files("foedus")))
    return [Path("cases"), package / "cases", package.parent.parent / "cases"]


def known_cases() -> list[str]:
    """The names of the cases that can be found."""
    found = {folder.parent.name for shelf in _shelves() if shelf.is_dir() for folder in shelf.glob("*/model.foedus")}
    return sorted(found)


def find_case(name: str | Path) -> CaseFolder:
    """A case by its name, its folder, or its model file; `CASE@DATE` is its edition of a day.

    Raises:
        CaseError: nothing is found; says which cases there are, or which editions.
    """
    path, name = Path(name), str(name)
    case, at, day = name.rpartition("@")
    if at and case and not {"/", "\\"} & set(day) and not path.exists():
        return find_edition(find_case(case), day)
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


def find_edition(case: CaseFolder, day: str) -> CaseFolder:
    """The edition of a case as of a day; the case itself where that is its own day.

    Raises:
        CaseError: there is none; says which there are.
    """
    own = as_of(case.model)
    if day == own:
        return case
    known = edition_days(case)
    if day in known:
        return _folder(case.home / FOLDER / day / MODEL)
    days = ", ".join(sorted({*known, *([own] if own else [])}))
    help = f"Editions: {days}." if days else f"Put it into {case.home / FOLDER / '2024-06-20' / MODEL}."
    raise CaseError(Problem(f"{case.case}@{day}", 0, 0, "no-edition", f"{case.case} has no edition as of `{day[:40]}`.", help))


def refuse_edition(folder: CaseFolder) -> None:
    """Refuse an edition where claims are kept or changed: they are the case's.

    Raises:
        CaseError: the folder is an edition's.
    """
    if folder.edition:
        message, help = (
            "an edition has no ledger of its own: it reads that of the case up to its day.",
            f"Name the case: {folder.case}.",
        )
        raise CaseError(Problem(folder.name, 0, 0, "edition-ledger", message, help))


def edition_days(case: CaseFolder) -> list[str]:
    """The days of the editions that lie in the folder of a case, in order; its own day is not among them."""
    return sorted(path.parent.name for path in (case.home / FOLDER).glob(f"*/{MODEL}"))


def as_of(model: Path) -> str:
    """The day on which a model stands, as ISO date; "" where it has none."""
    day = survey(read_source(model)).model.as_of
    return day.isoformat() if day else ""


def _folder(model: Path) -> CaseFolder:
    if (above := home_of(model)) is not None:
        model = shown_home(model, above) / FOLDER / real_path(model).parent.name / MODEL
        day, home = model.parent.name, model.parent.parent.parent
        name = f"{above.name}@{day}"
        return CaseFolder(
            name, model, _there(home / "ledger.jsonl"), _there(model.parent / "README.md"), _there(home / "evidence.toml"), day
        )
    is_alone = model.name != MODEL
    name = model.stem if is_alone else real_path(model).parent.name
    ledger, readme, evidence = (_there(model.parent / name) for name in ("ledger.jsonl", "README.md", "evidence.toml"))
    return CaseFolder(name, model, ledger, None if is_alone else readme, evidence)


def _there(path: Path) -> Path | None:
    return path if path.is_file() else None


_LIMITS = re.compile(r"##\s+what (it|(this|the) (case|model)) cannot tell\b", re.IGNORECASE)


def limits_of(folder: CaseFolder) -> str:
    """The README's section on what the case cannot tell, "" if there is none."""
    if folder.readme is None:
        return ""
    lines = folder.readme.read_text(encoding="utf-8", errors="replace").splitlines()
    starts = [number for number, line in enumerate(lines) if _LIMITS.match(line)]
    if not starts:
        return ""
    rest = lines[starts[0] + 1 :]
    end = next((number for number, line in enumerate(rest) if line.startswith("## ")), len(rest))
    return "\n".join(rest[:end]).strip()
