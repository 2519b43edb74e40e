"""Which mechanisms are used: those of which reports speak and whose slots figures fill, the fullest first; no figure fills two slots."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from foedus.draft.facts import Fact
from foedus.draft.fitting import Match
from foedus.draft.matching import Filled, matched, told_on_one_side
from foedus.draft.mechanisms import Takes, mechanism_of, require
from foedus.draft.rules import MechanismRule, ruled
from foedus.draft.sides import takes_for_sides
from foedus.draft.things import INDEX_POINT, Matter
from foedus.evidence.claim import Quantity

__all__ = ["REFERENCE", "Chosen", "MechanismChoice", "chosen_parts", "divisors", "renamed", "usable_guess"]

MOST = 4
"""Parts in a draft that figures make: more than a reader who did not write it can keep apart."""
MOST_IN_ALL = 6
"""With those that words alone make."""
REFERENCE = re.compile(r"\{(?P<name>[\w.\[\]]+)!?\}")


@dataclass(frozen=True)
class MechanismChoice:
    """A mechanism that will be used, under an alias."""

    alias: str
    filled: Filled
    takes: Takes


@dataclass(frozen=True)
class Chosen:
    """What is used, and what reports speak of but lacks something: (mechanism's title, what nobody says)."""

    parts: tuple[MechanismChoice, ...]
    missing: tuple[tuple[str, str], ...]


def chosen_parts(facts: Sequence[Fact], text: str, matter: Matter, rules: Sequence[MechanismRule] | None = None) -> Chosen:
    """The mechanisms to be used, the fullest first.

    Args:
        text: of all reports.
        rules: those to choose from; None for the whole shelf.
    """
    free, missing = list(facts), dict[str, str]()
    parts: list[MechanismChoice] = []
    waiting = list(ruled() if rules is None else rules)
    while waiting and len(parts) < MOST:
        known = frozenset(unit for part in parts for unit in part.filled.things)
        sides = next((part.filled.sides for part in parts if part.filled.sides), ())
        found = [
            (filled, rule) for rule in waiting if (filled := matched(rule, free, text, matter, known, sides=sides)) is not None
        ]
        found = [(filled, rule) for filled, rule in found if _is_whole(filled, [one.filled for one in parts], missing)]
        found = [(filled, rule) for filled, rule in found if filled.slots]
        if not found:
            break
        filled, rule = max(found, key=lambda one: (len(one[0].slots), len(one[0].facts), one[1].name))
        parts.append(_choice(filled))
        taken = {fact.claim.id for fact in (*filled.facts, *filled.passed)}
        free = [fact for fact in free if fact.claim.id not in taken]
        waiting = [one for one in waiting if one.name != rule.name]
    if not parts:
        parts += _lone(facts, text, matter, waiting)
    if not parts:
        _note_lacking(facts, text, matter, waiting, missing)
    parts += _on_words(waiting, text, matter, parts) if parts else []
    for rule in waiting:
        if (lacking := told_on_one_side(rule, free, text, matter)) and rule.name not in {part.takes.name for part in parts}:
            missing[require(rule.name).title] = lacking
    used = {part.takes.title for part in parts}
    return Chosen(tuple(parts), tuple((title, slot) for title, slot in missing.items() if title not in used))


def _lone(facts: Sequence[Fact], text: str, matter: Matter, rules: Sequence[MechanismRule]) -> list[MechanismChoice]:
    """The mechanism of which one figure is enough where nothing else fits: the cases of an outbreak of which little more is told."""
    alone = (replace(rule, alone=rule.lone) for rule in rules if rule.lone)
    found = (filled for rule in alone if (filled := matched(rule, facts, text, matter)) is not None)
    whole = [filled for filled in found if filled.slots and _is_whole(filled, (), {})]
    return [_choice(max(whole, key=lambda one: len(one.facts)))] if whole else []


def _note_lacking(
    facts: Sequence[Fact], text: str, matter: Matter, rules: Sequence[MechanismRule], missing: dict[str, str]
) -> None:
    """What of mechanisms nobody says of which a figure tells too little for any to be used."""
    for rule in rules:
        filled = matched(replace(rule, fewest=1), facts, text, matter) if rule.fewest > 1 else None
        if filled is not None and filled.slots:
            _is_whole(filled, (), missing)


def _on_words(
    rules: Sequence[MechanismRule], text: str, matter: Matter, parts: Sequence[MechanismChoice]
) -> list[MechanismChoice]:
    """Those that the reports speak of in so many words, though no figure fills them; that of which they speak most first."""
    others = [part.filled for part in parts]
    found = [filled for rule in rules if rule.is_on_words and (filled := matched(rule, (), text, matter)) is not None]
    found = [filled for filled in found if _is_whole(filled, others, {})]
    made = []
    for filled in sorted(found, key=lambda one: -len(one.told))[: MOST_IN_ALL - len(parts)]:
        made.append(_choice(filled))
    return made


def _choice(filled: Filled) -> MechanismChoice:
    return MechanismChoice(filled.rule.alias, filled, takes_for_sides(require(filled.rule.name), filled.sides))


def _is_whole(filled: Filled, others: Sequence[Filled], missing: dict[str, str]) -> bool:
    """Has every slot a figure, a default or something to take in its place? What has not is noted."""
    if mechanism_of(filled.rule.name) is None:
        return False
    takes = takes_for_sides(require(filled.rule.name), filled.sides)
    for slot in takes.slots:
        if not slot.default and slot.name not in filled.slots and usable_guess(filled, takes, slot.name, others) is None:
            missing[takes.title] = slot.label or slot.name
            return False
    return True


def usable_guess(filled: Filled, takes: Takes, name: str, others: Sequence[Filled], depth: int = 0) -> str | None:
    """The first expression of the rule whose names can all be had; None where there is none. One behind `index:` counts in points alone."""
    rule = filled.rule.slot(name)
    if rule is None or depth > 4:
        return None
    return next(
        (
            guess
            for guess in _told_in(filled.things, rule.guesses)
            if all(_is_had(one, filled, takes, others, depth) for one in REFERENCE.finditer(guess))
            and not any(_can_be_zero(one, filled, takes, others) for one in divisors(guess))
            and not any(_may_vanish(one, other, filled) for one, other in _DIFFERENCE.findall(guess))
        ),
        None,
    )


def _told_in(things: tuple[str, ...], guesses: Sequence[str]) -> Iterator[str]:
    """Expressions that may be taken for these generic units: a round hundred of an index is none of dollars, and oil does not rot."""
    for guess in guesses:
        if guess.startswith("lasting:"):
            if things[:1] and things[0] in _LASTING:
                yield guess.removeprefix("lasting:").strip()
        elif not guess.startswith("index:"):
            yield guess
        elif INDEX_POINT in things:
            yield guess.removeprefix("index:").strip()


_LASTING = ("barrel", "megawatt_hour")
"""What is counted in these does not spoil in store."""


def divisors(guess: str) -> list[str]:
    """The names by which an expression of a rule divides: what stands behind a stroke, alone or between brackets."""
    behind = re.findall(r"/\s*(\((?:[^()]|\([^()]*\))*\)|\{[\w.\[\]]+!?\})", guess)
    return [name for part in behind for name in REFERENCE.findall(part)]


_DIFFERENCE = re.compile(r"\{([\w\[\]]+)!?\}\s*-\s*\{([\w\[\]]+)!?\}")
_A_WEEK = {"hour": 168.0, "day": 7.0, "week": 1.0, "month": 7 / 30.4375, "quarter": 7 / 91.3125, "year": 7 / 365.25}


def _may_vanish(name: str, less: str, filled: Filled) -> bool:
    """Whether what is left of one slot without another may be nothing, by the figures of the reports: made 40 a week, and 45 sent away."""
    whole, part = filled.slots.get(name, ()), filled.slots.get(less, ())
    if not whole or not part:
        return False
    most = max(_highest(each.fact.claim.quantity) * _weekly(each) for each in part)
    return min(_lowest(each.fact.claim.quantity) * _weekly(each) for each in whole) <= most


def _weekly(match: Match) -> float:
    """The factor of a figure to its unit a week, where it is a pace."""
    return match.factor * _A_WEEK.get(match.unit.rpartition("/")[2], 1.0)


def _highest(quantity: Quantity | None) -> float:
    told = [one for one in (quantity.value, quantity.high, quantity.low) if one is not None] if quantity is not None else []
    return max(told, default=0.0)


def _can_be_zero(name: str, filled: Filled, takes: Takes, others: Sequence[Filled]) -> bool:
    """Whether a slot may be nought: by a figure of the reports that does not exclude it, or, where none fills it, by its default."""
    mechanism, _, slot = name.rpartition(".")
    owner = next((one for one in others if one.rule.name == mechanism), None) if mechanism else filled
    if owner is None:
        return True
    if slot in owner.slots:
        return any(_lowest(each.fact.claim.quantity) <= 0 for each in owner.slots[slot])
    info = (require(mechanism) if mechanism else takes).slot(slot)
    return info is not None and bool(info.default) and _is_from_zero(info.default)


def _lowest(quantity: Quantity | None) -> float:
    """The least that a figure says; of one that says only how much at most, nought."""
    told = [one for one in (quantity.value, quantity.low) if one is not None] if quantity is not None else []
    return min(told, default=0.0)


def _is_from_zero(default: str) -> bool:
    """Whether a default is nought, or a spread that begins with it: `= 0`, `~ 0 to 4`."""
    found = re.match(r"[=~]\s*(-?[\d.]+(?:e-?\d+)?)(?!\s*[*/^+-])", default)
    return found is not None and float(found[1]) <= 0


def _is_had(named: re.Match[str], filled: Filled, takes: Takes, others: Sequence[Filled], depth: int) -> bool:
    name = named["name"]
    if named.group().endswith("!}"):
        return name in filled.slots
    if "." in name:
        mechanism, slot = name.split(".", 1)
        return any(one.rule.name == mechanism and slot in one.slots and _fits(one, filled) for one in others)
    if name in takes.things or name in filled.slots:
        return True
    slot_info = takes.slot(name)
    return slot_info is not None and (bool(slot_info.default) or usable_guess(filled, takes, name, others, depth + 1) is not None)


def _fits(one: Filled, other: Filled) -> bool:
    """Whether what one has can stand in the other: the same things, as far as both have any."""
    return set(one.things) <= set(other.things) or set(other.things) <= set(one.things)


def renamed(parts: Sequence[MechanismChoice]) -> tuple[MechanismChoice, ...]:
    """The same with every alias different."""
    seen: dict[str, int] = {}
    found = []
    for part in parts:
        seen[part.alias] = seen.get(part.alias, 0) + 1
        found.append(part if seen[part.alias] == 1 else replace(part, alias=f"{part.alias}_{seen[part.alias]}"))
    return tuple(found)
