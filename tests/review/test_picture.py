"""What is drawn is the pool itself: its density, its points, its weights, its conflicts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.evidence import DEFAULTS, Claim, Ledger, pool, read_ledger
from foedus.evidence.figure_words import figure_words
from foedus.evidence.kernel import numbers_of
from foedus.review.picture import group_picture
from helpers import ROOT

PACT = read_ledger(ROOT / "cases" / "pact" / "ledger.jsonl")


def numbered(ledger: Ledger) -> list[str]:
    """Groups that can be pooled."""
    return [
        name
        for name in ledger.groups
        if any(claim.quantity and claim.counts and claim.polarity == "+" for claim in ledger.claims if claim.group == name)
    ]


def of_group(name: str) -> list[Claim]:
    return [claim for claim in PACT.claims if claim.group == name]


@pytest.mark.parametrize("name", numbered(PACT))
def test_curves_are_those_of_the_pool(name: str) -> None:
    picture = group_picture(name, of_group(name), DEFAULTS)
    if picture["pool"] is None:
        assert picture["why"]
        return
    pooled = pool([claim for claim in of_group(name) if claim.counts])
    axis = np.array(picture["pool"]["axis"])
    assert picture["pool"]["masses"] == pytest.approx(np.diff(pooled.distribution.cdf(axis)), rel=1e-2, abs=1e-3)
    assert [tuple(step["claims"]) for step in picture["pool"]["steps"]] == [step.claims for step in pooled.steps]
    told = [picture["pool"][key] for key in ("low", "median", "high")]
    assert told == pytest.approx(pooled.distribution.quantile(np.array([0.05, 0.5, 0.95])), rel=1e-6)
    assert 0.97 < sum(picture["pool"]["masses"]) <= 1.0 + 1e-6
    weights = {kernel["id"]: kernel["weight"] for kernel in picture["kernels"] if kernel["role"] == "counts"}
    assert weights == pytest.approx(pooled.weights, rel=1e-4)
    assert {tuple(pair) for pair in picture["conflicts"]} == {(one.lower, one.higher) for one in pooled.conflicts}


def test_kernels_are_the_ranges_of_their_own_claims() -> None:
    """The order of the mixture's parts is that of the weights: a range holds the figure of its claim."""
    for name in numbered(PACT):
        claims = {claim.id: claim for claim in of_group(name)}
        for kernel in group_picture(name, list(claims.values()), DEFAULTS)["kernels"]:
            told = numbers_of(claims[kernel["id"]].quantity)
            assert kernel["low"] <= max(told) * 1.03 and kernel["high"] >= min(told) * 0.97, kernel["id"]


def test_a_group_without_accepted_numbers_says_so() -> None:
    words = group_picture("treaty", of_group("treaty"), DEFAULTS)
    assert words["pool"] is None and "number" in words["why"] and words["belief"] is None
    assert group_picture("none", [], DEFAULTS)["why"].startswith("No claim")


def test_belief_is_told_where_the_model_asks_whether() -> None:
    name = next(claim.group for claim in PACT.claims if claim.group == "dprk troops in russia")
    belief = group_picture(name, of_group(name), DEFAULTS, is_belief=True)["belief"]
    assert len(belief["points"]) > 5 and 0 < belief["probability"] < 1


def test_figures_in_words() -> None:
    told = {figure_words(claim) for claim in of_group("shells delivered so far, dprk")}
    assert "more than 8,000,000 shell" in told and figure_words(of_group("treaty")[0]) == ""


def test_the_pact_ledger_has_conflicts_to_look_at() -> None:
    """The control: the tests above compare something."""
    assert any(group_picture(name, of_group(name), DEFAULTS)["conflicts"] for name in numbered(PACT))
    assert Path(PACT.path).is_file()


def test_marks_stand_in_the_unit_of_the_pool() -> None:
    area = next(claim for claim in of_group("area held in kursk") if claim.quantity and claim.quantity.value)
    assert area.quantity is not None
    miles = replace(
        area, id="M", origin="another", quantity=replace(area.quantity, value=255.0, low=None, high=None, unit="square miles")
    )
    waiting = replace(miles, id="W", status="proposed")
    picture = group_picture("area held in kursk", [area, miles, waiting], DEFAULTS)
    assert picture["pool"]["unit"] == "km2"
    marks = {kernel["id"]: kernel for kernel in picture["kernels"]}
    assert marks["M"]["low"] < 660 < marks["M"]["high"] and abs(marks["W"]["low"] - 660.4) < 1
