"""The page's engine against Python: the same bits, parameters and digests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np
import pytest
from tests.history.calibration_models import walk_case
from tests.page.conftest import EPIDEMIC

from foedus.case import Case, load
from foedus.ensemble import Joint, Sampler
from foedus.history import calibrate
from foedus.history.archive import save_posteriors
from foedus.page.build import page_html
from foedus.page.laws import law_document
from foedus.study.futures import run_futures

OWN = {
    "epidemic": ("masks = 0.3", "reach = 12345 person/week", "recovery = 1.5 week"),
    "pact": ("contingent = 60000 person", "dprk_shells = 1.5", "kursk_pace = 40"),
}


def run_page(node: str, page: Path, futures: int, seed: int, own: list | None = None) -> dict:
    script = Path(__file__).parent / "run_page.mjs"
    words = [node, str(script), str(page), str(futures), str(seed), *([json.dumps(own)] if own else [])]
    return json.loads(subprocess.run(words, capture_output=True, check=True, text=True, timeout=300).stdout)


def settings_of(case: Case, changes: tuple[str, ...]) -> tuple[Case, list]:
    """The case with a scenario of its own, and what the page would tell its engine."""
    loaded = load(
        str(case.folder.model) if case.name == "epidemic" else case.name,
        extra=[f'scenario own "As set" {{ {", ".join(changes)} }}'],
    )
    slot = next(one for one in loaded.program.scenarios if one.name == "own")
    return loaded, [[one.parameter, one.override, one.value, one.start, one.end, one.outside] for one in slot.settings]


@pytest.mark.parametrize(("futures", "seed"), [(200, 7), (37, -3)])
def test_digest_is_that_of_python(node: str, case: Case, page: Path, futures: int, seed: int) -> None:
    found = run_page(node, page, futures, seed)
    assert found["digest"] == run_futures(case, futures, seed, trajectories=False).digest
    assert found["empty"] == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


@pytest.mark.parametrize(
    "case", ["epidemic"], indirect=True
)  # the large case is held against the other engine, and that against this one
def test_digest_is_that_of_the_readable_engine(node: str, page: Path, case: Case) -> None:
    assert run_page(node, page, 11, 5)["digest"] == run_futures(case, 11, 5, engine="reference", trajectories=False).digest


def test_a_posterior_stands_in_for_priors(node: str, tmp_path: Path) -> None:
    """Members are drawn whole, with the bits of Python."""
    case, random = load(str(EPIDEMIC)), np.random.default_rng(5)
    before = run_futures(case, 60, 4, trajectories=False).digest
    other = load(str(EPIDEMIC))
    members = {"contacts": random.uniform(1.5, 2.2, (3, 40)), "recovery": random.uniform(0.8, 1.2, (3, 40))}
    assert set(members) <= {slot.name for slot in other.program.parameters}
    other.__dict__["joint"] = Joint("0" * 64, members)
    path = tmp_path / "posterior.html"
    path.write_text(page_html(other), encoding="utf-8")
    found = run_page(node, path, 60, 4)["digest"]
    assert found == run_futures(other, 60, 4, trajectories=False).digest != before


def test_what_the_past_left_is_where_the_page_begins(node: str, tmp_path: Path) -> None:
    """Stocks begin as the member of each future says, kept in single precision, with the bits of Python."""
    walk_case(tmp_path)
    model = tmp_path / "model.foedus"
    model.write_text(model.read_text().replace("to 2024-01-01 { }", "to 2024-01-01 { } carries level"))
    save_posteriors([calibrate(load(str(tmp_path)), members=40, passes=1, refinements=0)], tmp_path / "p.nc", is_small=True)
    case = load(str(tmp_path), posterior=str(tmp_path / "p.nc"))
    path = tmp_path / "walk.html"
    path.write_text(page_html(case), encoding="utf-8")
    found = run_page(node, path, 60, 4)
    assert found["digest"] == run_futures(case, 60, 4, trajectories=False).digest
    assert found["digest"] != run_futures(case.of_priors(), 60, 4, trajectories=False).digest
    assert '"single":true' in path.read_text().replace(" ", "")


def test_another_seed_is_another_digest(node: str, page: Path) -> None:
    assert run_page(node, page, 20, 1)["digest"] != run_page(node, page, 20, 2)["digest"]


def test_moved_levers(node: str, page: Path, case: Case) -> None:
    loaded, settings = settings_of(case, OWN[case.name])
    assert run_page(node, page, 100, 3, settings)["digest"] == run_futures(loaded, 100, 3, trajectories=False).digest


def test_parameters_are_drawn_alike(node: str, page: Path, case: Case) -> None:
    drawn = Sampler(case.program, case.pools.laws, 11, "random", 100, case.joint).draw(0, 100)
    found = run_page(node, page, 100, 11)["parameters"]
    for index, slot in enumerate(case.program.parameters):
        assert np.array_equal(drawn[index, :5], found[slot.name]), slot.name


def test_every_family_reaches_the_page() -> None:
    case = load(str(EPIDEMIC))
    sampler = Sampler(case.program, case.pools.laws, 0, "random", 1)
    families = {law_document(sampler.laws[index])["family"] for index in sampler.uncertain}
    assert {"table", "triangular", "exponential", "lognormal", "logitnormal", "uniform"} <= families


def test_a_law_without_exact_sequence_is_refused() -> None:
    from foedus.distributions import Beta

    with pytest.raises(TypeError, match="no exact quantile"):
        law_document(Beta(2.0, 3.0))


def test_a_program_in_pieces(node: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large programs are cut into functions; the module still needs no linker and gives the same bits."""
    monkeypatch.setattr("foedus.engine.emit_code._SMALL_PROGRAM", 20)
    monkeypatch.setattr("foedus.engine.emit._PIECE", 25)
    case = load(str(EPIDEMIC))
    path = tmp_path / "pieces.html"
    path.write_text(page_html(case), encoding="utf-8")
    assert run_page(node, path, 50, 1)["digest"] == run_futures(case, 50, 1, engine="reference", trajectories=False).digest


DICE = """\
model dice "Dice" for 2 week step 1 week
param face : 1 ~ sample(1, 2, 3, 4, 5, 6) because "a die"
param loaded : 1 ~ choice(1, -2, 3, 0.25, 0.1, 9) because "a loaded die"
param hit : 1 ~ bernoulli(0.37) because "a coin"
param calls : 1 ~ poisson(12.5) above 3 because "calls"
param heads : 1 ~ binomial(40, 0.2) because "coins"
param nothing : 1 ~ mixture(0.3, sample(0, 1), 0.7, lognormal(0, 1)) because "often nothing"
param part : 1 ~ mixture(0.2, sample(0), 0.1, sample(1), 0.7, beta(2, 3)) below 1 because "a share, often none"
correlate face with heads at 0.6
correlate nothing with face at -0.5
stock x : 1 = face + loaded + hit + calls + heads + nothing + part signed
question q at 1 week value x
"""


def test_single_values_have_the_same_bits(node: str, tmp_path: Path) -> None:
    (tmp_path / "dice.foedus").write_text(DICE, encoding="utf-8")
    case = load(str(tmp_path / "dice.foedus"))
    path = tmp_path / "dice.html"
    path.write_text(page_html(case), encoding="utf-8")
    found = run_page(node, path, 400, 6)
    drawn = Sampler(case.program, case.pools.laws, 6, "random", 400, case.joint).draw(0, 400)
    for index, slot in enumerate(case.program.parameters):
        assert np.array_equal(drawn[index, :5], found["parameters"][slot.name]), slot.name
    assert found["digest"] == run_futures(case, 400, 6, engine="reference", trajectories=False).digest


def test_powers_have_the_same_bits_in_columns(node: str, tmp_path: Path) -> None:
    """What is the same in all futures is computed in JavaScript when a scenario overrides it for a while."""
    text = """\
model powers "Powers" for 6 week step 1/4 week
param noise : 1 ~ normal(0, 1) because "anything"
lever base : 1 from -9 to 9 = -1.5
lever power : 1 from -9 to 9 = 3
let raised : 1 = (base - time / 1 week) ^ power
stock x : 1 = noise signed
flow up : outside -> x = raised / 1 week
baseline stays "Stays"
scenario even "Even" { power = 2 from 1 week until 3 week }
scenario odd "Odd" { power = -1 from 1 week until 3 week, base = 2.25 from 2 week }
question q at 5 week value x
"""
    (tmp_path / "powers.foedus").write_text(text, encoding="utf-8")
    case = load(str(tmp_path / "powers.foedus"))
    path = tmp_path / "powers.html"
    path.write_text(page_html(case), encoding="utf-8")
    assert run_page(node, path, 20, 1)["digest"] == run_futures(case, 20, 1, engine="reference", trajectories=False).digest


PREY = """\
model prey "Hares and lynxes" for 40 year step 1/8 year method rk4
unit animal
param born : 1/year ~ 0.4 to 0.7 because "litters"
param caught : 1/animal/year ~ 0.02 to 0.04 because "tracks in the snow"
param starved : 1/year ~ uniform(0.6 1/year, 0.9 1/year) because "lynxes without hares"
param worth : 1 ~ 0.6 to 0.9 as share because "hares to a lynx"
table season : 1 of time = (0 year, 1) (20 year, 0.8) (40 year, 1)
lever hunting : 1/year from 0 1/year to 1 1/year = 0 "Lynxes shot"
stock hares : animal = 30 animal "Hares"
stock lynxes : animal = 4 animal "Lynxes"
flow births : outside -> hares = born * season(time) * hares
flow kills : hares -> outside = caught * hares * lynxes
flow litters : outside -> lynxes = worth * caught * hares * lynxes
flow deaths : lynxes -> outside = (starved + hunting) * lynxes
baseline left "Left alone"
scenario hunted "Hunted from the tenth year to the twentieth" { hunting = 0.5 from 10 year until 20 year }
question many "Will there be more than 40 hares after thirty years?" at 30 year true when hares > 40 animal
question lynx "How many lynxes after forty years?" at 40 year value lynxes
question eaten "How many hares are eaten from the tenth year to the thirtieth?" from 10 year to 30 year total caught * hares * lynxes
question scarce "When are there first twice as many lynxes as hares?" first time lynxes > 2 * hares and time > 2 year
"""


def test_runge_kutta(node: str, tmp_path: Path) -> None:
    """Columns at half steps, and a lever that a scenario moves for a while."""
    (tmp_path / "prey.foedus").write_text(PREY, encoding="utf-8")
    case = load(str(tmp_path / "prey.foedus"))
    path = tmp_path / "prey.html"
    path.write_text(page_html(case), encoding="utf-8")
    assert run_page(node, path, 30, 2)["digest"] == run_futures(case, 30, 2, engine="reference", trajectories=False).digest
