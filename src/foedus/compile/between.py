"""A moment between two steps is that of the first step at or after it: the one rule for whatever a text says with a date, and how it is told.

Nothing happens between two steps, so that what is said of such a moment happens late. It is told where that is late enough to matter: of a
moment that is asked of by a part of the time that is looked at, of one that is set by a smaller part of the time for which it holds, because
all that comes after it is moved with it. Each place is told once.
"""

from __future__ import annotations

from typing import Protocol

from foedus.compile.problems import Problems
from foedus.language.calendar import Calendar
from foedus.language.tree import DateLiteral, Expression

__all__ = ["ASKED", "HELP", "SET", "Stepped", "tell_if_between", "tell_if_never", "tell_window"]

ASKED, SET = 0.05, 0.01
"""Late enough to matter: of the time that a question looks at; of the time for which something is set."""
HELP = "Write a moment on a step, or make the step shorter."


class Stepped(Protocol):
    """A model with its steps: their length in the unit of time, the first one and the last."""

    step: float
    first_step: int
    last_step: int

    @property
    def calendar(self) -> Calendar | None: ...

    @property
    def time_unit(self) -> str: ...

    @property
    def problems(self) -> Problems: ...

    def known_steps(self, where: Expression | None) -> float | None:
        """How many steps after the start a moment lies; None where that is not known before the run."""

    def first_at(self, where: Expression) -> int:
        """The first step at or after a moment."""


def tell_if_between(
    builder: Stepped, where: Expression | None, said: str, done: str, span: float | None = None, part: float = SET
) -> None:
    """Warn where a moment is taken for a later one.

    Args:
        where: the moment; None, or one that is not known before the run, needs no word.
        said, done: who says what of the moment, and what is done at the step: `event `e` is to come on`, `comes on`.
        span: for how many steps it holds; None: from the moment to the end of the run.
        part: of that time, from where it matters.
    """
    asked = builder.known_steps(where)
    if asked is None or where is None:
        return
    step = builder.first_at(where)
    is_inside = builder.first_step < step <= builder.last_step
    if not is_inside or step - asked <= part * (builder.last_step - asked if span is None else span):
        return
    ends = _told(builder, where, (asked * builder.step, step * builder.step))
    if ends[0] != ends[1]:
        message = f"{said} {ends[0]} and {done} {ends[1]}, the first step at or after it."
        builder.problems.warn(where.at, "between-steps", message, HELP)


def tell_window(builder: Stepped, whose: str, start: Expression | None, until: Expression | None) -> None:
    """The same of both ends of a time in which something holds: `event `e` may happen`."""
    since, end = (builder.known_steps(one) for one in (start, until))
    first = builder.first_step if since is None else max(since, builder.first_step)
    span = max(0.0, (builder.last_step if end is None else min(end, builder.last_step)) - first)
    for where, verb in ((start, "begin"), (until, "end")):
        tell_if_between(builder, where, f"the time in which {whose} {verb}s on", f"is taken to {verb} on", span)


def tell_if_never(builder: Stepped, where: Expression, condition: str) -> None:
    """Warn of a condition that holds at one moment alone, where no step falls on it: it never holds."""
    asked = builder.known_steps(where)
    if asked is not None and abs(asked - round(asked)) > 1e-9 * max(1.0, abs(asked)):
        message = f"{condition} {_told(builder, where, (asked * builder.step,))[0]}, and no step falls on it: it never is."
        builder.problems.warn(where.at, "between-steps", message, "Write `>=`, or a moment on a step.")


def _told(builder: Stepped, where: Expression, times: tuple[float, ...]) -> list[str]:
    """Moments as they are written: as dates, or as times since the start."""
    if builder.calendar is not None and isinstance(where, DateLiteral):
        return [builder.calendar.date_of(time).isoformat() for time in times]
    return [f"{time:.10g} {builder.time_unit}s" for time in times]
