"""Known numbers written in every way that reports use, each in a sentence: what a reader has to give back.

A sentence carries its figures; whatever else is found in it with a value was invented by the reader. Ways that leave two readings
in English text are left out, or must come back without a value: "1.450 crates" may not be 1.45 crates.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

__all__ = ["Figure", "Written", "written"]


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


# --- Numbers ---------------------------------------------------------------------------------------------------

_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = (("billion", 10**9), ("million", 10**6), ("thousand", 10**3))
LOCALES = (
    "en",
    "en_IN",
    "de",
    "de_CH",
    "fr",
    "es",
    "it",
    "pl",
    "ru",
    "sv",
    "pt_BR",
    "nl",
    "da",
    "cs",
    "fi",
    "uk",
    "tr",
    "id",
    "en_ZA",
    "nb",
)


def spelled(value: int, link: str) -> str:
    """In words; `link` stands between hundreds and tens: " and " or " "."""
    if value < 20:
        return _ONES[value]
    if value < 100:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    if value < 1000:
        rest = f"{link}{spelled(value % 100, link)}" if value % 100 else ""
        return f"{_ONES[value // 100]} hundred{rest}"
    for word, size in _SCALES:
        if value >= size:
            rest = value % size
            tail = (link if rest < 100 else " ") + spelled(rest, link) if rest else ""
            return f"{spelled(value // size, link)} {word}{tail}"
    raise AssertionError


def _whole(chance: random.Random) -> int:
    """A whole number, small or large, often round."""
    digits = chance.randint(1, 8)
    value = chance.randint(10 ** (digits - 1), 10**digits - 1)
    if chance.random() < 0.5 and digits > 2:
        step = 10 ** (digits - chance.randint(1, 2))
        value = max(step, value // step * step)
    return value


def _grouped(chance: random.Random, value: int) -> tuple[str, str]:
    """By the rules of a language; blanks of several kinds."""
    locale = chance.choice(LOCALES)
    text = format_decimal(value, locale=locale)
    if "\u202f" in text or "\u00a0" in text:
        blank = chance.choice(("\u202f", "\u00a0", "\u2009", " "))
        text = text.replace("\u202f", blank).replace("\u00a0", blank)
    if "’" in text and chance.random() < 0.3:
        text = text.replace("’", "'")
    return text, f"grouped {locale}"


def _whole_written(chance: random.Random) -> tuple[float, str, str]:
    """A whole number: its value, how it is written, and the name of the way."""
    value = _whole(chance)
    way = chance.choice(("plain", "comma", "grouped", "words", "american words", "scale", "half", "dozen", "letter", "lakh"))
    if way == "grouped":
        text, way = _grouped(chance, value)
        return float(value), text, way
    if way in ("words", "american words"):
        return float(value), spelled(value, " and " if way == "words" else " "), way
    if way == "scale":
        word, size = chance.choice((("thousand", 10**3), ("million", 10**6), ("billion", 10**9), ("bn", 10**9), ("mln", 10**6)))
        first = chance.choice(
            (
                str(chance.randint(1, 999)),
                f"{chance.randint(1, 99)}.{chance.randint(1, 9)}",
                f"{chance.randint(1, 99)},{chance.randint(1, 9)}",
            )
        )
        return float(Decimal(first.replace(",", ".")) * size), f"{first} {word}", way
    if way == "half":
        word, size = chance.choice(_SCALES[1:])
        count = chance.randint(1, 12)
        text = chance.choice(
            (f"{spelled(count, ' ')} and a half {word}", f"{count}½ {word}", f"{spelled(count, ' ')} point five {word}")
        )
        return (count + 0.5) * size, text, way
    if way == "dozen":
        return *chance.choice(
            (
                (6.0, "half a dozen"),
                (24.0, "two dozen"),
                (12.0, "a dozen"),
                (500_000.0, "half a million"),
                (1500.0, "one and a half thousand"),
                (750_000.0, "three-quarters of a million"),
                (250_000.0, "a quarter of a million"),
                (100.0, "a hundred"),
                (1e6, "a million"),
            )
        ), way
    if way == "letter":
        count = chance.randint(2, 900)
        return count * 1e3, f"{count}{chance.choice('kK')}", way
    if way == "lakh":
        count = chance.randint(2, 90)
        return count * 1e5, f"{count} lakh", way
    return float(value), (f"{value:,}" if way == "comma" or value >= 10_000 or 1500 <= value < 2200 else str(value)), way


# --- Units -----------------------------------------------------------------------------------------------------

COUNTED = {
    "soldiers": "soldier",
    "crates": "crate",
    "villagers": "villager",
    "trucks": "truck",
    "men": "man",
    "artillery shells": "shell",
    "lorries": "lorry",
    "wounded fighters": "fighter",
    "people": "people",
    "houses": "house",
    "guard posts": "post",
    "anti-tank missiles": "missile",
    "workers": "worker",
    "aircraft": "aircraft",
    "children": "child",
    "families": "family",
    "ballots": "ballot",
    "cows": "cow",
    "other boats": "boat",
    "ships": "ship",
}
MEASURED = {
    "tonnes": "tonne",
    "km": "kilometre",
    "kilometres": "kilometre",
    "litres": "litre",
    "%": "percentage",
    "per cent": "percentage",
    "miles": "mile",
    "hectares": "hectare",
    "kg": "kilogram",
    "barrels": "barrel",
    "megawatts": "megawatt",
    "MW": "megawatt",
    "cubic metres": "cubic metre",
    "pounds sterling": "pound sterling",
    "euros": "euro",
    "dollars": "dollar",
    "yen": "japanese yen",
    "GHz": "gigahertz",
    "°C": "celsius",
}
SIGNS = {
    "$": "dollar",
    "€": "euro",
    "£": "pound sterling",
    "US$": "dollar",
    "A$": "australian dollar",
    "₹": "rupee",
    "Rs ": "rupee",
    "RM": "malaysian ringgit",
    "¥": "japanese yen",
    "C$": "canadian dollar",
    "USD ": "dollar",
    "S$": "singapore dollar",
}
RATES = {
    " per day": " per day",
    " a week": " per week",
    " a month": " per month",
    " daily": " per day",
    " every year": " per year",
    " each week": " per week",
    " annually": " per year",
    " per hour": " per hour",
}
BEFORE = {
    "about ": "about",
    "some ": "about",
    "nearly ": "about",
    "around ": "about",
    "roughly ": "about",
    "up to ": "up_to",
    "as many as ": "up_to",
    "no more than ": "up_to",
    "at least ": "at_least",
    "no fewer than ": "at_least",
    "more than ": "more_than",
    "over ": "more_than",
    "in excess of ": "more_than",
    "fewer than ": "less_than",
    "under ": "less_than",
    "another ": "additional",
    "exactly ": "eq",
}


def _has_two_readings(text: str) -> bool:
    """ "34.029" before a unit of measure is thirty-four in English and more elsewhere."""
    return re.fullmatch(r"\d{1,3}\.\d{3}", text) is not None and not text.endswith("00")


def _tail(chance: random.Random, text: str) -> tuple[str, str]:
    """Behind the number: the unit as written and as read."""
    if chance.random() < 0.6 or text[-1] in "kK":
        noun, unit = chance.choice(list(COUNTED.items()))
        return f" {noun}", unit
    noun, unit = chance.choice(list(COUNTED.items() if _has_two_readings(text) else MEASURED.items()))
    return (
        "" if noun in ("%", "GHz", "km", "kg", "MW", "°C") and chance.random() < 0.5 and not text[-1].isalpha() else " "
    ) + noun, unit


# --- Sentences -------------------------------------------------------------------------------------------------

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


def _sentence(chance: random.Random, phrase: str) -> str:
    frame = chance.choice(FRAMES)
    return frame.replace("{q}", phrase).replace("{Q}", phrase[:1].upper() + phrase[1:])


def _plain(chance: random.Random) -> Written:
    value, text, way = _whole_written(chance)
    tail, unit = _tail(chance, text)
    before, qualifier = (
        chance.choice(list(BEFORE.items())) if chance.random() < 0.5 and not text.startswith(("a ", "half")) else ("", "eq")
    )
    rate, per = (
        chance.choice(list(RATES.items()))
        if chance.random() < 0.3 and unit not in ("percentage", "celsius", "gigahertz")
        else ("", "")
    )
    return Written(_sentence(chance, f"{before}{text}{tail}{rate}"), (Figure(value, value, qualifier, unit + per),), way)


def _money(chance: random.Random) -> Written:
    sign, unit = chance.choice(list(SIGNS.items()))
    value, text, way = _whole_written(chance)
    if text[0].isalpha() or (way.startswith("grouped") and text.count(".") == 1):
        text, way = f"{value:,.0f}", "comma"
    if chance.random() < 0.3:
        cents = chance.randint(1, 99)
        value, text, way = chance.randint(1, 9999) + cents / 100, "", "cents"
        text = f"{value:,.2f}"
    elif chance.random() < 0.3:
        count, (letter, size) = (
            chance.randint(1, 900),
            chance.choice((("m", 1e6), ("bn", 1e9), ("M", 1e6), ("k", 1e3), ("b", 1e9), ("mil", 1e6))),
        )
        value, text, way = count * size, f"{count}{letter}", "money letter"
    before, qualifier = chance.choice(list(BEFORE.items())) if chance.random() < 0.5 else ("", "eq")
    return Written(_sentence(chance, f"{before}{sign}{text}"), (Figure(value, value, qualifier, unit),), f"money {way}")


def _decimal(chance: random.Random) -> Written:
    """Decimals with a point or a comma, before a unit that can have them."""
    value = Decimal(chance.randint(1, 9999)) / (10 if chance.random() < 0.6 else 100)
    mark = chance.choice((".", ","))
    text = f"{value}".replace(".", mark)
    noun, unit = chance.choice([item for item in MEASURED.items() if item[0] != "°C"])
    return Written(_sentence(chance, f"{text} {noun}"), (Figure(float(value), float(value), "eq", unit),), f"decimal {mark}")


def _range(chance: random.Random) -> Written:
    """Two ends in the spellings of ranges."""
    low = chance.randint(2, 90) * chance.choice((1, 1, 5, 10))
    high = low + chance.randint(1, 50)
    noun, unit = chance.choice(list(COUNTED.items()))
    size, shown, other = chance.choice(
        ((1, "", ""), (1000, ",000", ",000"), (1000, " thousand", " thousand"), (10**6, " million", " million"), (1000, "k", "k"))
    )
    has_both = size == 1 or chance.random() < 0.5
    first = f"{low}{shown if has_both else ''}"
    second = f"{high}{other}"
    spellings = [
        f"{first}-{second}",
        f"{first}–{second}",
        f"between {first} and {second}",
        f"from {first} to {second}",
        f"{first} to {second}",
        f"{first} or {second}",
    ]
    if shown == ",000" and not has_both:
        spellings = spellings[:2]
    if size == 1:
        spellings += [
            f"{first} - {second}",
            f"anywhere from {first} to {second}",
            f"{spelled(low, ' ')} to {spelled(high, ' ')}" if high < 100 else f"{first} to {second}",
        ]
    if size == 1 and low < 20 and high < 100:
        spellings += [f"between {spelled(low, ' ')} and {spelled(high, ' ')}"]
    phrase = chance.choice(spellings)
    return Written(_sentence(chance, f"{phrase} {noun}"), (Figure(low * size, high * size, "between", unit),), "range")


def _measured_range(chance: random.Random) -> Written:
    """Ranges of money, shares and measures."""
    low = chance.randint(2, 60)
    high = low + chance.randint(1, 30)
    sign, unit = chance.choice(list(SIGNS.items()))
    word, size = chance.choice(((" million", 1e6), ("bn", 1e9), (" billion", 1e9), ("m", 1e6), ("", 1.0)))
    noun, name = chance.choice([item for item in MEASURED.items() if item[0] not in ("°C", "GHz")])
    gap = "" if noun in ("%", "km", "kg", "MW") else " "
    text, figure = chance.choice(
        (
            (f"{sign}{low}-{high}{word}", Figure(low * size, high * size, "between", unit)),
            (f"{sign}{low}{word} to {sign}{high}{word}", Figure(low * size, high * size, "between", unit)),
            (f"between {sign}{low} and {sign}{high}{word}", Figure(low * size, high * size, "between", unit)),
            (f"between {sign}{low}{word} and {sign}{high}{word}", Figure(low * size, high * size, "between", unit)),
            (f"{low}-{high}{gap}{noun}", Figure(low, high, "between", name)),
            (f"{low} to {high}{gap}{noun}", Figure(low, high, "between", name)),
            (f"{low}{gap}{noun} to {high}{gap}{noun}", Figure(low, high, "between", name)),
            (f"between {low} and {high} {noun}", Figure(low, high, "between", name)),
            (f"{low} – {high} {noun}", Figure(low, high, "between", name)),
            (f"{low}.5 to {high}.25 {noun}", Figure(low + 0.5, high + 0.25, "between", name)),
            (f"{high} ± {low} {noun}", Figure(high - low, high + low, "between", name)),
            (f"{high} plus or minus {low} {noun}", Figure(high - low, high + low, "between", name)),
            (f"{low},000-{high},000 {noun}", Figure(low * 1e3, high * 1e3, "between", name)),
            (f"{low},000 to {high},000 {noun}", Figure(low * 1e3, high * 1e3, "between", name)),
            (f"from a low of {low} to a high of {high} {noun}", Figure(low, high, "between", name)),
        )
    )
    return Written(_sentence(chance, text), (figure,), "range of measures")


def _price(chance: random.Random) -> Written:
    """Money with a blank in its sign, and money per something."""
    sign, unit = chance.choice(
        (
            ("US $", "dollar"),
            ("NZ $", "new zealand dollar"),
            ("HK $", "hong kong dollar"),
            ("C $", "canadian dollar"),
            ("S $", "singapore dollar"),
            ("Rs. ", "rupee"),
            ("EUR ", "euro"),
            ("GBP ", "pound sterling"),
            ("CAD ", "canadian dollar"),
            ("A $", "australian dollar"),
            ("$", "dollar"),
            ("£", "pound sterling"),
        )
    )
    per, name = chance.choice(
        (
            ("", ""),
            (" a barrel", " per barrel"),
            (" per tonne", " per tonne"),
            (" a day", " per day"),
            (" a month", " per month"),
            ("/kg", " per kilogram"),
            (" annually", " per year"),
        )
    )
    value = chance.choice((chance.randint(2, 900), chance.randint(1000, 90_000), chance.randint(100, 9999) / 100))
    text = f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"
    return Written(f"The buyer paid {sign}{text}{per}.", (Figure(value, value, "eq", unit + name),), "price")


def _rate_of_stuff(chance: random.Random) -> Written:
    """A rate whose time stands behind what is measured, or before the number."""
    value = chance.randint(2, 900)
    noun, unit = chance.choice(
        (
            ("tonnes of grain", "tonne"),
            ("barrels of crude", "barrel of oil"),
            ("litres of milk", "litre"),
            ("crates of fish", "crate"),
            ("rounds of heavy mortar ammunition", "round"),
        )
    )
    per, name = chance.choice(list(RATES.items()))
    if chance.random() < 0.3:
        return Written(
            f"A daily average of {value} {noun} came in.", (Figure(value, value, "eq", f"{unit} per day"),), "rate of stuff"
        )
    return Written(f"The port takes {value} {noun}{per}.", (Figure(value, value, "eq", unit + name),), "rate of stuff")


def _states(chance: random.Random) -> Written:
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


def _part(chance: random.Random) -> Written:
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


def _named(chance: random.Random) -> Written:
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
    value, text, _ = _whole_written(chance)
    noun, unit = chance.choice(list(COUNTED.items()))
    text = chance.choice(
        (f"Beside {name}, the list has {text} {noun}.", f"{text[:1].upper()}{text[1:]} {noun} came, wrote the editor of {name}.")
    )
    return Written(text, (Figure(value, value, "eq", unit),), "name and number")


def _designation(chance: random.Random) -> Written:
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


def _joined(chance: random.Random) -> Written:
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


def _listing(chance: random.Random) -> Written:
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


def _toll(chance: random.Random) -> Written:
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


def _after(chance: random.Random) -> Written:
    """What follows the number says how it is meant."""
    value = _whole(chance)
    noun, unit = chance.choice([item for item in COUNTED.items() if not item[0].startswith("other")])
    behind, qualifier = chance.choice(((" or more", "at_least"), (" or fewer", "up_to"), (" or so", "about"), ("-odd", "about")))
    text = f"{value:,}{behind} {noun}" if behind == "-odd" or chance.random() < 0.5 else f"{value:,} {noun}{behind}"
    return Written(f"The report speaks of {text}.", (Figure(value, value, qualifier, unit),), f"after{behind}")


def _dates(chance: random.Random) -> Written:
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


def _broken(chance: random.Random) -> Written:
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


KINDS = (
    (_measured_range, 3),
    (_price, 2),
    (_rate_of_stuff, 1),
    (_designation, 3),
    (_joined, 2),
    (_listing, 3),
    (_toll, 2),
    (_after, 2),
    (_dates, 1),
    (_broken, 1),
    (_plain, 10),
    (_money, 4),
    (_decimal, 2),
    (_range, 4),
    (_states, 2),
    (_part, 2),
    (_named, 3),
)


def written(count: int, seed: int) -> Iterator[Written]:
    """So many sentences, always the same for a seed."""
    chance = random.Random(seed)
    kinds = [kind for kind, weight in KINDS for _ in range(weight)]
    for _ in range(count):
        yield chance.choice(kinds)(chance)
