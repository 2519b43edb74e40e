"""What somebody changes in a draft by hand: claims put into slots or taken out, mechanisms added; figures must fit by their unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from foedus.draft.choosing import Chosen, MechanismChoice
from foedus.draft.facts import Fact
from foedus.draft.fitting import Match, figure_units
from foedus.draft.matching import Filled, matched, thing_choices
from foedus.draft.mechanisms import Takes, require_one_sided, with_units
from foedus.draft.moments import MOMENT_WORDS
from foedus.draft.rules import MechanismRule, SlotRule, rule_of
from foedus.draft.things import Matter
from foedus.errors import InputError, Problem
from foedus.evidence.claim import Quantity
from foedus.evidence.figure_words import figure_words
from foedus.evidence.measures import conversion

__all__ = ["ByHand", "by_hand_match", "fitting_slots", "slot_unit", "slots_of", "with_hand"]


@dataclass(frozen=True)
class ByHand:
    """What was changed by hand.

    Attributes:
        added: mechanisms that are used though no rule chose them. placed: claim -> (mechanism, slot). out: claims that fill nothing.
    """

    added: tuple[str, ...] = ()
    placed: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    out: frozenset[str] = frozenset()

    @property
    def touched(self) -> frozenset[str]:
        """The claims about which the rules are not asked."""
        return self.out | frozenset(self.placed)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.touched)

    def as_dict(self) -> dict[str, object]:
        placed = [{"claim": claim, "mechanism": mechanism, "slot": slot} for claim, (mechanism, slot) in self.placed.items()]
        return {"placed": placed, "taken_out": sorted(self.out), "added": list(self.added)}


def with_hand(chosen: Chosen, by_hand: ByHand, facts: Sequence[Fact], text: str, matter: Matter) -> Chosen:
    """The parts that the rules chose, changed by hand: no part goes away because a claim is taken out of it.

    Args:
        facts: all figures. text: of all reports.
    Raises:
        InputError: a claim fits its slot not, or a mechanism cannot be used.
    """
    if by_hand.is_nothing:
        return chosen
    wanted = _wanted(by_hand, facts)
    parts = [_without(part, by_hand.touched) for part in chosen.parts]
    used = {fact.claim.id for part in parts for fact in part.filled.facts}
    free = [fact for fact in facts if fact.claim.id not in used | by_hand.touched]
    for number, part in enumerate(parts):
        if not part.filled.slots and wanted.get(part.takes.name):  # no figure tells what its units are: those put in by hand do
            parts[number] = _fitting(part.filled.rule, part.takes, wanted[part.takes.name], (), text, matter, _units(parts))
    for name in by_hand.added:
        if name not in {part.takes.name for part in parts}:
            rule = rule_of(name) or MechanismRule(name, name, name, 0, 0, (), (), (), ())
            parts.append(_fitting(rule, require_one_sided(name), wanted.get(name, ()), free, text, matter, _units(parts)))
            taken = {fact.claim.id for fact in parts[-1].filled.facts}
            free = [fact for fact in free if fact.claim.id not in taken]
    parts = [_with_placed(part, wanted.get(part.takes.name, ())) for part in parts]
    used_titles = {part.takes.title for part in parts}
    return Chosen(tuple(parts), tuple(one for one in chosen.missing if one[0] not in used_titles))


_Wanted = Sequence[tuple[Fact, str]]


def _wanted(by_hand: ByHand, facts: Iterable[Fact]) -> dict[str, list[tuple[Fact, str]]]:
    """Mechanism -> the figures that somebody put into slots of it."""
    by_id = {fact.claim.id: fact for fact in facts}
    found: dict[str, list[tuple[Fact, str]]] = {}
    for claim, (mechanism, slot) in by_hand.placed.items():
        if claim not in by_id:
            help = "Put in claims with a figure; the others stand in the ledger all the same."
            raise InputError(Problem(f"claim {claim}", 0, 0, "unknown-claim", "no claim with a figure has this name.", help))
        found.setdefault(mechanism, []).append((by_id[claim], slot))
    return found


def _units(parts: Sequence[MechanismChoice]) -> frozenset[str]:
    return frozenset(unit for part in parts for unit in part.filled.things)


def _without(part: MechanismChoice, claims: frozenset[str]) -> MechanismChoice:
    rows = {name: tuple(each for each in row if each.fact.claim.id not in claims) for name, row in part.filled.slots.items()}
    return replace(part, filled=replace(part.filled, slots={name: row for name, row in rows.items() if row}))


def _fitting(
    rule: MechanismRule, takes: Takes, wanted: _Wanted, free: Sequence[Fact], text: str, matter: Matter, known: frozenset[str]
) -> MechanismChoice:
    """A mechanism that is used whether or not the reports speak of it, with units in which what was put into it can stand."""
    counted = [replace(fact, refused="") for fact, _ in wanted]
    choices = thing_choices(rule, [*free, *counted], known)
    fits = [things for things in choices if _is_fit(wanted, takes, rule, things)]
    eager = replace(rule, least=0, fewest=0, sentences=0)
    filled = matched(eager, free, text, matter, known, fits or choices) or Filled(rule, choices[0], {}, ())
    return MechanismChoice(rule.alias, replace(filled, rule=rule), takes)


def _is_fit(wanted: _Wanted, takes: Takes, rule: MechanismRule, things: tuple[str, ...]) -> bool:
    return all(_read(fact, _rule_of_slot(rule, slot), slot_unit(takes, rule, things, slot), things) for fact, slot in wanted)


def _with_placed(part: MechanismChoice, wanted: _Wanted) -> MechanismChoice:
    if not wanted:
        return part
    rows = dict(part.filled.slots)
    for fact, slot in wanted:
        rows[slot] = (*rows.get(slot, ()), by_hand_match(fact, part, slot))
    return replace(part, filled=replace(part.filled, slots=rows))


def slots_of(takes: Takes, rule: MechanismRule) -> list[tuple[str, str]]:
    """(name, label) of everything that claims can fill: what its slots or answers need beside it, then its slots."""
    extras = [(one.name, one.label) for one in rule.slots if one.is_extra]
    return [*extras, *((slot.name, slot.label or slot.name) for slot in takes.slots)]


def slot_unit(takes: Takes, rule: MechanismRule, things: tuple[str, ...], name: str) -> str:
    """The unit of a slot or extra in words of the model.

    Raises:
        InputError: the mechanism has no such slot.
    """
    extra, slot = rule.slot(name), takes.slot(name)
    unit = extra.unit if extra is not None and extra.is_extra else slot.unit if slot is not None else ""
    if not unit:
        help = f"It has: {', '.join(name for name, _ in slots_of(takes, rule))}."
        raise InputError(Problem(takes.name, 0, 0, "unknown-slot", f"the mechanism has no slot `{name}`.", help))
    return with_units(unit, takes.things, things)


def _rule_of_slot(rule: MechanismRule, name: str) -> SlotRule:
    """The rule of a slot; one that says nothing where there is none."""
    return rule.slot(name) or SlotRule(
        name, (), "", "", (), "", "", (), (), (), (), "", "", is_sum=False, is_total=False, is_owned=False
    )


def _read(fact: Fact, slot: SlotRule, unit: str, things: tuple[str, ...]) -> tuple[str, float] | None:
    """A figure's own unit, where it is one of the slot's kind, with the factor to it."""
    return next((one for one in figure_units(fact, slot, things) if conversion(one[0], unit) is not None), None)


def by_hand_match(fact: Fact, part: MechanismChoice, name: str) -> Match:
    """A figure in a slot because somebody put it there.

    Raises:
        InputError: it has no number that counts, or its unit is not of the slot's kind.
    """
    slot, things = _rule_of_slot(part.filled.rule, name), part.filled.things
    wanted = slot_unit(part.takes, part.filled.rule, things, name)
    _require_number(fact)
    read = _read(fact, slot, wanted, things)
    if read is None:
        own = figure_units(fact, slot, things)[0][0]
        message = f"this is in {_shown(own)}, and `{part.alias}.{name}` takes {_shown(wanted)}."
        fitting = [other for other, _ in slots_of(part.takes, part.filled.rule) if _takes_it(fact, part, other)]
        help = (
            f"In this part it fits: {', '.join(fitting)}."
            if fitting
            else "No slot of this part takes it; put it into another part."
        )
        raise _refused(fact, "units-differ", message, help)
    unit, factor = read
    if _is_above_one(fact, slot, read):
        message = f"`{part.alias}.{name}` is a share, and this is above 1."
        raise _refused(fact, "out-of-range", message, "Put it where a number may be above 1.")
    why = fact.refused or ("" if fact.moment in (slot.moments or ("now",)) else MOMENT_WORDS.get(fact.moment, ""))
    because = f"put here by hand, unit {unit}" + (f" (the rules leave it out: {why})" if why else "")
    return Match(fact, slot, unit, factor, because, 0.0, is_by_hand=True)


def fitting_slots(fact: Fact, part: MechanismChoice) -> tuple[str, ...]:
    """The slots of a part into which a figure can be put by hand."""
    try:
        _require_number(fact)
    except InputError:
        return ()
    return tuple(name for name, _ in slots_of(part.takes, part.filled.rule) if _takes_it(fact, part, name))


def _takes_it(fact: Fact, part: MechanismChoice, name: str) -> bool:
    rule, things = part.filled.rule, part.filled.things
    slot = _rule_of_slot(rule, name)
    read = _read(fact, slot, slot_unit(part.takes, rule, things, name), things)
    return read is not None and not _is_above_one(fact, slot, read)


def _is_above_one(fact: Fact, slot: SlotRule, read: tuple[str, float]) -> bool:
    """Whether a figure above 1 would stand in a share."""
    is_share = "share" in slot.kinds and "number" not in slot.kinds and read[0] == "1"
    return is_share and any(end * read[1] > 1 for end in _ends(fact.claim.quantity))


def _shown(unit: str) -> str:
    return "no unit (a share or a plain number)" if unit == "1" else unit


def _ends(quantity: Quantity | None) -> list[float]:
    return [] if quantity is None else [one for one in (quantity.value, quantity.low, quantity.high) if one is not None]


def _require_number(fact: Fact) -> None:
    quantity = fact.claim.quantity
    ends = _ends(quantity)
    if quantity is None or quantity.loose or not ends:
        raise _refused(
            fact, "no-value", "the figure was not read whole.", "Write the case; then correct the claim with `foedus review`."
        )
    if min(ends) < 0:
        raise _refused(fact, "out-of-range", "this is below zero, and a pool has none of those.", "Put in a figure that is not.")
    if fact.claim.stance != "affirmed" or fact.claim.polarity != "+":
        why = fact.refused or "it says that it is not so"
        raise _refused(fact, "nothing-to-pool", f"no pool counts it, for {why}.", "Put in a claim that says that it is so.")
    if fact.refused == "it is a chance":
        raise _refused(fact, "nothing-to-pool", "it is the chance that something comes.", "The event that may come takes it.")


def _refused(fact: Fact, code: str, message: str, help: str) -> InputError:
    words = figure_words(fact.claim) or " ".join(fact.sentence.split())[:60]
    return InputError(Problem(f"claim {fact.claim.id}", 0, 0, code, f"“{words}”: {message}", help))
