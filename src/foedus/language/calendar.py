"""Time and dates: where the step is of months or years they go by the calendar, elsewhere a unit of time is so many days.

On the calendar a whole number of months after the start falls on the same day of the month (or on its last day where there is none such),
and a part of a month is that part of its days. A year is twelve months.
"""

from __future__ import annotations

import calendar
import datetime
import math
from dataclasses import dataclass

from foedus.units import DAYS, singular

__all__ = ["Calendar", "Stretch"]

_MONTHS = {"month": 1, "year": 12}
_MIDNIGHT = 1e-6
"""Days that rounding may leave between a time and the midnight that it means."""


@dataclass(frozen=True)
class Stretch:
    """The whole steps about two days.

    Attributes:
        asked: the steps after the start at which the days lie, in parts of a step too.
        steps, days: the whole steps that are taken, and the days on which those begin.
    """

    asked: tuple[float, float]
    steps: tuple[int, int]
    days: tuple[datetime.date, datetime.date]


@dataclass(frozen=True)
class Calendar:
    """How a model's time and dates belong together.

    Attributes:
        start: the as-of date.
        unit: of time.
        by_months: does time go by the calendar?
    """

    start: datetime.date
    unit: str
    by_months: bool = False

    @property
    def _months(self) -> int:
        return _MONTHS[singular(self.unit)]

    def time_of(self, date: datetime.date) -> float:
        """The time from the start to a date, in the unit of time."""
        if not self.by_months:
            return (date - self.start).days / DAYS[self.unit]
        whole = (date.year - self.start.year) * 12 + date.month - self.start.month
        while self.after(whole) > date:
            whole -= 1
        first, following = self.after(whole), self.after(whole + 1)
        return (whole + (date - first).days / (following - first).days) / self._months

    def date_of(self, time: float) -> datetime.date:
        """The day in which a time since the start lies: what happens on a step at six in the evening happened on that day."""
        return self._day_of(time)[0]

    def around(self, days: tuple[datetime.date, datetime.date], step: float) -> Stretch:
        """The whole steps about two days: the first begins at or before the one, the last ends at or after the other."""
        asked = (self.time_of(days[0]) / step, self.time_of(days[1]) / step)
        steps = (math.floor(asked[0] + 1e-9), math.ceil(asked[1] - 1e-9))
        return Stretch(asked, steps, (self.date_of(steps[0] * step), self.date_of(steps[1] * step)))

    def _day_of(self, time: float) -> tuple[datetime.date, float]:
        """The day in which a time lies, and how much of the day is over; what rounding left before midnight is midnight."""
        first, days = self.start, time * DAYS[self.unit]
        if self.by_months:
            months = time * self._months
            whole = math.floor(months + 1e-9)
            first = self.after(whole)
            days = (months - whole) * (self.after(whole + 1) - first).days
        full = math.floor(days + _MIDNIGHT)
        rest = days - full
        return first + datetime.timedelta(days=full), rest if rest > _MIDNIGHT else 0.0

    def after(self, months: int) -> datetime.date:
        """The day so many months after the start."""
        year, month = divmod(self.start.year * 12 + self.start.month - 1 + months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return datetime.date(year, month + 1, min(self.start.day, last))

    def reading(self, kind: str, time: float) -> float:
        """`month_of` (1 to 12), `weekday_of` (1 Monday to 7 Sunday) or `part_of_year` (from 0 to 1) of a time since the start.

        The day is the one in which the time lies: at eleven at night it is still Wednesday. NaN beyond all calendars.
        """
        try:
            date, hours = self._day_of(time)
        except (OverflowError, ValueError):
            return math.nan
        if kind == "month_of":
            return float(date.month)
        if kind == "weekday_of":
            return float(date.isoweekday())
        return (date.timetuple().tm_yday - 1 + hours) / (366 if calendar.isleap(date.year) else 365)
