"""Where the statements of a part came from: what is left of `use` when its statements stand in the tree."""

from __future__ import annotations

from dataclasses import dataclass, field

from foedus.language.source import Span

__all__ = ["UsedPart"]


@dataclass(frozen=True)
class UsedPart:
    """A mechanism at a place of use.

    Attributes:
        alias: under which its names stand: `army.serving`.
        mechanism, title, source: its name, its title and the publication behind it.
        label: what this use of it is called.
        filled: (slot with its alias, how): "=" by an expression, "~" by a prior of the place, "default" by the mechanism's own.
        given, private: names with their alias that may be used outside, and those that may not.
    """

    alias: str
    mechanism: str
    title: str
    label: str
    source: str
    filled: tuple[tuple[str, str], ...]
    given: frozenset[str]
    private: frozenset[str]
    at: Span = field(default=Span(), compare=False, repr=False)
