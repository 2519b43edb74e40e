"""A posterior as a case's prior: read from its file, held against the case that it was made for, and drawn from.

The file is a NetCDF file in the layout of ArviZ (groups `posterior`, `prior`, `posterior_predictive`, `observed_data`, `sample_stats`). Its
digest stands in it and is computed again from its content; its basis says which model and which data it rests on.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.compile.program import start_name
from foedus.constructs import tree as t
from foedus.ensemble import Joint
from foedus.errors import CaseError, InputError, Problem
from foedus.language import Tree
from foedus.wording import counted

if TYPE_CHECKING:
    import h5py

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
        values: name of a parameter on which the observations hang -> (chain, member), in its declared unit: of those that were moved,
            and of those that were not, for what was moved was moved in the light of them.
        left: name of a stock -> (chain, member), in its declared unit: what the past left in it on the as-of date.
        held: those of the parameters that were not moved: their members are draws of the prior.
        laws: name of a parameter -> (score,): the quantiles that its prior had, as `law_quantiles` gives them.
    """

    path: str
    digest: str
    basis: str
    setup: dict[str, Any]
    values: dict[str, Array]
    left: dict[str, Array] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    laws: dict[str, Array] = field(default_factory=dict)

    @property
    def chains(self) -> int:
        """How many calibrations with seeds of their own it holds."""
        return int(next(iter(self.values.values())).shape[0]) if self.values else 1

    def summary(self, tree: Tree) -> str:
        """One sentence on what a run draws from."""
        members = next(iter(self.values.values())).size if self.values else 0
        covered = len(self.joint(tree).values) - len(self.left)
        left = f"; {len(self.left)} stocks begin as the past left them" if self.left else ""
        return (
            f"Priors: {counted(covered, 'parameter')} from the posterior {Path(self.path).name} "
            f"({counted(members, 'member')} of {self.chains} "
            f"calibration{'s' if self.chains > 1 else ''}, sha256 {self.digest[:16]}…), the others as declared{left}."
        )

    def of_members(self, chosen: Sequence[NDArray[np.int64]]) -> PosteriorPrior:
        """The same with some of its members, which may be repeated: per chain their numbers."""

        def taken(part: dict[str, Array]) -> dict[str, Array]:
            return {name: np.stack([row[ones] for row, ones in zip(one, chosen, strict=True)]) for name, one in part.items()}

        return replace(self, values=taken(self.values), left=taken(self.left))

    def joint(self, tree: Tree) -> Joint:
        """The members to draw from. Starting values that only the hindcast sets say nothing about the forecast, and stay out."""
        hindcast = next((one for one in tree.all(t.Hindcast) if one.name == self.setup["hindcast"]), None)
        own = {one.target.name for one in hindcast.assignments} if hindcast is not None else set()
        values = {name: values for name, values in self.values.items() if name.partition("[")[0] not in own}
        return Joint(self.digest, {**values, **{start_name(name): left for name, left in self.left.items()}})


def content_digest(basis: str, setups: list[dict[str, Any]], *parts: dict[str, Array]) -> str:
    """SHA-256 over a posterior: its basis, how it was made, its members, what they left, and the priors that they had."""
    total = hashlib.sha256(json.dumps({"basis": basis, "setups": setups}, sort_keys=True).encode())
    for part in parts:
        for name in sorted(part):
            total.update(name.encode())
            total.update(np.ascontiguousarray(part[name], dtype="<f8").tobytes())
    return total.hexdigest()


def read_posterior(path: str | Path) -> PosteriorPrior:
    """A posterior from its file.

    Raises:
        InputError: it cannot be read, or its content is not what its digest says.
    """
    import h5py  # what xarray would read it with: each of two hundred variables costs it ten times as long

    def refuse(code: str, message: str) -> InputError:
        return InputError(Problem(str(path), 0, 0, code, message, "Make it again with `foedus calibrate CASE -o FILE`."))

    if not Path(path).is_file():
        raise refuse("no-posterior", "there is no such posterior.")
    try:
        with h5py.File(path, "r") as file:
            attributes = dict(file.attrs)
            every, left, laws = (_read(file[group]) for group in ("posterior", "left", "laws"))
        setups, names, held = (json.loads(attributes[key]) for key in ("setups", "updated", "held"))
        digest, basis = str(attributes["digest"]), str(attributes["basis"])
    except (OSError, KeyError, ValueError) as error:
        raise refuse("bad-posterior", f"this is no posterior of foedus: {error}.") from None
    drawn = (*names, *held)
    if not set(drawn) <= set(every) or content_digest(basis, setups, {name: every[name] for name in drawn}, left, laws) != digest:
        raise refuse("changed-posterior", "the file was changed: its content is not what its digest says.")
    values = {name: every[name] for name in drawn}
    return _whole(PosteriorPrior(str(path), digest, basis, setups[0], values, left, frozenset(held), laws))


def _read(group: h5py.Group) -> dict[str, Array]:
    """The variables of a group, without its dimensions."""
    return {
        str(name): np.asarray(item[()], dtype=np.float64)
        for name, item in group.items()
        if item.attrs.get("CLASS") != b"DIMENSION_SCALE"
    }


def _whole(posterior: PosteriorPrior) -> PosteriorPrior:
    """Members of which the past left nothing, for they failed on the way to the as-of date, give their place to others of their chain."""
    if not posterior.left:
        return posterior
    is_whole = np.all([np.isfinite(one) for one in posterior.left.values()], axis=0)
    if is_whole.all() or not is_whole.any(axis=1).all():
        return posterior
    return posterior.of_members([np.resize(np.flatnonzero(row), len(row)) for row in is_whole])


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
