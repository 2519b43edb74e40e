"""How likely it is that something comes, as the reports tell it: by a figure, by a chance in words, or by the words of a hedge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foedus.draft.facts import Fact
from foedus.draft.wording import is_undecided
from foedus.draft.words import first_word
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS

__all__ = ["UNLESS", "chance_of", "give_or_take", "under_condition"]

UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_IF = re.compile(r"(?:if|unless|provided|once)\b", re.IGNORECASE)
_MONTH_OF_MAY = re.compile(r"(?<=\w )May\b")


def give_or_take(chance: float) -> tuple[tuple[float, float], str]:
    return (max(0.01, chance - 0.15), min(0.99, chance + 0.15)), "the chance that the report gives, give or take"


def under_condition(text: str, chance: tuple[float, float], because: str) -> tuple[tuple[float, float], str]:
    """The chance of what comes only if something else does, or unless it does."""
    if UNLESS.search(text):
        return chance, f"{because}; unless what it names comes before"
    return (
        chance[0] / 4,
        chance[1],
    ), f"{because}; under a condition of which nobody says how likely it is, so the low end is a quarter"


_THAN_NOT = re.compile(r"\b(?P<how>less|more) likely than not\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(
    r"\b(?:likely|unlikely|probabl[ey]|improbable|possible|doubtful|conceivable) [(\[](?:about |around |roughly |some |an? )?"
    r"(?:(?P<low>\d[\d.]*) ?(?:%|per ?cent)? ?(?:[-–—]|to) ?)?(?P<high>\d[\d.]*) ?(?:%|per ?cent)(?: chance)?[)\]]",
    re.IGNORECASE,
)
""" "Likely (60–70%)": what is meant by the word."""
_EITHER_WAY = (0.2, 0.8)
_UNLIKELY = re.compile(
    r"\b(?:very unlikely|unlikely|improbable|not expect\w*|do(?:es)? not think|don[’']t think|no chance|doubt\w*)\b", re.I
)


_CUES = {
    "possible": "could may might possibl* perhaps maybe",
    "probable": "likely probabl* almost_certainly",
    "reported": "reportedly reported said_to",
    "believed": "will would expect* fear* plan plans planned planning is_to are_to set_to due_to aims hopes intends vow* forecast* predict*",
}
"""Of each kind of hedge the words that show it."""


def _is_of_two_clauses(claim: Claim) -> bool:
    """Whether all that hedges a claim runs over a comma: "by half, the office said" tells an amount and who says so, and no chance."""
    return bool(claim.hedge.cues) and all(_OVER_A_COMMA.search(cue.text) for cue in claim.hedge.cues)


_OVER_A_COMMA = re.compile(
    r"\b(?:half|thirds?|quarters?|fifths?|tenths?|most|many|majority|percent|per cent|\d+)\b[^,]*, .*\b(?:sa(?:id|ys?)|told|warn\w*|thinks?|"
    r"believe\w*|expect\w*|reckon\w*|estimate\w*|predict\w*|forecast\w*|added|wrote)$",
    re.IGNORECASE,
)


def chance_of(text: str, claims: Sequence[Claim], fact: Fact | None) -> tuple[tuple[float, float], str]:
    """The chance that it comes, as a 90 % interval, and what it is read from."""
    if fact is None and is_undecided(text):
        return _EITHER_WAY, "it is still to be decided: it may go either way (judgement by rule)"
    if fact is not None and fact.claim.quantity is not None:
        quantity, factor = fact.claim.quantity, 0.01 if fact.claim.quantity_unit.startswith(("perc", "%")) else 1.0
        if quantity.value:
            return give_or_take(quantity.value * factor)
        if quantity.low is not None and quantity.high is not None:
            return (max(0.01, quantity.low * factor), min(0.99, quantity.high * factor)), "the chance that the report gives"
    if fact is None and (told := _IN_BRACKETS.search(text)) is not None and 0 < float(told["high"]) < 100:
        because = f"“{told.group()}”, the chance that the report gives"
        low, high = (float(one) / 100 for one in (told["low"] or told["high"], told["high"]))
        return ((low, high), because) if low < high else (give_or_take(high)[0], f"{because}, give or take")
    if (than_not := _THAN_NOT.search(text)) is not None:
        ends = (0.2, 0.5) if than_not["how"].lower() == "less" else (0.5, 0.8)
        return ends, f"“{than_not.group().lower()}” (judgement by rule: on that side of one half, and no more)"
    unlikely = _UNLIKELY.search(text)
    if unlikely:
        low, high = (0.01, 0.1) if "very" in unlikely.group().lower() else (0.05, 0.35)
        return (low, high), f"“{unlikely.group().lower()}” (ICD 203)"
    claims = [claim for claim in claims if not _is_of_two_clauses(claim)]
    kind = next(
        (claim.hedge.kind for claim in claims if claim.hedge.kind in ("probable", "possible", "believed", "reported")), ""
    )
    if kind in ("reported", "") and re.search(r"\b(?:could|may|might)\b", text):
        kind = "possible"
    if re.search(r"(?<!un)\blikely|probabl", text):
        kind = "probable"
    range_ = DEFAULTS.hedges[kind or "believed"]
    word = first_word(_CUES.get(kind, _CUES["believed"]), _MONTH_OF_MAY.sub("", text))
    word = word or next(
        (cue.text for claim in claims for cue in claim.hedge.cues if cue.text in text and not _IF.match(cue.text)), ""
    )
    shown = f"“{word}” read" if word else "read"
    return (max(range_.low, 0.02), min(range_.high, 0.98)), f"{shown} as {kind or 'believed'}: {range_.because}"
