"""A small case with two series, events and a decision, for questions of short horizon and registers of forecasts."""

from __future__ import annotations

import datetime
from pathlib import Path

import numpy as np

__all__ = ["write_queue"]

MODEL = """\
model m "A queue" as of 2024-01-01 for 40 weeks step 1 week
unit person
actor board
param pace : person/week ~ 80 to 120 because "judgement"
noise luck : 1 ~ lognormal(0, 0.1) every week
let arrivals : person/week = pace * luck "Arrivals"
stock waiting : person = 500 "People who wait"
flow come : outside -> waiting = arrivals
flow seen : waiting -> outside = waiting / 5 week
event strike at rate 1 per year "A strike begins"
event inner at rate 1 per year
event fair on 2024-03-01 "The fair"
decision more "Whether the board hires" by board every 4 weeks from 2024-02-15 once
  no : 0,
  yes : -2
series arrived : person/week from "arrivals.csv" column "n" of arrivals "Arrivals in a week"
series queue : person from "queue.csv" column "n" of waiting "People who wait, at the end of a week"
observe queue as normal(10 person) because "counted by hand"
question long "Do more than 600 wait on 1 July?" on 2024-07-01 true when waiting > 600 person
question many from 2024-01-01 to 2024-04-01 total arrivals in person
"""


def write_queue(folder: Path, *, until: str = "2024-01-01") -> Path:
    """Write the case; its series know the weeks up to a day. The rows of a day are the same whatever the day up to which they go."""
    folder.mkdir(exist_ok=True)
    draws = np.random.default_rng(1)
    day, waiting, rows = datetime.date(2023, 6, 5), 450.0, []
    while day <= datetime.date(2024, 6, 1):
        arrived = 100 + 12 * draws.standard_normal()
        waiting += arrived - waiting / 5
        rows.append((day.isoformat(), arrived, waiting))
        day += datetime.timedelta(7)
    kept = [row for row in rows if row[0] <= until]
    (folder / "arrivals.csv").write_text("date,n\n" + "".join(f"{day},{arrived:.1f}\n" for day, arrived, _ in kept))
    (folder / "queue.csv").write_text("date,n\n" + "".join(f"{day},{waiting:.0f}\n" for day, _, waiting in kept))
    (folder / "model.foedus").write_text(MODEL)
    return folder
