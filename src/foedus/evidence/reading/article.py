"""Which lines of a page are its article: those that trafilatura keeps, whatever the tags around them are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from foedus.evidence.reading.libraries import library

__all__ = ["kept_lines"]

_SHORTEST = 200
_SHINGLE = 4
_SHARE = 0.7
_LEAST_PART = 0.25
_SENTENCE = re.compile(r"[.!?…][”\"’')\]]*\s*$")
_WORD = re.compile(r"\w+")


def kept_lines(source: str, lines: Sequence[str]) -> frozenset[int]:
    """The places of the lines that belong to the article; empty where no article can be told.

    Where the strict answer holds little of the page's sentences the generous one is asked: no article is lost whole.

    Args:
        source: the page. lines: its visible lines in order.
    """
    words = [_WORD.findall(line.lower()) for line in lines]
    whole = sum(len(line) for line in lines if len(line) > 60 and _SENTENCE.search(line))
    best: frozenset[int] = frozenset()
    size = 0
    for generous in (False, True):
        found = _extracted(source, generous)
        kept = _matched(found, words) if len(found) >= _SHORTEST else frozenset()
        length = sum(len(lines[place]) for place in kept)
        if length > size:
            best, size = kept, length
        if size >= _LEAST_PART * whole and size >= _SHORTEST:
            break
    return best


def _extracted(source: str, is_generous: bool) -> str:
    """The main text as trafilatura finds it."""
    extractor: Any = library("trafilatura")
    return extractor.extract(source, include_comments=False, include_tables=True, favor_recall=is_generous) or ""


def _matched(found: str, lines: Sequence[Sequence[str]]) -> frozenset[int]:
    """Lines whose words stand in the same order in the text that was found; short ones only as a whole line or beside a kept one."""
    alone = {" ".join(_WORD.findall(line.lower())) for line in found.split("\n")}
    running = _WORD.findall(found.lower())
    known = {tuple(running[at : at + _SHINGLE]) for at in range(len(running))}
    known |= {tuple(running[at : at + size]) for size in range(1, _SHINGLE) for at in range(len(running) - size + 1)}
    kept: set[int] = set()
    for place, words in enumerate(lines):
        if not words:
            continue
        if len(words) < _SHINGLE:
            is_known = " ".join(words) in alone or (place - 1 in kept and tuple(words) in known)
        else:
            shingles = [tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)]
            is_known = sum(each in known for each in shingles) >= _SHARE * len(shingles)
        if is_known:
            kept.add(place)
    return frozenset(kept)
