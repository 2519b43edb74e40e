"""A case, or figures of one's own, held against history."""

from __future__ import annotations

from pathlib import Path

from foedus.case.folder import find_case
from foedus.errors import InputError, Problem
from foedus.files import real_path
from foedus.fit import Fit, Request, fit_case
from foedus.fit.declared import FILE

__all__ = ["fit_named"]


def fit_named(name: str, data: str | Path | None = None, seed: int = 0) -> Fit:
    """Fit what a case ships, or what a folder of one's own declares in `fit.toml`.

    Args:
        name: a case by its name or folder, or a folder with `fit.toml`.
        data: a folder with figures that lie elsewhere.
        seed: of posterior draws.
    Raises:
        InputError: there is nothing to fit, or the figures are missing or wrong.
    """
    if seed < 0:
        raise InputError(Problem("--seed", 0, 0, "bad-seed", f"{seed} is no seed.", "Give a whole number from 0 on."))
    given = Path(data) if data is not None else None
    own = Path(name)
    if (own / FILE).is_file():
        return fit_case(Request(real_path(own).name, own, given, seed))
    place = find_case(name)
    return fit_case(Request(place.name, place.folder, given, seed))
