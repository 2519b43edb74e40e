"""Figures of the reports as a rule of matching sees them: what kind of quantity, of what, of when, said how, in which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from foedus.draft.moments import CHANCE, MOMENTS, MONTH_FIRST, moment_of
from foedus.draft.parties import Parties, parties_of
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

__all__ = ["KINDS", "MOMENTS", "NEGATED", "Fact", "facts_of", "is_common_word", "sentence_around"]

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

    @property
    def words(self) -> str:
        """Where a rule looks: the figure's part of the sentence, and what a pronoun in it stands for."""
        return f"{self.before} {self.near}" if _POINTS.search(self.near) or MONTH_FIRST.match(self.near) else self.near


_POINTS = re.compile(r"^\W*(?:[\w ,]{0,40}?\b)?(?:it|that|this|they|these|those)\b", re.IGNORECASE)
_TIMES = frozenset("hour day night week fortnight month quarter season year".split())
_GAP = r"(?:(?!\b(?:within|in|for|until|before|after|than|over|so|and|or|but|once|at)\b|\d)[\w ,'’-]){0,40}?\b"
_FLOWING = re.compile(rf"{_GAP}(?:an?|per|each|every)[ -](?P<unit>hour|day|week|month|year)\b(?! ago| earlier| later)", re.I)
_ADVERB = re.compile(rf"{_GAP}(?P<unit>daily|weekly|monthly|annually|yearly)\b", re.I)
_ADVERBS = {"daily": "day", "weekly": "week", "monthly": "month", "annually": "year", "yearly": "year"}
_IN_MONTH = re.compile(
    rf"\b(?:in|during|for|over)\s+(?:the month of\s+)?(?:early |late |all of )?(?:{MONTH})\b"
    rf"|^\s*(?:{MONTH})\s+(?:saw|brought)\b"
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
_SINCE = re.compile(r"\bsince\b[^,;.]*")  # what is told since a day was not counted over that day's month
_IN_YEAR = re.compile(r"\b(?:in|during|for|over) (?:19|20)\d\d\b|\b(?:harvest|crop|vintage)s?\b", re.I)
_ABOUT = (
    r"(?:about|some|around|roughly|nearly|almost|only|just|another|an estimated|at least|at most|up to|more than|less than|fewer than|"
    r"perhaps|possibly|an average of|a total of|over|under|close to|as (?:many|much|few|little|high|low) as)"
)
_FIGURE = rf"(?:{_ABOUT} )?[$€£]?\d"
_CUT = re.compile(
    r"[;:]\s|\s[-–—]\s|,?\s+(?:but|while|whereas|although)\s+|,\s+(?:up|down|compared|against)\s+"
    rf"|,?\s+(?:and|or)\s+(?=(?:[\w’'-]+ ){{0,3}}?{_FIGURE})|,\s+(?=(?:[A-Z][\w’'-]+ |in |of ){{0,3}}{_FIGURE})"
    rf"|,?\s+(?:compared with|against|versus)\s+(?=(?:[a-z’'-]+ ){{1,4}}?{_FIGURE})|,?\s+where\s+"
    rf"|\s+(?:compared with|against|from|(?<!up )(?<!close )(?<!due )to)\s+(?={_FIGURE})"
    r"|,\s+(?:(?:far|well|just|slightly|still|a little) )?"
    r"(?:above|below|short of|(?:(?:more|less) than )?(?:twice|double|triple|half|\w+ times))\s+"
    r"(?=(?:the|its|their|an?|that|those|what)\b)"
    r"|,\s+(?:\w+|\d+) (?:more|fewer|less) than\s+(?=[A-Z]|the\b|its\b|their\b|an?\b)"
    r"|,\s+(?:though|driven|because|after|when|with|(?:most|many|some|half) of)\s+"
)


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
        figures = [proposal.quantity.number_start for proposal in reading.claims if proposal.quantity is not None]
        for proposal, claim in zip(reading.claims, own, strict=True):
            if proposal.quantity is not None and claim.quantity is not None:
                fact = _widened(_fact(reading, proposal, claim, as_of), reading, proposal, figures, as_of)
                found.append(_with_side(_with_noun(fact, found), parties, proposal.quantity.text))
        yield from found


def _with_side(fact: Fact, parties: Parties, figure: str) -> Fact:
    place = fact.near.find(figure)
    return replace(fact, side=parties.whose(fact.near, place, place + len(figure), fact.before)) if place >= 0 else fact


_ELLIPTIC = re.compile(r"\s*(?:$|[,.;)]|(?:an?|per|each|every|in|on|by|from|since|at|and|but|while|last|this)\b)")


_ITS = re.compile(r"\W*(?:its|their|it|they)\b", re.IGNORECASE)


def _with_noun(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The same with the noun of the figure before it in its sentence, where it has none of its own: "lost 350 soldiers a week, and the
    other side 500 a week"."""
    is_of_same = _ITS.match(fact.near) is not None and fact.kind == "number"
    last = next((one for one in reversed(before) if one.head and (one.sentence == fact.sentence or is_of_same)), None)
    quantity = fact.claim.quantity
    if last is None or fact.head or quantity is None or not quantity.text:
        return fact
    behind = fact.sentence[fact.sentence.find(quantity.text) + len(quantity.text) :]
    if last.sentence != fact.sentence and not fact.before.endswith(last.sentence.strip()):
        return fact
    is_alike = (fact.kind == "number" and (last.kind == "level" or is_of_same)) or (
        fact.kind == last.kind == "flow" and fact.per == last.per
    )
    if not is_alike or not _ELLIPTIC.match(behind):
        return fact
    near = fact.near if last.head in fact.near else f"{fact.near} ({last.head}s)"
    kind = "level" if fact.kind == "number" else last.kind
    return replace(fact, kind=kind, head=last.head, period=last.period or fact.period, near=near)


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
    return replace(fact, wide=wide) if is_same and not _refusal(fact.claim, quantity, wide, text[start:end]) else fact


_TURN = re.compile(r"[;:]\s|,?\s+(?:but|while|whereas|although|though|because|after|before|when|unlike)\s+")


def _fact(reading: Reading, proposal: Proposal, claim: Claim, as_of: date) -> Fact:
    quantity = proposal.quantity
    assert quantity is not None
    text = reading.report.text.text
    start, end = sentence_around(text, quantity.number_start)
    before = _before(text, start)
    near = _near(text, *_own(text, proposal, start, end), quantity)
    kind, head, per = _measured(quantity, text, end)
    if kind in ("number", "flow") and not head:
        noun = _counted_noun(near, quantity, text[quantity.end : end])
        head = singular(noun)
        near = near if noun in near else f"{near} ({noun})"
        kind = "level" if head and kind == "number" else kind
    period = _period(near, as_of) if kind in ("level", "share") and not per else ""
    clause = text[proposal.start : proposal.end] if proposal.end - proposal.start > len(near) else near
    moment = moment_of(quantity, near, text[start:end], proposal, claim, as_of)
    named = f"{reading.report.title} {claim.source.text or ''} {claim.source.canonical}"
    places = tuple(dict.fromkeys(name for name in _places(near, claim)))
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
        _refusal(claim, quantity, near, text[start:end]),
    )


_NEAR_MATTER = "corridor strait canal passage deal agreement initiative channel route"
_DAYS = frozenset(MONTHS + WEEKDAYS)


def _strangers(near: str, known_words: str, text: str) -> tuple[str, ...]:
    """Proper names beside a figure that name neither a state nor the matter: "Danube ports", where the matter is the Black Sea corridor."""
    known = {word for one in _actors().found(near, 0, len(near)) for word in near[one.start : one.end].split()}
    found = []
    for match in re.finditer(r"(?<![\w’'-])[A-Z][a-z]{2,}", near):
        word = match.group()
        is_first = not near[: match.start()].strip(" \"“‘'(")
        if (
            word in _DAYS
            or word in known
            or word in known_words
            or word.lower() in _NEAR_MATTER.split()
            or (is_first and not _is_name(word))
            or _is_of_matter(word, text)
        ):
            continue
        found.append(word)
    return tuple(found)


def is_common_word(word: str) -> bool:
    """Whether a word at the head of a sentence is one of the language, and names nobody."""
    return not _actors().found(word, 0, len(word)) and not _is_name(word)


def _is_name(word: str) -> bool:
    """Whether a word at the head of a sentence is a rare one, as names are."""
    from wordfreq import zipf_frequency

    return not word.endswith(("s", "ing", "ed")) and zipf_frequency(word.lower(), "en") < 3.3


def _is_of_matter(word: str, text: str) -> bool:
    """Whether the text calls the corridor or the deal by this name."""
    return re.search(rf"\b{re.escape(word)}(?: [A-Z]?[a-z]+){{0,2}} {_alternatives()}\b", text) is not None


@cache
def _alternatives() -> str:
    return f"(?i:{'|'.join(_NEAR_MATTER.split())})"


def _stretch(reading: Reading, start: int, end: int) -> tuple[int, int, str]:
    """Where a sentence of the working text stands in the original, with its digest there."""
    low, high = reading.report.text.span(start, end)
    return low, high, span_digest(reading.report.text.original[low:high])


def _places(near: str, claim: Claim) -> Iterator[str]:
    """The states that the words name; of ministers and capitals nothing is said."""
    named = [each.name for each in _actors().found(near, 0, len(near)) if each.kind == "aliases" and each.name in _states()]
    yield from named or (name for name in (claim.actor or "").split(";") if name in _states())


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


def sentence_around(text: str, place: int) -> tuple[int, int]:
    """The sentence around a place: it ends at a full stop before a capital letter, or with its line."""
    ends = (each.end() for each in _STOP.finditer(text, max(0, place - 1500), min(len(text), place + 2)) if each.end() <= place)
    begin = max(text.rfind("\n", 0, place) + 1, max(ends, default=0))
    line = text.find("\n", place)
    line = len(text) if line < 0 else line
    stop = _STOP.search(text, place, line)
    return begin, stop.start() + 1 if stop else line


_STOP = re.compile(r"(?<![A-Z])(?<!Mr|Dr|St|No)[.!?]['\"”’)]*\s+(?=['\"“‘(]?[A-Z])")


def _before(text: str, start: int) -> str:
    """The two sentences before a sentence, as far as they stand in its paragraph."""
    found: list[str] = []
    while len(found) < 2 and start > 1 and "\n" not in text[start - 2 : start]:
        low, high = sentence_around(text, start - 2)
        found.insert(0, text[low:high])
        start = low
    return " ".join(found)


def _own(text: str, proposal: Proposal, start: int, end: int) -> tuple[int, int]:
    """Of the sentence what the claim says, without who says it; the whole sentence where the claim is its figure alone."""
    quantity = proposal.quantity
    assert quantity is not None
    low, high = max(start, proposal.start), min(end, proposal.end)
    if re.match(r"(?:which|whose|who)\b", text[low:high]) and (
        named := re.search(r"(?:[\w’'-]+ )?[\w’'-]+,\s*$", text[start:low])
    ):
        low = start + named.start()
    is_alone = high - low < quantity.end - quantity.start + 16 or not low <= quantity.number_start < high
    return (start, end) if is_alone else (low, high)


def _near(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """The figure's own part of its sentence: what other figures and "but", "up from", "while" part from it; where that has no verb of
    its own, with the words that all parts share; where it has no subject of its own, with that of the sentence."""
    aside = _aside(text, start, end, quantity)
    if aside:
        return aside
    cuts = list(_CUT.finditer(text, start, end))
    before = [match for match in cuts if match.end() <= quantity.number_start]
    high = min((match.start() for match in cuts if match.start() >= quantity.end), default=end)
    if not before:
        return text[start:high]
    low = max(
        (match.start() for match in _WHICH.finditer(text, before[-1].start(), quantity.number_start)), default=before[-1].start()
    )
    part, first = text[low:high], text[start : before[0].start()]
    if _NO_SUBJECT.match(part):
        return f"{_subject(first)} {part}"
    if _NO_VERB.match(part) and not _VERB.search(part):
        return f"{_predicate(first)} {part}"
    return part if _VERB.search(part) else f"{first} {part}"


_WHICH = re.compile(r"(?:[\w’'-]+ )?[\w’'-]+,\s+(?:which|whose|who)\b")
"""A clause about a thing, with the words that name the thing."""
_NAMES_A_PLACE = r"(?:city|town|village|country|nation|region|province|state|district|metropolis|island|county|territory|place)"
_ASIDE = re.compile(
    rf",\s+(?P<said>(?:an?|the|home to|with)\s+(?:[\w’'-]+ ){{0,3}}?(?:{_NAMES_A_PLACE}s? (?:of|with)\s+|home to\s+)?[^,;.]*?),"
)


def _aside(text: str, start: int, end: int, quantity: FoundQuantity) -> str:
    """What is said by the way of a place, with its name: "Lusaka, a city of 3 million people, …"; "" where the figure is in no such words."""
    for match in _ASIDE.finditer(text, start, end):
        if match.start("said") <= quantity.number_start and quantity.end <= match.end("said"):
            is_of_place = re.search(
                rf"\b(?:{_NAMES_A_PLACE}s? (?:of|with)|home to)\b", match["said"][: quantity.number_start - match.start("said")]
            )
            name = re.search(r"[\w’'-]+$", text[start : match.start()])
            return f"{name.group() if name else ''}, {match['said']}" if is_of_place else ""
    return ""


_FUNCTION = (
    r"(?:the|an?|its|their|his|her|this|that|these|those|in|at|on|from|to|by|for|of|with|via|through|as|than|over|under|up|down|so|not|about|"
    r"some|around|roughly|nearly|almost|only|just|another|more|less|fewer|most|least|close|many|much)"
)
_NO_SUBJECT = re.compile(
    rf"^\W*(?:and|or|but)\s+(?:(?:also|then|still|now|can|could|may|will|would|must|is|are|has|have|had|was|were)\s+)*"
    rf"(?!{_FUNCTION}\b|[a-z]+s (?:at|of|in|for) )(?P<does>[a-z]+)\s+(?:\w+ ){{0,2}}?{_FIGURE}"
)


# "and grindings at 4.78 million": a thing of its own, of which the verb before it is said
_NO_VERB = re.compile(
    rf"\W*(?:and|while|but|or)\s+(?:(?:the|an?|its|their)\s+)?(?!{_FUNCTION}\b)[\w’'-]+\s+(?:[\w’'-]+\s+){{0,4}}?{_FIGURE}",
    re.IGNORECASE,
)


def _predicate(first: str) -> str:
    """What the first part of a sentence says of its subject: its verb and what follows."""
    verb, figure = _VERB.search(first), re.search(_FIGURE, first)
    if verb is not None and (figure is None or verb.start() < figure.start()):
        return first[verb.start() :]
    if figure is None:
        return first
    last = re.search(r"[\w’'-]+\s*$", first[: figure.start()])
    return first[last.start() :] if last else first


def _subject(first: str) -> str:
    """What the first part of a sentence speaks of: what stands before its verb and its figure."""
    figure = re.search(_FIGURE, first)
    words = re.sub(rf"\s*\b{_ABOUT}\s*$", "", first[: figure.start()] if figure else first).split()
    while words and _VERB.fullmatch(words[-1]):
        words.pop()
    return " ".join(words[:-1]) if len(words) > 1 and figure and not words[-1][:1].isupper() else " ".join(words)


_VERB = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|could|may|needs?|costs?|takes?|uses?|\w{3,}ed)\b")


def _measured(quantity: FoundQuantity, text: str, end: int) -> tuple[str, str, str]:
    """(kind, what, per what)."""
    unit, _, per = quantity.unit.partition(" per ")
    per = per.removeprefix("per ").strip()
    per = _noun_of(per) if " " in per else per
    if unit.startswith("per "):
        unit, per = "", unit.removeprefix("per ")
    if unit in ("percentage", "percent", "%") or quantity.kind == "ratio" or unit.startswith("fraction"):
        return "share", "", per
    if not per and quantity.dimension in ("count", "mass", "volume", "energy", "currency", ""):
        behind = text[quantity.end : end]
        found = _FLOWING.match(behind) or _ADVERB.match(behind)
        per = _ADVERBS.get(found["unit"].lower(), found["unit"].lower()) if found else ""
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
    r"recruits|casualties|volunteers|migrants|nurses|doctors|workers|students|men|women|children|warheads|tanks|aircraft|"
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
_AT_A_RATE = re.compile(rf"\b{_PEOPLE_OR_THINGS}\b[^,;]{{0,40}}\bat (?:a|the) (?:rate|pace) of (?:{_ABOUT} )?$", re.IGNORECASE)
_NUMBER_OF = re.compile(rf"\b(?:number|total|toll|count)s? of\b[\w ,()-]{{0,80}}?\b{_PEOPLE_OR_THINGS}\b", re.IGNORECASE)


def _counted_noun(near: str, quantity: FoundQuantity, after: str) -> str:
    """The noun of a bare number: "6,242 reported Ebola cases", "the number of confirmed cases was 5,335"; "" where there is none."""
    place = near.find(quantity.text)
    behind = _BEHIND.match(after)
    ahead = _NUMBER_OF.search(near[: max(place, 0)]) or _AT_A_RATE.search(near[: max(place, 0)])
    found = behind or ahead
    if found is None and _WHO_DO.match(after):
        return "people"
    return found["noun"].lower() if found else ""


_SO_FAR = re.compile(r"\bthis year\b", re.IGNORECASE)
_NEARLY_A_YEAR = 300  # days of a year after which what came "this year" is that of a year, give or take a sixth


def _period(near: str, as_of: date) -> str:
    """In what stretch an amount was counted: "in June", "in the past week", "in 24 hours"."""
    is_total = _SINCE.search(near) is not None
    near = _SINCE.sub(" ", near)
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


_ACCOUNTS = re.compile(r"\b(?:account(?:s|ed)?|ma[kd]es?) (?:up |for )(?:about |some |around |nearly |almost )?$", re.I)
NEGATED = ("it is said not to be so", "it says that it is not so")
"""Why a figure is refused that a slot takes whose own words are a denial: "24 % do not finish"."""
_BY_STANCE = {
    "denied": "it is denied",
    "negated": NEGATED[0],
    "doubted": "it is doubted",
    "conditional": "it is put under a condition",
    "asked": "it is asked",
    "retracted": "it was taken back",
    "unsure": "it hangs on a word that no rule of reading knows",
}


_CHANCE_IS = re.compile(
    rf"\b(?:chances?|probability|odds|likelihood) (?:that|of)\b[^;]{{0,200}}\b(?:is|are|at|to be)\s+(?:{_ABOUT}\s+)?$",
    re.IGNORECASE,
)
_ONE_IN = re.compile(r"\b(?:one|1|two|three) (?:[a-z]+ )?(?:in|out of) (?:every )?$", re.IGNORECASE)
_ANY_ONE = re.compile(r"one [a-z]", re.IGNORECASE)
_HELD_AGAINST = re.compile(r"\b(?:above|below|over|under|beyond|exceed\w*|short of) (?:the|that|its|their)\s+$", re.IGNORECASE)


def _refusal(claim: Claim, quantity: FoundQuantity, near: str, sentence: str) -> str:
    """Why a figure can fill no slot."""
    ahead = sentence[: max(sentence.find(quantity.text), 0)]
    is_share = quantity.kind == "ratio" or claim.quantity_unit.startswith(("perc", "%", "fraction"))
    if claim.stance != "affirmed":
        return _BY_STANCE[claim.stance]
    if claim.polarity != "+":
        return NEGATED[1]
    if (
        quantity.loose
        or quantity.kind not in ("numeric", "ratio")
        or (quantity.value is None and quantity.low is None and quantity.high is None)
    ):
        return "its figure was not read whole"
    if is_share and (CHANCE.search(near) or _CHANCE_IS.search(ahead)):
        return "it is a chance"
    if quantity.value == 1 and quantity.dimension != "time" and _ANY_ONE.match(quantity.text or ""):
        return "it stands for any one of them"
    if not is_share and _ONE_IN.search(ahead):
        return "it is the end of a ratio"
    if _HELD_AGAINST.search(ahead):
        return "another figure is held against it"
    if not claim.quantity_unit.startswith(("perc", "%", "fraction")) and _ACCOUNTS.search(
        near[: max(near.find(quantity.text), 0)]
    ):
        return "it is a part of another figure"
    if re.search(
        r"\b(?:of (?:which|these|those|them|whom)|including|among them)\b[\w ,]{0,24}$", near[: max(near.find(quantity.text), 0)]
    ):
        return "it is a part of another figure"
    if re.search(r"\b(?:denied|denies|rejected|dismissed|refuted)\b", near, re.IGNORECASE):
        return "it is denied"
    if (
        re.search(r"^\W*(?:if|unless|were|should|provided)\b|\bif\b|\bunless\b|\bwithout (?!a |any )", near, re.IGNORECASE)
        and claim.modality != "actual"
    ):
        return "it is put under a condition"
    return ""
