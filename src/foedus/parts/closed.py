"""A mechanism speaks of nothing but itself: so it can stand in any model, and means the same in each."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.constructs import tree as t
from foedus.constructs.part import Gives, Mechanism, Slot
from foedus.errors import suggestion
from foedus.language import Span
from foedus.language.builtins import BUILTINS
from foedus.language.reserved import TIMES
from foedus.units import BUILT_IN_UNITS, PREFIXES

__all__ = ["Told", "mechanism_problems", "own_names"]

Told = tuple[Span, str, str, str]
"""Where, a code, the words, the cure."""
_WORDS = TIMES | {"outside"}


def own_names(mechanism: Mechanism) -> dict[str, Span]:
    """What a mechanism declares: variables, slots, happenings, its own indices and maps; and where first."""
    found: dict[str, Span] = {}
    for statement in mechanism.statements:
        name = getattr(statement, "name", None)
        if isinstance(name, str):
            found.setdefault(name, statement.at)
        if isinstance(statement, t.Treaty) and not isinstance(
            statement.chance, t.Number | t.Name | t.Binary | t.Call | t.If | t.Not
        ):
            found.setdefault(f"{statement.name}_chance", statement.at)
    return found


def mechanism_problems(mechanism: Mechanism) -> Iterator[Told]:
    """What is wrong with a mechanism wherever it is used."""
    names = own_names(mechanism)
    elements = {element for one in mechanism.statements if isinstance(one, t.Index) for element in one.elements}
    maps = {one.name for one in mechanism.statements if isinstance(one, t.Map)}
    indices = {one.name for one in mechanism.statements if isinstance(one, t.Index)} | ({mechanism.index} - {""})
    known = set(names) | _WORDS
    subscripts = indices | elements
    through = maps | ({mechanism.facing} - {""})
    for statement in mechanism.statements:
        if isinstance(statement, Gives):
            yield from (_unknown(statement.at, name, known, mechanism) for name in statement.names if name not in names)
        if isinstance(statement, Slot):
            yield from _slot_problems(statement)
        for one in getattr(statement, "indices", ()):
            if one not in subscripts:
                yield _unknown(statement.at, one, subscripts, mechanism)
        for node in t.nodes(statement):
            yield from _node_problems(node, mechanism, known, subscripts, through)


def _node_problems(
    node: object, mechanism: Mechanism, known: set[str], subscripts: set[str], through: set[str]
) -> Iterator[Told]:
    if isinstance(node, t.Name) and node.name not in known | ({"outside"}):
        yield _unknown(node.at, node.name, known, mechanism)
    elif isinstance(node, t.Is) and node.decision not in known:
        yield _unknown(node.at, node.decision, known, mechanism)
    elif (
        isinstance(node, t.Call) and node.function not in known and node.function not in BUILTINS and node.function not in through
    ):
        yield _unknown(node.at, node.function, {*known, *BUILTINS}, mechanism)
    elif isinstance(node, t.Subscript):
        if node.name not in subscripts:
            yield _unknown(node.at, node.name, subscripts, mechanism)
        if node.map is not None and node.map not in through:
            yield _unknown(node.at, node.map, through, mechanism)
    elif isinstance(node, t.UnitExpression):
        for name, _ in node.factors:
            if not _is_known_unit(name, mechanism.things):
                help = suggestion(name, mechanism.things) or f"Write `of {name}` in the head; each use then says what that is."
                yield node.at, "unknown-unit", f"the mechanism knows no unit `{name}`.", help
    elif isinstance(node, t.ClaimsPrior):
        help = 'Give the slot a prior of its own; a use fills it with `~ claims "…"`.'
        yield node.at, "not-in-mechanism", "a mechanism rests on no claims of its own.", help


def _is_known_unit(name: str, things: tuple[str, ...]) -> bool:
    return (
        name in things
        or name in BUILT_IN_UNITS
        or any(name.startswith(prefix) and name[len(prefix) :] in {*BUILT_IN_UNITS, *things} for prefix in PREFIXES)
    )


def _slot_problems(slot: Slot) -> Iterator[Told]:
    if not slot.label:
        yield slot.at, "no-meaning", f"slot `{slot.name}` does not say in words what it takes.", 'Write "…" behind its unit.'
    if slot.prior is not None and not slot.because:
        yield slot.at, "no-because", f"the default of slot `{slot.name}` has no reason.", 'Add `because "…"`, with its source.'


def _unknown(at: Span, name: str, known: set[str], mechanism: Mechanism) -> Told:
    message = f"mechanism `{mechanism.name}` declares no `{name}`, and knows nothing of the model around it."
    return at, "unknown-in-mechanism", message, suggestion(name, known) or f'Make it a slot: `slot {name} : UNIT "…"`.'
