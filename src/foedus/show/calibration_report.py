"""A calibration as one HTML file: observations against what the posterior replicates, parameters before and after, ranks of truths."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from foedus.arrays import Array
from foedus.making import GENERATOR, made_on
from foedus.show.charts import Specification, configuration
from foedus.show.palette import with_variables
from foedus.show.style import base_style
from foedus.show.words import plain

__all__ = ["ParameterRow", "RankRow", "SeriesBand", "calibration_html"]

_BINS = 10
_STYLE = (
    "body{font-size:16px;line-height:1.5;max-width:62rem;margin:2rem auto;padding:0 1rem}h2{margin-top:2rem}"
    "figure{margin:1rem 0}svg{max-width:100%;height:auto}dt{font-weight:600}"
    ".grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr));gap:1rem}"
)


@dataclass(frozen=True)
class SeriesBand:
    """One observed series: ISO dates, what was observed, and (5, date) quantiles 5, 25, 50, 75, 95 % of what might have been."""

    name: str
    unit: str
    dates: tuple[str, ...]
    observed: Array
    quantiles: Array


@dataclass(frozen=True)
class ParameterRow:
    """A parameter's 5, 50, 95 % before and after, in its unit."""

    name: str
    unit: str
    prior: tuple[float, float, float]
    posterior: tuple[float, float, float]


@dataclass(frozen=True)
class RankRow:
    """Ranks of made-up truths, in [0, 1], and the smaller p-value of two tests of uniformity."""

    name: str
    ranks: Array
    p_value: float


def calibration_html(
    title: str,
    facts: Mapping[str, str],
    series: Sequence[SeriesBand],
    parameters: Sequence[ParameterRow],
    ranks: Sequence[RankRow] = (),
) -> str:
    """The report.

    Args:
        title: of the page.
        facts: figures to list at the top, name to text.
        series, parameters, ranks: what is drawn; sections without content are left out.
    """
    parts = [f"<h1>{html.escape(title)}</h1>", "<dl>"]
    dated = {**facts, "Made on": made_on()}
    parts += [f"<dt>{html.escape(name)}</dt><dd>{html.escape(text)}</dd>" for name, text in dated.items()]
    parts.append("</dl>")
    if series:
        parts.append("<h2>What was observed, and what the posterior says might have been</h2>")
        parts += [_figure(f"{one.name} [{one.unit}]", _band_chart(one)) for one in series]
    if parameters:
        parts.append("<h2>Parameters before and after: 90 % intervals and medians, over the prior's median</h2>")
        parts.append(_figure("grey: prior, blue: posterior", _interval_chart(parameters)))
    if ranks:
        parts.append("<h2>Ranks of made-up truths among the members</h2>")
        parts.append(
            "<p>Flat bars: the method is calibrated. Humps: its posteriors are too wide; cups: too narrow; slopes: biased.</p>"
        )
        parts.append('<div class="grid">')
        parts += [_figure(f"{one.name}, p = {one.p_value:.3f}", _rank_chart(one)) for one in ranks]
        parts.append("</div>")
    body = "\n".join(parts)
    head = (
        f'<meta charset="utf-8">{GENERATOR}<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>'
    )
    return f'<!doctype html>\n<html lang="en"><head>{head}<style>{base_style()}{_STYLE}</style></head><body>\n{body}\n</body></html>\n'


def _figure(caption: str, chart: Specification) -> str:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg({**chart, "config": configuration()}, allowed_base_urls=[])
    label = html.escape(plain(caption))
    return f'<figure role="img" aria-label="{label}"><figcaption>{label}</figcaption>{with_variables(drawn)}</figure>'


def _band_chart(one: SeriesBand) -> Specification:
    rows = [
        {"date": date, "observed": float(value), **{f"q{level}": float(number) for level, number in enumerate(column)}}
        for date, value, column in zip(one.dates, one.observed, one.quantiles.T, strict=True)
    ]
    time = {"field": "date", "type": "temporal", "title": None}

    def axis(field: str) -> dict[str, Any]:
        return {"field": field, "type": "quantitative", "title": None}

    return {
        "width": 640,
        "height": 220,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "area", "color": "#9db9d9", "opacity": 0.45},
                "encoding": {"x": time, "y": axis("q0"), "y2": {"field": "q4"}},
            },
            {
                "mark": {"type": "area", "color": "#5f8dc0", "opacity": 0.45},
                "encoding": {"x": time, "y": axis("q1"), "y2": {"field": "q3"}},
            },
            {"mark": {"type": "line", "color": "#1f4e86"}, "encoding": {"x": time, "y": axis("q2")}},
            {
                "mark": {"type": "point", "filled": True, "size": 14, "color": "#b3341f"},
                "encoding": {"x": time, "y": axis("observed")},
            },
        ],
    }


def _interval_chart(parameters: Sequence[ParameterRow]) -> Specification:
    rows = []
    for one in parameters:
        unit = abs(one.prior[1]) or max(abs(one.prior[2]), 1e-12)
        for when, (low, middle, high) in (("prior", one.prior), ("posterior", one.posterior)):
            rows.append({"parameter": one.name, "when": when, "low": low / unit, "middle": middle / unit, "high": high / unit})
    place = {"field": "parameter", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 260}}
    order = ["prior", "posterior"]
    colour = {"field": "when", "scale": {"domain": order, "range": ["#9a9a9a", "#1f4e86"]}, "legend": None}
    shared = {"y": place, "yOffset": {"field": "when", "sort": order}, "color": colour}
    across = {"field": "low", "type": "quantitative", "title": None}
    return {
        "width": 420,
        "height": {"step": 9},
        "data": {"values": rows},
        "layer": [
            {"mark": {"type": "rule", "strokeWidth": 3}, "encoding": {**shared, "x": across, "x2": {"field": "high"}}},
            {"mark": {"type": "point", "filled": True, "size": 26}, "encoding": {**shared, "x": {**across, "field": "middle"}}},
        ],
    }


def _rank_chart(one: RankRow) -> Specification:
    counts, edges = np.histogram(one.ranks, bins=_BINS, range=(0, 1))
    expected = len(one.ranks) / _BINS
    around = 2 * np.sqrt(expected * (1 - 1 / _BINS))
    rows = [
        {"from": float(low), "to": float(high), "count": int(count)}
        for low, high, count in zip(edges[:-1], edges[1:], counts, strict=True)
    ]
    limits = [{"low": max(0.0, expected - around), "high": expected + around}]
    place = {"field": "from", "type": "quantitative", "bin": {"binned": True}, "title": None}
    count_axis = {"field": "count", "type": "quantitative", "title": None}
    return {
        "width": 230,
        "height": 90,
        "layer": [
            {
                "data": {"values": limits},
                "mark": {"type": "rect", "color": "#e3e3e3"},
                "encoding": {"y": {"field": "low", "type": "quantitative", "title": None}, "y2": {"field": "high"}},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "color": "#5f8dc0"},
                "encoding": {"x": place, "x2": {"field": "to"}, "y": count_axis},
            },
        ],
    }
