"""The same seed gives the same bits: on any number of threads, in chunks of any size, on either engine, alone or together."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.case import load
from foedus.ensemble import Futures, Settings, run_ensemble
from foedus.study.replay import replay
from helpers import ensemble, program_of, same_bits

HEAD = "model m as of 2024-01-01 for 8 weeks step 1/2 week\nactor a, b\n"
MODEL = (
    HEAD
    + """\
param p : 1 ~ 0.5 to 2 because "x"
param q : 1 ~ normal(0, 1) because "x"
correlate p with q at 0.5
noise n : 1 ~ lognormal(0, 0.3) every week memory 2 weeks
event e at rate 0.1 * p per week
event f when n > 1 with chance 0.4 repeating
event g at rate 0.5 per week repeating
decision d by a every week none : 0, act : q
treaty t between a and b, in force when e obliges "x" when f, honoured with chance 0.6 after 1 week
stock x : 1 = p signed
flow change : outside -> x = (n - p * (d is act) + 0.1 * count(g) + honoured(t)) * 0.3 per week
lever l : 1 from 0 to 4 = 1
scenario more { l = 2, e = on 2024-01-15 }
scenario less { l = 0.5, d = none }
question level at the end value x * l
question fired at the end true when e
question often at the end value count(g)
question when_e first time e
"""
)


def settings(**changed: object) -> Settings:
    return Settings(**{"futures": 250, "seed": 11, "trajectories": 30, **changed})


@pytest.fixture(scope="module")
def plain() -> Futures:
    return run_ensemble(program_of(MODEL), settings())


CHANGES = [
    {"threads": 1},
    {"threads": 2},
    {"threads": 3},
    {"chunk": 1, "threads": 2},
    {"chunk": 7},
    {"chunk": 100},
    {"chunk": 100_000},
    {"engine": "reference"},
    {"engine": "reference", "chunk": 33, "threads": 2},
    {"trajectories": 0},
]


@pytest.mark.parametrize("changed", CHANGES, ids=str)
def test_threads_chunks_and_engines_change_no_bit(plain: Futures, changed: dict) -> None:
    other = run_ensemble(program_of(MODEL), settings(**changed))
    assert other.digest == plain.digest
    assert [tally.moments.keys() for tally in other.tallies] == [tally.moments.keys() for tally in plain.tallies]
    for left, right in zip(plain.tallies, other.tallies, strict=True):
        assert all(np.array_equal(left.moments[slot], right.moments[slot]) for slot in left.moments)
        assert left._sums == right._sums and left.extremes == right.extremes
    if other.trajectories is not None and plain.trajectories is not None:
        assert plain.trajectories.tobytes() == other.trajectories.tobytes()


def test_another_seed_gives_other_bits(plain: Futures) -> None:
    assert run_ensemble(program_of(MODEL), settings()).digest == plain.digest
    assert run_ensemble(program_of(MODEL), settings(seed=12)).digest != plain.digest
    assert run_ensemble(program_of(MODEL), settings(seed=0)).digest != plain.digest


def test_the_first_futures_of_a_larger_ensemble_are_those_of_a_smaller_one(plain: Futures) -> None:
    larger = run_ensemble(program_of(MODEL), settings(futures=400))
    for small, large in zip(plain.results, larger.results, strict=True):
        assert np.array_equal(small, large[:, :250], equal_nan=small.dtype == float)


# --- adding a thing moves no stream of another

ADDED = {
    "a parameter": 'param extra : 1 ~ 0 to 1 because "x"\n',
    "a parameter of an earlier name": 'param aaa : 1 ~ 0 to 1 because "x"\n',
    "a noise": "noise extra : 1 ~ normal(0, 1) every week\n",
    "an event": "event extra at rate 0.3 per week repeating\n",
    "a decision": "decision extra by b every week none : 0, act : 1\n",
    "a treaty": 'treaty extra between a and b, in force when f obliges "x" when e, honoured with chance 0.5\n',
    "a stock with a flow": "stock extra : 1 = 1\nflow extra_flow : extra -> outside = extra / 3 week\n",
    "a memory": "let extra : 1 = smooth(n, 2 weeks) + delay(n, 1 week)\n",
    "a scenario": "scenario extra { p = 0.1, n = 1 from 2024-01-15 }\n",
    "a question": "question extra from 1 weeks to 5 weeks mean n\n",
}


@pytest.mark.parametrize("name", ADDED)
@pytest.mark.parametrize("is_first", [True, False], ids=["before", "after"])
def test_adding_a_thing_moves_no_other_stream(plain: Futures, name: str, is_first: bool) -> None:
    text = MODEL.replace(HEAD, HEAD + ADDED[name]) if is_first else MODEL + ADDED[name]
    other = run_ensemble(program_of(text), settings(engine="reference"))
    for slot in plain.program.results:
        for scenario in ("baseline", "more", "less"):
            assert same_bits(plain.values(slot.name, scenario), other.values(slot.name, scenario)), (slot.name, scenario)


def test_renaming_a_thing_does_move_its_stream(plain: Futures) -> None:
    other = run_ensemble(
        program_of(MODEL.replace("event g ", "event h ").replace("count(g)", "count(h)")), settings(engine="reference")
    )
    assert not same_bits(plain.values("often"), other.values("often"))


def test_the_order_of_scenarios_and_their_company_change_none_of_them(plain: Futures) -> None:
    program = program_of(MODEL)
    baseline, more, less = program.scenarios
    for chosen in ((baseline, less, more), (baseline, less), (less, baseline)):
        other = run_ensemble(program, settings(engine="reference"), scenarios=chosen)
        for slot in program.results:
            for scenario in chosen:
                assert same_bits(plain.values(slot.name, scenario.name), other.values(slot.name, scenario.name))


def test_any_future_can_be_replayed_alone(tmp_path: Path, plain: Futures) -> None:
    path = tmp_path / "model.foedus"
    path.write_text(MODEL)
    case = load(str(path))
    for future in (0, 17, 249):
        for scenario in ("baseline", "more"):
            alone = replay(case, future, scenario, seed=11)
            for name, answer in alone.answers.items():
                together = plain.values(name, scenario)[future]
                assert (answer is None and np.isnan(together)) or answer == together
    kept = run_ensemble(case.program, settings())
    alone = replay(case, 17, None, seed=11)
    row = [slot.name for slot in kept.program.saved].index("x")
    assert np.array_equal(np.float32(alone.trajectory["x"]), kept.trajectories[0, row, :, 17])


def test_a_replay_tells_every_event_and_decision_with_its_date(tmp_path: Path) -> None:
    path = tmp_path / "model.foedus"
    path.write_text(MODEL)
    found = replay(load(str(path)), 3, "more", seed=11)
    kinds = {one.kind for one in found.happenings}
    assert "decision" in kinds and found.status == "ok"
    assert [one.time for one in found.happenings] == sorted(one.time for one in found.happenings)
    assert sum(one.name == "g" for one in found.happenings) == found.answers["often"]
    assert all(one.date.startswith("2024-0") for one in found.happenings)


def test_the_digest_sees_a_single_answer() -> None:
    import dataclasses

    found = ensemble(MODEL, 20)
    changed = found.results[0].copy()
    changed[0, 7] = np.nextafter(changed[0, 7], 9.0)
    assert dataclasses.replace(found, results=(changed, *found.results[1:])).digest != found.digest


def test_the_first_fault_is_that_of_the_lowest_future() -> None:
    """Scenarios fail at the same moment in other futures; whatever is run together, the same one is told of."""
    text = (
        HEAD
        + """\
param drift : 1 ~ normal(0, 1) because "x"
lever l : 1 from -9 to 9 = -1
stock x : 1 = 3 signed
let y : 1 = sqrt(x + l * drift - 2)
baseline as_is
scenario turned { l = 1 }
question level at the end value y
"""
    )
    found = [run_ensemble(program_of(text), settings(chunk=chunk)).faults for chunk in (1, 7, 250)]
    assert found[0] and found[0][0].scenarios == (0, 1)
    assert repr(found[0]) == repr(found[1]) == repr(found[2])
