"""Belief claim by claim: dates in order, repetition discounted, denials lower it."""

from __future__ import annotations

from typing import Any

import pytest

from foedus.evidence import DEFAULTS, belief_curve


def test_without_claims_belief_is_the_prior() -> None:
    curve = belief_curve([])
    assert curve.log_odds == DEFAULTS.setting("prior_log_odds")
    assert curve.probability == pytest.approx(0.05)


def test_one_claim_moves_belief_by_its_weight_of_evidence(make: Any) -> None:
    curve = belief_curve([make(grade="A1", hedge="asserted")])
    quality = (2 * 0.99 - 1) * 0.975
    odds = 0.05 / 0.95 * (1 + quality) / (1 - quality)
    assert curve.probability == pytest.approx(odds / (1 + odds))


def test_an_origin_that_repeats_itself_moves_belief_far_less_than_five_origins(make: Any) -> None:
    start = DEFAULTS.setting("prior_log_odds")
    echo = belief_curve([make(origin="one") for _ in range(5)]).log_odds - start
    chorus = belief_curve([make(origin=f"o{index}") for index in range(5)]).log_odds - start
    once = belief_curve([make()]).log_odds - start
    assert chorus > 2.5 * echo
    assert once < echo < once / DEFAULTS.setting("repetition")
    assert once < chorus < once / DEFAULTS.setting("kinship")


def test_a_denial_lowers_belief_and_does_not_use_up_the_origins_news(make: Any) -> None:
    claims = [
        make(origin="a", published="2024-10-01"),
        make(origin="b", published="2024-10-02", polarity="-"),
    ]
    curve = belief_curve(claims)
    assert curve.points[1].increment == pytest.approx(-curve.points[0].increment)
    assert curve.log_odds == pytest.approx(DEFAULTS.setting("prior_log_odds"))


def test_points_come_in_the_order_of_dates_and_can_be_asked_by_day(make: Any) -> None:
    claims = [make(origin=str(day), published=f"2024-10-{day:02d}") for day in (9, 3, 6)]
    curve = belief_curve(claims)
    assert [point.date for point in curve.points] == ["2024-10-03", "2024-10-06", "2024-10-09"]
    assert curve.at("2024-10-02") == DEFAULTS.setting("prior_log_odds")
    assert curve.at("2024-10-07") == curve.points[1].log_odds
    assert curve.at("2024-12-31") == curve.log_odds


def test_what_is_later_neutral_unknown_or_rejected_moves_nothing(make: Any) -> None:
    silent = [
        make(polarity="0"),
        make(hedge="unknown"),
        make(status="rejected"),
        make(published="2024-11-01"),
    ]
    assert belief_curve(silent, as_of="2024-10-25").log_odds == DEFAULTS.setting("prior_log_odds")


def test_a_doubtful_source_moves_belief_less(make: Any) -> None:
    steps = [belief_curve([make(grade=grade)]).log_odds for grade in ("E5", "E4", "C3", "B2", "A1")]
    assert steps == sorted(steps)
    assert (
        steps[1] < DEFAULTS.setting("prior_log_odds") < steps[2]
    )  # who is wrong more often than right speaks against what he says


def test_what_cannot_be_judged_moves_nothing_however_often(make: Any) -> None:
    rumours = [make(grade="F6", origin=f"o{index}") for index in range(10)]
    assert belief_curve(rumours).log_odds == DEFAULTS.setting("prior_log_odds")


@pytest.mark.parametrize(
    "changes",
    [
        {"hedge": "negated"},
        {"polarity": "-"},
        {"polarity": "-", "hedge": "negated"},
        {"commitment": "denied"},
        {"commitment": "negated", "polarity": "-"},
    ],
)
def test_a_denial_is_one_denial_in_whichever_field_it_stands(changes: dict[str, str], make: Any) -> None:
    for_it, against = belief_curve([make()]), belief_curve([make(**changes)])
    start = DEFAULTS.setting("prior_log_odds")
    assert against.log_odds - start == pytest.approx(start - for_it.log_odds, rel=1e-6)


@pytest.mark.parametrize("commitment", ["conditional", "asked", "retracted"])
def test_who_asks_or_supposes_says_nothing(commitment: str, make: Any) -> None:
    assert belief_curve([make(commitment=commitment)]).log_odds == DEFAULTS.setting("prior_log_odds")


@pytest.mark.parametrize("back", [{"polarity": "-"}, {"commitment": "retracted"}, {"commitment": "denied"}])
def test_who_takes_his_word_back_leaves_belief_as_it_was(back: dict[str, str], make: Any) -> None:
    others = [make(origin=name, published="2024-10-01") for name in "bcd"]
    turns = [make(origin="e", published="2024-10-02"), make(origin="e", published="2024-10-03", **back)]
    assert belief_curve([*others, *turns]).log_odds == pytest.approx(belief_curve(others).log_odds, abs=1e-12)


def test_what_could_be_lifts_belief_no_further_than_the_word_says(make: Any) -> None:
    many = [make(origin=f"o{index}", hedge="possible") for index in range(30)]
    assert belief_curve(many).probability == pytest.approx(0.4)
    sure = [make(origin=f"s{index}", published="2024-09-01") for index in range(3)]
    assert belief_curve([*sure, *many]).probability == belief_curve(sure).probability > 0.4


def test_who_does_not_know_does_not_use_up_the_news_of_others(make: Any) -> None:
    told = make(origin="b")
    silent = [make(origin=f"s{index}", hedge="unknown", published="2024-09-01") for index in range(3)]
    assert belief_curve([*silent, told]).log_odds == belief_curve([told]).log_odds
