"""How two figures of one thing stand to each other: by what is done with what they count, by place, time and interval."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.topics import Topic, is_general, kin_of, opposed, whole_of

__all__ = ["Families", "between_figures", "family_of", "same_voice", "times_meet"]

Families = Mapping[str, str]
"""The last word of a unit -> the word that stands for all of its kind."""

_SAME_FIGURE = 0.30
_SAME_STATE = 0.40
_TO_DATE = re.compile(
    r"\b(?:so far|since|to date|total|toll|in all|altogether|now|by now|reach|reached|ris\w+ to|rose to|overall)\b", re.IGNORECASE
)


class ToldClaim(Protocol):
    """A claim with where and when it was told."""

    @property
    def document(self) -> str: ...
    @property
    def claim(self) -> Proposal: ...
    @property
    def words(self) -> str: ...
    @property
    def published(self) -> str: ...


def family_of(quantity: FoundQuantity, families: Families) -> str:
    """The word that stands for what is counted or measured; a rate keeps what it is per."""
    noun, per, below = quantity.unit.partition(" per ")
    return families.get(noun.rsplit(" ", 1)[-1], noun) + per + below


def between_figures(later: ToldClaim, earlier: ToldClaim, topics: tuple[Topic, Topic], alike: float, families: Families) -> str:
    """By their intervals, who says them and when; "" where they are figures of different things.

    Args:
        topics: of the later and of the earlier claim. alike: how alike their ideas are, from 0 to 1.
    """
    one, other = topics
    first, second = later.claim.quantity, earlier.claim.quantity
    assert first is not None and second is not None
    if first.dimension != second.dimension or _are_apart(one, other) or _is_aimed_elsewhere(later.claim, earlier.claim):
        return ""
    if first.dimension == "count" and (whole_of(one.acts, other.acts) or whole_of(other.acts, one.acts)):
        part, whole = (second, first) if whole_of(one.acts, other.acts) else (first, second)
        is_inside = _bottom(part) <= _top(whole) and times_meet(later.claim, earlier.claim)
        return ("part_of" if part is first else "has_part") if is_inside else ""
    if not _is_one_unit(first, second, topics, families) or not _is_done_alike(
        one, other, alike >= _SAME_FIGURE or _is_one_number(first, second), first.dimension == "count"
    ):
        return ""
    meets = _overlap(first, second)
    if later.claim.commitment != earlier.claim.commitment:
        is_against = {later.claim.polarity, earlier.claim.polarity} == {"+", "-"}
        return ("conflicts" if is_against else "not_comparable") if meets else ""
    if (later.claim.modality == "actual") != (earlier.claim.modality == "actual"):
        is_sent_part = later.claim.modality == "actual" and _top(first) < _bottom(second) and bool(one.where)
        is_done = (
            earlier.claim.modality == "future"
            and later.published > earlier.published > ""
            and later.claim.hedge.kind == "asserted"
        )
        return ("updates" if is_done else "not_comparable") if meets else "part_of" if is_sent_part else ""
    if alike < _SAME_STATE and not meets:
        return "part_of" if _is_plain_part(later, earlier, one, other) else ""
    if not times_meet(later.claim, earlier.claim):
        return "" if meets else _replaced(later, earlier, one, other)
    if meets and not (_TO_DATE.search(later.words) and _middle(first) > 1.05 * _middle(second)):
        return _agreed(later, earlier)
    return _apart(later, earlier, one, other)


def _is_one_unit(first: FoundQuantity, second: FoundQuantity, topics: tuple[Topic, Topic], families: Families) -> bool:
    """Whether two figures count the same; "700 deaths" are people too, of whom the same is told as of "1,100 people killed"."""
    if family_of(first, families) == family_of(second, families):
        return True
    units = [each.unit.rsplit(" ", 1)[-1] for each in (first, second)]
    is_people = first.dimension == "count" and " per " not in first.unit + second.unit and all(map(is_general, units))
    return is_people and bool(topics[0].acts & topics[1].acts)


def _are_apart(one: Topic, other: Topic) -> bool:
    """Whether two claims speak of two places."""
    return bool(one.where and other.where and not one.where & other.where)


def _is_aimed_elsewhere(one: Proposal, other: Proposal) -> bool:
    """Whether one doer does it to two others: refugees from two countries are not one figure."""
    return bool(one.actor and one.actor == other.actor and one.target and other.target and one.target != other.target)


def _is_done_alike(one: Topic, other: Topic, is_same: bool, is_counted: bool) -> bool:
    """Whether the same is done with what is counted: an army's size is not what it sends."""
    if opposed(one.acts, other.acts):
        return False
    if not is_counted and not (one.ideas - one.acts - one.unit) & (other.ideas - other.acts):
        return False
    if one.acts and other.acts:
        return bool({kin_of(act) for act in one.acts} & {kin_of(act) for act in other.acts})
    return is_same


def _agreed(later: ToldClaim, earlier: ToldClaim) -> str:
    """Of two figures that can both be right."""
    if same_voice(later, earlier):
        return "repeats"
    first, second = later.claim.quantity, earlier.claim.quantity
    assert first is not None and second is not None
    return "refines" if _width(first) < 0.5 * _width(second) else "agrees"


def _is_plain_part(later: ToldClaim, earlier: ToldClaim, one: Topic, other: Topic) -> bool:
    """Whether the later figure is the smaller one, of a place within the whole."""
    first, second = later.claim.quantity, earlier.claim.quantity
    assert first is not None and second is not None
    return bool(one.where) and not other.where and _top(first) < _bottom(second) and times_meet(later.claim, earlier.claim)


def same_voice(later: ToldClaim, earlier: ToldClaim) -> bool:
    """Whether one speaker says both; each document has a narrator of its own."""
    is_one = later.claim.speaker.canonical == earlier.claim.speaker.canonical
    return is_one and (later.claim.speaker.link != "none" or later.document == earlier.document)


def _apart(later: ToldClaim, earlier: ToldClaim, one: Topic, other: Topic) -> str:
    """Of two figures of one time that cannot both be right of the same whole."""
    first, second = later.claim.quantity, earlier.claim.quantity
    assert first is not None and second is not None
    if bool(one.where) != bool(other.where):
        small, large = (first, second) if one.where else (second, first)
        return ("part_of" if small is first else "has_part") if _top(small) < _bottom(large) else ""
    return _replaced(later, earlier, one, other) or "conflicts"


def _replaced(later: ToldClaim, earlier: ToldClaim, one: Topic, other: Topic) -> str:
    """ "updates" where the later figure is a newer state of a level, or a higher one of a running total."""
    first, second = later.claim.quantity, earlier.claim.quantity
    assert first is not None and second is not None
    running = table("concepts")["running"]
    if not later.published > earlier.published > "" or " per " in first.unit or "vague" in (first.kind, second.kind):
        return ""
    if later.claim.modality != "actual" or _is_before(later.claim, earlier.claim):
        return ""
    shared = one.acts & other.acts
    if shared & set(running["levels"].split()) and not shared & set(running["totals"].split()):
        return "updates"
    is_total = bool(shared & set(running["totals"].split())) and _middle(first) > _middle(second)
    is_to_date = _TO_DATE.search(later.words) is not None or _time(later.claim) is None
    return "updates" if is_total and is_to_date else ""


def _time(claim: Proposal) -> str | None:
    """When what is claimed took place, where it is told; the day of saying is none."""
    if claim.time is None or (claim.said is not None and claim.said.start == claim.time.start):
        return None
    return claim.time.value


def _span(value: str) -> tuple[str, str]:
    """The first and the last moment of a time, so that a month holds its days."""
    if value.startswith(("<=", ">=")):
        return ("", value[2:] + "~") if value[0] == "<" else (value[2:], "~")
    if value.startswith("["):
        low, _, high = value.strip("[]").partition(",")
        return low, high + "~"
    return value, value + "~"


def times_meet(one: Proposal, other: Proposal) -> bool:
    """Whether two claims can be of one time; what tells none can."""
    first, second = _time(one), _time(other)
    if not first or not second:
        return True
    (low, high), (bottom, top) = _span(first), _span(second)
    return low <= top and bottom <= high


def _is_before(one: Proposal, other: Proposal) -> bool:
    first, second = _time(one), _time(other)
    return bool(first and second) and _span(first or "")[1] < _span(second or "")[0]


def _bottom(quantity: FoundQuantity) -> float:
    if quantity.low is not None:
        return quantity.low * (0.98 if quantity.qualifier != "about" else 0.85)
    value = quantity.value if quantity.value is not None else quantity.high
    if value is None:
        return 0.0
    return value * {"up_to": 0.6, "less_than": 0.5, "about": 0.85}.get(quantity.qualifier, 0.95)


def _top(quantity: FoundQuantity) -> float:
    """ "Thousands" may be many thousands."""
    if quantity.high is not None:
        return quantity.high * (1.02 if quantity.kind != "vague" else 5.0)
    value = quantity.value if quantity.value is not None else quantity.low
    if value is None:
        return float("inf")
    return value * {"more_than": 1.5, "at_least": 2.0, "about": 1.15}.get(quantity.qualifier, 1.05)


def _is_one_number(one: FoundQuantity, other: FoundQuantity) -> bool:
    """Whether both write the same figure, as "twelve thousand" and "up to 12,000" do."""
    return one.value is not None and one.value == other.value


def _middle(quantity: FoundQuantity) -> float:
    return quantity.value if quantity.value is not None else (_bottom(quantity) + min(_top(quantity), 1e300)) / 2


def _width(quantity: FoundQuantity) -> float:
    return _top(quantity) - _bottom(quantity)


def _overlap(one: FoundQuantity, other: FoundQuantity) -> bool:
    return _bottom(one) <= _top(other) and _bottom(other) <= _top(one)
