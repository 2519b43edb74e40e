"""Results on disk: NetCDF and Zarr as datasets, Parquet and CSV as tidy rows. The suffix decides.

A row of the tidy form is one number: `kind` (answer, parameter, trajectory, status), `name`, one column for each index of the model,
`scenario`, `future`, `elapsed` (in the model's unit of time), `date`, `value` (empty where it does not apply) and `unit`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus import extras
from foedus.arrays import AnyArray
from foedus.compile import Program
from foedus.engine.timetable import timetable
from foedus.ensemble.variables import Variable, VariableElement, output_names, variables_of
from foedus.errors import InputError, Problem
from foedus.files import cannot_write, put_beside, require_folder

if TYPE_CHECKING:
    from foedus.ensemble.kept import Kept

__all__ = ["SUFFIXES", "check_size", "check_target", "save_futures"]

SUFFIXES = {".nc": "", ".zarr": "zarr", ".parquet": "parquet", ".csv": ""}
MOST_BYTES, MOST_ROWS = 8_000_000_000, {".csv": 50_000_000, ".parquet": 500_000_000}
_ROWS_AT_ONCE = 200_000


def check_target(path: str | Path) -> None:
    """Refuse, before any work, a file that could not be written after it.

    Raises:
        InputError: an unknown suffix, an extra that is not installed, no such folder, or a folder where a file should be.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        message = f"there is no format `{path.suffix}`." if path.suffix else "the name has no suffix that tells the format."
        help = "Use .nc (NetCDF), .zarr, .parquet or .csv (tidy rows)."
        raise InputError(Problem(str(path), 0, 0, "unknown-format", message, help))
    if extra := SUFFIXES[path.suffix]:
        extras.require(extra, f"saving {path.name}")
    require_folder(path)
    if path.is_dir() and path.suffix != ".zarr":
        raise InputError(Problem(str(path), 0, 0, "cannot-write", "this is a folder.", "Choose another name."))


def check_size(path: str | Path, program: Program, scenarios: int, futures: int, kept: int, double: bool) -> None:
    """Refuse, before any work, a file that would be too large to be made, or in which a name would stand for two things.

    Raises:
        InputError: says how much it would be, or which name it is.
    """
    output_names(program, [slot.name for slot in program.parameters if slot.is_uncertain], kept > 0)
    path, moments = Path(path), len(timetable(program).moments) * (kept > 0)
    answers = scenarios * futures * (len(program.results) + 1) + futures * len(program.parameters)
    rows = answers + scenarios * min(kept, futures) * moments * len(program.saved)
    size = 8 * answers + (8 if double else 4) * scenarios * futures * moments * len(program.saved)
    help = "Ask for fewer --futures or --trajectories, or keep fewer variables."
    if rows > MOST_ROWS.get(path.suffix, rows):
        message = f"the file would have {rows / 1e6:,.0f} million rows; at most {MOST_ROWS[path.suffix] / 1e6:,.0f} million are written."
        raise InputError(Problem(str(path), 0, 0, "too-large", message, help + " A file .nc is far smaller."))
    if path.suffix in (".nc", ".zarr") and size > MOST_BYTES:
        message = f"the results would take {size / 1e9:,.0f} GB of memory; at most {MOST_BYTES / 1e9:,.0f} GB are written."
        raise InputError(Problem(str(path), 0, 0, "too-large", message, help))


def save_futures(futures: Kept, path: str | Path) -> Path:
    """Write everything that an ensemble has to tell; beside, then renamed, so that nobody ever sees half of it."""
    path = Path(path)
    check_target(path)
    write = {".nc": _write_netcdf, ".zarr": _write_zarr, ".parquet": _write_parquet, ".csv": _write_csv}[path.suffix]
    try:
        with put_beside(path) as beside:
            write(futures, beside)
    except OSError as error:
        raise cannot_write(path, "the file", error) from None
    return path


def _write_netcdf(futures: Kept, beside: Path) -> None:
    futures.to_xarray().to_netcdf(beside, engine="h5netcdf")


def _write_zarr(futures: Kept, beside: Path) -> None:
    # The second version of the format has a settled form for texts and for one list of what there is; the third has none yet.
    futures.to_xarray().to_zarr(beside, mode="w", zarr_format=2)


@dataclass(frozen=True)
class _Block:
    """Rows that differ only in future and moment."""

    kind: str
    name: str
    unit: str
    elements: dict[str, str]
    scenario: str
    futures: AnyArray
    moments: AnyArray | None
    values: AnyArray


def _columns(futures: Kept) -> list[str]:
    return ["kind", "name", *(name for name, _ in _indices(futures)), "scenario", "future", "elapsed", "date", "value", "unit"]


def _indices(futures: Kept) -> list[tuple[str, tuple[str, ...]]]:
    """The indices that any variable has, each once."""
    return list(dict.fromkeys(index for one in variables_of(futures) for index in one.indices))


def _blocks(futures: Kept) -> Iterator[_Block]:
    scenarios = [slot.name for slot in futures.scenarios]
    everyone = np.arange(futures.count)
    for row, scenario in enumerate(scenarios):
        yield _Block("status", "status", "", {}, scenario, everyone, None, futures.statuses[row])
    for one in variables_of(futures):
        for part in one.parts:
            values = one.values(futures, part)
            for row, scenario in enumerate(scenarios if one.kind != "parameter" else [""]):
                yield from _blocks_of(futures, one, part, scenario, values if one.kind == "parameter" else values[row])


def _blocks_of(futures: Kept, one: Variable, part: VariableElement, scenario: str, values: AnyArray) -> Iterator[_Block]:
    """The rows of one element under one scenario: (future,), or (time, future)."""
    elements = {name: element for (name, _), element in zip(one.indices, part.elements, strict=True)}
    kept = np.arange(values.shape[-1])
    if values.ndim == 1:
        yield _Block(one.kind, one.name, one.unit, elements, scenario, kept, None, values)
        return
    many = max(1, _ROWS_AT_ONCE // max(1, len(kept)))
    for first in range(0, len(values), many):
        moments = futures.moments[first : first + many]
        yield _Block(
            one.kind,
            one.name,
            one.unit,
            elements,
            scenario,
            np.tile(kept, len(moments)),
            np.repeat(moments, len(kept)),
            values[first : first + many].ravel(),
        )


def _dates(program: Program, moments: AnyArray) -> list[str]:
    if program.as_of is None:
        return [""] * len(moments)
    known = {float(moment): program.date_of(float(moment)) for moment in np.unique(moments)}
    return [known[float(moment)] for moment in moments]


def _write_csv(futures: Kept, beside: Path) -> None:
    indices = [name for name, _ in _indices(futures)]
    with beside.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(_columns(futures))
        for block in _blocks(futures):
            size = len(block.values)
            elapsed = [""] * size if block.moments is None else block.moments.tolist()
            dates = [""] * size if block.moments is None else _dates(futures.program, block.moments)
            head = (block.kind, block.name, *(block.elements.get(name, "") for name in indices), block.scenario)
            rows = zip(block.futures.tolist(), elapsed, dates, _texts(block.values), strict=True)
            table.writerows((*head, *row, block.unit) for row in rows)


def _texts(values: AnyArray) -> list[str]:
    """Numbers as the shortest text that gives the same bits back; nothing where there is no number."""
    return ["" if text == "nan" else text for text in values.astype(str).tolist()]


def _write_parquet(futures: Kept, beside: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    names = _columns(futures)
    kinds = {"future": pa.int64(), "elapsed": pa.float64(), "value": pa.float64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
    with parquet.ParquetWriter(beside, schema) as writer:
        for block in _blocks(futures):
            size, values = len(block.values), block.values.astype(np.float64)
            alone = {"kind": block.kind, "name": block.name, "scenario": block.scenario or None, "unit": block.unit or None}
            columns: dict[str, Any] = {name: [block.elements.get(name, alone.get(name))] * size for name in names}
            columns |= {"future": block.futures, "value": pa.array(values, mask=np.isnan(values))}
            if block.moments is not None:
                columns |= {"elapsed": block.moments, "date": [date or None for date in _dates(futures.program, block.moments)]}
            writer.write_table(pa.table({name: pa.array(columns[name], kinds.get(name, pa.string())) for name in names}, schema))
