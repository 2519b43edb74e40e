"""Counts of reference classes: what 6 of 43 treaties, or 5 clashes in 25 years, tell of the next."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from scipy import stats

from foedus.evidence import DEFAULTS, pool
from foedus.evidence.figure_words import exact_number, figure_words
from foedus.evidence.kernel import Scale, kernel_of
from foedus.evidence.schema import claim_problems
from foedus.evidence.standing import standing


def counted(make: Any, times: float, exposure: float, unit: str = "1", **more: Any) -> Any:
    claim = make(times / exposure, unit=unit, **{"ctype": "assessment", "grade": "A1", "group": "class", **more})
    return replace(claim, quantity=replace(claim.quantity, count=times, exposure=exposure))


def points(claims: Any, **options: Any) -> Any:
    return pool(claims, **options).distribution.quantile(np.array([0.05, 0.5, 0.95]))


@pytest.mark.parametrize(("times", "cases"), [(6, 43), (42, 102), (222, 2174), (3, 6)])
def test_a_share_is_jeffreys_interval_wider_by_the_distance_of_the_next_case(times: int, cases: int, make: Any) -> None:
    kernel = kernel_of(counted(make, times, cases), Scale(is_share=True), DEFAULTS)
    low, middle, high = (float(np.log(p / (1 - p))) for p in stats.beta(times + 0.5, cases - times + 0.5).ppf([0.05, 0.5, 0.95]))
    assert kernel.centre == pytest.approx(middle, abs=1e-4)
    own = min(middle - low, high - middle)
    assert 1.6448536 * kernel.width == pytest.approx(math.hypot(own, math.log(DEFAULTS.setting("class_error"))), rel=1e-3)


def test_a_rate_is_known_from_its_time(make: Any) -> None:
    kernel = kernel_of(counted(make, 5, 25.4, "1/year"), Scale(is_share=False), DEFAULTS)
    assert math.exp(kernel.centre) == pytest.approx(stats.gamma(5.5, scale=1 / 25.4).ppf(0.5), rel=1e-3)


def test_more_cases_tell_more_but_never_all_of_the_next(make: Any) -> None:
    widths = [float(np.log(high / low)) for low, _, high in (points([counted(make, n // 5, n)]) for n in (5, 50, 50_000))]
    assert widths[0] > widths[1] > widths[2] > math.log(DEFAULTS.setting("class_error"))


def test_another_unit_of_time_is_the_same_rate(make: Any) -> None:
    claim = counted(make, 5, 25.4, "1/year")
    assert points([claim], unit="1/week") == pytest.approx(points([claim]) / (365.25 / 7), rel=1e-3)


@pytest.mark.parametrize("unit", ["1", "1/year"])
def test_never_is_a_bound_and_not_none(unit: str, make: Any) -> None:
    never = counted(make, 0, 7, unit)
    alone = pool([never])
    assert alone.none == 0
    stand = standing([never], None, DEFAULTS)
    assert [kernel.bound for kernel in stand.kernels] == ["upper"]
    # a few cases without one are hardly news to a count of many, a great many are
    many = counted(make, 40, 100, unit, origin="b")
    few, lots = (points([counted(make, 0, n, unit, origin="a"), many])[1] for n in (1, 60))
    assert few == pytest.approx(points([many])[1], rel=0.15)
    assert lots < 0.8 * few


@pytest.mark.parametrize("exposures", [(1.5, 10.6), (6, 6), (0.5, 200), (3, 8, 40)])
def test_never_in_several_classes_leaves_less_than_in_one(exposures: tuple[float, ...], make: Any) -> None:
    claims = [counted(make, 0, time, "1/year", origin=str(number)) for number, time in enumerate(exposures)]
    low, middle, high = points(claims)
    assert 0 < low < middle < high <= min(points([claim])[2] for claim in claims) * 1.2
    assert middle <= 1.05 * max(points([claim])[1] for claim in claims)


@pytest.mark.parametrize("word", ["eq", "at_least", "up_to"])
def test_two_that_say_little_leave_their_middle_and_not_the_end_of_the_scale(word: str, make: Any) -> None:
    wide = [make(None, low=10, high=100_000, qualifier=word, origin=origin) for origin in "ab"]
    low, middle, high = points(wide)
    assert 9.9 <= low < 300 < middle < 3000 < high <= 101_000


def test_always_is_the_other_bound(make: Any) -> None:
    always, never = (points([counted(make, times, 6)]) for times in (6, 0))
    assert always == pytest.approx(1 - never[::-1], abs=0.01)


def test_a_share_without_a_count_is_widened_where_the_case_calls_it_a_class(make: Any) -> None:
    from foedus.evidence.defaults import GroupRule

    claim = make(0.745, unit="1", ctype="assessment", group="class")
    called = replace(DEFAULTS, groups={"class": GroupRule("reference class", "one more case")})
    plain, wide = (
        pool([claim], defaults=defaults).distribution.quantile(np.array([0.05, 0.95])) for defaults in (DEFAULTS, called)
    )
    assert wide[0] < plain[0] < plain[1] < wide[1]


def test_it_is_shown_as_it_was_counted(make: Any) -> None:
    assert figure_words(counted(make, 6, 43)) == "6 of 43"
    assert figure_words(counted(make, 5, 25.4, "1/year")) == "5 in 25.4 years"
    assert figure_words(counted(make, 0, 1, "1/week")) == "0 in 1 week"


WRONG = {
    "more than all": {"count": 44, "exposure": 43, "value": 1.02},
    "half a case": {"count": 2.5, "exposure": 43, "value": 0.058},
    "no exposure": {"count": 6, "value": 0.14},
    "no count": {"exposure": 43, "value": 0.14},
    "nothing to count in": {"count": 0, "exposure": 0, "value": 0},
    "another ratio": {"count": 6, "exposure": 43, "value": 0.41},
    "no ratio": {"count": 6, "exposure": 43, "value": None},
    "persons": {"count": 6, "exposure": 43, "value": 0.14, "unit": "person"},
    "ends of its own": {"count": 6, "exposure": 43, "value": 0.1395, "low": 0.1, "high": 0.2},
    "a bound": {"count": 6, "exposure": 43, "value": 0.1395, "qualifier": "at_least"},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_count_that_is_none_is_refused(name: str, make: Any) -> None:
    record = make(0.14, unit="1").as_dict()
    record["quantity"] = {"kind": "ratio", "qualifier": "eq", "unit": "1", **WRONG[name]}
    assert [problem.code for problem in claim_problems(record)] == ["bad-count"]


def test_what_is_written_is_read_again(make: Any) -> None:
    from foedus.evidence.claim import NOWHERE
    from foedus.evidence.schema import parse_claim

    claim = counted(make, 6, 43)
    assert claim_problems(claim.as_dict()) == []
    assert parse_claim(claim.as_dict(), NOWHERE) == claim


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (20 * 365.25 / 12 / 7, "≈86.96"),  # 20 a week, by the month
        (1_234_567_890.12, "1,234,567,890.12"),  # to the cent
        (0.1234567, "0.1234567"),
        (114_040, "114,040"),
        (-1 / 3, "≈-0.3333"),
    ],
)
def test_a_figure_is_shown_to_the_digit_that_somebody_claimed(value: float, shown: str) -> None:
    assert exact_number(value) == shown
