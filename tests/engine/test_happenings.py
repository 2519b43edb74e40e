"""Events, noise, decisions and treaties against their laws. Tolerances come from Monte Carlo errors; each law has a wrong twin that fails."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from helpers import Course, course, ensemble

HEAD = "model m as of 2024-01-01 for 20 weeks step 1/4 week save every 1/4 week\nactor a, b\n"
FUTURES = 4000


def first_times(run: Course, name: str) -> np.ndarray:
    """(future,): when the condition first held, infinite if never."""
    holds = run[name] > 0.5
    return np.where(holds.any(axis=0), run.times[holds.argmax(axis=0)], np.inf)


def share_is(found: np.ndarray, chance: float, errors: float = 4.0) -> bool:
    """Does a share of futures lie within some Monte Carlo errors of a chance?"""
    return abs(found.mean() - chance) <= errors * math.sqrt(max(chance * (1 - chance), 1e-9) / len(found))


# --- events


def test_an_event_at_a_constant_rate_has_exponential_times() -> None:
    run = course("model m for 60 weeks step 1/16 week save every 1/16 week\nevent e at rate 0.2 per week\n", FUTURES)
    times = first_times(run, "e") - np.random.default_rng(0).uniform(0, 1 / 16, FUTURES)  # the moment within the step
    assert np.isfinite(times).all()
    assert stats.kstest(times, stats.expon(scale=5).cdf).pvalue > 1e-3
    assert stats.kstest(times, stats.expon(scale=5.5).cdf).pvalue < 1e-4


def test_an_event_comes_with_the_chance_that_its_hazard_gives() -> None:
    run = course(HEAD + "event e at rate 1/30 per week after 2024-01-15 until 10 weeks\n", FUTURES)
    assert share_is(run["e"][-1], 1 - math.exp(-8 / 30))
    assert not share_is(run["e"][-1], 1 - math.exp(-10 / 30))
    times = first_times(run, "e")
    assert times.min() >= 2 and times[np.isfinite(times)].max() <= 10.25


def test_a_changing_rate_is_accumulated() -> None:
    run = course(HEAD + "event e at rate 0.01 * time per week^2\n", FUTURES)
    assert share_is(run["e"][40], 1 - math.exp(-0.01 * 10**2 / 2), errors=5)


def test_a_repeating_event_is_a_poisson_process() -> None:
    run = course(HEAD + "event e at rate 0.3 per week repeating\nlet n : 1 = count(e)\n", FUTURES)
    counts = run["n"][-1]
    assert counts.mean() == pytest.approx(6, abs=4 * math.sqrt(6 / FUTURES) + 0.5)  # one firing a step at the most
    first, second = run["n"][40], counts - run["n"][40]
    assert abs(np.corrcoef(first, second)[0, 1]) < 4 / math.sqrt(FUTURES)
    assert counts.var() == pytest.approx(counts.mean(), rel=0.12)
    assert counts.max() > 1


def test_a_repeating_rare_event_has_poisson_counts() -> None:
    run = course("model m for 20 weeks step 1/32 week\nevent e at rate 0.1 per week repeating\nlet n : 1 = count(e)\n", FUTURES)
    counts = run["n"][-1].astype(int)
    seen = np.bincount(np.minimum(counts, 6), minlength=7)
    for mean, is_right in ((2.0, True), (1.6, False)):
        chances = [*stats.poisson(mean).pmf(range(6)), stats.poisson(mean).sf(5)]
        assert (stats.chisquare(seen, np.array(chances) * FUTURES).pvalue > 1e-3) == is_right


def test_a_chance_is_met_once_and_for_a_repeating_event_each_time() -> None:
    model = (
        "let on : 1 = if sin(3.14159265 * time / 2 weeks + 0.1) > 0 then 1 else 0\nevent once when on > 0.5 with chance 0.3\n"
        "event again when on > 0.5 with chance 0.3 repeating\nevent dated on 2024-01-15 with chance 0.3\nlet n : 1 = count(again)\n"
    )
    run = course(HEAD + model, FUTURES)
    assert share_is(run["once"][-1], 0.3) and share_is(run["dated"][-1], 0.3)
    assert np.array_equal(run["once"][1], run["once"][-1])  # the first moment decides
    rises = int((np.diff(run["on"][:, 0], prepend=0) > 0).sum())
    for hits in range(3):
        assert share_is(run["n"][-1] == hits, stats.binom(rises, 0.3).pmf(hits))
    assert not share_is(run["n"][-1] == 0, 0.7)


def test_an_event_on_a_date_happens_at_the_first_step_at_or_after_it() -> None:
    run = course(HEAD + "event e on 2024-01-09\nevent f on 2024-01-08\nevent before on 2023-12-01\n")
    assert first_times(run, "e") == [1.25] and first_times(run, "f") == [1.0] and first_times(run, "before") == [0.0]


def test_indexed_events_have_luck_of_their_own() -> None:
    run = course("model m for 5 weeks step 1/4 week\nindex side = x, y\nevent e[side] at rate 0.2 per week\n", FUTURES)
    both = (run["e[x]"][-1] * run["e[y]"][-1]).mean()
    assert both == pytest.approx((1 - math.exp(-1)) ** 2, abs=4 * math.sqrt(0.25 / FUTURES))


# --- noise


def noise_of(law: str, futures: int = 1500) -> np.ndarray:
    text = f'model m for 20 weeks step 1/2 week save every 1/2 week\nparam s : 1 ~ 0.4999 to 0.5001 because "a parameter"\nnoise n : 1 ~ {law}\n'
    return course(text, futures)["n"]


LAWS = {
    "normal(2, 0.5) every week": stats.norm(2, 0.5),
    "normal(2, s) every 1/2 week memory 3 weeks": stats.norm(2, 0.5),
    "lognormal(0, s) every week memory 2 weeks": stats.lognorm(0.5),
    "uniform(-1, 3) every week": stats.uniform(-1, 4),
}


@pytest.mark.parametrize("law", LAWS)
def test_a_noise_has_its_distribution_at_every_moment(law: str) -> None:
    noise = noise_of(law)
    for row in (0, 1, 17, -1):
        assert stats.kstest(noise[row], LAWS[law].cdf).pvalue > 1e-4
        assert stats.kstest(noise[row], stats.norm(2.1, 0.5).cdf).pvalue < 1e-2


@pytest.mark.parametrize("memory", ["", " memory 1 week", " memory 6 weeks"])
def test_a_noise_with_memory_keeps_its_mean_and_spread(memory: str) -> None:
    noise = noise_of(f"normal(2, 0.5) every 1/2 week{memory}", futures=4000)
    assert noise.mean(axis=1) == pytest.approx(2, abs=4.5 * 0.5 / math.sqrt(4000))
    assert noise.std() == pytest.approx(0.5, rel=0.025)


def test_a_logitnormal_noise_is_a_share() -> None:
    noise = noise_of("logitnormal(1, 0.5) every week")
    assert stats.kstest(np.log(noise[-1] / (1 - noise[-1])), stats.norm(1, 0.5).cdf).pvalue > 1e-4


@pytest.mark.parametrize(("memory", "weeks"), [("", 0.0), (" memory 3 weeks", 3.0), (" memory 1 week", 1.0)])
def test_the_autocorrelation_of_a_noise_is_what_its_memory_says(memory: str, weeks: float) -> None:
    noise = noise_of(f"normal(0, 1) every week{memory}")
    for lag in (1, 2, 5):
        pairs = np.corrcoef(noise[4::2][:-lag].ravel(), noise[4::2][lag:].ravel())[0, 1]
        assert pairs == pytest.approx(math.exp(-lag / weeks) if weeks else 0.0, abs=0.035)


def test_a_noise_holds_between_two_draws() -> None:
    noise = noise_of("normal(0, 1) every 2 weeks", 5)
    assert (noise[0:4] == noise[0]).all() and (noise[4] != noise[3]).all()


# --- decisions


def test_options_are_chosen_as_the_logit_says() -> None:
    model = 'decision d "?" by a every week from 2024-01-08 until 3 weeks\n  none : 0, some : log(2), more : log(3)\n'
    text = HEAD + model + "".join(f"let n_{option} : 1 = count(d is {option})\n" for option in ("none", "some", "more"))
    run = course(text, FUTURES)
    for option, chance in (("none", 1 / 6), ("some", 2 / 6), ("more", 3 / 6)):
        total = run[f"n_{option}"][-1]
        assert total.sum() / (2 * FUTURES) == pytest.approx(chance, abs=4 * math.sqrt(0.25 / (2 * FUTURES)))
    assert (sum(run[f"n_{option}"][-1] for option in ("none", "some", "more")) == 2).all()  # considered in weeks 1 and 2


def test_utilities_may_be_huge_without_overflow() -> None:
    run = course(HEAD + "decision d by a every week none : 0, act : 2000, other : -2000\nlet x : 1 = d is act\n", 50)
    assert (run["x"][1:] == 1).all() and (run.status == 0).all()


def test_a_choice_holds_until_the_next_and_once_makes_it_final() -> None:
    free = course(HEAD + "decision d by a every 2 weeks none : 0, act : 0\nlet x : 1 = d is act\n", 200)["x"]
    assert (free[1:8] == free[0]).all() and (free[8] != free[0]).any()
    final = course(HEAD + "decision d by a every week once none : 0, act : 0\nlet x : 1 = d is act\n", FUTURES)["x"]
    assert (np.diff(final, axis=0) >= 0).all()
    assert share_is(final[4], 0.75)


def test_a_decision_waits_for_its_condition() -> None:
    run = course(
        HEAD
        + "decision d by a every week when time >= 5 weeks none : -20, act : 20\nlet x : 1 = d is act\nlet p : 1 = pulse(d is act) * time_step\n",
        20,
    )
    assert (first_times(run, "x") == 5).all()
    assert run["p"][:, 0].sum() == 16  # weeks 5 to 20


# --- treaties


def treaty(clauses: str, in_force: str = "time >= 2 weeks", trigger: str = "time >= 4 weeks") -> Course:
    text = f'treaty p between a and b, in force when {in_force} obliges "help" when {trigger}, honoured with chance {clauses}\n'
    return course(HEAD + text + "let f : 1 = in_force(p)\nlet i : 1 = invoked(p)\nlet h : 1 = honoured(p)\n", FUTURES)


def test_a_treaty_is_in_force_invoked_and_honoured_in_turn() -> None:
    run = treaty("0.3 after 3 weeks")
    assert (first_times(run, "f") == 2).all() and (first_times(run, "i") == 4).all()
    times = first_times(run, "h")
    assert set(times) == {7.0, np.inf} and share_is(np.isfinite(times), 0.3)
    assert not share_is(np.isfinite(times), 0.4)


def test_a_treaty_decides_once_the_first_time_its_case_arises() -> None:
    run = treaty("if time < 6 weeks then 0 else 1")
    assert (run["i"][-1] == 1).all() and (run["h"] == 0).all()


def test_help_begins_at_once_without_a_delay() -> None:
    run = treaty("1")
    assert (first_times(run, "h") == 4).all()


def test_a_case_before_the_treaty_is_in_force_has_a_chance_of_its_own() -> None:
    early = treaty("1 or 0.2 before it is in force", in_force="time >= 8 weeks", trigger="time >= 4 weeks and time < 5 weeks")
    assert share_is(early["h"][-1], 0.2) and set(first_times(early, "h")) == {4.0, np.inf}
    assert (early["i"][-1] == 1).all()
    never = treaty("1", in_force="time >= 8 weeks", trigger="time >= 4 weeks and time < 5 weeks")
    assert (never["h"] == 0).all() and (never["i"] == 0).all()


def test_the_chance_of_a_treaty_may_be_a_prior_and_becomes_a_parameter() -> None:
    run = treaty('~ 0.2 to 0.6 as uniform because "x"')
    assert [slot.name for slot in run.program.parameters] == ["p_chance"]
    assert share_is(run["h"][-1], 0.4, errors=5)


def test_time_since_an_event_of_before_the_run_counts_from_its_day() -> None:
    text = (
        "model m as of 2024-01-01 for 10 days step 1/4 day\nevent past on 2023-12-01\nevent luck on 2023-12-01 with chance 0.5\n"
        "event first on 2024-01-01\nevent later on 2024-01-03\nevent moved on 2023-12-01\nscenario s { moved = on 2024-01-05 }\nscenario n { past = never }\n"
        "hindcast before from 2023-11-01 to 2024-01-01 { }\n"
    )
    for name in ("past", "luck", "first", "later", "moved"):
        text += f"question {name}_0 at 0 days value time_since({name}) in days\nquestion {name}_10 at the end value time_since({name}) in days\n"
    found = ensemble(text, 40, engine="reference")
    right = {"past_0": 31, "past_10": 41, "first_0": 0, "first_10": 10, "later_0": 0, "later_10": 8}
    assert {name: set(found.values(name)) for name in right} == {name: {value} for name, value in right.items()}
    assert set(found.values("luck_10")) == {0, 41}
    assert set(found.values("moved_0")) == {31} and set(found.values("moved_10")) == {41}
    assert set(found.values("moved_0", "s")) == {0} and set(found.values("moved_10", "s")) == {6}
    assert set(found.values("past_10", "n")) == {0} and found.digest == ensemble(text, 40, engine="compiled").digest
