"""Questions that hang together, and means over them whose error knows it.

Ten questions about one series come out together: they are nearer to one trial than to ten. Questions that look at the same quantity or
happening of a model are one cluster, and errors of means are had by drawing whole clusters again (Cameron & Miller 2015).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from foedus.arrays import Array

__all__ = ["FEWEST_CLUSTERS", "clusters_of", "mean_interval", "ratio_interval"]

FEWEST_CLUSTERS = 5
DRAWS = 4000


def clusters_of(about: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The cluster of each question: those that share what they look at, and those that share it with these.

    Args:
        about: question -> names of what it looks at; one without any is a cluster of its own.
    Returns:
        question -> number of its cluster, from 0 in the order of the questions.
    """
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for question, names in about.items():
        own = root(f"question {question}")
        for name in names:
            parent[root(f"name {name}")] = own
            own = root(own)
    numbers: dict[str, int] = {}
    return {question: numbers.setdefault(root(f"question {question}"), len(numbers)) for question in about}


def mean_interval(values: Array, cluster: Array, seed: int = 0) -> tuple[float, float] | None:
    """A 90 % interval of a mean, by drawing clusters again; None where there are fewer than five.

    Args:
        values: (question,).
        cluster: (question,), the number of the cluster of each.
    """
    return ratio_interval(values, np.ones_like(values), cluster, seed)


def ratio_interval(above: Array, below: Array, cluster: Array, seed: int = 0) -> tuple[float, float] | None:
    """A 90 % interval of the ratio of two sums over questions, by drawing clusters again; None where there are fewer than five.

    Args:
        above, below: (question,).
        cluster: (question,), the number of the cluster of each.
    """
    numbers, place = np.unique(cluster, return_inverse=True)
    if len(numbers) < FEWEST_CLUSTERS:
        return None
    sums = np.array([np.bincount(place, weights=one, minlength=len(numbers)) for one in (above, below)])
    drawn = np.random.default_rng(seed).integers(0, len(numbers), (DRAWS, len(numbers)))
    tops, bottoms = sums[0][drawn].sum(axis=1), sums[1][drawn].sum(axis=1)
    ratios = tops[bottoms > 0] / bottoms[bottoms > 0]
    low, high = np.quantile(ratios, (0.05, 0.95)) if len(ratios) else (np.nan, np.nan)
    return (float(low), float(high)) if np.isfinite(low) and np.isfinite(high) else None
