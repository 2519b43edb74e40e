"""Where another speaker or a colon stands in the same sentence: "Lorn disagrees: five docks will open, its minister said"."""

from __future__ import annotations

from collections.abc import Sequence

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.said import Said

__all__ = ["behind_colon", "is_put_by_another", "joined_before", "only_other"]


def is_put_by_another(sentence: Sentence, said: Said, found: Sequence[Said]) -> bool:
    """ "Lorn disagrees: five docks will open, its minister said": he says so, and whom he speaks for."""
    cue = next((each for each in sentence.words if each.start == said.cue_start), None)
    if cue is None or cue.index + 1 >= len(sentence.words) or sentence.words[cue.index + 1].text != ":":
        return False
    return any(
        low <= cue.start < high for other in found if other is not said and other.form == "clause" for low, high in other.content
    )


def only_other(sentence: Sentence, inset: set[int]) -> list[Word]:
    """ "…, and not 200, as the firm has claimed": it has claimed the 200 alone."""
    first = min(inset, default=0)
    comma = next((each.index for each in reversed(sentence.words[: max(first - 1, 0)]) if each.text == ","), None)
    if comma is None or sentence.words[first].lower != "as":
        return []
    words = list(sentence.words[comma + 1 : first])
    opening = [each.lower for each in words[:2]]
    is_other = opening[:1] == ["not"] or (opening[:1] in (["and"], ["but"]) and opening[1:] == ["not"])
    return words if is_other and not any(each.tag.startswith("VB") for each in words) else []


_NEAR_COLON = 4


def behind_colon(sentence: Sentence, cue: Word) -> list[Word]:
    """ "The ministry rejects that: owners got 10 percent more, it says": what stands between the colon and who says so at the end."""
    subject = sentence.child(cue, "nsubj")
    is_end = lemma(cue.lower, "speech") == "say" and all(each.text in '.”"' for each in sentence.words[cue.index + 1 :])
    if subject is None or not is_end or subject.index > cue.index:
        return []
    first = sentence.subtree(subject)[0].index
    colon = next((each.index for each in reversed(sentence.words[:first]) if each.text == ":"), None)
    if colon is None or first - colon < _NEAR_COLON or sentence.words[first - 1].text != ",":
        return []
    return list(sentence.words[colon + 1 : first - 1])


def joined_before(sentence: Sentence, cue: Word, clause: Word) -> list[Word]:
    """ "One in ten has reopened, and 40 are shut, the guild says": further clauses before the speaker that the parser hangs on his verb."""
    if clause.relation != "ccomp" or clause.index > cue.index:
        return []
    others = [each for each in sentence.children[cue.index] if each.relation == "ccomp" and clause.index < each.index < cue.index]
    subject = sentence.child(cue, "nsubj")
    return [each for each in others if subject is not None and sentence.subtree(each)[-1].index < subject.index]
