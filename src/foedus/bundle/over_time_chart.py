"""What an amount hangs on as time goes by, as a chart: the share of each parameter at each moment."""

from __future__ import annotations

from foedus.analysis.over_time import OverTime
from foedus.analysis.variance import TOLD
from foedus.bundle.bars import SOURCE, title_words
from foedus.bundle.drawings import WIDTH, Drawing, Key
from foedus.bundle.tables import BundleTable, Column
from foedus.show.charts import PERCENT_LABEL, Specification, configuration
from foedus.show.over_time import over_time_sentence
from foedus.show.palette import SCENARIO_COLOURS, THEME, scenario_colour, scenario_dash
from foedus.show.words import people_date, plain

__all__ = ["over_time_drawing"]

_COLUMNS = (
    Column("question", "string", "name in the model"),
    Column("variable", "string", "name in the model of the amount that it looks at"),
    Column("date", "string", "the moment, as a date where the model has dates"),
    Column("parameter", "string", "name in the model"),
    Column("what", "string", "the parameter in words"),
    Column("share", "number", "of the variance of the amount then, first order; empty: not beyond chance, or not told"),
    Column("error", "number", "its standard error"),
)


def over_time_drawing(found: OverTime) -> Drawing:
    """A line for each of the parameters with the largest shares; the table has all."""
    shown = found.causes[: SCENARIO_COLOURS + 1]
    x = {
        "field": "x",
        "type": "ordinal",
        "sort": None,
        "axis": {"title": None, "labelAngle": 0, "labelLimit": 80, "labelExpr": "split(datum.label, '\\n')"},
    }
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": {"title": "share of the variance", "labelExpr": PERCENT_LABEL, "tickCount": 5},
    }
    layers: list[Specification] = []
    for number, one in enumerate(shown):
        colour = THEME[scenario_colour(number)][0]
        points = [
            {"x": _day(date), "y": share[0], "low": max(0.0, share[0] - share[1]), "high": share[0] + share[1]}
            for date, share in zip(found.dates, one.shares, strict=True)
            if share is not None and share[1] <= TOLD
        ]
        data = {"values": points}
        line = {
            "type": "line",
            "color": colour,
            "strokeWidth": 2,
            "strokeDash": list(scenario_dash(number)),
            "point": {"color": colour},
        }
        ends = {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}
        layers += [
            {"data": data, "mark": line, "encoding": {"x": x, "y": y}},
            {"data": data, "mark": {"type": "rule", "color": colour}, "encoding": ends},
        ]
    blank = {"data": {"values": [{"x": _day(date), "y": 0.0} for date in found.dates]}, "mark": {"type": "point", "opacity": 0}}
    specification = {
        "width": WIDTH + 60,
        "height": 200,
        "layer": [{**blank, "encoding": {"x": x, "y": y}}, *layers],
        "config": configuration(),
    }
    keys = [Key(plain(one.label), scenario_colour(number), scenario_dash(number)) for number, one in enumerate(shown)]
    keys += [Key("±: one standard error; no point: not beyond chance, or not told", "ink", sign="─")]
    title = title_words(f"{found.amount}: what it hangs on over time")
    rows = tuple(
        (
            found.question,
            found.variable,
            date,
            one.parameter,
            plain(one.label),
            *(share if share is not None and share[1] <= TOLD else (None, None)),
        )
        for one in found.causes
        for date, share in zip(found.dates, one.shares, strict=True)
    )
    return Drawing(title, over_time_sentence(found), specification, tuple(keys), BundleTable(title, _COLUMNS, rows, "", SOURCE))


def _day(date: str) -> str:
    """A date in two lines, as people write it."""
    return "\n".join(people_date(date, is_short=True).rsplit(" ", 1))
