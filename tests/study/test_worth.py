"""What finding something out is worth, held against models whose answer is known in closed form."""

from __future__ import annotations

import json
import math
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest
from tests.evidence.claim_records import record

from foedus import choose, collect, load, worth
from foedus.analysis.drivers import Ranks
from foedus.analysis.pieces import Pieces
from foedus.analysis.worth import further_report, learnt, single_index
from foedus.case import Case
from foedus.cli.main import main
from foedus.ensemble import Settings
from foedus.errors import InputError
from foedus.evidence.claim import Claim
from foedus.evidence.kernel import Kernel
from foedus.show.worth import choice_sentence, plan_sentence
from foedus.study.simulate import simulate_case

NORMAL = NormalDist()
LINEAR = """model m for 4 weeks step 1 week
param a : 1 ~ normal({a}, 2) "First unknown" because "judgement"
param b : 1 ~ normal(0, 1) "Second unknown" because "judgement"
param idle : 1 ~ normal(0, 1) because "judgement"
lever act : 1 from 0 to 1 = 0
scenario acts "One acts" {{ act = 1 }}
scenario both "One acts twice" {{ act = 0.5 }}
question payoff "What does it bring?" at the end value act * (a + b)
question sum "What is the sum?" at the end value a + b
"""


def case_of(folder: Path, text: str) -> Case:
    path = folder / "m.foedus"
    path.write_text(text)
    return load(str(path))


def value_of_knowing(mean: float, spread: float) -> float:
    """E max(0, X) − max(0, E X) of a normal X: what it is worth to know X before choosing between X and 0."""
    far = mean / spread
    return spread * NORMAL.pdf(far) + mean * NORMAL.cdf(far) - max(0.0, mean)


@pytest.mark.parametrize("mean", [-3.0, -0.5, 0.0, 1.0])
def test_a_linear_decision_has_the_value_of_its_closed_form(tmp_path: Path, mean: float) -> None:
    found = choose(case_of(tmp_path, LINEAR.format(a=mean)), "payoff", ["baseline", "acts"], "most", futures=20_000)
    assert found.best == ("acts" if mean > 0 else "baseline") or mean == 0
    assert found.everything.value.value == pytest.approx(
        value_of_knowing(mean, math.sqrt(5)), abs=4 * found.everything.value.error
    )
    gained = {row.item.name: row.gain for row in found.gained}
    for name, spread in (("a", 2.0), ("b", 1.0)):
        exact = value_of_knowing(mean, spread)
        if exact > 0.02:
            assert abs(gained[name].value.value - exact) < 4 * gained[name].value.error + 0.01, name
            chance = NORMAL.cdf(-abs(mean) / spread)
            assert gained[name].changes == pytest.approx(chance, abs=0.06), name
    assert "idle" not in gained


def test_the_value_of_a_decision_is_never_read_off_the_luck_that_its_rule_was_drawn_around(tmp_path: Path) -> None:
    """Knowing what does nothing is worth nothing: over twelve seeds neither clearly more nor clearly less."""
    case = case_of(tmp_path, LINEAR.format(a=0.0))
    for seed in range(12):
        found = choose(case, "payoff", ["baseline", "acts"], "most", futures=2000, seed=seed)
        assert all(row.item.name in ("a", "b") for row in found.gained)


def test_the_least_of_it_is_the_most_of_its_negative(tmp_path: Path) -> None:
    """With mean m, wanting the least of X over 0 is worth what wanting the most of −X is."""
    found = choose(case_of(tmp_path, LINEAR.format(a=1.0)), "payoff", ["acts", "baseline", "both"], "least", futures=20_000)
    assert found.best == "baseline" and [one.name for one in found.options] == ["acts", "baseline", "both"]
    assert found.options[0].brings.value == pytest.approx(1.0, abs=0.06) and found.options[0].behind.value == pytest.approx(
        1.0, abs=0.06
    )
    row = next(row for row in found.gained if row.item.name == "a")
    assert row.gain.value.value == pytest.approx(value_of_knowing(-1.0, 2.0), abs=4 * row.gain.value.error + 0.01)
    assert row.gain.value.value < found.everything.value.value


def test_what_is_no_choice_is_refused(tmp_path: Path) -> None:
    case = case_of(tmp_path, LINEAR.format(a=1.0))
    for options, want in ((["acts"], "most"), (["acts", "acts"], "least"), (["acts", "both"], "much")):
        with pytest.raises(InputError) as caught:
            choose(case, "payoff", options, want, futures=100)
        assert [one.code for one in caught.value.problems] == ["no-choice"]
    with pytest.raises(InputError) as caught:
        choose(case, "payoff", ["acts", "act"], "most", futures=100)
    assert [one.code for one in caught.value.problems] == ["unknown-scenario"]


def test_a_plan_narrows_a_sum_by_what_each_part_is_of_it(tmp_path: Path) -> None:
    plan = collect(case_of(tmp_path, LINEAR.format(a=0.0)), ["sum"], futures=10_000)["sum"]
    assert plan.doubt == pytest.approx(math.sqrt(5), abs=0.06) and plan.kind != "probability"
    first, second = plan.steps
    assert (first.item.name, second.item.name) == ("a", "b")
    assert first.learnt.share.value == pytest.approx(0.8, abs=0.02) and first.after == pytest.approx(1.0, abs=0.06)
    assert second.learnt.share.value == pytest.approx(0.2, abs=0.03) and second.after == pytest.approx(2.0, abs=0.06)
    assert first.learnt.high - first.learnt.low == pytest.approx(2 * 1.2816 * 2, rel=0.1)
    assert "“First unknown” exactly would narrow it from 2.2" in plan_sentence(plan)


def kernel(name: str, quality: float, width: float, **bound: float | str) -> Kernel:
    claim = Claim.__new__(Claim)
    object.__setattr__(claim, "id", name)
    return Kernel(
        claim, 0.0, width, str(bound.get("bound", "")), quality, float(bound.get("edge", 0.0)), float(bound.get("softness", 1.0))
    )


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ranks, np.ndarray, np.ndarray]:
    """Bins of 20,000 futures, and two independent standard normal numbers."""
    case = case_of(tmp_path_factory.mktemp("drawn"), LINEAR.format(a=0.0))
    ran = simulate_case(case, Settings(20_000, 3), case.scenarios(["baseline"]))
    rows = {slot.name: row for slot, row in zip(ran.program.parameters, ran.parameters, strict=True)}
    return Ranks(ran), rows["a"] / 2, rows["b"]


@pytest.mark.parametrize("width", [0.5, 1.0, 3.0])
def test_a_report_is_worth_what_the_closed_form_says(drawn: tuple[Ranks, np.ndarray, np.ndarray], width: float) -> None:
    """Of x + y, a report x + ε tells σx² / (σx² + σε²) of the part that x has."""
    ranks, x, y = drawn
    report = further_report(kernel("K1", 1 - 1e-12, width), x, 7)
    share = learnt(report[None], x + y, ranks).share
    assert share.value == pytest.approx(0.5 / (1 + width**2), abs=max(4 * share.error, 0.006))


def test_a_report_that_often_knows_nothing_is_worth_less(drawn: tuple[Ranks, np.ndarray, np.ndarray]) -> None:
    """A source that knows in half the cases, and is exact: E[x | report] = q · report, which explains q² of x."""
    ranks, x, y = drawn
    share = learnt(further_report(kernel("K2", 0.5, 1e-9), x, 7)[None], x + y, ranks).share
    assert share.value == pytest.approx(0.5 * 0.25, abs=4 * share.error)
    nothing = learnt(further_report(kernel("K3", 0.0, 0.1), x, 7)[None], x + y, ranks)
    assert not nothing.is_named and abs(nothing.share.value) < 0.002


def test_a_bound_tells_on_which_side_a_number_lies(drawn: tuple[Ranks, np.ndarray, np.ndarray]) -> None:
    """The sign of a standard normal number explains 2/π of it."""
    ranks, x, _ = drawn
    share = learnt(further_report(kernel("K4", 1 - 1e-12, 1.0, bound="lower", softness=1e-9), x, 7)[None], x, ranks).share
    assert share.value == pytest.approx(2 / math.pi, abs=4 * share.error + 0.005)


def test_several_reports_together_tell_what_each_adds(drawn: tuple[Ranks, np.ndarray, np.ndarray]) -> None:
    ranks, x, y = drawn
    rows = np.stack([further_report(kernel("K5", 1 - 1e-12, 1.0), x, 7), further_report(kernel("K6", 1 - 1e-12, 2.0), y, 7)])
    share = learnt(rows, x + y, ranks).share
    assert share.value == pytest.approx(0.5 / 2 + 0.5 / 5, abs=4 * share.error + 0.005)
    twice = learnt(np.stack([x, x]), x + y, ranks).share
    assert twice.value == pytest.approx(0.5, abs=0.02), "what is told twice counts once"
    assert np.array_equal(single_index(x[None], x + y, 20), x)


GROUPED = """model m for 4 weeks step 1 week
unit person
param crowd : person ~ claims "crowd" "Size of the crowd"
param other : person ~ normal(0, 300) because "judgement"
question size "How many?" at the end value crowd + other
question many "Are there many?" at the end true when crowd + other > 1000 person
"""


def grouped_in(folder: Path, text: str) -> Path:
    """A case on two claims: a good source, and a poor one."""
    folder.mkdir()
    (folder / "model.foedus").write_text(text)
    told = [("C1", "The good office", "A1", 1000), ("C2", "The poor office", "D4", 1100)]
    lines = [
        record(
            id=name,
            group="crowd",
            origin=who,
            grade=grade,
            paraphrase=f"There are {value} people.",
            source={"canonical": who, "type": "official", "mode": "direct"},
            quantity={"kind": "numeric", "qualifier": "about", "value": value, "unit": "person"},
        )
        for name, who, grade, value in told
    ]
    (folder / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


@pytest.fixture
def grouped(tmp_path: Path) -> Path:
    return grouped_in(tmp_path / "grouped", GROUPED)


def test_whom_to_ask_is_said_and_the_better_source_tells_more(grouped: Path) -> None:
    plan = collect(load(str(grouped)), ["size"], futures=10_000)["size"]
    claims = {step.item.name: step for step in plan.of("claim")}
    known = next(step for step in plan.of("parameter") if step.item.name == "crowd")
    assert claims["C1"].item.who == "The good office" and claims["C1"].item.about == ("Size of the crowd",)
    assert claims["C1"].item.said == "There are 1000 people."
    worse = claims["C2"].learnt.share.value if "C2" in claims else 0.0
    assert worse < claims["C1"].learnt.share.value < known.learnt.share.value
    assert plan.of("source")[0].item.name == "The good office"
    assert plan.of("source")[0].learnt.share == claims["C1"].learnt.share, "it has spoken of one thing"
    assert known.after < claims["C1"].after < plan.doubt


def test_the_command_says_a_plan_in_eighty_columns_and_as_json(grouped: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["worth", str(grouped), "many", "size", "-n", "4000"])
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "Ask “The good office” about “Size of the crowd”: it would narrow" in " ".join(said.split())
    main(["worth", str(grouped), "many", "-n", "4000", "--json"])
    document = json.loads(capsys.readouterr().out)
    plan = document["plans"]["many"]
    assert plan["doubt"]["measure"] == "brier_score" and plan["doubt"]["value"] == pytest.approx(
        plan["answer"] * (1 - plan["answer"])
    )
    for one in (*plan["parameters"], *plan["claims"], *plan["sources"]):
        assert (
            one["to"] == pytest.approx(one["from"] * (1 - one["share"]))
            and one["would_lie"][0] <= plan["answer"] <= one["would_lie"][1]
        )
    subjects = {one["subject"] for one in document["questions"]["many"]}
    assert subjects == {"crowd", "other"} and document["questions"]["many"][0]["label"]


def test_the_command_says_what_it_is_worth_to_learn_before_a_choice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case_of(tmp_path, LINEAR.format(a=0.5))
    words = [
        "worth",
        str(tmp_path / "m.foedus"),
        "payoff",
        "--choose",
        "baseline",
        "--choose",
        "acts",
        "--want",
        "most",
        "-n",
        "4000",
    ]
    main(words)
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "“One acts” does best as things stand" in " ".join(said.split())
    main([*words, "--json"])
    found = json.loads(capsys.readouterr().out)["choices"]["payoff"]
    assert found["best"] == "acts" and [one["name"] for one in found["parameters"]] == ["a", "b"]
    with pytest.raises(SystemExit) as stop:
        main(words[:5])
    assert stop.value.code == 1 and "[no-choice]" in capsys.readouterr().err


def test_where_options_never_change_places_nothing_is_worth_waiting_for(tmp_path: Path) -> None:
    text = LINEAR.format(a=0.0).replace("act * (a + b)", "act + a")
    found = choose(case_of(tmp_path, text), "payoff", ["baseline", "acts", "both"], "most", futures=1000)
    assert found.gained == () and found.everything.value.value == 0 and found.best == "acts"
    assert choice_sentence(found).endswith("nothing is worth waiting for.")


def test_two_parameters_of_one_group_that_hang_together_are_not_counted_twice(tmp_path: Path) -> None:
    text = GROUPED.replace("param other", 'param twin : person ~ claims "crowd"\ncorrelate crowd with twin at 0.9\nparam other')
    folder = grouped_in(tmp_path / "twins", text.replace("crowd + other", "crowd + twin + other"))
    found = {one.subject: one for one in worth(load(str(folder)), ["size"], futures=10_000)["size"]}
    assert set(found["crowd"].parameters) == {"crowd", "twin"}
    assert found["crowd"].share + found["other"].share == pytest.approx(1, abs=0.03)


OTHER = """model m as of 2024-01-01 for 10 weeks step 1 week
param a : 1 ~ uniform(0, 1) "Haste" because "judgement"
lever act : 1 from 0 to 1 = 0
scenario acts "One acts" { act = 1 }
question met "When is it met?" first time a + 0.1 * act > 0.5 by 2024-03-01
question rare "Of some?" at the end value a given act > 0.5
question none_of "Of none?" at the end true when a > 0.5 given a > 2
"""


def test_of_a_date_it_is_wanted_that_it_comes(tmp_path: Path) -> None:
    found = choose(case_of(tmp_path, OTHER), "met", ["baseline", "acts"], "most", futures=4000)
    assert found.kind == "probability" and found.best == "acts" and found.gained == ()
    assert [one.brings.value for one in found.options] == pytest.approx([0.5, 0.6], abs=0.03)
    assert found.options[0].behind.value == pytest.approx(0.1, abs=0.02)


def test_options_are_compared_where_the_question_applies_to_all(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        choose(case_of(tmp_path, OTHER), "rare", ["baseline", "acts"], "most", futures=200)
    assert [one.code for one in caught.value.problems] == ["too-few-futures"]


def test_of_a_question_that_applies_to_no_future_nothing_is_said(tmp_path: Path) -> None:
    plan = collect(case_of(tmp_path, OTHER), ["none_of"], futures=200)["none_of"]
    assert plan.steps == () and plan.futures == 0 and math.isnan(plan.answer)
    assert plan_sentence(plan) == "“Of none?” applies to no future."


@pytest.mark.parametrize("spread", [0.5, 1.0, 1.5])
def test_a_heavy_tail_is_explained_to_its_end(spread: float) -> None:
    """y = exp(s z) + ε: z explains all but the noise, also of what lies within the last twentieth."""
    generator = np.random.default_rng(5)
    z, noise = generator.standard_normal((2, 20_000))
    x = np.exp(spread * z)
    share, error = Pieces(z, x + noise, 20).share(np.arange(20_000) % 20)
    exact = np.var(x) / (np.var(x) + 1)
    assert share == pytest.approx(exact, abs=4 * error + 0.03 * spread)
    straight, _ = Pieces(x, x + noise, 20).share(np.arange(20_000) % 20)
    assert straight == pytest.approx(exact, abs=0.01)


def test_what_explains_nothing_has_a_share_that_chance_leaves_at_nought() -> None:
    generator = np.random.default_rng(6)
    shares = [Pieces(*generator.standard_normal((2, 2000)), 20).share(np.arange(2000) % 20)[0] for _ in range(200)]
    assert np.quantile(shares, 0.9) < 2 * math.sqrt(2 * 39) / 2000


def test_pieces_fit_a_broken_line_and_predict_what_they_have_not_seen() -> None:
    x = np.linspace(0, 1, 1000)
    y = np.where(x < 0.5, x, 2 - 3 * x)
    pieces = Pieces(x, y, 20)
    assert pieces.fitted() == pytest.approx(y - y.mean(), abs=1e-9) and pieces.predicted() == pytest.approx(
        y - y.mean(), abs=1e-9
    )
    assert pieces.share(np.arange(1000) % 20) == pytest.approx((1.0, 0.0), abs=1e-9)
    constant = Pieces(np.zeros(1000), y, 20)
    assert np.isfinite(constant.fitted()).all()
