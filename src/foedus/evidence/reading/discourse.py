"""What a document has named so far: whom "he", "the country", "both sides" and "the troops" mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cache

from foedus.evidence.reading.actors import Actors, Mention, phrases_in
from foedus.evidence.reading.persons import bare_name, full_names

__all__ = ["Discourse"]

_TOGETHER = re.compile(r"\b(?:and|with)\b")
_APART = re.compile(r"\b(?:and|with|against|versus|invasion of|invaded|war (?:on|in|with)|attack(?:ed)? (?:on )?)\b")
_FAR = 1500
_NEAR = 250


@cache
def _forces() -> re.Pattern[str]:
    words = "|".join(sorted(phrases_in("forces"), key=len, reverse=True))
    return re.compile(rf"(?:['’]s?)?(?: [\w-]+){{0,2}}? (?:{words})\b")


@cache
def _bare_forces() -> re.Pattern[str]:
    words = "|".join(sorted(phrases_in("forces"), key=len, reverse=True))
    return re.compile(rf"\b(?:{words})\b")


@cache
def _forces_of() -> re.Pattern[str]:
    words = "|".join(sorted(phrases_in("forces"), key=len, reverse=True))
    return re.compile(rf"\b(?:{words}) (?:from|of) (?:the )?$")


def _stands_inside(text: str, name: str) -> bool:
    """Whether a name stands behind a small letter or comma somewhere."""
    place = text.find(f" {name}")
    while place >= 0:
        if place and (text[place - 1].islower() or text[place - 1] == ","):
            return True
        place = text.find(f" {name}", place + 1)
    return False


def _is_named_in_full(mention: Mention, text: str) -> bool:
    """Whether the rest of the name of "the North" stands anywhere in the text; without it that is a direction."""
    written = text[mention.start : mention.end]
    first = written.removeprefix("the ")
    return first == written or not mention.name.startswith(f"{first} ") or mention.name.removeprefix(f"{first} ") in text


class Discourse:
    """The actors of a document, in the order of its text."""

    def __init__(self, text: str, actors: Actors) -> None:
        self.text = text
        found = actors.found(text, 0, len(text))
        self._mentions = [each for each in found if _is_named_in_full(each, text)]
        self._starts = [each.start for each in self._mentions]
        self._forces = [each for each in self._mentions if self._has_forces(each)]
        self._full = full_names(text)
        self._force_starts = [each.start for each in self._forces]

    def within(self, start: int, end: int) -> list[Mention]:
        """The actors named between two places."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [each for each in self._mentions[low:high] if each.end <= end]

    def forces(self, place: int, reach: int = _FAR) -> str | None:
        """Whose soldiers were named last before a place."""
        at = bisect_left(self._force_starts, place) - 1
        if at < 0 or place - self._force_starts[at] > reach:
            return None
        return self._forces[at].name

    def has_forces(self, place: int) -> bool:
        """Whether soldiers were named shortly before a place, whosever they are."""
        return bool(_bare_forces().search(self.text, max(0, place - 120), place))

    def has_leader(self, place: int) -> bool:
        """Whether a leader was named shortly before a place."""
        return any(each.kind == "leaders" for each in self._before(place, _NEAR))

    def person(self, place: int) -> str | None:
        """Whose leader was named last before a place."""
        return next((each.name for each in self._before(place, _FAR) if each.kind == "leaders"), None)

    def office(self, word: str, place: int) -> str | None:
        """Whose "dictator" or "president" it is: the one who is called so with a name, nearest before the place; else after it."""
        titled = [
            each for each in self._mentions if each.kind == "leaders" and self.text[: each.start].lower().endswith(f"{word} ")
        ]
        before = [each.name for each in titled if each.start < place]
        return before[-1] if before else titled[0].name if titled else None

    def near(self, place: int) -> str | None:
        """The actor named last, if that is not long ago."""
        return next((each.name for each in self._before(place, _NEAR)), None)

    def main(self) -> str | None:
        """The actor that the document names most often; of equals the first."""
        counts = Counter(each.name for each in self._mentions)
        return counts.most_common(1)[0][0] if counts else None

    def full_name(self, name: str, is_start: bool = False) -> str | None:
        """A surname with the first name that it has elsewhere in the text; titles fall off.

        A single word that opens a sentence is a name only where it has its capital elsewhere too.
        """
        bare = bare_name(name)
        full = self._full.get(bare)
        if full is None and is_start and " " not in bare and not _stands_inside(self.text, bare):
            return None
        return full or bare

    def leaders(self, place: int) -> str | None:
        """Whom "the two leaders" mean: the last two that were named."""
        names = list(dict.fromkeys(each.name for each in self._before(place, _FAR) if each.kind == "leaders"))
        return f"{names[1]};{names[0]}" if len(names) > 1 else self.pair(place)

    def pair(self, place: int, is_hostile: bool = False) -> str | None:
        """Whom "both sides" (at war) or "the two nations" mean: the last two that stand together so."""
        later: Mention | None = None
        for each in self._before(place, 4 * _FAR if is_hostile else 2 * _FAR):
            if later is not None and each.name != later.name and self._joined(each, later, is_hostile):
                return f"{each.name};{later.name}"
            later = each
        return None

    def _before(self, place: int, reach: int) -> list[Mention]:
        """The mentions before a place, the nearest first."""
        high = bisect_left(self._starts, place)
        low = bisect_left(self._starts, place - reach)
        return self._mentions[low:high][::-1]

    def _joined(self, one: Mention, other: Mention, is_hostile: bool) -> bool:
        between = self.text[one.end : other.start]
        return len(between) < 60 and bool((_APART if is_hostile else _TOGETHER).search(between)) and "." not in between

    def _has_forces(self, each: Mention) -> bool:
        if _forces().match(self.text, each.end, each.end + 50):
            return True
        return bool(_forces_of().search(self.text, max(0, each.start - 40), each.start))
