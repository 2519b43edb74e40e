"""Series that are copies are found from the numbers alone; independent ones with the same course are not."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from foedus.cli.main import foedus
from foedus.errors import InputError
from foedus.evidence import DEFAULTS
from foedus.evidence.copies import Copy, find_copies
from foedus.evidence.timeseries import TimeSeries, read_series_files

DAYS = np.arange(738_000.0, 738_000.0 + 960)


def series(source: str, days: Any, values: Any) -> TimeSeries:
    return TimeSeries("count", source, True, f"{source}.csv", np.asarray(days, float), np.asarray(values, float))


def daily(seed: int = 1) -> TimeSeries:
    """A running total as a general staff would claim it: rising, in steps of ten, louder by the month."""
    random = np.random.default_rng(seed)
    course = 300 + 0.9 * np.arange(len(DAYS)) + 60 * np.sin(np.arange(len(DAYS)) / 40)
    gains = np.round(course * np.exp(random.normal(0, 0.2, len(DAYS))) / 10) * 10
    return series("staff", DAYS, 5000 + np.cumsum(gains))


def means(of: TimeSeries, every: int = 30, noise: float = 0.0, seed: int = 0, source: str = "ministry") -> TimeSeries:
    """Rounded daily means over equal periods of another series, each with an error of its own."""
    random = np.random.default_rng(seed)
    ends = np.arange(0, len(of.days), every)
    gains = np.diff(of.values[ends]) / every * np.exp(random.normal(0, noise, len(ends) - 1))
    return series(source, of.days[ends[1:]], np.round(gains))


def only(found: tuple[Copy, ...]) -> Copy:
    assert len(found) == 1
    return found[0]


def test_rounded_monthly_means_of_a_daily_total_are_found() -> None:
    staff = daily()
    found = only(find_copies([staff, means(staff)]))
    assert found.is_found and found.chance < 1e-9
    assert (found.later.source, found.earlier.source) == ("ministry", "staff")
    assert found.intervals == 30 and found.near == 30 and found.deviation < 0.002 and found.ratio == pytest.approx(1, abs=0.002)


@pytest.mark.parametrize("every", [7, 30])
@pytest.mark.parametrize("noise", [0.02, 0.05])
def test_independent_series_of_the_same_course_are_not(noise: float, every: int) -> None:
    staff = daily()
    for seed in range(25):
        assert not only(find_copies([staff, means(staff, every, noise, seed)])).is_found


def test_running_totals_with_errors_of_their_own_are_not() -> None:
    staff = daily()
    for seed in range(25):
        random = np.random.default_rng(seed)
        ends = np.arange(0, len(DAYS), 30)
        gains = np.diff(staff.values[ends]) * np.exp(random.normal(0, 0.02, len(ends) - 1))
        other = series("count", DAYS[ends], np.round(np.concatenate([[5000], 5000 + np.cumsum(gains)])))
        assert not only(find_copies([staff, other])).is_found


def test_the_same_months_in_another_order_are_not() -> None:
    """The mechanism cut: what is compared is month with month, not one distribution with another."""
    staff = daily()
    told = means(staff)
    shuffled = replace(told, values=np.random.default_rng(0).permutation(told.values))
    assert not any(one.is_found for one in find_copies([staff, shuffled]))


def test_a_few_corrected_months_do_not_hide_a_copy() -> None:
    staff = daily()
    told = means(staff)
    values = told.values.copy()
    values[[3, 11, 20, 27]] *= [1.05, 0.94, 1.04, 0.97]
    assert only(find_copies([staff, replace(told, values=values)])).is_found


def test_another_unit_and_the_next_day_do_not_hide_a_copy() -> None:
    staff = daily()
    told = means(staff)
    found = only(find_copies([staff, replace(told, values=told.values * 3, days=told.days + 1)]))
    assert found.is_found and found.lag == 1 and found.ratio == pytest.approx(3, rel=0.01)


def test_coarse_figures_agree_by_rounding_and_prove_nothing() -> None:
    random = np.random.default_rng(3)
    course = 12 + 3 * np.sin(np.arange(40))
    one, other = (
        series(name, np.arange(40) * 7 + 738_000, np.round(course * np.exp(random.normal(0, 0.02, 40)))) for name in ("a", "b")
    )
    assert not only(find_copies([one, other])).is_found


def test_equal_small_numbers_are_found_by_being_equal() -> None:
    random = np.random.default_rng(3)
    counts = random.integers(20, 60, 60).astype(float)
    days = np.arange(60) * 7 + 738_000
    assert only(find_copies([series("a", days, counts), series("b", days, counts)])).is_found


def test_calendars_and_one_source_are_passed_over() -> None:
    days = np.arange(40) * 7 + 738_000
    number, year = np.arange(40.0), np.full(40, 2024.0)
    assert find_copies([series("a", days, number), series("b", days, number * 2), series("c", days, year)]) == ()
    counts = np.random.default_rng(0).integers(100, 900, 40)
    assert find_copies([series("UK MoD", days, counts), series("British Ministry of Defence", days, counts)]) == ()


def test_too_few_dates_are_not_compared() -> None:
    staff = daily()
    assert find_copies([staff, series("few", DAYS[:120:30], staff.values[:120:30])]) == ()


def test_how_near_independent_counts_can_be_is_a_default() -> None:
    staff = daily()
    told = means(staff, noise=0.002, seed=5)
    assert only(find_copies([staff, told])).is_found
    exact = {**DEFAULTS.settings, "least_error": replace(DEFAULTS.settings["least_error"], value=0.001)}
    assert not only(find_copies([staff, told], replace(DEFAULTS, settings=exact))).is_found


def test_the_british_ministry_is_found_to_copy_the_general_staff(shared: Path) -> None:
    """From the numbers alone, among all series of casualties: the only two sources that are too near to be independent."""
    folder = shared / "data/ukraine"
    files = [
        folder / name for name in ("casualty_claims_by_source.csv", "uk_mod_monthly.csv", "general_staff_personnel_daily.json")
    ]
    found = [one for one in find_copies(read_series_files(files)) if one.is_found]
    assert found and {(one.later.source, one.earlier.name) for one in found} == {("UK MoD", "personnel")}
    assert found[0].chance < 1e-4
    assert all(one.deviation < 0.005 and one.intervals == 30 and one.ratio == pytest.approx(1, abs=0.005) for one in found)


def test_two_trackers_of_one_front_are_not_copies(shared: Path) -> None:
    folder = shared / "data/ukraine"
    found = find_copies(read_series_files([folder / "weekly_to_2024-10-25.csv", folder / "deepstate_area_km2.csv"]))
    for one in found:
        names = one.later.name + one.earlier.name
        if one.is_found:  # columns of the General Staff, and differences of them
            assert names.count("gs_") == 2 and names.count("week_change") == 1, names


def table(path: Path, header: list[str], rows: list[list[Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_files_as_they_come(tmp_path: Path) -> None:
    by_month = table(
        tmp_path / "m.csv", ["month", "year", "mean", "source"], [["January", 2024, 5, "x"], ["february", 2024, "1,006", "x"]]
    )
    by_day = table(
        tmp_path / "d.csv",
        ["when", "date", "n", "source"],
        [["a", "01/02/2024", 1, "p"], ["b", "02/02/2024", 2, "p"], ["c", "01/02/2024", 3, "q"], ["d", "02/02/2024", 4, "q"]],
    )
    records = tmp_path / "j.json"
    records.write_text(
        json.dumps({"rows": [{"date": "2024-02-02", "n": 4, "about": "x"}, {"date": "2024-02-01", "n": 3, "about": "y"}]})
    )
    found = {one.label: one for one in read_series_files([by_month, by_day, f"Staff={records}"])}
    assert set(found) == {"x: mean", "p: n", "q: n", "Staff: n"}
    assert list(found["x: mean"].values) == [5, 1006] and list(np.diff(found["x: mean"].days)) == [29]
    assert list(found["Staff: n"].values) == [3, 4] and list(found["q: n"].values) == [3, 4]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"a,b\n1,2\n", "no-dates"),
        ("b.json", b"[1, 2", "not-json"),
        ("c.json", b"{}", "no-records"),
        ("d.csv", b"\xff\xfe\x00", "not-utf-8"),
        ("e.csv", b"date,n\n2024-01-01,x\n", "no-series"),
        ("f.csv", b"", "no-dates"),
        ("g.json", b"[" * 100_000, "not-json"),
        ("absent.csv", None, "cannot-read"),
    ],
)
def test_files_without_series_are_refused(name: str, content: bytes | None, code: str, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_series_files([tmp_path / name])
    assert [problem.code for problem in caught.value.problems] == [code]


def test_the_command_compares_files(tmp_path: Path) -> None:
    staff = daily()
    files = []
    for one in (staff, means(staff), means(staff, noise=0.05, source="other")):
        path = table(
            tmp_path / f"{one.source}.csv",
            ["date", "n"],
            [[np.datetime64(int(day) - 719_163, "D"), value] for day, value in zip(one.days, one.values, strict=True)],
        )
        files.append(str(path))
    done = CliRunner().invoke(foedus, ["sources", "--series", *files, "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.output)
    assert [(one["later"], one["earlier"]) for one in document["pairs"] if one["found"]] == [("ministry: n", "staff: n")]
    shown = CliRunner().invoke(foedus, ["sources", "--series", *files]).output
    assert "3 series, 3 pairs with at least 6 common intervals, 1 copy" in shown
    assert max(map(len, shown.splitlines())) <= 80
