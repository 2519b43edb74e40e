"""Text that was changed on the way, with the way back: every place still points into the original."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

__all__ = ["MappedText", "identity"]

_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]+")


@dataclass(frozen=True)
class MappedText:
    """A working text and where its characters come from.

    Attributes:
        text: the working text.
        original: what offsets of a claim point into.
        starts, origins: from working place `starts[i]` on, characters come from `origins[i]` on, one by one.
    """

    text: str
    original: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Where a place of the working text stands in the original."""
        at = bisect_right(self.starts, offset) - 1
        limit = self.origins[at + 1] if at + 1 < len(self.origins) else len(self.original)
        return min(self.origins[at] + offset - self.starts[at], limit)

    def working_place(self, original: int) -> int:
        """Where a place of the original stands in the working text; of what is not shown, where it would."""
        at = max(bisect_right(self.origins, original) - 1, 0)
        limit = self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)
        return min(self.starts[at] + max(original - self.origins[at], 0), limit)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the working text stands in the original."""
        if end <= start:
            return self.place(start), self.place(start)
        return self.place(start), min(self.place(end - 1) + 1, self.place(end))

    def quote(self, start: int, end: int) -> str:
        """The original words of a stretch of the working text."""
        low, high = self.span(start, end)
        return self.original[low:high]

    def without_invisible(self) -> MappedText:
        """The text without characters that no reader sees: soft hyphens, blanks of no width, joiners."""
        return self.without([match.span() for match in _INVISIBLE.finditer(self.text)])

    def without(self, cuts: list[tuple[int, int]]) -> MappedText:
        """The text without some stretches of it, which are in order."""
        if not cuts:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        done = length = 0
        for low, high in [*cuts, (len(self.text), len(self.text))]:
            inner = [start for start in self.starts if done < start < low]
            for start in [done, *inner]:
                starts.append(length + start - done)
                origins.append(self.place(start))
            pieces.append(self.text[done:low])
            length += low - done
            done = high
        return MappedText("".join(pieces), self.original, tuple(starts), tuple(origins))

    def with_blanks(self, places: list[int]) -> MappedText:
        """The text with a blank put in at each of these places of the working text."""
        if not places:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        origins: list[int] = []
        done = 0
        cuts = sorted(set(places) | set(self.starts[1:]))
        wanted = set(places)
        length = 0
        for cut in [*cuts, len(self.text)]:
            starts.append(length)
            origins.append(self.place(done))
            pieces.append(self.text[done:cut])
            length += cut - done
            if cut in wanted and cut < len(self.text):
                starts.append(length)
                origins.append(self.place(cut))
                pieces.append(" ")
                length += 1
            done = cut
        return MappedText("".join(pieces), self.original, tuple(starts), tuple(origins))


def identity(text: str) -> MappedText:
    """A text that was not changed."""
    return MappedText(text, text, (0,), (0,))
