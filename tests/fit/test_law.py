"""The posterior of the generalised law: the same under a seed, right on average, and able to learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.fit import Request, fit_case
from foedus.fit.campaign import Campaign
from foedus.fit.generalised_law import Draws, fit_law
from helpers import ROOT

REPLICATES = 30


def made_up(seed: int, days: int = 40, noise: float = 0.15) -> tuple[Campaign, float]:
    """A campaign that follows the law, with exponents from the prior; the ratio of strengths swings widely."""
    random = np.random.default_rng(seed)
    p, q = random.normal(0.5, 1.0, 2)
    swing = np.cumsum(random.normal(0, 0.25, (2, days)), axis=1)
    blue, red = 1e6 * np.exp(swing[0]), 8e5 * np.exp(swing[1])
    errors = random.normal(0, noise, (2, days))
    for day in range(1, days):
        errors[:, day] += 0.4 * errors[:, day - 1]
    blue_lost = np.exp(8 + p * np.log(red / 1e6) + q * np.log(blue / 1e6) + errors[0])
    red_lost = np.exp(8.3 + p * np.log(blue / 1e6) + q * np.log(red / 1e6) + errors[1])
    return Campaign(np.arange(days, dtype=float), blue, red, blue_lost, red_lost), float(p - q)


@pytest.mark.slow
def test_the_truth_lies_in_nine_of_ten_intervals_and_a_stranger_does_not() -> None:
    truths, low, high = np.empty(REPLICATES), np.empty(REPLICATES), np.empty(REPLICATES)
    for number in range(REPLICATES):
        campaign, truths[number] = made_up(number)
        low[number], high[number] = np.quantile(fit_law(campaign, number, 500).beta, (0.05, 0.95))
    error = (0.9 * 0.1 / REPLICATES) ** 0.5
    assert abs(np.mean((low <= truths) & (truths <= high)) - 0.9) < 3 * error
    stranger = np.roll(truths, 1)
    assert np.mean((low <= stranger) & (stranger <= high)) < 0.5


def test_the_same_seed_gives_the_same_draws() -> None:
    campaign, _ = made_up(3)
    first, again, other = (fit_law(campaign, seed, 500) for seed in (1, 1, 2))
    assert np.array_equal(first.alpha, again.alpha) and np.array_equal(first.beta, again.beta)
    assert not np.array_equal(first.beta, other.beta)


def test_a_campaign_at_one_ratio_of_strengths_leaves_the_prior_of_beta_where_it_was() -> None:
    campaign, _ = made_up(5)
    still = np.full(40, 1e6)
    draws: Draws = fit_law(Campaign(campaign.day, still, still, campaign.blue_lost, campaign.red_lost), 0, 5000)
    assert abs(draws.beta.std() / 2**0.5 - 1) < 0.05 and abs(draws.beta.mean()) < 0.1


def test_the_ardennes_hold_several_laws(data: Path) -> None:
    found = fit_case(Request("ardennes", ROOT / "cases/ardennes", data)).document["stochastic"]
    whole, early = found["days 1-32"], found["days 1-10"]
    assert whole["beta"]["p05"] < -1 < 0 < whole["beta"]["p95"]
    assert early["beta"]["p05"] < -1 < 1 < early["beta"]["p95"]
    assert whole["alpha"]["p05"] < 0.911344 < whole["alpha"]["p95"] and whole["correlation"] > 0.8
    assert 0.05 < whole["replicated_slope"]["rank"] < 0.95
    narrow, wide = (whole["beta_under_other_priors"][name]["sd"] for name in ("sd 0.5", "sd 2"))
    assert narrow < 0.8 * whole["beta"]["sd"] < whole["beta"]["sd"] < wide  # the prior is felt
