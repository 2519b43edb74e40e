"""One look for every model text: the words, their order, the comments and the line breaks stay, the blanks between them are settled.

A statement begins at the left, what goes on with it stands at least two blanks further in. No blank stands at the ends inside of brackets or
before a comma. A comment keeps its place; comments that stood in a column still do. At most one empty line parts two statements. What a text
means cannot change: the words before and after are held against each other.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from foedus.errors import ModelError
from foedus.language.lexer import Token, tokenize
from foedus.language.source import Source

__all__ = ["laid_out"]

INDENT = "  "
_TIGHT_BEFORE = frozenset(",)];")
_TIGHT_AFTER = frozenset("([")
_SPACED = frozenset({"=", "~", "->", "<=", ">=", "!=", "<>", "==", "<", ">"})


def laid_out(source: Source, keywords: Collection[str]) -> str:
    """The text of one file in the settled look.

    Args:
        source: the text; what it includes is not looked at.
        keywords: of all statements.
    Raises:
        ModelError: the text has signs that cannot be read; every one of them.
    """
    tokens, problems = tokenize(source, keywords)
    if problems:
        raise ModelError(problems)
    lines = _Lines(source, tokens[:-1])
    text = "\n".join(_without_extra_blank_lines(lines.all())).strip("\n")
    text = text + "\n" if text else ""
    after, _ = tokenize(Source(text, source.file), keywords)
    assert [_plain(token) for token in after] == [_plain(token) for token in tokens], "a layout must not change a word"
    return text


def _plain(token: Token) -> tuple[str, str]:
    return token.kind, token.text


class _Lines:
    """The lines of a text, each with its words and its comment."""

    def __init__(self, source: Source, tokens: list[Token]) -> None:
        self._source = source
        self._lines = source.text.split("\n")
        self._words: dict[int, list[Token]] = {}
        for token in tokens:
            self._words.setdefault(source.place(token.at.start)[0], []).append(token)

    def all(self) -> list[str]:
        """Every line in the settled look."""
        found: list[str] = []
        beside: list[tuple[int, str, int]] = []  # line, comment behind its words, and where it stood
        for number, line in enumerate(self._lines, 1):
            words = self._words.get(number, [])
            comment = self._comment(line, words)
            if not words:
                found.append((INDENT if comment and self._goes_on(number) else "") + comment)
                continue
            if comment:
                beside.append((number - 1, comment, line.index(comment, self._end(words))))
            found.append(_indent(line, words[0]) + self._spaced(words))
        for run in _runs(beside):
            is_aligned = len({column for _, _, column in run}) == 1
            widest = max(len(found[number]) for number, _, _ in run)
            for number, comment, _ in run:
                found[number] = f"{found[number]:<{widest if is_aligned else 0}}  {comment}"
        return found

    def _end(self, words: list[Token]) -> int:
        """Where the words of a line end in it."""
        return self._source.place(words[-1].at.end)[1] - 1 if words else 0

    def _comment(self, line: str, words: list[Token]) -> str:
        """The comment at the end of a line, "" if there is none."""
        rest = line[self._end(words) :].strip()
        return rest if rest.startswith("#") else ""

    def _goes_on(self, number: int) -> bool:
        """Does the statement around this line go on behind it?"""
        later = next((self._words[one] for one in range(number + 1, len(self._lines) + 1) if one in self._words), None)
        return later is not None and later[0].kind != "keyword" and any(one < number for one in self._words)

    def _spaced(self, words: list[Token]) -> str:
        text = self._written(words[0])
        for before, word in pairwise(words):
            text += " " * self._is_apart(before, word) + self._written(word)
        return text

    def _is_apart(self, before: Token, word: Token) -> bool:
        left, right = (one.text if one.kind == "symbol" else "" for one in (before, word))
        if left in _TIGHT_AFTER or right in _TIGHT_BEFORE:
            return False
        if left in _SPACED or left == "," or right in _SPACED:
            return True
        return before.at.end < word.at.start

    def _written(self, token: Token) -> str:
        return self._source.text[token.at.start : token.at.end]


def _indent(line: str, first: Token) -> str:
    """The blanks before a line: none where a statement begins, at least two where one goes on."""
    if first.kind == "keyword":
        return ""
    written = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return " " * max(len(INDENT), written)


def _runs(beside: list[tuple[int, str, int]]) -> list[list[tuple[int, str, int]]]:
    """Comments on lines that follow each other."""
    found: list[list[tuple[int, str, int]]] = []
    for one in beside:
        if found and found[-1][-1][0] == one[0] - 1:
            found[-1].append(one)
        else:
            found.append([one])
    return found


def _without_extra_blank_lines(lines: list[str]) -> list[str]:
    return [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
