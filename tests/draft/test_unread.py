"""A parameter that nothing reads is not written: figures that only another figure's absence would want are left out, and said to be."""

from __future__ import annotations

import re
from datetime import date

from foedus.draft.binding import bound_part, without_unread
from foedus.draft.draft import drafted_of, plan_of
from foedus.draft.model_text import model_text

DAY = date(2026, 6, 14)
LINES = (
    "The backlog of the office grows. The office decides some 1,350 cases a week, its head said.",
    "About 1,900 people apply each week.",
    "The average wait was now 31 weeks.",
)
WAITING = "The number of claimants waiting for a decision rose to 48,000 at the end of May from 31,000 a year earlier."


def _plan(told, lines):
    plan = plan_of(told(lines, DAY), ["queue"])
    return plan, model_text(drafted_of(plan, "office", "Office"))


def test_every_parameter_of_a_part_is_read(told):
    for lines in (LINES, (*LINES, WAITING)):
        plan, text = _plan(told, lines)
        for name in re.findall(r"^param (queue_\w+)", text, re.MULTILINE):
            assert len(re.findall(rf"\b{name}\b", text)) > 1, (name, text)
        filled = {slot for part in plan.chosen.parts for slot in part.filled.slots}
        assert "arrivals" in filled and "wait_now" not in filled
        assert any("31 weeks" in (one.claim.quantity.text or "") for one in plan.uncovered if one.claim.quantity)


def test_those_who_wait_are_there_at_the_start(told):
    _, text = _plan(told, (*LINES, WAITING))
    assert re.search(r"waiting_now (?:= queue_waiting_now|~ claims)", text)


def test_an_extra_that_an_expression_wants_stays(told):
    plan, _ = _plan(told, (LINES[0], WAITING, LINES[2]))
    (part,) = plan.chosen.parts
    assert "cleared" in part.filled.slots and "arrivals" not in part.filled.slots
    assert without_unread(plan.chosen.parts) == plan.chosen.parts
    assert any("queue_cleared" in one.text for one in bound_part(part, plan.chosen.parts, {}))


LEFT = {
    "The ministry counted 700 people who are infectious in Lowland.": "it speaks of “infectious at the start”, but counts “people”, where “patient” or",
    "The harbour has 160 cranes.": "no slot of the parts speaks of it",
}


def test_a_figure_of_a_kind_that_a_slot_takes_is_left_out_for_its_true_reason(told):
    report = (
        "Health officials have counted 2,400 cases in the outbreak of measles in Lowland, and 60 deaths of patients from the virus.",
        "About 400,000 people live in Lowland.",
        "There were 300 new cases of measles last week.",
    )
    plan = plan_of(told([*report, *LEFT], date(2024, 3, 1)), ["epidemic"])
    why = {one.claim.paraphrase.rstrip("."): one.why for one in plan.uncovered}
    for sentence, reason in LEFT.items():
        assert why[sentence.rstrip(".")].startswith(reason), why
