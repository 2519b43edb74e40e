"""Rows on scale: number of futures, memory, size of the model, time to the first answer."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import subject
from clock import Contestant, race
from generated import STOCKS, write_copies
from table import Row, skipped

MEMORY_SCRIPT = """
import pathlib, re, sys
sys.path.insert(0, {here!r})
import subject
subject.run(subject.load(), {futures})
print(int(re.search(r"VmHWM:\\s+(\\d+)", pathlib.Path("/proc/self/status").read_text())[1]) / 1024)
"""


def number_of_futures(setup):
    """Cost per future from 1,000 futures up, against the cost at 10,000."""
    sizes = (1_000, 10_000, 100_000) if setup.is_quick else (1_000, 10_000, 100_000, 1_000_000)
    contestants = [Contestant(str(size), lambda size=size: subject.run(setup.case, size), size) for size in sizes]
    timings = race(contestants, 2 if setup.is_quick else 3)
    costs = {size: 1 / timings[str(size)].rate for size in sizes}
    note = ", ".join(f"{size:,}: {cost * 1e6:.1f} µs" for size, cost in costs.items())
    rows = []
    for size in sizes[::2] if setup.is_quick else (1_000, 100_000, 1_000_000):
        what = f"cost per future at {size:,} against 10,000"
        rows.append(Row(what, costs[size] / costs[10_000], reach=1.1, is_at_most=True, note=note))
        note = ""
    return rows


def memory(setup):
    """Peak resident memory of a fresh process that finds the model compiled."""
    subject.run(setup.case, 16)
    rows, first = [], None
    for size in (10_000, 100_000) if setup.is_quick else (10_000, 100_000, 1_000_000):
        script = MEMORY_SCRIPT.format(here=str(Path(__file__).parent), futures=size)
        out = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
        peak = float(out.stdout)
        first = first or peak
        note = f"{(peak - first) * 2**20 / size:,.0f} B per future above 10,000 futures" if size > 10_000 else ""
        rows.append(Row(f"peak memory, {size:,} futures", peak, "MiB", note=note))
    return rows


def model_size(setup):
    """Copies of the model side by side: time to compile, and cost per stock and step."""
    rows, first = [], None
    for copies in (1, 4, 10) if setup.is_quick else (1, 4, 10, 40):
        with tempfile.TemporaryDirectory() as folder:
            where = write_copies(folder, copies)
            before = time.process_time()
            case = subject.load(where)
            subject.run(case, 16)
            compiling = time.process_time() - before
        futures = max(2_048, setup.futures // copies)
        timing = race([Contestant("size", lambda c=case, n=futures: subject.run(c, n), futures)], 3)["size"]
        cost = 1 / timing.rate / copies
        first = first or cost
        stocks = STOCKS * copies
        rows.append(
            Row(
                f"compile, {stocks:,} stocks",
                compiling,
                "s",
                reach=10 if copies == 40 else None,
                is_at_most=True,
            )
        )
        rows.append(Row(f"cost per stock, {stocks:,} stocks against 25", cost / first))
    return rows


def first_answer(setup):
    """The command with 1,000 futures in a fresh process: with empty caches, and again."""
    rows, arguments = [], ["run", str(subject.WAR25), "--futures", "1000", "--json"]
    try:
        with tempfile.TemporaryDirectory() as empty:
            environment = os.environ | {"FOEDUS_CACHE": empty}
            cold = wall(lambda: subject.run_command(arguments, empty, environment))
            warm = [wall(lambda: subject.run_command(arguments, empty, environment)) for _ in range(setup.repetitions)]
    except subject.NotBuilt as error:
        return [skipped("first answer", str(error))]
    rows.append(Row("first answer, 1,000 futures, cold", cold, "s"))
    rows.append(Row("first answer, 1,000 futures, warm", statistics.median(warm), "s", reach=1.5, is_at_most=True))
    return rows


def flagship(setup):
    """`foedus run pact` warm: 10,000 futures, all scenarios, report included."""
    what = "foedus run pact, 10,000 futures, warm"
    if not (Path(__file__).parents[1] / "cases" / "pact" / "model.foedus").exists():
        return [skipped(what, "the case is not there")]
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["run", "pact", "--futures", "10000"]
        seconds = [wall(lambda: subject.run_command(arguments, folder)) for _ in range(2)][-1]
    return [Row(what, seconds, "s", reach=10, is_at_most=True)]


def wall(action):
    """Seconds that an action takes."""
    before = time.perf_counter()
    action()
    return time.perf_counter() - before
