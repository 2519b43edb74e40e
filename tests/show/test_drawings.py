"""Chart specifications, the diagram and the notebook's table."""

import dataclasses
import re

import pytest

import foedus
from foedus.analysis.finding import FlowInfo, StockInfo, Structure
from foedus.show.charts import fan_chart
from foedus.show.diagram import diagram_svg
from foedus.show.diagram_layout import lay_out
from foedus.show.notebook import html_summary
from foedus.show.report import figures_of

from .sample import sample_structure


def test_specifications_are_valid_vega_lite(finding):
    altair = pytest.importorskip("altair")
    medians = [scenario.name for scenario in finding.scenarios[1:4]]
    specification = fan_chart(finding.bands[4], finding.scenarios, finding.as_of, medians=medians)
    assert altair.Chart.from_dict(specification).to_dict()["layer"]


def test_a_chart_shows_nothing_observed_after_the_as_of_date_and_no_more_points_than_needed(finding):
    band = finding.bands[4]
    label, dates, values = band.observed[0]
    later = dataclasses.replace(band, observed=((label, (*dates, "2025-03-01"), (*values, 1.0)),))
    specification = fan_chart(later, finding.scenarios, finding.as_of)
    dots = next(layer for layer in specification["layer"] if layer["mark"]["type"] == "point")
    assert max(row["t"][:10] for row in dots["data"]["values"]) <= finding.as_of
    assert all(len(layer["data"]["values"]) <= 53 for layer in specification["layer"])


def test_holes_in_the_bands_are_left_out(finding):
    band = finding.bands[0]
    values = {name: rows.copy() for name, rows in band.quantiles.items()}
    values["as_reported"][:, 10:20] = float("nan")
    specification = fan_chart(dataclasses.replace(band, quantiles=values), finding.scenarios, finding.as_of)
    assert "nan" not in repr(specification).lower()


def test_the_diagram_has_every_stock_and_flow_once():
    structure = sample_structure()
    drawing = str(diagram_svg(structure))
    assert drawing.count('<g class="stock">') == len(structure.stocks) >= 40
    assert drawing.count('<g class="valve">') == len(structure.flows) >= 60
    assert "<script" not in drawing and "<title" in drawing and "<desc" in drawing


def test_boxes_and_valves_do_not_overlap_and_stand_inside():
    parts, (width, height) = lay_out(sample_structure())
    boxes = [(x, y, 116, 46) for part in parts for x, y in part.stocks.values()]
    valves = [(x, y + 8, 84, 40) for part in parts for x, y in part.flows.values()]
    placed = boxes + valves
    for i, (x, y, w, h) in enumerate(placed):
        assert w / 2 <= x <= width - w / 2 and h / 2 <= y <= height - h / 2
        for u, v, a, b in placed[i + 1 :]:
            assert abs(x - u) >= (w + a) / 2 - 1 or abs(y - v) >= (h + b) / 2 - 1, ((x, y), (u, v))
    assert width <= 1300


def test_letters_are_at_least_11_px():
    from importlib.resources import files

    style = files("foedus.show").joinpath("templates/report.css").read_text()
    sizes = [float(size) for size in re.findall(r"\.diagram [^{]*\{[^}]*?font(?:-size)?:(\d+)px", style)]
    assert sizes and min(sizes) >= 11


@pytest.mark.parametrize(
    "flows",
    [
        [("f", "a", "b"), ("g", "b", "a")],
        [("f", "a", "a")],
        [("f", "a", "b"), ("g", "b", "c"), ("h", "a", "c"), ("i", "c", "a")],
        [("f", "outside", "a"), ("g", "b", "outside")],
        [],
    ],
    ids=["there and back", "to itself", "shortcut and circle", "only outside", "no flow"],
)
def test_odd_structures_are_drawn(flows):
    stocks = tuple(StockInfo(name, "1", "") for name in "abc")
    structure = Structure(stocks, tuple(FlowInfo(*flow, "1/week", "") for flow in flows))
    drawing = str(diagram_svg(structure))
    assert drawing.count('<g class="stock">') == 3 and drawing.count('<g class="valve">') == len(flows)
    assert "nan" not in drawing


def test_the_notebook_table_is_escaped_and_small(finding):
    summary = html_summary(finding)
    assert summary.count("<tr>") == len(finding.questions) + 1
    assert "<script" not in summary and "&lt;script&gt;" in summary and len(summary) < 30_000


def test_a_chart_that_is_cut_off_has_the_same_bytes_again_and_says_so(tmp_path):
    path = tmp_path / "tail.foedus"
    path.write_text(
        'model tail as of 2024-01-01 for 20 weeks step 1 week\nparam growth : 1/week ~ -0.2 to 0.6 because "judgement"\n'
        'stock ill : 1 = 10 "Ill"\nflow caught : outside -> ill = growth * ill\nquestion q "How many?" at the end value ill\n'
    )
    finding = foedus.run(foedus.load(str(path)), futures=400)
    first, again = ([str(one.svg) for one in figures_of(finding)] for _ in range(2))
    assert first == again and "cut off: the 90 % band goes to " in first[0] and "clip" not in first[0].lower()
