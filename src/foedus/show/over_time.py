"""What an amount hangs on as time goes by: a sentence, a table of 80 columns, and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.over_time import CauseOverTime, OverTime
from foedus.analysis.variance import TOLD
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.words import listed, number, people_date, percent, quoted, shortened, unit_words
from foedus.wording import counted

__all__ = ["over_time_document", "over_time_sentence", "over_time_view"]

_UNSURE = "?"


def over_time_sentence(found: OverTime) -> str:
    """`“Ships in port” hangs most on “Crews” (61 % of its variance on 1 March 2024), and on 2 June 2024 most on “Pay” (34 %).`"""
    tops = [_top(found, place) for place in range(len(found.times))]
    told: list[tuple[int, CauseOverTime]] = []
    for place, one in enumerate(tops):
        if one is not None and (not told or told[-1][1].parameter != one.parameter):
            told.append((place, one))
    what = quoted(found.amount)
    if not told:
        return f"What {what} hangs on shows at none of the moments beyond what {counted(found.futures, 'future')} show by chance."
    words = [
        f"from {_day(found, place)} on {quoted(one.label)} ({percent(share[0])} of its variance then)"
        for place, one in told
        if (share := one.shares[place]) is not None
    ]
    return f"{what} hangs most on: {listed(words)}."


def _day(found: OverTime, place: int) -> str:
    return people_date(found.dates[place])


def _top(found: OverTime, place: int) -> CauseOverTime | None:
    """The parameter with the largest share at a moment; None where none shows, or where one that cannot be told may be it."""
    shown = [(share, -rank, one) for rank, one in enumerate(found.causes) if (share := one.shares[place]) is not None]
    if not shown:
        return None
    share, _, most = max(shown, key=lambda one: (one[0][0], one[1]))
    return most if share[1] <= TOLD else None


def over_time_view(found: OverTime, *, names: bool = False) -> RenderableType:
    """The sentence, and each parameter at each moment with its error.

    Args:
        names: show the model's own names beside the words.
    """
    unit = unit_words(found.unit)
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column("share of the variance", width=38, overflow="fold")
    for date in found.dates:
        table.add_column("\n".join(people_date(date, is_short=True).rsplit(" ", 1)), width=7, justify="right", overflow="fold")
    medians = [shortened(number(one)) for one in found.medians]
    table.add_row(titled(f"median{f', {unit}' if unit else ''}", found.variable, names), *medians, style="dim")
    for one in found.causes:
        table.add_row(titled(one.label, one.parameter, names), *map(_cell, one.shares, found.is_carried))
    notes = (
        "What settling a parameter alone would take off at each date, ± one standard error; –: not beyond what so many parameters show by "
        f"chance; {_UNSURE}: a few futures carry the variance, or the error is above {100 * TOLD:.0f} points. The rest is luck, and what "
        "parameters do together; those that hang together each have what the others do through them too.\n"
        f"Followed: {quoted(found.amount)}, the amount that the question looks at. {counted(found.futures, 'future')}."
    )
    return Group(Text(over_time_sentence(found), "bold"), Text(), table, Text(notes, "dim"))


def _cell(share: tuple[float, float] | None, is_carried: bool) -> str:
    if share is None:
        return "–" if is_carried else _UNSURE
    value, error = share
    return f"{percent(value)}\n±{100 * error:.1f}" if error <= TOLD else _UNSURE


def over_time_document(case: str, found: OverTime) -> dict[str, Any]:
    """What `foedus why --over-time --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "variable": found.variable,
        "unit": found.unit,
        "futures": found.futures,
        "seed": found.seed,
        "sentence": over_time_sentence(found),
        "times": list(found.times),
        "dates": list(found.dates),
        "is_carried": list(found.is_carried),
        "medians": [one if math.isfinite(one) else None for one in found.medians],
        "effects": [
            {
                "parameter": one.parameter,
                "label": one.label,
                "rests_on": one.rests_on,
                "shares": [None if share is None else share[0] for share in one.shares],
                "errors": [None if share is None or not math.isfinite(share[1]) else share[1] for share in one.shares],
            }
            for one in found.causes
        ],
    }
