"""The review in a real browser, by keyboard alone, with no other address asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.review.conftest import Running, running
from tests.review.sample import EVIL, make_case, make_large_case

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    opened = context.new_page()
    opened.faults, opened.asked = [], []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on(
        "console", lambda line: opened.faults.append(line.text) if line.type == "error" and "409" not in line.text else None
    )
    opened.on("dialog", lambda dialog: (opened.faults.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()
    assert opened.faults == []


def show(tab: Any, review: Running, claim: str = "V01") -> None:
    tab.goto(f"{review.address}#{claim}")
    tab.locator(f"html[data-ready=yes][data-current={claim}]").wait_for()


def press(tab: Any, key: str) -> float:
    """Press a key; milliseconds until what it changed was painted."""
    tab.evaluate("document.documentElement.dataset.ms = ''")
    tab.keyboard.press(key)
    tab.locator("html:not([data-ms=''])").wait_for()
    return float(tab.evaluate("document.documentElement.dataset.ms"))


def current(tab: Any) -> str:
    return tab.evaluate("document.documentElement.dataset.current")


def median(tab: Any) -> float:
    return float(tab.locator("#prior").get_attribute("data-median") or "nan")


def stored(review: Running, name: str) -> Any:
    with review.store() as store:
        return store.claim(name)


def test_a_review_by_keyboard_alone_ends_in_the_store(tab: Any, review: Running) -> None:
    show(tab, review)
    before, density = median(tab), tab.locator("#prior .density").get_attribute("d")
    press(tab, "j")
    assert current(tab) == "V02" and tab.locator("#list [aria-selected=true]").get_attribute("data-id") == "V02"
    press(tab, "a")
    assert stored(review, "V02").claim.status == "accepted" and stored(review, "V02").events[-1].who == "Ana"
    assert median(tab) > before and tab.locator("#prior .density").get_attribute("d") != density
    assert tab.locator("#prior path.before").count() == 1
    assert tab.locator("mark[aria-current]").get_attribute("class") == "accepted"
    assert tab.locator("#list [data-id=V02] .badge").inner_text() == "accepted"
    assert "V02 accepted" in tab.locator("#said").inner_text()
    press(tab, "r")
    assert stored(review, "V02").claim.status == "rejected" and median(tab) == before
    press(tab, "u")
    assert stored(review, "V02").claim.status == "accepted"
    assert [event.action for event in stored(review, "V02").events] == ["import", "accept", "reject", "restore"]
    press(tab, "k")
    assert current(tab) == "V01"
    press(tab, "n")
    assert current(tab) == "V03"


def test_an_edit_by_keyboard(tab: Any, review: Running) -> None:
    show(tab, review)
    before = median(tab)
    tab.keyboard.press("w")
    tab.keyboard.type("the office corrected it")
    tab.keyboard.press("Escape")
    tab.keyboard.press("e")
    field = tab.locator("#edit-quantity-value")
    field.wait_for()
    assert field.evaluate("(one) => one === document.activeElement") and field.input_value() == "40"
    field.fill("1,400")
    press(tab, "Control+Enter")
    claim = stored(review, "V01")
    assert (
        claim.claim.quantity.value == 1400
        and claim.claim.status == "edited"
        and claim.events[-1].why == "the office corrected it"
    )
    assert median(tab) > 10 * before and tab.locator("form.edit").count() == 0
    assert tab.locator("#why").input_value() == ""
    tab.keyboard.press("e")
    field.wait_for()
    field.fill("60")
    tab.keyboard.press("Escape")
    assert tab.locator("form.edit").count() == 0 and stored(review, "V01").version == claim.version


def test_an_edit_that_is_refused_says_why_and_stays_open(tab: Any, review: Running) -> None:
    show(tab, review)
    tab.keyboard.press("e")
    tab.locator("#edit-quantity-unit").fill("person")
    tab.keyboard.press("Control+Enter")
    tab.locator("#alert:not(:empty)").wait_for()
    assert "unit person" in tab.locator("#alert").inner_text() and tab.locator("#edit-quantity-unit").input_value() == "person"
    assert stored(review, "V01").version == 1


def test_a_conflict_stands_side_by_side_and_goes(tab: Any, review: Running) -> None:
    show(tab, review, "V03")
    assert tab.locator(".pair").count() == 0
    press(tab, "a")
    sides = tab.locator(".pair .side")
    boxes = [sides.nth(place).bounding_box() for place in range(2)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"]
    texts = sides.all_inner_texts()
    for words in ("about 40 ship", "harbour office", "at least 40 ships had left", "24 Oct 2024"):
        assert words in texts[0]
    assert "about 110 ship" in texts[1] and "110 ships,” the dockers" in texts[1]
    assert tab.locator("#list .clash").count() == 2
    press(tab, "c")
    assert current(tab) == "V01"
    press(tab, "c")
    press(tab, "u")
    assert tab.locator(".pair").count() == 0 and tab.locator("#list .clash").count() == 0


def test_the_figure_and_the_source_are_shown_at_their_characters(tab: Any, review: Running) -> None:
    """Characters outside the basic plane and carriage returns stand before them and between them."""
    show(tab, review, "V03")
    assert tab.evaluate("[...CSS.highlights.get('claim-figure')].map(String)") == ["110"]
    assert tab.evaluate("[...CSS.highlights.get('claim-source')].map(String)") == ["The harbour office of Velmar"]
    press(tab, "k")
    press(tab, "k")
    words = tab.evaluate(
        "Object.fromEntries([...CSS.highlights].map(([name, ranges]) => [name, [...ranges].map((one) => one.toString())]))"
    )
    assert words["claim-figure"] == ["40"] and words["claim-source"] == ["The harbour office of Velmar"]
    assert tab.locator("mark[aria-current]").all_inner_texts() == [
        "The harbour office of Velmar said on Thursday that at least 40 ships had left since the strike began."
    ]


def test_markup_in_claims_and_documents_is_inert(tab: Any, review: Running) -> None:
    show(tab, review, "V04")
    for place in ("#card .paraphrase", "#text", "#list", "#rest", "#by-group"):
        assert EVIL in tab.locator(place).text_content(), place
    tab.keyboard.press("e")
    assert tab.locator("#edit-paraphrase").input_value() == EVIL
    tab.keyboard.press("Escape")
    press(tab, "a")
    assert tab.title() == "Review: velmar" and tab.locator("main img, main script, body script").count() == 0
    assert tab.locator("a[href^='javascript']").count() == 0
    assert tab.evaluate("Array.from(document.querySelectorAll('*')).every((one) => !one.hasAttribute('onerror'))")


def test_another_site_can_neither_post_nor_read(tab: Any, review: Running, browser: Any) -> None:
    """A page of another origin that even knows the address."""
    target = json.dumps(f"{review.address}decide")
    body = json.dumps(json.dumps({"action": "accept", "claim": "V02", "version": 1, "why": "", "typed": {}}))
    attempts = {
        "simple": f'fetch({target}, {{ method: "POST", mode: "no-cors", headers: {{ "Content-Type": "text/plain" }}, body: {body} }})',
        "json": f'fetch({target}, {{ method: "POST", headers: {{ "Content-Type": "application/json" }}, body: {body} }})',
        "read": f"fetch({json.dumps(review.address + 'overview')}).then((found) => found.text())",
    }
    tab.route("http://evil.example/", lambda route: route.fulfill(body="<title>evil</title>", content_type="text/html"))
    tab.goto("http://evil.example/")
    outcomes = {name: tab.evaluate(f"{act}.then(() => 'sent', () => 'failed')") for name, act in attempts.items()}
    tab.faults.clear()  # the browser's own words about what it refused
    assert outcomes["json"] == outcomes["read"] == "failed"
    assert stored(review, "V02").version == 1


def test_filters_and_the_help_by_keyboard(tab: Any, review: Running) -> None:
    show(tab, review)
    tab.keyboard.press("1")
    assert tab.locator("#found").inner_text() == "3 of 5"
    tab.locator("html[data-current=V02]").wait_for()
    press(tab, "A")
    tab.locator("html[data-current=V03]").wait_for()
    assert stored(review, "V02").claim.status == "accepted"
    assert tab.locator("#found").inner_text() == "3 of 5"
    tab.keyboard.press("/")
    tab.keyboard.type("union")
    assert tab.locator("#found").inner_text() == "1 of 5"
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert tab.locator("#found").inner_text() == "5 of 5"
    tab.keyboard.press("g")
    assert tab.locator("#found").inner_text() == "3 of 5"
    tab.keyboard.press("?")
    assert tab.locator("#help").is_visible()
    tab.keyboard.press("a")
    assert stored(review, "V03").claim.status == "proposed"
    tab.keyboard.press("Escape")
    assert not tab.locator("#help").is_visible()


def test_single_keys_can_be_turned_off(tab: Any, review: Running) -> None:
    def decisions() -> int:
        return sum(url.endswith("/decide") for url in tab.asked)

    show(tab, review, "V02")
    tab.keyboard.press("?")
    tab.locator("#keys-on").uncheck()
    tab.keyboard.press("Escape")
    tab.evaluate("document.activeElement.blur()")
    tab.keyboard.press("a")
    tab.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert decisions() == 0 and stored(review, "V02").claim.status == "proposed"
    tab.locator("#do-accept").click()
    tab.locator("#claim-title .accepted").wait_for()
    assert decisions() == 1, "the key has sent nothing, sooner or later"
    assert stored(review, "V02").claim.status == "accepted"


def test_what_others_change_appears(tab: Any, review: Running) -> None:
    show(tab, review)
    before = median(tab)
    with review.store() as store:
        store.edit("V01", {"quantity.value": 80}, "Bo", "misread")
    tab.locator("#claim-title .edited").wait_for(timeout=15_000)
    assert median(tab) > before and "80" in tab.locator("#list [data-id=V01] .figure").inner_text()


def test_a_decision_on_what_another_has_changed_is_refused_with_words(tab: Any, review: Running) -> None:
    show(tab, review, "V02")
    tab.keyboard.press("e")
    tab.locator("#edit-quantity-value").fill("46")
    with review.store() as store:
        store.edit("V02", {"quantity.value": 47}, "Bo", "misread")
    tab.keyboard.press("Control+Enter")
    tab.locator("#alert:not(:empty)").wait_for()
    assert "Bo changed" in tab.locator("#alert").inner_text()
    assert stored(review, "V02").claim.quantity.value == 47


def test_without_documents_the_page_says_why_and_how(tab: Any, tmp_path: Path) -> None:
    case = make_case(tmp_path)
    (case / "documents").rename(tmp_path / "elsewhere")
    with running(case) as review:
        show(tab, review)
        text = tab.locator("#text").inner_text()
        assert "--documents DIR" in text and "No folder" in text and "At least forty ships have left." in text
        press(tab, "j")
        assert tab.locator("#text [aria-current]").get_attribute("data-id") == "V02"
        press(tab, "a")
        assert "accepted" in tab.locator("#text [data-id=V02]").get_attribute("class")
    with running(case, tmp_path / "elsewhere") as review:
        show(tab, review)
        assert tab.locator("#text mark").count() > 3
    (tmp_path / "elsewhere" / "velmar.txt").write_text("Another text under the same name: at least 40 ships had left.")
    with running(case, tmp_path / "elsewhere") as review:
        show(tab, review)
        assert tab.locator("#text mark").count() == 0 and "has changed" in tab.locator("#text").inner_text()


@pytest.mark.parametrize("width", [360, 768, 1024, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_sticks_out_and_all_text_has_contrast(browser: Any, review: Running, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab = context.new_page()
    show(tab, review, "V03")
    press(tab, "a")
    faint = "#claim-title { color: color-mix(in srgb, var(--ink) 20%, var(--page)) }"
    for pane in ("queue", "reader", "claim"):
        if width < 900:
            tab.locator(f"button[data-pane={pane}]").click()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert tab.evaluate(FAINT) == [], pane
    tab.evaluate(
        "(text) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text); document.adoptedStyleSheets = [sheet]; }", faint
    )
    assert len(tab.evaluate(FAINT)) == 1
    context.close()


def test_every_control_has_a_name_and_lists_have_roles(tab: Any, review: Running) -> None:
    show(tab, review)
    for key in ("", "e"):
        if key:
            tab.keyboard.press(key)
        nameless = tab.evaluate("""[...document.querySelectorAll("button, input, select, textarea, [role=img], [role=region], [role=listbox], [role=group], dialog")].filter((one) =>
            !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby") || one.textContent.trim() || (one.labels && one.labels.length))).map((one) => one.outerHTML.slice(0, 120))""")
        assert nameless == []
    active = tab.locator("#list").get_attribute("aria-activedescendant")
    assert tab.locator(f"#{active}").get_attribute("aria-posinset") == "1"
    assert "90 % between" in tab.locator("#prior svg[role=img]").get_attribute("aria-label")


def test_no_address_but_its_own_is_asked(tab: Any, review: Running) -> None:
    show(tab, review)
    press(tab, "j")
    assert tab.asked and all(url.startswith(review.address) for url in tab.asked)
    assert tab.evaluate("performance.getEntriesByType('resource').every((one) => one.name.startsWith(location.origin))")


@pytest.mark.slow
def test_five_thousand_claims(tab: Any, tmp_path: Path) -> None:
    """Only rows in sight exist, and a decision leaves the others alone."""
    with running(make_large_case(tmp_path, 5_000)) as review:
        show(tab, review, "L02500")
        assert tab.locator("#found").inner_text() == "5,000 of 5,000"
        assert tab.locator("#list [role=option]").count() < 60
        tab.evaluate("for (const row of document.querySelectorAll('#list [role=option]')) row.kept = true")
        tab.evaluate("for (const mark of document.querySelectorAll('mark')) mark.kept = true")
        for key in "arura":
            press(tab, key)
        assert tab.evaluate("[...document.querySelectorAll('#list [role=option], mark')].every((one) => one.kept)")
        assert stored(review, "L02500").claim.status == "accepted"
        tab.locator("#list").focus()
        tab.keyboard.press("End")
        tab.locator("html[data-current=L04998]").wait_for()
        assert tab.locator("#list [role=option]").count() < 60


FAINT = """(() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const seen = (colour, under) => { canvas.fillStyle = `rgb(${under.join(" ")})`; canvas.fillRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const ground = (one) => one ? seen(getComputedStyle(one).backgroundColor, ground(one.parentElement)) : [255, 255, 255];
  const light = (rgb) => { const [r, g, b] = rgb.map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const found = [];
  for (const one of document.querySelectorAll("body *")) {
    const own = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !one.checkVisibility({ visibilityProperty: true }) || ["OPTION", "TITLE"].includes(one.tagName)) continue;
    const under = ground(one), style = getComputedStyle(one), ink = seen(one.closest("svg") ? style.fill : style.color, under);
    const [high, low] = [light(ink), light(under)].sort((a, b) => b - a), ratio = (high + 0.05) / (low + 0.05);
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${one.tagName} ${one.className} ${one.textContent.slice(0, 30)}`);
  }
  return found;
})()"""
