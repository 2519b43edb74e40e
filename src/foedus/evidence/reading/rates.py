"""Rates whose span of time stands behind the verb: "4,000 messages are sent each second", "300 people die every day"."""

from __future__ import annotations

import re

__all__ = ["rate_before", "rate_behind"]

_EVERY = re.compile(
    r"(?P<between>(?: (?!(?:and|or|but|who|which|that|than|for|to|after|before|since|until|when|while|if|one|two|three|four|five|six"
    r"|seven|eight|nine|ten)\b)[a-z]+){1,6}) (?:(?P<each>each|every|per) (?P<span>second|minute|hour|day|night|week|month|year)|"
    r"(?P<how>hourly|daily|nightly|weekly|monthly|yearly|annually))\b(?! [a-z]+s\b)"
    r"|(?P<made> [a-z]+) an? (?P<of>second|minute|hour|day|night|week|month|year)\b(?! (?:ago|earlier|later|before|after|or|and|on|in)\b)"
)
_HOW = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "night",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_ADVERBS = frozenset("still now also already currently typically usually normally often then alone".split())
_PASSIVE = frozenset("is are was were be being been get gets got".split())
_PREPOSITIONS = frozenset(
    "in on at from into over across through by of with near around under along between abroad here there".split()
)
_PASSING = frozenset(
    "die dies died drown drowns drowned perish perished leave leaves left arrive arrives arrived come comes came go goes went cross "
    "crosses crossed enter enters entered flee flees fled vanish vanished land lands landed depart departs departed pass passes passed "
    "fall falls fell burn burns burned sink sinks sank fail fails failed close closes closed open opens opened disappear disappeared "
    "starve starved return returns returned apply applies applied enlist enlists enlisted register registers registered".split()
)
"""What each one does once, so that so many a day are ever others; the 40 pupils who sing every day are the same."""


_COUNTED = frozenset(
    "reported recorded registered counted logged seen confirmed detected diagnosed notified made produced built sold "
    "bought shipped delivered exported imported killed wounded injured maimed lost fired launched issued admitted treated "
    "born caught seized stolen burned burnt destroyed processed handled unloaded loaded detained arrested rescued hired "
    "handed shot dropped spilled pumped needed".split()
)
"""What is done to each one once: "300 fires reported per week"."""


_LEADING = re.compile(
    r"\b[Ee](?:very|ach) (?P<span>second|minute|hour|day|night|week|month|year),?"
    r"(?: (?:about|around|some|nearly|almost|roughly|over|up to|more than|at least|another))? $"
)


def rate_before(text: str, start: int, end: int, floor: int) -> str:
    """The span of time before a figure that makes a rate of it: "every month 40 women die"; not of 40 pupils who sing every day."""
    match = _LEADING.search(text, max(floor, start - 40), start)
    words = re.findall(r"[a-z]+", text[end : end + 40])
    behind = next((word for word in words if word not in _ADVERBS), "")
    return match["span"] if match is not None and behind in _PASSIVE | _PASSING else ""


def rate_behind(text: str, end: int) -> tuple[str, bool]:
    """The span of time that makes a rate of the figure that ends here, and whether it stays open that it does.

    Returns:
        "day", "week" and so on, or "" without; True where the figure may as well be those who do it every day.
    """
    match = _EVERY.match(text, end)
    if match is None:
        return "", False
    if match["made"]:
        return (match["of"], False) if match["made"].strip() in _COUNTED else ("", False)
    words = [word for word in match["between"].split() if word not in _ADVERBS]
    span = match["span"] or _HOW[match["how"]]
    if not words or words[0] in _PASSIVE | _PREPOSITIONS | _PASSING | _COUNTED:
        return span, False
    if match["each"] == "per" and words[0].endswith("ed"):
        return span, False
    return "", True
