"""Where in a run a value is computed: the numbers of the places that a program always has. Blocks on a schedule take those from 1 on."""

from __future__ import annotations

__all__ = ["CAPTURE", "CHARTS", "FINISH", "SAVE", "START", "STEP"]

FINISH, START, STEP = -2, -1, 0
SAVE = 100_000  # what is kept of trajectories
CHARTS = 150_000  # what charts show; it finds the states as the step does
CAPTURE = 200_000  # what questions look at on a date
