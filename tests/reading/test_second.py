"""Sentences of many matters, by kind: every figure with its value, qualifier and unit, how its speaker stands to it, when and who."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from tests.reading.judged import claims_in, parameters, plain, read_otherwise

ROWS = {
    text: (kind, want)
    for kind, rows in tomllib.loads((Path(__file__).parent / "second.toml").read_text(encoding="utf-8")).items()
    for text, want in rows.items()
}

# What is known to be read in part: a figure without its noun or its speaker, or not at all.
GAPS = frozenset(
    (
        "They saw 11 Shahed-136 drones.",
        "The vote was 214 to 97.",
        "Output is more than triple last year's.",
        "Some 60 flats are empty, the housing office reports.",
        "The guild published this note:\n\nOur members number 640 and will stay.",
        "No such order for 60 rifles exists, the clerk said.",
        "He drank nine tenths of a litre.",
        "In case 400 guests come, the hall has been rented.",
    )
)
# What is known to be read wrongly, which is worse.
WRONG = frozenset(("Two of the sisters told the court that 30 letters had been burned.",))


def _figures(claims: Iterable[dict[str, Any]]) -> dict[int, dict[str, Any]]:
    """The claims whose figure was read whole, the first of each figure."""
    found: dict[int, dict[str, Any]] = {}
    for claim in claims:
        quantity = claim["quantity"]
        if quantity and not quantity["loose"] and quantity["kind"] != "quantifier":
            found.setdefault(quantity["start"], claim)
    return found


def _wanted(words: str) -> tuple[str, list[float | None], str]:
    """Qualifier, value or ends, unit."""
    parts = words.split()
    many = 2 if parts[0] in ("between", "vague") else 1
    numbers = [None if part == "*" else float(part) for part in parts[1 : 1 + many]]
    return parts[0], numbers, " ".join(parts[1 + many :]) or "*"


def _is_figure(words: str, quantity: dict[str, Any]) -> bool:
    qualifier, numbers, unit = _wanted(words)
    found = [quantity["value"]] if quantity["value"] is not None else [quantity["low"], quantity["high"]]
    if len(numbers) == 1 and len(found) == 2:
        found = [end for end in found if end is not None][:1]
    is_value = len(found) == len(numbers) and all(
        want is None or (have is not None and abs(want - have) <= 1e-6 * max(1.0, abs(have)))
        for want, have in zip(numbers, found, strict=True)
    )
    return is_value and qualifier in ("*", quantity["qualifier"]) and unit in ("*", plain(quantity["unit"]))


def _faults(text: str, want: str) -> tuple[list[str], list[str]]:
    """What is missing, and what is wrong."""
    head, _, checks = want.partition("|")
    figures = _figures(claims_in(text))
    missing, wrong = [], []
    first = None
    for words in head.split(";") if head.strip() != "none" else ():
        place = next((start for start, claim in figures.items() if _is_figure(words.strip(), claim["quantity"])), None)
        if place is None:
            missing.append(words.strip())
            continue
        claim = figures.pop(place)
        first = first or claim
    wrong += [claim["quantity"]["text"] for claim in figures.values()]
    for key, allowed in re.findall(r"\b([cphts])=(.*?)(?=\s+[cphts]=|$)", checks.strip()):
        if first is None or not _holds(key, allowed, first):
            wrong.append(f"{key}={allowed}")
    return missing, wrong


def _holds(key: str, allowed: str, claim: dict[str, Any]) -> bool:
    if key == "s":
        return allowed.lower() in claim["source"]["canonical"].lower()
    found = {
        "c": claim["commitment"],
        "p": claim["polarity"],
        "h": claim["hedge"]["class"],
        "t": (claim["time"] or {}).get("value"),
    }[key]
    return any(found != each[1:] if each[0] == "!" else found == each for each in allowed.split("/"))


@pytest.mark.parametrize(("text", "want"), parameters(ROWS, GAPS | WRONG))
def test_a_sentence_is_read_as_an_analyst_would(text: str, want: str) -> None:
    assert _faults(text, want) == ([], [])


def test_hardly_any_sentence_is_read_wrongly_without_a_word() -> None:
    """Known gaps are omissions; a wrong reading that nothing marks stays below one in a hundred."""
    assert len(WRONG) <= 0.01 * len(ROWS)
    assert len(GAPS) <= 0.10 * len(ROWS)
    assert len(ROWS) > 300
    assert ROWS.keys() >= GAPS | WRONG


def test_every_sentence_is_read_as_when_somebody_last_looked() -> None:
    assert read_otherwise("second") == []
