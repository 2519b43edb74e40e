"""Two versions of a text, sentence by sentence: which stayed, which was changed, which went; and where an offset went.

Sentences are matched by their place among the others, never by a number or a few words that they share: a lookalike elsewhere in the
text is not the same sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

__all__ = ["AlignedSentence", "Alignment", "align", "sentences"]

_END = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s)|\n[ \t]*(?=\n)|\n""")
_ALIKE = 0.6
"""From this ratio of common characters on, a sentence in the same place is a changed one, not another."""

_FEW_WORDS = 5


@dataclass(frozen=True)
class AlignedSentence:
    """A sentence by its offsets, and its words with single spaces."""

    start: int
    end: int
    words: str


def sentences(text: str) -> tuple[AlignedSentence, ...]:
    """The sentences of a text. A line's end ends a sentence; a full stop does where a space and no small letter follow."""
    found: list[AlignedSentence] = []
    start = 0
    cuts = [match.end() for match in _END.finditer(text) if _is_end(text, match.end())]
    for cut in [*cuts, len(text)]:
        part = text[start:cut]
        words = " ".join(part.split())
        if words:
            low = start + len(part) - len(part.lstrip())
            found.append(AlignedSentence(low, low + len(part.strip()), words))
        start = cut
    return tuple(found)


def _is_end(text: str, cut: int) -> bool:
    if text[cut - 1] == "\n":
        return True
    following = text[cut:].lstrip(" \t")[:1] if cut < len(text) else ""
    return not following.islower()


@dataclass(frozen=True)
class Alignment:
    """How the sentences of an old text stand in a new one.

    Attributes:
        old, new: the sentences.
        same: index of an old sentence -> index of the new one with the same words in the same context.
        changed: index of an old sentence -> index of the sentence that took its place, in other words.
        unclear: indices of old sentences whose words stand in several places of the new text, none of which is theirs for sure.
    """

    old_text: str
    new_text: str
    old: tuple[AlignedSentence, ...]
    new: tuple[AlignedSentence, ...]
    same: dict[int, int]
    changed: dict[int, int]
    unclear: frozenset[int]

    def covered(self, start: int, end: int) -> tuple[int, ...]:
        """The old sentences that a span of the old text touches."""
        return tuple(place for place, one in enumerate(self.old) if one.start < end and start < one.end)

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a span of the old text stands in the new one; None unless every sentence it touches stayed, side by side."""
        places = self.covered(start, end)
        if not places or any(place not in self.same for place in places):
            return None
        targets = [self.same[place] for place in places]
        if targets != list(range(targets[0], targets[0] + len(targets))):
            return None
        low = _same_offset(self.old_text, self.old[places[0]], self.new_text, self.new[targets[0]], start)
        high = _same_offset(self.old_text, self.old[places[-1]], self.new_text, self.new[targets[-1]], end - 1)
        return (low, high + 1) if low is not None and high is not None else None


def _same_offset(old_text: str, old: AlignedSentence, new_text: str, new: AlignedSentence, offset: int) -> int | None:
    """The offset of the same character in a sentence of the same words; spaces between words may differ."""
    if not old.start <= offset < old.end or old_text[offset].isspace():
        return None
    count = sum(not letter.isspace() for letter in old_text[old.start : offset])
    for place in range(new.start, new.end):
        if not new_text[place].isspace():
            if count == 0:
                return place
            count -= 1
    return None


def align(old_text: str, new_text: str) -> Alignment:
    """Match the sentences of two versions of a text."""
    old, new = sentences(old_text), sentences(new_text)
    before, after = [one.words for one in old], [one.words for one in new]
    stretches = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    same = _in_place(before, after, stretches)
    unclear = _elsewhere(before, after, same)
    taken = set(same.values())
    changed: dict[int, int] = {}
    for kind, low, high, other_low, other_high in stretches:
        if kind == "replace":
            left = [place for place in range(low, high) if place not in same and place not in unclear]
            changed |= _changed(before, after, left, [place for place in range(other_low, other_high) if place not in taken])
    return Alignment(old_text, new_text, old, new, same, changed, frozenset(unclear))


def _in_place(before: Sequence[str], after: Sequence[str], stretches: Sequence[tuple[str, int, int, int, int]]) -> dict[int, int]:
    """Sentences that stayed among the same others; one that either text has several times needs a neighbour that stayed too."""
    was, now = Counter(before), Counter(after)
    same: dict[int, int] = {}
    for kind, low, high, other_low, _ in stretches:
        if kind == "equal":
            is_known = high - low > 1 or was[before[low]] == now[before[low]]
            same |= {low + step: other_low + step for step in range(high - low)} if is_known else {}
    return same


def _elsewhere(before: Sequence[str], after: Sequence[str], same: dict[int, int]) -> set[int]:
    """Sentences that went to another place: taken where old and new text have the words once; else unclear. Adds to `same`."""
    was, now = Counter(before), Counter(after)
    place_of = {words: place for place, words in enumerate(after)}
    taken = set(same.values())
    unclear = set()
    for place, words in enumerate(before):
        if place in same or not now[words]:
            continue
        is_only_one = was[words] == now[words] == 1 and place_of[words] not in taken
        if is_only_one and len(words.split()) >= _FEW_WORDS:
            same[place] = place_of[words]
        else:
            unclear.add(place)
    return unclear


def _changed(before: Sequence[str], after: Sequence[str], old: list[int], new: list[int]) -> dict[int, int]:
    """Pairs of sentences in the same stretch of text that are alike enough, the most alike first, in their order."""
    ratios = [
        (SequenceMatcher(None, before[one], after[other], autojunk=False).ratio(), one, other) for one in old for other in new
    ]
    pairs: dict[int, int] = {}
    for ratio, one, other in sorted(ratios, key=lambda found: (-found[0], found[1], found[2])):
        is_free = one not in pairs and other not in pairs.values()
        in_order = all((one < place) == (other < target) for place, target in pairs.items())
        if ratio >= _ALIKE and is_free and in_order:
            pairs[one] = other
    return pairs
