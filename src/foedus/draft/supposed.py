"""What is only thought through: what would follow if something came, which nobody says will come."""

from __future__ import annotations

import re

__all__ = ["is_supposed"]

_EVENTS = (
    r"(?:blockade|quarantine|invasion|attack|assault|closure|shutdown|stoppage|strike|walkout|default|collapse|war|conflict|clash|ban|embargo|"
    r"boycott|breach|failure|exit|withdrawal|escalation|crisis|outage|loss|defeat|victory|win|cut|rise|increase|fall|drop|decline|delay|deal|"
    r"agreement|ceasefire|truce|settlement|referendum|devaluation|recession|bailout|tariff|coup|mutiny|accident|meltdown|leak|flood|drought|"
    r"harvest|shortage|reversal|repeal|move|step|decision|scenario)"
)
_IF_IT_CAME = re.compile(
    rf"^\W*(?:An?|Any|Such an?|Another|Even an?) (?:[\w’'-]+ ){{0,3}}?{_EVENTS}s?\b[^,;:]{{0,60}}?\bwould\b"
    r"|^\W*(?:Clos|Clear|Block|Cutt|End|Lift|Stopp|Los|Seiz|Shutt|Reopen|Rais|Lower|Replac)ing\b[^,;:]{0,60}?\b(?:would|could|might)\b"
)
""" "A blockade would cost …", "Closing the strait would …": what follows from an event of which it is not said that it comes."""
_THAT_WOULD = re.compile(
    r"^\W*(?:That|This|It|Doing so|To do so|Not doing so) (?:alone )?would (?:still |then |also |probably |likely )?"
    r"(?:be|mean|make|leave|bring|give|amount|cost|add|take|equal|require|need|represent|put)\b"
)
""" "That would be 60,000 a year": what is said before, worked out."""
_WOULD = re.compile(r"\bwould\b")
_SAID = re.compile(
    r"\b(?:said|says?|told|tells?|warn\w*|expect\w*|predict\w*|forecast\w*|foresee\w*|foresaw|thinks?|thought|believe\w*|"
    r"estimat\w*|reckon\w*|promis\w*|"
    r"pledg\w*|vow\w*|threaten\w*|announc\w*|added|wrote|writes?|argue\w*|according to|reported\w*|insist\w*|agreed|hop(?:es?|ed|ing)|"
    r"fear\w*|signall?ed|indicated|confirmed|decided|plann?\w*|likely|unlikely|probabl[ey]|possibl[ey]|certain\w*)\b|[“”\"]",
    re.IGNORECASE,
)
_LIKELY = re.compile(r"\b(?:likely|unlikely|chances?|probabilit\w*|odds|expect\w*|will)\b", re.IGNORECASE)


_SAYS = re.compile(
    r"^\W*[^,;:\"“”]{2,60}? (?:said|says|warn(?:s|ed)|told [\w ]{2,30}|added|argue[sd]|insist(?:s|ed)|declare[sd])"
    r"(?: on \w+day)?(?: that)? (?=[a-z])"
)
_WOULD_BE = re.compile(
    rf"^\W*(?:an?|any|such(?: an?)?|another|even an?|the) (?:[\w’'-]+ ){{0,3}}?{_EVENTS}s?\b[^,;:]{{0,60}}?\bwould "
    r"(?:be (?:(?:seen|regarded|treated|considered|taken|viewed|understood) (?:as )?)?|"
    r"amount to |mean |constitute |count as |equal |represent )"
    r"[\"“‘']?(?:an?|the|tantamount|no less than)\b",
    re.IGNORECASE,
)
""" "The king says that any closure would be an act of war": what it would be, and not that it comes."""
_CAN_DO = re.compile(
    r"\b(?:could|can) (?:each |together |now |still |also |only )?(?:handle|treat|process|recover|carry|store|load|unload|produce|make|take|"
    r"serve|move|pump|clear|clean|ship|supply|deliver|generate|accommodate|house|feed|sort|test|vaccinate|transport|refine|receive|remove|"
    r"lift|smelt|mill|crush|burn|repair|build|launch|fire|train|teach|sell|print|bake|turn out|put through) "
    r"(?:up to |as (?:many|much) as |about |around |some |at most |nearly |almost |more than |only |roughly )?\d[\d.,]*(?: [a-z-]+){0,5}? "
    r"(?:an?|per|each|every) (?:hour|day|night|week|month|year)\b"
)
""" "Its two cranes could unload 900 tonnes a day": how much can be done."""
_BY_A_DAY = re.compile(
    r"\b(?:by|before|from|until|within|once|after|when) (?!far\b)|\bin [A-Z\d]|\b(?:soon|later|again|further|another|extra|additional)\b"
    r"|\b(?:next|this|coming) (?:week|month|year|summer|autumn|winter|spring|season|quarter)\b"
)


def is_supposed(text: str) -> bool:
    """Whether a sentence thinks through what would follow from something, and foretells neither.

    "A blockade would cost trillions", "that would leave 300 beds"; how much can be done in a day; and what "would" come without
    anybody who said so, for then the word is no "will" that was said in the past. What is put
    under a condition in words ("if …") is something else (`conditions`).
    """
    plain = " ".join(text.split())
    if re.search(r"\b(?:if|unless|were)\b", plain, re.IGNORECASE) or _LIKELY.search(plain):
        return False
    if _IF_IT_CAME.match(plain) or _THAT_WOULD.match(plain) or _WOULD_BE.match(_SAYS.sub("", plain)):
        return True
    if _CAN_DO.search(plain) and not _BY_A_DAY.search(plain):
        return True
    return _WOULD.search(plain) is not None and _SAID.search(plain) is None
