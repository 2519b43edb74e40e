"""The one gate before a slot: why a figure can be none of it, whatever its words are, because it is of another place or thing, of a part, of
another time, or stands under a denial or a condition. Every way into a slot but that by hand leads through it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from foedus.draft.clauses import ABOUT
from foedus.draft.facts import Fact
from foedus.draft.moments import FROM_THAT, MOMENT_WORDS
from foedus.draft.refusals import CONDITIONAL, NEGATED, OF_EACH, PART
from foedus.draft.rules import SlotRule
from foedus.draft.things import Matter, class_of, unit_class
from foedus.draft.words import words_in
from foedus.show.words import listed

__all__ = ["is_as_said", "is_of_a_stretch", "stopped"]


def stopped(fact: Fact, slot: SlotRule, things: tuple[str, ...], matter: Matter) -> str:
    """Why a figure cannot be one of a slot; "" where it may be, if its kind and its words are.

    Args:
        things: the generic units of the part, in words of the model.
    """
    case = _Passing(fact, slot, things, matter)
    return next((why for check in _CHECKS if (why := check(case))), "")


@dataclass(frozen=True)
class _Passing:
    """A figure before a slot."""

    fact: Fact
    slot: SlotRule
    things: tuple[str, ...]
    matter: Matter

    @property
    def is_amount(self) -> bool:
        """Whether it grows with the place of which it is: a number or a pace, no share or price."""
        return self.fact.kind in ("level", "flow")


def _doubted(one: _Passing) -> str:
    return one.fact.refused if one.fact.refused and not is_as_said(one.fact, one.slot) else ""


def _of_another_time(one: _Passing) -> str:
    fact, slot = one.fact, one.slot
    if fact.moment == "change" and "expected" not in slot.moments and words_in(_FORESEEN, fact.near):
        return MOMENT_WORDS["expected"]  # how much something is to move
    is_moment = fact.moment in slot.moments or (slot.is_conditional and fact.moment == "expected")
    is_moment = is_moment or (fact.moment == "beside" and "change" in slot.moments)
    if not is_moment:
        return MOMENT_WORDS.get(fact.moment, "it is of now")
    if (
        fact.moment == "past"
        and slot.today
        and not FROM_THAT.search(fact.near[: fact.near.find(fact.written) + len(fact.written)])
    ):
        return MOMENT_WORDS["past"]  # of before, where it is from that that it fell or rose
    if slot.is_total and fact.period in ("day", "week", "month"):
        return f"it is of one {fact.period}, where all is counted"
    return "it counts over a stretch of time, where that of one day is asked for" if is_of_a_stretch(fact, slot) else ""


def _of_another_thing(one: _Passing) -> str:
    fact, matter = one.fact, one.matter
    if illness := matter.other_illness(fact):
        return f"it speaks of {illness}"
    is_money = bool(one.things) and unit_class(one.things[0]) == "currency"
    is_priced = fact.kind in ("price", "money")
    other = matter.other_good(fact.words, is_whole=one.is_amount or one.slot.is_owned, is_priced=is_priced)
    if other and not is_money:
        return f"it speaks of {other}"
    narrower = matter.narrower(fact.words) if fact.kind == "share" else ""
    return f"it speaks of {narrower}" if narrower else ""


def _of_another_place(one: _Passing) -> str:
    fact, slot, matter = one.fact, one.slot, one.matter
    elsewhere = f"it speaks of {listed(fact.places)}" if fact.places else "it does not say of which country it is"
    if slot.side and fact.side != slot.side:
        return f"it is not of {slot.side}"
    if _OTHERS.match(fact.near):
        return "it is of others"
    if slot.is_abroad and fact.within and not set(fact.within) & _EXCHANGES:
        return f"it is of {listed(fact.within)} alone"
    if slot.apart and fact.strangers:
        return f"it speaks of {listed(fact.strangers)}"
    if one.is_amount and not _is_of_all(fact, slot, matter):
        return elsewhere
    if one.is_amount and class_of(fact) == "people" and not matter.is_world and _WORLD.search(fact.near):
        return "it is of the whole world"
    if slot.is_owned and not one.is_amount and not _is_owned(fact, matter):
        return elsewhere
    is_others = fact.kind == "share" and not slot.is_foreign and fact.places and matter.scope
    return elsewhere if is_others and not set(fact.places) & set(matter.scope) else ""


def _of_a_part(one: _Passing) -> str:
    fact = one.fact
    if not one.slot.is_whole:
        return ""
    if one.is_amount and fact.written:
        ahead, _, behind = fact.sentence.partition(fact.written)
        if _SO_MUCH_OF_ALL.match(behind) or _OF_ALL_SO_MANY.search(ahead):
            return PART
    return f"it is of {listed(fact.within)} alone" if fact.within else ""


_SHARE_OF_ALL = (
    r"(?:(?:nearly|almost|about|around|roughly|some|over|under|close to|well over|up to|(?:more|less) than|at least|an estimated) )*"
    r"(?:half|(?:an?|one) (?:third|quarter|fifth|tenth)|(?:two|three|four|nine)[ -](?:thirds|quarters|fifths|tenths)"
    r"|(?:one|two|three|four|\d+) (?:in|out of) (?:every )?(?:two|three|four|five|six|ten|\d+)"
    r"|\d+(?:\.\d+)? ?(?:%|per ?cent)|most|the majority|a majority)"
    r"(?: of)? (?:the |its |their |all |that )?(?:[\w’'-]+ ){0,2}?(?:population|people|inhabitants|residents|citizens)\b"
)
_SO_MUCH_OF_ALL = re.compile(
    rf"[^,;:.(–—]{{0,60}}?(?:, | \(| [–—] |,? or |, which is |, that is |, equal to )(?:or )?{_SHARE_OF_ALL}", re.IGNORECASE
)
""" "5.4 million are hungry, nearly half of the population": the population is another number."""
_OF_ALL_SO_MANY = re.compile(rf"{_SHARE_OF_ALL}(?:, | \(|,? or | [–—] )(?:or |that is )?(?:{ABOUT} )?$", re.IGNORECASE)


_EXCHANGES = frozenset(
    (
        "Chicago",
        "London",
        "New York",
        "Rotterdam",
        "Singapore",
        "Paris",
        "Hamburg",
        "Dubai",
        "Shanghai",
        "Dalian",
        "Kuala Lumpur",
        "Tokyo",
    )
)
"""Where goods are traded for all: a price told of there is that of the world."""
_WORLD = re.compile(
    r"\b(?:globally|worldwide|world-wide|(?:around|across|throughout|in|of) the (?:whole |entire )?(?:world|globe)|the world['’]s)\b"
    r"(?! Health| Food| Bank)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\W*(?:(?:most|many|some|all|few|several) )?(?:[Oo]ther|[Nn]eighbou?ring|[Nn]earby) (?:[a-z]+ )?"
    r"(?:countries|states|nations|islands|regions|provinces|governments|economies|cities|towns|districts)\b",
    re.IGNORECASE,
)
""" "Other countries in the area have had 40 cases": none of the place of the matter."""
_CHECKS: tuple[Callable[[_Passing], str], ...] = (
    _doubted,
    _of_another_thing,
    _of_another_place,
    _of_a_part,
    _of_another_time,
)


_FORESEEN = "will likely probabl* is_expected are_expected forecast_to predicted_to projected"


def is_of_a_stretch(fact: Fact, slot: SlotRule) -> bool:
    """Whether a count over some days or weeks, or a level of last year, would stand where a level of today is asked for."""
    if fact.kind != "level" or "flow" in slot.kinds or slot.unit.count("/"):
        return False
    ahead = fact.near[: max(fact.near.find(fact.written), 0)]
    years = [int(year) for year in _IN_A_YEAR.findall(fact.near)]
    if years and max(years) < int(fact.claim.day[:4]) and "usual" not in slot.moments:
        return True
    near = _SINCE_THEN.sub("", fact.near)
    return (_RECENTLY.search(fact.near) is not None and not _REACHED.search(ahead)) or _LAST_YEAR.search(near) is not None


_RECENTLY = re.compile(
    r"\b(?:in|over|during|within) the (?:past|last|previous) (?:\w+ )?(?:hours|days?|weeks?|months?)\b|\b(?:overnight|yesterday)\b",
    re.IGNORECASE,
)


_IN_A_YEAR = re.compile(r"\b[Ii]n ((?:19|20)\d\d)\b")


_REACHED = re.compile(r"\b(?:to|at|stands?|stood|total\w*|of|has|have|holds?|held)\s*$", re.IGNORECASE)


_SINCE_THEN = re.compile(r"\bsince\b[^,;:.]*", re.IGNORECASE)
""" "Have fled since war broke out a year ago": so many by now."""


_LAST_YEAR = re.compile(r"\b(?:last|the previous|the year before|a) year(?: ago| earlier| before)?\W*$", re.IGNORECASE)


def is_as_said(fact: Fact, slot: SlotRule) -> bool:
    """Whether a figure that is refused for a denial or a condition may fill a slot whose own words are one."""
    is_of_each = slot.is_each and fact.refused == OF_EACH and class_of(fact) in ("", "people")
    if slot.is_part and fact.refused == PART:
        return True
    return is_of_each or (slot.is_negated and fact.refused in NEGATED) or (slot.is_conditional and fact.refused == CONDITIONAL)


def _is_of_all(fact: Fact, slot: SlotRule, matter: Matter) -> bool:
    """Whether an amount is of the whole matter: of its place, or of all the places that belong together; of each where they are added."""
    places = set(fact.places)
    if not places or not matter.scope:
        return True
    if slot.is_sum or slot.is_foreign or not matter.joint:
        return bool(places & set(matter.scope))
    return set(matter.joint) <= places


def _is_owned(fact: Fact, matter: Matter) -> bool:
    """Whether a share is that of the place of the matter, and not of a good or of somebody else."""
    named = set(fact.places) & set(matter.scope) if matter.scope else fact.places
    return (
        bool(named) or re.match(r"\W*(?:the|that|this) (?:country|nation|state|region)\b", fact.near, re.IGNORECASE) is not None
    )
