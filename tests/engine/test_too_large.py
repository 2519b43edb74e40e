"""What grows without end fails its future before it can overflow unseen, under the name of what grew; nothing else is touched."""

from __future__ import annotations

import math

import numpy as np
import pytest

from foedus.analysis import failure_counts
from foedus.ensemble import Settings, run_ensemble
from foedus.numerics import LARGEST, NumpyArithmetic, sequences
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
