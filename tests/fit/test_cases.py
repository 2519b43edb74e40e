"""The cases' models against closed forms: the order of the method, and chances to their Monte Carlo error."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import norm

from foedus.case import load
from foedus.fit.iwo_jima import ENGEL, strengths
from foedus.fit.tables import rows_of
from foedus.study.futures import run_futures
from helpers import ROOT, course

from .conftest import shipped_fit

BLUE, RED = 1000.0, 800.0
SQUARE_RATES, LINEAR_RATES = (0.0316227766016838, 0.0474341649025257), (6.32455532033676e-5, 7.90569415042095e-5)


def square_law(time: float) -> float:
    """Blue under the square law. Source: cases/lanchester_square/README.md."""
    blue, red = SQUARE_RATES
    pace = math.sqrt(blue * red)
    return BLUE * math.cosh(pace * time) - math.sqrt(red / blue) * RED * math.sinh(pace * time)


def linear_law(time: float) -> float:
    """Blue under the linear law. Source: cases/lanchester_linear/README.md."""
    blue, red = LINEAR_RATES
    kept = blue * BLUE - red * RED
    if abs(kept) < 1e-12:
        return BLUE / (1 + blue * BLUE * time)
    return kept * BLUE / (blue * BLUE - red * RED * math.exp(-kept * time))


def final(case: str, question: str, scenario: str, step: str) -> float:
    """The answer of one future, with another step."""
    text = (ROOT / "cases" / case / "model.foedus").read_text(encoding="utf-8")
    assert " step 1/8 day" in text or " step 1/64 day" in text
    text = text.replace(" step 1/8 day", f" step {step}").replace(" step 1/64 day", f" step {step}")
    return float(course(text, scenario=scenario).answers[question][0])


@pytest.mark.parametrize(("case", "exact"), [("lanchester_square", square_law(10)), ("lanchester_linear", linear_law(30))])
def test_a_law_is_approached_with_the_order_of_runge_and_kutta(case: str, exact: float) -> None:
    coarse, fine = (abs(final(case, "blue_left", "middle", step) - exact) for step in ("2 day", "1 day"))
    assert math.log2(coarse / fine) == pytest.approx(4, abs=0.35)
    assert final(case, "blue_left", "middle", "1/8 day") == pytest.approx(exact, rel=1e-9)


def test_iwo_jima_is_approached_with_the_order_of_euler() -> None:
    exact = strengths(ENGEL, 36)[0]
    coarse, fine = (abs(final("iwo_jima", "effectives", "exact", step) - exact) for step in ("1/32 day", "1/64 day"))
    assert math.log2(coarse / fine) == pytest.approx(1, abs=0.1)
    assert fine < 0.002 * exact


CHANCES = {
    "lanchester_square": (SQUARE_RATES, 2, "middle"),
    "lanchester_linear": (LINEAR_RATES, 1, "middle"),
}


@pytest.mark.parametrize("case", CHANCES)
def test_the_chance_that_blue_wins_has_its_closed_form(case: str) -> None:
    (blue, red), power, _ = CHANCES[case]
    sd = math.log(2.5) / (2 * norm.ppf(0.95)) * math.sqrt(2)
    exact = float(norm.cdf(math.log(blue * BLUE**power / (red * RED**power)) / sd))
    count = 20_000
    found = float(np.mean(run_futures(load(str(ROOT / "cases" / case)), count, 3, trajectories=False).values("blue_wins")))
    error = math.sqrt(exact * (1 - exact) / count)
    assert abs(found - exact) < 4 * error
    assert (
        abs(found - norm.cdf(math.log(blue * BLUE ** (3 - power) / (red * RED ** (3 - power))) / sd)) > 4 * error
    )  # the other law's


def test_the_models_of_the_cases_use_the_figures_of_their_fits() -> None:
    today = shipped_fit("alliances").document["today"]
    text = (ROOT / "cases/alliances/model.foedus").read_text(encoding="utf-8")
    assert f"beta({today['beta']['a']:.3g}, {today['beta']['b']:.3g})" in text
    ran = run_futures(load(str(ROOT / "cases/alliances")), 20_000, 2, trajectories=False)
    assert np.mean(ran.values("defence_today")) == pytest.approx(today["mean"], abs=4 * math.sqrt(0.19 * 0.81 / 20_000))
    battles = (ROOT / "cases/cdb90/model.foedus").read_text(encoding="utf-8")
    for name in ("hasty", "prepared", "fortified", "delay"):
        ratio = shipped_fit("cdb90").document["loss_ratio"][name if name == "delay" else f"{name} defence"]
        assert f"param slope[{name}] : 1 ~ normal({ratio['beta']['p50']:.2f}, " in battles and f"{ratio['n']} battles" in battles


def test_the_battles_are_read_and_those_without_losses_left_out() -> None:
    rows = rows_of(ROOT / "cases/cdb90/battles.csv", ("posture", "attacker_lost", "defender_lost"))
    told = [row for row in rows if row.text("posture") in ("HD", "PD", "FD", "DL")]
    lost = [(row.number("attacker_lost"), row.number("defender_lost")) for row in told]
    ratios = [attacker / defender for attacker, defender in lost if attacker > 0 and defender > 0]
    found = shipped_fit("cdb90").document
    assert found["battles"] + found["left_out"] == len(rows) == 660 and found["left_out"] == 8 and len(ratios) == 652
    everything = found["loss_ratio"]["all"]
    assert everything["mean"]["p50"] == pytest.approx(math.exp(np.mean(np.log(ratios))))
    assert everything["attacker_loses_more"] == pytest.approx(np.mean(np.array(ratios) > 1))
