"""Records of sources: counted from decisions on single claims and from outcomes, offered, never applied."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tests.cli.conftest import Call, call  # noqa: F401
from tests.ledger.records import claims
from tests.ledger.test_command import case  # noqa: F401

from foedus.evidence import Store
from foedus.evidence.defaults import ChangedDefault
from foedus.evidence.store.earned import FEWEST, decided_at, different_letters, earned_grades
from foedus.show.sources import overrides_view


def decided(kept: int, rejected: int, grade: str = "B2") -> list:  # type: ignore[type-arg]
    ids = [f"A{number}" for number in range(kept + rejected)]
    return [*claims(*ids[:kept], grade=grade, status="accepted"), *claims(*ids[kept:], grade=grade, status="rejected")]


@pytest.mark.parametrize(
    ("kept", "rejected", "grade", "offered"),
    [
        (14, 2, "B2", ""),  # B is worth 0.95, which lies within 5 to 95 % of such a record
        (10, 6, "B2", "D"),
        (3, 13, "B2", "E"),
        (16, 0, "D3", "A"),
        (16, 0, "F6", "A"),
        (FEWEST - 1, 0, "D3", ""),
        (0, FEWEST, "E4", ""),
    ],
)
def test_a_letter_is_offered_where_the_given_one_does_not_fit(kept: int, rejected: int, grade: str, offered: str) -> None:
    [row] = earned_grades(decided(kept, rejected, grade), {})
    assert row.offered == offered and row.decided == kept + rejected and row.kept == kept
    assert f"{kept} of {kept + rejected} accepted" in row.words and (offered in row.words)
    assert row.low is not None and row.mean is not None and row.high is not None and 0 < row.low < row.mean < row.high < 1


def test_the_record_is_a_beta_with_half_a_claim_on_either_side() -> None:
    """5 and 95 % of Beta(14.5, 2.5), by numerical integration of its density to six digits."""
    [row] = earned_grades(decided(14, 2), {})
    assert row.mean == pytest.approx(14.5 / 17)
    assert (row.low, row.high) == pytest.approx(_points(14.5, 2.5), abs=2e-6)


def _points(a: float, b: float) -> tuple[float, float]:
    import numpy as np

    x = np.linspace(0, 1, 2_000_001)[1:-1]
    mass = np.cumsum(x ** (a - 1) * (1 - x) ** (b - 1))
    found = np.interp([0.05, 0.95], mass / mass[-1], x)
    return float(found[0]), float(found[1])


def test_what_was_decided_on_at_once_is_no_word_on_each(store: Store) -> None:
    store.add(claims("B1", "B2", "B3"), "ann")
    store.accept("A1", "ann")
    store.reject("A2", "ann")
    store.reject(["B1", "B2", "B3"], "ann", "the rest of the document")
    [row] = earned_grades(store.ledger().claims, decided_at(store.history()))
    assert (row.accepted, row.rejected, row.at_once, row.waiting) == (1, 1, 3, 1)
    store.accept("B1", "ann")
    [row] = earned_grades(store.ledger().claims, decided_at(store.history()))
    assert (row.accepted, row.rejected, row.at_once) == (2, 1, 2)


def test_outcomes_count_for_predictions_of_yes_or_no() -> None:
    told = [("P1", (0.6, 0.9), "war"), ("P2", (0.1, 0.3), "war"), ("P3", (0.4, 0.6), "war"), ("P4", (0.9, 0.95), "unasked")]
    own = [claims(name, question=question, probability=list(range_), yardstick="ICD 203")[0] for name, range_, question in told]
    [row] = earned_grades(own, {}, {"war": True})
    assert (row.right, row.wrong, row.decided) == (1, 1, 0) and "1 of 2 predictions right" in row.words


def test_different_letters_for_one_source_are_told(call: Call, case: Path) -> None:
    assert call("ledger", "sample", "grade", "A2", "D2", "--why", "often wrong").code == 0
    found = call("ledger", "sample", "conflicts", "--json").document["letters"]
    assert found == {"someone": {"B": ["A1", "S1"], "D": ["A2"]}}
    shown = call("ledger", "sample", "conflicts").out
    assert "One source, different letters" in shown and "B: A1, S1; D: A2" in shown
    assert different_letters(claims("A1", grade="F6") + claims("A2", grade="B2")) == {}, "not judged is no other judgement"


def test_sources_show_the_record_and_change_nothing(call: Call, case: Path) -> None:
    model = case / "model.foedus"
    model.write_text(
        model.read_text() + 'question many "Many?" on 2024-11-20 value x\nquestion war "War?" by 2024-11-20 ever x > 100 person\n'
    )
    assert call("ledger", "sample", "reject", "A2").code == 0
    outcomes = case / "outcomes.json"
    outcomes.write_text(json.dumps([{"question": "war", "value": True, "date": "2024-11-20"}]))
    before = (case / "ledger.sqlite").read_bytes()
    found = call("sources", "sample", "--outcomes", str(outcomes), "--json")
    assert found.code == 0, found.err
    [row] = found.document["earned"]
    assert (row["source"], row["accepted"], row["rejected"], row["waiting"], row["words"]) == (
        "someone",
        1,
        1,
        1,
        "1 of 2 accepted",
    )
    shown = call("sources", "sample")
    assert "1 of 2" in shown.out and max(map(len, shown.out.splitlines())) <= 80
    assert (case / "ledger.sqlite").read_bytes() == before
    assert call("sources", "sample", "--outcomes", "nowhere.json").code == 1


def test_a_default_that_is_new_has_no_value_before() -> None:
    screen = Console(width=80, file=io.StringIO())
    with screen.capture() as captured:
        screen.print(overrides_view([ChangedDefault("groups", "killed", {}, {"kind": "running total"}, "a running count")]))
    assert "kind unset → running total" in captured.get()
