"""What a figure measures: its kind, what is counted, per what, and in which stretch of time."""

from __future__ import annotations

import re
from datetime import date

from foedus.draft.clauses import ABOUT
from foedus.draft.words import MONTH, WEEKDAYS
from foedus.evidence.claim import Claim
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.units import singular

__all__ = [
    "DAYS_OF",
    "OF_A_NUMBER",
    "ON_A_DAY",
    "SINCE",
    "act_counted",
    "asked_noun",
    "counted_noun",
    "days_of",
    "is_of_length",
    "measured",
    "period_of",
]

_TIMES = frozenset("hour day night week fortnight month quarter season year".split())


_GAP = (
    r"(?:(?!\b(?:within|in|for|until|before|after|than|over|so|and|or|but|once|at|as|barely|hardly|nearly|almost|enough)\b|\d)"
    r"[\w ,'’-]){0,40}?\b"
)


_FLOWING = re.compile(
    rf"{_GAP}(?:an?|per|each|every)[ -](?P<unit>hour|day|week|month|year)\b(?! ago| earlier| later| (?:before|after|prior)(?:[.,;]|$))",
    re.I,
)


_ADVERB = re.compile(rf"{_GAP}(?P<unit>daily|weekly|monthly|annually|yearly)\b", re.I)


_EVERY = re.compile(
    r"\b(?P<unit>daily|weekly|monthly|annual|yearly) (?:[a-z-]+ ){0,2}(?:of |at )?$"
    r"|\b\d[\d,.]* (?P<inside>daily|weekly|monthly|annual|yearly)\b"
)
"""A pace before its figure or within it: "a daily average of 1,250 people", "32 daily transits"."""


_ADVERBS = {"annual": "year", "daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}


_IN_MONTH = re.compile(
    rf"\b(?:in|during|for|over)\s+(?:the month of\s+)?(?:early |late |all of )?(?:{MONTH})\b"
    rf"|^\s*(?:{MONTH})\s+(?:saw|brought)\b"
    rf"|\b(?:compared|against|than) (?:to |with |in )?(?:those of |that of )?(?:{MONTH})\b"
)


_IN_STRETCH = re.compile(
    r"\b(?:in|during|over)?\s*(?:the\s+)?(?:last|past|previous|same)\s+(?P<unit>day|week|month|year)\b"
    r"|\b(?:in|during|over|within) the (?P<whole>week|month|year)\b(?! (?:of|ahead|to come|before|after)\b)"
    r"|\b(?:in|during|over|within) (?:the |any )?(?:last |past |previous |same )?"
    r"(?P<days>24 hours|(?:seven|7) days|(?:30|thirty) days|(?:12|twelve) months)\b"
    r"|\b(?:in|on) (?:an? |any )?(?:normal|ordinary|typical|average|usual) (?P<usual>day|week|month|year)s?\b"
    r"|\b(?P<plain>yesterday|overnight)\b"
    r"|\bin an? (?P<bare>day|week|month|year)\b(?!['’]s time| or | and )",
    re.I,
)


_NEXT_DAYS = "|".join(f"{one} (?:and|to) {after}" for one, after in zip(WEEKDAYS, (*WEEKDAYS[1:], WEEKDAYS[0]), strict=True))
_DAY_TO_DAY = re.compile(rf"\b(?:between|from) (?:{_NEXT_DAYS})\b")
""" "Between Sunday and Monday": one day."""
_DAYS_AS = {"24": "day", "7": "week", "seven": "week", "30": "month", "thirty": "month", "12": "year", "twelve": "year"}


SINCE = re.compile(
    r"\b(?:since|(?:began|begun|started|broke out|erupted|emerged|declared|detected) (?:in|on))\b[^,;.]*"
)  # what is told since a day was not counted over that day's month


_IN_QUARTER = re.compile(
    r"\b(?:in|during|for|over) the (?:first|second|third|fourth|last|latest|same) (?:quarter|half|(?:\w+ )?months)\b",
    re.IGNORECASE,
)
"""A stretch that is neither a month nor a year."""
_IN_YEAR = re.compile(
    r"\b(?:in|during|for|over) (?:19|20)\d\d\b|\b(?:in|during|for|over) the (?:19|20)\d\d[-–/](?:\d\d)?\d\d\b|\b(?:harvest|crop|vintage)s?\b"
    r"|\b(?:in|during|for|over) (?:the (?:current|new|coming|present)|this|next) (?:(?:marketing|crop|growing|fiscal) year|"
    r"(?:(?:marketing|crop|growing|fishing) )?season)\b",
    re.I,
)


_THAN_IN = re.compile(r"\b(?:more|less|fewer|higher|lower|better|worse) than (?:in|at|during|over) (?:the year )?(?:19|20)\d\d\b")
""" "2,400 judges, a fifth fewer than in 2018": nobody counted these over a year."""


OF_A_NUMBER = re.compile(
    rf"\b(?:reproduction number|rate|ratio|factor|elasticity|index|score)\b[\w ]{{0,20}}? (?:at|of|is|was|to) (?:{ABOUT} )?$",
    re.IGNORECASE,
)
"""What a figure without a noun is of: "put the reproduction number at 1.3"."""


def measured(quantity: FoundQuantity, text: str, end: int) -> tuple[str, str, str]:
    """(kind, what, per what)."""
    unit, _, per = quantity.unit.partition(" per ")
    per = per.removeprefix("per ").strip()
    per = _noun_of(per) if " " in per else per
    if unit.startswith("per "):
        unit, per = "", unit.removeprefix("per ")
    if unit in ("percentage", "percent", "%") or quantity.kind == "ratio" or unit.startswith("fraction"):
        return "share", "", per or _pace_of_share(text[quantity.end : end])
    if not per and quantity.dimension in ("count", "mass", "volume", "energy", "currency", ""):
        behind = text[quantity.end : end]
        found = _FLOWING.match(behind) or _ADVERB.match(behind)
        per = _ADVERBS.get(found["unit"].lower(), found["unit"].lower()) if found else _every(quantity, text)
    if quantity.dimension == "time":
        return "duration", unit, per
    if quantity.dimension == "currency":
        return ("price" if per and per not in _TIMES else "flow" if per else "money"), unit.split()[-1], per
    if not unit and not per:
        return "number", "", ""
    head = _noun_of(unit)
    if quantity.dimension == "count" and quantity.unit_text and quantity.unit_text.split()[-1][:1].isupper():
        head = "person"  # "420,000 Rohingya": a people is counted by its name
    return ("flow" if per in _TIMES else "price" if per else "level"), head, per


def _pace_of_share(behind: str) -> str:
    """What a share is per, where words stand between: "loses 2 percent of its water to evaporation each month"."""
    found = _PACED.match(behind)
    return found["unit"].lower() if found else ""


_PACED = re.compile(
    r"\s+of (?:(?!\b(?:in|for|until|before|after|than|over|so|and|or|but|if|when|while)\b|\d)[\w’'-]+ ){1,8}?"
    r"(?:every|each|an?|per) (?P<unit>day|week|month|year)\b(?! ago| earlier| later)",
    re.IGNORECASE,
)


def _every(quantity: FoundQuantity, text: str) -> str:
    """The stretch of a pace that is told before the figure or within it; "" where none is."""
    start = max(text.rfind("\n", 0, quantity.number_start), quantity.number_start - 60, 0)
    found = _EVERY.search(f"{text[start : quantity.number_start]}") or _EVERY.search(quantity.text)
    return _ADVERBS[(found["unit"] or found["inside"])] if found else ""


def _noun_of(unit: str) -> str:
    """A unit of measure as one word: a cubic metre is no metre, a terawatt hour no hour; else the noun that is counted."""
    if not unit:
        return ""
    if unit == "square kilometre":
        return "km2"
    if unit.startswith(("barrel of", "cubic ", "billion cubic ", "mega british")) or unit.endswith(" hour"):
        return unit.partition(" of ")[0].replace(" ", "_")
    return singular(unit.split()[-1].lower())


_PEOPLE_OR_THINGS = (
    r"(?P<noun>cases|deaths|infections|fatalities|patients|refugees|people|soldiers|troops|personnel|fighters|servicemen|peacekeepers|"
    r"recruits|casualties|volunteers|migrants|seekers|applicants|claimants|passengers|prisoners|residents|pupils|customers|nurses|doctors|workers|students|men|women|children|warheads|tanks|aircraft|"
    r"shells|missiles|drones|ships|vessels|tankers|containers|barrels|beds|tonnes|doses|houses)"
)


_GRADES = r"(?:(?:confirmed|probable|possible|suspect|suspected|reported|active|new)(?:, | and | or |, and )){1,3}"
_BEHIND = re.compile(rf"\s+(?:{_GRADES})?(?:[a-zA-Z-]+\s+){{0,3}}?(?:[a-z-]+ and [\d,.]+ [a-z-]+ )?{_PEOPLE_OR_THINGS}\b")


# "22,600 have crossed", "44,000 left the profession": who does so is people
_WHO_DO = re.compile(
    r"\s+(?:an?|per|each|every)?\s*(?:hour|day|week|month|year)?\s*"
    r"(?:people )?(?:(?:have|had|has|were|are|still|also|now|already|been) ){0,3}"
    r"(?:died|fled|crossed|arrived|landed|(?<!were )(?<!are )(?<!was )left|"
    r"quit|resigned|returned|joined|enlisted|enrolled|registered|recovered|migrated|applied|"
    r"walking|waiting|sleeping|living|crossing|arriving|fleeing|leaving|killed|wounded|"
    r"(?:cross|flee|leave|enter|arrive|come|go|return)\b[^,;.\d]{0,30}\b(?:border|frontier|country|abroad|camps?|home|homes|exile)|"
    r"injured|infected|displaced|evacuated|hospitali[sz]ed|vaccinated|made (?:it|the (?:journey|crossing|trip)))\b"
)


# "have room for 240,000"
_ROOM_FOR = re.compile(rf"\b(?:room|space|shelter|places|beds|accommodation|food|tents) for (?:{ABOUT} )?$", re.IGNORECASE)
# "has driven 8.6 million from their homes"
_FROM_HOME = re.compile(
    r"\s+(?:people )?(?:from|out of|off|to flee) (?:their|its) (?:own )?(?:homes?|houses|land|lands|villages?|towns?)\b"
)
# "recruits around 2,500 a month": whom one does that to is people
_WHOM = re.compile(
    rf"\b(?:recruit|enlist|conscript|mobili[sz]e|enrol|hire|train|evacuate|displace|uproot|admit|shelter|vaccinate)(?:s|l?ed|d|ing)? "
    rf"(?:{ABOUT} )?$",
    re.IGNORECASE,
)


_AT_A_RATE = re.compile(rf"\b{_PEOPLE_OR_THINGS}\b[^,;]{{0,40}}\bat (?:a|the) (?:rate|pace) of (?:{ABOUT} )?$", re.IGNORECASE)


_OF_A_LIST = re.compile(
    r"\b(?:waiting lists?|the list|backlogs?|queues?|caseload|headcount|death toll|population)\b"
    r"(?: (?:in|for|at|of) (?:[A-Z]\w+|[a-z]+)| now| again| overall)*"
    r" (?:(?:is|was|are|were|stands?|stood|now|at|to|of|an?|the|has|had|have|been|new|record|high|rose|risen|grew|grown|fell|fallen|climbed|"
    rf"reached|hit|topped|passed|exceeded|exceeds?|by|from|level) ?|(?:{ABOUT}) ?)+$",
    re.IGNORECASE,
)
"""A list of people whose length is told: "the waiting list in England is now at 7.47 million"."""


_NUMBER_OF = re.compile(
    rf"\b(?:number|total|toll|count|stock|stockpile|reserve|arsenal)s? of\b[\w ,()-]{{0,80}}?\b{_PEOPLE_OR_THINGS}\b",
    re.IGNORECASE,
)


_ANY_NUMBER_OF = re.compile(r"\bnumber of (?:[a-z-]+ ){0,2}?(?P<noun>[a-z-]{3,}s)\b[^,;:]{0,90}$", re.IGNORECASE)


def counted_noun(near: str, quantity: FoundQuantity, after: str) -> str:
    """The noun of a bare number: "6,242 reported Ebola cases", "the number of confirmed cases was 5,335"; "" where there is none."""
    place = near.find(quantity.text)
    behind = _BEHIND.match(after)
    if behind is None and _OF_A_LIST.search(near[: max(place, 0)]):
        return "people"
    ahead = (
        _NUMBER_OF.search(near[: max(place, 0)])
        or _ANY_NUMBER_OF.search(near[: max(place, 0)])
        or _AT_A_RATE.search(near[: max(place, 0)])
    )
    found = behind or ahead
    if found is None and (
        _WHO_DO.match(after)
        or _FROM_HOME.match(after)
        or _WHOM.search(near[: max(place, 0)])
        or _ROOM_FOR.search(near[: max(place, 0)])
    ):
        return "people"
    if found is None:
        return ""
    return (
        "people" if found["noun"][:1].isupper() else found["noun"]
    )  # "the number of Rohingyas": a people is counted by its name


_HOW_MANY = re.compile(rf"\bhow many (?:[a-z-]+ ){{0,3}}?{_PEOPLE_OR_THINGS}\b")
_STAND = re.compile(r"\s+(?:were|are|was|is|had been|have been|remain\w*|left)\b")


_ACTS = re.compile(
    r"^\W*(?:[A-Z][a-z]+ )?(?P<act>crossings|arrivals|departures|attacks|transits|deaths|cases|infections|applications|referrals|admissions|"
    r"incidents|clashes|strikes|returns)\b",
    re.IGNORECASE,
)


def act_counted(near: str, before: str) -> str:
    """The act that a pace without a noun counts: of its own subject, or of that of the sentence before it where a pronoun stands for that:
    "Crossings peaked at 40,000 a week. They have since slowed to 13,000 a week"; "" where there is none."""
    last = (
        re.split(r"(?<=[.!?])\s+(?=[A-Z])", before)[-1] if re.match(r"\W*(?:they|these|that|it)\b", near, re.IGNORECASE) else near
    )
    found = _ACTS.match(last)
    return found["act"].lower() if found is not None else ""


def asked_noun(before: str, after: str) -> str:
    """The noun of a bare number that answers what the sentences before it ask: "does not say how many shells it has. Some 150,000 were
    left"; "" where they ask nothing."""
    found = list(_HOW_MANY.finditer(before))
    return found[-1]["noun"] if found and _STAND.match(after) else ""


_LENGTHS = frozenset("millimetre centimetre metre kilometre mile inch foot".split())


def is_of_length(head: str) -> bool:
    """Whether a noun measures lengths and calibres, of which nobody counts so many."""
    return head in _LENGTHS


_FIRST_MONTHS = re.compile(
    r"\b(?:in|through|over|during) (?:the|its|their) (?:first|past|last) "
    r"(?P<count>\d+|two|three|four|five|six|seven|eight|nine|ten) (?P<unit>days|weeks|months)\b",
    re.IGNORECASE,
)
_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))
_DAYS_IN = {"days": 1.0, "weeks": 7.0, "months": 30.4375}
DAYS_OF = re.compile(
    r"\bin (?P<count>[3-9]|\d\d|three|four|five|six|seven|eight|nine|ten) (?P<unit>days|weeks|months) of "
    r"(?:[a-z]+ ){0,2}(?:fighting|clashes|combat|battles?|bombardment|shelling|war|strikes?|protests?|rain|outages?)\b",
    re.IGNORECASE,
)
""" "Lost 7,800 men in three days of renewed fighting": as long as it has gone on."""
_PART_OF_YEAR = re.compile(
    r"\b(?:in|during|over|for) the (?:first|second|third|fourth|last|latest|past|previous) (?P<part>quarter|half)\b"
    r"(?! of (?!(?:the|this|last|its|the fiscal|the financial) year\b|(?:19|20)\d\d\b)| an hour)",
    re.IGNORECASE,
)
""" "In the first half of July" is no half of a year."""
_DAYS_OF_PART = {"quarter": 91, "half": 183}
_LEAST_DAYS = 6  # what was counted over fewer is no pace


def days_of(claim: Claim, near: str, sentence: str) -> int:
    """Over how many days up to the report an amount was counted: "since 7 October", "in the first three months", "in the last quarter"; 0
    where nothing tells."""
    found = _FIRST_MONTHS.search(near)
    if found is not None:
        count = _NUMBERS.get(found["count"].lower()) or int(found["count"])
        return round(count * _DAYS_IN[found["unit"].lower()])
    fought = DAYS_OF.search(near)
    if fought is not None:
        count = _NUMBERS.get(fought["count"].lower()) or int(fought["count"])
        return round(count * _DAYS_IN[fought["unit"].lower()])
    part = _PART_OF_YEAR.search(near)
    if part is not None:
        return _DAYS_OF_PART[part["part"].lower()]
    value = (claim.time.value or "") if claim.time is not None else ""
    begin = re.match(r">=(\d{4})-(\d\d)(?:-(\d\d))?$", value)
    if begin is None and claim.time is not None and (claim.time.text or "").startswith("since "):
        begin = re.match(r"\[[\d-]+,(\d{4})-(\d\d)(?:-(\d\d))?\]$", value)  # "since the end of February"
    if begin is None or not re.search(r"\bsince\b", sentence, re.IGNORECASE):
        return 0
    days = (date.fromisoformat(claim.day[:10]) - date(int(begin[1]), int(begin[2]), int(begin[3] or 1))).days
    return days if days >= _LEAST_DAYS else 0


ON_A_DAY = re.compile(rf"\bon (?:{'|'.join(WEEKDAYS)})\b")


_SO_FAR = re.compile(r"\bthis year\b", re.IGNORECASE)


_ON_A_DATE = re.compile(
    r"\W*(?:[\w’'-]+ ){0,3}?(?:withdrawals?|injections?|deliveries|shipments?|output|production|imports?|exports?|arrivals?|transits?|flows?|"
    rf"consumption|demand|use)\b[^,;:]*?\b(?:on|for) (?:(?:{MONTH}) \d{{1,2}}|\d{{1,2}} (?:{MONTH}))\b(?! (?:to|and|-|–))",
    re.IGNORECASE,
)
""" "Withdrawals on 10 January amounted to 740 million cubic metres": of that day."""
_THIS_MONTH = re.compile(r"\bthis month\b", re.IGNORECASE)
_OVER = "25"  # the day from which on a month is as good as over


_IN_FISCAL_YEAR = re.compile(
    r"\b(?:in|during|for|by the end of|over) (?:this|the) (?:fiscal|financial|school|crop) year\b(?! to\b)"
    r"|\d[\d,.]*(?: \w+){0,3} this (?:fiscal|financial) year\b"
    r"|\b(?:annual|yearly) (?:[a-z]+ )?(?:goal|target|quota|plan|intake) of\b",
    re.IGNORECASE,
)
""" "Hopes to take on 80,000 recruits this fiscal year", "an annual goal of 80,000"."""
_NEARLY_A_YEAR = 300  # days of a year after which what came "this year" is that of a year, give or take a sixth


def period_of(near: str, as_of: date, told: str = "") -> str:
    """In what stretch an amount was counted: "in June", "in the past week", "in 24 hours".

    Args:
        told: the day on which it is told, where that is known: "this month" is one when it is over.
    """
    if _THIS_MONTH.search(near) and told[8:10] >= _OVER and not SINCE.search(near):
        return "month"
    is_total = SINCE.search(near) is not None
    near = _THAN_IN.sub(" ", SINCE.sub(" ", near))
    if _IN_QUARTER.search(near):
        return ""
    if _IN_MONTH.search(near):
        return "month"
    if _IN_YEAR.search(near) and not is_total:
        return "year"
    if _ON_A_DATE.match(near):
        return "day"
    if _IN_FISCAL_YEAR.search(near):
        return "year"
    if _SO_FAR.search(near) and as_of.timetuple().tm_yday > _NEARLY_A_YEAR:
        return "year"
    if _DAY_TO_DAY.search(near):
        return "day"
    found = _IN_STRETCH.search(near)
    if found is None or found["plain"]:
        return "day" if found else ""
    return (
        _DAYS_AS[found["days"].split()[0].lower()]
        if found["days"]
        else (found["unit"] or found["whole"] or found["usual"] or found["bare"]).lower()
    )
