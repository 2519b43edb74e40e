"""Rows on speed: engines against each other, against numpy and C++ by hand, against peers, threads."""

import time

import peers
import subject
from clock import Contestant, race, ratio
from native import build_kernels
from table import Row, skipped
from war25 import specification, vectorised

STEPS = specification.WEEKS * specification.STEPS_PER_WEEK


def million(timing):
    """A rate as text."""
    return f"{timing.name} {timing.rate / 1e6:.3g} M/s"


def compared(what, fast, slow, reach=None, note=""):
    """A row that says how many times faster `fast` is."""
    middle, least, most = ratio(fast, slow)
    return Row(what, middle, "×", least, most, reach, note=note or f"{million(fast)}, {million(slow)}")


def readable_numpy(futures):
    """Numpy as one would write it first, over all futures at once, with its draws."""
    rng = vectorised.np.random.default_rng(1)
    parameters = vectorised.draw_parameters(rng, futures)
    normals = rng.standard_normal((specification.WEEKS, 4, futures))
    uniforms = rng.random((specification.WEEKS // specification.WEEKS_PER_MONTH, futures))
    return specification.run_readable(parameters, normals, uniforms)


def against_hand_written(setup):
    """The compiled engine against the reference engine, numpy and C++: one core, noise and event inside."""
    case, futures, many, slow = setup.case, setup.futures, setup.many_futures, setup.futures // 8
    contestants = [
        Contestant("compiled", lambda: subject.run(case, many), many * STEPS),
        Contestant("reference", lambda: subject.run(case, slow, engine="reference"), slow * STEPS),
        Contestant("numpy, tuned", lambda: vectorised.run_vectorised(futures), futures * STEPS),
        Contestant("numpy, plain", lambda: readable_numpy(futures), futures * STEPS),
    ]
    kernels = build_kernels(setup.folder)
    for name, kernel in kernels.items():
        run = lambda kernel=kernel: kernel.run(futures, 0)  # noqa: E731 - one per kernel
        contestants.append(Contestant(name, run, futures * STEPS))
    timings = race(contestants, setup.repetitions)
    compiled = timings["compiled"]
    rows = [
        compared("compiled against reference engine", compiled, timings["reference"]),
        compared("compiled against numpy, vectorised, plain", compiled, timings["numpy, plain"]),
        compared("compiled against numpy, vectorised, tuned", compiled, timings["numpy, tuned"], 9),
    ]
    if not kernels:
        return [*rows, skipped("compiled against C++", "neither g++ nor clang++ is installed")]
    best = max((timings[name] for name in kernels), key=lambda timing: timing.rate)
    return [*rows, compared("compiled against scalar C++, best compiler", compiled, best, 3)]


def against_peers(setup):
    """The compiled engine against each peer, on the deterministic variant."""
    many = setup.many_futures
    quiet = Contestant("compiled", lambda: subject.run(setup.case, many, scenario="quiet"), many * STEPS)
    rows = []
    for name, (build, reach) in peers.PEERS.items():
        what = f"compiled against {name}"
        try:
            run = build(setup.folder, specification.OUTPUTS)
        except peers.NotInstalled as error:
            rows.append(skipped(what, str(error)))
            continue
        timings = race([quiet, Contestant(name, run, STEPS)], setup.repetitions)
        note = f"{million(timings['compiled'])}, peer {timings[name].rate:,.0f}/s"
        rows.append(compared(what, timings["compiled"], timings[name], reach, note))
    return rows


def two_threads(setup):
    """Two threads against one, by the clock on the wall."""
    futures = 2 * setup.many_futures
    contestants = [
        Contestant(
            name,
            lambda threads=threads: subject.run(setup.case, futures, threads=threads),
            futures * STEPS,
            time.perf_counter,
        )
        for name, threads in (("two", 2), ("one", 1))
    ]
    timings = race(contestants, setup.repetitions)
    return [compared("two threads against one", timings["two"], timings["one"], 1.85)]
