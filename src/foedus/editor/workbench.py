"""A model as somebody writes it: its files as the editor holds them, and answers to questions about places in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from foedus.constructs import CONSTRUCTS, KEYWORDS
from foedus.constructs import tree as t
from foedus.errors import FoedusError, ModelError, Problem
from foedus.files import real_path
from foedus.language import Source, Span, read_model_text
from foedus.language.builtins import BUILTINS
from foedus.language.include import included_paths
from foedus.language.lexer import Token, tokenize
from foedus.language.shelf import shelf_names, shelf_text, with_shelf
from foedus.model import Options, compile_model, read_model, survey
from foedus.units import spell_factors
from foedus.wording import counted

__all__ = ["EditorPlace", "Workbench", "model_of"]

FOLDERS_UP, MOST_CLAIMS = 4, 8


@dataclass(frozen=True)
class EditorPlace:
    """A stretch of one line of a file; line and columns are counted from 1, the end is the column behind the last character."""

    file: str
    line: int
    column: int
    end: int


def model_of(path: Path, texts: Mapping[Path, str] | None = None) -> Path:
    """The model that a file belongs to: itself, or the nearest `model.foedus` above it that includes it; itself where there is none."""
    place = real_path(path)
    for folder in [place.parent, *place.parent.parents][:FOLDERS_UP]:
        model = folder / "model.foedus"
        if model == place or not model.is_file():
            continue
        try:
            if any(real_path(one) == place for one in included_paths(model)):
                return model
        except ModelError:
            continue
    return path


class Workbench:
    """One model with its files.

    Args:
        model: the file that begins with `model` (or a mechanism by itself).
        texts: what the editor holds of its files, by resolved path.
    """

    def __init__(self, model: Path, texts: Mapping[Path, str] | None = None) -> None:
        self.model = model
        self._lost: list[Problem] = []
        try:
            joined = read_model_text(model, texts)
        except ModelError as error:
            self._lost = list(error.problems)
            text = (texts or {}).get(real_path(model), "")
            joined = Source(text, str(model))
        self.source = with_shelf(joined)
        self.tokens = tokenize(self.source, KEYWORDS)[0][:-1]
        self.written = survey(joined)

    @cached_property
    def is_mechanism(self) -> bool:
        """Is the file a mechanism by itself, which no model includes?"""
        return bool(self.tokens) and self.tokens[0].text == "mechanism"

    def problems(self) -> list[Problem]:
        """Everything that is wrong, and what is worth a warning; of all files of the model."""
        if self._lost:
            return self._lost
        try:
            tree = read_model(self.source)
            program = compile_model(tree, Options(save="none", reach=False))
        except FoedusError as error:
            return [one for one in error.problems if not (self.is_mechanism and one.code == "no-model")]
        return list(program.warnings)

    # --- places

    def token_at(self, file: str, line: int, column: int) -> Token | None:
        """The word at a place, or the one that ends just before it."""
        touched = [token for token in self._tokens_of(file) if self._covers(token, line, column)]
        return next((one for one in touched if one.kind == "name"), touched[0] if touched else None)

    def _tokens_of(self, file: str) -> Iterator[Token]:
        wanted = real_path(file)
        return (token for token in self.tokens if self._is_in(token.at, file, wanted))

    def _is_in(self, at: Span, file: str, wanted: Path) -> bool:
        own = self.source.file_at(at.start)
        return own == file or (not own.startswith("shelf/") and real_path(own) == wanted)

    def _covers(self, token: Token, line: int, column: int) -> bool:
        row, start = self.source.place(token.at.start)
        return row == line and start <= column <= start + token.at.end - token.at.start

    def _place(self, at: Span) -> EditorPlace:
        line, column = self.source.place(at.start)
        text = self.source.text[at.start : at.end].split("\n", 1)[0]
        return EditorPlace(self.source.file_at(at.start), line, column, column + len(text))

    # --- names

    def declaring(self, name: str, near: Span | None = None) -> list[t.Statement]:
        """The statements that declare a name: those of the mechanism in which it stands, else those of the model and its parts."""
        inside = self._mechanism_around(near) if near is not None else None
        if inside is not None:
            return [one for one in inside.statements if getattr(one, "name", "") == name]
        found = [one for one in self.written.statements if _declares(one, name)]
        if "." not in name:
            return found
        alias, _, rest = name.partition(".")
        uses = [one for one in self.written.all(t.Use) if (one.alias or one.mechanism) == alias]
        mechanisms = {one.name: one for one in self.written.all(t.Mechanism)}
        return found + [
            one
            for use in uses
            if use.mechanism in mechanisms
            for one in mechanisms[use.mechanism].statements
            if getattr(one, "name", "") == rest
        ]

    def _mechanism_around(self, at: Span) -> t.Mechanism | None:
        for mechanism in self.written.all(t.Mechanism):
            if mechanism.at.start <= at.start < self.source.end_of_file(mechanism.at.start):
                return mechanism
        return None

    def _slots_around(self, at: Span) -> list[t.Slot]:
        """The slots of the mechanism that is used in the statement around a place."""
        use = next((one for one in self.written.all(t.Use) if one.at.start <= at.start <= one.at.end + 1), None)
        mechanisms = {one.name: one for one in self.written.all(t.Mechanism)}
        return list(mechanisms[use.mechanism].slots) if use is not None and use.mechanism in mechanisms else []

    def definition(self, file: str, line: int, column: int) -> list[EditorPlace]:
        """Where the name at a place is declared."""
        token = self.token_at(file, line, column)
        if token is None or token.kind not in ("name", "string"):
            return []
        if token.kind == "string":
            return self._included(token)
        slots = [one for one in self._slots_around(token.at) if one.name == token.text and self._is_bound(token)]
        return [self._name_of(one) for one in (slots or self.declaring(token.text, token.at))]

    def _included(self, token: Token) -> list[EditorPlace]:
        before = self.tokens[self.tokens.index(token) - 1]
        if before.text != "include":
            return []
        path = Path(self.source.file_at(token.at.start)).parent / token.text
        return [EditorPlace(str(path), 1, 1, 1)] if path.is_file() else []

    def _is_bound(self, token: Token) -> bool:
        """Does the word stand where a use fills a slot?"""
        place = self.tokens.index(token)
        return place > 0 and self.tokens[place - 1].text in ("with", ",")

    def _name_of(self, statement: t.Statement) -> EditorPlace:
        """The place of the name in the statement that declares it."""
        name = getattr(statement, "alias", "") or getattr(statement, "name", "")
        inside = (
            token for token in self.tokens if statement.at.start <= token.at.start <= max(statement.at.end, statement.at.start)
        )
        own = next((token for token in inside if token.kind == "name" and token.text == name), None)
        return self._place(own.at if own is not None else statement.at)

    def hover(self, file: str, line: int, column: int) -> str:
        """What the word at a place is, as Markdown; "" if nothing is known of it."""
        token = self.token_at(file, line, column)
        if token is None or token.kind not in ("name", "keyword"):
            return ""
        if token.kind == "keyword":
            row = CONSTRUCTS.get(token.text)
            return f"`{token.text}` {' '.join(one.says for one in row.examples[:1])}" if row is not None else ""
        slots = [one for one in self._slots_around(token.at) if one.name == token.text and self._is_bound(token)]
        found = slots or self.declaring(token.text, token.at)
        if found:
            return "\n\n---\n\n".join(self._told(one) for one in found)
        if token.text in BUILTINS:
            return f"`{token.text}(…)`: {BUILTINS[token.text].doc}"
        return ""

    def _told(self, statement: t.Statement) -> str:
        text = self.source.text[statement.at.start : statement.at.end]
        parts = [f"```foedus\n{text}\n```"]
        unit = getattr(statement, "unit", None)
        kind = "part" if isinstance(statement, t.Use) else type(statement).__name__.lower()
        words = kind + (f", in {spell_factors(unit.factors)}" if isinstance(unit, t.UnitExpression) else "")
        parts.append(words + (f": {label}" if (label := getattr(statement, "label", "")) else ""))
        if because := getattr(statement, "because", ""):
            parts.append(f"*because* {because}")
        groups = [node.group for node in t.nodes(statement) if isinstance(node, t.ClaimsPrior) and node.group]
        indices = getattr(statement, "indices", ())
        name = str(getattr(statement, "name", "")) + (f"[{', '.join(indices)}]" if indices else "")
        parts += [told for group in groups if (told := self._pool(name, group))]
        return "\n\n".join(parts)

    def _pool(self, name: str, group: str) -> str:
        """What the claims of a group say together, from the ledger beside the model; "" where there is none, or the model does not run."""
        from foedus.case import load
        from foedus.show.words import number

        try:
            case = load(str(self.model))
            claims = [claim for claim in case.ledger.claims if claim.group == group] if case.ledger is not None else []
            pooled = case.pools.pooled.get(name) if claims else None
        except FoedusError:
            return ""
        if not claims:
            return ""
        low, middle, high = pooled.distribution.quantile(np.array([0.05, 0.5, 0.95])) if pooled is not None else (0.0, 0.0, 0.0)
        together = (
            f": {number(middle)} {pooled.unit}, 90 % interval {number(low)} to {number(high)}" if pooled is not None else ""
        )
        lines = [
            f"- {claim.paraphrase} ({claim.source.canonical}, {claim.published or 'no date'}, {claim.grade})"
            for claim in claims[:MOST_CLAIMS]
        ]
        more = f"\n- … and {len(claims) - MOST_CLAIMS} more" if len(claims) > MOST_CLAIMS else ""
        return f"**{counted(len(claims), 'claim')}** “{group}”{together}\n\n" + "\n".join(lines) + more

    # --- what could stand here

    def completions(self, file: str, line: int, column: int) -> list[tuple[str, str, str]]:
        """(word, kind, in words) that could stand at a place: keywords where a line begins, slots in a use, else names and functions."""
        before = [
            token
            for token in self._tokens_of(file)
            if self.source.place(token.at.start)[:1] < (line,)
            or (self.source.place(token.at.start)[0] == line and self.source.place(token.at.start)[1] < column)
        ]
        last = before[-1] if before else None
        is_line_start = (
            last is None
            or self.source.place(last.at.start)[0] != line
            or (
                last.kind in ("name", "keyword")
                and len([one for one in before if self.source.place(one.at.start)[0] == line]) == 1
                and self._covers(last, line, column)
            )
        )
        found: list[tuple[str, str, str]] = []
        if is_line_start:
            found += [(word, "keyword", "") for word in sorted(KEYWORDS)]
        if last is not None and last.text == "use":
            return [(name, "mechanism", _title(name)) for name in shelf_names()]
        if last is not None:
            found += [(slot.name, "slot", slot.label) for slot in self._slots_around(last.at)]
            inside = self._mechanism_around(last.at)
            statements = inside.statements if inside is not None else self.written.statements
            found += [
                (name, type(one).__name__.lower(), str(getattr(one, "label", "") or ""))
                for one in statements
                for name in _names(one)
            ]
            if inside is None:
                found += list(self._of_parts())
        found += [(name, "function", BUILTINS[name].doc) for name in BUILTINS]
        return list(dict.fromkeys(found))

    def _of_parts(self) -> Iterator[tuple[str, str, str]]:
        mechanisms = {one.name: one for one in self.written.all(t.Mechanism)}
        for use in self.written.all(t.Use):
            mechanism = mechanisms.get(use.mechanism)
            if mechanism is not None:
                for name in (*mechanism.given, *(slot.name for slot in mechanism.slots)):
                    yield f"{use.alias or use.mechanism}.{name}", "part", mechanism.title

    # --- another name

    def renamed(self, file: str, line: int, column: int, name: str) -> list[tuple[EditorPlace, str]]:
        """What to write where, so that the thing at a place has another name everywhere.

        Raises:
            ModelError: nothing of the model is called so, or the name is taken or no name.
        """
        token = self.token_at(file, line, column)
        if token is None or token.kind != "name" or not self.declaring(token.text, token.at) or token.text.count("."):
            raise self._refusal(token, "nothing here can have another name", "Put the cursor on a name that this model declares.")
        if not name.isidentifier() or name in KEYWORDS or name in BUILTINS or self.declaring(name, token.at):
            raise self._refusal(token, f"`{name}` is taken, or is no name", "Choose letters, digits and underscores.")
        inside = self._mechanism_around(token.at)
        old, found = token.text, []
        for one in self.tokens:
            if one.kind != "name" or self.source.file_at(one.at.start).startswith("shelf/"):
                continue
            around = self._mechanism_around(one.at)
            if around is inside and (one.text == old or one.text.startswith(f"{old}.")) and not self._is_bound_slot(one):
                found.append((self._place(one.at), name + one.text[len(old) :]))
            elif inside is not None and around is None and (new := self._from_outside(one, inside, old, name)):
                found.append((self._place(one.at), new))
        return found

    def _is_bound_slot(self, token: Token) -> bool:
        return self._is_bound(token) and any(slot.name == token.text for slot in self._slots_around(token.at))

    def _from_outside(self, token: Token, mechanism: t.Mechanism, old: str, new: str) -> str:
        """The word in the model that speaks of a name of a mechanism, with the new name."""
        for use in self.written.all(t.Use):
            alias = use.alias or use.mechanism
            if use.mechanism == mechanism.name and token.text == f"{alias}.{old}":
                return f"{alias}.{new}"
            is_inside = use.at.start <= token.at.start < use.at.end
            if use.mechanism == mechanism.name and token.text == old and is_inside and self._is_bound(token):
                return new
        return ""

    def _refusal(self, token: Token | None, message: str, help: str) -> ModelError:
        at = token.at if token is not None else Span()
        return ModelError(self.source.problem(at, "no-rename", f"{message}.", help))


def _names(statement: t.Statement) -> tuple[str, ...]:
    """The names that a statement declares, as other statements write them."""
    if isinstance(statement, t.Use):
        return (statement.alias or statement.mechanism,)
    name = getattr(statement, "name", None)
    elements = statement.elements if isinstance(statement, t.Index) else ()
    return ((name,) if isinstance(name, str) and not isinstance(statement, t.Mechanism) else ()) + elements


def _declares(statement: t.Statement, name: str) -> bool:
    return name in _names(statement) or (isinstance(statement, t.Mechanism) and statement.name == name)


def _title(name: str) -> str:
    found = survey(Source(shelf_text(name), name)).all(t.Mechanism)
    return found[0].title if found else ""
