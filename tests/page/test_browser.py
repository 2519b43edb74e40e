"""The page in a real browser, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.page.test_bits import settings_of

from foedus.analysis import Ranks, compare, drivers
from foedus.case import Case
from foedus.constructs.lever import Lever
from foedus.show.judgements import shown_spread
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.run import RunOptions, run_case

HOSTILE = (
    "#v=1&l.masks=<script>document.title='owned'</script>&l.contingent=1e999",
    "#v=99&l.masks=0.5",
    "#%00%ff%fe{}[]\"'`;alert(1)",
    "#v=1&__proto__=1&l.constructor=2&p.toString=3&s=nobody",
    "#v=1&pin=" + "%2525" * 2000,
    "#javascript:alert(1)",
)
MOVES = {"epidemic": ("masks", "0.3", ("masks = 0.3",)), "pact": ("contingent", "60000", ("contingent = 60000 person",))}


@pytest.fixture
def tab(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True)
    opened = context.new_page()
    opened.faults, opened.asked = [], []
    opened.on("pageerror", lambda error: opened.faults.append(str(error)))
    opened.on("dialog", lambda dialog: (opened.faults.append(dialog.message), dialog.dismiss()))
    opened.on("request", lambda request: opened.asked.append(request.url))
    yield opened
    context.close()
    assert opened.faults == []
    assert [url for url in opened.asked if not url.startswith(("file:", "blob:", "data:"))] == []


def root(tab: Any, name: str) -> str:
    return tab.evaluate(f"document.documentElement.dataset.{name}")


def show(tab: Any, page: Path, futures: int = 200, seed: int = 7, state: str = "", *, digest: bool = True) -> None:
    tab.goto(f"{page.as_uri()}?futures={futures}&seed={seed}{state}")
    wanted = (
        "document.documentElement.dataset.digest !== ''"
        if digest
        else f"document.documentElement.dataset.futures === '{futures}'"
    )
    tab.wait_for_function(wanted, timeout=120_000)


def move(tab: Any, lever: str, value: str) -> None:
    tab.evaluate(
        """([lever, value]) => { const input = document.querySelector(`input[data-lever="${lever}"]`); input.value = value;
        document.documentElement.dataset.ms = ""; input.dispatchEvent(new Event("input", { bubbles: true })); }""",
        [lever, value],
    )
    tab.wait_for_function("document.documentElement.dataset.ms !== ''", timeout=60_000)


def values(tab: Any) -> dict[str, float]:
    script = "Object.fromEntries([...document.querySelectorAll('[data-question]')].map((one) => [one.dataset.question, +one.dataset.value]))"
    return tab.evaluate(script)


def test_answers_and_digest_are_those_of_python(tab: Any, page: Path, case: Case) -> None:
    show(tab, page)
    ran = run_futures(case, 200, 7, trajectories=False)
    assert (root(tab, "digest"), root(tab, "futures"), root(tab, "seed")) == (ran.digest, "200", "7")
    shown = values(tab)
    for slot in case.program.results:
        answer = compare(ran, slot)[ran.scenarios[0].name]
        expected = answer.probability if answer.quantiles is None else answer.quantiles[2]
        assert shown[slot.name] == pytest.approx(expected, rel=1e-9, abs=1e-12), slot.name


def test_a_moved_lever_is_what_set_gives(tab: Any, page: Path, case: Case) -> None:
    show(tab, page)
    lever, value, changes = MOVES[case.name]
    before = values(tab)
    move(tab, lever, value)
    assert values(tab) != before
    tab.wait_for_function("document.documentElement.dataset.digest !== ''", timeout=120_000)
    loaded, _ = settings_of(case, changes)
    ran = run_futures(loaded, 200, 7, trajectories=False)
    assert root(tab, "digest") == ran.digest
    slot = case.program.results[0]
    answer = compare(ran, slot)["own"]
    expected = answer.probability if answer.quantiles is None else answer.quantiles[2]
    assert values(tab)[slot.name] == pytest.approx(expected, rel=1e-9)


def test_every_lever_parameter_and_question_is_there(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    names = {slot.name for slot in case.program.parameters if slot.is_lever}
    assert set(tab.evaluate("[...document.querySelectorAll('input[data-lever]')].map((one) => one.dataset.lever)")) == names
    uncertain = {slot.name for slot in case.program.parameters if slot.is_uncertain and not slot.is_lever}
    assert (
        set(tab.evaluate("[...document.querySelectorAll('[data-parameter]')].map((one) => one.dataset.parameter)")) == uncertain
    )
    assert set(values(tab)) == {slot.name for slot in case.program.results}


def test_a_fixed_parameter_moves_the_answers_and_comes_back(tab: Any, page: Path, case: Case) -> None:
    name = {"epidemic": "contacts", "pact": "kursk_pace"}[case.name]
    show(tab, page, digest=False)
    before = values(tab)
    tab.evaluate("document.querySelector('.drawer').open = true")
    tab.evaluate(
        """(name) => { const input = document.querySelector(`[data-parameter="${name}"]`); input.value = input.max; document.documentElement.dataset.ms = "";
        input.dispatchEvent(new Event("input", { bubbles: true })); }""",
        name,
    )
    tab.wait_for_function("document.documentElement.dataset.ms !== ''")
    assert values(tab) != before
    tab.locator(f".parameter:has([data-parameter='{name}']) .position").click()
    tab.wait_for_function(
        "(before) => JSON.stringify(before) === JSON.stringify(Object.fromEntries([...document.querySelectorAll('[data-question]')].map((one) => [one.dataset.question, +one.dataset.value])))",
        arg=before,
    )


@pytest.mark.parametrize("state", HOSTILE)
def test_hostile_state_is_refused_with_a_message(tab: Any, page: Path, state: str) -> None:
    title = None
    show(tab, page, state=state, digest=False)
    title = tab.title()
    assert "owned" not in title
    assert "refused" in tab.locator("#messages").inner_text()


def test_the_address_holds_the_state(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    lever, value, _ = MOVES[case.name]
    move(tab, lever, value)
    tab.locator("#pin").click()
    tab.wait_for_function(
        "() => location.hash.includes('pin=') && document.documentElement.dataset.told === '200'", timeout=60_000
    )
    address, found = tab.evaluate("location.hash"), values(tab)
    assert f"l.{lever}={value}" in address and "pin=" in address
    show(tab, page, state=address, digest=False)
    tab.wait_for_function("document.querySelectorAll('.pinned').length === 1")
    assert values(tab) == found and tab.locator("#messages").inner_text() == ""


OLD_LINKS = {
    "epidemic": "#v=1&l.masks=0.5&p.contacts=2&pin=name%3DMasks%26l.masks%3D0.25",
    "pact": "#v=1&s=hundred_k&l.contingent=30000&p.kursk_pace=40&pin=name%3DNobody%26s%3Dno_troops",
}


def test_a_link_of_the_first_version_still_opens(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, state=OLD_LINKS[case.name], digest=False)
    tab.wait_for_function("document.querySelectorAll('.pinned').length === 1")
    lever, value = OLD_LINKS[case.name].split("&l.")[1].split("&")[0].split("=")
    assert tab.locator(f"input[data-lever='{lever}']").input_value() == value
    assert tab.locator("#messages").inner_text() == ""


def test_no_more_than_four_pins(tab: Any, page: Path) -> None:
    show(tab, page, digest=False)
    for _ in range(5):
        tab.locator("#pin").click()
    tab.wait_for_function("document.querySelectorAll('.pinned').length === 4")


def test_keyboard_alone(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    lever = MOVES[case.name][0]
    tab.evaluate("document.documentElement.dataset.ms = ''")
    tab.locator(f"input[data-lever='{lever}']").focus()
    tab.keyboard.press("ArrowRight")
    tab.wait_for_function("document.documentElement.dataset.ms !== ''")
    tab.locator(".ask").first.focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#panel").is_visible()
    tab.keyboard.press("Escape")
    assert not tab.locator("#panel").is_visible()
    assert tab.evaluate("document.activeElement.className").endswith("ask")


def test_traces_to_claims_and_to_assumptions(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    texts = ""
    for number in range(min(10, tab.locator(".ask").count())):
        tab.locator(".ask").nth(number).click()
        tab.wait_for_function("() => document.querySelector('.movers').children.length > 1")  # what moves it comes a moment later
        texts += tab.locator("#panel").text_content()
    assert "Assumed, because" in texts
    assert ("grade" in texts) == (case.ledger is not None)


def test_a_question_tells_what_editions_before_said(tab: Any, page: Path, case: Case) -> None:
    """Each edition with its day, the oldest first, and this one last; a case without editions has no such part."""
    show(tab, page, digest=False)
    asked = tab.evaluate("foedus.content.questions.filter((one) => one.history.length).map((one) => [one.name, one.history])")
    assert bool(asked) == (case.name == "pact")
    for name, history in asked[:2]:
        tab.locator(f'[data-question="{name}"] .ask').click()
        rows = tab.locator("#panel h3:text-is('What was said before') ~ table").first.locator("tr").all()
        assert [one.locator("th, td").all_inner_texts() for one in rows[1:]] == history
        assert history[0][0] == "20 June 2024" and history[-1][0] == "25 October 2024"
        tab.keyboard.press("Escape")


@pytest.mark.parametrize("width", [360, 1024, 1440])
def test_nothing_sticks_out(tab: Any, page: Path, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 800})
    show(tab, page, digest=False)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_every_control_has_a_name(tab: Any, page: Path) -> None:
    show(tab, page, digest=False)
    nameless = tab.evaluate("""[...document.querySelectorAll("button, input, select, [role=img], [role=region], summary")].filter((one) =>
        !(one.getAttribute("aria-label") || one.textContent.trim() || (one.labels && one.labels.length) || one.querySelector("title"))).map((one) => one.outerHTML.slice(0, 120))""")
    assert nameless == []


def test_a_minute_of_dragging_in_short(tab: Any, page: Path, case: Case) -> None:
    """Two seconds of moves faster than they can be answered: the last one is answered, with its own number."""
    lever, value, _ = MOVES[case.name]
    show(tab, page, digest=False)
    move(tab, lever, value)
    expected = values(tab)
    tab.evaluate(
        """async ([lever, value]) => { const input = document.querySelector(`input[data-lever="${lever}"]`);
        for (let i = 0; i < 120; i++) { input.value = i % 2 ? input.max : input.min; input.dispatchEvent(new Event("input", { bubbles: true })); await new Promise((go) => setTimeout(go, 16)); }
        input.value = value; document.documentElement.dataset.ms = ""; input.dispatchEvent(new Event("input", { bubbles: true })); }""",
        [lever, value],
    )
    tab.wait_for_function("() => document.documentElement.dataset.told === '200'", timeout=60_000)
    assert values(tab) == expected


def test_drivers_are_those_of_python(tab: Any, page: Path, case: Case) -> None:
    """The panel of a question says what moves it in the scenario on the screen, as the report would."""
    show(tab, page, futures=1000, digest=False)
    ran = run_futures(case, 1000, 7, trajectories=False)
    ranks = Ranks(ran)
    slot, expected = next((slot, found) for slot in case.program.results if (found := drivers(ran, slot, ranks)))
    ask = next(question.ask for question in make_finding(case, ran).questions if question.name == slot.name)
    tab.locator(".ask", has_text=ask).first.click()
    tab.wait_for_function("() => document.querySelector('.movers').children.length > 1")
    found = tab.evaluate(
        "() => [...document.querySelectorAll('[data-driver]')].map((one) => [one.dataset.driver, +one.dataset.share])"
    )
    assert [one for one, _ in found] == [driver.parameter for driver in expected]
    assert [share for _, share in found] == pytest.approx([driver.share for driver in expected], abs=1e-9)


def test_drivers_follow_the_levers(tab: Any, page: Path, case: Case) -> None:
    """A parameter that is fixed moves nothing any more."""
    show(tab, page, futures=1000, digest=False)
    asks = tab.locator(".ask")
    driver = None
    for number in range(asks.count()):
        asks.nth(number).click()
        tab.wait_for_function("() => document.querySelector('.movers').children.length > 1")
        first = tab.locator("[data-driver]")
        if first.count():
            driver = first.first.get_attribute("data-driver")
            break
    assert driver is not None
    script = """(name) => { const input = document.querySelector(`[data-parameter="${name}"], [data-lever="${name}"]`);
        input.dispatchEvent(new Event("input", { bubbles: true })); }"""
    tab.evaluate(script, driver)
    tab.wait_for_function(
        f"() => ![...document.querySelectorAll('[data-driver]')].some((one) => one.dataset.driver === '{driver}')"
    )


def test_everything_opens_what_it_is_made_of(tab: Any, page: Path, case: Case) -> None:
    """Charts, rows of the timeline and flows, by mouse and by keyboard; from there on to parameters, and back."""
    show(tab, page, digest=False)
    tab.locator(".fan").first.click()
    assert "In the model, line" in tab.locator("#panel").inner_text()
    first = tab.locator("#panel-title").inner_text()
    tab.locator("#panel .links .plain").first.click()
    assert tab.locator("#panel-title").inner_text() != first
    tab.get_by_role("button", name="‹ Back").click()
    assert tab.locator("#panel-title").inner_text() == first
    tab.keyboard.press("Escape")
    for place in (".fan", ".happenings .label", ".valve", ".stock"):
        part = tab.locator(place).first
        part.focus()
        tab.keyboard.press("Enter")
        text = tab.locator("#panel").inner_text()
        assert "In the model, line" in text, place
        tab.keyboard.press("Escape")
        assert not tab.locator("#panel").is_visible()


def test_every_name_on_the_page_leads_somewhere(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    missing = tab.evaluate("""() => { const model = foedus.content.model, names = [...foedus.content.charts.map((one) => one.name),
        ...foedus.content.happenings.map((one) => one.name.split(": ")[0]), ...foedus.content.parameters.map((one) => one.name)];
        return names.filter((name) => !(name in model.parts)); }""")
    assert missing == []


def test_beside_a_chance_stands_its_range_and_not_the_error_of_counting(tab: Any, page: Path, case: Case) -> None:
    """Of the case as it stands, as report and terminal have it; of levers that were moved no range is known, and none is shown."""
    show(tab, page, digest=False)
    ran = run_case(case, RunOptions(500, trajectories=500)).finding
    spreads = {one.name: shown_spread(next(iter(one.answers.values()))) for one in ran.questions if one.kind == "probability"}
    words = "(name) => document.querySelector(`[data-question='${name}'] .number`).textContent"
    assert any(spreads.values())
    told = {name: tab.evaluate(words, name) for name in spreads}
    for name, spread in spreads.items():
        assert (f"({spread})" in told[name] and "±" not in told[name]) if spread else "±" in told[name], name
    lever, value, _ = MOVES[case.name]
    move(tab, lever, value)
    tab.wait_for_function("document.documentElement.dataset.told === '200'", timeout=60_000)
    for name in spreads:
        assert "±" not in (text := tab.evaluate(words, name)) and "(" not in text, name
    question = next(iter(spreads))
    tab.evaluate("(name) => document.querySelector(`[data-question='${name}'] .ask`).click()", question)
    assert "±" in tab.locator("#panel .now").inner_text()


def test_the_number_of_parameters_is_one(tab: Any, page: Path, case: Case) -> None:
    """The drawer, which leaves out levers, and the sentence on confidence count the same parameters; boxes say of which futures they are."""
    show(tab, page, digest=False)
    assert "medians of the first 500 futures of the baseline" in tab.locator("#diagram-levels").text_content()
    uncertain = sum(slot.is_uncertain for slot in case.program.parameters)
    levers = sum(slot.is_uncertain and slot.is_lever for slot in case.program.parameters)
    head = tab.locator(".drawer > summary").inner_text()
    wanted = f"{uncertain - levers} of {uncertain} uncertain parameters" if levers else f"all {uncertain} uncertain parameters"
    assert wanted in head
    assert f"of {uncertain} uncertain parameter" in tab.locator("#judgements").text_content()


def test_on_a_phone_the_answer_comes_before_the_levers(tab: Any, page: Path, case: Case) -> None:
    tab.set_viewport_size({"width": 360, "height": 780})
    show(tab, page, digest=False)
    place = "(id) => document.getElementById(id).getBoundingClientRect().top"
    assert tab.evaluate(place, "judgements") < tab.evaluate(place, "answers") < tab.evaluate(place, "levers")
    assert tab.evaluate("getComputedStyle(document.querySelector('.tries')).position") != "fixed"
    seen = "[...document.querySelectorAll('input[data-lever]')].filter((one) => one.checkVisibility()).length"
    assert tab.evaluate(seen) == min(5, len(case.tree.all(Lever)))
    rows = "[...document.querySelectorAll('[data-question]')].filter((one) => one.checkVisibility()).length"
    everything = len(case.program.results)
    assert tab.evaluate(rows) <= 7
    if tab.evaluate(rows) < everything:
        tab.locator("button.all").click()
    assert tab.evaluate(rows) == everything
    lever, value, _ = MOVES[case.name]
    move(tab, lever, value)
    bar = tab.evaluate("""(() => { const bar = document.querySelector(".moved:not(.tries)"); return { fixed: getComputedStyle(bar).position,
        cut: bar.scrollHeight > bar.clientHeight + 1 || [...bar.querySelectorAll("li > *")].some((one) => one.scrollHeight > one.clientHeight + 1),
        share: bar.clientHeight / innerHeight }; })()""")
    assert bar["fixed"] == "fixed" and not bar["cut"] and bar["share"] < 0.25


def test_levers_have_short_names_and_their_unit(tab: Any, page: Path, case: Case) -> None:
    show(tab, page, digest=False)
    shown = tab.evaluate("""[...document.querySelectorAll(".lever")].map((one) => [one.querySelector("input").dataset.lever,
        one.querySelector("label").textContent, one.querySelector("output").textContent])""")
    assert all("_" not in label for _, label, _ in shown)
    assert case.name != "pact" or all(len(label.split()) <= 2 for _, label, _ in shown)  # the other one gives no short names
    units = {name: unit for name, _, unit in shown}
    assert units[{"pact": "contingent", "epidemic": "reach"}[case.name]].endswith(
        {"pact": "people", "epidemic": "people/week"}[case.name]
    )
