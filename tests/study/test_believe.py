"""What one would have to believe: closed forms come out, errors hold, what is out of reach is said, claims against it are named."""

from __future__ import annotations

import dataclasses
import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from scipy.stats import norm

import foedus
from foedus.analysis.belief import Believed
from foedus.analysis.tilt import guide, tilt, weighted_quantile
from foedus.case import Case, load
from foedus.cli.main import foedus as command
from foedus.errors import InputError
from foedus.show.believe import believe_sentence
from foedus.study.believe import stated_value

HEAD = "model m for 4 weeks step 1 week\nunit person\nstock s : 1 = 0 signed\n"
NORMAL = (
    'param a : 1 ~ normal(0, 1) because "x"\nparam b : 1 ~ normal(10, 2) because "x"\nparam c : 1 ~ normal(0, 1) because "x"\n'
)


def case_of(folder: Path, text: str) -> Case:
    (folder / "m.foedus").write_text(HEAD + text)
    return load(str(folder / "m.foedus"))


def shifts(found: Believed) -> dict[str, float]:
    return {move.parameter: move.shift.value for move in found.moves}


def test_tilted_normal_means(tmp_path: Path) -> None:
    """Of a + b with variances 1 and 4, three more: by 3/5 and 12/5 in their units, 0.6 and 1.2 in standard ones; 3² / (2 · 5) nats."""
    found = foedus.believe(case_of(tmp_path, NORMAL + "question q at the end value a + b\n"), "q", 13, futures=40_000)
    moved = shifts(found)
    assert (moved["a"], moved["b"], moved["c"]) == pytest.approx((0.6, 1.2, 0.0), abs=0.03)
    assert [move.parameter for move in found.moves] == ["b", "a", "c"] and len(found.clear) == 2
    assert found.moves[0].after - found.moves[0].before == pytest.approx(2.4, abs=0.1)
    assert found.entropy == pytest.approx(0.9, abs=0.04) and found.surprise == pytest.approx(3 / 5**0.5, abs=0.03)
    assert found.effective == pytest.approx(40_000 * math.exp(-9 / 5), rel=0.1) and not found.has_luck


def test_luck_keeps_its_law(tmp_path: Path) -> None:
    """With noise the priors carry the whole difference, as if there were none: weighting the answer itself would give them 5/14 of it."""
    text = NORMAL + "noise wobble : 1 ~ normal(0, 3) every week\nquestion q at the end value a + b + wobble\n"
    found = foedus.believe(case_of(tmp_path, text), "q", 11.5, futures=40_000)
    assert found.has_luck
    assert (shifts(found)["a"], shifts(found)["b"]) == pytest.approx((0.3, 0.6), abs=0.03)
    assert found.entropy == pytest.approx(1.5**2 / 10, abs=0.03)


def test_from_few_futures_nothing_is_told_rather_than_that_nothing_moves(tmp_path: Path) -> None:
    text = NORMAL + "noise wobble : 1 ~ normal(0, 8) every week\nquestion q at the end value a + b + wobble\n"
    few = foedus.believe(case_of(tmp_path, text), "q", 12, futures=400)
    assert not few.clear and "cannot be told from so few futures" in believe_sentence(few)
    sure = foedus.believe(case_of(tmp_path, NORMAL + "question q at the end value a + b\n"), "q", 10.0, futures=4_000)
    assert not sure.clear and sure.is_as_it_is and "nothing has to be believed" in believe_sentence(sure)
    near = dataclasses.replace(sure, stated=10.2, error=0.01)
    assert not near.is_as_it_is and "no prior would have to move by as much as shows here" in believe_sentence(near)


def test_a_chance_without_luck_is_jeffreys_rule(tmp_path: Path) -> None:
    """80 % where a > 0 has 50 %: four fifths of the one half and one fifth of the other; D = log 2 + 0.8 log 0.8 + 0.2 log 0.2."""
    found = foedus.believe(case_of(tmp_path, NORMAL + "question q at the end true when a > 0\n"), "q", "80 %", futures=20_000)
    assert shifts(found)["a"] == pytest.approx(0.6 * 2 * norm.pdf(0), abs=0.01)
    assert found.entropy == pytest.approx(math.log(2) + 0.8 * math.log(0.8) + 0.2 * math.log(0.2), abs=0.01)


def test_the_weighted_futures_have_the_stated_answer_exactly() -> None:
    rng = np.random.default_rng(0)
    scores = rng.standard_normal((3, 5000))
    for values in (scores[0] ** 2 + scores[1], (scores[0] + rng.standard_normal(5000) > 0.3).astype(float)):
        for stated in (values.mean() * 0.8, values.mean() * 1.2):
            for along in (values - stated, guide(scores, values - stated)):
                found = tilt(values - stated, along)
                assert found.is_there and found.weights.sum() == pytest.approx(1, abs=1e-12)
                assert float(found.weights @ values) == pytest.approx(stated, abs=1e-9)


def test_no_other_weights_are_nearer() -> None:
    rng = np.random.default_rng(3)
    gap = rng.standard_normal(400) - 0.5
    found = tilt(gap, gap, fewest=10)
    for _ in range(50):
        other = found.weights * np.exp(0.3 * rng.standard_normal(400))
        other /= other.sum()
        there = tilt(gap, gap, fewest=1)  # moved back to the stated answer by its own tilt
        slopes = np.linspace(-3, 3, 2001)
        means = np.array([(other * np.exp(one * gap)) @ gap for one in slopes])
        other = other * np.exp(slopes[np.argmin(np.abs(means))] * gap)
        other /= other.sum()
        assert float(other @ np.log(other * 400)) > there.entropy - 1e-3


def test_errors_are_those_of_the_shifts(tmp_path: Path) -> None:
    text = NORMAL + "noise wobble : 1 ~ normal(0, 2) every week\nquestion q at the end true when a + 0.5 * c + wobble > 1\n"
    case, found, told = case_of(tmp_path, text), [], []
    for seed in range(60):
        moves = {move.parameter: move.shift for move in foedus.believe(case, "q", 0.42, futures=1500, seed=seed).moves}
        found.append([moves[name].value for name in "abc"])
        told.append([moves[name].error for name in "abc"])
    ratio = np.sqrt(np.mean(np.square(told), axis=0)) / np.std(found, axis=0)
    assert (ratio > 0.7).all() and (ratio < 1.4).all()


def test_a_question_of_a_part_of_the_futures(tmp_path: Path) -> None:
    """λ is 0.5, and the half to which it applies weighs exp(-1/8) of the other one."""
    found = foedus.believe(case_of(tmp_path, NORMAL + "question q at the end value a given c > 0\n"), "q", 0.5, futures=40_000)
    part = math.exp(-1 / 8) / (1 + math.exp(-1 / 8))
    assert shifts(found)["a"] == pytest.approx(0.5 * part, abs=0.01)
    assert shifts(found)["c"] == pytest.approx((2 * part - 1) * 2 * norm.pdf(0), abs=0.01)


def claimed(folder: Path) -> Case:
    claim = {
        "id": "A1",
        "ctype": "quantity",
        "modality": "actual",
        "polarity": "+",
        "region": "body",
        "relevance": 2,
        "source": {"canonical": "the ministry", "type": "official", "mode": "direct"},
        "hedge": {"class": "asserted"},
        "group": "how many",
        "paraphrase": "There are a hundred.",
        "origin": "s",
        "grade": "A1",
        "graded_because": "g",
        "published": "2024-01-01",
        "status": "accepted",
        "quantity": {"kind": "numeric", "qualifier": "about", "value": 100, "unit": "person"},
    }
    (folder / "ledger.jsonl").write_text(json.dumps(claim) + "\n")
    (folder / "model.foedus").write_text(
        "model m as of 2024-02-01 for 4 weeks step 1 week\nunit person\nstock s : 1 = 0 signed\n"
        'param told : person ~ claims "how many"\nquestion q "How many?" at the end value told\n'
        'question over "Far more?" at the end true when told > 123 person\n'
    )
    return load(str(folder))


def test_claims_are_contradicted_where_their_interval_is_left(tmp_path: Path) -> None:
    case = claimed(tmp_path)
    low, high = case.pools.laws["told"].quantile(np.array([0.05, 0.95]))
    inside, beyond = (foedus.believe(case, "over", value, futures=20_000) for value in ("30 %", "80 %"))
    assert inside.contradicts == () and inside.moves[0].claims == "how many"
    (one,) = beyond.contradicts
    assert one.group == "how many" and one.interval == pytest.approx((low, high)) and one.median > high
    assert one.claims == (("A1", "There are a hundred. (the ministry)"),)
    shown = CliRunner().invoke(command, ["believe", str(tmp_path), "over", "80", "%"])
    text = " ".join(shown.output.split())
    assert (
        shown.exit_code == 0
        and "It contradicts the claims on “how many”." in text
        and "There are a hundred. (the ministry)" in text
    )


def test_what_is_stated_is_read_in_the_unit_of_the_question(tmp_path: Path) -> None:
    case = claimed(tmp_path)
    slot = case.program.results[0]
    assert [stated_value(case, slot, told) for told in (120, "120", "1_200 person", "1,200", "1e3")] == [
        120,
        120,
        1200,
        1200,
        1000,
    ]


@pytest.mark.parametrize(
    "stated, question",
    [
        ("many", "q"),
        ("3 weeks", "q"),
        ("3 furlongs", "q"),
        ("120 %", "p"),
        ("80", "p"),
        ("0", "p"),
        ("1", "p"),
        ("3 person", "p"),
        ("", "p"),
        ("nan", "q"),
        ("1e999", "q"),
    ],
)
def test_what_is_no_answer_is_refused(tmp_path: Path, stated: str, question: str) -> None:
    case = case_of(
        tmp_path,
        'param n : person ~ normal(5, 1) because "x"\nquestion q at the end value n\nquestion p at the end true when n > 5 person\n',
    )
    with pytest.raises(InputError) as caught:
        foedus.believe(case, question, stated, futures=500)
    assert [problem.code for problem in caught.value.problems] == ["bad-answer"]


@pytest.mark.parametrize(
    "text, stated",
    [
        ("question q at the end value a\n", 4.5),
        ("question q at the end value max(-1, min(1, a))\n", 3),
        ("noise w : 1 ~ normal(0, 3) every week\nquestion q at the end true when w > 0\n", 0.9),
        ("noise w : 1 ~ normal(0, 3) every week\nquestion q at the end true when a + w > 0\n", 0.999),
        ("question q at the end value 3\n", 4),
        ("question q at the end value a given a > 9\n", 4),
    ],
)
def test_what_no_priors_lead_to_is_out_of_reach(tmp_path: Path, text: str, stated: float) -> None:
    with pytest.raises(InputError) as caught:
        foedus.believe(case_of(tmp_path, NORMAL + text), "q", stated, futures=2000)
    assert [problem.code for problem in caught.value.problems] == ["out-of-reach"]


@pytest.mark.parametrize(("stated", "word"), [(4.5, "at most"), (-4.5, "at least")])
def test_what_is_out_of_reach_is_told_from_its_own_side(tmp_path: Path, stated: float, word: str) -> None:
    """What is stated above the answer is not reached from below, and the other way round; mean and median are both named."""
    with pytest.raises(InputError) as caught:
        foedus.believe(case_of(tmp_path, NORMAL + "question q at the end value a\n"), "q", stated, futures=2000)
    message = caught.value.problems[0].message
    assert message.endswith(f"{word}.") and "the mean of “q”" in message and "its median is" in message
    near = float(message.rsplit(" ", 3)[1].replace("−", "-"))
    assert 0 < near / stated < 1


@pytest.mark.parametrize(("stated", "word", "side"), [("30 %", "at most", 1), ("0.1 %", "at least", -1)])
def test_a_chance_that_is_luck_alone_is_bounded_on_the_side_that_was_asked(
    tmp_path: Path, stated: str, word: str, side: int
) -> None:
    """Priors that tell nothing of it lead nowhere, or a little the other way: the bound never lies behind the answer."""
    text = NORMAL + "noise w : 1 ~ normal(0, 3) every week\nquestion q at the end true when w > 7.2\n"
    for seed in range(2):
        with pytest.raises(InputError) as caught:
            foedus.believe(case_of(tmp_path, text), "q", stated, futures=500, seed=seed)
        message = caught.value.problems[0].message
        assert message.endswith(f"{word}.")
        answer, near = (float(one) for one in re.findall(r"(?:it is|comes to) ([\d.]+) %", message))
        assert side * (near - answer) >= 0


def test_of_a_date_the_chance_that_it_comes_is_stated(tmp_path: Path) -> None:
    case = case_of(tmp_path, NORMAL + "flow f : outside -> s = max(0, a) per week\nquestion q first time s > 1\n")
    found = foedus.believe(case, "q", "80 %", futures=5000)
    assert found.kind == "probability" and 0 < found.answer < 0.5 and shifts(found)["a"] > 0.5


def test_a_weighted_quantile_counts_weight() -> None:
    assert weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), 0.5) == 1
    assert weighted_quantile(np.array([3.0, 1.0, 2.0]), np.array([0.2, 0.5, 0.3]), 0.51) == 2


def test_the_command_prints_a_sentence_a_table_and_json(tmp_path: Path) -> None:
    case_of(
        tmp_path,
        NORMAL.replace("because", '"The slope of it all" because', 1) + 'question q "How steep?" at the end value a - c\n',
    )
    arguments = ["believe", str(tmp_path / "m.foedus"), "q", "-1.5", "-n", "3000"]
    shown = CliRunner().invoke(command, arguments)
    text = " ".join(shown.output.split())
    assert shown.exit_code == 0 and max(map(len, shown.output.splitlines())) <= 80
    assert (
        "For the mean of the answer to “How steep?” to be −1.50 instead of" in text
        and "“The slope of it all” lower" in text
        and "surprising" in text
        and "◀" in shown.output
    )
    document = json.loads(CliRunner().invoke(command, [*arguments, "--json"]).output)
    assert document["stated"] == -1.5 and document["moves"][0]["parameter"] in ("a", "c")
    assert {move["parameter"]: move["shift"] for move in document["moves"]}["a"] == pytest.approx(-0.75, abs=0.1)
    assert document["contradicts"] == [] and document["relative_entropy"] == pytest.approx(1.5**2 / 4, abs=0.1)


def test_a_mean_that_a_few_futures_carry_is_refused(tmp_path: Path) -> None:
    text = 'param a : 1 ~ lognormal(0, 6) because "judgement"\nquestion q "How many?" at the end value a\n'
    with pytest.raises(InputError) as caught:
        foedus.believe(case_of(tmp_path, text), "q", 5, futures=1000)
    (problem,) = caught.value.problems
    assert problem.code == "few-carry" and "the mean of the answer to “How many?” is carried by about" in problem.message
    assert "its median is" in problem.help


def test_a_mean_whose_variance_a_few_futures_carry_is_refused(tmp_path: Path) -> None:
    """Enough futures have a part in the mean, but what varies is that of a few: a regression on priors sees those few."""
    text = 'param a : 1 ~ lognormal(0, 2.5) because "judgement"\nquestion q "How many?" at the end value a\n'
    with pytest.raises(InputError) as caught:
        foedus.believe(case_of(tmp_path, text), "q", 30, futures=10_000)
    (problem,) = caught.value.problems
    assert problem.code == "few-carry" and "the variance of the answer to “How many?” is carried by about" in problem.message


def test_a_bound_is_told_finer_than_what_it_falls_short_of(tmp_path: Path) -> None:
    """Not "no priors lead to 40 %: it comes to 40 % at most"."""
    text = 'param a : 1 ~ normal(0, 1) because "x"\nnoise w : 1 ~ normal(0, 1) every week\nquestion q "So?" at the end true when a + w > 2\n'
    case, reached = case_of(tmp_path, text), 0.95
    for _ in range(2):  # far above, then a hair above what is reached
        with pytest.raises(InputError) as caught:
            foedus.believe(case, "q", reached, futures=1000)
        message = caught.value.problems[0].message
        wanted, told = re.findall(r"(?:to) ([\d.]+) %", message)[:2]
        assert wanted != told and float(told) < float(wanted), message
        reached = float(told) / 100 + 0.002
