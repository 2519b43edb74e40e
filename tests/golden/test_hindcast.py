"""A hindcast is held against what was observed, and against nothing else."""

import foedus
from foedus.study.hindcast import hindcast
from foedus.study.nearness import nearness


def test_only_observed_series_are_compared():
    case = foedus.load("pact")
    near = nearness(case, hindcast(case, "", 60, 1))
    assert {one.variable for one in near} == {"reported_losses", "isw_change", "deepstate_change"}
    assert all(one.count > 0 and one.rmse > 0 and 0 <= one.coverage <= 1 for one in near)
