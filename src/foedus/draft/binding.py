"""What fills the slots of a part: claims, what a rule takes in their place, events that set them, or the mechanism's own default."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isclose

from foedus.draft.choosing import REFERENCE, MechanismChoice, usable_guess
from foedus.draft.fitting import Match, size_of
from foedus.draft.matching import Filled
from foedus.draft.mechanisms import SlotInfo, with_units
from foedus.draft.round_numbers import ROUND, round_number
from foedus.draft.rules import SlotRule
from foedus.evidence.claim import Claim
from foedus.parts.slots import DEFAULT

__all__ = ["UNTOLD", "BindingLine", "Bound", "bound_part", "group_of", "quoted", "untold", "without_unread"]

UNTOLD = "assumed, for no report tells how much: "


@dataclass(frozen=True)
class BindingLine:
    """A statement above the use of a part, with what stands in a comment before it."""

    text: str
    comment: str = ""


@dataclass(frozen=True)
class Bound:
    """A slot as it is filled.

    Attributes:
        text: behind the slot's name: `= …` or `~ …`; "" for the mechanism's default.
        kind: "claims", "derived", "judgement" or "default". because: why, in words. matches: the figures behind it.
        lines: parameters and levers that it needs. group: of the ledger, "" for none.
    """

    slot: str
    label: str
    text: str
    kind: str
    because: str
    matches: tuple[Match, ...] = ()
    lines: tuple[BindingLine, ...] = ()
    groups: tuple[tuple[str, tuple[Match, ...]], ...] = ()


def quoted(text: str) -> str:
    """A text of the language."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'


def group_of(part: MechanismChoice, label: str) -> str:
    """The group of the ledger that fills a slot."""
    return f"{part.alias}: {label[:1].lower()}{label[1:]}"


def bound_part(
    part: MechanismChoice,
    parts: Sequence[MechanismChoice],
    triggers: Mapping[str, str],
    scales: Mapping[str, float] | None = None,
) -> list[Bound]:
    """How every slot of a part is filled, its extras first.

    Args:
        triggers: trigger -> the name of what says whether it holds; those that no report speaks of are missing.
        scales: slot -> by what to multiply what is guessed for it.
    """
    return _Binding(part, parts, triggers, scales or {}).all()


def untold(part: MechanismChoice, bounds: Sequence[Bound]) -> list[Bound]:
    """What a part cannot do without and no report tells: its slots without a default of the shelf that are filled by a judgement, and those
    that an event sets of which nobody tells how much."""
    needed = {slot.name for slot in part.takes.slots if not slot.default}
    return [
        one for one in bounds if one.kind == "judgement" and (one.slot in needed or one.because.startswith(UNTOLD)) and one.lines
    ]


def without_unread(parts: Sequence[MechanismChoice]) -> tuple[MechanismChoice, ...]:
    """The same parts without claims of extras that no slot of any part reads; those that somebody put there stay.

    An extra stands beside the slots, for expressions and questions that want it: where figures fill the slot itself, nobody may want it
    any more. A part that only such claims made goes with them, unless it is the last.
    """
    while True:
        bounds = [one for part in parts for one in bound_part(part, parts, {})]
        texts = " ".join(text for one in bounds for text in (one.text, *(line.text.partition(" : ")[2] for line in one.lines)))
        kept = tuple(_without_extras(part, set(re.findall(r"[\w.]+", texts))) for part in parts)
        kept = tuple(new for new, old in zip(kept, parts, strict=True) if new.filled.slots or not old.filled.slots) or tuple(
            parts
        )
        if kept == tuple(parts):
            return kept
        parts = kept


def _without_extras(part: MechanismChoice, read: set[str]) -> MechanismChoice:
    asked = {name for one in part.filled.rule.answers for name in re.findall(r"\w+", f"{one.plus} {one.limit}")}
    extras = {rule.name for rule in part.filled.rule.slots if rule.is_extra} - asked
    unread = {
        name
        for name, row in part.filled.slots.items()
        if name in extras and _named(part, name) not in read and not any(each.is_by_hand for each in row)
    }
    rows = {name: row for name, row in part.filled.slots.items() if name not in unread}
    return replace(part, filled=replace(part.filled, slots=rows)) if unread else part


def _named(part: MechanismChoice, slot: str) -> str:
    return f"{part.alias}_{re.sub(r'[^a-z0-9_]+', '_', slot).strip('_')}"


class _Binding:
    def __init__(
        self, part: MechanismChoice, parts: Sequence[MechanismChoice], triggers: Mapping[str, str], scales: Mapping[str, float]
    ) -> None:
        self.part, self.parts, self.triggers, self.scales = part, parts, triggers, scales
        self.filled, self.takes = part.filled, part.takes
        self.wanted = self._referenced()

    def all(self) -> list[Bound]:
        extras = [self._extra(rule) for rule in self.filled.rule.slots if rule.is_extra and self.filled.slots.get(rule.name)]
        return [*extras, *(self._slot(slot) for slot in self.takes.slots)]

    def _referenced(self) -> frozenset[str]:
        """Slots of this part whose claims other expressions, here or in other parts, want by a name of their own."""
        texts = [guess for rule in self.filled.rule.slots for guess in rule.guesses]
        others = [guess for part in self.parts for rule in part.filled.rule.slots for guess in rule.guesses]
        own = {name for text in texts for name in REFERENCE.findall(text)}
        mine = f"{self.filled.rule.name}."
        return frozenset(
            own | {name.removeprefix(mine) for text in others for name in REFERENCE.findall(text) if name.startswith(mine)}
        )

    def _param(self, slot: str) -> str:
        """The name of a parameter for a slot: that of one side, `strength[north]`, is `war_strength_north`."""
        return _named(self.part, slot)

    def _unit(self, unit: str) -> str:
        return with_units(unit, self.takes.things, self.filled.things)

    def _extra(self, rule: SlotRule) -> Bound:
        matches = self.filled.slots[rule.name]
        groups = self._groups(rule.label, rule, matches)
        name, unit = self._param(rule.name), self._unit(rule.unit)
        names = [name if len(groups) == 1 else f"{name}_{number + 1}" for number in range(len(groups))]
        lines = [
            BindingLine(f"param {own} : {unit} ~ claims {quoted(group)} {quoted(rule.label)}", _voices(row))
            for own, (group, row) in zip(names, groups, strict=True)
        ]
        if len(groups) > 1:
            lines.append(BindingLine(f"let {name} : {unit} = {' + '.join(names)} {quoted(rule.label)}"))
        return Bound(rule.name, rule.label, "", "claims", _because(matches), matches, tuple(lines), groups)

    def _slot(self, slot: SlotInfo) -> Bound:
        rule = self.filled.rule.slot(slot.name)
        matches = self.filled.slots.get(slot.name, ())
        trigger = self.triggers.get(slot.name)
        guess = usable_guess(self.filled, self.takes, slot.name, self._others())
        if matches:
            found = self._claimed(slot, rule or matches[0].slot, matches)
        elif (
            rule is not None and guess is not None and (not slot.default or REFERENCE.search(guess) or rule.is_of_lasting(guess))
        ):
            found = self._guessed(slot, rule, guess)
        elif not slot.default:
            found = self._begun(slot, rule)
        elif rule is not None and rule.where_set and set(REFERENCE.findall(rule.bind)) & set(self.triggers):
            found = self._where_set(slot, rule)
        else:
            found = Bound(slot.name, slot.label, "", "default", f"{DEFAULT} {self.takes.name}: {slot.because}")
        found = self._limited(found, rule) if rule is not None and rule.at_most else found
        return self._triggered(found, slot, trigger) if trigger else found

    def _limited(self, found: Bound, rule: SlotRule) -> Bound:
        """The same slot, no larger than its rule lets it be: nothing more is put in a store that is full."""
        wanted = [one["name"] for one in REFERENCE.finditer(rule.at_most) if one.group().endswith("!}")]
        if not found.text.startswith("= ") or not all(self.filled.slots.get(name) for name in wanted):
            return found
        return replace(found, text=f"= min({found.text.removeprefix('= ')}, {self._written(rule.at_most)})")

    def _others(self) -> list[Filled]:
        return [one.filled for one in self.parts if one is not self.part]

    def _claimed(self, slot: SlotInfo, rule: SlotRule, matches: tuple[Match, ...]) -> Bound:
        """A slot that claims fill: directly, or by a parameter where a lever, an expression or another slot needs its name."""
        groups = self._groups(slot.label, rule, matches)
        unit, because = self._unit(slot.unit), _because(matches)
        plain = not (rule.bind or rule.lever or slot.name in self.wanted or len(groups) > 1)
        if plain:
            return Bound(slot.name, slot.label, f"~ claims {quoted(groups[0][0])}", "claims", because, matches, (), groups)
        names = [self._own_name(slot.name, number, groups) for number in range(len(groups))]
        lines = [
            BindingLine(f"param {name} : {unit} ~ claims {quoted(group)} {quoted(f'{slot.label}, by the reports')}", _voices(row))
            for name, (group, row) in zip(names, groups, strict=True)
        ]
        text = " + ".join(names)
        if rule.bind:
            text = self._written(rule.bind.replace("{it}", text if len(names) == 1 else f"({text})"))
        if rule.lever:
            lever = f"{self._param(slot.name)}_times"
            lines.append(BindingLine(f"lever {lever} : 1 from 0 to 3 = 1 {quoted(rule.lever)}"))
            text = f"{lever} * {text}" if re.fullmatch(r"[\w.]+|[\w.]+ \* .*", text) else f"{lever} * ({text})"
            text = f"clip({text}, 0, 1)" if slot.unit == "1" else text
        return Bound(slot.name, slot.label, f"= {text}", "claims", because, matches, tuple(lines), groups)

    def _own_name(self, slot: str, number: int, groups: Sequence[object]) -> str:
        return self._param(slot) + (f"_{number + 1}" if len(groups) > 1 else "")

    def _groups(self, label: str, rule: SlotRule, matches: tuple[Match, ...]) -> tuple[tuple[str, tuple[Match, ...]], ...]:
        """One group; where places are added, one for each place."""
        group = group_of(self.part, label)
        places: dict[str, list[Match]] = {}
        for each in matches:
            places.setdefault(each.fact.places[0] if each.fact.places else "", []).append(each)
        if not rule.is_sum or len(places) < 2:
            return _with_besides(group, matches) if "beside" in rule.moments else ((group, matches),)
        return tuple((f"{group}, {place or 'elsewhere'}", tuple(row)) for place, row in places.items())

    def _begun(self, slot: SlotInfo, rule: SlotRule | None) -> Bound:
        """A slot of which nobody says anything, in a part that is used because somebody wants it or its claims were taken out."""
        low, high = round_number(slot, self.scales.get(slot.name, 1.0))
        name, unit = self._param(slot.name), self._unit(slot.unit)
        line = BindingLine(f"param {name} : {unit} ~ {low:.10g} to {high:.10g} {quoted(slot.label)} because {quoted(ROUND)}")
        text = self._written(rule.bind.replace("{it}", name)) if rule is not None and rule.bind else name
        because = f"judgement: {low:,.10g} to {high:,.10g}{'' if unit == '1' else f' {unit}'}, {ROUND}"
        return Bound(slot.name, slot.label, f"= {text}", "judgement", because, (), (line,))

    def _where_set(self, slot: SlotInfo, rule: SlotRule) -> Bound:
        """A slot that an event sets of which reports tell, but not how much it sets."""
        name, label = self._param(slot.name), quoted(slot.label)
        line = BindingLine(
            f"param {name} : {self._unit(slot.unit)} ~ {rule.where_set} {label} because {quoted(rule.where_set_because)}"
        )
        text = self._written(rule.bind.replace("{it}", name))
        return Bound(slot.name, slot.label, f"= {text}", "judgement", f"{UNTOLD}{rule.where_set_because}", (), (line,))

    def _guessed(self, slot: SlotInfo, rule: SlotRule, guess: str) -> Bound:
        """A slot of which no report speaks, from what is known."""
        text = self._written(guess)
        lines: tuple[BindingLine, ...] = ()
        if rule.bind:
            text = self._written(rule.bind.replace("{it}", f"({text})"))
        scale = self.scales.get(slot.name, 1.0)
        ends = rule.ends_of(guess)
        if ends is not None:
            name = f"{self._param(slot.name)}_factor"
            low, high = (f"{end * scale:g}" for end in ends)
            label = quoted(f"{slot.label}: against the guess")
            lines = (BindingLine(f"param {name} : 1 ~ {low} to {high} {label} because {quoted(rule.because_of(guess))}"),)
            text = f"{name} * {text}" if re.fullmatch(r"[\w.]+( [\w./]+)?", text) else f"{name} * ({text})"
        is_derived = bool(set(REFERENCE.findall(guess)) - set(self.takes.things)) and ends is None
        kind, because = "derived" if is_derived else "judgement", self._nothing(rule) or rule.because_of(guess)
        return Bound(slot.name, slot.label, f"= {text}", kind, because, (), lines)

    def _nothing(self, rule: SlotRule) -> str:
        """Why a guess comes to nothing: it counts only once something is so of which no report speaks; "" where it counts."""
        unset = [
            one.title
            for one in self.filled.rule.triggers
            if one.name in REFERENCE.findall(rule.bind) and one.name not in self.triggers and f"* {{{one.name}}}" in rule.bind
        ]
        return "; ".join(f"nothing, for no report says that {title[:1].lower()}{title[1:]}" for title in unset)

    def _written(self, expression: str) -> str:
        """An expression of a rule in words of the model."""
        return REFERENCE.sub(lambda match: self._name(match["name"]), expression)

    def _name(self, name: str) -> str:
        if name == "part":
            return self.part.alias
        if "." in name:
            mechanism, slot = name.split(".", 1)
            other = next(one for one in self.parts if one.filled.rule.name == mechanism)
            return f"{other.alias}_{slot}"
        if name in self.takes.things:
            place = self.takes.things.index(name)
            return self.filled.things[place] if place < len(self.filled.things) else name
        rule = self.filled.rule.slot(name)
        if rule is not None and rule.is_extra:
            return self._param(name)
        if self.takes.slot(name) is not None:
            is_claimed = name in self.filled.slots
            many = is_claimed and rule is not None and len(self._groups("", rule, self.filled.slots[name])) > 1
            return self._param(name) if is_claimed and not many else f"{self.part.alias}.{name}"
        return self.triggers.get(name, "0")

    def _triggered(self, found: Bound, slot: SlotInfo, trigger: str) -> Bound:
        """The same slot, set besides by an event: what holds anyway and what the event adds."""
        base = found.text.removeprefix("= ") if found.text.startswith("= ") else ""
        lines = found.lines
        if found.text.startswith("~"):
            name = self._param(slot.name)
            lines = (
                *lines,
                BindingLine(f"param {name} : {self._unit(slot.unit)} {found.text} {quoted(f'{slot.label}, by the reports')}"),
            )
            base = name
        text = trigger if not base else f"1 - (1 - {base}) * (1 - {trigger})"
        because = (
            f"{found.because}; and what the event sets"
            if found.kind != "default"
            else "set by an event that the reports speak of"
        )
        return replace(
            found, text=f"= {text}", kind=found.kind if found.kind != "default" else "derived", because=because, lines=lines
        )


def _with_besides(group: str, matches: tuple[Match, ...]) -> tuple[tuple[str, tuple[Match, ...]], ...]:
    """The figures in one group, and each amount that comes on top of them in one of its own: they are added."""
    own = tuple(each for each in matches if each.fact.moment != "beside")
    added: list[list[Match]] = []
    for each in matches:
        if each.fact.moment == "beside":
            same = next((row for row in added if isclose(_size(row[0]), _size(each), rel_tol=_SAME)), None)
            if same is None:
                added.append([each])
            else:
                same.append(each)
    names = (f"{group}, besides{f' {number + 1}' if number else ''}" for number in range(len(added)))
    return ((group, own), *((name, tuple(row)) for name, row in zip(names, added, strict=True))) if own else ((group, matches),)


_SAME = 0.05
"""How far two amounts that come on top may be apart to be two estimates of one."""


def _size(match: Match) -> float:
    return size_of(match.fact) * match.factor


def _because(matches: Sequence[Match]) -> str:
    return "; ".join(dict.fromkeys(each.because for each in matches))


def _voices(matches: Sequence[Match]) -> str:
    """Who says it, for the comment above a parameter."""
    return "; ".join(dict.fromkeys(_voice(each.fact.claim, each) for each in matches))


def _voice(claim: Claim, match: Match) -> str:
    quantity = claim.quantity
    value = (
        None
        if quantity is None
        else quantity.value
        if quantity.value is not None
        else quantity.low
        if quantity.low is not None
        else quantity.high
    )
    number = (
        "" if value is None else f"{value * match.factor:,.0f}" if value * match.factor >= 1000 else f"{value * match.factor:.4g}"
    )
    return f"{claim.origin}: {number} {match.unit}".removesuffix(" 1")
