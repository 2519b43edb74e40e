"""Charts as files: each with its title above, and below it, in the picture itself, whose numbers they are and how to cite them."""

from __future__ import annotations

import math
import re
import struct
import textwrap
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from markupsafe import escape

from foedus.analysis.finding import Answer, Band, Finding, QuestionFinding
from foedus.analysis.track_record import RecordSeries, TrackRecord
from foedus.bundle.facts import Caption
from foedus.bundle.tables import BundleTable, answer_table, band_table, record_table
from foedus.show.charts import FONT, NUMBER_LABEL, PERCENT_LABEL, Specification, configuration, fan_chart, observed_shown
from foedus.show.palette import SCENARIO_COLOURS, THEME, scenario_colour, scenario_dash
from foedus.show.ranking import over_what
from foedus.show.record_chart import record_chart
from foedus.show.render import drawn
from foedus.show.report import choices_of
from foedus.show.words import plain, unit_words
from foedus.wording import counted

__all__ = ["ROW", "WIDTH", "Drawing", "Key", "answer_chart", "answer_rows", "band_chart", "drawing", "picture", "record_charts"]

WIDTH, ROW = 330, 22
_MARGIN, _LINE, _LETTER = 14, 15, 5.6
_SCALE = 2.0


@dataclass(frozen=True)
class Key:
    """A line of the legend: its words, and the mark before them: a line of a colour and dash, or a sign."""

    words: str
    colour: str = ""
    dash: tuple[int, ...] = ()
    sign: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart that leaves as a file, with its numbers.

    Attributes:
        title: above it; told: what is drawn, in a sentence; keys: its legend.
        scenario: whose numbers they are, in words, where it is not that of the caption.
    """

    title: str
    told: str
    specification: Specification
    keys: tuple[Key, ...]
    table: BundleTable
    scenario: str = ""


def band_chart(finding: Finding, band: Band) -> Drawing:
    """A variable over time, with the medians of the scenarios that move the answers most."""
    shown = {choice.label for choice in choices_of(finding) if choice.is_shown}
    others = [(place, one) for place, one in enumerate(finding.scenarios[1 : SCENARIO_COLOURS + 1], 1) if one.label in shown]
    specification = fan_chart(band, finding.scenarios, finding.as_of, medians=[one.name for _, one in others])
    base = plain(finding.scenarios[0].label) if finding.scenarios else ""
    keys = [Key(f"median, “{base}”; dark: half of the futures, light: nine in ten", "base")]
    keys += [Key(f"median, “{plain(one.label)}”", scenario_colour(place), scenario_dash(place)) for place, one in others]
    seen = [label for label, dates, _ in observed_shown(band, finding.as_of) if dates]
    keys += [Key(label, "seen", sign="●■◆▲"[place % 4]) for place, label in enumerate(seen)]
    unit = unit_words(band.unit)
    title = plain(f"{band.label or band.name}{f', {unit}' if unit else ''}")
    told = f"Median and bands of {title} over time under “{base}”."
    return Drawing(title, told, specification, tuple(keys), band_table(finding, band))


def record_charts(finding: Finding, record: TrackRecord) -> list[tuple[str, Drawing]]:
    """Forecasts of the past against what came, by series and horizon, each with the name of its variable."""
    return [
        (f"record {series.name} {horizon}", _record_chart(finding, series, horizon))
        for series in record.series
        for horizon in series.forecasts
    ]


def _record_chart(finding: Finding, series: RecordSeries, horizon: int) -> Drawing:
    title = plain(f"{series.name}: said {counted(horizon, 'week')} before, and what came")
    keys = (Key("the 90 % interval of a forecast, and its median", "band-50"), Key("what came", "seen", sign="●"))
    told = "Each bar is the 90 % interval of one forecast at the date that it was about, its line the median, the dot what came."
    return Drawing(title, told, record_chart(series, horizon), keys, record_table(finding, title, series.forecasts[horizon]))


def answer_chart(finding: Finding, question: QuestionFinding) -> Drawing:
    """The answer under each scenario: a dot, and a bar for its range over the assumptions, or of an amount the 90 % interval."""
    is_chance = question.kind == "probability"
    rows = [
        _answer_row(question.answers[one.name], one.label, is_chance) for one in finding.scenarios if one.name in question.answers
    ]
    bar = f"range {over_what(finding)}" if is_chance else "90 % of the futures"
    keys = [Key("chance" if is_chance else "median", "base", sign="●")]
    if any("low" in row for row in rows):
        keys.append(Key(bar, "band-50"))
    table = answer_table(replace(finding, questions=(question,)))
    unit = "" if is_chance else unit_words(question.unit)
    title = plain(f"{question.ask}{f' ({unit})' if unit else ''}")
    return Drawing(
        title,
        f"The answer under each scenario, with its {bar}.",
        answer_rows(rows, is_chance),
        tuple(keys),
        BundleTable(title, table.columns, table.rows, table.scenario, table.source),
        f"{counted(len(rows), 'scenario')}, on the same futures",
    )


def _answer_row(answer: Answer, label: str, is_chance: bool) -> Specification:
    value = answer.probability if is_chance else None if answer.quantiles is None else answer.quantiles[2]
    ends = answer.grounds.spread if is_chance and answer.grounds is not None else None
    if answer.quantiles is not None:
        ends = (answer.quantiles[0], answer.quantiles[4])
    row: Specification = {"s": plain(label)}
    if value is not None and math.isfinite(value):
        row["v"] = float(f"{value:.5g}")
    if ends is not None and all(map(math.isfinite, ends)):
        low, high = (min(1.0, max(0.0, end)) for end in ends) if is_chance else ends
        row |= {"low": float(f"{low:.5g}"), "high": float(f"{high:.5g}")}
    return row


def answer_rows(rows: Sequence[Specification], is_chance: bool) -> Specification:
    """One row for each scenario, in their order: `s` what it is called, `v` its dot, `low` and `high` the ends of its bar."""
    scale = {"domain": [0, 1]} if is_chance else {"zero": False, "nice": True}
    look: Specification = {"labelExpr": PERCENT_LABEL} if is_chance else {"format": "~s", "labelExpr": NUMBER_LABEL}
    axis = {"title": None, "tickCount": 5, **look, "grid": True}
    look = {"title": None, "labelLimit": 300, "ticks": False, "domain": False}
    where = {"field": "s", "type": "nominal", "sort": [row["s"] for row in rows], "axis": look}

    def value(field: str) -> Specification:
        return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}

    bars = [row for row in rows if "low" in row]
    bar = {"type": "rule", "color": THEME["band-50"][0], "strokeWidth": 6}  # square ends: they stand where the range ends
    dot = {"type": "point", "filled": True, "size": 55, "color": THEME["base"][0], "opacity": 1}
    layers = [{"mark": dot, "encoding": {"y": where, "x": value("v")}, "data": {"values": list(rows)}}]
    if bars:
        layers.insert(
            0, {"mark": bar, "encoding": {"y": where, "x": value("low"), "x2": {"field": "high"}}, "data": {"values": bars}}
        )
    return {"width": WIDTH, "height": {"step": ROW}, "layer": layers, "config": configuration()}


def drawing(chart: Drawing, caption: Caption) -> str:
    """The chart as an SVG file in light colours, with its words above and below and its description inside."""
    svg = _numbered(drawn(chart.specification))
    head_end = svg.index(">") + 1
    inner, box = svg[head_end : svg.rindex("</svg>")], re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg[:head_end])
    wide, high = (float(box[1]), float(box[2])) if box is not None else (WIDTH * 1.3, 260.0)
    width = max(wide, 460.0) + 2 * _MARGIN
    title = _wrapped(chart.title, width - 2 * _MARGIN, 1.28)
    top = _MARGIN + 19 * len(title) + 4
    below = _below(chart, caption, width, top + high + 18)
    height = below[1] + _MARGIN - 4
    lines = "".join(
        _text(line, _MARGIN, _MARGIN + 13 + 19 * place, "ink", 14, ' font-weight="bold"') for place, line in enumerate(title)
    )
    size = f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} role="img" font-family="{FONT}">\n'
        f"<title>{_safe(chart.title)}</title>\n<desc>{_safe(_description(chart, caption))}</desc>\n{_metadata(chart, caption)}\n"
        f'<rect width="100%" height="100%" fill="{THEME["card"][0]}"/>\n{lines}\n'
        f'<g transform="translate({_MARGIN},{top:.0f})" role="presentation">{inner}</g>\n{below[0]}\n</svg>\n'
    )


def _numbered(svg: str) -> str:
    """The drawing with gradients numbered from its own first one: the library counts through all that it has drawn."""
    for place, name in enumerate(dict.fromkeys(re.findall(r'\sid="([^"]*)"', svg))):
        svg = svg.replace(f'id="{name}"', f'id="part-{place}"').replace(f"url(#{name})", f"url(#part-{place})")
    return svg


def picture(svg: str) -> bytes:
    """The same as PNG, twice as large."""
    import vl_convert

    made: bytes = vl_convert.svg_to_png(svg, scale=_SCALE)
    return _packed(made)


def _packed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: it comes compressed for speed."""
    chunks, place, pixels = [png[:8]], 8, b""
    while place < len(png):
        (size,), kind = struct.unpack(">I", png[place : place + 4]), png[place + 4 : place + 8]
        whole, place = png[place : place + 12 + size], place + 12 + size
        if kind == b"IDAT":
            pixels += whole[8:-4]
            continue
        if kind == b"IEND":
            packed = b"IDAT" + zlib.compress(zlib.decompress(pixels), 6)
            chunks.append(struct.pack(">I", len(packed) - 4) + packed + struct.pack(">I", zlib.crc32(packed)))
        chunks.append(whole)
    return b"".join(chunks)


def _below(chart: Drawing, caption: Caption, width: float, start: float) -> tuple[str, float]:
    """Legend, dates, scenario, source, licence, how to cite it; and where that ends."""
    parts, y = [], start
    for key in chart.keys:
        for place, line in enumerate(_wrapped(key.words, width - 2 * _MARGIN - 36)):
            if not place:
                parts.append(_mark(key, y))
            parts.append(_text(line, _MARGIN + 36, y, "ink"))
            y += _LINE
    y += 5
    for told in _caption(chart, caption):
        for line in _wrapped(told, width - 2 * _MARGIN):
            parts.append(_text(line, _MARGIN, y, "soft"))
            y += _LINE
    return "\n".join(parts), y - _LINE + 4


def _caption(chart: Drawing, caption: Caption) -> list[str]:
    """The lines that go with the chart wherever it goes."""
    return [
        ". ".join(part for part in (caption.dates, chart.scenario or caption.scenario) if part) + ".",
        f"Source: {chart.table.source}. Licence: {caption.licence}.",
        f"Cite this: {caption.cite}",
    ]


def _description(chart: Drawing, caption: Caption) -> str:
    return " ".join([chart.told, *_caption(chart, caption)])


def _metadata(chart: Drawing, caption: Caption) -> str:
    """The same as Dublin Core, for programs."""
    told = {
        "title": chart.title,
        "description": chart.told,
        "date": caption.made_on,
        "coverage": caption.as_of,
        "source": chart.table.source,
        "rights": caption.licence,
        "identifier": caption.digest,
        "publisher": f"Case {caption.case}",
    }
    rows = "".join(f"<dc:{name}>{_safe(text)}</dc:{name}>" for name, text in told.items() if text)
    cite = f"<dcterms:bibliographicCitation>{_safe(caption.cite)}</dcterms:bibliographicCitation>"
    spaces = (
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/"'
    )
    return f'<metadata><rdf:RDF {spaces}><rdf:Description rdf:about="">{rows}{cite}</rdf:Description></rdf:RDF></metadata>'


def _mark(key: Key, y: float) -> str:
    colour = THEME[key.colour][0]
    if key.sign:
        return f'<text x="{_MARGIN + 8}" y="{y:.0f}" font-size="11" fill="{colour}">{key.sign}</text>'
    dash = "" if key.dash in ((), (1, 0)) else f' stroke-dasharray="{" ".join(map(str, key.dash))}"'
    wide = 6 if key.colour == "band-50" else 2.2
    return f'<path d="M{_MARGIN},{y - 4:.0f}h26" fill="none" stroke="{colour}" stroke-width="{wide}"{dash}/>'


def _text(line: str, x: float, y: float, colour: str, size: int = 11, more: str = "") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size}" fill="{THEME[colour][0]}"{more}>{_safe(line)}</text>'


def _wrapped(text: str, width: float, size: float = 1.0) -> list[str]:
    """Lines that fit a width; long words are broken, for a digest has no blank."""
    return textwrap.wrap(plain(text).replace(" %", "\u00a0%"), max(20, int(width / (_LETTER * size)))) or [""]


def _safe(text: str) -> str:
    return str(escape(plain(text)))
