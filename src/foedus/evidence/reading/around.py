"""What the rules need to know of a document and of each of its paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from operator import attrgetter

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.discourse import Discourse
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.quantities import FoundQuantity, quantities_in
from foedus.evidence.reading.quotes import Quote, quotes
from foedus.evidence.reading.revisions import parted
from foedus.evidence.reading.speaker import Speaker
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.statements import Near
from foedus.evidence.reading.subject import Subject
from foedus.evidence.reading.when import DocumentClock, mentions_in
from foedus.evidence.reading.zones import Zone

__all__ = ["Around", "Document", "Taken", "made_around"]

Taken = dict[int, tuple[Attribution, Speaker]]


@dataclass
class Around:
    """What the rules need to know of a paragraph.

    Attributes:
        near: attributions that touch it, with their places in the list of all.
        taken: who denies, doubts or accuses, by the place of the verb. quoted: its quotations.
        last: the actor named last. just: the actor of the statement before, None where it had none.
        person: the last speaker of flesh and blood, by actor or name.
    """

    region: str
    credit: Speaker | None
    near: Near
    spoken: dict[int, Speaker]
    amounts: list[FoundQuantity]
    mentions: list[TimeMention]
    taken: Taken
    quoted: list[Quote]
    last: str | None = None
    just: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class Document:
    """What the rules need to know of a document."""

    text: str
    zones: tuple[Zone, ...]
    paragraphs: tuple[Paragraph, ...]
    clock: DocumentClock
    actors: Actors
    discourse: Discourse
    subject: Subject


def made_around(document: Document, paragraph: Paragraph, near: Near, spoken: dict[int, Speaker], taken: Taken) -> Around:
    denied = _denied_cues(paragraph)
    near = [(place, each) for place, each in near if each.cue is None or each.cue.start not in denied]
    region = _region_of(document, paragraph)
    credit = _credit_of(document.text, paragraph) if region == "caption" else None
    amounts = list(quantities_in(document.text, [paragraph]))
    for sentence in paragraph.sentences:
        amounts = list(parted(document.text, sentence, amounts))
    mentions = mentions_in(document.text, paragraph, document.clock)
    quoted = quotes(document.text, paragraph.start, paragraph.end)
    return Around(region, credit, near, spoken, amounts, mentions, taken, quoted)


_CREDIT = re.compile(r"\((?P<who>[^()]{2,120})\)\s*$")


def _credit_of(text: str, paragraph: Paragraph) -> Speaker | None:
    """Who took or handed out the picture above a caption."""
    match = _CREDIT.search(text, paragraph.start, paragraph.end)
    return Speaker(match["who"], source_type(match["who"]), "caption_credit", match["who"]) if match else None


def _denied_cues(paragraph: Paragraph) -> frozenset[int]:
    """Cues that are negated, and those below them: "did not acknowledge that" hands nothing to a source."""
    found: set[int] = set()
    for sentence in paragraph.sentences:
        for word in sentence.words:
            is_kept = word.relation == "xcomp" and word.tag.startswith("VB") and _refuses(sentence.words[word.head])
            if is_kept or (word.tag.startswith("VB") and _is_negated(sentence, word)):
                found.update(each.start for each in sentence.subtree(word) if each is word or each.relation in ("ccomp", "xcomp"))
    return frozenset(found)


_NOBODY = frozenset("neither nobody none nothing no".split())


def _is_negated(sentence: Sentence, verb: Word) -> bool:
    """ "Did not promise", "neither of them promised"."""
    subject = sentence.child(verb, "nsubj")
    is_nobody = subject is not None and sentence.subtree(subject)[0].lower in _NOBODY
    return is_nobody or any(each.relation == "neg" for each in sentence.children[verb.index])


def _refuses(word: Word) -> bool:
    """ "Refused to believe that", "is unable to say that"."""
    return is_form_of(word, "refusal") or is_form_of(word, "failure") or word.lower in words_of("unable")


def _region_of(document: Document, paragraph: Paragraph) -> str:
    """The zone of a paragraph, in the vocabulary of claims."""
    at = bisect_right(document.zones, paragraph.start, key=attrgetter("start")) - 1
    kind = document.zones[at].kind if at >= 0 and paragraph.start < document.zones[at].end else "body"
    return "teaser" if kind == "related" else kind
