"""Scores of frozen forecasts by origin and horizon, against hand-made forecasts of which the answer is known."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.case import Case, load
from foedus.history.scores import crps_normal
from foedus.history.verdict import horizon_figures, score_frozen

from .conftest import weekly_rows

WEEKS = [(day, losses) for day, losses, _ in weekly_rows()]
AREA = [(day, area) for day, _, area in weekly_rows()]


def normal(centre: float, deviation: float) -> list[float]:
    from scipy.stats import norm

    return list(norm(centre, deviation).ppf((np.arange(200) + 0.5) / 200))


def frozen(origin: int, model: Any, naive: Any, steps: int = 8, of: str = "claimed", measure: str = "value") -> dict[str, Any]:
    """A forecast from week `origin`; model and naive give (centre, deviation) by step."""
    methods = {
        name: [normal(*law(step)) for step in range(steps)]
        for name, law in (("model", model), ("persistence", naive), ("climatology", naive))
    }
    dates = [WEEKS[origin + step][0] for step in range(steps)]
    return {
        "origin": WEEKS[origin - 1][0],
        "series": {"losses": {"of": of, "measure": measure, "unit": "x", "dates": dates, "methods": methods}},
    }


def test_crps_skill_is_one_less_the_ratio_of_the_mean_scores(case: Case) -> None:
    origins = [20, 24, 28]
    documents = [frozen(o, lambda s: (800.0, 50.0), lambda s: (700.0, 100.0)) for o in origins]
    found = horizon_figures(score_frozen(case, documents, 8)[0], 4)
    ours = np.mean([crps_normal(800, 50, WEEKS[o + 3][1]) for o in origins])
    theirs = np.mean([crps_normal(700, 100, WEEKS[o + 3][1]) for o in origins])
    assert found["crps"] == pytest.approx(ours, rel=0.01) and found["crps_baseline"] == pytest.approx(theirs, rel=0.01)
    assert found["crps_skill"] == pytest.approx(1 - ours / theirs, abs=0.01) and found["n"] == 3
    over = np.mean([crps_normal(800, 50, WEEKS[o + s][1]) for o in origins for s in range(4)])
    assert found["crps_over"] == pytest.approx(over, rel=0.01)


def test_sums_are_held_against_what_the_weeks_add_up_to(case: Case) -> None:
    document = frozen(20, lambda s: (5.0 * (s + 1), 3.0), lambda s: (0.0, 30.0), of="area", measure="sum")
    scored = score_frozen(case, [document], 8)[0]
    assert scored.observed[0] == pytest.approx(np.cumsum([value for _, value in AREA[20:28]]))


def test_a_forecast_that_knew_covers_nine_in_ten_and_one_that_is_sure_does_not(case: Case) -> None:
    origins = range(5, 45, 5)
    wide = [frozen(o, lambda s, o=o: (WEEKS[o + s][1], 1e-3), lambda s: (700.0, 300.0)) for o in origins]
    assert horizon_figures(score_frozen(case, wide, 8)[0], 8)["coverage_90"] == 1.0
    sure = [frozen(o, lambda s, o=o: (WEEKS[o + s][1] + 50, 1.0), lambda s: (700.0, 300.0)) for o in origins]
    found = horizon_figures(score_frozen(case, sure, 8)[0], 8)
    assert found["coverage_90"] == 0 and found["coverage_50"] == 0 and found["pit"][0] == 64 == sum(found["pit"])


def test_weeks_that_have_not_come_are_not_scored(case: Case) -> None:
    late = frozen(len(WEEKS) - 8, lambda s: (700.0, 90.0), lambda s: (700.0, 90.0))
    late["series"]["losses"]["dates"][5:] = ["2030-01-06", "2030-01-13", "2030-01-20"]
    scored = score_frozen(case, [late], 8)[0]
    assert np.isnan(scored.observed[0, 5:]).all() and not np.isnan(scored.observed[0, :5]).any()
    assert horizon_figures(scored, 5)["n"] == 1 and horizon_figures(scored, 6) is None


def test_the_best_baseline_is_the_hardest_one_and_one_that_is_missing_somewhere_is_none(case: Case) -> None:
    documents = []
    for o in (20, 24, 28, 32):
        document = frozen(o, lambda s: (700.0, 100.0), lambda s: (3000.0, 10.0))
        document["series"]["losses"]["methods"]["good"] = [normal(WEEKS[o + s][1], 20.0) for s in range(8)]
        documents.append(document)
    found = horizon_figures(score_frozen(case, documents, 8)[0], 4)
    assert found["baseline"] == "good" and found["crps_skill"] < 0 < found["skills"]["persistence"]
    del documents[2]["series"]["losses"]["methods"]["good"]
    found = horizon_figures(score_frozen(case, documents, 8)[0], 4)
    assert found["baseline"] == "persistence" and "good" not in found["skills"]


def test_the_interval_holds_the_skill_and_narrows_with_more_origins(case: Case) -> None:
    def figures(origins: list[int]) -> dict[str, Any]:
        documents = [frozen(o, lambda s: (750.0, 80.0), lambda s: (650.0, 120.0), steps=4) for o in origins]
        return horizon_figures(score_frozen(case, documents, 4)[0], 2)

    few, many = figures([10, 20, 30, 40]), figures(list(range(8, 48, 1)))
    for one in (few, many):
        assert one["skill_interval"][0] <= one["crps_skill"] <= one["skill_interval"][1]
    assert np.diff(many["skill_interval"])[0] < np.diff(few["skill_interval"])[0]
    assert figures([10, 20])["skill_interval"] is None


def test_tails_and_events_have_scores_of_their_own(case: Case) -> None:
    documents = [frozen(o, lambda s: (750.0, 80.0), lambda s: (650.0, 120.0), steps=4) for o in (10, 20, 30, 40)]
    scores = horizon_figures(score_frozen(case, documents, 4)[0], 4)["scores"]
    assert set(scores) == {"log", "upper", "lower", "rise", "peak"}
    assert all(0 <= scores[name][who] <= 1 for name in ("rise", "peak") for who in ("model", "baseline"))


def test_what_came_is_read_from_the_whole_case_and_only_here(place) -> None:
    documents = [frozen(20, lambda s: (750.0, 80.0), lambda s: (650.0, 120.0))]
    path = place / "skirmish" / "series" / "weekly.csv"
    before = score_frozen(load("skirmish"), documents, 8)[0].observed.copy()
    path.write_text(path.read_text().replace(f"{WEEKS[22][0]},{WEEKS[22][1]}", f"{WEEKS[22][0]},1"))
    after = score_frozen(load("skirmish"), documents, 8)[0].observed
    assert after[0, 2] == 1 and (np.delete(after, 2) == np.delete(before, 2)).all()
