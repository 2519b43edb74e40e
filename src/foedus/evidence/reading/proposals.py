"""Claims of a document: every statement of its article with its source, hedge, quantity and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.attributions import Attribution, attributions_in
from foedus.evidence.reading.classify import claim_type, modality_of, polarity_of, relevance_of
from foedus.evidence.reading.clauses import Clause, clauses
from foedus.evidence.reading.dates import TimeMention, times
from foedus.evidence.reading.hedges import FoundHedge, hedge_of
from foedus.evidence.reading.parse import Paragraph
from foedus.evidence.reading.quantities import FoundQuantity, quantities_in
from foedus.evidence.reading.speakers import Speaker, Speakers
from foedus.evidence.reading.zones import Zone

__all__ = ["Proposal", "proposals"]

NARRATOR = Speaker("NARRATOR", "outlet", "none", "")


@dataclass(frozen=True)
class Proposal:
    """A claim that the reader proposes; offsets are places in the working text.

    Attributes:
        attribution: None where the narrator speaks.
        related: ids of other claims with how they are related; filled in when all are known.
    """

    id: str
    start: int
    end: int
    ctype: str
    modality: str
    polarity: str
    region: str
    relevance: int
    actor: str | None
    target: str | None
    quantity: FoundQuantity | None
    speaker: Speaker
    attribution: Attribution | None
    hedge: FoundHedge
    time: TimeMention | None
    related: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class _Document:
    """What the rules need to know of a document."""

    text: str
    zones: tuple[Zone, ...]
    paragraphs: tuple[Paragraph, ...]
    published: date | None
    actors: Actors


def proposals(
    text: str, zones: Sequence[Zone], paragraphs: Sequence[Paragraph], published: date | None, actors: Actors
) -> list[Proposal]:
    """The claims of a document in the order of its text.

    Args:
        paragraphs: of the zones that can hold claims, parsed.
    """
    document = _Document(text, tuple(zones), tuple(paragraphs), published, actors)
    found = attributions_in(text, paragraphs)
    spoken = _speakers(document, found)
    drafts = [draft for paragraph in paragraphs for draft in _of_paragraph(document, paragraph, found, spoken)]
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    return [_numbered(draft, place) for place, draft in enumerate(drafts, 1)]


def _numbered(draft: Proposal, place: int) -> Proposal:
    return replace(draft, id=f"C{place:03d}")


def _speakers(document: _Document, found: list[Attribution]) -> dict[int, Speaker]:
    """The speaker of every attribution, by its place in the list; first persons are resolved to who quotes them."""
    speakers = Speakers()
    made: dict[int, Speaker] = {}
    for place, each in sorted(enumerate(found), key=lambda item: item[1].start):
        if each.source is None or each.form in ("noun", "infinitive"):
            continue
        if each.source.text.lower() in ("i", "we", "my", "our", "you"):
            continue
        mention = each.antecedent or each.source
        around = document.text[max(0, mention.start - 120) : mention.end + 160].replace("\n", " ")
        before = document.text[max(0, mention.start - 500) : mention.start]
        made[place] = speakers.resolve(mention.text, around, each.link, before)
    return made


_CONTENT_FORMS = ("clause", "quote", "phrase")


def _of_paragraph(
    document: _Document, paragraph: Paragraph, found: list[Attribution], spoken: dict[int, Speaker]
) -> Iterator[Proposal]:
    """The claims of one paragraph."""
    region = _region(document, paragraph)
    near = [(place, each) for place, each in enumerate(found) if each.start < paragraph.end and paragraph.start < each.end]
    cues = frozenset(each.cue.start for _, each in near if each.cue is not None and each.form in _CONTENT_FORMS)
    amounts = list(quantities_in(document.text, [paragraph]))
    for sentence in paragraph.sentences:
        for clause in clauses(sentence, cues):
            if clause.head.start in cues and not _has_rest(clause, near):
                continue
            owner = _owner(clause, near, spoken)
            yield from _of_clause(document, clause, region, owner, near, spoken, amounts)


def _region(document: _Document, paragraph: Paragraph) -> str:
    """The zone of a paragraph, in the vocabulary of claims."""
    kind = next((zone.kind for zone in document.zones if zone.start <= paragraph.start < zone.end), "body")
    return "teaser" if kind == "related" else kind


def _has_rest(clause: Clause, near: list[tuple[int, Attribution]]) -> bool:
    """Whether a clause with a cue says something itself beside who said it."""
    cue = next((each for _, each in near if each.cue is not None and each.cue.start == clause.head.start), None)
    return cue is None or cue.form == "noun"


def _owner(clause: Clause, near: list[tuple[int, Attribution]], spoken: dict[int, Speaker]) -> int | None:
    """The innermost attribution whose content holds the clause, with a speaker that is known."""
    best, size = None, 0
    for place, each in near:
        if place not in spoken:
            continue
        inside = sum(max(0, min(clause.end, span.end) - max(clause.start, span.start)) for span in each.content)
        if inside < 0.6 * (clause.end - clause.start):
            continue
        length = each.end - each.start
        if best is None or length < size:
            best, size = place, length
    return best


def _of_clause(
    document: _Document, clause: Clause, region: str, owner: int | None, near: list[tuple[int, Attribution]],
    spoken: dict[int, Speaker], amounts: list[FoundQuantity],
) -> Iterator[Proposal]:  # fmt: skip
    """The claim of a clause, and one more for a quantity inside a judgement."""
    text = document.text
    attribution = next((each for place, each in near if place == owner), None)
    speaker = spoken[owner] if owner is not None else NARRATOR
    is_backshift = _is_backshift(attribution)
    inside = [each for each in amounts if clause.start <= each.number_start and each.number_end <= clause.end]
    counted = [each for each in inside if each.dimension != "time"] or inside
    quantity = counted[0] if counted else None
    hedge = hedge_of(text, _hedge_spans(clause, near), is_backshift)
    words = text[clause.start : clause.end]
    modality = modality_of(words, is_backshift)
    named = document.actors.found(text, clause.start, clause.end)
    actor, target = _roles(clause, named, document)
    weighty = quantity if quantity is not None and quantity.dimension != "time" else None
    ctype = claim_type(clause, text, weighty, modality, hedge.kind, actor is not None)
    when = _time(document, clause)
    relevance = relevance_of(words, len({name for _, _, name in named}), quantity, ctype)
    claim = Proposal("", clause.start, clause.end, ctype, modality, polarity_of(clause, text), region, relevance,
                     actor, target, quantity if ctype == "quantity" or weighty is None or weighty.kind != "vague" else quantity,
                     speaker, attribution, hedge, when)  # fmt: skip
    yield claim
    rest = counted if ctype != "quantity" else counted[1:]
    for other in rest:
        if other.dimension != "time" and other.kind in ("numeric", "vague", "ratio"):
            yield _quantity_claim(claim, other)


def _quantity_claim(claim: Proposal, quantity: FoundQuantity) -> Proposal:
    return replace(claim, ctype="quantity", start=quantity.start, end=quantity.end, quantity=quantity)


def _is_backshift(attribution: Attribution | None) -> bool:
    """Indirect speech behind a verb in the past: "said it would"."""
    if attribution is None or attribution.cue is None or attribution.mode == "direct":
        return False
    word = attribution.cue.text.split()[0].lower()
    return word.endswith("ed") or word in ("said", "told", "wrote", "knew", "thought", "felt", "found", "saw", "meant", "understood")


def _hedge_spans(clause: Clause, near: list[tuple[int, Attribution]]) -> list[tuple[int, int]]:
    """The clause, and the words that govern it: "it is unclear what …", "I do think …"."""
    spans = [(clause.start, clause.end)]
    governor = clause.governor
    if governor is not None:
        cue = next((each for _, each in near if each.cue is not None and each.cue.start == governor.start), None)
        first_person = cue is not None and cue.source is not None and cue.source.text.lower() in ("i", "we", "it", "there")
        if cue is None or first_person or cue.verb in ("believe", "think", "suspect", "wonder", "doubt", "hint", "expect"):
            words = [word for word in clause.sentence.subtree(governor) if not clause.start <= word.start < clause.end]
            own = [word for word in words if abs(word.index - governor.index) < 6]
            spans += [(word.start, word.end) for word in own[:1]] and [(own[0].start, own[-1].end)] if own and own[-1].end <= clause.start else []
    return spans


def _roles(clause: Clause, named: list[tuple[int, int, str]], document: _Document) -> tuple[str | None, str | None]:
    """Actor: named in or before the subject; target: another one behind."""
    if not named:
        return None, None
    subject = clause.sentence.child(clause.head, "nsubj", "nsubjpass", "csubj")
    limit = clause.sentence.subtree(subject)[-1].end if subject is not None else clause.head.start
    leading = [name for start, _, name in named if start < limit]
    actors = list(dict.fromkeys(leading or [named[0][2]]))
    following = [name for start, _, name in named if start >= limit and name not in actors]
    joined = subject is not None and any(word.relation == "conj" for word in clause.sentence.subtree(subject))
    actor = ";".join(actors) if joined else actors[0]
    others = [name for name in (*following, *actors[1:]) if name not in actor.split(";")]
    return actor, others[0] if others else None


def _time(document: _Document, clause: Clause) -> TimeMention | None:
    """The expression of time in the clause, else the one that opens its sentence."""
    inside = times(document.text, document.published, clause.start, clause.end)
    if inside:
        return inside[0]
    sentence = clause.sentence
    whole = times(document.text, document.published, sentence.start, sentence.end)
    if whole and whole[0].start - sentence.start < 25:
        return whole[0]
    after = [each for each in whole if clause.end <= each.start <= clause.end + 25]
    return after[0] if after else None


