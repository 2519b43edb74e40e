"""What is left of a model when the statements with problems are taken out, so that later steps can look at the rest."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from foedus.compile.scope import Meaning
from foedus.errors import ModelError, Problem
from foedus.language import Span, Tree
from foedus.language import tree as t
from foedus.language.lexer import MOST_PROBLEMS

__all__ = ["problems_with_later_ones", "sound_part"]

_MOST_ROUNDS = 5

# problems that leave a statement's meaning plain enough for the steps that follow
_HARMLESS = frozenset(
    {"units-differ", "unknown-unit", "no-because", "not-a-condition", "bad-unit", "bad-weight", "unknown-actor"}
)


def problems_with_later_ones(tree: Tree, problems: list[Problem], compiled: Callable[[Tree], object]) -> list[Problem]:
    """Problems of a model, and those that `compiled` finds in what is left without them; in the order of the text."""
    found = list(problems)
    for _ in range(_MOST_ROUNDS):
        rest = sound_part(tree, found) if len(found) < MOST_PROBLEMS else None
        if rest is None:
            break
        try:
            compiled(rest)
            break
        except ModelError as error:
            fresh = [problem for problem in error.problems if problem.line and problem not in found]
        except Exception:  # the model is refused already, and nobody wrote what is left of it
            break
        if not fresh:
            break
        found += fresh
    return sorted(found, key=lambda problem: (problem.file, problem.line, problem.column))[:MOST_PROBLEMS]


def sound_part(tree: Tree, problems: Iterable[Problem]) -> Tree | None:
    """The tree without the statements that hold problems, and without all that hangs on these; None if the head holds one.

    What is left is no model anyone wrote: it is good for finding further problems, and for nothing else.
    """
    faults = tree.faults or t.Faults()
    if not faults.has_head:
        return None
    grave = [(problem.file, problem.line, problem.column, problem.code) for problem in problems if problem.code not in _HARMLESS]
    if _codes_in(tree, tree.model.at, grave):
        return None
    kept: list[t.Statement] = []
    gone: set[str] = set(faults.names)
    for statement in tree.statements:
        codes = _codes_in(tree, statement.at, grave)
        if codes or any(span.start < statement.at.end and statement.at.start < span.end for span in faults.spans):
            gone |= set() if codes == {"duplicate-name"} else set(_declared(statement))
        else:
            kept.append(statement)
    while True:
        hanging = [not gone.isdisjoint(_mentioned(statement)) for statement in kept]
        if not any(hanging):
            return dataclasses.replace(tree, statements=tuple(kept), faults=None)
        gone |= {name for statement, hangs in zip(kept, hanging, strict=True) if hangs for name in _declared(statement)}
        kept = [statement for statement, hangs in zip(kept, hanging, strict=True) if not hangs]


def _codes_in(tree: Tree, span: Span, problems: list[tuple[str, int, int, str]]) -> set[str]:
    """The codes of the problems that stand inside a stretch of the text."""
    file, start, end = tree.source.file_at(span.start), tree.source.place(span.start), tree.source.place(span.end)
    return {code for named, line, column, code in problems if named == file and start <= (line, column) < end}


def _declared(statement: t.Statement) -> tuple[str, ...]:
    """The names that a statement declares."""
    return statement.declares() if isinstance(statement, Meaning) else ()


def _mentioned(statement: t.Statement) -> set[str]:
    """Every name that a statement refers to."""
    found: set[str] = set(statement.mentions()) if isinstance(statement, Meaning) else set()
    for node in t.nodes(statement):
        if isinstance(node, t.Name):
            found.add(node.name)
        elif isinstance(node, t.Subscript):
            found |= {node.name, node.map or node.name}
        elif isinstance(node, t.Call):
            found |= {node.function, *node.over}
        elif isinstance(node, t.Is):
            found.add(node.decision)
        elif isinstance(node, t.UnitExpression):
            found |= {name for name, _ in node.factors}
    return found | {name.partition(".")[0] for name in found if "." in name}  # a name of a part hangs on the part
