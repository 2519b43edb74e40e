"""Rows on agreement: a race between different models means nothing, so this is measured in the same run."""

import numpy as np
import peers
import subject
from native import build_kernels
from table import Row, skipped
from war25 import specification, vectorised

FUTURES = 20_000
BOUND = 4.0  # Monte Carlo standard errors; twenty outputs are looked at


def deterministic(setup):
    """The largest relative difference from the specification over the ten outputs at week 104."""
    last = specification.run_deterministic()[specification.WEEKS]
    expected = np.array([last[name] for name in specification.OUTPUTS])
    found = {"numpy, tuned": vectorised.run_vectorised_quiet()[:, 0]}
    found |= {f"C++ ({name})": kernel.quiet() for name, kernel in build_kernels(setup.folder).items()}
    if setup.case is not None:
        for engine in ("compiled", "reference"):
            run = subject.run(setup.case, 2, scenario="quiet", engine=engine)
            found[f"foedus, {engine}"] = subject.answers(run, specification.OUTPUTS)[:, 0]
    rows = [difference(name, values, expected, 1e-9) for name, values in found.items()]
    for name, (build, _) in peers.PEERS.items():
        try:
            rows.append(difference(name, build(setup.folder, specification.OUTPUTS)(), expected, 1e-6))
        except peers.NotInstalled as error:
            rows.append(skipped(f"agreement, {name}", str(error)))
    return rows


def difference(name, values, expected, reach):
    """A row with the largest relative difference."""
    largest = float(np.max(np.abs(np.asarray(values) / expected - 1)))
    return Row(f"deterministic variant, {name} from specification", largest, "", reach=reach, is_at_most=True)


def statistical(setup):
    """Means with noise and event: the largest distance from tuned numpy in Monte Carlo standard errors."""
    base = vectorised.run_vectorised(FUTURES, seed=11)
    found = {f"C++ ({name})": kernel.run(FUTURES, 12) for name, kernel in build_kernels(setup.folder).items()}
    if setup.case is not None:
        run = subject.run(setup.case, FUTURES, seed=13)
        found["foedus, compiled"] = subject.answers(run, specification.OUTPUTS)
    rows = []
    for name, values in found.items():
        error = np.sqrt((base.var(axis=1) + values.var(axis=1)) / FUTURES)
        largest = float(np.max(np.abs(base.mean(axis=1) - values.mean(axis=1)) / error))
        what = f"means with luck, {name} from numpy, tuned"
        rows.append(Row(what, largest, "errors", reach=BOUND, is_at_most=True))
    return rows
