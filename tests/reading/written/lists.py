"""Several figures in one sentence: joined, listed, told as a toll, or after one another."""

from __future__ import annotations

import random

from tests.reading.written.numbers import spelled, whole
from tests.reading.written.sentences import Figure, Written
from tests.reading.written.units import COUNTED

__all__ = ["after", "joined", "listing", "toll"]


def joined(chance: random.Random) -> Written:
    """A hyphen between number and noun."""
    count = chance.choice((chance.randint(2, 99), chance.randint(10, 99) * 100))
    shown = f"{count:,}" if count >= 1000 or chance.random() < 0.5 else spelled(count, " ")
    phrase, unit = chance.choice(
        (
            (f"a {shown}-man patrol", "man"),
            (f"a {shown}-mile road", "mile"),
            (f"a {shown}-tonne crane", "tonne"),
            (f"a {shown}-member crew", "member"),
            (f"a {shown}-kilometre tunnel", "kilometre"),
            (f"the {shown}-bed ward", "bed"),
        )
    )
    return Written(f"The report speaks of {phrase}.", (Figure(count, count, "eq", unit),), "joined")


def listing(chance: random.Random) -> Written:
    """Several numbers with one noun, or one each."""
    first, second = chance.sample(range(11, 900), 2)
    (one, unit), (other, unit_too) = chance.sample(list(COUNTED.items()), 2)
    text, figures = chance.choice(
        (
            (f"The depots hold {first} and {second} {one} respectively.", ((first, unit), (second, unit))),
            (f"The list has {first} {one} and {second:,} {other}.", ((first, unit), (second, unit_too))),
            (f"They sent {first * 100:,} {one}, {second} {other} and some flour.", ((first * 100, unit), (second, unit_too))),
            (f"{first} {one} came on 3 May and {second} {other} on 4 May.", ((first, unit), (second, unit_too))),
            (f"Of {second * 10:,} {one}, {first} {other} were counted in 2019.", ((second * 10, unit), (first, unit_too))),
        )
    )
    return Written(text, tuple(Figure(value, value, "eq", each) for value, each in figures), "listing")


def toll(chance: random.Random) -> Written:
    """A level that a verb tells, with its unit elsewhere in the sentence."""
    value = chance.choice((chance.randint(12, 999), chance.randint(10, 99) * 100, chance.randint(1500, 2100)))
    shown = f"{value:,}"
    verb, qualifier = chance.choice(
        (
            ("reached", "eq"),
            ("stood at", "eq"),
            ("topped", "more_than"),
            ("has passed", "more_than"),
            ("exceeds", "more_than"),
            ("has yet to reach", "less_than"),
            ("rose to", "eq"),
            ("is now", "eq"),
            ("fell short of", "less_than"),
        )
    )
    subject, unit = chance.choice(
        (
            ("The death toll", "people"),
            ("The number of divers", "diver"),
            ("The number of wounded soldiers in the north", "soldier"),
            ("The toll", "people"),
        )
    )
    return Written(f"{subject} {verb} {shown}.", (Figure(value, value, qualifier, unit),), "toll")


def after(chance: random.Random) -> Written:
    """What follows the number says how it is meant."""
    value = whole(chance)
    noun, unit = chance.choice([item for item in COUNTED.items() if not item[0].startswith("other")])
    behind, qualifier = chance.choice(((" or more", "at_least"), (" or fewer", "up_to"), (" or so", "about"), ("-odd", "about")))
    text = f"{value:,}{behind} {noun}" if behind == "-odd" or chance.random() < 0.5 else f"{value:,} {noun}{behind}"
    return Written(f"The report speaks of {text}.", (Figure(value, value, qualifier, unit),), f"after{behind}")
