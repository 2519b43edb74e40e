"""Patterns of words as they stand in the rule tables: `stock*` any ending, `in_store` two words, blanks between alternatives."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import product

from foedus.show.words import MONTHS

__all__ = ["MONTH", "WEEKDAYS", "all_apart", "first_word", "pattern", "words_in"]

MONTH = "|".join(MONTHS)
"""Finds the name of a month."""
WEEKDAYS = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())


@cache
def pattern(alternatives: str) -> re.Pattern[str]:
    """What finds one of the alternatives, as whole words, in any case; nothing where there is none."""
    options = [_option(word) for word in sorted(alternatives.split(), key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(options)})(?!\w)" if options else r"(?!)", re.IGNORECASE)


def _option(word: str) -> str:
    """One alternative: `_` is any blank or hyphen, `*` any ending."""
    return re.escape(word).replace("_", r"[\s-]+").replace(r"\*", r"\w*")


def words_in(alternatives: str, text: str) -> list[str]:
    """The alternatives that stand in a text, as they are written there, in small letters, each once."""
    return list(dict.fromkeys(" ".join(match.group().lower().split()) for match in pattern(alternatives).finditer(text)))


def all_apart(groups: Sequence[str], text: str) -> bool:
    """Whether a word of every group stands in the text, no word for two groups."""
    spans = [[match.span() for match in pattern(group).finditer(text)] for group in groups]
    return any(len(set(chosen)) == len(chosen) for chosen in product(*spans))


def first_word(alternatives: str, text: str) -> str:
    """The first of them in the text; "" where there is none."""
    match = pattern(alternatives).search(text)
    return match.group().lower() if match else ""
