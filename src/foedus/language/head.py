"""`model`: the head of a text."""

from __future__ import annotations

from foedus.language.clauses import every_duration
from foedus.language.cursor import Clauses, Cursor
from foedus.language.expressions import constant, duration
from foedus.language.tree import DateLiteral, Model, Number

__all__ = ["HEAD_CLAUSES", "LANGUAGE", "parse_head"]

HEAD_CLAUSES = "as of DATE, for, step, discrete, method, save every, language"
LANGUAGE = 1  # the version of the language that this reads; docs/formats.md says what it promises


def parse_head(cursor: Cursor) -> Model:
    at = cursor.advance().at
    name = cursor.needs_name("of the model").text
    title = cursor.strings()
    as_of = save_every = horizon = step = None
    method, is_discrete, clauses = "euler", False, Clauses(cursor)
    while not cursor.at_statement_end():
        if clauses.takes("as"):
            cursor.needs("of")
            found = constant(cursor)
            if not isinstance(found, DateLiteral):
                raise cursor.problem("expected-date", "`as of` takes a date.", "Write 2024-10-25.", cursor.last)
            as_of = found.value
        elif clauses.takes("for"):
            horizon = duration(cursor, "for the horizon")
        elif clauses.takes("step"):
            step = duration(cursor, "for the step")
        elif clauses.takes("discrete"):
            is_discrete = True
        elif clauses.takes("save"):
            cursor.needs("every")
            save_every = every_duration(cursor)
        elif clauses.takes("method"):
            method = cursor.needs_name("of a method").text
            if method not in ("euler", "rk4"):
                raise cursor.problem("unknown-method", f"`{method}` is no method.", "Use euler or rk4.", cursor.last)
        elif clauses.takes("language"):
            _check_version(cursor)
        elif cursor.token.kind == "string":
            title += cursor.strings()
        elif cursor.begins_line() and horizon is not None:
            break  # a statement that does not exist; the head itself is whole
        else:
            help = "It takes `as of DATE`, `for 104 weeks`, `step 1/8 week`, `discrete`, `method rk4`, `save every 4 weeks`, `language 1`."
            raise cursor.problem("unexpected", f"{cursor.found()} has no place in the head of a model.", help)
    if horizon is None:
        raise cursor.problem("no-horizon", "the model does not say how long it runs.", "Add `for 104 weeks`.", at)
    if step is None:
        step = Number(0.125, horizon.unit, horizon.at)
    return Model(name, title, as_of, horizon, step, method, save_every, is_discrete, at.to(cursor.last))


def _check_version(cursor: Cursor) -> None:
    """A text that was written for another version of the language is refused before anything in it is misread."""
    if cursor.token.kind != "number":
        message = f"expected the version of the language, found {cursor.found()}."
        raise cursor.problem("expected-number", message, f"Write `language {LANGUAGE}`.")
    if cursor.advance().value != LANGUAGE:
        told = cursor.tokens[cursor.index - 1].text
        message = f"the text is written in version {told} of the language; this reads version {LANGUAGE}."
        raise cursor.problem("unknown-language", message, "Install a foedus that reads it, or see docs/formats.md.", cursor.last)
