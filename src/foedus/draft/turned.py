"""What is said not to come, turned round: whether it comes is the question, and what is told is the chance that it does not."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["WhatComes", "turned_round"]


@dataclass(frozen=True)
class WhatComes:
    """What may come, as a sentence (`said`) and as words that stand by themselves; with which chance, and from what that is read."""

    said: str
    words: str
    chance: tuple[float, float]
    because: str


def turned_round(told: WhatComes, *, is_dated: bool, is_refused: bool) -> WhatComes | None:
    """What is said not to come, turned round; anything else as it is; None where a refusal cannot be turned, for it is no event that comes.

    Args:
        is_dated: a day is told, before which it does not come. is_refused: the words are read as said not to be so.
    """
    if is_dated and (denied := _NOT_BEFORE.match(told.words)) is not None:
        return _turned(told, denied["who"], denied["does"], "it is said of what does not come before")
    if (own := _NOT_TO.match(told.words.strip("\"“”' "))) is not None and _WHO_SPEAKS.match(own["who"]):
        return None
    if not is_refused or not _NO.search(told.words):
        return told
    refused = _NOT_TO.match(told.words)
    if refused is None:
        return None
    return _turned(told, _OF_ITSELF.sub("", refused["who"]), refused["does"].rstrip(" ."), "it is said not to come")


def _turned(told: WhatComes, who: str, does: str, why: str) -> WhatComes:
    low, high = told.chance
    chance = (1 - high, 1 - low) if low + high > 1 else told.chance  # of "not expected" it is that of what does not come already
    return WhatComes(f"{who} will {does}", f"{who} to {does}", chance, f"{told.because}; turned round, for {why}")


_NO = re.compile(r"\b(?:not(?! only)|never|no(?! longer)|neither|nor|cannot|refus\w+|declin\w+)\b|n[’']t\b", re.IGNORECASE)
_NOT_BEFORE = re.compile(
    r"^(?P<who>[^,;:]{2,80}?) (?:(?:will|would|is|are)(?: probably| likely| almost certainly| surely)? not"
    r"|(?:is|are) (?:very |highly )?unlikely to|won[’']t) "
    r"(?P<does>(?!be likely)[a-z][^,;]*?)(?: fully| again)? "
    r"(?:before|until) [^,;]+$"
)
""" "The lake will not recover before May": whether it does is the question."""
_NOT_TO = re.compile(
    r"^(?P<who>[^,;:]{2,80}?) (?:(?:will|would|may|might|could|can|should)(?: probably| likely| almost certainly| surely)? not"
    r"|(?:is|are) not (?:(?:yet|now|currently) )?"
    r"(?:(?:expected|likely|due|set|going|planned|planning|intending|scheduled|forecast|about|ready|willing) )?to"
    r"|won[’']t|wouldn[’']t|cannot|can[’']t"
    r"|(?:do|does|did|don[’']t|doesn[’']t|didn[’']t)(?: not)? (?:currently |now )?(?:plan|intend|expect|aim|want|mean|hope|wish) to"
    r"|(?:has|have|had|sees?) no (?:\w+ )?(?:plans?|intentions?|wish|desire|reason|need) (?:to|of)"
    r"|(?:refuses?|refused|declines?|declined) to) "
    r"(?P<does>(?!be likely|be able|rule out|say|comment|give|tell|know)[a-z’'-]+(?: [^;]*)?)$"
)
_WHO_SPEAKS = re.compile(r"\W*(?:we|I|you)$", re.IGNORECASE)
""" "We will not close it": of whom it is said, the words do not tell."""
_OF_ITSELF = re.compile(
    r" (?:has |have |had )?(?:said|says|say|announced|insisted|promised|vowed|added|told \w+)(?: on \w+)?(?: that)? (?:it|they|he|she)$"
)
""" "Does not plan to close schools": whether it does is the question, and that it comes is what is denied."""
