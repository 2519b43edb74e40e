"""The page for everybody: axe-core finds nothing serious, nothing jumps, it is there at once."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput)
    window.shifted += entry.value; }).observe({ type: "layout-shift", buffered: true }); }"""


@pytest.fixture(scope="session")
def axe() -> str:
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed: no page is looked through"
    )
    return resources.files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=[1440, 360])
def tab(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": request.param, "height": 900}, color_scheme="light", offline=True)
    yield context.new_page()
    context.close()


def wait_told(tab: Any, futures: int) -> None:
    """Until all that so many futures say stands on the page."""
    tab.wait_for_function(f"() => document.documentElement.dataset.told === '{futures}'", timeout=60_000)


def faults(tab: Any) -> list[str]:
    """What axe-core calls serious or critical, with the first place of each."""
    found = tab.evaluate(
        "() => axe.run({ resultTypes: ['violations'] }).then((all) => all.violations.map((one) => [one.impact, one.id, one.nodes[0].html.slice(0, 160)]))"
    )
    return [f"{impact} {name}: {place}" for impact, name, place in found if impact in ("serious", "critical")]


def test_nothing_serious(tab: Any, page: Path, axe: str) -> None:
    """With a panel, a pinned scenario and the drawer open, so that all there is stands on the page."""
    tab.goto(f"{page.as_uri()}?futures=200")
    wait_told(tab, 200)
    tab.evaluate(axe)
    tab.locator("#pin").click()
    tab.evaluate("() => { document.querySelector('.drawer').open = true; }")
    tab.locator(".ask:visible").first.click()
    tab.wait_for_function(
        "() => !document.getElementById('compare-table').hidden && document.querySelector('.movers').children.length > 1",
        timeout=60_000,
    )
    wait_told(tab, 200)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        assert tab.evaluate("(scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme)
        assert faults(tab) == [], scheme


def test_a_fault_would_be_found(browser: Any, axe: str) -> None:
    tab = browser.new_page()
    tab.set_content("<html><body><button></button><p style='color:#ccc;background:#fff'>pale</p></body></html>")
    tab.evaluate(axe)
    names = " ".join(faults(tab))
    tab.close()
    assert "button-name" in names and "color-contrast" in names


def test_nothing_jumps(tab: Any, page: Path) -> None:
    """Layout shift while the answers come in and a lever moves: below a tenth of what counts as good."""
    tab.add_init_script(f"({SHIFTS})()")
    tab.goto(f"{page.as_uri()}?futures=2000")
    wait_told(tab, 2000)
    lever = tab.locator("input[data-lever]").first
    lever.evaluate("(input) => { input.value = input.max; input.dispatchEvent(new Event('input', { bubbles: true })); }")
    wait_told(tab, 2000)
    tab.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
    )  # shifts are told after their frame
    assert tab.evaluate("() => window.shifted") < 0.01
