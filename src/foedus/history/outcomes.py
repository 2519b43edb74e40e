"""Outcomes: how questions came out. A JSON list of {question, value, date, source, contested}."""

from __future__ import annotations

import datetime
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foedus.errors import InputError, Problem, suggestion
from foedus.evidence.table import CellError, RangeError, number_of, read_text
from foedus.language.calendar import Calendar
from foedus.units import DAYS, Unit, UnitProblem, UnitTable, singular

__all__ = ["Outcome", "Resolution", "read_outcomes", "resolve", "shown_date"]

KEYS = ("question", "value", "date", "source", "contested", "note")
_POINTS = 21
LARGEST_FILE = 20_000_000
_YES, _NO = ("true", "yes"), ("false", "no")
_OPEN = ("", "open", "unresolved", "unknown", "not applicable")
_RANGE = re.compile(r"(.*?\d)\s*(?: to |–|—|\.\.)\s*([-+−]?\d.*)", re.IGNORECASE)
_NEVER = re.compile(r"(?:not by|not before|after)\s+([0-9]{4}-[0-9]{2}-[0-9]{2})")
_AMOUNT = re.compile(r"([-+−]?[0-9.,_]*[0-9](?:[eE][-+]?[0-9]+)?)\s*(.*)")


@dataclass(frozen=True)
class Outcome:
    """One line of the file.

    Attributes:
        value: true, false, a number, a text ("12000 person", "2025-03-01", "not by 2025-12-31"), or None while it is open; a range of
            numbers or dates as two of them, or as text ("10000 to 12000 person").
        date: ISO date on which it was so, or was known; "" where the file does not say.
        contested: reasonable people still disagree; scored apart.
    """

    question: str
    value: bool | float | str | list[float | str] | None
    date: str
    source: str
    contested: bool
    file: str = ""
    number: int = 0


@dataclass(frozen=True)
class Resolution:
    """An outcome as a number that can be scored.

    Attributes:
        value: 1 or 0 for yes-no questions; else in the question's unit, for dates in the model's unit of time since the as-of date.
        shown: as people read it.
        ends: between which it lies where nobody knows better, else None; `value` is then the middle.
    """

    outcome: Outcome
    value: float
    shown: bool | float | str
    ends: tuple[float, float] | None = None

    @property
    def values(self) -> tuple[float, ...]:
        """The value, or of a range as many as stand for it, evenly from end to end: a score is the mean over them."""
        if self.ends is None or self.ends[0] == self.ends[1]:
            return (self.value,)
        low, high = self.ends
        return tuple(low + (high - low) * (place + 0.5) / _POINTS for place in range(_POINTS))


def read_outcomes(path: str | Path, known: Iterable[str]) -> tuple[Outcome, ...]:
    """Read a file of outcomes.

    Args:
        path: a JSON list.
        known: the names of the questions that there are.
    Raises:
        InputError: every problem of the file at once, each with the number of its entry.
    """
    path, known = Path(path), list(known)
    entries = _load(path)
    problems: list[Problem] = []
    found: list[Outcome] = []
    seen: dict[str, int] = {}
    for number, entry in enumerate(entries, 1):
        complaints = list(_complaints(entry, known))
        name = entry.get("question") if isinstance(entry, dict) else None
        if isinstance(name, str) and seen.setdefault(name, number) != number:
            complaints.append(("twice", f"`{name}` stands in entry {seen[name]} already.", "Keep one entry for a question."))
        problems += [Problem(str(path), 0, 0, code, f"entry {number}: {message}", help) for code, message, help in complaints]
        if not complaints:
            found.append(
                Outcome(
                    entry["question"],
                    entry.get("value"),
                    entry.get("date") or "",
                    entry.get("source") or "",
                    bool(entry.get("contested", False)),
                    str(path),
                    number,
                )
            )
    if problems:
        raise InputError(problems)
    return tuple(found)


def resolve(
    outcome: Outcome, question: Mapping[str, Any], as_of: str | None, time_unit: str, by_months: bool | None = None
) -> Resolution | None:
    """An outcome as a number, in the terms of a frozen question; None while it is open.

    Args:
        outcome: what came of it.
        question: its kind, unit and, of a date, the end of its window.
        as_of, time_unit: of the model.
        by_months: do its dates go by calendar months? None: if it counts in months or years.
    Raises:
        InputError: the value does not fit the question's kind or unit.
    """
    value = outcome.value
    if value is None or _is_open(value):
        return None
    start, known = _day(as_of or ""), _day(outcome.date)
    if start is not None and known is not None and known < start:
        message = f"its day, {outcome.date}, lies before {as_of}, the day from which the forecast looks ahead."
        raise _refuse(outcome, "before-forecast", message, "Correct the day, or the year.")
    if question["kind"] == "probability":
        return _yes_or_no(outcome, value)
    calendar = _calendar(as_of, time_unit, by_months)

    def single(one: bool | float | str) -> Resolution | None:
        if _is_open(one):
            return None
        return _date(outcome, one, question, calendar) if question["kind"] == "date" else _amount(outcome, one, question["unit"])

    ends = _ends_of(value)
    return single(value) if ends is None else _range(outcome, [single(end) for end in ends])  # type: ignore[arg-type]


def _is_open(value: object) -> bool:
    return isinstance(value, str) and value.strip().lower() in _OPEN


def shown_date(time: float, end: float, frozen: Mapping[str, Any]) -> str:
    """A moment of a frozen date as people read it; the end of the window stands for what has not come by then."""
    if time >= end:
        return "later"
    calendar = _calendar(frozen["as_of"], frozen["time_unit"], frozen.get("by_months"))
    return f"{time:.3g} {frozen['time_unit']}" if calendar is None else calendar.date_of(time).isoformat()


def _calendar(as_of: str | None, time_unit: str, by_months: bool | None) -> Calendar | None:
    start = _day(as_of or "")
    return None if start is None else Calendar(start, time_unit, _goes_by_months(time_unit, by_months))


def _ends_of(value: bool | float | str | list[float | str]) -> tuple[float | str, float | str] | None:
    """The two ends of a range; a unit behind the second is that of both. None: it is no range."""
    if isinstance(value, list):
        return value[0], value[1]
    match = _RANGE.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    amount = _AMOUNT.fullmatch(match[2])
    unit = amount[2] if amount and _AMOUNT.fullmatch(match[1]) and _day(match[2]) is None else ""
    return f"{match[1]} {unit}".strip(), match[2]


def _range(outcome: Outcome, ends: list[Resolution | None]) -> Resolution | None:
    low, high = ends
    if low is None or high is None:
        return None
    if not low.value <= high.value:
        raise _refuse(outcome, "empty-range", f"{low.shown} lies above {high.shown}.", "Write the lower end first.")
    return Resolution(outcome, (low.value + high.value) / 2, f"{low.shown} to {high.shown}", (low.value, high.value))


def _load(path: Path) -> list[Any]:
    def refuse(code: str, message: str, help: str) -> InputError:
        return InputError(Problem(str(path), 0, 0, code, message, help))

    help = 'Write a JSON list of {"question": …, "value": …, "date": …, "source": …, "contested": false}.'
    try:
        entries = json.loads(read_text(path, largest=LARGEST_FILE).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise refuse("not-json", f"this is no JSON: {error}.", help) from None
    if not isinstance(entries, list):
        raise refuse("not-a-list", "the document is not a list.", help)
    return entries


def _complaints(entry: Any, known: list[str]) -> Iterable[tuple[str, str, str]]:
    """What is wrong with one entry: code, message, help."""
    if not isinstance(entry, dict):
        yield "not-an-object", "this is not an object.", f"Give it the keys {', '.join(KEYS)}."
        return
    name = entry.get("question")
    if not isinstance(name, str):
        yield "no-question", "`question` is missing.", "Name a question of the case."
    elif name not in known:
        yield (
            "unknown-question",
            f"there is no such question `{name}`.",
            suggestion(name, known) or f"Questions: {', '.join(known)}.",
        )
    if "value" not in entry:
        yield "no-value", "`value` is missing.", "Give true, false, a number, a date, or null while it is open."
    elif not _is_value(entry["value"]):
        help = "Give true, false, a number, a date, two of these for a range, or null while it is open."
        yield "bad-value", "`value` is an object, or a list that is no range.", help
    for key in ("date", "source", "note"):
        if not isinstance(entry.get(key), str | None):
            yield f"bad-{key}", f"`{key}` is not a text.", "Put it in quotes."
    if isinstance(entry.get("date"), str) and entry["date"] and _day(entry["date"]) is None:
        yield "bad-date", f"`{entry['date']}` is no date.", "Write it as YYYY-MM-DD."
    if not isinstance(entry.get("contested"), bool | None):
        yield "bad-contested", "`contested` is not true or false.", "Write true or false."
    for key in entry.keys() - set(KEYS):
        near = suggestion(str(key), [name for name in KEYS if name not in entry])
        yield "unknown-key", f"there is no key `{key}`.", near or f"Keys: {', '.join(KEYS)}."


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) == 2 and all(isinstance(end, int | float | str) and not isinstance(end, bool) for end in value)
    return isinstance(value, bool | int | float | str | None)


def _yes_or_no(outcome: Outcome, value: bool | float | str | list[float | str]) -> Resolution:
    word = value.strip().lower() if isinstance(value, str) else None
    if word in _YES or word in _NO:
        value = word in _YES
    if isinstance(value, bool) or (isinstance(value, int | float) and value in (0, 1)):
        return Resolution(outcome, float(value), bool(value))
    raise _refuse(outcome, "not-yes-or-no", f"the question is answered by yes or no, found {value!r}.", "Write true or false.")


def _amount(outcome: Outcome, value: bool | float | str, unit: str) -> Resolution:
    if isinstance(value, bool):
        raise _refuse(outcome, "not-a-number", f"the question asks for a number in {unit}, found {value}.", "Write the number.")
    factor = 1.0
    if isinstance(value, str):
        match = _AMOUNT.fullmatch(value.strip())
        if match is None:
            raise _refuse(outcome, "not-a-number", f"`{value}` is no number.", f"Write a number in {unit}.")
        written = re.sub(r"[,_](?=[0-9]{3}(?![0-9]))", "", match[1])
        factor = _factor(outcome, match[2].strip(), unit) if match[2].strip() else 1.0
        try:
            value = number_of(written)
        except RangeError:
            raise _refuse(
                outcome, "not-finite", f"{written[:40]} is no number that could come out.", f"Write a number in {unit}."
            ) from None
        except CellError:
            raise _refuse(outcome, "not-a-number", f"`{match[1]}` is no number.", f"Write a number in {unit}.") from None
    # A whole number of JSON may be longer than any double.
    found = float(value) * factor if abs(value) < 1e308 else math.inf
    if not math.isfinite(found):
        raise _refuse(outcome, "not-finite", f"{value} is no number that could come out.", f"Write a number in {unit}.")
    return Resolution(outcome, found, found)


def _factor(outcome: Outcome, written: str, unit: str) -> float:
    """What a number in the written unit is multiplied by to be in the question's unit."""
    try:
        found, wanted = _unit(written), _unit(unit)
    except UnitProblem as error:
        raise _refuse(outcome, "bad-unit", f"`{written}` is no unit: {error.message}", f"Write the number in {unit}.") from None
    if not found.matches(wanted):
        raise _refuse(outcome, "units-differ", f"found {written}, expected {unit}.", f"Write the number in {unit}.")
    return found.scale / wanted.scale


def _unit(text: str) -> Unit:
    """A unit from its text alone; a name that the language does not know is a base unit of its own."""
    table, factors, sign = UnitTable("week"), [], 1
    for part in re.split(r"([*/])", text.replace(" ", "")):
        if part in ("*", "/"):
            sign = -1 if part == "/" else 1
            continue
        name, _, power = part.partition("^")
        if not re.fullmatch(r"[A-Za-z_%][\w%]*|1", name) or (power and not re.fullmatch(r"-?\d", power)):
            raise UnitProblem(f"`{part}` cannot be read.", "")
        if name == "1":
            continue
        singular = name[:-1] if name.endswith("s") and name not in DAYS else name
        try:
            table.named(name)
        except UnitProblem:
            table.declare(singular, None)
        factors.append((name, sign * int(power or 1)))
    return table.read(factors)


def _goes_by_months(time_unit: str, by_months: bool | None) -> bool:
    return singular(time_unit) in ("month", "year") and by_months is not False


def _date(
    outcome: Outcome, value: bool | float | str, question: Mapping[str, Any], calendar: Calendar | None
) -> Resolution | None:
    """Time from the as-of date to the date, at most the end of the window: what came later counts as "not in the window"."""
    end = float(question["window_end"])
    if value is False or (isinstance(value, str) and value.strip().lower() in (*_NO, "never")):
        return Resolution(outcome, end, "not in the window")
    if isinstance(value, str):
        never = _NEVER.fullmatch(value.strip().lower())
        day = _day(never[1] if never else value.strip())
        if day is not None and calendar is not None:
            time = calendar.time_of(day)
            if never and time < end:
                return None
            if time < 0:
                message = f"it came on {value.strip()}, before {calendar.start}, the day from which the forecast looks ahead."
                help = "Correct the day; what had come before was no forecast: leave it open with null."
                raise _refuse(outcome, "before-forecast", message, help)
            return Resolution(outcome, min(time, end), value.strip())
    elif not isinstance(value, bool) and calendar is None and abs(value) < 1e308:
        return Resolution(outcome, min(float(value), end), float(value))
    help = "Write it as YYYY-MM-DD, or as “not by YYYY-MM-DD”."
    raise _refuse(outcome, "not-a-date", f"the question asks for a date, found {value!r}.", help)


def _day(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _refuse(outcome: Outcome, code: str, message: str, help: str) -> InputError:
    return InputError(Problem(outcome.file, 0, 0, code, f"entry {outcome.number}, `{outcome.question}`: {message}", help))
