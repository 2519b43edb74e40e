"""Amounts: counts, sums of money, decimals, ranges, prices, rates."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.reading.written.numbers import spelled, whole_written
from tests.reading.written.sentences import Figure, Written, sentence
from tests.reading.written.units import BEFORE, COUNTED, MEASURED, RATES, SIGNS, unit_after

__all__ = ["counted", "decimal", "measured_range", "money", "price", "ranged", "rate_of_stuff"]


def counted(chance: random.Random) -> Written:
    value, text, way = whole_written(chance)
    tail, unit = unit_after(chance, text)
    before, qualifier = (
        chance.choice(list(BEFORE.items())) if chance.random() < 0.5 and not text.startswith(("a ", "half")) else ("", "eq")
    )
    rate, per = (
        chance.choice(list(RATES.items()))
        if chance.random() < 0.3 and unit not in ("percentage", "celsius", "gigahertz")
        else ("", "")
    )
    return Written(sentence(chance, f"{before}{text}{tail}{rate}"), (Figure(value, value, qualifier, unit + per),), way)


def money(chance: random.Random) -> Written:
    sign, unit = chance.choice(list(SIGNS.items()))
    value, text, way = whole_written(chance)
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
    return Written(sentence(chance, f"{before}{sign}{text}"), (Figure(value, value, qualifier, unit),), f"money {way}")


def decimal(chance: random.Random) -> Written:
    """Decimals with a point or a comma, before a unit that can have them."""
    value = Decimal(chance.randint(1, 9999)) / (10 if chance.random() < 0.6 else 100)
    mark = chance.choice((".", ","))
    text = f"{value}".replace(".", mark)
    noun, unit = chance.choice([item for item in MEASURED.items() if item[0] != "°C"])
    return Written(sentence(chance, f"{text} {noun}"), (Figure(float(value), float(value), "eq", unit),), f"decimal {mark}")


def ranged(chance: random.Random) -> Written:
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
    return Written(sentence(chance, f"{phrase} {noun}"), (Figure(low * size, high * size, "between", unit),), "range")


def measured_range(chance: random.Random) -> Written:
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
    return Written(sentence(chance, text), (figure,), "range of measures")


def price(chance: random.Random) -> Written:
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


def rate_of_stuff(chance: random.Random) -> Written:
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
