"""What a statement means to the compiler: the questions that a page of `foedus.constructs` answers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from foedus.compile.override import Override, Overrides
from foedus.compile.program import ParameterSlot
from foedus.language.tree import Expression, Name, Statement, UnitExpression
from foedus.units import Unit

if TYPE_CHECKING:
    from foedus.compile.builder import Builder
    from foedus.compile.law import Law
    from foedus.compile.scope import Item, Scope, Symbol

__all__ = ["Definition", "Limits", "Lookup", "Meaning", "Pulse", "lookup_of"]


@dataclass(frozen=True)
class Limits:
    """Where a stock may stand: below zero? Within which ends, in base units?"""

    is_signed: bool
    within: tuple[float, float] | None = None


@dataclass(frozen=True)
class Pulse:
    """What the firing of an event at a rate reads on its own step, and whether it may fire again."""

    reads: tuple[Expression | None, ...]
    repeats: bool


class Meaning(Statement):
    """A statement of a model. Names are collected in two rounds: what variables are made of, then the variables."""

    def ground(self, scope: Scope) -> None:
        """The first round: units, indices, maps, actors."""

    def declare(self, scope: Scope) -> None:
        """The second round: what has a value."""

    def unit_made(self) -> tuple[str, UnitExpression] | None:
        """The unit that it makes of another one, and that one."""
        return None

    def declares(self) -> tuple[str, ...]:
        """The names that are gone when it is."""
        name = getattr(self, "name", None)
        return (name,) if isinstance(name, str) else ()

    def mentions(self) -> frozenset[str]:
        """The names that it refers to, beside those in its expressions."""
        return frozenset()

    def check(self, scope: Scope) -> None:
        """Note what is wrong with it, once all names are known."""

    @classmethod
    def check_all(cls, scope: Scope) -> None:
        """Note what is wrong between statements of this kind."""


class Definition(Meaning):
    """A statement that defines a name, for each element of the indices that it stands over."""

    kind: ClassVar[str]
    may_be_set: ClassVar[bool] = True
    """May a scenario set it?"""
    is_kept: ClassVar[bool] = True
    """Can its trajectory be kept?"""
    is_watched: ClassVar[bool] = True
    """Must it be a number wherever it is used? Conditions are always true or not, and parameters are drawn finite."""
    lasts: ClassVar[bool] = True
    """Does an override hold for a while, or is it one moment?"""
    name: str
    label: str
    because: str

    def declare(self, scope: Scope) -> None:
        scope.define(self)

    def over(self) -> tuple[str, ...]:
        """Indices, and single elements, over which it is defined."""
        return ()

    def mentions(self) -> frozenset[str]:
        """Its indices; its own name too, where several statements define one name together."""
        return frozenset((self.name, *self.over())) if self.over() else frozenset()

    def unit_in(self, scope: Scope) -> Unit | None:
        """The unit of its values; None where it has none."""
        return None

    def check_element(self, scope: Scope, item: Item) -> None:
        """Note what is wrong with the definition of an element."""

    @property
    def formula(self) -> Expression | None:
        """The expression that it is worth at every step, if that is what it is."""
        return None

    @property
    def initially(self) -> Expression | None:
        """The expression that it is worth before the run begins."""
        return self.formula

    def needs(self, at_start: bool) -> Sequence[Expression | None]:
        """What has to be known before its value is, at the start or within a step."""
        return [self.formula]

    @property
    def pulse(self) -> Pulse | None:
        """How its firing depends on the same step, of an event at a rate."""
        return None

    @property
    def ends(self) -> tuple[Name | None, Name | None]:
        """The stocks that lose and gain, of a flow; None for outside."""
        return None, None

    @property
    def choices(self) -> tuple[str, ...]:
        """The names of the options, of a decision."""
        return ()

    def limits(self, scope: Scope) -> Limits:
        """Where its value may stand."""
        return Limits(is_signed=True)

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
        """What an element is worth in the present block."""
        return builder.laws[item.key].worth().node


class Lookup(Definition):
    """A definition that is read at an argument, as a function is: `NAME(x)`."""

    @abstractmethod
    def argument_in(self, scope: Scope) -> Unit:
        """The unit of the argument."""

    @abstractmethod
    def looked_up(self, builder: Builder, x: int) -> int:
        """What it is worth at an argument."""


def lookup_of(symbol: Symbol | None) -> Lookup | None:
    """What a name is read by as a function, None where it is none."""
    found = next(iter(symbol.items.values())).statement if symbol is not None and symbol.items else None
    return found if isinstance(found, Lookup) else None
