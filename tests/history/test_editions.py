"""Editions of a case: found by their day, cut at it, set beside one another; and the one that ships holds nothing that is later than its day."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tests.study.ledgers import about, said_by
from tests.study.ledgers import claim as record

import foedus
from foedus.case import Case, load
from foedus.case.series import read_series
from foedus.cli.main import foedus as command
from foedus.constructs import tree as t
from foedus.draft.later import add_to_case
from foedus.errors import CaseError, EvidenceError, InputError
from foedus.history.earlier import with_earlier
from foedus.history.freeze import frozen_forecast, frozen_text, read_frozen
from foedus.history.outcomes import read_outcomes
from foedus.history.scorecard import score_experts, score_forecast
from foedus.language.editions import left_standing, told_by
from foedus.study.check import hold_case_checks
from foedus.study.finding import make_finding
from foedus.study.futures import run_futures
from foedus.study.read import subject_of
from helpers import ROOT

DAY = "2024-06-20"
FOLDER = ROOT / "cases/pact/editions" / DAY

LATER = """model strike "A strike" as of 2024-10-01 for 40 weeks step 1 week
unit person
include "strikers.foedus"
question left "How many are out on 1 December 2024?" on 2024-12-01 value out called "those out"
question many "More than 5,000 on 1 December 2024?" on 2024-12-01 true when out > 5000 person
question at_end "How many at the end?" at the end value out
question dated "How many?" on 2024-11-01 value out
"""
STRIKERS = """param strikers : person ~ claims "strikers"
param part : 1 ~ 0.4 to 0.6 because "judgement of October"
let out : person = strikers * part * (if time > 4 week
  then 1 else 0.5)
check "they are people" always out >= 0 person
"""
EARLIER = """model strike "A strike, in June" as of 2024-06-01 for 60 weeks step 1 week
unit person
include "../../strikers.foedus"
param part : 1 ~ 0.1 to 0.2 because "judgement of June"
param doubt : 1 ~ belief "they talk"
question left "How many are out on 1 December 2024?" on 2024-12-01 value out called "those out"
question many "More than 5,000 on 1 December 2024?" on 2024-12-01 true when out > 4000 person
question at_end "How many at the end?" at the end value out
question dated "How many?" on 2024-10-15 value out
question talk "Do they talk?" on 2024-12-01 value doubt
"""


def claim(name: str, published: str, **more: Any) -> dict[str, Any]:
    own = {"paraphrase": f"{name} counts them.", "published": published, "quantity": about(8000)}
    return record(name, 8000, **{**said_by(name), **own, **more})


LEDGER = (
    claim("union", "2024-05-01"),
    claim("port", "2024-09-01", quantity=about(12000)),
    claim("sum", "2024-05-20", derived_from=["port"]),
    claim("paper", "2024-09-15", group="they talk", quantity=None, ctype="event"),
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A case with an edition; the later one is the case itself."""
    folder = tmp_path / "strike"
    (folder / "editions/2024-06-01").mkdir(parents=True)
    (folder / "model.foedus").write_text(LATER)
    (folder / "strikers.foedus").write_text(STRIKERS)
    (folder / "editions/2024-06-01/model.foedus").write_text(EARLIER)
    (folder / "ledger.jsonl").write_text("".join(json.dumps(one) + "\n" for one in LEDGER))
    return folder


def edition(home: Path) -> Case:
    return load(f"{home}@2024-06-01")


# --- found


def test_an_edition_is_named_by_its_day_its_folder_or_its_file_and_its_own_day_is_the_case(home: Path) -> None:
    place = home / "editions/2024-06-01"
    for name in (f"{home}@2024-06-01", str(place), str(place / "model.foedus")):
        found = load(name)
        assert (found.name, found.folder.edition, found.folder.case) == ("strike@2024-06-01", "2024-06-01", "strike"), name
        assert found.folder.home.resolve() == home.resolve()
    assert load(f"{home}@2024-10-01").name == "strike"


@pytest.mark.parametrize("day", ["2024-06-02", "", "june", "."])
def test_an_unknown_edition_is_refused_with_those_that_there_are(home: Path, day: str) -> None:
    with pytest.raises(CaseError) as error:
        load(f"{home}@{day}")
    problem = error.value.problems[0]
    assert problem.code == "no-edition" and "2024-06-01, 2024-10-01" in problem.help


@pytest.mark.parametrize("name", ["{home}@../2024-06-01", "{home}@2024-06-01/", "me@work/strike", "@2024-06-01", "@"])
def test_a_name_that_is_no_edition_is_a_case_that_is_not_there(home: Path, name: str) -> None:
    with pytest.raises(CaseError) as error:
        load(name.format(home=home))
    assert error.value.problems[0].code == "no-case"


@pytest.mark.parametrize("at", ["editions/2024-06-01", "editions", "", "editions/2024-06-01/../2024-06-01"])
def test_an_edition_is_read_from_wherever_one_stands(home: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    monkeypatch.chdir(home / at)
    name = str((home / "editions/2024-06-01/model.foedus").relative_to((home / at).resolve()))
    assert run_futures(load(name), 10).status == {"ok": 10}
    result = CliRunner().invoke(command, ["fmt", "--check", name])
    assert result.exit_code in (0, 1) and not isinstance(result.exception, OSError)


def test_a_folder_with_a_sign_in_its_name_is_still_a_case(home: Path) -> None:
    other = home.with_name("odd@name")
    shutil.copytree(home, other)
    assert load(str(other)).name == "odd@name" and load(f"{other}@2024-06-01").name == "odd@name@2024-06-01"


# --- its own words stand in


def test_what_an_edition_says_itself_stands_in_and_the_rest_stays_in_its_place(home: Path) -> None:
    case = edition(home)
    reasons = {one.name: one.because for one in case.tree.all(t.Parameter)}
    assert reasons["part"] == "judgement of June"
    assert next(one.because for one in load(str(home)).tree.all(t.Parameter) if one.name == "part") == "judgement of October"
    out = next(one for one in case.tree.all(t.Let) if one.name == "out")
    assert case.tree.source.place(out.at.start) == (3, 1) and case.tree.source.file_at(out.at.start).endswith("strikers.foedus")


def test_a_fault_in_an_included_file_is_told_at_its_own_line(home: Path) -> None:
    (home / "strikers.foedus").write_text(STRIKERS + "let wrong : person = part\n")
    with pytest.raises(foedus.errors.ModelError) as error:
        run_futures(edition(home), 10)
    assert [(Path(one.file).name, one.line) for one in error.value.problems] == [("strikers.foedus", 6)]


def test_no_other_model_has_this_privilege_and_none_leads_out_of_the_case(home: Path) -> None:
    (home / "model.foedus").write_text(LATER + 'param part : 1 ~ 0.1 to 0.2 because "judgement"\n')
    with pytest.raises(foedus.errors.ModelError, match="duplicate-name"):
        run_futures(load(str(home)), 10)
    (home.parent / "outside.foedus").write_text("let x : 1 = 1\n")
    place = home / "editions/2024-06-01/model.foedus"
    place.write_text(EARLIER + 'include "../../../outside.foedus"\n')
    with pytest.raises(foedus.errors.ModelError, match="include-outside"):
        edition(home)


@pytest.mark.parametrize(
    ("own", "included", "left"),
    [
        ("param a : 1 = 1", "param a : 1 = 2\nparam b : 1 = 3", "\nparam b : 1 = 3"),
        ("param a[x] : 1 = 1", "param a[x] : 1 = 2\nparam a[y] : 1 = 3", "\nparam a[y] : 1 = 3"),
        ("event a on 2024-01-01", "question a at the end value b\nevent a at rate 1\n  after 2024-01-01\nlet c : 1 = 1",
         "question a at the end value b\n\n\nlet c : 1 = 1"),
        ('check "S1 it holds" always a > 0', 'check "S1 it holds" always b > 0\ncheck "S2" always b > 0', '\ncheck "S2" always b > 0'),
        ("# param a : 1 = 1\n  param a : 1 = 1", "param a : 1 = 2", "param a : 1 = 2"),
        ("unit person, shell\nactor red", "unit person\nactor red", "unit person\nactor red"),
        ("param a : 1 = 1", "param a : 1 = 2\n  # of it\n\n  because \"x\"\n# its own\nlet c : 1 = 1",
         "\n\n\n\n# its own\nlet c : 1 = 1"),
    ],
)  # fmt: skip
def test_lines_give_way_by_keyword_and_name(own: str, included: str, left: str) -> None:
    assert left_standing(included.split("\n"), told_by(own.split("\n"))) == left.split("\n")


# --- cut at its day


def test_its_ledger_holds_no_later_claim_and_none_worked_out_from_one(home: Path) -> None:
    case = edition(home)
    assert case.ledger is not None and [one.id for one in case.ledger.claims] == ["union"]
    assert case.ledger.to_come == {"they talk"}
    (home / "ledger.jsonl").write_text("".join(json.dumps(one) + "\n" for one in LEDGER[:1]))
    with pytest.raises(InputError, match="unknown-group"):
        _ = edition(home).pools


def test_before_anybody_has_spoken_belief_stands_at_its_start_and_an_amount_is_refused(home: Path) -> None:
    case = edition(home)
    assert case.pools.beliefs["doubt"].log_odds == pytest.approx(-2.944, abs=0.001) and run_futures(case, 20).status == {"ok": 20}
    (home / "editions/2024-06-01/model.foedus").write_text(EARLIER + 'param size : person ~ claims "they talk"\n')
    with pytest.raises(InputError) as error:
        _ = edition(home).pools
    assert error.value.problems[0].code == "not-known-yet"


def test_a_line_of_its_claims_says_what_is_different_or_adds_one(home: Path) -> None:
    place = home / "editions/2024-06-01/claims.jsonl"
    own = claim("captain", "2024-05-30")
    place.write_text(json.dumps({"id": "union", "grade": "A1"}) + "\n" + json.dumps(own) + "\n")
    ledger = edition(home).ledger
    assert ledger is not None and [(one.id, one.grade) for one in ledger.claims] == [("union", "A1"), ("captain", "B2")]
    whole = load(str(home)).ledger
    assert whole is not None and whole.by_id["union"].grade == "B2"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"id": "port", "grade": "A1"}, "missing"),
        ({"id": "union", "grade": "Z9"}, ""),
        ({**claim("captain", "2024-07-01")}, "after-as-of"),
        ({"id": "union", "published": "2024-07-01"}, "after-as-of"),
    ],
)
def test_a_line_that_is_later_or_cannot_be_read_is_refused(home: Path, line: dict[str, Any], code: str) -> None:
    (home / "editions/2024-06-01/claims.jsonl").write_text(json.dumps(line) + "\n")
    with pytest.raises(EvidenceError) as error:
        edition(home)
    assert any(code in one.code for one in error.value.problems) and error.value.problems[0].file.endswith("claims.jsonl")


def test_claims_are_kept_in_the_case(home: Path) -> None:
    for words in (["ledger", f"{home}@2024-06-01", "list"], ["review", f"{home}@2024-06-01", "--no-open"]):
        result = CliRunner().invoke(command, words)
        assert isinstance(result.exception, CaseError) and result.exception.problems[0].code == "edition-ledger", words


def test_reports_are_read_for_the_case_and_taken_into_it_alone(home: Path) -> None:
    (home / "reading.toml").write_text('core = "dockers strike"\npeople = "docker"\n')
    subject = subject_of(f"{home}@2024-06-01")
    assert subject is not None and "docker" in subject.people
    with pytest.raises(CaseError) as error:
        add_to_case(f"{home}@2024-06-01", [], "somebody")
    assert error.value.problems[0].code == "edition-ledger"


# --- side by side


def test_answers_are_paired_only_where_both_look_at_the_same_days(home: Path) -> None:
    found = {one.question: one for one in foedus.diff(edition(home), load(str(home)), futures=200).answers}
    assert found["left"].after.difference is not None and found["left"].is_moved
    assert found["dated"].before is not None and found["dated"].after.difference is None and not found["dated"].is_moved
    assert found["talk"].after is None


def test_what_an_earlier_edition_froze_stands_beside_the_answer_to_the_same_question(home: Path) -> None:
    old = edition(home)
    place = home / "editions/2024-06-01/forecast.json"
    place.write_text(frozen_text(frozen_forecast(old, run_futures(old, 300))))
    case = load(str(home))
    finding = with_earlier(case, make_finding(case, run_futures(case, 300)))
    told = {one.name: one.earlier for one in finding.questions}
    assert [one.as_of for one in told["left"]] == ["2024-06-01"] and told["left"][0].edition == "strike@2024-06-01"
    assert not told["many"], "another condition"
    assert not told["dated"], "another day"
    assert not told["at_end"], "no day of its own"
    answer = next(one for one in make_finding(old, run_futures(old, 300)).questions if one.name == "left").answers["baseline"]
    assert answer.quantiles is not None and told["left"][0].quantiles is not None
    assert told["left"][0].quantiles[1] == pytest.approx(answer.quantiles[2], rel=0.02)
    assert not any(one.earlier for one in with_earlier(old, make_finding(old, run_futures(old, 50))).questions), (
        "a later one is no history"
    )


def test_terminal_report_and_json_say_what_was_said_before(home: Path, tmp_path: Path) -> None:
    old = edition(home)
    (home / "editions/2024-06-01/forecast.json").write_text(frozen_text(frozen_forecast(old, run_futures(old, 300))))
    shown = CliRunner().invoke(command, ["run", str(home), "-n", "200", "-o", str(tmp_path / "r.html")])
    assert shown.exit_code == 0, shown.output
    assert "1 June 2024: " in shown.output and max(map(len, shown.output.splitlines())) <= 80
    told = re.search(r"1 June 2024: [\d,]+ \([\d,]+ to [\d,]+\); 1 October 2024: ", (tmp_path / "r.html").read_text())
    assert told, "the question of the report"
    document = json.loads(CliRunner().invoke(command, ["run", str(home), "-n", "200", "--json"]).output)
    (earlier,) = document["questions"]["left"]["earlier"]
    assert earlier["edition"] == "strike@2024-06-01" and set(earlier["quantiles"]) == {"p05", "p50", "p95"}
    assert document["questions"]["many"]["earlier"] == []


def test_the_page_of_a_question_in_a_dossier_says_it_and_the_dossier_carries_what_it_rests_on(home: Path, tmp_path: Path) -> None:
    old = edition(home)
    (home / "editions/2024-06-01/forecast.json").write_text(frozen_text(frozen_forecast(old, run_futures(old, 300))))
    made = foedus.dossier(load(str(home)), str(tmp_path / "out"), futures=100)
    assert "1 June 2024: " in (tmp_path / "out/questions/left.html").read_text()
    assert "1 June 2024: " not in (tmp_path / "out/questions/many.html").read_text()
    names = {one.path for one in made.files}
    assert {"inputs/strike/editions/2024-06-01/forecast.json", "inputs/strike/strikers.foedus"} <= names
    copied = load(str(tmp_path / "out/inputs/strike@2024-06-01"))
    assert copied.program.digest == old.program.digest


def test_a_forecast_of_another_model_is_not_shown_and_that_is_said(home: Path) -> None:
    old = edition(home)
    place = home / "editions/2024-06-01/forecast.json"
    place.write_text(frozen_text(frozen_forecast(old, run_futures(old, 100))))
    model = home / "editions/2024-06-01/model.foedus"
    case = load(str(home))
    finding = make_finding(case, run_futures(case, 100))
    model.write_text(EARLIER + "# a comment\n")
    assert with_earlier(case, finding).questions[0].earlier, "with another comment it is the same model"
    model.write_text(EARLIER.replace("0.1 to 0.2", "0.1 to 0.3"))
    found = with_earlier(case, finding)
    assert not any(one.earlier for one in found.questions) and "frozen of another model" in found.warnings[-1]


# --- the edition that ships

_MONTHS = "January February March April May June July August September October November December".split()
_DATED = re.compile(
    rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)}) (20\d\d)|(20\d\d)-(\d\d)-(\d\d)|\b(spring|summer|autumn|winter) (?:of )?(20\d\d)"
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
SCHEDULED = {datetime.date(2025, 1, 20)}  # the term of a president begins on a day that the constitution names


def days_in(text: str) -> list[datetime.date]:
    """The first days on which what a text names can lie: of a month its first, of a season its first month's."""
    found = []
    for day, month, year, y, m, d, season, of in _DATED.findall(text):
        if month:
            found.append(datetime.date(int(year), _MONTHS.index(month) + 1, int(day or 1)))
        elif y:
            found.append(datetime.date(int(y), int(m), int(d)))
        else:
            found.append(datetime.date(int(of), _SEASONS[season], 1))
    return found


def test_days_are_found_in_a_text() -> None:
    """The control of the test below: a hindsight in words is seen."""
    told = days_in("Duma on 24 October 2024; autumn 2023; the 3rd; 2024-06-16; May 2023, summer of 2024")
    assert [one.isoformat() for one in told] == ["2024-10-24", "2023-09-01", "2024-06-16", "2023-05-01", "2024-06-01"]


@pytest.fixture(scope="module")
def june() -> Case:
    return load(f"pact@{DAY}")


def test_no_claim_of_the_edition_is_later_than_its_day(june: Case) -> None:
    assert june.ledger is not None and len(june.ledger.claims) > 50
    for one in june.ledger.claims:
        assert one.published is not None and one.published <= DAY, one.id
        assert all(source in june.ledger.by_id for source in one.derived_from), one.id
        words = " ".join((one.paraphrase, one.note or "", one.graded_because))
        assert not [day for day in days_in(words) if day.isoformat() > DAY], (one.id, words)
    carrying = {slot.claims for slot in june.program.parameters if slot.claims} - june.ledger.to_come
    assert len(carrying) >= 7


def test_no_series_and_no_calendar_of_the_edition_goes_beyond_its_day(june: Case) -> None:
    day = datetime.date.fromisoformat(DAY)
    for series in june.tree.all(t.Series):
        _, dates, _ = read_series(june, series)
        assert dates and max(dates) <= DAY, series.name
        _, later, _ = read_series(load("pact"), next(one for one in load("pact").tree.all(t.Series) if one.name == series.name))
        assert max(later) > DAY, "the control: the file goes on"
    for table in june.tree.all(t.Table):
        assert all(x.value <= day for x, _ in table.points if isinstance(x, t.DateLiteral)), table.name
    assert not june.tree.all(t.Observe) and not june.tree.all(t.Hindcast)


def test_no_reason_or_label_of_the_edition_names_a_later_day(june: Case) -> None:
    day = datetime.date.fromisoformat(DAY)
    for statement in june.tree.statements:
        words = [str(getattr(statement, name, "")) for name in ("because", "label", "title", "obliges")]
        if isinstance(statement, t.Question | t.Scenario | t.Headline | t.Check):
            continue  # they ask of the days to come
        later = [one for one in days_in(" ".join(words)) if one > day and one not in SCHEDULED]
        assert not later, (statement, later)


def test_no_comment_of_the_edition_names_a_later_day(june: Case) -> None:
    comments = [line.split("#", 1)[1] for line in june.tree.source.text.split("\n") if "#" in line]
    assert len(comments) > 20 and not [line for line in comments for day in days_in(line) if day.isoformat() > DAY]


def test_every_prior_of_the_edition_rests_on_claims_a_dated_source_a_rule_or_says_judgement(june: Case) -> None:
    for one in june.tree.all(t.Parameter):
        if one.prior is None or isinstance(one.prior, t.ClaimsPrior):
            continue
        assert re.match(r"(judgement|rule)\b", one.because) or days_in(one.because), (one.name, one.because)


def test_nothing_of_the_autumn_is_in_its_words(june: Case) -> None:
    """Names of things that nobody had heard of: the salient, the brigades, the units."""
    text = "\n".join(line for line in june.tree.source.text.split("\n") if "pact_kursk" not in line)
    for word in ("Kursk", "Storm Corps", "12,000 so", "Duma 397", "Kazan", "Yevkurov"):
        assert word not in text, word


def test_the_checks_of_the_edition_hold(june: Case) -> None:
    results, _ = hold_case_checks(june, 1000)
    assert len(results) > 10 and all(one.passed for one in results), [one.name for one in results if not one.passed]


def test_its_forecast_is_whole_and_of_this_model(june: Case) -> None:
    frozen = read_frozen(FOLDER / "forecast.json")
    assert (frozen["case"], frozen["as_of"]) == (f"pact@{DAY}", DAY)
    assert frozen["digests"]["program"] == june.program.digest, "freeze it anew: the model has changed"
    asked = [name for name, question in frozen["questions"].items() if not question.get("generated")]
    assert asked == [one.name for one in june.tree.all(t.Question)]


def scored_rows() -> list[str]:
    """The table of the page, out of the frozen forecast and the outcomes."""
    frozen = read_frozen(FOLDER / "forecast.json")
    card = score_forecast(frozen, read_outcomes(FOLDER / "outcomes.json", frozen["questions"]), "")
    rows = []
    for one in card.questions:
        ask = frozen["questions"][one.name]["ask"] + (" *" if one.contested else "")
        if one.brier is not None and one.probability is not None:
            rows.append(f"| {ask} | {100 * one.probability:.1f} % | {'yes' if one.outcome else 'no'} | {one.brier:.3f} |")
        else:
            low, high = one.interval
            rows.append(f"| {ask} | {one.median:,.0f} ({low:,.0f} to {high:,.0f}) | {one.outcome:,.0f} | {one.crps:,.0f} |")
    return rows


def test_the_page_of_the_edition_shows_its_scores() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for row in scored_rows():
        assert row in text, row
    frozen = read_frozen(FOLDER / "forecast.json")
    outcomes = read_outcomes(FOLDER / "outcomes.json", frozen["questions"])
    card = score_forecast(frozen, outcomes, "")
    settled = [one for one in card.questions if one.brier is not None and not one.contested]
    assert len(settled) == 10 and "the ten yes-no questions that are not contested" in text
    assert f"**{card.brier:.3f}**" in text and f"would have scored {card.climatology:.3f}" in text
    case = load(f"pact@{DAY}")
    assert case.ledger is not None
    experts = score_experts(case.ledger.predictions(), frozen, outcomes)
    assert {one.claim for one in experts.sayings} == {"R001", "R008"}
    for one in experts.sayings:
        assert f"| {one.brier:.3f} | {one.model_brier:.3f} |" in text, one


def test_every_outcome_has_a_source_and_was_public_by_the_later_edition() -> None:
    entries = json.loads((FOLDER / "outcomes.json").read_text(encoding="utf-8"))
    assert len(entries) >= 12
    for one in entries:
        assert one["source"] and DAY < one["date"] <= "2024-10-25", one["question"]
