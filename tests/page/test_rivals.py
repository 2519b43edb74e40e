"""What was written when the page was made says of which world it is, whatever the reader moves; and page and terminal agree on hard answers."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.page.test_browser import move, show

from foedus.analysis import compare
from foedus.case import Case, load
from foedus.files import write_text
from foedus.page.build import page_html
from foedus.show.words import percent
from foedus.study.futures import run_futures

POND = Path(__file__).parent / "rivals.foedus"


@pytest.fixture(scope="module")
def pond() -> Case:
    return load(str(POND))


@pytest.fixture
def tab(browser: Any, pond: Case, tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "pond.html"
    write_text(path, page_html(pond))
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    opened.faults, opened.path = [], path
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    yield opened
    context.close()
    assert opened.faults == []


def stands(tab: Any) -> bool:
    return tab.evaluate("getComputedStyle(document.querySelector('#rivals .stands')).visibility") == "visible"


def test_what_does_not_move_says_so(tab: Any) -> None:
    show(tab, tab.path, digest=False)
    rivals = tab.locator("#rivals").inner_text()
    assert not stands(tab) and "Half of it is lost on the way" in rivals and "of the case as it stands" in rivals
    assert "answers above" not in rivals  # which move
    move(tab, "fed", "2.5")
    assert stands(tab) and "not of that" in tab.locator("#rivals .stands").inner_text()
    assert "does not change these" in tab.locator("#judgements").inner_text()
    assert tab.evaluate("getComputedStyle(document.querySelector('.badge')).visibility") == "hidden"
    tab.locator("#reset").click()
    tab.wait_for_function("!document.documentElement.classList.contains('altered')")
    assert not stands(tab)


def test_another_scenario_or_a_fixed_parameter_is_told_too(tab: Any) -> None:
    for state in ("#v=1&s=lean", "#v=1&p.loss=0.03", "#v=1&l.fed=2"):
        tab.goto("about:blank")
        show(tab, tab.path, state=state, digest=False)
        assert stands(tab), state


@pytest.mark.parametrize("futures", [12, 200])
def test_conditions_dates_and_states_are_those_of_python(tab: Any, pond: Case, futures: int) -> None:
    """Where too few futures have an answer to tell an interval, both say so."""
    show(tab, tab.path, futures=futures, digest=False)
    ran = run_futures(pond, futures, 7, trajectories=False)
    found = json.loads(tab.evaluate("JSON.stringify(window.foedus.answers)"))
    for slot in pond.program.results:
        answer, shown = compare(ran, slot)["baseline"], found[slot.name]
        assert shown["futures"] == answer.futures and shown["asked"] == pytest.approx(answer.asked_of)
        assert shown["value"] == pytest.approx(answer.value, rel=1e-9) and shown["valueError"] == pytest.approx(
            answer.error, rel=1e-9
        )
        if answer.quantiles is not None:
            ends = [math.nan if one is None else one for one in shown["quantiles"]]
            assert ends == pytest.approx(answer.quantiles, rel=1e-9, nan_ok=True)
            card = tab.locator(f"[data-question='{slot.name}']").inner_text()
            assert ("too few futures" in card) == (answer.futures < 20), card
        if answer.chance is not None:
            assert shown["chance"] == pytest.approx(answer.chance)
            assert percent(answer.chance).replace(" ", "") in tab.locator(f"[data-question='{slot.name}']").inner_text().replace(
                "\\u00a0", ""
            ).replace(" ", "")
