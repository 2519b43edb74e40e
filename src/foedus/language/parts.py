"""Parts of a model as data: mechanisms with their slots, the places where they are used, and data from files."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.language.source import Span
from foedus.language.tree import Expression, Name, Part, Prior, Statement, UnitExpression

__all__ = ["Binding", "Gives", "Input", "Mechanism", "Slot", "Use"]


@dataclass(frozen=True)
class Slot(Part):
    """What a mechanism takes. Without `value` and `prior` it must be filled at the place of use.

    Attributes:
        name, indices, unit: as of a parameter; index and unit may be generic.
        value, prior: the default, fixed or uncertain; not both.
        label: the meaning in words.
        because: why the default is what it is, with its source.
    """

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    value: Expression | None = None
    prior: Prior | None = None
    label: str = ""
    because: str = ""
    at: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class Gives(Part):
    """The names of a mechanism that may be used outside; all others but the slots are private."""

    names: tuple[str, ...]
    label: str = ""
    at: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class Mechanism(Part):
    """A reusable sub-model.

    Attributes:
        name: what `use` calls it.
        title: in words.
        things: generic units, in the order in which `use … of` fills them.
        index: the generic index, "" where it has none.
        facing: the generic map of that index into itself, "" where it has none.
        source: the publication behind it.
        not_for: when it should not be used.
        statements: its own, slots among them.
        is_whole: could all of its text be read?
    """

    name: str
    title: str = ""
    things: tuple[str, ...] = ()
    index: str = ""
    facing: str = ""
    source: str = ""
    not_for: str = ""
    statements: tuple[Statement, ...] = ()
    is_whole: bool = True
    at: Span = field(default=Span(), compare=False, repr=False)

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(one for one in self.statements if isinstance(one, Slot))

    @property
    def given(self) -> tuple[str, ...]:
        """The names that may be used outside, in order."""
        return tuple(name for one in self.statements if isinstance(one, Gives) for name in one.names)


@dataclass(frozen=True)
class Binding(Part):
    """A slot filled at the place of use: `intake[north] = 3 * x`, or `course ~ 5 to 11 because "…"`."""

    target: Name
    value: Expression | None = None
    prior: Prior | None = None
    because: str = ""
    at: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class Use(Part):
    """A mechanism made part of the model under an alias.

    Attributes:
        mechanism, alias, label: which, under which name, and in which words.
        indices: what the generic index becomes; none makes every name a scalar.
        facing: what the generic map becomes.
        things: what the generic units become, in order.
        bindings: what its slots are filled with.
    """

    mechanism: str
    alias: str
    label: str = ""
    indices: tuple[str, ...] = ()
    facing: str = ""
    things: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] = ()
    at: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class Input(Part):
    """Data that equations read: a column of a CSV file by date, held until the next date or interpolated.

    With `holds_outside` the first and the last value hold before and after the dates of the file; without, the dates must cover the run.
    """

    name: str
    indices: tuple[str, ...]
    unit: UnitExpression
    file: str
    column: str
    is_held: bool = False
    holds_outside: bool = False
    label: str = ""
    because: str = ""
    at: Span = field(default=Span(), compare=False, repr=False)
