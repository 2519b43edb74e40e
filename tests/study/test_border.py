"""Where two levers tip an answer: borders whose place and form are known."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from foedus import border
from foedus.analysis.border import Border, BorderPoint
from foedus.bundle.chart_file import caption_of
from foedus.bundle.drawings import drawing
from foedus.bundle.lever_charts import border_drawing
from foedus.case import Case, load
from foedus.cli.main import foedus, main
from foedus.errors import InputError
from foedus.show.border import border_chart, border_sentence
from foedus.study.border import borders, tipping_question

HEAD = """model m for 4 weeks step 1 week
unit person
lever guns : person from 0 person to 100 person = 0 person "Guns sent"
lever aid : 1 from 0 to 50 = 0 "Aid"
lever idle : 1 from 0 to 1 = 0 "Colour"
param luck : person ~ normal(0 person, 10 person) because "judgement"
param always : 1 ~ uniform(0, 1) because "judgement"
"""


def case_of(folder: Path, *conditions: str) -> Case:
    path = folder / "m.foedus"
    asked = "".join(f'question q{place} "Q{place}?" at the end true when {one}\n' for place, one in enumerate(conditions))
    path.write_text(HEAD + asked)
    return load(str(path))


def points_of(found: Border) -> list[BorderPoint]:
    return [point for curve in found.curves for point in curve.points]


def test_a_straight_border_is_one_curve_and_scatters_as_it_says(tmp_path: Path) -> None:
    """Half of the futures have luck above its median, so the border is guns + 2 aid = 100, whatever the seed; each ratio has an error of 11 %."""
    case = case_of(tmp_path, "guns + 2 person * aid + luck > 100 person")
    off: dict[tuple[int, float], list[tuple[float, float]]] = {}
    for seed in range(40):
        found = border(case, "guns", "aid", points=4, futures=200, seed=seed)
        (curve,) = found.curves
        assert not curve.is_closed and all(point.rises for point in curve.points)
        guns = [point.place[0] for point in curve.points]
        assert guns in (sorted(guns), sorted(guns, reverse=True)), "they follow each other"
        for point in curve.points:
            true = 100 - 2 * point.place[1] if point.along == 0 else (100 - point.place[0]) / 2
            off.setdefault((point.along, round(point.place[1 - point.along], 6)), []).append(
                (point.place[point.along] - true, point.error)
            )
    inner = [
        np.array(off[along, place])
        for along, places in ((0, (50 / 3, 100 / 3)), (1, (100 / 3, 200 / 3)))
        for place in np.round(places, 6)
    ]
    for rows in inner:
        assert len(rows) == 40
        actual, stated = float(rows[:, 0].std(ddof=1)), float(np.sqrt((rows[:, 1] ** 2).mean()))
        assert 0.7 <= stated / actual <= 1.4
        assert abs(rows[:, 0].mean()) < 4 * actual / math.sqrt(40)
    assert np.sqrt((inner[0][:, 1] ** 2).mean()) == pytest.approx(2 * np.sqrt((inner[2][:, 1] ** 2).mean()), rel=0.2), (
        "aid counts double"
    )


def test_a_ring_is_closed_and_lies_where_it_lies(tmp_path: Path) -> None:
    inside = "((guns - 50 person) / 1 person) ^ 2 + (2 * aid - 50) ^ 2 < 35 ^ 2"
    (curve,) = border(case_of(tmp_path, inside), "guns", "aid", points=6, futures=20).curves
    assert curve.is_closed and {point.along for point in curve.points} == {0, 1}
    for point in curve.points:
        guns, aid = point.place
        reach = abs(math.hypot(guns - 50, 2 * aid - 50) - 35)
        assert reach <= 3 * point.error and point.error < 0.1
        assert point.rises == ((guns if point.along == 0 else 2 * aid) < 50)
    turn = np.unwrap([math.atan2(2 * point.place[1] - 50, point.place[0] - 50) for point in [*curve.points, curve.points[0]]])
    assert abs(turn[-1] - turn[0]) == pytest.approx(2 * math.pi), "once around, in order"


@pytest.mark.parametrize(("sign", "corner"), [("<", False), (">", True)])
def test_where_four_meet_in_a_cell_the_middle_decides(tmp_path: Path, sign: str, corner: bool) -> None:
    """Opposite corners of a grid of two are alike; the chance is uniform in `always`, and the mean of the corners is off a half."""
    chance = "0.5 + 0.4 * (2 * guns / 100 person - 1) * (aid / 25 - 1)"
    shift = "+ 0.05" if corner else "- 0.05"
    case = case_of(tmp_path, f"always < {chance} {shift}")
    found = border(case, "guns", "aid", points=2, futures=400)
    assert [len(curve.points) for curve in found.curves] == [2, 2]
    mean_above = float(np.mean(found.probabilities)) >= 0.5
    assert mean_above == corner
    for curve in found.curves:
        is_low, is_left = any(point.place[1] == 0 for point in curve.points), any(point.place[0] == 0 for point in curve.points)
        # (0, 0) and (100, 50) are above the threshold: they are cut off where the middle is below it, else the other two
        assert (is_low == is_left) != corner


def test_two_borders_are_two_curves(tmp_path: Path) -> None:
    found = border(case_of(tmp_path, "guns > 20 person and guns < 70 person"), "guns", "aid", points=6, futures=20)
    assert [(len(curve.points), curve.is_closed, curve.points[0].rises) for curve in found.curves] == [
        (6, False, True),
        (6, False, False),
    ]
    for curve, true in zip(found.curves, (20, 70), strict=True):
        assert all(abs(point.place[0] - true) <= point.error < 0.1 for point in curve.points)
    assert border_sentence(found) == (
        "“Q0?” (0 % to 100 %) is at 50 % or more: where “Guns sent” is above 20.01 ± 0.01 people and below "
        "69.99 ± 0.01 people, wherever “Aid” stands."
    )


def test_where_nothing_crosses_that_is_said(tmp_path: Path) -> None:
    case = case_of(tmp_path, "always > 0.8 and guns >= 0 person", "always > 0.2")
    low, high = borders(case, ("guns", "idle"), case.program.results, points=3, futures=100)
    assert low.curves == high.curves == ()
    assert border_sentence(low).startswith("“Q0?” is below 50 % wherever “Guns sent” and “Colour” stand:")
    assert border_sentence(high).startswith("“Q1?” is above 50 % wherever")
    assert border(case, "guns", "idle", "q0", points=3, futures=100, threshold=0.0).curves == ()


def test_where_the_question_applies_to_no_future_a_border_ends(tmp_path: Path) -> None:
    """Of guns above 50 nothing is asked: along aid the border is at 20, and nothing is joined over there."""
    found = border(case_of(tmp_path, "aid > 20 given guns < 50 person"), "guns", "aid", points=5, futures=60)
    assert np.isnan(np.array(found.probabilities)[:, 2:]).all() and not np.isnan(np.array(found.probabilities)[:, :2]).any()
    assert [[point.place[0] for point in curve.points] for curve in found.curves] in ([[0, 25]], [[25, 0]])
    assert all(abs(point.place[1] - 20) <= point.error < 0.1 for point in points_of(found))
    assert "where “Aid” is above 20" in border_sentence(found) and "NaN" not in drawn(found, tmp_path)
    nowhere = border(case_of(tmp_path, "aid > 20 given guns > 200 person"), "guns", "aid", points=3, futures=60)
    assert border_sentence(nowhere) == "“Q0?” applies to no future, wherever the two levers stand." and nowhere.curves == ()


def test_the_grid_holds_the_chances_of_the_positions(tmp_path: Path) -> None:
    """`always` is below aid / 50 in as many futures; the second lever makes the rows."""
    found = border(case_of(tmp_path, "always < aid / 50 and guns < 60 person"), "guns", "aid", points=3, futures=2000)
    expected = np.array([[0, 0, 0], [0.5, 0.5, 0], [1, 1, 0]])
    assert np.abs(np.array(found.probabilities) - expected).max() < 0.04
    assert [lever.positions for lever in found.levers] == [(0, 50, 100), (0, 25, 50)]
    assert [lever.unit for lever in found.levers] == ["person", "1"]


REFUSED = {
    "twice the same": (("guns", "guns"), "", "same-lever"),
    "no lever": (("guns", "gums"), "", "unknown-lever"),
    "a parameter": (("luck", "guns"), "", "unknown-lever"),
    "no question": (("guns", "aid"), "q7", "unknown-question"),
    "an amount": (("guns", "aid"), "many", "unknown-question"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_wrong_border_is_refused(tmp_path: Path, kind: str) -> None:
    levers, question, code = REFUSED[kind]
    case_of(tmp_path, "guns > 3 person")
    path = tmp_path / "m.foedus"
    path.write_text(path.read_text() + 'question many "Many?" at the end value guns\n')
    with pytest.raises(InputError) as caught:
        border(load(str(path)), *levers, question, points=3, futures=20)
    assert [problem.code for problem in caught.value.problems] == [code] and caught.value.problems[0].help


def test_the_headline_says_which_question(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    more = 'question many "Many?" at the end value guns\nscenario s "S" { luck = 3 person }\nheadline "H?" compare baseline with s on many, q1\n'
    case_of(tmp_path, "guns > 3 person", "luck > 0 person")
    path.write_text(path.read_text() + more)
    assert tipping_question(load(str(path))).name == "q1"
    path.write_text(HEAD + 'question many "Many?" at the end value guns\n')
    with pytest.raises(InputError, match="no question of the model has a chance"):
        tipping_question(load(str(path)))


def test_the_command_prints_a_table_a_drawing_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case_of(tmp_path, "guns + 2 person * aid + luck > 100 person", "luck < guns")
    path, drawing = str(tmp_path / "m.foedus"), tmp_path / "border.svg"
    shared = ["flip", path, "q0", "--lever", "guns", "--lever", "aid", "--points", "3", "-n", "200"]
    main([*shared, "--chart", str(drawing)])
    said = capsys.readouterr()
    assert "Border 1 of 1" in said.out and "Guns sent (people)" in said.out and max(map(len, said.out.splitlines())) <= 80
    assert str(drawing) in said.err
    svg = drawing.read_text()
    assert all(words in svg for words in ("Guns sent (people)", "Aid", "Q0?", "one standard error")) and "NaN" not in svg
    main([*shared, "--json"])
    document = json.loads(capsys.readouterr().out)
    told = document["questions"]["q0"]
    assert told["curves"][0]["points"][0].keys() == {"place", "along", "error", "rises"} and "sentence" in told
    assert [lever["name"] for lever in document["levers"]] == ["guns", "aid"] and np.shape(told["probabilities"]) == (3, 3)


def test_the_drawing_ends_at_the_ends_of_the_levers(tmp_path: Path) -> None:
    found = border(case_of(tmp_path, "guns + 2 person * aid + luck > 4 person"), "guns", "aid", points=3, futures=50)
    chart = border_chart(found)
    cells, line, bars = (layer["data"]["values"] for layer in chart["layer"][:3])
    assert len(cells) == 9 and sum((one["x2"] - one["x"]) * (one["y2"] - one["y"]) for one in cells) == pytest.approx(100 * 50)
    assert len(line) == len(bars) == len(points_of(found))
    assert all(0 <= one["x"] <= one["x2"] <= 100 and 0 <= one["y"] <= one["y2"] <= 50 for one in bars)
    assert drawn(found, tmp_path) == drawn(found, tmp_path)


def drawn(found: Border, folder: Path) -> str:
    return drawing(border_drawing(found), caption_of(load(str(folder / "m.foedus")), found.futures, found.seed))


WRONG_USE = {
    "three levers": ["--lever", "guns", "--lever", "aid", "--lever", "idle"],
    "a drawing of two questions": ["q1", "--lever", "guns", "--lever", "aid", "--chart", "x.svg"],
}


@pytest.mark.parametrize("kind", WRONG_USE)
def test_wrong_use_is_told_before_anything_runs(tmp_path: Path, kind: str) -> None:
    case_of(tmp_path, "guns > 3 person", "luck > 0 person")
    ran = CliRunner().invoke(foedus, ["flip", str(tmp_path / "m.foedus"), "q0", *WRONG_USE[kind]])
    assert ran.exit_code == 2 and "lever" in ran.output and not (tmp_path / "x.svg").exists()


def test_a_model_without_chances_has_no_lever_that_tips(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(HEAD + 'question many "Many?" at the end value guns\n')
    ran = CliRunner().invoke(foedus, ["flip", str(path), "--lever", "guns", "-n", "100"])
    assert isinstance(ran.exception, InputError) and "no question of the model has a chance" in str(ran.exception)
