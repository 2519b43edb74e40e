"""Where a lever tips the answers: a row for each question in 80 columns, and as JSON."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.flip import Flip
from foedus.analysis.levers import LeverFlips
from foedus.analysis.moves import MATTERS
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.words import percent, plain, quoted, stated, subject, unit_words
from foedus.wording import bare, counted

__all__ = ["crossing_words", "flip_document", "flip_sentence", "flip_view"]

_TOLD = 2  # questions that a sentence names
_STILL = 4  # questions that are named although the lever does not move them


def flip_document(found: LeverFlips) -> dict[str, Any]:
    """What moving a lever found, for programs."""
    return {
        "case": found.case,
        "lever": found.lever.name,
        "unit": found.lever.unit,
        "threshold": found.threshold,
        "futures": found.futures,
        "seed": found.seed,
        "sentence": flip_sentence(found),
        "questions": {one.question: asdict(one) for one in found.flips},
    }


def flip_sentence(found: LeverFlips) -> str:
    """`“Aid” tips 1 of 3 chances: “the loss of the harbour” crosses 50 %: up at 34 ± 2 tonnes/week.`"""
    lever, threshold, unit = quoted(found.lever.label), percent(found.threshold), unit_words(found.lever.unit)
    crossing = [one for one in found.flips if one.crossings]
    placed = [one for one in crossing if any(one.is_placed(off) for _, off, _ in one.crossings)]
    asked = counted(len(found.flips), "chance")
    if not crossing:
        return f"{lever} takes none of {asked} across {threshold}, wherever it stands between its ends."
    if not placed:
        few = counted(found.futures, "future")
        lie = "lies" if len(crossing) == 1 else "lie"
        return (
            f"Where {lever} tips an answer cannot be told from {few}: {len(crossing)} of {asked} {lie} too near to {threshold}."
        )
    told = [
        f"{subject(one.label or one.ask)} crosses {threshold}: {crossing_words(one, found, unit, '; ')}" for one in placed[:_TOLD]
    ]
    more = f", and {counted(len(placed) - _TOLD, 'more chance')}" if len(placed) > _TOLD else ""
    unsure = len(crossing) - len(placed)
    rest = f"; of {unsure} more it cannot be told where" if unsure else ""
    return f"{lever} tips {len(crossing)} of {asked}: {', '.join(told)}{more}{rest}."


def flip_view(found: LeverFlips, *, names: bool = False) -> RenderableType:
    """The same for a screen; at least one question.

    Args:
        names: show the model's own names beside the words.
    """
    lever, threshold = found.lever, percent(found.threshold)
    unit = unit_words(lever.unit)
    low, high = (f"{end:,.10g}" for end in (lever.positions[0], lever.positions[-1]))
    title = f"{quoted(lever.label)} from {low} to {high} {unit}".rstrip() + (f" ({plain(lever.name)})" if names else "")
    shown = [one for one in found.flips if one.crossings or _moves(one)]
    still = [_asked(one, names) for one in found.flips if not one.crossings and not _moves(one)]
    parts: list[RenderableType] = [Text(flip_sentence(found), "bold"), Text(), Text(title)]
    if shown:
        table = FittedTable(box=None, pad_edge=False, header_style="bold")
        for heading, width in (("chance of", 26), ("lowest", 7), ("highest", 8), ("±", 4), (f"crosses {threshold}", 30)):
            table.add_column(heading, width=width, justify="left" if width > 20 else "right", overflow="fold")
        for one in shown:
            ends = (percent(min(_known(one))), percent(max(_known(one))), f"{100 * max(one.errors):.1f}")
            table.add_row(titled(one.label or one.ask, one.question, names), *ends, crossing_words(one, found, unit))
        parts += [table]
    if still:
        rest = f"; and {len(still) - _STILL} more" if len(still) > _STILL + 1 else ""
        parts.append(Text(f"Moved by less than a point: {'; '.join(still[: _STILL if rest else None])}{rest}."))
    gap = bare(lever.positions[1] - lever.positions[0])
    notes = f"Looked for in steps of {gap} {unit}".rstrip() + "; what crosses twice between two of them is not seen. "
    notes += f"± is one standard error. {counted(found.futures, 'future')}, the same at every position."
    return Group(*parts, Text(notes, "dim"))


def _known(one: Flip) -> list[float]:
    """The chances at the positions at which the question applies to some future."""
    return [chance for chance in one.probabilities if not math.isnan(chance)] or [math.nan]


def _moves(one: Flip) -> bool:
    return max(_known(one)) - min(_known(one)) >= MATTERS["chance"]


def _asked(one: Flip, names: bool) -> str:
    label = plain(one.label or one.ask)
    return f"{label} ({plain(one.question)})" if names else label


def crossing_words(one: Flip, found: LeverFlips, unit: str, between: str = "\n") -> str:
    """Every crossing with its error; of one that may be anywhere on the lever, that."""
    if not one.crossings:
        return "nowhere"
    told = []
    for place, off, rises in one.crossings:
        way = "up" if rises else "down"
        if one.is_placed(off):
            told.append(f"{way} at {stated(place, off).said(unit)}")
        else:
            told.append(
                f"{way}, but so near to {percent(found.threshold)} all along that {counted(found.futures, 'future')} do not tell where"
            )
    return between.join(told)
