"""What it is worth, for a choice between options, to learn something first.

Whoever chooses now takes the option that does best in the mean. Whoever learns something first may take another one where that does better.
The difference, in the mean over what could be learnt, is the expected value of that information; of a parameter that would be known exactly
it is called EVPPI. What one would choose is read off four fifths of the futures, and what that brings off the last fifth, in turn: so a
rule is never judged by the luck that it was drawn around, and the value is rather too low than too high.

Sources: Raiffa & Schlaifer 1961; Strong, Oakley & Brennan 2014.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from foedus.analysis.drivers import Ranks
from foedus.analysis.explain import Amount
from foedus.analysis.pieces import predicted
from foedus.analysis.worth import single_index
from foedus.arrays import Array

__all__ = ["Gain", "Utilities"]


@dataclass(frozen=True)
class Gain:
    """What learning something would be worth.

    Attributes:
        value: in the unit of what is wanted, never below zero but by chance.
        changes: in what share of the futures another option would be chosen.
    """

    value: Amount
    changes: float


class Utilities:
    """What each option brings in every future, more being better.

    Args:
        values: (option, future), in the futures in which all of them are known.
    """

    def __init__(self, values: Array) -> None:
        self.values = values
        self.best = int(np.argmax(values.mean(axis=1)))
        self.over = values - values[self.best]

    def gain(self, rows: Array, ranks: Ranks) -> Gain:
        """What it is worth to learn the rows, (thing, future), before choosing."""
        expected = np.stack(
            [
                np.zeros(self.values.shape[1]) if option == self.best else self._predicted(rows, over, ranks)
                for option, over in enumerate(self.over)
            ]
        )
        expected[self.best] = 1e-12 * float(np.abs(self.over).max())  # where nothing is to be gained, nothing changes
        chosen = expected.argmax(axis=0)
        return Gain(_mean(self.over[chosen, np.arange(len(chosen))]), float(np.mean(chosen != self.best)))

    @property
    def everything(self) -> Gain:
        """What it would be worth to know everything, luck too."""
        most = self.over.max(axis=0)
        return Gain(_mean(most), float(np.mean(most > 0)))

    @property
    def means(self) -> list[Amount]:
        """What each option brings in the mean."""
        return [_mean(row) for row in self.values]

    @property
    def behind(self) -> list[Amount]:
        """By how much each option falls behind the best, future by future."""
        return [_mean(-row) for row in self.over]

    @staticmethod
    def _predicted(rows: Array, over: Array, ranks: Ranks) -> Array:
        """(future,): by how much an option is expected to beat the best one, as the other futures say."""
        if not float(np.ptp(over)):
            return np.full(len(over), float(over.mean()))
        if len(rows) > 1:
            return np.asarray(single_index(rows, over, ranks.bins) + over.mean())
        return np.asarray(predicted(rows[0], over, ranks.bins) + over.mean())


def _mean(row: Array) -> Amount:
    return Amount(float(row.mean()), float(row.std(ddof=1)) / math.sqrt(len(row)) if len(row) > 1 else math.nan)
