"""What grows without end fails its future before it can overflow unseen, under the name of what grew; nothing else is touched."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from foedus.analysis import failure_counts
from foedus.case import load
from foedus.ensemble import Settings, run_ensemble
from foedus.errors import InputError
from foedus.numerics import LARGEST, NumpyArithmetic, sequences
from foedus.study.replay import replay
from helpers import ensemble, program_of, refusal

HEAD = 'model m for 40 weeks step 1 week\nparam k : 1 ~ uniform(2, 2.5) because "x"\n'
GROWN = {  # what grows -> whose name is told
    "stock s : 1 = 1\nflow f : outside -> s = k * 1e9 * s / 1 week\nquestion q at the end true when s > 1": "s",
    "stock s : 1 = -1 signed\nflow f : outside -> s = k * 1e9 * s / 1 week\nquestion q at the end true when s > 1": "s",
    "stock s : 1 = 1e150\nstock r : 1 = 1e150\nflow f : outside -> r = k * r / 1 week\nquestion q at the end value 1 / (s * r)": "r",
    "let y : 1 = exp(k * time / 1 week * 5)\nquestion q at the end value min(y, 3)": "y",
    "let y : 1 = 10 ^ (k * time / 1 week * 5)\nquestion q at the end value 1 / y": "y",
    "let y : 1 = exp(k * 120 + time / 1 week)\nlet z : 1 = y * (y * y)\nquestion q at the end true when z > 1": "z",
    "let y : 1 = exp(k * 120 + time / 1 week)\nquestion q at the end value min(y * y * y, 3)": "q",
}


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("text", GROWN)
def test_what_grows_without_end_is_named(text: str, engine: str) -> None:
    ran = ensemble(HEAD + text + "\n", futures=20, engine=engine)
    (first, *_) = failure_counts(ran)
    assert not ran.is_ok.any() and (first.variable, first.status) == (GROWN[text], "not finite")


def test_what_is_not_too_large_keeps_its_bits() -> None:
    values = np.array([0.0, -0.0, 5e-324, -1.1e-310, 1.0, -3.7, 1e153, -1e153, math.nextafter(LARGEST, 0)])
    machine = NumpyArithmetic()
    assert sequences.bounded(machine, values).tobytes() == values.tobytes()
    with np.errstate(over="ignore"):
        assert list(sequences.bounded(machine, np.array([LARGEST, -LARGEST]))) == [math.inf, -math.inf]


@pytest.mark.parametrize("law", ["lognormal(800, 1)", "lognormal(0, 60)", "1e-150 to 1e140"])
def test_a_prior_that_reaches_too_far_is_refused(law: str) -> None:
    (problem,) = refusal(f'model m for 4 weeks step 1 week\nparam k : 1 ~ {law} because "x"\n').problems
    assert (problem.line, problem.code) == (2, "bad-prior")


def test_trajectories_that_single_precision_cannot_hold_are_kept_in_double() -> None:
    text = HEAD + 'let y : 1 = 1e60 * k\nchart "y" of y\nquestion q at the end value k\n'
    ran = run_ensemble(program_of(text), Settings(futures=50, trajectories=50))
    assert ran.trajectories is not None and ran.trajectories.dtype == np.float64
    assert np.allclose(ran.trajectories[0, 0, -1] / 1e60, ran.results[0][0], rtol=1e-12)
    tame = run_ensemble(program_of(text.replace("1e60", "1e30")), Settings(futures=50, trajectories=50))
    assert tame.trajectories is not None and tame.trajectories.dtype == np.float32


@pytest.mark.parametrize("engine", ["reference", "compiled"])
def test_a_window_does_not_look_at_what_lies_outside_of_it(engine: str) -> None:
    text = "model m for 20 weeks step 1 week\nlet y : 1 = 1 / (time / 1 week - 5)\n"
    text += "".join(f"question q{one} from 10 weeks to 12 weeks {one} y\n" for one in ("min", "max", "mean", "total", "change"))
    assert ensemble(text, futures=3, engine=engine).is_ok.all()


PRODUCT = """model m as of 2024-01-01 for 9 weeks step 1 week
param k : 1 ~ uniform(2, 2.5) because "x"
stock a : 1 = 1e120
stock b : 1 = 1e120
stock c : 1 = 1e120
stock d : 1 = 0
stock n : 1 = 0
flow counted : outside -> n = (if d > 1 then 1 else 0) / 1 week
question q at the end true when n > 3
question r at the end value a
"""
BROKEN = {  # what flows into `d` -> kind, name and date of what went wrong first
    "flow gd : outside -> d = (if time > 2 weeks then a * b * c * k else 0) / 1 week": ("flow", "gd", "2024-01-22"),
    "let p : 1 = a * b * (if time > 2 weeks then c else 0)\nflow gd : outside -> d = p * k / 1 week": ("let", "p", "2024-01-22"),
    "let p : 1 = a * b * c\nlet r1 : 1 = log(p)\nflow gd : outside -> d = (p + r1) / 1 week": ("let", "p", "2024-01-01"),
    "flow gd : outside -> d = (if time > 2 weeks then a * b * k else 0) / 1 week": ("flow", "gd", "2024-01-22"),
    "flow gd : outside -> d = (if time > 2 weeks then a * a * k else 0) / 1 week": ("flow", "gd", "2024-01-22"),
    "let p : 1 = a * b\nflow gd : outside -> d = (if time > 2 weeks then p * k else 0) / 1 week": ("flow", "gd", "2024-01-22"),
    "flow gd : outside -> d = 1e149 * 1e5 * k / 1 week": ("stock", "d", "2024-01-08"),
}


@pytest.mark.parametrize("engine", ["reference", "compiled"])
@pytest.mark.parametrize("text", BROKEN)
def test_a_product_of_what_is_huge_is_named_before_the_stock_that_it_flows_into(text: str, engine: str) -> None:
    ran = ensemble(PRODUCT + text + "\n", futures=20, engine=engine)
    (one,) = failure_counts(ran)
    assert (one.kind, one.variable, one.date, one.count) == (*BROKEN[text], 20)
    assert one.status == "not finite" and one.value > 1e150


@pytest.mark.parametrize("text", BROKEN)
def test_a_replay_names_the_same(text: str, tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(PRODUCT + text + "\n")
    failure = replay(load(path), 3).failure
    assert failure is not None and (failure.name, failure.date) == BROKEN[text][1:]
    assert (
        "is no number (inf)" if math.isinf(failure_counts(ensemble(PRODUCT + text + "\n", 1))[0].value) else "too large"
    ) in failure.what


def test_what_is_huge_in_the_last_step_and_stands_nowhere_fails_nothing() -> None:
    text = "flow gd : outside -> d = (if time > 8 weeks then a * b * k else 0) / 1 week\n"
    assert ensemble(PRODUCT + text, futures=5).is_ok.all()


@pytest.mark.parametrize("sign", ["", "-"])
def test_an_answer_whose_square_has_no_end_is_refused_by_name(sign: str) -> None:
    text = f"param p : 1 ~ 1 to 2 because 'x'\nlet x : 1 = {sign}p * 1e100 * 1e100\nquestion q at the end value x\n".replace(
        "'", '"'
    )
    with pytest.raises(InputError) as found:
        ensemble(f"model m for 4 weeks\n{text}", futures=20)
    (problem,) = found.value.problems
    assert problem.code == "answer-too-large" and problem.message.startswith("question `q` is answered with 1.")


def test_what_never_comes_is_not_too_large() -> None:
    text = "model m for 4 weeks\nstock s : 1 = 1\nquestion q first time s > 2\nquestion r at the end value s\n"
    assert not np.isfinite(ensemble(text, futures=20).values("q", "baseline")).any()
