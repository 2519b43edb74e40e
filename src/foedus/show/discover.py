"""The futures that matter in a sentence, boxes with bars in 80 columns, and as JSON."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.boxes import Counted
from foedus.analysis.discovery import Discovered, FoundBox, Range
from foedus.analysis.explain import Amount
from foedus.show.fitted import FittedTable
from foedus.show.naming import titled
from foedus.show.words import listed, number, percent, plain, quoted, share_stated, unit_words
from foedus.wording import counted

__all__ = ["box_words", "discover_document", "discover_sentence", "discover_view", "range_words"]

_BAR = 20


def discover_sentence(found: Discovered) -> str:
    """`Of “the loss of the harbour …” it comes true in 56 % of the futures, but in 88 % where “Pace …” is above 31 km²/week; …`."""
    first = f"{quoted(found.label)}: {plain(found.target)} in {percent(found.base.value)} of the futures"
    if not found.boxes or found.together is None:
        return f"{first}; no box of a few parameters holds clearly more of them: they hang on luck, or on much together."
    most = found.boxes[0]
    told = f"{first}, but in {percent(most.counted.density.value)} where {box_words(most)}"
    boxes = "This box holds" if len(found.boxes) == 1 else f"{('Two', 'Three')[len(found.boxes) - 2]} boxes together hold"
    return f"{told}. {boxes} {percent(found.together.coverage.value)} of the futures in which it is so."


def box_words(box: FoundBox) -> str:
    """`“Pace …” is above 31 km²/week and “area …” is at most 660 km²`."""
    return listed([f"{quoted(one.label)} {range_words(one)}" for one in box.ranges])


def range_words(one: Range) -> str:
    """`is above 31 km²/week`."""
    low, high = (number(end, 10 * one.step) for end in (one.low, one.high))
    unit = f" {unit_words(one.unit)}".rstrip()
    if math.isinf(one.low):
        return f"is at most {high}{unit}"
    if math.isinf(one.high):
        return f"is above {low}{unit}"
    return f"lies between {low} and {high}{unit}"


def discover_view(found: Discovered, *, names: bool = False) -> RenderableType:
    """The sentence, and each box with its conditions.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [Text(discover_sentence(found), "bold")]
    for place, box in enumerate(found.boxes, 1):
        told = box.counted
        head = (
            f"Box {place}: {_with_error(told.density)} of its futures are so (density); it holds {_with_error(told.coverage)} of them "
            f"(coverage)"
        )
        parts += [Text(), Text(head), _table(box, names)]
    notes = ["Of the prior: how much of what was believed likely the range takes in."] if found.boxes else []
    notes.append(
        "Boxes were drawn by a tree (CART) on one half of the futures and counted on the other, which had no say in them; ± is one "
        "standard error, in points."
    )
    notes.append(f"{counted(found.futures, 'future')}; counted on {found.held_out:,}.")
    return Group(*parts, Text(), Text("\n".join(notes), "dim"))


def _table(box: FoundBox, names: bool) -> RenderableType:
    table = FittedTable(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for name, width in (("where", 28), ("", 29), ("of the prior", _BAR)):
        table.add_column(name, width=width, overflow="fold")
    for one in box.ranges:
        table.add_row(titled(one.label, one.parameter, names), Text(range_words(one)), _bar(one.levels))
    return table


def _bar(levels: tuple[float, float]) -> str:
    low, high = (round(_BAR * level) for level in levels)
    high = max(high, low + 1)
    return "".join("█" if low <= place < high else "·" for place in range(_BAR))


def _with_error(amount: Amount) -> str:
    return share_stated(amount.value, amount.error).said("%")


def discover_document(case: str, found: Discovered) -> dict[str, Any]:
    """What `foedus discover --json` prints."""
    return {
        "case": case,
        "question": found.question,
        "label": found.label,
        "target": found.target,
        "futures": found.futures,
        "held_out": found.held_out,
        "seed": found.seed,
        "sentence": discover_sentence(found),
        "base": _amount(found.base),
        "boxes": [_box(box) for box in found.boxes],
        "together": None if found.together is None else _counted(found.together),
    }


def _box(box: FoundBox) -> dict[str, Any]:
    return {"words": box_words(box), "conditions": [_condition(one) for one in box.ranges], **_counted(box.counted)}


def _condition(one: Range) -> dict[str, Any]:
    return {
        "parameter": one.parameter,
        "label": one.label,
        "unit": one.unit,
        "low": one.low,
        "high": one.high,
        "levels": list(one.levels),
    }


def _counted(found: Counted) -> dict[str, Any]:
    return {"density": _amount(found.density), "coverage": _amount(found.coverage), "share": found.share}


def _amount(one: Amount) -> dict[str, float]:
    return {"value": one.value, "error": one.error}
