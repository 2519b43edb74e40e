"""A place in the list of tokens, and the errors that are raised there."""

from __future__ import annotations

from foedus import wording
from foedus.errors import Problem
from foedus.language.lexer import Token
from foedus.language.source import Source, Span

__all__ = ["Clauses", "Cursor", "SyntaxProblem", "counted"]


class SyntaxProblem(Exception):
    """Raised to leave a statement; the parser notes the problem and goes on with the next one."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def counted(number: int, noun: str) -> str:
    """`no arguments`, `1 argument`, `2 arguments`."""
    return wording.counted(number, noun) if number else f"no {wording.plural(noun)}"


class Cursor:
    """Reads tokens from left to right. Holds what the text declares, because a unit may follow a number without a sign."""

    def __init__(self, source: Source, tokens: list[Token], units: frozenset[str], variables: frozenset[str]) -> None:
        self.source = source
        self.tokens = tokens
        self.index = 0
        self.units = units
        self.variables = variables
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.index]

    def ahead(self, distance: int = 1) -> Token:
        return self.tokens[min(self.index + distance, len(self.tokens) - 1)]

    @property
    def last(self) -> Span:
        """Where the token before this one stands."""
        return self.tokens[max(0, self.index - 1)].at

    def advance(self) -> Token:
        token = self.token
        if token.kind != "end":
            self.index += 1
        return token

    def at_statement_end(self) -> bool:
        return self.token.kind in ("keyword", "end")

    def sees(self, *texts: str) -> bool:
        """Is this one of these words or symbols?"""
        return self.token.kind in ("name", "symbol") and self.token.text in texts

    def takes(self, *texts: str) -> bool:
        """If this is one of these words or symbols, go past it."""
        if self.sees(*texts):
            self.advance()
            return True
        return False

    def needs(self, text: str, purpose: str = "") -> Token:
        if not self.sees(text):
            raise self.problem("expected", f"expected `{text}`{' ' + purpose if purpose else ''}, found {self.found()}.")
        return self.advance()

    def needs_name(self, purpose: str) -> Token:
        if self.token.kind != "name":
            hint = "" if self.token.kind != "keyword" else f"`{self.token.text}` is a word of the language; choose another name."
            raise self.problem("expected-name", f"expected a name {purpose}, found {self.found()}.", hint)
        return self.advance()

    def needs_string(self, purpose: str) -> str:
        if self.token.kind != "string":
            raise self.problem("expected-string", f"expected a text in quotes {purpose}, found {self.found()}.")
        return self.strings()

    def strings(self) -> str:
        """Strings that follow each other, joined; empty when there is none."""
        parts = []
        while self.token.kind == "string":
            parts.append(self.advance().text)
        return "".join(parts)

    def found(self) -> str:
        return "the end of the file" if self.token.kind == "end" else f"`{self.token.text[:40]}`"

    def begins_line(self) -> bool:
        """Is this word the first of its line?"""
        text, start = self.source.text, self.token.at.start
        return self.token.kind == "name" and not text[text.rfind("\n", 0, start) + 1 : start].strip()

    def problem(self, code: str, message: str, help: str = "", at: Span | None = None) -> SyntaxProblem:
        return SyntaxProblem(self.source.problem(at or self.token.at, code, message, help))


class Clauses:
    """The clauses of one statement. Each may stand once: of two that contradict each other, neither may win in silence."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self._seen: set[str] = set()

    def takes(self, *words: str) -> bool:
        """If this is one of these words (which mean the same), go past it.

        Raises:
            SyntaxProblem: it stands in this statement for the second time.
        """
        at = self._cursor.token.at
        if not self._cursor.takes(*words):
            return False
        if words[0] in self._seen:
            message = f"`{words[0]}` stands twice in this statement."
            raise self._cursor.problem("repeated-clause", message, "Keep one of the two.", at)
        self._seen.add(words[0])
        return True
