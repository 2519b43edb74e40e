"""What the slots of a mechanism are filled with at a place of use: auxiliaries, parameters, or the mechanism's own defaults."""

from __future__ import annotations

from collections.abc import Mapping

from foedus.constructs import tree as t
from foedus.constructs.part import Binding, Mechanism, Slot, Use
from foedus.errors import suggestion
from foedus.parts.closed import Told
from foedus.parts.naming import Naming

__all__ = ["DEFAULT", "filled_slots"]

DEFAULT = "default of the mechanism"
"""Begins the reason of whatever a use leaves as the mechanism has it."""

Filled = tuple[tuple[str, str], ...]


def filled_slots(
    use: Use, alias: str, mechanism: Mechanism, naming: Naming, elements: Mapping[str, tuple[str, ...]], told: list[Told]
) -> tuple[list[t.Statement], Filled]:
    """The statements that fill the slots of a use, and how each slot is filled; what is wrong is added to `told`."""
    slots = {slot.name: slot for slot in mechanism.slots}
    bound: dict[str, list[Binding]] = {name: [] for name in slots}
    for binding in use.bindings:
        if binding.target.name not in slots:
            help = suggestion(binding.target.name, slots) or f"Its slots: {', '.join(slots) or 'none'}."
            told.append((binding.at, "unknown-slot", f"`{mechanism.name}` has no slot `{binding.target.name}`.", help))
        else:
            bound[binding.target.name].append(binding)
    statements: list[t.Statement] = []
    filled: list[tuple[str, str]] = []
    for slot in mechanism.slots:
        filling = _Filling(use, slot, f"{alias}.{slot.name}", naming, elements, told)
        statements += filling.statements(bound[slot.name])
        filled.append((f"{alias}.{slot.name}", _how(bound[slot.name])))
    return statements, tuple(filled)


def _how(bindings: list[Binding]) -> str:
    return "default" if not bindings else "~" if any(one.prior is not None for one in bindings) else "="


class _Filling:
    """One slot of one use."""

    def __init__(
        self, use: Use, slot: Slot, name: str, naming: Naming, elements: Mapping[str, tuple[str, ...]], told: list[Told]
    ) -> None:
        self.use, self.slot, self.name, self.naming, self.elements, self.told = use, slot, name, naming, elements, told
        self.indices = naming.these(slot.indices)
        self.unit = naming.unit(slot.unit)
        self.label = f"{naming.part}: {slot.label}" if slot.label else ""

    def statements(self, bindings: list[Binding]) -> list[t.Statement]:
        """What fills the slot; nothing, and a word about it, where that is impossible."""
        whole = [one for one in bindings if not one.target.subscripts]
        parts = [one for one in bindings if one.target.subscripts]
        if len(whole) > 1 or (whole and parts):
            self._tell(bindings[-1], "duplicate-name", f"slot `{self.slot.name}` is filled twice.", "Keep one of the two.")
            return []
        places = {self.indices: whole[0]} if whole else self._places(parts)
        if places is None:
            return []
        missing = self._missing(places) if places else [self.indices]
        if missing and not self._has_default():
            where = "" if not places else f" for {', '.join(' '.join(one) for one in missing)}"
            message = f"slot `{self.slot.name}` ({self.slot.label or 'no meaning given'}) of `{self.use.mechanism}` is not filled{where}."
            place = f"{self.slot.name}[{', '.join(missing[0])}]" if places else self.slot.name
            self.told.append((self.use.at, "slot-not-filled", message, f'Write `with {place} = …`, or `~ … because "…"`.'))
            return []
        as_parameter = self._is_parameter(bindings, bool(missing))
        found = [self._filled(binding, place, as_parameter) for place, binding in places.items()]
        return [*found, *(self._default(place, as_parameter) for place in missing)]

    def _is_parameter(self, bindings: list[Binding], needs_default: bool) -> bool:
        """Is the slot a parameter of the model, or an auxiliary? One name is one or the other in all its elements."""
        slot = self.slot
        if any(one.prior is not None for one in bindings) or (needs_default and slot.prior is not None):
            return True
        values = [one.value for one in bindings] + [slot.value] * needs_default
        return all(isinstance(value, t.Number) for value in values)

    def _has_default(self) -> bool:
        return self.slot.value is not None or self.slot.prior is not None

    def _places(self, parts: list[Binding]) -> dict[tuple[str, ...], Binding] | None:
        """Elements -> what fills the slot there; None if they do not fit."""
        found: dict[tuple[str, ...], Binding] = {}
        for binding in parts:
            place = tuple(one.name for one in binding.target.subscripts)
            if len(place) != len(self.indices) or any(one.map for one in binding.target.subscripts):
                wanted = f"[{', '.join(self.indices)}]" if self.indices else "no index"
                self._tell(binding, "bad-index", f"slot `{self.slot.name}` has {wanted} here.", "Name one element of each index.")
                return None
            for index, element in zip(self.indices, place, strict=True):
                if element != index and element not in self.elements.get(index, ()):
                    help = (
                        suggestion(element, self.elements.get(index, ()))
                        or f"Its elements: {', '.join(self.elements.get(index, ()))}."
                    )
                    self._tell(binding, "unknown-element", f"`{element}` is no element of `{index}`.", help)
                    return None
            if place in found:
                self._tell(
                    binding, "duplicate-name", f"slot `{self.slot.name}[{', '.join(place)}]` is filled twice.", "Keep one."
                )
                return None
            found[place] = binding
        return found

    def _missing(self, places: Mapping[tuple[str, ...], Binding]) -> list[tuple[str, ...]]:
        """The elements that nothing is said of; of one index only, for of more the model says what is missing."""
        if len(self.indices) != 1 or any(place == self.indices for place in places):
            return []
        return [(one,) for one in self.elements.get(self.indices[0], ()) if (one,) not in places]

    def _filled(self, binding: Binding, indices: tuple[str, ...], as_parameter: bool) -> t.Statement:
        if as_parameter:
            return t.Parameter(
                self.name, indices, self.unit, binding.value, binding.prior, self.label, binding.because, binding.at
            )
        assert binding.value is not None
        return t.Let(self.name, indices, self.unit, binding.value, self.label, binding.because, binding.at)

    def _default(self, indices: tuple[str, ...], as_parameter: bool) -> t.Statement:
        slot, naming = self.slot, self.naming
        because = f"{DEFAULT} {self.use.mechanism}: {slot.because}" if slot.because else ""
        value = naming.expression(slot.value) if slot.value is not None else None
        if as_parameter:
            law = naming.expression(slot.prior) if slot.prior is not None else None
            return t.Parameter(self.name, indices, self.unit, value, law, self.label, because, slot.at)
        assert value is not None
        return t.Let(self.name, indices, self.unit, value, self.label, because, slot.at)

    def _tell(self, binding: Binding, code: str, message: str, help: str) -> None:
        self.told.append((binding.at, code, message, help))
