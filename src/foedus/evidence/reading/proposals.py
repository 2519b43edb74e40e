"""Claims of a document: every statement of its article with its source, hedge, quantity and time."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import attrgetter

from foedus.evidence.reading.actors import Actors
from foedus.evidence.reading.around import Around, Document, Taken, made_around
from foedus.evidence.reading.attributions import Attribution, attributions_in
from foedus.evidence.reading.circumstances import (
    hedge_spans,
    is_backshift,
    is_part,
    weighty_of,
)
from foedus.evidence.reading.classify import claim_type, modality_of, relevance_of
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.commitments import Commitment, as_it_is, commitment_of, is_explained, taken_back
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.discourse import Discourse
from foedus.evidence.reading.heard import as_heard, with_open_fields
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.moods import is_base, mood_of_figure
from foedus.evidence.reading.next_verdicts import with_next_verdicts
from foedus.evidence.reading.own_days import Clocked, day_of, shown_day
from foedus.evidence.reading.parse import Paragraph, Word
from foedus.evidence.reading.proposal import NARRATOR, Proposal
from foedus.evidence.reading.quantities import FoundQuantity
from foedus.evidence.reading.reported import reports_figure
from foedus.evidence.reading.revisions import is_replaced
from foedus.evidence.reading.roles import Before, home_of, roles
from foedus.evidence.reading.sources import names_somebody
from foedus.evidence.reading.speaker import UNKNOWN, Speaker
from foedus.evidence.reading.speakers import Speakers
from foedus.evidence.reading.speech import DENIALS
from foedus.evidence.reading.stances import word_at
from foedus.evidence.reading.standers import stands
from foedus.evidence.reading.statements import CONTENT_FORMS, statements
from foedus.evidence.reading.subject import Subject
from foedus.evidence.reading.uncovered import uncovered
from foedus.evidence.reading.vouching import vouchers
from foedus.evidence.reading.when import DocumentClock, without_saying
from foedus.evidence.reading.zones import Zone

__all__ = ["numbered", "proposals"]


def proposals(
    text: str,
    zones: Sequence[Zone],
    paragraphs: Sequence[Paragraph],
    clock: DocumentClock,
    actors: Actors,
    subject: Subject,
) -> list[Proposal]:
    """The claims of a document in the order of its text.

    Args:
        paragraphs: of the zones that can hold claims, parsed.
        clock: the day that each of them counts from.
        subject: what it is read for.
    """
    document = Document(text, tuple(zones), tuple(paragraphs), clock, actors, Discourse(text, actors), subject)
    found = attributions_in(text, paragraphs)
    taking = [each for paragraph in paragraphs for each in (*vouchers(text, paragraph), *stands(text, paragraph))]
    spoken, taken = _speakers(document, found, taking)
    drafts: list[Proposal] = []
    for paragraph, near in zip(paragraphs, _touching(paragraphs, found), strict=True):
        last = next((draft.actor for draft in reversed(drafts[-4:]) if draft.actor), None)
        around = made_around(document, paragraph, near, spoken, taken)
        around.last = around.just = last
        drafts += _of_paragraph(document, paragraph, around)
    return list(numbered(with_next_verdicts(text, paragraphs, drafts)))


def _touching(paragraphs: Sequence[Paragraph], found: Sequence[Attribution]) -> list[list[tuple[int, Attribution]]]:
    """For each paragraph the attributions that touch it, with their places in the list of all."""
    near: list[list[tuple[int, Attribution]]] = [[] for _ in paragraphs]
    for place, each in enumerate(found):
        at = max(bisect_right(paragraphs, each.start, key=attrgetter("start")) - 1, 0)
        while at < len(paragraphs) and paragraphs[at].start < each.end:
            if each.start < paragraphs[at].end:
                near[at].append((place, each))
            at += 1
    return near


def numbered(drafts: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Claims in the order of the text, with ids."""
    ordered = sorted(drafts, key=lambda draft: (draft.start, draft.end))
    return tuple(replace(draft, id=f"C{place:03d}") for place, draft in enumerate(ordered, 1))


def _speakers(document: Document, found: list[Attribution], taking: list[Attribution]) -> tuple[dict[int, Speaker], Taken]:
    """The speaker of every attribution, by its place in the list, and of every stand, by the place of its verb.

    First persons are resolved to who quotes them; who only takes a stand is not who "he" means later.
    """
    speakers = Speakers(document.text, document.actors)
    made: dict[int, Speaker] = {}
    taken: Taken = {}
    for place, each in sorted([*enumerate(found), *((-1, each) for each in taking)], key=lambda item: item[1].start):
        if each.source is not None and not names_somebody((each.antecedent or each.source).text):
            continue
        if place < 0 and each.source is not None and each.cue is not None:
            if each.verb != "forecast" and each.cue.start in taken and taken[each.cue.start][0].verb == "forecast":
                continue  # "raised its guidance": who holds a view takes no stand against it
            taken[each.cue.start] = each, _resolved(document, speakers, each, is_lasting=False, is_traced=each.form != "noun")
            continue
        if each.source is None or not _hands_on(each) or (each.form == "noun" and not _is_shown(each)):
            continue
        if each.source.text.lower() in ("i", "we", "my", "our", "you"):
            continue
        speaker = _resolved(document, speakers, each, is_lasting=not each.is_nested)
        if each.is_nested and each.form == "noun" and speaker.canonical == UNKNOWN.canonical:
            continue  # "“They have counted 3 streets,” she said": whoever they are, it is she who says so
        made[place] = speaker
    return made, taken


def _resolved(document: Document, speakers: Speakers, each: Attribution, is_lasting: bool, is_traced: bool = True) -> Speaker:
    mention = each.antecedent or each.source
    assert mention is not None
    lines = document.text[max(0, mention.start - 120) : mention.end + 160].split("\n")
    around = " ".join(line for line in lines if re.search(r"[^\W\d_]{3}", line) or not any(mark.isdigit() for mark in line))
    before = document.text[max(0, mention.start - 1500) : mention.start]
    if not is_traced:
        return speakers.glimpse(mention.text, around, each.link, before)
    return speakers.resolve(mention.text, around, each.link, before, is_lasting=is_lasting)


_DECIDING = frozenset("decide plan intend refuse decline choose aim want wish seek prefer".split())
_OWNING = frozenset("deny admit acknowledge confess concede report describe recall recount mention".split())
"""With a deed behind them: "denied having lost", "admitted taking"."""
_CLAIMING = frozenset("claim profess purport allege pretend".split())


def _hands_on(each: Attribution) -> bool:
    """Whether a source says something: who decides or plans does not; of infinitives, only "claim to have" does."""
    if each.form == "infinitive":
        return each.verb in _CLAIMING or (each.verb in _OWNING and re.match(r"\w+ing\b", each.content[0].text) is not None)
    if each.verb in _DECIDING and each.form in ("clause", "noun"):
        return False
    words = each.source.text.lower().split() if each.source is not None else []
    if words[:1] and words[0] in _ANYBODY and len(words) < 3:
        return False
    return not (set(words) & _OURSELVES and (words[-1] in _OURSELVES or set(words) & {"version", "this"}))


_ANYBODY = frozenset("anyone anybody whoever everyone everybody".split())
_OURSELVES = frozenset("correction clarification erratum corrigendum version article story".split())


def _is_shown(each: Attribution) -> bool:
    """ "Footage showed a crowd": a thing that speaks, with a noun as what it says."""
    if each.source is None:
        return False
    if reports_figure(each):
        return True
    if not lemma(each.verb, "evidence", "act", "speech"):
        return False
    if each.verb in ("put", "place", "estimate") and any(re.search(r"\b(?:at|to be)\b.*\d", span.text) for span in each.content):
        return True
    words = set(re.findall(r"[a-z]+", each.source.text.lower()))
    things = phrases("cues", "speaking_things")
    return bool(words & (things | {thing + "s" for thing in things}))


def _of_paragraph(document: Document, paragraph: Paragraph, around: Around) -> Iterator[Proposal]:
    """The claims of one paragraph."""
    near, spoken = around.near, around.spoken
    handed = [each for _, each in near if each.cue is not None and each.form in CONTENT_FORMS and not _is_aside(each)]
    handed = [each for each in handed if not _is_own_view(each)]
    cues = frozenset(each.cue.start for each in handed if each.cue is not None)
    phrase_cues = frozenset(each.cue.start for each in handed if each.cue is not None and each.form == "phrase")
    covered: list[tuple[int, int]] = []
    told: dict[int, str] = {}
    for sentence in paragraph.sentences:
        for clause, owner in statements(sentence, cues, phrase_cues, near, spoken, covered):
            made = [each for each in _of_clause(document, clause, owner, around) if _is_new(each, told)]
            covered += [(claim.start, claim.end) for claim in made]
            if made:
                around.just = made[0].actor or _spoken_for(document, made[0])
                around.last = around.just or around.last
            yield from made
        for clause, owner in uncovered(sentence, around.amounts, covered, near, spoken) if around.region == "body" else ():
            found = [claim for claim in _of_clause(document, clause, owner, around) if claim.quantity is not None]
            covered += [(claim.start, claim.end) for claim in found]
            yield from found


def _is_new(claim: Proposal, told: dict[int, str]) -> bool:
    """Whether no clause before it has told the figure of a claim that is of a figure alone, and stood to it alike.

    The parser may hang one clause below another, so that a figure is in both.
    """
    place = claim.quantity.number_start if claim.quantity is not None else -1
    is_told = claim.ctype == "quantity" and told.get(place) == claim.commitment
    told.setdefault(place, claim.commitment)
    return not is_told


def _spoken_for(document: Document, claim: Proposal) -> str | None:
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


def _of_clause(document: Document, clause: Clause, owner: int | None, around: Around) -> Iterator[Proposal]:
    """The claim of a clause, and one more for each further quantity in it."""
    text = document.text
    attribution = next((each for place, each in around.near if place == owner), None)
    speaker = around.spoken[owner] if owner is not None else NARRATOR
    if around.credit is not None and speaker.type in ("outlet", "imagery"):
        speaker, attribution = around.credit, None
    stance = commitment_of(text, clause, clause.head, around.near, attribution)
    is_own = is_explained(text, clause, attribution)  # "rejects that: owners got 10 percent more"
    if stance.is_apart and attribution is not None and attribution.verb in DENIALS and not is_own:
        speaker, attribution = NARRATOR, None
    counted, inside = _amounts(text, clause, around)
    modality = modality_of(" ".join(text[low:high] for low, high in hedge_spans(clause, [])), is_backshift(attribution, clause))
    named = document.discourse.within(clause.start, clause.end)
    actor, target = _roles(document, clause, around, speaker, attribution)
    each_stance = {id(each): _stance_of(text, clause, each, around, attribution) for each in counted}

    def stance_to(figure: FoundQuantity) -> Commitment:
        return each_stance.get(id(figure)) or _stance_of(text, clause, figure, around, attribution)

    weighty = weighty_of(clause, counted)
    if weighty is not None and not each_stance[id(weighty)].agrees(stance):
        weighty = None
    named_rules = _rules(stance, speaker, attribution)
    if weighty is not None:
        named_rules = tuple(dict.fromkeys((*each_stance[id(weighty)].rules, *named_rules)))
    ctype = claim_type(clause, text, weighty, modality, stance.hedge.kind, actor is not None)
    apart = [each for each in counted if each.kind in ("numeric", "vague", "ratio")] if ctype in ("event", "assessment") else []
    lasting = (each for each in inside if not _is_span_of_figure(text, each))
    rest = (each for each in [*counted, *lasting] if each not in apart)
    quantity = weighty if ctype == "quantity" else next((each for each in rest if stance_to(each).agrees(stance)), None)
    relevance = relevance_of(
        text[clause.start : clause.end],
        len({each.name for each in named}),
        quantity or next(iter(counted), None),
        ctype,
        document.subject,
    )
    cues = frozenset(each.cue.start for _, each in around.near if each.cue is not None)
    usable, said = without_saying(text, clause, around.mentions, attribution, cues)
    word = clause.head if quantity is None else _word_of(clause, quantity)
    day = document.clock.at(clause.start)
    about = Clocked(text, clause, counted, usable, around.mentions, said, day)
    first = day_of(about, word, quantity)
    mood = modality
    if quantity is not None:
        mood = mood_of_figure(text, clause, quantity, word, modality, first.nearest, day)
    claim = Proposal(
        "",
        clause.start,
        clause.end,
        ctype,
        mood,
        stance.polarity,
        around.region,
        relevance,
        actor,
        target,
        quantity,
        speaker,
        attribution,
        stance.hedge,
        shown_day(first.choice),
        (),
        stance.kind,
        named_rules,
        said,
    )
    yield with_open_fields(text, as_heard(claim, clause, stance, word, around), first.choice)
    further = [each for each in counted if each is not quantity] if ctype == "quantity" else counted
    for other in [*further, *(each for each in inside if each is not quantity and _is_difference(text, each))]:
        if other.kind in ("numeric", "vague", "ratio"):
            word = _word_of(clause, other)
            mine = day_of(about, word, other, first)
            mood = mood_of_figure(text, clause, other, word, modality, mine.nearest, day)
            each = replace(claim, time=shown_day(mine.choice), modality=mood)
            each = _quantity_claim(each, other, document.discourse, stance_to(other))
            yield with_open_fields(text, as_heard(each, clause, stance_to(other), word, around), mine.choice)


def _word_of(clause: Clause, quantity: FoundQuantity) -> Word:
    return word_at(clause.sentence, quantity.number_start, quantity.number_end) or clause.head


_MANY_HOURS = 1000
""" "Spilt for 3.6 million hours": so many are counted, and are no stretch of a calendar."""


_OVER_SPAN = re.compile(r"\d(?: (?:percent|per cent|%|million|billion|thousand))?%?(?: [a-z]+)? $")


def _is_span_of_figure(text: str, quantity: FoundQuantity) -> bool:
    """ "An offer of 9 percent over three years": in which time another figure is meant, and no figure of its own."""
    is_over = text[quantity.start : quantity.number_start].lower().startswith("over ")
    return (
        is_over
        and quantity.dimension == "time"
        and _OVER_SPAN.search(text[max(0, quantity.start - _BACK) : quantity.start]) is not None
    )


_BACK = 30
_THAN = re.compile(r" (?:longer|shorter|more|less|later|earlier|older|younger|faster|slower|quicker|sooner) than\b")


def _is_difference(text: str, quantity: FoundQuantity) -> bool:
    """ "Lasted 40 days, 13 days longer than in 2019": a length of time that something is measured by, and that says no when."""
    is_short = quantity.dimension == "time" and (quantity.value or 0) < _MANY_HOURS
    return is_short and quantity.kind == "numeric" and _THAN.match(text, quantity.end) is not None


_TO_LEVEL = re.compile(
    r"\bfrom (?:[^.;:]|\.(?=\d))*\d(?:[^.;:]|\.(?=\d))* to (?:(?:just|only|about|around|some|nearly|almost|over|more than) )*$"
)


def _levels(text: str, clause: Clause, inside: Sequence[FoundQuantity]) -> list[FoundQuantity]:
    """ "The wait has grown from 3 days in May to 11 days": lengths of time that something had and has reached."""
    for second in inside:
        first = [each for each in inside if each.number_start < second.number_start and each.unit == second.unit]
        if second.dimension == "time" and first and _TO_LEVEL.search(text, clause.sentence.start, second.start) is not None:
            return [first[-1], second]
    return []


def _amounts(text: str, clause: Clause, around: Around) -> tuple[list[FoundQuantity], list[FoundQuantity]]:
    """The quantities of a clause that count or measure something, and all of them; lengths of time that say when are none."""
    inside = [
        each
        for each in around.amounts
        if any(low <= each.number_start and each.number_end <= high for low, high in clause.pieces)
        and (each.dimension != "time" or not any(is_part(each, mention) for mention in around.mentions))
    ]
    levels = _levels(text, clause, inside)
    counted = [each for each in inside if each.dimension != "time" or (each.value or 0) >= _MANY_HOURS or each in levels]
    return counted, inside


def _stance_of(text: str, clause: Clause, quantity: FoundQuantity, around: Around, attribution: Attribution | None) -> Commitment:
    """How the speaker stands to one figure."""
    word = _word_of(clause, quantity)
    stance = commitment_of(text, clause, word, around.near, attribution, (quantity.start, quantity.number_start))
    if is_replaced(text, clause.sentence, quantity):
        return taken_back(text, stance, quantity)
    return as_it_is(text, stance) if is_base(text, clause, quantity) else stance


def _rules(stance: Commitment, speaker: Speaker, attribution: Attribution | None) -> tuple[str, ...]:
    """The names of the rules that made a claim."""
    return (*stance.rules, _rule_of_source(speaker, attribution))


_RULES_OF_FORM = {"phrase": "according-to", "quote": "quotation", "noun": "shown-by-record", "letter": "statement-in-full"}


def _rule_of_source(speaker: Speaker, attribution: Attribution | None) -> str:
    """By which rule a claim has its source."""
    if attribution is None:
        return "credit-line" if speaker.link == "caption_credit" else "narrator"
    if attribution.link in ("same_quote", "continued_quote_new_paragraph", "adjacent_sentence") and attribution.form == "quote":
        return "quotation-goes-on"
    return _RULES_OF_FORM.get(attribution.form, "said-by-verb")


def _roles(
    document: Document, clause: Clause, around: Around, speaker: Speaker, attribution: Attribution | None
) -> tuple[str | None, str | None]:
    """Actor and target of a clause; who spoke is remembered."""
    mention = attribution.source.text if attribution is not None and attribution.source is not None else ""
    home = _home(document.actors, speaker, mention) if attribution is not None else None
    is_before = attribution is not None and attribution.source is not None and attribution.source.start < clause.start
    quoted = (
        speaker.name if is_before and attribution is not None and attribution.mode != "direct" and speaker.is_person else None
    )
    person = around.person if attribution is None or attribution.mode != "direct" else None
    found = roles(clause, document.discourse, Before(around.last, around.just, home, quoted, person))
    if attribution is not None and speaker.is_person:
        around.person = home or speaker.name
    return found


def _home(actors: Actors, speaker: Speaker, mention: str) -> str | None:
    """The actor for whom a speaker says "we"."""
    words = f"{speaker.canonical} {mention}"
    return home_of(speaker.canonical, mention, speaker.type, actors.found(words, 0, len(words)))


def _quantity_claim(claim: Proposal, quantity: FoundQuantity, discourse: Discourse, stance: Commitment) -> Proposal:
    """The claim of one more figure: its noun phrase where it is affirmed, else the whole clause, which says that it is not."""
    named = discourse.within(quantity.start, quantity.end)
    actor = named[0].name if named and quantity.dimension == "count" else claim.actor
    target = claim.target if claim.target != actor else None
    start, end = (quantity.start, quantity.end) if stance.is_plain else (claim.start, claim.end)
    return replace(
        claim,
        ctype="quantity",
        polarity=stance.polarity,
        start=start,
        end=end,
        quantity=quantity,
        actor=actor,
        target=target,
        hedge=stance.hedge,
        commitment=stance.kind,
        rules=_rules(stance, claim.speaker, claim.attribution),
    )
