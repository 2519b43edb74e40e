"""Months and years go by the calendar where the step does."""

from __future__ import annotations

import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import program_of, refusal

from foedus.ensemble import Settings, run_ensemble
from foedus.language.calendar import Calendar

READ = {
    ("2023-01-01 for 10 years step 1 year", "year"): {"2024-01-01": 1, "2025-01-01": 2, "2033-01-01": 10},
    ("2024-01-01 for 30 months step 1 month", "month"): {"2024-02-01": 1, "2025-01-01": 12, "2026-01-01": 24, "2026-07-01": 30},
    ("2024-01-31 for 12 months step 1 month", "month"): {"2024-02-29": 1, "2024-03-31": 2, "2025-01-31": 12},
    ("2024-10-25 for 104 weeks step 1 week", "week"): {"2024-11-01": 1, "2026-10-23": 104},
}


@pytest.mark.parametrize(("head", "unit"), READ)
def test_a_stock_that_grows_by_one_a_step_reads_as_the_calendar_has_it(head: str, unit: str) -> None:
    dates = READ[head, unit]
    text = f"model m as of {head}\nstock s : 1 = 0\nflow f : outside -> s = 1 / 1 {unit}\n"
    text += "".join(f"question q{place} on {date} value s\n" for place, date in enumerate(dates))
    ran = run_ensemble(program_of(text), Settings(1, 0))
    assert [float(ran.values(f"q{place}")[0]) for place in range(len(dates))] == pytest.approx(list(dates.values()), rel=1e-12)


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)), st.integers(0, 20_000), st.sampled_from(["month", "year"]))
def test_dates_and_times_lead_back_to_each_other(start: datetime.date, days: int, unit: str) -> None:
    calendar, date = Calendar(start, unit, True), start + datetime.timedelta(days=days)
    assert calendar.date_of(calendar.time_of(date)) == date


def test_what_the_calendar_says_of_a_moment() -> None:
    text = "model m as of 2024-10-25 for 104 weeks step 1 week\nquestion a on 2025-01-03 value month_of(time)\n"
    text += "question b on 2025-01-03 value weekday_of(time)\nquestion c on 2025-01-03 value part_of_year(time)\n"
    ran = run_ensemble(program_of(text), Settings(1, 0))
    assert [float(ran.values(name)[0]) for name in "abc"] == [1.0, 5.0, pytest.approx(2 / 365)]


@pytest.mark.parametrize(
    ("head", "at", "month", "weekday", "days"),
    [
        ("2024-02-28 for 72 hours step 1/2 hour", "23.5 hours", 2, 3, 58 + 23.5 / 24),
        ("2024-02-28 for 72 hours step 1/2 hour", "24 hours", 2, 4, 59),
        ("2024-02-28 for 72 hours step 1/2 hour", "47.5 hours", 2, 4, 59 + 23.5 / 24),
        ("2024-02-28 for 9 weeks step 1/8 week", "1.875 weeks", 3, 2, 71.125),
        ("2024-02-29 for 3 days step 1/4 day", "0.75 days", 2, 4, 59.75),
        ("2023-12-31 for 28 days step 1 day", "3 days", 1, 3, 2),
        ("2024-01-31 for 6 months step 1/2 month", "0.5 months", 2, 3, 44.5),
    ],
)
def test_a_moment_belongs_to_the_day_in_which_it_lies(head: str, at: str, month: int, weekday: int, days: float) -> None:
    text = f"model m as of {head}\n"
    for name, reading in (
        ("a", "month_of(time)"),
        ("b", "weekday_of(time)"),
        ("c", "part_of_year(time) * 366"),
        ("d", f"month_of({at})"),
    ):
        text += f"question {name} at {at} value {reading}\n"
    ran = run_ensemble(program_of(text), Settings(1, 0))
    assert [float(ran.values(name)[0]) for name in "abcd"] == [month, weekday, pytest.approx(days), month]


def test_what_is_to_happen_on_a_date_is_dated_on_it_at_steps_of_part_of_a_day() -> None:
    program = program_of("model m as of 2024-01-01 for 4 weeks step 1/8 week\nstock s : 1 = 0\n")
    for days in range(28):
        date = datetime.date(2024, 1, 1) + datetime.timedelta(days=days)
        steps = math.ceil(program.calendar.time_of(date) * 8 - 1e-9)
        assert program.date_of(steps / 8) == date.isoformat()


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("for 10 days step 1/4 day save every 0.3 days", "Write `save every 0.25 days` or `save every 0.5 days`"),
        ("for 8 weeks step 1 week save every 10 days", "Write `save every 7 days` or `save every 14 days`"),
        ("for 2 years step 1/4 year save every 1/6 year", "Write `save every 0.25 year`"),
    ],
)
def test_saved_moments_are_whole_steps_apart(head: str, says: str) -> None:
    refused = refusal(f"model m as of 2024-01-01 {head}\nstock s : 1 = 0\nquestion q at the end value s\n")
    assert [problem.code for problem in refused.problems] == ["not-whole-steps"] and says in str(refused)


@pytest.mark.parametrize(
    ("unit", "head", "steps"),
    [
        ("quarter = 3 months", "for 5 years step 1 quarter", {"2024-06-30": 4, "2025-06-30": 8, "2028-06-30": 20}),
        ("term = 1/2 year", "for 60 months step 1 term", {"2024-06-30": 2, "2023-12-30": 1}),
        ("quarter = 3 months, third = 1/3 quarter", "for 1 year step 1 third", {"2023-07-30": 1, "2024-06-30": 12}),
        ("quarter = 3 months", "for 20 quarters step 1 quarter", {"2024-06-30": 4, "2025-06-30": 8, "2028-06-30": 20}),
        ("quarter = 3 months, spell = 2 quarter", "for 10 spell step 1 quarter", {"2024-06-30": 4, "2028-06-30": 20}),
        ("spell = 90 days", "for 900 days step 1 spell", {"2023-09-28": 1, "2023-12-27": 2}),
    ],
)
def test_a_unit_that_is_made_of_months_goes_by_the_calendar(unit: str, head: str, steps: dict[str, int]) -> None:
    text = f"model m as of 2023-06-30 {head}\nunit {unit}\nstock s : 1 = 0\nflow f : outside -> s = 1 / time_step\n"
    text += "".join(f"question q{number} on {day} value s\n" for number, day in enumerate(steps))
    ran = run_ensemble(program_of(text), Settings(1, 0))
    assert [float(ran.values(f"q{number}")[0]) for number in range(len(steps))] == pytest.approx(list(steps.values()))
