"""foedus as the benchmarks see it. The only module that knows its Python interface and its command."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent
WAR25 = HERE / "war25"
BASELINE = "baseline"


class NotBuilt(Exception):
    """foedus, or a part of it, is not there."""


def load(folder=WAR25):
    """The case in a folder."""
    if importlib.util.find_spec("foedus") is None:
        raise NotBuilt("foedus is not installed: pip install -e .")
    import foedus

    return foedus.load(str(folder))


def run(case, futures, *, scenario=BASELINE, threads=1, engine="compiled", seed=0):
    """Run one scenario alone (`run_futures` would run the baseline beside it), keeping no trajectories."""
    from foedus.ensemble import Settings, run_ensemble

    slots = tuple(slot for slot in case.program.scenarios if slot.name == scenario)
    settings = Settings(futures=futures, seed=seed, threads=threads, engine=engine)
    return run_ensemble(case.program, settings, scenarios=slots)


def answers(futures, names):
    """The values of questions of a run of one scenario: (question, future)."""
    return np.stack([futures.values(name) for name in names])


def command():
    """The `foedus` command of this Python."""
    beside = Path(sys.executable).with_name("foedus")
    found = str(beside) if beside.exists() else shutil.which("foedus")
    if found is None:
        raise NotBuilt("the command `foedus` is not installed: pip install -e .")
    return found


def run_command(arguments, folder, environment=None):
    """Run the command in a folder, where its report falls; what it prints is thrown away."""
    subprocess.run([command(), *arguments], check=True, capture_output=True, cwd=folder, env=environment)
