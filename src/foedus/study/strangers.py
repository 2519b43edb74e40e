"""What keeps a figure that suits a group from counting there: another good of the same family, another place, another time.

Words, dimension and size of a figure may all suit a group, and it is one of something near to it: of kernels where the case is of oil, of a
county, of the country that the sentence before names, of a year long past. Nothing of that is known beforehand: what the case never speaks
of is strange to it.
"""

from __future__ import annotations

import calendar
import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from foedus.case import Case
from foedus.evidence import Claim
from foedus.evidence.claim import TimeReference
from foedus.show.words import listed, people_date
from foedus.study.placing import LITTLE, PoolGroups

__all__ = ["Strangers"]

_BACK = 2  # sentences before its own: further back nobody looks for whom one is about
_LAG = timedelta(days=21)  # reports tell the same state some weeks apart
_SOON = timedelta(days=7)  # by so much a state may be told later than the day of the case
_AT_START = re.compile(r"\b(?:at|by) the start(?:$|,| \()|\b(?:so far|already)$", re.IGNORECASE)
"""How the title of a parameter says that it is the state from which a run begins."""
_PERIODS = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}  # days: what is told for a month is known after it
_OF = re.compile(r"\d[\d.,]*\s*%?\s+(?:[a-z]+\s+){0,3}?of\s+(?:(?:the|its|their|his|her|all)\s+)?((?:[a-z][a-z'-]*\s*){1,3})")
_PLACE = re.compile(
    r"\b(?:[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Oo]utside|[Ii]nside|[Aa]cross|[Ff]rom)\s+(?:the\s+)?((?:[A-Z][\w'’-]+\s?)+)"
)
_OF_ALL = re.compile(r"\s*of\s+(?:(?:the|its|their|his|her|all)\s+)?((?:[a-z][a-z'-]*\s*){1,3})")
""" "2 percent of the world's supplies of tea": what the supplies are of."""
_TOGETHER = re.compile(r"\b(?:together|combined|jointly|between them|taken as one)\b", re.IGNORECASE)
_HEAD = r"(?:costs?|is|are|was|were|stands?|stood|fell|rose|sells?|sold|goes|went|has|have|fetch(?:es|ed)?)"
"""What stands behind the noun that is spoken of."""
_ABROAD = re.compile(r"\b(?:abroad|overseas|in other countries|foreign (?:buyers|customers|importers|markets))\b", re.IGNORECASE)
_WE = re.compile(
    r"\W*(?:(?:and|but|so|now|today) )?(?:we|I|our|my)\b(?! (?:estimate|assess|think|believe|expect|judge|reckon|know)\b)",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:associations?|unions?|federation|council|board|chamber|industry|group|organi[sz]ation|institute|authority|agency|company|firm|"
    r"consortium|committee|network)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_NO_PLACE = frozenset(name.lower() for name in (*calendar.month_name, *calendar.day_name, *calendar.month_abbr) if name)
_MONTH = re.compile(rf"\b({'|'.join(calendar.month_name[1:])})\b(?: (\d{{4}}))?")
_PLAIN = frozenset(
    "fresh further additional new old recent total official daily weekly monthly annual yearly average overall global local national big "
    "large small high low good dear cheap other such foreign domestic entire whole full real true same main major early late final "
    "first second third fourth next own those these them others whom whose both either several many few million billion thousand hundred "
    "percent dozen".split()
)
_NO_NOUN = re.compile(r"(?:ed|ing|ly)$")


class Strangers:
    """What a case speaks of, and when it does."""

    def __init__(self, case: Case, pools: PoolGroups) -> None:
        self._pools = pools
        ledger = case.ledger.claims if case.ledger is not None else ()
        told = [claim.paraphrase for claim in ledger]
        labels = [f"{slot.claims or ''} {slot.title}" for slot in case.program.parameters]
        self._titles = {slot.claims: f"{slot.claims} {slot.title}" for slot in case.program.parameters if slot.claims}
        titles = [case.tree.model.title or "", *(slot.ask for slot in case.program.results)]
        speakers = [f"{claim.source.canonical} {claim.origin}" for claim in ledger]
        self._words = pools.stems(" ".join([*told, *labels, *titles]))
        self._names = frozenset(re.findall(r"\w+", " ".join([*told, *labels, *titles, *speakers]).lower()))
        pairs = Counter(pair for words in told for pair in _pairs(words))
        known = [pair for pair, count in pairs.items() if count > 1]
        self._firsts, self._seconds = frozenset(one for one, _ in known), frozenset(other for _, other in known)
        self._as_of = case.program.as_of
        starts = [slot for slot in case.program.parameters if slot.claims and _AT_START.search(slot.title)]
        self._starts = {slot.claims: slot.unit for slot in starts}
        self._told_of: dict[str, str] = {}
        for claim in ledger:
            self._told_of[claim.group] = f"{self._told_of.get(claim.group, '')} {claim.paraphrase}"
        self._lands = pools.lands_in(" ".join(titles))
        self._since: dict[str, date] = {}
        for claim in ledger:
            if claim.counts and claim.quantity is not None and (day := _day(claim)) is not None:
                self._since[claim.group] = min(day, self._since.get(claim.group, day))

    def against(self, claim: Claim, before: str) -> str:
        """Why a figure of a group is none of it, "" where nothing says so.

        Args:
            before: the words of its document before it.
        """
        if claim.quantity is None:
            return ""
        if _ABROAD.search(claim.paraphrase) and not _ABROAD.search(self._titles.get(claim.group, "")):
            return "it is of what is done abroad, of which the group does not speak"
        if (who := _own_account(claim)) and not self._pools.spoken_of(claim):
            return f"it is of {who} alone, who says it of themselves"
        if thing := self._other_good(claim.paraphrase, claim.group):
            return f"it is of {thing}, of which the case does not speak"
        if others := self._together_with(claim):
            return f"it is of {listed(others)} together, of whom the group does not tell alone"
        if place := self._other_place(claim.paraphrase):
            return f"it is of {place}, of which the case does not speak"
        if why := self._after_start(claim):
            return why
        if (day := _last(claim.time) if claim.time is not None else _month(claim)) is not None:
            since = self._since.get(claim.group)
            if since is not None and day < since - _LAG - _period(claim.quantity_unit):
                return f"it is of a time long before the figures of the group (of {calendar.month_name[day.month]} {day.year})"
        return self._of_those_before(claim, before)

    def _after_start(self, claim: Claim) -> str:
        """Why a figure tells nothing of how things stood on the day of the case: it is of a later one, when they had moved on."""
        if self._as_of is None or claim.group not in self._starts:
            return ""
        till = _end((claim.time.value or "").removeprefix("<=")) if claim.time is not None else _month(claim)
        day = (_last(claim.time) if claim.time is not None else None) or till or _end(claim.published or "")
        lag = _SOON + (_LAG + _period(claim.quantity_unit) if "/" in self._starts[claim.group] else timedelta())
        if day is None or day <= self._as_of + lag:
            return ""
        told, start = people_date(day.isoformat()), people_date(self._as_of.isoformat())
        return f"it is of {told}, and the group tells how things stood on the day of the case ({start})"

    def _of_those_before(self, claim: Claim, before: str) -> str:
        """Of whom a claim is that names nobody: whom one of the last sentences before it names first."""
        if self._pools.spoken_of(claim):
            return ""
        *others, own = _SENTENCE.split(before)
        told = [sentence for sentence in others if sentence.strip()]
        for sentence in (own, *reversed(told[-_BACK:])):
            if first := self._pools.first_in(sentence):
                why = self._pools.of_another(first, claim.group)
                return f"the text before {why}" if why else ""
        return ""

    def _is_of_group(self, words: Iterable[str], group: str) -> bool:
        """Does the group itself speak of them?"""
        told = self._pools.stems(f"{self._titles.get(group, '')} {self._told_of.get(group, '')}")
        return all(self._pools.stems(word) <= told for word in words)

    def _other_good(self, words: str, group: str) -> str:
        """A thing that is counted, or a kind of what the case is of, of which the case or the group does not speak."""
        told = words.lower()
        for found in _OF.finditer(told):
            chain: re.Match[str] | None = found
            while chain is not None:
                phrase: list[str] = []
                for word in chain[1].split():
                    if word in LITTLE or _NO_NOUN.search(word):
                        break
                    phrase.append(word)
                if self._is_strange(word for word in phrase if word not in _PLAIN):
                    return " ".join(phrase)
                chain = _OF_ALL.match(told, chain.start(1) + len(" ".join(phrase)))
        for one, other in _pairs(words):
            is_kind = other in self._seconds and one not in _PLAIN and not _NO_NOUN.search(one) and self._is_strange([one])
            if is_kind or (one in self._firsts and other.endswith("s") and self._is_strange([other])):
                return f"{one} {other}"
            if (
                one in self._firsts
                and re.search(rf"\b{one} {other} {_HEAD}\b", words.lower())
                and not self._is_of_group([other], group)
            ):
                return f"{one} {other}"
        return ""

    def _together_with(self, claim: Claim) -> list[str]:
        """Those of whom a figure is together, where one of them is in no claim of the group."""
        told = self._pools.lands_in(claim.paraphrase) if _TOGETHER.search(claim.paraphrase) else frozenset()
        own = self._pools.lands_in(f"{self._titles.get(claim.group, '')} {self._told_of.get(claim.group, '')}")
        return sorted(told) if len(told) > 1 and told - own - self._lands else []

    def _is_strange(self, words: Iterable[str]) -> bool:
        """Is one of these words strange to the case, and no name that is known?"""
        stems = [self._pools.stems(word) for word in words]
        return any(one and not one <= self._words for one in stems)

    def _other_place(self, words: str) -> str:
        """A place of which the case does not speak, and that is no country of the reader's."""
        for found in _PLACE.finditer(words):
            names = [name.lower() for name in re.findall(r"\w+", found[1])]
            if names[0] in _NO_PLACE or self._pools.lands_in(found[1]) or any(name in self._names for name in names):
                continue
            return found[1].strip()
        return ""


def _own_account(claim: Claim) -> str:
    """Who tells a figure of themselves, "" where nobody does: "we sell 20 tonnes a week", a trader says, and not of the land.

    What an authority or a body tells as "we" is of what it stands for.
    """
    is_one = claim.source.type == "anonymous" and _BODY.search(f"{claim.source.text or ''} {claim.source.canonical}") is None
    return claim.source.canonical if is_one and _WE.match(claim.paraphrase) else ""


def _period(unit: str) -> timedelta:
    """Over how long a figure counts: a month of tonnes a month; nothing where it is of a moment."""
    found = re.search(r"(?:/|\bper |\ba )\s*(day|week|month|quarter|year)s?\b", unit)
    return timedelta(days=_PERIODS[found[1]] if found else 0)


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    """Neighbouring words that may be a compound."""
    for clause in re.split(r"[^\w\s'’-]+", words.lower()):
        told = re.findall(r"[a-z][a-z-]{2,}", clause)
        found = re.findall(r"[\w'’-]+", clause)
        for one, other in itertools.pairwise(found):
            if one in told and other in told and one not in LITTLE and other not in LITTLE:
                yield one, other


def _day(claim: Claim) -> date | None:
    """The day to which a figure of the ledger belongs: the last of which it speaks, or the one on which it was said."""
    spoken = _last(claim.time) if claim.time is not None else None
    return spoken or _end(claim.published or "")


def _last(time: TimeReference) -> date | None:
    """The last day of a time that is told; None of one that is open."""
    value = (time.value or "").strip("[]")
    return None if value.startswith((">", "<")) else _end(value.split(",")[-1])


_HELD_AGAINST = re.compile(r",?\s+(?:(?:down|up) from|compared (?:with|to)|against|versus)\b", re.IGNORECASE)
""" "600 km2, down from 1,376 km2 in August": the month is that of the other figure."""


def _month(claim: Claim) -> date | None:
    """The last day of the month that its words name, where nothing else tells its time: the last such month before it was said."""
    figure = (claim.quantity.text if claim.quantity is not None else "") or "\0"
    held = _HELD_AGAINST.search(claim.paraphrase, claim.paraphrase.find(figure) + len(figure))
    found, said = _MONTH.search(claim.paraphrase[: held.start()] if held else claim.paraphrase), _end(claim.published or "")
    if found is None or said is None:
        return None
    month = list(calendar.month_name).index(found[1])
    year = int(found[2]) if found[2] else said.year - (month > said.month)
    return _end(f"{year}-{month:02}")


def _end(text: str) -> date | None:
    """The last day of a year, a month or a day."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text.strip())
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    return date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
