"""For each mechanism a use with as few bindings as it takes, and the horizon over which it is meant to run."""

from __future__ import annotations

from foedus.shelf import entry
from helpers import Course, course

WEEKS, YEARS, DAYS = "for 104 weeks step 1/4 week", "for 10 years step 1/12 year", "for 365 days step 1/4 day"
# what must be given, and what makes something happen; round figures
GIVEN = {
    "arms_race": (YEARS, "arms_now = 100 arms"),
    "attrition": (WEEKS, "strength = 50000 fighter, losses_now = 400 fighter/week"),
    "bargain": (WEEKS, "offered = 20 good/week, price = 3 pay/good"),
    "bankrun": (WEEKS, "deposits_now = 1000 money, cash_now = 300 money"),
    "belief": (WEEKS, ""),
    "capacity": (WEEKS, "working_now = 900 thing, asked = 1000 thing, broken_now = 300 thing"),
    "chokepoint": (WEEKS, "traffic = 100 cargo/week, value = 5000 money/cargo, detour_cost = 40 money/cargo"),
    "contingent": (WEEKS, "ordered = 10000 thing"),
    "decision": (WEEKS, ""),
    "diffusion": (YEARS, "potential = 1000000 adopter"),
    "dispute": (WEEKS, "demand_now = 0.2, offer_now = 0.05, workers = 1000 worker"),
    "epidemic": (DAYS, "population = 1000000 person, sick_now = 100 person"),
    "front": (WEEKS, "held_now = 5000 area, pace = 40 area/week, attackers = 1.3"),
    "goods": (WEEKS, "stock_now = 1000 good, added = 80 good/week, wanted = 100 good/week"),
    "inventory": (WEEKS, "demand = 10 thing/week * (1 + 0.4 * (time > 10 week)), stock_now = 60 thing, goal = 60 thing"),
    "ladder": (WEEKS, ""),
    "market": (WEEKS, "supply_now = 100 good/week, price_now = 300 money/good, withheld = 0.2"),
    "migration": (WEEKS, "population = 1000000 person"),
    "pact": (WEEKS, "trigger = (time > 20 week)"),
    "pipeline": (WEEKS, "intake = 100 thing/week, start = 5000 thing"),
    "prices": (WEEKS, "inflation_now = 0.5, pace_now = 0.4, rate_now = 0.45"),
    "queue": (WEEKS, "arrivals = 90 case/week, places = 100 case, service_time = 1 week"),
    "reserves": (WEEKS, "reserves_now = 500 money, exports = 30 money/week, imports = 50 money/week, due = 10 money/week"),
    "rounds": (WEEKS, "stock_now = 100000 round, wanted = 10000 round/week, made = 6000 round/week"),
    "sanctions": (WEEKS, "trade = 100 good/week"),
    "support": (WEEKS, "support_now = 0.6, losses_so_far = 1000 loss, losses = 100 loss/week"),
    "talks": (WEEKS, ""),
    "tension": (WEEKS, ""),
}
NAMES = sorted(GIVEN)
FACING = ("arms_race", "attrition")


def use(name: str, given: str, alias: str = "part", over: str = "") -> str:
    """The statement that uses a mechanism, its generic units standing for themselves."""
    things = entry(name).things
    words = [
        f"use {name} as {alias}",
        f"for {over}" if over else "",
        "facing foe" if name in FACING else "",
        f"of {', '.join(things)}" if things else "",
        f"with {given}" if given else "",
    ]
    return " ".join(word for word in words if word) + "\n"


def model(name: str, span: str, *statements: str) -> str:
    """A model of two places that face each other, in two sizes, with the units of a mechanism."""
    things = entry(name).things
    unit = f"unit {', '.join(things)}\n" if things else ""
    places = "index place = north, south\nindex size = small, large\nmap foe : place -> place = north -> south, south -> north\n"
    return f"model m {span}\n{unit}{places}{''.join(statements)}"


def ran(name: str, given: str, span: str, futures: int = 1, **options: object) -> Course:
    """A run of one use with everything saved; two places where the mechanism needs them."""
    text = model(name, span, use(name, given, over="place" if name in FACING else ""))
    return course(text, futures, **options)
