"""Whether a figure was read whole: what stands directly around it must be no part of a number or a rate."""

from __future__ import annotations

import re

from foedus.evidence.reading.spelled import NUMBER_WORD, SCALE_WORD

__all__ = ["is_half_read"]

_BEFORE = re.compile(
    rf"(?:\d[.,'’/:×x*^+±=~−–—‑-]?|(?:\d ?(?:[kmbt]|bn|tn|mln|mn|%)|{SCALE_WORD})[−–—‑-]|[#^*×_\\]"
    rf"|\b(?:point|oh|{SCALE_WORD})[ -]|(?<!plus or )\bminus[ -]|\b(?:for|in|of) every )$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"-(?:to|or|and)-|\.{{2,}}\d| [-–] ?\d|(?:[.,'’:^_×*/±]|[-–—‑−](?!\d{{1,2}}/))\d|[A-Za-z_]|[ \u00a0\u202f-](?:{NUMBER_WORD})\b"
    rf"|[- ]point[- ](?:{NUMBER_WORD})"
    r"|[- ]and[- ](?:a[- ])?(?:half|quarter|three[- ]quarters)\b(?! (?:of|the|that|a)\b)| ?(?:±|\+/-|plus or minus) ?\d"
    r"|[ -]score\b|[ -]?(?:mil|mio|mrd|lakh|crore|bln|mln)\b"
    r"|[½¼¾⅓⅔⅛⅜⅝⅞⁰¹²³⁴⁵⁶⁷⁸⁹]",
    re.IGNORECASE,
)
_TICK = re.compile(r"['’′″](?= ?[a-z])")  # feet and inches
_SMALLER = re.compile(r"\d|(?<=ft) ?\d|(?<=lb) ?\d|(?<=feet) \d+ ?in|(?<=foot) \d+ ?in|(?<=lbs) ?\d")  # "2h15", "5ft 3in"
_IN_MANY = re.compile(
    rf" in (?:every )?(?:\d+|{NUMBER_WORD})\b(?! (?:years?|months?|weeks?|days?|hours?|minutes?)\b)", re.IGNORECASE
)
_ONE_END = re.compile(r"\bbetween (?:\w+ )?[$€£]?$", re.IGNORECASE)
_OTHER_END = re.compile(rf"[^.;:?!]{{0,40}}?\band(?:, [^,\d]{{1,20}},)? (?:\w+ )?[$€£]?(?:\d|(?:{NUMBER_WORD})\b)", re.IGNORECASE)
_AFTER_ONE_END = re.compile(
    r"\bbetween (?:\w+ )?[$€£]?\d[\d.,]*(?: (?:in|at|on|by) [^.;:?!\d]{0,20}?)? and(?:, [^,\d]{1,20},)? (?:\w+ )?$", re.IGNORECASE
)
""" "Between 40 and, at most, 60": ends of a range that was not joined."""
_AFTER_PART = re.compile(
    r"\bbetween (?:an? |one[- ])?(?:half|(?:two[- ]|three[- ]|four[- ])?(?:third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)s?)"
    r" and (?:an? |one[- ])?$",
    re.IGNORECASE,
)
""" "Between a fifth and a quarter of the crop"."""
_RATE = re.compile(r" per \w|/ ?[A-Za-z]", re.IGNORECASE)


def is_half_read(text: str, floor: int, number: tuple[int, int], end: int) -> bool:
    """Whether words or digits that belong to a number at `number` were left over.

    Args:
        floor: what stands before it was read. end: of its unit.
    """
    start, stop = number
    if _BEFORE.search(text, max(floor, start - 14), start):
        return True
    if stop == end and _AFTER.match(text, stop):
        return True
    if text[stop - 1].isdigit() and _TICK.match(text, stop) and text[start - 1 : start] not in ("'", "‘"):
        return text[stop:end].strip() not in ("'", "’", "′", "″")
    if stop == end and _ONE_END.search(text, max(floor, start - 24), start) and _OTHER_END.match(text, end):
        return True
    if _AFTER_ONE_END.search(text, max(floor, start - 70), start) or _AFTER_PART.search(text, max(floor, start - 40), start):
        return True
    if end > stop and text[end - 1].isalpha() and _SMALLER.match(text, end):
        return True
    if text[start:stop].lower() in ("one", "1") and _IN_MANY.match(text, end):
        return True
    return _RATE.match(text, end) is not None
