"""What carries no figure: dates, and numbers that are broken."""

from __future__ import annotations

import random

from tests.reading.written.sentences import Written
from tests.reading.written.units import COUNTED

__all__ = ["broken", "dates"]


def dates(chance: random.Random) -> Written:
    """Years, spans of years, days and hours count nothing."""
    year = chance.randint(1850, 2049)
    other = year + chance.randint(1, 9)
    phrase = chance.choice(
        (
            f"in {year}",
            f"from {year} to {other}",
            f"in {year}-{other % 100:02d}",
            f"since {year}",
            f"on {chance.randint(1, 28)} March {year}",
            f"at {chance.randint(1, 12)}.30 pm",
            f"on March {chance.randint(1, 28)}, {year}",
            f"between {year} and {other}",
            f"in the {year // 10 * 10}s",
            f"at {chance.randint(0, 23):02d}:15",
            f"by {year}",
        )
    )
    return Written(f"The mill was rebuilt {phrase}.", (), "date")


def broken(chance: random.Random) -> Written:
    """Forms that no style explains, or that leave two readings: a value would be a guess."""
    first, second = chance.randint(11, 29), chance.randint(31, 99)
    noun = chance.choice([noun for noun in COUNTED if not noun.startswith("other")])
    form = chance.choice(
        (
            f"{first},{second},{first}",
            f"{first},{chance.randint(1, 9)}",
            f"{first}.{second}0",
            f"{first} to {second},000",
            "twenty thirty",
            f"{first},{second}0,{first}",
            f"{first}'{second}",
            f"{second}-{first}k",
            f"{first}/{second}/{first}/{second}",
            "nineteen eighty-four",
            f"{first}.{second}.{first},{second}",
            f"{first}^{second}",
            f"{second} to {first}",
        )
    )
    return Written(f"The report speaks of {form} {noun}.", (), "broken")
