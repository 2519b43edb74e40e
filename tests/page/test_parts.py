"""Parts of the page's scripts against numpy: sorting, bands from several workers, noise that is kept."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.analysis.enough import quantile_needs

SCRIPT = Path(__file__).parent / "run_parts.mjs"
LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def run_part(node: str, task: str, given: Any, *more: str) -> Any:
    words = [node, str(SCRIPT), task, *more]
    found = subprocess.run(words, input=json.dumps(given), capture_output=True, check=True, text=True, timeout=120)
    return json.loads(found.stdout)


def test_sorting_is_that_of_numpy(node: str) -> None:
    random = np.random.default_rng(1)
    rows = [random.normal(0, 10.0**power, 1000).astype(np.float32) for power in (-30, 0, 3, 30)]
    rows += [
        np.array([0.0, -0.0, 1.0, -1.0, np.inf, -np.inf], dtype=np.float32),
        np.array([7.0], dtype=np.float32),
        np.zeros(0, np.float32),
    ]
    found = run_part(node, "sort", [[str(value).replace("inf", "Infinity") for value in row] for row in rows])
    for row, one in zip(rows, found, strict=True):
        values = [float(str(value).replace("Infinity", "inf")) for value in one]
        assert np.array_equal(np.array(values, dtype=np.float32), np.sort(row))


@pytest.mark.parametrize("sizes", [(200,), (100, 100), (7, 1), (1, 1), (31, 64, 5)])
def test_bands_of_workers_are_those_of_all_futures(node: str, sizes: tuple[int, ...]) -> None:
    random = np.random.default_rng(sum(sizes))
    pieces = [np.sort(random.integers(-9, 9, (3, size)) / 4, axis=1) for size in sizes]
    found = run_part(node, "bands", [piece.tolist() for piece in pieces])
    expected = np.quantile(np.concatenate(pieces, axis=1), LEVELS, axis=1)
    expected[[sum(sizes) < quantile_needs(level) for level in LEVELS]] = np.nan
    assert np.allclose(np.array(found, dtype=float), expected, rtol=1e-6, atol=1e-6, equal_nan=True)


def test_noise_is_drawn_once(node: str, page: Path) -> None:
    """Another run reads the table: spoil it and the results follow; a new seed draws it again."""
    found = run_part(node, "noise", None, str(page))
    assert found["rows"] > 0
    assert found["again"] == found["first"] == found["drawn"]
    assert found["spoilt"] != found["first"]
