"""Whose a claim is that no attribution owns, and which of its fields are left open."""

from __future__ import annotations

import re
from dataclasses import replace

from foedus.evidence.reading.around import Around
from foedus.evidence.reading.attributions import Attribution
from foedus.evidence.reading.choice import RIVAL_DAYS, RIVAL_SPEAKERS, RIVAL_UNITS, FieldChoice
from foedus.evidence.reading.clauses import Clause
from foedus.evidence.reading.commitments import Commitment
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.dates import TimeMention
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Word
from foedus.evidence.reading.proposal import NARRATOR, Proposal
from foedus.evidence.reading.speaker import RIVALS, UNKNOWN
from foedus.evidence.reading.standers import stand_of
from foedus.evidence.reading.unspoken import unspoken
from foedus.evidence.reading.unsure import other_voice
from foedus.evidence.reading.vouching import VIEW, nearest_voucher, voucher_of

__all__ = ["as_heard", "with_open_fields"]


def with_open_fields(text: str, claim: Proposal, chosen: FieldChoice[TimeMention]) -> Proposal:
    """With the rules that say which fields are left open."""
    opened = [RIVAL_DAYS] if chosen.is_open else []
    if _is_of_next(text, claim):
        claim = replace(claim, speaker=RIVALS)
    is_rival = claim.quantity is not None and bool(claim.quantity.rivals)
    opened += [RIVAL_UNITS] if is_rival or _is_bare_rate(text, claim) else []
    opened += [RIVAL_SPEAKERS] if claim.speaker.link == RIVALS.link else []
    return replace(claim, rules=(*claim.rules, *opened)) if opened else claim


_LEVEL = re.compile(r"\b(?:to|at|by|from|of|was|were|is|are|than|be|been)\s+$")
""" "Infections fell to 900 a day": a level, of what the clause is about."""
_BESIDE = 12
_BEFORE = 120


def _is_bare_rate(text: str, claim: Proposal) -> bool:
    """ "Sold 400 eggs, but eat 700 a month": so many of what is not told here; "350 soldiers a week, and the others 500 a week" tells it."""
    quantity = claim.quantity
    if quantity is None or not quantity.unit.startswith("per "):
        return False
    span = re.escape(quantity.unit.removeprefix("per "))
    before = text[max(0, quantity.start - _BEFORE) : quantity.start]
    is_told = re.search(rf"\d (?!million|billion|trillion|thousand)[\w-]+ (?:an?|per|every|each) {span}\b", before)
    return is_told is None and _LEVEL.search(text[max(0, quantity.start - _BESIDE) : quantity.start]) is None


_NEXT_GIVER = re.compile(r"\band (?:the )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*(?: an?(?: [\w-]+){1,4} of)? $")


def _is_of_next(text: str, claim: Proposal) -> bool:
    """ "The bank promised 600 million and India a credit line of 1 billion": a second giver, whose verb is left out."""
    attribution, quantity = claim.attribution, claim.quantity
    if attribution is None or quantity is None or attribution.form != "noun" or attribution.cue is None:
        return False
    between = text[attribution.cue.end : quantity.start]
    return re.search(r"\d", between) is not None and _NEXT_GIVER.search(between) is not None


def as_heard(claim: Proposal, clause: Clause, stance: Commitment, word: Word, around: Around) -> Proposal:
    """A claim with its speaker; with none where another voice of the sentence may be his."""
    heard = _heard(claim, clause, stance, word, around)
    if heard.quantity is not None and _is_as_others_say(heard, clause):
        return replace(heard, speaker=RIVALS)
    if heard.quantity is None or heard.commitment != "affirmed" or heard.speaker.canonical == UNKNOWN.canonical:
        return heard
    own = heard.attribution
    cue = own.cue.start if own is not None and own.cue is not None else None
    source = (own.source.start, own.source.end) if own is not None and own.source is not None else None
    voice = other_voice(clause.sentence, word, cue, source)
    if voice is None or (own is not None and own.form not in _BY_VERB) or (own is not None and cue is None):
        return heard
    is_known = own is not None and (own.verb in _AGREEING or lemma(own.verb, "speech") == "")
    if own is not None and own.form == "clause" and not (voice.is_behind and is_known):
        return heard  # "the general said that 3 had come, two officials said": the general
    place = _place_of(voice.verb, around)
    if own is not None and place is not None and around.spoken[place].type == "outlet":
        return heard  # "the ministry confirmed that 39 were saved, the agency reported"
    is_his = own is None or (own.form == "noun" and voice.is_sure)
    if is_his and place is not None and (voice.is_behind or voice.is_sure):
        return _said_by(heard, place, around)
    return replace(heard, speaker=RIVALS)


def _is_as_others_say(claim: Proposal, clause: Clause) -> bool:
    """ "The camp does not hold 2,000 men, as the rebels say, but 96": they say the one, and who says the other is not told."""
    cue = claim.attribution.cue if claim.attribution is not None else None
    words = clause.sentence.words
    at = next((each.index for each in words if cue is not None and each.start == cue.start), 0)
    before = words[max(0, at - _INSET) : at]
    opens = next((place for place in range(len(before) - 1, 0, -1) if before[place].lower == "as"), 0)
    if not opens or before[opens - 1].text != ",":
        return False
    return any(each.lower in ("not", "n't", "never", "no") for each in words[: before[opens].index])


_INSET = 8
_AGREEING = ("agree", "acknowledge", "confirm", "concede")
_BY_VERB = ("noun", "clause", "phrase")


def _place_of(verb: Word, around: Around) -> int | None:
    """The attribution that a verb of saying makes, with a speaker who is known."""
    return next(
        (
            place
            for place, each in around.near
            if each.cue is not None and each.cue.start == verb.start and place in around.spoken
        ),
        None,
    )


def _said_by(claim: Proposal, place: int, around: Around) -> Proposal:
    attribution = next(each for at, each in around.near if at == place)
    return replace(claim, speaker=around.spoken[place], attribution=attribution, rules=(*claim.rules[:-1], "said-by-verb"))


def _heard(claim: Proposal, clause: Clause, stance: Commitment, word: Word, around: Around) -> Proposal:
    """A claim that no attribution owns: said by who denies, doubts or accuses there; unknown where somebody speaks who is not found."""
    known = {start: each for start, (each, _) in around.taken.items()}
    vouching = {start: each for start, each in known.items() if each.form == "noun"}
    is_open = claim.quantity is not None and claim.ctype != "intention"
    voucher = voucher_of(clause.sentence, word, vouching) if is_open else None
    if voucher is not None and voucher.verb == VIEW and claim.commitment in _AGAINST:
        voucher = None  # "nobody believes the ministry's count of 30": whose it is has no part in that
    if claim.commitment == "affirmed" and (mark := _mark_before(claim, clause, word, around)) is not None:
        if voucher is None or voucher.cue is None or voucher.cue.start < mark:
            return replace(claim, speaker=RIVALS)
        claim = replace(claim, speaker=NARRATOR, attribution=None)
    is_each_his = (
        voucher is not None and voucher.cue is not None and voucher.cue.text == "by"
    )  # "at 7 by the one and at 9 by the other"
    is_his = is_each_his and claim.attribution is not None and claim.attribution.form == "noun"
    is_his = is_his or (voucher is not None and _is_set_against(clause, voucher))
    is_behind = any(turn.rule == "denied-by-verb" and turn.start >= max(claim.end, word.end) for turn in stance.turns)
    is_asked = bool(stance.turns) and (_is_of_claim(claim.attribution) or is_behind)
    against = stand_of(clause.sentence, stance.turns, word, known) if is_asked else None
    is_against = against is not None and against.cue is not None and (is_behind or against.cue.start < claim.start)
    nearest = nearest_voucher(clause.sentence, word, vouching) if is_open else None
    if nearest is not None and nearest.cue is not None and claim.commitment == "affirmed" and not (is_his or is_against):
        return replace(claim, speaker=around.taken[nearest.cue.start][1], attribution=nearest)
    if (claim.attribution is not None or claim.speaker != NARRATOR) and not (is_his or is_against):
        judge = _who_judges(claim, stance, word, around)
        return claim if judge is None else replace(claim, speaker=around.spoken[judge[0]], attribution=judge[1])
    stand = stand_of(clause.sentence, stance.turns, word, known) or voucher
    if stand is None and claim.quantity is not None and not stance.is_apart and (place := _holding(word, around)) is not None:
        return _said_by(claim, place, around)
    if stand is not None and stand.cue is not None:
        speaker = around.taken[stand.cue.start][1]
        return replace(claim, speaker=speaker, attribution=stand, rules=(*claim.rules[:-1], "said-by-verb"))
    is_affirmed = claim.commitment == "affirmed"
    unknown = unspoken(clause, word, around.quoted, around.near, is_affirmed) if claim.region == "body" else None
    return replace(claim, speaker=unknown, rules=(*claim.rules[:-1], "unknown-voice")) if unknown is not None else claim


_WHILE = ("while", "whereas")


def _is_set_against(clause: Clause, voucher: Attribution) -> bool:
    """ "The army said it had lost 40 men, while the rebels claimed 90": a second voice in what the first one says."""
    cue = voucher.cue.start if voucher.cue is not None else -1
    verb = next((each for each in clause.sentence.words if each.start == cue), None)
    return verb is not None and any(
        each.lower in _WHILE and each.relation == "mark" for each in clause.sentence.children[verb.index]
    )


_AGAINST = ("negated", "denied", "doubted")


def _mark_before(claim: Proposal, clause: Clause, word: Word, around: Around) -> int | None:
    """Where the semicolon stands behind which nobody is named: "gets 5 litres, she said; the standard is 15": hers, or not."""
    marks = [each.start for each in clause.sentence.words if each.text == ";" and each.start < word.start]
    if claim.quantity is None or not marks or any(quote.inner_start <= marks[-1] < quote.inner_end for quote in around.quoted):
        return None
    cues = [
        each.cue.start
        for place, each in around.near
        if each.cue is not None and place in around.spoken
        if (each.form == "clause" or each.cue.start > marks[-1]) and clause.sentence.start <= each.cue.start < clause.sentence.end
    ]
    is_behind = any(cue < marks[-1] for cue in cues) and not any(cue > marks[-1] for cue in cues)
    return marks[-1] if is_behind else None


def _who_judges(claim: Proposal, stance: Commitment, word: Word, around: Around) -> tuple[int, Attribution] | None:
    """ "Posts saying 2,000 died are fake, police warned": the speaker in whose words the verdict stands, not who is found wrong."""
    verdict = next((turn for turn in reversed(stance.turns) if turn.rule in ("called-wrong", "doubted")), None)
    own = claim.attribution
    if verdict is None or own is None or any(span.start <= verdict.start < span.end for span in own.content):
        return None
    inside = [
        (span.end - span.start, place, each)
        for place, each in around.near
        for span in each.content
        if place in around.spoken and each is not own and span.start <= min(word.start, verdict.start)
        if max(word.start, verdict.start) < span.end
    ]
    return min(inside, key=lambda found: found[0])[1:] if inside else None


def _is_of_claim(attribution: Attribution | None) -> bool:
    """ "A newspaper's claim that 130 stood idle": who takes a stand against it says more than whose it was."""
    return attribution is not None and attribution.cue is not None and attribution.verb in phrases("cues", "nouns")


def _holding(word: Word, around: Around) -> int | None:
    """The innermost attribution in whose content a figure stands, where its clause as a whole is nobody's: "the charge is that 20 fled"."""
    inside = [
        (span.end - span.start, place)
        for place, each in around.near
        for span in each.content
        if place in around.spoken and each.form == "clause" and span.start <= word.start < span.end
    ]
    return min(inside)[1] if inside else None
