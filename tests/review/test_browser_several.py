"""Filters, several claims at once, words taken as a claim, placing: in a real browser, by keyboard."""

from __future__ import annotations

from typing import Any

from tests.review.conftest import Running
from tests.review.sample import REPORT
from tests.review.test_browser import press, show, stored, tab  # noqa: F401  (a fixture)


def listed(tab: Any) -> list[str]:
    rows = tab.locator("#list [role=option]")
    found = [(int(row.get_attribute("aria-posinset")), row.get_attribute("data-id")) for row in rows.all()]
    return [name for _, name in sorted(found)]


def test_what_moves_answers_stands_first_and_the_order_can_be_turned(tab: Any, review: Running) -> None:
    show(tab, review)
    assert listed(tab) == ["V01", "V02", "V03", "V05", "V04"]
    tab.keyboard.press("o")
    assert listed(tab) == ["V01", "V02", "V03", "V04", "V05"]
    tab.reload()
    tab.locator("html[data-ready=yes]").wait_for()
    assert listed(tab) == ["V01", "V02", "V03", "V04", "V05"], "the order is kept"


def test_filters_by_number_stance_hedge_source_and_relevance(tab: Any, review: Running) -> None:
    with review.store() as store:
        store.edit("V02", {"commitment": "denied"}, "Bo")
        store.edit("V03", {"relevance": 0}, "Bo")
    show(tab, review)
    tab.keyboard.press("m")
    for field, value, expected in (
        ("number", "without", ["V05", "V04"]),
        ("commitment", "denied", ["V02"]),
        ("hedge", "possible", ["V05"]),
        ("source", "minister", ["V05"]),
        ("relevance", "colour", ["V03"]),
    ):
        tab.locator(f"#by-{field}").select_option(value)
        assert listed(tab) == expected, field
        assert tab.locator("#more").inner_text() == "More filters (1)"
        tab.locator(f"#by-{field}").select_option("")
    assert "denied" in tab.locator("#list [data-id=V02]").inner_text()


def test_a_selection_is_decided_on_and_undone_as_one(tab: Any, review: Running) -> None:
    show(tab, review, "V02")
    tab.keyboard.press("x")
    press(tab, "j")
    tab.keyboard.press("x")
    assert tab.locator("#chosen").inner_text().startswith("2 chosen")
    assert tab.locator("#list [aria-checked=true]").count() == 2
    press(tab, "r")
    tab.locator("#chosen").wait_for(state="hidden")
    assert [stored(review, name).claim.status for name in ("V02", "V03", "V01")] == ["rejected", "rejected", "accepted"]
    assert "2 claims rejected" in tab.locator("#said").inner_text()
    press(tab, "u")
    assert [stored(review, name).claim.status for name in ("V02", "V03")] == ["proposed", "proposed"]
    assert [event.action for event in stored(review, "V03").events] == ["import", "reject", "restore"]


def test_shift_and_click_choose_a_stretch_and_a_filter_lets_go_of_what_it_hides(tab: Any, review: Running) -> None:
    show(tab, review)
    tab.locator("#list [data-id=V05]").click(modifiers=["Shift"])
    assert tab.locator("#list [aria-checked=true]").count() == 4
    tab.locator("#list [data-id=V02] .box").click()
    assert tab.locator("#chosen b").inner_text() == "3 chosen"
    tab.locator("#by-status").select_option("proposed")
    assert tab.locator("#chosen b").inner_text() == "1 chosen", "what is not in the list is not decided on"
    tab.locator("#list").focus()
    tab.keyboard.press("Escape")
    assert tab.locator("#chosen").is_hidden() and len(listed(tab)) == 3
    tab.keyboard.press("*")
    assert tab.locator("#chosen b").inner_text() == "3 chosen"


def test_the_rest_of_a_document_is_rejected_at_once(tab: Any, review: Running) -> None:
    show(tab, review)
    assert tab.locator("#reject-rest").inner_text().startswith("Reject the 3 that still wait here")
    press(tab, "D")
    assert [stored(review, f"V0{number}").claim.status for number in range(1, 6)] == [
        "accepted",
        "rejected",
        "rejected",
        "rejected",
        "accepted",
    ]
    assert tab.locator("#reject-rest").is_hidden()
    press(tab, "u")
    assert stored(review, "V04").claim.status == "proposed" and tab.locator("#reject-rest").is_visible()


def select(tab: Any, words: str) -> None:
    """Select words of the document's text, as a mouse would; they may run over several marks."""
    tab.evaluate(
        """(words) => {
          const nodes = [], walk = document.createTreeWalker(document.querySelector('#text .words'), NodeFilter.SHOW_TEXT);
          let text = ''; while (walk.nextNode()) { nodes.push([walk.currentNode, text.length]); text += walk.currentNode.data; }
          const at = text.indexOf(words), of = (place) => { const [node, from] = nodes.findLast(([, from]) => from <= place); return [node, place - from]; };
          const range = document.createRange(); range.setStart(...of(at)); const [node, offset] = of(at + words.length - 1); range.setEnd(node, offset + 1);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }""",
        words,
    )


def test_selected_words_become_a_claim_at_their_characters(tab: Any, review: Running) -> None:
    """Characters outside the basic plane, carriage returns and the ends of marks stand before and within them."""
    show(tab, review)
    select(tab, "🚢\n110 ships,” the dockers' union said, and it may rise.\n\nA reader")
    tab.locator("#take-words").wait_for()
    tab.locator("#list").focus()
    tab.keyboard.press("t")
    field = tab.locator("#edit-paraphrase")
    field.wait_for()
    assert "110 ships" in field.input_value() and tab.locator("#edit-quantity-value").input_value() == "110"
    field.fill("The union counts 110 ships on the quay.")
    tab.locator("#edit-group").fill("ships gone")
    tab.locator("#edit-quantity-unit").fill("ship")
    press(tab, "Control+Enter")
    with review.store() as store:
        claim = store.ledger().claims[-1]
    wanted = "🚢\r\n110 ships,” the dockers' union said, and it may rise.\r\n\r\nA reader"
    assert REPORT[claim.start : claim.end] == wanted and claim.group == "ships gone" and claim.status == "proposed"
    assert tab.evaluate("document.documentElement.dataset.current") == claim.id
    assert tab.locator("mark[aria-current]").count() >= 1 and tab.locator("#found").inner_text() == "6 of 6"
    press(tab, "a")
    assert stored(review, claim.id).claim.status == "accepted"
    press(tab, "u")
    press(tab, "u")
    assert tab.locator("#found").inner_text() == "5 of 5"


def test_a_claim_is_placed_by_keyboard_with_its_figure_converted(tab: Any, review: Running) -> None:
    with review.store() as store:
        store.edit("V03", {"group": "ungrouped", "quantity.unit": "convoy"}, "Bo")
    show(tab, review, "V03")
    tab.keyboard.press("p")
    tab.locator("#place-group").wait_for()
    tab.locator("#place-group").fill("ships gone")
    tab.keyboard.press("Enter")
    tab.locator("#alert:not(:empty)").wait_for()
    assert "counts in convoy" in tab.locator("#alert").inner_text()
    tab.locator("#place-factor").fill("2")
    press(tab, "Enter")
    claim = stored(review, "V03").claim
    assert (claim.group, claim.quantity.value, claim.quantity.unit) == ("ships gone", 220, "ship")
    assert tab.locator("form.edit").count() == 0


def test_a_group_that_suits_is_one_click(tab: Any, review: Running) -> None:
    with review.store() as store:
        store.edit("V02", {"group": "ungrouped", "quantity.unit": "ships"}, "Bo")
    show(tab, review, "V02")
    tab.locator("#homes button").click()
    tab.locator("#prior[data-group='ships gone']").wait_for()
    assert stored(review, "V02").claim.group == "ships gone" and stored(review, "V02").claim.quantity.unit == "ship"
