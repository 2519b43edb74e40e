"""Values as bars with their errors, for the charts of the methods; and the same as a table, with whatever cannot be drawn."""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from foedus.bundle.drawings import ROW, WIDTH, Drawing, Key
from foedus.bundle.tables import BundleTable, Column
from foedus.show.charts import NUMBER_LABEL, PERCENT_LABEL, Specification, configuration
from foedus.show.palette import THEME
from foedus.show.words import plain

__all__ = ["MOST", "SOURCE", "Bar", "bars", "title_words"]

MOST = 12
"""Rows of a chart."""
SOURCE = "foedus"
"""What the numbers of a table are from, until its file says more."""
_LABEL, _LABEL_LINES = 34, 8  # letters of a line of a label, and lines
_ONE = "±: one standard error"
_NOTHING = "nothing beyond its error"
_COLOURS = ("base", "s3", "s5")
_PLAIN_LABEL = "replace(format(datum.value, ',~r'), '-', '\u2212')"
_LINE = 13  # pixels between the lines of a label
_COLUMNS = (
    Column("question", "string", "name in the model of what is asked; empty where nothing is"),
    Column("what", "string", "what the value is of"),
    Column("kind", "string", "which of its values"),
    Column("low", "number", "where the bar begins"),
    Column("value", "number", "where it ends"),
    Column("error", "number", "standard error of the value"),
    Column("unit", "string", "of low, value and error"),
    Column("note", "string", "what the value cannot tell, or why there is none"),
)


@dataclass(frozen=True)
class Bar:
    """A bar from `low` to `value`; `kind` is an index of the keys, which gives its colour. What is no number is not drawn, and is missing in
    the table, where `note` says why; `unit` is its own where it has another one than the chart."""

    label: str
    value: float
    error: float = math.nan
    kind: int = 0
    low: float = 0.0
    note: str = ""
    unit: str = ""
    question: str = ""


def bars(
    title: str,
    told: str,
    rows: Sequence[Bar],
    keys: Sequence[str],
    axis: str,
    *,
    question: str = "",
    unit: str = "",
    is_share: bool = False,
    colours: Sequence[str] = _COLOURS,
    untold: str = "",
    more: Sequence[Bar] = (),
) -> Drawing:
    """Bars in their order, with errors; where there are none, a chart that says so.

    Args:
        axis: what the values are, with their unit. question: name of what is asked. unit: of the values; `axis` where it says the same.
        untold: why none of the values can be told: nothing is drawn then but these words, and the table has no value.
        more: rows that the table alone has.
    """
    listed = [*rows, *more]
    if untold:
        listed, rows = [replace(row, value=math.nan, error=math.nan, note=untold) for row in listed], ()
    rows = _apart(rows)
    several = len({(row.label, row.kind) for row in rows}) > len({row.label for row in rows})
    labels = list(dict.fromkeys(_label(row.label) for row in rows)) or [_label(untold or _NOTHING)]
    values = [_drawn(row, THEME[colours[row.kind % len(colours)]][0]) for row in rows]
    step = max(ROW, 13 * max(1 + label.count("\n") for label in labels) + 6) * (1.4 if several else 1)
    specification = {
        "width": WIDTH,
        "height": {"step": step} if not several else step * len(labels),
        "layer": _layers(values, labels, axis, is_share=is_share, several=several),
        "config": configuration(),
    }
    used = sorted({row.kind for row in rows})
    marks = [Key(keys[kind], colours[kind % len(colours)], sign="■") for kind in used if kind < len(keys)]
    if any("from" in one for one in values):
        marks.append(Key(_ONE, "ink", sign="─"))
    marks += [
        Key(note, "ink", sign="?")
        for note in dict.fromkeys(row.note for row in rows if row.note and not math.isfinite(row.value))
    ]
    table = tuple(
        (
            row.question or question,
            plain(row.label),
            keys[row.kind] if row.kind < len(keys) else "",
            row.low if math.isfinite(row.value) else None,
            row.value,
            row.error,
            row.unit or unit or axis,
            row.note,
        )
        for row in _apart(listed)
    )
    title = title_words(title)
    return Drawing(title, plain(told), specification, tuple(marks), BundleTable(title, _COLUMNS, table, "", SOURCE))


def _layers(values: list[Specification], labels: list[str], axis: str, *, is_share: bool, several: bool) -> list[Specification]:
    """The bars, and a rule for the error of each."""
    look: Specification = {
        "title": None,
        "labelLimit": 300,
        "ticks": False,
        "domain": False,
        "labelExpr": "split(datum.label, '\\n')",
        "labelOffset": _centred(),
    }
    y = {"field": "s", "type": "nominal", "sort": labels, "scale": {"domain": labels}, "axis": look}
    largest = max((abs(one[end]) for one in values for end in ("v", "low")), default=0.0)
    look = (
        {"labelExpr": PERCENT_LABEL}
        if is_share
        else {"format": "~s", "labelExpr": NUMBER_LABEL}
        if largest >= 10_000
        else {"labelExpr": _PLAIN_LABEL}
    )
    number = {"title": axis, "tickCount": 5, "labelFlush": False, **look, "grid": True}
    places = {"yOffset": {"field": "k", "type": "nominal", "sort": "ascending"}} if several else {}

    def x(field: str) -> Specification:
        return {"field": field, "type": "quantitative", "axis": number}

    bar = {"type": "bar", "height": {"band": 1.0 if several else 0.7}, "opacity": 0.85}
    rule = {"type": "rule", "color": THEME["ink"][0], "strokeWidth": 1.4}
    fill = {"field": "c", "type": "nominal", "scale": None}
    alone = [one for one in values if several and sum(other["s"] == one["s"] for other in values) == 1]
    beside = [one for one in values if one not in alone]
    layers: list[Specification] = []
    for own, offset, height in ((beside, places, bar["height"]), (alone, {}, {"band": 0.5})):
        if own or not (alone or beside):
            ends, mark = {"y": y, **offset, "x": x("low"), "x2": {"field": "v"}, "color": fill}, {**bar, "height": height}
            layers.append({"data": {"values": own}, "mark": mark, "encoding": ends})
            errors = {"values": [one for one in own if "from" in one]}
            ends = {"y": y, **_middle(offset), "x": x("from"), "x2": {"field": "to"}}
            layers.append({"data": errors, "mark": rule, "encoding": ends})
    return layers


def _middle(places: Specification) -> Specification:
    """The offset of what is drawn in the middle of a bar."""
    return {"yOffset": {**places["yOffset"], "bandPosition": 0.5}} if places else {}


def title_words(text: str) -> str:
    """A title as it stands above a chart: a question, and what is drawn of it."""
    text = plain(text).replace("?: ", "? – ")
    return text[:1].upper() + text[1:]


def _said(label: str) -> str:
    """A label; a name of the model that has none, without its underscores."""
    return re.sub(r"[_.]+", " ", label) if re.fullmatch(r"[\w.\[\]]+", label) else label


def _label(text: str) -> str:
    lines = textwrap.wrap(_said(plain(text)).replace(" %", "\u00a0%"), _LABEL)
    if len(lines) > _LABEL_LINES:
        lines = [*lines[: _LABEL_LINES - 1], f"{lines[_LABEL_LINES - 1][: _LABEL - 1]}…"]
    return "\n".join(lines) or " "


def _apart(rows: Sequence[Bar]) -> list[Bar]:
    """The same; a row whose label and kind another one has too bears a number, so that no bar lies on another."""
    seen: Counter[tuple[str, int, str]] = Counter()
    found = []
    for row in rows:
        key = _label(row.label), row.kind, row.question
        seen[key] += 1
        count = seen[key]
        found.append(row if count == 1 else replace(row, label=f"({count}) {row.label}"))
    return found


def _centred() -> Specification:
    """Half of the further lines of a label, so that its middle stands beside its bar."""
    tests = [
        {"test": f"length(split(datum.label, '\\n')) === {lines}", "value": -_LINE * (lines - 1) / 2}
        for lines in range(2, _LABEL_LINES + 1)
    ]
    return {"condition": tests, "value": 0}


def _drawn(row: Bar, colour: str) -> Specification:
    drawn: Specification = {"s": _label(row.label), "v": _short(row.value), "low": _short(row.low), "k": row.kind, "c": colour}
    if math.isfinite(row.error):
        drawn |= {"from": _short(row.value - row.error), "to": _short(row.value + row.error)}
    return drawn


def _short(value: float) -> float:
    """As fine as it can be seen; no bar where it is no number."""
    return float(f"{value:.5g}") if math.isfinite(value) else 0.0
