"""Numbers in words, in digits and grouped as in many languages."""

from __future__ import annotations

import random
from decimal import Decimal

from babel.numbers import format_decimal

__all__ = ["spelled", "whole", "whole_written"]

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


def whole(chance: random.Random) -> int:
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


def whole_written(chance: random.Random) -> tuple[float, str, str]:
    """A whole number: its value, how it is written, and the name of the way."""
    value = whole(chance)
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
