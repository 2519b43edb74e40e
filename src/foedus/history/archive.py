"""Posteriors as one file: a NetCDF file in the layout of ArviZ, written beside and renamed, and read back to the bit."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.arrays import Array
from foedus.case.basis import basis_for, basis_of
from foedus.case.posterior import content_digest, read_posterior
from foedus.case.reweigh import law_quantiles
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, put_beside
from foedus.history.past import past_of
from foedus.history.posterior import Posterior, Setup
from foedus.history.smoother import held_parameters

if TYPE_CHECKING:
    import xarray

    from foedus.case import Case

__all__ = ["open_posteriors", "posterior_tree", "save_posteriors"]


def posterior_tree(chains: Sequence[Posterior], *, is_small: bool = False) -> xarray.DataTree:
    """Posteriors of one case with different seeds, each a chain, as ArviZ has them.

    Groups: `posterior` and `prior` (one variable per uncertain parameter, in its declared unit), `posterior_predictive` (one per series,
    errors of measurement included), `observed_data`, `sample_stats` (figures per pass), `scores` (standard normal scores of what
    was moved), `left` (what the past left in the stocks that the hindcast carries) and `laws` (quantiles of the priors of that on which the
    observations hang). Members are kept to seven digits.

    Args:
        is_small: only what a run needs: `posterior` (of that on which the observations hang), `left` and `laws`. Nothing can be forecast from
            it without a run.
    """
    import xarray

    first = chains[0]
    known = basis_of(first.case, first.setup.hindcast, _day(first.setup.until))
    held = held_parameters(first.past, first.informed)
    basis = known.digest
    values = {name: _rounded(np.stack([one.parameters[name] for one in chains])) for name in first.parameters}
    setups = [one.setup.document() for one in chains]
    informed = sorted({int(row) for one in chains for row in one.informed})
    names = first.past.names()
    left = _left(chains)
    drawn = (*first.updated, *held)
    laws = {name: law for name, law in law_quantiles(known.sampler).items() if name in drawn}
    attributes = {
        "case": first.case.name,
        "inference_library": "foedus",
        "digest": content_digest(basis, setups, {name: values[name] for name in drawn}, left, laws),
        "basis": basis,
        "setups": json.dumps(setups),
        "updated": json.dumps(list(first.updated)),
        "held": json.dumps(list(held)),
    }
    if is_small:
        return xarray.DataTree.from_dict(
            {
                "/": xarray.Dataset(attrs=attributes),
                "posterior": _dataset({name: (("chain", "draw"), values[name]) for name in drawn}),
                "left": _dataset({name: (("chain", "draw"), table) for name, table in left.items()}),
                "laws": _dataset({name: (("score",), table) for name, table in laws.items()}),
            }
        )
    groups = {
        "/": xarray.Dataset(attrs=attributes),
        "posterior": _dataset({name: (("chain", "draw"), table) for name, table in values.items()}),
        "prior": _dataset({name: (("chain", "draw"), table) for name, table in _priors(chains).items()}),
        "posterior_predictive": _dataset(_predictive(chains)),
        "observed_data": _dataset({one.slot.name: ((f"{one.slot.name}_date",), one.values) for one in first.past.observed}),
        "sample_stats": _dataset(
            {
                name: (("chain", f"{name}_pass"), np.array([one.statistics[name] for one in chains]))
                for name in first.statistics
                if all(len(one.statistics[name]) for one in chains)
            }
        ),
        "left": _dataset({name: (("chain", "draw"), table) for name, table in left.items()}),
        "laws": _dataset({name: (("score",), table) for name, table in laws.items()}),
        "scores": xarray.Dataset(
            {"score": (("chain", "draw", "row"), np.stack([one.scores[informed].T for one in chains]).astype(np.float32))},
            {"row": [names[row] for row in informed], "place": ("row", np.array(informed, dtype=np.int64))},
        ),
    }
    return xarray.DataTree.from_dict(groups)


def _dataset(variables: dict[str, tuple[tuple[str, ...], Any]]) -> xarray.Dataset:
    import xarray

    return xarray.Dataset({name: (list(dims), values) for name, (dims, values) in variables.items()})


def _left(chains: Sequence[Posterior]) -> dict[str, Array]:
    """(chain, member) for each stock that is carried."""
    found = [one.left(one.setup.seed) for one in chains]
    return {name: _rounded(np.stack([one[name] for one in found])) for name in found[0]}


def _rounded(values: Array) -> Array:
    """As a file holds them."""
    return values.astype(np.float32).astype(np.float64)


def _priors(chains: Sequence[Posterior]) -> dict[str, Array]:
    """The members before any observation was looked at."""
    before = [dataclasses.replace(one, scores=one.past.prior_scores(one.members, one.setup.seed)) for one in chains]
    return {name: np.stack([one.parameters[name] for one in before]) for name in chains[0].parameters}


def _predictive(chains: Sequence[Posterior]) -> dict[str, tuple[tuple[str, ...], Array]]:
    found: dict[str, tuple[tuple[str, ...], Array]] = {}
    replicas = [chain.replicated() for chain in chains]
    for place, one in enumerate(chains[0].past.observed):
        if one.slot.series and len(one.values):
            parts = [replica[place].T for replica in replicas]
            found[one.slot.name] = (("chain", "draw", f"{one.slot.name}_date"), np.stack(parts))
    return found


def save_posteriors(chains: Sequence[Posterior], path: Path, *, is_small: bool = False) -> str:
    """Write posteriors so that nobody ever sees half a file. Returns the digest, which is the same for a small file (`posterior_tree`).

    Raises:
        InputError: the file cannot be written.
    """
    tree = posterior_tree(chains, is_small=is_small)
    encoding = {
        f"/{name}": {
            str(variable): {"zlib": True, "complevel": 4} | ({"dtype": "float32"} if is_small else {})
            for variable in tree[name].data_vars
        }
        for name in tree.children
    }
    try:
        with put_beside(path) as beside:
            tree.to_netcdf(beside, engine="h5netcdf", encoding=encoding)
    except OSError as error:
        raise cannot_write(path, "the posterior", error) from None
    return str(tree.attrs["digest"])


def open_posteriors(case: Case, path: Path) -> tuple[Posterior, ...]:
    """Posteriors from their file, ready to forecast: one per chain.

    Raises:
        InputError: the file cannot be read, was changed, or is of another model or other data.
    """
    import xarray

    found = read_posterior(path)
    basis_for(case, found)
    with xarray.open_datatree(path, engine="h5netcdf") as tree:
        if "scores" not in tree.children:
            help = "Make it again with `foedus calibrate CASE -o FILE`, without --small."
            raise InputError(Problem(str(path), 0, 0, "small-posterior", "only a run can draw from this posterior.", help))
        setups = [Setup(**setup) for setup in json.loads(tree.attrs["setups"])]
        scores_group = tree["scores"].to_dataset().load()
        statistics = {str(name): values.values for name, values in tree["sample_stats"].data_vars.items()}
    table, rows = np.asarray(scores_group["score"].values), np.asarray(scores_group["place"].values)
    past = past_of(case, setups[0].hindcast, _day(setups[0].until))
    chains = []
    for number, setup in enumerate(setups):
        scores = past.prior_scores(table.shape[1], setup.seed).astype(np.float32).astype(np.float64)
        scores[rows] = table[number].T
        figures = {name: tuple(float(one) for one in values[number]) for name, values in statistics.items()}
        chains.append(Posterior(past, setup, scores, rows, past.predicted(scores), figures))
    return tuple(chains)


def _day(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None
