"""A rival structure as it is shown, and what it answers beside the model."""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["RivalAnswer", "VariantInfo"]


@dataclass(frozen=True)
class VariantInfo:
    """A rival structure: its name, its label for people, how much it is believed in and why, and what it sets, in words.

    `failed` is the number of futures that are left out of what it says, because they fail in it or in the model; `failure` is where most do.
    """

    name: str
    label: str
    weight: float
    because: str
    changes: tuple[str, ...] = ()
    failed: int = 0
    failure: str = ""


@dataclass(frozen=True)
class RivalAnswer:
    """An answer in a rival structure, on the same futures as the model's own.

    Attributes:
        name, weight: of the variant.
        value: of the statistic.
        shift: from the model's own answer; shift_error: its Monte Carlo standard error.
        effect: the difference from the variant's own baseline; None in the baseline.
        effect_shift: from the same difference in the model; effect_error: its Monte Carlo standard error.
        share: of the futures that were run, the part that it rests on.
        chance: of a date, that it comes at all; None for others.
        chance_shift: from the model's own; chance_error: its Monte Carlo standard error.
    """

    name: str
    weight: float
    value: float
    shift: float
    shift_error: float
    effect: float | None = None
    effect_shift: float = 0.0
    effect_error: float = 0.0
    share: float = 1.0
    chance: float | None = None
    chance_shift: float = 0.0
    chance_error: float = 0.0

    @property
    def is_told(self) -> bool:
        """Does it say anything: is there a future in which it does not fail and to which the question applies?"""
        return math.isfinite(self.shift) or (self.chance is not None and math.isfinite(self.chance_shift))

    @property
    def sure_shift(self) -> tuple[float, float]:
        """Weight and shift, less what chance alone would show: (1 - error²/shift²) of it, nothing within one error."""
        return self.weight, _less_chance(self.shift, self.shift_error)

    @property
    def sure_effect_shift(self) -> tuple[float, float]:
        """The same of the difference."""
        return self.weight, _less_chance(self.effect_shift, self.effect_error)


def _less_chance(shift: float, error: float) -> float:
    """A shift that is seen through an error, drawn in as James and Stein do (1961)."""
    if shift == 0 or not (math.isfinite(shift) and math.isfinite(error)):
        return 0.0
    return shift * max(0.0, 1.0 - (error / shift) ** 2)
