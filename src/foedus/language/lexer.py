"""Text to tokens."""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection
from dataclasses import dataclass

from foedus.errors import Problem
from foedus.language.source import Source, Span

MOST_PROBLEMS, MOST_TOKENS = 100, 400_000
__all__ = ["MOST_PROBLEMS", "Token", "tokenize"]

_PATTERN = re.compile(
    r"""(?P<space>[ \t\r]+)
    |(?P<newline>\n)
    |(?P<comment>\#[^\n]*)
    |(?P<date>\d{4}-\d{2}-\d{2}(?![\w.]))
    |(?P<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    |(?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*)
    |(?P<string>"(?:[^"\\\n]|\\.)*")
    |(?P<symbol>->|<=|>=|!=|<>|==|[-+*/^()\[\]{},:;=<>~%])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Token:
    """A word of the text.

    Attributes:
        kind: "name", "keyword" (a statement begins), "number", "date", "string", "symbol" or "end".
        text: as written; for strings the unescaped content.
        value: of numbers (float) and dates (datetime.date).
    """

    kind: str
    text: str
    at: Span
    value: float | datetime.date | None = None

    @property
    def amount(self) -> float:
        """The value of a number."""
        if not isinstance(self.value, float):
            raise TypeError(self.kind)
        return self.value

    @property
    def day(self) -> datetime.date:
        """The value of a date."""
        if not isinstance(self.value, datetime.date):
            raise TypeError(self.kind)
        return self.value


def tokenize(source: Source, keywords: Collection[str]) -> tuple[list[Token], list[Problem]]:
    """All tokens of a text, ending with one of kind "end", and what could not be read. Keywords are such at the start of a line."""
    tokens: list[Token] = []
    problems: list[Problem] = []
    position, text, is_line_start = 0, source.text, True
    while position < len(text) and len(problems) < MOST_PROBLEMS:
        match = _PATTERN.match(text, position)
        if match is None:
            problems.append(_unreadable(source, position))
            newline = text.find("\n", position)
            position = len(text) if text[position] == '"' and newline < 0 else newline if text[position] == '"' else position + 1
            continue
        kind, written = str(match.lastgroup), match.group()
        span = Span(position, match.end())
        position = match.end()
        if len(tokens) >= MOST_TOKENS:
            message = f"the text has more than {MOST_TOKENS:,} words and signs."
            problems.append(source.problem(span, "file-too-large", message, "Keep data in series files beside the model."))
            break
        if kind == "newline":
            is_line_start = True
        elif kind not in ("space", "comment"):
            if is_line_start and kind == "name" and written in keywords:
                kind = "keyword"
            tokens.append(_token(source, kind, written, span, problems))
            is_line_start = False
    tokens.append(Token("end", "end of file", Span(len(text), len(text))))
    return tokens, problems


def _token(source: Source, kind: str, written: str, span: Span, problems: list[Problem]) -> Token:
    if kind == "string":
        problems += _escape_problems(source, written, span)
        return Token("string", re.sub(r"\\(.)", r"\1", written[1:-1]), span)
    if kind == "number":
        value = float(written.replace("_", ""))
        if value == float("inf"):
            problems.append(source.problem(span, "number-too-large", f"{written} is too large.", "Use at most 1e308."))
        return Token("number", written, span, value)
    if kind == "date":
        try:
            return Token("date", written, span, datetime.date.fromisoformat(written))
        except ValueError:
            problems.append(source.problem(span, "bad-date", f"{written} is not a day of the calendar.", "Write YYYY-MM-DD."))
            return Token("date", written, span, datetime.date(2000, 1, 1))
    return Token(kind, written, span)


def _escape_problems(source: Source, written: str, span: Span) -> list[Problem]:
    r"""Backslashes that are no escape: only `\"` and `\\` are, and anything else would lose its backslash silently."""
    found = [match.start() for match in re.finditer(r"\\.", written[1:-1]) if match[0] not in (r"\"", r"\\")]
    help = r"Write a path with forward slashes, they work on every system; write \" for a quote and \\ for a backslash."
    return [
        source.problem(Span(start, start + 2), "bad-escape", f"`{source.text[start : start + 2]}` means nothing in a text.", help)
        for start in (span.start + 1 + place for place in found[:3])
    ]


def _unreadable(source: Source, position: int) -> Problem:
    character = source.text[position]
    if character == '"':
        return source.problem(
            Span(position, position + 1),
            "open-string",
            "this string has no closing quote on its line.",
            'Close it with ", or go on in a second string on the next line.',
        )
    return source.problem(
        Span(position, position + 1),
        "bad-character",
        f"{character!r} has no meaning here.",
        "Remove it; comments start with #.",
    )
