"""Vega-Lite specifications of the charts: plain documents that report, page and notebook draw alike."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from foedus.analysis.finding import Band, ScenarioInfo
from foedus.show.palette import THEME, scenario_colour, scenario_dash
from foedus.show.words import number, plain, shortened, unit_words

__all__ = ["FONT", "NUMBER_LABEL", "PERCENT_LABEL", "Specification", "configuration", "cut_extent", "fan_chart", "observed_shown"]

Specification = dict[str, Any]

WIDTH, HEIGHT = 330, 190
POINTS = 53
HISTORY_SHARE = 0.6
FAR_OUT = 4.0  # widths of what else is drawn, beyond which an end of the 90 % band is cut off
MONTH_LABEL = (
    "timeFormat(datum.value, '%m') == '01' ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)
PERCENT_LABEL = "format(100 * datum.value, '~r') + ' %'"
NUMBER_LABEL = "datum.value === 0 ? '0' : datum.label"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"


def fan_chart(band: Band, scenarios: Sequence[ScenarioInfo], as_of: str = "", *, medians: Sequence[str] = ()) -> Specification:
    """One variable over time: the baseline's bands and median, other scenarios' medians, what was observed.

    Args:
        band: the variable with its quantiles, (5, time) by scenario, in its unit.
        scenarios: all scenarios of the finding; the first is the baseline; their order gives the colours.
        as_of: ISO date at which the future begins; a rule is drawn there. Empty for models without dates.
        medians: names of the scenarios whose medians are drawn.
    Returns:
        A Vega-Lite 5 or 6 document with its data inside.
    """
    time = _time_field(band)
    layers = [
        _area(band, time, scenarios[0].name, 0, 4, "band-90"),
        _area(band, time, scenarios[0].name, 1, 3, "band-50"),
        *_scenario_medians(band, time, scenarios, medians),
        _median(band, time, scenarios[0].name),
        *_observed(band, as_of, time),
        *_as_of_rule(as_of, band, time),
        *_band_labels(band, time, scenarios[0].name),
    ]
    cut = cut_extent(band, scenarios[0].name, medians, [values for _, _, values in observed_shown(band, as_of)])
    if cut is not None:
        layers = [*(_clipped(layer, cut) for layer in layers), *_cut_words(band, time, scenarios[0].name, cut)]
    return {"width": WIDTH, "height": HEIGHT, "layer": layers, "config": configuration()}


def cut_extent(
    band: Band, scenario: str, medians: Sequence[str] = (), observed: Sequence[Sequence[float]] = ()
) -> tuple[float, float] | None:
    """What a chart shows where the ends of the 90 % band would flatten all else; None where it shows everything.

    An end is cut where it lies further than four times as far out as what else is drawn is wide: the 50 % band, the medians and what was
    observed. Then the axis leaves it once that width; the page has the same rule (`chart.js`).

    Args:
        band: the variable; scenario: whose bands are drawn; medians: of which scenarios they are; observed: values that are drawn.
    Returns:
        The lowest and the highest value of the axis, in the unit of the band.
    """
    values = band.quantiles.get(scenario)
    if values is None:
        return None
    lines = [
        values[1:4].ravel(),
        *(band.quantiles[name][2] for name in medians if name in band.quantiles),
        *map(np.asarray, observed),
    ]
    core, ends = np.concatenate(lines), values[[0, 4]].ravel()
    core, ends = core[np.isfinite(core)], ends[np.isfinite(ends)]
    if not len(core) or not len(ends):
        return None
    low, high, lowest, highest = (float(one) for one in (core.min(), core.max(), ends.min(), ends.max()))
    width = high - low
    is_low, is_high = low - lowest > FAR_OUT * width, highest - high > FAR_OUT * width
    if not (width > 0 and (is_low or is_high)):
        return None
    return low - width if is_low else min(low, lowest), high + width if is_high else max(high, highest)


def _clipped(layer: Specification, cut: tuple[float, float]) -> Specification:
    """A layer on an axis that ends where the chart is cut: bands end there too, and words of what lies beyond have no place.

    The numbers are cut, not the drawing: Vega counts the names of its clips, and the same chart must have the same bytes.
    """
    axis = layer["encoding"].get("y")
    if axis is None:
        return layer
    rows = layer["data"]["values"]
    if layer["mark"]["type"] == "text":
        rows = [row for row in rows if cut[0] <= row["low"] <= cut[1]]
    ends = [_rounded(end) for end in cut]
    held = [
        {key: min(ends[1], max(ends[0], value)) if key in ("low", "high") else value for key, value in row.items()}
        for row in rows
    ]
    encoding = {**layer["encoding"], "y": {**axis, "scale": {"domain": ends, "zero": False, "nice": False}}}
    return {**layer, "data": {**layer["data"], "values": held}, "encoding": encoding}


def _cut_words(band: Band, time: Specification, scenario: str, cut: tuple[float, float]) -> list[Specification]:
    """Where the 90 % band leaves the chart: how far it goes, beside the edge that it leaves by."""
    values, found = band.quantiles[scenario], []
    for is_high, end, place in ((True, float(np.nanmax(values[4])), 2), (False, float(np.nanmin(values[0])), HEIGHT - 14)):
        if (end > cut[1]) if is_high else (end < cut[0]):
            told = shortened(number(end, abs(end)))
            data = {"values": [{"t": _when(band, len(band.times) - 1), "text": f"cut off: the 90 % band goes to {told}"}]}
            mark = {
                "type": "text",
                "align": "right",
                "dx": -4,
                "baseline": "top",
                "y": place,
                "color": THEME["soft"][0],
                "fontSize": 11,
            }
            found.append({"data": data, "mark": mark, "encoding": {"x": time, "text": {"field": "text"}}})
    return found


def configuration() -> Specification:
    """The look that all charts share; its colours are those of the light theme."""
    ink, soft, line = (THEME[name][0] for name in ("ink", "soft", "line"))
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "axis": {
            "labelColor": soft,
            "titleColor": soft,
            "domainColor": line,
            "tickColor": line,
            "gridColor": line,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": "normal",
            "gridWidth": 0.7,
            "tickSize": 4,
        },
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False, "labelPadding": 6},
        "text": {"color": ink, "fontSize": 11},
        "padding": {"left": 2, "top": 4, "right": 10, "bottom": 2},
    }


def observed_shown(band: Band, as_of: str = "") -> list[tuple[str, list[str], list[float]]]:
    """The observed series up to the as-of date, cut to a history that leaves the future most of the chart.

    Returns:
        For each series its label, dates and values, thinned to what a drawing can show.
    """
    if not band.dates:
        return []
    first, last = np.datetime64(band.dates[0]), np.datetime64(as_of or "9999-12-31")
    earliest = first - (np.datetime64(band.dates[-1]) - first) * HISTORY_SHARE
    shown = []
    for label, dates, values in band.observed:
        pairs = [(date, float(value)) for date, value in zip(dates, values, strict=True) if math.isfinite(value)]
        kept = [pair for pair in pairs if earliest <= np.datetime64(pair[0]) <= last]
        kept = kept[:: max(1, math.ceil(len(kept) / POINTS))]
        shown.append((plain(label), [date for date, _ in kept], [value for _, value in kept]))
    return shown


def _time_field(band: Band) -> Specification:
    """How the horizontal axis reads: dates where the model has them, its own time where not."""
    if not band.dates:
        return {
            "field": "t",
            "type": "quantitative",
            "axis": {"title": "time since the start", "tickCount": 6},
        }
    years = int(band.dates[-1][:4]) - int(band.dates[0][:4])
    axis: Specification = {"title": None, "tickCount": 5, "format": "%Y", "labelOverlap": True}
    if years <= 6:
        ticks = {"interval": "month", "step": 6 if years > 2 else 3}
        axis = {"title": None, "tickCount": ticks, "labelExpr": MONTH_LABEL}
    return {"field": "t", "type": "temporal", "axis": axis}


def _moments(band: Band) -> list[int]:
    """Which moments are drawn: evenly thinned, first and last kept."""
    count = len(band.times)
    return sorted({round(i) for i in np.linspace(0, count - 1, min(count, POINTS))}) if count else []


def _when(band: Band, moment: int) -> str | float:
    return f"{band.dates[moment]}T00:00:00" if band.dates else float(band.times[moment])


def _rows(band: Band, scenario: str, low: int, high: int) -> list[Specification]:
    values = band.quantiles.get(scenario)
    if values is None:
        return []
    return [
        {"t": _when(band, i), "low": _rounded(values[low, i]), "high": _rounded(values[high, i])}
        for i in _moments(band)
        if np.isfinite(values[low, i]) and np.isfinite(values[high, i])
    ]


def _rounded(value: float) -> float:
    """Five digits: enough for a drawing, small in a file."""
    return float(f"{value:.5g}")


def _value_field(field: str, band: Band) -> Specification:
    unit = unit_words(plain(band.unit))
    axis = {
        "title": unit or None,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -10,
        "titleBaseline": "bottom",
        "tickCount": 4,
        "labelExpr": NUMBER_LABEL,
        "format": "~s" if _is_large(band) else ",~r",
    }
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": True}}


def _is_large(band: Band) -> bool:
    return any(np.nanmax(np.abs(values), initial=0.0) >= 10_000 for values in band.quantiles.values())


def _area(band: Band, time: Specification, scenario: str, low: int, high: int, colour: str) -> Specification:
    return {
        "data": {"values": _rows(band, scenario, low, high)},
        "mark": {"type": "area", "color": THEME[colour][0], "opacity": 1},
        "encoding": {"x": time, "y": _value_field("low", band), "y2": {"field": "high"}},
    }


def _median(band: Band, time: Specification, scenario: str) -> Specification:
    return {
        "data": {"values": _rows(band, scenario, 2, 2)},
        "mark": {"type": "line", "color": THEME["base"][0], "strokeWidth": 2.4},
        "encoding": {"x": time, "y": _value_field("low", band)},
    }


def _scenario_medians(
    band: Band, time: Specification, scenarios: Sequence[ScenarioInfo], medians: Sequence[str]
) -> list[Specification]:
    """One layer with a line a scenario; colour and dash by its place among the scenarios."""
    places = {s.name: place for place, s in enumerate(scenarios) if s.name in medians and s.name in band.quantiles and place}
    if not places:
        return []
    rows = [{**row, "s": name} for name in places for row in _rows(band, name, 2, 2)]
    colours = {
        "domain": list(places),
        "range": [THEME[scenario_colour(place)][0] for place in places.values()],
    }
    dashes = {"domain": list(places), "range": [list(scenario_dash(place)) for place in places.values()]}
    return [
        {
            "data": {"values": rows},
            "mark": {"type": "line", "strokeWidth": 1.8},
            "encoding": {
                "x": time,
                "y": _value_field("low", band),
                "color": {"field": "s", "type": "nominal", "scale": colours, "legend": None},
                "strokeDash": {"field": "s", "type": "nominal", "scale": dashes, "legend": None},
            },
        }
    ]


def _observed(band: Band, as_of: str, time: Specification) -> list[Specification]:
    """The observed values as dots, one shape for each source."""
    shapes = ("circle", "square", "diamond", "triangle-up")
    layers = []
    for place, (_, dates, values) in enumerate(observed_shown(band, as_of)):
        rows = [{"t": f"{date}T00:00:00", "low": _rounded(value)} for date, value in zip(dates, values, strict=True)]
        mark = {
            "type": "point",
            "filled": True,
            "size": 14,
            "color": THEME["seen"][0],
            "opacity": 1,
            "shape": shapes[place % len(shapes)],
        }
        layers.append({"data": {"values": rows}, "mark": mark, "encoding": {"x": time, "y": _value_field("low", band)}})
    return layers


def _as_of_rule(as_of: str, band: Band, time: Specification) -> list[Specification]:
    """The rule between what was and what may be; its words stand left of it, right where nothing was seen."""
    if not as_of or not band.dates:
        return []
    has_history = any(dates for _, dates, _ in observed_shown(band, as_of))
    is_high = not has_history and _starts_high(band)
    data = {"values": [{"t": f"{as_of}T00:00:00", "text": "as of"}]}
    rule = {"type": "rule", "color": THEME["soft"][0], "strokeDash": [3, 3], "strokeWidth": 1}
    text = {
        "type": "text",
        "color": THEME["soft"][0],
        "fontSize": 11,
        "dx": -4 if has_history else 4,
        "align": "right" if has_history else "left",
        "y": HEIGHT - 3 if is_high else 1,
        "baseline": "bottom" if is_high else "top",
    }
    encoding = {"x": time}
    return [
        {"data": data, "mark": rule, "encoding": encoding},
        {"data": data, "mark": text, "encoding": {**encoding, "text": {"field": "text"}}},
    ]


def _starts_high(band: Band) -> bool:
    """Whether the bands begin in the upper half of what the chart spans."""
    span = _span(band)
    if span is None:
        return False
    low, high = span
    return any(float(values[2, 0]) > (low + high) / 2 for values in band.quantiles.values())


def _span(band: Band) -> tuple[float, float] | None:
    """The lowest and the highest end of the bands; None where no future gives any."""
    found = [values[np.isfinite(values)] for values in band.quantiles.values()]
    return (min(map(np.min, found)), max(map(np.max, found))) if found and all(map(len, found)) else None


def _band_labels(band: Band, time: Specification, scenario: str) -> list[Specification]:
    """The words "50 %" and "90 %" at the right end, inside the upper half of each band where they fit."""
    values = band.quantiles.get(scenario)
    if values is None or not len(band.times) or not np.all(np.isfinite(values[:, -1])):
        return []
    last, end = len(band.times) - 1, values[:, -1]
    span = _span(band)
    whole = span[1] - float(np.nanmin(values[0])) if span is not None else 0.0
    if whole <= 0 or (end[4] - end[0]) < 0.3 * whole:
        return []
    rows = [
        {"t": _when(band, last), "low": _rounded((end[3] + end[4]) / 2), "text": "90 %"},
        {"t": _when(band, last), "low": _rounded((end[2] + end[3]) / 2), "text": "50 %"},
    ]
    mark = {"type": "text", "align": "right", "dx": -4, "color": THEME["ink"][0], "fontSize": 11}
    encoding = {"x": time, "y": _value_field("low", band), "text": {"field": "text"}}
    return [{"data": {"values": rows}, "mark": mark, "encoding": encoding}]
