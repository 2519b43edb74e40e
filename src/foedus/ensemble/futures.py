"""What an ensemble hands over: every future's answer to every question, in every scenario."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot, Status
from foedus.ensemble.design import Design
from foedus.ensemble.faults import Fault
from foedus.ensemble.firsts import Firsts
from foedus.ensemble.spool import Spool
from foedus.ensemble.tally import Tally
from foedus.ensemble.worlds import World
from foedus.wording import counted

if TYPE_CHECKING:
    import xarray

__all__ = ["NOT_APPLICABLE", "QUANTILES", "Futures"]

NOT_APPLICABLE = -1
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, eq=False)
class Futures:
    """Thousands of futures under each scenario. The first scenario is the baseline; future n has the same luck in all of them.

    Attributes:
        results: one array per question, (scenario, future): int8 for probabilities (1, 0, or -1 where it does not apply), else
            float64 in the question's unit (NaN where it does not apply, infinite where a date never comes); on disk where they are
            too many to hold.
        statuses: (scenario, future), codes of `Status`.
        parameters: (parameter, future) of the first futures, base units.
        trajectories: (scenario, variable, moment, future) in shown units, of the first futures; None when not kept.
        tallies: per scenario.
        chains: calibrations that the parameters come from, future i from number i modulo `chains`; 0 for none.
        faults: where futures failed, most frequent first.
        firsts: when events, options and treaty stages first came, of the first futures; None where it was not kept.
        worlds: what the priors declare that may part an answer.
        draw: how to show itself in a notebook.
        moments: times of the trajectories, in the model's unit of time since the as-of date.
    """

    program: Program
    seed: int
    design: str
    scenarios: tuple[ScenarioSlot, ...]
    results: tuple[NDArray[Any] | Spool, ...]
    statuses: NDArray[np.int8]
    parameters: Array
    trajectories: NDArray[Any] | None
    tallies: tuple[Tally, ...]
    moments: Array
    uncertain: tuple[int, ...]
    seconds: dict[str, float] = field(default_factory=dict)
    chains: int = 0
    faults: tuple[Fault, ...] = ()
    firsts: Firsts | None = None
    worlds: tuple[World, ...] = ()
    draw: Callable[[Futures], str] | None = field(default=None, repr=False)

    def _repr_html_(self) -> str:
        return self.draw(self) if self.draw is not None else f"<pre>{self!r}</pre>"

    @property
    def count(self) -> int:
        """How many futures."""
        return int(self.statuses.shape[1])

    @cached_property
    def is_ok(self) -> NDArray[np.bool_]:
        """(future,): did it end well in every scenario? Only these are compared, so that pairs stay pairs."""
        return np.asarray((self.statuses == Status.OK).all(axis=0))

    @cached_property
    def status(self) -> dict[str, int]:
        """How many futures ended how; a future counts with the worst of its scenarios."""
        worst = np.where(self.is_ok, Status.OK, 0)
        for code in (Status.OUT_OF_RANGE, Status.NEGATIVE_STOCK, Status.NOT_FINITE):
            worst = np.where((self.statuses == code).any(axis=0), code, worst)
        counts = np.bincount(worst, minlength=len(Status.NAMES))
        return {name: int(number) for name, number in zip(Status.NAMES, counts, strict=True) if number or name == "ok"}

    @property
    def failed_share(self) -> float:
        """The part of the futures that failed in any scenario."""
        return 1.0 - float(self.is_ok.mean())

    def position(self, question: str) -> int:
        names = [slot.name for slot in self.program.results]
        return names.index(question)

    def values(self, question: str, scenario: str | None = None) -> Array:
        """(future,): the answers to a question as numbers, NaN where it does not apply or the future failed."""
        names = [slot.name for slot in self.scenarios]
        found = self.plain(self.position(question), 0 if scenario is None else names.index(scenario))
        return np.where(self.is_ok, found, np.nan)

    def comes(self, question: str, scenario: str | None = None) -> Array:
        """(future,): does the date that a question asks for come at all (1, 0)? NaN where it does not apply or the future failed."""
        names = [slot.name for slot in self.scenarios]
        found = self.results[self.position(question)][0 if scenario is None else names.index(scenario)]
        return np.where(self.is_ok & ~np.isnan(found), np.isfinite(found), np.nan)

    @cached_property
    def replicate_of(self) -> NDArray[np.int64] | None:
        """(future,): the replicate of the design that each belongs to; None where futures are independent of one another."""
        design = Design(self.design, self.seed, self.count, max(1, self.chains))
        return design.replicate_of(np.arange(self.count)) if design.replicates else None

    @cached_property
    def digest(self) -> str:
        """SHA-256 over all results and statuses, by scenario, question, future: equal if and only if all bits are equal."""
        total = hashlib.sha256()
        for row, scenario in enumerate(self.scenarios):
            total.update(f"scenario {scenario.name}\n".encode())
            for slot, values in zip(self.program.results, self.results, strict=True):
                total.update(f"question {slot.name}\n".encode())
                line = values[row]
                if line.dtype == np.float64:
                    line = np.where(np.isnan(line), np.nan, line)
                total.update(np.ascontiguousarray(line).astype(line.dtype.newbyteorder("<")).tobytes())
            total.update(self.statuses[row].tobytes())
        return total.hexdigest()

    @cached_property
    def dataset(self) -> xarray.Dataset:
        """The same as `to_xarray()`, made once."""
        return self.to_xarray()

    def to_xarray(self) -> xarray.Dataset:
        """An `xarray.Dataset`: questions over (scenario, future), uncertain parameters over (future), trajectories, where they were
        kept, over (scenario, time, future); indices of the model are further dims. `xarray.decode_cf` turns `time` into dates.

        Raises:
            InputError: two things bear one name.
        """
        from foedus.ensemble.dataset import dataset_of

        return dataset_of(self)

    def plain(self, number: int, row: int) -> Array:
        """The answers in one scenario as numbers: NaN where a question does not apply, and where a date never comes."""
        values = self.results[number][row]
        if values.dtype == np.int8:
            return np.where(values == NOT_APPLICABLE, np.nan, values.astype(np.float64))
        return np.where(np.isinf(values), np.nan, values) if self.program.results[number].is_date else values

    def save(self, path: str | Path) -> Path:
        """Write everything: NetCDF (`.nc`), Zarr (`.zarr`), or tidy rows (`.parquet`, `.csv`). Written beside and renamed.

        Raises:
            InputError: another suffix, an extra that is not installed, or a place that cannot be written.
        """
        from foedus.ensemble.save import save_futures

        return save_futures(self, path)

    def __getstate__(self) -> dict[str, Any]:
        """The fields alone: what was worked out from them is worked out again."""
        return {one.name: self.__dict__[one.name] for one in dataclasses.fields(self)}

    def __repr__(self) -> str:
        names = ", ".join(slot.name for slot in self.scenarios)
        asked = counted(len(self.results), "question")
        return f"<Futures of {self.program.name}: {counted(self.count, 'future')}, scenarios {names}, {asked}>"
