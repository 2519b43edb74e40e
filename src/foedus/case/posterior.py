"""A posterior as a case's prior: read from its file, held against the case that it was made for, and drawn from.

The file is a NetCDF file in the layout of ArviZ (groups `posterior`, `prior`, `posterior_predictive`, `observed_data`, `sample_stats`). Its
digest stands in it and is computed again from its content; its basis says which model and which data it rests on.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.constructs import tree as t
from foedus.ensemble import Joint
from foedus.errors import CaseError, InputError, Problem
from foedus.language import Tree

__all__ = ["ADOPTED", "PosteriorPrior", "adopted_posterior", "content_digest", "read_posterior"]

ADOPTED = "posterior.toml"


@dataclass(frozen=True, eq=False)
class PosteriorPrior:
    """What a run takes from a posterior.

    Attributes:
        path: of its file.
        digest: SHA-256 over its content.
        basis: SHA-256 over the model, the priors and the data that it rests on.
        setup: how it was made.
        values: name of a parameter that observations have moved -> (chain, member), in its declared unit.
    """

    path: str
    digest: str
    basis: str
    setup: dict[str, Any]
    values: dict[str, Array]

    @property
    def chains(self) -> int:
        """How many calibrations with seeds of their own it holds."""
        return int(next(iter(self.values.values())).shape[0]) if self.values else 1

    def summary(self, tree: Tree) -> str:
        """One sentence on what a run draws from."""
        members = next(iter(self.values.values())).size if self.values else 0
        covered = len(self.joint(tree).values)
        return (
            f"Priors: {covered} parameters from the posterior {Path(self.path).name} ({members:,} members of {self.chains} "
            f"calibration{'s' if self.chains > 1 else ''}, sha256 {self.digest[:16]}…), the others as declared."
        )

    def joint(self, tree: Tree) -> Joint:
        """The members to draw from. Starting values that only the hindcast sets say nothing about the forecast, and stay out."""
        hindcast = next((one for one in tree.all(t.Hindcast) if one.name == self.setup["hindcast"]), None)
        own = {one.target.name for one in hindcast.assignments} if hindcast is not None else set()
        return Joint(self.digest, {name: values for name, values in self.values.items() if name.partition("[")[0] not in own})


def content_digest(basis: str, setups: list[dict[str, Any]], values: dict[str, Array]) -> str:
    """SHA-256 over a posterior: its basis, how it was made, and its members."""
    total = hashlib.sha256(json.dumps({"basis": basis, "setups": setups}, sort_keys=True).encode())
    for name in sorted(values):
        total.update(name.encode())
        total.update(np.ascontiguousarray(values[name], dtype="<f8").tobytes())
    return total.hexdigest()


def read_posterior(path: str | Path) -> PosteriorPrior:
    """A posterior from its file.

    Raises:
        InputError: it cannot be read, or its content is not what its digest says.
    """
    import xarray

    def refuse(code: str, message: str) -> InputError:
        return InputError(Problem(str(path), 0, 0, code, message, "Make it again with `foedus calibrate CASE -o FILE`."))

    if not Path(path).is_file():
        raise refuse("no-posterior", "there is no such posterior.")
    try:
        with xarray.open_datatree(path, engine="h5netcdf") as tree:
            attributes = dict(tree.attrs)
            group = tree["posterior"].to_dataset().load()
        setups, names = json.loads(attributes["setups"]), json.loads(attributes["updated"])
        every = {str(name): np.asarray(values.values, dtype=np.float64) for name, values in group.data_vars.items()}
        digest, basis = str(attributes["digest"]), str(attributes["basis"])
    except (OSError, KeyError, ValueError) as error:
        raise refuse("bad-posterior", f"this is no posterior of foedus: {error}.") from None
    if content_digest(basis, setups, every) != digest:
        raise refuse("changed-posterior", "the file was changed: its content is not what its digest says.")
    return PosteriorPrior(str(path), digest, basis, setups[0], {name: every[name] for name in names})


def adopted_posterior(folder: Path) -> PosteriorPrior | None:
    """The posterior that a case's folder declares as its prior in `posterior.toml`, by name and digest; None if it declares none.

    Raises:
        CaseError: the declaration cannot be read or names another digest.
    """
    declared = folder / ADOPTED
    if not declared.is_file():
        return None
    try:
        table = tomllib.loads(declared.read_text(encoding="utf-8"))
        name, wanted = str(table["file"]), str(table["sha256"])
    except (ValueError, KeyError, OSError, RecursionError) as error:
        help = 'Write `file = "posterior.nc"` and `sha256 = "…"`.'
        raise CaseError(Problem(str(declared), 0, 0, "bad-declaration", f"it cannot be read: {error}.", help)) from None
    found = read_posterior(folder / name)
    if found.digest != wanted:
        message = f"it declares {wanted[:12]}…, and {name} has the digest {found.digest[:12]}…."
        raise CaseError(
            Problem(str(declared), 0, 0, "other-posterior", message, "Adopt the new one with `foedus calibrate --adopt`.")
        )
    return found
