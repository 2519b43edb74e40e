"""What a regression on lines and parabolas does not see of one parameter's effect: an exact dependence, and whatever bends otherwise.

An answer that rises or falls with one parameter without a single exception is a function of it, however heavy its tail. Where luck or other
parameters are in it too, what the regression leaves over is put into the order of the parameter: if it is luck, neighbours have nothing in
common; what they have in common is the variance of its mean given the parameter. In an order that has nothing to do with the answer the
serial correlation has the standard deviation 1/√n whatever the law of the answer, so that heavy tails name no parameter falsely.

Sources: Wald & Wolfowitz 1943; von Neumann 1941; Gamboa, Gremaud, Klein & Lagnoux 2022 (first-order indices by ranks).
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from foedus.arrays import Array

__all__ = ["bent_shares", "follows"]

_FALSELY = 0.01  # of answers of which a parameter that does nothing is named
_SCREENED = 2000  # futures by which parameters are looked through
_LEFT = 0.02  # of the variance: where the regression leaves less, nothing that could be seen is missed


def follows(parameter: Array, answer: Array) -> bool:
    """Does the answer rise or fall with the parameter in all futures, (future,) each, no two of which share a value of it?"""
    order = np.argsort(parameter, kind="stable")
    steps, is_new = np.diff(answer[order]), np.diff(parameter[order]) > 0
    return bool(is_new.all() and steps.any() and ((steps >= 0).all() or (steps <= 0).all()))


def bent_shares(parameters: Array, left: Array, shares: Array) -> Array:
    """The part of what a regression leaves over that goes along with each parameter, where it does so beyond chance.

    Args:
        parameters: (parameter, future); those whose values futures share are passed over, as such futures share other causes too.
        left: (answer, future): what is left of each answer, with mean 0.
        shares: (answer,): of the variance of each answer, what is left.
    Returns:
        (answer, parameter): shares of the variance of the answer; none adds up to more than what is left.
    """
    found = np.zeros((len(left), len(parameters)))
    rows = np.flatnonzero((shares > _LEFT) & ((left**2).sum(axis=1) > 0))
    count = left.shape[1]
    if not len(rows) or count < 3:
        return found
    limit = math.sqrt(2 * math.log(max(1, len(parameters)) / _FALSELY))
    some = np.ascontiguousarray(left[rows, :_SCREENED])
    for place, parameter in enumerate(parameters):
        if len(np.unique(parameter)) < count:
            continue
        seen = _serial(some, np.argsort(parameter[:_SCREENED], kind="stable"))
        for row in rows[seen > limit / math.sqrt(some.shape[1])]:
            found[row, place] = shares[row] * float(_serial(left[row : row + 1], np.argsort(parameter, kind="stable"))[0])
    found = np.maximum(found, 0.0)
    whole = found.sum(axis=1)
    return np.asarray(found * np.minimum(1.0, shares / np.where(whole > 0, whole, 1.0))[:, None])


def _serial(values: Array, order: NDArray[np.intp]) -> Array:
    """(answer,): the correlation of neighbours in an order."""
    ranked = values[:, order]
    squares = np.einsum("ij,ij->i", ranked, ranked)
    return np.asarray(np.einsum("ij,ij->i", ranked[:, 1:], ranked[:, :-1]) / np.where(squares > 0, squares, np.inf))
