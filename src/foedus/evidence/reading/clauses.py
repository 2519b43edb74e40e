"""Sentences cut into statements: clauses that can be true or false by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from foedus.evidence.reading.joined import stands_otherwise
from foedus.evidence.reading.parse import Sentence, Word

__all__ = ["Clause", "clauses"]

_SPLIT_MARKS = {"after", "while", "although", "though", "whereas", "because", "since", "before"}
_LOOSE_MARKS = {"while", "because", "since"}
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

    @cached_property
    def pieces(self) -> list[tuple[int, int]]:
        """The stretches of the text that are its own, without what is inserted."""
        found: list[tuple[int, int]] = []
        last = -2
        for word in self.words:
            if found and word.index == last + 1:
                found[-1] = (found[-1][0], word.end)
            else:
                found.append((word.start, word.end))
            last = word.index
        return found


def clauses(sentence: Sentence, cue_starts: frozenset[int], phrase_starts: frozenset[int] = frozenset()) -> Iterator[Clause]:
    """The statements of a sentence in order.

    Args:
        cue_starts: places of words that hand a clause to a source; what they govern is cut off from them.
        phrase_starts: of these, the phrases such as "according to"; they part what "and" joins.
    """
    heads = [word for word in sentence.words if _is_head(sentence, word, cue_starts, phrase_starts)]
    places = {word.index for word in heads}
    runs = _parted(sentence, [(head, _own(sentence, head, places, cue_starts)) for head in heads])
    for head, run in runs:
        governor = sentence.words[head.head] if head.relation in ("ccomp", "pcomp") else None
        main, aside = _counted_aside(sentence, head, run)
        words = _trimmed(sentence, _with_subject(sentence, head, _behind_mark(sentence, head, main), places), head)
        if len(words) >= _SHORTEST and _says_something(head, words):
            yield Clause(sentence, head, tuple(words), governor)
        if aside:
            yield Clause(sentence, aside[0], tuple(_trimmed(sentence, aside[1:], aside[0])), None)


def _with_subject(sentence: Sentence, head: Word, words: list[Word], places: set[int]) -> list[Word]:
    """With its subject when only an inserted clause stands between: "China, which …, has stayed out"."""
    subject = sentence.child(head, "nsubj", "nsubjpass")
    if not words or subject is None or subject.index >= words[0].index or words[0].index - subject.index > 25:
        return words
    kept: list[Word] = []
    queue = [subject]
    while queue:
        word = queue.pop()
        kept.append(word)
        queue.extend(each for each in sentence.children[word.index] if each.index not in places)
    kept = sorted((word for word in kept if word.index < words[0].index), key=lambda word: word.index)
    while kept and kept[-1].tag in _OUTER:
        kept.pop()
    return [*kept, *words]


def _says_something(head: Word, words: list[Word]) -> bool:
    """Whether there is a verb, and not only one inside a noun phrase."""
    verbs = [word for word in words if word.tag.startswith(("VB", "MD"))]
    is_whole = head.tag.startswith(("VB", "MD")) or any(word.tag in ("VBD", "VBZ", "VBP", "MD") for word in verbs)
    return bool(verbs) and (is_whole or any(word.tag == "CD" for word in words))


_OPENERS = frozenset("while although though since because after before when whereas once as if until".split())


def _parted(sentence: Sentence, runs: list[tuple[Word, list[Word]]]) -> list[tuple[Word, list[Word]]]:
    """In "While A, B" nothing of A belongs to B, whatever the parser says."""
    if sentence.words[0].lower not in _OPENERS or len(runs) < 2:
        return runs
    comma = next((word.index for word in sentence.words if word.text == "," and _opens_clause(sentence, word.index + 1)), None)
    if comma is None:
        return runs
    strays = [word for head, run in runs if head.index > comma for word in run if word.index < comma]
    if not strays or any(run[0].index == 0 and head.index > comma for head, run in runs):
        return runs
    parted = []
    for head, run in runs:
        if head.index > comma:
            run = [word for word in run if word.index > comma]
        elif run[0].index < strays[0].index and run[-1].index >= strays[0].index - 2:
            run = list(sentence.words[run[0].index : comma])
        parted.append((head, run))
    return parted


def _opens_clause(sentence: Sentence, at: int) -> bool:
    """Whether the subject of a verb starts at a place."""
    for word in sentence.words[at : at + 5]:
        if word.relation in ("nsubj", "nsubjpass", "expl") and sentence.subtree(word)[0].index == at:
            return True
    return False


def _behind_mark(sentence: Sentence, head: Word, words: list[Word]) -> list[Word]:
    """ "For more than a week after X did …" says that X did."""
    if head.relation not in ("ccomp", "advcl", "pcomp"):
        return words
    mark = next(
        (word for word in words if word.lower in _SPLIT_MARKS and word.relation in ("mark", "prep") and word.index < head.index),
        None,
    )
    if (
        mark is None
        or mark.index - words[0].index > 8
        or any(word.tag.startswith(("VB", "PRP")) for word in words if word.index < mark.index)
    ):
        return words
    return [word for word in words if word.index > mark.index]


def _counted_aside(sentence: Sentence, head: Word, run: list[Word]) -> tuple[list[Word], list[Word]]:
    """The run without ", with 300 men in reserve" at its end, and that with its noun in front."""
    for preposition in sentence.children[head.index]:
        if preposition.lower != "with" or preposition.relation != "prep" or preposition.index <= head.index + 1:
            continue
        noun = sentence.child(preposition, "pobj")
        below = sentence.subtree(preposition)
        is_closing = run[-1].index == below[-1].index or run[-1].index == below[-1].index + 1
        is_apart = sentence.words[preposition.index - 1].text == ","
        if noun is not None and is_apart and is_closing and any(word.tag == "CD" for word in below):
            return [word for word in run if word.index < preposition.index - 1], [
                noun,
                *(w for w in below if w is not preposition),
            ]
    return run, []


def _is_told(sentence: Sentence, word: Word, cue_starts: frozenset[int]) -> bool:
    """Of a verb that hangs on another as what is said, thought or seen: is it a statement of its own?"""
    governor = sentence.words[word.head]
    if governor.index > word.index and sentence.subtree(word)[0].tag in ("WP", "WRB", "WDT"):
        return False
    if governor.index > word.index and _is_aside(sentence, governor):
        return False
    if any(each.text == ";" for each in sentence.words[word.index : governor.index]):
        return True  # "the agency spoke of 340; it has cut that to 260"
    is_announced = word.index > governor.index and _after_comma(sentence, word)
    return (
        governor.start in cue_starts or is_announced or (governor.index > word.index and not _is_impersonal(sentence, governor))
    )


def _is_beside(sentence: Sentence, word: Word) -> bool:
    """Of a verb that says when, why, or how another is: is it a statement of its own?"""
    mark = sentence.child(word, "mark", "advmod")
    if (mark is not None and mark.lower in _KEPT_MARKS) or any(each.tag == "TO" for each in sentence.children[word.index]):
        return False
    if mark is not None and mark.lower == "because" and _is_negated(sentence, word):
        return False
    is_apart = _after_comma(sentence, word) or _opens(sentence, sentence.subtree(word)[0].index)
    return (
        (mark is not None and mark.lower in _SPLIT_MARKS and (is_apart or mark.lower not in _LOOSE_MARKS))
        or _after_comma(sentence, word)
        or (word.tag == "VBG" and _before_comma(sentence, word))
    )


def _is_head(sentence: Sentence, word: Word, cue_starts: frozenset[int], phrase_starts: frozenset[int]) -> bool:
    """Whether a statement of its own hangs on the word."""
    if word.head == word.index:
        return True
    if word.start in cue_starts and word.tag.startswith("VB"):
        return True
    if not word.tag.startswith(("VB", "MD")):
        return False
    relation = word.relation
    if relation == "parataxis":
        return not _is_aside(sentence, word)
    if relation == "ccomp":
        return _is_told(sentence, word, cue_starts)
    if relation == "acl":
        noun = sentence.words[word.head]
        return noun.start in cue_starts or (noun.relation == "dobj" and sentence.words[noun.head].start in cue_starts)
    if relation == "conj":
        governor = sentence.words[word.head]
        parted = any(governor.start < start < word.start for start in phrase_starts)
        has_subject = sentence.child(word, "nsubj", "nsubjpass", "expl", "csubj", "csubjpass") is not None
        return parted or has_subject or stands_otherwise(sentence, word)
    if relation == "relcl":
        return _after_comma(sentence, word) and not _is_about_speaking(sentence, word)
    if relation == "advcl":
        return _is_beside(sentence, word)
    if relation == "pcomp":
        preposition = sentence.words[word.head]
        if preposition.lower == "between" and sentence.words[preposition.head].start in cue_starts:
            return True
        return (
            preposition.lower in ("after", "with", "despite", "before")
            and preposition.relation == "prep"
            and _before_comma(sentence, preposition)
        )
    return False


_ROLES = frozenset("heads head headed leads led runs ran chairs directs represents oversees works worked teaches serves".split())
_SHY = frozenset("named identified anonymity name anonymously".split())


def _opens(sentence: Sentence, at: int) -> bool:
    """Whether a place opens the sentence, or what "and" adds behind a comma."""
    return at == 0 or (at > 1 and sentence.words[at - 1].tag == "CC" and sentence.words[at - 2].text in (",", "—", "–", ";"))


def _is_about_speaking(sentence: Sentence, word: Word) -> bool:
    """ "…, who heads the clinic", "…, who asked not to be named": says who somebody is, or on what terms he speaks."""
    subject = sentence.child(word, "nsubj", "nsubjpass")
    if subject is None or subject.lower != "who":
        return False
    return word.lower in _ROLES or any(each.lower in _SHY for each in sentence.subtree(word))


def _is_aside(sentence: Sentence, word: Word) -> bool:
    """ "…, I think, …": the speaker's own parenthesis."""
    subject = sentence.child(word, "nsubj")
    if subject is None or subject.lower not in ("i", "we") or word.lower not in _VIEWS:
        return False
    below = sentence.child(word, "ccomp", "dobj", "xcomp")
    return below is None or below.index < word.index


_VIEWS = frozenset("think believe guess suppose reckon fear hope imagine suspect know say mean feel".split())


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


def _own(sentence: Sentence, head: Word, places: set[int], cue_starts: frozenset[int]) -> list[Word]:
    """The words below a head without those of other statements: the piece with the head, and what follows behind "…, he said, …"."""
    kept: set[int] = set()
    queue = [head]
    while queue:
        word = queue.pop()
        kept.add(word.index)
        queue.extend(each for each in sentence.children[word.index] if each.index not in places)
    governor = sentence.words[head.head]
    if head.relation == "pcomp" and governor.lower == "between":
        kept.add(governor.index)
    elif head.relation == "ccomp" and governor.start in cue_starts:
        span = sentence.child(governor, "prep")
        if span is not None and span.lower == "between" and governor.index < span.index < head.index:
            kept.update(each.index for each in sentence.subtree(span))
    first = last = head.index
    while first - 1 in kept:
        first -= 1
    while last + 1 in kept:
        last += 1
    run = list(sentence.words[first : last + 1])
    rest = [index for index in sorted(kept) if index > last]
    if rest and rest[0] - last <= 9 and any(word.start in cue_starts for word in sentence.words[last : rest[0]]):
        end = rest[0]
        while end + 1 in kept:
            end += 1
        run += sentence.words[rest[0] : end + 1]
    return run if len(run) >= _SHORTEST else sorted((sentence.words[index] for index in kept), key=lambda word: word.index)


_OUTER = {",", ":", "``", "''", "HYPH", "-LRB-", "-RRB-", "."}
_LEADERS = frozenset(
    "when and but or after while although though that where because since with "
    "so before however meanwhile then yet as whereas despite nor".split()
)


def _hangs(sentence: Sentence, words: list[Word]) -> bool:
    """Whether the last word is a preposition whose noun was cut off."""
    last = words[-1]
    if last.tag != "IN" or last.relation == "prt":
        return False
    return last.head > last.index or any(each.index > last.index for each in sentence.children[last.index])


def _only_leads(sentence: Sentence, word: Word) -> bool:
    """Whether a word only links the clause to what is before; "despite the ban, …" is a part of it."""
    return word.relation in ("cc", "mark", "advmod") or (word.relation == "prep" and sentence.child(word, "pobj") is None)


def _trimmed(sentence: Sentence, words: list[Word], head: Word) -> list[Word]:
    """Without the marks and links at the ends."""
    while (
        words
        and words[0] is not head
        and (words[0].tag in _OUTER or (words[0].lower in _LEADERS and _only_leads(sentence, words[0])))
        and not (
            words[0].lower in ("so", "as")
            and len(words) > 1
            and words[1].lower in ("far", "many", "much", "few", "of", "part", "long")
        )
    ):
        words = words[1:]
    while (
        words
        and words[-1] is not head
        and (
            words[-1].tag in _OUTER
            or words[-1].relation in ("cc", "mark")
            or words[-1].tag in ("CC", "WDT")
            or _hangs(sentence, words)
        )
    ):
        words = words[:-1]
    return words
