"""What of an ensemble goes into a dataset or a file: a form to read, which `Futures` has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array
from foedus.compile import Program
from foedus.compile.program import ScenarioSlot

if TYPE_CHECKING:
    import xarray

__all__ = ["Kept"]


class Kept(Protocol):
    """The futures of an ensemble as they are written; shapes and units as in `foedus.ensemble.futures.Futures`."""

    @property
    def program(self) -> Program: ...
    @property
    def seed(self) -> int: ...
    @property
    def design(self) -> str: ...
    @property
    def digest(self) -> str: ...
    @property
    def scenarios(self) -> Sequence[ScenarioSlot]: ...
    @property
    def statuses(self) -> NDArray[np.int8]: ...
    @property
    def parameters(self) -> Array: ...
    @property
    def trajectories(self) -> NDArray[Any] | None: ...
    @property
    def moments(self) -> Array: ...
    @property
    def uncertain(self) -> tuple[int, ...]: ...
    @property
    def count(self) -> int: ...
    @property
    def is_ok(self) -> NDArray[np.bool_]: ...

    def plain(self, number: int, row: int) -> Array:
        """(future,): the answers to a question in a scenario."""

    def to_xarray(self) -> xarray.Dataset:
        """All of it as a dataset."""
