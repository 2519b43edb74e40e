"""Results that are too many to be held: a table on disk with the few operations that an ensemble needs of it."""

from __future__ import annotations

import os
import tempfile
import weakref
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["MOST_HELD", "Spool", "table"]

MOST_HELD = 300_000_000  # bytes of all tables of a run


class Spool:
    """A table (row, future) in a file without a name, which vanishes with the object.

    Threads may write different stretches at the same time. Reading gives a fresh array of one row.
    """

    def __init__(self, rows: int, count: int, dtype: Any) -> None:
        self.dtype = np.dtype(dtype)
        self.shape = (rows, count)
        self._file = tempfile.TemporaryFile(prefix="foedus-")  # noqa: SIM115 (closed with the object)
        weakref.finalize(self, self._file.close)

    def _offset(self, row: int, first: int) -> int:
        return (row * self.shape[1] + first) * int(self.dtype.itemsize)

    def __setitem__(self, place: tuple[int, slice], values: NDArray[Any]) -> None:
        row, stretch = place
        content = np.asarray(values, dtype=self.dtype).tobytes()
        offset = self._offset(row, stretch.start)
        while content:
            written = os.pwrite(self._file.fileno(), content, offset)
            content, offset = content[written:], offset + written

    def __getitem__(self, row: int) -> NDArray[Any]:
        parts, offset, end = [], self._offset(row, 0), self._offset(row + 1, 0)
        while offset < end:
            parts.append(os.pread(self._file.fileno(), end - offset, offset))
            if not parts[-1]:
                raise OSError("the file with the results is shorter than it should be")
            offset += len(parts[-1])
        return np.frombuffer(b"".join(parts), dtype=self.dtype).copy()

    def __reduce__(self) -> tuple[Any, ...]:
        """Its rows, for pickling and copying: the file itself belongs to one object of one process."""
        return _restored, ([self[row] for row in range(self.shape[0])],)


def _restored(rows: list[NDArray[Any]]) -> Spool:
    found = Spool(len(rows), len(rows[0]) if rows else 0, rows[0].dtype if rows else np.float64)
    for number, values in enumerate(rows):
        found[number, slice(0, len(values))] = values
    return found


def table(rows: int, count: int, dtype: Any, *, held: bool) -> NDArray[Any] | Spool:
    """An array if the results can be held, else a table on disk."""
    return np.empty((rows, count), dtype=dtype) if held else Spool(rows, count, dtype)
