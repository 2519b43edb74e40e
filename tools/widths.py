"""What the series of a case say of the parameters that a calibration leaves at their priors, most of them scales of luck.

python tools/widths.py [CASE] [DAY]      pact 2024-06-30

Draws of the priors are run over the past to DAY, with errors of measurement. The normal score of each held parameter is regressed on
summaries of the series (levels; changes over some weeks: root mean square, median, largest) and their squares, and the regression is scored
on a third of the draws, which it has not seen. What it explains is about what the series tell (Fearnhead & Prangle 2012).
"""

from __future__ import annotations

import datetime
import sys
import tempfile
from pathlib import Path

import numpy as np

from foedus import numerics
from foedus.case import load
from foedus.history.calibration import hindcast_of
from foedus.history.cut import write_known
from foedus.history.past import Past, past_of
from foedus.history.smoother import held_parameters, informed_rows

DRAWS, SEED, RIDGE = 6000, 12345, 5.0
LAGS, LARGE = (1, 2, 4, 8, 13, 26), (1, 4, 13)


def observed_anew(past: Past, parts: list[np.ndarray]) -> list[np.ndarray]:
    """Predictions with errors of measurement, on the scales on which these are normal."""
    found = []
    for number, (law, part) in enumerate(zip(past.laws, parts, strict=True)):
        members, places = np.arange(part.shape[1])[None, :], np.arange(len(part))[:, None]
        luck = [numerics.uniform(SEED, f"widths:{number}:{kind}", members, places) for kind in ("score", "outlier")]
        found.append(law.forward(law.draw(part, numerics.normal_quantile(luck[0]), luck[1])))
    return found


def summaries(parts: list[np.ndarray]) -> np.ndarray:
    """(summary, draw) of the series that are long enough to have some."""
    rows: list[np.ndarray] = []
    for part in parts:
        if len(part) < 10:
            continue
        rows += [part.mean(axis=0), part[-8:].mean(axis=0), part[:8].mean(axis=0)]
        for lag in LAGS:
            if len(part) > lag + 8:
                change = np.abs(part[lag:] - part[:-lag])
                rows.append(np.log(np.sqrt((change**2).mean(axis=0)) + 1e-3))
                if lag in LARGE:
                    rows += [np.log(change.max(axis=0) + 1e-3), np.log(np.median(change, axis=0) + 1e-3)]
    return np.array(rows)


def main(name: str = "pact", day: str = "2024-06-30") -> None:
    until = datetime.date.fromisoformat(day)
    with tempfile.TemporaryDirectory() as folder:
        known = write_known(load(name, posterior="none"), until, Path(folder) / "known").case
        past = past_of(known, hindcast_of(known, None), until)
        held = held_parameters(past, informed_rows(past))
        scores = past.prior_scores(DRAWS, SEED)
        predicted = past.predicted(scores)
    values = predicted.values[:, predicted.is_ok]
    wanted = scores[[past.names().index(one) for one in held]][:, predicted.is_ok]
    table = summaries(observed_anew(past, past.split(values)))
    table = (table - table.mean(axis=1, keepdims=True)) / table.std(axis=1, keepdims=True)
    design = np.vstack([np.ones(table.shape[1]), table, table**2])
    fitted = np.arange(table.shape[1]) < table.shape[1] * 2 // 3
    inner = design[:, fitted] @ design[:, fitted].T + RIDGE * np.eye(len(design))
    slopes = np.linalg.solve(inner, design[:, fitted] @ wanted[:, fitted].T)
    missed = ((wanted[:, ~fitted] - slopes.T @ design[:, ~fitted]) ** 2).mean(axis=1)
    shares = 1 - missed / wanted[:, ~fitted].var(axis=1)
    print(f"{name}, known on {day}: {len(held)} held parameters, {len(table)} summaries, {values.shape[1]:,} draws")
    for place in np.argsort(-shares):
        print(f"{held[place]:28} {100 * shares[place]:5.1f} %")


if __name__ == "__main__":
    main(*sys.argv[1:])
