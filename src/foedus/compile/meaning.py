"""What a definition means to a program: the questions that a page of `foedus.constructs` answers once all names are known.

Those about its name alone stand in `foedus.compile.scope`.
"""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from foedus.compile.answers import Answers
from foedus.compile.builder import Builder
from foedus.compile.declare import define
from foedus.compile.law import Law
from foedus.compile.override import Override, Overrides
from foedus.compile.program import ParameterSlot
from foedus.compile.scope import Item, Named, Scope
from foedus.compile.value import Value
from foedus.units import Unit

__all__ = ["Definition", "Formula", "Lookup", "definition_of"]


class Definition(Named):
    """A statement that defines a name, and gives each of its elements a value or a law. It gives one of the two."""

    def declare(self, scope: Scope) -> None:
        define(scope, self)

    def input(self, builder: Builder, item: Item) -> ParameterSlot | None:
        """What of an element is drawn, or handed in, with the inputs of a future."""
        return None

    def overridden(self, builder: Builder, item: Item, override: Override, found: Overrides) -> None:
        """What a scenario sets where it sets an element: of most, a number."""
        builder.set_number(item, override, found)

    def is_so_anyway(self, builder: Builder, item: Item, override: Override) -> bool:
        """Is an element known to be what a scenario sets, of what is set by no number?"""
        return False

    def law(self, builder: Builder, item: Item) -> Law | None:
        """The law of an element, for what has states of its own; it makes these states."""
        return None

    def worth(self, builder: Builder, item: Item) -> int:
        """What an element is worth in the present block, of what has no law."""
        raise TypeError(f"`{self.name}` has no value of its own")


class Lookup(Definition):
    """A definition that is read at an argument, as a function is: `NAME(x)`."""

    takes_argument: ClassVar[bool] = True

    @abstractmethod
    def argument_in(self, scope: Scope) -> Unit:
        """The unit of the argument."""

    @abstractmethod
    def looked_up(self, builder: Builder, x: int) -> int:
        """What it is worth at an argument."""


def definition_of(item: Item) -> Definition:
    """The definition behind an element."""
    if not isinstance(item.statement, Definition):
        raise TypeError(f"`{item.statement.name}` defines nothing")
    return item.statement


class Formula(Answers):
    """What answers for an element without a law: the definition, asked anew in each block."""

    def __init__(self, builder: Builder, item: Item) -> None:
        super().__init__(item)
        self._builder = builder

    def worth(self) -> Value:
        return Value(self._builder.graph, definition_of(self.item).worth(self._builder, self.item))

    def looked_up(self, x: Value) -> Value:
        definition = self.item.statement
        if not isinstance(definition, Lookup):
            return super().looked_up(x)
        return Value(x.graph, definition.looked_up(self._builder, x.node))
