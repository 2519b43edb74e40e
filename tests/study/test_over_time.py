"""What an amount hangs on as time goes by: held against a straight line, whose shares are known at every moment."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from foedus.case import load
from foedus.cli.main import main
from foedus.errors import InputError
from foedus.show.over_time import over_time_sentence
from foedus.show.words import people_date
from foedus.study.over_time import why_over_time

LINE = """model line as of 2024-01-01 for 10 weeks step 1 week
param start : 1 ~ normal(100, 3) "Start" because "x"
param pace : 1 ~ normal(0, 1) "Pace" because "x"
param idle : 1 ~ normal(0, 1) "Idle" because "x"
stock far : 1 = start "How far"
flow moved : outside -> far = pace / (1 week)
event storm on 2024-02-01
question where "How far is it?" at the end value far
question beyond "Is it beyond 104?" on 2024-02-12 true when far > 104 and storm
question storms "A storm?" at the end true when storm
"""


@pytest.fixture
def path(tmp_path: Path) -> str:
    (tmp_path / "line.foedus").write_text(LINE)
    return str(tmp_path / "line.foedus")


def test_the_shares_of_a_line_are_those_of_the_closed_form(path: str) -> None:
    """Var(start + pace t) = 9 + t²: the share of the pace is t² of that. Twenty bins hold 0.98 of the variance of a normal law."""
    found = why_over_time(load(path), "where", futures=8000)
    assert found.variable == "far" and [one.label for one in found.causes] == ["Pace", "Start"] and found.times[-1] == 10
    for place, time in enumerate(found.times):
        for one, share in ((found.causes[0], time**2), (found.causes[1], 9.0)):
            told = one.shares[place]
            assert told is not None and told[0] == pytest.approx(0.98 * share / (9 + time**2), abs=4 * told[1] + 0.003)


def test_a_chance_is_followed_by_the_amount_that_it_looks_at_up_to_its_day(path: str) -> None:
    found = why_over_time(load(path), "beyond", futures=500)
    assert found.variable == "far" and found.dates[-1] == "2024-02-12"


def test_what_looks_at_no_amount_is_refused(path: str) -> None:
    with pytest.raises(InputError) as refused:
        why_over_time(load(path), "storms", futures=500)
    assert refused.value.problems[0].code == "no-amount"


def test_a_few_futures_that_carry_the_variance_tell_nothing(tmp_path: Path) -> None:
    (tmp_path / "m.foedus").write_text(LINE.replace("= pace / (1 week)", "= exp(6 * pace) / (1 week)"))
    found = why_over_time(load(str(tmp_path / "m.foedus")), "where", futures=1000)
    assert not any(found.is_carried) and found.causes == ()


def test_the_command_says_a_sentence_a_table_a_chart_and_json(
    path: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["why", path, "where", "--over-time", "-n", "2000", "--chart", str(tmp_path / "x.csv")])
    text = capsys.readouterr().out
    assert max(map(len, text.splitlines())) <= 80 and "“How far” hangs most on: from 15 January 2024 on “Start” (" in text
    main(["why", path, "where", "--over-time", "-n", "2000", "--chart", str(tmp_path / "x.svg"), "--json"])
    told = json.loads(capsys.readouterr().out)
    with (tmp_path / "x.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shares = {
        (one["parameter"], date): share
        for one in told["effects"]
        for date, share in zip(told["dates"], one["shares"], strict=True)
    }
    assert {(row["parameter"], row["date"]): float(row["share"]) for row in rows} == pytest.approx(shares)
    assert "How far: what it hangs on over time" in (tmp_path / "x.svg").read_text(encoding="utf-8")


def test_what_cannot_be_told_is_not_passed_over_for_what_can(path: str) -> None:
    """The largest share has too large an error at the first moment: the second one is not called the first."""
    found = why_over_time(load(path), "where", futures=500)
    pace, start = found.causes
    unsure = replace(start, shares=((0.9, 0.2), *start.shares[1:]))
    told = over_time_sentence(replace(found, causes=(pace, unsure)))
    assert people_date(found.dates[0]) not in told and "“Pace”" in told
