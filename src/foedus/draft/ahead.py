"""Whether a claim looks ahead: its words, its time and its modality say that it is still to come, and is not only told by the way."""

from __future__ import annotations

import re
from datetime import date

from foedus.draft.conditions import is_calendar
from foedus.draft.days import last_day_of
from foedus.draft.wording import is_undecided
from foedus.evidence.claim import Claim

__all__ = ["IS_DONE", "is_ahead", "is_beside"]

_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|likely|unlikely|expect\w*|forecast\w*|predict\w*|fear\w*|plan(?:s|ned|ning)?|is to|are to|set to|"
    r"(?:is|are) (?:now |not )?due (?:to|on|in|by|at|back|next)|"
    r"threaten\w*|runs out|expires|consider\w*|weighing|mulling|debating|possible|should|can last|can only last|"
    r"hop(?:es?|ing)|aims?|intends?|vow\w*|"
    r"(?<!at )risks?|sees?|dangers?|prospects?|looms?|looming|on track|poised|odds|improbable|doubtful|conceivable|inconceivable)\b"
)
_FORWARD = re.compile(
    r"\b(?:is|are|seems?|looks?|remains?) (?:very |highly |most |quite |increasingly )?(?:un)?likely\b(?! to have\b)"
    r"|\b(?:consider|think|deem|find|believe|judge)s? it (?:very |highly |most |quite )?(?:un)?likely\b"
    r"|\b(?:is|are|seems?|looks?|remains?) (?:very |highly |most |quite )?(?:im)?probable\b"
    r"|\b(?<!at )(?:danger|risk|possibility|prospect|likelihood) (?:that|of) "
    r"|\bexpects? (?:an?|the|some|more|fewer|another|no|further) (?![\w’' -]{2,60}? (?:to|will|would) have\b)"
    r"|\b(?:could|can|may|might|should) (?:well |reasonably |also )?be expected to (?!have\b)"
    r"|\b(?:do|does) not (?:see|expect|foresee|anticipate) (?:an? |the |any )"
    r"|\b(?:is|are) to (?!blame\b|be (?:seen|found)\b|date\b)[a-z]+\b[^.;]*\b(?:by|before|next|this|within|from) "
    r"|\b(?:expects?|forecasts?|predicts?|projects?|anticipates?) (?:that )?[\w’' -]{2,60}? (?:to|will|would) (?!have\b)"
)


_SAID = re.compile(r"\b(?:said|warned|told|reckoned|argued|thought)\b")
_WAS_LIKELY = re.compile(
    r"\b(?:was|were) (?:very |highly |most |quite )?(?:un)?likely (?:to\b(?! have\b)|(?:with)?in\b|by\b|before\b|this\b|next\b)"
)
""" "Insurers said that a spill was likely within two years": what was likely to who said so is still to come."""


_BESIDE = re.compile(
    r"\b(?:since|after|when|before|as)\b[^,;]{0,80}\b(?:said|announced|declared|promised|threatened)\b[^,;]{0,60}\bwould\b[^,;]*"
    r"|\b(?:clarity|awaiting|awaited|waiting|unclear|unsure|uncertain|questions?|debate|doubts?) "
    r"(?:to see |on |over |about |as to )?whether\b.*"
    r"|,\s+(?:considering|given|taking into account) [^,;]*"
    r"|\b(?:compared (?:to|with)|than) (?:what )?[^,;]{0,60}\bwould have\b[^;]*"
)
""" "Sales have fallen since he said that he would ban them": what is told by the way, and has come or is only asked."""


def is_ahead(claim: Claim, text: str, as_of: date) -> bool:
    """Whether a claim of a sentence is of what comes after a day."""
    if (main := _BESIDE.sub(" ", text)) != text and not is_undecided(text):
        if claim.paraphrase in text and claim.paraphrase not in main and is_beside(claim, text):
            return False
        text = main
        if not _AHEAD.search(text):
            return False
    last = last_day_of(claim, as_of)
    if is_calendar(claim.paraphrase) or (
        _MADE_FOR.search(text) and not _AHEAD.search(_NOUN_PLAN.sub(" ", _MADE_FOR.sub(" ", text)))
    ):
        return False
    if claim.modality == "hypothetical" and not _AHEAD.search(_NOUN_PLAN.sub(" ", text)) and _NOUN_PLAN.search(text):
        return False
    if not _AHEAD.search(text) and (claim.modality != "future" or claim.ctype == "quantity" or last is None or last <= as_of):
        return False
    is_said = claim.stance in ("affirmed", "conditional", "doubted")
    if claim.modality == "actual" and IS_DONE.search(claim.paraphrase) and not _AHEAD.search(claim.paraphrase):
        return False
    if is_said and _WAS_LIKELY.search(claim.paraphrase) and _SAID.search(text):
        return True
    if is_said and (is_undecided(claim.paraphrase) or _FORWARD.search(claim.paraphrase)):
        return True
    return (
        claim.modality == "future"
        or (claim.modality == "hypothetical" and _AHEAD.search(text) is not None)
        or (last is not None and last > as_of)
        or bool(claim.stance == "doubted" and _AHEAD.search(text))
    )


_MADE_FOR = re.compile(r"\b(?:is|are|was|were|been) (?:originally )?(?:planned|designed|built|meant) for\b")
_NOUN_PLAN = re.compile(r"\b(?:an?|the|its|their|this|that|under|of) (?:[\w’'-]+ ){0,4}plans?\b(?! (?:to|for)\b)", re.IGNORECASE)
""" "Part of a response plan of 434 million": nothing in it is planned by who says so."""
IS_DONE = re.compile(
    r"^[^,;:]{2,80}?\b(?:has|have) (?:already |now |since |just |so far |also )?(?!to\b|been (?:expected|set|due|likely)\b)"
    r"(?:\w+ed|\w+[wv]n|\w+en|made|put|set|cut|paid|said|told|sent|spent|lent|built|bought|brought|sold|held|kept|left|lost|met|won|begun|"
    r"come|become|gone|done|led|shut|hit)\b"
)
""" "Has awarded 5 % for this year": it is done, whatever it is for."""


def is_beside(claim: Claim, text: str) -> bool:
    """Whether a claim is what a sentence tells by the way: "strikes are likely before the mandate ends in May"."""
    place = text.find(claim.paraphrase)
    is_told = any(found.start() <= place < found.end() for found in _BESIDE.finditer(text))
    return place > 0 and (is_told or _BY_THE_WAY.search(text[:place]) is not None)


_BY_THE_WAY = re.compile(r"\b(?:before|until|after|when|once|because|while|since|as soon as)\s+$", re.IGNORECASE)
