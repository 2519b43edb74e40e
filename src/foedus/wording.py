"""How many of a thing are told: units behind numbers, and counts, in the singular or the plural. Whatever says a count says it by this."""

from __future__ import annotations

import re

__all__ = ["counted", "plural", "share_words", "superscript", "unit_words"]

_PEOPLE = {"person": "people", "man": "men", "woman": "women", "child": "children", "foot": "feet", "loaf": "loaves"}
_UNCOUNTED = frozenset(
    "aircraft ammunition cash cattle equipment fish food fuel hertz money personnel people points series sheep staff troops".split()
)
_SHORTEST = 3  # letters: what is shorter is a symbol, as kg
_SYMBOLS = frozenset("bbl btu dwt fte gwh kcal kwh mbar mcf mmbtu mwh ppm teu twh".split())
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def superscript(digits: str) -> str:
    """Digits as an exponent: `2` is ²."""
    return digits.translate(_SUPERSCRIPT)


def unit_words(unit: str) -> str:
    """A unit as people write it behind a number: `person/day` is people/day, `tonne` tonnes, `km2` km², `1/week` per week, `1` nothing."""
    if unit in ("", "1"):
        return ""
    text = re.sub(r"(?<=[a-zA-Z])\^?(-?\d+)", lambda match: superscript(match[1]), unit)
    head, slash, rest = text.replace("*", "·").partition("/")
    if head == "1" and slash:
        return f"per {rest.replace('/', ' per ')}"
    first, dot, others = head.partition("·")
    return plural(first) + dot + others + slash + rest


def plural(noun: str) -> str:
    """The word for several of what a unit counts; a symbol, and what cannot be counted, stays as it is."""
    if noun in _PEOPLE:
        return _PEOPLE[noun]
    last = re.split(r"[_ -]", noun)[-1]
    is_word = re.fullmatch(r"[a-z][a-z_ -]*", noun) and len(last) >= _SHORTEST and last not in _SYMBOLS
    if not is_word or last in _UNCOUNTED or (last.endswith("s") and not last.endswith("ss")):
        return noun
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|z|ch|sh)$", noun) else f"{noun}s"


def counted(count: float, noun: str) -> str:
    """`1 claim`, `3 claims`, `1,200 futures`, `1.5 years`."""
    whole = int(count) if count == int(count) else count
    return f"{whole:,} {noun if whole == 1 else plural(noun)}"


def share_words(share: float, places: int = 1) -> str:
    """A share in per cent with so many decimals: `53.5 %`."""
    return f"{100 * share:.{places}f} %"
