"""Which slot a figure fills, by sentences of many makes; and what fills none: denied, conditional, of another time, thing or place, wished for, changed."""

from __future__ import annotations

import re
from datetime import date

import pytest

from foedus.draft.fitting import match
from foedus.draft.matching import apart_names
from foedus.draft.mechanisms import mechanism_of
from foedus.draft.rules import read_rule, rule_of, ruled
from foedus.draft.things import Matter
from foedus.draft.words import all_apart, pattern, words_in
from foedus.errors import InputError

NONE = None
ANY = Matter("", "", ())
DAY = date(2022, 4, 28)

TABLE: dict[tuple[str, tuple[str, ...], Matter], dict[str, dict[float, str | None]]] = {
    ("chokepoint", ("tonne", "dollar"), ANY): {
        "Exports via the corridor fell to 2.0 million tons in March, UN data showed.": {2.0e6: "traffic"},
        "The corridor handled 3.9 million tonnes last month, before the deadline.": {3.9e6: "traffic"},
        "Shipments through the strait averaged 2.9 million tonnes a month this year.": {2.9e6: "traffic"},
        "Tankers carry 700,000 tonnes of crude through the canal every week.": {7e5: "traffic"},
        "War risk insurance costs about 1 percent of a ship's value.": {1.0: "premium_now"},
        "Around 900,000 tonnes a week pass the strait.": {9e5: "traffic"},
        "Pirates have boarded and attacked ships 14 times since April.": {14.0: "attack_rate"},
        "Wheat was quoted at $255 per tonne, free on board.": {255.0: "value"},
        "Rerouting grain through Romania adds $35 a tonne to the cost, traders say.": {35.0: "detour_cost"},
        "Moving a tonne by rail costs $30 more than by sea.": {30.0: "detour_cost"},
        "A total of 32.8 million metric tons of corn have been exported under the deal so far.": {32.8e6: NONE},
        "Ukraine can export up to 4 million tons a month by rail, road and river.": {4e6: NONE},
        "If the deal is extended, shipments could reach 5 million tonnes a month.": {5e6: NONE},
        "Moscow denied that it was blocking 2 million tonnes of exports a month.": {2e6: NONE},
        "In 2008 the port shipped 3 million tonnes a month.": {3e6: NONE},
        "More than 1,000 ships full of grain have left the ports.": {1000.0: NONE},
        "Shipments fell by 400,000 tonnes in March.": {4e5: NONE},
        "The ministry wants to ship 6 million tonnes a month.": {6e6: NONE},
        "Silos in the ports store 2 million tonnes.": {2e6: NONE},
        "Insurers say that premiums have doubled since the prewar years to 0.4 percent of the value of a hull.": {
            0.4: "premium_now"
        },
        "Wheat is below its record of $500 per tonne.": {500.0: NONE},
        "Danube ports handled 1.6 million tonnes in March.": {1.6e6: NONE},
        "Railways and river ports handled 900,000 tonnes in March.": {9e5: "around_now"},
        "War risk premiums have risen to 0.7 percent of the value of a ship from 0.05 percent in February.": {
            0.7: "premium_now",
            0.05: NONE,
        },
        "The voyage around the Cape of Good Hope costs $40 more for each tonne.": {40.0: "detour_cost"},
        "The export ban cut the revenue of the port by 6 billion dollars.": {6e9: NONE},
    },
    ("bankrun", ("dollar",), ANY): {
        "Deposits stood at $70 billion at the end of last month.": {70e9: "deposits_now"},
        "Customers withdrew $3 billion from the bank on Tuesday.": {3e9: "withdrawn_now"},
        "About 80 percent of its deposits are above the limit of the insurance.": {80.0: "uninsured"},
        "The lender holds cash of $9 billion.": {9e9: "cash_now"},
        "Shares of the lender have lost 60 percent.": {60.0: NONE},
        "The bank has $250 billion in assets.": {250e9: NONE},
    },
    ("capacity", ("megawatt",), ANY): {
        "The grid operator said 9.6 gigawatts were available on Monday.": {9.6: "working_now"},
        "Peak demand this winter is about 18,000 megawatts.": {18000.0: "asked"},
        "Strikes have knocked out 9,000 megawatts of generating capacity.": {9000.0: "broken_now"},
        "The country imports 1,700 megawatts from its neighbours.": {1700.0: "from_others"},
        "The shortfall reached 2,300 megawatts on Tuesday.": {2300.0: "shortage"},
        "Demand for electricity grows by 4 percent a year.": {4.0: "growth"},
        "Engineers need three months to repair the transformers.": {3.0: "mending"},
        "The utility is producing 26,000 megawatts.": {26000.0: "working_now"},
        "Two reactors with 1,930 megawatts are offline.": {1930.0: "broken_now"},
        "The government plans to build 5,000 megawatts of new plants.": {5000.0: NONE},
        "Tariffs rose by 12 percent a year.": {12.0: NONE},
        "The ministry denied that 3,000 megawatts had been lost.": {3000.0: NONE},
        "If a second line fails, 1,200 megawatts would be lost.": {1200.0: NONE},
        "The blackout hit 4 million customers.": {4e6: NONE},
        "The plant was built 40 years ago.": {40.0: NONE},
    },
    ("prices", (), ANY): {
        "Annual inflation was 69.8 percent in March, the statistics office said.": {69.8: "inflation_now"},
        "Consumer prices rose 211 percent in the year to March.": {211.0: "inflation_now"},
        "Monthly inflation slowed to 8.8 percent in March.": {8.8: "monthly"},
        "The central bank kept its policy rate at 50 percent.": {50.0: "rate_now"},
        "The peso has lost 18 percent against the dollar since January.": {18.0: NONE},
        "The peso is expected to lose 18 percent against the dollar within a year.": {18.0: "fall"},
        "The bank wants inflation of 5 percent.": {5.0: NONE},
        "Economists expect inflation of 43.5 percent at the end of the year.": {43.5: NONE},
        "Food inflation reached 287 percent.": {287.0: NONE},
        "Wages went up by 49 percent in January.": {49.0: NONE},
        "The minister denied that inflation had reached 100 percent.": {100.0: NONE},
        "Mortgage rates stand at 61 percent.": {61.0: NONE},
        "Unemployment stands at 9 percent.": {9.0: NONE},
    },
    ("reserves", ("dollar",), ANY): {
        "Foreign reserves have fallen to $2.9 billion, barely a month of imports.": {2.9e9: "reserves_now"},
        "Imports of fuel, food and seed cost about $1.6 billion a month.": {1.6e9: "imports"},
        "Exports earn $900 million a month, and workers abroad sent home $400 million a month.": {
            9e8: "exports",
            4e8: "sent_home",
        },
        "Remittances, which used to come to $700 million a month, have fallen to $400 million a month.": {
            7e8: NONE,
            4e8: "sent_home",
        },
        "The island owes $30 billion abroad and was due to repay $4 billion this year.": {30e9: "debt", 4e9: "due_year"},
        "Two years ago the reserves were $7 billion.": {},
        "Oil reserves are worth $80 billion.": {80e9: NONE},
    },
    ("dispute", ("person",), ANY): {
        "The union wants a rise of 17 percent.": {17.0: "demand_now"},
        "The employers have offered 4 percent.": {4.0: "offer_now"},
        "The union, which represents 30,000 drivers, called a strike.": {30000.0: "workers"},
        "In the ballot on pay 80 percent voted to strike.": {80.0: NONE},
        "It speaks of a fall in real pay of 20 percent.": {20.0: NONE},
    },
    ("goods", ("cubic_metre",), ANY): {
        "Imports come from Norway, the Netherlands and Belgium: around 17 cubic metres a week in all.": {17.0: "added"},
        "Exports – to Austria and, since May, to France – take about 4 cubic metres a week.": {4.0: "seized"},
        "Water would be rationed once less than six weeks of use are left in the dams.": {6.0: "cover"},
        "Stocks, which were 41 cubic metres on Monday, are three times the required buffer of 13 cubic metres.": {13.0: NONE},
    },
    ("chokepoint", ("ship", "dollar"), ANY): {
        "Some 300 container ships a week are now being sent between Asia and Europe by either way.": {300.0: "traffic"},
        "The share of the fleet that still takes the canal has fallen to 30 percent.": {30.0: "through_now"},
        "Before the attacks some 50 ships a day passed the strait.": {50.0: "traffic"},
        "Before the strike on shipping was over, 12 ships were attacked in the strait.": {12.0: NONE},
        "War risk insurance for the passage is up to 900 percent higher than it was.": {900.0: NONE},
        "Premiums for ships rose to 0.8 percent of their value, compared with less than 0.05 percent before the raids.": {
            0.8: "premium_now",
            0.05: "calm_premium",
        },
        "Insurers ask 0.7 percent of a ship's value, against 0.04 percent before the war.": {
            0.7: "premium_now",
            0.04: "calm_premium",
        },
        "The way around adds 12 days to a voyage.": {12.0: "detour_days"},
        "Ships wait 12 more days for the voyage through the canal.": {12.0: NONE},
        "Routes around the cape have increased each voyage by about $900,000 in fuel.": {900_000.0: "detour_cost"},
        "The warships on station prevent about 60 percent of the attacks.": {60.0: "escorts"},
    },
    ("goods", ("tonne",), Matter("vegetable oil", "palm oil", ("Indonesia",))): {
        "Indonesia exports around 26 million tonnes of palm oil a year.": {26e6: "seized"},
        "Indonesia's palm oil stocks rose to 5.05 million tonnes in February from 4.68 million tonnes in January.": {
            5.05e6: "stock_now",
            4.68e6: NONE,
        },
        "Domestic consumption is around 1.5 million tons per month.": {1.5e6: "wanted"},
        "Households and food makers use 380,000 tonnes a week.": {380_000.0: "wanted"},
        "The country produced 46.9 million tonnes of crude palm oil in 2021.": {46.9e6: "added"},
        "Palm oil output was 3.8 million tonnes in February.": {3.8e6: "added"},
        "Inventories at the end of March were estimated at 5.7 million tonnes.": {5.7e6: "stock_now"},
        "Indonesia has storage capacity of about 6 million tonnes.": {6e6: "capacity"},
        "The state buyer wants to build a reserve of 1 million tonnes.": {1e6: NONE},
        "Exports fell by 500,000 tonnes in March.": {5e5: NONE},
        "India imported 600,000 tonnes of palm oil in March.": {6e5: NONE},
        "Malaysia produced 1.4 million tonnes in March.": {1.4e6: NONE},
        "Tanks were full with 7 million tonnes in 2015.": {7e6: NONE},
        "The ministry denied that stocks had fallen to 3 million tonnes.": {3e6: NONE},
        "Indonesia exports 40 million tonnes of coal a month.": {40e6: NONE},
        "Without a ban stocks would be 9 million tonnes.": {9e6: NONE},
        "The stock of palm oil stood at 4.5 million tonnes against a target of 3 million tonnes.": {
            4.5e6: "stock_now",
            3e6: NONE,
        },
        "Olein accounted for 8 million tonnes of exports in 2021.": {8e6: NONE},
        "Growers sold 2,000 tonnes of bananas a week.": {2000.0: NONE},
        "Demand for bulk cooking oil is 194,000 tonnes a month.": {194_000.0: NONE},
        "Indonesia exported 34 million tonnes of palm oil in 2021, of which 3 million tonnes were crude.": {
            34e6: "seized",
            3e6: NONE,
        },
    },
    ("market", ("tonne", "ringgit"), ANY): {
        "Malaysian palm oil futures closed at 7,104 ringgit a tonne on Wednesday.": {7104.0: "price_now"},
        "The benchmark contract gained 212 ringgit to 6,950 ringgit a tonne.": {212.0: NONE, 6950.0: "price_now"},
        "The country accounts for about 60% of global palm oil supply.": {60.0: "withheld"},
        "Prices could reach 8,000 ringgit a tonne if the ban lasts.": {8000.0: NONE},
        "The levy is 525 ringgit a tonne.": {525.0: NONE},
        "A tonne of palm oil cost 6,960 ringgit on Monday, against 5,700 ringgit at the start of February.": {
            6960.0: "price_now",
            5700.0: NONE,
        },
        "Analysts see a 60% chance of higher prices on the world market.": {60.0: NONE},
        "Prices rose 12% on the world market.": {12.0: NONE},
        "Palm oil accounts for nearly 60 percent of global vegetable oil shipments.": {60.0: NONE},
    },
    ("epidemic", ("person",), ANY): {
        "Lorn County, with 31,000 people, has 240 of the cases.": {31_000.0: NONE, 240.0: NONE},
        "The island has 2 million people, of whom 90% are immune.": {2e6: "population", 90.0: "immune_now"},
        "Patients fall ill within 3 days of infection.": {3.0: "incubation"},
        "A case remains contagious for about 5 days.": {5.0: "sick_time"},
        "Each patient infects 1.7 other people.": {1.7: "reproduction"},
        "About 4 percent of pregnant women who fell ill have died.": {4.0: NONE},
        "Half of the first 240 cases were traders.": {240.0: NONE},
        "Among infants 8 percent of those infected die.": {8.0: NONE},
        "In past outbreaks it killed up to 10 percent of those infected.": {10.0: NONE},
        "The three countries have reported 5,864 cases and 2,811 deaths.": {5864.0: "cases_so_far", 2811.0: "deaths_so_far"},
        "The outbreak has infected 6,574 people and killed 3,091 of them.": {6574.0: "cases_so_far", 3091.0: "deaths_so_far"},
        "There were 710 new cases in the past week.": {710.0: "new_cases"},
        "The fatality rate is around 70 percent.": {70.0: "fatality"},
        "Some 40 percent of the deaths occurred at home.": {40.0: NONE},
        "The flood killed 90 people in the same valley.": {90.0: NONE},
        "The virus has an incubation period of 9 days.": {9.0: "incubation"},
        "The average time from infection to symptoms is 11 days.": {11.0: "incubation"},
        "Patients are infectious for about six days.": {6.0: "sick_time"},
        "Scientists put the basic reproduction number at 1.8.": {1.8: "reproduction"},
        "Sierra Leone, with a population of 6 million, was locked down.": {6e6: "population"},
        "Only 30 percent of patients are isolated.": {30.0: "measures"},
        "In 1976 the virus killed 280 people in Yambuku.": {280.0: NONE},
        "Some 20,000 people could be infected by the end of June.": {20_000.0: NONE},
        "A fatality rate of 90 percent was denied by the ministry.": {90.0: NONE},
        "Health workers account for 375 infections and 211 deaths.": {375.0: NONE, 211.0: NONE},
        "The number of cases doubles every 20 days.": {20.0: NONE},
        "The hospital has 120 beds.": {120.0: NONE},
        "The response needs 3,000 nurses.": {3000.0: NONE},
        "The number of confirmed cases was 5,335 on Sunday.": {5335.0: "cases_so_far"},
        "Measles has killed 53 people since March, most of them small children.": {53.0: "deaths_so_far"},
    },
    ("migration", ("person",), ANY): {
        "Arrivals have slowed to 900 a week.": {900.0: "crossing_now"},
        "The five camps have room for 60,000.": {60_000.0: "room"},
        "It is the greatest influx into the land, whose own population is 7 million.": {7e6: NONE},
        "The camp at Renk, built for 3,000 people, now shelters 19,000 people.": {3000.0: "room", 19000.0: NONE},
        "Nearly 560,000 people of those who fled are in Chad.": {},
        "About 1,500 people a day are crossing the border.": {1500.0: "crossing_now"},
        "Since April some 100,000 refugees have arrived.": {100_000.0: "abroad_now"},
        "Some 700,000 people are displaced within the country.": {700_000.0: "displaced_now"},
        "Camps near the border can shelter 60,000 people.": {60_000.0: "room"},
        "Around 1 percent of the refugees return every month.": {1.0: "return_rate"},
        "The agency expects that 250,000 people will arrive by December.": {250_000.0: NONE},
        "Aid workers need food for 80,000 people.": {80_000.0: NONE},
        "The fighting killed 400 people.": {400.0: NONE},
    },
    ("queue", ("ship",), ANY): {
        "Some 41 ships were waiting at anchor on Sunday.": {41.0: "waiting_now"},
        "About 26 ships arrive each week.": {26.0: "arrivals"},
        "The terminals can clear 30 ships a week when all cranes work.": {30.0: "cleared"},
        "The union denied that 12 ships were waiting.": {12.0: NONE},
        "The navy bought 3 ships.": {3.0: NONE},
        "Boats now wait four days for a berth on average.": {4.0: "wait_now"},
        "The queue at the lock lengthened by 9 ships.": {9.0: NONE},
        "The lock had 33 ships at anchor - twice as many as in May.": {33.0: "waiting_now"},
        "About 12 ships have waited for over a year.": {12.0: NONE},
    },
    ("queue", ("person",), ANY): {
        "The number of claimants waiting for a ruling rose to 48,000 at the end of June from 31,000 a year earlier.": {
            48_000.0: "waiting_now",
            31_000.0: NONE,
        },
        "ORLO, 12 June 2026 (Wire) - The number of claimants waiting for a visa rose to 7,000 at the end of May from 6,000 in April.": {
            7000.0: "waiting_now",
            6000.0: NONE,
        },
        "About 1,900 people apply each week.": {1900.0: "arrivals"},
        "The land has 36,000 places in reception centres.": {36_000.0: NONE},
        "The clinic has 60 beds.": {60.0: "places"},
        "About 1,900 patients a week join the queue, the clinic service said.": {1900.0: "arrivals"},
        "Some 700 patients a week are added to the waiting list.": {700.0: "arrivals"},
        "Clinics treat 1,700 patients a week.": {1700.0: "cleared"},
        "About 90 patients a week are removed from the waiting list without treatment.": {90.0: "left_unserved"},
        "Some 500 patients arrive every month, and about 420 are then treated.": {500.0: "arrivals", 420.0: "cleared"},
        "My mother has been waiting for her operation for 40 weeks.": {40.0: NONE},
    },
    ("rounds", ("shell",), ANY): {
        "In the first months of the war its guns fired 9,000 shells a day.": {9000.0: NONE},
        "Last year 60,000 shells were taken out of the depots and sent to an ally.": {60_000.0: NONE},
        "Convoys bring 4,000 shells a month.": {4000.0: "received"},
        "Stocks of 152-millimetre shells are probably between 30,000 and 50,000.": {30_000.0: "stock_now"},
        "Some 300 ships a week are being sent by either way.": {300.0: NONE},
        "Gunners use some 6,000 shells a day.": {6000.0: "wanted"},
        "Plants turn out about 90,000 munitions a month.": {90_000.0: "made"},
        "Its depots still hold 800,000 shells.": {800_000.0: "stock_now"},
        "Factories make 20,000 shells a month.": {20_000.0: "made"},
        "Allies delivered 50,000 shells in March.": {50_000.0: "received"},
        "About 15 percent of the shells fail.": {15.0: "duds"},
        "Allies promised to deliver 1,000,000 shells within a year.": {1e6: NONE},
        "The army would fire 9,000 shells a day if it had them.": {9000.0: NONE},
    },
    ("pipeline", ("person",), ANY): {
        "The service recruits 400 nurses a month.": {400.0: "intake"},
        "Training takes 26 weeks.": {26.0: "course"},
        "The hospitals employ 12,000 nurses.": {12_000.0: "start"},
        "The service needs 3,000 more nurses.": {3000.0: NONE},
        "The ministry plans to draft 2,500 men a month from June.": {2500.0: "intake_planned"},
        "The service wants 400 nurses.": {400.0: NONE},
        "Some 300 soldiers a month desert or quit the army.": {300.0: "gone"},
        "Officers expect that one in five of the draftees will run away within a year.": {0.2: "dropout"},
        "The army has about 90,000 soldiers.": {90_000.0: "start"},
        "Some 3,000 soldiers serve overseas.": {3000.0: NONE},
        "The army loses about 700 soldiers a month to wounds and death.": {700.0: "lost"},
        "About 9,000 people a month leave the country.": {9000.0: NONE},
    },
    ("front", ("km2",), ANY): {
        "The defenders hold about 600 square kilometres of the region.": {600.0: "held_now"},
        "The army took 120 square kilometres in March.": {120.0: "pace"},
        "Troops could take 900 square kilometres a month.": {900.0: NONE},
        "The park covers 40 square kilometres.": {40.0: NONE},
    },
    ("support", ("person",), ANY): {
        "In a new poll 61 percent of voters support the war.": {61.0: "support_now"},
        "More than 4,000 soldiers have been killed so far.": {4000.0: "losses_so_far"},
        "About 30 percent of respondents oppose the war.": {30.0: NONE},
        "A majority of 55 percent could support talks.": {55.0: NONE},
    },
    ("sanctions", ("barrel",), ANY): {
        "Traders needed about 14 months to build up the shadow fleet.": {14.0: "learning_time"},
        "About 40 percent of what the embargo covers gets through all the same.": {40.0: "evasion_now"},
        "The country exports 3 million barrels a day.": {3e6: "trade"},
        "Some 40 percent of the sales evade the embargo.": {40.0: "evasion_now"},
        "Sanctions cover 60 percent of its exports.": {60.0: "reach_now"},
        "Exports fell by 400,000 barrels a day.": {400_000.0: NONE},
        "There is a 30 percent chance of new sanctions on exports.": {30.0: NONE},
    },
    ("contingent", ("person",), ANY): {
        "The government has ordered 1,200 soldiers to deploy.": {1200.0: "ordered"},
        "Two soldiers were killed.": {2.0: NONE},
        "Fiji readied 400 servicemen to join the mission.": {400.0: "ordered"},
        "Nepal has pledged to contribute 900 personnel.": {900.0: "ordered"},
        "About 250 military advisers had already landed in the capital.": {250.0: "already"},
        "More than 1,100 marines have been deployed to the islands.": {1100.0: "already"},
        "About 8,000 peacekeepers are deployed along the line.": {8000.0: "already"},
        "Some 600 instructors are stationed near the border.": {600.0: "already"},
        "The armed forces of Fiji consist of 3,500 active personnel.": {3500.0: "army"},
        "The deployment takes eight weeks.": {8.0: "sending_time"},
        "The officers are preparing for ten weeks before they are used.": {10.0: "drill_time"},
        "Violence has displaced 70,000 people since troops were deployed.": {70_000.0: NONE},
        "The general asked for 5,000 more troops to be sent.": {5000.0: NONE},
        "The mission needs to deploy 2,200 soldiers.": {2200.0: NONE},
        "Some 300 peacekeepers have withdrawn from the base.": {300.0: NONE},
        "The army recruited 4,000 soldiers who will train for a year.": {4000.0: NONE},
        "Rebels captured 30 soldiers sent to the border.": {30.0: NONE},
        "The government denied that it had sent 700 troops.": {700.0: NONE},
    },
    ("bargain", ("shell", "worth"), ANY): {
        "The ally has shipped 900,000 shells since January.": {9e5: "delivered_so_far"},
        "It supplies 20,000 shells a month in return for grain.": {20_000.0: "offered"},
        "The ally could deliver 300,000 shells.": {3e5: NONE},
        "The army received 5,000 shells in exchange for fuel.": {5000.0: NONE},
        "Gunners fired 8,000 shells that were sent by an ally.": {8000.0: NONE},
    },
    ("pact", (), ANY): {
        "Allies honoured about 60 percent of such treaties.": {60.0: "honour"},
        "Under the alliance, help arrives within three weeks of a call.": {3.0: "delay_time"},
        "The treaty is valid for ten years.": {10.0: NONE},
        "In a poll 60 percent of voters want to honour the alliance.": {60.0: NONE},
        "Some 40 percent of grain exports fall under the treaty.": {40.0: NONE},
    },
    ("tension", (), ANY): {
        "There were 14 border clashes last month.": {14.0: "incident_rate"},
        "The navy counted 3 incursions a week.": {3.0: "incident_rate"},
        "Since 1953 there have been 90 incidents in all.": {90.0: NONE},
        "The clash killed 20 soldiers.": {20.0: NONE},
    },
    ("decision", (), ANY): {
        "Once the cabinet has approved the tanks, they take five weeks to arrive.": {5.0: "lag"},
        "The judge decided on a sentence of 20 weeks.": {20.0: NONE},
    },
    ("talks", (), ANY): {
        "The last round of talks took six weeks.": {6.0: "talk_time"},
        "A third of such talks ended in a ceasefire.": {1 / 3: "success"},
        "Talks began two years ago.": {2.0: NONE},
        "The ceasefire lasted six weeks.": {6.0: NONE},
        "Talks take place in the territory of which rebels hold a third.": {1 / 3: NONE},
    },
    ("belief", (), ANY): {
        "Analysts spotted 3 sightings a month on satellite images.": {3.0: "sightings"},
        "Radar gave 2 false alarms a month.": {2.0: "false_alarms"},
        "The inquiry heard 40 reports since May.": {40.0: NONE},
    },
}
ROWS = [(key, sentence, figures) for key, rows in TABLE.items() for sentence, figures in rows.items()]


@pytest.fixture(scope="module")
def facts(told):
    """The figures of every sentence of the table, by sentence; all read as one document."""
    found = told([sentence for _, sentence, _ in ROWS], DAY).facts
    return lambda sentence: [fact for fact in found if fact.sentence.strip() == sentence]


@pytest.mark.parametrize(("key", "sentence", "figures"), ROWS, ids=[f"{key[0]}: {sentence[:60]}" for key, sentence, _ in ROWS])
def test_a_figure_fills_the_slot_that_it_speaks_of_or_none(facts, key, sentence, figures):
    name, things, matter = key
    rule = rule_of(name)
    own = facts(sentence)
    for value, slot in figures.items():
        fact = next((one for one in own if value in (one.claim.quantity.value, one.claim.quantity.low)), None)
        if fact is None:
            assert slot is None, f"{value:g} was not read"
            continue
        fits = [each for one in rule.slots if (each := match(fact, one, things, matter)) is not None]
        best = max(fits, key=lambda each: each.score).slot.name if fits else None
        assert best == slot, fact
        if fits:
            assert fits[0].because


def test_the_table_has_as_many_refusals_as_it_should():
    refused = [slot for _, _, figures in ROWS for slot in figures.values() if slot is None]
    assert len(refused) >= 35


@pytest.mark.parametrize("rule", ruled(), ids=[rule.name for rule in ruled()])
def test_rules_speak_of_slots_and_names_that_the_mechanism_has(rule):
    takes = mechanism_of(rule.name)
    assert takes is not None
    for slot in rule.slots:
        assert slot.is_extra or takes.slot(slot.name) is not None, slot.name
    assert {answer.name for answer in rule.answers} <= set(takes.gives)
    known = {
        *takes.things,
        *(slot.name for slot in takes.slots),
        *(slot.name for slot in rule.slots),
        *(trigger.name for trigger in rule.triggers),
        "it",
    }
    others = {f"{other.name}.{slot.name}" for other in ruled() for slot in other.slots}
    for slot in rule.slots:
        for text in (*slot.guesses, slot.bind):
            import re

            for name in re.findall(r"\{(?:other\.)?([\w.]+)\}", text):
                assert name in known or name in others, (slot.name, name)


@pytest.mark.parametrize("rule", ruled(), ids=[rule.name for rule in ruled()])
def test_no_word_of_a_rule_stands_for_nearly_everything(rule):
    for slot in rule.slots:
        for group in slot.say:
            for word in group.split():
                assert not word.endswith("*") or len(word) > 3 or word.startswith("@"), word


BAD = {
    "a slot without words": ('about = "x"\n[slots.a]\nkind = "level"\nsay = []\n', "needs `say`"),
    "a kind that is none": ('about = "x"\n[slots.a]\nkind = "size"\nsay = ["x"]\n', "kind that is none"),
    "a moment that is none": ('about = "x"\n[slots.a]\nkind = "level"\nsay = ["x"]\nmoment = "soon"\n', "moment that is none"),
    "a guess without a reason": ('about = "x"\n[slots.a]\nkind = "level"\nsay = ["x"]\nguess = 1\n', "without `because`"),
    "reasons that are not one for each guess": (
        'about = "x"\n[slots.a]\nkind = "level"\nsay = ["x"]\nguess = ["1", "2", "3"]\nbecause = ["one", "two"]\n',
        "not one for each",
    ),
    "a key that is none": ('about = "x"\nwords = "y"\n', "no key `words`"),
    "a key of a slot that is none": ('about = "x"\n[slots.a]\nkind = "level"\nsay = ["x"]\nsays = ["y"]\n', "has a key `says`"),
    "no words of the matter": ("least = 2\n", "`about` must be words"),
    "a trigger without a title": ('about = "x"\n[triggers.a]\nsay = ["x"]\n', "needs `say` and `title`"),
    "an extra without a unit": ('about = "x"\n[extras.a]\nkind = "level"\nsay = ["x"]\n', "needs `unit` and `label`"),
    "no TOML": ("about = ", "cannot be read"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_rule_is_refused_with_what_is_wrong(tmp_path, what):
    text, said = BAD[what]
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        read_rule(path)
    assert said in str(refused.value) and all(problem.help and problem.code == "bad-rules" for problem in refused.value.problems)


def test_words_with_endings_and_blanks():
    assert words_in("stock* in_store", "Stocks are in store; stockpiles too") == ["stocks", "in store", "stockpiles"]
    assert not pattern("oil").search("foil boil oilfield") and not pattern("").search("anything")
    assert all_apart(("ban bans", "ban exports"), "The ban on exports") and not all_apart(("ban", "ban"), "The ban stays")


def test_names_behind_words_for_another_way_are_apart():
    assert apart_names("via by_way_of", "It goes via the Danube, or by way of Poland, or via rail.") == "Danube Poland"


def test_no_guess_puts_a_number_of_its_own_on_money():
    """A few hundred dollars is a guess for a tonne of grain and none for a ship: where no report names money, costs are points of an index."""
    for rule in ruled():
        money = {
            name for name, classes in zip(mechanism_of(rule.name).things, rule.things, strict=False) if "currency" in classes
        }
        for slot in rule.slots:
            for guess in slot.guesses:
                if set(re.findall(r"\{(\w+)\}", guess)) & money and re.search(r"\d", guess):
                    assert guess.startswith("index: "), f"{rule.name}.{slot.name}: {guess}"


def test_each_guess_has_the_reason_that_is_its_own():
    slot = rule_of("queue").slot("service_time")
    reasons = [slot.because_of(one) for one in slot.guesses]
    assert len(set(reasons)) == len(slot.guesses) and not any(" else " in reason for reason in reasons)
    assert rule_of("reserves").slot("imports").because_of("{reserves_now} / 13 week").startswith("judgement: the reserves pay")


@pytest.mark.parametrize("who", ["makers", "harvesters", "importers"])
def test_who_makes_a_good_for_another_use_is_not_its_making(who):
    """ "Biodiesel makers take 850,000 tonnes of oil a month": they use it."""
    goods = rule_of("goods")
    assert goods is not None
    (slot,) = [one for one in goods.slots if one.name == "added"]
    assert not any(words_in(group, f"The {who} of fuel take 9 tonnes of oil a month") for group in slot.say)
    assert any(words_in(group, "The mill makes 9 tonnes of oil a month") for group in slot.say)
