"""Why a figure can fill no slot whatever it says: it is denied, a chance, a part of another figure, or was not read whole."""

from __future__ import annotations

import re

from foedus.draft.clauses import ABOUT
from foedus.draft.moments import CHANCE
from foedus.evidence.claim import Claim
from foedus.evidence.reading.quantities import FoundQuantity

__all__ = ["CONDITIONAL", "NEGATED", "PART", "refusal_of"]

_ACCOUNTS = re.compile(r"\b(?:account(?:s|ed)?|ma[kd]es?) (?:up |for )(?:about |some |around |nearly |almost )?$", re.I)
NEGATED = ("it is said not to be so", "it says that it is not so")
"""Why a figure is refused that a slot takes whose own words are a denial: "24 % do not finish"."""
CONDITIONAL = "it is put under a condition"
PART = "it is a part of another figure"
_BY_STANCE = {
    "denied": "it is denied",
    "negated": NEGATED[0],
    "doubted": "it is doubted",
    "conditional": CONDITIONAL,
    "asked": "it is asked",
    "retracted": "it was taken back",
    "unsure": "it hangs on a word that no rule of reading knows",
}


_IN = re.compile(rf"\b[Ii]n (?:{ABOUT} )?$")
_CASES = re.compile(
    r" of (?:them|these|(?:the |its |all |our )?(?:\w+ )?(?:runs|simulations|futures|scenarios|paths|draws|winters))\b"
)
"""In how many of its cases a model sees something: a chance."""
_OF_THOSE = re.compile(
    r"\s+of (?:those|these|them|which|whom) (?:\w+ ){0,2}?(?:are|were|is|live|stay|come|came)\b", re.IGNORECASE
)
_CHANCE_IS = re.compile(
    rf"\b(?:chances?|probability|odds|likelihood) (?:that|of)\b[^;]{{0,200}}\b(?:is|are|at|to be)\s+(?:{ABOUT}\s+)?$",
    re.IGNORECASE,
)
_FELL = re.compile(
    rf"\b(?:fall|drop|decline|decrease|reduction|loss|cut) in (?:[\w’'-]+ ){{1,4}}of (?:{ABOUT} )?$", re.IGNORECASE
)
_FIRST = re.compile(r"\bthe (?:first|last|next) $", re.IGNORECASE)
_SUBGROUP = re.compile(
    r"\W*(?:among|for|in) (?:the )?(?:infants|babies|children|women|men|adults|teenagers|pregnant|elderly|young|old|poor|poorest|"
    r"health(?:care)? workers|(?:people|those|patients|children|adults) (?:aged|under|over|above|below)|(?:under|over)-\w+)\b",
    re.IGNORECASE,
)
"""Some of those who are counted: "among infants it is 8 %"."""
_ONE_IN = re.compile(r"\b(?:one|1|two|three) (?:[a-z]+ )?(?:in|out of) (?:every )?$", re.IGNORECASE)
_ANY_ONE = re.compile(r"one [a-z]", re.IGNORECASE)
_HELD_AGAINST = re.compile(
    r"\b(?:above|below|over|under|beyond|exceed\w*|short of) (?:the|that|its|their)\s+$"
    r"|\b(?:compared (?:to|with)|versus|as (?:against|opposed to)) (?:[\w’'-]+ ){0,4}\(?$"
    r"|\b(?:lower|higher|more|less|fewer|greater|smaller|larger|bigger) than (?:the|that of|those of|its|their)\s+$"
    r"|\b(?:times|half|twice|double|triple) (?:the|that|its|their) (?:(?:[\w’'-]+ ){0,3}of\s+)?$",
    re.IGNORECASE,
)
_MORE_BY = re.compile(
    r"\b(?:surpass|exceed|outnumber|outstrip|outpac|outweigh|overtak|overshoot|undershoot|beat|miss|trail|lag)\w*\b"
    rf"[^.;:]*\bby (?:{ABOUT} )?$",
    re.IGNORECASE,
)


_SAMPLE = re.compile(
    rf"\b(?:polls?|surveys?|samples?|panels?|interviews?|focus groups?|questionnaires?) (?:of|with|among|covering) (?:{ABOUT} )?$",
    re.IGNORECASE,
)
"""Those who were asked are none of those who are counted."""
_AGE_OF = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who) (?:is|was|turned|turns) (?:now |only |just )?$|\baged (?:just |only )?$"
    r"|(?:[A-Z][\w’'-]+ (?:(?:bin|ibn|al|el|de|da|van|von|der|ben) )?)+[A-Z][\w’'-]+, (?:is|was|turned|turns) $"
    r"|(?:[A-Z][\w’'-]+ ){2,}(?:is|turned|turns) $"
)
_NAMED = re.compile(r"(?:^|[\s,])(?!in\b)[A-Z][\w’'-]+, $")
_AGES = (10, 115)
_OF_SO_MANY = re.compile(r"\s*(?:out )?of (?:the |its |their |all |these |those )?\d")
_WHOLE_WITH_IT = re.compile(r"\D{0,24}[\d.,]+ (?:out )?of (?:the|its|their|all|these|those) \d")
"""So many of so many: "45 of the 60 towns"."""
_RIVAL = re.compile(
    r"^\W*(?:(?:[Ii]ts|[Tt]heir|[Aa]|[Tt]he|[Aa]nother) (?:[a-z]+ )?)?(?:[Rr]ivals?|[Cc]ompetitors?) [A-Z]"
    r"|\b(?:at|by|of|among|than|from|for) (?:its|their|other|many|some|most) (?:[a-z-]+ )?(?:rivals|competitors|peers)\b",
)


_OF_TWO = re.compile(
    r"\b[A-Z][\w’'-]+ and [A-Z][\w’'-]+ [a-z]+ "
    r"(?P<figures>(?:[a-z]+ )?[$€£]?\d[\d,.]*(?: [a-z]+)? and [$€£]?\d[\d,.]*)[^.;]*\brespectively\b"
)
"""Of two who are named each has its own: "Chad and Niger shipped 12 and 41 tonnes respectively"."""
_DENIED = re.compile(
    r"\b(?:denied|denies|(?:rejected|dismissed)(?! (?:an?|the|its|their|his|her|this|that|every|all) (?:[\w’'-]+ ){0,2}?"
    r"(?:offers?|proposals?|deals?|plans?|bids?|requests?|demands?|calls?|appeals?|terms?|drafts?|compromise)\b)|refuted)\b",
    re.IGNORECASE,
)
"""Who rejects an offer does not deny what else is told of him."""
_OF_EACH = re.compile(
    r"^\W*(?:[Ee]ach|[Ee]very) (?!(?:day|night|week|month|quarter|season|year|other|hour)\b|of\b)[a-z-]+ [^,;]*$"
)
"""Of one of those who are counted: "each case can infect 12 people"."""
_AND_ANOTHER = re.compile(r"(?: (?:an?|per) \w+)?, (?:and )?(?!(?:about|some|around|nearly|or|than|to)\b)[a-z]+ [$€£]\d")
"""Parts in a row, each of a thing of its own: "timber brings 9 dollars a week, cocoa 4 dollars"."""


def _of_somebody(quantity: FoundQuantity, ahead: str, behind: str) -> str:
    """Why a figure is of a person, of those who were asked, or of a rival; "" where it is not."""
    is_bare = quantity.dimension == "" and quantity.value is not None and _AGES[0] <= quantity.value <= _AGES[1]
    is_inset = _NAMED.search(ahead) is not None and re.match(r"\s*(?:,|\.$|\))", behind) is not None
    if is_bare and quantity.value == int(quantity.value or 0.5) and (_AGE_OF.search(ahead) or is_inset):
        return "it is somebody's age"
    return "it is how many were asked" if _SAMPLE.search(ahead) else ""


def refusal_of(claim: Claim, quantity: FoundQuantity, near: str, sentence: str) -> str:
    """Why a figure can fill no slot."""
    ahead = sentence[: max(sentence.find(quantity.text), 0)]
    is_share = quantity.kind == "ratio" or claim.quantity_unit.startswith(("perc", "%", "fraction"))
    if claim.stance != "affirmed":
        return _BY_STANCE[claim.stance]
    if claim.polarity != "+":
        return NEGATED[1]
    if (
        quantity.loose
        or re.search(r" per (?:hundred|thousand|million)$", quantity.unit)
        or quantity.kind not in ("numeric", "ratio")
        or (quantity.value is None and quantity.low is None and quantity.high is None)
    ):
        return "its figure was not read whole"
    behind = sentence[len(ahead) + len(quantity.text) :]
    if of_somebody := _of_somebody(quantity, ahead, behind):
        return of_somebody
    place = max(near.find(quantity.text), 0)
    if not is_share and quantity.dimension == "count" and _OF_EACH.search(near[:place]):
        return "it is of each one of them"
    if quantity.dimension == "currency" and _AND_ANOTHER.match(behind):
        return PART
    if _RIVAL.search(near) or _RIVAL.search(ahead.split(" but ")[-1]):
        return "it speaks of a rival"
    if is_share and (CHANCE.search(near) or _CHANCE_IS.search(ahead) or (_IN.search(ahead) and _CASES.match(behind))):
        return "it is a chance"
    if quantity.value == 1 and quantity.dimension != "time" and _ANY_ONE.match(quantity.text or ""):
        return "it stands for any one of them"
    if not is_share and _ONE_IN.search(ahead):
        return "it is the end of a ratio"
    if is_share and _FELL.search(ahead):
        return "it says by how much something fell"
    if any(low < len(ahead) + 1 <= high for low, high in (one.span("figures") for one in _OF_TWO.finditer(sentence))):
        return PART
    is_of_so_many = _WHOLE_WITH_IT.match(quantity.text) or _OF_SO_MANY.match(behind)
    if (_FIRST.search(ahead) and quantity.dimension == "count") or (not is_share and is_of_so_many):
        return PART
    if _SUBGROUP.match(near):
        return "it is of some of them only"
    if _MORE_BY.search(ahead):
        return "it says by how much one is more than another"
    if _HELD_AGAINST.search(ahead):
        return "another figure is held against it"
    if not claim.quantity_unit.startswith(("perc", "%", "fraction")) and _ACCOUNTS.search(
        near[: max(near.find(quantity.text), 0)]
    ):
        return PART
    if re.search(
        r"\b(?:of (?:which|these|those|them|whom)|including|among them)\b[\w ,]{0,24}$", near[: max(near.find(quantity.text), 0)]
    ):
        return PART
    if not claim.quantity_unit.startswith(("perc", "%", "fraction")) and _OF_THOSE.match(behind):
        return PART
    if _DENIED.search(near):
        return "it is denied"
    if (
        re.search(r"^\W*(?:if|unless|were|should|provided)\b|\bif\b|\bunless\b|\bwithout (?!a |any )", near, re.IGNORECASE)
        and claim.modality != "actual"
    ):
        return CONDITIONAL
    return ""
