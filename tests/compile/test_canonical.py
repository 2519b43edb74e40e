"""The form over which the digest of a program is made: it changes with all that a run depends on, and with nothing else."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import field, make_dataclass
from typing import Any

import pytest

from foedus.compile.canonical import canonical_text
from foedus.compile.program import ParameterSlot, Program
from foedus.distributions import Constant, Normal, Uniform
from helpers import program_of

TEXT = """\
model m as of 2024-10-25 for 8 weeks step 1/2 week
unit person
param strength : 1 ~ uniform(0.2, 0.6) because "a guess"
noise luck : 1 ~ normal(0, 0.1) every week
stock men : person = 100 person
flow lost : men -> outside = strength * (1 + luck) / 10 weeks * men
event raid at rate 1 per month repeating
lever aid : 1 from 0 to 1 = 0
let left : person = men * (1 + aid) - count(raid) * 1 person
question many "Many?" at 8 weeks value left
scenario helped { aid = 1 }
"""
PROGRAM = program_of(TEXT)


def test_a_field_that_is_added_with_a_default_changes_no_digest() -> None:
    wider = make_dataclass("Wider", [("colour", str, field(default="red"))], bases=(ParameterSlot,), frozen=True)
    slots = tuple(wider(**{one.name: getattr(slot, one.name) for one in dataclasses.fields(slot)}) for slot in PROGRAM.parameters)
    assert dataclasses.replace(PROGRAM, parameters=slots).canonical() == PROGRAM.canonical()
    assert (
        dataclasses.replace(PROGRAM, parameters=tuple(dataclasses.replace(slot, colour="blue") for slot in slots)).canonical()
        != PROGRAM.canonical()
    )


ASIDE = {"digest": "x", "warnings": ("a warning",), "given": (), "indices": (("side", ("red",)),), "over": (("men", ("side",)),)}


@pytest.mark.parametrize("name", [one.name for one in dataclasses.fields(Program)])
def test_the_form_changes_with_what_a_run_depends_on_and_with_nothing_else(name: str) -> None:
    other: Any = ASIDE.get(name, "something else")
    changed = dataclasses.replace(PROGRAM, **{name: other}).canonical() != PROGRAM.canonical()
    assert changed == (name not in ASIDE)


def test_what_is_told_of_states_scenarios_and_answers_is_no_part_of_it() -> None:
    program = dataclasses.replace(
        PROGRAM,
        states=tuple(dataclasses.replace(state, tells=None) for state in PROGRAM.states),
        results=tuple(dataclasses.replace(slot, last=7, upstream=frozenset("x")) for slot in PROGRAM.results),
        reports=tuple(dataclasses.replace(slot, variable="x", option="y") for slot in PROGRAM.reports),
        scenarios=tuple(dataclasses.replace(slot, sets=frozenset("x"), may_set=frozenset("y")) for slot in PROGRAM.scenarios),
    )
    assert any(state.tells for state in PROGRAM.states) and program.canonical() == PROGRAM.canonical()


def test_the_form_is_plain_sorted_and_has_a_version() -> None:
    text = PROGRAM.canonical()
    found = json.loads(text)
    assert found["version"] == 1
    assert json.dumps(found, sort_keys=True, separators=(",", ":")) == text
    assert "Slot" not in text and "foedus." not in text


DIFFERENT = [
    (Uniform(0.0, 1.0), Normal(0.0, 1.0)),
    (0.0, -0.0),
    (1, 1.0),
    (True, 1),
    (0.1, 0.1 + 2**-56),
    ((1, 2), (2, 1)),
    (None, ()),
    ("1", 1),
    (Constant(1.0), Constant(2.0)),
    ({"a": 1}, {"b": 1}),
]


@pytest.mark.parametrize("left, right", DIFFERENT, ids=str)
def test_different_values_have_different_forms(left: object, right: object) -> None:
    assert canonical_text(left) != canonical_text(right)


def test_the_order_of_names_does_not_matter_where_they_are_looked_up() -> None:
    assert canonical_text({"a": 1, "b": 2}) == canonical_text({"b": 2, "a": 1})
    assert canonical_text(frozenset("ab")) == canonical_text(frozenset("ba"))


def test_the_digest_of_a_program_is_what_it_was() -> None:
    """Of another version of the form it is another one: then `VERSION` is raised, and whoever keeps digests is told."""
    assert PROGRAM.digest == program_of(TEXT).digest == "747d94eebee8303a24d712543058428a1410d0bc1675672e4f4059a56795a578"
