"""A case is data: what is worked out of it is worked out once, and never for other data than its own."""

from __future__ import annotations

import dataclasses

import pytest

import foedus
from foedus.case import Case
from foedus.compile.program import ParameterSlot


@pytest.fixture(scope="module")
def case() -> Case:
    return foedus.load("pact")


def test_without_a_source_the_program_stays_and_only_its_groups_are_pooled_anew(case: Case) -> None:
    left = case.without_named("NIS")
    changed = {claim.group for claim in left.removal.claims}
    assert left.program is case.program and changed
    same = {slot.claims: left.pools.pooled[slot.name] is case.pools.pooled[slot.name] for slot in pooled_slots(case)}
    assert {group for group, is_same in same.items() if not is_same} == changed & set(same)
    assert not all(same.values()) and any(same.values())
    assert left.pools.digest == case.without("NIS").pools.digest != case.pools.digest


def pooled_slots(case: Case) -> list[ParameterSlot]:
    return [slot for slot in case.program.parameters if slot.claims and slot.name in case.pools.pooled]


def test_a_part_that_is_replaced_takes_nothing_over_from_the_case_before(case: Case) -> None:
    left = case.without_named("NIS")
    named = dataclasses.replace(case.tree, model=dataclasses.replace(case.tree.model, name="other"))
    assert dataclasses.replace(left, tree=named).program.name == "other"
    whole = dataclasses.replace(left, ledger=case.ledger)
    assert whole.pools.digest == case.pools.digest
    settings = case.defaults.settings
    broad = dataclasses.replace(settings["broad_factor"], value=2 * settings["broad_factor"].value)
    wide = dataclasses.replace(case.defaults, settings={**settings, "broad_factor": broad})
    found = dataclasses.replace(left, defaults=wide).pools.digest
    assert found == dataclasses.replace(case, defaults=wide).without("NIS").pools.digest != left.pools.digest


def test_a_case_has_no_verb() -> None:
    """What runs something stands in `study`, where one function draws from the pools and the posterior of the case."""
    offered = {name for name in dir(Case) if not name.startswith("_")}
    assert offered & (set(foedus.__all__) | {"simulate", "finding", "trace"}) == set()
