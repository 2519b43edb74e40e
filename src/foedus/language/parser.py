"""Text to tree. Every error of the text is found in one go: after an error, reading goes on with the next statement."""

from __future__ import annotations

from foedus.errors import ModelError
from foedus.language.cursor import Cursor, SyntaxProblem, suggestion
from foedus.language.happenings import HAPPENINGS
from foedus.language.lexer import MOST_PROBLEMS, STATEMENTS, Token, tokenize
from foedus.language.source import Source, Span
from foedus.language.statements import STRUCTURE, head
from foedus.language.tree import Model, Statement, Tree
from foedus.language.units import BUILT_IN_UNITS

__all__ = ["parse"]

_MODIFIERS = frozenset({"because", "signed", "within", "from", "until", "memory", "given"})
_DECLARING = frozenset("stock flow let table param noise event treaty decision lever map".split())


def parse(source: Source | str) -> Tree:
    """The tree of a model text.

    Args:
        source: the text, or a `Source` that knows its file.
    Raises:
        ModelError: with every problem found in the text.
    """
    if isinstance(source, str):
        source = Source(source)
    tokens, problems = tokenize(source)
    cursor = Cursor(source, tokens, *_declared(tokens))
    model: Model | None = None
    statements: list[Statement] = []
    while cursor.token.kind != "end" and len(problems) < MOST_PROBLEMS:
        try:
            found = _statement(cursor)
        except SyntaxProblem as error:
            problems.append(error.problem)
            _skip(cursor)
            continue
        if isinstance(found, Model):
            if model is not None:
                problems.append(source.problem(found.at, "second-model", "a text holds one model.", "Remove this head."))
            model = model or found
        else:
            statements += found
    if model is None and not any(token.kind == "keyword" and token.text == "model" for token in tokens):
        help = "Begin with `model NAME for 104 weeks step 1/8 week`."
        problems.append(source.problem(Span(), "no-model", "the text has no `model` statement that can be read.", help))
    if problems or model is None:
        raise ModelError(sorted(problems, key=lambda problem: (problem.line, problem.column))[:MOST_PROBLEMS])
    return Tree(model, tuple(statements), source)


def _declared(tokens: list[Token]) -> tuple[frozenset[str], frozenset[str]]:
    """The names of units and of variables, seen before anything is parsed."""
    units, variables = set(BUILT_IN_UNITS), {"time", "time_step"}
    for index, token in enumerate(tokens):
        if token.kind != "keyword":
            continue
        following = tokens[index + 1] if index + 1 < len(tokens) else token
        if token.text in _DECLARING and following.kind == "name":
            variables.add(following.text)
        if token.text == "unit":
            place = index + 1
            while place < len(tokens) and tokens[place].kind not in ("keyword", "end"):
                if tokens[place].kind == "name" and tokens[place - 1].text in ("unit", ","):
                    units |= {tokens[place].text, tokens[place].text + "s"}
                place += 1
    return frozenset(units), frozenset(variables)


def _statement(cursor: Cursor) -> Model | list[Statement]:
    token = cursor.token
    cursor.depth = 0
    if token.kind != "keyword":
        hint = suggestion(token.text, STATEMENTS) or "A statement begins with its keyword at the start of a line."
        raise cursor.problem("unknown-statement", f"`{token.text[:40]}` begins no statement.", hint)
    if token.text == "model":
        found: object = head(cursor)
    else:
        rule = STRUCTURE.get(token.text) or HAPPENINGS[token.text]
        found = rule(cursor)
    if not cursor.at_statement_end():
        hint = _misspelt(cursor, token) or suggestion(cursor.token.text, STATEMENTS | _MODIFIERS)
        raise cursor.problem("unexpected", f"{cursor.found()} does not belong to this {token.text} statement.", hint)
    if isinstance(found, Model):
        return found
    return list(found) if isinstance(found, list) else [found]  # type: ignore[list-item]


def _misspelt(cursor: Cursor, first: Token) -> str:
    """A way out, if a line of this statement begins with a word that is nearly the keyword of another one."""
    text = cursor.source.text
    for token in cursor.tokens[cursor.tokens.index(first) + 1 : cursor.index + 1]:
        line = text[text.rfind("\n", 0, token.at.start) + 1 : token.at.start]
        if token.kind == "name" and not line.strip() and suggestion(token.text, STATEMENTS):
            return f"`{token.text[:40]}` begins a line. {suggestion(token.text, STATEMENTS)}"
    return ""


def _skip(cursor: Cursor) -> None:
    """Go to where the next statement begins."""
    if cursor.token.kind == "keyword" and cursor.index and cursor.tokens[cursor.index - 1].kind == "keyword":
        return
    while not cursor.at_statement_end():
        cursor.advance()
