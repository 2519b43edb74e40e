"""Priors: what may stand at the ends of an interval, and where a group of claims ends and a label begins."""

from __future__ import annotations

from foedus.language import parse
from foedus.language import tree as t

HEAD = "model m for 4 weeks step 1 week\n"


def parameter(text: str) -> t.Parameter:
    statement = parse(HEAD + text).statements[-1]
    assert isinstance(statement, t.Parameter)
    return statement


def test_an_interval_may_begin_with_a_function() -> None:
    assert parameter('param x : 1 ~ log(2) to log(3) because "so"').prior == t.IntervalPrior(
        t.Call("log", (t.Number(2.0),)), t.Call("log", (t.Number(3.0),))
    )


def test_a_label_after_claims_is_no_part_of_the_group() -> None:
    found = parameter('param x : 1 ~ claims "the group" "The label"')
    assert (found.prior, found.label) == (t.ClaimsPrior("the group"), "The label")
