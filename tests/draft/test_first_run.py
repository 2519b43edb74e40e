"""A draft runs: nothing in it divides by what may be nought, and where its first run fails it says so and ends with 1."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from foedus.cli.main import foedus
from foedus.draft import choosing
from foedus.draft.choosing import divisors, usable_guess
from foedus.draft.matching import Filled
from foedus.draft.mechanisms import mechanism_of
from foedus.draft.rules import ruled

REPORT = """Mill stoppage leaves the tin market short

Published: 9 March 2026

Stocks of tin at the port stood at 46,000 tonnes on Monday, traders said.

The smelters produce 3,200 tonnes of tin a week, and factories use 8,000 tonnes a week.

Shipments from the port to buyers abroad run at about 2,000 tonnes a week.

The price of tin stood at $10,850 a tonne on Monday. Traders fear a shortage as exports fall and demand rises.

The government may ban exports of tin in May, a minister said.
"""


def made(folder: Path, *more: str):
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    target = folder / "tin"
    return target, CliRunner().invoke(foedus, ["new", str(target), "--from", str(folder / "report.txt"), "--yes", *more])


def test_what_stands_behind_a_stroke_is_a_divisor():
    assert divisors("{goods.seized} / {withheld}") == ["withheld"]
    assert divisors("{a} / ({b} * 1 month) + {c}") == ["b"]
    assert divisors("{a} * {b} / 10") == [] and divisors("{a} / {b!}") == ["b"]


def test_no_rule_divides_by_a_slot_that_is_nought_where_no_report_tells_it():
    tried = 0
    for rule in ruled():
        takes = mechanism_of(rule.name)
        if takes is None:
            continue
        filled = Filled(rule, takes.things, {}, ())
        for slot in rule.slots:
            nought = {
                name
                for guess in slot.guesses
                for name in divisors(guess)
                if (info := takes.slot(name)) is not None and re.match(r"[=~] 0\b(?!\.)", info.default)
            }
            tried += bool(nought)
            assert not nought & set(divisors(usable_guess(filled, takes, slot.name, ()) or ""))
    assert tried  # the market's share that is withheld is one


@pytest.mark.parametrize(
    ("default", "is_nought"),
    [("= 0", True), ("~ 0 to 4", True), ("= -1", True), ("~ 0.001 to 0.05", False), ("= 1", False), ("= other / 2", False)],
)
def test_a_default_that_may_be_nought_is_known(default, is_nought):
    assert choosing._is_from_zero(default) is is_nought


def test_the_draft_takes_what_is_sold_where_no_share_is_told(tmp_path):
    target, result = made(tmp_path)
    assert result.exit_code == 0, result.output
    text = (target / "model.foedus").read_text()
    assert "use market" in text and "/ market.withheld" not in text


def test_a_first_run_that_fails_is_told_and_ends_with_one(tmp_path, monkeypatch):
    monkeypatch.setattr(choosing, "_is_from_zero", lambda default: False)
    target, result = made(tmp_path)
    assert result.exit_code == 1 and (target / "model.foedus").exists()
    for told in (" ".join(result.output.split()), (target / "README.md").read_text()):
        assert re.search(r"2,000 of 2,000 futures of the draft failed \(.*`?market\.", told), told
    target.rename(tmp_path / "first")
    _, again = made(tmp_path, "--json")
    assert again.exit_code == 1 and "futures of the draft failed" in json.loads(again.output)["failed"]
