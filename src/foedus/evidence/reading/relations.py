"""How claims are related: duplicate, repeats, agrees, refines, part of, updates, conflicts, not comparable."""

from __future__ import annotations

import re
from collections import OrderedDict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foedus.evidence.reading.libraries import library
from foedus.evidence.reading.proposals import Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.subject import Subject, of_packs

__all__ = ["RELATIONS", "Related", "Relater", "relation"]

RELATIONS = ("duplicate", "repeats", "agrees", "refines", "part_of", "updates", "conflicts", "not_comparable")

Families = Mapping[str, str]
"""The last word of a unit -> the word that stands for all of its kind."""

_SAME_WORDS = 92.0
_NEAR_WORDS = 75.0
_SAME_THING_WORDS = 65.0
_SAME_MEASURE_WORDS = 80.0
_TALLY_WORDS = 40.0
_MOST = 30
_MOST_THINGS = 2_000


@dataclass(frozen=True)
class Related:
    """A claim with its document, its name there, its words and the day on which it was public, for comparison."""

    document: str
    name: str
    claim: Proposal
    words: str
    published: str


class Relater:
    """Compares claims with those before them.

    Each is held against the latest claims about the same thing only, so that work and memory grow with neither the number of
    documents nor that of claims.
    """

    def __init__(self, subject: Subject | None = None) -> None:
        self._families: Families = dict((subject or of_packs()).families)
        self._recent: OrderedDict[str, deque[Related]] = OrderedDict()

    def add(self, claim: Related) -> list[tuple[str, Related]]:
        """The relations of a claim to earlier ones: (relation, the earlier claim); it is remembered."""
        keys = _keys(claim.claim, self._families)
        near = _unique(each for key in keys for each in self._recent.get(key, ()))
        for key in keys:
            self._recent.setdefault(key, deque(maxlen=_MOST)).append(claim)
            self._recent.move_to_end(key)
        while len(self._recent) > _MOST_THINGS:
            self._recent.popitem(last=False)
        return [(name, other) for other in near if (name := relation(claim, other, self._families))]


def _unique(claims: Iterable[Related]) -> list[Related]:
    return list({id(claim): claim for claim in claims}.values())


def _keys(claim: Proposal, families: Families) -> list[str]:
    """What two claims must share to be compared at all: the thing counted, or actor and target."""
    if claim.quantity is not None and claim.quantity.dimension not in ("time", ""):
        return [f"unit {_family(claim.quantity, families)}"]
    return [f"pair {claim.ctype} {claim.actor} {claim.target}"] if claim.actor and claim.target else []


def _family(quantity: FoundQuantity, families: Families) -> str:
    unit = quantity.unit.rsplit(" ", 1)[-1]
    return families.get(unit, quantity.unit)


def relation(later: Related, earlier: Related, families: Families) -> str:
    """How a claim stands to an earlier one; "" where they have nothing to do with each other."""
    one, other = later.claim, earlier.claim
    if later.document == earlier.document and one.start < other.end and other.start < one.end:
        return ""
    alike = _alike(later.words, earlier.words)
    if later.document != earlier.document and alike >= _SAME_WORDS and _figures(one) == _figures(other):
        return "duplicate"
    if one.quantity is not None and other.quantity is not None:
        return _between_quantities(later, earlier, alike, families)
    if alike < _NEAR_WORDS:
        return ""
    if one.polarity != other.polarity:
        return "conflicts"
    return "repeats" if one.speaker.canonical == other.speaker.canonical else "agrees"


def _figures(claim: Proposal) -> tuple[float | None, ...]:
    quantity = claim.quantity
    return (quantity.value, quantity.low, quantity.high) if quantity is not None else ()


def _alike(one: str, other: str) -> float:
    fuzz: Any = library("rapidfuzz.fuzz")
    return float(fuzz.token_sort_ratio(one.lower(), other.lower()))


def _between_quantities(later: Related, earlier: Related, alike: float, families: Families) -> str:
    """By their intervals, who says them and when."""
    one, other = later.claim, earlier.claim
    assert one.quantity is not None and other.quantity is not None
    if one.quantity.loose or other.quantity.loose or _family(one.quantity, families) != _family(other.quantity, families):
        return ""
    if not _about_the_same(one, other, alike, families):
        return ""
    if _fates(later.words) != _fates(earlier.words) and _fates(later.words) and _fates(earlier.words):
        return ""
    if _years(one) and _years(other) and _years(one) != _years(other):
        return "not_comparable" if _overlap(one.quantity, other.quantity) else ""
    if one.actor != other.actor or (one.modality == "actual") != (other.modality == "actual"):
        return "not_comparable" if _overlap(one.quantity, other.quantity) else ""
    if one.quantity.dimension != other.quantity.dimension:
        return "not_comparable"
    if _overlap(one.quantity, other.quantity):
        if one.speaker.canonical == other.speaker.canonical:
            return "repeats"
        return "refines" if _width(one.quantity) < 0.5 * _width(other.quantity) else "agrees"
    if later.published > earlier.published and _is_state(one.quantity, families):
        return "updates"
    if _top(one.quantity) < _bottom(other.quantity) and _named_part(later, earlier):
        return "part_of"
    return "conflicts"


def _about_the_same(one: Proposal, other: Proposal, alike: float, families: Families) -> bool:
    """Whether two quantities of one unit can be about one thing: forces and losses of an actor, or nearly the same words."""
    assert one.quantity is not None
    is_tally = one.actor is not None and one.actor == other.actor and _is_state(one.quantity, families)
    if is_tally:
        return alike >= _TALLY_WORDS
    return alike >= (_SAME_THING_WORDS if one.quantity.dimension == "count" else _SAME_MEASURE_WORDS)


_FATES = {
    "dead": "dead",
    "died": "dead",
    "killed": "dead",
    "death": "dead",
    "deaths": "dead",
    "wounded": "wounded",
    "injured": "wounded",
    "hurt": "wounded",
    "missing": "missing",
    "infected": "ill",
    "sick": "ill",
    "displaced": "displaced",
    "fled": "displaced",
    "homeless": "displaced",
    "evacuated": "displaced",
    "arrested": "held",
    "detained": "held",
    "captured": "held",
}


def _fates(words: str) -> frozenset[str]:
    """What happened to those who are counted."""
    return frozenset(_FATES[word] for word in re.findall(r"[a-z]+", words.lower()) if word in _FATES)


def _years(claim: Proposal) -> str:
    """The year of which a claim speaks, where its time is exact."""
    value = claim.time.value if claim.time is not None else None
    return value[:4] if value and value[0].isdigit() else ""


def _named_part(later: Related, earlier: Related) -> bool:
    """A smaller number with a place of its own is part of the larger one."""
    return later.claim.target != earlier.claim.target or later.document == earlier.document


def _is_state(quantity: FoundQuantity, families: Families) -> bool:
    return _family(quantity, families) in set(families.values())


def _bottom(quantity: FoundQuantity) -> float:
    if quantity.low is not None:
        return quantity.low * (0.98 if quantity.qualifier != "about" else 0.85)
    value = quantity.value if quantity.value is not None else quantity.high
    if value is None:
        return 0.0
    return value * {"up_to": 0.6, "less_than": 0.5, "about": 0.85}.get(quantity.qualifier, 0.95)


def _top(quantity: FoundQuantity) -> float:
    if quantity.high is not None:
        return quantity.high * 1.02
    value = quantity.value if quantity.value is not None else quantity.low
    if value is None:
        return float("inf")
    return value * {"more_than": 1.5, "at_least": 2.0, "about": 1.15}.get(quantity.qualifier, 1.05)


def _width(quantity: FoundQuantity) -> float:
    return _top(quantity) - _bottom(quantity)


def _overlap(one: FoundQuantity, other: FoundQuantity) -> bool:
    return _bottom(one) <= _top(other) and _bottom(other) <= _top(one)
