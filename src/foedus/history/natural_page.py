"""Natural experiments as a sentence, a table of 80 columns, JSON, and the page that stands in the case's folder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.history.natural import Change, Experiment
from foedus.making import made_on
from foedus.show.fitted import FittedTable
from foedus.show.words import number, plain
from foedus.wording import counted

__all__ = ["natural_document", "natural_markdown", "natural_sentence", "natural_view"]

_NOTE = (
    "Change: mean over the weeks after, less mean over the weeks before; of the figure of one week. Predicted from what was known on the "
    "day, with the event's calendar given; 5 to 95 %, errors of measurement included. “Effect” is what the calendar does on the same "
    "members and luck. “Without” is the forecast of who knew nothing of the event; “gain” is by how much knowing of it lowers the CRPS "
    "of the change; in brackets where the effect is less than a tenth of the interval."
)
_CAVEAT = (
    "The calendars, like all of the model's structure, were written with the whole period in sight: what is tested is whether the size "
    "of the effects, from priors and what was known before, fits. Other things happened in the same weeks too."
)


def natural_sentence(found: Sequence[Experiment]) -> str:
    """`Of 7 changes in 3 natural experiments the 90 % intervals hold 5. 4 effects are large enough …`"""
    changes = [change for one in found for change in one.changes]
    tested = [one for one in changes if one.is_testable]
    held = sum(one.is_held for one in changes)
    first = f"Of {counted(len(changes), 'change')} in {counted(len(found), 'natural experiment')} the 90 % intervals hold {held}."
    if not tested:
        return f"{first} No effect is as large as a tenth of its interval, so that what came could hardly have refuted one."
    nearer = sum(one.gain > 0 for one in tested)
    are = "is" if len(tested) == 1 else "are"
    rest = "" if len(tested) == len(changes) else " The others could hardly have been refuted."
    return (
        f"{first} {counted(len(tested), 'effect')} {are} as large as a tenth of the interval, so that what came can say something of it; "
        f"knowing of the event brought the forecast nearer to it in {nearer}.{rest}"
    )


def natural_view(found: Sequence[Experiment]) -> RenderableType:
    """The sentence, and each event with its series."""
    parts: list[RenderableType] = [Text(natural_sentence(found), "bold")]
    for one in found:
        event = one.event
        head = f"{plain(event.label)}, from {event.day} ({counted(event.before, 'week')} before, {event.weeks} after)"
        table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        for name, width in (("series", 17), ("came", 7), ("predicted", 19), ("effect", 17), ("held", 4), ("gain", 6)):
            table.add_column(name, width=width, overflow="fold", justify="left" if name == "series" else "right")
        for change in one.changes:
            table.add_row(*_cells(change))
        parts += [Text(), Text(head, "bold"), table]
    return Group(*parts, Text(), Text(f"{_NOTE} {_CAVEAT}", "dim"))


def _cells(one: Change) -> tuple[str, ...]:
    scale = max(abs(end) for end in (*one.told, one.came)) / 3
    gain = f"{100 * one.gain:+.0f} %".replace("-", "−")
    ends = (_range(one.told, scale), _range(one.effect, scale))
    return one.series, _signed(one.came, scale), *ends, "yes" if one.is_held else "no", gain if one.is_testable else f"({gain})"


def _range(ends: tuple[float, float, float], scale: float) -> str:
    low, middle, high = (_signed(end, scale) for end in ends)
    return f"{middle} ({low} to {high})"


def _signed(value: float, scale: float) -> str:
    told = number(value, scale)
    return f"+{told}" if value > 0 and told != "0" else told


def natural_markdown(case: str, found: Sequence[Experiment]) -> str:
    """The page in Markdown."""
    lines = [
        f"# Natural experiments of `{case}`",
        "",
        f"*Made by `foedus natural {case} --write` on {made_on()}.*",
        "",
        natural_sentence(found),
        "",
        "| event | series | before, a week | change that came | predicted (90 %) | without the event | effect of the event | held | gain |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        for change in one.changes:
            scale = max(abs(end) for end in (*change.told, change.came)) / 3
            series, came, told, effect, held, gain = _cells(change)
            lines.append(
                f"| {plain(one.event.label)}, {one.event.day} | `{series}`, {change.unit} | {number(change.before)} | {came} | {told} | "
                f"{_range(change.untold, scale)} | {effect} | {held} | {gain} |"
            )
    reasons = [
        f"- **{plain(one.event.label)}** ({counted(one.event.weeks, 'week')} after {one.event.day}): {one.event.because}."
        for one in found
    ]
    return "\n".join([*lines, "", *reasons, "", _NOTE, "", _CAVEAT, ""])


def natural_document(case: str, found: Sequence[Experiment]) -> dict[str, Any]:
    """What `foedus natural --json` prints."""
    return {
        "case": case,
        "sentence": natural_sentence(found),
        "events": [
            {
                "name": one.event.name,
                "label": one.event.label,
                "day": one.event.day.isoformat(),
                "calendar": one.event.calendar,
                "before": one.event.before,
                "weeks": one.event.weeks,
                "posterior": one.digest,
                "changes": [_change(change) for change in one.changes],
            }
            for one in found
        ],
    }


def _change(one: Change) -> dict[str, Any]:
    return {
        "series": one.series,
        "unit": one.unit,
        "before": one.before,
        "came": one.came,
        "predicted": list(one.told),
        "without": list(one.untold),
        "effect": list(one.effect),
        "crps": one.crps,
        "crps_without": one.crps_untold,
        "is_held": one.is_held,
        "gain": one.gain,
        "is_testable": one.is_testable,
    }
