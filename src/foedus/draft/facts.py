"""Figures of the reports as a rule of matching sees them: what kind of quantity, of what, of when, said how, in which words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from foedus.draft.clauses import ABOUT, inserted, part_of, sentence_around, sentences_before, spelled_out, words_of_claim
from foedus.draft.measured import (
    DAYS_OF,
    OF_A_NUMBER,
    ON_A_DAY,
    act_counted,
    asked_noun,
    counted_noun,
    days_of,
    is_of_length,
    measured,
    period_of,
)
from foedus.draft.moments import MOMENTS, MONTH_FIRST, is_told_of_then, moment_of
from foedus.draft.parties import Parties, parties_of
from foedus.draft.refusals import PART, refusal_of
from foedus.draft.whereabouts import (
    LANDS,
    LOCATIVE,
    TURN,
    is_called_part,
    is_flight_within,
    is_seat,
    part_nearest,
    part_of_matter,
    places_within,
    states_beside,
    states_in,
    strangers_beside,
    town_that_acts,
)
from foedus.draft.words import MONTH
from foedus.evidence.claim import Claim
from foedus.evidence.document import span_digest
from foedus.evidence.reading import Reading
from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.units import singular

__all__ = ["KINDS", "MOMENTS", "SAYS_SO", "Fact", "facts_of"]

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
        days: over how many days up to the report a plain amount was counted ("since 7 October"); 0 where the words tell no such stretch.
        moment: one of `MOMENTS`: a figure of today, of normal times, of the future, of a wish, of long ago, by how much something moved,
            or what there is beside another figure.
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
    days: int = 0

    @property
    def written(self) -> str:
        """The figure as it stands in its words."""
        return self.claim.quantity.text or "" if self.claim.quantity is not None else ""

    @property
    def is_carried(self) -> bool:
        """Whether it is said of what the sentence has told already: "sold 9 tonnes in May, a figure that fell to 6", "…, falling to 6"."""
        return _FALLING_TO.search(self._ahead) is not None or _A_FIGURE_THAT.search(self._ahead) is not None

    @property
    def _ahead(self) -> str:
        """Its sentence up to the figure."""
        return self.sentence[: max(self.sentence.find(self.written or "\0"), 0)]

    @property
    def words(self) -> str:
        """Where a rule looks: the figure's part of the sentence, and what a pronoun in it stands for."""
        if SAYS_SO.search(self.near) and self.before:
            return f"{_LAST_ONE.split(self.before)[-1]} {self.near}"
        if self.is_carried:
            return f"{self._ahead} {self.near}"
        if not _POINTS.search(self.near) and not MONTH_FIRST.match(self.near):
            return self.near
        if _OF_ANOTHER.search(self.near[: max(self.near.find(self.written or "\0"), 0)]):
            return self.near
        is_inside = (
            _IT_IS.match(self.near) is not None or self.near.lstrip().startswith(";") or _THEY.match(self.near) is not None
        )
        place = self.sentence.find(self.near.strip()) if is_inside else 0
        return f"{self.before} {self.sentence[: max(place, 0)]} {MONTH_FIRST.sub(' ', self.near)}"


SAYS_SO = re.compile(r"\b(?:does|do|did)(?: so)?\W*$")
"""A part of a sentence whose verb stands for that of the sentence before it: "Today about 68 percent does"."""
_A_FIGURE_THAT = re.compile(
    r", an? (?:figure|number|level|volume|total|sum|rate|amount) (?:that|which)(?: (?:has|had|have|then|since|is|was))* "
    r"[a-z]+(?: back)?(?: to)?\s*$"
)
""" "Sold 2.8 million a day in April, a figure that fell to 1.6 million": so much was sold."""
_FALLING_TO = re.compile(
    r"\w{4}[^,;]*, (?:and )?(?:(?:falling|rising|dropping|climbing|slipping|sinking|growing|shrinking|down|up|back)"
    r"(?: further| again| back)?|"
    r"(?:bringing|taking|leaving|pushing) (?:it|them|the total|the level|stocks)(?: down| up)?)\s+(?:to|at) (?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)
_LAST_ONE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_IT_IS = re.compile(r"^\W*(?:\w+ )?(?:it|they) (?:stand|stood|is|are|was|were|come|came|amount|total|reach)", re.IGNORECASE)
"""A part of a sentence whose subject is that of the part before it: "it is 50; officially they stand at 60"."""
_THEY = re.compile(r"^\W*(?:(?:together|all|both) )(?:they|these|those)\b", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"^\W*(?:it|they|this|that|these|those)\b[^;:]*,\s+(?:which|whose|who|where)\b", re.IGNORECASE)
""" "It is the largest influx into the land, whose own people are 18 million": the figure is of the land, not of it."""
_POINTS = re.compile(r"^\W*(?:[\w ,]{0,40}?\b)?(?:it|that|this|they|these|those)\b", re.IGNORECASE)


def facts_of(readings: Iterable[Reading], claims: Sequence[Sequence[Claim]], as_of: date) -> Iterator[Fact]:
    """The figures of some documents.

    Args:
        claims: of each reading, in its order, as they will stand in the ledger.
        as_of: the day that "now" means.
    """
    readings = tuple(readings)
    yield from _with_parts(readings, list(_facts(readings, claims, as_of)))


def _with_parts(readings: Sequence[Reading], facts: Sequence[Fact]) -> Iterator[Fact]:
    """The same with the one district whose figure it is, where a sentence names several ("1,800 in the north and 450 in the south"), and
    without the place of which all the reports begin to speak: it is the whole."""
    leads = Counter(name for reading in readings for name in set(_names_in_lead(reading)))
    titles = " ".join(reading.report.title for reading in readings)
    whole = {name for name, count in leads.items() if count > 1} | {name for name in LANDS if name in titles}
    whole |= _lands_told_of(readings, {name for fact in facts for name in fact.within})
    whole |= _land_of_lead(readings, {name for fact in facts for name in fact.within})
    known = {name for fact in facts for name in fact.within if name not in whole}
    for fact in facts:
        within = tuple(dict.fromkeys(name for name in fact.within if name not in whole))
        figure = (fact.claim.quantity.text or "") if fact.claim.quantity is not None else ""
        nearest = part_nearest(fact.sentence, figure, known) if fact.kind in ("level", "flow") else ""
        yield replace(fact, within=(nearest,) if nearest and (within or not fact.places) else within)


_TOLD_OF = 3


def _lands_told_of(readings: Sequence[Reading], names: Iterable[str]) -> set[str]:
    """The one place in which figures are counted that every report names, twice as often as any state or other such place."""
    texts = [reading.report.text.text for reading in readings]
    count = Counter({name: sum(len(re.findall(rf"\b{re.escape(name)}\b", text)) for text in texts) for name in names})
    most = max(Counter(states_in("\n".join(texts))).values(), default=0)
    first, *others = count.most_common(2) or [("", 0)]
    is_told = (
        first[1] >= max(_TOLD_OF, 2 * most + 1) and not is_seat(first[0]) and all(first[1] > 2 * other for _, other in others)
    )
    return {first[0]} if is_told and all(first[0] in text for text in texts) else set()


def _land_of_lead(readings: Sequence[Reading], names: Iterable[str]) -> set[str]:
    """The one place, of which no table knows, that a report begins with and that none calls a part or a neighbour: where hardly any state
    is named, it is the land of which the reports are."""
    texts = [reading.report.text.text for reading in readings]
    whole = "\n".join(texts)
    if max(Counter(states_in(whole)).values(), default=0) > 1 or not _OF_A_LAND.search(whole):
        return set()
    leads = {name for reading in readings for name in _names_in_lead(reading)[:1]}
    told = [name for name in sorted(set(names) & leads) if not is_seat(name) and not is_called_part(name, whole)]
    return set(told) if len(told) == 1 else set()


_OF_A_LAND = re.compile(r"\b[Tt]he (?:country|nation|(?:[a-z]+ )?ministry|government|president|(?:national )?health service)\b")
_LEAD = 400  # characters of a report in which it says of what place it is


def _names_in_lead(reading: Reading) -> list[str]:
    return [found["name"].strip() for found in LOCATIVE.finditer(reading.report.text.text[:_LEAD])]


def _facts(readings: Sequence[Reading], claims: Sequence[Sequence[Claim]], as_of: date) -> Iterator[Fact]:
    parties = parties_of("\n".join(reading.report.text.text for reading in readings))
    for reading, own in zip(readings, claims, strict=True):
        found: list[Fact] = []
        supposed = [one.span("lines") for one in _SCENARIOS.finditer(reading.report.text.text)]
        figures = [proposal.quantity.number_start for proposal in reading.claims if proposal.quantity is not None]
        numbered = [(place, one, claim) for place, (one, claim) in enumerate(zip(reading.claims, own, strict=True))]
        order: list[int] = []
        for place, proposal, claim in sorted(numbered, key=lambda one: one[1].quantity.number_start if one[1].quantity else -1):
            if proposal.quantity is not None and claim.quantity is not None:
                order.append(place)
                fact = _widened(_fact(reading, proposal, claim, as_of), reading, proposal, figures, as_of)
                is_supposed = any(low <= proposal.quantity.number_start < high for low, high in supposed)
                fact = replace(fact, moment="expected") if is_supposed and fact.moment == "now" else fact
                found.append(_side_of_last(_with_side(_with_noun(fact, found), parties, proposal.quantity.text), found))
                if found[-1].moment == "beside" and _AND_WOUNDED.search(fact._ahead) and len(found) > 1:
                    found[-2] = replace(found[-2], near=f"{found[-2].near} (and wounded)")
        yield from (fact for _, fact in sorted(zip(order, _of_one_fight(found), strict=True), key=lambda one: one[0]))


_SCENARIOS = re.compile(
    r"\b(?:scenarios|futures|(?:ways|paths|outcomes|possibilities|courses)\b[^.\n]*\b(?:could|may|might|ahead|forward|from here))\b[^\n]*\n+"
    r"(?P<lines>(?:[ \t]*(?:(?:[-*•]|\d+[.)])[ \t]*)?[A-Z][\w’' -]{2,40}[.:][ \t][^\n]*(?:\n+|$))+)"
)
"""A list of what may come: what its lines tell in the present is not so yet."""


def _with_side(fact: Fact, parties: Parties, figure: str) -> Fact:
    place = fact.near.find(figure)
    return replace(fact, side=parties.whose(fact.near, place, place + len(figure), fact.before)) if place >= 0 else fact


def _side_of_last(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The same as of the side of the figure right before it, where it counts more of these: "killed 2,300 men and wounded another 4,200"."""
    last = before[-1] if before else None
    is_more = (
        last is not None and last.sentence == fact.sentence and last.head == fact.head and _MORE_OF_THESE.match(fact.written)
    )
    if not is_more or last is None or not last.side:
        return fact
    is_hurt = last.moment == "now" and _AND_WOUNDED.search(fact._ahead) is not None
    return replace(fact, side=last.side, moment="beside" if is_hurt else fact.moment)


def _of_one_fight(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of one report, with the days over which it tells a fight has gone on for those who fell in it of whom it tells no other."""
    fights = {fact.days for fact in facts if fact.days and DAYS_OF.search(fact.near) and _WHO_FELL.search(fact.near)}
    if len(fights) != 1:
        return list(facts)
    [days] = fights
    return [
        replace(fact, days=days)
        if fact.kind == "level" and not fact.days and not fact.period and fact.side and _is_of_that_fight(fact)
        else fact
        for fact in facts
    ]


def _is_of_that_fight(fact: Fact) -> bool:
    return _WHO_FELL.search(fact.near) is not None and _OF_OTHER_DAYS.search(fact.sentence) is None


_AND_WOUNDED = re.compile(r"\b(?:and|,) (?:wounded|injured|hurt|maimed) $", re.IGNORECASE)
_WHO_FELL = re.compile(r"\b(?:killed|wounded|injured|casualt\w+|dead|losses)\b", re.IGNORECASE)
_OF_OTHER_DAYS = re.compile(rf"\b(?:since|so far|in all|altogether|last (?:week|month|year)|{MONTH})\b")
_MORE_OF_THESE = re.compile(r"(?:another|a further|an additional) \d[\d.,]*$", re.IGNORECASE)
_ELLIPTIC = re.compile(
    r"\s*(?:$|[,.;)]|of (?:them|these|those)\b|(?:an?|per|each|every|in|on|by|from|since|at|and|but|while|last|this)\b)"
)


_AT_ITS_END = re.compile(r"\b(?:an?|per|each|every) \w+$")
_ITS = re.compile(r"\W*(?:its|their|it|they)\b", re.IGNORECASE)


def _with_noun(fact: Fact, before: Sequence[Fact]) -> Fact:
    """The same with the noun of the figure before it in its sentence, where it has none of its own: "lost 350 soldiers a week, and the
    other side 500 a week"."""
    is_of_same = _ITS.match(fact.near) is not None and fact.kind == "number"
    last = next(
        (
            one
            for one in reversed(before)
            if one.head and not is_of_length(one.head) and (one.sentence == fact.sentence or is_of_same or _is_of_pace(one, fact))
        ),
        None,
    )
    quantity = fact.claim.quantity
    if OF_A_NUMBER.search(fact.sentence[: max(fact.sentence.find((quantity and quantity.text) or "\0"), 0)]):
        return fact
    if last is not None and quantity is not None and _earns_besides(fact, last, quantity.text or "\0"):
        return replace(fact, kind="flow", per=last.per)
    if last is not None and _is_guessed(fact) and _does_besides(replace(fact, kind="number"), last, fact.written):
        return replace(fact, kind="flow", head=last.head, per=last.per, side=last.side)
    if last is None or fact.head or quantity is None or not quantity.text or last.head in table("units")["currency"]:
        return fact  # money carries its sign: what has none is something else
    behind = fact.sentence[fact.sentence.find(quantity.text) + len(quantity.text) :]
    if last.sentence != fact.sentence and not fact.before.endswith(last.sentence.strip()):
        return fact
    is_row = fact.kind == "number" and last.kind == "flow" and last.sentence == fact.sentence
    is_row = is_row and fact.moment == last.moment == "expected"  # "to 400,000 a day by May, and 300,000 by June"
    is_alike = (
        is_row
        or (fact.kind == "number" and (last.kind == "level" or is_of_same))
        or (fact.kind == last.kind == "flow" and fact.per == last.per)
    )
    is_paced = fact.kind == "flow" and _AT_ITS_END.search(quantity.text) is not None  # "around 31 a day arrive"
    is_second = _is_second(fact, last, behind) or _does_besides(fact, last, quantity.text)
    if not is_second and (not is_alike or not (is_paced or _ELLIPTIC.match(behind))):
        return fact
    near = fact.near if last.head in fact.near else f"{fact.near} ({last.head}s)"
    if is_second:
        per = fact.per or last.per
        return replace(fact, kind="flow" if per else "level", head=last.head, per=per, near=near)
    kind = "level" if fact.kind == "number" and not is_row else last.kind
    days = fact.days or (last.days if kind == "level" and last.sentence == fact.sentence else 0)
    refused = fact.refused or (
        last.refused if last.refused == PART else ""
    )  # "200 of those are in the north, and 300 in the south"
    per = last.per if is_row else fact.per
    return replace(
        fact, kind=kind, head=last.head, per=per, period=last.period or fact.period, near=near, refused=refused, days=days
    )


_DO = re.compile(
    r"\s+(?:or so )?(?:(?:people )?(?:are|were) (?:then )?(?!wait|still|left\b|expected\b)\w+(?:ed|en|t)\b"
    r"|(?:leave|join|arrive|enter|return|go|come|cross|flee|depart|die|recover|move|drop out)\b)"
)


def _is_second(fact: Fact, last: Fact, behind: str) -> bool:
    """Whether a bare number says of those counted right before it what others of them do: "370,000 people join the list every week, and
    350,000 leave it"; they do so at the same pace, where none of its own is told."""
    is_bare = fact.kind == "number" or (fact.kind == "flow" and not fact.head)
    size = fact.claim.quantity.value if fact.claim.quantity is not None else None
    return is_bare and last.kind in ("flow", "level") and (size or 0) >= _MANY and _DO.match(behind) is not None


def _does_besides(fact: Fact, last: Fact, figure: str) -> bool:
    """Whether a bare number tells what the same one does besides, at the same pace: "uses 100 tonnes a year and makes 136"."""
    ahead = fact.sentence[: max(fact.sentence.find(figure), 0)]
    is_bare = fact.kind == "number" and last.kind == "flow" and last.sentence == fact.sentence
    return is_bare and _BESIDES.search(ahead) is not None


def _is_guessed(fact: Fact) -> bool:
    """Whether a bare number has its noun from words around it: "and recruit some 700" people."""
    return fact.kind == "level" and fact.near.endswith("(people)") and not fact.period and not fact.days


def _earns_besides(fact: Fact, last: Fact, figure: str) -> bool:
    """Whether a sum tells what the same one does besides, at the same pace: "imports goods of $4 billion a month and earns $3 billion"."""
    is_sum = fact.kind == "money" and last.kind == "flow" and last.head == fact.head and not fact.period and not fact.days
    is_so = is_sum and last.sentence == fact.sentence
    return is_so and _BESIDES.search(fact.sentence[: max(fact.sentence.find(figure), 0)]) is not None


_BESIDES = re.compile(
    rf"(?:,| and|, and) (?:also |then )?(?!(?:about|some|around|nearly|almost|only|just|another|the)\b)"
    rf"(?:[a-z]+s|[a-z]+ (?:of|in|out|off|through)|use|make|sell|buy|earn|spend|send|lose|export|import|produce|need|complete|treat|"
    rf"recruit|enlist|conscript|draft|train|gain|receive|hire|raise|replace|admit|discharge|build|repair|release|add|take|get|move|land) "
    rf"(?:{ABOUT} )?$"
)


_MANY = 20  # fewer are seldom counted without a noun


def _is_of_pace(one: Fact, fact: Fact) -> bool:
    """Whether a figure without a noun goes at the pace of one in the sentence before: "32 ships a day pass. Around 31 a day arrive"."""
    return fact.kind == one.kind == "flow" and one.per == fact.per and fact.before.endswith(one.sentence.strip())


def _widened(fact: Fact, reading: Reading, proposal: Proposal, figures: Sequence[int], as_of: date) -> Fact:
    """The same with what else its sentence says of it."""
    quantity = proposal.quantity
    assert quantity is not None
    text = reading.report.text.text
    start, end = sentence_around(text, quantity.number_start)
    turns = [*TURN.finditer(text, start, end), *_ADDING.finditer(text, start, end)]
    low = max((one.end() for one in turns if one.end() <= quantity.number_start), default=start)
    high = min((one.start() for one in turns if one.start() >= quantity.end), default=end)
    wide = text[low:high]
    if wide.strip() == fact.near.strip() or any(low <= one < high and one != quantity.number_start for one in figures):
        return fact
    is_same = moment_of(quantity, wide, text[start:end], proposal, fact.claim, as_of) == fact.moment
    return replace(fact, wide=wide) if is_same and not refusal_of(fact.claim, quantity, wide, text[start:end]) else fact


_ADDING = re.compile(r",?\s+(?:adding|noting|saying|warning|arguing) that\s+")
_WITH_SO_MANY = re.compile(rf"[^,;:\d]{{0,60}}? (?=with (?:{ABOUT} )?\d)")


def _without_those_with_it(near: str, figure: str) -> str:
    """ "169 ships are in port with 109 at anchor": what stands behind the second figure is told of that one."""
    end = near.find(figure) + len(figure)
    found = _WITH_SO_MANY.match(near, end) if end >= len(figure) and figure else None
    return near if found is None else near[: found.end()].rstrip()


def _fact(reading: Reading, proposal: Proposal, claim: Claim, as_of: date) -> Fact:
    quantity = proposal.quantity
    assert quantity is not None
    text = reading.report.text.text
    start, end = sentence_around(text, quantity.number_start)
    before = sentences_before(text, start)
    near = _without_those_with_it(part_of(text, *words_of_claim(text, proposal, start, end), quantity), quantity.text)
    kind, head, per = measured(quantity, text, end)
    if kind in ("number", "flow") and not head:
        noun = counted_noun(near, quantity, text[quantity.end : end]) or asked_noun(before, text[quantity.end : end])
        noun = noun or (act_counted(near, before) if kind == "flow" else "")
        head = singular(noun)
        near = near if noun in near else f"{near} ({noun})"
        kind = "level" if head and kind == "number" else kind
    if kind == "level" and not re.search("[a-z]", quantity.text) and OF_A_NUMBER.search(text[start : quantity.number_start]):
        kind, head = "number", ""
    near = spelled_out(near, text)
    near = f"{near} (displaced within the country)" if is_flight_within(near) and head in _PEOPLE_FLEE else near
    period = period_of(near, as_of, claim.day or "") if kind in ("level", "share", "money") and not per else ""
    period = "day" if kind == "money" and not period and ON_A_DAY.search(near) else period
    clause = text[proposal.start : proposal.end] if proposal.end - proposal.start > len(near) else near
    moment = moment_of(quantity, near, text[start:end], proposal, claim, as_of)
    moment = "past" if moment in ("now", "change", "beside") and is_told_of_then(text[start:end], before, as_of) else moment
    named = f"{reading.report.title} {claim.source.text or ''} {claim.source.canonical}"
    opening = LOCATIVE.match(text[start:end].lstrip("-*• "))
    aside = " ".join(text[low:high] for low, high in inserted(text, start, end, quantity))
    places = tuple(dict.fromkeys(name for name in states_beside(near, claim, aside)))
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
        strangers_beside(near, named, text),
        _stretch(reading, start, end),
        refusal_of(claim, quantity, near, text[start:end]) or _of_one_works(near, kind, reading.report.title),
        within=places_within(f"{opening.group() if opening else ''} {near}", named, text)
        + part_of_matter(text[start : quantity.number_start], reading.report.title)
        + town_that_acts(near, reading.report.title, text, quantity.text),
        days=days_of(claim, near, text[start:end]) if kind in ("level", "money") and not period else 0,
    )


_PEOPLE_FLEE = frozenset("people person resident inhabitant civilian individual family villager child".split())
_ONE_WORKS = re.compile(
    r"^\W*(?:[Ii]ts|[Tt]heir|[Oo]ne|[Aa]|[Aa]n) (?:[a-z-]+ ){0,2}"
    r"(?P<works>plant|factory|mill|smelter|refinery|works|mine|farm|site|warehouse|depot|shop|branch|"
    r"camp|centre|center|shelter|clinic|hospital|prison)\b(?: (?:in|at|near|outside) [A-Z])?"
)


_NAMED_WORKS = re.compile(
    r"^\W*(?:the )?(?:[A-Z][\w’'-]+ )?(?:power )?(?P<works>station|plant|reactor|refinery|factory|mill|smelter|mine|terminal|dam), "
    r"(?:which|whose|where|with)\b"
)
""" "The Orlo station, which lost 200 megawatts": of that one alone."""


def _of_one_works(near: str, kind: str, title: str) -> str:
    """Why an amount is not of all: "its plant in Orlo uses 800 tonnes a week", where the report is not of that plant."""
    found = (_ONE_WORKS.match(near) or _NAMED_WORKS.match(near)) if kind in ("level", "flow") else None
    return f"it is of one {found['works']} only" if found is not None and found["works"] not in title.lower() else ""


def _stretch(reading: Reading, start: int, end: int) -> tuple[int, int, str]:
    """Where a sentence of the working text stands in the original, with its digest there."""
    low, high = reading.report.text.span(start, end)
    return low, high, span_digest(reading.report.text.original[low:high])
