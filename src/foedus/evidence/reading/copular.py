"""Who says what is said by way of "is": "what the envoy did say was that …", "the charge, levelled by X, is that …", "it came from X: …"."""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.sources import can_speak, noun_phrase
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.units import singular

__all__ = ["copular"]

_COMING = frozenset("came comes come".split())


def copular(sentence: Sentence) -> Iterator[Said]:
    """The attributions of a sentence whose content hangs on a form of "be", or stands behind the colon of "came from"."""
    for word in sentence.words:
        found = _of_being(sentence, word) if is_form_of(word, "being") else _of_coming(sentence, word)
        found = found or _of_wording(sentence, word) or _of_lead(sentence, word)
        if found is None:
            continue
        source, cue, content = found
        verb = lemma(cue.lower, "speech", "thought", "evidence", "act") or singular(cue.lower)
        yield Said(source, cue.start, cue.end, (content,), "indirect", "same_sentence", verb)


def _of_being(sentence: Sentence, being: Word) -> tuple[tuple[int, int], Word, tuple[int, int]] | None:
    clause = sentence.child(being, "ccomp")
    if clause is None or clause.index < being.index or being.relation not in ("ROOT", "conj"):
        return None
    below = sentence.subtree(clause)
    if below[0].lower != "that":
        return None
    content = (below[1].start, below[-1].end) if below[-1].text != "." else (below[1].start, below[-2].end)
    for each in sentence.children[being.index]:
        if each.index > being.index:
            continue
        speaker = sentence.child(each, "nsubj")
        is_what = sentence.subtree(each)[0].lower == "what"
        if each.relation == "csubj" and is_what and speaker is not None and lemma(each.lower, "speech", "thought"):
            return noun_phrase(sentence, speaker), each, content
        owner = _owner(sentence, each) if each.relation == "nsubj" and _is_saying(each) else None
        if owner is not None:
            return noun_phrase(sentence, owner), each, content
    return None


def _of_coming(sentence: Sentence, verb: Word) -> tuple[tuple[int, int], Word, tuple[int, int]] | None:
    """ "The claim came from the rebels: 80 soldiers killed"."""
    if verb.lower not in _COMING:
        return None
    noun = sentence.child(verb, "nsubj")
    link = next((each for each in sentence.children[verb.index] if each.lower == "from"), None)
    maker = sentence.child(link, "pobj") if link is not None else None
    colon = next((each for each in sentence.words[verb.index :] if each.text == ":"), None)
    rest = sentence.words[colon.index + 1 :] if colon is not None else ()
    if noun is None or not _is_saying(noun) or maker is None or len(rest) < 3:
        return None
    last = rest[-2] if rest[-1].tag == "." else rest[-1]
    return noun_phrase(sentence, maker), noun, (rest[0].start, last.end)


def _of_wording(sentence: Sentence, verb: Word) -> tuple[tuple[int, int], Word, tuple[int, int]] | None:
    """ "The regulator did not mince words: 45 homes had failed", "the auditors' verdict was damning: 45 homes had failed"."""
    if verb.head != verb.index or not verb.tag.startswith("VB"):
        return None
    subject = sentence.child(verb, "nsubj")
    colon = next((each for each in sentence.words[verb.index :] if each.text == ":"), None)
    if subject is None or colon is None or sentence.words[-1].text not in (".", '"'):
        return None
    rest = sentence.words[colon.index + 1 :]
    before = sentence.words[verb.index + 1 : colon.index]
    if len(rest) < 4 or not any(each.tag in ("VBD", "VBZ", "VBP", "MD") for each in rest):
        return None
    worded = next((each for each in before if each.lower in phrases("cues", "wordings")), None) if can_speak(subject) else None
    is_finding = singular(subject.lower) in phrases("cues", "findings")
    speaker = subject if worded is not None else _owner(sentence, subject) if is_finding else None
    if speaker is None:
        return None
    last = rest[-2] if rest[-1].tag == "." else rest[-1]
    return noun_phrase(sentence, speaker), worded or verb, (rest[0].start, last.end)


_LEAD = 14


def _of_lead(sentence: Sentence, verb: Word) -> tuple[tuple[int, int], Word, tuple[int, int]] | None:
    """ "Police said in a notice: 40 died", "police gave the following numbers: 40 dead": all behind the colon is theirs."""
    is_giving = lemma(verb.lower, "giving", "figure_givers") != "" and _gives_saying(sentence, verb)
    if not verb.tag.startswith("VB") or not (is_giving or lemma(verb.lower, "plain_saying")):
        return None
    subject = sentence.child(verb, "nsubj")
    colon = next((each for each in sentence.words[verb.index : verb.index + _LEAD] if each.text == ":"), None)
    if subject is None or colon is None or colon.index == verb.index + 1 or subject.index > verb.index:
        return None
    rest = sentence.words[colon.index + 1 :]
    is_told = any(each.relation in ("ccomp", "xcomp") and each.index < colon.index for each in sentence.children[verb.index])
    is_voice = can_speak(subject) or singular(subject.lower) in phrases("cues", "counters") | phrases("cues", "speaking_things")
    is_told = is_told or any(each.tag.startswith("VB") and lemma(each.lower, "plain_saying", "speaking_of") for each in rest)
    if len(rest) < 3 or is_told or not is_voice or rest[0].tag in ("``", "''"):
        return None
    last = rest[-2] if rest[-1].tag == "." else rest[-1]
    return noun_phrase(sentence, subject), verb, (rest[0].start, last.end)


def _gives_saying(sentence: Sentence, verb: Word) -> bool:
    thing = sentence.child(verb, "dobj")
    return thing is not None and (_is_saying(thing) or singular(thing.lower) in phrases("cues", "given"))


def _is_saying(noun: Word) -> bool:
    return singular(noun.lower) in phrases("cues", "nouns") | words_of("statements")


def _owner(sentence: Sentence, noun: Word) -> Word | None:
    """Whose a statement is: its genitive, or the "by" in its phrase."""
    owner = sentence.child(noun, "poss")
    if owner is not None:
        return owner if can_speak(owner) else None
    for each in sentence.subtree(noun):
        maker = sentence.child(each, "pobj") if each.lower == "by" else None
        if maker is not None and maker.tag.startswith("NN"):
            return maker
    return None
