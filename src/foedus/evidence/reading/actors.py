"""Which actors a stretch of text names: countries, their leaders and capitals, alliances."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from foedus.evidence.reading.lexicon import phrases, table

__all__ = ["Actors", "source_type"]


class Actors:
    """Finds actors by their names; a case may add its own."""

    def __init__(self, of_case: Iterable[str] = ()) -> None:
        names: dict[str, str] = {}
        for actor, aliases in table("actors")["aliases"].items():
            for alias in aliases.split("|"):
                names.setdefault(alias, actor)
        for actor in of_case:
            names.setdefault(actor, actor)
        self._names = names
        ordered = sorted((re.escape(name).replace("'", "['’]") for name in names), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(ordered)})(?![\w])")

    def found(self, text: str, start: int, end: int) -> list[tuple[int, int, str]]:
        """The actors between two places, with where they stand."""
        return [(*match.span(), self._named(match.group())) for match in self._pattern.finditer(text, start, end)]

    def _named(self, written: str) -> str:
        return self._names.get(written) or self._names.get(written.replace("’", "'"), written)


@cache
def _words(kind: str) -> frozenset[str]:
    return phrases_of(kind)


def phrases_of(kind: str) -> frozenset[str]:
    """The words that tell one type of source."""
    return frozenset(table("actors")["agencies"][kind].split())


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
    is_former = bool(
        lower & {"former", "ex-british", "retired", "analyst", "expert", "experts", "analysts", "fellow", "professor"}
    )
    if is_former or (lower & _words("expert") and not lower & _words("official")):
        return "expert"
    if lower & _words("official"):
        return "official"
    if re.search(r"\b(?:report|study|survey|poll)s?\b", description.lower()):
        return "study"
    return "official" if Actors().found(description, 0, len(description)) else "anonymous"
