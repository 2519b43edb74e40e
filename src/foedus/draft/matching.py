"""Which slot of a mechanism a figure fills, and why: kind, noun and moment must fit, and words of the rule must stand beside it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.draft.facts import Fact
from foedus.draft.mechanisms import Takes, mechanism_of
from foedus.draft.refusals import CONDITIONAL, NEGATED
from foedus.draft.rules import MechanismRule, SlotRule
from foedus.draft.sides import rule_for_sides, sides_told
from foedus.draft.things import INDEX_POINT, Matter, class_of, scale_of, thing_of, unit_class
from foedus.draft.words import all_apart, pattern, words_in
from foedus.evidence.reading.units import singular

__all__ = [
    "Filled",
    "Match",
    "apart_names",
    "figure_units",
    "is_as_said",
    "match",
    "matched",
    "near_misses",
    "price_factor",
    "sentences_of",
    "thing_choices",
    "why_left",
]


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


@dataclass(frozen=True)
class Filled:
    """A mechanism with what claims fill.

    Attributes:
        things: its generic units in words of the model. slots: name of a slot or extra -> its figures. words: of the matter, as found.
        told: the sentences that speak of it, where its rule asks for such. sides: of a mechanism between two, as reports call them;
            its rule, and the names of its slots, are then those of each side.
    """

    rule: MechanismRule
    things: tuple[str, ...]
    slots: dict[str, tuple[Match, ...]]
    words: tuple[str, ...]
    told: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(each.fact for row in self.slots.values() for each in row)


def matched(
    rule: MechanismRule,
    facts: Sequence[Fact],
    text: str,
    matter: Matter,
    known: frozenset[str] = frozenset(),
    choices: Sequence[tuple[str, ...]] | None = None,
    sides: Sequence[str] = (),
) -> Filled | None:
    """A mechanism with what the figures fill of it; None where the reports do not speak of it or too little is filled.

    Args:
        text: of all reports.
        known: units that other parts have, which are taken where figures do not tell.
        choices: what its generic units can be; None for whatever the figures have.
        sides: of the other parts that are between two; () for whoever the figures are of.
    """
    takes = mechanism_of(rule.name)
    if takes is not None and takes.facing:
        whole = replace(matter, scope=(), joint=())
        pair = tuple(sides) or sides_told(_of_either(rule, facts, known, whole, takes), matter.scope)
        if pair is None:
            return None
        found = _matched(rule_for_sides(rule, takes, pair), facts, text, whole, known, choices)
        return found and replace(found, sides=pair)
    return _matched(rule, facts, text, matter, known, choices)


def _of_either(rule: MechanismRule, facts: Sequence[Fact], known: frozenset[str], matter: Matter, takes: Takes) -> Iterator[Fact]:
    """The figures that fill a slot of which each of two sides has its own."""
    slots = [slot for slot in rule.slots if (info := takes.slot(slot.name)) is not None and info.is_indexed]
    choices = thing_choices(rule, facts, known)
    return (fact for fact in facts if any(match(fact, slot, things, matter) for slot in slots for things in choices))


def _matched(
    rule: MechanismRule,
    facts: Sequence[Fact],
    text: str,
    matter: Matter,
    known: frozenset[str],
    choices: Sequence[tuple[str, ...]] | None,
) -> Filled | None:
    words = tuple(words_in(rule.about, text))
    told = sentences_of(rule, text)
    if len({word[:5] for word in words}) < rule.least or len(told) < min(1, rule.sentences):
        return None
    apart = {slot.name: apart_names(slot.apart, text) for slot in rule.slots if slot.apart}
    slots = [_with_names(slot, apart) for slot in rule.slots]
    best: Filled | None = None
    most = (0, 0, 0)
    tried = thing_choices(rule, facts, known) if choices is None else choices
    for things in sorted(tried, key=lambda units: -len(set(units) & known)):
        rows: dict[str, list[Match]] = {}
        for fact in facts:
            found = [each for slot in slots if (each := match(fact, slot, things, matter, apart.get(slot.name, "")))]
            if found:
                top = max(found, key=lambda each: each.score)
                rows.setdefault(top.slot.name, []).append(top)
        rows = _of_one(rows, matter)
        rows = {name: row for name, row in rows.items() if not _is_below_parts(rule, name, rows)}
        filled = Filled(rule, _indexed(rule, things, rows, known), {name: tuple(row) for name, row in rows.items()}, words, told)
        counted = sum(thing_of(fact.head, fact.kind) in things[:1] for fact in facts)  # of what the reports count most
        if rule.core and rows and not set(rule.core) & rows.keys():
            continue
        if len(told) < (min(1, rule.sentences) if rows else rule.sentences):
            continue
        if len(rows) >= (0 if rule.is_on_words else rule.fewest) and (best is None or (*_worth(filled), counted) > most):
            best, most = filled, (*_worth(filled), counted)
    return best


def _indexed(
    rule: MechanismRule, things: tuple[str, ...], rows: Mapping[str, Sequence[Match]], known: frozenset[str]
) -> tuple[str, ...]:
    """The generic units with points of an index for the money of which no figure tells: a price that is known by its changes alone."""
    is_told = any(things[1:2] and things[1] in each.unit.split("/")[0] for row in rows.values() for each in row)
    if not rule.index or rule.index in rows or is_told or set(things[1:]) & known:
        return things
    return (*things[:1], INDEX_POINT, *things[2:])


def _is_below_parts(rule: MechanismRule, name: str, rows: Mapping[str, Sequence[Match]]) -> bool:
    """Whether figures of a whole are smaller than those of a part of it: of 40,000 people no 570,000 have fled."""
    slot = rule.slot(name)
    parts = [each for part in (slot.above.split() if slot is not None else ()) for each in rows.get(part, ())]
    whole = max((_size(each.fact) * each.factor for each in rows[name]), default=0.0)
    return bool(parts) and whole < max(_size(each.fact) * each.factor for each in parts)


def _of_one(rows: dict[str, list[Match]], matter: Matter) -> dict[str, list[Match]]:
    """The same without amounts of other places in a slot: what one army fires and what the other fires are not two estimates of one thing."""
    told = Counter(each.fact.places[0] for row in rows.values() for each in row if each.fact.places)
    order = sorted(
        told, key=lambda place: (-told[place], matter.scope.index(place) if place in matter.scope else len(matter.scope))
    )
    kept: dict[str, list[Match]] = {}
    for name, row in rows.items():
        own = [
            each
            for each in row
            if each.fact.places
            and each.fact.kind in ("level", "flow")
            and not each.slot.is_sum
            and not each.slot.side
            and not matter.joint
        ]
        main = next((place for place in order if any(each.fact.places[0] == place for each in own)), "")
        main = order[0] if order and row[0].slot.is_owned else main
        kept[name] = [each for each in row if not any(each is one for one in own) or main in each.fact.places[:1]]
        whole = [each for each in kept[name] if each.fact.kind not in ("level", "flow", "share") or not each.fact.within]
        kept[name] = whole or kept[name]  # what is counted in one town is no estimate of all, where another figure is
        today = [each for each in kept[name] if each.fact.moment != "usual"]
        kept[name] = today or kept[name]  # what is so in usual times is no estimate of today, where another figure is
    return {name: row for name, row in kept.items() if row}


def sentences_of(rule: MechanismRule, text: str) -> tuple[str, ...]:
    """The sentences of a text that hold a word of every group by which a rule knows its mechanism; each once."""
    if not rule.told:
        return ()
    found = (" ".join(one.split()) for one in _SENTENCE.split(text))
    return tuple(dict.fromkeys(one for one in found if all_apart(rule.told, one) and not pattern(rule.told_not).search(one)))


_SENTENCE = re.compile(r"\n|(?<=[.!?])['\"”’)]*\s+(?=['\"“‘(]?[A-Z])")


def _with_names(slot: SlotRule, apart: Mapping[str, str]) -> SlotRule:
    """The rule with `@slot` among its words replaced by the names of what is apart from that slot."""
    say = tuple(re.sub(r"@(\w+)", lambda match: apart.get(match[1], ""), one) for one in slot.say)
    return slot if say == slot.say else replace(slot, say=say)


def _worth(filled: Filled) -> tuple[int, int]:
    return len(filled.slots), len(filled.facts)


def thing_choices(rule: MechanismRule, facts: Sequence[Fact], known: frozenset[str]) -> list[tuple[str, ...]]:
    """What the generic units can be, from the nouns of the figures."""
    choices: list[tuple[str, ...]] = [()]
    for classes in rule.things:
        found = {_unit_of(fact, name) for fact in facts for name in classes if not fact.refused} - {""}
        found = {unit for unit in found if _is_handled(unit, rule)}
        found |= {unit for unit in known if unit_class(unit) in classes}
        choices = [(*each, one) for each in choices for one in sorted(found) or [_FALLBACK[classes[0]]]]
    return choices


def _is_handled(unit: str, rule: MechanismRule) -> bool:
    """Whether a mechanism handles what is counted so: rounds are fired, ships are not."""
    if unit_class(unit) != "count":
        return True
    return unit in rule.counted.split() if rule.counted else unit not in rule.not_counted.split()


_FALLBACK = {
    "people": "person",
    "mass": "tonne",
    "volume": "cubic_metre",
    "energy": "megawatt_hour",
    "power": "megawatt",
    "area": "km2",
    "currency": "dollar",
    "count": "item",
    "worth": "worth",
}


def _unit_of(fact: Fact, wanted: str) -> str:
    """The unit by which a figure would be of a class: its noun, or for a price what it is per."""
    if class_of(fact) == wanted:
        return fact.head if wanted == "currency" else thing_of(fact.head, fact.kind)
    return thing_of(fact.per) if fact.kind == "price" and wanted != "currency" and unit_class(fact.per) == wanted else ""


def apart_names(alternatives: str, text: str) -> str:
    """Proper names that stand behind words for another way: "by way of the Danube"; as words of a rule."""
    found = set()
    for place in pattern(alternatives).finditer(text):
        behind = re.match(r"\s+(?:of\s+)?(?:the\s+)?(?P<name>[A-Z][a-z]+)", text[place.end() : place.end() + 40])
        if behind:
            found.add(behind["name"])
    return " ".join(sorted(found))


def match(fact: Fact, slot: SlotRule, things: tuple[str, ...], matter: Matter, apart: str = "") -> Match | None:
    """The figure in the slot; None where it speaks of something else."""
    if slot.is_whole and fact.within:
        return None
    if (slot.side and fact.side != slot.side) or (slot.is_total and fact.period in ("day", "week", "month")):
        return None
    is_refused = fact.refused and not is_as_said(fact, slot)
    is_moment = fact.moment in slot.moments or (slot.is_conditional and fact.moment == "expected")
    if is_refused or not is_moment or (apart and pattern(apart).search(fact.words)):
        return None
    fitted = _fitted(fact, slot, things)
    if fitted is None or _is_of_a_stretch(fact, slot):
        return None
    said = _said(fact, slot)
    if not said:
        return None
    is_extensive = fact.kind in ("level", "flow")
    if (is_extensive and not _is_of_all(fact, slot, matter)) or (
        slot.is_owned and not is_extensive and not _is_owned(fact, matter)
    ):
        return None
    if fact.kind == "share" and fact.places and matter.scope and not set(fact.places) & set(matter.scope):
        return None  # a share of somebody else's people or goods
    if fact.kind == "share" and matter.narrower(fact.words):
        return None  # of the trade in some of it
    is_priced = fact.kind in ("price", "money")
    is_money = bool(things) and unit_class(things[0]) == "currency"
    if (not is_money and matter.other_good(fact.words, is_whole=is_extensive or slot.is_owned, is_priced=is_priced)) or (
        apart_from(slot) and fact.strangers
    ):
        return None
    unit, factor = fitted
    words = list(dict.fromkeys(word for one in said for word in one))
    shown = ", ".join(f"“{word}”" for word in words[:3])
    because = f"unit {unit}, {'words' if len(words) > 1 else 'word'} {shown}"
    if fact.kind in ("level", "money") and "flow" in slot.kinds:
        because += f", counted over a {fact.period}"
    return Match(fact, slot, unit, factor, because, len(words) + 0.5 * len(slot.say) + (0.5 if fact.moment == "now" else 0))


def _is_of_a_stretch(fact: Fact, slot: SlotRule) -> bool:
    """Whether a count over some days or weeks, or a level of last year, would stand where a level of today is asked for."""
    if fact.kind != "level" or "flow" in slot.kinds or slot.unit.count("/"):
        return False
    ahead = fact.near[: max(fact.near.find(_written(fact)), 0)]
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


def near_misses(filled: Filled, facts: Sequence[Fact], matter: Matter) -> dict[str, list[Fact]]:
    """Slot that no figure fills -> the figures whose words and unit are its own, and which are of another moment or refused."""
    found: dict[str, list[Fact]] = {}
    for slot in filled.rule.slots:
        if slot.is_extra or filled.slots.get(slot.name) or not slot.moments or not slot.kinds:
            continue
        for fact in facts:
            if match(replace(fact, moment=slot.moments[0], refused=""), slot, filled.things, matter) is not None:
                found.setdefault(slot.name, []).append(fact)
    return found


def why_left(filled: Filled, fact: Fact, matter: Matter) -> tuple[str, str] | None:
    """(slot, why) of a usable figure that fills nothing though its kind and words are those of a slot; None where there is no such slot."""
    for slot in filled.rule.slots:
        if slot.apart or not slot.moments or fact.refused:
            continue
        if match(fact, slot, filled.things, matter) is not None:
            if filled.slots.get(slot.name):
                return slot.name, "which other figures fill"
            if slot.above:
                return slot.name, "but is smaller than a part of it"
        elif match(replace(fact, moment=slot.moments[0]), slot, filled.things, matter) is not None:
            return slot.name, "but of another time than is asked for"
        elif fact.moment in slot.moments and fact.kind in slot.kinds and _is_worded(fact, slot):
            fitted = _fitted(fact, slot, filled.things)
            if fitted is not None and _is_of_a_stretch(fact, slot):
                return slot.name, "but counts over a stretch of time, where that of one day is asked for"
            if fitted is None and not fact.head:
                return slot.name, "but does not say beside it of what it is"
            nouns = [one for one in slot.of.split() if one != "thing"]
            if fitted is None and nouns and class_of(fact) != "currency" and thing_of(fact.head, fact.kind) in filled.things:
                return slot.name, f"but counts “{fact.head}”, where {' or '.join(f'“{one}”' for one in nouns)} is asked for"
    return None


def _is_worded(fact: Fact, slot: SlotRule) -> bool:
    """Whether all words of the slot stand beside the figure itself, and none that may not."""
    own = bool(slot.say) and all(words_in(one, fact.near) for one in slot.say)
    return own and not pattern(slot.banned).search(fact.near)


def is_as_said(fact: Fact, slot: SlotRule) -> bool:
    """Whether a figure that is refused for a denial or a condition may fill a slot whose own words are one."""
    return (slot.is_negated and fact.refused in NEGATED) or (slot.is_conditional and fact.refused == CONDITIONAL)


def _said(fact: Fact, slot: SlotRule) -> list[list[str]]:
    """The words of the rule beside a figure, by group; where its own part of the sentence lacks some, those of more of it; [] if they are not
    there, or beside them a word that may not be."""
    for words in (fact.words, fact.wide):
        said = [words_in(one, words) for one in slot.say]
        if said and all(said) and (words != fact.words or _is_own(fact, slot)):
            own = words if words != fact.words or _IS_IT.match(fact.near) else fact.near
            return [] if pattern(slot.banned).search(re.sub(r"\bMay\b", "", own)) else said  # the month is no verb
    return []


def _is_own(fact: Fact, slot: SlotRule) -> bool:
    """Whether a word of the rule is the figure's own, where the others are of what a pronoun stands for: who regained ground and "is taking
    120 km2 a week" does not regain these."""
    return fact.words == fact.near or _IS_IT.match(fact.near) is not None or any(words_in(one, fact.near) for one in slot.say)


_IS_IT = re.compile(
    r"\W*(?:[\w ,]{0,40}?\b)?(?:it|that|this|they|these|those) (?:now )?"
    r"(?:(?:is|are|was|were)(?! \w+ing\b)|has been|stands?|stood|comes?|came|amounts?|"
    r"averages?|has reached|have reached|reached)\b",
    re.IGNORECASE,
)


def _is_of_all(fact: Fact, slot: SlotRule, matter: Matter) -> bool:
    """Whether an amount is of the whole matter: of its place, or of all the places that belong together; of each where they are added."""
    places = set(fact.places)
    if not places or not matter.scope:
        return True
    if slot.is_sum or not matter.joint:
        return bool(places & set(matter.scope))
    return set(matter.joint) <= places


def _is_owned(fact: Fact, matter: Matter) -> bool:
    """Whether a share is that of the place of the matter, and not of a good or of somebody else."""
    named = set(fact.places) & set(matter.scope) if matter.scope else fact.places
    return (
        bool(named) or re.match(r"\W*(?:the|that|this) (?:country|nation|state|region)\b", fact.near, re.IGNORECASE) is not None
    )


def apart_from(slot: SlotRule) -> bool:
    """Whether figures with proper names of another way are kept out."""
    return bool(slot.apart)


def _fitted(fact: Fact, slot: SlotRule, things: tuple[str, ...]) -> tuple[str, float] | None:
    """The figure's unit in words of the model, and the factor to it; None where kind or noun do not fit."""
    if fact.kind in ("level", "money") and "flow" in slot.kinds:
        return _counted(fact, slot, things, fact.period) if fact.period else None
    if fact.kind == "money" and "price" in slot.kinds:
        per = _named_unit(fact.near, _written(fact), things[0] if things else "")
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


def price_factor(filled: Filled, fact: Fact) -> float | None:
    """What a predicted price is multiplied by to be in units of the part; None where it is no price of its good.

    A sum of money that does not say what it is per is one where it is of the size of a price that the reports give for the start.
    """
    slot = next((one for one in filled.rule.slots if "price" in one.kinds and one.per == "thing"), None)
    if slot is None or fact.kind not in ("price", "money") or len(filled.things) < 2:
        return None
    fitted = _fitted(fact, slot, filled.things)
    if fitted is not None:
        return fitted[1] * _PER_TONNE.get(fitted[0].rpartition("/")[2], 1.0)
    value = _size(fact)
    told = [each for each in filled.slots.get(slot.name, ()) if each.fact.head == fact.head and _size(each.fact)]
    near = [each.factor for each in told if _NEARLY[0] <= value / _size(each.fact) <= _NEARLY[1]]
    return near[0] if fact.kind == "money" and near else None


_PER_TONNE = {"kg": 1e3, "g": 1e6}
_NEARLY = (0.25, 4.0)
"""How far a predicted price may be from that of the start to be taken for one of the same unit."""


def _size(fact: Fact) -> float:
    quantity = fact.claim.quantity
    told = (quantity.value, quantity.low, quantity.high) if quantity is not None else ()
    return next((one for one in told if one), 0.0)


def figure_units(fact: Fact, slot: SlotRule, things: tuple[str, ...]) -> list[tuple[str, float]]:
    """In which units a figure can be read, with the factor to each: as a rule of the slot has it, else by what it counts and per what."""
    fitted = _fitted(fact, slot, things) if slot.kinds else None
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
        pers.append(_named_unit(fact.near, _written(fact), things[0] if things else ""))
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
        if slot.per == "thing" and (not things or unit_class(per) != unit_class(things[0])):
            return None
        if slot.per == "thing" and unit_class(per) == "count" and thing_of(singular(per)) != things[0]:
            return (f"{unit[0]}/{things[0]}", unit[1] / _PACKS[per]) if per in _PACKS and things[0] in fact.near else None
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
        return ("1", 1.0) if fact.kind == "number" else None
    if fact.head not in of.split():
        return None
    named = {"thing": things[0] if things else "1", "one": "1"}.get(slot.counts_as, thing_of(fact.head, fact.kind))
    return named, 1.0


_OF_TIME = frozenset("hour day night week month quarter season year call trip".split())


def _written(fact: Fact) -> str:
    """The figure as it stands in its words."""
    return fact.claim.quantity.text or "" if fact.claim.quantity is not None else ""


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
