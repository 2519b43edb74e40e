"""One chart for each method that says why an answer is as it is, what tips it, or what to find out: values with their errors."""

from __future__ import annotations

import math
import re
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.analysis.belief import Believed
from foedus.analysis.border import Border
from foedus.analysis.discovery import Discovered
from foedus.analysis.explain import Explained
from foedus.analysis.flip import Flip
from foedus.analysis.indices import VarianceIndex
from foedus.analysis.plan import Choice, CollectionPlan
from foedus.analysis.redteam import RedTeam
from foedus.analysis.variance import Why
from foedus.bundle.drawings import ROW, WIDTH, Drawing, Key
from foedus.bundle.tables import BundleTable, Column
from foedus.show.believe import believe_sentence
from foedus.show.border import border_chart, border_sentence
from foedus.show.charts import NUMBER_LABEL, PERCENT_LABEL, Specification, configuration
from foedus.show.discover import discover_sentence, range_words
from foedus.show.explain import explain_sentence
from foedus.show.palette import THEME, scenario_colour, scenario_dash
from foedus.show.redteam import redteam_sentence
from foedus.show.why import cause_words, is_told, told_causes, why_sentence
from foedus.show.words import percent, plain, quoted, unit_words
from foedus.show.worth import choice_sentence, item_words, plan_sentence

__all__ = [
    "believe_drawing",
    "border_drawing",
    "choice_drawing",
    "discover_drawing",
    "explain_drawing",
    "flip_drawing",
    "plan_drawing",
    "redteam_drawing",
    "why_drawing",
]

_MOST = 12  # rows
_LINES = 6  # questions in one chart of a lever
_LABEL, _LABEL_LINES = 34, 5  # letters of a line of a label, and lines
_ONE = "±: one standard error"
_COLUMNS = (
    Column("what", "string", "what the value is of"),
    Column("kind", "string", "which of its values"),
    Column("low", "number", "where the bar begins"),
    Column("value", "number", "where it ends"),
    Column("error", "number", "standard error of the value"),
)


@dataclass(frozen=True)
class _Bar:
    """A bar from `low` to `value`; `kind` is an index of the keys, which gives its colour. What is no number is not drawn, and is missing in
    the table."""

    label: str
    value: float
    error: float = math.nan
    kind: int = 0
    low: float = 0.0


def why_drawing(found: Why) -> Drawing:
    """What each cause takes off, and what it would leave open; what the table does not tell has a `?` and no bar."""
    rows = [
        _Bar(cause_words(one) + ("" if is_told(one.total) else " (?)"), *_known(index), kind)
        for one in told_causes(found)[:_MOST]
        for kind, index in enumerate((one.first, one.total))
    ]
    keys = ("settling it alone would take off (first)", "would stay open if all else were settled (total)")
    return _bars(f"{found.label}: why the answer varies", why_sentence(found), rows, keys, "share of the variance", is_share=True)


def _known(index: VarianceIndex) -> tuple[float, float]:
    """A share and its error as they are drawn; none where it is not told."""
    return (max(0.0, index.value), index.error) if is_told(index) else (math.nan, math.nan)


def explain_drawing(found: Explained) -> Drawing:
    """The causes of the difference of the answer that moves most."""
    splits = sorted(found.splits.values(), key=lambda one: (not one.matters, -one.size, one.question))
    if not splits:
        return _bars("No answer was asked for", explain_sentence(found), (), (), "")
    split = splits[0]
    is_chance = split.width == 0.0 and split.kind == "probability"
    scale = 100.0 if is_chance else 1.0
    parts = sorted(zip(found.titles, split.parts, strict=True), key=lambda pair: -abs(pair[1].share.value))
    rows = [_Bar(name, scale * one.share.value, scale * one.share.error, int(one.share.value < 0)) for name, one in parts[:_MOST]]
    unit = "points" if is_chance else unit_words(split.unit)
    title = f"{split.label}: from {quoted(found.labels[0])} to {quoted(found.labels[1])}"
    return _bars(title, explain_sentence(found), rows, ("raises it", "lowers it"), unit or "difference", colours=("rise", "fall"))


def plan_drawing(plan: CollectionPlan) -> Drawing:
    """What would narrow an answer most, by what could be known and who could be asked."""
    kinds = ("parameter", "claim", "source")
    steps = [step for kind in kinds for step in plan.of(kind)[: _MOST // 3]]
    rows = [
        _Bar(item_words(step.item, steps), step.learnt.share.value, step.learnt.share.error, kinds.index(step.item.kind))
        for step in steps
    ]
    keys = ("known exactly", "one more report as good as a claim", "one more report on all that a source spoke of")
    title = f"{plan.label}: what would narrow it"
    return _bars(title, plan_sentence(plan), rows, keys, "share of the variance that would go", is_share=True)


def choice_drawing(found: Choice) -> Drawing:
    """What it would be worth to learn something before choosing."""
    is_chance = found.kind == "probability"
    kinds, scale = ("parameter", "claim", "source"), 100.0 if is_chance else 1.0
    gained = [row for kind in kinds for row in found.of(kind)[: _MOST // 3]]
    rows = [
        _Bar(item_words(row.item, gained), scale * row.gain.value.value, scale * row.gain.value.error, kinds.index(row.item.kind))
        for row in gained
    ]
    keys = ("known exactly", "one more report as good as a claim", "one more report on all that a source spoke of")
    unit = "points of the chance" if is_chance else unit_words(found.unit) or "the unit of the answer"
    return _bars(f"{found.label}: what to learn before choosing", choice_sentence(found), rows, keys, f"worth, {unit}")


def believe_drawing(found: Believed) -> Drawing:
    """Where the priors would have to lie: what is named."""
    rows = [_Bar(move.label, move.shift.value, move.shift.error, _GROUNDS.index(move.rests_on)) for move in found.clear[:_MOST]]
    title = f"{found.label}: what one would have to believe"
    keys = ("rests on claims", "fitted to what was observed", "an assumption")
    return _bars(title, believe_sentence(found), rows, keys, "shift, in standard deviations of the prior")


def discover_drawing(found: Discovered) -> Drawing:
    """The ranges of each box as parts of what was believed."""
    rows = [
        _Bar(f"Box {place}: {plain(one.label)} {range_words(one)}", one.levels[1], kind=place - 1, low=one.levels[0])
        for place, box in enumerate(found.boxes, 1)
        for one in box.ranges
    ]
    keys = tuple(
        f"box {place}: {percent(box.counted.density.value)} of its futures are so, {percent(box.counted.coverage.value)} of all such"
        for place, box in enumerate(found.boxes, 1)
    )
    title = f"{found.label}: where {found.target}"
    return _bars(
        title, discover_sentence(found), rows, keys, "part of the prior, from its low end to its high one", is_share=True
    )


def redteam_drawing(found: RedTeam) -> Drawing:
    """The chance of each way in which the judgement is wrong."""
    rows = [_Bar(" and ".join(plain(words) for words in way.where), way.chance.value, way.chance.error) for way in found.ways]
    rows.append(_Bar("in none of these ways", found.other.value, found.other.error, 1))
    title = f"{found.label}: how the judgement can be wrong"
    keys = ("wrong in this way", "otherwise wrong")
    return _bars(title, redteam_sentence(found), rows, keys, "share of all futures", is_share=True)


def border_drawing(found: Border) -> Drawing:
    """Where two levers tip an answer."""
    specification = border_chart(found)
    heading = specification.pop("title")["text"]
    rows = [
        (
            f"{found.levers[0].name} = {one.place[0]:.6g}, {found.levers[1].name} = {one.place[1]:.6g}",
            "crossing",
            None,
            None,
            one.error,
        )
        for curve in found.curves
        for one in curve.points
    ]
    keys = (Key("the border", "rise"), Key("a crossing, ± one standard error", "ink", sign="●"))
    title = _title(" ".join(heading) if isinstance(heading, list) else heading)
    return Drawing(title, border_sentence(found), specification, keys, BundleTable(title, _COLUMNS, tuple(rows), "", _SOURCE))


def flip_drawing(lever: str, unit: str, threshold: float, flips: Sequence[Flip]) -> Drawing:
    """The chances that a lever moves most, along it."""
    moved = sorted(flips, key=lambda one: -(np.nanmax(one.probabilities) - np.nanmin(one.probabilities)))[:_LINES]
    values = [
        {"x": place, "y": chance, "low": max(0.0, chance - error), "high": min(1.0, chance + error), "q": number}
        for number, one in enumerate(moved)
        for place, chance, error in zip(one.positions, one.probabilities, one.errors, strict=True)
        if math.isfinite(chance)
    ]
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"nice": False, "zero": False},
        "axis": {"title": f"{lever}{f', {unit_words(unit)}' if unit_words(unit) else ''}", "tickCount": 5},
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"title": None, "labelExpr": PERCENT_LABEL, "tickCount": 5},
    }
    layers: list[Specification] = [
        {
            "data": {"values": [{"y": threshold}]},
            "mark": {"type": "rule", "color": THEME["soft"][0], "strokeDash": [2, 3]},
            "encoding": {"y": y},
        }
    ]
    for number in range(len(moved)):
        own, colour = {"values": [row for row in values if row["q"] == number]}, THEME[scenario_colour(number)][0]
        ends = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers += [
            {"data": own, "mark": {"type": "area", "color": colour, "opacity": 0.18}, "encoding": ends},
            {
                "data": own,
                "mark": {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": list(scenario_dash(number))},
                "encoding": {"x": x, "y": y},
            },
        ]
    specification = {"width": WIDTH, "height": 200, "layer": layers, "config": configuration()}
    keys = tuple(Key(one.label or one.ask or one.question, scenario_colour(n), scenario_dash(n)) for n, one in enumerate(moved))
    title = f"Chances along “{lever}”"
    told = f"Each chance as the lever moves, ± one standard error; dotted: {percent(threshold)}."
    rows = tuple(
        (one.question, f"{lever} = {place:.6g}", None, chance, error)
        for one in flips
        for place, chance, error in zip(one.positions, one.probabilities, one.errors, strict=True)
    )
    return Drawing(
        title,
        told,
        specification,
        (*keys, Key(f"dotted: {percent(threshold)}", "soft", (2, 3))),
        BundleTable(title, _COLUMNS, rows, "", _SOURCE),
    )


_SOURCE = "foedus"
_GROUNDS = ("claims", "fitted", "assumed")
_COLOURS = ("base", "s3", "s5")
_PLAIN_LABEL = "replace(format(datum.value, ',~r'), '-', '\u2212')"
_LINE = 13  # pixels between the lines of a label


def _bars(
    title: str,
    told: str,
    rows: Sequence[_Bar],
    keys: Sequence[str],
    axis: str,
    *,
    is_share: bool = False,
    colours: Sequence[str] = _COLOURS,
) -> Drawing:
    """Bars in their order, with errors; where there are none, a chart that says so."""
    rows = _apart(rows)
    labels = list(dict.fromkeys(_label(row.label) for row in rows)) or ["nothing beyond its error"]
    values = [_drawn(row, THEME[colours[row.kind % len(colours)]][0]) for row in rows]
    look = {
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
    number = {"title": axis, "tickCount": 5, **look, "grid": True}
    places = {"yOffset": {"field": "k", "type": "nominal", "sort": "ascending"}} if len({row.kind for row in rows}) > 1 else {}
    several = len({(row.label, row.kind) for row in rows}) > len({row.label for row in rows})
    places = places if several else {}

    def x(field: str) -> Specification:
        return {"field": field, "type": "quantitative", "axis": number}

    bar = {"type": "bar", "height": {"band": 1.0 if several else 0.7}, "opacity": 0.85}
    rule = {"type": "rule", "color": THEME["ink"][0], "strokeWidth": 1.4}
    fill = {"field": "c", "type": "nominal", "scale": None}
    layers: list[Specification] = [
        {
            "data": {"values": values},
            "mark": bar,
            "encoding": {"y": y, **places, "x": x("low"), "x2": {"field": "v"}, "color": fill},
        },
        {
            "data": {"values": [one for one in values if "from" in one]},
            "mark": rule,
            "encoding": {"y": y, **_middle(places), "x": x("from"), "x2": {"field": "to"}},
        },
    ]
    step = max(ROW, 13 * max(1 + label.count("\n") for label in labels) + 6) * (1.4 if several else 1)
    specification = {
        "width": WIDTH,
        "height": {"step": step} if not several else step * len(labels),
        "layer": layers,
        "config": configuration(),
    }
    used = sorted({row.kind for row in rows})
    marks = [Key(keys[kind], colours[kind % len(colours)], sign="■") for kind in used if kind < len(keys)]
    if any("from" in one for one in values):
        marks.append(Key(_ONE, "ink", sign="─"))
    table = tuple(
        (plain(row.label), keys[row.kind] if row.kind < len(keys) else "", row.low, row.value, row.error) for row in rows
    )
    return Drawing(
        _title(title), plain(told), specification, tuple(marks), BundleTable(_title(title), _COLUMNS, table, "", _SOURCE)
    )


def _middle(places: Specification) -> Specification:
    """The offset of what is drawn in the middle of a bar."""
    return {"yOffset": {**places["yOffset"], "bandPosition": 0.5}} if places else {}


def _title(text: str) -> str:
    text = plain(text).replace("?: ", "? – ")
    return text[:1].upper() + text[1:]


def _said(label: str) -> str:
    """A label; a name of the model that has none, without its underscores."""
    return re.sub(r"[_.]+", " ", label) if re.fullmatch(r"[\w.\[\]]+", label) else label


def _label(text: str) -> str:
    lines = textwrap.wrap(_said(plain(text)), _LABEL)
    if len(lines) > _LABEL_LINES:
        lines = [*lines[: _LABEL_LINES - 1], f"{lines[_LABEL_LINES - 1][: _LABEL - 1]}…"]
    return "\n".join(lines) or " "


def _apart(rows: Sequence[_Bar]) -> list[_Bar]:
    """The same; a row whose label and kind another one has too bears a number, so that no bar lies on another."""
    seen: Counter[tuple[str, int]] = Counter()
    found = []
    for row in rows:
        seen[_label(row.label), row.kind] += 1
        count = seen[_label(row.label), row.kind]
        found.append(row if count == 1 else replace(row, label=f"({count}) {row.label}"))
    return found


def _centred() -> Specification:
    """Half of the further lines of a label, so that its middle stands beside its bar."""
    tests = [
        {"test": f"length(split(datum.label, '\\n')) === {lines}", "value": -_LINE * (lines - 1) / 2}
        for lines in range(2, _LABEL_LINES + 1)
    ]
    return {"condition": tests, "value": 0}


def _drawn(row: _Bar, colour: str) -> Specification:
    drawn: Specification = {"s": _label(row.label), "v": _short(row.value), "low": _short(row.low), "k": row.kind, "c": colour}
    if math.isfinite(row.error):
        drawn |= {"from": _short(row.value - row.error), "to": _short(row.value + row.error)}
    return drawn


def _short(value: float) -> float:
    """As fine as it can be seen; no bar where it is no number."""
    return float(f"{value:.5g}") if math.isfinite(value) else 0.0
