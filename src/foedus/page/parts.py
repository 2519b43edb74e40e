"""What each part of a model is and what it reads, so that a reader can walk from any number to what it rests on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from foedus.compile.dependencies import references
from foedus.compile.program import start_name
from foedus.compile.scope import Binding, Scope, build_scope, spell
from foedus.constructs import tree as t
from foedus.language.source import Source, Span
from foedus.parts.private import is_private, private_names, seen_through
from foedus.show.words import plain, unit_words

if TYPE_CHECKING:
    from foedus.case import Case

__all__ = ["parts_document"]

_EXPRESSIONS = get_args(t.Expression)


def parts_document(case: Case) -> dict[str, Any]:
    """Parts and questions by name, and the statements that declare them.

    Returns:
        `parts`: name -> {kind, label, unit, statement, reads}; `questions`: name -> {statement, reads}; `statements`: [[line, text], …],
        the line of a file that the model includes as `12 of systems/roads.foedus`.
        What a stock reads includes the flows that fill and drain it. What the past left in a stock reads nothing.
    """
    scope, statements = build_scope(case.tree), _Statements(case.tree.source)
    moved = _moved_by(scope)
    parts: dict[str, dict[str, Any]] = {}
    for symbol in scope.symbols.values():
        for item in symbol.items.values():
            name, statement = spell(item.key), item.statement
            reads = [*_reads(scope, statement, item.binding), *moved.get(name, ())]
            parts[name] = {
                "kind": symbol.kind,
                "label": plain(getattr(statement, "label", "") or ""),
                "unit": unit_words(str(symbol.unit or "1")),
                "because": plain(getattr(statement, "because", "") or ""),
                "statement": statements.number(statement.at),
                "reads": [one for one in dict.fromkeys(reads) if one != name],
            }
    for name, chance in scope.chances.items():
        parts[name]["reads"].append(chance)
    parts = _without_private(parts, private_names(case.tree))
    parts |= {start_name(name): {**parts[name], "reads": [], "kind": "param"} for name in case.carried if name in parts}
    questions = {
        question.name: {"statement": statements.number(question.at), "reads": list(dict.fromkeys(_reads(scope, question, {})))}
        for question in case.tree.all(t.Question)
        if isinstance(question, t.Question)
    }
    return {"parts": parts, "questions": questions, "statements": statements.found}


def _without_private(parts: dict[str, dict[str, Any]], private: frozenset[str]) -> dict[str, dict[str, Any]]:
    """The parts without what is private to a mechanism; what reads it reads, in its place, what it rests on itself."""
    if not private:
        return parts
    reads = {name: part["reads"] for name, part in parts.items()}
    return {
        name: {**part, "reads": [one for one in seen_through(part["reads"], reads, private) if one != name]}
        for name, part in parts.items()
        if part["kind"] == "param" or not is_private(name, private)
    }


class _Statements:
    """The text of statements, each once."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.found: list[tuple[int | str, str]] = []
        self._numbers: dict[tuple[int, int], int] = {}

    def number(self, span: Span) -> int:
        place = (span.start, span.end)
        if place not in self._numbers:
            self._numbers[place] = len(self.found)
            self.found.append((self._line(span), _plain_lines(self.source.text[span.start : span.end])))
        return self._numbers[place]

    def _line(self, span: Span) -> int | str:
        """The line, and of which file where the statement stands in another than the model's own."""
        line, file = self.source.place(span.start)[0], Path(self.source.file_at(span.start))
        if str(file) == self.source.file:
            return line
        home = Path(self.source.file).parent
        return f"{line} of {file.relative_to(home).as_posix() if file.is_relative_to(home) else file.as_posix()}"


def _plain_lines(text: str) -> str:
    """A text of several lines without unseen characters."""
    return "\n".join(plain(line) for line in text.splitlines())


def _reads(scope: Scope, statement: object, binding: Binding) -> Iterator[str]:
    """Names of all elements that a statement's expressions read, what they remember included."""
    for expression in _expressions(statement):
        for at_start in (False, True):
            for key in references(scope, expression, binding, at_start):
                yield spell(key)


def _expressions(value: object) -> Iterator[t.Expression]:
    """The outermost expressions of a statement."""
    if isinstance(value, _EXPRESSIONS):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _expressions(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, Span):
        for field in dataclasses.fields(value):
            yield from _expressions(getattr(value, field.name))


def _moved_by(scope: Scope) -> dict[str, list[str]]:
    """Stock -> the flows that end in it."""
    found: dict[str, list[str]] = {}
    for item in scope.items("flow"):
        assert isinstance(item.statement, t.Flow)
        for end in (item.statement.source, item.statement.target):
            stock = scope.resolve(end, item.binding) if end is not None else None
            if stock is not None:
                found.setdefault(spell(stock.key), []).append(spell(item.key))
    return found
