"""What a fit hands over: its figures for programs, and the same figures as tables for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from foedus.arrays import Array

__all__ = ["Fit", "FitTable", "Request", "spread"]


@dataclass(frozen=True)
class Request:
    """What a fit is given.

    Attributes:
        case: name of the case.
        folder: the case's folder, for figures that ship with it.
        data: a folder with figures that do not ship; None looks beside the project.
        seed: of everything that is drawn.
    """

    case: str
    folder: Path
    data: Path | None = None
    seed: int = 0


@dataclass(frozen=True)
class FitTable:
    """One table: a heading, column names, rows of texts, and a sentence on how to read it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Fit:
    """A model held against history.

    Attributes:
        case, title: of what.
        document: every figure; plain dicts, lists, texts and finite numbers.
        blocks: the same for people.
        source: whose figures they are.
        prior: the line of a model that takes it over; "" where the fit gives none.
    """

    case: str
    title: str
    document: Mapping[str, Any]
    blocks: tuple[FitTable, ...]
    source: str
    prior: str = ""


def spread(values: Array) -> dict[str, float]:
    """5, 50 and 95 %, mean and standard deviation of draws."""
    low, median, high = (float(value) for value in np.quantile(values, (0.05, 0.5, 0.95)))
    return {"p05": low, "p50": median, "p95": high, "mean": float(values.mean()), "sd": float(values.std(ddof=1))}
