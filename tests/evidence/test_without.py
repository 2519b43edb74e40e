"""A ledger and a case without some sources: what leaves, what stays, what it moves."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from claim_records import MODEL
from click.testing import CliRunner

import foedus
from foedus.cli.main import foedus as program
from foedus.errors import InputError
from foedus.evidence import Claim, Ledger, without_sources, write_ledger
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures


def ledger(claims: Iterable[Claim]) -> Ledger:
    return Ledger(tuple(claims), "ledger.jsonl", "0" * 64)


def said(by: str) -> dict[str, Any]:
    return {"canonical": by, "type": "official", "mode": "direct"}


@pytest.fixture
def claims(make: Any) -> list[Claim]:
    """Two services; one is repeated by an outlet and a minister, and something is computed from it."""
    return [
        make(1000, id="A1", origin="NIS", source=said("NIS")),
        make(1100, id="A2", origin="NIS", source=said("Yonhap citing NIS")),
        make(1050, id="A3", origin="NIS", source=said("Andriy Kovalenko")),
        make(2000, id="B1", origin="HUR", source=said("HUR")),
        make(500, id="D1", origin="arithmetic", source=said("half of it"), derived_from=["A1"]),
        make(250, id="D2", origin="arithmetic", source=said("half of that"), derived_from=["D1"]),
        make(9, id="E1", origin="HUR", source=said("HUR"), group="elsewhere"),
    ]


def test_who_only_repeats_a_source_leaves_with_it(claims: list[Claim]) -> None:
    left, removal = without_sources(ledger(claims), ["NIS"])
    assert {claim.id for claim in left.claims} == {"B1", "E1"}
    assert dict(removal.because) == {
        "A1": "its own",
        "A2": "its own",
        "A3": "repeats it",
        "D1": "computed from it",
        "D2": "computed from it",
    }
    assert removal.names == ("NIS",) and [claim.id for claim in removal.group("troops")] == ["A1", "A2", "A3", "D1", "D2"]


def test_an_outlet_takes_only_what_it_carried(claims: list[Claim]) -> None:
    assert [claim.id for claim in without_sources(ledger(claims), ["yonhap"])[1].claims] == ["A2"]


def test_who_repeats_does_not_take_its_origin_along(claims: list[Claim]) -> None:
    assert [claim.id for claim in without_sources(ledger(claims), ["Kovalenko"])[1].claims] == ["A3"]


def test_several_sources_leave_together_and_in_any_order(claims: list[Claim]) -> None:
    one, other = (without_sources(ledger(claims), names)[0] for names in (["NIS", "HUR"], ["HUR", "NIS"]))
    assert one.claims == other.claims == ()


def test_an_unknown_source_is_refused_with_the_nearest(claims: list[Claim]) -> None:
    with pytest.raises(InputError, match="Did you mean “Andriy Kovalenko”") as caught:
        without_sources(ledger(claims), ["Andrij Kovalenko"])
    assert caught.value.problems[0].code == "unknown-source"


def test_a_short_form_that_nobody_goes_by_is_asked_back(make: Any) -> None:
    claims = [
        make(1, origin="UA General Staff", source=said("UA General Staff")),
        make(2, source=said("computed from leak and General Staff")),
    ]
    with pytest.raises(InputError, match="“UA General Staff”"):
        without_sources(ledger(claims), ["General Staff"])
    assert len(without_sources(ledger(claims), ["leak"])[1].claims) == 1


@pytest.fixture
def folder(tmp_path: Path, claims: list[Claim]) -> Path:
    (tmp_path / "model.foedus").write_text(MODEL, encoding="utf-8")
    write_ledger(claims, tmp_path / "ledger.jsonl")
    return tmp_path


def test_an_answer_moves_and_its_difference_is_paired(folder: Path) -> None:
    from foedus.study.without import without_of

    full, left = foedus.load(str(folder)), foedus.load(str(folder), without=["NIS"])
    before, after = run_futures(full, 400, 3, trajectories=False), run_futures(left, 400, 3, trajectories=False)
    moved = without_of(full, left, before, after)
    whole, rest = moved.answers["how_many"]
    assert whole.mean is not None and rest.mean is not None and rest.mean > whole.mean + 500
    assert rest.statistic == whole.statistic == "median"  # a pool has a long tail: a few futures make the mean
    medians = [float(np.median(one.values("how_many"))) for one in (before, after)]
    assert rest.difference == pytest.approx(medians[1] - medians[0])
    assert 0 < rest.difference_error < 0.9 * math.hypot(whole.error, rest.error)  # on the same futures
    prior = moved.priors[0]
    assert prior.parameter == "troops" and prior.after[1] == pytest.approx(2000, rel=1e-3) and prior.before[1] < 1500
    assert (prior.origins_before > 2, prior.origins_after) == (True, 1.0)
    assert moved.full_digest == before.digest != after.digest


def test_what_stays_is_pooled_as_if_the_rest_had_never_been_there(folder: Path, claims: list[Claim]) -> None:
    kept = run_futures(foedus.load(str(folder), without=["HUR"]), 100, 1, trajectories=False).digest
    write_ledger([claim for claim in claims if claim.origin != "HUR"], folder / "ledger.jsonl")
    assert run_futures(foedus.load(str(folder)), 100, 1, trajectories=False).digest == kept


def test_one_after_the_other_is_both_at_once(folder: Path) -> None:
    case = foedus.load(str(folder))
    assert case.pools.laws  # what is pooled already is taken over where nothing left
    chained, together = case.without("Kovalenko").without("Yonhap"), case.without("Kovalenko", "Yonhap")
    assert set(chained.removal.names) == {"Andriy Kovalenko", "Yonhap"}
    assert chained.pools.digest == together.pools.digest == foedus.load(str(folder), without=["Kovalenko", "Yonhap"]).pools.digest


def test_a_group_that_lost_all_its_claims_keeps_an_order_of_magnitude_and_says_so(folder: Path) -> None:
    left = foedus.load(str(folder), without=["NIS", "HUR"])
    pooled = left.pools.pooled["troops"]
    low, high = pooled.distribution.quantile(np.array([0.05, 0.95]))
    assert pooled.effective_origins == 0 and pooled.broad_weight == 1 and high / low > 15
    assert low < 1000 < high
    ran = run_futures(left, 50, 1)
    told = " ".join(make_finding(left, ran).warnings)
    assert "No claim is left for `troops`" in told and "give the parameter a prior" in told


def test_the_command_says_what_left_and_what_moved(folder: Path) -> None:
    arguments = ["run", str(folder), "--without-source", "NIS", "-n", "200", "--no-report"]
    shown = CliRunner().invoke(program, arguments)
    assert shown.exit_code == 0, shown.output
    assert "Without NIS: 5 claims left out" in shown.output and "troops" in shown.output and "how_many" in shown.output
    assert max(map(len, shown.output.splitlines())) <= 80
    document = json.loads(CliRunner().invoke(program, [*arguments, "--json"]).output)
    without = document["without"]
    assert without["sources"] == ["NIS"] and len(without["claims"]) == 5
    assert without["questions"]["how_many"]["difference"] > 500 and without["questions"]["how_many"]["is_beyond_error"]
    plain = json.loads(CliRunner().invoke(program, ["run", str(folder), "-n", "200", "--json"]).output)
    assert plain["without"] is None and plain["digest"] == without["full_digest"] != document["digest"]
    assert plain["manifest"]["digests"]["evidence"] != document["manifest"]["digests"]["evidence"]


def test_the_command_refuses_an_unknown_source(folder: Path) -> None:
    refused = CliRunner().invoke(program, ["run", str(folder), "--without-source", "nobody", "-n", "10", "--no-report"])
    assert isinstance(refused.exception, InputError)


def test_removing_one_source_visibly_moves_an_answer_of_the_flagship() -> None:
    from foedus.study.without import without_of

    case = foedus.load("pact")
    baseline = [case.program.scenarios[0].name]
    left = case.without("NIS")
    moved = without_of(
        case,
        left,
        run_futures(case, 400, 1, baseline, trajectories=False),
        run_futures(left, 400, 1, baseline, trajectories=False),
    )
    _, after = moved.answers["soldiers_jan"]
    assert after.difference is not None and after.difference_error is not None
    assert abs(after.difference) > 5 * after.difference_error
    none = case.without("UK MoD")  # equals the General Staff's claims, and is declared so: nothing hangs on it
    assert none.pools.digest == case.pools.digest


def test_the_report_sets_the_answers_side_by_side(folder: Path, tmp_path: Path) -> None:
    page, plain = tmp_path / "page.html", tmp_path / "plain.html"
    runner = CliRunner()
    runner.invoke(program, ["run", str(folder), "--without-source", "NIS", "-n", "200", "-o", str(page)])
    runner.invoke(program, ["run", str(folder), "-n", "200", "-o", str(plain)])
    section = page.read_text().split('id="without"')[1].split("</section>")[0]
    assert "Without NIS" in section and "5 claims left out" in section and "How many?" in section and "troops" in section
    assert 'id="without"' not in plain.read_text()


def test_a_posterior_stays_with_a_case_that_a_source_was_taken_out_of(folder: Path) -> None:
    """Its members are weighed anew for what is left; on the priors nothing of it is left."""
    posterior = cast(Any, SimpleNamespace(setup={"hindcast": ""}))
    case = dataclasses.replace(foedus.load(str(folder)), posterior=posterior)
    assert case.without("NIS").posterior is posterior and case.of_priors().posterior is None
    assert (
        run_futures(case.without("NIS").of_priors(), 50, 1, trajectories=False).digest
        == run_futures(foedus.load(str(folder), without=["NIS"]), 50, 1, trajectories=False).digest
    )


def test_an_origin_that_stands_in_arithmetic_only_is_taken_as_it_is_listed(make: Any) -> None:
    """What the program lists, the program takes back: also as part of names that are longer."""
    from foedus.evidence.sources import leave_one_out, origin_rows

    claims = [
        make(1000, id="A1", origin="UA General Staff", source=said("UA General Staff")),
        make(2000, id="C1", origin="General Staff", source=said("computed from General Staff and leak")),
        make(3000, id="C2", origin="leak", source=said("computed from General Staff and leak")),
    ]
    whole = ledger(claims)
    for row in origin_rows(whole):
        assert without_sources(whole, [row.name])[1].claims
    found = leave_one_out(whole, "troops")
    sizes = [abs(one.shift) for one in found if one.shift is not None]
    assert found and sizes == sorted(sizes, reverse=True), "what moves the pool most stands first"


def test_every_name_that_the_flagship_lists_can_be_left_out() -> None:
    from foedus.evidence.sources import origin_rows, source_rows

    whole = foedus.load("pact").ledger
    assert whole is not None
    for row in (*origin_rows(whole), *source_rows(whole)):
        assert without_sources(whole, [row.name])[1].claims, row.name
