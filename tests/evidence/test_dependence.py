"""Who repeats whom, from words and from figures; proposed, never used in silence."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom

from foedus.evidence import pool
from foedus.evidence.chance import at_least, false_discovery
from foedus.evidence.dependence import Dependence, find_dependence
from foedus.evidence.figures import agreements, resolution


def named(name: str, **more: Any) -> dict[str, Any]:
    return {"canonical": name, "type": "official", "mode": "direct", **more}


def test_so_many_of_so_many_by_chance() -> None:
    assert at_least(0, [0.1]) == 1 and at_least(2, [0.1]) == 0
    assert at_least(20, [0.1] * 40) == pytest.approx(binom.sf(19, 40, 0.1), rel=1e-9)
    assert at_least(30, [0.01] * 30) == pytest.approx(1e-60, rel=1e-9)  # a small tail keeps its digits
    assert at_least(1, [0.2, 0.5]) == pytest.approx(0.6)


def test_many_comparisons_cost() -> None:
    assert false_discovery([0.01]) == [0.01]
    assert false_discovery([0.01, 1.0, 1.0, 1.0]) == pytest.approx([0.04, 1.0, 1.0, 1.0])
    assert false_discovery([0.02, 0.01]) == pytest.approx([0.02, 0.02])


@pytest.mark.parametrize(
    ("figure", "step"), [(12000, 1000), (684280, 10), (0.25, 0.01), (1.28e6, 10_000), (7, 1), (0.5, 0.1), (5e6, 1e6), (1271, 1)]
)
def test_rounding_is_seen_in_the_figure(figure: float, step: float) -> None:
    assert resolution(figure) == pytest.approx(step)


def of(found: tuple[Dependence, ...], later: str, earlier: str) -> Dependence:
    return next(one for one in found if (one.later, one.earlier) == (later, earlier))


def test_words_say_who_repeats_whom_and_whether_that_is_declared(make: Any) -> None:
    claims = [
        make(1000, id="N", origin="NIS", source=named("NIS")),
        make(1100, id="Y", origin="NIS", source=named("Yonhap citing NIS")),
        make(1100, id="T", origin="The Times", source=named("The Times"), paraphrase="The Times, citing the NIS, gives 1,100."),
        make(1100, id="M", origin="Le Monde", source=named("Le Monde"), graded_because="repeats NIS"),
        make(1100, id="Z", origin="Die Zeit", source=named("somebody via Die Zeit")),
    ]
    found = find_dependence(claims)
    assert of(found, "Yonhap", "NIS").verdict == "declared"
    assert of(found, "The Times", "NIS").verdict == "not declared" and of(found, "The Times", "NIS").claims == (("T", ""),)
    assert of(found, "Le Monde", "NIS").verdict == "not declared"
    assert of(found, "Die Zeit", "somebody").verdict == "origin unknown"
    assert all(one.is_found and one.chance is None for one in found if one.kind == "words")
    assert found[0].verdict == "not declared"  # what the ledger does not say comes first


def test_a_finding_is_not_used_until_it_is_declared(make: Any) -> None:
    told = make(1000, origin="NIS", source=named("NIS"))
    copy = make(1000, origin="The Times", source=named("The Times"), paraphrase="The Times, citing the NIS, gives 1,000.")
    assert of(find_dependence([told, copy]), "The Times", "NIS").is_found
    assert pool([told, copy]).effective_origins == pytest.approx(2)
    assert pool([told, replace(copy, origin="NIS")]).effective_origins == 1


FIGURES = (684280, 12340, 5710, 1271, 390580)


def two_sources(make: Any, second: list[float], days: tuple[int, int] = (1, 5)) -> list[Any]:
    """Five groups in which two sources give figures, and a third one that lies elsewhere."""
    claims = []
    for number, (one, other) in enumerate(zip(FIGURES, second, strict=True)):
        for name, value, day in (("staff", one, days[0]), ("ministry", other, days[1]), ("third", one * 1.7, 3)):
            claims.append(make(value, origin=name, source=named(name), group=f"g{number}", published=f"2024-10-{day:02d}"))
    return claims


def test_equal_figures_in_time_order_are_found_with_their_chance(make: Any) -> None:
    found = of(find_dependence(two_sources(make, list(FIGURES))), "ministry", "staff")
    assert found.is_found and found.kind == "figures" and found.verdict == "not declared" and len(found.claims) == 5
    assert found.chance is not None and found.chance < 1e-6
    turned = find_dependence(two_sources(make, list(FIGURES), (5, 1)))
    assert of(turned, "staff", "ministry").is_found  # the later repeats the earlier


def test_a_rounded_copy_is_found(make: Any) -> None:
    found = of(find_dependence(two_sources(make, [684000, 12300, 5700, 1270, 391000])), "ministry", "staff")
    assert found.is_found and len(found.claims) == 5


def test_independent_estimates_are_not_found(make: Any) -> None:
    random = np.random.default_rng(4)
    for _ in range(20):
        second = [float(f"{value * np.exp(random.normal(0, 0.05)):.3g}") for value in FIGURES]
        assert not any(one.is_found for one in find_dependence(two_sources(make, second)) if one.kind == "figures")


def test_one_round_figure_proves_nothing(make: Any) -> None:
    claims = [make(12000, origin=name, source=named(name), published=f"2024-10-0{day}") for day, name in enumerate("abc", 1)]
    found = find_dependence(claims)
    assert len(found) == 3 and not any(one.is_found for one in found)
    assert all(one.chance is not None and one.chance > 0.03 for one in found)


def test_figures_of_one_voice_or_by_arithmetic_are_no_repetition(make: Any) -> None:
    names = ("UK MoD", "British Ministry of Defence", "computed from UK MoD")
    claims = [make(684280, source=named(name), origin=name, published=f"2024-10-0{day}") for day, name in enumerate(names, 1)]
    assert agreements(claims) == ()


def test_findings_of_the_flagship_agree_with_what_is_declared(pact: Any) -> None:
    found = [one for one in find_dependence(pact.claims) if one.is_found]
    assert len(found) >= 20 and not [one for one in found if one.verdict == "not declared"]
    assert of(tuple(found), "Yonhap", "NIS").verdict == "declared"
    # The test can fail: with an origin of its own the same claim is found not to be declared.
    changed = [replace(claim, origin="Yonhap") if claim.id == "K15" else claim for claim in pact.claims]
    assert of(find_dependence(changed), "Yonhap", "NIS").verdict == "not declared"


def test_the_clearest_comes_first(pact: Any) -> None:
    chances = [one.chance for one in agreements(pact.claims)]
    assert all(one <= other for one, other in pairwise(chances))
