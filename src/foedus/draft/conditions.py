"""What is said for a case that may not come: the condition and what is said to follow, apart; and chances told of what stands before them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.draft.moments import CHANCE_WORDS
from foedus.draft.wording import without_attribution, without_bullet

__all__ = ["Conditioned", "chance_in_words", "conditioned", "is_as_things_are", "is_calendar", "is_chance_alone", "is_of_now"]


@dataclass(frozen=True)
class Conditioned:
    """ "If the strike lasts longer than three weeks, shops run out of flour".

    Attributes:
        condition: without its "if", as written: "the strike lasts longer than three weeks".
        said: what is said to follow: "shops run out of flour".
    """

    condition: str
    said: str

    def is_in_condition(self, text: str) -> bool:
        """Whether some words are of the condition alone."""
        return text in self.condition and text not in self.said


_WORD = r"(?:if|should|once|provided that|as long as|in case)"
_PART = r"(?:[^,;]|,(?=\d{3}\b))"
"""A letter of a part of a sentence: a comma within a figure ends none."""
_AHEAD = re.compile(
    rf"^\W*{_WORD}\s+(?P<condition>{_PART}+(?:, which {_PART}+)?),(?!\d)\s*(?:then\s+)?(?P<said>[^;]+)$", re.IGNORECASE
)
_BEHIND = re.compile(rf"^(?P<said>[^;]+?),?\s+{_WORD}\s+(?P<condition>{_PART}+?)(?P<rest>,\s.*)?$", re.IGNORECASE)
_OPENING = re.compile(rf"^{_PART}{{2,60}},\s+(?:and|but|or)\s+(?={_WORD}\b)", re.IGNORECASE)
""" "At that pace, and if no more are lost, …"."""
_LEAD = re.compile(
    r"^[A-Z][^;:]{3,110}?\b(?:said|says|warned|warns|added|told [\w ]{2,30}|wrote)(?: on [A-Z]\w+day)?(?: that)?,?\s+(?=[a-z])"
)
_TAIL = re.compile(
    r"(?:[,.]?[\"”],?|,)\s*(?:[\w’'.-]+ ){0,8}?(?:said|says|told|added|warned|wrote)(?: (?:on|in|late|at) [\w ]{2,24})?\W*$"
)


_AS_THEY_ARE = re.compile(
    r"\b(?:if|unless|provided|as long as|should)\s+(?:(?:nothing|little)(?: else)? (?:changes?|is done|happens|improves)"
    r"|things (?:do not change|stay|remain|go on|continue)(?: (?:so|like this|as they are))?"
    r"|no (?:further )?(?:action|steps?) (?:is|are) taken"
    r"|(?:the |these |this |that )?(?:(?:present|current|recent|existing|same|latest) )?(?:trends?|rates?|pace|patterns?|conditions|speed)"
    r" (?:of [\w’' -]{2,40} )?(?:continues?|holds?|persists?|lasts?|goes on|go on|is kept up|is sustained|is maintained|is unchanged)"
    r"|(?:something|anything|that|this) changes)\b",
    re.IGNORECASE,
)


def is_as_things_are(text: str) -> bool:
    """Whether the condition of a sentence is that all goes on as it does: that is what is taken anyway, and puts nothing in question."""
    return _AS_THEY_ARE.search(text) is not None


def conditioned(text: str) -> Conditioned | None:
    """The condition of a sentence and what is said to follow; None where it has none, or its grammar is not sure."""
    plain = without_attribution(without_bullet(" ".join(text.split())).strip("\"“”' "))
    plain = _LEAD.sub("", _TAIL.sub("", plain)).strip('"“” ').rstrip(".")
    found = _AHEAD.match(_OPENING.sub("", plain)) or _BEHIND.match(plain)
    if found is None:
        return None
    said = found["said"].strip(' ,"“”')
    is_cut = re.search(r"\b(?:and|but|or)$", said) is not None
    return Conditioned(found["condition"].strip(' ,"“”'), said) if len(said.split()) > 2 and not is_cut else None


_PUT = re.compile(
    r"\b(?:put|puts|see|sees|give|gives|set|sets|estimate|estimates)\s+(?:the|its|their|that|this|those|it)?\s*"
    rf"{CHANCE_WORDS}\s+(?:at|as|to be)\b"
    r"|\b(?:put|puts|set|sets|place|places) (?:it|this|that) (?:at|nearer|closer to) "
    r"(?:about |around |some |roughly )?\d[\d.]* ?(?:%|per ?cent)"
    rf"|^\W*(?:the|its|their|that|this|those) {CHANCE_WORDS} (?:is|are|was|were|stands?|stood|now)\b",
    re.IGNORECASE,
)
_IN_NUMBERS = dict(zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True))
_ONE_IN = re.compile(
    rf"\b(?P<of>one|two|three|four)[- ](?:in|out of)[- ](?:every )?(?P<all>two|three|four|five|six|seven|eight|nine|ten)\b"
    rf"(?= {CHANCE_WORDS})|\b{CHANCE_WORDS} (?:is|are|of|at) (?:about |perhaps |roughly )?"
    r"(?P<a>one|two|three|four) in (?P<b>two|three|four|five|six|seven|eight|nine|ten)\b",
    re.IGNORECASE,
)
_EVEN = re.compile(
    rf"\b(?:fifty-fifty|50-50|50/50)\b|\b(?:an )?even {CHANCE_WORDS}\b|\b{CHANCE_WORDS} (?:is|are) even\b", re.IGNORECASE
)


def chance_in_words(text: str) -> float | None:
    """The chance that a sentence tells in words: "a one-in-three chance", "the odds are even"; None where it tells none."""
    found = _ONE_IN.search(text)
    if found is not None:
        return _IN_NUMBERS[(found["of"] or found["a"]).lower()] / _IN_NUMBERS[(found["all"] or found["b"]).lower()]
    if (sure := _SURE.search(text)) is not None and 0 < float(sure["share"]) < 100:
        return float(sure["share"]) / 100
    return 0.5 if _EVEN.search(text) else None


_SURE = re.compile(r"\b(?P<share>\d[\d.]*) ?(?:%|per ?cent) (?:certain|sure|confident|convinced)\b", re.IGNORECASE)
""" "The firm is 80 % sure that it will sell"."""


_OTHERWISE = re.compile(
    r"\b(?:could|may|might|will|would|(?:un)?likely|improbable|probabl[ey]|possibl[ey]|"
    r"expect\w*|forecast\w*|plan\w*)\b",
    re.IGNORECASE,
)


def is_chance_alone(text: str) -> bool:
    """Whether a sentence tells a chance and not of what: "She put the chance at 40 percent"."""
    found = _PUT.search(text)
    return found is not None and _OTHERWISE.search(re.sub(r"\bwould $", "", text[: found.start()])) is None


_CALENDAR = re.compile(
    r"^(?:[^,;]|, [^,;]{1,60}, ){0,120}?\b(?:faces?|holds?|has|have|hosts?|marks?|celebrates?|goes to|go to|"
    r"(?:is|are) (?:holding|facing)|votes? in)\s+(?:an?\s+|its\s+|their\s+|the\s+)?(?:[\w-]+\s+){0,3}?"
    r"(?:elections?|polls|by-elections?|referendums?|referenda|primar(?:y|ies)|summits?|anniversar(?:y|ies)|holidays?|census|congress)\b",
    re.IGNORECASE,
)


def is_calendar(text: str) -> bool:
    """Whether something is only told to stand in the calendar: "Egypt faces an election next year" predicts nothing."""
    found = _CALENDAR.match(text.strip())
    return found is not None and _OTHERWISE.search(found.group()) is None


_AT_ONCE = re.compile(r"\b(?:immediately|with immediate effect|at once)\b", re.IGNORECASE)


def is_of_now(text: str) -> bool:
    """Whether what is told as to come has come: "would immediately come into force"."""
    return _AT_ONCE.search(text) is not None and re.search(r"\b(?:force|effect|banned|ban)\b", text) is not None
