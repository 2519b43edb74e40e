"""Two times that are the ends of one stretch: "between 3 May and 9 June", "from 1 August to 27 October 2017"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Protocol

__all__ = ["ends_of_stretch"]


class TimeWords(Protocol):
    """An expression of time where it stands."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def value(self) -> str | None: ...


_END = re.compile(r"(?:[<>]=)?(?P<year>\d{4})(?P<rest>(?:-\d\d){1,2})")
_LINK = re.compile(r"\s*(?:(?P<to>to|until|till|through|up to)|(?P<both>and)|(?P<dash>[-–—]))\s+(?:on )?|\s*[-–—]\s*")
_LED = re.compile(r"(?P<how>from|between)\b", re.IGNORECASE)
_LED_BEFORE = re.compile(r"\b(?P<how>from|between)\s+(?:on )?$", re.IGNORECASE)
_UNTIL = re.compile(r"(?:until|till)\b", re.IGNORECASE)
_WRITTEN_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
_PUT_OFF = re.compile(
    r"\b(?:postpon\w*|delay\w*|moved|moving|mov(?:e|es)|shift\w*|reschedul\w*|brought forward|put (?:back|off)|pushed back|chang\w*|"
    r"extend\w*)\b[^.;:,]{0,40}$",
    re.IGNORECASE,
)
""" "Moved from 3 May to 9 June": two days, of which neither is the end of a stretch."""
_BEFORE = 60


def ends_of_stretch(text: str, found: Sequence[TimeWords]) -> dict[int, tuple[int, str | None]]:
    """Of the times of a text, by the place in the list of the first of two: where the stretch between them begins, and its value.

    The value is None where what stands before says that one took the place of the other.
    """
    joined: dict[int, tuple[int, str | None]] = {}
    for place, (first, second) in enumerate(itertools.pairwise(found)):
        if place - 1 in joined or not _are_ends(text, first, second):
            continue
        is_put_off = _PUT_OFF.search(text, max(0, first.start - _BEFORE), first.start) is not None
        stretch = _stretch(first, second)
        led = _LED_BEFORE.search(text, max(0, first.start - _BEFORE), first.start)
        start = led.start() if led is not None else first.start
        if is_put_off:
            joined[place] = (start, None)
        elif stretch:
            joined[place] = (start, stretch)
    return joined


def _are_ends(text: str, first: TimeWords, second: TimeWords) -> bool:
    """Whether nothing but the word of a stretch stands between two days or months."""
    low, high = _END.fullmatch(first.value or ""), _END.fullmatch(second.value or "")
    if low is None or high is None or (first.value or "").startswith("<") or (second.value or "").startswith(">"):
        return False
    between = text[first.end : second.start]
    link = _LINK.fullmatch(between)
    is_until = not between.strip() and _UNTIL.match(second.text) is not None
    if link is None and not is_until:
        return False
    led = _LED.match(first.text) or _LED_BEFORE.search(text, max(0, first.start - _BEFORE), first.start)
    how = led["how"].lower() if led is not None else ""
    if link is not None and link["both"]:
        return how == "between"
    are_days = all(len(each["rest"]) == len("-01-01") for each in (low, high))
    return how == "from" or (are_days and how == "" and not (first.value or "").startswith(">"))


def _stretch(first: TimeWords, second: TimeWords) -> str:
    """[low,high] of two ends; of the first its year is that of the second where only that one is written."""
    low, high = (first.value or "").lstrip("<>="), (second.value or "").lstrip("<>=")
    year = int(high[:4])
    if _WRITTEN_YEAR.search(first.text) is None:
        is_written = _WRITTEN_YEAR.search(second.text) is not None
        years = (year, year - 1) if is_written or low > high else ()
        low = next((found for one in years if (found := f"{one:04d}{low[4:]}") <= high), low)
    return f"[{low},{high}]" if low < high else ""
