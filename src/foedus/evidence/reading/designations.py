"""Numbers that are part of a name: weapons, aircraft, ships, illnesses, indices, roads, units of troops, texts, machines."""

from __future__ import annotations

import re
from functools import cache

from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.numbers import PlacedNumber
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.units import singular

__all__ = ["designation_spans", "is_designation", "is_equipment_name", "is_place_or_receiver", "is_strength"]


_PREFIXED = re.compile(r"(?:Sub|Mid|Pre|Post|Top|Under|Over|Now|Then|Non)-")


@cache
def _patterns() -> re.Pattern[str]:
    return re.compile("|".join(table("designations")["patterns"].values()))


@cache
def _names() -> frozenset[str]:
    return frozenset(name for names in table("designations")["names"].values() for name in names.split())


@cache
def _lands() -> frozenset[str]:
    """Words of the names of states and of their peoples and seats."""
    found = "|".join(f"{name}|{written}" for kind in ("aliases", "seats") for name, written in table("actors")[kind].items())
    return frozenset(word for name in found.split("|") for word in name.split())


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(table("designations")["equipment"][key].split())


def designation_spans(text: str) -> list[tuple[int, int]]:
    """Stretches that are names with digits in them: "Mi-8", "F-15", "Group of Seven"; "Sub-40 minutes" is none."""
    return [match.span() for match in _patterns().finditer(text) if not _PREFIXED.match(match.group())]


_MAGNITUDE = re.compile(r"\bmagnitude[ -](?:of )?(?:about )?$", re.IGNORECASE)


def is_strength(before: str) -> bool:
    """ "A magnitude 6.1 earthquake": whether words before a number make it how strong something was, and no number of them."""
    return _MAGNITUDE.search(before) is not None


def _is_bare(text: str, number: PlacedNumber) -> bool:
    """Plain digits, as in the number of a unit of troops."""
    return not number.is_word and re.fullmatch(r"\d{1,6}", text[number.start : number.end]) is not None


def is_designation(text: str, number: PlacedNumber, before: Word | None) -> bool:
    """Whether the word before the number is known as the name of a series: "Leopard 2", "FTSE 100"."""
    if before is None or not _is_bare(text, number) or number.start - before.end > 1:
        return False
    name = before.text if before.text[-1] != "-" else before.text[:-1]
    return before.end < number.start and (name in _names() or before.text in _names())


def is_equipment_name(text: str, number: PlacedNumber, before: Word | None, counted: Word) -> bool:
    """A name directly before a bare number and a noun of equipment: "They asked for Grendel 4 drones"."""
    if before is None or not _is_bare(text, number) or (number.value or 0) >= 1000 or number.start - before.end != 1:
        return False
    is_name = before.text[0].isupper() and before.text not in _lands()
    return is_name and (before.index > 0 or before.tag in ("NNP", "NNPS")) and singular(counted.lower) in _words("nouns")


def is_place_or_receiver(earlier: Word | None) -> str:
    """What the word before the name makes of it: "place" (in Lorn 2 tanks burned), "receiver" (sent Lorn 2 tanks) or ""."""
    if earlier is None:
        return ""
    if earlier.lower in _words("places"):
        return "place"
    return "receiver" if earlier.lower in _words("givers") else ""
