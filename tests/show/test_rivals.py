"""Rival structures beside answers and differences: known values, and the same words on every surface."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console

from foedus.analysis.finding import Answer, Finding, RivalAnswer
from foedus.case import Case, load
from foedus.cli.main import main
from foedus.errors import RunError
from foedus.page.build import page_html
from foedus.show.document import finding_document
from foedus.show.judgements import judgements_of
from foedus.show.ranking import over_words
from foedus.show.report import report_html
from foedus.show.structures import structure_rows, structures_note
from foedus.show.table import answer_table
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.rivals import rival_futures, run_rivals
from foedus.study.why import why

MODEL = """model m as of 2024-01-01 for 8 weeks step 1 week
param harm : 1 ~ uniform(0, 2) because "judgement"
param law : 1 = 1 "How much harm the push does, against as thought"
param base : 1 = 10
param tossed : 1 = 0
lever push : 1 from 0 to 1 = 0
noise luck_a : 1 ~ normal(0, 1) every 100 week
noise luck_b : 1 ~ normal(0, 1) every 100 week
let level : 1 = base + harm * push * law + if tossed > 0.5 then luck_b else luck_a
question level "How high?" at the end value level called "the level"
question high "Will it be high?" at the end true when level > 10 called "a high level"
question never "Will it be very high, once it is out of bounds?" at the end true when level > 10 given level > 100
scenario pushed "Pushed" { push = 1 }
headline "What does the push do?" compare baseline with pushed on level, high
variant higher "It stands higher anyway" weight 30 % { base = 12 } because "two of seven readers"
variant harmless "The push does nothing" weight 20 % { law = 0 } because "judgement: one reader"
variant tossed_anew "The same with other luck" weight 10 % { tossed = 1 } because "it is a placebo"
"""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path: Path = tmp_path_factory.mktemp("case") / "m.foedus"
    path.write_text(MODEL)
    return load(str(path))


@pytest.fixture(scope="module")
def found(case: Case) -> Finding:
    return make_finding(case, run_futures(case, 4000), rivals=run_rivals(case, 4000, 0))


def answer(found: Finding, question: str, scenario: str = "baseline") -> Answer:
    return next(one for one in found.questions if one.name == question).answers[scenario]


def rival(found: Finding, question: str, name: str, scenario: str = "baseline") -> RivalAnswer:
    return next(one for one in answer(found, question, scenario).rivals if one.name == name)


def test_each_variant_answers_under_each_scenario(found: Finding) -> None:
    higher, pushed = rival(found, "level", "higher"), rival(found, "level", "higher", "pushed")
    assert higher.shift == pytest.approx(2, abs=1e-12) and higher.effect is None
    assert pushed.shift == pytest.approx(2, abs=1e-12)
    assert pushed.effect == pytest.approx(1, abs=0.05) and pushed.effect_shift == pytest.approx(0, abs=1e-12)
    harmless = rival(found, "level", "harmless", "pushed")
    assert harmless.effect == pytest.approx(0, abs=1e-12)
    assert harmless.effect_shift == pytest.approx(-1, abs=0.05) and 0 < harmless.effect_error < 0.03


def test_the_spread_is_that_of_the_weighted_models(found: Finding) -> None:
    """12 with 30 %, 10 with the rest, whoever else is believed in."""
    assert answer(found, "level").structural_spread == pytest.approx(2 * math.sqrt(0.3 * 0.7), rel=0.02)


def test_luck_alone_is_no_structure(found: Finding) -> None:
    placebo = rival(found, "level", "tossed_anew")
    assert placebo.shift != 0 and abs(placebo.shift) < 4 * placebo.shift_error
    assert abs(placebo.sure_shift[1]) <= abs(placebo.shift)
    assert RivalAnswer("x", 0.1, 1.0, 0.5, 0.6).sure_shift == (0.1, 0.0)
    assert RivalAnswer("x", 0.1, 1.0, -1.0, 0.5).sure_shift == (0.1, -0.75)
    assert RivalAnswer("x", 0.1, 1.0, 0.0, math.nan).sure_shift == (0.1, 0.0)


def test_parts_of_the_variance_add_up_with_the_structure_in_them(found: Finding) -> None:
    """The level varies by luck with variance 1, and between structures by 0.84 at least."""
    grounds = answer(found, "level").grounds
    assert grounds is not None
    assert grounds.claims + grounds.fitted + grounds.assumed + grounds.luck == pytest.approx(1, abs=1e-9)
    assert grounds.structure == pytest.approx(0.84 / 1.84, abs=0.03) and grounds.structure <= grounds.assumed
    document = finding_document(found)["questions"]["level"]["answers"]
    assert math.fsum(document["baseline"]["parts"].values()) == pytest.approx(1, abs=1e-9)
    parts = document["pushed"]["difference_parts"]
    # of the effect, 1/3 lies between the parameters of a model, .16 between 1 and nothing
    assert math.fsum(parts.values()) == pytest.approx(1, abs=1e-9)
    assert parts["structure"] == pytest.approx(0.16 / (0.16 + 1 / 3), abs=0.03) and parts["luck"] < 0.05
    assert document["pushed"]["variants"]["harmless"]["difference"] == pytest.approx(0, abs=1e-12)


def test_a_difference_is_told_over_priors_and_structures(found: Finding) -> None:
    """Nothing in a fifth of the futures, so the tenth that favours it least shows none; the most it shows is that of the model."""
    effect = answer(found, "level", "pushed").effect
    assert effect is not None and effect.spread is not None
    assert effect.spread[0] == pytest.approx(0, abs=0.08) and effect.spread[1] == pytest.approx(1.875, abs=0.03)


def test_a_chance_is_told_over_structures_within_its_bounds(found: Finding) -> None:
    told = answer(found, "high").grounds
    assert told is not None and told.spread is not None
    low, high = told.spread
    assert low == pytest.approx(0.5, abs=0.05) and 0.93 < high <= 1


def test_what_applies_to_no_future_has_no_structure(found: Finding) -> None:
    assert answer(found, "never").rivals == () and answer(found, "never").structural_spread is None


def test_the_same_words_stand_on_every_surface(case: Case, found: Finding) -> None:
    over = "over priors and 3 rival structures"
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(answer_table(found))
    terminal = re.sub(r"\s+", " ", capture.get())
    report = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", report_html(found)))
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page_html(case)))
    assert any(over in one.text for one in judgements_of(found))
    for text in (terminal, report, page):
        assert over in text
        assert "It stands higher anyway" in text and "30 %" in text and structures_note(found).split(",")[0] in text
    assert re.search(r"level (9\.9\d*|10\.0\d*|10) → (11\.9\d*|12\.0\d*|12)", terminal)
    document = finding_document(found)
    assert [one["name"] for one in document["variants"]] == ["higher", "harmless", "tossed_anew"]
    assert document["variants"][0]["because"] == "two of seven readers" and document["variant_futures"] == 1000
    json.dumps(document, allow_nan=False)


def test_a_row_tells_what_a_structure_moves_and_which_effect_is_another(found: Finding) -> None:
    higher, harmless, placebo = structure_rows(found)
    assert sorted(move.question.name for move in higher.moves) == ["high", "level"] and higher.moved == 2
    assert not harmless.moved and harmless.effects[0].question.name in ("level", "high")
    assert abs(float(harmless.effects[0].after.replace("−", "-"))) < 0.5 < float(harmless.effects[0].before)
    assert not placebo.moved and not placebo.effects


def test_why_counts_the_structure_in(case: Case) -> None:
    slot = next(one for one in case.program.results if one.name == "level")
    told = why(case, slot.name, futures=1000, causes=1)
    assert told.structure == pytest.approx(0.84 / 1.84, abs=0.04)
    assert told.evidence + told.parameters + told.luck + told.structure == pytest.approx(1, abs=1e-9)


def test_a_case_without_variants_has_none(case: Case, tmp_path: Path) -> None:
    text = "\n".join(line for line in MODEL.splitlines() if not line.startswith("variant"))
    (tmp_path / "m.foedus").write_text(text)
    plain = load(str(tmp_path / "m.foedus"))
    assert run_rivals(plain, 500, 0) is None
    told = make_finding(plain, run_futures(plain, 500))
    assert structure_rows(told) == [] and structures_note(told) == "" and finding_document(told)["variants"] == []
    assert "rival" not in report_html(told).lower()
    # and the model's own answers are the same bits
    assert np.array_equal(run_futures(plain, 500).values("level"), run_futures(case, 500).values("level"))


@pytest.mark.parametrize(
    ("futures", "variants", "wanted"),
    [(10_000, 4, 2000), (10_000, 19, 1000), (300, 4, 300), (1500, 2, 1000), (50_000, 1, 25_000)],
)
def test_variants_cost_no_more_than_the_run(futures: int, variants: int, wanted: int) -> None:
    assert rival_futures(futures, variants) == wanted


def test_what_scenario_and_rival_both_set_is_the_scenarios(tmp_path: Path) -> None:
    (tmp_path / "m.foedus").write_text(MODEL + "scenario lawful { push = 1, law = 2, level = 50 from 2024-02-01 }\n")
    both = load(str(tmp_path / "m.foedus"))
    rivals = run_rivals(both, 200, 0)
    assert rivals is not None and rivals.scenarios == ("baseline", "pushed", "lawful")
    for name in rivals.variants:
        assert np.array_equal(rivals.values("level", "lawful", name), np.full(200, 50.0))
    early = (MODEL + "scenario lawful { push = 1, law = 2 }\n").replace("base = 12 }", "law = 0 }")
    (tmp_path / "m.foedus").write_text(early)
    ran = run_rivals(load(str(tmp_path / "m.foedus")), 200, 0)
    assert ran is not None and np.array_equal(ran.values("level", "lawful", "higher"), ran.values("level", "lawful", None))
    assert not np.array_equal(ran.values("level", "pushed", "higher"), ran.values("level", "pushed", None))


FAILING = """model f for 10 weeks step 1 week
param a : 1/week ~ normal(10, 2) because "judgement"
param off : 1 = 0
param slow : 1 = 1
lever boost : 1 from 0 to 3 = 1
stock pile : 1 = 0 signed
let eff : 1 = if off > 0 then sqrt(a * 1 week - 8 * off) else 1
flow inn : outside -> pile = a * boost * eff * slow
scenario more "More" { boost = 2 }
variant cut "Fails where a is low" weight 30 % { off = 1 } because "judgement"
variant dead "Always fails" weight 20 % { off = 10 } because "judgement"
variant half "Half" weight 20 % { slow = 0.5 } because "judgement"
question pile "How high?" at the end value pile
question high "Is it high?" at the end true when pile > 90
question full "When is it full?" first time pile > 80
"""


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Case:
    path: Path = tmp_path_factory.mktemp("failing") / "f.foedus"
    path.write_text(FAILING)
    return load(str(path))


def test_a_rival_that_fails_silences_no_other(failing: Case) -> None:
    found = make_finding(failing, run_futures(failing, 2000), rivals=run_rivals(failing, 2000, 0))
    half, cut, dead = (rival(found, "pile", name, "more") for name in ("half", "cut", "dead"))
    assert half.share == 1 and half.shift == pytest.approx(-100, abs=1.5) and half.effect == pytest.approx(50, abs=1)
    assert cut.share == pytest.approx(0.841, abs=0.04) and cut.shift > 0
    assert dead.share == 0 and math.isnan(dead.value) and not dead.is_told
    grounds = answer(found, "pile").grounds
    assert grounds is not None and grounds.structure > 0.3
    of_half, of_cut, of_dead = found.variants[2], found.variants[0], found.variants[1]
    assert of_half.failed == 0 and of_dead.failed == found.variant_futures and 0 < of_cut.failed < of_dead.failed
    warned = [one for one in found.warnings if "rival structure" in one]
    assert len(warned) == 2 and all("let eff is no number" in one for one in warned)
    rows = {row.variant.name: row for row in structure_rows(found)}
    assert rows["dead"].told.startswith("says nothing: every future fails") and not rows["dead"].moves
    assert f"{round(100 * of_cut.failed / found.variant_futures)} % fail" in rows["cut"].told
    assert rows["half"].told == "moves 3 of 3 answers"
    assert over_words(answer(found, "pile")) == "over priors and 2 rival structures"
    document = finding_document(found)
    assert document["questions"]["pile"]["answers"]["more"]["variants"]["dead"]["value"] is None
    json.dumps(document, allow_nan=False)


def test_a_rival_tells_of_a_date_first_whether_it_comes(failing: Case) -> None:
    found = make_finding(failing, run_futures(failing, 2000), rivals=run_rivals(failing, 2000, 0))
    half = rival(found, "full", "half")
    assert half.chance is not None and half.chance < 0.01 < 0.5 < half.chance - half.chance_shift
    move = next(
        one for row in structure_rows(found) if row.variant.name == "half" for one in row.moves if one.question.name == "full"
    )
    assert move.before.startswith("comes in 8") and move.after.startswith(("0 %", "<0.1 %", "0."))


def test_too_many_failed_in_a_rival_end_a_run_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "f.foedus").write_text(FAILING)
    told = ["run", str(tmp_path / "f.foedus"), "-n", "500", "--no-report"]
    with pytest.raises(SystemExit) as ended:
        main(told)
    err = capsys.readouterr().err
    assert ended.value.code == 1 and "in the rival structure `dead`" in err and "`half`" not in err
    main([*told, "--allow-failures", "100"])
    assert "rival structure `dead`" not in capsys.readouterr().err


def test_why_refuses_a_rival_that_fails(failing: Case) -> None:
    with pytest.raises(RunError, match="fail in a rival structure"):
        why(failing, failing.program.results[0].name, futures=200)


def test_a_range_over_rivals_stays_within_what_any_future_answers(failing: Case) -> None:
    found = make_finding(failing, run_futures(failing, 2000), rivals=run_rivals(failing, 2000, 0))
    told = answer(found, "full").grounds
    assert told is not None and told.spread is not None and 0 <= told.spread[0] <= told.spread[1] <= 10
