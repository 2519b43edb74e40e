"""Under which licence the answers of a case leave."""

from __future__ import annotations

from pathlib import Path

from foedus.case.case import Case

__all__ = ["NO_LICENCE", "licence_of"]

NO_LICENCE = "none is stated; ask whoever made the case"
_SHIPPED = "MIT; what the sources say stays theirs"


def licence_of(case: Case) -> str:
    """That of foedus, if the case comes with it; else none is stated."""
    home, package = case.folder.home.resolve(), Path(__file__).resolve().parent.parent
    return _SHIPPED if home.parent in (package / "cases", package.parent.parent / "cases") else NO_LICENCE
