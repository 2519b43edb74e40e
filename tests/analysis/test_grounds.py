"""What an answer rests on: shares of its variance with known values, a range that is not read off luck, badges by rule."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from foedus.analysis.grounds import FORETOLD, UNREAD, GroundedAnswer, Grounds, badge_of_reason, grounds_of
from foedus.analysis.ranges import Shift, between_shifts
from foedus.ensemble import Futures
from foedus.evidence import Claim
from foedus.study.grounds import kind_of_claim
from helpers import HEAD, ensemble, program_of

PARAMETERS = """param a : 1 ~ normal(0, 1) because "calibrated"
param b : 1 ~ normal(0, 1) because "judgement: no source"
param c : 1 ~ normal(0, 1) because "rule: two of ten"
stock x : 1 = 0 signed
question q at 1 week value a + b + c
"""
BADGES = {0: "fitted", 1: "judgement", 2: "base rate"}


def of(values: Any, futures: Futures, **more: Any) -> Grounds:
    return grounds_of(futures, [GroundedAnswer(values(*futures.parameters[:3]), **more)], BADGES, frozenset({2}))[0]


@pytest.fixture(scope="module")
def futures() -> Futures:
    return ensemble(HEAD + PARAMETERS, 4000)


def luck(futures: Futures) -> NDArray[np.float64]:
    return np.random.default_rng(1).standard_normal(futures.count)


def test_shares_of_a_linear_answer_are_its_squared_weights(futures: Futures) -> None:
    found = of(lambda a, b, c: 3 * a + 2 * b + c + 2 * luck(futures), futures)
    shares = np.array([found.fitted, found.assumed, found.claims, found.luck])
    np.testing.assert_allclose(shares, np.array([9, 4, 1, 4]) / 18, atol=0.02)
    assert shares.sum() == pytest.approx(1, abs=1e-12) and found.badge == "fitted"


def test_what_parameters_do_together_is_no_ones_without_a_second_run(futures: Futures) -> None:
    found = of(lambda a, b, c: a * b + 0 * c, futures)
    assert found.luck > 0.97


def test_pure_luck_rests_on_nothing(futures: Futures) -> None:
    found = of(lambda a, b, c: luck(futures), futures)
    assert found.luck > 0.99 and found.spread is not None
    assert found.spread[1] - found.spread[0] < 0.2  # the tenths are chosen by the other half: no range is made of noise


def test_the_range_is_the_mean_in_the_tenths(futures: Futures) -> None:
    found = of(lambda a, b, c: a + 0.01 * luck(futures), futures)
    # the mean of a normal's upper tenth is 1.755
    assert found.spread is not None
    np.testing.assert_allclose(found.spread, [-1.755, 1.755], atol=0.08)
    chance = of(lambda a, b, c: (a + luck(futures) > 0).astype(float), futures)
    assert chance.spread is not None and 0.03 < chance.spread[0] < 0.12 and 0.88 < chance.spread[1] < 0.97


def again(values: Any, futures: Futures, other: NDArray[np.float64]) -> Grounds:
    """The answer with luck of its own, and once more with other luck."""
    mine = np.random.default_rng(1).standard_normal(futures.count)
    drawn = futures.parameters[:3]
    asked = GroundedAnswer(values(*drawn, mine), again=values(*drawn, other))
    return grounds_of(futures, [asked], BADGES, frozenset({2}))[0]


def test_what_parameters_do_together_is_in_the_range(futures: Futures) -> None:
    """A product of two is seen by no line and no square: its standard deviation over the parameters is 1."""
    other = np.random.default_rng(2).standard_normal(futures.count)
    found = again(lambda a, b, c, luck: a * b + 2 * luck, futures, other)
    assert found.spread == pytest.approx((-1.755, 1.755), abs=0.3)
    twice = again(lambda a, b, c, luck: 2 * c + a * b + 2 * luck, futures, other)
    assert twice.spread == pytest.approx((-1.755 * 5**0.5, 1.755 * 5**0.5), abs=0.3)


def test_luck_alone_makes_no_range(futures: Futures) -> None:
    widths = []
    for seed in range(2, 22):
        found = again(lambda a, b, c, luck: luck, futures, np.random.default_rng(seed).standard_normal(futures.count))
        assert found.spread is not None
        widths.append(found.spread[1] - found.spread[0])
    assert np.median(widths) < 0.2 and max(widths) < 1.2


def test_a_range_goes_no_further_than_any_future(futures: Futures) -> None:
    other = np.random.default_rng(2).standard_normal(futures.count)
    found = again(lambda a, b, c, luck: (np.sin(4 * a) > luck).astype(float), futures, other)
    assert found.spread is not None and 0 <= found.spread[0] < 0.15 and 0.85 < found.spread[1] <= 1


def test_a_long_tail_on_one_side_makes_no_range_on_the_other(futures: Futures) -> None:
    """No tenth of the futures, whoever chooses it, has a higher mean than that of the highest answers."""

    def answer(a: Any, b: Any, c: Any, luck: Any) -> Any:
        return np.where(luck > 1.9, 1.0, -np.exp(1.5 * a + b * c + luck))

    highest = np.sort(answer(*futures.parameters[:3], luck(futures)))[-futures.count // 10 :].mean()
    found = again(answer, futures, np.random.default_rng(2).standard_normal(futures.count))
    assert found.spread is not None and found.spread[0] < -10 and found.spread[1] - 1e-9 <= highest < 0.3


def test_variants_and_calibrations_widen_the_range(futures: Futures) -> None:
    alone = of(lambda a, b, c: a, futures)
    wider = of(lambda a, b, c: a, futures, further=(None, 1.0))
    assert alone.spread is not None and wider.spread is not None
    middle = float(futures.parameters[0].mean())
    assert wider.spread[1] - middle == pytest.approx(np.hypot(alone.spread[1] - middle, 1.645))


def test_few_futures_and_a_constant_tell_nothing(futures: Futures) -> None:
    few = of(lambda a, b, c: np.where(np.arange(futures.count) < 30, a, np.nan), futures)
    constant = of(lambda a, b, c: 0 * a, futures)
    assert dataclasses.replace(few, is_known=True) == constant == Grounds(0.0, 0.0, 0.0, 0.0, "judgement", None)
    some = of(lambda a, b, c: np.where(np.arange(futures.count) < 300, a, np.nan), futures)
    assert some.fitted > 0.95 and some.spread is None


def test_answers_on_other_futures_are_told_one_by_one(futures: Futures) -> None:
    whole = futures.parameters[0] + 0.5 * luck(futures)
    part = np.where(futures.parameters[1] > 0, whole, np.nan)
    together = grounds_of(futures, [GroundedAnswer(whole), GroundedAnswer(part), GroundedAnswer(whole)], BADGES, frozenset())
    for place, values in enumerate((whole, part, whole)):
        alone = grounds_of(futures, [GroundedAnswer(values)], BADGES, frozenset())[0]
        assert together[place].fitted == pytest.approx(alone.fitted, rel=1e-9)
        np.testing.assert_allclose(together[place].spread, alone.spread, rtol=1e-9)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("because", "badge"),
    [
        ("judgement: nobody knows", "judgement"),
        ("", "judgement"),
        ("rule: wars end seldom", "base rate"),
        ("honoured in 42 of 102 cases", "base rate"),
        ("calibrated on two years of claims", "fitted"),
        ("5 and 95 % of an ensemble", "fitted"),
        ("the ministry's map of 20 October", "measured"),
        ("default of the mechanism queue: calibrated on 42 of 102 wards in 1997", "judgement"),
    ],
)
def test_a_reason_says_what_a_parameter_rests_on(because: str, badge: str) -> None:
    program = program_of(HEAD + 'param a : 1 ~ 0 to 1 because "judgement"\nstock x : 1 = a\n')
    slot = dataclasses.replace(program.parameters[0], because=because)
    assert badge_of_reason(slot, is_fitted=False) == badge
    assert badge_of_reason(slot, is_fitted=True) == "fitted"


@pytest.mark.parametrize(
    ("kinds", "badge"),
    [
        (["quantity", "event"], "measured"),
        (["assessment", "assessment"], "base rate"),
        (["foretold"], "judgement"),
        (["unread", "unread"], "judgement"),
        (["foretold", "assessment"], "judgement"),
        (["unread", "quantity"], "measured"),
    ],
)
def test_what_is_foretold_or_unread_is_not_measured(kinds: list[str], badge: str) -> None:
    program = program_of(HEAD + 'param a : 1 ~ 0 to 1 because "judgement"\nstock x : 1 = a\n')
    slot = dataclasses.replace(program.parameters[0], claims="some group", because="")
    assert badge_of_reason(slot, is_fitted=False, claims=kinds) == badge


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({}, "quantity"),
        ({"modality": "future"}, UNREAD),
        ({"status": "accepted", "modality": "future"}, FORETOLD),
        ({"status": "accepted", "group": "chance: the harbour closes"}, FORETOLD),
        ({"status": "accepted", "ctype": "intention", "modality": "future"}, "intention"),
        ({"ctype": "assessment"}, "assessment"),
    ],
)
def test_a_claim_is_what_its_type_its_modality_and_its_review_say(fields: dict[str, str], kind: str) -> None:
    """A think tank's "30 per cent" is its opinion, and what nobody has read is no measurement."""
    told = {
        "ctype": "quantity",
        "modality": "actual",
        "status": "accepted" if not fields else "proposed",
        "group": "ships",
        **fields,
    }
    assert kind_of_claim(cast(Claim, SimpleNamespace(**told))) == kind


def test_a_rival_structure_counts_by_its_weight(futures: Futures) -> None:
    """Of the futures half stand 10 higher: the band takes its lowest tenth from one half and its highest from the other."""
    found = of(lambda a, b, c: a, futures, shifts=(Shift(0.5, 10.0),))
    assert found.spread is not None
    np.testing.assert_allclose(found.spread, [-1.4, 11.4], atol=0.06)  # the mean of a normal's upper fifth is 1.4
    assert found.structure == pytest.approx(25 / 26, abs=0.01)
    assert found.claims + found.fitted + found.assumed + found.luck == pytest.approx(1, abs=1e-12)
    assert found.assumed >= found.structure and found.badge == "judgement"
    still = of(lambda a, b, c: a, futures, shifts=(Shift(0.5, 0.0),))
    assert still == of(lambda a, b, c: a, futures)


def test_a_rival_that_undoes_what_a_parameter_does_moves_most_where_that_does_most(futures: Futures) -> None:
    values = np.exp(futures.parameters[0] / 4)
    asked = [GroundedAnswer(values, shifts=(Shift(0.4, -float(values.mean()), moves),)) for moves in (None, -values)]
    plain, turned = grounds_of(futures, asked, BADGES, frozenset(), futures)
    assert plain.spread is not None and turned.spread is not None
    assert turned.spread[0] == pytest.approx(0, abs=0.02)  # nothing is left, of whatever there was
    assert plain.spread[0] < -0.2
    assert turned.spread[1] == pytest.approx(plain.spread[1], abs=0.01)


@pytest.mark.parametrize(
    ("shifts", "variance"),
    [([], 0.0), ([(0.3, 2.0)], 0.84), ([(0.25, 1.0), (0.25, -1.0)], 0.5), ([(0.5, 3.0), (0.2, 3.0)], 0.21 * 9)],
)
def test_the_variance_between_structures_is_that_of_their_weights(shifts: list[tuple[float, float]], variance: float) -> None:
    assert between_shifts(shifts) == pytest.approx(variance)


def test_a_model_without_doubt_rests_on_its_luck_and_its_rivals() -> None:
    certain = ensemble(HEAD + "stock x : 1 = 0 signed\nquestion q at 1 week value x\n", 1000)
    rival = (Shift(0.5, 2.0),)
    (lucky,) = grounds_of(certain, [GroundedAnswer(luck(certain))], {}, frozenset())
    assert (lucky.luck, lucky.structure, lucky.claims + lucky.fitted + lucky.assumed) == (1.0, 0.0, 0.0)
    (both,) = grounds_of(certain, [GroundedAnswer(luck(certain), shifts=rival)], {}, frozenset())
    assert both.structure == pytest.approx(0.5, abs=0.05) and both.luck == pytest.approx(1 - both.structure)
    (settled,) = grounds_of(certain, [GroundedAnswer(np.full(1000, 3.0), shifts=rival)], {}, frozenset())
    assert settled.structure == 1.0 and settled.luck == 0.0 and settled.spread == pytest.approx((3.0, 5.0))


def test_what_too_few_futures_tell_is_not_known(futures: Futures) -> None:
    only = np.where(np.arange(futures.count) < 30, futures.parameters[0], np.nan)
    assert not of(lambda a, b, c: only, futures).is_known
    assert of(lambda a, b, c: only * 0 + 2, futures).is_known  # a constant varies with nothing
    assert not of(lambda a, b, c: only * 0 + 2, futures, shifts=(Shift(0.3, 1.0),)).is_known
    assert not of(lambda a, b, c: only * np.nan, futures).is_known


def banded(seed: int, slope: float, *, is_chance: bool) -> Grounds:
    """What a thousand futures tell of an answer that hangs on one parameter and on luck twice as wide."""
    names = ("a", *(f"idle{number}" for number in range(8)))
    text = "model m for 4 weeks step 1 week\n" + "".join(f'param {name} : 1 ~ normal(0, 1) because "x"\n' for name in names)
    futures = ensemble(text + f"question q at the end value {' + '.join(names)}\n", 1000, seed, "compiled")
    values = slope * futures.parameters[0] + 2 * np.random.default_rng(seed).normal(size=1000)
    return grounds_of(futures, [GroundedAnswer((values > 1).astype(float) if is_chance else values)], {}, frozenset())[0]


@pytest.mark.parametrize("is_chance", [True, False])
def test_the_error_of_each_end_of_a_band_is_the_one_that_other_seeds_show(is_chance: bool) -> None:
    found = [banded(seed, 1.5, is_chance=is_chance) for seed in range(60)]
    ends, errors = (np.array([getattr(one, name) for one in found]) for name in ("spread", "spread_errors"))
    ratio = np.sqrt((errors**2).mean(axis=0)) / ends.std(axis=0, ddof=1)
    assert ((ratio > 0.8) & (ratio < 1.25)).all()


@pytest.mark.parametrize("is_chance", [True, False])
def test_a_band_that_luck_alone_would_show_is_not_told(is_chance: bool) -> None:
    shown = [banded(seed, 0.0, is_chance=is_chance).spread is not None for seed in range(40)]
    assert sum(shown) <= 6  # twice the error, and luck
    assert all(banded(seed, 1.5, is_chance=is_chance).spread is not None for seed in range(10))


def uniform(score: NDArray[np.float64]) -> NDArray[np.float64]:
    """In [0, 1], by rank."""
    return (np.argsort(np.argsort(score)) + 0.5) / len(score)


def test_what_bends_is_the_share_of_its_parameter_ishigami(futures: Futures) -> None:
    """Ishigami & Homma 1990: 0.3139 and 0.4424 of the variance by the first two alone, nothing by the third; the rest is interplay."""

    def ishigami(*scores: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y, z = (np.pi * (2 * uniform(score) - 1) for score in scores)
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    found = of(ishigami, futures)
    np.testing.assert_allclose([found.fitted, found.assumed, found.claims, found.luck], [0.314, 0.442, 0.0, 0.244], atol=0.03)
    noisy = of(lambda a, b, c: ishigami(a, b, c) + 4 * luck(futures), futures)
    np.testing.assert_allclose(
        [noisy.fitted, noisy.assumed, noisy.claims], np.array([0.314, 0.442, 0]) * 13.845 / 29.845, atol=0.04
    )


def test_what_bends_is_the_share_of_its_parameter_sobol(futures: Futures) -> None:
    """Sobol' 1993, the G function with a = 0, 1, 4.5: (1/3, 1/12, 1/90.75) of a variance of 0.4604."""

    def sobol(*scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.prod([(np.abs(4 * uniform(s) - 2) + a) / (1 + a) for s, a in zip(scores, (0, 1, 4.5), strict=True)], axis=0)

    found = of(sobol, futures)
    np.testing.assert_allclose([found.fitted, found.assumed, found.claims], [0.724, 0.181, 0.024], atol=0.025)


def test_a_function_of_one_parameter_rests_on_it_alone_however_heavy_its_tail(futures: Futures) -> None:
    found = of(lambda a, b, c: np.exp(3 * c), futures)
    assert (found.claims, found.luck, found.is_exact, found.is_told, found.is_carried) == (1.0, 0.0, True, True, False)
    falls = of(lambda a, b, c: (c < -2).astype(float), futures)
    assert falls.claims == 1.0 and falls.is_exact
    nearly = of(lambda a, b, c: np.exp(3 * c) + 1e-3 * luck(futures), futures)
    assert not nearly.is_exact and nearly.claims > 0.6  # some of it is in the steps between the few highest


def test_what_has_nothing_to_do_with_a_parameter_is_no_bend_of_it(futures: Futures) -> None:
    """Not in one of a hundred answers of whatever tail; each would show as a share of its own."""
    draws = np.random.default_rng(5).standard_normal((100, futures.count))
    asked = [GroundedAnswer(np.exp((1 + place % 3) * row)) for place, row in enumerate(draws)]
    found = grounds_of(futures, asked, BADGES, frozenset({2}))
    assert sum(one.luck < 0.97 for one in found) <= 2
