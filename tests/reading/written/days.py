"""Sentences whose figures have days that are known: frames with times in them, and of which figure each of these is the time.

A frame names its figures {f}, {g} and its times {t}, {u}; {s} is the day on which something was said. Behind it stands of what day each
figure is: a time of the frame, or none of them ("-"): "the depot, which was built in 1998, lost 40 men" tells no day for the men.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["FRAMES", "Dated", "Frame", "Told", "dated"]


@dataclass(frozen=True)
class Frame:
    """A pattern of a sentence, and the slot of the time of each of its figures, "-" where it has none, "t/-" where either is right."""

    pattern: str
    days: dict[str, str]


@dataclass(frozen=True)
class Told:
    """A figure of a sentence and the days that it can be of; None where no day is told."""

    value: float
    days: tuple[str | None, ...]


@dataclass(frozen=True)
class Dated:
    """A sentence of a report of 25 October 2024 with its figures; `said`: the day on which somebody said so, "" without one."""

    text: str
    figures: tuple[Told, ...]
    said: str
    pattern: str


def _frame(pattern: str, **days: str) -> Frame:
    return Frame(pattern, days)


FRAMES = {
    "own": (
        _frame("{A} {lost} {f} {t}.", f="t"),
        _frame("{T}, {a} {lost} {f}.", f="t"),
        _frame("{T} {a} {lost} {f}.", f="t"),
        _frame("{F} {went} {t}.", f="t"),
        _frame("{T}, {f} {went}.", f="t"),
        _frame("{A} {t} {lost} {f}.", f="t"),
        _frame("{A} {lost} {f} in Lorn {t}, and the road was closed.", f="t"),
        _frame("{A} {lost} {f} {t}, when the siren sounded.", f="t"),
        _frame("The number of {n} fell to {fn} {t}.", f="t"),
    ),
    "two": (
        _frame("{A} {lost} {f} {t} and {g} {u}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t}, and {b} {lost2} {g} {u}.", f="t", g="u"),
        _frame("{T}, {a} {lost} {f}; {u}, {b} {lost2} {g}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t} but {lost2} {g} {u}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t}. {U}, it {lost2} {g}.", f="t", g="u"),
        _frame("Of {f} that {went} {t}, {g} came back {u}.", f="t", g="u"),
        _frame("{T} {a} {lost} {f}, while {b} {lost2} {g} {u}.", f="t", g="u"),
    ),
    "shared": (
        _frame("{T}, {a} {lost} {f} and {b} {lost2} {g}.", f="t", g="t"),
        _frame("{A} {lost} {f} and {g} {t}.", f="t", g="t"),
        _frame("{T}, {a} {lost} {f}, including {g}.", f="t", g="t"),
        _frame("{A} {lost} {f} {t}, including {g}.", f="t", g="t"),
    ),
    "held against": (
        _frame("{A} {lost} {f} {t}, up from {g} {u}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t}, compared with {g} {u}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t}, down from {gn} {u}.", f="t", g="u"),
        _frame("The number of {n} rose to {fn} {t} from {gn} {u}.", f="t", g="u"),
        _frame("The number of {n} rose from {gn} {u} to {fn} {t}.", f="t", g="u"),
        _frame("{A} has {f}, up from {g} {u}.", f="-", g="u"),
        _frame("{A} has {f}, against {g} {u}.", f="-", g="u"),
        _frame("The estimate was revised down to {fn} from {gn} {u}.", f="-", g="u"),
        _frame("{A} has {f}, more than it had {u}.", f="-"),
        _frame("{A} holds {f}, fewer than {u}.", f="-"),
        _frame("{A} has {f}, the most since {m}.", f="-"),
        _frame("Compared with the peak {u}, {a} has {f}.", f="-"),
    ),
    "of another thing": (
        _frame("{A}, which was built {t}, {lost} {f}.", f="-"),
        _frame("{A}, opened {t}, has {f}.", f="-"),
        _frame("{A}, which {lost} {f} {t}, employs {g}.", f="t", g="-"),
        _frame("{A} employs {g} and {lost} {f} {t}.", f="t", g="-"),
        _frame("{A} was built {t} and employs {f}.", f="-"),
        _frame("{A} {lost} {f} before the vote {t}.", f="-"),
        _frame("{A} {lost} {f} in the battle that began {t}.", f="-"),
        _frame("{A} will get {f} under a deal signed {t}.", f="-"),
        _frame("A law passed {t} gives {a} {f}.", f="-"),
        _frame("{A} {lost} {f} despite a pledge made {t}.", f="-"),
        _frame("The mayor, elected {t}, counted {f}.", f="-"),
        _frame("Ada Lund, who was elected {t}, leads {f}.", f="-"),
        _frame("{F}, who came {t}, live in Lorn.", f="-"),
        _frame("{A}, where {f} {went} {t}, will hire {g}.", f="t", g="-"),
    ),
    "said": (
        _frame("The mayor said {s} that {a} {lost} {f} {t}.", f="t"),
        _frame("{A} {lost} {f} {t}, the mayor said {s}.", f="t"),
        _frame("The mayor said {s} that {a} had {lostn} {f}.", f="-"),
        _frame("The mayor said {s} that {f} {went}.", f="-"),
        _frame("{F} {went}, the mayor said {s}.", f="-"),
        _frame("The mayor said {s} that {t} {a} {lost} {f}.", f="t"),
        _frame("The mayor told reporters {s} that {a} {lost} {f} {t}.", f="t"),
        _frame("The mayor said {s} that {a} would hire {f}.", f="-"),
        _frame("The mayor announced {s} that {a} will hire {f} by next June.", f="june"),
        _frame("{S}, the mayor said that {f} {went} {t}.", f="t"),
        _frame("“{A} {lost} {f} {t},” the mayor said {s}.", f="t"),
        _frame("“{A} {lost} {f},” the mayor said {s}.", f="-"),
        _frame("{A} has {lostn} {f}, the mayor said {s}.", f="s"),
        _frame("The mayor said {s} that {f} were missing.", f="s"),
        _frame("According to a report published {t}, {a} has {f}.", f="t"),
        _frame("A report published {t} says that {a} {lost} {f} {u}.", f="u"),
    ),
    "two clauses": (
        _frame("{A} {lost} {f} {t} after {b} {lost2} {g} {u}.", f="t", g="u"),
        _frame("After {b} {lost2} {g} {u}, {a} {lost} {f} {t}.", f="t", g="u"),
        _frame("{A} {lost} {f} {t} because {b} {lost2} {g} {u}.", f="t", g="u"),
        _frame("Although {b} {lost2} {g} {u}, {a} {lost} {f} {t}.", f="t", g="u"),
        _frame("{A} {lost} {f} although {b} {lost2} {g} {u}.", f="-", g="u"),
        _frame("{B}, which {lost2} {g} {u}, {lost} {f} {t}.", f="t", g="u"),
        _frame("{A} gave {f} to {b}, which {lost2} {g} {t}.", f="-", g="t"),
        _frame("{F} were counted {t} by {a}, which has {g}.", f="t", g="-"),
        _frame("A fire that killed {f} {t} closed {b}, which employs {g}.", f="t", g="-"),
        _frame("The fire {t} killed {f}.", f="t/-"),
        _frame("The fire {t}, which killed {f}, closed a road {u}.", f="t/-"),
        _frame("{F} {went} {t}, bringing the total to {gn}.", f="t", g="t/-"),
        _frame("{A} {lost} {f} {t}, twice as many as {u}.", f="t"),
        _frame("{A} had {f} {t} and has {g}.", f="t", g="-"),
        _frame("{A} has {f}; {t} it had {g}.", f="-", g="t"),
        _frame("{A} has {f} ({g} {t}).", f="-", g="t"),
        _frame("{A} {lost} {f} in the year after {b} {lost2} {g} {t}.", f="-", g="t"),
        _frame("{A} reported {f} {t} for the first time since {m}.", f="t"),
        _frame("{T}, {a} {lost} {f}, the most since {m}.", f="t"),
    ),
    "ahead": (
        _frame("{A} will hire {f} {w}.", f="w"),
        _frame("{A} plans to hire {f} {w} after it {lost} {g} {t}.", f="w", g="t"),
        _frame("{A} {lost} {f} {t} and will hire {g} {w}.", f="t", g="w"),
        _frame("{A} expects {f} {w}, up from {g} {t}.", f="w", g="t"),
        _frame("{A} said {s} that it would hire {f} {w}.", f="w"),
        _frame("{A} said {s} that it {lost} {f} {t} and would hire {g}.", f="t", g="-"),
        _frame("{W}, {a} will hire {f}.", f="w"),
        _frame("{A}, which {lost} {f} {t}, will hire {g} {w}.", f="t", g="w"),
    ),
    "spoken": (
        _frame("“{A} {lost} {f},” she said. “{T} it {lost2} {g}.”", f="-", g="t"),
        _frame("The report, published {t}, counts {f}.", f="-"),
        _frame("{A} published a report {t} that counts {f}.", f="-"),
        _frame("Speaking {s}, the mayor said {a} {lost} {f} {t}.", f="t"),
        _frame("{A} {lost} {f} {t}, according to figures published {u}.", f="t"),
        _frame("Figures published {u} show that {a} {lost} {f} {t}.", f="t"),
        _frame("The mayor denied {s} that {a} {lost} {f} {t}.", f="t"),
        _frame("The mayor said {s} that {f} {went} when a bridge fell {t}.", f="t/-"),
        _frame("{F} {went} {t}, the mayor said, and {g} {u}.", f="t", g="u"),
    ),
    "no time": (
        _frame("{A} opened {t}. It employs {f}.", f="-"),
        _frame("{A} {lost} {f} {t}. {B} has {g}.", f="t", g="-"),
        _frame("The road was closed {t}. {B} has {g}.", g="-"),
    ),
}

_DAYS = {
    "on Monday": "2024-10-21",
    "on 3 May": "2024-05-03",
    "on October 9": "2024-10-09",
    "on May 3, 2022": "2022-05-03",
    "on 14 September": "2024-09-14",
    "yesterday": "2024-10-24",
    "on Tuesday morning": "2024-10-22",
    "two weeks ago": "2024-10-11",
}
_STRETCHES = {
    "in March": "2024-03",
    "in 2019": "2019",
    "last month": "2024-09",
    "last year": "2023",
    "in the first quarter": "[2024-01,2024-03]",
    "in the second quarter of 2023": "[2023-04,2023-06]",
    "from 3 to 9 May": "[2024-05-03,2024-05-09]",
    "between 3 May and 9 June": "[2024-05-03,2024-06-09]",
    "from 1 August to 27 October 2017": "[2017-08-01,2017-10-27]",
    "in early 2021": "[2021-01,2021-04]",
    "in August 2022": "2022-08",
    "in mid-June": "[2024-06-11,2024-06-20]",
    "in the week to 6 October": "[2024-09-30,2024-10-06]",
    "in the summer of 2021": "[2021-06,2021-08]",
    "last week": "[2024-10-14,2024-10-20]",
}
_AHEAD = {
    "next year": "2025",
    "by March": "<=2025-03",
    "in 2027": "2027",
    "on 3 December": "2024-12-03",
    "by the end of the year": "<=2024-12-31",
    "in January": "2025-01",
    "next month": "2024-11",
    "in the second half of 2026": "[2026-07,2026-12]",
}
_TIMES = _DAYS | _STRETCHES
_SAID = {
    "on Friday": "2024-10-25",
    "today": "2024-10-25",
    "on Thursday": "2024-10-24",
    "on Wednesday": "2024-10-23",
    "on Tuesday": "2024-10-22",
    "on 20 October": "2024-10-20",
    "yesterday": "2024-10-24",
}
_DOERS = (
    "the depot",
    "the town of Marn",
    "the Ostrov plant",
    "the army",
    "a hospital in Lorn",
    "the ministry",
    "Norland",
    "the company",
)
_LOST = (
    ("lost", "lost", "workers"),
    ("sold", "sold", "trucks"),
    ("received", "received", "patients"),
    ("shipped", "shipped", "tonnes"),
    ("built", "built", "homes"),
    ("hired", "hired", "nurses"),
    ("sent", "sent", "soldiers"),
    ("recorded", "recorded", "cases"),
)
_WENT = ("arrived", "were killed", "left", "went missing", "were arrested", "fled", "were shot dead", "returned")
_PEOPLE = ("people", "soldiers", "nurses", "refugees", "miners")
_WAYS = ("{}", "{}", "{}", "at least {}", "some {}", "{} in the north of Lorn", "{} near the border", "a total of {}")
_COUNTS = (17, 23, 40, 64, 85, 120, 340, 612, 870, 4_500, 12_300, 26_000, 310_000)


def dated(count: int, seed: int) -> Iterator[Dated]:
    """So many sentences, each frame in its turn; always the same for a seed."""
    chance = random.Random(seed)
    frames = [frame for kind in FRAMES.values() for frame in kind]
    for place in range(count):
        yield _filled(frames[place % len(frames)], chance)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_OPENERS = ("In Lorn, ", "Meanwhile, ", "According to the mayor, ", "However, ", "In all, ")
_CLOSERS = (", the mayor said", ", according to the mayor", ", a spokesman told reporters")
_DRESSED, _CLOSED = 0.75, 0.9


def _dressed(text: str, frame: Frame, chance: random.Random) -> str:
    """The sentence with an opener or a closer that tells no time."""
    draw = chance.random()
    is_bare = "said" in text or "report" in text or "“" in text or ". " in text
    if draw < _DRESSED or is_bare:
        return text
    if draw < _CLOSED:
        return chance.choice(_OPENERS) + (text[0] if text.startswith(("Norland", "Ada")) else text[0].lower()) + text[1:]
    return text.removesuffix(".") + chance.choice(_CLOSERS) + "."


def _last(day: str) -> str:
    """The end of a stretch."""
    return day.strip("[]").rpartition(",")[2]


def _filled(frame: Frame, chance: random.Random) -> Dated:
    """A frame with words in its slots; its two times differ, and so do its figures."""
    words: dict[str, str] = {}
    days: dict[str, str | None] = {"-": None, "june": "<=2025-06"}
    for slot, told in zip(("t", "u"), chance.sample(sorted(_TIMES.items()), 2), strict=True):
        words[slot], days[slot] = told
    last = max(_last(days[slot] or "") for slot in ("t", "u"))  # nobody says on Tuesday what was done on Thursday
    words["s"], days["s"] = chance.choice([one for one in _SAID.items() if one[1] > last])
    words["w"], days["w"] = chance.choice(sorted(_AHEAD.items()))
    words["a"], words["b"] = chance.sample(_DOERS, 2)
    (words["lost"], words["lostn"], noun), (words["lost2"], _, other) = chance.sample(_LOST, 2)
    is_told_of_people = "{went}" in frame.pattern or "{F}" in frame.pattern
    noun = chance.choice(_PEOPLE) if is_told_of_people else noun
    other = other if "{lost2}" in frame.pattern else noun
    words |= {"went": chance.choice(_WENT), "n": noun, "m": chance.choice(["1998", "March 2012", "the spring of 2004"])}
    values = dict(zip(("f", "g"), chance.sample(_COUNTS, 2), strict=True))
    words |= {
        "f": chance.choice(_WAYS).format(f"{values['f']:,} {noun}"),
        "g": chance.choice(_WAYS).format(f"{values['g']:,} {other}"),
    }
    words |= {"fn": f"{values['f']:,}", "gn": f"{values['g']:,}"}
    words |= {slot.upper(): _capital(words[slot]) for slot in ("a", "b", "t", "u", "s", "w", "f")}
    figures = tuple(
        Told(float(values[name]), tuple(days[slot] for slot in slots.split("/"))) for name, slots in frame.days.items()
    )
    said = words["s"] if "{s}" in frame.pattern or "{S}" in frame.pattern else ""
    return Dated(_dressed(frame.pattern.format(**words), frame, chance), figures, _SAID.get(said, ""), frame.pattern)
