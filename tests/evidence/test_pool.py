"""Pooling: one vote per origin, newer before older, conflicts shown, units kept apart."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from foedus.distributions import LogitNormal, LogNormal, Uniform
from foedus.errors import EvidenceError
from foedus.evidence import DEFAULTS, pool


def points(pooled: Any) -> list[float]:
    return [float(x) for x in pooled.distribution.quantile(np.array([0.05, 0.5, 0.95]))]


def test_one_claim_is_a_kernel_and_a_broad_rest(make: Any) -> None:
    pooled = pool([make(1000, qualifier="about", grade="A1")])
    assert pooled.unit == "person"
    assert pooled.effective_origins == 1
    assert points(pooled)[1] == pytest.approx(1000, rel=1e-6)
    quality = 0.98 * 0.975
    assert pooled.broad_weight == pytest.approx(1 - quality)
    assert list(pooled.weights.values()) == pytest.approx([quality])
    kernel = pooled.distribution.components[0]
    np.testing.assert_allclose(kernel.quantile(np.array([0.05, 0.95])), [1000 / 1.2, 1200], rtol=1e-9)


@pytest.mark.parametrize("qualifier", [name for name in DEFAULTS.kernels if name not in ("between", "vague")])
def test_each_qualifier_has_its_interval(qualifier: str, make: Any) -> None:
    kernel = pool([make(1000, qualifier=qualifier)]).distribution.components[0]
    row = DEFAULTS.kernels[qualifier]
    ends = kernel.quantile(np.array([0.05, 0.95]))
    np.testing.assert_allclose(ends, [1000 * row.low, 1000 * row.high], rtol=1e-9)


@pytest.mark.parametrize("qualifier", ["eq", "up_to", "between", "vague"])
def test_the_claims_own_ends_come_before_the_table(qualifier: str, make: Any) -> None:
    kernel = pool([make(None, qualifier=qualifier, low=2000, high=9999)]).distribution.components[0]
    np.testing.assert_allclose(kernel.quantile(np.array([0.05, 0.95])), [2000, 9999], rtol=1e-9)


def test_a_vague_number_without_ends_takes_the_tables_width(make: Any) -> None:
    kernel = pool([make(1000, qualifier="vague")]).distribution.components[0]
    np.testing.assert_allclose(kernel.quantile(np.array([0.05, 0.95])), [500, 2000], rtol=1e-9)


def test_shares_stay_inside_0_and_1(make: Any) -> None:
    pooled = pool([make(0.9, unit="1", origin="a"), make(0.4, unit="1", origin="b", qualifier="up_to")])
    assert all(isinstance(part, LogitNormal) for part in pooled.distribution.components)
    assert pooled.distribution.support() == (0.0, 1.0)


def test_a_ratio_above_one_is_no_share(make: Any) -> None:
    pooled = pool([make(0.9, unit="1", origin="a"), make(1.4, unit="1", origin="b")])
    assert all(isinstance(part, LogNormal) for part in pooled.distribution.components)


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


def test_assessments_of_an_origin_share_its_vote(make: Any) -> None:
    claims = [
        make(0.4, unit="1", ctype="assessment"),
        make(0.1, unit="1", ctype="assessment", published="2024-01-01"),
    ]
    pooled = pool(claims)
    assert pooled.superseded == ()
    assert pooled.weights[claims[0].id] == pytest.approx(pooled.weights[claims[1].id])


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


@QUICK
@given(data=st.data())
def test_whatever_an_origin_adds_stays_within_its_vote(data: st.DataObject, make: Any) -> None:
    claims = [make(1000, origin="a", grade="B2"), make(5000, origin="b", grade="B2")]
    more = [make(data.draw(st.floats(1, 1e6)), origin="a", grade=data.draw(GRADES)) for _ in range(data.draw(st.integers(1, 4)))]
    assume(all(DEFAULTS.quality(claim.grade, "asserted") <= DEFAULTS.quality("B2", "asserted") for claim in more))
    pooled = pool([*claims, *more])
    assert pooled.votes == {"a": 0.5, "b": 0.5}
    of_a = sum(pooled.weights[claim.id] for claim in [claims[0], *more] if claim.id in pooled.weights)
    assert of_a == pytest.approx(pooled.weights[claims[1].id])


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


@QUICK
@given(data=st.data(), factor=st.sampled_from([1e-3, 0.5, 7.0, 1e6]))
def test_another_unit_scales_the_pool_and_nothing_else(data: st.DataObject, factor: float, make: Any) -> None:
    claims = drawn(data, make)

    def scaled(number: float | None) -> float | None:
        return None if number is None else number * factor

    others = [
        replace(claim, quantity=replace(claim.quantity, value=scaled(claim.quantity.value), unit="soldier")) for claim in claims
    ]
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
    assert math.fsum(pooled.votes.values()) == pytest.approx(1)
    assert {*pooled.weights, *pooled.superseded} == {claim.id for claim in claims}
    assert all(replacing in pooled.weights for replacing in pooled.superseded_by.values())


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
    assert sum(pooled.votes.values()) == pytest.approx(1)
    assert sum(pooled.weights.values()) + pooled.broad_weight == pytest.approx(1)
    assert 1 - 1e-9 <= pooled.effective_origins <= len(grades) + 1e-9


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

    pooled = pool([make(1000, origin="a"), make(1300, origin="b")], defaults=replace(DEFAULTS, settings={
        **DEFAULTS.settings, "overlap_threshold": replace(DEFAULTS.settings["overlap_threshold"], value=0.99)}))  # fmt: skip
    one, other = (NormalDist(part.mu, part.sigma) for part in pooled.distribution.components[:2])
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
    silent = [make(None), make(5, hedge="unknown"), make(7, polarity="-"), replace(make(9), quantity=None)]
    assert set(pool([told, *silent]).left_out) == {claim.id for claim in silent}
    rejected = make(99, status="rejected")
    assert rejected.id not in pool([told, rejected]).weights


def test_a_broad_prior_of_ones_own_is_used(make: Any) -> None:
    broad = Uniform(0, 10)
    assert pool([make(1000)], broad=broad).distribution.components[-1] == broad


@pytest.mark.parametrize(
    ("values", "unit", "code"),
    [
        ([(None, "person")], None, "nothing-to-pool"),
        ([], None, "nothing-to-pool"),
        ([(5, "person"), (5, "shell")], None, "mixed-units"),
        ([(5, "person")], "shell", "mixed-units"),
        ([(0, "person")], None, "not-positive"),
        ([(-5, "person")], None, "not-positive"),
    ],
)
def test_what_cannot_be_pooled_is_refused(values: Any, unit: Any, code: str, make: Any) -> None:
    with pytest.raises(EvidenceError) as caught:
        pool([make(value, unit=own) for value, own in values], unit=unit)
    assert {problem.code for problem in caught.value.problems} == {code}
    assert all(problem.help for problem in caught.value.problems)
