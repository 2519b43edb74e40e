"""Short ways from a model text to what a test looks at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.compile import Program
from foedus.engine import Run, compile_program, simulate, timetable
from foedus.ensemble import Futures, Sampler, Settings, inputs_of, run_ensemble
from foedus.errors import ModelError
from foedus.language import read_model_text
from foedus.model import Options, compile_model, parse

ROOT = Path(__file__).parent.parent
HEAD = "model m for 4 weeks step 1/8 week\n"
DATED = "model m as of 2024-01-01 for 10 weeks step 1/4 week\n"
SHIPPED = (
    *sorted(ROOT.glob("cases/*/model.foedus")),
    *sorted(ROOT.glob("benchmarks/*/model.foedus")),
    ROOT / "src/foedus/draft/template/model.foedus",
)


def shipped(path: Path) -> str:
    """The text of a shipped model with its parts in place; the template's name is filled in as `foedus new` does it."""
    text = re.sub(r"^include .*", "", read_model_text(path).text, flags=re.MULTILINE)
    return text.replace("CASE_NAME", "sample")


def name_of(path: Path) -> str:
    return path.parent.name


def program_of(text: str, **options: object) -> Program:
    return compile_model(parse(text), Options(**options))


def refusal(text: str) -> ModelError:
    """The error with which a text is refused; fails if it is accepted."""
    try:
        compile_model(parse(text))
    except ModelError as error:
        return error
    raise AssertionError("the model was accepted")


def sooner(program: Program, futures: int) -> str:
    """The engine that is likely to be done first: code for few steps takes longer to make than they take without. The bits are the same."""
    return "compiled" if program.steps * (1 + futures / 500) > 100 else "reference"


def ensemble(text: str, futures: int = 100, seed: int = 0, engine: str = "", **settings: object) -> Futures:
    """Run a model without claims."""
    program = program_of(text)
    return run_ensemble(program, Settings(futures=futures, seed=seed, engine=engine or sooner(program, futures), **settings))


@dataclass(frozen=True)
class Course:
    """All trajectories of a run by name, (moment, future), in declared units; answers by question; statuses."""

    times: np.ndarray
    values: dict[str, np.ndarray]
    answers: dict[str, np.ndarray]
    status: np.ndarray
    run: Run
    program: Program

    def __getitem__(self, name: str) -> np.ndarray:
        return self.values[name]


def course(
    text: str,
    futures: int = 1,
    seed: int = 0,
    scenario: str | None = None,
    engine: str = "",
    save: str = "all",
    pools: dict | None = None,
) -> Course:
    """Run a model with everything saved; `save every` of the text says how often."""
    return course_of(program_of(text, save=save), futures, seed, scenario, engine, pools)


def course_of(
    program: Program,
    futures: int = 1,
    seed: int = 0,
    scenario: str | None = None,
    engine: str = "",
    pools: dict | None = None,
    lanes: int = 8,
) -> Course:
    slot = next(one for one in program.scenarios if scenario in (None, one.name))
    parameters = Sampler(program, pools or {}, seed, "random", futures).draw(0, futures)
    inputs = inputs_of(program, slot, parameters, 0, seed, saves=True)
    is_readable = (engine or sooner(program, futures)) == "reference"
    run = simulate(program, inputs) if is_readable else compile_program(program, lanes, futures=1).simulate(inputs)
    times = np.array(timetable(program).moments) * program.step
    values = {one.name: run.saved[row] / one.scale for row, one in enumerate(program.saved)}
    answers = {one.name: run.results[row] for row, one in enumerate(program.results)}
    return Course(times, values, answers, run.status, run, program)


def same_bits(left: np.ndarray, right: np.ndarray) -> bool:
    """Equal to the last bit; any NaN equals any NaN."""
    left, right = (np.where(np.isnan(one), np.nan, one) for one in (np.asarray(left, float), np.asarray(right, float)))
    return left.shape == right.shape and left.tobytes() == right.tobytes()
