"""A worker of the page finds what Python finds: bands, first times, flows and drivers, of several workers put together."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.page.conftest import EPIDEMIC
from tests.page.test_failures import DEEP, SOUND

from foedus.analysis import Ranks, drivers
from foedus.analysis.bands import bands
from foedus.analysis.enough import quantile_needs
from foedus.case import Case, load
from foedus.constructs import tree as t
from foedus.ensemble import Futures
from foedus.page.build import page_html
from foedus.page.plan import drawn_program
from foedus.study.futures import run_futures

FUTURES, SEED = 600, 5
SCRIPT = Path(__file__).parent / "run_worker.mjs"
RARE = SOUND.replace(
    "baseline", 'event seldom at rate 1/200 per week "Seldom"\nevent often at rate 1/2 per week "Often"\nbaseline'
)
MODELS = {"epidemic": EPIDEMIC.read_text(encoding="utf-8"), "failing": DEEP, "rare": RARE}


@dataclass(frozen=True)
class Both:
    """The baseline of a case as Python has it, and what workers of its page find."""

    case: Case
    ran: Futures
    found: dict[str, Any]


@pytest.fixture(scope="module", params=MODELS)
def both(request: pytest.FixtureRequest, node: str, tmp_path_factory: pytest.TempPathFactory) -> Both:
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "model.foedus").write_text(MODELS[request.param], encoding="utf-8")
    case = load(str(folder / "model.foedus"))
    page = folder / "page.html"
    page.write_text(page_html(case, futures=60), encoding="utf-8")
    given = json.dumps({"futures": FUTURES, "seed": SEED, "chunk": 50, "workers": 3})
    done = subprocess.run([node, str(SCRIPT), str(page)], input=given, capture_output=True, text=True, check=True, timeout=120)
    return Both(case, run_futures(case, FUTURES, SEED, [case.program.scenarios[0].name]), json.loads(done.stdout))


def test_bands_are_those_of_python(both: Both) -> None:
    charts = [statement for statement in both.case.tree.all(t.Chart) if isinstance(statement, t.Chart)]
    program = drawn_program(both.case)
    every = program.save_every // both.case.program.save_every
    found = np.array(both.found["bands"], dtype=float).reshape(5, -1, len(both.ran.moments[::every]))
    place = {slot.name: row for row, slot in enumerate(program.saved)}
    expected = bands(both.ran, charts, {})
    assert expected
    for band in expected:
        of_python = next(iter(band.quantiles.values()))[:, ::every]
        assert np.allclose(found[:, place[band.name]], of_python, rtol=1e-6, atol=1e-12, equal_nan=True)


def test_first_times_are_those_of_python_and_none_is_told_of_too_few(both: Both) -> None:
    tally, program = both.ran.tallies[0], both.case.program
    assert len(tally.moments) == len(both.found["happenings"])
    for slot, found in zip(tally.moments, both.found["happenings"], strict=True):
        assert found["share"] == tally.share(slot) and found["futures"] == tally.futures
        came = tally.came(slot)
        expected = [tally.moment(slot, part) if came >= quantile_needs(part) else None for part in (0.05, 0.5, 0.95)]
        steps = found["steps"] or [None, None, None]
        assert [None if step is None else (step + program.first_step) * program.step for step in steps] == expected


def test_drivers_are_those_of_python(both: Both) -> None:
    ranks = Ranks(both.ran)
    named = 0
    for slot in both.case.program.results:
        expected = drivers(both.ran, slot, ranks)
        found = both.found["drivers"][slot.name]
        assert [(one["parameter"], one["direction"]) for one in found] == [(one.parameter, one.direction) for one in expected]
        assert [one["share"] for one in found] == pytest.approx([one.share for one in expected], abs=1e-9)
        named += len(expected)
    assert named


def test_flows_are_means_over_futures_and_moments(both: Both) -> None:
    program = drawn_program(both.case)
    flows = [slot.name for slot in program.saved[len(both.case.program.saved) :]]
    kept = run_futures(both.case, FUTURES, SEED, [both.case.program.scenarios[0].name], keep="all")
    place = {slot.name: row for row, slot in enumerate(kept.program.saved)}
    every = program.save_every // kept.program.save_every
    assert len(flows) == len(both.found["flows"])
    for name, mean in zip(flows, both.found["flows"], strict=True):
        values = kept.trajectories[0, place[name]][::every] * kept.program.saved[place[name]].scale
        assert mean == pytest.approx(np.nansum(values) / values.size, rel=1e-5, abs=1e-12)
