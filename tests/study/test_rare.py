"""What hardly ever comes, or nearly always: commands that cannot tell of it say so in words, and how many futures would do."""

from __future__ import annotations

import re

import numpy as np
import pytest

import foedus
from foedus.analysis.enough import HALVES, would_do
from foedus.analysis.tails import CARRIERS
from foedus.case import Case, load
from foedus.errors import InputError
from foedus.show.why import why_sentence
from foedus.show.worth import plan_sentence
from foedus.study.collect import collect

MODEL = """model m for 4 weeks step 1 week
param a : 1 ~ uniform(0, 1) "The size" because "judgement"
question q "Will it break?" at the end true when a > 0.99
question holds "Will it hold?" at the end true when a < 0.99
question size "How large?" at the end value a
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path = tmp_path_factory.mktemp("m") / "m.foedus"
    path.write_text(MODEL)
    return load(str(path))


@pytest.mark.parametrize(("needed", "share"), [(20, 0.01), (50, 0.02), (50, 0.3)])
def test_as_many_futures_as_are_named_do_but_for_luck(needed: int, share: float) -> None:
    rng = np.random.default_rng(0)
    told = would_do(1000, 1000 * share, needed)
    assert (rng.binomial(told, share, 2000) >= needed).mean() > 0.95 and told < 2.2 * needed / share
    assert would_do(1000, 0, needed) == 0


@pytest.mark.parametrize("question", ["q", "holds"])
def test_of_a_chance_no_chance_is_to_be_asked_instead(case: Case, question: str) -> None:
    few, plan = foedus.why(case, question, futures=300), collect(case, [question], futures=300)[question]
    for told in (why_sentence(few), plan_sentence(plan)):
        assert "one of its two answers is so rare that about 3 futures of 300 carry its variance" in told
        assert "Ask about a chance" not in told and "n/a" not in told and "long tail" not in told
        needs = int(re.findall(r"\(-n (\d+)\)", told)[0])
        assert needs == would_do(300, few.carriers, CARRIERS)
    assert foedus.why(case, question, futures=needs).is_carried and collect(case, [question], futures=needs)[question].is_carried


@pytest.mark.parametrize("command", [foedus.redteam, foedus.discover])
@pytest.mark.parametrize(
    ("question", "comes"), [("q", "“Will it break?”, it comes true in 12 of"), ("holds", "“Will it hold?”, it")]
)
def test_what_too_few_futures_tell_is_refused_in_words(case: Case, command, question: str, comes: str) -> None:
    with pytest.raises(InputError) as caught:
        command(case, question, futures=1000)
    (problem,) = caught.value.problems
    assert problem.code == "too-few-futures" and f"`{question}`" not in problem.message
    assert f"of {comes}" in problem.message and "of 1,000 futures, and in one half of them in" in problem.message
    fewest = int(re.findall(r"one half of them in (?:only|all but) (\d+):", problem.message)[0])
    needs = would_do(1000, fewest, HALVES)
    assert f"Run about {needs:,} futures (-n {needs})" in problem.help
    command(case, question, futures=needs)
