"""Where two levers tip an answer: a sentence, every crossing in 80 columns, a chart, and as JSON."""

from __future__ import annotations

import itertools
import math
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from foedus.analysis.border import Border, BorderPoint
from foedus.analysis.flip import can_place
from foedus.analysis.levers import LeverBorders
from foedus.show.charts import Specification, configuration
from foedus.show.fitted import FittedTable
from foedus.show.palette import THEME
from foedus.show.words import number, percent, plain, quoted, stated, unit_words
from foedus.wording import counted

__all__ = ["border_chart", "border_sentence", "border_view", "borders_document", "borders_view", "is_placed"]

_SIDE = 360  # of the drawing, in pixels
_ANYWHERE = "too near to tell where"


def border_sentence(found: Border) -> str:
    """`“the loss of the harbour” (2 % to 87 %) is at 50 % or more: with “Guns” at 0, where “Aid” is above 34 ± 2; with “Guns” at 100, …`"""
    label, threshold = quoted(found.label), percent(found.threshold)
    chances = np.array(found.probabilities)
    if np.isnan(chances).all():
        return f"{label} applies to no future, wherever the two levers stand."
    low, high = (percent(float(end)) for end in (np.nanmin(chances), np.nanmax(chances)))
    seen = [point for curve in found.curves for point in curve.points]
    points = [point for point in seen if is_placed(found, point)]
    if seen and not points:
        return (
            f"{label} ({low} to {high}) crosses {threshold}, but lies so near to it all along that "
            f"{counted(found.futures, 'future')} do not tell "
            "where."
        )
    if not points:
        side = "above" if np.nanmin(chances) >= found.threshold else "below"
        return f"{label} is {side} {threshold} wherever “{_label(found, 0)}” and “{_label(found, 1)}” stand: {low} to {high}."
    along = max((0, 1), key=lambda which: len({_stands(point) for point in points if point.along == which}))
    ends = sorted({_stands(point) for point in points if point.along == along})
    where = [_where(found, along, stands, points) for stands in ends]
    other, unit = f"“{_label(found, 1 - along)}”", _unit(found, 1 - along)
    if len(set(where)) == 1 and len(ends) == len(found.levers[1 - along].positions):
        told = f"{where[0]}, wherever {other} stands"
    else:
        told = "; ".join(f"with {other} at {number(ends[place])}{unit}, {where[place]}" for place in sorted({0, len(ends) - 1}))
    return f"{label} ({low} to {high}) is at {threshold} or more: {told}."


def _label(found: Border, which: int) -> str:
    return plain(found.levers[which].label)


def _stands(point: BorderPoint) -> float:
    """Where the lever stands that is not moved at a crossing."""
    return point.place[1 - point.along]


def _where(found: Border, along: int, stands: float, points: list[BorderPoint]) -> str:
    """`where “Aid” is below 12 ± 1 or above 34 ± 2`."""
    here = sorted(
        (point for point in points if point.along == along and _stands(point) == stands), key=lambda point: point.place[along]
    )
    words = [f"{_side(point)} {_with_error(point)}{_unit(found, along)}" for point in here]
    first = 0 if here[0].rises else 1
    spans = [*words[:first], *(" and ".join(words[place : place + 2]) for place in range(first, len(words), 2))]
    return f"where “{_label(found, along)}” is {' or '.join(spans)}"


def _side(point: BorderPoint) -> str:
    return "above" if point.rises else "below"


def _unit(found: Border, which: int) -> str:
    return f" {unit_words(found.levers[which].unit)}".rstrip()


def is_placed(found: Border, point: BorderPoint) -> bool:
    """Does the crossing lie anywhere in particular on the lever that was moved?"""
    positions = found.levers[point.along].positions
    return can_place(point.error, positions[0], positions[-1])


def _with_error(point: BorderPoint) -> str:
    return stated(point.place[point.along], point.error).said()


def border_view(found: Border, *, names: bool = False) -> RenderableType:
    """The sentence, then the crossings along each border.

    Args:
        names: show the model's own names beside the words.
    """
    parts: list[RenderableType] = [Text(border_sentence(found), "bold")]
    if names:
        parts.append(Text(plain(", ".join([found.question, *(lever.name for lever in found.levers)])), "dim"))
    for place, curve in enumerate(found.curves, 1):
        title = f"Border {place} of {len(found.curves)}{', closed in itself' if curve.is_closed else ''}"
        table = FittedTable(title=title, title_justify="left", title_style="bold", box=None, pad_edge=False)
        for which in (0, 1):
            table.add_column(Text(f"{_label(found, which)}{_in(found, which)}"), width=28, overflow="fold")
        table.add_column(f"{percent(found.threshold)} or more is", width=18, overflow="fold")
        for point in curve.points:
            cells = ["", ""]
            where = _with_error(point) if is_placed(found, point) else _ANYWHERE
            cells[point.along], cells[1 - point.along] = where, number(_stands(point))
            table.add_row(*cells, _side(point))
        parts += [Text(), table]
    parts += [Text(), Text(_note(found), "dim")]
    return Group(*parts)


def _in(found: Border, which: int) -> str:
    unit = unit_words(found.levers[which].unit)
    return f" ({unit})" if unit else ""


def _note(found: Border) -> str:
    across, up = (len(lever.positions) for lever in found.levers)
    most = 100 * np.nanmax(np.array(found.errors)) if not np.isnan(np.array(found.errors)).all() else np.nan
    read = (
        "In a row, the lever with ± was moved while the other one stood still; ± is one standard error. " if found.curves else ""
    )
    return (
        f"{read}Looked for on {across} × {up} positions (steps of {number(_step(found, 0))}{_unit(found, 0)} and "
        f"{number(_step(found, 1))}{_unit(found, 1)}); what crosses twice between two of them is not seen. "
        f"{counted(found.futures, 'future')}, the same everywhere; chances ± {most:.1f} at most."
    )


def _step(found: Border, which: int) -> float:
    return found.levers[which].positions[1] - found.levers[which].positions[0]


def borders_view(found: LeverBorders, *, names: bool = False) -> RenderableType:
    """The borders of all questions, one below the other.

    Args:
        names: show the model's own names beside the words.
    """
    parts = [part for one in found.borders for part in (border_view(one, names=names), Text())][:-1]
    return Group(*parts)


def borders_document(found: LeverBorders) -> dict[str, Any]:
    """What `foedus flip --json` prints of two levers."""
    return {
        "case": found.case,
        "levers": [asdict(lever) for lever in found.levers],
        "threshold": found.threshold,
        "futures": found.futures,
        "seed": found.seed,
        "questions": {one.question: _document(one) for one in found.borders},
    }


def _document(found: Border) -> dict[str, Any]:
    """What `foedus flip --json` prints of one question, and two levers."""
    return {
        **{
            key: value
            for key, value in asdict(found).items()
            if key not in ("futures", "seed", "threshold", "levers", "question")
        },
        "sentence": border_sentence(found),
    }


def border_chart(found: Border) -> Specification:
    """The chance over both levers, the borders on it, each crossing with its error.

    Returns:
        A Vega-Lite document with its data inside.
    """
    across, up = (_bounds(lever.positions) for lever in found.levers)
    ends = tuple((lever.positions[0], lever.positions[-1]) for lever in found.levers)
    cells = [
        {
            "x": across[column],
            "x2": across[column + 1],
            "y": up[row],
            "y2": up[row + 1],
            "chance": None if np.isnan(chance) else chance,
        }
        for row, line in enumerate(found.probabilities)
        for column, chance in enumerate(line)
    ]
    crossings = [_error_bar(point, ends, is_placed(found, point)) for border in found.curves for point in border.points]
    lines = _border_lines(found)
    x, y = (
        {
            "field": name,
            "type": "quantitative",
            "scale": {"domain": list(ends[which]), "nice": False, "zero": False},
            "axis": {"title": f"{_label(found, which)}{_in(found, which)}", "tickCount": 5, "grid": False},
        }
        for which, name in enumerate("xy")
    )
    colours = {
        "field": "chance",
        "type": "quantitative",
        "title": "chance",
        "legend": {"format": "~%"},
        "scale": {"domain": [0, 1], "range": [THEME["box"][0], THEME["base"][0]]},
    }
    bars = {"x": x, "x2": {"field": "x2"}, "y": y, "y2": {"field": "y2"}}
    layers: list[Specification] = [
        {"data": {"values": cells}, "mark": {"type": "rect", "opacity": 0.85}, "encoding": {**bars, "color": colours}},
        {
            "data": {"values": lines},
            "mark": {"type": "line", "color": THEME["rise"][0], "strokeWidth": 2.5},
            "encoding": {
                "x": x,
                "y": y,
                "detail": {"field": "curve", "type": "nominal"},
                "order": {"field": "order", "type": "quantitative"},
            },
        },
        *_crossings(crossings, bars, x, y),
    ]
    heading = _lines(f"{plain(found.label)}: chance, and where it crosses {percent(found.threshold)}")
    title = {
        "text": heading,
        "anchor": "start",
        "fontSize": 14,
        "subtitleFontSize": 12,
        "subtitle": "line: the border; bars: ± one standard error of a crossing",
    }
    return {
        "width": _SIDE,
        "height": _SIDE,
        "title": title,
        "layer": layers,
        "config": {**configuration(), "background": "white"},
    }


def _border_lines(found: Border) -> list[Specification]:
    """The points of each border in their order; it breaks where a crossing may lie anywhere."""
    lines: list[Specification] = []
    number = 0
    for border in found.curves:
        number += 1
        points = [*border.points, border.points[0]] if border.is_closed else border.points
        for order, point in enumerate(points):
            if is_placed(found, point):
                lines.append({"x": point.place[0], "y": point.place[1], "curve": number, "order": order})
            else:
                number += 1
    return lines


def _crossings(crossings: list[Specification], bars: Specification, x: Specification, y: Specification) -> list[Specification]:
    """A dot and a bar for each crossing; hollow and dashed where it may lie anywhere."""
    ink = THEME["ink"][0]
    layers: list[Specification] = []
    for is_told in (True, False):
        own = {"values": [one for one in crossings if one["told"] == is_told]}
        if not own["values"]:
            continue
        dash: Specification = {} if is_told else {"strokeDash": [4, 3]}
        dot = {"type": "point", "filled": is_told, "size": 28, "color": ink}
        places = {"x": {**x, "field": "px"}, "y": {**y, "field": "py"}}
        layers += [
            {"data": own, "mark": {"type": "rule", "color": ink, "strokeWidth": 2 if is_told else 1, **dash}, "encoding": bars},
            {"data": own, "mark": dot, "encoding": places},
        ]
    return layers


def _lines(text: str, width: int = 58) -> list[str]:
    """A title in lines that fit above the drawing."""
    found = [""]
    for word in text.split():
        longer = f"{found[-1]} {word}".strip()
        found = [*found[:-1], longer] if len(longer) <= width else [*found, word]
    return found


def _bounds(positions: tuple[float, ...]) -> list[float]:
    """The borders of the cells around positions: half way between them, and the ends themselves."""
    return [positions[0], *((left + right) / 2 for left, right in itertools.pairwise(positions)), positions[-1]]


def _error_bar(point: BorderPoint, ends: tuple[tuple[float, float], ...], is_told: bool) -> dict[str, float | bool]:
    """A crossing with the ends of its error bar, inside the drawing; of one that may lie anywhere, all of the lever."""
    error = point.error if is_told else math.inf
    low, high = list(point.place), list(point.place)
    low[point.along] = max(low[point.along] - error, ends[point.along][0])
    high[point.along] = min(high[point.along] + error, ends[point.along][1])
    return {"x": low[0], "x2": high[0], "y": low[1], "y2": high[1], "px": point.place[0], "py": point.place[1], "told": is_told}
