"""Where levers tip answers, as charts: the chances along one lever or over two, and every crossing with its error."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from foedus.analysis.border import Border, BorderPoint
from foedus.analysis.flip import Flip
from foedus.analysis.levers import LeverFlips
from foedus.bundle.bars import SOURCE, title_words
from foedus.bundle.drawings import WIDTH, Drawing, Key
from foedus.bundle.tables import BundleTable, Column
from foedus.show.border import border_chart, border_sentence, is_placed
from foedus.show.charts import PERCENT_LABEL, Specification, configuration
from foedus.show.flip import crossing_words
from foedus.show.palette import THEME, scenario_colour, scenario_dash
from foedus.show.words import percent, plain, unit_words
from foedus.wording import counted

__all__ = ["border_drawing", "flip_drawing"]

_LINES = 6  # questions in one chart of a lever
_NOT_TOLD = "too near to the chance that it crosses, all along, to tell where"
_QUESTION = (Column("question", "string", "name in the model"), Column("asked", "string", "the question in words"))
_CHANCE = (
    Column("kind", "string", "a chance where the levers stand, or a crossing of the chance that counts as a flip"),
    Column("chance", "number", "there; of a crossing, the chance that is crossed"),
    Column("chance_error", "number", "its Monte Carlo standard error"),
)
_CROSSED = (
    Column("position_error", "number", "of a crossing: standard error of its place, in the unit of the lever that was moved"),
    Column("way", "string", "of a crossing: is the chance above it where the lever is higher (up), or lower (down)?"),
    Column("note", "string", "why there is no place"),
)


def flip_drawing(found: LeverFlips) -> Drawing:
    """The chances that a lever moves most, along it, each crossing with its error; the table has those of every question."""
    lever, unit = plain(found.lever.label), unit_words(found.lever.unit)
    moved = sorted(found.flips, key=lambda one: -(np.nanmax(one.probabilities) - np.nanmin(one.probabilities)))[:_LINES]
    title = f"Chances along “{lever}”, and where they cross {percent(found.threshold)}"
    told = " ".join(
        [
            f"Each chance as the lever moves, ± one standard error; dotted: {percent(found.threshold)}.",
            *(f"{_asked(one)}: {crossing_words(one, found, unit, '; ')}." for one in moved),
        ]
    )
    keys = [
        Key(f"{_asked(one)} – {crossing_words(one, found, unit, '; ')}", scenario_colour(number), scenario_dash(number))
        for number, one in enumerate(moved)
    ]
    keys.append(Key(f"dotted: {percent(found.threshold)}", "soft", (2, 3)))
    placed = [one.is_placed(off) for one in moved for _, off, _ in one.crossings]
    if any(placed):
        keys.append(Key("where it crosses, ± one standard error", "ink", sign="●"))
    if not all(placed):
        keys.append(
            Key(f"it crosses, and {counted(found.futures, 'future')} do not tell where on the dashed line", "ink", sign="○")
        )
    columns = (
        *_QUESTION,
        Column("position", "number", f"of the lever “{lever}”; of a crossing, its place"),
        Column("unit", "string", "of the position"),
        *_CHANCE,
        *_CROSSED,
    )
    rows = [row for one in found.flips for row in _flip_rows(one, found)]
    return Drawing(title, told, _along(moved, found), tuple(keys), BundleTable(title, columns, tuple(rows), "", SOURCE))


def _asked(one: Flip) -> str:
    return plain(one.label or one.ask)


def _flip_rows(one: Flip, found: LeverFlips) -> list[tuple[str | float | None, ...]]:
    """The chance at each position, then each crossing; of one that may lie anywhere no place."""
    head, unit = (one.question, _asked(one)), unit_words(found.lever.unit) or "1"
    rows: list[tuple[str | float | None, ...]] = [
        (*head, place, unit, "chance", chance, error, None, "", "")
        for place, chance, error in zip(one.positions, one.probabilities, one.errors, strict=True)
    ]
    for place, off, rises in one.crossings:
        where = (place, unit) if one.is_placed(off) else (None, unit)
        tail = (off, _way(rises), "") if one.is_placed(off) else (None, _way(rises), _NOT_TOLD)
        rows.append((*head, *where, "crossing", found.threshold, None, *tail))
    return rows


def _way(rises: bool) -> str:
    return "up" if rises else "down"


def _along(moved: Sequence[Flip], found: LeverFlips) -> Specification:
    """Lines with their errors, the threshold, and the crossings upon it."""
    unit, ends = unit_words(found.lever.unit), (found.lever.positions[0], found.lever.positions[-1])
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"nice": False, "zero": False, "domain": list(ends)},
        "axis": {"title": f"{plain(found.lever.label)}{f', {unit}' if unit else ''}", "tickCount": 5, "labelFlush": False},
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "labelExpr": PERCENT_LABEL, "tickCount": 5},
    }
    layers: list[Specification] = [
        {
            "data": {"values": [{"y": found.threshold}]},
            "mark": {"type": "rule", "color": THEME["soft"][0], "strokeDash": [2, 3]},
            "encoding": {"y": y},
        }
    ]
    for number, one in enumerate(moved):
        own, colour = {"values": _points(one)}, THEME[scenario_colour(number)][0]
        area = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers += [
            {"data": own, "mark": {"type": "area", "color": colour, "opacity": 0.18}, "encoding": area},
            {
                "data": own,
                "mark": {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": list(scenario_dash(number))},
                "encoding": {"x": x, "y": y},
            },
        ]
    for number, one in enumerate(moved):
        layers += _crossings(one, found, scenario_colour(number), x, y)
    return {"width": WIDTH, "height": 200, "layer": layers, "config": configuration()}


def _points(one: Flip) -> list[Specification]:
    return [
        {"x": place, "y": chance, "low": max(0.0, chance - error), "high": min(1.0, chance + error)}
        for place, chance, error in zip(one.positions, one.probabilities, one.errors, strict=True)
        if math.isfinite(chance)
    ]


def _crossings(one: Flip, found: LeverFlips, colour: str, x: Specification, y: Specification) -> list[Specification]:
    """A dot for each crossing, and a bar for its error; of one that may lie anywhere a hollow dot and a thin bar over the whole lever."""
    low, high = found.lever.positions[0], found.lever.positions[-1]
    layers: list[Specification] = []
    for is_told in (True, False):
        values = [
            {
                "x": place,
                "y": found.threshold,
                "low": max(low, place - off) if is_told else low,
                "high": min(high, place + off) if is_told else high,
            }
            for place, off, _ in one.crossings
            if one.is_placed(off) == is_told
        ]
        if values:
            ink, own = THEME["ink"][0], THEME[colour][0]
            rule = {
                "type": "rule",
                "color": ink,
                "strokeWidth": 2.5 if is_told else 1,
                "strokeDash": [1, 0] if is_told else [4, 3],
            }
            dot = {"type": "point", "size": 45, "filled": is_told, "color": own, "stroke": ink, "opacity": 1, "strokeWidth": 1}
            data = {"values": values}
            layers.append({"data": data, "mark": rule, "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}})
            layers.append({"data": data, "mark": dot, "encoding": {"x": x, "y": y}})
    return layers


def border_drawing(found: Border) -> Drawing:
    """Where two levers tip an answer."""
    specification = border_chart(found)
    heading = specification.pop("title")["text"]
    names = [plain(lever.label) for lever in found.levers]
    points = [point for curve in found.curves for point in curve.points]
    columns = (
        *_QUESTION,
        Column("position_1", "number", f"of the lever “{names[0]}”"),
        Column("unit_1", "string", "of it"),
        Column("position_2", "number", f"of the lever “{names[1]}”"),
        Column("unit_2", "string", "of it"),
        *_CHANCE,
        Column("moved", "string", "of a crossing: the lever that was moved there, whose position has the error"),
        *_CROSSED,
    )
    keys = [Key("the border", "rise")] if points else []
    if any(is_placed(found, point) for point in points):
        keys.append(Key("a crossing; its bar is ± one standard error, along the lever that was moved there", "ink", sign="●"))
    if not all(is_placed(found, point) for point in points):
        count = counted(found.futures, "future")
        keys.append(Key(f"a crossing that {count} do not place: it may lie anywhere on the dashed line", "ink", sign="○"))
    if not points:
        keys.append(Key(f"crosses {percent(found.threshold)} nowhere here", "ink", sign="–"))
    title = title_words(" ".join(heading) if isinstance(heading, list) else heading)
    rows = (*_grid_rows(found), *(_crossing_row(found, point) for point in points))
    return Drawing(title, border_sentence(found), specification, tuple(keys), BundleTable(title, columns, rows, "", SOURCE))


def _units(found: Border) -> tuple[str, str]:
    first, second = (unit_words(lever.unit) or "1" for lever in found.levers)
    return first, second


def _grid_rows(found: Border) -> list[tuple[str | float | None, ...]]:
    """The chance wherever both levers stood."""
    head, units = (found.question, plain(found.label)), _units(found)
    return [
        (*head, across, units[0], up, units[1], "chance", chance, error, "", None, "", "")
        for up, line, errors in zip(found.levers[1].positions, found.probabilities, found.errors, strict=True)
        for across, chance, error in zip(found.levers[0].positions, line, errors, strict=True)
    ]


def _crossing_row(found: Border, point: BorderPoint) -> tuple[str | float | None, ...]:
    units, is_told = _units(found), is_placed(found, point)
    first, second = (place if is_told or which != point.along else None for which, place in enumerate(point.place))
    moved = plain(found.levers[point.along].label)
    tail = (moved, point.error if is_told else None, _way(point.rises), "" if is_told else _NOT_TOLD)
    return (found.question, plain(found.label), first, units[0], second, units[1], "crossing", found.threshold, None, *tail)
