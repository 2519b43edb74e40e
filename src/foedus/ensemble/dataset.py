"""Results as an `xarray.Dataset`, with units, dates and dimensions as the CF conventions have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.compile import Program
from foedus.compile.program import Status
from foedus.ensemble.variables import variables_of
from foedus.units import DAYS

if TYPE_CHECKING:
    import xarray

    from foedus.ensemble.kept import Kept

__all__ = ["dataset_of"]

# How the conventions call a unit of time, and how many of them one of ours is. They have no week, and no month or year of one length.
_CF = {
    "second": ("seconds", 1.0),
    "minute": ("minutes", 1.0),
    "hour": ("hours", 1.0),
    "day": ("days", 1.0),
    "week": ("days", 7.0),
}

_YEARS = (1678, 2261)  # dates outside cannot be told in nanoseconds, and readers refuse the whole file


def dataset_of(futures: Kept) -> xarray.Dataset:
    """An `xarray.Dataset` of everything that an ensemble has to tell.

    Questions have dims (scenario, future), uncertain parameters (future), trajectories (scenario, time, future); indices are dims of
    their own, behind. `time` counts from the as-of date as CF has it, `elapsed` in the model's own unit of time.

    Raises:
        InputError: two things bear one name.
    """
    import xarray

    program = futures.program
    found = variables_of(futures)
    data: dict[str, Any] = {
        one.name: (one.dims, one.array(futures), {"units": one.unit, "long_name": one.long_name, **one.about}) for one in found
    }
    flags = {
        "flag_values": list(range(len(Status.NAMES))),
        "flag_meanings": " ".join(name.replace(" ", "_") for name in Status.NAMES),
    }
    data["status"] = (("scenario", "future"), futures.statuses, flags)
    coordinates: dict[str, Any] = {"scenario": [slot.name for slot in futures.scenarios], "future": np.arange(futures.count)}
    coordinates |= {name: list(elements) for one in found for name, elements in one.indices}
    if futures.trajectories is not None:
        coordinates |= _time(program, futures.moments)
    return xarray.Dataset(data, coordinates, _about(futures))


def _time(program: Program, moments: Any) -> dict[str, Any]:
    """The coordinates along the time: what calendars understand, and the model's own count."""
    unit = program.time_unit
    elapsed = ("time", moments, {"units": unit, "long_name": f"time since the start, {unit}s"})
    ends = [program.as_of.year + float(end) * DAYS[unit] / 365 for end in moments[[0, -1]]] if program.as_of is not None else []
    if program.as_of is None or not all(_YEARS[0] <= year < _YEARS[1] for year in ends):
        return {"time": elapsed}
    name, factor = _CF.get(unit, ("days", 0.0))
    days = (
        [(program.calendar.date_of(float(time)) - program.as_of).days for time in moments] if program.calendar is not None else []
    )
    counted = moments * factor if factor else np.array(days, dtype=np.float64)
    about = {
        "units": f"{name} since {program.as_of.isoformat()}",
        "calendar": "proleptic_gregorian",
        "standard_name": "time",
        "long_name": "date",
    }
    return {"time": ("time", counted, about), "elapsed": elapsed}


def _about(futures: Kept) -> dict[str, Any]:
    program = futures.program
    about = {
        "Conventions": "CF-1.11",
        "model": program.name,
        "title": program.title,
        "seed": futures.seed,
        "design": futures.design,
        "digest": futures.digest,
        "program": program.digest,
    }
    return about | ({"as_of": program.as_of.isoformat()} if program.as_of is not None else {})
