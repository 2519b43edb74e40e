"""Priors: what may stand at the ends of an interval, and where a group of claims ends and a label begins."""

from __future__ import annotations

import pytest

from foedus.compile.amounts import LAWS
from foedus.constructs import tree as t
from foedus.language.builtins import FAMILIES
from foedus.language.printer import print_prior, print_tree
from foedus.model import parse
from helpers import refusal

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


def test_every_family_has_a_distribution_behind_it() -> None:
    assert set(FAMILIES) == {*LAWS, "mixture", "sample", "choice"}


DISCRETE = {
    "bernoulli(1.2)": "p is 1.2",
    "bernoulli(-0.1)": "p is -0.1",
    "binomial(2.5, 0.5)": "n is 2.5; it must be a whole number",
    "binomial(3, 150 %)": "p is 1.5",
    "poisson(-1)": "mean is -1",
    "choice(0, 1, 0, 2)": "All weights are zero",
    "choice(-1, 1, 2, 2)": "A weight is -1",
    "choice(1, 2, 3)": "`choice` takes (weight, value, …); found 3 arguments.",
    "sample()": "`sample` takes (value, …); found no arguments.",
    "binomial(3)": "`binomial` takes (n, p); found 1 argument.",
    "sample(1, 2) above 2": "None of the values lies above 2",
    "sample(1 week, 2)": "found week, expected 1",
    "poisson(2 week)": "found week, expected 1",
    "choice(1 week, 2)": "found week, expected 1",
    "bernoulli(log(-1))": "no real number",
}


@pytest.mark.parametrize("law", DISCRETE)
def test_a_discrete_prior_that_cannot_be_is_refused(law: str) -> None:
    (problem,) = refusal(HEAD + f'\nparam x : 1 ~ {law} because "so"\n').problems
    assert problem.line == 3 and DISCRETE[law] in problem.message


PRINTED = (
    "sample(1, 2, 5)",
    "choice(1, 2, 3, 5) above 1",
    "bernoulli(0.5)",
    "poisson(3)",
    "binomial(4, 0.5) below 3",
    "mixture(0.5, sample(1), 0.5, choice(1, 2, 3, 4))",
)


@pytest.mark.parametrize("law", PRINTED)
def test_a_discrete_prior_survives_printing(law: str) -> None:
    text = HEAD + f'param x : 1 ~ {law} because "so"\n'
    assert parse(print_tree(parse(text))) == parse(text)
    assert print_prior(parameter(f'param x : 1 ~ {law} because "so"').prior) == law
