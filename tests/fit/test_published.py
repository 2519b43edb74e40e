"""Published figures, to all digits that are given."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.fit import Request, fit_case
from foedus.fit.alliances import read_replication, read_shipped
from foedus.fit.iwo_jima import ENGEL, PUBLISHED, calibrate, strengths
from helpers import ROOT

from .conftest import shipped_fit

ARDENNES = {
    "days 1-32": ("0.911344", "0.246170", "0.0142401"),
    "days 1-10": ("1.09638", "0.895519", "0.0670789"),
    "days 11-32": ("0.177591", "-2.76280", "0.412511"),
    "days 1-32 with air": ("0.947410", "0.321135", "0.0237491"),
    "reformatted 1-32": ("0.621036", "-0.532960", "0.00367991"),
}
HONOURED = {
    "all": (73, 146),
    "before 1945": (61, 92),
    "after 1945": (12, 54),
    "defence": (42, 102),
    "defence after 1945": (6, 43),
    "offence": (31, 42),
    "neutrality": (35, 45),
    "non-aggression": (18, 49),
}


def test_the_straight_lines_of_the_ardennes(data: Path) -> None:
    found = fit_case(Request("ardennes", ROOT / "cases/ardennes", data)).document["log_regression"]
    as_published = {name: tuple(f"{one[key]:#.6g}" for key in ("alpha", "beta", "r2")) for name, one in found.items()}
    assert as_published == ARDENNES


def test_the_rates_at_which_alliances_were_honoured() -> None:
    found = shipped_fit("alliances").document["honoured"]
    assert {name: (one["honoured"], one["invoked"]) for name, one in found.items()} == HONOURED
    percent = {name: f"{100 * found[name]['rate']:.2f}" for name in ("all", "before 1945", "after 1945", "defence")}
    assert percent == {"all": "50.00", "before 1945": "66.30", "after 1945": "22.22", "defence": "41.18"}


def test_the_shipped_counts_are_those_of_the_replication_data(data: Path) -> None:
    assert read_shipped(ROOT / "cases/alliances/commitments.csv") == read_replication(
        data / "alliances/BerkemeierFuhrmannRAP2018.csv"
    )


def test_engels_constants_leave_about_52_000_on_day_36() -> None:
    americans, defenders = strengths(ENGEL, 36)
    assert round(americans, -3) == 52_000 and americans == pytest.approx(51_985, abs=0.5)
    assert 0 < defenders < 300


def test_the_end_point_calibration_of_iwo_jima() -> None:
    """The published search minimised a distance that is flat around its minimum; its digits reach that minimum, and so do ours."""
    found = shipped_fit("iwo_jima").document["endpoint"]
    assert found["b"] == pytest.approx(0.0106351, rel=5e-5) and found["a"] == pytest.approx(0.0547895, rel=1e-4)
    assert f"{found['published']['distance']:.6g}" == "73000" and found["published"]["missed"] < 2
    exact = calibrate(PUBLISHED.defenders, 51_300, 35, PUBLISHED.own_loss)
    assert strengths(exact, 35) == pytest.approx((51_300, 0), abs=1e-4)


def test_what_own_fire_did_to_the_published_calibration() -> None:
    found = shipped_fit("iwo_jima").document["endpoint_without_own_loss"]
    assert (f"{found['a']:.6f}", f"{found['b']:.6f}") == ("0.059820", "0.010881")
