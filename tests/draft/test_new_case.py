"""The whole way: from documents to a folder that runs at once, on several subjects; and what is refused."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from click.testing import CliRunner

from draft.conftest import SAMPLES, SUBJECTS
from foedus.case import load
from foedus.cli.main import foedus
from foedus.draft import draft_case
from foedus.draft.asking import MOST_ASKED
from foedus.draft.draft import ledger_of, material_of, plan_of
from foedus.draft.predictions import predictions
from foedus.errors import FoedusError, InputError
from foedus.evidence import read_ledger
from foedus.evidence.reading import read_documents
from foedus.study.check import check_case
from foedus.study.futures import run_futures

EXPECTED = {
    "grain": {"chokepoint", "goods", "market"},
    "palm": {"goods", "market"},
    "ebola": {"epidemic"},
    "strike": {"queue", "goods", "dispute"},
    "refugees": {"migration"},
    "vaccine": {"goods", "epidemic"},
}


def first(asked):
    return 0


@pytest.fixture(scope="module")
def made(readings, tmp_path_factory):
    """The case of each subject, made once with the marked defaults."""
    folder = tmp_path_factory.mktemp("made")
    found = {}

    def make(subject):
        if subject not in found:
            found[subject] = draft_case(folder / subject, readings(subject), None, None, first)
        return found[subject]

    return make


@pytest.mark.parametrize("subject", SUBJECTS)
class TestSubject:
    def test_it_uses_the_mechanisms_of_which_the_reports_speak(self, made, subject):
        assert {part["name"] for part in made(subject).document["mechanisms"]} == EXPECTED[subject]

    def test_it_runs_at_once_and_no_future_fails(self, made, subject):
        case = load(str(made(subject).folder))
        futures = run_futures(case, 60, trajectories=False)
        assert not futures.faults
        results, _ = check_case(case, 60)
        assert results and all(one.passed for one in results)

    def test_every_claim_is_proposed_and_stands_once(self, made, subject):
        ledger = read_ledger(made(subject).folder / "ledger.jsonl")
        assert ledger.claims and {claim.status for claim in ledger.claims} == {"proposed"}

    def test_no_claim_fills_two_slots_and_each_says_why(self, made, subject):
        slots = [slot for part in made(subject).document["mechanisms"] for slot in part["slots"]]
        filled = [claim for slot in slots for claim in slot["claims"]]
        assert len(filled) == len(set(filled)) > 0
        assert all(slot["because"] for slot in slots)

    def test_each_prediction_has_a_question(self, made, material, subject):
        asked = {claim for one in made(subject).document["predictions"] for claim in one["claims"]}
        told = material(subject)
        for one in predictions(told.sentences, told.as_of):
            is_supposed = re.match(r"\W*(?:if|without)\b", one.sentence.text, re.IGNORECASE)
            is_start = "from April 28" in one.sentence.text
            is_list = one.words.startswith(("Four steps",))
            assert is_supposed or is_start or is_list or asked & {claim.id for claim in one.claims}, one.words

    def test_it_asks_little(self, made, subject):
        assert 1 <= len(made(subject).document["asked"]) <= MOST_ASKED

    def test_what_is_covered_and_what_is_not_are_told_apart(self, made, subject):
        document = made(subject).document
        filled = {claim for part in document["mechanisms"] for slot in part["slots"] for claim in slot["claims"]}
        assert not filled & {one["claim"] for one in document["uncovered"]}
        assert all(one["why"] for one in document["uncovered"])
        assert document["share_on_defaults"] is None or 0 <= document["share_on_defaults"] <= 1

    def test_the_readme_says_what_was_assumed_and_what_it_cannot_tell(self, made, subject):
        text = (made(subject).folder / "README.md").read_text()
        for heading in ("## What was assumed", "## What the reports say that no part covers", "## What this case cannot tell"):
            assert heading in text
        assert "rests on defaults of the shelf" in text

    def test_no_documents_are_copied_unasked(self, made, subject):
        assert not (made(subject).folder / "documents").exists()


def test_the_same_documents_give_the_same_case(readings, tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        draft_case(tmp_path / name / "palm", readings("palm"), None, None, first)
    for file in ("model.foedus", "ledger.jsonl", "evidence.toml", "README.md"):
        assert (tmp_path / "one/palm" / file).read_bytes() == (tmp_path / "two/palm" / file).read_bytes()


def test_a_draft_that_does_not_run_leaves_nothing_behind(readings, tmp_path, monkeypatch):
    monkeypatch.setattr("foedus.draft.folder.model_text", lambda drafted: "model broken for 1 week step 1 week\nlet x : 1 = y\n")
    with pytest.raises(InputError) as refused:
        draft_case(tmp_path / "camps", readings("refugees"), None, None, first)
    assert refused.value.problems[0].code == "draft-fails" and "camps" in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_a_denied_figure_fills_nothing(material):
    plan = plan_of(material("ebola"))
    used = {match.fact.claim.id for part in plan.chosen.parts for row in part.filled.slots.values() for match in row}
    denied = {claim.id for claim in material("ebola").claims if claim.stance == "denied"}
    assert denied and not denied & used


def test_figures_keep_their_size_in_the_units_of_the_model(material):
    told = material("ebola")
    plan = plan_of(told)
    from foedus.draft.draft import drafted_of

    by_id = {claim.id: claim for claim in told.claims}
    for claim in ledger_of(plan, drafted_of(plan, "x", "x")):
        before = by_id[claim.id].quantity
        if claim.quantity is not None and before.value is not None:
            assert claim.quantity.value in (pytest.approx(before.value), pytest.approx(before.value / 100))


NONSENSE = {
    "a recipe": "Pancakes\n\nWhisk 250 grams of flour with 4 eggs and half a litre of milk. Fry each for 2 minutes. Serve with 30 grams of sugar.\n",
    "a poem": "The sea\n\nThe sea is grey, the gulls are few,\nand seven ships have lost their crew.\nI wait for you, I wait for rain,\nand count the hundred hours again.\n",
    "a match": "Rovers win\n\nRovers beat United 3-1 on Saturday before 42,000 spectators. The striker scored twice in 11 minutes and could join another club.\n",
    "a German text": "Die Lage\n\nDie Regierung hat am Montag erklärt, dass 20.000 Tonnen Weizen im Hafen liegen. Die Lager sind voll, und die Preise steigen weiter.\n",
    "an empty page": "\n",
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_ends_in_a_no_that_says_what_is_missing_and_leaves_nothing(tmp_path, what):
    path = tmp_path / "text.txt"
    path.write_text(NONSENSE[what], encoding="utf-8")
    with pytest.raises(FoedusError) as refused:
        draft_case(tmp_path / "case", list(read_documents([path])), date(2024, 5, 1), None, first)
    assert all(problem.help for problem in refused.value.problems)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["text.txt"]


def test_what_would_fit_with_another_figure_is_named(told):
    text = ["Some 7,000 patients are on a waiting list.", "The queue grows, and the backlog will not clear before spring."]
    with pytest.raises(InputError) as refused:
        plan_of(told(text, date(2024, 5, 1)))
    assert "A service with a queue" in refused.value.problems[0].help and "come in a week" in refused.value.problems[0].help


def test_what_lacks_a_slot_is_named(told):
    text = [
        "The epidemic has infected people in the region, and the outbreak spreads.",
        "The virus has an incubation period of 9 days.",
        "The fatality rate of the disease is 40 percent among patients.",
        "Hospitals treat cases of the disease.",
    ]
    with pytest.raises(InputError) as refused:
        plan_of(told(text, date(2024, 5, 1)))
    assert "no figure fills" in refused.value.problems[0].help


class TestCommand:
    def run(self, *words, **options):
        return CliRunner().invoke(foedus, ["new", *map(str, words)], catch_exceptions=True, **options)

    def test_json_tells_what_other_tools_need(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        result = self.run("camps", "--from", SAMPLES / "refugees", "--yes", "--json")
        document = json.loads(result.output)
        assert {"case", "mechanisms", "questions", "scenarios", "uncovered", "asked", "share_on_defaults"} <= set(document)
        assert document["case"] == "camps" and {"name", "alias", "slots"} <= set(document["mechanisms"][0])
        assert {"slot", "claims", "value", "because"} <= set(document["mechanisms"][0]["slots"][0])

    def test_files_may_follow_one_another(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        files = sorted((SAMPLES / "strike").iterdir())
        assert self.run("port", "--from", *files, "--yes").exit_code == 0
        assert len(read_ledger(tmp_path / "port/ledger.jsonl").claims) > 15

    def test_without_a_terminal_and_without_yes_it_is_refused_with_the_way_out(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        result = self.run("port", "--from", SAMPLES / "strike", input="")
        assert isinstance(result.exception, InputError) and "--yes" in result.exception.problems[0].help
        assert not list(tmp_path.iterdir())

    def test_documents_are_copied_where_that_is_allowed(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        self.run("port", "--from", SAMPLES / "strike", "--yes", "--copy")
        assert {one.name for one in (tmp_path / "port/documents").iterdir()} == {
            one.name for one in (SAMPLES / "strike").iterdir()
        }

    def test_an_earlier_day_leaves_later_reports_out(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        self.run("port", "--from", SAMPLES / "strike", "--as-of", "2025-03-04", "--yes")
        assert "left out, published after 2025-03-04" in (tmp_path / "port/README.md").read_text()

    @pytest.mark.parametrize(
        ("words", "code"),
        [
            (("x", "--from", "nowhere.txt", "--yes"), "no-file"),
            (("x", "--as-of", "soon", "--from", "nowhere.txt", "--yes"), "bad-date"),
            (("x", "--with", "pipelin"), "unknown-mechanism"),
            (("x", "more.txt"), "unexpected"),
            (("9x",), "bad-name"),
        ],
    )
    def test_what_cannot_be_is_refused(self, tmp_path, monkeypatch, words, code):
        monkeypatch.chdir(tmp_path)
        error = self.run(*words).exception
        assert isinstance(error, FoedusError) and error.problems[0].code == code
        assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "names",
    [
        "pipeline,market",
        "epidemic",
        "goods,goods",
        "chokepoint",
        "talks,tension,support",
        "attrition,arms_race,rounds",
        "attrition,attrition",
    ],
)
def test_a_skeleton_without_documents_runs(tmp_path, monkeypatch, names):
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(foedus, ["new", "bare", "--with", names]).exit_code == 0
    case = load(str(tmp_path / "bare"))
    ran = run_futures(case, 40, trajectories=False)
    assert not ran.faults and len(case.program.results) >= 2
    assert "What this case cannot tell" in (tmp_path / "bare/README.md").read_text()


def test_a_case_without_a_day_is_refused(told, tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("Stocks\n\nWarehouses hold 45,000 tonnes of flour. Bakeries use 6,000 tonnes of flour a week.\n")
    with pytest.raises(InputError) as refused:
        material_of(list(read_documents([path])), None)
    assert refused.value.problems[0].code == "no-date"


class TestAnswers:
    """What is answered other than by the defaults."""

    def make(self, readings, tmp_path, answers):
        def ask(asked):
            return next((taken for key, taken in answers.items() if asked.key.startswith(key)), 0)

        return draft_case(tmp_path / "port", readings("strike"), None, None, ask)

    def test_a_part_that_is_not_wanted_is_left_out(self, readings, tmp_path):
        document = self.make(readings, tmp_path, {"part:stocks": 1}).document
        assert [part["name"] for part in document["mechanisms"]] == ["queue", "dispute"]

    def test_a_part_is_kept_where_none_is_wanted(self, readings, tmp_path):
        assert self.make(readings, tmp_path, {"part:": 1}).document["mechanisms"]

    def test_a_guess_is_scaled(self, readings, tmp_path):
        folder = self.make(readings, tmp_path, {"guess:queue.service_time": 2}).folder
        assert "param queue_service_time_factor : 1 ~ 0.99 to 9 " in (folder / "model.foedus").read_text()

    def test_the_horizon_is_what_was_asked_for(self, readings, tmp_path):
        assert " for 104 weeks " in (self.make(readings, tmp_path, {"horizon": 3}).folder / "model.foedus").read_text()

    def test_documents_are_copied_where_that_was_answered(self, readings, tmp_path):
        assert (self.make(readings, tmp_path, {"copies": 1}).folder / "documents").is_dir()

    def test_the_answers_stand_in_the_readme(self, readings, tmp_path):
        text = (self.make(readings, tmp_path, {"horizon": 2}).folder / "README.md").read_text()
        assert "How far ahead is asked? **a year**" in text
