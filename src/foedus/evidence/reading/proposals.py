"""Claims of a document: every statement of its article with its source, hedge, quantity and time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from foedus.evidence.reading.actors import Actors, source_type
from foedus.evidence.reading.anchored import anchored_times
from foedus.evidence.reading.attributions import Attribution, attributions_in
from foedus.evidence.reading.classify import claim_type, modality_of, polarity_of, relevance_of
from foedus.evidence.reading.clauses import Clause, clauses
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention, times
from foedus.evidence.reading.discourse import Discourse
from foedus.evidence.reading.hedges import FoundHedge, denial_of, hedge_of
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.quantities import FoundQuantity, quantities_in
from foedus.evidence.reading.roles import Before, home_of, roles
from foedus.evidence.reading.speakers import Speaker, Speakers
from foedus.evidence.reading.speech import DENIALS
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


@dataclass
class _Around:
    """What the rules need to know of a paragraph.

    Attributes:
        near: attributions that touch it, with their places in the list of all.
        last: the actor named last. just: the actor of the statement before, None where it had none.
        person: the last speaker of flesh and blood, by actor or name.
    """

    region: str
    credit: Speaker | None
    near: list[tuple[int, Attribution]]
    spoken: dict[int, Speaker]
    amounts: list[FoundQuantity]
    mentions: list[TimeMention]
    last: str | None = None
    just: str | None = None
    person: str | None = None


@dataclass(frozen=True)
class _Document:
    """What the rules need to know of a document."""

    text: str
    zones: tuple[Zone, ...]
    paragraphs: tuple[Paragraph, ...]
    published: date | None
    actors: Actors
    discourse: Discourse


def proposals(
    text: str, zones: Sequence[Zone], paragraphs: Sequence[Paragraph], published: date | None, actors: Actors
) -> list[Proposal]:
    """The claims of a document in the order of its text.

    Args:
        paragraphs: of the zones that can hold claims, parsed.
    """
    document = _Document(text, tuple(zones), tuple(paragraphs), published, actors, Discourse(text, actors))
    found = attributions_in(text, paragraphs)
    spoken = _speakers(document, found)
    drafts: list[Proposal] = []
    for paragraph in paragraphs:
        last = next((draft.actor for draft in reversed(drafts[-4:]) if draft.actor), None)
        drafts += _of_paragraph(document, paragraph, found, spoken, last)
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    return [_numbered(draft, place) for place, draft in enumerate(drafts, 1)]


def _numbered(draft: Proposal, place: int) -> Proposal:
    return replace(draft, id=f"C{place:03d}")


def _speakers(document: _Document, found: list[Attribution]) -> dict[int, Speaker]:
    """The speaker of every attribution, by its place in the list; first persons are resolved to who quotes them."""
    speakers = Speakers(document.text, document.actors)
    made: dict[int, Speaker] = {}
    for place, each in sorted(enumerate(found), key=lambda item: item[1].start):
        if each.source is None or each.form == "infinitive" or (each.form == "noun" and not _is_shown(each)):
            continue
        if each.source.text.lower() in ("i", "we", "my", "our", "you"):
            continue
        mention = each.antecedent or each.source
        around = document.text[max(0, mention.start - 120) : mention.end + 160].replace("\n", " ")
        before = document.text[max(0, mention.start - 1500) : mention.start]
        made[place] = speakers.resolve(mention.text, around, each.link, before, is_lasting=not each.is_nested)
    return made


def _is_shown(each: Attribution) -> bool:
    """ "Footage showed a crowd": a thing that speaks, with a noun as what it says."""
    if each.source is None or not lemma(each.verb, "evidence"):
        return False
    if each.verb in ("put", "place", "estimate") and any(re.search(r"\b(?:at|to be)\b.*\d", span.text) for span in each.content):
        return True
    words = set(re.findall(r"[a-z]+", each.source.text.lower()))
    things = phrases("cues", "speaking_things")
    return bool(words & (things | {thing + "s" for thing in things}))


_CONTENT_FORMS = ("clause", "quote", "phrase")


def _of_paragraph(
    document: _Document, paragraph: Paragraph, found: list[Attribution], spoken: dict[int, Speaker], last: str | None
) -> Iterator[Proposal]:
    """The claims of one paragraph; `last` is the actor named before it."""
    denied = _denied(paragraph)
    near = [(place, each) for place, each in enumerate(found) if each.start < paragraph.end and paragraph.start < each.end]
    near = [(place, each) for place, each in near if each.cue is None or each.cue.start not in denied]
    around = _around(document, paragraph, near, spoken)
    around.last = around.just = last
    handed = [each for _, each in near if each.cue is not None and each.form in _CONTENT_FORMS and not _is_aside(each)]
    handed = [each for each in handed if not _is_own_view(each)]
    cues = frozenset(each.cue.start for each in handed if each.cue is not None)
    phrase_cues = frozenset(each.cue.start for each in handed if each.cue is not None and each.form == "phrase")
    covered: list[tuple[int, int]] = []
    for sentence in paragraph.sentences:
        for clause, owner in _statements(sentence, cues, phrase_cues, around, covered):
            made = list(_of_clause(document, clause, owner, around))
            covered += [(claim.start, claim.end) for claim in made]
            if made:
                around.just = made[0].actor or _spoken_for(document, made[0])
                around.last = around.just or around.last
            yield from made


def _spoken_for(document: _Document, claim: Proposal) -> str | None:
    """The actor whose words a claim without an actor repeats: "it" in the next sentence means him."""
    if claim.attribution is None or claim.attribution.source is None or claim.attribution.mode == "direct":
        return None
    return _home(document.actors, claim.speaker, claim.attribution.source.text)


_VIEWS = frozenset("think believe guess suppose say fear hope suspect argue".split())


def _is_own_view(each: Attribution) -> bool:
    """ "I have seen 12 people leave": the speaker's own verb belongs to the statement, but for "I think"."""
    return each.source is not None and each.source.text.lower() in ("i", "we", "you") and each.verb not in _VIEWS


def _is_aside(each: Attribution) -> bool:
    """ "…, I think, …": the speaker's own parenthesis."""
    return (
        each.source is not None
        and each.source.text.lower() in ("i", "we")
        and each.cue is not None
        and each.start < each.cue.start
    )


def _around(
    document: _Document, paragraph: Paragraph, near: list[tuple[int, Attribution]], spoken: dict[int, Speaker]
) -> _Around:
    region = _region(document, paragraph)
    credit = _credit(document.text, paragraph) if region == "caption" else None
    amounts = list(quantities_in(document.text, [paragraph]))
    place = (paragraph.start, paragraph.end)
    mentions = [*anchored_times(document.text, document.published, *place), *times(document.text, document.published, *place)]
    return _Around(region, credit, near, spoken, amounts, mentions)


_CREDIT = re.compile(r"\((?P<who>[^()]{2,120})\)\s*$")


def _credit(text: str, paragraph: Paragraph) -> Speaker | None:
    """Who took or handed out the picture above a caption."""
    match = _CREDIT.search(text, paragraph.start, paragraph.end)
    return Speaker(match["who"], source_type(match["who"]), "caption_credit", match["who"]) if match else None


def _statements(
    sentence: Sentence, cues: frozenset[int], phrase_cues: frozenset[int], around: _Around, covered: list[tuple[int, int]]
) -> Iterator[tuple[Clause, int | None]]:
    """The statements of a sentence, each with the place of the attribution that owns it."""
    near = [(place, each) for place, each in around.near if each.start < sentence.end and sentence.start < each.end]
    near += [pair for pair in around.near if pair not in near and _has_cue_in(pair[1], sentence)]
    spoken = around.spoken
    for whole in clauses(sentence, cues, phrase_cues):
        called = _called(whole, near)
        if called is not None:
            covered.append((whole.start, whole.end))
            yield replace(whole, words=_closed(whole, whole.words)), called if called in spoken else None
            continue
        clause = _clipped(whole, near)
        if clause is not None and any(low <= clause.start and clause.end <= high for low, high in covered):
            continue
        if clause is None or (clause.head.start in cues and not _has_rest(clause, near)) or _only_hands_on(clause, cues):
            continue
        shown = _shown_by(clause, near, spoken)
        owner = shown if shown is not None else _owner(clause, near, spoken)
        own = _without_source(clause, next((each for place, each in near if place == owner), None))
        if own is not None:
            yield own, owner
    yield from _left_over(sentence, near, spoken, covered)


def _has_cue_in(each: Attribution, sentence: Sentence) -> bool:
    return each.cue is not None and sentence.start <= each.cue.start < sentence.end


_NAMING = frozenset("call describe dub label brand term deem characterize characterise".split())


def _called(clause: Clause, near: list[tuple[int, Attribution]]) -> int | None:
    """The attribution of "He called the plan “a mistake”": what he says is the whole of it."""
    for place, each in near:
        if each.cue is not None and each.cue.start == clause.head.start and each.verb in _NAMING:
            return place
    return None


def _without_source(clause: Clause, attribution: Attribution | None) -> Clause | None:
    """The clause without who says it, where the grammar mixed them: "… the city of X, residents said"; None where little remains."""
    if attribution is None or attribution.cue is None or attribution.form not in ("clause", "quote"):
        return clause
    cue, source = attribution.cue, attribution.source
    if not clause.start <= cue.start < clause.end and not (
        source is not None and clause.start < source.start and source.end <= clause.end
    ):
        return clause
    if not any(low <= cue.start < high for low, high in clause.pieces) and not (
        source is not None and any(low <= source.start < high for low, high in clause.pieces)
    ):
        return clause
    gone = [(span.start, span.end) for span in (cue, source) if span is not None]
    words = tuple(word for word in clause.words if not any(low <= word.start < high for low, high in gone))
    while words and words[-1].tag in (",", ":"):
        words = words[:-1]
    head_kept = any(word is clause.head for word in words)
    return replace(clause, words=words) if len(words) >= 3 and head_kept and words[0].tag not in ("WDT", "WP") else None


def _shown_by(clause: Clause, near: list[tuple[int, Attribution]], spoken: dict[int, Speaker]) -> int | None:
    """The attribution to footage and the like, when the clause or the one it is joined to has its cue."""
    tied = {clause.head.start}
    if clause.head.relation == "conj":
        tied.add(clause.sentence.words[clause.head.head].start)
    return next(
        (
            place
            for place, each in near
            if each.cue is not None and each.form == "noun" and each.cue.start in tied and place in spoken
        ),
        None,
    )


def _left_over(
    sentence: Sentence, near: list[tuple[int, Attribution]], spoken: dict[int, Speaker], covered: list[tuple[int, int]]
) -> Iterator[tuple[Clause, int]]:
    """What is attributed in this sentence and was not found by its grammar."""
    for place, each in near:
        if place not in spoken or each.form not in _CONTENT_FORMS:
            continue
        span = max(each.content, key=lambda part: part.end - part.start)
        if sum(max(0, min(high, span.end) - max(low, span.start)) for low, high in covered) > 0.3 * (span.end - span.start):
            continue
        words = tuple(
            word
            for word in sentence.words
            if span.start <= word.start < span.end and (word.text[0].isalnum() or word.text in "‘“")
        )
        if len(words) < 5 or words[-1].end < span.end - 3 or not any(word.tag.startswith("VB") for word in words):
            continue
        inside = {word.index for word in words}
        verbs = [word for word in words if word.tag.startswith("VB")]
        head = next((word for word in verbs if word.head not in inside), verbs[0])
        covered.append((span.start, span.end))
        yield Clause(sentence, head, words, None), place


def _clipped(clause: Clause, near: list[tuple[int, Attribution]]) -> Clause | None:
    """The clause without what lies on the other side of a quotation's marks."""
    words = clause.words
    for _, each in near:
        if (
            each.form == "phrase"
            and each.cue is not None
            and clause.start <= each.cue.start < clause.end
            and len(each.content) == 1
        ):
            words = (
                tuple(word for word in words if (word.start < each.cue.start) == (clause.head.start < each.cue.start))
                if each.start > each.cue.start
                else words
            )
        if each.form != "quote":
            continue
        low, high = each.start, each.end
        inside = low <= clause.head.start < high
        kept = [word for word in words if (low <= word.start < high) == inside]
        if len(kept) < len(words) and (inside or each.mode == "direct"):
            words = tuple(kept)
    words = tuple(words)
    while words and not words[0].text[0].isalnum() and words[0].text[0] not in "[$€£‘“\"'":
        words = words[1:]
    while words and not words[-1].text[-1].isalnum() and words[-1].text[-1] not in "]%)":
        words = words[:-1]
    return replace(clause, words=_closed(clause, words)) if len(words) >= 3 else None


def _closed(clause: Clause, words: tuple[Word, ...]) -> tuple[Word, ...]:
    """With the mark that closes a quotation which opens inside."""
    opened = sum(word.text in _OPENING for word in words) - sum(word.text in _CLOSING for word in words)
    after = words[-1].index + 1
    straight = sum(word.text == '"' for word in words) % 2
    rest = clause.sentence.words[after : after + 2]
    mark = next((word for word in rest if word.text in _CLOSING or (straight and word.text == '"')), None)
    if (
        mark is None
        or not (opened > 0 or straight)
        or any(word.tag not in (".", ",", "''", "``") for word in rest[: rest.index(mark) + 1])
    ):
        return words
    return (*words, *rest[: rest.index(mark) + 1])


_OPENING = ("“", "‘", "``")
_CLOSING = ("”", "’", "''")


def _denied(paragraph: Paragraph) -> frozenset[int]:
    """Cues that are negated, and those below them: "did not acknowledge that" hands nothing to a source."""
    found: set[int] = set()
    for sentence in paragraph.sentences:
        for word in sentence.words:
            if word.tag.startswith("VB") and any(each.relation == "neg" for each in sentence.children[word.index]):
                found.update(each.start for each in sentence.subtree(word) if each is word or each.relation in ("ccomp", "xcomp"))
    return frozenset(found)


def _region(document: _Document, paragraph: Paragraph) -> str:
    """The zone of a paragraph, in the vocabulary of claims."""
    kind = next((zone.kind for zone in document.zones if zone.start <= paragraph.start < zone.end), "body")
    return "teaser" if kind == "related" else kind


def _only_hands_on(clause: Clause, cues: frozenset[int]) -> bool:
    """ "The ministry raised the alarm [that …]": all that it says is who says it."""
    thing = clause.sentence.child(clause.head, "dobj")
    return thing is not None and thing.start in cues and thing.tag.startswith("NN") and clause.end <= thing.end


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


def _of_clause(document: _Document, clause: Clause, owner: int | None, around: _Around) -> Iterator[Proposal]:
    """The claim of a clause, and one more for each further quantity in it."""
    text = document.text
    attribution = next((each for place, each in around.near if place == owner), None)
    speaker = around.spoken[owner] if owner is not None else NARRATOR
    if around.credit is not None and speaker.type in ("outlet", "imagery"):
        speaker, attribution = around.credit, None
    is_backshift = _is_backshift(attribution)
    inside = [
        each
        for each in around.amounts
        if any(low <= each.number_start and each.number_end <= high for low, high in clause.pieces)
    ]
    inside = [
        each for each in inside if each.dimension != "time" or not any(_is_part(each, mention) for mention in around.mentions)
    ]
    counted = [each for each in inside if each.dimension != "time"]
    hedge = hedge_of(text, _hedge_spans(clause, around.near), is_backshift)
    modality = modality_of(" ".join(text[low:high] for low, high in _hedge_spans(clause, [])), is_backshift)
    named = document.discourse.within(clause.start, clause.end)
    mention = attribution.source.text if attribution is not None and attribution.source is not None else ""
    home = _home(document.actors, speaker, mention) if attribution is not None else None
    is_before = attribution is not None and attribution.source is not None and attribution.source.start < clause.start
    quoted = (
        speaker.name if is_before and attribution is not None and attribution.mode != "direct" and speaker.is_person else None
    )
    person = around.person if attribution is None or attribution.mode != "direct" else None
    actor, target = roles(clause, document.discourse, Before(around.last, around.just, home, quoted, person))
    if attribution is not None and speaker.is_person:
        around.person = home or speaker.name
    polarity = polarity_of(clause, text)
    if attribution is not None and attribution.cue is not None and attribution.verb in DENIALS:
        hedge, polarity = denial_of(text, (attribution.cue.start, attribution.cue.end)), "-" if polarity == "+" else "+"
    if hedge.kind == "no_evidence":
        polarity = "0"
    elif hedge.kind == "unknown":
        polarity = "+"
    weighty = _weighty(clause, counted) if polarity == "+" else None
    ctype = claim_type(clause, text, weighty, modality, hedge.kind, actor is not None)
    apart = [each for each in counted if each.kind in ("numeric", "vague", "ratio")] if ctype in ("event", "assessment") else []
    quantity = weighty if ctype == "quantity" else next((each for each in [*counted, *inside] if each not in apart), None)
    relevance = relevance_of(
        text[clause.start : clause.end], len({each.name for each in named}), quantity or next(iter(counted), None), ctype
    )
    claim = Proposal("", clause.start, clause.end, ctype, modality, polarity, around.region, relevance, actor, target,
                     quantity, speaker, attribution, hedge, _dated(_time(clause, around.mentions), modality, document.published))  # fmt: skip
    yield claim
    for other in [each for each in counted if each is not quantity] if ctype == "quantity" else counted:
        if other.kind in ("numeric", "vague", "ratio"):
            yield _quantity_claim(claim, other, document.discourse)


def _home(actors: Actors, speaker: Speaker, mention: str) -> str | None:
    """The actor for whom a speaker says "we"."""
    words = f"{speaker.canonical} {mention}"
    return home_of(speaker.canonical, mention, speaker.type, actors.found(words, 0, len(words)))


def _weighty(clause: Clause, counted: list[FoundQuantity]) -> FoundQuantity | None:
    """The quantity that the clause is about: of what follows a form of "be" the first, else the first of all."""
    counted = [each for each in counted if not _is_in_relative(clause, each)]
    behind = [each for each in counted if each.number_start > clause.head.start]
    is_being = clause.sentence.child(clause.head, "attr") is not None
    return next(iter(behind if is_being and behind else counted), None)


def _is_in_relative(clause: Clause, quantity: FoundQuantity) -> bool:
    """Whether the quantity stands in a clause about a noun: "a ship that was seized with 23 men"."""
    word = next((each for each in clause.words if each.start <= quantity.number_start < each.end), None)
    for _ in range(30):
        if word is None or word.index in (clause.head.index, word.head):
            return False
        if word.relation in ("relcl", "acl") and word.tag.startswith("VB"):
            return True
        word = clause.sentence.words[word.head]
    return False


def _is_part(quantity: FoundQuantity, mention: TimeMention) -> bool:
    """ "Three weeks ago": a length of time that only says when."""
    return quantity.number_start < mention.end and mention.start < quantity.end and mention.text.endswith(("ago", "earlier"))


def _quantity_claim(claim: Proposal, quantity: FoundQuantity, discourse: Discourse) -> Proposal:
    named = discourse.within(quantity.start, quantity.end)
    actor = named[0].name if named and quantity.dimension == "count" else claim.actor
    target = claim.target if claim.target != actor else None
    return replace(
        claim,
        ctype="quantity",
        polarity="+",
        start=quantity.start,
        end=quantity.end,
        quantity=quantity,
        actor=actor,
        target=target,
    )


def _is_backshift(attribution: Attribution | None) -> bool:
    """Indirect speech behind a verb in the past: "said it would"."""
    if attribution is None or attribution.cue is None or attribution.mode == "direct":
        return False
    word = attribution.cue.text.split()[0].lower()
    return word.endswith("ed") or word in (
        "said",
        "told",
        "wrote",
        "knew",
        "thought",
        "felt",
        "found",
        "saw",
        "meant",
        "understood",
    )


def _hedge_spans(clause: Clause, near: list[tuple[int, Attribution]]) -> list[tuple[int, int]]:
    """The clause, and the words that govern it: "it is unclear what …", "I do think …"."""
    spans = clause.pieces
    if clause.head.relation == "advcl" and clause.head.tag == "VBG" and clause.sentence.child(clause.head, "nsubj") is None:
        above = clause.sentence.words[clause.head.head]
        spans += [(word.start, word.end) for word in clause.sentence.children[above.index] if word.tag == "MD"]
    governor = clause.governor
    if governor is not None:
        cue = next((each for _, each in near if each.cue is not None and each.cue.start == governor.start), None)
        first_person = cue is not None and cue.source is not None and cue.source.text.lower() in ("i", "we", "it", "there")
        if cue is None or first_person or cue.verb in ("believe", "think", "suspect", "wonder", "doubt", "hint", "expect"):
            words = [word for word in clause.sentence.subtree(governor) if not clause.start <= word.start < clause.end]
            own = [word for word in words if abs(word.index - governor.index) < 6]
            spans += (
                [(word.start, word.end) for word in own[:1]] and [(own[0].start, own[-1].end)]
                if own and own[-1].end <= clause.start
                else []
            )
    return spans


def _dated(mention: TimeMention | None, modality: str, published: date | None) -> TimeMention | None:
    """A day without a year lies ahead where the statement does: "they agreed to meet on May 12"."""
    if mention is None or modality == "actual" or mention.kind != "partial" or published is None or not mention.value:
        return mention
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", mention.value) or re.search(r"\d{4}", mention.text):
        return mention
    day = date.fromisoformat(mention.value)
    if (published - day).days < 60 or (day.month, day.day) == (2, 29):
        return mention
    return replace(mention, value=day.replace(year=day.year + 1).isoformat())


def _time(clause: Clause, mentions: list[TimeMention]) -> TimeMention | None:
    """The expression of time in the clause, else the one that opens its sentence or follows the clause."""
    inside = [each for each in mentions if any(low <= each.start and each.end <= high for low, high in clause.pieces)]
    if inside:
        return inside[0]
    sentence = clause.sentence
    whole = [each for each in mentions if sentence.start <= each.start and each.end <= sentence.end]
    if whole and whole[0].start - sentence.start < 25:
        return whole[0]
    return next((each for each in whole if clause.end <= each.start <= clause.end + 25), None)
