"""Known numbers written in every way that reports use, each in a sentence: what a reader has to give back.

A sentence carries its figures; whatever else is found in it with a value was invented by the reader. Ways that leave two readings
in English text are left out, or must come back without a value: "1.450 crates" may not be 1.45 crates.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.reading.written.amounts import counted, decimal, measured_range, money, price, ranged, rate_of_stuff
from tests.reading.written.lists import after, joined, listing, toll
from tests.reading.written.names import designation, named
from tests.reading.written.sentences import Figure, Written
from tests.reading.written.shares import part, states
from tests.reading.written.traps import broken, dates

__all__ = ["Figure", "Written", "written"]

KINDS = (
    (measured_range, 3),
    (price, 2),
    (rate_of_stuff, 1),
    (designation, 3),
    (joined, 2),
    (listing, 3),
    (toll, 2),
    (after, 2),
    (dates, 1),
    (broken, 1),
    (counted, 10),
    (money, 4),
    (decimal, 2),
    (ranged, 4),
    (states, 2),
    (part, 2),
    (named, 3),
)


def written(count: int, seed: int) -> Iterator[Written]:
    """So many sentences, always the same for a seed."""
    chance = random.Random(seed)
    kinds = [kind for kind, weight in KINDS for _ in range(weight)]
    for _ in range(count):
        yield chance.choice(kinds)(chance)
