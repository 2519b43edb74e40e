"""Figures in names, and names with figures in them."""

from __future__ import annotations

import random

from tests.reading.written.numbers import spelled, whole_written
from tests.reading.written.sentences import Figure, Written
from tests.reading.written.units import COUNTED

__all__ = ["designation", "named"]

NAMES = (
    "Leopard 2 tanks",
    "Covid-19",
    "the FTSE 100",
    "Mi-8 helicopters",
    "Route 66",
    "Unit 61398",
    "the S&P 500",
    "F-16 jets",
    "Type 99 tanks",
    "H5N1",
    "Article 5",
    "the G7",
    "Kh-101 missiles",
    "Shahed-136 drones",
    "Boeing 737s",
    "Apollo 11",
    "the 1990s",
    "12:45",
    "3 May 2021",
    "+44 20 7946 0958",
    "555-0142",
    "www.example.org/2024/11",
    "version 3.2.1",
    "the 21st century",
    "Interstate 95",
    "Su-35 fighters",
    "Resolution 1701",
    "page 12",
    "May 3",
    "24/7",
    "the Hwasong-18",
    "SARS-CoV-2",
    "Grendel 4 drones",
    "An-124 aircraft",
    "the Class of 1998",
    "221 Baker Street",
    "14 South Ridge Road",
    "the 101st Division",
    "a 3-2 win",
    "the 2018-19 season",
    "Windows 11",
    "Vol. 12",
    "MH370",
    "iPhone 14",
)


def named(chance: random.Random) -> Written:
    """A name with digits, alone or beside a number."""
    name = chance.choice(NAMES)
    if chance.random() < 0.5:
        return Written(
            chance.choice(
                (f"The report also names {name}.", f"He wrote about {name} at length.", f"Nothing was said of {name}.")
            ),
            (),
            "name",
        )
    value, text, _ = whole_written(chance)
    noun, unit = chance.choice(list(COUNTED.items()))
    text = chance.choice(
        (f"Beside {name}, the list has {text} {noun}.", f"{text[:1].upper()}{text[1:]} {noun} came, wrote the editor of {name}.")
    )
    return Written(text, (Figure(value, value, "eq", unit),), "name and number")


def designation(chance: random.Random) -> Written:
    """Names of a make that nobody has: "Qora-57 drones", "Vantor 6 tanks"; a count before them is the only number."""
    letters = "bdfgklmnprstvz"
    name = "".join(
        chance.choice(letters) + chance.choice("aeiou") for _ in range(chance.randint(2, 3))
    ).capitalize() + chance.choice(letters)
    form = chance.choice(
        (
            f"{name}-{chance.randint(2, 999)}",
            f"{name[:2].upper()}-{chance.randint(2, 999)}{chance.choice(('', 'M', 'A'))}",
            f"{name} {chance.randint(2, 99)}",
        )
    )
    things = chance.choice(("drones", "missiles", "tanks", "howitzers", "helicopters", "rockets", "launchers", "jets"))
    thing = things.removesuffix("s")
    count = chance.randint(2, 90)
    if chance.random() < 0.5:
        return Written(
            chance.choice(
                (
                    f"The brigade asked for {form} {things}.",
                    f"The rebels used {form} {things}.",
                    f"Nobody had seen the {form} before.",
                )
            ),
            (),
            "designation",
        )
    text = chance.choice(
        (f"The brigade got {count} {form} {things}.", f"They lost {spelled(count, ' ')} {form} {things} in May.")
    )
    return Written(text, (Figure(count, count, "eq", thing),), "designation and count")
