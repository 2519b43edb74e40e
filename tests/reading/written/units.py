"""What is counted and measured, and the words around a figure."""

from __future__ import annotations

import random
import re

__all__ = ["BEFORE", "COUNTED", "MEASURED", "RATES", "SIGNS", "unit_after"]

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


def unit_after(chance: random.Random, text: str) -> tuple[str, str]:
    """Behind the number: the unit as written and as read."""
    if chance.random() < 0.6 or text[-1] in "kK":
        noun, unit = chance.choice(list(COUNTED.items()))
        return f" {noun}", unit
    noun, unit = chance.choice(list(COUNTED.items() if _has_two_readings(text) else MEASURED.items()))
    return (
        "" if noun in ("%", "GHz", "km", "kg", "MW", "°C") and chance.random() < 0.5 and not text[-1].isalpha() else " "
    ) + noun, unit
