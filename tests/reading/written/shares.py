"""What moved from one figure to another, parts of a whole, and multiples."""

from __future__ import annotations

import random

from tests.reading.written.numbers import spelled
from tests.reading.written.sentences import Figure, Written
from tests.reading.written.units import COUNTED

__all__ = ["part", "states"]


def states(chance: random.Random) -> Written:
    """From A to B of what moved: two numbers."""
    first, second = chance.sample(range(11, 9000), 2)
    noun, unit = chance.choice(list(COUNTED.items()))
    verb = (
        chance.choice(("fell", "dropped", "shrank", "was cut", "was lowered"))
        if second < first
        else chance.choice(("rose", "grew", "climbed", "was raised", "jumped"))
    )
    subject = chance.choice(("The garrison", "The fleet", "Its staff", "The estimate", "The claim"))
    text = f"{subject} {verb} from {first:,} to {second:,} {noun}."
    return Written(text, (Figure(first, first, "eq", unit), Figure(second, second, "eq", unit)), "states")


def part(chance: random.Random) -> Written:
    """Parts of a whole and multiples."""
    noun, unit = chance.choice([item for item in COUNTED.items() if not item[0].startswith(("other", "wounded"))])
    top, below = chance.choice(((1, 2), (1, 3), (2, 3), (3, 4), (1, 4), (1, 5), (4, 5)))
    names = {2: "half", 3: "third", 4: "quarter", 5: "fifth"}
    share = f"{'a' if top == 1 else spelled(top, ' ')} {names[below]}{'s' if top > 1 else ''} of the {noun}".replace(
        "a half of", "half of"
    )
    many = chance.randint(2, 12)
    inside = chance.randint(2, 9)
    text, value, unit = chance.choice(
        (
            (f"The report says {share} had left.", top / below, f"fraction of {unit}"),
            (f"Output rose {spelled(many, ' ')}fold.", many, "time"),
            (f"One in {spelled(inside, ' ')} {noun} had left.", 1 / inside, f"fraction of {unit}"),
            (f"They were outnumbered {spelled(many, ' ')} to one.", many, "time"),
            (f"Output was {many} times what it had been.", many, "time"),
        )
    )
    return Written(text, (Figure(value, value, "eq", unit),), "part")
