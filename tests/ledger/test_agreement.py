"""Two readers: Cohen's kappa on a published table, its bounds, and where the readers part."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cli.conftest import Call, call  # noqa: F401
from tests.ledger.records import claims, ledger_file, record
from tests.ledger.test_command import case  # noqa: F401

from foedus.evidence.store.agreement import agreement, cohen_kappa


def pairs_of(table: list[list[int]]) -> list[tuple[int, int]]:
    return [(row, column) for row, counts in enumerate(table) for column, count in enumerate(counts) for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        (
            [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]],
            0.47,
        ),  # 85 xeromammograms: Altman 1991, Practical Statistics, 14.3
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.1304),
        ([[25, 35], [5, 35]], 0.2593),
        ([[0, 5], [5, 0]], -1.0),
    ],
)
def test_kappa_of_known_tables(table: list[list[int]], kappa: float) -> None:
    found, error = cohen_kappa(pairs_of(table))
    assert found == pytest.approx(kappa, abs=0.005) and error is not None and error >= 0


def test_the_error_of_the_published_table() -> None:
    """Its 95 % interval is printed as 0.33 to 0.62."""
    kappa, error = cohen_kappa(pairs_of([[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]))
    assert kappa is not None and error is not None
    assert (kappa - 1.96 * error, kappa + 1.96 * error) == pytest.approx((0.33, 0.62), abs=0.006)


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_kappa_keeps_its_bounds_and_does_not_ask_who_is_first(pairs: list[tuple[bool, bool]]) -> None:
    kappa, error = cohen_kappa(pairs)
    assert (kappa, error) == cohen_kappa([(other, one) for one, other in pairs])
    words = {word for pair in pairs for word in pair}
    assert (kappa is None) == (len(words) < 2)
    if kappa is not None:
        assert -1 <= kappa <= 1 and (kappa == 1) == all(one == other for one, other in pairs)


def test_what_both_decided_is_compared() -> None:
    here = [
        *claims("A1", "A2", status="accepted"),
        *claims("A3", status="rejected"),
        *claims("A4"),
        *claims("A5", status="accepted"),
    ]
    there = [
        *claims("A1", status="edited", quantity={**record()["quantity"], "value": 900}),
        *claims("A2", status="rejected"),
        *claims("A3", status="rejected"),
        *claims("A4", status="accepted"),
    ]
    found = agreement(here, there)
    assert (found.common, found.agreed, found.parted, found.figures, found.grades) == (3, 2, ("A2",), ("A1",), ())
    assert (found.only_here, found.only_there) == (1, 1) and found.kappa == pytest.approx(0.4)


def test_agreement_by_command(call: Call, case: Path) -> None:
    assert call("ledger", "sample", "reject", "A2").code == 0
    rows = [record("A1", status="accepted", grade="C3"), record("A2", status="accepted"), record("S1", group="shells")]
    other = ledger_file(case / "other.jsonl", *rows)
    found = call("ledger", "sample", "agreement", str(other), "--json").document
    assert (found["common"], found["agreed"], found["kappa"], found["parted"], found["grades"]) == (2, 1, 0.0, ["A2"], ["A1"])
    assert found["table"]["rejected/accepted"] == 1
    shown = call("ledger", "sample", "agreement", str(other))
    assert "1 of 2 claims decided alike" in shown.out and "kappa 0.00" in shown.out and "decided apart: A2" in shown.out
    alone = ledger_file(case / "alone.jsonl", rows[0])
    assert "kappa: none" in call("ledger", "sample", "agreement", str(alone)).out
    assert "No claim was decided" in call("ledger", "sample", "agreement", str(ledger_file(case / "none.jsonl", rows[2]))).out
    assert call("ledger", "sample", "agreement", "nowhere.jsonl").code == 1
