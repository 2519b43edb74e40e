"""A claim put into a group: its figure in the group's unit, and which groups suit it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.errors import EvidenceError, Problem
from foedus.evidence.claim import Claim, Quantity
from foedus.evidence.measures import conversion
from foedus.evidence.reading.subject import Subject, of_packs

__all__ = ["Home", "factor_between", "group_units", "homes_of", "placed", "words_of", "words_of_group"]

_WORD = re.compile(r"[^\W\d_][\w-]{2,}")
_EMPTY = frozenset(
    "the and that was were are has have had will would said says for from with its his her their they this than been "
    "not but who which about into over after before more some also".split()
)
_SHOWN = 3
_LEAST_LIKENESS = {True: 0.08, False: 0.25}
"""Below this, claims share little beyond a common word; where a unit speaks for the group as well (True), less will do."""


@dataclass(frozen=True)
class Home:
    """A group that may suit a claim.

    Attributes:
        unit: of its figures, "" where it has none.
        factor: what the claim's figure is multiplied with; None where there is nothing to convert.
        carries: whether a parameter of the model rests on it.
        shared: the words that speak for it, the most telling first.
    """

    group: str
    unit: str
    factor: float | None
    carries: bool
    shared: tuple[str, ...]


def group_units(claims: Iterable[Claim], expected: Mapping[str, str] | None = None) -> dict[str, str]:
    """Group -> the unit of its figures; that of the parameter which rests on it where it has no figure yet."""
    units = dict(expected or {})
    told: dict[str, str] = {}
    for claim in claims:
        if claim.quantity is not None:
            told.setdefault(claim.group, claim.quantity.unit)
        else:
            units.setdefault(claim.group, "")
    return units | told


def placed(
    claim: Claim, group: str, unit: str, factor: float | None = None, people: frozenset[str] | None = None
) -> dict[str, Any]:
    """The changes that put a claim into a group, its figures in the group's unit.

    Args:
        unit: of the group's figures, "" where it has none yet.
        factor: how many of them one of the claim's units is; None takes it from the table of units.
        people: words that count people, beside those that the package knows.
    Raises:
        EvidenceError: nothing tells how the units convert.
    """
    quantity = claim.quantity
    if quantity is None or not unit or (quantity.unit == unit and factor is None):
        return {"group": group}
    known = factor if factor is not None else factor_between(quantity.unit, unit, people)
    if known is None or not math.isfinite(known) or known <= 0:
        message = (
            f"Claim {claim.id} counts in {quantity.unit}, the group “{group}” in {unit}, and no table tells how they convert."
        )
        help_text = f"Say how many {unit} one {quantity.unit} is (--factor on the command line), or take another group."
        raise EvidenceError(Problem(claim.place.file, 0, 0, "units-differ", message, help_text))
    return {"group": group, **_converted(quantity, known), "quantity.unit": unit}


def factor_between(found: str, wanted: str, people: frozenset[str] | None = None) -> float | None:
    """How many `wanted` one `found` is; words that stand for what is wanted count as it (soldiers are persons)."""
    if not wanted:
        return None
    known = conversion(found, wanted)
    if known is None:
        subject = of_packs().joined(Subject(people=people or frozenset()))
        known = conversion(subject.unit_of(found, [wanted]), wanted)
    return known


def _converted(quantity: Quantity, factor: float) -> dict[str, float]:
    """The figures times the factor, without the dust of the multiplication."""
    ends = {"value": quantity.value, "low": quantity.low, "high": quantity.high}
    found = {f"quantity.{name}": _times(end, factor) for name, end in ends.items() if end is not None}
    if quantity.exposure is not None:
        found["quantity.exposure"] = _times(quantity.exposure, 1 / factor)
    return found


def _times(value: float, factor: float) -> float:
    found = float(f"{value * factor:.15g}")
    return int(found) if found.is_integer() and abs(found) < 2**53 else found


def words_of(claim: Claim) -> frozenset[str]:
    """The telling words of a claim, in small letters and without a plural's s."""
    told = " ".join(filter(None, (claim.paraphrase, claim.actor, claim.target)))
    return frozenset(word.removesuffix("s") for word in _WORD.findall(told.lower()) if word not in _EMPTY)


def words_of_group(name: str, claims: Iterable[Claim]) -> Counter[str]:
    """How often each telling word stands in the claims of a group that were not rejected, and in its name."""
    found = Counter(word.removesuffix("s") for word in _WORD.findall(name.lower().replace("_", " ")) if word not in _EMPTY)
    for claim in claims:
        if claim.status != "rejected":
            found.update(words_of(claim))
    return found


def homes_of(
    claim: Claim,
    groups: Mapping[str, Counter[str]],
    units: Mapping[str, str],
    carrying: Iterable[str],
    people: frozenset[str] | None = None,
) -> tuple[Home, ...]:
    """The groups that suit a claim best, by unit and by words; none where no word speaks for one.

    Args:
        groups: name -> its words.
        units: name -> the unit of its figures, "" where it has none.
        carrying: the groups on which a parameter of the model rests.
    """
    own, carried = words_of(claim), frozenset(carrying)
    spread = Counter(word for words in groups.values() for word in words)
    rarity = {word: math.log((1 + len(groups)) / spread[word]) for word in own if spread[word]}
    found: list[tuple[float, Home]] = []
    for name, words in groups.items():
        unit = units.get(name, "")
        factor = factor_between(claim.quantity.unit, unit, people) if claim.quantity else None
        if name == claim.group or (claim.quantity is not None) != bool(unit) or (claim.quantity is not None and factor is None):
            continue
        likeness = _likeness(own, words, rarity)
        if likeness >= _LEAST_LIKENESS[claim.quantity is not None]:
            shared = sorted(own & set(words), key=lambda word: (-rarity[word], word))
            found.append(
                (likeness + (0.1 if name in carried else 0.0), Home(name, unit, factor, name in carried, tuple(shared[:4])))
            )
    return tuple(home for _, home in sorted(found, key=lambda one: (-one[0], one[1].group))[:_SHOWN])


def _likeness(own: frozenset[str], words: Counter[str], rarity: Mapping[str, float]) -> float:
    """The part of the claim's telling words that the group uses, each as heavy as it is rare among groups."""
    whole = sum(rarity.values())
    if not whole or not words:
        return 0.0
    return sum(rarity[word] for word in own.intersection(words)) / whole
