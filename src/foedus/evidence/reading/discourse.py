"""What a document has named so far: whom "he", "the country", "both sides" and "the troops" mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from foedus.evidence.reading.actors import Actors, Mention, phrases_in

__all__ = ["Discourse"]

_FAR = 1500
_NEAR = 250


@cache
def _forces() -> re.Pattern[str]:
    words = "|".join(sorted(phrases_in("forces"), key=len, reverse=True))
    return re.compile(rf"(?:['’]s?)?(?: [\w-]+){{0,2}}? (?:{words})\b")


@cache
def _forces_of() -> re.Pattern[str]:
    words = "|".join(sorted(phrases_in("forces"), key=len, reverse=True))
    return re.compile(rf"\b(?:{words}) (?:from|of) (?:the )?$")


class Discourse:
    """The actors of a document, in the order of its text."""

    def __init__(self, text: str, actors: Actors) -> None:
        self.text = text
        found = actors.found(text, 0, len(text))
        is_korean = "Korea" in text
        self._mentions = [each for each in found if is_korean or text[each.start : each.end] not in ("the North", "the South")]
        self._starts = [each.start for each in self._mentions]
        self._forces = [each for each in self._mentions if self._has_forces(each)]
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

    def pair(self, place: int) -> str | None:
        """Whom "both sides" or "the two leaders" mean: the last two that stand together, else the last two."""
        names: list[str] = []
        later: Mention | None = None
        for each in self._before(place, _FAR):
            if later is not None and each.name != later.name and self._joined(each, later):
                return f"{each.name};{later.name}"
            later = each
            if each.name not in names and each.kind != "seats":
                names.append(each.name)
            if place - each.start > _NEAR and len(names) > 1:
                break
        return f"{names[1]};{names[0]}" if len(names) > 1 else None

    def _before(self, place: int, reach: int) -> list[Mention]:
        """The mentions before a place, the nearest first."""
        high = bisect_left(self._starts, place)
        low = bisect_left(self._starts, place - reach)
        return self._mentions[low:high][::-1]

    def _joined(self, one: Mention, other: Mention) -> bool:
        between = self.text[one.end : other.start]
        return len(between) < 60 and bool(re.search(r"\b(?:and|with|against)\b", between)) and "." not in between

    def _has_forces(self, each: Mention) -> bool:
        if _forces().match(self.text, each.end, each.end + 50):
            return True
        return bool(_forces_of().search(self.text, max(0, each.start - 40), each.start))
