"""Why an answer varies, in a sentence, a table of 80 columns, and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.indices import VarianceIndex
from foedus.analysis.variance import TOLD, Cause, Why
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.rare import more_words, rare_words
from foedus.show.words import listed, percent, quoted, subject, whole_percents
from foedus.wording import counted

__all__ = ["cause_words", "is_told", "part_words", "told_causes", "untold_words", "why_document", "why_sentence", "why_view"]

_PARTS = ("evidence", "parameters", "luck", "structure")
_LEAST = 0.005  # of the variance: what would leave less than this open is nothing
_UNSURE = "?"
_NAMES = {"evidence": "claims and fits", "parameters": "assumptions", "luck": "luck", "structure": "rival structures"}


def why_sentence(found: Why) -> str:
    """`Of the variance of “the loss of the harbour …” 9 % rests on claims and fits, 43 % on assumptions and 48 % on luck. …`."""
    if not found.varies:
        return "This answer is the same in every future that was run: there is no variance to be split."
    label = subject(found.label) if found.label else "this answer"
    if not found.is_carried:
        few = counted(max(1, round(found.carriers)), "future")
        if found.kind == "probability":
            told = rare_words(found.carriers, round(found.share * found.futures))
            return f"What {label} rests on cannot be told: {told}. {more_words(found.futures, found.carriers)}"
        return (
            f"What {label} rests on cannot be told: its variance is that of a long tail, carried by about {few} of {found.futures:,}. "
            "Ask about a chance instead, such as that it lies above a value."
        )
    if found.needs:
        return (
            f"What {label} rests on cannot be told from {counted(found.futures, 'future')}: the shares of its variance have errors "
            f"of up to {_points(max(found.errors.values()))} points. About {found.needs:,} would do (-n {found.needs})."
        )
    if not _is_split(found):
        told = "nothing can be told from luck: no cause shows beyond its error"
        return f"Of the variance of {label} {told}. More futures would tell more (-n)."
    shown = _part_shares(found)
    shares = [
        f"{shown[part]}{' rests' if place == 0 else ''} on {_NAMES[part]}" for place, part in enumerate(_shown_parts(found))
    ]
    first = f"Of the variance of {label} {listed(shares)}."
    causes = _clear(found)
    # What may be the most is not known; or all that parameters do together, and so what any of them does, is within its error.
    if not causes or not _is_told(causes[0].total.error) or not _beyond_luck(found):
        return first
    most = [causes[0], *(one for one in causes[1:2] if _is_alike(causes[0].total, one.total))]
    named, left = [quoted(one.label) for one in most], listed([_share(one.total) for one in most])
    on = f"as much on {named[0]} as on {named[1]}" if len(most) > 1 else f"most on {named[0]}"
    return f"{first} It hangs {on}: if everything else were known, {left} would stay open."


def untold_words(found: Why) -> str:
    """Why nothing of the split can be told, in a few words; empty where it can."""
    if not found.varies:
        return "it is the same in every future"
    if not found.is_carried:
        few = counted(max(1, round(found.carriers)), "future")
        return f"what it rests on cannot be told: about {few} of {found.futures:,} carry its variance"
    if found.needs:
        return f"what it rests on cannot be told from {counted(found.futures, 'future')}"
    return "" if _is_split(found) else f"what it rests on cannot be told from luck by {counted(found.futures, 'future')}"


def part_words(found: Why) -> tuple[tuple[str, float, float], ...]:
    """What each part of the whole is called, its share and its error (NaN where none is known); the shares add up to 1."""
    return tuple(
        (_NAMES[part].capitalize(), getattr(found, part), found.errors.get(part, math.nan)) for part in _shown_parts(found)
    )


def _is_alike(one: VarianceIndex, other: VarianceIndex) -> bool:
    """Can the larger of two shares not be told from the smaller?"""
    return _is_told(other.error) and one.value - other.value <= 2 * math.hypot(one.error, other.error)


def _is_split(found: Why) -> bool:
    """Does anything but luck show beyond its error?"""
    return found.structure > 0 or bool(_clear(found)) or _beyond_luck(found)


def _beyond_luck(found: Why) -> bool:
    """Is what the parameters have of the variance, all together, beyond its error?"""
    return found.evidence + found.parameters > 2 * found.errors.get("luck", 0.0)


def _shown_parts(found: Why) -> list[str]:
    """The parts that there are: of a model without rivals, structure is none."""
    return [part for part in _PARTS if part != "structure" or found.structure > 0]


def _part_shares(found: Why) -> dict[str, str]:
    """What each part has, as sentence, table and chart say it."""
    return dict(zip(_PARTS, whole_percents([getattr(found, part) for part in _PARTS]), strict=True))


def why_view(found: Why, *, names: bool = False) -> RenderableType:
    """The shares, and the causes that matter.

    Args:
        names: show the model's own names beside the words.
    """
    if not found.varies:
        return Group(
            Text(why_sentence(found), "bold"), Text(f"{counted(found.runs, 'run')} of {counted(found.futures, 'future')}.", "dim")
        )
    parts: list[RenderableType] = [Text(why_sentence(found), "bold"), Text()]
    has_told = found.is_carried and _is_split(found)
    if has_told and not found.needs:
        parts += [_parts_table(found), Text()]
    shown = list(told_causes(found))
    if shown:
        parts.append(_causes_table(shown, names))
    rest = sum(_may_act(cause) for cause in found.causes if cause not in shown) if has_told else 0
    notes = (
        ["first: what settling it alone would take off. total: what would stay open if all else were settled."] if shown else []
    )
    if any(not _is_told(index.error) for cause in shown for index in (cause.first, cause.total)):
        notes.append(f"{_UNSURE}: known to no better than ± {100 * TOLD:.0f} points; run more futures (-n).")
    notes += [f"{rest} more {'moves it within its error' if rest == 1 else 'move it within their errors'}."] if rest else []
    if found.share < 1 - 1e-9:
        notes.insert(0, f"There is an answer in {percent(found.share)} of the futures; all shares are of those.")
    told = Text("\n".join((*notes, f"{counted(found.runs, 'run')} of {counted(found.futures, 'future')}.")), "dim")
    return Group(*parts, told)


def _clear(found: Why) -> list[Cause]:
    """The causes that act on the answer beyond their errors; what acts at all has a part in what would stay open."""
    return [cause for cause in found.causes if cause.total.value > max(2 * cause.total.error, _LEAST)]


def _may_act(cause: Cause) -> bool:
    """Does settling all else leave something open, however little is known of how much? What cannot reach the answer leaves nothing."""
    return cause.total.value != 0.0 or cause.total.error != 0.0


def _parts_table(found: Why) -> FittedTable:
    shares = FittedTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("rests on", 18), ("share", 7), ("±", 6)):
        shares.add_column(name, width=width, justify="left" if width > 10 else "right")
    told = _part_shares(found)
    for part in _shown_parts(found):
        error = found.errors.get(part)
        shares.add_row(_NAMES[part], told[part], "" if error is None else _points(error))
    return shares


def _causes_table(shown: list[Cause], names: bool) -> FittedTable:
    causes = FittedTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for name, width in (("parameter", 36), ("", 8), ("first", 6), ("±", 4), ("total", 6), ("±", 4)):
        causes.add_column(name, width=width, overflow="fold", justify="left" if name in ("parameter", "") else "right")
    for cause in shown:
        numbers = (_share(cause.first), _points(cause.first.error), _share(cause.total), _points(cause.total.error))
        causes.add_row(_named(cause, names), cause.rests_on, *numbers)
    return causes


def _named(cause: Cause, names: bool) -> Text:
    return titled(cause_words(cause), cause.parameters[0], names)


def cause_words(cause: Cause) -> str:
    """What a cause is called, and how many parameters go with it."""
    others = len(cause.parameters) - 1
    more = f", and {others} that hang{'s' if others == 1 else ''} together with it" if others else ""
    return cause.label + more


def told_causes(found: Why) -> tuple[Cause, ...]:
    """The causes that are told, the largest first; none where a few futures carry the variance, or nothing is told from luck."""
    return tuple(_clear(found)) if found.is_carried and _is_split(found) else ()


def is_told(found: VarianceIndex) -> bool:
    """Is a share known well enough to be shown as a number?"""
    return _is_told(found.error)


def _is_told(error: float) -> bool:
    return math.isfinite(error) and error <= TOLD


def _share(found: VarianceIndex) -> str:
    """A share as sentence and table say it; one that is hardly known is no number."""
    if not math.isfinite(found.value):
        return "n/a"
    return percent(max(0.0, found.value)) if _is_told(found.error) else _UNSURE


def _points(error: float) -> str:
    return f"{100 * error:.1f}" if math.isfinite(error) else ""


def why_document(case: str, found: Why, seed: int) -> dict[str, Any]:
    """What `foedus why --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "futures": found.futures,
        "runs": found.runs,
        "seed": seed,
        "share": found.share,
        "sentence": why_sentence(found),
        "shares": {part: getattr(found, part) for part in _PARTS},
        "futures_needed": found.needs or None,
        "carriers": found.carriers if math.isfinite(found.carriers) else None,
        "errors": dict(found.errors),
        "effects": [_effect(cause) for cause in found.causes],
    }


def _effect(cause: Cause) -> dict[str, Any]:
    numbers = {
        "first": cause.first.value,
        "first_error": cause.first.error,
        "total": cause.total.value,
        "total_error": cause.total.error,
    }
    finite = {name: value if math.isfinite(value) else None for name, value in numbers.items()}
    name, *others = cause.parameters
    return {"parameter": name, "together_with": others, "label": cause.label, "rests_on": cause.rests_on, **finite}
