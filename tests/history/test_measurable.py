"""What is observed must be something that its declared error can tell."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.errors import InputError
from foedus.history.past import past_of

from .calibration_models import LOGISTIC, weeks, written


@pytest.mark.parametrize(
    ("error", "value", "is_refused"),
    [
        ("lognormal(0.1)", 0.0, True),
        ("lognormal(0.1)", -3.0, True),
        ("counts(0.1)", 0.0, False),
        ("counts(0.1)", -1.0, True),
        ("normal(2)", 0.0, False),
        ("asinh(5, 0.2)", -3.0, False),
        ("lognormal(0.1)", np.nan, False),
    ],
)
def test_a_value_that_an_error_rules_out_is_refused(tmp_path: Path, error: str, value: float, is_refused: bool) -> None:
    text = LOGISTIC.replace("lognormal(0.1)", error)
    case = written(tmp_path / "case", text, {"counted": [5.0, 7.0, value, 12.0]}, weeks("2024-01-08", 4))
    if not is_refused:
        assert past_of(case).count == 4 - np.isnan(value)
        return
    with pytest.raises(InputError, match="2024-01-22") as caught:
        past_of(case)
    assert caught.value.problems[0].code == "not-measurable"
