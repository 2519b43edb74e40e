"""Figures of one's own: what `fit.toml` declares is fitted, its intervals hold, and what it says wrongly is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from foedus.case import load
from foedus.errors import InputError
from foedus.fit import Request, fit_case
from foedus.fit.campaign_law import CAMPAIGN_LAW
from foedus.fit.chance import chance_of
from foedus.fit.loss_ratio import loss_ratios
from foedus.fit.pooling import PeriodCounts
from foedus.fit.prior import plain_number, prior_line
from foedus.study.fit import fit_named
from helpers import ROOT

from .conftest import shipped_fit

CONVOYS = ROOT / "tests/fit/samples/convoys"
Own = Callable[..., Path]


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """The sample with other lines in its declaration, or another table."""

    def write(*changes: tuple[str, str], table: str = "") -> Path:
        folder = tmp_path / "mine"
        folder.mkdir()
        text = (CONVOYS / "fit.toml").read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        (folder / "fit.toml").write_text(text, encoding="utf-8")
        (folder / "convoys.csv").write_text(table or (CONVOYS / "convoys.csv").read_text(encoding="utf-8"), encoding="utf-8")
        return folder

    return write


def test_a_table_is_fitted_by_what_its_folder_declares() -> None:
    found = fit_named(str(CONVOYS)).document
    told = {name: (one["groups"], one["happened"], one["tried"]) for name, one in found["chance"].items()}
    assert told == {"all": (7, 67, 79), "winter": (4, 29, 38), "summer": (3, 38, 41)}
    rows = np.array([[7, 9], [8, 11], [8, 8], [13, 14], [12, 12], [13, 15], [6, 10]], float)
    alone = chance_of(PeriodCounts(rows[:, 0], rows[:, 1]))
    assert all(found["chance"]["all"][key] == alone[key] for key in ("p05", "p50", "p95", "beta"))
    json.dumps(found, allow_nan=False)


def test_the_line_for_a_model_has_the_mean_and_spread_of_the_estimate(tmp_path: Path) -> None:
    found = fit_named(str(CONVOYS))
    model = f"model m for 1 week step 1 week\n{found.prior}\nstock x : 1 = 1\nquestion q at the end value chance * x\n"
    (tmp_path / "m.foedus").write_text(model, encoding="utf-8")
    case = load(str(tmp_path / "m.foedus"))
    drawn = case.law(case.program.parameters[0]).quantile((np.arange(20_000) + 0.5) / 20_000)  # type: ignore[union-attr]
    estimate = found.document["chance"]["all"]
    assert (drawn.mean(), drawn.std()) == pytest.approx((estimate["mean"], estimate["sd"]), rel=5e-3)


def test_a_line_survives_quotes_and_small_numbers() -> None:
    assert (plain_number(1.23456e-7), plain_number(123456.0), plain_number(-0.5)) == ("0.0000001235", "123500", "-0.5")
    assert prior_line("x", "beta(1, 2)", 'so "he"\nsaid') == 'param x : 1 ~ beta(1, 2)   because "so ”he” said"'


def coverage(factor: float) -> tuple[float, float]:
    """How often the mean's interval, its half width multiplied, holds the true ratio; and how often `next` holds one more battle."""
    random, held, foreseen, count = np.random.default_rng(5), 0, 0, 600
    for _ in range(count):
        logs, odds = random.normal(0.3, 0.8, 13), random.normal(0, 0.5, 12)
        found = loss_ratios(
            {"attacker": np.ones(12), "defender": np.exp(odds), "attacker_lost": np.exp(logs[:12]), "defender_lost": np.ones(12)}
        )
        middle, end = np.log(found["mean"]["p50"]), np.log(found["mean"]["p95"])
        held += abs(middle - 0.3) <= factor * (end - middle)
        foreseen += found["next"]["p05"] <= np.exp(logs[12]) <= found["next"]["p95"]
    return held / count, foreseen / count


def test_intervals_hold_at_the_rate_that_they_state() -> None:
    within = 3 * (0.9 * 0.1 / 600) ** 0.5
    mean, following = coverage(1.0)
    assert mean == pytest.approx(0.9, abs=within) and following == pytest.approx(0.9, abs=within)
    assert coverage(0.5)[0] < 0.9 - within  # half as wide, it would not


def test_a_campaign_made_up_by_a_law_gives_that_law_back(tmp_path: Path) -> None:
    random, red, blue = np.random.default_rng(8), 1000.0, 1200.0
    lines = ["day,b,r,bl,rl"]
    for day in range(30):
        blue_lost, red_lost = 0.02 * red * np.exp(random.normal(0, 0.02)), 0.03 * blue * np.exp(random.normal(0, 0.02))
        lines.append(f"{day},{blue},{red},{blue_lost},{red_lost}")
        blue, red = blue - blue_lost + 5 * random.uniform(0, 20), red - red_lost + 5 * random.uniform(0, 20)
    (tmp_path / "days.csv").write_text("\n".join(lines), encoding="utf-8")
    columns = 'day = "day"\nblue = "b"\nred = "r"\nblue_lost = "bl"\nred_lost = "rl"\n'
    head = 'format = "foedus fit 1"\ntitle = "t"\nrelation = "campaign_law"\nfile = "days.csv"\nsource = "s"\nlicence = "CC0"\n'
    (tmp_path / "fit.toml").write_text(f"{head}[columns]\n{columns}", encoding="utf-8")
    law = fit_named(str(tmp_path)).document["law"]["all"]
    assert law["beta"]["p05"] <= 1.0 <= law["beta"]["p95"] and law["alpha"]["p05"] <= 2 / 3 <= law["alpha"]["p95"]
    assert law["beta"]["p05"] > 0  # the linear law is ruled out


def test_a_shipped_case_stands_in_the_same_form() -> None:
    found = shipped_fit("cdb90")
    assert found.document["relation"] == "loss_ratio" and found.prior in found.document["prior"]
    assert list(found.document["loss_ratio"])[:2] == ["all", "hasty defence"] and len(found.document["loss_ratio"]) == 7


def test_only_some_rows_can_be_kept_and_a_range_is_closed(own: Own) -> None:
    folder = own(("[groups.winter]", '[keep]\nseason = ["summer"]\nsent = [12, 14]\n\n[groups.winter]'), ('"winter"', '"summer"'))
    found = fit_named(str(folder)).document
    assert (found["chance"]["all"]["groups"], found["left_out"]) == (2, 5)


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        (("foedus fit 1", "foedus fit 7"), "bad-fit", "`format` is 'foedus fit 7'"),
        (('relation = "chance"', 'relation = "chanse"'), "bad-fit", "there is no relation `chanse`. Did you mean `chance`?"),
        (('licence = "CC0"', "licence = 3"), "bad-fit", "`licence` must be a text."),
        (('tried = "sent"', 'tries = "sent"'), "bad-fit", "`[columns]` lacks `tried`"),
        (('season = "summer"', "season = [1]"), "bad-fit", "`season` in `[groups.summer]`"),
        (("[groups.summer]", "[groups.all]"), "bad-fit", "cannot be called `all`"),
        (("[columns]", "[columns"), "bad-fit", "not TOML"),
        (('file = "convoys.csv"', 'file = "other.csv"'), "no-data", "other.csv"),
        (('season = "summer"', 'season = "autumn"'), "too-few-rows", "the group “summer” has 0 rows"),
        (('happened = "arrived"', 'happened = "sent"\n#'), "", ""),
        (('happened = "arrived"', 'happened = "came"'), "no-column", "came"),
    ],
)
def test_what_cannot_be_used_is_refused_in_its_place(own: Own, change: tuple[str, str], code: str, words: str) -> None:
    folder = own(change)
    if not code:
        assert fit_named(str(folder)).document["chance"]["all"]["happened"] == 79
        return
    with pytest.raises(InputError) as caught:
        fit_named(str(folder))
    assert code in {one.code for one in caught.value.problems} and words in str(caught.value)


def test_every_fault_is_told_at_once(own: Own) -> None:
    folder = own(("foedus fit 1", "x"), ('licence = "CC0"', ""), ('tried = "sent"', ""))
    with pytest.raises(InputError) as caught:
        fit_case(Request("mine", folder))
    assert [one.code for one in caught.value.problems] == ["bad-fit"] * 3


def test_what_is_no_count_is_refused_where_it_stands(own: Own) -> None:
    folder = own(table="season,sent,arrived\nwinter,3,2\nwinter,4,5\nsummer,2.5,1\n")
    with pytest.raises(InputError) as caught:
        fit_named(str(folder))
    assert [(one.code, one.line) for one in caught.value.problems] == [("bad-counts", 3), ("bad-counts", 4)]
    assert "`arrived` 5, `sent` 4: this cannot be." in str(caught.value)


def test_groups_that_are_all_alike_are_told_to_be_so() -> None:
    generator = np.random.default_rng(5)
    alike = chance_of(PeriodCounts(generator.binomial(400, 0.3, 300).astype(float), np.full(300, 400.0)))
    chances = generator.beta(3, 7, 60)
    apart = chance_of(PeriodCounts(generator.binomial(40, chances).astype(float), np.full(60, 40.0)))
    assert alike["correlation"] < 0.001 and alike["sd"] < 0.01
    assert 0.05 < apart["correlation"] < 0.15 and 0.1 < apart["sd"] < 0.2


def test_a_day_that_is_left_out_of_a_campaign_is_told_in_its_row() -> None:
    days = np.array([1.0, 2.0, 3.0, 5.0, 6.0, 6.0])
    assert CAMPAIGN_LAW.wrong is not None
    assert CAMPAIGN_LAW.wrong({"day": days}).tolist() == [False, False, False, True, False, True]
    assert CAMPAIGN_LAW.wrong({"day": days[[2, 0, 1]]}).tolist() == [False, False, False]
