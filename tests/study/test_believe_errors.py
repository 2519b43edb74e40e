"""The error of a shift is that of the shift, and what no prior has to do with is not named."""

from __future__ import annotations

import numpy as np
import pytest

from foedus.analysis.belief import PriorMove, answers_of, believed_moves, scores_of, tilted
from foedus.ensemble import Settings, run_ensemble
from helpers import program_of

IDLE = 12
SEEDS = 60
MODEL = "model m for 4 weeks step 1 week\n" + "".join(
    f'param {name} : 1 ~ normal(0, 1) because "x"\n' for name in ("a", "b", *(f"idle{number}" for number in range(IDLE)))
)
LUCK = "noise e : 1 ~ normal(0, 2) every week memory 400 weeks\n"


def moves(seed: int, *, is_chance: bool, has_luck: bool, design: str = "random") -> dict[str, PriorMove]:
    idle = " + ".join(f"idle{number}" for number in range(IDLE))
    asked = "true when y > 1.2" if is_chance else "value y"
    text = f"{MODEL}{LUCK if has_luck else ''}let y : 1 = a + 0.5 * b + 0 * ({idle}){' + e' if has_luck else ''}\n"
    ran = run_ensemble(
        program_of(f"{text}question q at the end {asked}\n"), Settings(1200, seed, design=design, engine="compiled")
    )
    indices, scores = scores_of(ran, ran.count)
    values = answers_of(ran, ran.program.results[0])
    found, gap, _ = tilted(values, 0.45 if is_chance else 0.7, scores, has_luck=has_luck)
    return {one.parameter: one for one in believed_moves(ran, indices, scores, found, gap, has_luck=has_luck)}


@pytest.mark.parametrize(("is_chance", "has_luck", "design"), [(True, False, "lhs"), (True, True, "random")])
def test_stated_errors_are_actual_ones(is_chance: bool, has_luck: bool, design: str) -> None:
    found = [moves(seed, is_chance=is_chance, has_luck=has_luck, design=design) for seed in range(SEEDS)]
    shifts = np.array([[one[name].shift.value for name in found[0]] for one in found])
    stated = np.array([[one[name].shift.error for name in found[0]] for one in found])
    ratio = dict(zip(found[0], np.sqrt((stated**2).mean(axis=0)) / shifts.std(axis=0, ddof=1), strict=True))
    assert 0.8 < ratio["a"] < 1.25 and 0.8 < ratio["b"] < 1.25
    idle = [name for name in ratio if name.startswith("idle")]
    assert 0.8 < np.sqrt(np.mean([ratio[name] ** 2 for name in idle])) < 1.25
    named = [sum(one[name].is_named for name in idle) for one in found]
    assert np.count_nonzero(named) <= 8  # one in twenty of sixty, and luck
    assert sum(one["a"].is_named for one in found) >= 54
