"""What must be known to read an answer stands beside it on every surface: two worlds, part of the futures, failures, dates that may not come."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from rich.console import Console

from foedus.analysis.finding import Answer, FailureCount, Finding, QuestionFinding, StateBand
from foedus.case import load
from foedus.constructs.headline import Headline
from foedus.show.document import finding_document
from foedus.show.judgements import judgements_of
from foedus.show.notebook import html_summary
from foedus.show.ranking import answers_set, largest_moves, move_lines, shown_share
from foedus.show.report import report_html
from foedus.show.states import state_amounts, state_words
from foedus.show.table import answer_table
from foedus.show.trace import trace_view
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures

MODEL = """model m as of 2024-01-01 for 40 weeks step 1 week
unit shell
lever guns : 1 from 0 to 5 = 1
param usual : shell ~ 800 to 1900 because "x"
param luck : 1 ~ 0 to 1 as uniform because "x"
event truce on 2024-02-12 with chance 0.12
let fired : shell = if truce then 0 shell else usual * guns
event break_down at rate 0.02/week * guns
question fired "How many shells?" at the end value fired
question broken "Will it break down?" by 2024-09-01 true when break_down
question when_broken "When will it break down?" first time break_down
question when_never "When will there be no guns?" first time guns < 0.5
question unlucky "How many where luck is bad?" at the end value fired given luck < 0.25
question guns "How many guns?" at the end value guns
scenario none "No guns" { guns = 0 }
scenario many "Many guns" { guns = 4 }
scenario war "No truce" { truce = never }
"""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    path: Path = tmp_path_factory.mktemp("case") / "m.foedus"
    path.write_text(MODEL)
    case = load(str(path))
    return make_finding(case, run_futures(case, futures=1500))


def text_of(finding: Finding, width: int = 80) -> str:
    console = Console(width=width, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(answer_table(finding))
    return capture.get()


def words_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def surfaces(finding: Finding) -> dict[str, str]:
    texts = {"terminal": text_of(finding), "report": words_of(report_html(finding)), "notebook": words_of(html_summary(finding))}
    return {name: re.sub(r" ([:;.,])", r"\1", re.sub(r"\s+", " ", text)) for name, text in texts.items()}


def question(finding: Finding, name: str) -> QuestionFinding:
    return next(one for one in finding.questions if one.name == name)


def answer(finding: Finding, name: str, scenario: str = "baseline") -> Answer:
    return question(finding, name).answers[scenario]


@pytest.mark.parametrize("surface", ["terminal", "report", "notebook"])
def test_two_worlds_a_part_of_the_futures_and_a_date_are_said_on(found: Finding, surface: str) -> None:
    text = surfaces(found)[surface]
    stopped, goes_on = answer(found, "fired").states
    assert (
        f"in {100 * stopped.share:.0f} %, “Truce” has come: always 0;" in text and f"otherwise {state_amounts(goes_on)}" in text
    )
    assert "rests on 2" in text and "never comes in these futures" in text
    assert re.search(r"comes in 5\d % of the futures \(?± 1.\d", text)


def test_the_document_holds_the_two_worlds_and_what_is_set(found: Finding) -> None:
    questions = finding_document(found)["questions"]
    first, second = questions["fired"]["answers"]["baseline"]["states"]
    assert (first["label"], first["median"], first["low"], first["high"], first["is_constant"]) == (
        "“Truce” has come",
        0.0,
        0.0,
        0.0,
        True,
    )
    assert first["share"] + second["share"] == pytest.approx(1.0) and second["low"] > 700
    assert questions["fired"]["answers"]["war"]["states"] == []
    assert questions["guns"]["answers"]["none"]["is_set"] is True and questions["guns"]["answers"]["baseline"]["is_set"] is False


def test_a_chance_comes_before_its_date(found: Finding) -> None:
    text = text_of(found)
    assert "when it comes, " in text[text.index("comes in 5") :][:120]
    assert "n/a" not in text, "a date that never comes has no number, not one that is missing"


def test_what_a_scenario_sets_stands_apart_and_is_not_ranked(found: Finding) -> None:
    own, taught = ({one.name for one in which(found, "none")} for which in (answers_set, largest_moves))
    assert own == {"fired", "guns", "broken", "when_broken", "when_never", "unlucky"} and not taught
    own, taught = ({one.name for one in which(found, "many")} for which in (answers_set, largest_moves))
    assert own == {"guns"} and {"broken", "when_broken", "fired"} <= taught
    assert re.search(r"set by the scenario itself: How many guns\? 1.00 → 4.00", " ".join(text_of(found).split()))
    assert re.search(r"1 answer set by the scenario itself +How many guns\? +1.00 → 4.00", words_of(report_html(found)))


def test_a_date_moves_by_its_chance_and_by_its_median(found: Finding) -> None:
    one = question(found, "when_broken")
    chance, when = move_lines(one, one.answers["many"], one.answers["baseline"])
    assert (
        (chance.unit, when.unit) == ("points", "weeks") and chance.difference.startswith("+") and when.difference.startswith("−")
    )
    (alone,) = move_lines(one, one.answers["none"], one.answers["baseline"])
    assert (alone.after, alone.unit) == ("0 %", "points")


def test_the_median_stands_with_its_own_error(found: Finding) -> None:
    one = answer(found, "fired")
    assert one.quantiles is not None and one.quantile_errors is not None
    line = next(line for line in text_of(found).splitlines() if line.startswith("How many shells?"))
    assert re.search(r"1,\d\d\d +\d\d ", line)
    assert 5 < one.quantile_errors[2] < 50


@pytest.mark.parametrize("surface", ["terminal", "report", "notebook"])
def test_failures_stand_above_the_answers_on(finding: Finding, surface: str) -> None:
    places = tuple(
        FailureCount(f"food{place}", "north", "negative stock", "2025-03-01", 20 - place, -3.2, kind="stock", unit="tonne")
        for place in range(5)
    )
    text = surfaces(dataclasses.replace(finding, failures=places))[surface]
    said = text.index(
        "29 of 90,000 futures failed and are left out of every answer: stock food0[north] is negative, first at -3.2 tonne"
    )
    assert said < text.index(finding.questions[0].ask[:20])
    assert "and at 2 more places" in text


@pytest.mark.parametrize("surface", ["terminal", "report", "notebook"])
def test_nothing_is_said_of_failures_where_nothing_failed(found: Finding, surface: str) -> None:
    assert "left out of every answer" not in surfaces(found)[surface]


def test_every_line_of_a_small_case_fits_80_columns(found: Finding) -> None:
    assert max(len(line.rstrip()) for line in text_of(found).splitlines()) <= 80


def test_trace_says_the_statistic_that_the_difference_is_of(found: Finding) -> None:
    console = Console(width=200, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(trace_view(question(found, "fired"), found.assumptions))
    lines = capture.get().splitlines()
    assert any(re.search(r"[Mm]any.*: median [\d,]+ shells; mean [\d,]+  \(\+", line) for line in lines)
    assert any("in 1" in line and "“Truce” has come: always 0" in line for line in lines)


BANDS = {
    "rounded to its own width": (StateBand("x", 0.9, 1262.3, 834.4, 1864.9), "1,260 (830 to 1,860)"),
    "constant": (StateBand("x", 0.1, 0.0, 0.0, 0.0, True), "always 0"),
    "nearly constant": (StateBand("x", 0.1, 5.0, 5.0, 5.0), "5.00"),
    "below zero": (StateBand("x", 0.5, -3.0, -5.0, -1.0), "−3.0 (−5.0 to −1.0)"),
}


@pytest.mark.parametrize("name", BANDS)
def test_a_world_in_words(name: str) -> None:
    band, words = BANDS[name]
    assert state_amounts(band) == words


def test_an_answer_with_one_state_has_no_words(found: Finding) -> None:
    assert state_words(answer(found, "guns")) == ""


PARTS = {
    "all": (Answer(0.5, None, None, 0.1, None, None, 10), ""),
    "given": (Answer(0.5, None, None, 0.1, None, None, 10, share=0.15), "rests on 15 % of the futures"),
    "a date that comes in half": (Answer(None, None, 1.0, 0.1, None, None, 10, statistic="when", share=0.5, chance=0.5), ""),
    "a date where others failed": (
        Answer(None, None, 1.0, 0.1, None, None, 10, statistic="when", share=0.3, chance=0.5),
        "rests on 60 % of the futures",
    ),
    "a date that never comes": (Answer(None, None, 1.0, 0.1, None, None, 0, statistic="when", share=0.0, chance=0.0), ""),
}


@pytest.mark.parametrize("name", PARTS)
def test_the_part_of_the_futures_in_words(name: str) -> None:
    one, words = PARTS[name]
    assert shown_share(one) == words


MISSING = """model m as of 2024-01-01 for 20 days step 1 day
lever way : 1 from -1 to 1 = 1
param luck : 1 ~ normal(0, 1) because "x"
event alarm at rate 0.1/day * (2 + way)
question amount "How much?" at the end value luck given way < 0
question date "When?" first time alarm given way < 0
question chance "Is it?" at the end true when luck > 0 given way < 0
question nobody "Is it ever?" at the end true when luck > 0 given luck > 100
question never "When is luck so great?" first time luck > 100
question known "What is known?" at the end value way
scenario turned "The other way" { way = -1 }
"""


@pytest.fixture(scope="module", params=[1, 2, 300])
def lacking(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Finding:
    path: Path = tmp_path_factory.mktemp("lacking") / "m.foedus"
    path.write_text(MISSING)
    case = load(str(path))
    return make_finding(case, run_futures(case, futures=request.param))


@pytest.mark.parametrize("surface", ["terminal", "report", "notebook"])
def test_a_number_that_is_missing_is_said_in_words_on(lacking: Finding, surface: str) -> None:
    """Never `n/a ± n/a`: what is missing, and why; a date that never comes is no number that is missing."""
    text = surfaces(lacking)[surface]
    assert "n/a" not in text and "nan" not in re.sub(r"[a-z]nan|nan[a-z]", "", text.lower())
    assert text.count("no answer: it applies to no future that ended well") >= 4 and "never comes in these futures" in text
    assert surface == "notebook" or re.search(r"no answer \(of 0 % of the futures\) → comes in", text)


def test_trace_and_judgements_say_what_is_missing(lacking: Finding) -> None:
    for name in ("amount", "date", "chance", "nobody", "never"):
        console = Console(width=200, color_system=None, force_terminal=False)
        with console.capture() as capture:
            console.print(trace_view(question(lacking, name), lacking.assumptions))
        shown = capture.get()
        assert "n/a" not in shown and ("applies to no future" in shown) == (name != "never")
    told = [one.text for one in judgements_of(lacking)]
    assert "“How much?”: no answer: it applies to no future that ended well." in told
    headline = Headline("What?", "turned", "baseline", ("known", "chance", "nobody"))
    unknown = next(one for one in judgements_of(dataclasses.replace(lacking, headline=headline)) if one.kind == "unknown")
    assert "anything about “Is it?” and “Is it ever?” (there is a scenario in which it applies to no future" in unknown.text
