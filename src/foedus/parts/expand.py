"""The tree with every part in place: what `use` and `input` stand for, under the names by which the model speaks of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from foedus.constructs import tree as t
from foedus.constructs.part import Gives, Input, Mechanism, Slot, Use
from foedus.errors import InputError, Problem, suggestion
from foedus.language import Span, Tree
from foedus.language.shelf import shelf_names
from foedus.language.tree import UsedPart
from foedus.parts.closed import Told, mechanism_problems, own_names
from foedus.parts.data import input_statements
from foedus.parts.naming import Naming
from foedus.parts.slots import filled_slots

__all__ = ["expand"]


def expand(tree: Tree) -> Tree:
    """The same model without parts: their statements stand where the parts stood. What is wrong with parts is noted in `faults`."""
    if not any(isinstance(statement, t.Part) for statement in tree.statements):
        return tree
    work = _Expansion(tree)
    statements: list[t.Statement] = []
    for statement in tree.statements:
        statements += work.of(statement)
    work.refuse_private(statements)
    statements = work.with_stocks_of_parts(statements)
    faults = tree.faults
    if work.problems or work.names or work.spans:
        known = tree.faults or t.Faults()
        found = (*known.problems, *work.problems)
        faults = dataclasses.replace(known, problems=found, names=known.names | work.names, spans=(*known.spans, *work.spans))
    return dataclasses.replace(tree, statements=tuple(statements), faults=faults, parts=tuple(work.parts))


@dataclass
class _Expansion:
    """What has been put in place so far."""

    tree: Tree
    mechanisms: dict[str, Mechanism] = field(default_factory=dict)
    parts: list[UsedPart] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    names: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.elements = {one.name: one.elements for one in self.tree.all(t.Index)}
        self.maps = {one.name for one in self.tree.all(t.Map)}
        self.sound: set[str] = set()
        for one in self.tree.all(Mechanism):
            if one.name in self.mechanisms:
                where = self.tree.source.words_for(self.mechanisms[one.name].at.start, one.at.start)
                self.tell(one.at, "duplicate-name", f"mechanism `{one.name}` stands already in {where}.", "Rename one of them.")
                continue
            self.mechanisms[one.name] = one
            found = list(mechanism_problems(one)) if one.is_whole else []
            for told in found:
                self.tell(*told)
            if one.is_whole and not found:
                self.sound.add(one.name)

    def tell(self, at: Span, code: str, message: str, help: str = "") -> None:
        problem = self.tree.source.problem(at, code, message, help)
        if problem not in self.problems:
            self.problems.append(problem)

    def of(self, statement: t.Statement) -> list[t.Statement]:
        """What a statement stands for."""
        if isinstance(statement, Use):
            return self._used(statement)
        if isinstance(statement, Input):
            try:
                return input_statements(statement, self.tree, Path(self.tree.source.file).parent)
            except InputError as error:
                self.problems += error.problems
                return self._gone(statement.at, statement.name)
        if isinstance(statement, Slot | Gives):
            word = "slot" if isinstance(statement, Slot) else "gives"
            help = "Put it into a file of its own that begins with `mechanism NAME`."
            self.tell(statement.at, "not-in-model", f"`{word}` is a statement of mechanisms.", help)
            return []
        return [] if isinstance(statement, Mechanism) else [statement]

    def _gone(self, at: Span, *names: str) -> list[t.Statement]:
        """Nothing; and nobody blames what rests on it."""
        self.spans.append(at)
        self.names |= frozenset(names)
        return []

    def _used(self, use: Use) -> list[t.Statement]:
        mechanism = self.mechanisms.get(use.mechanism)
        alias = use.alias or use.mechanism
        if mechanism is None:
            known = [*self.mechanisms, *shelf_names()]
            help = suggestion(use.mechanism, known) or f"Known: {', '.join(sorted(set(known)))}."
            self.tell(use.at, "unknown-mechanism", f"there is no mechanism `{use.mechanism}`.", help)
            return self._gone(use.at)
        own = {name: f"{alias}.{name}" for name in own_names(mechanism)}
        told = [*self._head_problems(use, alias, mechanism)]
        naming = Naming(
            own,
            dict(zip(mechanism.things, use.things, strict=False)),
            mechanism.index,
            use.indices,
            (mechanism.facing, use.facing),
            use.label or alias.replace("_", " "),
        )
        slots, filled = filled_slots(use, alias, mechanism, naming, self.elements, told)
        for one in told:
            self.tell(*one)
        if told or use.mechanism not in self.sound:
            return self._gone(use.at, *own.values())
        given = frozenset(own[name] for name in (*mechanism.given, *(slot.name for slot in mechanism.slots)))
        self.parts.append(
            UsedPart(
                alias,
                use.mechanism,
                mechanism.title,
                use.label,
                mechanism.source,
                filled,
                given,
                frozenset(own.values()) - given,
                use.at,
            )
        )
        rest = [naming.statement(one) for one in mechanism.statements if not isinstance(one, t.Part)]
        return [*slots, *rest]

    def _head_problems(self, use: Use, alias: str, mechanism: Mechanism) -> list[Told]:
        """Does what the use fills in fit the head of the mechanism?"""
        found: list[Told] = []
        if "." in alias:
            found.append((use.at, "bad-alias", f"`{alias}` is no plain name.", "Write letters, digits and underscores."))
        if any(part.alias == alias for part in self.parts):
            found.append(
                (use.at, "duplicate-name", f"another part is called `{alias}`.", f"Write `use {use.mechanism} as OTHER …`.")
            )
        if len(use.things) != len(mechanism.things):
            wanted = ", ".join(mechanism.things) or "none"
            help = f"Write `of {', '.join(one.upper() for one in mechanism.things)}`." if mechanism.things else "Leave `of` out."
            message = f"`{mechanism.name}` takes units for: {wanted}; {len(use.things) or 'none'} stand{'s' * (len(use.things) == 1)} here."
            found.append((use.at, "units-of-mechanism", message, help))
        if use.indices and not mechanism.index:
            found.append((use.at, "index-of-mechanism", f"`{mechanism.name}` has no index.", "Leave `for` out."))
        for name in use.indices:
            if name not in self.elements:
                help = suggestion(name, self.elements) or f"Declare `index {name} = …`."
                found.append((use.at, "unknown-index", f"`{name}` is no index.", help))
        if mechanism.facing and (not use.facing or len(use.indices) != 1):
            help = "Write `for side facing enemy`, with `map enemy : side -> side = …` in the model."
            found.append((use.at, "no-facing", f"`{mechanism.name}` needs one index and who faces whom in it.", help))
        elif use.facing and (not mechanism.facing or use.facing not in self.maps):
            message = f"there is no map `{use.facing}`." if mechanism.facing else f"`{mechanism.name}` needs no map."
            found.append(
                (use.at, "no-facing", message, suggestion(use.facing, self.maps) or "Declare `map`, or leave `facing` out.")
            )
        return found

    def refuse_private(self, statements: list[t.Statement]) -> None:
        """What is private to a part cannot be named outside of it, nor what it does not have."""
        private = {name: part for part in self.parts for name in part.private}
        parts = {part.alias: part for part in self.parts}
        own = [
            range(one.at.start, max(inner.at.end for inner in one.statements))
            for one in self.mechanisms.values()
            if one.statements
        ]
        for statement in statements:
            for node in t.nodes(statement):
                for name, at in _mentions(node):
                    part = private.get(name)
                    if part is not None and not any(at.start in stretch for stretch in own):
                        given = ", ".join(sorted(part.given)) or "nothing"
                        message = f"`{name}` is private to the mechanism `{part.mechanism}`."
                        self.tell(at, "private-name", message, f"It gives: {given}.")
                    self._refuse_unknown(name, at, parts)

    def with_stocks_of_parts(self, statements: list[t.Statement]) -> list[t.Statement]:
        """`carries army` stands for all stocks of the part, also for those that are private to it: a past leaves the whole of it behind."""
        stocks = [one.name for one in statements if isinstance(one, t.Stock)]
        inside = {part.alias: tuple(name for name in stocks if name.startswith(f"{part.alias}.")) for part in self.parts}
        return [one.carrying(inside) if isinstance(one, t.Hindcast) else one for one in statements]

    def _refuse_unknown(self, name: str, at: Span, parts: Mapping[str, UsedPart]) -> None:
        """What a part does not have is refused with what it has."""
        part = parts.get(name.partition(".")[0]) if "." in name else None
        if part is not None and name not in part.given and name not in part.private:
            near = suggestion(name, part.given) or f"It gives: {', '.join(sorted(part.given)) or 'nothing'}."
            self.tell(at, "unknown-name", f"the part `{part.alias}` has no `{name.partition('.')[2]}`.", near)
            self.names |= {name}


def _mentions(node: object) -> list[tuple[str, Span]]:
    """The names that a piece of a statement speaks of, and where."""
    if isinstance(node, t.Name):
        return [(node.name, node.at)]
    if isinstance(node, t.Is):
        return [(node.decision, node.at)]
    if isinstance(node, t.Call):
        return [(node.function, node.at)]
    if isinstance(node, t.ConserveCheck):
        return [(name, node.at) for name in node.names]
    return []
