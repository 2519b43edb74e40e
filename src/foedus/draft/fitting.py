"""One figure against one slot: whether kind, noun, moment and words fit, in which unit, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from foedus.draft.clauses import ABOUT
from foedus.draft.facts import SAYS_SO, Fact
from foedus.draft.gate import stopped
from foedus.draft.moments import MONTH_FIRST, without_blow, without_goal
from foedus.draft.rules import SlotRule
from foedus.draft.things import Matter, class_of, scale_of, thing_of, unit_class
from foedus.draft.words import pattern, words_in
from foedus.evidence.reading.units import singular

__all__ = ["Match", "figure_units", "fit_in", "match", "size_of"]


@dataclass(frozen=True)
class Match:
    """A figure in a slot.

    Attributes:
        unit: of the figure, in words of the model. factor: what the claim's own figure is multiplied by to be in it.
        because: why it is there, in words. score: how well it fits. is_by_hand: somebody put it there, no rule did.
    """

    fact: Fact
    slot: SlotRule
    unit: str
    factor: float
    because: str
    score: float
    is_by_hand: bool = False


def match(fact: Fact, slot: SlotRule, things: tuple[str, ...], matter: Matter, apart: str = "") -> Match | None:
    """The figure in the slot; None where it speaks of something else."""
    if stopped(fact, slot, things, matter) or (apart and pattern(apart).search(fact.words)):
        return None
    fitted, said = fit_in(fact, slot, things), _said(fact, slot)
    if fitted is None or not said:
        return None
    unit, factor = fitted
    words = list(dict.fromkeys(word for one in said for word in one))
    shown = ", ".join(f"“{word}”" for word in words[:3])
    because = f"unit {unit}, {'words' if len(words) > 1 else 'word'} {shown}"
    if fact.kind in ("level", "money") and "flow" in slot.kinds:
        because += f", counted over {f'a {fact.period}' if fact.period else f'{fact.days} days'}"
    return Match(fact, slot, unit, factor, because, len(words) + 0.5 * len(slot.say) + (0.5 if fact.moment == "now" else 0))


def _said(fact: Fact, slot: SlotRule) -> list[list[str]]:
    """The words of the rule beside a figure, by group; where its own part of the sentence lacks some, those of more of it; [] if they are not
    there, or beside them a word that may not be."""
    for words in (_ABOUT_SO_MUCH.sub(" ", fact.words), _ABOUT_SO_MUCH.sub(" ", fact.wide)):
        said = [words_in(one, words) for one in slot.say]
        is_wide = words == _ABOUT_SO_MUCH.sub(" ", fact.wide)
        if said and all(said) and (is_wide or _is_own(fact, slot)):
            own = words if is_wide or _IS_IT.match(fact.near) or SAYS_SO.search(fact.near) else fact.near
            own = without_blow(
                without_goal(re.sub(r"\bMay\b", "", own.removesuffix(f" ({fact.head}s)")), fact.written)
            )  # the month is no verb, a lent noun no word of its own
            return [] if pattern(slot.banned).search(own) else said
    return []


_ABOUT_SO_MUCH = re.compile(r"\baround (?=[$€£]?\d)", re.IGNORECASE)
""" "Around 2,300 ships" speaks of no way around."""


def _is_own(fact: Fact, slot: SlotRule) -> bool:
    """Whether a word of the rule is the figure's own, where the others are of what a pronoun stands for: who regained ground and "is taking
    120 km2 a week" does not regain these."""
    return (
        fact.words == fact.near
        or fact.is_carried
        or MONTH_FIRST.match(fact.near) is not None
        or _IS_IT.match(fact.near) is not None
        or SAYS_SO.search(fact.near) is not None
        or any(words_in(one, fact.near) for one in slot.say)
    )


_IS_IT = re.compile(
    r"\W*(?:[\w ,]{0,40}?\b)?(?:it|that|this|they|these|those) (?:now )?"
    r"(?:(?:is|are|was|were)(?! \w+ing\b)|has been|stands?|stood|comes?|came|amounts?|"
    r"averages?|has reached|have reached|reached|(?:has |have )?(?:since |now )?"
    r"(?:fallen|risen|fell|rose|grown|grew|dropped|climbed|slowed|shrunk|increased)\s+to)\b",
    re.IGNORECASE,
)


def fit_in(fact: Fact, slot: SlotRule, things: tuple[str, ...]) -> tuple[str, float] | None:
    """The figure's unit in words of the model, and the factor to it; None where kind or noun do not fit."""
    if fact.kind in ("level", "money") and "flow" in slot.kinds:
        if _is_standing(fact):
            return None
        is_told = fact.moment == "now" or (fact.moment in ("wanted", "beside") and fact.moment in slot.moments)
        if fact.days and not fact.period and is_told and not slot.is_paced:
            found = _counted(_as_event(fact, slot), slot, things, "week")
            return (found[0], found[1] * 7 / fact.days) if found else None
        return _counted(fact, slot, things, fact.period) if fact.period and _is_paced(fact, slot) else None
    if fact.kind == "money" and "price" in slot.kinds:
        per = _named_unit(fact.near, fact.written, things[0] if things else "") or _voyage(fact.near, slot, things)
        if not per and slot.per:
            return None
        fact = replace(fact, kind="price", per=per) if per else fact
    if fact.kind not in slot.kinds:
        return None
    if fact.kind == "share":
        is_rate = bool(slot.per)
        per = fact.per or (fact.period if is_rate else "")
        if is_rate != bool(per) or (is_rate and per not in slot.per.split()):
            return None
        factor = 0.01 if fact.claim.quantity_unit.startswith(("perc", "%")) else 1.0
        return (f"1/{per}" if is_rate else "1"), factor
    if fact.kind == "number":
        return ("1", 1.0) if not slot.of else None
    if fact.kind == "duration":
        return (fact.head, 1.0) if not fact.per else None
    return _counted(fact, slot, things, fact.per)


def _is_standing(fact: Fact) -> bool:
    """Whether a number is of those who are there ("there are 2,400 judges who …"), or a sum is what one of something is sold for."""
    ahead = fact.near[: max(fact.near.find(fact.written), 0)]
    if fact.is_carried:  # "…, falling to 430 million"
        return True
    return (_PRICED if fact.kind == "money" else _THERE_ARE).search(ahead) is not None


_THERE_ARE = re.compile(rf"\b[Tt]here (?:are|is)(?: now| still| only| also)* (?:{ABOUT} )?$")
_PRICED = re.compile(
    rf"\b(?:sold|sells?|selling|trad(?:es?|ed|ing)|went|goes|chang(?:es?|ed) hands|pric(?:es?|ed)|quoted|settled|closed|opened|valued)"
    rf" (?:for|at|to) (?:{ABOUT} )?$|\bfetch(?:es|ed)? (?:{ABOUT} )?$"
)


def _as_event(fact: Fact, slot: SlotRule) -> Fact:
    """The fact with what happened as its noun, where it says how many times: "attacked ships 27 times since November"."""
    is_times = fact.head == "time" and slot.counts_as == "one"
    return replace(fact, head=slot.of.split()[0]) if is_times else fact


def _is_paced(fact: Fact, slot: SlotRule) -> bool:
    """Whether an amount of a stretch of time is a pace: what is to come in one day or month ("will add 9 tonnes in June") comes once."""
    return (not slot.is_paced or fact.period == "year") and (fact.moment not in ("expected", "wanted") or fact.period == "year")


def size_of(fact: Fact) -> float:
    quantity = fact.claim.quantity
    told = (quantity.value, quantity.low, quantity.high) if quantity is not None else ()
    return next((one for one in told if one), 0.0)


def figure_units(fact: Fact, slot: SlotRule, things: tuple[str, ...]) -> list[tuple[str, float]]:
    """In which units a figure can be read, with the factor to each: as a rule of the slot has it, else by what it counts and per what."""
    fitted = fit_in(fact, slot, things) if slot.kinds else None
    found = [] if fitted is None else [fitted]
    if fact.kind == "share":
        is_percent = fact.claim.quantity_unit.startswith(("perc", "%"))
        return [*found, (f"1/{fact.per}" if fact.per else "1", 0.01 if is_percent else 1.0)]
    if fact.kind == "number":
        return [*found, ("1", 1.0)]
    if fact.kind == "duration":
        return [*found, (f"{fact.head}/{fact.per}" if fact.per else fact.head, 1.0)]
    noun = fact.head if class_of(fact) == "currency" else thing_of(fact.head, fact.kind) if fact.head else "1"
    factor = scale_of(fact.head)
    pers = [fact.per, fact.period] if fact.kind == "level" else [fact.per]
    if fact.kind == "money":
        pers.append(_named_unit(fact.near, fact.written, things[0] if things else ""))
    return [*found, *(_read_per(noun, factor, per, fact.kind) for per in dict.fromkeys(pers))]


def _read_per(noun: str, factor: float, per: str, kind: str) -> tuple[str, float]:
    """(unit, factor) of so much per something; what is per a litre is a thousand times as much per cubic metre."""
    if not per:
        return noun, factor
    if per in _MASSES:
        return f"{noun}/{_MASSES[per]}", factor
    thing = thing_of(per) if kind == "price" and scale_of(per) != 1.0 else per
    return f"{noun}/{thing}", factor / scale_of(per)


def _counted(fact: Fact, slot: SlotRule, things: tuple[str, ...], per: str) -> tuple[str, float] | None:
    unit = _noun(fact, slot, things)
    if unit is None:
        return None
    if fact.kind == "price":
        if per in slot.per.split()[1:] and things[:1] == ("ship",):
            return f"{unit[0]}/ship", unit[1]
        if slot.per.split()[:1] == ["thing"] and (not things or unit_class(per) != unit_class(things[0])):
            return None
        if slot.per.split()[:1] == ["thing"] and unit_class(per) == "count" and thing_of(singular(per)) != things[0]:
            return (f"{unit[0]}/{things[0]}", unit[1] / _PACKS[per]) if per in _PACKS and things[0] in fact.near else None
        if things and unit_class(per) == "count" and thing_of(singular(per)) == things[0]:
            per = things[0]
        return _read_per(*unit, per, fact.kind)
    return (f"{unit[0]}/{per}" if per else unit[0]), unit[1]


_PACKS = {"dozen": 12.0, "pair": 2.0}


_MASSES = {"kilogram": "kg", "ton": "tonne", "metric_ton": "tonne", "gram": "g"}
"""What the language calls a unit of mass behind a stroke; it knows how many kilograms a tonne has."""


def _noun(fact: Fact, slot: SlotRule, things: tuple[str, ...]) -> tuple[str, float] | None:
    """The figure's noun as the slot has it, with the factor to it."""
    of = slot.of
    first, *nouns = of.split() or [""]
    if first in ("thing", "other"):
        place = 0 if first == "thing" else 1
        if place >= len(things):
            return None
        wanted = things[place]
        own = fact.head if place or class_of(fact) == "currency" else thing_of(fact.head, fact.kind)
        if own == wanted or not nouns:
            return (wanted, scale_of(fact.head)) if own == wanted else None
    if not of:
        is_people = slot.is_each and class_of(fact) == "people"
        return ("1", 1.0) if fact.kind == "number" or is_people else None
    if fact.head not in of.split():
        return None
    named = {"thing": things[0] if things else "1", "one": "1"}.get(slot.counts_as, thing_of(fact.head, fact.kind))
    return named, 1.0


def _voyage(near: str, slot: SlotRule, things: tuple[str, ...]) -> str:
    """The voyage that a sum is for, where ships are counted: each is that of one ship; "" where the words name none."""
    nouns = "|".join(slot.per.split()[1:])
    found = (
        re.search(rf"\b(?:an?|per|each|every|the) (?:[a-z-]+ ){{0,2}}?(?P<noun>{nouns})\b", near, re.IGNORECASE)
        if nouns
        else None
    )
    return found["noun"].lower() if found is not None and things[:1] == ("ship",) else ""


_OF_TIME = frozenset("hour day night week month quarter season year call trip".split())


def _named_unit(text: str, figure: str, thing: str) -> str:
    """ "Moving a tonne costs $30": what a sum of money is per, where its words name a unit of the thing; what stands right behind the sum
    is what it is per, and nothing else."""
    behind = (
        re.search(rf"{re.escape(figure)}\s+(?:an?|per|each|every|for (?:an?|each|every|one))\s+(?P<noun>[a-z]+)\b", text)
        if figure
        else None
    )
    if behind and behind["noun"] not in _OF_TIME:
        return behind["noun"] if thing_of(singular(behind["noun"])) == thing and thing else ""
    for found in re.finditer(r"\b(?:an?|per|each|every|one)\s+(?P<noun>[a-z]+)\b", text, re.IGNORECASE):
        if found["noun"] in _PACKS and thing and thing in text:
            return found["noun"]
        if thing_of(found["noun"]) == thing and thing:
            return found["noun"]
    return ""
