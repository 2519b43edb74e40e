"""The page of a draft in a real browser: by mouse, by keyboard, on a small screen, for everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources
from typing import Any

import pytest

from draft.conftest import Page
from foedus.case import load
from foedus.study.futures import run_futures

pytestmark = pytest.mark.timeout(120)
Open = Callable[..., tuple[Any, Page]]


@pytest.fixture
def show(browser: Any, served: Callable[[str], Page]) -> Iterator[Open]:
    """Open the page of a subject; whatever goes wrong in it, or asks elsewhere, fails the test."""
    contexts, faults, asked = [], [], []

    def open_page(subject: str, width: int = 1280, scheme: str = "light", height: int = 800) -> tuple[Any, Page]:
        page = served(subject)
        context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: faults.append(str(error)))
        tab.on("console", lambda line: faults.append(line.text) if line.type == "error" and "409" not in line.text else None)
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(page.opened.address)
        tab.locator("html[data-ready=yes]").wait_for()
        return tab, page

    yield open_page
    for context in contexts:
        context.close()
    assert faults == [] and all(url.startswith("http://127.0.0.1:") for url in asked)


def done(tab: Any, count: int) -> None:
    """So many decisions are carried out and drawn."""
    tab.locator(f'html[data-done="{count}"]').wait_for()


def claim_with(page: Page, figure: str) -> str:
    return next(one["id"] for one in page.overview()["claims"] if one["figure"].startswith(figure))


def home_of(page: Page, claim: str) -> list[str] | None:
    return next(one["home"] for one in page.overview()["claims"] if one["id"] == claim)


def test_claims_are_dragged_into_slots_between_them_and_out(show: Open) -> None:
    tab, page = show("strike", height=2400)  # a mouse drags between things that are both in sight
    claim = claim_with(page, "6,000")
    slot = '.slot[data-slot="goods.{}"]'
    tab.locator(f'.claim[data-id="{claim}"]').drag_to(tab.locator(slot.format("added")))
    done(tab, 1)
    assert home_of(page, claim) == ["goods", "added"] and tab.locator(f"{slot.format('added')} .chip.hand").count() == 1
    assert "by hand" in tab.locator(f'.claim[data-id="{claim}"] .state').inner_text()
    tab.locator(f"{slot.format('added')} .chip").drag_to(tab.locator(slot.format("seized")))
    done(tab, 2)
    assert home_of(page, claim) == ["goods", "seized"] and tab.locator(f"{slot.format('added')} .chip").count() == 0
    tab.locator(f"{slot.format('seized')} .chip").drag_to(tab.locator("#claim-list"))
    done(tab, 3)
    assert (
        home_of(page, claim) is None
        and "Not covered: it was taken out by hand." in tab.locator(f'.claim[data-id="{claim}"]').inner_text()
    )
    ships = claim_with(page, "about 41")
    tab.locator(f'.claim[data-id="{ships}"]').drag_to(tab.locator(slot.format("stock_now")))
    tab.locator("#alert:not(:empty)").wait_for()
    assert "takes tonne" in tab.locator("#alert").inner_text() and home_of(page, ships) == ["queue", "waiting_now"]


def test_by_keyboard_alone_a_claim_is_placed_a_part_left_out_and_the_case_written(show: Open) -> None:
    tab, page = show("strike")
    claim = claim_with(page, "30 ships")

    def press(selector: str, key: str = "Enter") -> None:
        tab.locator(selector).focus()
        tab.keyboard.press(key)

    press(f'[data-key="put {claim}"]')
    target = tab.locator('#chooser [data-to="queue.arrivals"]')
    while not target.evaluate("one => one === document.activeElement"):
        tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    done(tab, 1)
    assert home_of(page, claim) == ["queue", "arrivals"] and not tab.locator("#chooser").is_visible()
    assert tab.evaluate("document.activeElement.dataset.key") == f"put {claim}"  # where one was
    press('[data-key="leave goods"]')
    done(tab, 2)
    assert tab.locator(".part").count() == 2 and tab.evaluate("document.activeElement.dataset.key") == "add goods"
    press('[data-key="answer horizon 0"]', "ArrowDown")
    done(tab, 3)
    assert tab.evaluate("document.activeElement.dataset.key") == "answer horizon 1"
    press("#undo")
    done(tab, 4)
    assert tab.locator('[data-key="answer horizon 0"]').is_checked()
    press("#write")
    tab.locator("#made:visible").wait_for()
    assert "rests on defaults" in tab.locator("#made").inner_text() and tab.evaluate("document.activeElement.id") == "made"
    page.thread.join(20)
    assert not page.thread.is_alive() and not run_futures(load(str(page.target)), 60, trajectories=False).faults


def test_what_was_refused_leaves_the_page_as_it_was(show: Open) -> None:
    tab, _ = show("refugees")
    tab.locator('[data-key="leave migration"]').click()
    tab.locator("#alert:not(:empty)").wait_for()
    assert "no part is left" in tab.locator("#alert").inner_text() and tab.locator(".part").count() == 1
    tab.locator("#shelf").select_option("queue")
    tab.locator("#add").click()
    done(tab, 1)
    assert tab.locator(".part").count() == 2 and tab.locator("#alert").inner_text() == ""


@pytest.fixture(scope="module")
def axe() -> str:
    package = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed: no page is looked through"
    )
    return resources.files(package).joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1280, 360])
def test_nothing_is_found_on_any_part_and_nothing_is_wider_than_the_screen(show: Open, axe: str, width: int) -> None:
    tab, page = show("grain", width)
    tab.evaluate(axe)

    def look() -> None:
        found = tab.evaluate(
            "axe.run().then((all) => all.violations.map((one) => [one.impact, one.id, one.nodes[0].html.slice(0, 160)]))"
        )
        assert found == []
        tab.emulate_media(color_scheme="dark")
        assert (
            tab.evaluate(
                "axe.run({ runOnly: ['color-contrast'] }).then((all) => all.violations.map((one) => one.nodes[0].html.slice(0, 160)))"
            )
            == []
        )
        tab.emulate_media(color_scheme="light")
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        lists = tab.evaluate(
            "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.id)"
        )
        assert lists == []

    for pane in ("claims", "questions", "parts"):
        if tab.locator(".panes").is_visible():
            tab.locator(f"button[data-pane={pane}]").click()
        look()
    page.decide("put", claim=claim_with(page, "3,000,000"), mechanism="goods", slot="wanted")
    page.decide("leave_out", mechanism="market")
    page.decide("add", mechanism="queue")
    tab.reload()
    tab.locator("html[data-ready=yes]").wait_for()
    tab.evaluate(axe)
    look()
    if tab.locator(".panes").is_visible():
        tab.locator("button[data-pane=claims]").click()
    tab.locator('[data-key^="put "]').nth(1).click()
    look()
