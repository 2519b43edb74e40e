"""Which actors a stretch of text names: states, their leaders and capitals, alliances, bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from foedus.evidence.reading.lexicon import phrases, table

__all__ = ["Actors", "Mention", "phrases_in", "source_type"]

_KINDS = ("aliases", "leaders", "seats")


class Mention(NamedTuple):
    """An actor where it is named; `kind` is aliases (the state, its people, a body), leaders or seats."""

    start: int
    end: int
    name: str
    kind: str


class Actors:
    """Finds actors by their names; a case may add its own, and may call the usual ones by names of its own."""

    def __init__(self, of_case: Iterable[str] = ()) -> None:
        usual = {
            alias: (actor, kind)
            for kind in reversed(_KINDS)
            for actor, written in table("actors")[kind].items()
            for alias in (actor, *written.split("|"))
            if actor not in _ONLY_IN_PARTS or alias != actor
        }
        folded = {alias.lower(): actor for alias, (actor, _) in usual.items()}
        own: dict[str, str] = {}
        for name in of_case:
            own.setdefault(folded.get(name.lower(), name), name)
        names = {alias: (own.get(actor, actor), kind) for alias, (actor, kind) in usual.items()}
        for name in own.values():
            names.setdefault(name, (name, "aliases"))
            if name[:1].islower():
                names.setdefault(name.capitalize(), (name, "aliases"))
        self._names = names
        ordered = sorted((re.escape(name).replace("'", "['’]") for name in names), key=len, reverse=True)
        halves = [rf"{first}(?= and (?:{'|'.join(set(others))}) {tail})" for (first, tail), others in _twins().items()]
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join([*ordered, *halves])})(?![\w])")

    def found(self, text: str, start: int, end: int) -> list[Mention]:
        """The actors between two places, with where they stand."""
        found = []
        for match in self._pattern.finditer(text, start, end):
            written = match.group().replace("’", "'")
            name, kind = self._names.get(written) or self._names[_whole(written, text[match.end() :])]
            if _OTHER_NAME.match(text, match.end()) is not None:
                continue  # "the United States Maritime Alliance", "13 US cents": a body of its own, a kind of money
            if kind == "aliases" or not _is_inside_name(text, match, kind):
                found.append(Mention(match.start(), match.end(), name, kind))
        return found


@cache
def _twins() -> dict[tuple[str, str], tuple[str, ...]]:
    """(first word, last word) of a state -> the first words of the other states with this last word: "North and South …"."""
    pairs = [tuple(name.split(" ")) for name in table("actors")["aliases"] if name.count(" ") == 1]
    twins = {(first, last): tuple(other for other, tail in pairs if tail == last and other != first) for first, last in pairs}
    return {pair: others for pair, others in twins.items() if others and all(word in _SIDES for word in (pair[0], *others))}


def _whole(first: str, after: str) -> str:
    """The name of which only the first word is written before " and" and its twin."""
    twins = ((tail, one) for (word, tail), others in _twins().items() for one in others if word == first)
    return f"{first} {next(tail for tail, one in twins if after.startswith(f' and {one} {tail}'))}"


_SIDES = frozenset("North South East West Northern Southern Eastern Western".split())
# Names that are common words or first names by themselves: only their people stand for them.
_ONLY_IN_PARTS = frozenset({"Georgia", "Jordan", "West"})
_OTHER_NAME = re.compile(
    r" (?:[A-Z][\w’'-]+ ){0,3}(?:Alliance|Association|Federation|Chamber|League|Society|Club|Institute|University|College|Foundation|"
    r"Company|Corporation|Corp|Airlines|Airways|Steel|Times|Post|Journal|Conference|Championship|Open|Cup)\b|"
    r"[ -](?:cents?|dollars?|pounds?|francs?|rupees?|pesos?|kron[ae]r?|yuan|yen|shillings?|rand|dinars?|riyals?|liras?)\b"
)
_NAME_BEHIND = re.compile(r"[ -](?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][a-z]")
_NAME_BEFORE = re.compile(r"(?P<word>[A-Z][\w.’'-]*) $")


def _is_inside_name(text: str, match: re.Match[str], kind: str) -> bool:
    """ "Charlie Kim", "Trump Tower", "Washington Post": a single word inside another name."""
    if " " in match.group():
        return False
    if _NAME_BEHIND.match(text, match.end()):
        return True
    before = _NAME_BEFORE.search(text, max(0, match.start() - 24), match.start())
    if before is None or kind != "leaders":
        return False
    word = before["word"]
    return word not in phrases_in("before_names") and not word.endswith(
        ("'s", "’s", "s'", "s’", "ian", "ish", "ese", "can", "rean")
    )


@cache
def phrases_in(key: str) -> frozenset[str]:
    """A list of words of the table of actors."""
    return frozenset(table("actors")["words"][key].split())


@cache
def _words(kind: str) -> frozenset[str]:
    """The words that tell one type of source."""
    return frozenset(table("actors")["agencies"][kind].split())


@cache
def _usual() -> Actors:
    return Actors()


_STATE_MEDIA = re.compile(
    r"\b(?:state[- ](?:run|media|news|television|TV|broadcaster)|KCNA|Central News Agency|Rodong|TASS|Xinhua|Sputnik|RT|RIA)\b"
)
_AGENCY = re.compile(r"\b(?:Reuters|AP|Associated Press|AFP|Yonhap|Bloomberg|Interfax|news agency)\b")


def source_type(description: str) -> str:
    """Expert, official, agency, state media, imagery or anonymous, by the words of the source and its role."""
    lower = set(re.findall(r"[\w-]+", description.lower()))
    things = phrases("cues", "imagery")
    if _STATE_MEDIA.search(description):
        return "state_media"
    if _AGENCY.search(description):
        return "agency"
    if lower & (things | {thing + "s" for thing in things}) and not lower & _words("official"):
        return "imagery"
    is_former = "think tank" in description.lower() or bool(
        lower & {"former", "ex-british", "retired", "analyst", "expert", "experts", "analysts", "fellow", "professor"}
    )
    if is_former or (lower & _words("expert") and not lower & _words("official")):
        return "expert"
    if lower & _words("official"):
        return "official"
    if re.search(r"\b(?:report|study|survey|poll)s?\b", description.lower()):
        return "study"
    return "official" if _usual().found(description, 0, len(description)) else "anonymous"
