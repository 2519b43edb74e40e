"""Who vouches for a figure without a clause of his own: "the bank expects 4 percent", "promised to free 40 men", "put at 61 by a union".

The verb above the figure tells, whatever stands between the two: its subject, or the "by" behind it, is the source.
"""

from __future__ import annotations

from collections.abc import Iterator

from foedus.evidence.reading.attributions import Attribution, TextSpan
from foedus.evidence.reading.cues import lemma
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Paragraph, Sentence, Word
from foedus.evidence.reading.sources import can_speak, noun_phrase, subject_span
from foedus.evidence.reading.units import singular

__all__ = ["voucher_of", "vouchers"]

_MUTE = frozenset("it this that these those there which what who nobody none few neither one i we you".split())
_FAR = 10
_OUTSIDE = ("nsubj", "nsubjpass", "csubj", "agent")
_LONGEST_SUBJECT = 12


def vouchers(text: str, paragraph: Paragraph) -> Iterator[Attribution]:
    """The verbs of a paragraph that vouch for figures, each with its subject, or with each "by" behind it, as the source."""
    for sentence in paragraph.sentences:
        for verb in sentence.words:
            if not _base(verb) or any(each.relation == "neg" for each in sentence.children[verb.index]):
                continue
            for cue, source in (*_agents(sentence, verb), *_subject(text, sentence, verb)):
                behind = TextSpan(verb.end, sentence.end, text[verb.end : sentence.end])
                name = TextSpan(*source, text[slice(*source)])
                yield Attribution(
                    name,
                    TextSpan(cue.start, cue.end, cue.text),
                    (behind,),
                    "indirect",
                    "same_sentence",
                    _base(verb),
                    False,
                    "noun",
                )


def voucher_of(sentence: Sentence, figure: Word, known: dict[int, Attribution]) -> Attribution | None:
    """Who vouches for a figure: of the nearest verb above it that does, the subject; of a passive one, the "by" behind the figure.

    Args:
        known: what `vouchers` found, by the place of the verb or of the "by".
    """
    below = figure
    for _ in range(_FAR):
        above = sentence.words[below.head]
        is_seen = not (above.start in known and above.tag.startswith("NN"))
        is_joined = below.relation == "conj" and below.tag.startswith(
            ("VB", "MD")
        )  # "polls showed that …, but 40 are no measure"
        if above.index == below.index or is_joined or (below.relation in ("relcl", "acl") and is_seen):
            return None
        is_passive = sentence.child(above, "auxpass") is not None
        by = next((each for each in sentence.words[figure.index :] if each.lower == "by" and each.start in known), None)
        place = by.start if by is not None and is_passive and _base(above) else above.start
        if place in known:
            is_held = below.relation not in _OUTSIDE or (place != above.start and below.relation == "nsubjpass")
            return known[place] if is_held and (_holds(sentence, above, below) or place != above.start) else None
        below = above
    return None


def _holds(sentence: Sentence, verb: Word, below: Word) -> bool:
    """Whether the branch below a verb is what it vouches for: its object, its infinitive, the "of" or "to" of "spoke of", "points to"."""
    if below.index < verb.index:
        return False
    if below.relation != "prep":
        return (
            below.relation != "advcl"
            or below.tag == "VB"
            or not any(each.text == "," for each in sentence.words[verb.index : below.index])
        )
    return sentence.child(verb, "dobj", "xcomp", "auxpass") is not None or below.lower in ("of", "to")


def _agents(sentence: Sentence, verb: Word) -> Iterator[tuple[Word, tuple[int, int]]]:
    """ "Was put at 48 by the governor and at 61 by a union": each with its "by"."""
    if sentence.child(verb, "auxpass") is None:
        return
    for word in sentence.words[verb.index + 1 :]:
        thing = sentence.child(word, "pobj") if word.lower == "by" else None
        is_doer = word.relation == "agent" and thing is not None and thing.tag.startswith("NN")
        if thing is not None and (is_doer or can_speak(thing) or singular(thing.lower) in phrases("cues", "counters")):
            yield word, noun_phrase(sentence, thing)


def _subject(text: str, sentence: Sentence, verb: Word) -> Iterator[tuple[Word, tuple[int, int]]]:
    """The verb with its own subject, where that can speak, or count, as the verb asks; also where the parser saw no verb."""
    if sentence.child(verb, "auxpass") is not None:
        return
    head = sentence.child(verb, "nsubj")
    if head is not None and verb.tag.startswith("VB"):
        source = subject_span(sentence, verb)
        is_free = head.lower not in _MUTE and head.tag not in ("WDT", "WP")
        if source is not None and is_free and _may_vouch(head, verb):
            yield verb, source
        return
    source = _unseen(sentence, verb)
    if source is not None:
        yield verb, source


def _unseen(sentence: Sentence, verb: Word) -> tuple[int, int] | None:
    """ "The firm's latest filing lists debts", "Aid workers, by phone, described": the words before a verb whose subject was not seen."""
    first = next((each.index for each in sentence.words if each.text[0].isalnum()), 0)
    before = sentence.words[first : verb.index]
    comma = next((place for place, each in enumerate(before) if each.text == ","), len(before))
    name = before[:comma]
    is_closed = comma == len(before) or before[-1].text == ","
    if not name or not is_closed or len(name) > _LONGEST_SUBJECT or verb.tag in ("VB", "VBG", "VBN"):
        return None
    if any(each.tag.startswith(("VBD", "VBZ", "VBP", "MD", "W")) for each in name):
        return None
    is_finite = verb.tag in ("VBD", "VBZ", "VBP")
    after = sentence.words[verb.index + 1].lower if verb.index + 1 < len(sentence.words) else ""
    reach = verb.index if after == "that" and verb.head == verb.index else len(sentence.words)
    if not is_finite and (verb.tag not in ("NN", "NNS") or _has_verb(sentence, reach)):
        return None
    stop = next((place for place, each in enumerate(name) if each.tag == "IN" and place), len(name))
    nouns = [each for each in name[:stop] if each.tag.startswith("NN")]
    return (name[0].start, name[-1].end) if nouns and nouns[-1] is name[stop - 1] and _may_vouch(nouns[-1], verb) else None


def _has_verb(sentence: Sentence, reach: int) -> bool:
    return any(each.tag in ("VBD", "VBZ", "VBP", "MD") for each in sentence.words[:reach])


def _may_vouch(noun: Word, verb: Word) -> bool:
    """People, bodies and documents say; of the others only who counts for a living, documents and names count; a poll alone gives."""
    name = singular(noun.lower)
    is_thing = name in phrases("cues", "speaking_things")
    if is_thing or _base(verb) in phrases("cues", "giving"):
        return is_thing
    if _base(verb) in phrases("cues", "vouching"):
        return can_speak(noun) or _base(verb) in phrases("cues", "promising")
    return name in phrases("cues", "counters") or (noun.tag in ("NNP", "NNPS") and noun.index > 0)


def _base(word: Word) -> str:
    return lemma(word.lower, "vouching", "counting", "giving")
