"""The Ardennes campaign by day: strengths and losses of both sides as one weighted number each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foedus.arrays import Array
from foedus.fit.tables import columns_of

__all__ = ["PERIODS", "WEIGHTS", "Campaign", "between", "read_campaign"]

WEIGHTS = {"total": 1.0, "tank": 20.0, "apc": 5.0, "art": 40.0}
PERIODS = {"days 1-32": (1, 32), "days 1-10": (1, 10), "days 11-32": (11, 32)}


@dataclass(frozen=True)
class Campaign:
    """Strengths and losses in weighted men: a man 1, a tank 20, an armoured carrier 5, a gun 40.

    Attributes:
        day: day of the campaign; (day,).
        blue, red: Allied and German strength; (day,); weighted men.
        blue_lost, red_lost: losses of the day; (day,); weighted men.
    Source: Bracken 1995, Naval Research Logistics 42.
    """

    day: Array
    blue: Array
    red: Array
    blue_lost: Array
    red_lost: Array

    @property
    def log_odds(self) -> Array:
        """log(red / blue), the advantage of the Germans."""
        return np.log(self.red / self.blue)

    @property
    def log_losses(self) -> Array:
        """log(blue_lost / red_lost), the disadvantage of the Allies."""
        return np.log(self.blue_lost / self.red_lost)


def read_campaign(path: Path, sortie_weight: float = 0.0) -> Campaign:
    """Read the table of a campaign.

    Args:
        path: a CSV file with columns such as `blue_avail_tank`.
        sortie_weight: what a sortie of the day adds to the strength; weighted men.
    """
    parts = {
        f"{side}_{state}_{kind}": weight
        for side in ("blue", "red")
        for state in ("avail", "killed")
        for kind, weight in WEIGHTS.items()
    }
    found = columns_of(path, ("day", *parts, "blue_air_sorties", "red_air_sorties"))

    def total(prefix: str) -> Array:
        weighted: Array = np.sum([weight * found[name] for name, weight in parts.items() if name.startswith(prefix)], axis=0)
        return weighted

    air = {side: sortie_weight * found[f"{side}_air_sorties"] for side in ("blue", "red")}
    return Campaign(
        found["day"],
        total("blue_avail") + air["blue"],
        total("red_avail") + air["red"],
        total("blue_killed"),
        total("red_killed"),
    )


def between(campaign: Campaign, first: int, last: int) -> Campaign:
    """The days from `first` to `last`, both included."""
    kept = (campaign.day >= first) & (campaign.day <= last)
    return Campaign(
        campaign.day[kept], campaign.blue[kept], campaign.red[kept], campaign.blue_lost[kept], campaign.red_lost[kept]
    )
