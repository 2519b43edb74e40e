"""Claims that nobody has decided on: they count only where the case says so, and stay marked."""

from __future__ import annotations

import dataclasses

import pytest

from foedus.errors import EvidenceError
from foedus.evidence import DEFAULTS, Ledger, pool
from foedus.evidence.ledger import claim_line
from foedus.evidence.overrides import read_defaults

TAKEN = '[proposed]\ncount = true\nbecause = "a first draft"\n'


@pytest.fixture
def ledger(make):
    claims = [
        dataclasses.replace(make(100), id="A", status="proposed"),
        dataclasses.replace(make(400), id="B", status="rejected"),
    ]
    return Ledger(tuple(claims), "ledger.jsonl", "")


def test_a_proposed_claim_has_no_part_in_a_pool_by_default(ledger):
    with pytest.raises(EvidenceError):
        pool(ledger.claims)


def test_it_has_where_the_case_takes_it_and_a_rejected_one_has_not(ledger):
    taken = ledger.with_proposed()
    pooled = pool(taken.claims)
    assert set(pooled.weights) == {"A"}
    assert [one.status for one in taken.claims] == ["proposed", "rejected"]


def test_it_is_written_as_before(ledger):
    assert [claim_line(one) for one in ledger.with_proposed().claims] == [claim_line(one) for one in ledger.claims]


def test_the_file_says_so_with_a_reason_and_changes_the_digest(tmp_path):
    path = tmp_path / "evidence.toml"
    path.write_text(TAKEN)
    found = read_defaults(path)
    assert found.takes_proposed and found.digest != DEFAULTS.digest
    assert [(one.table, one.because) for one in found.overrides] == [("proposed", "a first draft")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[proposed]\ncount = true\n", "no-because"),
        ('[proposed]\ncount = 1\nbecause = "x"\n', "wrong-type"),
        ('[proposed]\ncounts = true\nbecause = "x"\n', "unknown-key"),
        ("proposed = true\n", "wrong-type"),
        ('[proposed]\ncount = true\nbecause = " "\n', "no-because"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path, text, code):
    path = tmp_path / "evidence.toml"
    path.write_text(text)
    with pytest.raises(EvidenceError) as refused:
        read_defaults(path)
    assert code in [problem.code for problem in refused.value.problems]
