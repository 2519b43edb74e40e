"""What one takes from the page says of itself what it is of, as of when, made when, of which scenario, under which licence, how it is cited."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.parametrize("case", ["epidemic"], indirect=True)
FUTURES = 200


@pytest.fixture
def tab(browser: Any, page: Path) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    opened.goto(f"{page.as_uri()}?futures={FUTURES}&seed=7")
    opened.wait_for_function("document.documentElement.dataset.digest !== ''", timeout=120_000)
    yield opened
    context.close()


def taken(tab: Any, selector: str) -> str:
    """The text of the file that a button gives."""
    with tab.expect_download() as found:
        tab.eval_on_selector(selector, "(button) => button.click()")
    return str(found.value.path().read_bytes().decode("utf-8"))


def shown(svg: str) -> str:
    """What can be read in a drawing."""
    return " ".join(part.text or "" for part in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text"))


def test_a_sheet_of_charts_can_be_cited(tab: Any, case: Any) -> None:
    tab.evaluate("() => foedus.choose({ scenario: foedus.settings.baseline, levers: { masks: 0.3 }, parameters: {} }, null)")
    tab.wait_for_function(f"document.documentElement.dataset.told === '{FUTURES}'", timeout=60_000)
    told = shown(taken(tab, "[data-export=charts-svg]"))
    assert case.tree.model.title in told and "made on " in told and "Licence: none is stated" in told
    assert f"{FUTURES} futures, seed 7" in told and f"program {case.program.digest[:16]}" in told and "Cite this: " in told
    assert "; Share of contacts without effect: 0.3”." in told, "whose numbers they are"
    assert "--set 'masks = 0.3'" in told, "and how they are had again"
    for chart in tab.evaluate("() => foedus.content.charts.map((one) => one.label)"):
        assert chart in told


def test_one_chart_and_one_answer_leave_alone(tab: Any) -> None:
    names = tab.evaluate("() => foedus.content.charts.map((one) => one.name)")
    tab.locator(".chart h3 button").first.click()
    told = shown(taken(tab, "[data-take=chart-svg]"))
    assert "Cite this: " in told and "Licence: " in told
    rows = list(csv.DictReader(taken(tab, "[data-take=chart-csv]").splitlines()))
    assert {row["variable"] for row in rows} == {names[0]} and all(
        row["cite"] and row["made_on"] and row["licence"] for row in rows
    )
    tab.keyboard.press("Escape")
    tab.locator(".ask:visible").first.click()
    rows = list(csv.DictReader(taken(tab, "[data-take=answer-csv]").splitlines()))
    assert len({row["question"] for row in rows}) == 1 and all(f"{FUTURES} futures, seed 7" in row["cite"] for row in rows)
    everything = list(csv.DictReader(taken(tab, "[data-export=answers-csv]").splitlines()))
    assert {row["question"] for row in everything} > {row["question"] for row in rows} and {
        row["case"] for row in everything
    } == {"epidemic"}
