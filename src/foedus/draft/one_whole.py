"""The figures of one slot beside each other: those kept are of one place, of the whole or of the same parts of it, and of one time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import inf

from foedus.draft.fitting import Match, size_of
from foedus.draft.measured import SINCE
from foedus.draft.things import Matter
from foedus.draft.whereabouts import is_flight_within
from foedus.draft.words import MONTH, words_in
from foedus.show.words import MONTHS

__all__ = ["by_holder", "by_stream", "is_counted", "of_one", "of_one_place"]


def of_one(rows: dict[str, list[Match]], matter: Matter) -> dict[str, list[Match]]:
    """The same without amounts of other places in a slot: what one army fires and what the other fires are not two estimates of one thing."""
    owned = (each for row in rows.values() for each in row if is_counted(each) and not each.slot.is_foreign)
    told = Counter(each.fact.places[0] for each in owned if each.fact.places)
    order = sorted(
        told, key=lambda place: (-told[place], matter.scope.index(place) if place in matter.scope else len(matter.scope))
    )
    kept: dict[str, list[Match]] = {}
    for name, row in rows.items():
        row = _of_one_good(_of_all_lands(row), matter)
        row = _without_users(_of_all_who_fled(_of_all_sorts(row, matter)))
        own = [
            each
            for each in row
            if each.fact.places
            and each.fact.kind in ("level", "flow")
            and not each.slot.is_sum
            and not each.slot.side
            and not each.slot.is_foreign
            and not matter.joint
        ]
        main = next((place for place in order if any(each.fact.places[0] == place for each in own)), "")
        main = order[0] if order and row[0].slot.is_owned else main
        kept[name] = [each for each in row if not any(each is one for one in own) or main in each.fact.places[:1]]
        best = [each for each in kept[name] if each.slot.best and words_in(each.slot.best, each.fact.near)]
        kept[name] = [each for each in kept[name] if each in best or _is_like_one(each, best)] if best else kept[name]
        if all(
            each.fact.moment == "beside" and "beside" in each.slot.moments and not each.slot.is_by_itself for each in kept[name]
        ):
            kept[name] = []  # so much more than something of which nobody says how much it is
            continue
        today = [
            each for each in kept[name] if each.fact.moment not in _BEFORE or each.slot.moments[0] == each.fact.moment == "past"
        ]
        usual = [each for each in kept[name] if each not in today]
        if (
            kept[name] and kept[name][0].slot.today and usual and today
        ):  # a slot of usual times; what is told of today has a place of its own
            kept[kept[name][0].slot.today] = today
            kept[name] = usual
            continue
        kept[name] = _fresh(today or kept[name])  # what is so in usual times is no estimate of today, where another figure is
    return _given_way(_at_home({name: row for name, row in kept.items() if row}))


def _at_home(rows: dict[str, list[Match]]) -> dict[str, list[Match]]:
    """The same without amounts of another land than that whose store it is: what one sells abroad is not taken from the other's stocks."""
    found: dict[str, list[Match]] = {}
    for name, row in rows.items():
        home = {place for each in rows.get(row[0].slot.at, ()) for place in each.fact.places}
        found[name] = [
            each for each in row if not (home and is_counted(each) and each.fact.places and not home & set(each.fact.places))
        ]
    return {name: row for name, row in found.items() if row}


def _given_way(rows: dict[str, list[Match]]) -> dict[str, list[Match]]:
    """The same, where the figures of a slot stand in their extra because others tell more closely what belongs there."""
    found = dict(rows)
    for name, row in rows.items():
        *others, extra = row[0].slot.gives_way or ("",)
        if others and set(others) <= rows.keys():
            found[extra] = found.pop(name)
    return found


def _of_all_sorts(row: list[Match], matter: Matter) -> list[Match]:
    """The amounts of a good as a whole, where some are of a sort of it: "22 million tons of rice, of basmati rice 4 million"; of one sort,
    where none is of the whole and all are of that one."""
    sorts = {id(each): matter.sort_of(_IN_BRACKETS.sub("", each.fact.near)) for each in row if is_counted(each)}
    if len(set(sorts.values())) < 2:
        return row
    return [each for each in row if not sorts.get(id(each))]


_IN_BRACKETS = re.compile(r" \([^()]*\)$")  # what a short form stands for, behind the words of a figure


def _of_all_who_fled(row: list[Match]) -> list[Match]:
    """The same without those who fled one town or part of the country, where a larger number of all is told."""
    parts = [each for each in row if is_counted(each) and is_flight_within(each.fact.near)]
    whole = max((size_of(each.fact) * each.factor for each in row if is_counted(each) and each not in parts), default=0.0)
    return [each for each in row if each not in parts or size_of(each.fact) * each.factor >= whole]


def _of_all_lands(row: list[Match]) -> list[Match]:
    """The shares without those of single lands, where one is told that names none: stores are 33 % full, those of Chad 48, of Niger 41."""
    shares = [each for each in row if each.fact.kind == "share"]
    placed = [each for each in shares if each.fact.places]
    if len({each.fact.places[0] for each in placed}) < 2 or len(placed) == len(shares):
        return row
    return [each for each in row if each not in placed]


_FAR_APART = 3.0
"""From what factor on two prices of one day are of two goods, where only one of them names the good of the matter."""


def _of_one_good(row: list[Match], matter: Matter) -> list[Match]:
    """The prices without those that lie far from all that name the good of the matter, and do not name it: of something else."""
    own = [
        each
        for each in row
        if each.fact.kind == "price" and matter.word and words_in(matter.word.replace(" ", "_"), each.fact.words)
    ]
    if not own:
        return row
    told = [_in_grams(each) for each in own]
    return [
        each
        for each in row
        if each in own
        or each.fact.kind != "price"
        or any(1 / _FAR_APART <= _in_grams(each) / one <= _FAR_APART for one in told if one)
    ]


def _in_grams(match: Match) -> float:
    """The size of a price, per gram where it is per a mass."""
    return size_of(match.fact) * match.factor / {"kg": 1e3, "tonne": 1e6}.get(match.unit.rpartition("/")[2], 1.0)


_SECTORS = (
    r"farmers|farms|growers|millers|mills|traders|makers|producers|refiners|refineries|factories|plants|industry|industries|households|homes|"
    r"families|cities|towns|hospitals|shops|bakers|bakeries|brewers|companies|firms|importers|exporters|cooperatives|merchants|wholesalers|"
    r"retailers|irrigation|power stations|airlines|railways|(?:[\w’'-]+ )?[Bb]oard|(?:[\w’'-]+ )?[Aa]gency|"
    r"(?:[\w’'-]+ )?[Rr]eserve|government|army|state"
)
_OF_SECTOR = re.compile(
    rf"^\W*(?:but |and |while |with )?(?:the |its |their |some |most |local |private )?(?:[\w’'-]+ ){{0,5}}?(?P<who>{_SECTORS})"
    rf"(?P<other> and (?:{_SECTORS}))? (?:alone )?(?:(?:is|are|was|were|have|has|had) )?(?:now |still |only )?"
    r"(?:holds?|held|holding|stocks?|has|have|had|keeps?|uses?|used|using|burns?|takes?|consumes?|needs?|buys?|eats?|grinds?|crush(?:es)?)\b",
    re.IGNORECASE,
)
""" "Millers hold 1.2 million bags", "fuel makers burn 40,000 tonnes a week": of these alone, beside a figure of all or of others."""


_HOLDING = re.compile(r"\b(?:holds?|held|stocks?|has|have|had|keeps?|stores?)\b", re.IGNORECASE)
_WITHOUT_VERB = re.compile(
    rf"\d[^,;]*(?:,| and|;)(?: and| while)? (?:the |its |their )?(?:[\w’'-]+ ){{0,2}}?(?P<who>{_SECTORS}) "
    r"(?:(?:about|some|another|nearly) )?$",
    re.IGNORECASE,
)


def _without_users(row: list[Match]) -> list[Match]:
    """The amounts of a pace without those of one sort of user, where a larger one is told of all: of what a country uses, what mills use."""
    paced = [each for each in row if is_counted(each) and "/" in each.unit]
    parts = [each for each in paced if (found := _OF_SECTOR.match(each.fact.near)) is not None and not found["other"]]
    whole = max((size_of(each.fact) * each.factor for each in paced if each not in parts), default=0.0)
    return [each for each in row if each not in parts or size_of(each.fact) * each.factor >= whole]


def by_holder(rows: Mapping[str, list[Match]]) -> tuple[dict[str, list[Match]], frozenset[str]]:
    """The rows with what several hold apart told by each of them, and the slots in which these are added up: farmers hold 4.5 million bags,
    millers 1.2 million, the board 590,000. What only repeats one of them goes."""
    kept: dict[str, list[Match]] = {}
    added: set[str] = set()
    for name, row in rows.items():
        held: dict[str, list[Match]] = {}
        for each in row:
            is_level = is_counted(each) and each.fact.kind == "level" and not each.fact.within and "flow" not in each.slot.kinds
            if is_level and (who := _holder(each)):
                held.setdefault(who, []).append(each)
        sizes = [size_of(each.fact) * each.factor for own in held.values() for each in own]
        whole = max((size_of(each.fact) * each.factor for each in row if not _is_held(each, held)), default=0.0)
        if len(held) < 2 or whole > sum(sizes) * _ALIKE:
            is_part = len(held) > 1 or whole > sum(sizes)
            kept[name] = [each for each in row if not (is_part and _is_held(each, held))]
            continue
        added.add(name)
        kept[name] = [replace(each, fact=replace(each.fact, places=(who,))) for who, own in held.items() for each in own]
    return kept, frozenset(added)


def _holder(match: Match) -> str:
    """Who holds an amount, where its words name one sort of holder; "" else. The verb may be that of the one before: "farmers hold 40,
    millers 25"."""
    figure = match.fact.claim.quantity.text if match.fact.claim.quantity is not None else None
    ahead = match.fact.near.partition(figure)[0] if figure else ""
    found = (_WITHOUT_VERB.search(ahead) if _HOLDING.search(ahead) else None) or _OF_SECTOR.match(match.fact.near)
    return found["who"].lower() if found is not None else ""


def by_stream(rows: Mapping[str, list[Match]]) -> tuple[dict[str, list[Match]], frozenset[str]]:
    """The rows with what comes in by several ways told by each of them, and the slots in which these are added up: 19 million tons are
    harvested, 8 million imported. What is told of all ways in one figure stands alone; what names none of them goes."""
    kept: dict[str, list[Match]] = {}
    added: set[str] = set()
    for name, row in rows.items():
        streams = row[0].slot.streams if row else ()
        told = [(each, [found[0] for one in streams if (found := words_in(one, each.fact.words))]) for each in row]
        ways = {number for number, one in enumerate(streams) if any(words_in(one, each.fact.words) for each, _ in told)}
        wholes = [each for each, said in told if len(said) > 1]
        if len(ways) < 2 or wholes:
            kept[name] = wholes if len(ways) > 1 else list(row)
            continue
        added.add(name)
        kept[name] = [replace(each, fact=replace(each.fact, places=(_way(streams, each),))) for each, said in told if said]
    return kept, frozenset(added)


def _way(streams: Sequence[str], match: Match) -> str:
    """The way that a figure names, by the first word that its rule has for it."""
    way = next(one for one in streams if words_in(one, match.fact.words))
    return way.split()[0].rstrip("*").replace("_", " ")


def _is_held(match: Match, held: Mapping[str, Sequence[Match]]) -> bool:
    return any(match is each for own in held.values() for each in own)


def of_one_place(rows: dict[str, list[Match]]) -> tuple[dict[str, list[Match]], tuple[str, ...]]:
    """The same with the figures of the whole alone, or, where fewer slots have one than have figures by district, of the same districts.

    What is counted in one town is no estimate of all; what two districts count is together that of both, where every slot is of both.
    Returns:
        The rows; and the districts, () where they are of the whole.
    """
    counted = {name: [each for each in row if is_counted(each) and not each.slot.side] for name, row in rows.items()}
    counted = {name: row for name, row in counted.items() if row}
    by_place = {name: {each.fact.within[0] for each in row if each.fact.within} for name, row in counted.items()}
    whole = {name for name, row in counted.items() if any(not each.fact.within for each in row)}
    if not any(by_place.values()):
        return rows, ()
    parts = max(
        (places for places in by_place.values() if places),
        key=lambda places: (_told_of(places, by_place, counted), len(places), sorted(places)),
    )
    of_parts = {name for name, places in by_place.items() if parts <= places}
    is_by_part = len(of_parts) > max(len(whole), 1)
    if is_by_part and len(parts) == 1 and not _is_of_more(counted, parts):
        return rows, ()
    kept: dict[str, list[Match]] = {}
    for name, row in rows.items():
        if name not in counted:
            own = [each for each in row if each.fact.kind != "share" or not each.fact.within] or row
        elif is_by_part:
            own = [each for each in row if name in of_parts and each.fact.within and each.fact.within[0] in parts]
        else:
            own = [each for each in row if not each.fact.within or not is_counted(each)]
        if own and is_by_part and name in counted:
            own = [replace(each, fact=replace(each.fact, places=each.fact.within[:1])) for each in own]
        kept[name] = own
    return {name: row for name, row in kept.items() if row}, tuple(sorted(parts)) if is_by_part else ()


def _is_of_more(counted: Mapping[str, Sequence[Match]], parts: set[str]) -> bool:
    """Whether figures speak of more than one district: they name a state or another place, or a slot has some with it and some without."""
    for row in counted.values():
        whole = [each for each in row if not each.fact.within]
        others = [each for each in row if each.fact.within and each.fact.within[0] not in parts]
        if others or any(each.fact.places for each in whole) or 0 < len(whole) < len(row):
            return True
    return False


def _told_of(places: set[str], by_place: Mapping[str, set[str]], counted: Mapping[str, Sequence[Match]]) -> int:
    """How many figures are of some districts, in slots that have one of each of them."""
    rows = [row for name, row in counted.items() if places <= by_place[name]]
    return sum(each.fact.within[0] in places for row in rows for each in row if each.fact.within)


_BEFORE = ("usual", "past")
"""Of figures that stand beside each other those of today go first."""


def is_counted(match: Match) -> bool:
    return match.fact.kind in ("level", "flow") and match.unit != "1"


_STALE, _STALE_TOTAL = 45, 12
"""Days: a number that stood so long before the newest of its slot is none of today; of what only grows even less."""


def _fresh(row: Sequence[Match]) -> list[Match]:
    """The figures without numbers that stood long before the newest of them: 160 ships waited in August, and 112 in November."""
    row = _begun(_largest_of_each(row))
    days = [_day_of(each) for each in row]
    newest = max((day for day in days if day), default=None)
    if newest is None:
        return list(row)
    new = [each for each, day in zip(row, days, strict=True) if not (day and (newest - day).days > _lasts(each))]
    return [each for each in row if each in new or (each.slot.lasts and _is_like_one(each, new))]


def _is_like_one(match: Match, others: Sequence[Match]) -> bool:
    """Whether a figure is one of some others, told more or less roundly: 29.9 percent where "almost 30 percent" is told."""
    size = size_of(match.fact) * match.factor
    return any(abs(size - size_of(each.fact) * each.factor) <= (1 - _ALIKE) * size for each in others)


def _begun(row: Sequence[Match]) -> Sequence[Match]:
    """The figures without those that begin to be so weeks later, where others are so sooner: "to 25 a day, and to 18 from 1 February"."""
    told = max((each.fact.claim.day[:10] for each in row if each.fact.claim.day), default="")
    if not told:
        return row
    last = (date.fromisoformat(told) + timedelta(days=_SOON)).isoformat()
    begins = [_BEGINS.match((each.fact.claim.time.value or "") if each.fact.claim.time else "") for each in row]
    return [each for each, one in zip(row, begins, strict=True) if one is None or one["day"] <= last] or row


_SOON = 14
_BEGINS = re.compile(r">=?(?P<day>\d{4}-\d\d-\d\d)$")


def _largest_of_each(row: Sequence[Match]) -> list[Match]:
    """Of what is counted from the beginning the largest that each report tells: a smaller one is of a part of them, or of before."""
    most: dict[str, float] = {}
    for each in row:
        name = _report_of(each)
        most[name] = max(most.get(name, 0.0), size_of(each.fact) * each.factor)
    return [each for each in row if not each.slot.is_total or size_of(each.fact) * each.factor >= _ALIKE * most[_report_of(each)]]


def _report_of(match: Match) -> str:
    document = match.fact.claim.document
    return document.sha256 if document is not None else ""


_ALIKE = 0.95
"""From what part of the largest on a figure is the same one, rounded."""


def _lasts(match: Match) -> float:
    """Days for which a number that is there tells what is there; a pace or a share tells it on and on."""
    if match.slot.lasts:
        return match.slot.lasts
    is_standing = match.fact.kind == "level" and match.unit != "1" and "/" not in match.unit
    return (_STALE_TOTAL if match.slot.is_total else _STALE) if is_standing else inf


_IN_A_MONTH = re.compile(
    r"\b(?:in|at the (?:end|start|beginning) of|by|until|as of|on \d{1,2}) (?:(?P<part>early|mid|late|the end of|the start of)[ -])?"
    rf"(?P<month>{MONTH})\b(?: (?P<year>(?:19|20)\d\d))?"
)
_IS_SINCE = re.compile(r"\bsince\b", re.IGNORECASE)
_DAYS_OF_PART = {"early": 10, "mid": 15, "the start of": 5}


def _day_of(match: Match) -> date | None:
    """The day of which a figure speaks: of its own words, else that of its claim; None where neither is known."""
    claim = match.fact.claim
    if not claim.stated:
        return None
    stated = date.fromisoformat(claim.day if claim.day and _IS_SINCE.search(match.fact.sentence) else claim.stated)
    behind = SINCE.sub(" ", match.fact.near[max(match.fact.near.find(match.fact.written), 0) :])
    found = _IN_A_MONTH.search(behind) if claim.day else None
    if found is None:
        return stated
    told = date.fromisoformat(claim.day)
    month = MONTHS.index(found["month"]) + 1
    year = int(found["year"] or told.year - (month > told.month))
    return min(stated, date(year, month, _DAYS_OF_PART.get(found["part"] or "", 28)))
