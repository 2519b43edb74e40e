"""What the parser and the reference know of a construct: its keyword, how it is read, and examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from foedus.language.cursor import Cursor
from foedus.language.tree import Statement

__all__ = ["Construct", "Constructs", "Example"]


@dataclass(frozen=True)
class Example:
    """A piece of a model, and what it says. It is run as a test and shown in the reference.

    Attributes:
        text: one statement or more, the construct among them.
        says: a sentence.
        beside: what the piece needs to stand on; not shown.
    """

    text: str
    says: str
    beside: str = ""


@dataclass(frozen=True)
class Construct:
    """A row of the language.

    Attributes:
        keyword: with which it begins a line.
        parse: from the keyword on; several statements where one line declares several things.
        kinds: the classes of what is read.
        clauses: what may trail it, for whoever wrote something else.
        is_variable: is the name after the keyword a variable, and so no unit after a number?
        declares_several: does it declare more than the name after the keyword?
        place: where it may stand: "model", "mechanism", or "" for both.
        examples: of its use.
    """

    keyword: str
    parse: Callable[[Cursor], Statement | Sequence[Statement]]
    kinds: tuple[type[Statement], ...]
    clauses: str = ""
    is_variable: bool = False
    declares_several: bool = False
    place: str = ""
    examples: tuple[Example, ...] = ()


Constructs: TypeAlias = Mapping[str, Construct]
