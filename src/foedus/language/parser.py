"""Text to tree. Every error of the text is found in one go: after an error, reading goes on with the next statement."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass, field

from foedus.errors import ModelError, Problem, suggestion
from foedus.language.construct import Constructs
from foedus.language.cursor import Cursor, SyntaxProblem
from foedus.language.head import HEAD_CLAUSES, parse_head
from foedus.language.lexer import MOST_PROBLEMS, Token, tokenize
from foedus.language.reserved import TIME_WORDS
from foedus.language.shelf import with_shelf
from foedus.language.source import Source, Span
from foedus.language.tree import Enclosing, Faults, Model, Number, Statement, Tree, UnitExpression
from foedus.units import BUILT_IN_UNITS

__all__ = ["parse", "survey"]

_LONGEST_STRETCH = 2000  # words that are looked at for names
_WEEK = Number(1.0, UnitExpression((("week", 1),)))


def parse(source: Source | str, constructs: Constructs) -> Tree:
    """The tree of a model text.

    Args:
        source: the text, or a `Source` that knows its file.
        constructs: the language, by keyword.
    Raises:
        ModelError: with every problem found in the text.
    """
    tree = survey(source, constructs)
    if tree.faults is not None:
        raise ModelError(list(tree.faults.problems))
    return tree


@dataclass
class _Reading:
    """What has been read so far, of a text in this language."""

    constructs: Constructs
    model: Model | None = None
    statements: list[Statement] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)
    has_head: bool = False


def survey(source: Source | str, constructs: Constructs) -> Tree:
    """What can be read of a model text; what cannot is noted in `faults`."""
    if isinstance(source, str):
        source = Source(source)
    source = with_shelf(source)
    tokens, problems = tokenize(source, {"model", *constructs})
    reading = _Reading(constructs, problems=problems)
    unreadable = {(problem.file, problem.line) for problem in problems}
    tokens, enclosed = _parted(source, tokens, reading)
    for stretch in enclosed:
        _read_enclosed(source, stretch, reading, unreadable)
    cursor = Cursor(source, tokens, *_declared(tokens, constructs))
    while cursor.token.kind != "end" and len(reading.problems) < MOST_PROBLEMS:
        _read_statement(cursor, reading, unreadable)
    is_misspelt = any(problem.code == "unknown-statement" and "`model`" in problem.help for problem in reading.problems)
    if (
        reading.model is None
        and not is_misspelt
        and not any(token.kind == "keyword" and token.text == "model" for token in tokens)
    ):
        help = "Begin with `model NAME for 104 weeks step 1/8 week`."
        if enclosed and len(tokens) == 1:
            help = f"It is a mechanism: `include` it in a model, and write `use {enclosed[0][1].text} as …` there."
        reading.problems.append(source.problem(Span(), "no-model", "the text has no `model` statement that can be read.", help))
    model = reading.model or Model("unread", "", datetime.date(2000, 1, 1), _WEEK, _WEEK)
    if not reading.problems and reading.model is not None:
        return Tree(model, tuple(reading.statements), source)
    found = sorted(reading.problems, key=lambda problem: (problem.file, problem.line, problem.column))[:MOST_PROBLEMS]
    faults = Faults(tuple(found), frozenset(reading.names), tuple(reading.spans), reading.has_head)
    return Tree(model, tuple(reading.statements), source, faults)


def _parted(source: Source, tokens: list[Token], reading: _Reading) -> tuple[list[Token], list[list[Token]]]:
    """The words of the model, and those of each file that is a mechanism; each list ends with a word of kind "end"."""
    own: list[Token] = []
    mechanisms: list[list[Token]] = []
    until = 0
    for token in tokens[:-1]:
        if token.at.start < until:
            mechanisms[-1].append(token)
        elif token.kind == "keyword" and _encloses(token, reading.constructs):
            mechanisms.append([token])
            until = source.end_of_file(token.at.start)
            if own and source.end_of_file(own[-1].at.start) == until:
                message = "a mechanism stands in a file of its own."
                help = 'Put it there, and write `include "FILE"` in the model.'
                reading.problems.append(source.problem(token.at, "mechanism-not-alone", message, help))
        else:
            own.append(token)
    end = tokens[-1]
    return [*own, end], [[*words, Token("end", end.text, Span(words[-1].at.end, words[-1].at.end))] for words in mechanisms]


def _read_enclosed(source: Source, tokens: list[Token], reading: _Reading, unreadable: set[tuple[str, int]]) -> None:
    """Read a file that is a mechanism: what is wrong with it is noted, and it is kept if its head can be read."""
    cursor = Cursor(source, tokens, *_declared(tokens, reading.constructs))
    inner = _Reading(reading.constructs)
    found: Enclosing | None = None
    try:
        head = reading.constructs[tokens[0].text].parse(cursor)
        if isinstance(head, Enclosing):
            found = head
            cursor.units |= {*found.things, *(name + "s" for name in found.things)}
        if not cursor.at_statement_end():
            raise _leftover(cursor, tokens[0], reading.constructs)
    except SyntaxProblem as error:
        inner.problems.append(error.problem)
        _skip(cursor)
    while cursor.token.kind != "end" and len(inner.problems) < MOST_PROBLEMS:
        row = reading.constructs.get(cursor.token.text) if cursor.token.kind == "keyword" else None
        if row is not None and row.place == "model":
            message = f"a mechanism holds no `{row.keyword}` statement."
            help = "Put it into the model that uses the mechanism."
            inner.problems.append(source.problem(cursor.token.at, "not-in-mechanism", message, help))
        _read_statement(cursor, inner, unreadable)
    if inner.model is not None:
        message = "a mechanism stands in a file of its own, without a `model` statement."
        inner.problems.append(source.problem(inner.model.at, "not-in-mechanism", message, "Remove one of the two heads."))
    reading.problems += inner.problems
    reading.spans += inner.spans
    if found is not None:
        reading.statements.append(found.holding(tuple(inner.statements), not inner.problems))


def _encloses(token: Token, constructs: Constructs) -> bool:
    """Does this keyword begin a file of its own?"""
    return any(issubclass(kind, Enclosing) for kind in constructs[token.text].kinds) if token.text in constructs else False


def _read_statement(cursor: Cursor, reading: _Reading, unreadable: set[tuple[str, int]]) -> None:
    """Read one statement; what is wrong with it is noted, and what could be read of it is kept."""
    first, start = cursor.token, cursor.index
    found: list[Model | Statement] = []
    try:
        found = _statement(cursor, reading.constructs)
        is_whole = True
        if not cursor.at_statement_end():
            is_whole = cursor.begins_line()
            reading.problems.append(_leftover(cursor, first, reading.constructs).problem)
    except SyntaxProblem as error:
        is_whole = False
        reading.problems.append(error.problem)
    if not is_whole or not cursor.at_statement_end():
        _skip(cursor)
        reading.names |= _names_in(cursor, start, is_whole, reading.constructs)
    span = first.at.to(cursor.last)
    if unreadable:
        file, last = cursor.source.file_at(span.start), cursor.source.place(span.end)[0]
        lines = range(cursor.source.place(span.start)[0], last + 1)
        is_whole = is_whole and unreadable.isdisjoint((file, line) for line in lines)
    if not is_whole:
        reading.spans.append(span)
    for one in found:
        if not isinstance(one, Model):
            reading.statements.append(one)
        elif reading.model is None:
            reading.model, reading.has_head = one, is_whole
        else:
            message = "a text holds one model."
            reading.problems.append(cursor.source.problem(one.at, "second-model", message, "Remove this head."))


def _declared(tokens: list[Token], constructs: Constructs) -> tuple[frozenset[str], frozenset[str]]:
    """The names of units and of variables, seen before anything is parsed."""
    units, variables = set(BUILT_IN_UNITS), {"time", "time_step"}
    for index, token in enumerate(tokens):
        if token.kind != "keyword":
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else token
        # a variable with the name of a unit of time is refused where it is declared, and spoils no duration before that
        row = constructs.get(token.text)
        if row is not None and row.is_variable and following.kind == "name" and following.text not in TIME_WORDS:
            variables.add(following.text)
        if token.text == "unit":
            place = index + 1
            while place < len(tokens) and tokens[place].kind not in ("keyword", "end"):
                if tokens[place].kind == "name" and tokens[place - 1].text in ("unit", ","):
                    units |= {tokens[place].text, tokens[place].text + "s"}
                place += 1
    return frozenset(units), frozenset(variables)


def _statement(cursor: Cursor, constructs: Constructs) -> list[Model | Statement]:
    """The statement that begins here, up to where it can be read."""
    token = cursor.token
    cursor.depth = 0
    if token.kind != "keyword":
        hint = suggestion(token.text, ("model", *constructs)) or "A statement begins with its keyword at the start of a line."
        raise cursor.problem("unknown-statement", f"`{token.text[:40]}` begins no statement.", hint)
    if token.text == "model":
        return [parse_head(cursor)]
    found = constructs[token.text].parse(cursor)
    return [found] if isinstance(found, Statement) else list(found)


def _leftover(cursor: Cursor, first: Token, constructs: Constructs) -> SyntaxProblem:
    """What to say of a word that follows a statement and does not belong to it."""
    keywords = ("model", *constructs)
    near = suggestion(cursor.token.text, keywords)
    looks_like_one = cursor.ahead().kind == "name" and cursor.ahead(2).text in (":", "=", "[", "{")
    if cursor.begins_line() and (near or looks_like_one or first.text == "model"):
        hint = near or f"A statement begins with one of {', '.join(sorted(keywords))}."
        return cursor.problem("unexpected", f"{cursor.found()} begins no statement.", hint)
    clauses = HEAD_CLAUSES if first.text == "model" else constructs[first.text].clauses if first.text in constructs else ""
    words = [word for clause in clauses.split(", ") for word in clause.split()]
    hint = (
        _misspelt(cursor, first, keywords)
        or suggestion(cursor.token.text, words)
        or (f"It takes: {clauses}." if clauses else near)
    )
    return cursor.problem("unexpected", f"{cursor.found()} does not belong to this {first.text} statement.", hint)


def _misspelt(cursor: Cursor, first: Token, keywords: Collection[str]) -> str:
    """A way out, if a line of this statement begins with a word that is nearly the keyword of another one."""
    text = cursor.source.text
    for token in cursor.tokens[cursor.tokens.index(first) + 1 : cursor.index + 1]:
        line = text[text.rfind("\n", 0, token.at.start) + 1 : token.at.start]
        if token.kind == "name" and not line.strip() and suggestion(token.text, keywords):
            return f"`{token.text[:40]}` begins a line. {suggestion(token.text, keywords)}"
    return ""


def _names_in(cursor: Cursor, start: int, is_whole: bool, constructs: Constructs) -> set[str]:
    """What a stretch that could not be read may declare: the first name after its keyword, and after words that begin a line in it, and what
    stands behind `as`: the name of a part."""
    found: set[str] = set()
    declaring_several = {row.keyword for row in constructs.values() if row.declares_several}
    text = cursor.source.text
    tokens = cursor.tokens[start : min(cursor.index, start + _LONGEST_STRETCH)]
    several, waits = False, False
    for place, token in enumerate(tokens):
        if not text[text.rfind("\n", 0, token.at.start) + 1 : token.at.start].strip() and not (place == 0 and is_whole):
            several, waits = (
                token.text in declaring_several or (place > 0 and bool(suggestion(token.text, declaring_several))),
                True,
            )
        elif token.kind == "name" and (several or waits or (place and tokens[place - 1].text == "as")):
            found.add(token.text)
            waits = False
    return found


def _skip(cursor: Cursor) -> None:
    """Go to where the next statement begins."""
    if cursor.token.kind == "keyword" and cursor.index and cursor.tokens[cursor.index - 1].kind == "keyword":
        return
    while not cursor.at_statement_end():
        cursor.advance()
