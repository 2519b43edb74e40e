"""Figures of the reports as a rule of matching sees them: what kind of quantity, of what, of when, said how, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from foedus.draft.clauses import ABOUT, inserted, part_of, sentence_around, sentences_before, words_of_claim
from foedus.draft.moments import MOMENTS, MONTH_FIRST, moment_of
from foedus.draft.parties import Parties, parties_of
from foedus.draft.refusals import PART, refusal_of
from foedus.draft.words import MONTH, WEEKDAYS
from foedus.evidence.claim import Claim
from foedus.evidence.document import span_digest
from foedus.evidence.reading import Reading
from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.proposals import Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.units import singular
from foedus.show.words import MONTHS

__all__ = ["KINDS", "MOMENTS", "Fact", "facts_of", "is_common_word"]

KINDS = ("level", "flow", "share", "duration", "price", "money", "number")


@dataclass(frozen=True)
class Fact:
    """A claim with a figure, and the words around it.

    Attributes:
        claim: as it will stand in the ledger.
        kind: one of `KINDS`: what the unit measures.
        head: what is counted or measured, in the singular ("tonne", "ship", "rupiah"); "" for shares and plain numbers.
        per: what it is per ("month", "tonne"), "" for none.
        period: the stretch in which a plain amount was counted ("month", "week"), "" where the words name none.
        moment: one of `MOMENTS`: a figure of today, of normal times, of the future, of a wish, of long ago, or by how much something moved.
        near: the words of the figure's own part of the sentence; `clause` those of the claim; `sentence` all; `before` the two
            sentences before it.
        places: the states and peoples that its part of the sentence names, else the claim's own actor.
        strangers: proper names beside the figure that are no states, months, or names of the matter itself.
        stretch: of the whole sentence in the original: start, end, digest.
        refused: why it can fill no slot whatever it says; "" if it can.
        side: the state, army or movement whose figure it is, where its part of the sentence names one.
        within: places that are no states in which it is counted ("in Lugano"), where the reports do not speak of them by their titles.
        wide: more of its sentence, where nothing in that speaks of another figure, time or doubt; "" where there is no more.
    """

    claim: Claim
    kind: str
    head: str
    per: str
    period: str
    moment: str
    near: str
    clause: str
    sentence: str
    before: str
    places: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    stretch: tuple[int, int, str] = (0, 0, "")
    refused: str = ""
    wide: str = ""
    side: str = ""
    within: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Where a rule looks: the figure's part of the sentence, and what a pronoun in it stands for."""
        if not _POINTS.search(self.near) and not MONTH_FIRST.match(self.near):
            return self.near
        is_inside = _IT_IS.match(self.near) is not None or self.near.lstrip().startswith(";")
        place = self.sentence.find(self.near.strip()) if is_inside else 0
        return f"{self.before} {self.sentence[: max(place, 0)]} {self.near}"


_IT_IS = re.compile(r"^\W*(?:\w+ )?(?:it|they) (?:stand|stood|is|are|was|were|come|came|amount|total|reach)", re.IGNORECASE)
"""A part of a sentence whose subject is that of the part before it: "it is 50; officially they stand at 60"."""
_POINTS = re.compile(r"^\W*(?:[\w ,]{0,40}?\b)?(?:it|that|this|they|these|those)\b", re.IGNORECASE)
_TIMES = frozenset("hour day night week fortnight month quarter season year".split())
_GAP = (
    r"(?:(?!\b(?:within|in|for|until|before|after|than|over|so|and|or|but|once|at|barely|hardly|nearly|almost|enough)\b|\d)"
    r"[\w ,'’-]){0,40}?\b"
)
_FLOWING = re.compile(rf"{_GAP}(?:an?|per|each|every)[ -](?P<unit>hour|day|week|month|year)\b(?! ago| earlier| later)", re.I)
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
    r"|\b(?P<plain>yesterday|overnight)\b",
    re.I,
)
_DAYS_AS = {"24": "day", "7": "week", "seven": "week", "30": "month", "thirty": "month", "12": "year", "twelve": "year"}
_SINCE = re.compile(
    r"\b(?:since|(?:began|begun|started|broke out|erupted|emerged|declared|detected) (?:in|on))\b[^,;.]*"
)  # what is told since a day was not counted over that day's month
_IN_QUARTER = re.compile(
    r"\b(?:in|during|for|over) the (?:first|second|third|fourth|last|latest|same) (?:quarter|half|(?:\w+ )?months)\b",
    re.IGNORECASE,
)
"""A stretch that is neither a month nor a year."""
_IN_YEAR = re.compile(r"\b(?:in|during|for|over) (?:19|20)\d\d\b|\b(?:harvest|crop|vintage)s?\b", re.I)


def facts_of(readings: Iterable[Reading], claims: Sequence[Sequence[Claim]], as_of: date) -> Iterator[Fact]:
    """The figures of some documents.

    Args:
        claims: of each reading, in its order, as they will stand in the ledger.
        as_of: the day that "now" means.
    """
    readings = tuple(readings)
    parties = parties_of("\n".join(reading.report.text.text for reading in readings))
    for reading, own in zip(readings, claims, strict=True):
        found: list[Fact] = []
        supposed = [one.span("lines") for one in _SCENARIOS.finditer(reading.report.text.text)]
        figures = [proposal.quantity.number_start for proposal in reading.claims if proposal.quantity is not None]
        for proposal, claim in zip(reading.claims, own, strict=True):
            if proposal.quantity is not None and claim.quantity is not None:
                fact = _widened(_fact(reading, proposal, claim, as_of), reading, proposal, figures, as_of)
                is_supposed = any(low <= proposal.quantity.number_start < high for low, high in supposed)
                fact = replace(fact, moment="expected") if is_supposed and fact.moment == "now" else fact
                found.append(_with_side(_with_noun(fact, found), parties, proposal.quantity.text))
        yield from found


_SCENARIOS = re.compile(
    r"\b(?:scenarios|futures|(?:ways|paths|outcomes|possibilities|courses)\b[^.\n]*\b(?:could|may|might|ahead|forward|from here))\b[^\n]*\n+"
    r"(?P<lines>(?:[ \t]*(?:(?:[-*•]|\d+[.)])[ \t]*)?[A-Z][\w’' -]{2,40}[.:][ \t][^\n]*(?:\n+|$))+)"
)
"""A list of what may come: what its lines tell in the present is not so yet."""


def _with_side(fact: Fact, parties: Parties, figure: str) -> Fact:
    place = fact.near.find(figure)
    return replace(fact, side=parties.whose(fact.near, place, place + len(figure), fact.before)) if place >= 0 else fact


_ELLIPTIC = re.compile(
    r"\s*(?:$|[,.;)]|of (?:them|these|those)\b|(?:an?|per|each|every|in|on|by|from|since|at|and|but|while|last|this)\b)"
)


_AT_ITS_END = re.compile(r"\b(?:an?|per|each|every) \w+$")
_OF_A_NUMBER = re.compile(
    rf"\b(?:reproduction number|rate|ratio|factor|elasticity|index|score)\b[\w ]{{0,20}}? (?:at|of|is|was|to) (?:{ABOUT} )?$",
    re.IGNORECASE,
)
"""What a figure without a noun is of: "put the reproduction number at 1.3"."""
_ITS = re.compile(r"\W*(?:its|their|it|they)\b", re.IGNORECASE)


def _with_noun(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The same with the noun of the figure before it in its sentence, where it has none of its own: "lost 350 soldiers a week, and the
    other side 500 a week"."""
    is_of_same = _ITS.match(fact.near) is not None and fact.kind == "number"
    last = next(
        (one for one in reversed(before) if one.head and (one.sentence == fact.sentence or is_of_same or _is_of_pace(one, fact))),
        None,
    )
    quantity = fact.claim.quantity
    if _OF_A_NUMBER.search(fact.sentence[: max(fact.sentence.find((quantity and quantity.text) or "\0"), 0)]):
        return fact
    if last is None or fact.head or quantity is None or not quantity.text or last.head in table("units")["currency"]:
        return fact  # money carries its sign: what has none is something else
    behind = fact.sentence[fact.sentence.find(quantity.text) + len(quantity.text) :]
    if last.sentence != fact.sentence and not fact.before.endswith(last.sentence.strip()):
        return fact
    is_alike = (fact.kind == "number" and (last.kind == "level" or is_of_same)) or (
        fact.kind == last.kind == "flow" and fact.per == last.per
    )
    is_paced = fact.kind == "flow" and _AT_ITS_END.search(quantity.text) is not None  # "around 31 a day arrive"
    if not is_alike or not (is_paced or _ELLIPTIC.match(behind)):
        return fact
    near = fact.near if last.head in fact.near else f"{fact.near} ({last.head}s)"
    kind = "level" if fact.kind == "number" else last.kind
    refused = fact.refused or (
        last.refused if last.refused == PART else ""
    )  # "200 of those are in the north, and 300 in the south"
    return replace(fact, kind=kind, head=last.head, period=last.period or fact.period, near=near, refused=refused)


def _is_of_pace(one: Fact, fact: Fact) -> bool:
    """Whether a figure without a noun goes at the pace of one in the sentence before: "32 ships a day pass. Around 31 a day arrive"."""
    return fact.kind == one.kind == "flow" and one.per == fact.per and fact.before.endswith(one.sentence.strip())


def _widened(fact: Fact, reading: Reading, proposal: Proposal, figures: Sequence[int], as_of: date) -> Fact:
    """The same with what else its sentence says of it."""
    quantity = proposal.quantity
    assert quantity is not None
    text = reading.report.text.text
    start, end = sentence_around(text, quantity.number_start)
    turns = list(_TURN.finditer(text, start, end))
    low = max((one.end() for one in turns if one.end() <= quantity.number_start), default=start)
    high = min((one.start() for one in turns if one.start() >= quantity.end), default=end)
    wide = text[low:high]
    if wide.strip() == fact.near.strip() or any(low <= one < high and one != quantity.number_start for one in figures):
        return fact
    is_same = moment_of(quantity, wide, text[start:end], proposal, fact.claim, as_of) == fact.moment
    return replace(fact, wide=wide) if is_same and not refusal_of(fact.claim, quantity, wide, text[start:end]) else fact


_TURN = re.compile(r"[;:]\s|,?\s+(?:but|while|whereas|although|though|because|after|before|when|unlike)\s+")


def _fact(reading: Reading, proposal: Proposal, claim: Claim, as_of: date) -> Fact:
    quantity = proposal.quantity
    assert quantity is not None
    text = reading.report.text.text
    start, end = sentence_around(text, quantity.number_start)
    before = sentences_before(text, start)
    near = part_of(text, *words_of_claim(text, proposal, start, end), quantity)
    kind, head, per = _measured(quantity, text, end)
    if kind in ("number", "flow") and not head:
        noun = _counted_noun(near, quantity, text[quantity.end : end])
        head = singular(noun)
        near = near if noun in near else f"{near} ({noun})"
        kind = "level" if head and kind == "number" else kind
    if kind == "level" and not re.search("[a-z]", quantity.text) and _OF_A_NUMBER.search(text[start : quantity.number_start]):
        kind, head = "number", ""
    period = _period(near, as_of) if kind in ("level", "share", "money") and not per else ""
    period = "day" if kind == "money" and not period and _ON_A_DAY.search(near) else period
    clause = text[proposal.start : proposal.end] if proposal.end - proposal.start > len(near) else near
    moment = moment_of(quantity, near, text[start:end], proposal, claim, as_of)
    named = f"{reading.report.title} {claim.source.text or ''} {claim.source.canonical}"
    opening = _LOCATIVE.match(text[start:end].lstrip("-*• "))
    aside = " ".join(text[low:high] for low, high in inserted(text, start, end, quantity))
    places = tuple(dict.fromkeys(name for name in _places(near, claim, aside)))
    return Fact(
        claim,
        kind,
        head,
        per,
        period,
        moment,
        near,
        clause,
        text[start:end],
        before,
        places,
        _strangers(near, named, text),
        _stretch(reading, start, end),
        refusal_of(claim, quantity, near, text[start:end]) or _of_one_works(near, kind, reading.report.title),
        within=_within(f"{opening.group() if opening else ''} {near}", named, text)
        + _part_of_it(text[start : quantity.number_start], reading.report.title)
        + _town_that_acts(near, reading.report.title, text),
    )


_ONE_WORKS = re.compile(
    r"^\W*(?:[Ii]ts|[Tt]heir|[Oo]ne|[Aa]|[Aa]n) (?:[a-z-]+ ){0,2}"
    r"(?P<works>plant|factory|mill|smelter|refinery|works|mine|farm|site|warehouse|depot|shop|branch)\b(?: (?:in|at|near|outside) [A-Z])?"
)


def _of_one_works(near: str, kind: str, title: str) -> str:
    """Why an amount is not of all: "its plant in Orlo uses 800 tonnes a week", where the report is not of that plant."""
    found = _ONE_WORKS.match(near) if kind in ("level", "flow") else None
    return f"it is of one {found['works']} only" if found is not None and found["works"] not in title.lower() else ""


_NEAR_MATTER = "corridor strait canal passage deal agreement initiative channel route"
_DAYS = frozenset((*MONTHS, *WEEKDAYS, "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec"))
_CONTINENTS = frozenset(
    "Asia Europe Africa America Americas Australia North South East West Northern Southern Eastern Western Central".split()
)
_NAMED = r"(?:[A-Z][\w’'-]+ ?)+"
_JOURNEY = re.compile(rf"\b(?:between {_NAMED}and (?:[a-z]+ )?{_NAMED}|from {_NAMED}to (?:[a-z]+ )?{_NAMED})")
"""From where to where: its ends name no other way."""


def _strangers(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """Proper names beside a figure that name neither a state nor the matter: "Danube ports", where the matter is the Black Sea corridor."""
    known = {word for one in _actors().found(near, 0, len(near)) for word in near[one.start : one.end].split()}
    found = []
    ends = [one.span() for one in _JOURNEY.finditer(near)]
    for match in re.finditer(r"(?<![\w’'-])[A-Z][a-z]{2,}", near):
        word = match.group()
        is_first = not near[: match.start()].strip(" \"“‘'(")
        if (
            word in _DAYS
            or word in _CONTINENTS
            or any(low <= match.start() < high for low, high in ends)
            or word in known
            or word in known_words
            or word.lower() in _NEAR_MATTER.split()
            or (is_first and not _is_name(word))
            or _is_of_matter(word, text)
        ):
            continue
        found.append(word)
    return tuple(found)


_LOCATIVE = re.compile(r"\b(?:[Ii]n|[Aa]round|[Aa]cross|[Tt]hrough) (?:the )?(?P<name>(?:[A-Z][\w’'-]+ ?)+)")


def _within(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """Places beside a figure that are no states and of which the title does not speak: what is counted there is a part of the whole."""
    states = {word for one in _actors().found(near, 0, len(near)) for word in near[one.start : one.end].split()}
    found = (match["name"].strip() for match in _LOCATIVE.finditer(near))
    known = states | _DAYS | _CONTINENTS | _WATERS
    return tuple(
        name
        for name in found
        if not all(word in known or word in known_words for word in name.split()) and not _is_of_matter(name.split()[0], text)
    )


_ACTS = re.compile(
    r"^\W*(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) (?:alone |itself )?"
    r"(?:counts?|reports?|records?|registers?|treats?|serves?|has|had|hosts?|holds?|held|sees?|saw|takes?|took|accounts? for|[a-z]{3,}ed)\b"
)


_COUNTS_CASES = re.compile(r"\b(?:count|report|record|register)(?:s|ed)$")
_LANDS = frozenset(
    "England Scotland Wales Catalonia Bavaria Saxony Brittany Flanders Wallonia Sicily Lombardy Ontario Quebec Alberta Texas California "
    "Florida Punjab Sindh Gujarat Maharashtra Queensland".split()
)
"""Lands within states: what one of them counts is no figure of another, nor of the whole."""


def _town_that_acts(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """The town or district whose own count it is, where it is told elsewhere that something is there: "Lugano counted 300 cases"."""
    found = _ACTS.match(near)
    if found is None or found["name"] in known_words:
        return ()
    if any(each.kind == "aliases" for each in _actors().found(found["name"], 0, len(found["name"]))):
        return ()  # a state
    is_word = " " not in found["name"] and not found["name"].isupper() and found["name"] not in _BODIES
    is_place = (
        found["name"] in _LANDS
        or (is_word and _COUNTS_CASES.search(found.group()) is not None)
        or re.search(rf"\b(?:in|near|around|across|outside) {re.escape(found['name'])}\b", text) is not None
    )
    return (found["name"],) if is_place else ()


_WATERS = frozenset("Lake River Gulf Bay Sea Ocean Strait Straits Canal Gap Mount Cape".split())
"""What a name of a place begins or ends with: Lake Volta is the Volta of which a title speaks."""
_PART_OF_IT = re.compile(
    r"(?P<name>(?:[A-Z][\w’'-]+ )+)(?:district|province|county|region|governorate|municipality|prefecture|department|commune|oblast)\b"
    r"|\b(?:town|city|village|port|district|province|county|region|suburb) of (?P<of>(?:[A-Z][\w’'-]+\b ?)+)"
)


_LEADING = frozenset("By In On At As From Since Until For The Of".split())


def _part_of_it(ahead: str, known_words: str) -> tuple[str, ...]:
    """The district or province that a figure is of, by the words before it: "Mangochi district is worst hit, reporting 6,974 cases"."""
    found = list(_PART_OF_IT.finditer(ahead))
    if not found or _TURN.search(ahead, found[-1].end()):
        return ()
    words = (found[-1]["name"] or found[-1]["of"]).split()
    last = max((place for place, word in enumerate(words) if word in _DAYS or word in _LEADING), default=-1)
    name = " ".join(words[last + 1 :])
    return () if all(word in known_words for word in name.split()) else (name,)


def is_common_word(word: str) -> bool:
    """Whether a word at the head of a sentence is one of the language, and names nobody."""
    return not _actors().found(word, 0, len(word)) and not _is_name(word)


def _is_name(word: str) -> bool:
    """Whether a word at the head of a sentence is a rare one, as names are."""
    from wordfreq import zipf_frequency

    return not word.endswith(("s", "ing", "ed")) and zipf_frequency(word.lower(), "en") < 3.3


def _is_of_matter(word: str, text: str) -> bool:
    """Whether the text calls the corridor or the deal by this name."""
    return re.search(rf"\b{re.escape(word)}(?: [\w’'-]+){{0,2}} {_alternatives()}\b", text) is not None


@cache
def _alternatives() -> str:
    return f"(?i:{'|'.join(_NEAR_MATTER.split())})"


def _stretch(reading: Reading, start: int, end: int) -> tuple[int, int, str]:
    """Where a sentence of the working text stands in the original, with its digest there."""
    low, high = reading.report.text.span(start, end)
    return low, high, span_digest(reading.report.text.original[low:high])


def _places(near: str, claim: Claim, aside: str) -> Iterator[str]:
    """The states that the words name; of ministers and capitals nothing is said."""
    found = [each for each in _actors().found(near, 0, len(near)) if each.kind == "aliases" and each.name in _states()]
    partners = [one.span("names") for one in _PARTNERS.finditer(near)]
    own = [each for each in found if not any(low <= each.start < high for low, high in partners)]
    if found and not own:
        return  # "imports from Norway and Belgium" are those of the place of the matter
    by_the_way = {each.name for each in _actors().found(aside, 0, len(aside))}
    acting = (name for name in (claim.actor or "").split(";") if name in _states() and name not in by_the_way)
    yield from (each.name for each in found) if found else acting


_PARTNERS = re.compile(
    r"\b(?:(?:import|inflow|suppl|purchas|deliver)\w*|comes? in|flows? in)\b[^.;:]*?\bfrom\s+(?P<names>[A-Z][^.;:]*)"
)
"""Those from whom something comes, in a part of a sentence that names nobody else."""


@cache
def _states() -> frozenset[str]:
    """Actors that are places; alliances and bodies are none."""
    return frozenset(table("actors")["aliases"]) - _BODIES


_BODIES = frozenset(
    (
        "NATO",
        "European Union",
        "United Nations",
        "World Health Organization",
        "World Food Programme",
        "UNHCR",
        "UNICEF",
        "International Monetary Fund",
        "World Bank",
        "World Trade Organization",
        "IAEA",
        "International Criminal Court",
        "Red Cross",
        "OPEC",
        "OSCE",
        "African Union",
        "Arab League",
        "ASEAN",
        "ECOWAS",
        "West",
        "G7",
        "BRICS",
    )
)


@cache
def _actors() -> Actors:
    return Actors()


def _measured(quantity: FoundQuantity, text: str, end: int) -> tuple[str, str, str]:
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
_BEHIND = re.compile(rf"\s+(?:[a-zA-Z-]+\s+){{0,3}}?(?:[a-z-]+ and [\d,.]+ [a-z-]+ )?{_PEOPLE_OR_THINGS}\b")
# "22,600 have crossed", "44,000 left the profession": who does so is people
_WHO_DO = re.compile(
    r"\s+(?:an?|per|each|every)?\s*(?:hour|day|week|month|year)?\s*"
    r"(?:people )?(?:(?:have|had|has|were|are|still|also|now|already|been) ){0,3}"
    r"(?:died|fled|crossed|arrived|landed|left|quit|resigned|returned|joined|enlisted|enrolled|registered|recovered|migrated|applied|"
    r"walking|waiting|sleeping|living|crossing|arriving|fleeing|leaving|killed|wounded|"
    r"injured|infected|displaced|evacuated|hospitali[sz]ed|vaccinated|made (?:it|the (?:journey|crossing|trip)))\b"
)
# "recruits around 2,500 a month": whom one does that to is people
# "has driven 8.6 million from their homes"
_FROM_HOME = re.compile(
    r"\s+(?:people )?(?:from|out of|off|to flee) (?:their|its) (?:own )?(?:homes?|houses|land|lands|villages?|towns?)\b"
)
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
_NUMBER_OF = re.compile(rf"\b(?:number|total|toll|count)s? of\b[a-z ,()-]{{0,80}}?\b{_PEOPLE_OR_THINGS}\b", re.IGNORECASE)


def _counted_noun(near: str, quantity: FoundQuantity, after: str) -> str:
    """The noun of a bare number: "6,242 reported Ebola cases", "the number of confirmed cases was 5,335"; "" where there is none."""
    place = near.find(quantity.text)
    behind = _BEHIND.match(after)
    if behind is None and _OF_A_LIST.search(near[: max(place, 0)]):
        return "people"
    ahead = _NUMBER_OF.search(near[: max(place, 0)]) or _AT_A_RATE.search(near[: max(place, 0)])
    found = behind or ahead
    if found is None and (_WHO_DO.match(after) or _FROM_HOME.match(after) or _WHOM.search(near[: max(place, 0)])):
        return "people"
    return found["noun"].lower() if found else ""


_ON_A_DAY = re.compile(rf"\bon (?:{'|'.join(WEEKDAYS)})\b")
_SO_FAR = re.compile(r"\bthis year\b", re.IGNORECASE)
_NEARLY_A_YEAR = 300  # days of a year after which what came "this year" is that of a year, give or take a sixth


def _period(near: str, as_of: date) -> str:
    """In what stretch an amount was counted: "in June", "in the past week", "in 24 hours"."""
    is_total = _SINCE.search(near) is not None
    near = _SINCE.sub(" ", near)
    if _IN_QUARTER.search(near):
        return ""
    if _IN_MONTH.search(near):
        return "month"
    if _IN_YEAR.search(near) and not is_total:
        return "year"
    if _SO_FAR.search(near) and as_of.timetuple().tm_yday > _NEARLY_A_YEAR:
        return "year"
    found = _IN_STRETCH.search(near)
    if found is None or found["plain"]:
        return "day" if found else ""
    return (
        _DAYS_AS[found["days"].split()[0].lower()]
        if found["days"]
        else (found["unit"] or found["whole"] or found["usual"]).lower()
    )
