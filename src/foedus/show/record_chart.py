"""Forecasts against what came: one interval per forecast, at the date that it was about."""

from __future__ import annotations

from foedus.analysis.track_record import RecordPoint, RecordSeries
from foedus.show.charts import Specification, configuration
from foedus.show.palette import THEME
from foedus.show.words import plain, unit_words
from foedus.wording import counted

__all__ = ["record_chart", "record_panels"]

WIDTH, HEIGHT = 330, 190
_MONTHS = {"interval": "month", "step": 3}
_MONTH_LABEL = (
    "timeFormat(datum.value, '%m') == '01' ? [timeFormat(datum.value, '%b'), timeFormat(datum.value, '%Y')]"
    " : timeFormat(datum.value, '%b')"
)


def record_chart(series: RecordSeries, horizon: int) -> Specification:
    """One series at one horizon: the 90 % interval and the median that were said, and the dot that came.

    Returns:
        A Vega-Lite document with its data inside.
    """
    return {**_panel(series, horizon), "width": WIDTH, "height": HEIGHT, "config": configuration()}


def record_panels(series: RecordSeries) -> Specification:
    """The horizons of one series side by side, for a page without words around it."""
    panels = [
        {**_panel(series, horizon), "width": 250, "height": 170, "title": _title(series, horizon)} for horizon in series.forecasts
    ]
    look = {**configuration(), "background": THEME["card"][0], "title": {"fontSize": 12, "fontWeight": "normal"}}
    return {"hconcat": panels, "config": look}


def _title(series: RecordSeries, horizon: int) -> str:
    return f"{plain(series.name)}, said {counted(horizon, 'week')} before"


def _panel(series: RecordSeries, horizon: int) -> Specification:
    rows = [_row(point) for point in series.forecasts[horizon]]
    time = {"field": "t", "type": "temporal", "axis": {"title": None, "tickCount": _MONTHS, "labelExpr": _MONTH_LABEL}}
    axis = {
        "title": unit_words(plain(series.unit)) or None,
        "titleAngle": 0,
        "titleAlign": "left",
        "titleAnchor": "end",
        "titleX": 0,
        "titleY": -10,
        "titleBaseline": "bottom",
        "tickCount": 4,
        "format": "~s",
    }

    def value(field: str) -> Specification:
        return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": True}}

    interval = {"type": "rule", "color": THEME["band-50"][0], "strokeWidth": 5}
    middle = {"type": "tick", "color": THEME["base"][0], "thickness": 2, "size": 9, "orient": "horizontal"}
    dot = {"type": "point", "filled": True, "size": 26, "color": THEME["seen"][0], "opacity": 1}
    return {
        "data": {"values": rows},
        "layer": [
            {"mark": interval, "encoding": {"x": time, "y": value("low"), "y2": {"field": "high"}}},
            {"mark": middle, "encoding": {"x": time, "y": value("middle")}},
            {"mark": dot, "encoding": {"x": time, "y": value("came")}},
        ],
    }


def _row(point: RecordPoint) -> Specification:
    return {"t": f"{point.date}T00:00:00", "low": point.low, "middle": point.middle, "high": point.high, "came": point.came}
