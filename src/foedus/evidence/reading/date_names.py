"""Words that look like dates and are names: "USA Today", "The Sunday Courier", "they march", "it may 12 times"."""

from __future__ import annotations

import re

from foedus.evidence.reading.date_words import WEEKDAY

__all__ = ["is_name"]

_DAYS = re.compile(rf"(?P<lead>.*?)(?P<day>{WEEKDAY}|Today|Tomorrow|Tonight|Yesterday)$", re.IGNORECASE | re.DOTALL)
_PAPERS = (
    "Times|Post|Mail|Express|Telegraph|Mirror|Herald|Star|Courier|Review|Independent|World|Night|Club|Group|People|Business|Magazine|Sun|"
    "Gazette|Tribune|Journal|Observer|Chronicle|Dispatch|Record|News|Examiner|Guardian|Standard|Advertiser|Agreement|Accords?|Prayers?"
)
_BEHIND_DAY = re.compile(rf" (?:{_PAPERS})\b")
_BEHIND_ARTICLE = re.compile(r" (?![AP]\.?M\b|[ECP][SD]T\b|GMT\b|UTC\b|[CM]ES?T\b)[A-Z][a-z]+")
_KINDS_OF_DAY = re.compile(r"\b(?:Black|Bloody|Cyber|Super|Fat|Giving|Casual|Freaky|Man) $")
_OPENS = re.compile(r"(?:^|[.!?:;\n”\"“‘(—–-])\s*$")


def is_name(match: re.Match[str]) -> bool:
    """Whether what looks like a date is (part of) a name, or a common word in small letters."""
    months = match.groupdict().get("month")
    if months is not None:
        return months[0].islower() and match.groupdict().get("year") is None
    found = _DAYS.match(match.group())
    if found is None:
        return False
    before, after = match.string[max(0, match.start() - 20) : match.start()], match.string[match.end() : match.end() + 20]
    lead = before + found["lead"]
    if found["day"].lower() in ("today", "tomorrow", "tonight", "yesterday"):
        return found["day"][0].isupper() and not _OPENS.search(lead) and not found["day"].isupper()
    if _BEHIND_DAY.match(after) or _KINDS_OF_DAY.search(lead):
        return True
    is_article = re.search(r"\b(?:the|a) $", lead, re.IGNORECASE) is not None
    return is_article and _BEHIND_ARTICLE.match(after) is not None
