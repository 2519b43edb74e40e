"""Program to futures: every scenario on the same futures, in chunks, on threads. Chunks and threads change no bit."""

from __future__ import annotations

import dataclasses
import itertools
import os
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from numbers import Integral
from types import MappingProxyType
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from foedus.compile import Program
from foedus.compile.moments import moment
from foedus.compile.program import ScenarioSlot, Status
from foedus.engine import Inputs, Run, columns, compile_program, keys, simulate, timetable
from foedus.ensemble.design import DESIGNS
from foedus.ensemble.faults import FaultCounts
from foedus.ensemble.firsts import Firsts, first_steps
from foedus.ensemble.futures import Futures
from foedus.ensemble.sampling import Joint, Law, Sampler
from foedus.ensemble.spool import MOST_HELD, table
from foedus.ensemble.tally import Tally
from foedus.ensemble.worlds import worlds_of
from foedus.errors import InputError, Problem, RunError
from foedus.wording import counted

__all__ = ["Settings", "inputs_of", "run_ensemble", "with_settings"]

MOST_FUTURES = 20_000_000
WIDEST = 1e150  # the square of a larger answer has no end, and with it neither spread nor error
PRECISIONS: Mapping[str, type[np.floating]] = MappingProxyType({"single": np.float32, "double": np.float64})
Simulate = Callable[[Inputs], Run]


@dataclass(frozen=True)
class Settings:
    """How to run.

    Attributes:
        futures: how many, at least 1.
        seed: of all streams.
        threads: how many; 0 takes one per core.
        chunk: futures per piece of work; 0 chooses.
        design: of the parameters: "random", "lhs" or "sobol".
        engine: "compiled" or "reference".
        trajectories: of how many of the first futures to keep trajectories; 0 for none.
        precision: of the trajectories that are kept: "single" or "double".
    """

    futures: int = 1000
    seed: int = 0
    threads: int = 0
    chunk: int = 0
    design: str = "random"
    engine: str = "compiled"
    trajectories: int = 0
    precision: str = "single"

    def __post_init__(self) -> None:
        def out_of_bounds(name: str, message: str, help: str) -> None:
            raise InputError(Problem(f"--{name}", 0, 0, f"bad-{name}", message, help))

        for name in ("futures", "seed", "threads", "chunk", "trajectories"):
            if not isinstance(value := getattr(self, name), Integral):
                out_of_bounds(name, f"{value!r} is no whole number.", "Use a whole number, without a decimal point.")
        if not 1 <= self.futures <= MOST_FUTURES:
            out_of_bounds("futures", f"{counted(self.futures, 'future')} cannot be run.", f"Ask for 1 to {MOST_FUTURES:,}.")
        if not -(2**63) <= self.seed < 2**64:
            out_of_bounds("seed", f"{self.seed} is no seed.", "Use a whole number of at most 64 bits.")
        if not 0 <= self.threads <= 1024:
            out_of_bounds("threads", f"{self.threads} threads cannot be used.", "Use 1 to 1024, or 0 for one per core.")
        if self.trajectories < 0:
            out_of_bounds("trajectories", f"{self.trajectories} trajectories cannot be kept.", "Use 0 or more.")
        if self.chunk < 0:
            out_of_bounds(
                "chunk",
                f"a chunk cannot hold {counted(self.chunk, 'future')}.",
                "Use a number above 0, or 0 to let foedus choose.",
            )
        if self.design not in DESIGNS:
            out_of_bounds("design", f"there is no design `{self.design}`.", f"Use {', '.join(DESIGNS)}.")
        if self.precision not in PRECISIONS:
            out_of_bounds("precision", f"there is no precision `{self.precision}`.", f"Use {' or '.join(PRECISIONS)}.")
        if self.engine not in ("compiled", "reference"):
            out_of_bounds("engine", f"there is no engine `{self.engine}`.", "Use compiled or reference.")


def run_ensemble(
    program: Program,
    settings: Settings = Settings(),
    *,
    scenarios: tuple[ScenarioSlot, ...] | None = None,
    pools: Mapping[str, Law] | None = None,
    joint: Joint | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Futures:
    """Run an ensemble.

    Args:
        program: from `compile_model`.
        settings: how many futures, which seed, ….
        scenarios: to run; the first is the baseline. None takes all that are not hidden.
        pools: parameter name -> distribution in its declared unit, for parameters that rest on claims.
        joint: members of a posterior, for the parameters that it covers.
        progress: called with (futures done, futures in all) as work goes on.
    Returns:
        The futures.
    Raises:
        InputError: a parameter has no prior, or an answer is so large that nothing can be told of its spread.
        RunError: interrupted; says how far it came.
    """
    if scenarios is None:
        scenarios = tuple(slot for slot in program.scenarios if not slot.is_hidden)
    sampler = Sampler(program, pools or {}, settings.seed, settings.design, settings.futures, joint)
    started = time.perf_counter()
    engine: Simulate = (
        compile_program(program, futures=settings.futures * len(scenarios)).simulate
        if settings.engine == "compiled"
        else lambda inputs: simulate(program, inputs)
    )
    compiled = time.perf_counter()
    work = _Work(program, settings, scenarios, sampler, engine)
    work.run(progress)
    seconds = {"compile": compiled - started, "run": time.perf_counter() - compiled}
    return work.futures(seconds)


def inputs_of(
    program: Program,
    scenario: ScenarioSlot,
    parameters: NDArray[np.float64],
    first: int,
    seed: int,
    saves: bool,
) -> Inputs:
    """The inputs of some futures under a scenario: parameters as drawn, then what the scenario sets."""
    return Inputs(with_settings(scenario, parameters), first, columns(program, scenario), keys(program, seed), saves)


def with_settings(scenario: ScenarioSlot, parameters: NDArray[np.float64]) -> NDArray[np.float64]:
    """Parameters as drawn, then what the scenario sets."""
    fixed = [setting for setting in scenario.settings if setting.parameter >= 0]
    if not fixed:
        return parameters
    changed = parameters.copy()
    for setting in fixed:
        changed[setting.parameter] = setting.value
    return changed


class _Work:
    """The arrays that are filled, and the pieces of work that fill them."""

    def __init__(
        self,
        program: Program,
        settings: Settings,
        scenarios: tuple[ScenarioSlot, ...],
        sampler: Sampler,
        engine: Simulate,
    ) -> None:
        self.program, self.settings, self.scenarios, self.sampler, self.engine = (
            program,
            settings,
            scenarios,
            sampler,
            engine,
        )
        count, rows = settings.futures, len(scenarios)
        self.kept = min(settings.trajectories, count)
        self.sampled = min(count, 50_000)
        kinds = [np.dtype(np.int8 if slot.kind == "probability" else np.float64) for slot in program.results]
        held = rows * count * sum(kind.itemsize for kind in kinds) <= MOST_HELD
        self.results = tuple(table(rows, count, kind, held=held) for kind in kinds)
        self.statuses = np.empty((rows, count), dtype=np.int8)
        self.parameters = np.empty((len(program.parameters), self.sampled))
        self.moments = moment(program.step, np.array(timetable(program).moments, dtype=np.float64))
        shape = (rows, len(program.saved), len(self.moments), self.kept)
        self.trajectories = np.empty(shape, dtype=PRECISIONS[settings.precision]) if self.kept else None
        self.is_too_wide = False  # does single precision not hold what a future has that ended well?
        self.tallies = tuple(Tally(program) for _ in scenarios)
        self.columns = tuple(columns(program, scenario) for scenario in scenarios)
        self.keys = keys(program, settings.seed)
        self.faults = FaultCounts(program)
        self.firsts = Firsts(program, rows, count)
        self.stopped = threading.Event()
        self.lock = threading.Lock()

    def run(self, progress: Callable[[int, int], None] | None) -> None:
        settings = self.settings
        threads = settings.threads or os.cpu_count() or 1
        size = settings.chunk or min(2048, max(64, -(-settings.futures // (4 * threads))))
        starts = range(0, settings.futures, size)
        done, waiting = 0, iter(starts)
        started: set[Future[int]] = set()
        with ThreadPoolExecutor(threads) as pool:
            try:
                while True:
                    for first in itertools.islice(waiting, 3 * threads - len(started)):
                        started.add(pool.submit(self.piece, first, min(size, settings.futures - first)))
                    if not started:
                        break
                    finished, started = wait(started, return_when=FIRST_COMPLETED)
                    done += sum(job.result() for job in finished)
                    if progress is not None:
                        progress(done, settings.futures)
            except BaseException as error:
                self.stopped.set()
                for job in started:
                    job.cancel()
                if not isinstance(error, KeyboardInterrupt):
                    raise
                self.refuse(done)
        if self.is_too_wide:
            self.keep_in_double(size)

    def refuse(self, done: int) -> NoReturn:
        """Say how far an interrupted run came."""
        settings = self.settings
        message = f"interrupted after {done:,} of {counted(settings.futures, 'future')}; nothing was written."
        help = "Run it again; the same seed gives the same futures."
        raise RunError(Problem(self.program.name, 0, 0, "interrupted", message, help))

    def piece(self, first: int, count: int) -> int:
        """Some futures, under every scenario."""
        if self.stopped.is_set():
            return 0
        parameters = self.sampler.draw(first, count)
        if first < self.sampled:
            self.parameters[:, first : first + count] = parameters[:, : self.sampled - first]
        stretch, runs, came = slice(first, first + count), [], []
        for row, scenario in enumerate(self.scenarios):
            saves = first < self.kept
            run = self.engine(Inputs(with_settings(scenario, parameters), first, self.columns[row], self.keys, saves))
            runs.append(dataclasses.replace(run, saved=None))
            self.statuses[row, stretch] = run.status
            self.refuse_too_large(run, scenario)
            for values, found in zip(self.results, run.results, strict=True):
                values[row, stretch] = np.where(np.isnan(found), -1, found) if values.dtype == np.int8 else found
            if saves:
                self.keep(row, first, run)
            steps = first_steps(self.program, run)
            self.firsts.add(row, first, steps)
            came.append(steps)
        is_ok = np.all([run.status == Status.OK for run in runs], axis=0)
        for whole, run, steps in zip(self.tallies, runs, came, strict=True):
            tally = Tally(self.program)
            tally.add(run, steps, is_ok)
            with self.lock:
                whole.merge(tally)
        faults = FaultCounts(self.program)
        faults.add(first, runs)
        with self.lock:
            self.faults.merge(faults)
        return count

    def refuse_too_large(self, run: Run, scenario: ScenarioSlot) -> None:
        """An answer whose square no machine number holds would have a spread and an error that are no numbers."""
        for slot, found in zip(self.program.results, run.results, strict=True):
            largest = np.max(np.abs(found), initial=0.0, where=(run.status == Status.OK) & np.isfinite(found))
            if largest > WIDEST:
                size = f"{largest:.3g} {slot.unit}".removesuffix(" 1")
                message = f"question `{slot.name}` is answered with {size} in a future under `{scenario.name}`."
                help = "Neither spread nor error of numbers above 1e150 can be told: use a larger unit, or bound what grows."
                raise InputError(Problem(self.program.name, 0, 0, "answer-too-large", message, help))

    def keep(self, row: int, first: int, run: Run) -> None:
        """The trajectories of some futures under one scenario, in declared units."""
        assert self.trajectories is not None and run.saved is not None
        wanted = min(run.saved.shape[-1], self.kept - first)
        scales = np.array([slot.scale for slot in self.program.saved])[:, None, None]
        place = self.trajectories[row, :, :, first : first + wanted]
        with np.errstate(all="ignore"):  # of a future that failed, or to be kept in double precision
            place[...] = run.saved[:, :, :wanted] / scales
            is_finite = bool(np.isfinite(place.sum()))
        if not is_finite and np.isinf(place[..., run.status[:wanted] == Status.OK]).any():
            self.is_too_wide = True

    def keep_in_double(self, size: int) -> None:
        """All trajectories once more, with all their digits."""
        assert self.trajectories is not None
        self.trajectories = np.empty(self.trajectories.shape)
        for first in range(0, self.kept, size):
            parameters = self.sampler.draw(first, min(size, self.kept - first))
            for row, scenario in enumerate(self.scenarios):
                inputs = Inputs(with_settings(scenario, parameters), first, self.columns[row], self.keys, True)
                self.keep(row, first, self.engine(inputs))

    def futures(self, seconds: dict[str, float]) -> Futures:
        settings = dataclasses.replace(self.settings)
        return Futures(
            self.program,
            settings.seed,
            settings.design,
            self.scenarios,
            self.results,
            self.statuses,
            self.parameters,
            self.trajectories,
            self.tallies,
            self.moments,
            self.sampler.uncertain,
            seconds,
            chains=self.sampler.joint.chains if self.sampler.joint else 0,
            faults=self.faults.found,
            firsts=self.firsts,
            worlds=worlds_of(self.program, self.sampler.laws),
        )
