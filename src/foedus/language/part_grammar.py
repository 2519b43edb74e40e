"""Tokens to parts: mechanisms with their slots, the places where they are used, data from files."""

from __future__ import annotations

from foedus.language.clauses import indexed_name, names, notes
from foedus.language.construct import Construct
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import expression, name_with_subscripts, prior, unit
from foedus.language.parts import Binding, Gives, Input, Mechanism, Slot, Use
from foedus.language.tree import Part

__all__ = ["PARTS", "mechanism_head"]


def mechanism_head(cursor: Cursor) -> Mechanism:
    """`mechanism pipeline "People in training" of thing for group facing other source "…" not for "…"`, without its statements."""
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
    return Mechanism(name, title, things, index, facing, source, not_for, at=at.to(cursor.last))


def _slot(cursor: Cursor) -> Slot:
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
    return Slot(name, indices, found, value, law, meaning + extra.label, extra.because, at.to(cursor.last))


def _gives(cursor: Cursor) -> Gives:
    at = cursor.advance().at
    given = [indexed_name(cursor, "of a variable")[0]]
    while cursor.takes(","):
        given.append(indexed_name(cursor, "of a variable")[0])
    return Gives(tuple(given), cursor.strings(), at.to(cursor.last))


def _use(cursor: Cursor) -> Use:
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
            bindings.append(_binding(cursor))
            while cursor.takes(","):
                bindings.append(_binding(cursor))
        else:
            break
    return Use(mechanism.text, alias, label, indices, facing, things, tuple(bindings), at.to(cursor.last))


def _binding(cursor: Cursor) -> Binding:
    target = name_with_subscripts(cursor, "of a slot")
    value = law = None
    if cursor.takes("~"):
        law = prior(cursor)
    else:
        cursor.needs("=", "or `~`, and what the slot is filled with")
        value = expression(cursor)
    because = cursor.needs_string("after `because`") if cursor.takes("because") else ""
    return Binding(target, value, law, because, target.at.to(cursor.last))


def _input(cursor: Cursor) -> Input:
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
        raise cursor.problem("expected", message, "`held` keeps a value until the next date, `interpolated` joins the values by lines.")
    cursor.takes(",")
    outside = cursor.takes("outside")
    if outside:
        cursor.needs("held", "after `outside`: the first and last value hold outside of the dates")
    extra = notes(cursor)
    return Input(name, indices, found, file, column, held, outside, extra.label, extra.because, at.to(cursor.last))


def _include(cursor: Cursor) -> list[Part]:
    """Nothing: the text of the file stands behind the statement already, if the model came from a file."""
    token = cursor.advance()
    named = cursor.needs_string("with the name of a file")
    if token.at.start not in cursor.source.included:
        message = f"`{named}` cannot be included: this text is not read from a file."
        raise cursor.problem("no-include", message, "Save the model as a file, and give that.", token.at)
    return []


PARTS = (
    Construct("include", _include, (), is_of_models=True),
    Construct("mechanism", mechanism_head, (Mechanism,), "of UNIT, for INDEX, facing MAP, source, not for", is_of_models=True),
    Construct("slot", _slot, (Slot,), "~ or =, because", is_variable=True),
    Construct("gives", _gives, (Gives,)),
    Construct("use", _use, (Use,), "as ALIAS, for INDEX, facing MAP, of UNIT, with SLOT = …", is_of_models=True),
    Construct("input", _input, (Input,), "from, column, held or interpolated, because", is_variable=True, is_of_models=True),
)
