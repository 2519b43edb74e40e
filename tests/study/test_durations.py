"""How long something will take is read off a part of it: what is done once is not multiplied."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest

from foedus.study.durations import tell_duration, timed


@pytest.mark.parametrize(("once", "each"), [(0.1, 0.0), (0.02, 1e-4)])
def test_what_is_done_once_is_told_once(once: float, each: float) -> None:
    def run(count: int) -> Any:
        time.sleep(once + each * count)
        return SimpleNamespace(seconds={"compile": 0.0})

    told: list[float] = []
    tell_duration(told.append, run, 10_000)
    assert told[0] == pytest.approx(once + each * 10_000, rel=0.4, abs=0.15)


def test_a_few_futures_are_not_announced() -> None:
    told: list[float] = []
    tell_duration(told.append, lambda count: pytest.fail("nothing is run"), 1000)
    assert told == [] and timed(lambda: 3)[0] == 3
