"""What the names, units and indices of a mechanism become where it is used."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from foedus.constructs import tree as t
from foedus.language import Span

__all__ = ["Naming"]

Node = TypeVar("Node")
_REDUCTIONS = frozenset("sum mean product min max".split())


@dataclass(frozen=True)
class Naming:
    """The names of one use.

    Attributes:
        names: own name -> name with the alias; of variables, own indices, maps and actors alike.
        units: generic unit -> unit.
        index: the generic index, "" where there is none.
        indices: what it becomes.
        facing: (generic map, map), both "" where there is none.
        part: in words what this use is called; it goes before every label.
    """

    names: Mapping[str, str]
    units: Mapping[str, str]
    index: str
    indices: tuple[str, ...]
    facing: tuple[str, str]
    part: str

    def statement(self, statement: t.Statement) -> t.Statement:
        """A statement of the mechanism as one of the model."""
        found: Any = self._node(statement)
        if isinstance(found, t.ConserveCheck):
            return dataclasses.replace(
                found, names=tuple(self._name(name) for name in found.names), text=f"{self.part}: {found.text}"
            )
        if isinstance(found, t.WatchCheck):
            return dataclasses.replace(found, text=f"{self.part}: {found.text}")
        changes: dict[str, Any] = {}
        for field in ("name", "actor", "source", "target"):
            value = getattr(found, field, None)
            if isinstance(value, str):
                changes[field] = self._name(value)
        if isinstance(found, t.Treaty):
            changes["parties"] = tuple(self._name(party) for party in found.parties)
        if getattr(found, "indices", ()):
            changes["indices"] = self.these(found.indices)
        if getattr(found, "label", ""):
            changes["label"] = f"{self.part}: {found.label}"
        whole: t.Statement = dataclasses.replace(found, **changes)
        return whole

    def these(self, indices: tuple[str, ...]) -> tuple[str, ...]:
        """Indices of a definition: the generic one is replaced by those of the use."""
        return tuple(name for one in indices for name in (self.indices if one == self.index else (self._name(one),)))

    def unit(self, unit: t.UnitExpression) -> t.UnitExpression:
        return dataclasses.replace(unit, factors=tuple((self.units.get(name, name), power) for name, power in unit.factors))

    def expression(self, expression: Node) -> Node:
        """An expression or a prior of the mechanism as one of the model."""
        found: Node = self._node(expression)
        return found

    def _name(self, name: str) -> str:
        return self.facing[1] if name and name == self.facing[0] else self.names.get(name, name)

    def _node(self, node: Any) -> Any:
        if isinstance(node, tuple):
            return tuple(self._node(one) for one in node)
        if isinstance(node, t.UnitExpression):
            return self.unit(node)
        if not dataclasses.is_dataclass(node) or isinstance(node, Span | type):
            return node
        if isinstance(node, t.Call) and node.over == (self.index,) and not self.indices and node.function in _REDUCTIONS:
            return self._node(node.arguments[0])  # over the only element that there is
        changed: Any = dataclasses.replace(
            node, **{one.name: self._node(getattr(node, one.name)) for one in dataclasses.fields(node)}
        )
        if isinstance(node, t.Name):
            subscripts = tuple(part for one in node.subscripts for part in self._subscripts(one))
            return dataclasses.replace(changed, name=self._name(node.name), subscripts=subscripts)
        if isinstance(node, t.Call):
            over = tuple(name for one in node.over for name in (self.indices if one == self.index else (self._name(one),)))
            return dataclasses.replace(changed, function=self._name(node.function), over=over)
        if isinstance(node, t.Is):
            return dataclasses.replace(changed, decision=self._name(node.decision))
        return changed

    def _subscripts(self, one: t.Subscript) -> tuple[t.Subscript, ...]:
        through = self._name(one.map) if one.map is not None else None
        if one.name == self.index:
            return tuple(t.Subscript(name, through, one.at) for name in self.indices)
        return (t.Subscript(self._name(one.name), through, one.at),)
