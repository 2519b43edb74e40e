"""The review for everybody: axe-core finds nothing serious on any of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from typing import Any

import pytest
from tests.review.conftest import Running


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed: no page is looked through"
    )
    return resources.files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(params=[1440, 360])
def tab(request: pytest.FixtureRequest, browser: Any, review: Running, axe: str) -> Iterator[Any]:
    """The review with axe-core in it."""
    context = browser.new_context(viewport={"width": request.param, "height": 900}, color_scheme="light")
    opened = context.new_page()
    opened.goto(f"{review.address}#V03")
    opened.locator("html[data-ready=yes]").wait_for()
    opened.evaluate(axe)
    yield opened
    context.close()


def faults(tab: Any) -> list[str]:
    """Everything that axe-core finds, minor things too, with the first place of each."""
    found = tab.evaluate(
        "axe.run().then((all) => all.violations.map((one) => [one.impact, one.id, one.nodes[0].html.slice(0, 160)]))"
    )
    tab.emulate_media(color_scheme="dark")
    pale = tab.evaluate(
        "axe.run({ runOnly: ['color-contrast'] }).then((all) => all.violations.map((one) => one.nodes[0].html.slice(0, 160)))"
    )
    tab.emulate_media(color_scheme="light")
    return [f"{impact} {name}: {place}" for impact, name, place in found] + [f"pale in the dark: {place}" for place in pale]


def test_nothing_is_found_on_any_part(tab: Any) -> None:
    """Each part, a conflict, the form with a refusal, the keys."""
    tab.keyboard.press("a")
    tab.locator(".pair").first.wait_for(state="attached")
    for pane in ("queue", "reader", "claim"):
        if tab.locator(".panes").is_visible():
            tab.locator(f"button[data-pane={pane}]").click()
        assert faults(tab) == [], pane
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("e")
    tab.locator("#edit-quantity-unit").fill("person")
    tab.keyboard.press("Control+Enter")
    tab.locator("#alert:not(:empty)").wait_for()
    assert faults(tab) == []
    tab.keyboard.press("Escape")
    tab.locator("#open-help").click()
    assert faults(tab) == []
