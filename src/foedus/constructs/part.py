"""`include`, `mechanism`, `slot`, `gives`, `use` and `input`: what stands for other statements, until `foedus.parts` puts these in place."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from foedus.language.clauses import indexed_name, names, notes
from foedus.language.construct import Construct
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, name_with_subscripts, prior, unit
from foedus.language.printer import indexed_text, name_text, notes_text, print_expression, print_prior, quoted, unit_text
from foedus.language.source import Span
from foedus.language.tree import Enclosing, Expression, Name, Prior, Statement, UnitExpression, at_nowhere

__all__ = [
    "GIVES",
    "INCLUDE",
    "INPUT",
    "MECHANISM",
    "SLOT",
    "USE",
    "Binding",
    "Gives",
    "Input",
    "Mechanism",
    "Part",
    "Slot",
    "Use",
]


class Part(Statement):
    """What stands for other statements, and is gone when a tree is whole."""


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
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Slot:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of a slot")
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        meaning = cursor.strings()
        value = law = None
        if cursor.takes("~"):
            law = prior(cursor)
        elif cursor.takes("="):
            value = expression(cursor)
        extra = notes(cursor)
        return cls(name, indices, found, value, law, meaning + extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"slot {indexed_text(self.name, self.indices)} : {unit_text(self.unit)} {quoted(self.label)}"
        return text + _filling_text(self.value, self.prior) + notes_text("", self.because)


@dataclass(frozen=True)
class Gives(Part):
    """The names of a mechanism that may be used outside; all others but the slots are private."""

    names: tuple[str, ...]
    label: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Gives:
        at = cursor.advance().at
        names = [indexed_name(cursor, "of a variable")[0]]
        while cursor.takes(","):
            names.append(indexed_name(cursor, "of a variable")[0])
        return cls(tuple(names), cursor.strings(), at.to(cursor.last))

    def spell(self) -> str:
        return f"gives {', '.join(self.names)}" + notes_text(self.label, "")


@dataclass(frozen=True)
class Mechanism(Part, Enclosing):
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
    at: Span = at_nowhere()

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(one for one in self.statements if isinstance(one, Slot))

    @property
    def given(self) -> tuple[str, ...]:
        """The names that may be used outside, in order."""
        return tuple(name for one in self.statements if isinstance(one, Gives) for name in one.names)

    @classmethod
    def parse(cls, cursor: Cursor) -> Mechanism:
        at = cursor.advance().at
        name = cursor.needs_name("of the mechanism").text
        title = cursor.strings()
        things: tuple[str, ...] = ()
        index = facing = source = not_for = ""
        clauses = Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("of"):
                things = names(cursor, "of a unit that each use fills in")
            elif clauses.takes("for"):
                index = cursor.needs_name("of an index that each use fills in").text
            elif clauses.takes("facing"):
                facing = cursor.needs_name("of a map that each use fills in").text
            elif clauses.takes("source"):
                source = cursor.needs_string("with the publication behind the mechanism")
            elif clauses.takes("not"):
                cursor.needs("for", "and when not to use the mechanism")
                not_for = cursor.needs_string("that says when not to use the mechanism")
            else:
                break
        if facing and not index:
            raise cursor.problem("no-generic-index", "`facing` needs an index.", "Write `for group facing other`.", at)
        return cls(name, title, things, index, facing, source, not_for, at=at.to(cursor.last))

    def holding(self, statements: tuple[Statement, ...], is_whole: bool) -> Mechanism:
        return dataclasses.replace(self, statements=statements, is_whole=is_whole)

    def spell(self) -> str:
        head = f"mechanism {self.name}" + notes_text(self.title, "")
        for word, text in (("of", ", ".join(self.things)), ("for", self.index), ("facing", self.facing)):
            head += f" {word} {text}" if text else ""
        for word, text in (("source", self.source), ("not for", self.not_for)):
            head += f" {word} {quoted(text)}" if text else ""
        return "\n".join([head, *(statement.spell() for statement in self.statements)])


@dataclass(frozen=True)
class Binding:
    """A slot filled at the place of use: `intake[north] = 3 * x`, or `course ~ 5 to 11 because "…"`."""

    target: Name
    value: Expression | None = None
    prior: Prior | None = None
    because: str = ""
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Binding:
        target = name_with_subscripts(cursor, "of a slot")
        value = law = None
        if cursor.takes("~"):
            law = prior(cursor)
        else:
            cursor.needs("=", "or `~`, and what the slot is filled with")
            value = expression(cursor)
        because = cursor.needs_string("after `because`") if cursor.takes("because") else ""
        return cls(target, value, law, because, target.at.to(cursor.last))

    def spell(self) -> str:
        return name_text(self.target) + _filling_text(self.value, self.prior) + notes_text("", self.because)


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
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Use:
        at = cursor.advance().at
        mechanism = cursor.needs_name("of a mechanism")
        alias, label, facing = mechanism.text, "", ""
        indices: tuple[str, ...] = ()
        things: tuple[str, ...] = ()
        bindings: list[Binding] = []
        clauses = Clauses(cursor)
        while not cursor.at_statement_end():
            if clauses.takes("as"):
                alias = cursor.needs_name("for this part").text
            elif clauses.takes("for"):
                indices = names(cursor, "of an index")
            elif clauses.takes("facing"):
                facing = cursor.needs_name("of a map").text
            elif clauses.takes("of"):
                things = names(cursor, "of a unit")
            elif cursor.token.kind == "string":
                label += cursor.strings()
            elif clauses.takes("with"):
                bindings.append(Binding.parse(cursor))
                while cursor.takes(","):
                    bindings.append(Binding.parse(cursor))
            else:
                break
        return cls(mechanism.text, alias, label, indices, facing, things, tuple(bindings), at.to(cursor.last))

    def spell(self) -> str:
        text = f"use {self.mechanism} as {self.alias}" + notes_text(self.label, "")
        for word, found in (("for", ", ".join(self.indices)), ("facing", self.facing), ("of", ", ".join(self.things))):
            text += f" {word} {found}" if found else ""
        return text + (f" with {', '.join(one.spell() for one in self.bindings)}" if self.bindings else "")


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
    at: Span = at_nowhere()

    @classmethod
    def parse(cls, cursor: Cursor) -> Input:
        at = cursor.advance().at
        name, indices, _ = indexed_name(cursor, "of an input")
        cursor.needs(":", "and the unit")
        found = unit(cursor)
        cursor.needs("from", "and the file")
        file = cursor.needs_string("with the name of a CSV file")
        cursor.needs("column")
        column = cursor.needs_string("with the name of the column")
        held = cursor.sees("held")
        if not cursor.takes("held", "interpolated"):
            message = f"expected `held` or `interpolated`, found {cursor.found()}."
            raise cursor.problem(
                "expected", message, "`held` keeps a value until the next date, `interpolated` joins the values by lines."
            )
        cursor.takes(",")
        outside = cursor.takes("outside")
        if outside:
            cursor.needs("held", "after `outside`: the first and last value hold outside of the dates")
        extra = notes(cursor)
        return cls(name, indices, found, file, column, held, outside, extra.label, extra.because, at.to(cursor.last))

    def spell(self) -> str:
        text = f"input {indexed_text(self.name, self.indices)} : {unit_text(self.unit)} from {quoted(self.file)} column {quoted(self.column)}"
        text += " held" if self.is_held else " interpolated"
        return text + (", outside held" if self.holds_outside else "") + notes_text(self.label, self.because)


def _filling_text(value: Expression | None, law: Prior | None) -> str:
    if law is not None:
        return f" ~ {print_prior(law)}"
    return f" = {print_expression(value)}" if value is not None else ""


def _include(cursor: Cursor) -> list[Statement]:
    """Nothing: the text of the file stands behind the statement already, if the model came from a file."""
    token = cursor.advance()
    named = cursor.needs_string("with the name of a file")
    if token.at.start not in cursor.source.included:
        message = f"`{named}` cannot be included: this text is not read from a file."
        raise cursor.problem("no-include", message, "Save the model as a file, and give that.", token.at)
    return []


INCLUDE = Construct("include", _include, (), place="model")
MECHANISM = Construct(
    "mechanism", Mechanism.parse, (Mechanism,), "of UNIT, for INDEX, facing MAP, source, not for", place="model"
)
SLOT = Construct("slot", Slot.parse, (Slot,), "~ or =, because", is_variable=True, place="mechanism")
GIVES = Construct("gives", Gives.parse, (Gives,), place="mechanism")
USE = Construct(
    "use", Use.parse, (Use,), "as ALIAS, for INDEX, facing MAP, of UNIT, with SLOT = …", declares_several=True, place="model"
)
INPUT = Construct("input", Input.parse, (Input,), "from, column, held or interpolated, because", is_variable=True, place="model")
