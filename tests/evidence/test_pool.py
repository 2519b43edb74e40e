"""Pooling: one vote per origin, newer before older, conflicts shown, units kept apart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foedus.errors import EvidenceError
from foedus.evidence import DEFAULTS, pool, read_defaults
from foedus.evidence.kernel import digits_of
from foedus.evidence.measures import conversion


def points(pooled: Any) -> list[float]:
    return [float(x) for x in pooled.distribution.quantile(np.array([0.05, 0.5, 0.95]))]


def kernel_ends(pooled: Any) -> Any:
    """The 5 and 95 % points of the first claim's own curve."""
    return pooled.scale.values(np.array(pooled.kernels[0].ends))


def test_one_claim_is_a_kernel_and_a_broad_rest(make: Any) -> None:
    pooled = pool([make(1000, qualifier="about", grade="A1")])
    assert pooled.unit == "person"
    assert pooled.effective_origins == 1
    assert points(pooled)[1] == pytest.approx(1000, rel=1e-3)
    quality = (2 * 0.99 - 1) * 0.975
    assert pooled.broad_weight == pytest.approx(1 - quality, rel=1e-3)
    assert sum(pooled.weights.values()) + pooled.broad_weight == pytest.approx(1)
    np.testing.assert_allclose(kernel_ends(pooled), [1000 / 1.2, 1200], rtol=1e-9)


def test_the_law_of_one_claim_is_a_mixture_by_its_quality(make: Any) -> None:
    from scipy import stats  # type: ignore[import-untyped]

    pooled = pool([make(1000, qualifier="about", grade="C3")])
    quality, kernel = DEFAULTS.quality("C3", "asserted"), pooled.kernels[0]
    far, near = math.log(4) / 1.6448536269514722, math.log(2) / 1.6448536269514722
    broad = stats.norm(kernel.centre, far + quality * (near - far))
    x = np.array([500.0, 800.0, 950.0, 1000.0, 1100.0, 1500.0, 4000.0])
    expected = (1 - quality) * broad.cdf(np.log(x)) + quality * stats.norm(kernel.centre, kernel.width).cdf(np.log(x))
    np.testing.assert_allclose(pooled.distribution.cdf(x), expected, atol=2e-4)


@pytest.mark.parametrize("qualifier", [name for name in DEFAULTS.kernels if name not in ("between", "vague", "additional")])
def test_each_qualifier_has_its_interval(qualifier: str, make: Any) -> None:
    row = DEFAULTS.kernels[qualifier]
    np.testing.assert_allclose(kernel_ends(pool([make(1000, qualifier=qualifier)])), [1000 * row.low, 1000 * row.high], rtol=1e-9)


@pytest.mark.parametrize("qualifier", ["eq", "up_to", "between", "vague"])
def test_the_claims_own_ends_come_before_the_table(qualifier: str, make: Any) -> None:
    np.testing.assert_allclose(kernel_ends(pool([make(None, qualifier=qualifier, low=2000, high=9999)])), [2000, 9999], rtol=1e-9)


def test_a_vague_number_without_ends_takes_the_tables_width(make: Any) -> None:
    np.testing.assert_allclose(kernel_ends(pool([make(1000, qualifier="vague")])), [500, 2000], rtol=1e-9)


@pytest.mark.parametrize(("value", "digits"), [(12_000, 2), (1, 1), (1_027_340, 6), (0.61, 2), (1249, 4), (1e9, 1), (123.4, 4)])
def test_the_digits_of_a_figure_are_counted(value: float, digits: int) -> None:
    assert digits_of(value) == digits


def test_a_figure_with_more_digits_is_narrower(make: Any) -> None:
    widths = [pool([make(value)]).kernels[0].width for value in (1_000_000, 1_030_000, 1_027_000, 1_027_340)]
    assert widths[0] > widths[1] * 1.3 and widths[1] == pytest.approx(widths[0] * (widths[3] / widths[0]) ** 0.5)
    assert widths[2] == widths[3] < widths[1]


@pytest.mark.parametrize(
    ("value", "unit", "into"), [(15, "week", "day"), (5, "mile", "km"), (37, "quarter", "month"), (30, "acre", "ha")]
)
def test_a_figure_that_is_converted_is_no_surer_for_it(value: float, unit: str, into: str, make: Any) -> None:
    claim = make(value, unit=unit)
    factor = conversion(unit, into)
    assert factor is not None and digits_of(value * factor) > 2
    own, other = pool([claim]), pool([claim], unit=into)
    assert other.kernels[0].width == pytest.approx(own.kernels[0].width)
    np.testing.assert_allclose(points(other), np.array(points(own)) * factor, rtol=1e-6)


def test_shares_stay_inside_0_and_1(make: Any) -> None:
    pooled = pool([make(0.9, unit="1", origin="a"), make(0.4, unit="1", origin="b", qualifier="up_to")])
    assert pooled.scale.is_share
    low, high = pooled.distribution.support()
    assert 0 < low < high < 1
    assert pool([make(1.0, unit="1", origin="a"), make(0.9, unit="1", origin="b")]).distribution.support()[1] < 1


def test_a_ratio_above_one_is_no_share(make: Any) -> None:
    assert not pool([make(0.9, unit="1", origin="a"), make(1.4, unit="1", origin="b")]).scale.is_share


def test_repeating_an_origin_changes_nothing(make: Any) -> None:
    one, other = make(1000, origin="a", id="A"), make(1100, origin="b", id="B")
    echoes = [replace(one, id=f"E{index}") for index in range(5)]
    once, often = pool([one, other]), pool([one, other, *echoes])
    assert often.votes == once.votes
    assert often.effective_origins == once.effective_origins
    np.testing.assert_allclose(points(often), points(once), rtol=1e-9)


def test_the_newest_of_an_origin_replaces_the_older_ones(make: Any) -> None:
    old, new = make(1000, published="2024-09-01"), make(3000, published="2024-10-01")
    pooled = pool([new, old])
    assert pooled.superseded == (old.id,)
    assert points(pooled)[1] == pytest.approx(3000, rel=1e-6)


def test_a_late_report_of_an_older_figure_does_not_make_it_newer(make: Any) -> None:
    new = make(3000, published="2024-10-01")
    late = make(1000, published="2024-10-20", time={"kind": "relative", "value": "<=2024-09-01"})
    assert pool([new, late]).superseded == (late.id,)


def test_a_newer_assessment_of_an_origin_replaces_the_older_one(make: Any) -> None:
    old, new = make(3000, ctype="assessment", published="2024-01-01"), make(12_000, ctype="assessment")
    assert pool([old, new]).superseded_by == {old.id: new.id}


def test_what_an_origin_says_in_several_ways_on_one_day_shares_its_vote(make: Any) -> None:
    claims = [make(0.4, unit="1", ctype="assessment"), make(0.1, unit="1", ctype="assessment")]
    pooled = pool(claims)
    assert pooled.superseded == () and pooled.votes == {"someone": 1.0}
    between = pooled.distribution.cdf(np.array([0.18, 0.3]))
    assert between[0] == pytest.approx(0.5, abs=0.08) and between[1] - between[0] < 0.1  # two humps, and nothing in the gap


QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GRADES, WORDS = st.sampled_from(["A1", "B2", "C3", "E4", "F6"]), st.sampled_from(["asserted", "reported", "possible"])
QUALIFIERS = st.sampled_from(["eq", "about", "up_to", "at_least", "more_than"])


def drawn(data: st.DataObject, make: Any) -> list[Any]:
    """A group of claims: two to six, of up to three origins, of all grades and hedges, on three days."""
    rows = data.draw(
        st.lists(
            st.tuples(st.floats(1, 1e6), st.integers(0, 2), GRADES, WORDS, QUALIFIERS, st.integers(1, 3)), min_size=2, max_size=6
        )
    )
    return [
        make(
            value, origin=f"o{origin}", grade=grade, hedge=word, qualifier=qualifier, published=f"2024-10-0{day}", id=f"C{index}"
        )
        for index, (value, origin, grade, word, qualifier, day) in enumerate(rows)
    ]


@QUICK
@given(data=st.data())
def test_an_echo_of_any_grade_moves_nothing(data: st.DataObject, make: Any) -> None:
    claims = drawn(data, make)
    told = data.draw(st.sampled_from([claim for claim in claims if claim.id in pool(claims).weights]))
    # Said again, by a source that is no better, on the same day: nothing new, and no reason to trust the first one less.
    echo = replace(told, id="Z", hedge=replace(told.hedge, kind="possible"), grade="E4")
    assume(DEFAULTS.quality(echo.grade, echo.hedge.kind) <= DEFAULTS.quality(told.grade, told.hedge.kind))
    once, often = pool(claims), pool([*claims, echo])
    assert often.votes == once.votes and often.effective_origins == once.effective_origins
    assert often.broad_weight == pytest.approx(once.broad_weight, abs=1e-12)
    np.testing.assert_allclose(points(often), points(once), rtol=1e-9)


def test_an_echo_moves_nothing_where_no_source_knows_anything(make: Any) -> None:
    claims = [make(2.0, grade="E4", id="A"), make(1.0, grade="E4", hedge="possible", id="B")]
    assert max(kernel.quality for kernel in pool(claims).kernels) <= 0
    np.testing.assert_allclose(points(pool([*claims, replace(claims[1], id="Z")])), points(pool(claims)), rtol=1e-9)


@QUICK
@given(data=st.data())
def test_a_worse_misquotation_of_an_origin_moves_nothing(data: st.DataObject, make: Any) -> None:
    claims = [make(1000, origin="a", grade="B2"), make(5000, origin="b", grade="B2")]
    more = [
        make(
            data.draw(st.floats(1, 1e6)), origin="a", grade=data.draw(st.sampled_from(["C3", "E4", "F6"])), published="2024-10-03"
        )
        for _ in range(data.draw(st.integers(1, 4)))
    ]
    pooled = pool([*claims, *more])
    assert pooled.distribution == pool(claims).distribution
    assert {claim.id for claim in more} <= {*pooled.superseded, *pooled.left_out}


def test_a_worse_word_that_is_much_newer_replaces_the_old_one(make: Any) -> None:
    old, new = make(1000, grade="B2", published="2024-01-01"), make(3000, grade="C3", published="2024-10-01")
    assert pool([old, new]).superseded_by == {old.id: new.id}


@QUICK
@given(data=st.data())
def test_a_claim_without_weight_moves_nothing(data: st.DataObject, make: Any) -> None:
    claims = drawn(data, make)
    silent = make(data.draw(st.floats(1, 1e6)), hedge="unknown", origin=data.draw(st.sampled_from(["o0", "new"])), id="Z")
    assert pool([*claims, silent]).distribution == pool(claims).distribution


def test_a_claim_of_little_weight_moves_little(make: Any) -> None:
    claims = [make(1000, origin="a"), make(1200, origin="b")]
    weak = replace(DEFAULTS, hedges={**DEFAULTS.hedges, "possible": replace(DEFAULTS.hedges["possible"], weight=1e-9)})
    for origin in ("a", "c"):
        moved = pool([*claims, make(9000, hedge="possible", origin=origin)], defaults=weak)
        np.testing.assert_allclose(points(moved), points(pool(claims)), rtol=1e-4)


def sure(figure: float) -> int:
    """How many of its digits count, see `kernel`."""
    return min(max(digits_of(figure), 2), 4)


@QUICK
@given(data=st.data(), factor=st.sampled_from([1e-3, 0.5, 7.0, 1e6]))
def test_another_unit_scales_the_pool_and_nothing_else(data: st.DataObject, factor: float, make: Any) -> None:
    claims = drawn(data, make)

    def scaled(number: float | None) -> float | None:
        return None if number is None else number * factor

    others = [
        replace(claim, quantity=replace(claim.quantity, value=scaled(claim.quantity.value), unit="soldier")) for claim in claims
    ]
    figures = [claim.quantity.value for claim in claims if claim.quantity.qualifier == "eq"]
    assume(all(sure(figure) == sure(figure * factor) for figure in figures))  # more digits are a surer figure
    one, other = pool(claims), pool(others)
    assert other.weights == pytest.approx(one.weights) and other.votes == one.votes
    np.testing.assert_allclose(points(other), np.array(points(one)) * factor, rtol=1e-6)
    assert [(pair.lower, pair.higher) for pair in other.conflicts] == [(pair.lower, pair.higher) for pair in one.conflicts]


@QUICK
@given(data=st.data())
def test_weights_add_up_whatever_is_claimed(data: st.DataObject, make: Any) -> None:
    claims = drawn(data, make)
    pooled = pool(claims)
    assert math.fsum([*pooled.weights.values(), pooled.broad_weight]) == pytest.approx(1)
    assert math.fsum(pooled.votes.values()) == pytest.approx(1) or not pooled.votes
    assert {*pooled.weights, *pooled.superseded, *pooled.left_out} == {claim.id for claim in claims}
    assert all(replacing in {*pooled.weights, *pooled.left_out} for replacing in pooled.superseded_by.values())


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_the_order_of_claims_does_not_matter(data: st.DataObject, make: Any) -> None:
    claims = drawn(data, make)
    shuffled = data.draw(st.permutations(claims))
    assert pool(claims) == pool(shuffled)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(grades=st.lists(st.sampled_from(["A1", "B2", "C3", "E4", "F6"]), min_size=1, max_size=6))
def test_votes_and_weights_add_up(grades: list[str], make: Any) -> None:
    claims = [make(1000 + index, origin=f"o{index}", grade=grade) for index, grade in enumerate(grades)]
    pooled = pool(claims)
    assert sum(pooled.votes.values()) == pytest.approx(1) or not pooled.votes
    assert sum(pooled.weights.values()) + pooled.broad_weight == pytest.approx(1)
    assert 1 - 1e-9 <= pooled.effective_origins <= len(grades) + 1e-9 or not pooled.votes


def test_a_better_grade_and_a_plainer_word_narrow_the_pool(make: Any) -> None:
    def width(**changes: Any) -> float:
        low, _, high = points(pool([make(1000, **changes)]))
        return high / low

    assert width(grade="A1") < width(grade="C3") < width(grade="E4")
    assert width(hedge="asserted") < width(hedge="believed") < width(hedge="possible")


def test_a_conflict_is_named_and_kept(make: Any) -> None:
    pooled = pool([make(1000, origin="a"), make(4000, origin="b")])
    assert "1,000" in pooled.conflict and "4,000" in pooled.conflict
    low, _, high = points(pooled)
    assert low < 1100 and high > 3900
    between = pooled.distribution.cdf(np.array([1400.0, 2800.0]))
    assert between[1] - between[0] < 0.15  # nothing is averaged into the gap


def test_conflicts_are_told_as_pairs_farthest_apart_first(make: Any) -> None:
    claims = [make(value, origin=str(value), id=f"C{value}") for value in (1000, 4000, 30000)]
    pairs = [(one.lower, one.higher) for one in pool(claims).conflicts]
    assert pairs == [("C1000", "C30000"), ("C4000", "C30000"), ("C1000", "C4000")]
    assert all(one.overlap < 0.1 for one in pool(claims).conflicts)


def test_an_exact_figure_inside_a_loose_one_is_no_conflict(make: Any) -> None:
    assert pool([make(3000, origin="a"), make(None, low=900, high=10_000, qualifier="between", origin="b")]).conflict == ""
    assert pool([make(30000, origin="a"), make(None, low=900, high=10_000, qualifier="between", origin="b")]).conflict != ""


def test_equal_widths_overlap_as_normal_curves_do(make: Any) -> None:
    from statistics import NormalDist

    pooled = pool(
        [make(1000, origin="a"), make(1300, origin="b")],
        defaults=replace(
            DEFAULTS,
            settings={**DEFAULTS.settings, "overlap_threshold": replace(DEFAULTS.settings["overlap_threshold"], value=0.99)},
        ),
    )
    one, other = (NormalDist(kernel.centre, kernel.width) for kernel in pooled.kernels)
    assert pooled.conflicts[0].overlap == pytest.approx(one.overlap(other), rel=1e-9)


def test_who_replaces_a_claim_is_told(make: Any) -> None:
    old, new = make(1000, published="2024-09-01"), make(3000, published="2024-10-01")
    assert pool([new, old]).superseded_by == {old.id: new.id}


def test_agreement_is_no_conflict(make: Any) -> None:
    assert pool([make(1000, origin="a"), make(1050, origin="b")]).conflict == ""


def test_a_bound_is_not_in_conflict_with_what_it_allows(make: Any) -> None:
    assert pool([make(1000, qualifier="at_least", origin="a"), make(5000, origin="b")]).conflict == ""
    assert pool([make(9000, qualifier="up_to", origin="a"), make(1000, origin="b")]).conflict == ""
    assert pool([make(9000, qualifier="at_least", origin="a"), make(1000, origin="b")]).conflict != ""


def test_bounds_alone_are_said_to_be_bounds(make: Any) -> None:
    assert "Only ceilings" in pool([make(1000, qualifier="up_to")]).notes[0]
    assert "Only floors" in pool([make(1000, qualifier="more_than")]).notes[0]
    assert not any("Only" in note for note in pool([make(1000)]).notes)


def test_claims_without_weight_are_left_out(make: Any) -> None:
    told = make(1000)
    silent = [make(None), make(5, hedge="unknown"), make(7, polarity="0"), replace(make(9), quantity=None)]
    assert set(pool([told, *silent]).left_out) == {claim.id for claim in silent}
    rejected = make(99, status="rejected")
    assert rejected.id not in pool([told, rejected]).weights


@pytest.mark.parametrize(
    ("values", "unit", "code"),
    [
        ([(None, "person")], None, "nothing-to-pool"),
        ([], None, "nothing-to-pool"),
        ([(5, "person"), (5, "shell")], None, "mixed-units"),
        ([(5, "person")], "shell", "mixed-units"),
        ([(0, "person")], None, "nothing-to-pool"),
        ([(-5, "person")], None, "not-positive"),
    ],
)
def test_what_cannot_be_pooled_is_refused(values: Any, unit: Any, code: str, make: Any) -> None:
    with pytest.raises(EvidenceError) as caught:
        pool([make(value, unit=own) for value, own in values], unit=unit)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.help for problem in caught.value.problems)


def test_sources_that_agree_sharpen_and_more_so_the_more_they_are(make: Any) -> None:
    def width(count: int) -> float:
        low, _, high = points(pool([make(12_000, origin=f"o{index}") for index in range(count)]))
        return high / low

    widths = [width(count) for count in (1, 2, 3, 5, 12)]
    assert widths == sorted(widths, reverse=True) and widths[-1] > 1.05  # kinship: they never know it exactly


def test_a_bound_cuts_and_does_not_draw_where_a_figure_says_where_it_lies(make: Any) -> None:
    alone = points(pool([make(10_000, origin="b")]))
    with_floor = points(pool([make(3000, qualifier="at_least", origin="a"), make(10_000, origin="b")]))
    with_ceiling = points(pool([make(10_500, qualifier="up_to", origin="a", grade="A1"), make(10_000, origin="b")]))
    assert with_floor[1] == pytest.approx(alone[1], rel=0.02) and with_floor[0] >= alone[0] * 0.8
    assert with_ceiling[2] < alone[2] * 0.95


def test_bounds_that_allow_each_other_leave_what_lies_between(make: Any) -> None:
    low, median, high = points(pool([make(3000, qualifier="at_least", origin="a"), make(12_000, qualifier="up_to", origin="b")]))
    assert 2500 < low < 4500 < median < 8500 < high < 13_000


def test_more_is_added_to_the_figure_before_it(make: Any) -> None:
    base, more = make(12_000, published="2024-10-01"), make(500, qualifier="additional", published="2024-10-03")
    pooled = pool([base, more])
    assert points(pooled)[1] == pytest.approx(12_500, rel=0.01) and pooled.superseded_by == {base.id: more.id}
    assert "adds 500" in pooled.notes[0]
    other = pool([base, replace(more, origin="another")])
    assert 12_000 < points(other)[1] < 12_600 and other.superseded == ()
    assert points(pool([more]))[1] > 500 and "a floor" in pool([more]).notes[0]  # of nothing before it, it is no total


@pytest.mark.parametrize(
    ("one", "other", "factor"),
    [
        ("km2", "m2", 1e6),
        ("square miles", "km2", 2.589988110336),
        ("shell/week", "shell/month", 365.25 / 84),
        ("tonne", "kg", 1000),
        ("person per day", "persons/week", 7),
        ("hectare", "km2", 0.01),
        ("mile", "km", 1.609344),
        ("soldiers", "soldier", 1),
        ("shell", "person", None),
        ("shell/week", "shell", None),
        ("%", "1", 0.01),
        ("m", "g", None),
    ],
)
def test_units_are_converted_where_they_measure_the_same(one: str, other: str, factor: float | None) -> None:
    assert conversion(one, other) == (None if factor is None else pytest.approx(factor))
    if factor is not None:
        assert conversion(other, one) == pytest.approx(1 / factor)


def test_claims_in_several_units_are_one_pool(make: Any) -> None:
    claims = [make(1000, unit="km2", origin="a"), make(1e9, unit="m2", origin="b"), make(386.1, unit="square miles", origin="c")]
    assert points(pool(claims))[1] == pytest.approx(1000, rel=0.02)
    assert points(pool(claims, unit="m2"))[1] == pytest.approx(1e9, rel=0.02)


def test_what_might_be_is_not_what_is(make: Any) -> None:
    is_there, might = make(12_000, origin="a"), make(100_000, origin="b", modality="hypothetical")
    pooled = pool([is_there, might])
    assert pooled.distribution == pool([is_there]).distribution and "hypothetical" in pooled.reasons[might.id]
    assert points(pool([might]))[1] == pytest.approx(100_000, rel=0.01)  # where nobody says what is, it is all there is


@pytest.mark.parametrize("commitment", ["denied", "negated", "doubted", "conditional", "asked", "retracted"])
def test_a_figure_that_is_not_affirmed_has_no_curve(commitment: str, make: Any) -> None:
    told, silent = make(3000, origin="a"), make(12_000, origin="b", commitment=commitment)
    pooled = pool([told, silent])
    assert [kernel.claim.id for kernel in pooled.kernels] == [told.id]
    if commitment != "denied":
        assert pooled.distribution == pool([told]).distribution and pooled.reasons[silent.id]


def test_a_loose_figure_has_no_part(make: Any) -> None:
    loose = make(None)
    loose = replace(loose, quantity=replace(loose.quantity, loose=True))
    assert pool([make(3000), loose]).reasons[loose.id] == "its figure was not read whole"


def test_who_says_that_there_is_none_makes_a_hurdle(make: Any) -> None:
    figure, nought = make(3000, origin="a"), make(0.0, origin="b")
    pooled = pool([figure, nought])
    assert pooled.none == pytest.approx(0.5) and points(pooled)[0] == 0.0
    assert float(pooled.distribution.cdf(np.array([0.0]))[0]) == pytest.approx(0.5)
    denial = replace(make(origin="b", ctype="event", polarity="-"), quantity=None)
    assert pool([figure, denial]).none == pytest.approx(0.5)
    of_the_figure = make(12_000, origin="b", commitment="denied")
    assert 0.05 < pool([figure, of_the_figure]).none < 0.4  # he may deny the number only
    assert pool([figure, make(12_000, origin="b", polarity="-")]).none == pool([figure, of_the_figure]).none
    weak = pool([figure, replace(nought, grade="E4")])
    assert weak.none == 0.0


def test_who_gave_a_figure_since_no_longer_says_that_there_is_none(make: Any) -> None:
    before, since = make(0.0, origin="a", published="2024-09-01"), make(3000, origin="a", published="2024-10-01")
    assert pool([before, since]).none == 0.0 and pool([before, since]).superseded_by == {before.id: since.id}
    turned = [
        make(2000, origin="b"),
        make(3000, origin="a", published="2024-09-01"),
        make(0.0, origin="a", published="2024-10-01"),
    ]
    assert pool(turned).superseded_by == {turned[1].id: turned[2].id}


def test_older_statements_of_a_state_hold_for_less(make: Any) -> None:
    old = [make(3000, origin=f"o{index}", published="2024-08-01") for index in range(8)]
    new = make(11_000, origin="z", published="2024-10-01")
    assert points(pool([*old, new]))[1] > 5000
    constant = [replace(claim, ctype="assessment") for claim in [*old, new]]
    assert points(pool(constant))[1] == pytest.approx(3000, rel=0.02)


def test_a_running_total_takes_older_totals_for_floors(make: Any, tmp_path: Any) -> None:
    claims = [make(31_000, origin="a", published="2024-02-29"), make(57_000, origin="b", published="2024-10-01", grade="C3")]
    path = tmp_path / "evidence.toml"
    path.write_text('[groups.troops]\nkind = "running total"\nbecause = "it adds up"\n', encoding="utf-8")
    state, total = pool(claims), pool(claims, defaults=read_defaults(path))
    assert points(state)[0] < 31_000 and points(total)[0] > 29_000 and points(total)[1] == pytest.approx(57_000, rel=0.02)


def test_an_analysts_own_interval_stands_in_place_of_the_pool_with_its_reason(make: Any, tmp_path: Any) -> None:
    path = tmp_path / "evidence.toml"
    path.write_text('[groups.troops]\nlow = 100\nhigh = 400\nbecause = "I counted them"\n', encoding="utf-8")
    pooled = pool([make(1000)], defaults=read_defaults(path))
    assert points(pooled)[0] == pytest.approx(100) and points(pooled)[2] == pytest.approx(400)
    assert pooled.notes[0].endswith("I counted them")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[groups.a]\nkind = "toll"\nbecause = "x"\n', "wrong-type"),
        ('[groups.a]\nkind = "state"\n', "no-because"),
        ('[groups.a]\nlow = 3\nbecause = "x"\n', "out-of-range"),
        ('[groups.a]\nlow = 3\nhigh = 2\nbecause = "x"\n', "out-of-range"),
        ('[groups.a]\nlow = -3\nhigh = 2\nbecause = "x"\n', "wrong-type"),
        ('[groups.a]\nkin = "state"\nbecause = "x"\n', "unknown-key"),
        ("groups = 3\n", "wrong-type"),
        ("[groups]\na = 3\n", "wrong-type"),
    ],
)
def test_a_wrong_word_about_a_group_is_refused(text: str, code: str, tmp_path: Any) -> None:
    path = tmp_path / "evidence.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(EvidenceError) as caught:
        read_defaults(path)
    assert code in {problem.code for problem in caught.value.problems}


def test_the_way_to_the_pool_is_told_step_by_step(make: Any) -> None:
    claims = [
        make(3000, origin="a", published="2024-09-01"),
        make(12_000, qualifier="up_to", origin="b", published="2024-09-20"),
        make(3300, origin="c", published="2024-10-01"),
    ]
    steps = pool(claims).steps
    assert [step.claims for step in steps] == [(), *((claim.id,) for claim in claims)]
    assert [step.what for step in steps] == ["before any claim", "a figure", "a ceiling", "a figure"]
    last = steps[-1]
    np.testing.assert_allclose([last.low, last.median, last.high], points(pool(claims)), rtol=1e-12)


@pytest.mark.parametrize("rule", ["rival-days", "rival-speakers", "rival-units"])
def test_a_claim_with_an_open_field_counts_only_when_somebody_has_looked_at_it(make: Any, rule: str) -> None:
    told = make(1000)
    proposed = replace(make(9000, origin="another", status="proposed", rules=["narrator", rule]), is_taken=True)
    assert proposed.id in pool([told, proposed]).left_out
    accepted = replace(proposed, status="accepted")
    assert accepted.id not in pool([told, accepted]).left_out
