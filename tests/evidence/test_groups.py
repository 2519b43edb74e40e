"""The report on a group: pool in three numbers, conflicts, what is out of date, what is repeated; quickly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.evidence import Ledger, group_report, group_reports
from foedus.evidence.sources import leave_one_out, origin_rows, source_rows


def test_a_report_says_what_the_pool_says(make: Any) -> None:
    claims = [make(1000, origin="a", id="A"), make(1300, origin="b", id="B", qualifier="up_to"), make(9000, origin="c", id="C")]
    report = group_report(claims)
    assert report.pooled is not None and report.summary is not None
    exact = report.pooled.distribution.quantile(np.array([0.05, 0.5, 0.95]))
    np.testing.assert_allclose([report.summary.low, report.summary.median, report.summary.high], exact, rtol=2e-3)
    assert report.unit == "person" and report.effective_origins == pytest.approx(report.pooled.effective_origins)
    assert [(one.lower, one.higher) for one in report.conflicts] == [("A", "C"), ("B", "C")]
    assert report.conflict == report.pooled.conflict != ""


def test_every_report_of_the_flagship_is_right_to_three_digits(pact: Any) -> None:
    reports = group_reports(pact)
    assert [report.group for report in reports] == sorted({c.group for c in pact.claims if c.counts or c.status == "proposed"})
    for report in reports:
        assert report.problem == ""
        if report.pooled is not None and report.summary is not None:
            exact = report.pooled.distribution.quantile(np.array([0.05, 0.5, 0.95]))
            np.testing.assert_allclose([report.summary.low, report.summary.median, report.summary.high], exact, rtol=2e-3)


def test_what_is_replaced_and_what_is_repeated(make: Any) -> None:
    old = make(1000, id="OLD", published="2024-09-01")
    new = make(3000, id="NEW", published="2024-10-01")
    echo = make(3000, id="ECHO", published="2024-10-02", time={"kind": "absolute", "value": "2024-10-01"})
    report = group_report([new, echo, old])
    assert report.superseded == {"OLD": "NEW"}
    told = {(one.claim, one.repeats, one.is_same_figure) for one in report.repetitions}
    assert told == {("NEW", "OLD", False), ("ECHO", "NEW", True)}


def test_a_group_without_numbers_is_believed_or_denied(make: Any) -> None:
    claims = [
        make(None, id="YES", origin="a"),
        make(None, id="NO", origin="b", polarity="-"),
        make(None, id="WELL", hedge="unknown"),
    ]
    report = group_report(claims)
    assert report.pooled is None and report.summary is None and report.denials == ("NO",)
    assert report.probability == pytest.approx(0.05) and report.effective_origins == 3
    assert group_report(claims[1:2]).denials == ()  # nobody affirms


def test_only_what_counts_is_pooled_and_what_waits_is_listed(make: Any) -> None:
    report = group_report([make(1000, id="A"), make(5, id="P", status="proposed"), make(7, id="R", status="rejected")])
    assert (report.claims, report.proposed) == (("A",), ("P",))
    waiting = group_report([make(5, id="P", status="proposed")])
    assert waiting.claims == () and waiting.pooled is None and waiting.probability is None


def test_a_group_that_cannot_be_pooled_says_why(make: Any) -> None:
    report = group_report([make(1000), make(5, unit="shell")])
    assert report.pooled is None and "units" in report.problem


def ledger(claims: list[Any]) -> Ledger:
    return Ledger(tuple(claims), "ledger.jsonl", "0" * 64)


def named(name: str) -> dict[str, Any]:
    return {"canonical": name, "type": "official", "mode": "direct"}


def test_sources_and_origins_are_counted(make: Any) -> None:
    claims = [
        make(1000, origin="a", source=named("a"), grade="A1"),
        make(1100, origin="a", source=named("Reuters citing a"), grade="C3"),
        make(1500, origin="b", source=named("b")),
        make(9, origin="b", source=named("b"), group="else"),
        make(1, source=named("nobody"), status="rejected"),
    ]
    rows = origin_rows(ledger(claims))
    assert [(row.name, row.claims, row.sources, row.grades) for row in rows] == [
        ("b", 2, ("b",), ("B2",)),
        ("a", 2, ("Reuters citing a", "a"), ("A1", "C3")),
    ]
    assert rows[0].votes["else"] == 1 and rows[0].votes["troops"] + rows[1].votes["troops"] == pytest.approx(1)
    assert [(row.name, row.claims, row.origins) for row in source_rows(ledger(claims))] == [
        ("b", 2, ("b",)),
        ("Reuters citing a", 1, ("a",)),
        ("a", 1, ("a",)),
    ]


def test_the_pool_without_each_source(make: Any) -> None:
    claims = [
        make(1000, origin="a", source=named("a"), id="A1"),
        make(1000, origin="a", source=named("Reuters citing a"), id="A2"),
        make(5000, origin="b", source=named("b"), id="B1"),
    ]
    rows = {row.source: row for row in leave_one_out(ledger(claims), "troops")}
    assert set(rows) == {"a", "b", "Reuters"}
    assert rows["a"].claims == 2 and rows["a"].after is not None and rows["a"].after.median == pytest.approx(5000, rel=1e-3)
    assert rows["b"].after is not None and rows["b"].after.median == pytest.approx(1000, rel=1e-3)
    assert rows["Reuters"].shift == pytest.approx(0, abs=1e-3)  # it only repeats
    assert rows["a"].origins_before == pytest.approx(2) and rows["a"].origins_after == 1
    alone = leave_one_out(ledger(claims[2:]), "troops")
    assert alone[0].after is None and alone[0].shift is None and alone[0].origins_after == 0


def test_a_pool_without_a_source_is_in_the_unit_of_the_whole(make: Any) -> None:
    claims = [make(300, unit="km2", origin="a", source=named("a")), make(120, unit="square miles", origin="b", source=named("b"))]
    rows = {row.source: row for row in leave_one_out(ledger(claims), "troops")}
    assert rows["a"].after is not None and rows["a"].after.median == pytest.approx(310.8, rel=0.01)
    assert rows["a"].shift == pytest.approx(0.005, abs=0.03)


def test_where_the_whole_is_nought_there_is_no_shift(make: Any) -> None:
    claims = [make(0.0, origin="a", source=named("a"), grade="A1"), make(12, origin="b", source=named("b"))]
    rows = {row.source: row for row in leave_one_out(ledger(claims), "troops")}
    assert rows["a"].after is not None and rows["a"].shift is None and rows["b"].after is None
