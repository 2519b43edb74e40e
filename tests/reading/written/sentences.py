"""A sentence with the figures that it carries."""

from __future__ import annotations

import random
from dataclasses import dataclass

__all__ = ["Figure", "Written", "sentence"]


@dataclass(frozen=True)
class Figure:
    """A number that a sentence carries: its value or its ends, the qualifier and the unit that the reader gives."""

    low: float
    high: float
    qualifier: str
    unit: str


@dataclass(frozen=True)
class Written:
    """A sentence and its figures; `way` says how they are written."""

    text: str
    figures: tuple[Figure, ...]
    way: str


FRAMES = (
    "The ministry said {q} had been counted.",
    "{Q} were lost, the mayor said.",
    "They counted {q} on 3 May.",
    "In 2021 the depot held {q}.",
    "On 3 May {q} arrived.",
    "The owner reported {q} in all.",
    "According to the report, {q} were registered in Lorn.",
    "He spoke of {q} (see page 7).",
    "Reuters said {q} were seen; none were hurt.",
    "“We have {q},” the chief said.",
    "The two sides agreed that {q} would remain.",
    "By 30 June 2024 they had seen {q}.",
    "It sent {q}, and got nothing back.",
    "The list names {q} — all of it new.",
    "Article 7 speaks of {q}.",
    "Nobody knew why {q} were there at 10:30.",
    "The F-15 pilots saw {q} near Route 66.",
    "Last year, {q} went missing.",
    "The toll stands at {q}.",
    "Ada Lund, who leads it, promised {q} by March.",
    "Since 24 February {q} have been moved.",
)


def sentence(chance: random.Random, phrase: str) -> str:
    frame = chance.choice(FRAMES)
    return frame.replace("{q}", phrase).replace("{Q}", phrase[:1].upper() + phrase[1:])
