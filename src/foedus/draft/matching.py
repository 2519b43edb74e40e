"""Which mechanisms the figures of reports fill, with what, and which figures come near to a slot and why they are left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foedus.draft.agreeing import contradicted
from foedus.draft.facts import Fact
from foedus.draft.fitting import Match, fit_in, match, size_of
from foedus.draft.gate import is_of_a_stretch
from foedus.draft.mechanisms import Takes, mechanism_of
from foedus.draft.one_whole import by_holder, by_stream, is_counted, of_one, of_one_place
from foedus.draft.rules import MechanismRule, SlotRule
from foedus.draft.sides import rule_for_sides, sides_told, together
from foedus.draft.things import INDEX_POINT, Matter, class_of, thing_of, unit_class
from foedus.draft.words import all_apart, pattern, words_in
from foedus.show.words import listed

__all__ = [
    "Filled",
    "apart_names",
    "matched",
    "near_misses",
    "price_factor",
    "sentences_of",
    "thing_choices",
    "told_on_one_side",
    "why_left",
]


@dataclass(frozen=True)
class Filled:
    """A mechanism with what claims fill.

    Attributes:
        things: its generic units in words of the model. slots: name of a slot or extra -> its figures. words: of the matter, as found.
        told: the sentences that speak of it, where its rule asks for such. sides: of a mechanism between two, as reports call them;
            its rule, and the names of its slots, are then those of each side.
        passed: figures that speak of its slots but are of another place: none of another part for the same thing either.
        contradicted: (claim, slot, why) of figures of its slots that contradict others of it, and are left out.
        districts: of which it is, together, where figures are told by district and not of the whole; () for the whole.
    """

    rule: MechanismRule
    things: tuple[str, ...]
    slots: dict[str, tuple[Match, ...]]
    words: tuple[str, ...]
    told: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    passed: tuple[Fact, ...] = ()
    contradicted: tuple[tuple[str, str, str], ...] = ()

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
        pair = tuple(sides) or sides_told(_of_either(rule, facts, known, whole, takes), matter.scope, together(text))
        if pair is None:
            return None
        found = _matched(rule_for_sides(rule, takes, pair), facts, text, whole, known, choices)
        return found and replace(found, sides=pair)
    return _matched(rule, facts, text, matter, known, choices)


def told_on_one_side(
    rule: MechanismRule, facts: Sequence[Fact], text: str, matter: Matter, known: frozenset[str] = frozenset()
) -> str:
    """What a mechanism between two lacks where the only two whose figures would fill it are on one side; "" where that is not so."""
    takes, whole = mechanism_of(rule.name), replace(matter, scope=(), joint=())
    if takes is None or not takes.facing:
        return ""
    own = tuple(_of_either(rule, facts, known, whole, takes))
    pair = sides_told(own, matter.scope)
    if pair is None or sides_told(own, matter.scope, together(text)) is not None:
        return ""
    found = _matched(rule_for_sides(rule, takes, pair), facts, text, whole, known, None)
    return f"what the other side has ({listed(pair)} are told to be on one side)" if found is not None else ""


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
        rows = {
            name: [each for each in row if not _is_below_parts(rule, name, {**rows, name: [each]})] for name, row in rows.items()
        }
        rows = {name: row for name, row in rows.items() if row}
        spoken = [each.fact for row in rows.values() for each in row]
        rows, parts = of_one_place(of_one(rows, matter))
        rows, held = by_holder(rows)
        rows, streams = by_stream(rows)
        own = {each.fact.claim.id for row in rows.values() for each in row}
        passed = tuple(fact for fact in spoken if fact.claim.id not in own and fact.kind in ("level", "flow"))
        rows = {name: row for name, row in rows.items() if not _is_below_parts(rule, name, rows)}
        against = contradicted(rule, rows)
        left = tuple((each.fact.claim.id, name, why) for name, why in against.items() for each in rows[name])
        rows = {name: row for name, row in rows.items() if name not in against}
        units = _indexed(rule, things, rows, known)
        placed = {name: tuple(row) for name, row in rows.items()}
        filled = Filled(
            _added_up(_of_districts(rule, rows, parts), held | streams), units, placed, words, told, (), parts, passed, left
        )
        counted = sum(thing_of(fact.head, fact.kind) in things[:1] for fact in facts)  # of what the reports count most
        if rule.core and rows and not set(rule.core) & rows.keys():
            continue
        if len(told) < (min(1, rule.sentences) if rows else rule.sentences):
            continue
        is_enough = len(rows) >= (0 if rule.is_on_words else rule.fewest) or bool(set(rule.alone) & rows.keys())
        if is_enough and (best is None or (*_worth(filled), counted) > most):
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
    whole = max((size_of(each.fact) * each.factor for each in rows[name]), default=0.0)
    return bool(parts) and whole < max(size_of(each.fact) * each.factor for each in parts)


def _of_districts(rule: MechanismRule, rows: Mapping[str, Sequence[Match]], districts: Sequence[str]) -> MechanismRule:
    """The rule with all that is counted added up over districts, and what is asked of it said of these."""
    if not districts:
        return rule
    added = {name for name, row in rows.items() if any(is_counted(each) for each in row)} if len(districts) > 1 else set()
    slots = tuple(replace(slot, is_sum=True) if slot.name in added else slot for slot in rule.slots)
    where = listed(districts)
    return replace(rule, slots=slots, answers=tuple(replace(one, ask=f"{one.ask} ({where})") for one in rule.answers))


def _added_up(rule: MechanismRule, names: frozenset[str]) -> MechanismRule:
    """The rule with the slots added up of which several hold a part each."""
    slots = tuple(replace(slot, is_sum=True) if slot.name in names else slot for slot in rule.slots)
    return replace(rule, slots=slots) if names else rule


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
            if fact.within and not set(fact.within) <= set(filled.districts):
                return slot.name, f"but is of {listed(fact.within)} alone"
            home = {place for each in filled.slots.get(slot.at, ()) for place in each.fact.places}
            if home and fact.places and not home & set(fact.places):
                return slot.name, f"but of {listed(fact.places)}, where the other figures are of {listed(sorted(home))}"
            if filled.slots.get(slot.name):
                return slot.name, "which other figures fill"
            if slot.above:
                return slot.name, "but is smaller than a part of it"
        elif match(replace(fact, moment=slot.moments[0]), slot, filled.things, matter) is not None:
            return slot.name, "but of another time than is asked for"
        elif fact.moment in slot.moments and fact.kind in slot.kinds and _is_worded(fact, slot):
            fitted = fit_in(fact, slot, filled.things)
            if fitted is not None and is_of_a_stretch(fact, slot):
                return slot.name, "but counts over a stretch of time, where that of one day is asked for"
            if fitted is None and not fact.head:
                return slot.name, "but does not say beside it of what it is"
            nouns = [one for one in slot.of.split() if one != "thing"]
            is_other = fitted is None and nouns and fact.head not in nouns and class_of(fact) != "currency"
            if is_other and thing_of(fact.head, fact.kind) in filled.things:
                return slot.name, f"but counts “{fact.head}”, where {' or '.join(f'“{one}”' for one in nouns)} is asked for"
    return None


def _is_worded(fact: Fact, slot: SlotRule) -> bool:
    """Whether all words of the slot stand beside the figure itself, and none that may not."""
    own = bool(slot.say) and all(words_in(one, fact.near) for one in slot.say)
    return own and not pattern(slot.banned).search(fact.near)


def price_factor(filled: Filled, fact: Fact) -> float | None:
    """What a predicted price is multiplied by to be in units of the part; None where it is no price of its good.

    A sum of money that does not say what it is per is one where it is of the size of a price that the reports give for the start.
    """
    slot = next((one for one in filled.rule.slots if "price" in one.kinds and one.per == "thing"), None)
    if slot is None or fact.kind not in ("price", "money") or len(filled.things) < 2:
        return None
    fitted = fit_in(fact, slot, filled.things)
    if fitted is not None:
        return fitted[1] * _PER_TONNE.get(fitted[0].rpartition("/")[2], 1.0)
    value = size_of(fact)
    told = [each for each in filled.slots.get(slot.name, ()) if each.fact.head == fact.head and size_of(each.fact)]
    near = [each.factor for each in told if _NEARLY[0] <= value / size_of(each.fact) <= _NEARLY[1]]
    return near[0] if fact.kind == "money" and near else None


_PER_TONNE = {"kg": 1e3, "g": 1e6}


_NEARLY = (0.25, 4.0)
"""How far a predicted price may be from that of the start to be taken for one of the same unit."""
