"""What moving levers found, ready to be shown; `foedus.study.flip` and `foedus.study.border` find it."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.analysis.border import Border, MovedLever
from foedus.analysis.flip import Flip

__all__ = ["LeverBorders", "LeverFlips"]


@dataclass(frozen=True)
class LeverFlips:
    """Where one lever of a case tips its answers.

    Attributes:
        case: its name; lever: with the positions at which it stood.
        threshold: the chance that counts as a flip.
        flips: of each question that was asked for.
        futures, seed: of the runs.
    """

    case: str
    lever: MovedLever
    threshold: float
    flips: tuple[Flip, ...]
    futures: int
    seed: int


@dataclass(frozen=True)
class LeverBorders:
    """Where two levers of a case tip its answers together; as of `LeverFlips`, with the border of each question."""

    case: str
    levers: tuple[MovedLever, MovedLever]
    threshold: float
    borders: tuple[Border, ...]
    futures: int
    seed: int
