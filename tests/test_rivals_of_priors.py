"""Where a prior declares rivals: values of their own, borders between the components of a mixture."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.distributions import Distribution, LogNormal, Mixture, Normal, Scaled, Truncated, Uniform, bernoulli, choice, mixture
from foedus.distributions.rivals import APART, borders, single_values

APART_BY = {
    "two humps": (Mixture([0.3, 0.7], [Normal(0, 1), Normal(10, 1)]), [(0.0, 10.0)]),
    "whatever their order": (Mixture([0.7, 0.3], [Normal(10, 1), Normal(0, 1)]), [(0.0, 10.0)]),
    "three humps": (Mixture([0.3, 0.3, 0.4], [Normal(0, 1), Normal(10, 1), Normal(30, 1)]), [(0.0, 10.0), (10.0, 30.0)]),
    "with a gap": (Mixture([0.5, 0.5], [Uniform(0, 1), Uniform(3, 4)]), [(0.99, 3.01)]),
    "one of no weight": (Mixture([0.5, 0.5, 0.0], [Normal(0, 1), Normal(20, 1), Normal(10, 1)]), [(0.0, 20.0)]),
    "too near": (Mixture([0.3, 0.7], [Normal(0, 1), Normal(1, 1)]), []),
    "one inside the other": (Mixture([0.5, 0.5], [Normal(0, 1), Normal(0, 20)]), []),
    "in another unit": (Scaled.of(Mixture([0.3, 0.7], [Normal(0, 1), Normal(10, 1)]), 1000.0), [(0.0, 10_000.0)]),
    "cut off": (Truncated(Mixture([0.3, 0.7], [Normal(0, 1), Normal(10, 1)]), -1.0, 12.0), [(0.0, 10.0)]),
    "cut above the border": (Truncated(Mixture([0.3, 0.7], [Normal(0, 1), Normal(10, 1)]), 8.0, 12.0), []),
    "values among humps": (
        mixture([0.2, 0.4, 0.4], [choice([1.0], [0.0]), LogNormal(2, 0.1), LogNormal(5, 0.1)]),
        [(7.4, 148.0)],
    ),
    "no mixture": (Normal(0, 1), []),
}


@pytest.mark.parametrize("name", APART_BY)
def test_a_border_lies_between_rivals_that_a_value_tells_apart(name: str) -> None:
    law, expected = APART_BY[name]
    found = borders(law)
    assert len(found) == len(expected)
    assert all(low < value < high for value, (low, high) in zip(found, expected, strict=True))


def test_of_the_lighter_rival_little_lies_beyond_its_border() -> None:
    (border,) = borders(Mixture([0.1, 0.9], [Normal(0, 1), Normal(5, 1)]))
    wrong = 0.1 * (1 - Normal(0, 1).cdf(np.array([border]))[0]) + 0.9 * Normal(5, 1).cdf(np.array([border]))[0]
    assert wrong <= APART * 0.1


@pytest.mark.parametrize(
    ("law", "values"),
    [
        (bernoulli(0.3), (0.0, 1.0)),
        (choice([0.5, 0.5], [4.0, 2.0]), (2.0, 4.0)),
        (Scaled(choice([0.5, 0.5], [4.0, 2.0]), 10.0), (20.0, 40.0)),
        (mixture([0.2, 0.8], [choice([1.0], [0.0]), Normal(5, 1)]), (0.0,)),
        (Normal(0, 1), ()),
    ],
)
def test_values_that_have_a_chance_of_their_own(law: Distribution, values: tuple[float, ...]) -> None:
    assert single_values(law) == values
