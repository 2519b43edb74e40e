"""The page in a notebook: traits in step with the page, clear errors, the frame in a real browser."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.page.conftest import EPIDEMIC

from foedus.case import Case, load
from foedus.errors import InputError
from foedus.page.widget import page_widget
from foedus.study.futures import run_futures

HOST = """<!doctype html><body><div id="place"></div><script type="module">
const values = VALUES, heard = {};
window.model = { get: (name) => values[name], set: (name, value) => { values[name] = value; }, save_changes: () => { window.saved = (window.saved ?? 0) + 1; },
  on: (name, work) => { heard[name] = work; }, off: (name) => { delete heard[name]; },
  move: (name, value) => { values[name] = value; heard[`change:${name}`](); } };
const url = URL.createObjectURL(new Blob([document.getElementById("esm").textContent], { type: "text/javascript" }));
window.clean = (await import(url)).default.render({ model: window.model, el: document.getElementById("place") });
</script><script type="text/plain" id="esm">ESM</script>"""


@pytest.fixture
def case() -> Case:
    return load(str(EPIDEMIC))


@pytest.fixture
def widget(case: Case) -> Any:
    pytest.importorskip("anywidget", reason="anywidget is not installed: no widget is made")
    return page_widget(case, height=500)


def test_traits(widget: Any) -> None:
    widget.levers = {"masks": 1}
    assert widget.levers == {"masks": 1.0} and widget.height == 500 and "<!doctype html>" in widget.page


@pytest.mark.parametrize(("name", "value"), [("levers", {"mask": 1}), ("parameters", {"masks": 1}), ("scenario", "nobody")])
def test_unknown_names_are_refused(widget: Any, name: str, value: Any) -> None:
    with pytest.raises(InputError, match="unknown-name"):
        setattr(widget, name, value)


def test_without_anywidget(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(InputError, match=r"`anywidget`[\s\S]*not installed[\s\S]*\[notebook\]"):
        page_widget(case)


def test_levers_go_both_ways(browser: Any, widget: Any, case: Case, tmp_path: Path) -> None:
    """Set in Python the page follows; moved in the page Python follows; what the page refuses is told."""
    names = ("page", "title", "height", "scenario", "levers", "parameters", "answers", "futures", "digest", "refused")
    values = json.dumps({name: getattr(widget, name) for name in names}).replace("</", "<\\/")
    path = tmp_path / "host.html"
    path.write_text(
        HOST.replace("VALUES", values).replace(
            "ESM", type(widget)._esm if isinstance(type(widget)._esm, str) else str(widget._esm)
        ),
        "utf-8",
    )
    tab = browser.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_function("() => model.get('digest')", timeout=120_000)
    assert tab.evaluate("() => model.get('digest')") == run_futures(case, 10_000, 0, trajectories=False).digest
    before = tab.evaluate("() => model.get('answers')")
    tab.evaluate("() => model.move('levers', { masks: 0.5 })")
    tab.wait_for_function(
        "(before) => JSON.stringify(model.get('answers')) !== JSON.stringify(before)", arg=before, timeout=60_000
    )
    frame = tab.frames[1]
    assert frame.evaluate("() => +document.querySelector('input[data-lever=masks]').value") == 0.5
    frame.evaluate("""() => { const input = document.querySelector('input[data-lever=masks]'); input.value = 0.25;
        input.dispatchEvent(new Event('input', { bubbles: true })); }""")
    tab.wait_for_function("() => model.get('levers').masks === 0.25", timeout=60_000)
    tab.evaluate("() => model.move('levers', { masks: 7 })")
    tab.wait_for_function("() => model.get('refused').length === 1", timeout=60_000)
    assert tab.evaluate("() => model.get('failures')") == []
    assert frame.evaluate("() => window.origin") == "null", "the page must not reach into the notebook"
    tab.close()
