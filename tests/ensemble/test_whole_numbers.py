"""What counts is a whole number, whoever hands it in: half a future is none, and half a seed is not the seed before it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from foedus.case import load
from foedus.ensemble import Settings
from foedus.errors import InputError
from foedus.study.replay import replay


@pytest.mark.parametrize("name", ["futures", "seed", "threads", "chunk", "trajectories"])
@pytest.mark.parametrize("value", [1.5, 2.0, "3", None, np.float64(4)])
def test_what_is_no_whole_number_is_refused(name: str, value: Any) -> None:
    with pytest.raises(InputError) as refused:
        Settings(**{name: value})
    assert refused.value.problems[0].code == f"bad-{name}" and repr(value) in str(refused.value)


def test_whole_numbers_of_any_kind_are_taken() -> None:
    assert Settings(futures=np.int64(5), seed=np.uint32(7)).futures == 5


@pytest.mark.parametrize("future", [3.5, 3.0, -1])
def test_a_replay_is_of_a_whole_future(future: Any) -> None:
    with pytest.raises(InputError, match="bad-future"):
        replay(load("lanchester_linear"), future)
