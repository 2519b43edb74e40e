"""What a backtest forecasts, from which days, how far ahead: the case's `backtest.toml`, and what the command line changes."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.case import Case
from foedus.constructs import tree as t
from foedus.errors import CaseError, InputError, Problem, suggestion
from foedus.history.baselines import BASELINES, DECLARED, ON_REQUEST
from foedus.history.past import past_of
from foedus.history.smoother import informed_rows
from foedus.history.widths import MOST_ROWS, width_rows
from foedus.units import spell_factors
from foedus.wording import counted

__all__ = [
    "FEWEST_ROWS",
    "MEASURES",
    "Aim",
    "BacktestPlan",
    "HeldBack",
    "declared_baselines",
    "parse_horizons",
    "parse_origins",
    "read_plan",
    "widths_are_learned",
]

PLAN = "backtest.toml"
MEASURES = ("value", "sum")
WIDTHS = ("assumed", "learned")
FEWEST_ROWS = 13
"""A series is forecast from an origin only where a quarter of a year of it was known: less tells a naive forecast nothing either."""
MOST_ORIGINS, LONGEST = 200, 520


@dataclass(frozen=True)
class Aim:
    """One series to be forecast.

    Attributes:
        name: what the record calls it.
        series: the case's series.
        measure: "value" (the figure of step h itself) or "sum" (what steps 1 to h add up to).
        unit: of the target.
        baseline: the naive forecast that it is judged by, declared before any is scored.
        is_levelled: the model takes some of its figures for outliers, so the naive forecasts get them levelled too.
    """

    name: str
    series: str
    measure: str
    unit: str
    baseline: str = DECLARED
    is_levelled: bool = False


@dataclass(frozen=True)
class HeldBack:
    """The end of the series, which nobody looks at while a model is made.

    Attributes:
        day: its first.
        opened: when it was opened, and how often it was scored, in words; "" while it is closed.
    """

    day: datetime.date
    opened: str = ""


@dataclass(frozen=True)
class BacktestPlan:
    """What is to be done.

    Attributes:
        hindcast: which of the case's.
        origins: days; what was known on them is known.
        horizons: in steps of the series, rising.
        aims: the series.
        caveat: what a reader must know of how the scores came about, in words; it stands beside them.
        learns_widths: each calibration learns the scales of luck; where the case does not say, it does if it can.
        held_back: a part of the series that is scored apart; while it is closed it is not scored, and no origin lies in it.
    """

    hindcast: str
    origins: tuple[datetime.date, ...]
    horizons: tuple[int, ...]
    aims: tuple[Aim, ...]
    caveat: str = ""
    learns_widths: bool = False
    held_back: HeldBack | None = None


def read_plan(case: Case, origins: str = "", horizons: str = "") -> BacktestPlan:
    """The case's plan, changed by what is given.

    Raises:
        InputError: the origins or horizons cannot be read, or there are none; all of them lie in a part that is still held back.
        CaseError: `backtest.toml` cannot be read, or the case has no hindcast or series.
    """
    path = case.folder.folder / PLAN
    table = _table(path)
    hindcasts = [one.name for one in case.tree.all(t.Hindcast)]
    name = table.get("hindcast") or (hindcasts[0] if hindcasts else "")
    if name not in hindcasts:
        help = suggestion(str(name), hindcasts) or "Add `hindcast NAME from … to …` to the model."
        named = f" `{name}`" if name else ""
        raise CaseError(Problem(str(path), 0, 0, "no-hindcast", f"the model has no hindcast{named}.", help))
    aims = tuple(_aim(case, str(path), key, part) for key, part in (table.get("series") or _all_series(case)).items())
    if not aims:
        raise CaseError(
            Problem(case.name, 0, 0, "no-series", "the case has no observed series.", "Add `series NAME : … from FILE …`.")
        )
    days = parse_origins(origins or str(table.get("origins", "")))
    ahead = parse_horizons(horizons or ",".join(map(str, table.get("horizons", [4, 13, 26]))))
    held_back = _held_back(str(path), table)
    if held_back is not None and not held_back.opened:
        days = tuple(day for day in days if day < held_back.day)
        if not days:
            message = f"what is scored from {held_back.day} on is held back, and all origins lie there."
            help = "Choose earlier days; or, once nothing is changed any more, say under [held_back] when it was `opened`."
            raise InputError(Problem(str(path), 0, 0, "held-back", message, help))
    caveat = " ".join(str(table.get("caveat", "")).split())
    return BacktestPlan(str(name), days, ahead, aims, caveat, widths_are_learned(case, str(name)), held_back)


def widths_are_learned(case: Case, hindcast: str) -> bool:
    """Are the scales of luck learned from a past of the case, as its plan says? Where it does not say, they are if they can be, in minutes.

    Raises:
        CaseError: `backtest.toml` cannot be read.
    """
    path = case.folder.folder / PLAN
    told = _table(path).get("widths")
    if told is None:
        try:
            past = past_of(case, hindcast)
            return bool(width_rows(past)) and len(informed_rows(past)) <= MOST_ROWS
        except InputError:  # nothing was observed, no scale can be seen, or something happens by chance
            return False
    if told not in WIDTHS:
        help = f'Write widths = "{WIDTHS[1]}" or widths = "{WIDTHS[0]}", or leave it out.'
        raise _bad_plan(str(path), f"`widths` cannot be {told!r}.", help)
    return bool(told == WIDTHS[1])


def declared_baselines(case: Case) -> dict[str, str]:
    """By series of the model: the naive forecast that the case declares for it, else the one by which any series is judged.

    Raises:
        CaseError: `backtest.toml` cannot be read, or names a series or a naive forecast that there is not.
    """
    path = case.folder.folder / PLAN
    aims = [_aim(case, str(path), key, part) for key, part in _table(path).get("series", {}).items()]
    return dict.fromkeys(_all_series(case), DECLARED) | {aim.series: aim.baseline for aim in aims}


def _table(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise _bad_plan(str(path), f"the plan cannot be read: {error}.", "Mend the file.") from None


def _bad_plan(path: str, message: str, help: str) -> CaseError:
    return CaseError(Problem(path, 0, 0, "bad-plan", message, help))


def _held_back(path: str, table: dict[str, Any]) -> HeldBack | None:
    told = table.get("held_back")
    if told is None:
        return None
    help = 'Write [held_back], then from = 2024-01-05 and, once it is open, opened = "when, and how often it was scored".'
    if not isinstance(told, dict) or set(told) - {"from", "opened"} or not isinstance(told.get("opened", ""), str):
        raise _bad_plan(path, "`held_back` is no table of `from` and `opened`.", help)
    day = told.get("from")
    day = _day(day) if isinstance(day, str) else day
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        raise _bad_plan(path, "`held_back` names no day from which on.", help)
    return HeldBack(day, " ".join(told.get("opened", "").split()))


def parse_origins(text: str) -> tuple[datetime.date, ...]:
    """Days from "2023-07..2024-09" (the first of each month), "2023-07-15..2024-09-15" (the same day of each month), "… every 14 days",
    or a list.

    Raises:
        InputError: it cannot be read.
    """

    def refuse(message: str) -> InputError:
        help = "Write FROM..TO with months (2023-07..2024-09) or days, or a list of days with commas."
        return InputError(Problem("--origins", 0, 0, "bad-origins", message, help))

    if not text.strip():
        raise refuse("no origins are given.")
    text, _, pace = (part.strip() for part in text.partition(" every "))
    ends = text.split("..")
    days = [_day(part.strip()) for part in (ends if len(ends) == 2 else text.split(","))]
    if None in days:
        raise refuse(f"`{text}` holds no days.")
    found = [day for day in days if day is not None]
    if len(ends) == 2:
        found = _stretched(found[0], found[1], _pace(pace, refuse)) if pace else _monthly(*found)
    elif pace:
        raise refuse(f"`every {pace}` needs two ends.")
    if not found or found != sorted(set(found)):
        raise refuse(f"`{text}` does not go forward in time.")
    if len(found) > MOST_ORIGINS:
        raise refuse(f"{counted(len(found), 'origin')} are too many; {MOST_ORIGINS} can be done.")
    return tuple(found)


def _pace(text: str, refuse: Callable[[str], InputError]) -> int:
    match = re.fullmatch(r"([1-9][0-9]{0,3}) (day|week)s?", text, re.ASCII)
    if match is None:
        raise refuse(f"`every {text}` is no pace: write it as `every 14 days` or `every 2 weeks`.")
    return int(match[1]) * (7 if match[2] == "week" else 1)


def _stretched(first: datetime.date, last: datetime.date, days: int) -> list[datetime.date]:
    count = max(0, (last - first).days) // days + 1
    return [first + datetime.timedelta(days * number) for number in range(min(count, MOST_ORIGINS + 1))]


def parse_horizons(text: str) -> tuple[int, ...]:
    """Rising whole numbers from a list with commas.

    Raises:
        InputError: it is none.
    """
    parts = [part.strip() for part in text.split(",")]
    are_whole = all(part.isascii() and part.isdecimal() and len(part) <= 9 for part in parts)
    numbers = sorted({int(part) for part in parts}) if are_whole else []
    if not numbers or numbers[0] < 1 or numbers[-1] > LONGEST:
        help = f"Write whole numbers from 1 to {LONGEST} with commas: 4,13,26."
        raise InputError(Problem("--horizons", 0, 0, "bad-horizons", f"`{text}` holds no horizons.", help))
    return tuple(numbers)


def _aim(case: Case, path: str, name: str, part: Any) -> Aim:
    known = {series.name: series for series in case.tree.all(t.Series) if series.file}
    of = part.get("of", name) if isinstance(part, dict) else name
    measure = part.get("measure", "value") if isinstance(part, dict) else "value"
    if not re.fullmatch(r"[A-Za-z]\w*", name):
        help = "Use letters, digits and underscores, beginning with a letter."
        raise CaseError(Problem(path, 0, 0, "bad-name", f"`{name}` cannot be the name of a series in the record.", help))
    if of not in known:
        help = suggestion(str(of), known) or f"Series: {', '.join(known)}."
        raise CaseError(Problem(path, 0, 0, "unknown-series", f"the model has no series `{of}`.", help))
    if measure not in MEASURES:
        raise CaseError(
            Problem(path, 0, 0, "unknown-measure", f"there is no measure `{measure}`.", f"Use {' or '.join(MEASURES)}.")
        )
    baseline = part.get("baseline", DECLARED) if isinstance(part, dict) else DECLARED
    known_baselines = (*BASELINES, *ON_REQUEST)
    if baseline not in known_baselines and baseline != DECLARED:
        help = suggestion(str(baseline), known_baselines) or f"Baselines: {', '.join(known_baselines)}."
        raise CaseError(Problem(path, 0, 0, "unknown-baseline", f"there is no naive forecast `{baseline}`.", help))
    unit = spell_factors(known[of].unit.factors)
    has_outliers = any(one.target.name == of and one.outliers is not None for one in case.tree.all(t.Observe))
    return Aim(name, of, measure, unit.removesuffix("/week") if measure == "sum" else unit, str(baseline), has_outliers)


def _all_series(case: Case) -> dict[str, Any]:
    return {series.name: {} for series in case.tree.all(t.Series) if series.file}


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(f"{text}-01" if re.fullmatch(r"[0-9]{4}-[0-9]{2}", text) else text)
    except ValueError:
        return None


def _monthly(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """The same day of every month; a month that is too short gives its last day."""
    found: list[datetime.date] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(found) <= MOST_ORIGINS:
        after = datetime.date(year + month // 12, month % 12 + 1, 1)
        day = min(datetime.date(year, month, 1) + datetime.timedelta(first.day - 1), after - datetime.timedelta(1))
        if day <= last or first.day == 1:
            found.append(day)
        year, month = after.year, after.month
    return found
