"""Of when a figure is: of now, of usual times, of the future, of a wish, of long ago, or by how much something moved."""

from __future__ import annotations

import re
from datetime import date

from foedus.draft.words import MONTH, first_word, pattern
from foedus.evidence.claim import Claim
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.quantities import FoundQuantity

__all__ = [
    "CHANCE",
    "CHANCE_WORDS",
    "FROM_THAT",
    "MOMENTS",
    "MOMENT_WORDS",
    "MONTH_FIRST",
    "UNTIL_THEN",
    "is_told_of_then",
    "moment_of",
    "without_blow",
    "without_goal",
]

MOMENTS = ("now", "usual", "expected", "wanted", "past", "change", "beside")
MOMENT_WORDS = {
    "past": "it is of another time",
    "wanted": "it is what somebody wants",
    "change": "it says by how much something moved",
    "beside": "it comes on top of what another figure tells",
    "expected": "it is of what is to come",
    "usual": "it is of usual times",
}
"""Why a figure that is not of now is left out, where a slot takes figures of now."""
_BLOWS = (
    "war wars invasion strike strikes ban crisis outbreak conflict closure blockade pandemic attack attacks fighting drought embargo "
    "sanctions coup collapse shortage shortages emergency unrest uprising earthquake quake flood floods cyclone hurricane revolution "
    "default shutdown disruption epidemic virus disease crackdown cuts escalation siege bombardment offensive "
    "curbs controls restrictions tariffs hostilities lockdown lockdowns crash panic raid raids bombing bombings hijackings piracy"
)
"""What ends usual times: "before the drought"."""
_USUAL = (
    "pre-war prewar pre-pandemic pre-crisis normal normally usual* in_normal_times in_ordinary_times ordinarily typical* "
    "calm_times quiet_times in_peacetime before_war " + " ".join(f"before_the_{blow}" for blow in _BLOWS.split())
)
_WANTED = (
    "want wants wanted demands demanded aim aims hope hopes target targets plan plans planned goal need needs needed require requires "
    "ask asks asked seek seeks call_for calls_for pledge* promise* propose* should must recommend* threshold demand_a demand_an demand_that "
    "ideally"
)
_EXPECTED = "expect* forecast* predict* project* likely probabl* will would could may might estimates_that_by anticipate*"
_LONG_AGO = re.compile(
    r"\bin the (?:war|strike|crisis|outbreak|epidemic|ban|blockade) of (?:1[6-9]|20)\d\d\b"
    r"|\b(?:earlier|past|previous|former) (?:wars?|outbreaks?|epidemics?|crises|crisis|strikes?|droughts?|bans?|blockades?)\b",
    re.I,
)
_WHEN_LAST = re.compile(
    r"\b(?:[Tt]he|[Ll]ast|[Tt]heir) (?:previous|last|[a-z]+ ){0,3}(?:season|winter|summer|campaign|heating period)\b[^.;]{0,80}?"
    r"\b(?:ended|closed|began|started|finished)\b[^.;]{0,60}, (?:when|with)\b"
)
""" "The previous season ended in March, when stores stood at 34 percent"."""
_USED_TO = re.compile(r"(?<!is )(?<!are )(?<!be )(?<!was )(?<!were )\bused to\b[^,;]{0,30}$", re.I)
_YEARS = re.compile(r"\b(?:in|during|of|for|the|that) (?P<year>(?:19|20)\d\d)(?:[-–/](?P<to>\d\d)\b)?\b", re.IGNORECASE)
_PEAK = (
    "record_high* all-time_high* record_low* had_reached had_risen peaked peak_of record_of busiest at_its_height at_the_height"
)
CHANCE_WORDS = r"(?:chances?|probability|odds|likelihood)"
CHANCE = re.compile(rf"\b{CHANCE_WORDS}\b", re.I)
_PART = re.compile(r"[,;]\s|\s(?:but|while|whereas|and|from|against|compared with)\s")
_IS_SO_NOW = re.compile(r"\b(?:has|have) (?:now |since )?(?:\w+ed|risen|fallen|grown|become|sunk|shrunk)\b")
_OF_ALL = re.compile(r" of (?:the|all|world|global)\b")  # who grows 60 % of the world's cocoa has not grown by 60 %
_REACHES = re.compile(
    r"\b(?:below|above|under|over|past|beyond|exceed\w*|as (?:high|low|much|many|little|few) as)\s+[$€£]?$", re.I
)
_PASSING = re.compile(r"(?:below|above|under|over|past|beyond|exceed\w*) ", re.I)
_LOSES = re.compile(
    r"\blos(?:e|es|ing|t)\b(?! by\b)[^,;]*$", re.I
)  # an army that loses soldiers tells of losses, not of a change
_RECORD = re.compile(
    r"\b(?:highest|lowest|most|worst|biggest|largest|deadliest|best|fewest|first|sharpest|steepest|driest|wettest)\b[^,;]*\bsince\b",
    re.I,
)
_SEES = re.compile(
    r"\b(?:sees?|saw|foresees?|foresaw|pencils? in|pencilled in) (?:(?!\bthat\b)[\w’'-]+ ){1,6}?(?:at|of|to|reaching|falling to|rising to) "
    r"(?:[a-z]+ ){0,3}?$"
)
""" "The fund sees inflation at 24 percent"."""
_IN_A_PAST = re.compile(
    r"\b(?:[Ii]n|[Dd]uring|[Oo]ver) the (?:week|month|year|quarter) (?:to|ending|ended|that ended)\b"
    r"|\b[Ll]ast (?:week|month|year|quarter)\b[^,;]*\bsaw\b"
)
""" "In the week ending 19 August the reserve saw another draw of 8 million": it has been so."""
_AGO = re.compile(
    r"\W*(?:only |just |barely )?(?:an?|one|two|three|four|five|six|ten|\d+) (?:months?|years?|decades?) (?:ago|earlier|before)\b",
    re.IGNORECASE,
)
""" "A year ago one in five did"."""
_PHRASAL = re.compile(
    r"\b(?:call|make|sign|take|use|eat|soak|pick|turn|round|set|open|put|give|lock|hold|line|buy|ma[dk]e|took|gave|held|bought)"
    r"(?:s|ed|ing)? up (?:[a-z]+ ){0,2}?$"
)
""" "Calls up 4,000 recruits": nothing went up."""
_TAKES_ON = re.compile(
    r"\b(?:hopes?|aims?|plans?|wants?|needs?|has|have) to (?:gain|add|win|attract) "
    r"(?:about |some |around |nearly |at least |up to |another )?$"
)
""" "Hopes to gain 80,000 recruits": whom somebody wants."""
_STALE = 550  # days: an older figure is of another time
_COMPARED = re.compile(
    r"\b(?:since|than|above|below|beyond|over)(?: the| their| its)? (?:pre-?\w+|before the \w+|usual\w*|normal\w*|typical\w*)\b",
    re.I,
)
_SEEMS = re.compile(r"\bwould (?:appear|seem)\b")
_AHEAD = re.compile(
    r"\b(?:will|would|could|may|might|can|shall|should|must|to|if|set|due|going|soon|next|until|before|by|likely|unless|were|hope\w*|"
    r"look\w*|ready|read\w+|prepar\w*|plan\w*|expect\w*|predict\w*|forecast\w*|projected|order\w*|risk\w*|threat\w*|potential\w*|ahead|"
    r"future|maybe|perhaps|possibl[ey]|probabl[ey]|appears?|seems?|believe[sd]?|suppos\w+|promis\w*|pledg\w*|vow\w*|propos\w*|aim\w*)\b",
    re.IGNORECASE,
)
"""Words by which a part of a sentence speaks of more than what is; without any it is no more than what the others say that does so."""
_IS_PERHAPS = re.compile(
    r"\b(?P<verb>is|are|was|were|has|have) (?:now |still )?(?:probably|perhaps|possibly|presumably)(?= (?!to\b|be\b))",
    re.IGNORECASE,
)
_PERHAPS_IS = re.compile(
    r"\b(?:probably|perhaps|possibly|presumably) "
    r"(?=(?:amounts?|stands?|holds?|has|have|comes?|numbers?|makes?|uses?|fires?|needs?|is|are)\b)",
    re.IGNORECASE,
)
"""How sure somebody is of what is so: "is probably between 1.2 and 1.6" is no forecast."""
_EARLY = re.compile(
    r"\b(?:in|during) (?:the|its) (?:first|early|opening|initial) (?:days|weeks|months) (?:of|after)\b"
    r"|\bat (?:first|the (?:outset|beginning))\b",
    re.IGNORECASE,
)
"""What was so when it began, and may not be now."""
_BUILT_FOR = re.compile(r"\b(?:is|are|was|were|been) (?:originally )?planned for\b(?= (?:[a-z]+ ){0,3}\d)", re.IGNORECASE)
""" "The camps were planned for 40,000": they have room for so many."""
_FOR_WHOM = re.compile(r"\bfor (?:its|their|his|her|our|all) (?:(?:about|some|around|nearly|almost|more than) )?$", re.IGNORECASE)
"""For whom something is wanted there is already: "wants 9 percent for its 400 members"."""
_THAN = re.compile(r"\s*(?:[a-z]+er|more|less)(?: [a-z]+)? than\b", re.IGNORECASE)
""" "Up to 40 % higher than before": by how much, whatever it is of."""
_GROWS_BY = re.compile(
    r"\b(?:number|total|toll|tally|count|caseload)s?\b[^,;]*\b(?:is|are|was|were|has been|have been) (?:now |still )?"
    r"(?:growing|rising|increasing|climbing|swelling) (?:daily )?by "
    r"(?:about |some |around |nearly |almost |up to |more than |over |an estimated )?$",
    re.IGNORECASE,
)
_BY = re.compile(r"\bby (?:about |some |around |nearly |almost |up to |more than |over |an estimated )?$", re.I)
_MOVES = re.compile(
    r"\b(?:rose|risen|fell|fallen|grow\w*|grew|shr\w+k|(?:lengthen|increas|reduc|drop|swell|widen|declin|ris|fall|cut|expand|lower|rais|jump|"
    r"climb|slip|shorten|slash|boost|narrow|exceed|gain|slow)\w*)\b",
    re.I,
)


def moment_of(quantity: FoundQuantity, near: str, sentence: str, proposal: Proposal, claim: Claim, as_of: date) -> str:
    """Of when the figure is, by its words, its time and its modality."""
    ahead = sentence[: max(sentence.find(quantity.text), 0)]
    is_part = _OF_ALL.match(sentence[max(sentence.find(quantity.text), 0) + len(quantity.text) :])
    is_reached = _REACHES.search(ahead[-32:]) or _PASSING.match(quantity.text)
    is_other = _TAKES_ON.search(ahead[-40:]) or _LOSES.search(ahead[-40:]) or _PHRASAL.search(ahead[-40:])
    is_moved = quantity.change and not is_part and not is_reached and not is_other
    is_more = _THAN.match(sentence[len(ahead) + len(quantity.text) :]) is not None
    if _BY.search(ahead[-24:]) and _MOVES.search(near):
        return "now" if _is_of_those_who_come(quantity, near, ahead) else "change"
    if quantity.qualifier == "additional" or _ANOTHER.match(quantity.text) or _ANOTHER_AHEAD.search(ahead[-24:]):
        return "beside" if _is_standing_beside(near, proposal) else "change"
    if is_moved or is_more:
        return "change"
    if _AGO.match(near):
        return "past"
    if _SEES.search(ahead) and not _IN_A_PAST.search(ahead):
        return "expected"
    last = _last(claim) if not _is_behind_others(claim, near, ahead) else None
    is_from = _FROM.match(quantity.text) or re.search(
        r"\bfrom (?:about |some |around |nearly |more than |less than )?$", ahead[-24:]
    )
    if is_from and pattern(_USUAL).search(_behind(sentence, quantity)):
        return "usual"
    if (
        _is_against_a_day(quantity, sentence)
        or is_from
        or _LONG_AGO.search(near)
        or _USED_TO.search(ahead)
        or _WHEN_LAST.search(ahead)
        or _is_of_old(near, as_of)
    ):
        return "past"
    if last is not None and (as_of - last).days > _STALE and not _RECORD.search(near):
        return "past"
    is_before = _is_against_before(near, quantity) or (" per " in quantity.unit and _is_of_last_year(quantity, near, as_of))
    if is_before or _is_usual(near, sentence):
        return "usual"
    if first_word(_PEAK, near) or _EARLY.search(near):
        return "past"
    near = _PERHAPS_IS.sub(" ", _IS_PERHAPS.sub(r"\g<verb> ", near))
    plain = re.sub(r"(?<=\w )[A-Z][\w’'-]*", "", _SEEMS.sub("", near))  # the Cape of Good Hope hopes for nothing
    if quantity.dimension == "time":  # "needed 20 months to build it": it took so long
        plain = re.sub(
            r"\bneed(?:s|ed)?\b(?= (?:(?:about|some|around|nearly|almost|only|at least|more than|less than) )?[\w-]+ )", "", plain
        )
    plain = without_goal(_OF_A_CASE.sub(" ", _BUILT_FOR.sub(" ", plain)), quantity.text)
    if _AFTER_A_MOVE.search(ahead):  # "would keep its rate after a rise in April to 14 percent": that has been
        return "now"
    plain = _UNDER_A_PLAN.sub(" ", plain)
    if first_word(_WANTED, plain) and not _FOR_WHOM.search(ahead[-60:]):
        return "wanted"
    if MONTH_FIRST.match(near):  # "May brought": no verb, whatever the parser says
        return "now"
    ahead_of_us = (last is not None and last > as_of) or CHANCE.search(near)
    is_modal = (
        proposal.modality != "actual"
        and not _CONSIDERING.match(near)
        and not _SEEMS.search(near)
        and _AHEAD.search(plain) is not None
    )
    is_expected = bool(ahead_of_us) or is_modal or first_word(_EXPECTED, plain)
    return "expected" if is_expected else "now"


def _is_of_those_who_come(quantity: FoundQuantity, near: str, ahead: str) -> bool:
    """Whether so many come in so long: "the number of cases is growing by 5,000 every day"."""
    is_paced = "per " in quantity.unit and _GROWS_BY.search(ahead) is not None
    return is_paced and not first_word(f"{_EXPECTED} {_WANTED}", near)


_ANOTHER = re.compile(r"(?:an? )?(?:another|further|additional|extra) ", re.IGNORECASE)
_ANOTHER_AHEAD = re.compile(
    r"\b(?:another|a further|an additional|an extra) (?:some |about |around |nearly |almost )?$", re.IGNORECASE
)


def _is_standing_beside(near: str, proposal: Proposal) -> bool:
    """Whether so much more is there beside another figure: "farms take a further 2 million litres a day"; nothing has moved by it."""
    is_ahead = proposal.modality != "actual" or first_word(f"{_EXPECTED} {_WANTED}", near)
    return not is_ahead and _MOVES.search(near) is None and _CAME.search(near) is None


_CAME = re.compile(
    r"\b(?:add(?:s|ed)|bring(?:s|ing)|brought|join\w*|sent|order\w*|deploy\w*|report\w*|record\w*|confirm\w*|died|killed|fled|arrived|crossed)\b",
    re.IGNORECASE,
)
_UNDER_A_PLAN = re.compile(r"\bunder (?:the|this|that|its|their|an?) (?:[a-z]+ )?(?:plan|goal|target)\b", re.IGNORECASE)
""" "Under the existing plan stocks would be less than 400": what comes of it, and no wish."""
_CONSIDERING = re.compile(r"\W*(?:considering|given|taking into account|including|excluding|after)\b", re.IGNORECASE)
_OF_A_CASE = re.compile(r"\bprobable\b(?=,| (?:and|or|but|cases?|deaths?|infections?|suspect\w*|confirmed)\b)", re.IGNORECASE)
""" "Confirmed, probable and suspected cases": a grade of what was counted, no forecast."""
_BESIDE_A_GOAL = re.compile(
    r"\b(?:above|below|over|under|off|short of|beyond|against|than|from|exceed\w*|miss\w*) (?:the|our|its|their|his|her|an?|that) "
    r"(?:[a-z-]+ ){0,3}(?:target|goal|limit|ceiling|threshold|plan)s?\b[^,;]*",
    re.IGNORECASE,
)


def without_goal(words: str, figure: str) -> str:
    """The words without a goal that the figure before it is held against: "used 5 million litres, far above our target of 4"."""
    place = words.find(figure)
    found = _BESIDE_A_GOAL.search(words, place + len(figure)) if place >= 0 and figure else None
    return words if found is None else f"{words[: found.start()]} {words[found.end() :]}"


_AFTER_A_MOVE = re.compile(
    r"\b(?:after|following|despite) (?:an?|the|its|their|last [a-z]+['’]s) (?:[\w-]+ ){0,4}"
    r"(?:hike|cut|rise|increase|drop|fall|jump|reduction|surge|raise|decline|slump)\b[^,;:]* (?:to|of) (?:[a-z]+ )?$",
    re.IGNORECASE,
)


def _is_behind_others(claim: Claim, near: str, ahead: str) -> bool:
    """Whether the time of a claim stands behind the figure, in another part of its sentence: "wait 14 weeks, against 7 in 2019"."""
    words = (claim.time.text or "") if claim.time is not None else ""
    return bool(words) and words not in near and words not in ahead


_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|up from|down from|versus|after)\s+(?:(?:about|some|around|nearly|almost|only|just)\s+)?$",
    re.IGNORECASE,
)
_ON_THAT_DAY = re.compile(
    rf"(?: [a-z]+){{0,4}}? (?:at the (?:start|beginning|end|turn) of|in (?:early |mid-?|late )?|on \d{{1,2}} |back in |since )"
    rf"\s?(?:{MONTH}|the (?:year|month|week))\b"
    r"|(?: [a-z]+){0,4}? (?:a|one|two|three|four|five|six|\d+) (?:days?|weeks?|months?|years?) (?:ago|earlier|before)\b"
    r"|(?: [a-z]+){0,4}? (?:last|the previous|the same) (?:week|month|quarter|year|summer|winter|spring|autumn)\b"
)


def _is_against_a_day(quantity: FoundQuantity, sentence: str) -> bool:
    """Whether a figure is what today's is held against, with a time of its own behind it: "cost $60, against $50 at the start of May"."""
    place = sentence.find(quantity.text)
    if place < 0 or not _AGAINST.search(sentence[:place]):
        return False
    return _ON_THAT_DAY.match(sentence[place + len(quantity.text) :]) is not None


def without_blow(words: str) -> str:
    """The words without the blow before or after which something is so: "before the attacks" tells of no attack."""
    return _BLOW.sub(" ", words)


_BLOW = re.compile(rf"\b(?:before|since|after|until|prior to) (?:the )?(?:{'|'.join(_BLOWS.split())})\b", re.IGNORECASE)


def _is_against_before(near: str, quantity: FoundQuantity) -> bool:
    """Whether a figure is what today's is held against, as it was until then: "compared with less than 2 percent before May"."""
    place = near.find(quantity.text)
    return (
        place >= 0
        and _AGAINST.search(near[:place]) is not None
        and UNTIL_THEN.match(near[place + len(quantity.text) :]) is not None
    )


UNTIL_THEN = re.compile(
    rf"\W*(?:before|prior to) (?:the |early |late |mid-?)*(?:{MONTH}|(?:19|20)\d\d|{'|'.join(_BLOWS.split())})\b", re.IGNORECASE
)


def is_told_of_then(sentence: str, before: str, as_of: date) -> bool:
    """Whether a sentence goes on with what was told of a year well behind: "… in January 2019. Within 18 months exports fell to 400,000"."""
    if not _GOES_ON_THEN.match(sentence.lstrip("\"“'")):
        return False
    last = re.split(r"(?<=[.!?])\s+(?=[A-Z])", before)[-1]
    years = [int(year) for year in re.findall(r"\b((?:19|20)\d\d)\b", last)]
    return bool(years) and max(years) < as_of.year - 1


_GOES_ON_THEN = re.compile(
    r"(?:Within|After|Over the next|In the (?:next|following)) (?:\d+|an?|one|two|three|four|five|six|ten|twelve|eighteen|few|several)\b"
    r"|(?:By then|Soon after\w*|Then|At the time|That year)\b"
)
_THAN_THEN = re.compile(
    r",? (?:more|less|fewer|higher|lower|worse|better|as \w+) (?:than|as) (?:in|at|during|for|the) [^,;]*", re.IGNORECASE
)
""" "Has fired 100,000, more than in all of 2006": today's is held against that of then."""


def _is_of_old(near: str, as_of: date) -> bool:
    """Whether the only years that a figure's own words name lie well behind."""
    found = _YEARS.finditer(_THAN_THEN.sub(" ", near))
    years = [int(match["year"][:2] + match["to"]) if match["to"] else int(match["year"]) for match in found]  # the season 2020-21
    is_since = re.search(r"\bsince\b", near) is not None
    return bool(years) and max(years) < as_of.year - 1 and not is_since and not _RECORD.search(near)


FROM_THAT = re.compile(r"\bfrom (?:[a-z]+ ){0,2}[$€£]?\d\S*[^,;:]*$", re.IGNORECASE)
_FROM = re.compile(r"from (?:about |some |around |nearly |at least |more than |less than )?[$€£]?\d", re.IGNORECASE)
_OF_LAST_YEAR = re.compile(
    r"(?<!than )(?<!from )(?<!on )(?<!over )(?<!against )(?<!with )\b(?:last year|in (?P<year>20\d\d))\b(?!['’])"
)


def _is_of_last_year(quantity: FoundQuantity, near: str, as_of: date) -> bool:
    """Whether a pace is told of the year before, with its figure: "exported 2.6 million barrels a day last year"."""
    found = _OF_LAST_YEAR.search(near, max(near.find(quantity.text), 0))
    return found is not None and (not found["year"] or int(found["year"]) == as_of.year - 1)


def _is_usual(near: str, sentence: str) -> bool:
    """Whether a figure is of usual times: by its own words, or by words of the sentence that are no other figure's."""
    if re.search(r"\b(?:now|today|currently)\b", near, re.IGNORECASE):
        near = _AS_A_RULE.sub(" ", near)
        sentence = _AS_A_RULE.sub(" ", sentence)
    near_now, whole = (_COMPARED.sub(" ", _IF.sub(" ", one)) for one in (near, sentence))
    if pattern(_USUAL).search(near_now) or _LONG_RUN.search(_MORE_THAN_USUAL.sub(" ", near_now)):
        return True
    if pattern("now today last_week").search(near) or _IS_SO_NOW.search(near):
        return False
    shared = (one for one in _PART.split(whole) if not re.search(r"\d", one))
    return any(pattern(_USUAL).search(one) for one in shared)


_MEAN = r"(?:average|mean|norm|median)"
_LONG_RUN = re.compile(
    r"\b(?:(?:[a-z]+|\d+)-(?:year|decade|season)|decade-long|long-?(?:term|run|time)|historical|historic|multi-year|seasonal) "
    rf"{_MEAN}\b|\b(?:{_MEAN}|on average) (?:for|of|over|in) the (?:past|last|previous|preceding) "
    r"(?:decades?|(?:\w+ )?(?:years|decades|seasons))\b",
    re.IGNORECASE,
)
"""What was so on average over years is of usual times."""
_MORE_THAN_USUAL = re.compile(
    r"\b(?:above|below|than|against|beyond|compared (?:with|to)|short of|from) (?:the|its|their|an?)\s[^,;]*$",
    re.IGNORECASE,
)
""" "Stands at 61 percent, below the five-year average": so it is now."""
_IF = re.compile(r"^\W*(?:if|provided|once|unless)\b[^,;]*,(?!\d)", re.IGNORECASE)
"""The condition of a sentence says nothing of when its main part is."""
_AS_A_RULE = re.compile(r"\b(?:typically|usually|normally|ordinarily)\b", re.IGNORECASE)
""" "Typically, a patient now waits 14 weeks": on average, today."""


def _behind(sentence: str, quantity: FoundQuantity) -> str:
    """The words behind a figure, to the end of its part of the sentence."""
    place = max(sentence.find(quantity.text), 0) + len(quantity.text)
    return _PART.split(sentence[place:])[0]


MONTH_FIRST = re.compile(rf"\s*(?:{MONTH})\s+(?:saw|brought)\b")


def _last(claim: Claim) -> date | None:
    """The last day of which it speaks, where its own words say so."""
    if claim.time is None or not claim.time.value or not claim.stated:
        return None
    return date.fromisoformat(claim.stated)
