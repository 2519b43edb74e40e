"""The gate before a slot: figures of another place, of a part, of long ago, or of what only stands beside, whoever words them how."""

from __future__ import annotations

from datetime import date

import pytest

from foedus.draft.draft import plan_of

DAY = date(2024, 11, 20)


def filled(told, sentences, mechanism: str, slot: str, day: date = DAY) -> list[float | None]:
    plan = plan_of(told(sentences, day), [mechanism])
    rows = [row for part in plan.chosen.parts for name, row in part.filled.slots.items() if name == slot]
    return [each.fact.claim.quantity.value or each.fact.claim.quantity.low for row in rows for each in row]


OUTBREAK = (
    "Kenya has recorded 5,400 measles cases and 41 deaths, the ministry said.",
    "New cases run at 300 a week, and the virus spreads in schools.",
    "Each case infects about 3 others.",
)
ELSEWHERE = (
    "Of seven districts, Orlo alone has 2,100 cases.",
    "Neighbouring Ruvia has had 440 cases.",
    "In the lowlands it is quiet; Ruvia has 15 cases.",
    "Almost 350,000 measles cases were reported worldwide.",
    "By mid-October 716 measles cases had been recorded.",
    "More measles has never been seen in the islands’ population of about 200,000, the doctor said.",
)


@pytest.mark.parametrize("sentence", ELSEWHERE)
def test_cases_of_a_part_of_another_place_and_of_then_are_no_cases_so_far(told, sentence):
    assert filled(told, (*OUTBREAK, sentence), "epidemic", "cases_so_far") == [5400.0]


def test_how_many_live_there_is_the_population_though_the_sentence_tells_something_else(told):
    said = "More than 5,300 cases of measles have been recorded in the country’s population of about 9 million."
    assert filled(told, (*OUTBREAK, said), "epidemic", "population") == [9e6]
    assert filled(told, (*OUTBREAK, said), "epidemic", "cases_so_far") == [5400.0, 5300.0]


def test_from_one_day_to_the_next_is_a_day(told):
    assert filled(told, (*OUTBREAK, "Some 98 new cases were reported between Sunday and Monday."), "epidemic", "new_cases") == [
        300.0,
        98.0,
    ]


STRAIT = (
    "About 98 vessels are waiting to cross the canal.",
    "Last month the canal had 32 daily transits.",
    "Ships anchor on both sides while the backlog is cleared.",
)


@pytest.mark.parametrize(
    "sentence",
    [
        "As many as 160 ships were waiting in August.",
        "The seven-year average of the number of vessels waiting is 90 ships.",
        "On average over the past decade 85 ships were waiting.",
    ],
)
def test_an_average_of_years_and_a_number_of_months_ago_are_none_of_today(told, sentence):
    assert filled(told, (*STRAIT, sentence), "queue", "waiting_now") == [98.0]


def test_the_only_number_that_is_told_stays_though_it_is_of_months_ago(told):
    sentences = ("As many as 160 ships were waiting in August.", *STRAIT[1:])
    assert filled(told, sentences, "queue", "waiting_now") == [160.0]


CAMPS = (
    "Some 1,200 people arrive each week from Sudan.",
    "Kenya counts 306,500 refugees so far, and Kenya may close its border.",
    "The camps in Kenya have room for 330,000 people.",
)


def test_camps_of_another_country_are_no_room(told):
    other = "Egypt's camps can hold 390,000 Sudanese refugees."
    assert filled(told, (*CAMPS, other), "migration", "room") == [330_000.0]


def test_a_land_that_no_list_knows_is_the_place_of_all_where_the_reports_speak_of_it_most(told):
    sentences = [sentence.replace("Kenya", "Ruvia") for sentence in CAMPS]
    other = ("Egypt's camps can hold 390,000 Sudanese refugees.", "Ruvia is poor, and the government of Ruvia wants help.")
    assert filled(told, (*sentences, *other), "migration", "abroad_now") == [306_500.0]


def test_those_who_come_are_counted_where_they_go(told):
    assert filled(told, CAMPS, "migration", "crossing_now") == [1200.0]


def test_what_camps_were_planned_for_is_their_room(told):
    assert filled(told, (*CAMPS[:2], "The camps were planned for 280,000 people."), "migration", "room") == [280_000.0]


def test_a_people_is_counted_by_its_name(told):
    said = "Arrivals brought the total number of Ruvians who fled across the border to 515,000."
    assert filled(
        told, ("Some 1,200 people cross the border each week.", "Refugees need camps.", said), "migration", "abroad_now"
    ) == [515_000.0]


def test_what_has_come_since_is_told_of_the_day_of_the_report(told):
    since = (
        "Since mid-April some 415,000 people have crossed into Kenya.",
        "More than 410,000 people have fled since fighting began.",
    )
    assert filled(told, (*CAMPS[::2], *since), "migration", "abroad_now") == [415_000.0, 410_000.0]


def test_those_who_fled_their_homes_are_displaced_and_not_abroad(told):
    said = ("Over 700,000 people have fled their homes.", "Nearly 6,300 people fled their homes in the aftermath of an attack.")
    assert filled(told, (*CAMPS, *said), "migration", "displaced_now") == [700_000.0]
    assert filled(told, (*CAMPS, *said), "migration", "abroad_now") == [306_500.0]


DISPUTE = (
    "The union's members want 36% raises in pay, and the strike goes on at the pay it gets.",
    "The employers offer 20 percent; union and employers met on the walkout and the settlement.",
    "The union has 146,000 members.",
)


@pytest.mark.parametrize(
    "sentence",
    ["The strike began at three factories with 12,700 workers.", "Approximately 13,000 auto workers have embarked on a strike."],
)
def test_those_who_have_walked_out_are_not_all_who_may(told, sentence):
    assert filled(told, (*DISPUTE, sentence), "dispute", "workers") == [146_000.0]


def test_a_mission_that_a_country_leads_is_not_in_it_and_who_joins_it_is_not_all(told):
    sentences = (
        "Ten countries have promised to send about 2,900 troops to the Kenyan-led mission in Iraq.",
        "About 430 personnel have been deployed to Iraq since June.",
        "The soldiers are joined by two dozen officers from Jamaica.",
    )
    assert filled(told, sentences, "contingent", "ordered") == [2900.0]


def test_a_canal_is_a_passage_with_a_queue_before_it(told):
    sentences = (
        "The canal can normally handle an average of 40 transits a day, and shipping lines want it open.",
        "About 25 ships a day passed the waterway last week.",
        *STRAIT[::2],
        "The vessels are tankers.",
    )
    sentences = (*sentences, "About 36 ships a day ask for passage in normal times.")
    parts = {part.alias: part.filled.slots for part in plan_of(told(sentences, DAY)).chosen.parts}
    assert [each.fact.claim.quantity.value for each in parts["passage"]["traffic"]] == [40.0, 36.0]
    assert [each.fact.claim.quantity.value for each in parts["passage"]["passes_now"]] == [25.0]
    assert [each.fact.claim.quantity.value for each in parts["queue"]["waiting_now"]] == [98.0]


STORE = (
    "Stores now hold 22 billion cubic metres of gas, and the stock is used in winter.",
    "The country imports 8 billion cubic metres a month.",
    "Use averages 90 billion cubic metres a year.",
)


def test_what_is_held_against_a_part_of_the_use_is_not_used(told):
    said = "Storage capacity is around 23 billion cubic metres, more than one-fifth of the consumption of 100 billion cubic metres in 2023."
    assert filled(told, (*STORE, said), "goods", "wanted") == [90e9, 100e9]
    assert filled(told, (*STORE, said), "goods", "capacity") == [23e9]


def test_the_whole_of_which_a_part_falls_due_does_not_fall_due_with_it(told):
    sentences = (
        "The country is due to repay $7 billion this year of the $25 billion in foreign loans that it has to pay by 2031.",
        "Foreign exchange reserves fell to $2 billion.",
        "Exports earn $900 million a month, and imports cost $1.1 billion a month.",
        "The central bank fears a default on its foreign debt.",
    )
    assert filled(told, sentences, "reserves", "due") == [7e9]
    assert filled(told, sentences, "reserves", "loan") == filled(told, sentences, "reserves", "due_year") == []


def test_a_time_of_waiting_alone_makes_no_queue_of_nobody(told):
    sentences = (*CAMPS, "People have waited up to four days on average to cross; the queue and the delay at the ford grow.")
    assert [part.takes.name for part in plan_of(told(sentences, DAY)).chosen.parts] == ["migration"]


COVERED = (*OUTBREAK, "Vaccine coverage stands at 62 percent.")


def test_who_is_vaccinated_is_immune_for_the_most_part(told):
    assert filled(told, COVERED, "epidemic", "vaccinated") == [62.0]


@pytest.mark.parametrize(
    "sentence",
    [
        "Other countries in the region have vaccination rates of 98 percent.",
        "Botswana has a vaccination rate of 97 percent.",
        "About 95 percent of the population needs to be vaccinated.",
        "The vaccine is 85 percent effective in the population.",
    ],
)
def test_the_coverage_of_others_or_what_is_needed_is_none_of_today(told, sentence):
    assert filled(told, (*COVERED, sentence), "epidemic", "vaccinated") == [62.0]


MISSION = (
    "About 300 soldiers have been deployed since the mission began.",
    "The battalion arrived in May, and the first wave was sent by air.",
)


def test_a_mission_in_which_somebody_takes_part_is_no_place(told):
    said = "Nine countries have promised to send about 2,100 troops to take part in the Dutch-led Joint Stabilisation Force."
    assert filled(told, (*MISSION, said), "contingent", "ordered") == [2100.0]


def test_those_who_are_to_be_sent_besides_are_ordered(told):
    assert filled(told, (*MISSION, "An additional 450 soldiers were committed in June."), "contingent", "ordered") == [450.0]
    assert filled(told, (*MISSION, "The contingent was cut by 450 soldiers."), "contingent", "ordered") == []


PRICES = (
    "Inflation in Zambia reached 21 percent in October.",
    "The central bank has watched the kwacha depreciate since May.",
    "Interest rates are discussed every month.",
)


def test_a_rise_of_prices_alone_makes_prices_with_a_rate_that_is_guessed(told):
    assert filled(told, PRICES, "prices", "inflation_now") == [21.0]
    assert filled(told, PRICES, "prices", "rate_now") == []


def test_to_what_something_has_risen_is_of_now_whoever_will_keep_it(told):
    said = (
        "The governor said she would keep its policy rate on hold after a steep 3 percentage point rise in May to 17.5 percent."
    )
    assert filled(told, (*PRICES, said), "prices", "rate_now") == [17.5]


GRADES = (
    "From 1 May to 8 November, a total of 2,310 confirmed, probable and suspected cases of cholera were reported in Kenya.",
    "The outbreak began in a camp, and the virus of fear spreads with the disease, a doctor said.",
    "Vaccination begins in a month.",
)


def test_a_probable_case_is_no_forecast_and_its_number_is_a_total(told):
    assert filled(told, GRADES, "epidemic", "cases_so_far") == [2310.0]


@pytest.mark.parametrize(
    "sentence",
    ["Of the 1,105 severe cases of cholera, 20 percent were confirmed.", "The camp nurse counts 640 cases of cholera in all."],
)
def test_the_smaller_count_of_one_report_is_of_a_part(told, sentence):
    assert filled(told, (*GRADES, sentence), "epidemic", "cases_so_far") == [2310.0]


def test_a_share_of_the_reported_cases_is_not_the_share_that_is_reported(told):
    said = "Some 70 percent of reported cases have been classified as cholera."
    assert filled(told, (*GRADES, said), "epidemic", "seen") == []


def test_deaths_that_a_total_includes_are_all_deaths(told):
    said = "Kenya has recorded 2,310 cases, including 84 deaths."
    assert filled(told, (*GRADES[1:], said), "epidemic", "deaths_so_far") == [84.0]


DAMS = (
    "The dams hold 240 million litres of water.",
    "Storage has fallen since the rains failed, and water is rationed.",
    "Rivers bring in 2 million litres of water a day.",
)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The city used 5 million litres of water a day, still far above our target of 4 million litres a day.", [5e6]),
        ("Residents are encouraged to limit water use to 60 litres per day.", []),
        ("A rule restricts use to 50 litres of water a day per person.", []),
    ],
)
def test_what_all_use_is_told_beside_a_goal_and_is_no_limit_for_each(told, sentence, expected):
    assert filled(told, (*DAMS, sentence), "goods", "wanted") == expected


PURSE = (
    "Zambia's central bank holds gross foreign reserves of $3.1 billion.",
    "The government may default on its debt, and imports need dollars.",
)


def test_gross_reserves_are_not_pooled_with_net_ones(told):
    assert filled(told, (*PURSE, "Net reserves stand at $1.2 billion."), "reserves", "reserves_now") == [3.1e9]
    assert filled(told, (PURSE[1], "Zambia's net reserves stand at $1.2 billion."), "reserves", "reserves_now") == [1.2e9]


def test_an_older_rise_of_prices_gives_way_unless_it_is_the_same_one_told_roundly(told):
    rows = (
        *PRICES[1:],
        "Inflation in Zambia was 15 percent in August.",
        "Inflation has risen to almost 22 percent, a bank says.",
    )
    assert filled(told, rows, "prices", "inflation_now") == [22.0]
    assert filled(told, (*rows, "Annual inflation was 21.8 percent in September."), "prices", "inflation_now") == [22.0, 21.8]


def test_so_many_people_of_whom_something_is_told_are_not_all_who_live_there(told):
    said = "That brings the total to more than 1 million people since the drought began."
    assert filled(told, (*OUTBREAK, said), "epidemic", "population") == []


def test_a_land_of_which_no_table_knows_is_the_whole_of_its_reports(told):
    said = (
        "Measles has infected 6,100 people in Tarvia since January, the health ministry said.",
        "It reported 240 new cases last week, and the virus spreads in schools.",
        "The country has 3.1 million inhabitants.",
        "In the town of Brod 90 new cases were reported last week.",
        "In neighbouring Sorvia 1,200 new cases were reported last week.",
    )
    assert filled(told, said, "epidemic", "cases_so_far") == [6100.0]
    assert filled(told, said, "epidemic", "new_cases") == [240.0]


FLED = (
    "Some 58,000 people have fled Orlo since the siege began.",
    "About 4,100 people were displaced in the past week.",
    "Some 12,000 civilians are still living in the city.",
    "Families flee the fighting, and camps fill.",
    "Some 900 people fled their homes in the past week after an attack on Brod.",
)


def test_who_flees_a_town_is_not_abroad_and_who_stays_is_at_home(told):
    assert filled(told, FLED, "migration", "displaced_now") == [58000.0]
    assert filled(told, FLED, "migration", "fleeing_now") == [4100.0] and filled(told, FLED, "migration", "at_home") == [12000.0]
    assert not filled(told, FLED, "migration", "abroad_now")


def test_who_reached_camps_over_a_border_is_abroad_and_what_camps_hold_is_no_room(told):
    said = (
        "Some 9,200 refugees from Tarvia have reached the camps in Kenya since 1 November.",
        "About 310 cross the border each day.",
        "The camps hold 8,100 people and have room for 14,000.",
    )
    assert filled(told, said, "migration", "abroad_now") == [9200.0]
    assert filled(told, said, "migration", "crossing_now") == [310.0] and filled(told, said, "migration", "room") == [14000.0]


TRADE = (
    "Iran's exports of oil have fallen from 900,000 barrels a day in April to 520,000 barrels a day, for sanctions scare buyers off.",
    "Buyers with waivers imported most of Iran's 860,000 barrels a day of oil exports last year.",
    "The waivers from the sanctions were granted to eight countries, which account for 70 percent of Iran's oil exports.",
)


def test_what_was_traded_before_sanctions_and_what_is_traded_now_are_two_things(told):
    assert sorted(filled(told, TRADE, "sanctions", "trade")) == [860000.0, 900000.0]
    assert filled(told, TRADE, "sanctions", "passing_now") == [520000.0]
    assert not filled(told, TRADE, "sanctions", "reach_now")  # who buys is not what is sanctioned


HARVEST = (
    "Farmers of Zambia harvest 3.1 million tonnes of maize in the 2023-24 season, and mills use 60,000 tonnes of maize a week.",
    "The harvest is 400,000 tonnes less than last year's output of maize.",
    "Stocks of maize in the silos stand at 700,000 tonnes.",
)


def test_a_season_is_a_year_and_a_difference_is_no_harvest(told):
    assert filled(told, HARVEST, "goods", "added") == [3.1e6]


def test_the_country_is_that_of_the_reports_and_a_support_price_is_no_price(told):
    said = (
        "The price of maize in Zambia stood at $210 a tonne, and traders fear a shortage.",
        "Prices fell below the minimum support price of $180 a tonne, as demand is weak.",
    )
    assert filled(told, said, "market", "price_now") == [210.0]
    more = (*said, "In the 2023-24 market year, the country produced 3.4 million tonnes of maize.")
    assert not filled(told, more, "market", "supply_now")
