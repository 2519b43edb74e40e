"""Whether a new claim belongs to the group that its words point to, and which group it looks like, by what the pools of a case hold.

The reader finds a group by words. Here it is asked what is in the pool: of which kind its claims are, in which dimension their figures are,
of whom its name, its parameters and its claims speak, how large its figures are, and only then how they are worded. A claim that all of this
agrees on is placed; one that something speaks against is in no group, and is told to look like one; nothing is decided by words alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import NamedTuple

from foedus.case import Case
from foedus.evidence import Claim
from foedus.evidence.kernel import numbers_of
from foedus.evidence.measures import conversion
from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.subject import Subject
from foedus.evidence.reading.units import singular

__all__ = ["LITTLE", "Likeness", "PoolGroups"]

_FAR = 10.0  # times: beyond the figures of a group by more than that a figure is one of something else
_NEAR = 3.0  # times: a figure so near to those of a group may be placed there
_LEAST, _SURE, _CLEAR = 0.15, 0.3, 1.3  # likeness: to be told of, to be placed, and how much more than that of the next best
_SHARED = 2  # words, actors or dimensions that a claim has in common with a group that it looks like
_AGREES = 1.2  # times as alike is what has a figure near to those of the group
_OFTEN = 0.2  # of the claims of a case that name an actor, from which on the case is about it
_SHARE = 0.5  # of the claims of a group that name an actor, from which on the group is about it
LITTLE = frozenset(
    "a an the of to in on at by for with from and or but as is are was were be been has have had will would could may might that this it its "
    "their his her he she they not no than more most about up some any said says say there which who what how one two also into per each "
    "now already still over since last year month week day region area number part share".split()
)
_WORDLESS = "it says nothing that the group says, but of whom and where"
_BODIES = frozenset(
    "NATO; United Nations; World Health Organization; World Food Programme; UNHCR; UNICEF; International Monetary Fund; World Bank; "
    "World Trade Organization; IAEA; International Criminal Court; Red Cross; OPEC; OSCE; African Union; Arab League; ASEAN; ECOWAS".split(
        "; "
    )
)
"""Actors that are nowhere: what is told beside their name is not of another place."""
_STEM = 5  # letters: a delivery is of what is delivered
_ENDING = re.compile(r"(?:ies|ing|ion|ed|ly|ment|ation|ions?|ers?|e|s)$")
_SAYS = re.compile(r"(?:has |have |had )?(?:said|says|say|told|tells|announced|warned|put|puts|estimates?|believes?|expects?)\b")
_TOLD_BY = re.compile(
    r"\b(?:according to|as (?:told|reported) by|(?:study|studies|survey|report|estimate|figure|number|statement)s? (?:by|from)|"
    r"data (?:by|from))\b[^,.;]*",
    re.IGNORECASE,
)
_OWNED = re.compile(r"\b(?:[A-Z][\w’'-]+ )*[A-Z][\w-]+['’]s (?:[a-z]+ ){0,2}$")
""" "Upper Saxony's 500,000": whose they are."""
_COMPARED = re.compile(r"\b(less|more|fewer|lower|higher|larger|smaller|further|another|additional)\b(?! than \d)", re.IGNORECASE)
_TIME = re.compile(r"\s*(?:/|\bper\s+|\ba\s+)\s*(?:hour|day|week|month|quarter|year)s?\b")


class Likeness(NamedTuple):
    """Which group a claim looks like, "" where it looks like none; is it sure enough to count? `against` is what is not sure, in words."""

    group: str
    is_sure: bool
    against: str = ""


@dataclass(frozen=True)
class _Held:
    """What a pool holds.

    Attributes:
        actors: of whom the name of the group and its parameters speak; told: those whom its claims name, by most of them.
        together: those who do it side by side in all its claims ("Guinea, Liberia and Sierra Leone"): it is about all of them at once.
        named, words: stems of the name and the labels; of the claims too.
        figures: from least to most, in `unit`; None where its claims have none; claims: how many there are.
    """

    group: str
    kinds: frozenset[str]
    units: frozenset[str]
    actors: frozenset[str]
    told: frozenset[str]
    together: frozenset[str]
    named: frozenset[str]
    words: frozenset[str]
    figures: tuple[float, float] | None
    unit: str
    claims: int


class PoolGroups:
    """The groups on which the parameters of a case rest, with what they hold."""

    def __init__(self, case: Case, subject: Subject) -> None:
        self._subject = subject
        self._aliases = _aliases()
        self._lands = frozenset(word for alias, _ in self._aliases for word in re.findall(r"[a-z]+", alias.lower()))
        labels: dict[str, list[str]] = {}
        for slot in case.program.parameters:
            if slot.claims:
                labels.setdefault(slot.claims, []).append(slot.title)
        claims: dict[str, list[Claim]] = {group: [] for group in labels}
        for claim in case.ledger.claims if case.ledger is not None else ():
            if claim.group in claims and claim.counts:
                claims[claim.group].append(claim)
        self._known: frozenset[str] = frozenset()
        self._matter = self._of_case(case, [claim for own in claims.values() for claim in own])
        self._held = {group: self._of(group, labels[group], own) for group, own in claims.items() if own}
        self._matter = self._matter or self._of_groups()
        self._known = frozenset().union(*(one.actors | one.told for one in self._held.values()))
        self._together = frozenset().union(*(one.together for one in self._held.values()))
        spread = Counter(
            word
            for one in self._held.values()
            for word in (*one.words, *(f"@{actor}" for actor in one.actors | one.told), *(f"#{unit}" for unit in one.units))
        )
        self._weights = {word: log(1 + len(self._held) / count) for word, count in spread.items()}
        self._new = log(1 + len(self._held))

    @cached_property
    def _common(self) -> frozenset[str]:
        """Words that most of several groups have: they are those of the matter of the case, and tell no group."""
        spread = Counter(word for one in self._held.values() for word in one.words)
        return frozenset(word for word, count in spread.items() if count > _SHARED and count > _SHARE * len(self._held))

    def against(self, claim: Claim, group: str) -> str:
        """What speaks against a claim being one of a group, "" where nothing does."""
        held = self._held.get(group)
        if held is None:
            return ""
        if elsewhere := self.elsewhere(claim, group):
            return elsewhere
        times = self._times(claim, held)
        if times is not None and times > _FAR:
            return f"its figure is {times:,.0f} times as far as any of the group"
        is_thin = (
            held.claims < _SHARED or claim.quantity is None or not held.units
        )  # one claim says little of how a group is worded
        return "" if is_thin or self._says_alike(claim, held) else _WORDLESS

    def elsewhere(self, claim: Claim, group: str, beside: Claim | None = None) -> str:
        """Of whom else a claim is than a group, or of one of those alone who make it up together; "" where it may be of them.

        Args:
            beside: the claim with which its sentence begins: whom that names the claim is about where it names nobody.
        """
        held, about = self._held.get(group), self.spoken_of(claim)
        about = about or (self.spoken_of(beside) if beside is not None else about)
        if held is None or not about:
            return ""
        whose, spoken = self._counted_of(claim), held.actors | held.told
        if whose and spoken and not whose & spoken:
            return f"it counts those of {_listed(whose)}, the group those of {_listed(spoken)}"
        if why := self.of_others(about, group):
            return f"it {why}"
        together = held.together or (frozenset() if spoken else self._together)
        if about & together and not together <= about:
            says = "it speaks of" if self._named(claim.paraphrase) & about else "by the text before it is of"
            return f"{says} {_listed(about & together)} alone, the group of {_listed(together)} together"
        return ""

    def _counted_of(self, claim: Claim) -> frozenset[str]:
        """Of whom those are that a claim counts: whom their noun names ("11,000 Danish soldiers"), else all who stand before the figure
        ("the South has 500,000, half as many as the North"); nobody where neither names any."""
        figure = claim.quantity.text if claim.quantity is not None else None
        place = claim.paraphrase.find(figure) if figure else -1
        if not figure or place < 0:
            return frozenset()
        ahead = _TOLD_BY.sub(" ", claim.paraphrase[:place])
        owner = _OWNED.search(ahead)
        return self._named(figure) or (self._named(owner[0]) if owner else frozenset()) or self._named(ahead)

    def is_of_some(self, claim: Claim, group: str, beside: Claim | None = None) -> bool:
        """Is a claim of some of those whom a group, or the case, is about, or of nobody that it names?"""
        held, about = (
            self._held.get(group),
            self.spoken_of(claim) or (self.spoken_of(beside) if beside is not None else frozenset()),
        )
        return held is None or not about or bool(about & ((held.actors | held.told) or self._matter))

    def of_others(self, about: frozenset[str], group: str) -> str:
        """Whether what is about some actors is of none of those whom a group is about, or the case where the group names nobody."""
        held = self._held.get(group)
        if held is None:
            return ""
        spoken = held.actors | held.told
        if spoken and not about & spoken:
            return f"speaks of {_listed(about)}, the group of {_listed(spoken)}"
        if not spoken and self._matter and not about & self._matter:
            return f"speaks of {_listed(about)}, the case of {_listed(self._matter)}"
        return ""

    def of_another(self, first: str, group: str) -> str:
        """The same of whom the text just spoke: after those of whom the case is, what names nobody may be of any of its groups."""
        return "" if first in self._matter else self.of_others(frozenset({first}), group)

    def lands_in(self, words: str) -> frozenset[str]:
        """Whom a text names."""
        return self._named(words)

    def first_in(self, words: str) -> str:
        """Whom a text names first, but for who only says it and for bodies that no group is of; "" where it names nobody else."""
        text = _plain(words)
        named = [(at, -len(alias), actor) for alias, actor in self._aliases if (at := _place(alias, text)) >= 0]
        for at, size, actor in sorted(named):
            if actor not in _BODIES - self._known and not _SAYS.match(text[at + 1 - size :].strip().lower()):
                return actor
        return ""

    def spoken_of(self, claim: Claim) -> frozenset[str]:
        """Whom a claim names, but for who only says it, and bodies, of whom no group speaks."""
        return self._actors_of(claim) - ((self._named(f"{claim.source.canonical} {claim.origin}") | _BODIES) - self._known)

    def _says_alike(self, claim: Claim, held: _Held) -> bool:
        """Does it say what the group says, in a word besides what is counted, who and where it is, and the matter of the case?"""
        return bool((self._said(claim, held) - self._common) & held.words)

    def _said(self, claim: Claim, held: _Held) -> frozenset[str]:
        """The stems of a claim besides what is counted, and who and where it is."""
        names = self.stems(" ".join(re.findall(r"\b[A-Z][\w'’-]*", claim.paraphrase)))
        return self._words(claim, held) - names - self.stems(" ".join(self._subject.people))

    def like(self, claim: Claim) -> Likeness:
        """The group that a claim looks like, and whether it may count there."""
        scored = sorted(((self._likeness(claim, held), held.group) for held in self._held.values()), reverse=True)
        best, group = scored[0] if scored else (0.0, "")
        if best < _LEAST:
            return Likeness("", False)
        held, second = self._held[group], scored[1][0] if len(scored) > 1 else 0.0
        against = self._unsure(claim, held)
        if not against and (best < _SURE or best < _CLEAR * second):
            against = f"it looks like one on {scored[1][1]} as well" if second >= _LEAST else "it says little of it"
        is_told = (
            not against
            or self._is_worth_telling(claim, held)
            or (best >= _SURE and self._is_of_same_people(claim, held, against))
        )
        return Likeness(group, not against, against) if is_told else Likeness("", False)

    def _is_of_same_people(self, claim: Claim, held: _Held, against: str) -> bool:
        """Does a claim without a word of the group of its own at least count the same, of all those of whom the group is named?"""
        is_alike = claim.ctype in held.kinds and self._unit(claim, held)
        return bool(against == _WORDLESS and is_alike and held.actors and held.actors <= self._actors_of(claim))

    def _is_worth_telling(self, claim: Claim, held: _Held) -> bool:
        """Is a claim that is not sure to be one of a group at least of the same dimension and kind, of those whom the group is about, and of
        the same thing? Else it looks like the group by its words alone, and whoever reads that learns nothing."""
        about, said = self._actors_of(claim), self._said(claim, held)
        if claim.ctype not in held.kinds or (held.actors - about and (about or not held.units)):
            return False
        if not held.units:  # what has no figure says more of the same than the matter of the case
            return len((said - self._common) & held.words) >= _SHARED
        # Words that only count something, of whom and where, are of the group in whose claims the same is counted.
        is_of_thing = said & held.words or (not said and about and self.stems(claim.paraphrase) & held.words)
        return bool(self._unit(claim, held) and is_of_thing)

    def _unsure(self, claim: Claim, held: _Held) -> str:
        """What keeps a claim that looks like one of a group from counting there."""
        if not held.units:
            return "nothing but its words is like those of the group"
        if not self._unit(claim, held):
            units = ", ".join(one or "no unit" for one in sorted(held.units))
            return f"its figure is in {claim.quantity_unit or 'no unit'}, those of the group in {units}"
        if claim.ctype not in held.kinds:
            return f"it is no {' or '.join(sorted(held.kinds))}"
        if why := self._not_about(claim, held):
            return why
        if not self._says_alike(claim, held):
            return _WORDLESS
        if _COMPARED.search(claim.paraphrase):
            return "it compares"
        times = self._times(claim, held)
        if times is None or times > _NEAR:
            return "its figure is far from those of the group"
        return ""

    def _not_about(self, claim: Claim, held: _Held) -> str:
        """Why it cannot be told that a claim is about those whom the group is about."""
        about = self._actors_of(claim)
        first = self._first(claim)
        spoken = held.actors | held.told
        if missing := held.actors - about:
            return f"it does not say that it is about {_listed(missing)}"
        if first and not spoken:
            return f"it speaks of {first}, the group of nobody"
        return "" if first or not spoken else f"it does not say that it is about {_listed(spoken)}"

    def _first(self, claim: Claim) -> str:
        """The actor that a claim names first, "" where it names none."""
        about = self._actors_of(claim)
        text = _plain(claim.paraphrase)
        places = [(at, actor) for alias, actor in self._aliases if actor in about and (at := _place(alias, text)) >= 0]
        return min(places)[1] if places else next(iter(about), "") if len(about) == 1 else ""

    def _likeness(self, claim: Claim, held: _Held) -> float:
        """How alike a claim and a group are, 0 where they cannot be of one matter.

        It is the cosine of what they are told by, each by how few groups have it: words, actors, and the dimension of the figure.
        """
        spoken, first = held.actors | held.told, self._first(claim)
        if (
            not self._may_be(claim, held)
            or self.against(claim, held.group) not in ("", _WORDLESS)
            or (first and spoken and first not in spoken)
        ):
            return 0.0
        words = self._words(claim, held)
        marks = {f"@{actor}" for actor in self._actors_of(claim)}
        marks |= {f"#{one}" for one in held.units if self._unit(claim, held)}
        own = {f"@{actor}" for actor in held.actors | held.told} | {f"#{one}" for one in held.units}
        shared = (words & held.words) | (marks & own)
        if len(shared) < _SHARED:
            return 0.0
        sizes = [sum(self._weight(one) ** 2 for one in each) for each in (words | marks, held.named | own | shared)]
        alike = sum(self._weight(one) ** 2 for one in shared) / sqrt(sizes[0] * sizes[1]) if all(sizes) else 0.0
        times = self._times(claim, held)
        return alike * (_AGREES if times is not None and times <= _NEAR else 1.0)

    def _words(self, claim: Claim, held: _Held) -> frozenset[str]:
        """The stems of a claim, but those of what is counted, which are those of any matter."""
        return self.stems(claim.paraphrase) - self.stems(claim.quantity_unit) - self.stems(" ".join(held.units))

    def _may_be(self, claim: Claim, held: _Held) -> bool:
        """Is it of the same kind: a figure in the same dimension, or over another time or of nothing that is named; or none in either?"""
        if not held.units or claim.quantity is None:
            return not held.units and claim.quantity is None and claim.ctype in held.kinds
        if self._unit(claim, held):
            return True
        heads = {_head(unit) for unit in held.units} - {"1"}
        head = _head(claim.quantity_unit)
        if not head:
            return any(_TIME.search(unit) for unit in held.units)
        return any(conversion(self._subject.unit_of(head, heads), one) is not None for one in heads if one)

    def _unit(self, claim: Claim, held: _Held) -> str:
        """The unit of the figure as the group would write it; "" where it is of another dimension."""
        unit = self._subject.unit_of(claim.quantity_unit, held.units)
        return unit if any(conversion(unit, one) is not None for one in held.units) else ""

    def _times(self, claim: Claim, held: _Held) -> float | None:
        """How many times beyond the figures of a group that of the claim lies: 1 within them; None where that cannot be said."""
        factor = conversion(unit, held.unit) if (unit := self._unit(claim, held)) else None
        numbers = [abs(one * factor) for one in numbers_of(claim.quantity)] if factor is not None else []
        if held.figures is None or not numbers or not all(numbers):
            return None
        low, high = held.figures
        return max(1.0, *(max(one / high, low / one) for one in numbers)) if low > 0 else None

    def _of_case(self, case: Case, claims: list[Claim]) -> frozenset[str]:
        """Of whom the case is: those whom its title names, and those whom its claims name often, and not only for having said so."""
        model = case.tree.model
        told = Counter(actor for claim in claims for actor in self._named(claim.paraphrase))
        about = {actor for claim in claims for actor in self.spoken_of(claim)}
        often = frozenset(actor for actor, count in told.items() if count >= _OFTEN * len(claims) and actor in about)
        return (self._named(model.title or "") | often) - _BODIES or self._named(model.title or "") | often

    def _of_groups(self) -> frozenset[str]:
        """Of whom the case is where neither its title nor most of its claims say so: of whom more of its groups are than of others."""
        told = Counter(actor for one in self._held.values() for actor in one.actors | one.told)
        return frozenset(actor for actor, count in told.items() if count > 1 and count == max(told.values()))

    def _of(self, group: str, labels: list[str], claims: list[Claim]) -> _Held:
        names = f"{group} {' '.join(labels)}"
        units = frozenset(claim.quantity_unit for claim in claims if claim.quantity is not None)
        told = Counter(actor for claim in claims for actor in self.spoken_of(claim) | _fields(claim))
        most = frozenset(actor for actor, count in told.items() if count >= _SHARE * len(claims))
        together = frozenset.intersection(*(frozenset((claim.actor or "").split(";")) for claim in claims))
        unit = min(units, default="")
        figures = [
            abs(number * factor)
            for claim in claims
            if claim.quantity is not None and (factor := conversion(claim.quantity_unit, unit)) is not None
            for number in numbers_of(claim.quantity)
        ]
        return _Held(
            group,
            frozenset(claim.ctype for claim in claims),
            units,
            self._named(names),
            most,
            together if len(together) > 1 else frozenset(),
            self.stems(names),
            self.stems(names) | {word for claim in claims for word in self.stems(claim.paraphrase)},
            (min(figures), max(figures)) if figures else None,
            unit,
            len(claims),
        )

    def _weight(self, word: str) -> float:
        return self._weights.get(word, self._new)

    def _actors_of(self, claim: Claim) -> frozenset[str]:
        """Whom a claim names in its words, but for those by whom it is told; where it names nobody, its actor and target."""
        return self._named(_TOLD_BY.sub(" ", claim.paraphrase)) or _fields(claim)

    def _named(self, words: str) -> frozenset[str]:
        text = _plain(words)
        found = [(alias, actor) for alias, actor in self._aliases if _place(alias, text) >= 0]
        longer = [alias for alias, _ in found]
        return frozenset(
            actor for alias, actor in found if not any(alias != one and f" {alias} " in f" {one} " for one in longer)
        )

    def stems(self, words: str) -> frozenset[str]:
        """The stems of its words, but of those that tell nothing and of names of countries."""
        same = dict(self._subject.same)
        found = set()
        for word in re.findall(r"[a-z]{3,}", words.lower()):
            if word not in LITTLE and word not in self._lands:
                found.add(same.get(word) or (_ENDING.sub("", singular(word)) or word)[:_STEM])
        return frozenset(found)


def _aliases() -> tuple[tuple[str, str], ...]:
    """Every way in which an actor that the reader knows is written, with its name; in small letters, but for capitals ("WHO", "US")."""
    actors = table("actors")
    return tuple(
        (written if written.isupper() else written.lower(), actor)
        for kind in ("aliases", "seats")
        for actor, both in actors[kind].items()
        for written in (*both.split("|"), actor)
    )


def _fields(claim: Claim) -> frozenset[str]:
    """Actor and target of a claim, as its reader has them."""
    return frozenset(part for both in (claim.actor, claim.target) for part in (both or "").split(";") if part)


def _plain(words: str) -> str:
    """With one space around every word."""
    return " " + re.sub(r"[^\w.'-]+|['’]s\b", " ", words).strip(". ") + " "


def _place(alias: str, text: str) -> int:
    """Where a plain text names an alias, -1 where it does not: capitals by themselves alone, for "who" is not the WHO."""
    return (text if alias.isupper() else text.lower()).find(f" {alias} ")


def _head(unit: str) -> str:
    """What is counted, without over what: `person` of person/day, nothing of "per day"."""
    return re.split(r"\s*/|\bper\b", unit, maxsplit=1)[0].strip()


def _listed(names: Iterable[str]) -> str:
    return " and ".join(sorted(names))
