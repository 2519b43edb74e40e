"""Each mechanism against what its source says: a closed form, or a figure that was published.

Where nothing jumps, `rk4` makes an error of the order (step / time constant)^4, below 1e-6 at the steps used here; what is drawn is held to four
standard errors of its own sample.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.linalg import expm

from .uses import ran

YEAR = 365.25 / 7  # in weeks
TIGHT = 1e-6
FINE = "for 52 weeks step 1/8 week method rk4 save every 1/8 week"
STEPS = "for 52 weeks step 1/32 week"
LUCKY = "for 104 weeks step 1/4 week save every 1/4 week"
MANY = 4000


def spread(values: np.ndarray) -> float:
    """Four standard errors of a mean."""
    return 4 * float(values.std()) / math.sqrt(len(values))


def at(run, name: str, week: float) -> np.ndarray:
    """The values at a moment, in the model's unit of time; it must be one that was saved."""
    row = int(np.argmin(abs(run.times - week)))
    assert run.times[row] == pytest.approx(week)
    return run[name][row]


def holds(run, name: str, exact, tolerance: float = TIGHT) -> None:
    """A course agrees with its closed form at every moment."""
    np.testing.assert_allclose(run[name][:, 0], [exact(t) for t in run.times], rtol=tolerance, atol=tolerance)


# --- people and arms


def test_pipeline_is_an_ageing_chain():
    """Sterman 2000, chapter 12: the last stock of a chain relaxes with its mean stay; those in training are intake × course (Little 1961)."""
    given = "intake = 100 thing/week, start = 2000 thing, course = 10 week, dropout = 0.1, leaving = 0.2 per year"
    run = ran("pipeline", given, FINE)
    rate = 0.2 / YEAR
    rest = 90 / rate
    holds(run, "part.serving", lambda t: rest + (2000 - rest) * math.exp(-rate * t))
    holds(run, "part.training", lambda t: 1000)


def test_pipeline_dries_up_when_nobody_is_taken_in():
    run = ran(
        "pipeline", "intake = 100 thing/week * (time < 20 week), start = 0 thing, course = 8 week", "for 52 weeks step 1/8 week"
    )
    steps = 8 * 12
    assert at(run, "part.training", 32)[0] == pytest.approx(800 * (1 - 1 / 64) ** steps, rel=1e-9)  # Euler's own solution


SQUARE = (
    "strength[north] = 100 fighter, strength[south] = 80 fighter, losses_now[north] = 8 fighter/week, losses_now[south] = 5 fighter/week, "
    "killed_share = 1, "
)


def test_attrition_keeps_lanchesters_square_law():
    """Lanchester 1916: with aimed fire x' = -b y, y' = -a x, so a x² - b y² is constant and x = x0 cosh(√(ab) t) - y0 √(b/a) sinh(√(ab) t)."""
    run = ran("attrition", SQUARE + "fire_power = 1, exposure_power = 0", "for 8 weeks step 1/64 week method rk4")
    a, b = 5 / 100, 8 / 80
    root = math.sqrt(a * b)
    holds(run, "part.fighting[north]", lambda t: 100 * math.cosh(root * t) - 80 * math.sqrt(b / a) * math.sinh(root * t))
    law = a * run["part.fighting[north]"][:, 0] ** 2 - b * run["part.fighting[south]"][:, 0] ** 2
    np.testing.assert_allclose(law, law[0], rtol=TIGHT)


def test_attrition_keeps_lanchesters_linear_law():
    """Lanchester 1916: with fire at an area both sides lose in a fixed proportion."""
    run = ran("attrition", SQUARE + "fire_power = 1, exposure_power = 1", "for 26 weeks step 1/8 week")
    lost = [100 - run["part.fighting[north]"][1:, 0], 80 - run["part.fighting[south]"][1:, 0]]
    np.testing.assert_allclose(lost[0] / lost[1], 8 / 5, rtol=1e-9)


def test_rounds_last_until_they_are_rationed():
    """Linear down to the cover, then exponential towards what is made in the time of the cover."""
    run = ran("rounds", "stock_now = 800 round, wanted = 100 round/week, made = 50 round/week, cover = 4 week, duds = 0.1", FINE)
    holds(run, "part.held", lambda t: 800 - 50 * t if t <= 8 else 200 + 200 * math.exp(-(t - 8) / 4))
    assert run["part.effective"][-1, 0] == pytest.approx(0.9 * 50, rel=1e-4)
    empty = ran("rounds", "stock_now = 0 round, wanted = 100 round/week, made = 0 round/week", FINE)
    assert (empty["part.fired"] == 0).all()


def test_front_moves_with_a_power_of_the_odds():
    given = "held_now = 5000 area, pace = 20 area/week, attackers = 1.5, defenders = 0.75, power = 1.5, hindrance = 0.25, last_stand = 2 week"
    run = ran("front", given, FINE)
    holds(run, "part.held", lambda t: 5000 - 0.75 * 20 * 2**1.5 * t)
    small = ran("front", "held_now = 100 area, pace = 20 area/week, last_stand = 2 week", FINE)
    holds(small, "part.held", lambda t: 100 - 20 * t if t <= 3 else 40 * math.exp(-(t - 3) / 2))


def test_contingent_arrives_in_two_stages_and_learns():
    """Two exponential stages; the experience of a coflow is the time in use, summed over those in use (Sterman 2000, chapter 12)."""
    given = (
        "ordered = 10000 thing, sending_time = 6 week, drill_time = 4 week, hazard = 0, wave_rate = 0, skill_first = 0.4, "
        "learning_time = 12 week"
    )
    run = ran("contingent", given, STEPS)
    a, b = 6.0, 4.0

    def used(t: float) -> float:
        return 10000 * (1 - (a * math.exp(-t / a) - b * math.exp(-t / b)) / (a - b))

    def summed(t: float) -> float:
        return 10000 * (t - (a**2 * (1 - math.exp(-t / a)) - b**2 * (1 - math.exp(-t / b))) / (a - b))

    half = 1 / 64  # Euler lags by half a step in each stage
    np.testing.assert_allclose(run["part.used"][:, 0], [used(t) for t in run.times], atol=10000 * half / b)
    np.testing.assert_allclose(
        run["part.skill"][:, 0], [1 - 0.6 * math.exp(-(summed(t) / used(t) if t else 0) / 12) for t in run.times], atol=half / b
    )


def test_contingent_grows_by_waves():
    """A Poisson number of waves of fixed size: n (1 + share × rate × t) on average."""
    run = ran("contingent", "ordered = 1000 thing, hazard = 0, wave_rate = 2 per year, wave_share = 0.5", LUCKY, MANY)
    everyone = run["part.used"][-1] + run["part.waiting"][-1] + run["part.preparing"][-1]
    assert everyone.mean() == pytest.approx(1000 * (1 + 0.5 * 2 * (104 - 0.25) / YEAR), abs=spread(everyone) + 2)


# --- states


def test_pact_is_honoured_as_often_as_it_says_and_after_its_delay():
    run = ran("pact", "trigger = (time >= 20 week), honour = 0.7, delay_time = 4 week, help_size = 0.5", LUCKY, MANY)
    assert at(run, "part.helping", 20)[0] == 0 and at(run, "part.helping", 23.75).max() == 0
    helped = at(run, "part.helping", 24.5)
    assert helped.mean() == pytest.approx(0.7, abs=spread(helped))
    assert (run["part.help"][-1] == 0.5 * run["part.helping"][-1]).all()
    never = ran("pact", "trigger = 0, honour = 1, honour_before = 1", LUCKY, 50)
    assert never["part.helping"].max() == 0


def test_pact_that_is_only_signed_comes_into_force_by_its_rate():
    """Exponential waiting: in force by t with 1 - exp(-rate t)."""
    given = "trigger = (time >= 20 week), bound_now = 0, ratify_rate = 2 per year, honour = 0.8, honour_before = 0.1, delay_time = 1 week"
    run = ran("pact", given, LUCKY, MANY)
    force = 1 - math.exp(-2 * 20 / YEAR)
    helped = run["part.helping"][-1]
    assert helped.mean() == pytest.approx(
        0.8 * force + 0.1 * (1 - force), abs=spread(helped) + 0.005
    )  # the step: 0.25 week of the rate


def test_bargain_settles_where_arrears_and_deliveries_balance():
    """u = owed in weeks of full deliveries: u = T / (1 + u / P), so u = P (√(1 + 4 T / P) - 1) / 2."""
    run = ran(
        "bargain",
        "offered = 20 good/week, price = 3 pay/good, payment_time = 30 week, patience = 40 week",
        "for 520 weeks step 1/4 week",
    )
    weeks = 40 * (math.sqrt(1 + 4 * 30 / 40) - 1) / 2
    assert run["part.owed"][-1, 0] == pytest.approx(60 * weeks, rel=TIGHT)
    assert run["part.delivery"][-1, 0] == pytest.approx(20 / (1 + weeks / 40), rel=TIGHT)


def test_tension_settles_at_the_mean_of_shot_noise():
    """Campbell's theorem for jumps towards 1: (usual / fading + jump × rate) / (1 / fading + jump × rate), where incidents come by a fixed rate."""
    given = "usual = 0.2, now = 0.4, fading_time = 10 week, incident_rate = 6 per year, jump = 0.3, sway = 0, escalation = 0.1"
    run = ran("tension", given, LUCKY, MANY)
    push = 0.3 * 6 / YEAR
    level = run["part.level"][-1]
    assert level.mean() == pytest.approx((0.2 / 10 + push) / (1 / 10 + push), abs=spread(level))
    war = run["part.war"][-1]
    assert war.mean() == pytest.approx(
        1 - math.exp(-0.1 * 6 * 104 / YEAR), abs=spread(war) + 0.01
    )  # two incidents in a step are one chance


def test_tension_breeds_incidents():
    calm, swayed = (
        ran("tension", f"now = 0.9, usual = 0.2, incident_rate = 4 per year, sway = {sway}", LUCKY, 1000) for sway in (0, 2)
    )
    assert swayed["part.incidents"][-1].mean() > calm["part.incidents"][-1].mean() + spread(calm["part.incidents"][-1])


def test_sanctions_tighten_by_rounds_and_evasion_learns():
    """A Poisson number of rounds, each taking a part of what is free: free(t) = free(0) exp(-rate × part × t)."""
    given = (
        "trade = 100 good/week, reach_now = 0.4, round_rate = 2 per year, tightening = 0.25, evasion_now = 0.2, evasion_last = 0.7, "
        "learning_time = 26 week"
    )
    run = ran("sanctions", given, LUCKY, MANY)
    reach = run["part.reach"][-1]
    assert reach.mean() == pytest.approx(1 - 0.6 * math.exp(-2 * 0.25 * 104 / YEAR), abs=spread(reach) + 0.002)
    assert run["part.evasion"][-1, 0] == pytest.approx(0.7 - 0.5 * (1 - 0.25 / 26) ** (4 * 104), rel=1e-9)
    np.testing.assert_allclose(run["part.passing"], 100 * (1 - run["part.reach"] * (1 - run["part.evasion"])), rtol=1e-12)


def test_support_falls_by_muellers_fifteen_points_with_every_tenfold_rise():
    """Mueller 1973: about 15 percentage points of support for each tenfold rise of casualties."""
    run = ran(
        "support",
        "support_now = 0.6, losses_so_far = 100 loss, losses = 90 loss/week, slope = 0.15",
        "for 110 weeks step 1/4 week",
    )
    assert at(run, "part.support", 10)[0] == pytest.approx(0.45, abs=1e-12)
    assert at(run, "part.support", 110)[0] == pytest.approx(0.30, abs=1e-12)
    defaults = ran(
        "support", "support_now = 0.6, losses_so_far = 100 loss, losses = 90 loss/week", "for 10 weeks step 1/4 week", 500
    )
    low, high = np.quantile(0.6 - defaults["part.support"][-1], [0.05, 0.95])
    assert low < 0.15 < high, "the default holds the published figure"


def test_belief_is_right_as_often_as_it_says():
    """Good 1950: with signals and silence weighed by their likelihood ratio, of those believed at p a share of p is true."""
    given = "start = 0, memory_time = 1000000000 week, sightings = 0.15 per week, false_alarms = 0.05 per week"
    runs = [ran("belief", f"{given}, fact = {fact}", "for 26 weeks step 1/8 week", MANY, seed=fact) for fact in (0, 1)]
    belief = np.concatenate([run["part.belief"][-1] for run in runs])
    fact = np.repeat([0, 1], MANY)
    for low, high in ((0, 0.25), (0.25, 0.5), (0.5, 0.75), (0.75, 1), (0, 1)):
        inside = (belief >= low) & (belief < high)
        error = 4 * math.sqrt((belief * (1 - belief))[inside].sum())
        assert abs((fact - belief)[inside].sum()) < error + 0.01 * inside.sum()
    assert belief[fact == 1].mean() > 0.7 > 0.3 > belief[fact == 0].mean()


def test_decision_is_taken_with_the_chance_of_a_year():
    """A fixed hazard that gives the chance c in a year gives 1 - (1 - c)^t in t years; a push adds to its logarithm (Cox 1972)."""
    for push, times in ((0.0, 1.0), (math.log(3), 3.0)):
        run = ran("decision", f"chance = 0.2, push = {push}, lag = 10 week", LUCKY, MANY)
        acts = run["part.acts"][-1]
        assert acts.mean() == pytest.approx(1 - 0.8 ** (times * 104 / YEAR), abs=spread(acts) + 0.002)
        effect = run["part.in_effect"][-1]
        assert effect.mean() == pytest.approx(1 - 0.8 ** (times * 94 / YEAR), abs=spread(effect) + 0.002)
    shut = ran("decision", "open = 0, chance = 0.9", LUCKY, 50)
    assert shut["part.acts"].max() == 0


def test_ladder_settles_as_a_birth_and_death_process():
    """Rung k with a chance in proportion to (up / down)^k, k = 0 … top."""
    run = ran(
        "ladder",
        "rung_now = 2, climb_rate = 12 per year, calm_rate = 18 per year",
        "for 104 weeks step 1/16 week",
        MANY,
        engine="compiled",
    )
    chances = (12 / 18) ** np.arange(6)
    chances /= chances.sum()
    rung = run["part.rung"][-1]
    assert set(np.unique(rung)) == {0, 1, 2, 3, 4, 5}
    for k, chance in enumerate(chances):
        assert (rung == k).mean() == pytest.approx(
            chance, abs=4 * math.sqrt(chance * (1 - chance) / MANY) + 0.01
        )  # steps: rate × step is 2 %


def test_talks_settle_as_a_chain_of_three_states():
    """Balance: talking = fighting × opening × length, truce = fighting × opening × success / breaking."""
    given = "opening_rate = 6 per year, talk_time = 6 week, success = 0.4, breaking_rate = 2 per year"
    run = ran("talks", given, "for 156 weeks step 1/16 week", MANY, engine="compiled")
    weights = np.array([1, 6 / YEAR * 6, 6 * 0.4 / 2])
    _, talking, truce = weights / weights.sum()
    for name, share in (("part.talking", talking), ("part.truce", truce)):
        assert run[name][-1].mean() == pytest.approx(share, abs=spread(run[name][-1]) + 0.005)
    assert set(np.unique(run["part.truce"])) == {0, 1}


RICHARDSON = {
    1909: 199.2,
    1910: 204.8,
    1911: 214.9,
    1912: 238.7,
    1913: 289.0,
}  # £ million, both alliances together (Richardson 1960)


def test_arms_race_retraces_richardsons_figures_of_1909_to_1913():
    """Richardson 1960: the sum of both sides' outlays rose by 0.73 of its excess over 194 a year; his own fit misses the figures by up to 1 %."""
    given = (
        "arms_now = 99.6 arms, reaction = 0.93 per year, fatigue = 0.2 per year, grievance = -70.81 arms/year, limit = 1000000"
    )
    run = ran("arms_race", given, "for 4 years step 1/96 year method rk4 save every 1/96 year")
    total = run["part.armed[north]"][:, 0] + run["part.armed[south]"][:, 0]
    for year, figure in RICHARDSON.items():
        assert total[96 * (year - 1909)] == pytest.approx(figure, rel=0.01)
    np.testing.assert_allclose(total, 194 + 5.2 * np.exp(0.73 * run.times), rtol=TIGHT)


def test_arms_race_settles_where_richardson_says():
    """With fatigue above reaction: x = (a g + k h) / (a² - k²)."""
    given = (
        "arms_now = 100 arms, reaction = 0.1 per year, fatigue = 0.3 per year, limit = 1000000, grievance[north] = 20 arms/year, "
        "grievance[south] = 5 arms/year"
    )
    run = ran("arms_race", given, "for 100 years step 1/4 year")
    assert run["part.armed[north]"][-1, 0] == pytest.approx((0.3 * 20 + 0.1 * 5) / (0.3**2 - 0.1**2), rel=TIGHT)


# --- goods and people at large


def test_goods_decay_as_ghare_and_schrader_have_it():
    """Ghare and Schrader 1963: S(t) = S0 exp(-θt) - (used - added) / θ × (1 - exp(-θt)), while there is enough."""
    given = "stock_now = 2000 good, added = 60 good/week, wanted = 80 good/week, spoilage = 0.05 per month, cover = 2 week"
    run = ran("goods", given, "for 40 weeks step 1/8 week method rk4")
    rate = 0.05 / (365.25 / 12 / 7)
    holds(run, "part.store", lambda t: 2000 * math.exp(-rate * t) - 20 / rate * (1 - math.exp(-rate * t)))


def test_bankrun_spreads_as_imitation_has_it():
    """What has left follows F' = (p + q F)(1 - F), Bass's law: F = (1 - e^-(p+q)t) / (1 + q/p e^-(p+q)t), while there is cash for all."""
    given = "deposits_now = 1000 money, cash_now = 2000 money, insured = 0, fear = 0.05 per week, imitation = 0.5 per week"
    run = ran("bankrun", given, "for 20 weeks step 1/256 week save every 1/4 week")

    def share(t: float) -> float:
        left = math.exp(-0.55 * t)
        return (1 - left) / (1 + 10 * left)

    holds(run, "part.gone", share, 2e-3)
    assert run["part.failed"].max() == 0


@pytest.mark.parametrize(("more", "fails"), [("guaranteed = 0", True), ("guaranteed = 1", False)])
def test_bankrun_fails_where_less_is_in_cash_than_is_not_covered(more, fails):
    """Diamond and Dybvig 1983: who is not covered leaves because others do, and cash for a part is not enough; a guarantee for all ends it."""
    given = (
        f"deposits_now = 1000 money, cash_now = 300 money, insured = 0.4, fear = 0.05 per week, imitation = 2 per week, {more}"
    )
    run = ran("bankrun", given, "for 52 weeks step 1/16 week")
    assert bool(run["part.failed"].max()) is fails
    assert bool(run["part.gone"][-1, 0] > 0.25) is fails


def test_reserves_fall_by_the_deficit_until_imports_are_rationed():
    """Krugman 1979: a deficit drains them in a straight line; below the cover what is paid out is in proportion to what is left."""
    given = "reserves_now = 1000 money, exports = 30 money/week, imports = 50 money/week, due = 0 money/week, cover = 8 week"
    run = ran("reserves", given, "for 100 weeks step 1/64 week save every 1 week")
    rationed = (1000 - 8 * 50) / 20  # the week in which the cover is reached
    end = 8 * 30
    holds(run, "part.held", lambda t: 1000 - 20 * t if t <= rationed else end + (400 - end) * math.exp(-(t - rationed) / 8), 2e-3)
    assert run["part.bought"][-1, 0] == pytest.approx(30, rel=1e-2), "in the end no more is bought than is earned"


def test_dispute_closes_its_gap_at_the_sum_of_both_concessions():
    """Cross 1965: each side gives up a part of what is left, so the gap decays; settlements come at their rate where none is reluctant."""
    given = "demand_now = 0.2, offer_now = 0.05, workers = 1000 worker, yielding = 0.1 per month, raising = 0.05 per month, "
    month = 365.25 / 12 / 7
    run = ran("dispute", given + "settling = 0 per month", "for 52 weeks step 1/8 week save every 1 week")
    holds(run, "part.gap", lambda t: 0.15 * (1 - 0.15 / month / 8) ** round(8 * t))  # Euler's own solution
    run = ran("dispute", given + "settling = 1 per month, reluctance = 0, stoppages = 0.5", "for 8 weeks step 1/16 week", MANY)
    settled = run["part.settled"][-1]
    assert settled.mean() == pytest.approx(1 - math.exp(-8 / month), abs=spread(settled))
    lost = run["part.lost"][-1]
    assert lost.mean() == pytest.approx(500 * month * (1 - math.exp(-8 / month)), abs=spread(lost) + 500 / 16)


STRAIT = "traffic = 100 cargo/week, value = 1000 money/cargo, attack_rate = 0, calm_premium = 0.002, keenness = 3, straight_time = 3 week, longer = 1.4"


@pytest.mark.parametrize("detour", [1, 2, 8])
def test_chokepoint_splits_by_the_logit_of_two_costs(detour):
    """McFadden 1974: log-odds in proportion to the difference; half and half where both ways cost the same. What is on the way is by Little's law."""
    share = 1 / (1 + math.exp(-3 * (1 - 2 / detour)))
    run = ran("chokepoint", f"{STRAIT}, detour_cost = {detour} money/cargo, through_now = {share!r}", LUCKY)
    holds(run, "part.through", lambda t: share)
    holds(run, "part.passing", lambda t: 100 * share * 3)
    holds(run, "part.around", lambda t: 100 * (1 - share) * 3 * 1.4)
    holds(run, "part.arriving", lambda t: 100)
    holds(run, "part.cost", lambda t: share * 2 + (1 - share) * detour)


def test_chokepoint_has_the_premium_that_was_published():
    """UNCTAD 2024: from below 0.1 % of the ship's value to 0.7 to 1 % at some ten attacks a month; escorts work like fewer attacks."""
    given = "traffic = 100 cargo/week, value = 1000 money/cargo, detour_cost = 10 money/cargo"
    calm, hot, escorted = (
        ran("chokepoint", f"{given}, {more}", LUCKY, 1000)["part.premium"][-1]
        for more in ("attack_rate = 0", "attack_rate = 10 per month", "attack_rate = 20 per month, escorts = 0.5")
    )
    assert np.quantile(calm, 0.95) < 0.0015
    assert 0.005 < np.median(hot) < 0.011
    assert escorted.mean() == pytest.approx(hot.mean(), abs=spread(escorted) + spread(hot))


def test_market_clears_at_the_price_of_its_elasticities():
    """Equal at (demand / supply)^(1 / (sum of the elasticities)); the price of the substitute moves demand by its own power."""
    given = (
        "supply_now = 100 good/week, price_now = 300 money/good, withheld = 0.2, demand_elasticity = 0.3, supply_elasticity = 0.2, "
        "substitution = 0.1, substitute_price = 1.5, ban_rate = 0, adjust_time = 4 week"
    )
    run = ran("market", given, "for 520 weeks step 1/4 week")
    assert run["part.price"][-1, 0] == pytest.approx(300 * (1.5**0.1 / 0.8) ** (1 / 0.5), rel=TIGHT)
    assert run["part.demand"][-1, 0] == pytest.approx(run["part.supply"][-1, 0], rel=TIGHT)


def test_market_stays_where_it_is_while_nothing_is_short():
    run = ran("market", "supply_now = 100 good/week, price_now = 300 money/good", LUCKY, 50)
    assert (run["part.price"] == 300).all() and run["part.others_ban"].max() == 0


def test_migration_is_a_chain_of_three_places():
    """Without networks the flows are linear: the matrix exponential."""
    given = (
        "population = 1000 person, displaced_now = 100 person, abroad_now = 50 person, danger = 4, danger_power = 0.5, "
        "flight_rate = 0.1 per year, crossing_rate = 0.4 per year, network = 0, return_rate = 0.2 per year"
    )
    run = ran("migration", given, "for 104 weeks step 1/4 week method rk4")
    flight, cross, back = 0.1 * 4**0.5 / YEAR, 0.4 / YEAR, 0.2 / YEAR
    matrix = np.array([[-flight, back, back], [flight, -cross - back, 0], [0, cross, -back]])
    exact = expm(matrix * 104) @ [1000, 100, 50]
    found = [run[f"part.{name}"][-1, 0] for name in ("home", "displaced", "abroad")]
    np.testing.assert_allclose(found, exact, rtol=TIGHT)


def test_migration_begins_at_the_crossing_that_is_told():
    """Where it is told how many cross in a week, so many do, at home or displaced, in proportion to who is left: exponential decay."""
    given = (
        "population = 900 person, displaced_now = 100 person, abroad_now = 50 person, crossing_now = 8 person/week, "
        "flight_rate = 0 per year, crossing_rate = 0.9 per year, network = 0.7, return_rate = 0 per year"
    )
    run = ran("migration", given, "for 1 weeks step 1/64 week method rk4")
    assert run["part.crossing"][0, 0] == pytest.approx(8, rel=TIGHT)
    shut = ran("migration", f"{given}, closed = 1", "for 20 weeks step 1/4 week method rk4")
    assert shut["part.abroad"][-1, 0] == pytest.approx(50, rel=TIGHT)
    still = ran("migration", given.replace("network = 0.7", "network = 0"), "for 20 weeks step 1/4 week method rk4")
    assert still["part.abroad"][-1, 0] == pytest.approx(50 + 1000 * (1 - math.exp(-8 / 1000 * 20)), rel=TIGHT)


@pytest.mark.parametrize(("reproduction", "published"), [(1.5, 0.583), (2.0, 0.797), (3.0, 0.940)])
def test_epidemic_ends_at_the_final_size(reproduction, published):
    """Kermack and McKendrick 1927: log(S∞ / S0) = -R (1 - S∞ / N) with all who were infected at the start counted in; tables give 58.3, 79.7, 94.0 %."""
    given = f"population = 1000000 person, sick_now = 1 person, reproduction = {reproduction}, incubation = 5 day, sick_time = 6 day, fatality = 0.01"
    run = ran("epidemic", given, "for 1500 days step 1/2 day method rk4 save every 30 days")
    healthy = run["part.healthy"][-1, 0] / 1e6
    first = run["part.healthy"][0, 0] / 1e6
    assert math.log(healthy / first) == pytest.approx(-reproduction * (1 - healthy), rel=1e-5)
    assert 1 - healthy == pytest.approx(published, abs=0.0006)
    assert run["part.dead"][-1, 0] == pytest.approx(0.01 * (1 - healthy) * 1e6, rel=1e-4)


def test_epidemic_does_not_start_below_a_reproduction_of_one():
    given = "population = 1000000 person, sick_now = 10 person, reproduction = 2, measures = 0.6"
    run = ran("epidemic", given, "for 365 days step 1/4 day", 100)
    assert run["part.sick"].max(axis=0).max() <= 10.0 + 1e-9


def test_diffusion_peaks_when_bass_says():
    """Bass 1969: the peak at log(q / p) / (p + q), here 6.2 years with the mean coefficients of Sultan, Farley and Lehmann 1990."""
    p, q = 0.03, 0.38
    run = ran(
        "diffusion",
        f"potential = 1000 adopter, innovation = {p} per year, imitation = {q} per year",
        "for 15 years step 1/48 year method rk4 save every 1/48 year",
    )
    holds(run, "part.spread", lambda t: (1 - math.exp(-(p + q) * t)) / (1 + q / p * math.exp(-(p + q) * t)))
    peak = run.times[np.argmax(run["part.taken_up"][:, 0])]
    assert peak == pytest.approx(math.log(q / p) / (p + q), abs=1 / 48)
    assert peak == pytest.approx(6.19, abs=0.03)


@pytest.mark.parametrize("load", [0.5, 0.8, 0.9])
def test_queue_settles_at_the_length_of_one_server(load):
    """One place: load / (1 - load), as M/M/1 has it (Rider 1976); and Little's law 1961: present = arrivals × time."""
    run = ran(
        "queue",
        f"arrivals = {load * 10} case/week, places = 1 case, service_time = 0.1 week, giving_up = 0",
        "for 208 weeks step 1/32 week",
    )
    assert run["part.present"][-1, 0] == pytest.approx(load / (1 - load), rel=TIGHT)
    assert run["part.waiting_time"][-1, 0] * load * 10 == pytest.approx(run["part.present"][-1, 0], rel=TIGHT)


STOCK = "demand = 10 thing/week, stock_now = 60 thing, goal = 100 thing, delivery_time = 4 week, forecast_time = 2 week, cover = 1 week, "


@pytest.mark.parametrize("line", [0.34, 1.0])
def test_inventory_follows_stermans_rule(line):
    """Sterman 1989: orders = demand + α (goal - stock + β (line wanted - line)); linear while nothing runs out: the matrix exponential."""
    run = ran("inventory", f"{STOCK}stock_weight = 0.26 per week, line_weight = {line}", FINE)
    matrix = np.array([[0, 1 / 4, -10], [-0.26, -0.26 * line - 1 / 4, 10 + 0.26 * (100 + line * 40)], [0, 0, 0]])
    for row in (80, 200, 400):
        exact = expm(matrix * run.times[row]) @ [60, 40, 1]
        assert [run[f"part.{name}"][row, 0] for name in ("held", "ordered")] == pytest.approx(exact[:2], rel=1e-5)


def test_inventory_swings_where_the_line_is_forgotten():
    """Sterman 1989: who counts 0.34 of what is on order overshoots; who counts all of it, with α at most 1 / delay, does not."""
    forgotten = ran("inventory", STOCK + "stock_weight = 0.5 per week, line_weight = 0.34", FINE)["part.held"][:, 0]
    counted = ran("inventory", STOCK + "stock_weight = 0.25 per week, line_weight = 1", FINE)["part.held"][:, 0]
    assert forgotten.max() > 103 and counted.max() < 100 + 1e-6


def test_capacity_in_order_comes_to_its_availability():
    """Billinton and Allan 1992: units that fail at one rate and are mended at another are available for mending/(failing + mending)."""
    given = "working_now = 1000 thing, asked = 1000 thing, failing = 0.05 per week, mending = 5 week, growth = 0"
    run = ran("capacity", given, "for 60 weeks step 1/64 week save every 1 week")
    holds(run, "part.working", lambda t: 1000 * (0.2 + 0.05 * math.exp(-0.25 * t)) / 0.25, 2e-3)
    holds(run, "part.short", lambda t: 1000 - 1000 * (0.2 + 0.05 * math.exp(-0.25 * t)) / 0.25, 2e-2)
    run = ran("capacity", given + ", hit = 0.5, from_others = 100 thing", "for 1 week step 1/64 week save every 1 week")
    assert run["part.able"][0, 0] == pytest.approx(600)


def test_prices_run_away_from_a_rate_that_is_held():
    """Howitt 1992: under a rate that does not move, the gap between the pace of prices and what the rate is worth grows without end."""
    given = "inflation_now = 0.3, pace_now = 0.25, rate_now = 0.2, neutral = 0.02, bite = 0.3 per year, fall = 0"
    run = ran("prices", given, "for 6 years step 1/512 year save every 1/4 year")
    worth = math.log(1.2) - 0.02
    gap = math.log(1.25) - worth
    holds(run, "part.pace", lambda t: worth + gap * math.exp(0.3 * t), 2e-3)
    holds(run, "part.level", lambda t: math.exp(worth * t + gap * (math.exp(0.3 * t) - 1) / 0.3), 5e-3)
    steady = ran(
        "prices",
        given.replace("bite = 0.3", "bite = 0").replace("fall = 0", "fall = 0.2, passing = 0.5"),
        "for 6 years step 1/64 year",
    )
    assert steady["part.inflation"][0, 0] == pytest.approx(0.3)
    assert steady["part.inflation"][-1, 0] == pytest.approx(1.25 * math.exp(0.1) - 1, rel=1e-3), (
        "a year's rise is that of its pace"
    )
