"""Sentences cut into statements: clauses that can be true or false by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["Clause", "clauses"]

_SPLIT_MARKS = {"after", "while", "although", "though", "whereas", "because", "since", "before"}
_KEPT_MARKS = {"if", "unless", "when", "as", "that", "to", "so", "until", "whether", "once"}
_SHORTEST = 3


@dataclass(frozen=True)
class Clause:
    """A statement.

    Attributes:
        sentence, head: the verb (or noun) it hangs on.
        words: in order, without the marks at its ends.
        governor: the head of the clause that it completes, for "it is obvious that …".
    """

    sentence: Sentence
    head: Word
    words: tuple[Word, ...]
    governor: Word | None

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end


def clauses(sentence: Sentence, cue_starts: frozenset[int], phrase_starts: frozenset[int] = frozenset()) -> Iterator[Clause]:
    """The statements of a sentence in order.

    Args:
        cue_starts: places of words that hand a clause to a source; what they govern is cut off from them.
        phrase_starts: of these, the phrases such as "according to"; they part what "and" joins.
    """
    heads = [word for word in sentence.words if _is_head(sentence, word, cue_starts, phrase_starts)]
    places = {word.index for word in heads}
    for head in heads:
        words = _own(sentence, head, places)
        words = _trimmed(words, head)
        if len(words) >= _SHORTEST and any(word.tag.startswith(("VB", "MD")) for word in words):
            governor = sentence.words[head.head] if head.relation in ("ccomp", "pcomp") else None
            yield Clause(sentence, head, tuple(words), governor)


def _is_head(sentence: Sentence, word: Word, cue_starts: frozenset[int], phrase_starts: frozenset[int]) -> bool:
    """Whether a statement of its own hangs on the word."""
    if word.head == word.index:
        return True
    if word.start in cue_starts and word.tag.startswith("VB"):
        return True
    if not (word.tag.startswith(("VB", "MD")) or sentence.child(word, "nsubj", "nsubjpass") is not None):
        return False
    relation = word.relation
    if relation == "parataxis":
        return True
    if relation == "ccomp":
        governor = sentence.words[word.head]
        is_announced = word.index > governor.index and _after_comma(sentence, word)
        return (
            governor.start in cue_starts
            or is_announced
            or (governor.index > word.index and not _is_impersonal(sentence, governor))
        )
    if relation == "acl":
        return sentence.words[word.head].start in cue_starts
    if relation == "conj":
        governor = sentence.words[word.head]
        parted = any(governor.start < start < word.start for start in phrase_starts)
        return parted or sentence.child(word, "nsubj", "nsubjpass", "expl", "csubj", "csubjpass") is not None
    if relation == "relcl":
        return _after_comma(sentence, word)
    if relation == "advcl":
        mark = sentence.child(word, "mark", "advmod")
        if (mark is not None and mark.lower in _KEPT_MARKS) or any(each.tag == "TO" for each in sentence.children[word.index]):
            return False
        if mark is not None and mark.lower == "because" and _is_negated(sentence, word):
            return False
        return (
            (mark is not None and mark.lower in _SPLIT_MARKS)
            or _after_comma(sentence, word)
            or (word.tag == "VBG" and _before_comma(sentence, word))
        )
    if relation == "pcomp":
        preposition = sentence.words[word.head]
        return (
            preposition.lower in ("after", "with", "despite", "before")
            and preposition.relation == "prep"
            and _before_comma(sentence, preposition)
        )
    return False


def _is_negated(sentence: Sentence, word: Word) -> bool:
    """Whether a verb above is negated, so that the reason falls under the "not"."""
    for _ in range(4):
        if word.head == word.index:
            return False
        word = sentence.words[word.head]
        if sentence.child(word, "neg") is not None:
            return True
    return False


def _is_impersonal(sentence: Sentence, governor: Word) -> bool:
    """ "It is obvious that …", "there is no doubt that …": one statement."""
    subject = sentence.child(governor, "nsubj", "expl", "nsubjpass")
    return subject is not None and subject.lower in ("it", "there")


def _after_comma(sentence: Sentence, word: Word) -> bool:
    """Whether the clause starts behind a comma or dash."""
    first = sentence.subtree(word)[0].index
    return (
        first > 0
        and sentence.words[first - 1].tag in (",", ":", "HYPH")
        and sentence.words[first - 1].text in (",", "—", "–", "-", ";", ":")
    )


def _before_comma(sentence: Sentence, word: Word) -> bool:
    """Whether the clause ends at a comma and opens the sentence."""
    own = sentence.subtree(word)
    last = own[-1].index
    return last + 1 < len(sentence.words) and sentence.words[last + 1].text == ","


def _own(sentence: Sentence, head: Word, places: set[int]) -> list[Word]:
    """The words below a head without those of other statements; of the pieces, the one with the head."""
    kept: set[int] = set()
    queue = [head]
    while queue:
        word = queue.pop()
        kept.add(word.index)
        queue.extend(each for each in sentence.children[word.index] if each.index not in places)
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    run = list(sentence.words[first : last + 1])
    return run if len(run) >= _SHORTEST else sorted((sentence.words[index] for index in kept), key=lambda word: word.index)


_OUTER = {",", ":", "``", "''", "HYPH", "-LRB-", "-RRB-", "."}
_LEADERS = frozenset(
    "and but or after while although though that where because since with "
    "so before however meanwhile then yet as whereas despite nor".split()
)


def _trimmed(words: list[Word], head: Word) -> list[Word]:
    """Without the marks and links at the ends."""
    while (
        words
        and words[0] is not head
        and (words[0].tag in _OUTER or (words[0].lower in _LEADERS and words[0].relation in ("cc", "mark", "advmod", "prep")))
    ):
        words = words[1:]
    while (
        words
        and words[-1] is not head
        and (words[-1].tag in _OUTER or words[-1].relation in ("cc", "mark") or words[-1].tag in ("IN", "CC", "WDT"))
    ):
        words = words[:-1]
    return words
