"""What is the same in every future has nothing to narrow it, and what only luck moves hangs on no parameter."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console

from foedus.analysis.indices import VarianceIndex
from foedus.analysis.variance import Cause, Why
from foedus.case import load
from foedus.show.why import why_sentence, why_view
from foedus.show.worth import plan_sentence
from foedus.study.collect import collect


def test_a_constant_answer_hangs_on_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(
        'model m for 4 weeks step 1 week\nparam a : 1 ~ 0 to 1 because "judgement"\nlever desks : 1 from 0 to 9 = 3\n'
        'question q "How many desks?" at the end value desks + 0 * a\n'
    )
    told = plan_sentence(collect(load(str(path)), ["q"], futures=500)["q"])
    assert "the same in every future" in told and "luck" not in told


@pytest.mark.parametrize(("assumed", "is_named"), [(0.03, False), (0.2, True)])
def test_what_is_within_its_error_is_not_named(assumed: float, is_named: bool) -> None:
    rate = Cause(("rate",), "Storm rate", "assumed", VarianceIndex(0.007, 0.017), VarianceIndex(0.28, 0.027))
    still = Cause(("idle",), "Colour", "assumed", VarianceIndex(0.0, 0.02), VarianceIndex(0.0, 0.0))
    small = Cause(("small",), "Wind", "assumed", VarianceIndex(0.0, 0.02), VarianceIndex(0.001, 0.002))
    errors = {"evidence": 0.0, "parameters": 0.027, "luck": 0.027}
    found = Why(
        "q", 2000, 13, 0.0, assumed, 1 - assumed, 0.0, errors, 1.0, (rate, small, still), "Will it?", 2000.0, "probability"
    )
    assert ("hangs most on “Storm rate”" in why_sentence(found)) == is_named
    console = Console(width=80, record=True)
    console.print(why_view(found))
    assert "1 more moves it within its error." in " ".join(console.export_text().split())
