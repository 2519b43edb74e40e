"""What is asked of what may come: things of which one can say afterwards whether they came."""

from __future__ import annotations

import dataclasses
import re
from datetime import date

import pytest

from foedus.draft.draft import default_title, drafted_of, plan_of
from foedus.draft.model_text import model_text, questions_of, scenarios_of
from foedus.draft.predictions import predictions

AS_OF = date(2024, 3, 1)
SAID = {
    "The ministry could close the harbour before the summer.": "The ministry to close the harbour",
    "Growers may sell their herds this autumn.": "Growers to sell their herds",
    "“The lake could run dry,” said Anna Berg, who has measured it for years.": "The lake to run dry",
    "Northland could recall its envoy, diplomats said.": "Northland to recall its envoy",
}
UNSAID = (
    "“We don’t know how long the dam could hold,” said the engineer.",
    "There is a chance of some kind that somebody may learn from this.",
    "How they would do that is up to them.",
    "This is a matter that could occupy many people for long.",
    "Northland: what the rains could bring.",
    "The camps were planned for 40,000 people.",
    "The appeal is part of a broad response plan of the agencies to help 90,000 farmers.",
    "Observers believe that another 4,000 people may be waiting at the ford.",
    "The water of the lake will be important to monitor.",
    "The well-filled barns will help us in winter.",
)


@pytest.fixture(scope="module")
def asked(told) -> list[str]:
    material = told([*SAID, *UNSAID], AS_OF)
    return [one.words for one in predictions(material.sentences, AS_OF)]


@pytest.mark.parametrize("words", SAID.values())
def test_what_could_come_is_asked_in_its_own_words(asked, words):
    assert any(one.startswith(words) for one in asked), asked


def test_what_nobody_could_decide_afterwards_is_not_asked(asked):
    for words in (
        "know how long",
        "chance of some kind",
        "up to them",
        "occupy many",
        "rains could",
        "planned for",
        "response plan",
        "be waiting",
        "monitor",
    ):
        assert not any(words in one for one in asked), (words, asked)
    assert not any("said Anna" in one for one in asked)


def test_a_case_is_not_called_like_a_file(material):
    assert default_title(material("ebola")).startswith("Ebola")
    assert "." not in default_title(material("strike"))[-5:]


@pytest.mark.parametrize("words", ["Wire Agency, 1 May 2024", "May 3, 2024"])
def test_a_line_of_date_is_no_title(told, words):
    material = told(["The lake could run dry."], AS_OF)
    report = material.readings[0].report
    dated = dataclasses.replace(material.readings[0], report=dataclasses.replace(report, title=words))
    assert default_title(dataclasses.replace(material, readings=(dated,))) == "What 1 report says"


STORES = (
    "The ministry said 210,000 tonnes of rice were in store at the end of February.",
    "Farmers harvest about 45,000 tonnes of rice a month.",
    "Mills use about 40,000 tonnes of rice a month.",
    "The government is likely to ban exports of rice by July, an analyst said.",
)


def test_what_no_part_reads_is_asked_and_not_tried(told):
    """A ban that no slot reads changes no part: a scenario of it, or a headline, would say nothing and look like a finding."""
    plan = plan_of(told(STORES, AS_OF), ["goods"])
    text = model_text(drafted_of(plan, "stores", "Stores"))
    assert "ban exports of rice" in text and "event " in text and "question will_" in text
    names = [line.split()[1] for line in text.splitlines() if line.startswith(("let ", "event "))]
    assert not any(name.endswith("_holds") for name in names)
    assert "headline" not in text and "scenario without_" not in text


@pytest.mark.parametrize("subject", ["grain", "palm", "ebola", "strike", "refugees", "vaccine"])
def test_every_trigger_of_a_draft_is_read_by_a_part(material, subject):
    text = model_text(drafted_of(plan_of(material(subject)), "case", "Case"))
    for name in (line.split()[1] for line in text.splitlines() if line.startswith("let ") and line.split()[1].endswith("_holds")):
        assert text.count(name) > 1, f"{name} is read by nothing"


NOT_TO_COME = (
    "Northland faces a presidential election next year.",
    "Northland holds a by-election on 20 October 2024.",
    "Months ago Northland warned that it would not let anyone in.",
    "The ban on exports would immediately come into force.",
    "Rising prices are likely to be a key issue.",
    "Clinics could give 70,000 doses a week if they had them.",
)


@pytest.mark.parametrize("sentence", NOT_TO_COME)
def test_what_is_in_the_calendar_or_here_already_is_no_prediction(told, sentence):
    material = told([sentence, "Warehouses hold 45,000 tonnes of flour."], AS_OF)
    assert not predictions(material.sentences, AS_OF)


def test_a_chance_told_alone_is_that_of_what_stands_before_it(told):
    lines = ["The bank may be sold to a rival. She put the chance at 40 percent.", "He put the chance at 10 percent."]
    [one] = predictions(told(lines, AS_OF).sentences, AS_OF)
    assert one.chance_fact is not None and one.chance_fact.claim.quantity.value == 40.0 and len(one.claims) > 1
    assert "sold" in one.words and "chance" not in one.words.lower()


def test_what_is_said_for_a_case_is_asked_apart_from_its_condition(told):
    lines = [
        "“If the strike lasts longer than three weeks, shops will run out of flour,” said Ada Roe of the council.",
        "If the run lasts longer than three weeks, the cash will not be enough.",
    ]
    first, second = predictions(told(lines, AS_OF).sentences, AS_OF)
    assert first.is_conditional and first.asked == "Will shops run out of flour"
    assert second.asked == "" and second.words == "The cash will not be enough"
    assert second.condition.condition == "the run lasts longer than three weeks"


def test_a_threshold_of_the_condition_is_no_figure_of_what_follows(told):
    [one] = predictions(
        told(["If the strike lasts longer than three weeks, queues could reach 900 lorries."], AS_OF).sentences, AS_OF
    )
    assert [fact.claim.quantity.value for fact in one.figures] == [900.0]


DAYS = {
    "The firm could bring in other crews from 10 July 2024.": (date(2024, 7, 10), True),
    "The agency expects another round before June 2024.": (date(2024, 5, 31), False),
    "The agency expects a sale before the end of June 2024.": (date(2024, 6, 30), False),
}


@pytest.mark.parametrize("sentence", DAYS)
def test_from_when_and_before_when(told, sentence):
    [one] = predictions(told([sentence], AS_OF).sentences, AS_OF)
    assert (one.day, one.is_on) == DAYS[sentence]


def test_a_year_that_is_named_is_not_moved(tmp_path):
    """What was predicted for a day that lies behind the case is asked no more, however late the next report came."""
    from foedus.draft.draft import material_of
    from foedus.evidence.reading import read_documents

    for day, text in ((1, "The agency expects 250,000 people to arrive by the end of 2023."), (2, "Camps hold 9,000 people.")):
        year = 2022 + day
        (tmp_path / f"{day}.txt").write_text(f"A report\n\nPublished: 20 June {year}\n\n{text}\n", encoding="utf-8")
    material = material_of(list(read_documents(sorted(tmp_path.iterdir()))), date(2024, 6, 25))
    assert not predictions(material.sentences, material.as_of)


def test_what_is_still_to_be_decided_is_asked_whatever_figure_stands_in_it(told):
    [one] = predictions(
        told(["The fund will decide by 20 May 2024 whether to halt a loan of $553 million."], AS_OF).sentences, AS_OF
    )
    assert one.is_open and one.day == date(2024, 5, 20) and one.asked == "Will the fund halt a loan of $553 million"


DISPUTE = (
    "The union wants a rise of 17 percent, and workers walked out in a strike over pay.",
    "The employers have offered 4 percent; the strike goes on, and the wage dispute with the unions is bitter.",
)


def test_what_a_part_tells_is_asked_of_it_and_once(told):
    lines = [
        *DISPUTE,
        "Mediators expect a deal by 31 July 2024.",
        "We put the chance of a settlement by 31 July 2024 at 55 percent.",
        "Members could extend the strike by 31 July 2024.",
    ]
    plan = plan_of(told(lines, AS_OF), ["dispute"])
    asked = questions_of(drafted_of(plan, "pay", "Pay"))
    bodies = [body for _, body in asked]
    assert len(bodies) == len(set(bodies))
    [(question, _)] = [one for one in asked if one[1] == "by 2024-07-31 true when strike.settled"]
    assert len(question.claims) > 1
    assert sum("extend" in question.name or "extend" in question.text for question, _ in asked) == 1


def test_only_what_a_part_reads_is_tried_and_else_it_is_said_why(told):
    from foedus.draft.readme import readme_text

    plan = plan_of(told([*DISPUTE, "The council will decide in May whether to open a second school."], AS_OF), ["dispute"])
    drafted = drafted_of(plan, "pay", "Pay")
    assert scenarios_of(drafted) == []
    text = readme_text(drafted, plan, None, [], False)
    assert "None: what the reports say may happen" in text and "open a second school" in text


def test_what_is_still_to_be_decided_does_not_hold_yet(told):
    lines = [
        "Deposits stood at $70 billion, and customers of the bank withdrew $3 billion on Tuesday; lenders need liquidity.",
        "The regulator will decide by 4 March 2024 whether to guarantee all deposits.",
    ]
    plan = plan_of(told(lines, AS_OF), ["bankrun"])
    assert not plan.starts and any(each.triggers for each in plan.happenings)


def test_what_is_to_fall_to_a_figure_passes_it_from_above(told):
    lines = [*STORES[:3], "The ministry expects stocks of rice to fall to 90,000 tonnes by 31 July 2024."]
    texts = [question.text for question, _ in questions_of(drafted_of(plan_of(told(lines, AS_OF), ["goods"]), "rice", "Rice"))]
    assert any("under 90,000 tonne" in text for text in texts), texts


def test_what_a_pronoun_stands_for_stands_before_it(told):
    lines = [
        "Ostria has ordered 1,500 soldiers to go. It may send 20 drones.",
        "In a survey of 64 captains 80 percent would rather stay.",
    ]
    found = predictions(told(lines, AS_OF).sentences, AS_OF)
    assert not any("captains" in one.sentence.text for one in found)
    [one] = [one for one in found if "drones" in one.words]
    assert one.asked == "" and one.before.startswith("Ostria has ordered") and not one.words.startswith("Ostria")


def test_a_headline_holds_what_may_happen_against_what_is_reported(material):
    """The first scenario of a headline is the world that the second one is compared with, so the change is that of the happening."""
    text = model_text(drafted_of(plan_of(material("ebola")), "case", "Case"))
    (headline,) = [line for line in text.splitlines() if line.startswith("headline ")]
    assert re.search(r'^headline "What does it change if this happens: .+\?" compare as_reported with if_\w+ on ', headline)
    assert "over 20,000 people on" in text and "000 person on" not in text


OPENING = (
    "Health officials have counted 2,400 cases in the outbreak of measles in Lowland, and 60 deaths of patients from the virus.",
    "About 400,000 people live in Lowland.",
    "There were 300 new cases of measles last week.",
    "Lowland will probably open three treatment centres by 10 April 2024.",
)


def test_what_begins_by_a_day_comes_by_then_or_never(told):
    """A hazard without an end would let nearly all futures have it, and a scenario of its last day would come later than it does as reported."""
    text = model_text(drafted_of(plan_of(told(OPENING, AS_OF), ["epidemic"]), "measles", "Measles"))
    name = "epidemic_measures_begins"
    assert f"event {name} at rate -log(1 - {name}_chance) / 2024-04-10 until 2024-04-10 " in text
    assert f"{{ {name} = on 2024-03-21 }}" in text and f"{{ {name} = never }}" in text
    assert re.search(rf'headline "What does this change: .*" compare without_{name} with as_reported on ', text)


def test_what_ends_by_a_day_may_end_later_and_what_has_no_day_may_come_at_any(material):
    for subject, event in (("palm", "stocks_ban_ends"), ("ebola", "epidemic_measures_begins")):
        text = model_text(drafted_of(plan_of(material(subject)), "case", "Case"))
        [line] = [line for line in text.splitlines() if line.startswith(f"event {event} ")]
        assert " at rate " in line and " until " not in line
    text = model_text(drafted_of(plan_of(material("palm")), "case", "Case"))
    assert "{ stocks_ban_ends = on 2022-05-29 }" in text  # half of the time from the day of the case to the end of June


NO_EVENTS = {
    "how long it takes": "Repairs of large plants will take at least six months, the operator said.",
    "what it costs": "A think tank estimated that five days of strikes would cost about 300 million pounds.",
    "both": "Rebuilding the bridge will take four years and cost 2 billion dollars, the minister said.",
    "what is done, for a time to come": "The government has awarded doctors 5.4 percent for this year and says it will not go further.",
    "what is done, and what follows": "The parliament has approved a tax for 2025 that will raise 3 billion euros.",
}


@pytest.mark.parametrize("sentence", NO_EVENTS.values(), ids=NO_EVENTS)
def test_how_long_how_dear_and_what_is_done_are_no_events(told, sentence):
    assert predictions(told([sentence], AS_OF).sentences, AS_OF) == []


def test_what_is_still_to_come_of_who_has_done_something_is_asked(told):
    sentences = told(
        ["The army has built a bridge and will cross it in June.", "The strike will last until 15 March."], AS_OF
    ).sentences
    assert [one.words for one in predictions(sentences, AS_OF)] == [
        "The army to cross it in June",
        "The strike to last until 15 March",
    ]


RANGED = (
    "Consumer inflation stood at 9 percent in February, and the central bank kept its policy rate at 11 percent.",
    "The central bank said that inflation would fall to between 4 and 6 percent by the end of 2024.",
)


def test_a_range_is_asked_as_a_range(told):
    """One end of what is forecast asks something else: a fall far below the range would be a hit."""
    found = questions_of(drafted_of(plan_of(told(RANGED, AS_OF), ["prices"]), "case", "Case"))
    [(_question, body)] = [one for one in found if "between 4 and 6 %" in one[0].text]
    assert body.endswith("true when home.inflation >= 0.04 and home.inflation <= 0.06")
    assert not any("inflation <" in body and ">=" not in body for _, body in found)


CAMPS = (
    "About 700 people a day flee across the border into Northland, and 250,000 refugees live there already.",
    "The agency said that up to 90,000 more people could arrive by the end of the year.",
)


def test_so_many_more_are_no_level(told):
    found = questions_of(drafted_of(plan_of(told(CAMPS, AS_OF), ["migration"]), "case", "Case"))
    assert not any("90000" in body for _, body in found)
    assert any("90,000 more" in question.text or "90,000 more" in question.quote for question, _ in found)


PURSE = "The central bank of Northland holds 4 billion dollars of foreign reserves, and imports are paid in hard currency."


@pytest.mark.parametrize(
    ("sentence", "is_nothing"),
    [("Fuel is short.", True), ("The International Monetary Fund is likely to approve a loan by June 2024.", False)],
)
def test_what_counts_only_once_something_is_so_is_said_to_be_nothing_before(told, sentence, is_nothing):
    drafted = drafted_of(plan_of(told([PURSE, sentence], AS_OF), ["reserves"]), "case", "Case")
    [aid] = [bound for bound in drafted.bounds["purse"] if bound.slot == "aid"]
    assert aid.because.startswith("nothing, for no report says that the loan is agreed") == is_nothing
    assert aid.text.endswith("* 0") == is_nothing


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("We think it is unlikely that the blockade will end before November 2024.", date(2024, 11, 1)),
        ("We think it is likely that the fire will spread to Northland by April.", date(2024, 4, 30)),
        ("We think it is likely that the fire will spread to Northland by January.", date(2025, 1, 31)),
    ],
)
def test_the_month_that_the_words_name_is_the_day_of_the_question(told, sentence, day):
    [one] = predictions(told([sentence], AS_OF).sentences, AS_OF)
    assert one.day == day and not one.is_on


def test_what_places_serve_in_a_week_tells_how_long_one_takes(told):
    said = (
        "About 900 patients a week join the queue at the clinics.",
        "Clinics treat 800 patients a week, and 7,000 patients are waiting for treatment.",
        "The clinics have 60 beds.",
    )
    text = model_text(drafted_of(plan_of(told(said, AS_OF), ["queue"]), "case", "Case"))
    assert "service_time = queue_service_time_factor * (queue_places / queue_cleared)" in text
    assert "arrivals ~ claims" in text or "arrivals = queue_arrivals" in text


def test_what_a_part_computes_is_asked_of_it_with_the_forecast_beside_it(told):
    """A level that is to reach a limit of which figures tell is the part's question, not a chance of its own beside it."""
    report = (
        "Stocks of oil in storage tanks stand at 4 million tonnes, and stores grow.",
        "Storage tanks can hold 6 million tonnes.",
        "Mills produce 900,000 tonnes a month, and households use 200,000 tonnes a month.",
        "The storage tanks are likely to be full by the end of July.",
    )
    drafted = drafted_of(plan_of(told(report, date(2026, 5, 1)), ["goods"]), "case", "Case")
    [(question, body)] = [one for one in questions_of(drafted) if one[0].claims]
    assert body == "by 2026-07-31 true when stocks.store > 0.99 * stocks_capacity" and "55 to 80 %" in question.quote


PAIRED = {
    "The two states could sign a treaty by 30 April; envoys doubt that anybody will return within six months.": [
        ("The two states to sign a treaty by 30 April", 0.7),
        ("Anybody to return within six months", 0.35),
    ],
    "The cabinet could fall in May, and the opposition will probably win the vote by July.": [
        ("The cabinet to fall in May", 0.7),
        ("The opposition to win the vote by July", 0.8),
    ],
    "We expect donors to pay 40 million dollars by 15 October; we have received 11 million.": [
        ("Donors to pay 40 million dollars by 15 October", 0.8)
    ],
}


@pytest.mark.parametrize("sentence", PAIRED)
def test_what_a_sentence_says_of_two_is_asked_of_each_with_its_own_chance(told, sentence):
    found = predictions(told([sentence], AS_OF).sentences, AS_OF)
    assert [(one.words, pytest.approx(one.chance[1], abs=0.01)) for one in found] == PAIRED[sentence]


def test_until_the_end_of_the_year_is_its_last_day(told):
    [one] = predictions(told(["We expect the government to survive until the end of the year."], AS_OF).sentences, AS_OF)
    assert one.day == date(2024, 12, 31)


def test_what_is_unlikely_is_asked_without_how_likely_it_is(told):
    [one] = predictions(told(["It is unlikely that Northland will close the camp by 30 November."], AS_OF).sentences, AS_OF)
    assert one.words == "Northland to close the camp by 30 November" and one.chance == (0.05, 0.35)


CUTS = (
    "Inflation is 12 percent and the policy rate is 20 percent.",
    "Prices rise by one percent a month, says the central bank.",
)


def test_a_foretold_move_by_points_is_the_size_of_its_event(told):
    said = "The central bank will probably cut its policy rate by 200 basis points in March."
    text = model_text(drafted_of(plan_of(told((said, *CUTS), AS_OF), ["prices"]), "bank", "Bank"))
    assert "param home_raised_size : 1 ~ -0.025 to -0.015" in text and "“200 basis points”" in text
    plain = model_text(
        drafted_of(plan_of(told((said.replace(" by 200 basis points", ""), *CUTS), AS_OF), ["prices"]), "bank", "Bank")
    )
    assert "param home_raised_size : 1 ~ -0.06 to -0.01" in plain


def test_what_may_come_by_a_day_and_sets_nothing_comes_by_that_day_or_never(told):
    text = model_text(drafted_of(plan_of(told((*CUTS, "Schools could close by 10 May."), AS_OF), ["prices"]), "bank", "Bank"))
    assert "/ 2024-05-10 until 2024-05-10 " in text


@pytest.mark.parametrize(
    ("words", "day"),
    [("before Thanksgiving", date(2024, 11, 28)), ("by Christmas", date(2024, 12, 25)), ("until Easter", date(2024, 3, 31))],
)
def test_a_feast_is_a_day(told, words, day):
    [one] = predictions(told([f"Northland could recall its envoy {words}."], AS_OF).sentences, AS_OF)
    assert one.day == day


def test_what_there_are_signs_of_is_asked_and_on_its_own_day(told):
    said = (
        "The lock has cut the number of slots to 24 with indications that the number could fall to 18 by 1 May.",
        "The authority predicts that the lake will rise from 79 feet in January to 81 feet by 30 June.",
    )
    found = predictions(told(said, AS_OF).sentences, AS_OF)
    assert [(one.words, one.day) for one in found] == [
        ("The number to fall to 18 by 1 May", date(2024, 5, 1)),
        ("The lake to rise from 79 feet in January to 81 feet by 30 June", date(2024, 6, 30)),
    ]


REFUSED = {
    "The council does not plan to shut the bridge.": "The council to shut the bridge",
    "The guild said it would not leave the market by 1 June.": "The guild to leave the market",
    "The captains have no plans to sail before May.": "The captains to sail",
    "The rebels say that they will not.": None,
    "The ferry is not expected to sail by 1 June.": "The ferry to sail",
}


def test_what_is_said_not_to_come_is_asked_the_other_way_round(told):
    """A refusal is no event that comes: what it refuses may come, with the rest of the chance."""
    found = predictions(told(list(REFUSED), AS_OF).sentences, AS_OF)
    for text, words in REFUSED.items():
        own = [one for one in found if one.sentence.text.strip() == text]
        if words is None:
            assert not [one for one in own if "will not" in one.words or (one.chance[0] >= 0.5 and not one.figures)], text
            continue
        assert [one.words[: len(words)] for one in own] == [words], text
        assert own[0].chance[1] <= 0.5 and "turned round" in own[0].because


def test_what_comes_in_a_month_comes_within_it(told):
    """A month without a year is the next; the event can come from its first day on, and no sooner."""
    said = ("Forecasters expect the frost to return in April.", "The dockers could walk out in June, and nobody knows why.")
    found = predictions(told(said, AS_OF).sentences, AS_OF)
    assert [(one.first, one.day) for one in found] == [
        (date(2024, 4, 1), date(2024, 4, 30)),
        (date(2024, 6, 1), date(2024, 6, 30)),
    ]
    [later] = predictions(told(["A curfew imposed in January will be lifted by the mayor."], AS_OF).sentences, AS_OF)
    assert later.first is None and later.day is None


CHANCES = {
    "There is a 30% chance that pilots walk out in May, the guild said.": ("Pilots walk out", 0.3),
    "The smelter said it was 90% certain that it would close the mill by September.": ("The smelter to close the mill", 0.9),
    "We put the chance that Anders Holm resigns by the end of April at 70 to 80 percent.": ("Anders Holm resigns", 0.75),
}


@pytest.mark.parametrize("sentence", CHANCES)
def test_a_chance_is_asked_with_what_it_is_a_chance_of(told, sentence):
    [one] = predictions(told([sentence], AS_OF).sentences, AS_OF)
    words, chance = CHANCES[sentence]
    assert one.words.startswith(words) and "%" not in one.words and sum(one.chance) / 2 == pytest.approx(chance, abs=0.06)


def test_the_word_that_a_chance_is_read_from_is_the_one_that_tells_it(told):
    said = ("A plant that would mill the grain is likely to open by April.", "The guild will probably accept the offer by May.")
    found = predictions(told(said, AS_OF).sentences, AS_OF)
    assert [re.search("“(.*?)”", one.because)[1] for one in found] == ["likely", "probably"]
    assert found[0].words.startswith("A plant that would mill the grain to open")


def test_a_figure_that_is_said_not_to_be_reached_has_the_rest_of_the_chance(told):
    report = (
        "Stocks of zinc in the warehouses stand at 900 tonnes.",
        "Smelters produce 60 tonnes of zinc a week, and factories use 80 tonnes a week.",
        "Stocks of zinc will not fall to 400 tonnes by 30 June.",
        "Without rain the stocks of zinc will be at 500 tonnes by 31 May.",
    )
    drafted = drafted_of(plan_of(told(report, AS_OF), ["goods"]), "case", "Case")
    asked = {question.name: (question, body) for question, body in questions_of(drafted) if question.quote}
    denied, _ = next(one for one in asked.values() if "< 400 tonne" in one[1])
    assert "a chance of 10 to 50 %" in denied.quote and "turned round" in denied.quote
    assert any("< 500 tonne" in body for _, body in asked.values())  # below the 900 of the start


NO_PREDICTIONS = (
    "Sales have fallen since the premier said in May that he would raise the levy.",
    "Orders dropped steeply as buyers awaited clarity on whether the council would issue permits.",
    "The low yields were due to farmer reluctance to plant.",
    "The captives should not be forcibly sent back, said the envoy.",
    "Villages that are still at risk of attack were emptied.",
    "Some 4,000 remain displaced, considering reported returns of 600 people.",
    "The sales have so far cut the stock of tin by 9 tonnes.",
    "Sales from the stock have lowered the price by a fifth compared to what it would have been without them.",
)


@pytest.mark.parametrize("sentence", NO_PREDICTIONS)
def test_what_was_said_is_asked_or_is_due_to_something_foretells_nothing(told, sentence):
    assert predictions(told([sentence], AS_OF).sentences, AS_OF) == []


def test_the_middle_of_a_year_is_a_day(told):
    [one] = predictions(told(["Output of tin could halve by the middle of next year."], AS_OF).sentences, AS_OF)
    assert one.day == date(2025, 6, 30)


def test_a_quotation_that_goes_on_speaks_of_the_paragraph_before_it_and_at_most_is_under(told):
    said = (
        "Iran's exports of oil have fallen from 900,000 barrels a day to 520,000 barrels a day, for sanctions scare buyers off.",
        "Iran exported 500,000 barrels a day in February under the embargo, said Bo Lind, an analyst at FGE.",
        "“Now our forecast is that it will go down to 400,000 barrels a day by the end of this year, and 300,000 by the middle of next year,” "
        "he added.",
        "Exports of Iran may not exceed 300,000 to 350,000 barrels a day in June because of the sanctions.",
    )
    drafted = drafted_of(plan_of(told(said, AS_OF), ["sanctions"]), "case", "Case")
    bodies = [body for _, body in questions_of(drafted)]
    assert any("on 2024-12-31 true when sanctions.passing < 400000 barrel/day" in body for body in bodies), bodies
    assert any("on 2025-06-30 true when sanctions.passing < 300000 barrel/day" in body for body in bodies)
    assert any("on 2024-06-30 true when sanctions.passing < 350000 barrel/day" in body for body in bodies)
    assert all(" in barrel/day" in body for body in bodies if " value sanctions.passing" in body)


def test_what_one_works_does_is_no_state_of_all(told):
    said = (
        "The unions demand a 9% wage increase, and talks with management on pay have failed.",
        "The strike at the smelters goes on, and 8,000 workers have walked out in the dispute.",
        "Workers at the Brod smelter voted on Thursday to suspend the strike.",
    )
    plan = plan_of(told(said, AS_OF), ["dispute"])
    assert not plan.starts
    all_of_them = plan_of(told((*said[:2], "The unions have suspended the strike."), AS_OF), ["dispute"])
    assert ("strike", "suspended") in all_of_them.starts
