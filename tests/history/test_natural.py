"""Natural experiments: a known effect is predicted, a missing one is not, and nothing after the day is read before."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import numpy as np
import pytest

from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import CaseError, InputError
from foedus.history.forecaster import Effort
from foedus.history.natural import Experiment, experiment, read_events
from foedus.history.natural_page import natural_document, natural_markdown, natural_sentence

DAY = datetime.date(2023, 7, 2)
MODEL = """model m as of 2024-01-07 for 4 weeks step 1 week
param level : 1 ~ 80 to 120 because "judgement"
param bite : 1 ~ {bite} because "judgement"
noise weekly : 1 ~ normal(0, 2) every 1 week
table strike : 1 of time = (2023-01-01, 0) (2023-07-02, 0) (2023-07-03, 1) (2024-01-07, 1) "A strike"
let output : 1 = level * (1 - bite * strike(time)) + weekly
question now at the end value output
series counted : 1 from "weekly.csv" column "counted" of output
observe counted as normal(2) in place of weekly because "judgement"
hindcast past from 2023-01-01 to 2024-01-07 {{ }}
"""
EVENT = """[event.strike]
label = "The strike of July"
day = 2023-07-02
calendar = "strike"
series = ["counted"]
before = 8
weeks = 10
because = "nobody had planned it"
"""
EFFORT = Effort(members=100, passes=2, refinements=1)


def case_of(folder: Path, *, bite: str = "0.25 to 0.35", came: float = 0.3, event: str = EVENT) -> Case:
    """Weekly figures about 100, less a share `came` after the day."""
    random = np.random.default_rng(3)
    days = [datetime.date(2023, 1, 8) + datetime.timedelta(weeks=week) for week in range(52)]
    rows = "".join(f"{day},{100 * (1 - came * (day > DAY)) + 2 * random.normal():.3f}\n" for day in days)
    (folder / "weekly.csv").write_text("date,counted\n" + rows)
    (folder / "model.foedus").write_text(MODEL.format(bite=bite))
    (folder / "natural.toml").write_text(event)
    return load(str(folder))


def told(case: Case) -> Experiment:
    (event,) = read_events(case)
    return experiment(case, event, EFFORT)


def test_an_effect_of_the_right_size_is_predicted(tmp_path: Path) -> None:
    (change,) = told(case_of(tmp_path)).changes
    assert change.before == pytest.approx(100, abs=2) and change.came == pytest.approx(-30, abs=2)
    assert change.told[1] == pytest.approx(-30, abs=2.5) and change.effect[1] == pytest.approx(-30, abs=2.5)
    assert change.untold[1] == pytest.approx(0, abs=2) and change.is_held and change.is_testable
    assert change.told[0] < change.told[1] < change.told[2] and change.gain > 0.8


@pytest.mark.parametrize(("bite", "came"), [("0.25 to 0.35", 0.0), ("0.05 to 0.06", 0.3)])
def test_an_effect_of_the_wrong_size_is_found_out(tmp_path: Path, bite: str, came: float) -> None:
    (change,) = told(case_of(tmp_path, bite=bite, came=came)).changes
    assert not change.is_held and (change.gain > 0) is (came > 0)


def test_what_came_later_moves_no_prediction(tmp_path: Path) -> None:
    found = []
    for came in (0.3, -9.0):
        folder = tmp_path / f"{came}"
        folder.mkdir()
        found.append(told(case_of(folder, came=came)))
    (one,), (other,) = (each.changes for each in found)
    assert (one.told, one.untold, one.effect) == (other.told, other.untold, other.effect)
    assert one.came != other.came and found[0].digest == found[1].digest


def test_an_effect_that_the_interval_swallows_is_said_to_be_untested(tmp_path: Path) -> None:
    found = told(case_of(tmp_path, bite="0.0001 to 0.0002", came=0.0))
    assert found.changes[0].is_held and not found.changes[0].is_testable
    assert "No effect is as large as a tenth of its interval" in natural_sentence([found])


@pytest.mark.parametrize(
    ("old", "new", "told_so"),
    [
        ("day = 2023-07-02", "day = 2023-07-05", "must have a point on 2023-07-05"),
        ("day = 2023-07-02", "day = 2024-01-07", "others after it"),
        ('"strike"\n', '"strife"\n', "the calendar `strife`"),
        ('["counted"]', '["uncounted"]', "no series `uncounted`"),
        ('["counted"]', "[]", "names no series"),
        ("weeks = 10", "weeks = 0", "must be 1 or more"),
        ("weeks = 10", 'weeks = "ten"', "needs `weeks`"),
        ("before = 8\n", "", "needs `before`"),
        ("before = 8\n", "before = 8\nafter = 3\n", "no key `after`"),
        ("[event.strike]", "[happening.strike]", "no key `happening`"),
        ("[event.strike]", "[event.strike", "not TOML"),
    ],
)
def test_events_that_do_not_fit_are_refused(tmp_path: Path, old: str, new: str, told_so: str) -> None:
    assert old in EVENT
    case = case_of(tmp_path, event=EVENT.replace(old, new))
    with pytest.raises((CaseError, InputError), match=told_so) as error:
        told(case)
    assert {one.code for one in error.value.problems} == {"bad-events"}


def test_a_case_without_events_is_refused(tmp_path: Path) -> None:
    case = case_of(tmp_path)
    (tmp_path / "natural.toml").unlink()
    with pytest.raises(CaseError, match="no natural experiment"):
        read_events(case)


def test_the_command_prints_and_writes_what_the_function_finds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = case_of(tmp_path)
    few = ["--members", "100", "--passes", "2", "--refinements", "1"]
    main(["natural", str(tmp_path), *few, "--write"])
    printed, found = capsys.readouterr().out, [told(case)]
    assert all(len(line) <= 80 for line in printed.split("\n"))
    assert " ".join(printed.split()).startswith(natural_sentence(found))
    assert (tmp_path / "NATURAL.md").read_text() == natural_markdown(case.name, found)
    main(["natural", str(tmp_path), *few, "--json"])
    document = json.loads(capsys.readouterr().out)
    assert document.pop("format") == "foedus natural 1"
    assert document == json.loads(json.dumps(natural_document(case.name, found)))
