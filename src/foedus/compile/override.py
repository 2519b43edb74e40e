"""What a scenario sets: the value of a definition, between two steps, as settings of slots."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.compile.program import SetValue
from foedus.language.source import Span
from foedus.language.tree import ClaimsPrior, Expression

__all__ = ["Override", "OverrideWord", "Overrides"]


@dataclass(frozen=True)
class OverrideWord:
    """A position or an option by its name, or `never`."""

    text: str
    at: Span = field(default=Span(), compare=False, repr=False)


@dataclass(frozen=True)
class Override:
    """One value that is set.

    Attributes:
        value: a number, a position or an option, `never`, or what claims say.
        is_moment: the value is the moment of an event.
        start, end: steps; it is set from the first and before the last.
        at: where it stands.
    """

    value: Expression | OverrideWord | ClaimsPrior | None
    is_moment: bool
    start: int
    end: int
    at: Span


@dataclass
class Overrides:
    """What a scenario sets so far: values of slots, and parameters that go back to their prior."""

    values: list[SetValue] = field(default_factory=list)
    use_prior: list[int] = field(default_factory=list)
