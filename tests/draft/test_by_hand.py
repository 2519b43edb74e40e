"""What is decided about a draft: claims put into slots or taken out, mechanisms added or left out; one object for whoever decides."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from draft.conftest import SUBJECTS
from foedus.case import load
from foedus.draft import draft_case
from foedus.draft.by_hand import by_hand_match, fitting_slots, slots_of
from foedus.draft.decisions import Decisions, Sketch, begun, decided, written
from foedus.errors import InputError
from foedus.evidence import pool, read_ledger
from foedus.language.shelf import shelf_names
from foedus.study.futures import run_futures


@pytest.fixture(autouse=True)
def few_futures(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is decided is looked at here, not what comes of it."""
    monkeypatch.setattr("foedus.draft.folder.FUTURES", 200)


@pytest.fixture(scope="module")
def sketch(readings, material):
    return lambda subject: begun(material(subject), None, "made")


def filled(sketch: Sketch, mechanism: str) -> dict[str, list[str]]:
    """Slot -> claims of a part."""
    part = next(part for part in sketch.plan.chosen.parts if part.takes.name == mechanism)
    return {name: [match.fact.claim.id for match in row] for name, row in part.filled.slots.items() if row}


def used(sketch: Sketch) -> list[str]:
    return [part.takes.name for part in sketch.plan.chosen.parts]


def fact_of(sketch: Sketch, words: str):
    """The figure in whose sentence some words stand."""
    return next(fact for fact in sketch.material.facts if words in fact.sentence)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_no_decision_gives_what_the_rules_propose(sketch, readings, tmp_path, subject):
    """The terminal's defaults and a page on which nothing was touched write the same files."""
    written(tmp_path / "made", sketch(subject))
    (tmp_path / "other").mkdir()
    draft_case(tmp_path / "other/made", readings(subject), None, None, lambda asked: 0)
    for file in ("model.foedus", "ledger.jsonl", "evidence.toml", "README.md"):
        assert (tmp_path / "made" / file).read_bytes() == (tmp_path / "other/made" / file).read_bytes()


def test_the_same_answers_give_the_same_case_at_the_terminal_and_as_decisions(sketch, readings, tmp_path):
    answers = {"part:stocks": 1, "horizon": 3, "copies": 1, "guess:queue.service_time": 2}
    draft_case(tmp_path / "made", readings("strike"), None, None, lambda asked: answers.get(asked.key, 0))
    (tmp_path / "other").mkdir()
    written(tmp_path / "other/made", decided(sketch("strike"), Decisions(answers)))
    for file in ("model.foedus", "ledger.jsonl", "README.md"):
        assert (tmp_path / "made" / file).read_bytes() == (tmp_path / "other/made" / file).read_bytes()
    assert (tmp_path / "other/made/documents").is_dir()


class TestPutting:
    """A claim goes into a slot because somebody says so."""

    def test_it_says_that_it_was_put_there_and_why_the_rules_would_not(self, sketch, tmp_path):
        begin = sketch("refugees")
        claim = fact_of(begin, "400,000").claim.id
        after = decided(begin, Decisions().placing(claim, "migration", "displaced_now"))
        assert filled(after, "migration")["displaced_now"] == [claim]
        made = written(tmp_path / "made", after)
        slot = next(one for one in made.document["mechanisms"][0]["slots"] if one["slot"] == "displaced_now")
        assert slot["claims"] == [claim] and slot["because"].startswith("put here by hand, unit person (the rules leave it out: ")
        readme = (made.folder / "README.md").read_text()
        assert (
            "## Changed by hand" in readme
            and f"- {claim} was put into flight, " in readme
            and "Nothing in it was written" not in readme
        )
        kept = read_ledger(made.folder / "ledger.jsonl").by_id[claim]
        assert kept.status == "proposed" and kept.quantity_unit == "person" and "put here by hand" in kept.note
        assert made.document["by_hand"]["placed"] == [{"claim": claim, "mechanism": "migration", "slot": "displaced_now"}]
        assert claim not in {one["claim"] for one in made.document["uncovered"]}
        assert not run_futures(load(str(made.folder)), 60, trajectories=False).faults

    def test_a_figure_in_another_unit_of_the_kind_counts_for_what_it_is(self, sketch, tmp_path):
        """3 million tonnes a month where a week is asked for: the pool is in weeks."""
        begin = sketch("grain")
        claim = next(fact.claim for fact in begin.material.facts if fact.kind == "flow" and fact.moment == "wanted")
        assert claim.quantity.value == 3e6
        after = decided(begin, Decisions().placing(claim.id, "goods", "wanted"))
        folder = written(tmp_path / "made", after).folder
        assert read_ledger(folder / "ledger.jsonl").by_id[claim.id].quantity_unit == "tonne/month"
        used_up = next(
            slot for slot in load(str(folder)).program.parameters if slot.claims == "stocks: used in a week where there is enough"
        )
        own = [replace(one, is_taken=True) for one in read_ledger(folder / "ledger.jsonl").claims if one.group == used_up.claims]
        median = float(pool(own, unit=used_up.unit).distribution.quantile(np.array([0.5]))[0])
        assert used_up.unit == "tonne/week" and median == pytest.approx(3e6 / (365.25 / 12 / 7), rel=0.02)

    def test_it_leaves_the_slot_in_which_the_rules_had_it(self, sketch):
        begin = sketch("strike")
        claim = filled(begin, "queue")["cleared"][0]
        after = decided(begin, Decisions().placing(claim, "queue", "arrivals"))
        now = filled(after, "queue")
        assert claim in now["arrivals"] and claim not in now.get("cleared", ())
        assert sum(claim in row for row in now.values()) == 1

    @pytest.mark.parametrize(
        ("subject", "words", "slot", "code", "said"),
        [
            ("refugees", "60,000", "return_rate", "units-differ", "takes 1/"),
            ("refugees", "about three days", "room", "units-differ", "day"),
            ("strike", "200 members", "places", "nothing-to-pool", "denied"),
        ],
    )
    def test_what_does_not_fit_is_refused_with_place_and_cure(self, sketch, subject, words, slot, code, said):
        begin = sketch(subject)
        fact = next((one for one in begin.material.facts if words in one.sentence), None) or fact_of(begin, words.split()[-1])
        mechanism = used(begin)[0]
        with pytest.raises(InputError) as refused:
            decided(begin, Decisions().placing(fact.claim.id, mechanism, slot))
        problem = refused.value.problems[0]
        assert problem.code == code and problem.file == f"claim {fact.claim.id}" and said in problem.message and problem.help

    def test_unknown_names_are_refused(self, sketch):
        begin = sketch("refugees")
        claim = begin.material.facts[0].claim.id
        for decisions, code in [
            (Decisions().placing("nobody", "migration", "room"), "unknown-claim"),
            (Decisions().placing(claim, "migration", "rooom"), "unknown-slot"),
            (Decisions().adding("pipelin"), "unknown-mechanism"),
            (Decisions().adding("attrition"), "two-sides"),
        ]:
            with pytest.raises(InputError) as refused:
                decided(begin, decisions)
            assert refused.value.problems[0].code == code

    def test_a_share_above_one_does_not_fill_a_share(self, sketch):
        begin = sketch("grain")
        part = next(part for part in begin.plan.chosen.parts if part.takes.name == "market")
        fact = part.filled.slots["withheld"][0].fact
        quantity = replace(fact.claim.quantity, value=130.0, low=None, high=None)
        with pytest.raises(InputError) as refused:
            by_hand_match(replace(fact, claim=replace(fact.claim, quantity=quantity)), part, "withheld")
        assert refused.value.problems[0].code == "out-of-range"

    def test_a_figure_that_was_not_read_whole_is_refused(self, sketch):
        begin = sketch("refugees")
        part = begin.plan.chosen.parts[0]
        fact = part.filled.facts[0]
        with pytest.raises(InputError) as refused:
            by_hand_match(
                replace(fact, claim=replace(fact.claim, quantity=replace(fact.claim.quantity, loose=True))), part, "room"
            )
        assert refused.value.problems[0].code == "no-value"

    @pytest.mark.parametrize("subject", SUBJECTS)
    def test_what_is_said_to_fit_can_be_put_and_what_is_not_cannot(self, sketch, subject):
        """For every figure, part and slot."""
        begin = sketch(subject)
        for fact in begin.material.facts:
            for part in begin.plan.chosen.parts:
                fits = fitting_slots(fact, part)
                for name, _ in slots_of(part.takes, part.filled.rule):
                    if name not in fits:
                        with pytest.raises(InputError):
                            by_hand_match(fact, part, name)
                    else:
                        assert by_hand_match(fact, part, name).is_by_hand


class TestTakingOut:
    """A claim fills nothing because somebody says so."""

    def test_it_is_uncovered_and_the_part_stays(self, sketch, tmp_path):
        begin = sketch("refugees")
        after = begin
        for claim in [one for row in filled(begin, "migration").values() for one in row]:
            after = decided(after, after.decisions.taking_out(claim))
        assert used(after) == ["migration"] and filled(after, "migration") == {}
        assert "it was taken out by hand" in {one.why for one in after.plan.uncovered}
        made = written(tmp_path / "made", after)
        assert not run_futures(load(str(made.folder)), 60, trajectories=False).faults and made.share == 1.0
        assert "was taken out: it fills nothing" in (made.folder / "README.md").read_text()

    def test_a_slot_that_nobody_fills_any_more_says_what_stands_there(self, sketch):
        begin = sketch("refugees")
        after = decided(begin, Decisions().taking_out(filled(begin, "migration")["crossing_now"][0]))
        guessed = next(one for one in after.drafted.bounds["flight"] if one.slot == "population")
        assert "flight_abroad_now" in guessed.text  # it was guessed from that figure, and is now from another
        for claim in filled(begin, "migration").get("abroad_now", ()):
            after = decided(after, after.decisions.taking_out(claim))
        bound = next(one for one in after.drafted.bounds["flight"] if one.slot == "population")
        assert bound.kind == "judgement" and "500,000 to 2,000,000 person, a round number" in bound.because
        assert "param flight_population : person ~ 500000 to 2000000 " in bound_lines(after, "population")
        assert any(one.key == "guess:flight.population" for one in after.asked)
        tripled = decided(after, after.decisions.answering("guess:flight.population", 2))
        assert "param flight_population : person ~ 1500000 to 6000000 " in bound_lines(tripled, "population")

    def test_it_can_be_put_back(self, sketch):
        begin = sketch("refugees")
        claim = filled(begin, "migration")["room"][0]
        back = decided(begin, Decisions().taking_out(claim).placing(claim, "migration", "room"))
        assert filled(back, "migration")["room"] == [claim] and not back.decisions.by_hand.out


def bound_lines(sketch: Sketch, slot: str) -> str:
    return "\n".join(
        line.text for own in sketch.drafted.bounds.values() for bound in own if bound.slot == slot for line in bound.lines
    )


class TestMechanisms:
    """Mechanisms are added or left out."""

    @pytest.mark.parametrize("name", [name for name in shelf_names() if name not in ("attrition", "arms_race")])
    @pytest.mark.parametrize("subject", ["refugees", "strike"])
    def test_any_one_sided_mechanism_can_be_added_and_the_case_runs(self, sketch, tmp_path, subject, name):
        begin = sketch(subject)
        if name in used(begin):
            pytest.skip("the rules propose it")
        made = written(tmp_path / "made", decided(begin, Decisions().adding(name)))
        assert name in {part["name"] for part in made.document["mechanisms"]}
        assert not run_futures(load(str(made.folder)), 60, trajectories=False).faults
        assert f"the mechanism `{name}` is used because somebody wants it" in (made.folder / "README.md").read_text()

    def test_its_units_are_those_of_what_is_put_into_it(self, sketch):
        begin = sketch("strike")
        claim = fact_of(begin, "3,900").claim.id  # containers
        with_ships = decided(begin, Decisions().adding("inventory"))
        after = decided(with_ships, with_ships.decisions.placing(claim, "inventory", slot_for(with_ships, claim)))
        part = next(part for part in after.plan.chosen.parts if part.takes.name == "inventory")
        assert part.filled.things == ("container",)

    def test_dropping_it_lets_go_of_what_was_put_into_it(self, sketch):
        begin = sketch("strike")
        claim = fact_of(begin, "6,000").claim.id
        put = Decisions().adding("inventory").placing(claim, "inventory", "demand")
        gone = put.dropping("inventory")
        assert gone.by_hand.is_nothing and filled(decided(begin, gone), "goods") == filled(begin, "goods")

    def test_the_last_part_cannot_be_left_out_but_another_can_stand_for_it(self, sketch):
        begin = sketch("refugees")
        with pytest.raises(InputError) as refused:
            decided(begin, Decisions({"part:flight": 1}))
        assert refused.value.problems[0].code == "nothing-fits" and "no part is left" in str(refused.value)
        assert used(decided(begin, Decisions({"part:flight": 1}).adding("queue"))) == ["queue"]


def slot_for(sketch: Sketch, claim: str) -> str:
    """A slot of the last part that takes a level of its thing."""
    part = sketch.plan.chosen.parts[-1]
    return next(slot.name for slot in part.takes.slots if slot.unit == part.takes.things[0])
