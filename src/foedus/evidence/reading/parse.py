"""Text to paragraphs, sentences and words with tags and dependencies: the only place that touches the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from foedus.evidence.reading.libraries import language_model

__all__ = ["Paragraph", "Sentence", "Word", "paragraph_spans", "parse", "parse_many"]

LONGEST_PARAGRAPH = 6_000


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence.

    Attributes:
        index, head: places in the sentence; the root is its own head.
        tag: Penn Treebank. relation: to the head, in spaCy's labels.
        start, end: in the text.
    """

    index: int
    text: str
    lower: str
    tag: str
    relation: str
    head: int
    start: int
    end: int


@dataclass(frozen=True)
class Sentence:
    """Words in order; `start` and `end` in the text."""

    words: tuple[Word, ...]

    @property
    def start(self) -> int:
        return self.words[0].start

    @property
    def end(self) -> int:
        return self.words[-1].end

    @cached_property
    def children(self) -> tuple[tuple[Word, ...], ...]:
        """For each word, those that hang on it, in order."""
        found: list[list[Word]] = [[] for _ in self.words]
        for word in self.words:
            if word.head != word.index:
                found[word.head].append(word)
        return tuple(tuple(each) for each in found)

    def child(self, word: Word, *relations: str) -> Word | None:
        """The first word that hangs on `word` by one of the relations."""
        for each in self.children[word.index]:
            if each.relation in relations:
                return each
        return None

    def subtree(self, word: Word) -> list[Word]:
        """The word and everything below it, in the order of the text."""
        return list(self._subtrees(word.index))

    def _subtrees(self, index: int) -> tuple[Word, ...]:
        """The words below a place, found once."""
        known = self._found_subtrees.get(index)
        if known is None:
            places, queue = [], [index]
            while queue:
                place = queue.pop()
                places.append(place)
                queue.extend(each.index for each in self.children[place])
            places.sort()
            known = self._found_subtrees[index] = tuple(self.words[place] for place in places)
        return known

    @cached_property
    def _found_subtrees(self) -> dict[int, tuple[Word, ...]]:
        return {}

    @cached_property
    def lower(self) -> str:
        """Its words in small letters, with a blank between each two."""
        return " ".join(word.lower for word in self.words)


@dataclass(frozen=True)
class Paragraph:
    """A run of text without line ends, and its sentences."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]


def paragraph_spans(text: str) -> list[tuple[int, int]]:
    """Where the lines with text stand, without the blanks around them; very long ones are cut at a sentence."""
    spans = []
    for match in re.finditer(r"[^\n\r\x0b\x0c\u2028\u2029]+", text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip())
        end = match.start() + len(line.rstrip())
        while end - start > LONGEST_PARAGRAPH:
            cut = text.rfind(". ", start, start + LONGEST_PARAGRAPH) + 1
            cut = cut if cut > start else start + LONGEST_PARAGRAPH
            spans.append((start, cut))
            start = cut
        if start < end:
            spans.append((start, end))
    return spans


def parse(text: str, spans: Iterable[tuple[int, int]] | None = None) -> tuple[Paragraph, ...]:
    """The paragraphs of one text."""
    chosen = paragraph_spans(text) if spans is None else list(spans)
    return next(iter(parse_many([(text, chosen)])))


def parse_many(texts: Iterable[tuple[str, list[tuple[int, int]]]]) -> Iterator[tuple[Paragraph, ...]]:
    """The paragraphs of several texts, in order; memory holds one text at a time."""
    model = language_model()
    for text, spans in texts:
        with model.memory_zone():  # words that the model has not seen are forgotten again
            docs = model.pipe((_prepared(model, _calm(text[start:end])) for start, end in spans), batch_size=64)
            found = tuple(
                Paragraph(start, end, tuple(_sentences(doc, start))) for (start, end), doc in zip(spans, docs, strict=True)
            )
        yield found


def _prepared(model: Any, text: str) -> Any:
    """A document in which a quotation behind a finished sentence starts a new one."""
    doc = model.make_doc(text)
    if _YEARS.search(text) is not None:
        spans = [span for match in _YEARS.finditer(text) if (span := doc.char_span(*match.span())) is not None and len(span) > 1]
        with doc.retokenize() as joining:
            for span in spans:
                joining.merge(span)
    is_open = False
    for token in doc:
        if token.text != '"':
            continue
        is_open = not is_open
        if is_open and token.i and doc[token.i - 1].text[-1] in ".!?" and token.i + 1 < len(doc):
            token.is_sent_start = True
    return doc


_YEARS = re.compile(r"\b(?:19|20)\d\d[-–/](?:(?:19|20)\d\d|\d\d)\b(?![-–/]\d)")
""" "In 2018-19": one word, or the parser breaks the sentence there."""
_CURLY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", " ": " ", "\t": " ", "―": "—"})


def _calm(text: str) -> str:
    """Typographic quotes as the model knows them; not a character is added or lost."""
    return text.translate(_CURLY)


def _sentences(doc: Any, offset: int) -> Iterator[Sentence]:
    """The sentences of a parsed paragraph; blank words are left out."""
    rows = []
    for token in doc:
        if not token.is_space:
            rows.append(token)
    place = {token.i: number for number, token in enumerate(rows)}
    first = 0
    while first < len(rows):
        last = first + 1
        while last < len(rows) and not rows[last].is_sent_start:
            last += 1
        yield _sentence(rows[first:last], first, place, offset)
        first = last


def _sentence(tokens: list[Any], first: int, place: dict[int, int], offset: int) -> Sentence:
    """One sentence; a head that is blank or outside becomes the word itself."""
    words = []
    for number, token in enumerate(tokens):
        head = place.get(token.head.i, first + number) - first
        head = head if 0 <= head < len(tokens) else number
        start = offset + token.idx
        text = token.text
        words.append(Word(number, text, text.lower(), token.tag_, token.dep_, head, start, start + len(text)))
    return Sentence(tuple(_with_view(_with_verb(words))))


def _with_verb(words: list[Word]) -> list[Word]:
    """ "A bid to unseat 4 judges fizzled out": a noun that rules a sentence is the subject of the only verb that tells its past.

    The parser takes such a verb for one more participle, which the tagger knows that it is not.
    """
    root = next((word for word in words if word.head == word.index), None)
    told = [word for word in words if word.tag in ("VBD", "VBZ", "VBP", "MD")]
    if root is None or not root.tag.startswith("NN") or len(told) != 1 or told[0].tag != "VBD":
        return words
    verb = told[0]
    has_subject = any(each.head == verb.index and each.relation in ("nsubj", "nsubjpass", "mark") for each in words)
    if verb.relation != "acl" or verb.index < root.index or has_subject or words[-1].text not in (".", "!", "?", '"'):
        return words
    moved = {root.index: (verb.index, "nsubj"), verb.index: (verb.index, "ROOT")}
    for each in words:
        if each.head == root.index and each.index > verb.index:
            moved[each.index] = (verb.index, each.relation)
    return [
        replace(each, head=moved[each.index][0], relation=moved[each.index][1]) if each.index in moved else each for each in words
    ]


_VIEWING = frozenset("forecast forecasts estimate estimates project projects".split())
_WHENS = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day$|(?:january|february|march|april|may|june|july)$|\w+(?:ember|ober)$"
)


def _with_view(words: list[Word]) -> list[Word]:
    """ "The bank on Tuesday forecast that 4 would close", "brokers had forecast prices would fall": verbs that are nouns as well.

    The parser takes such a verb for a noun that rules the sentence, or for a participle beside what is forecast.
    """
    for verb in words:
        if verb.lower in _VIEWING:
            if verb.head == verb.index and verb.tag.startswith("NN"):
                return _as_ruler(words, verb)
            is_helped = verb.tag == "VBN" and verb.index > 0 and words[verb.index - 1].lower in ("had", "have", "has")
            if verb.tag in ("NN", "NNS") and verb.relation == "compound" and _is_verbless(words):
                return _as_only_verb(words, verb)
            if is_helped and verb.relation in ("amod", "compound"):
                return _above_clause(words, verb)
    return words


def _as_ruler(words: list[Word], verb: Word) -> list[Word]:
    """The noun as a verb, with the noun before it as its subject, where something hangs on it behind."""
    before = [each for each in words[: verb.index] if each.head == verb.index]
    subjects = [each for each in before if each.relation in ("nsubj", "compound")]
    subject = next((each for each in subjects if each.relation == "nsubj"), subjects[-1] if subjects else None)
    behind = [each for each in words[verb.index + 1 :] if each.head == verb.index]
    marked = {each.head for each in words if each.relation == "mark" and each.lower == "that" and each.index > verb.index}
    is_ruling = any(each.relation in ("dobj", "ccomp") or (each.relation == "acl" and each.index in marked) for each in behind)
    article = before[0].lower if before else ""
    if subject is None or not is_ruling or (article in ("a", "an") and subject.relation == "compound"):
        return words
    moved = {verb.index: replace(verb, tag="VBZ" if verb.lower.endswith("s") else "VBD")}
    for each in before:
        if each.index < subject.index and each.relation in ("det", "amod", "poss", "compound", "nmod"):
            moved[each.index] = replace(each, head=subject.index)
    moved[subject.index] = replace(subject, relation="nsubj")
    for each in words[subject.index + 1 : verb.index]:
        if each.relation == "prep" and each.head == subject.index and _WHENS.match(words[each.index + 1].lower):
            moved[each.index] = replace(each, head=verb.index)
    for each in behind:
        if each.relation == "acl" and each.index in marked:
            moved[each.index] = replace(each, relation="ccomp")
    return [moved.get(each.index, each) for each in words]


def _is_verbless(words: list[Word]) -> bool:
    """Whether a sentence with a number in it has no verb but in clauses about its nouns."""
    is_whole = words[-1].text == "." and any(each.tag == "CD" for each in words)
    inner = {each.index for each in words if each.relation in ("relcl", "acl")}
    finite = (each for each in words if each.tag in ("VBD", "VBZ", "VBP", "MD"))
    return is_whole and not any(each.index not in inner and each.head not in inner for each in finite)


def _as_only_verb(words: list[Word], verb: Word) -> list[Word]:
    """ "The bank forecast growth of 4 percent": the verb of a sentence of which the parser has made one noun phrase."""
    root = next(each for each in words if each.head == each.index)
    thing = words[verb.head]
    before = [each for each in words[: verb.index] if each.head in (verb.index, thing.index)]
    named = [each for each in before if each.tag.startswith("NN")]
    subject = root if root.index < verb.index else named[-1] if named else None
    before = [each for each in before if each.tag != "IN"]  # "in October the bank forecast …": when it did so
    if subject is None or not root.tag.startswith("NN") or thing.index < verb.index:
        return words
    moved = {
        each.index: replace(each, head=verb.index)
        for each in words
        if each.head == thing.index and each.tag == "IN" and each.index < verb.index
    }
    moved |= {each.index: replace(each, head=subject.index) for each in before if each is not subject}
    moved[root.index] = replace(root, head=verb.index, relation="dobj")
    moved[thing.index] = replace(thing, head=verb.index, relation="dobj")
    moved[subject.index] = replace(subject, head=verb.index, relation="nsubj")
    moved[verb.index] = replace(verb, head=verb.index, relation="ROOT", tag="VBZ" if verb.lower.endswith("s") else "VBD")
    return [moved.get(each.index, each) for each in words]


def _above_clause(words: list[Word], verb: Word) -> list[Word]:
    """The participle as the verb above the clause of what it stands before."""
    if not any(each.head == verb.index and each.relation == "nsubj" for each in words[: verb.index]):
        return words
    root = next((each for each in words if each.head == each.index), None)
    if root is None or root.index < verb.index:
        return words
    moved = {
        verb.index: replace(verb, relation="ROOT", head=verb.index),
        root.index: replace(root, relation="ccomp", head=verb.index),
    }
    return [moved.get(each.index, each) for each in words]
