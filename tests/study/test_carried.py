"""Where a few futures carry a variance, nothing is told of what it rests on, and nothing of what would narrow it."""

from pathlib import Path

import numpy as np
import pytest

import foedus
from foedus.analysis.tails import CARRIERS, carriers_of_mean, carriers_of_variance
from foedus.case import load
from foedus.show.why import why_document, why_sentence
from foedus.show.worth import plan_sentence
from foedus.study.collect import collect

MODEL = """model m for 4 weeks step 1 week
param a : 1 ~ lognormal(0, SPREAD) "The size" because "judgement"
param b : 1 ~ normal(0, 1) "The rest" because "judgement"
question q "How many?" at the end value a + b
"""


def test_as_many_carry_as_there_are_equal_parts():
    rng = np.random.default_rng(1)
    assert carriers_of_variance(np.array([0.0, 1.0] * 50)) == pytest.approx(100)
    assert carriers_of_variance(rng.normal(size=60_000)) == pytest.approx(20_000, rel=0.03)  # a third: the fourth moment is 3
    assert carriers_of_variance(np.array([0.0] * 999 + [1e200])) == pytest.approx(1, abs=0.01)
    assert carriers_of_mean(np.array([np.nan, 2.0, 2.0, 2.0])) == pytest.approx(3) and carriers_of_mean(np.zeros(7)) == 7


@pytest.mark.parametrize(("spread", "is_carried"), [("4", False), ("0.3", True)])
def test_of_a_long_tail_nothing_is_told(tmp_path: Path, spread: str, is_carried: bool):
    path = tmp_path / "m.foedus"
    path.write_text(MODEL.replace("SPREAD", spread))
    case = load(str(path))
    found, plan = foedus.why(case, "q", futures=800), collect(case, ["q"], futures=800)["q"]
    assert (found.carriers >= CARRIERS) == is_carried == plan.is_carried
    assert ("cannot be told" in why_sentence(found)) != is_carried and ("cannot be told" in plan_sentence(plan)) != is_carried
    assert bool(plan.steps) == is_carried and why_document("m", found, 0)["carriers"] == found.carriers
