"""Whose figure it is, of those who fight or arm: a state, an army, a movement; by the words of the reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from foedus.evidence.reading.actors import Actors

__all__ = ["Parties", "parties_of", "party_word"]

_FORCE = re.compile(
    r"\b(?:The )?(?P<name>(?!The )(?:[A-Z][\w’'-]+ (?:of |for |and )?){1,4}?(?:Forces?|Army|Front|Movement|Brigades?|Militia|"
    r"Guards?|Corps|Party))\b"
    r"(?: \((?P<short>[A-Z]{2,6})\))?"
)
_REGIONAL = re.compile(
    r"\b(?P<name>(?!The\b|Government\b|Federal\b|Rebel\b)[A-Z][a-z][\w-]+?)(?:['’]s)? "
    r"(?:own |regional |armed )?(?:forces|fighters|rebels|troops|army|military|militias?|soldiers|leaders|"
    r"insurgents|[Dd]efen[cs]e [Mm]inistry)\b"
)
"""Those who fight under the name of a region or people that is no state: "Tigray's forces", "the Kachin rebels"."""
_STEM = 5  # letters by which a region and its people are one
_SHORT = re.compile(r"(?<![\w-])(?:[A-Z]{2,6}|M\d\d)(?![\w-])")
_STATE_FORCES = re.compile(
    r"\b(?:army|armed forces|federal (?:forces|troops|soldiers|army)|military(?! [a-z])|government(?: (?:forces|troops|soldiers))|"
    r"junta|regime|government(?= (?:has|had) (?:massed|amassed|deployed|mobili[sz]ed|sent|lost)))\b",
    re.IGNORECASE,
)
_OWN_FORCES = re.compile(rf"(?:['’]s)? (?:own |regular |federal )?{_STATE_FORCES.pattern}", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:rebel|insurgent|separatist|guerrilla|paramilitar|militant|secessionist|militia)\w*", re.IGNORECASE)
_PRONOUN = re.compile(r"^\W*(?:(?:and|but|while|who|that|which)\s+)*(?:its|it|they|their|those)\b", re.IGNORECASE)
_ARMY, _REBELS = "the army", "the rebels"


@dataclass(frozen=True)
class Parties:
    """How the reports call those who may be sides.

    Attributes:
        forces: name of an armed force, and its short form -> the name by which it is known here.
        army: what "the army" stands for: the one state whose army the reports speak of, else itself.
        regions: first letters of a region that has forces of its own -> its name.
        others: what "the rebels" stands for: the one force that is no state's, else itself.
    """

    forces: dict[str, str]
    army: str
    others: str
    regions: dict[str, str] = field(default_factory=dict)

    def whose(self, near: str, place: int, end: int, before: str = "") -> str:
        """The party whose figure it is; "" where no words name one.

        Args:
            near: the figure's own part of the sentence. place, end: of the figure in it. before: the sentences before it, for a pronoun.
        """
        named = sorted(self.named(near))
        within = [name for start, _, name in named if place <= start < end]
        if within:
            return within[0]  # "7,800 Eritrean troops", whoever says so
        behind = [name for start, _, name in named if start >= end and not re.search(r"[^\s\w-]|\bby\b", near[end:start])]
        if behind and re.fullmatch(r"\s*(?:[a-z-]+ ){0,2}", near[end : min(start for start, _, _ in named if start >= end)]):
            return behind[0]  # "300 Armenian soldiers"
        ahead = [name for _, stop, name in named if stop <= place]
        if ahead or not _PRONOUN.search(near[:place]):
            return ahead[-1] if ahead else ""
        spoken = {name for _, _, name in self.named(before)}
        return next(iter(spoken)) if len(spoken) == 1 else ""

    def named(self, near: str) -> Iterable[tuple[int, int, str]]:
        """(start, end, name) of the parties that words name, in no order."""
        taken: list[tuple[int, int]] = []
        for match in _FORCE.finditer(near):
            if match["name"] in self.forces:
                taken.append(match.span())
                yield *match.span(), self.forces[match["name"]]
        for match in _SHORT.finditer(near):
            if match.group() in self.forces and not _inside(match.start(), taken):
                taken.append(match.span())
                yield *match.span(), self.forces[match.group()]
        for mention in _actors().found(near, 0, len(near)):
            if mention.kind == "aliases" and not _inside(mention.start, taken):
                taken.append((mention.start, mention.end))
                yield mention.start, mention.end, mention.name
        for match in _REGIONAL.finditer(near):
            name = self.regions.get(match["name"][:_STEM], "")
            if name and not _inside(match.start(), taken):
                taken.append(match.span())
                yield *match.span(), name
        for found, name in ((_STATE_FORCES, self.army), (_OTHERS, self.others)):
            for match in found.finditer(near):
                is_named = any(0 <= match.start() - stop <= 1 for _, stop in taken)  # "the Armenian army" is Armenia's
                if not is_named and not _inside(match.start(), taken):
                    yield *match.span(), name


def _inside(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start <= place < stop for start, stop in spans)


def parties_of(text: str) -> Parties:
    """How some reports call those who may be sides.

    Args:
        text: of all of them.
    """
    names = Counter(match["name"] for match in _FORCE.finditer(text) if not _actors().found(match["name"], 0, len(match["name"])))
    told = {match["name"]: match["short"] for match in _FORCE.finditer(text) if match["short"]}
    forces: dict[str, str] = {}
    for name, count in names.items():
        short = told.get(name) or "".join(word[0] for word in name.split() if word[:1].isupper())
        is_short_used = len(short) > 1 and len(re.findall(rf"(?<![\w-]){short}(?![\w-])", text)) > 0
        if count > 1 or is_short_used:
            forces[name] = name
            if is_short_used:
                forces[short] = name
    states = Counter(
        mention.name
        for mention in _actors().found(text, 0, len(text))
        if mention.kind == "aliases" and _OWN_FORCES.match(text, mention.end)
    )
    army = next(iter(states)) if len(states) == 1 else _ARMY
    known = set(forces.values())
    told_of = [match["name"] for match in _REGIONAL.finditer(text) if not _actors().found(match["name"], 0, len(match["name"]))]
    stems = Counter(name[:_STEM] for name in told_of)
    regions = {
        stem: min((name for name in told_of if name[:_STEM] == stem), key=len) for stem, count in stems.items() if count > 1
    }
    return Parties(forces, army, next(iter(known)) if len(known) == 1 else _REBELS, regions)


@cache
def _actors() -> Actors:
    return Actors()


def party_word(name: str) -> str:
    """The name of a party as a word of the model: `north_korea`, `rapid_support_forces`, `army`."""
    return re.sub(r"\W+", "_", name.removeprefix("the ")).strip("_").lower()
