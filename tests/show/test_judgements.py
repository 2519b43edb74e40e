"""Key judgements: the answer to what a case was asked, by rule, the same on every surface."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from rich.console import Console

from foedus.analysis.finding import Finding, QuestionFinding
from foedus.analysis.grounds import Grounds
from foedus.analysis.moves import is_move
from foedus.case import load
from foedus.errors import ModelError
from foedus.show.anchors import anchors_of
from foedus.show.confidence import confidence_of
from foedus.show.document import finding_document
from foedus.show.judged import judgements_html
from foedus.show.judgements import badge_words, judgements_of, shown_spread, topic_of
from foedus.show.ranking import answers_of_others, largest_moves
from foedus.show.report import report_html
from foedus.show.report_answers import driver_cards
from foedus.show.report_first import asked_table
from foedus.show.table import answer_table
from foedus.show.trace import trace_view
from foedus.show.words import percent
from foedus.study.check import check_case
from foedus.study.finding import assumptions_of, make_finding
from foedus.study.futures import run_futures
from foedus.study.run import RunOptions, run_case

MODEL = """model m "What grain could mean" as of 2024-01-01 for 40 weeks step 1 week
unit tonne
lever shipped : 1 from 0 to 2 = 1 "Shipments against now"
param price0 : 1 ~ 90 to 110 because "calibrated on last year"
param shock : 1 ~ normal(0, 8) because "judgement: as last year"
param rain : 1 ~ normal(0, 1) because "judgement: no forecast"
let price : 1 = price0 + shock - 12 * (shipped - 1)
param soil : 1 ~ normal(0, 2) because "judgement: as last year"
let harvest : 1 = 50 + 5 * rain + soil + 0.0001 * (shipped - 1)
event strike on 2024-03-04 with chance 0.3
baseline open "The corridor stays open"
scenario closed "The corridor closes" { shipped = 0 }
scenario drought "A drought" { rain = -3 }
question dear "Will bread be dear by autumn?" on 2024-09-01 true when price > 105 called "dear bread by autumn"
question harvest_size "How large will the harvest be?" at the end value harvest called "the harvest"
question strike_comes "Will there be a strike?" by 2024-06-01 true when strike
question how_much "How much is shipped?" at the end value shipped
"""
HEADLINE = 'headline "What could the closure mean?" compare closed with open on dear, harvest_size, strike_comes, how_much\n'


def finding_of(folder: Path, text: str, futures: int = 2000) -> Finding:
    path = folder / "m.foedus"
    path.write_text(text)
    case = load(str(path))
    return make_finding(case, run_futures(case, futures=futures))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Finding:
    return finding_of(tmp_path_factory.mktemp("case"), MODEL + HEADLINE)


def test_the_headline_is_answered_in_a_few_sentences(found: Finding) -> None:
    judgements = judgements_of(found)
    assert 3 <= len(judgements) <= 6
    changes = judgements[0]
    assert changes.kind == "changes" and changes.scenario == "closed" and changes.questions == ("dear",)
    base, other = (found.questions[0].answers[name] for name in ("open", "closed"))
    assert base.probability is not None and other.probability is not None
    told = re.search(
        r"dear bread by autumn less likely: (\d+) % instead of (\d+) % \(−([\d.]+) points; −\d+ to (?:−\d+|0) over the assumptions\)",
        changes.text,
    )
    assert told is not None, changes.text
    assert int(told[1]) == round(100 * base.probability) and int(told[2]) == round(100 * other.probability)
    assert float(told[3]) == pytest.approx(100 * (other.probability - base.probability), abs=0.06)
    assert "Compared with “The corridor closes”, “The corridor stays open”" in changes.text
    assert changes.likelihood in ("very unlikely", "unlikely", "very unlikely to unlikely") and changes.likelihood in changes.text


def test_on_a_screen_each_judgement_is_one_sentence_and_more_stands_below_it(found: Finding) -> None:
    console = Console(width=80, record=True)
    with console.capture() as capture:
        console.print(answer_table(found))
    lines = capture.get().splitlines()
    said = [line for line in lines if line.startswith("• ")]
    more = [line for line in lines if line.startswith("  – ")]
    judgements = judgements_of(found)
    assert 3 <= len(said) == len(judgements) <= 6
    assert len(more) == sum(len(one.sentences) - one.lead - 1 for one in judgements) > 0


def test_what_it_hardly_changes_is_known_to_be_small_and_what_it_sets_is_not_told(found: Finding) -> None:
    hardly = next(one for one in judgements_of(found) if one.kind == "hardly")
    assert hardly.questions == ("harvest_size",)
    assert all("how_much" not in one.questions for one in judgements_of(found))


def test_what_it_cannot_reach_is_no_finding(found: Finding, tmp_path: Path) -> None:
    """Nothing in the model leads from shipments to a strike: that the strike does not move says nothing of the world."""
    assert next(one for one in found.questions if one.name == "strike_comes").answers["closed"].is_out_of_reach
    unknown = next(one for one in judgements_of(found) if one.kind == "unknown")
    told, _, rest = unknown.text.partition(": nothing in the model leads there from what it sets.")
    assert "strike_comes" in unknown.questions and told.startswith("It does not move ") and "Will there be a strike?" in told
    assert "strike" not in rest  # what does not move is none of what cannot be told
    alone = finding_of(tmp_path, MODEL + 'headline "A strike?" compare closed with open on strike_comes\n')
    told = judgements_of(alone)
    assert "can move none of what was asked: nothing in the model leads there" in told[0].text
    assert not any(one.kind == "hardly" for one in told)


def test_what_matters_more_names_the_scenario_and_the_assumption(found: Finding) -> None:
    more = next(one for one in judgements_of(found) if one.kind == "more")
    assert "“A drought” matters more for the harvest" in more.text and more.scenario == "drought"
    assert "what dear bread by autumn hangs on most is" in more.text.lower()


def test_an_assumption_that_explains_hardly_anything_is_not_what_the_answer_hangs_on(found: Finding) -> None:

    def faint(question: QuestionFinding) -> QuestionFinding:
        return dataclasses.replace(
            question, drivers=tuple(dataclasses.replace(driver, share=driver.share / 100) for driver in question.drivers)
        )

    weak = dataclasses.replace(found, questions=tuple(map(faint, found.questions)))
    more = next(one for one in judgements_of(weak) if one.kind == "more")
    assert "hangs on no one assumption by itself: most on" in more.text and "hangs on most is" not in more.text


def test_the_scenario_that_is_asked_about_may_be_the_plan(tmp_path: Path) -> None:
    turned = finding_of(tmp_path, MODEL + HEADLINE.replace("closed with open", "open with closed"))
    assert (
        "Compared with “The corridor stays open”, “The corridor closes” makes dear bread by autumn likelier"
        in judgements_of(turned)[0].text
    )


def test_a_case_that_does_not_say_is_judged_by_what_moves_most(tmp_path: Path) -> None:
    found = finding_of(tmp_path, MODEL)
    topic = topic_of(found)
    assert topic is not None and topic.ask == "" and topic.scenario == "drought"
    assert 3 <= len(judgements_of(found)) <= 6


def test_a_case_without_scenarios_tells_its_first_answers(tmp_path: Path) -> None:
    text = (
        "\n".join(line for line in MODEL.splitlines() if not line.startswith(("scenario", "lever")))
        .replace("- 12 * (shipped - 1)", "")
        .replace("+ 0.0001 * (shipped - 1)", "")
    )
    found = finding_of(tmp_path, text.replace("value shipped", "value price"))
    judgements = judgements_of(found)
    assert [one.kind for one in judgements] == ["answer", "answer", "answer", "confidence"]
    assert "in nine of ten futures" in judgements[1].text


def test_a_model_without_doubt_says_so(tmp_path: Path) -> None:
    text = (
        "model m as of 2024-01-01 for 10 weeks step 1 week\nunit box\nstock s : box = 10 box\n"
        'question left "How many are left?" on 2024-02-05 value s\n'
    )
    told = [one.text for one in judgements_of(finding_of(tmp_path, text, futures=100))]
    assert "10.0 boxes, in at least nine of ten futures" in told[0] and " to " not in told[0]
    assert told[-1] == "Confidence is low: the model takes all its numbers as certain, and rests on no claim."


def test_an_effect_that_the_error_could_hide_is_not_called_small(tmp_path: Path) -> None:
    text = MODEL.replace(
        "event strike on 2024-03-04 with chance 0.3", "event strike on 2024-03-04 with chance 0.3 + 0.02 * (shipped - 1)"
    )
    found = finding_of(tmp_path, text + HEADLINE, futures=60)
    kinds = {one.kind: one for one in judgements_of(found)}
    assert "strike_comes" not in (kinds["hardly"].questions if "hardly" in kinds else ())


@pytest.mark.parametrize(
    ("claims", "fitted", "assumed", "word"),
    [
        (0.5, 0.2, 0.1, "moderate"),
        (0.0, 0.3, 0.2, "moderate"),
        (0.1, 0.0, 0.5, "low"),
        (0.0, 0.0, 0.0, "low"),
        (0.4, 0.5, 0.0, "moderate"),
    ],
)
def test_confidence_goes_by_what_rests_on_claims_and_fits(
    found: Finding, claims: float, fitted: float, assumed: float, word: str
) -> None:
    grounds = Grounds(claims, fitted, assumed, 1 - claims - fitted - assumed, "fitted", None)
    questions = [
        dataclasses.replace(
            question, answers={name: dataclasses.replace(answer, grounds=grounds) for name, answer in question.answers.items()}
        )
        for question in found.questions
    ]
    assert confidence_of(found, questions)[0] == word


def test_of_an_answer_whose_variance_a_few_futures_carry_no_share_is_told(found: Finding) -> None:
    firm = Grounds(0.8, 0.0, 0.1, 0.1, "measured", None)

    def carried_by(carriers: float, names: tuple[str, ...]) -> Finding:
        questions = []
        for question in found.questions:
            grounds = dataclasses.replace(firm, carriers=carriers if question.name in names else 1000.0)
            answers = {name: dataclasses.replace(answer, grounds=grounds) for name, answer in question.answers.items()}
            questions.append(dataclasses.replace(question, answers=answers))
        return dataclasses.replace(found, questions=tuple(questions))

    def told(finding: Finding) -> dict[str, str]:
        return {one.kind: one.text for one in judgements_of(finding)}

    asked = ("dear", "harvest_size", "strike_comes")
    assert (
        "Confidence is moderate: of the variance of these answers 80 % rests on claims"
        in told(carried_by(50.0, asked))["confidence"]
    )
    few = told(carried_by(2.3, ("dear",)))
    assert "The variance of dear bread by autumn is carried by about 2 futures of 2,000" in few["confidence"]
    assert "of the variance of the answers of which it can be told 80 % rests on claims" in few[
        "confidence"
    ] and "hangs on" not in few.get("more", "")
    none = told(carried_by(2.3, asked))["confidence"]
    assert none.startswith("Confidence is low") and "80 %" not in none


def test_every_surface_begins_with_them(found: Finding) -> None:
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(answer_table(found))
    told = re.sub(r"\s+", " ", capture.get())
    document = finding_document(found)
    html = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", report_html(found))).replace("\u00a0", " ")
    assert document["headline"] == "What could the closure mean?"
    for one in document["judgements"]:
        assert one["text"] == " ".join(one["sentences"]) and all(sentence in told for sentence in one["sentences"]), one["text"]
        assert all(sentence in html for sentence in one["sentences"]), one["text"]
    assert html.index(document["judgements"][0]["sentences"][0]) < html.index("low confidence"), "the first says how sure it is"
    assert told.index(document["judgements"][0]["sentences"][0]) < told.index("Will it happen?")
    assert max(map(len, capture.get().splitlines())) <= 80
    assert set(document["judgements"][0]) == {
        "text",
        "sentences",
        "kind",
        "questions",
        "scenario",
        "likelihood",
        "confidence",
        "share",
        "lead",
    }


def test_every_answer_bears_its_badge_its_shares_and_its_range(found: Finding) -> None:
    answer = finding_document(found)["questions"]["dear"]["answers"]["open"]
    assert answer["badge"] in ("fitted", "judgement")
    assert sum(answer["rests_on"].values()) == pytest.approx(1, abs=1e-9)
    low, high = answer["spread"]
    assert low < answer["probability"] < high
    assert shown_spread(found.questions[0].answers["open"]) in report_html(found)


def test_an_answer_that_never_varies_bears_the_badge_of_what_leads_to_it(tmp_path: Path) -> None:
    never = 'question never "Will bread cost a fortune?" on 2024-09-01 true when price > 900\nquestion two "Two?" at the end value 2\n'
    finding = finding_of(tmp_path, MODEL + never, futures=500)
    badges = {one.name: badge_words(one.answers["open"]) for one in finding.questions}
    assert finding.questions[-2].answers["open"].probability == 0.0
    assert badges["never"] in ("fitted", "judgement") and badges["two"] == "judgement" and all(badges.values())


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('headline "?" compare closed with open on nothing', "unknown-question"),
        ('headline "?" compare none with open on dear', "unknown-scenario"),
        ('headline "?" compare closed with drought on dear', "bad-headline"),
        ('headline "?" compare open with open on dear', "bad-headline"),
        ('headline "?" compare closed with open on dear, dear', "bad-headline"),
        ('headline "?" compare closed open on dear', "expected"),
    ],
)
def test_a_headline_about_nothing_is_refused(tmp_path: Path, line: str, code: str) -> None:
    with pytest.raises(ModelError) as caught:
        finding_of(tmp_path, MODEL + line + "\n")
    assert code in {problem.code for problem in caught.value.problems}


def test_two_headlines_are_one_too_many(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="one headline"):
        finding_of(tmp_path, MODEL + HEADLINE + HEADLINE)


def test_a_question_of_other_futures_is_not_an_effect(tmp_path: Path) -> None:
    text = MODEL + 'question given_strike "Rain, if there is a strike?" at the end value rain given strike\n'
    text += 'scenario walkout "A walkout" { strike = on 2024-02-05, shipped = 0 }\n'
    found = finding_of(tmp_path, text + 'headline "?" compare walkout with open on given_strike, dear\n')
    judgements = {one.kind: one for one in judgements_of(found)}
    assert judgements["changes"].questions == ("dear",)
    assert "which applies to other futures in each" in judgements["unknown"].text


def test_what_the_scenario_sets_is_said_to_be_set(tmp_path: Path) -> None:
    found = finding_of(tmp_path, MODEL + 'headline "?" compare closed with open on how_much\n')
    assert (
        "moves nothing of what was asked beyond chance and by enough to matter, but what it sets itself."
        in judgements_of(found)[0].text
    )
    assert "It sets the answer to “How much is shipped?” itself." in judgements_of(found)[0].text
    both = finding_of(tmp_path, MODEL + 'headline "?" compare closed with open on how_much, dear\n')
    assert "It sets the answer to “How much is shipped?” itself." in judgements_of(both)[0].text


def test_a_date_says_first_whether_it_comes(tmp_path: Path) -> None:
    text = (
        "\n".join(line for line in MODEL.splitlines() if not line.startswith(("scenario", "lever", "question")))
        .replace("- 12 * (shipped - 1)", "")
        .replace("+ 0.0001 * (shipped - 1)", "")
    )
    found = finding_of(tmp_path, text + '\nquestion when "When?" first time strike\n')
    told = re.search(r"“When\?”: comes in (\d+) % of the futures; where it comes, ", judgements_of(found)[0].text)
    chance = found.questions[0].answers["open"].chance
    assert told is not None and chance is not None and int(told[1]) == round(100 * chance)


def test_a_date_that_comes_more_often_is_told_by_its_chance(tmp_path: Path) -> None:
    text = MODEL.replace("event strike on 2024-03-04 with chance 0.3", "event strike at rate 0.01/week * (1 + 4 * (1 - shipped))")
    found = finding_of(
        tmp_path,
        text + 'question when "When?" first time strike called "the strike"\nheadline "?" compare closed with open on when\n',
    )
    told = re.search(
        r"the strike less likely to come: in (\d+) % of the futures instead of (\d+) %", judgements_of(found)[0].text
    )
    assert told is not None and int(told[1]) < int(told[2])


OTHERS = """model m as of 2024-01-01 for 20 days step 1 day
lever way : 1 from -1 to 1 = 1
param luck : 1 ~ normal(0, 1) because "x"
param side : 1 ~ 0 to 1 as uniform because "x"
let seen : 1 = luck * way
event alarm at rate 0.1/day * (2 + way)
question lucky "How lucky?" at the end value luck given seen > 0.2
question warned "When is the alarm?" first time alarm given seen > 0.2
question happy "Is it fine?" at the end true when luck > 0 given seen > 0.2
question whole "What is seen?" at the end value seen
question sided "What is seen on this side?" at the end value seen given side > 0.5
scenario turned "The other way" { way = -1 }
"""


def test_as_many_futures_are_not_the_same_futures(tmp_path: Path) -> None:
    """Half of them before, half of them after, and none in both: no difference is an effect, on no surface and of no kind of question."""
    found = finding_of(tmp_path, OTHERS, futures=800)
    assert {one.name for one in answers_of_others(found, "turned")} == {"lucky", "warned", "happy"}
    assert {one.name for one in largest_moves(found, "turned")} == set()
    questions = finding_document(found)["questions"]
    for name in ("lucky", "warned", "happy"):
        answer = questions[name]["answers"]["turned"]
        assert answer["is_of_other_futures"] is True and answer["difference"] is answer["difference_error"] is None
    warned = questions["warned"]["answers"]["turned"]
    assert warned["chance_difference"] is None and warned["asked_of"] == pytest.approx(0.42, abs=0.05)
    for name in ("whole", "sided"):
        answer = questions[name]["answers"]["turned"]
        assert answer["is_of_other_futures"] is False and answer["difference"] is not None
    report = re.sub(r"<[^>]*>", " ", report_html(found))
    assert report.count("other futures") >= 3 and re.search(
        r"When is the alarm\? comes in [\d.]+ % \(of 4\d % of the futures\) → comes in", report
    )


def test_a_check_of_an_effect_between_other_futures_does_not_hold(tmp_path: Path) -> None:
    path = tmp_path / "m.foedus"
    path.write_text(
        OTHERS + 'check "luck falls" scenario turned lowers lucky\ncheck "what is seen falls" scenario turned lowers whole\n'
    )
    (first, second), _ = check_case(load(str(path)), futures=500)
    assert not first.passed and "applies to other futures in each" in first.detail
    assert "changes by" in second.detail


def test_a_difference_between_other_futures_is_no_move_anywhere(tmp_path: Path) -> None:
    text = MODEL + 'question given_strike "Rain, if there is a strike?" at the end true when rain > 0.5 given strike\n'
    found = finding_of(tmp_path, text + 'scenario walkout "A walkout" { strike = on 2024-02-05 }\n', futures=3000)
    question = next(one for one in found.questions if one.name == "given_strike")
    base, other = question.answers["open"], question.answers["walkout"]
    assert base.share < 0.5 < other.share and not is_move(dataclasses.replace(other, difference=0.5, difference_error=0.01), base)
    assert answers_of_others(found, "walkout") == [question]
    console = Console(width=80, color_system=None, force_terminal=False)
    with console.capture() as capture:
        console.print(answer_table(found))
    shown = re.sub(r"\s+", " ", capture.get())
    assert (
        "of other futures, no effect on the same ones: Rain, if there is a strike?" in shown
        and "no effect on the same ones" in report_html(found)
    )


@pytest.mark.parametrize(("given", "share"), [("", 0.75), (" given u > 5", 0.375)])
def test_a_judgement_on_a_part_of_the_futures_says_on_which(given: str, share: float, tmp_path: Path) -> None:
    finding = finding_of(tmp_path, PARTLY.replace("GIVEN", given))
    change, *_ = judgements_of(finding)
    assert change.kind == "changes" and change.text.endswith(f"This rests on {percent(change.share)} of the futures.")
    assert change.share == finding.questions[0].answers["s"].asked_of == pytest.approx(share, abs=0.04)
    assert finding_document(finding)["judgements"][0]["share"] == change.share


def test_a_judgement_on_nearly_all_futures_needs_no_word(tmp_path: Path) -> None:
    for text in (PARTLY.replace("GIVEN", "").replace("k - 0.5", "k"), PARTLY.replace("GIVEN", "").replace("k - 0.5", "k - 0.01")):
        found = judgements_of(finding_of(tmp_path, text))
        assert found[0].share > 0.99 and not any(
            "rests on" in one.text for one in found if one.kind in ("changes", "hardly", "more")
        )
        tmp_path = tmp_path / "other"
        tmp_path.mkdir()


PARTLY = """model m as of 2024-01-01 for 20 weeks step 1 week
param k : 1 ~ uniform(0, 2) because "x"
param u : 1 ~ uniform(0, 10) because "x"
lever l : 1 from 0 to 5 = 0
stock x : 1 = 0
flow f : outside -> x = (1 + l + 0 * u * sqrt(k - 0.5)) / 1 week
scenario s { l = 2 }
question q at the end value x + kGIVEN
"""


def test_one_source_that_gives_figures_for_several_places_contradicts_nobody() -> None:
    """The study behind the drafted epidemic has a figure for each of three countries; only figures of different origins contradict."""
    assumptions = {one.parameter: one for one in assumptions_of(load("ebola"), None)}
    assert assumptions["epidemic.reproduction"].conflict and not assumptions["epidemic.reproduction"].is_contested
    contested = {one.parameter: one for one in assumptions_of(load("grain_corridor"), None)}["passage_traffic"]
    assert contested.conflict and contested.is_contested and len({claim.origin for claim in contested.claims}) > 1


def test_where_nothing_that_was_asked_moves_what_does_is_said() -> None:
    ran = run_case(load("ebola"), RunOptions(600, scenarios=("if_epidemic_measures_begins",))).finding
    changes, *_, confidence, _ = (one.text for one in judgements_of(ran))
    assert (
        changes.startswith("“It happens: ")
        and " is compared with “As the reports say”. It moves none of what was asked" in changes
    )
    assert "Outside of that it makes “" in changes and " lower: " in changes
    assert "contradict" not in confidence


def test_what_was_asked_stands_under_both_scenarios_with_its_difference(found: Finding) -> None:
    """On the first printed page; seen from the same side as the sentences above it."""
    table = asked_table(found)
    assert table.is_turned and (table.baseline, table.compared) == ("The corridor stays open", "The corridor closes")
    dear = next(row for row in table.rows if row.question.name == "dear")
    change = re.search(r": (\d+ %) instead of (\d+ %) \((−[\d.]+ points)", judgements_of(found)[0].text)
    assert (
        change is not None and (dear.baseline, dear.compared) == (change[1], change[2]) and dear.difference.startswith(change[3])
    )
    assert dear.mark is not None and dear.other is not None and dear.mark < dear.other and dear.badge
    assert {row.question.name for row in table.rows} == {"dear", "harvest_size", "strike_comes", "how_much"}
    page = report_html(found)
    assert page.index("What was asked") < page.index("In short</h2>")


def test_shares_of_a_variance_that_few_futures_carry_stand_neither_on_cards_nor_in_a_trace(found: Finding) -> None:
    dear = next(one for one in found.questions if one.name == "dear")
    base = dear.answers["open"]
    assert base.grounds is not None and dear.drivers
    few = dataclasses.replace(base, grounds=dataclasses.replace(base.grounds, carriers=2.0))
    rare = dataclasses.replace(dear, answers={**dear.answers, "open": few})
    told = dataclasses.replace(found, questions=tuple(rare if one is dear else one for one in found.questions))
    [card] = [one for one in driver_cards(told, anchors_of(told)) if one.question.name == "dear"]
    assert not card.bars and "carried by about 2 of 2,000 futures" in card.note
    console = Console(width=80)
    with console.capture() as shown:
        console.print(trace_view(rare, told.assumptions))
    assert "of the variance" not in shown.get() and "carried by about 2 of 2,000 futures" in " ".join(shown.get().split())
    exact = dataclasses.replace(few, grounds=dataclasses.replace(few.grounds, is_exact=True))  # a function of one parameter
    sure = dataclasses.replace(dear, answers={**dear.answers, "open": exact})
    with console.capture() as shown:
        console.print(trace_view(sure, told.assumptions))
    assert "of the variance" in shown.get()


def test_one_question_is_spoken_of_as_one_with_its_range(tmp_path: Path) -> None:
    (tmp_path / "model.foedus").write_text(
        'model one "One" for 4 weeks step 1 week\nparam a : 1 ~ normal(0, 1) because "judgement"\n'
        'question q "Will it rise?" at the end true when a > 0\n'
    )
    found = run_case(load(str(tmp_path)), RunOptions(futures=2000)).finding
    told = [one.text for one in judgements_of(found)]
    assert "; 0–100 % over the assumptions)" in told[0], told
    assert "of the variance of this answer" in told[1]
    page = report_html(found)
    assert "<b>1</b> question<" in page and "<b>1</b> scenario<" in page and "1 question about what" in page


def test_what_is_compared_stands_before_what_is_said_of_it(tmp_path: Path) -> None:
    """Two long scenarios have a sentence of their own; what it changes is the one that is seen."""
    long = MODEL.replace(
        '"The corridor stays open"', '"The corridor across the northern sea stays open all through the winter"'
    ).replace('"The corridor closes"', '"The corridor across the northern sea closes at once"')
    changes = judgements_of(finding_of(tmp_path, long + HEADLINE, 1000))[0]
    assert (
        changes.lead == 1
        and " is compared with " in changes.sentences[0]
        and changes.sentences[1].startswith("It makes dear bread ")
    )
    html = str(judgements_html([changes]))
    assert html.index("is compared with") < html.index('<p class="said">It makes dear bread') < html.index("low confidence")
    assert html.count("confidence") == 1 and "<li>As things stand" in html
