"""Random changes, allowed and refused: the claims are always what the events add up to, and the history can be told again."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from tests.ledger.records import assert_whole, claims, ledger_file, record

from foedus.errors import EvidenceError
from foedus.evidence import Store, open_store, read_ledger

NAMES = [f"R{number}" for number in range(8)]


def step(store: Store, luck: random.Random, folder: Path) -> None:
    """One random change; many are not allowed."""
    names = luck.sample(NAMES, luck.randint(1, 3))
    unit = {**record()["quantity"], "value": luck.randint(1, 9), "unit": luck.choice(["person", "person", "ship"])}
    group = luck.choice(["troops", "fleet"])
    match luck.randrange(8):
        case 0:
            store.add(claims(*names, group=group, quantity=unit), "ann")
        case 1:
            store.accept(names, "bob")
        case 2:
            store.reject(names, "bob")
        case 3:
            store.edit(names, {"quantity.value": luck.randint(1, 9), "quantity.unit": unit["unit"]}, "eve")
        case 4:
            store.edit(names, {"group": group, "derived_from": luck.choice([None, luck.sample(NAMES, 1)])}, "eve")
        case 5:
            store.grade(names, luck.choice(["B2", "C3", "Z9"]), "ann", "so")
        case 6:
            store.restore(names[0], luck.randint(1, 4), "ann", version=luck.choice([None, 2]))
        case 7:
            path = ledger_file(folder / "in.jsonl", *(record(name, group=group, quantity=unit) for name in names))
            store.import_(path, "ann")


@pytest.mark.parametrize("seed", range(3))
def test_random_changes_keep_a_store_whole(seed: int, empty: Store, tmp_path: Path) -> None:
    luck = random.Random(seed)
    refused = 0
    for _ in range(80):
        before = (empty.number, empty.ledger().sha256)
        try:
            step(empty, luck, tmp_path)
        except EvidenceError as error:
            refused += 1
            assert (empty.number, empty.ledger().sha256) == before, "a refusal changes nothing"
            assert all(problem.help for problem in error.problems)
    assert 10 < refused < 70 and empty.number > 15
    assert_whole(empty)
    assert empty.export(tmp_path / "out.jsonl") == read_ledger(tmp_path / "out.jsonl").sha256
    empty.export_history(tmp_path / "history.jsonl")
    with open_store(tmp_path / "other.sqlite", create=True) as other:
        other.import_history(tmp_path / "history.jsonl")
        assert other.ledger().sha256 == empty.ledger().sha256
        other.export_history(tmp_path / "again.jsonl")
        assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "history.jsonl").read_bytes()
        assert_whole(other)
