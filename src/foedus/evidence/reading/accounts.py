"""Attributions by whose account something is: "in Kerr's account", "by the union's count", "in his words, given by …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.parse import Sentence, Word
from foedus.evidence.reading.said import Said
from foedus.evidence.reading.sources import noun_phrase
from foedus.evidence.reading.units import singular

__all__ = ["accounts"]

_PREPOSITIONS = frozenset(("in", "by", "on", "from", "under", "to"))


def accounts(text: str, sentence: Sentence) -> Iterator[Said]:
    """The attributions of a sentence to somebody's account, which opens it or stands apart by a comma: its content is the rest."""
    unparted = _unparted(text, sentence)
    if unparted is not None:
        yield unparted
        return
    for noun in sentence.words:
        if not noun.tag.startswith("NN") or singular(noun.lower) not in phrases("cues", "accounts"):
            continue
        opening = _opening(sentence, noun)
        source = _teller(sentence, noun)
        if opening is None or source is None:
            continue
        end = _end(sentence, noun)
        if end is None:
            continue
        content = tuple(_content(sentence, opening, end))
        if content:
            verb = f"{opening.lower} {noun.lower}"
            yield Said(source, opening.start, noun.end, content, "indirect", "same_sentence", verb, "phrase")


def _unparted(text: str, sentence: Sentence) -> Said | None:
    """ "By the army's own count 300 shells were fired", "…, if the rebels are to be believed": no comma, or no noun, shows them."""
    words = text[sentence.start : sentence.end]
    match = _opening_pattern().match(words)
    if match is not None:
        start, end = sentence.start + match.end(), sentence.words[-1].end
        cue = sentence.start + match.start("cue")
        source = (sentence.start + match.start("who"), sentence.start + match.end("who"))
        verb = f"{match['how'].lower()} {match['noun'].lower()}"
        return Said(source, cue, sentence.start + match.end("noun"), ((start, end),), "indirect", "same_sentence", verb, "phrase")
    match = _TRUSTED.search(words)
    if match is None or match.start() < _SHORTEST:
        return None
    source = (sentence.start + match.start("who"), sentence.start + match.end("who"))
    content = ((sentence.start, sentence.start + match.start()),)
    cue = sentence.start + match.start("cue")
    return Said(source, cue, sentence.start + match.end(), content, "indirect", "same_sentence", "claim", "clause")


_SHORTEST = 8
_TRUSTED = re.compile(r",? if (?P<who>[^,;:]{2,60}?) (?P<cue>(?:is|are|was|were) to be (?:believed|trusted))(?=[,.;])")


@cache
def _opening_pattern() -> re.Pattern[str]:
    nouns = "|".join(sorted(phrases("cues", "accounts")))
    return re.compile(
        rf"(?P<how>By|On|In|From) (?P<who>(?:[\w.-]+ ){{0,4}}[\w.-]+?)['’]s?(?: (?:own|latest|official|early|first|best|initial))*"
        rf" (?P<cue>(?P<noun>{nouns}))[,]? (?=[\w$€£])"
    )


def _opening(sentence: Sentence, noun: Word) -> Word | None:
    """The preposition before the noun phrase, at the start of the sentence or behind a comma."""
    first = sentence.subtree(noun)[0].index
    owned = [word.index for word in sentence.subtree(noun) if word.index <= noun.index]
    while first - 1 >= 0 and first - 1 in owned:
        first -= 1
    if first == 0:
        return None
    before = sentence.words[first - 1]
    is_apart = (
        before.index == 0
        or sentence.words[before.index - 1].text in (",", "—", "–", ":", "(")
        or (sentence.words[before.index - 1].tag == "CC")
    )
    return before if before.lower in _PREPOSITIONS and is_apart else None


def _teller(sentence: Sentence, noun: Word) -> tuple[int, int] | None:
    """Who gives the account: "given by X" behind it, else its owner."""
    giving = _giving(sentence, noun)
    agent = _agent(sentence, giving) if giving is not None else None
    if agent is not None:
        return noun_phrase(sentence, agent)
    owner = sentence.child(noun, "poss")
    if owner is None:
        return None
    start, end = noun_phrase(sentence, owner)
    mark = sentence.child(owner, "case")
    return start, (mark.start if mark is not None and mark.end == end else end)


def _giving(sentence: Sentence, noun: Word) -> Word | None:
    """The participle behind the noun, wherever the parser hangs it: "account, given to reporters by"."""
    behind = [word for word in sentence.words[noun.index + 1 : noun.index + 4] if word.text != ","]
    return behind[0] if behind and behind[0].tag in ("VBN", "VBD") and _agent(sentence, behind[0]) is not None else None


def _agent(sentence: Sentence, verb: Word) -> Word | None:
    """The noun behind "by" below a participle."""
    for each in sentence.subtree(verb):
        if each.lower == "by" and each.index > verb.index:
            return sentence.child(each, "pobj")
    return None


def _end(sentence: Sentence, noun: Word) -> Word | None:
    """The last word of the phrase, where a comma or the end of the sentence stands behind it."""
    giving = _giving(sentence, noun)
    own = {word.index for word in sentence.subtree(noun)}
    own |= {word.index for word in sentence.subtree(giving)} if giving is not None else set()
    at = noun.index
    while at + 1 in own or (giving is not None and at + 1 < giving.index and sentence.words[at + 1].text == ","):
        at += 1
    while at > noun.index and sentence.words[at].text in (",", "."):
        at -= 1
    behind = sentence.words[at + 1] if at + 1 < len(sentence.words) else None
    is_closed = behind is None or behind.text in (",", ".", "—", "–", ")", ":", ";")
    return sentence.words[at] if is_closed else None


def _content(sentence: Sentence, opening: Word, end: Word) -> Iterator[tuple[int, int]]:
    """What stands before and behind the phrase."""
    stops = [word.index for word in sentence.words if word.text == ";"]
    first = max((stop + 1 for stop in stops if stop < opening.index), default=0)
    last = min((stop for stop in stops if stop > end.index), default=len(sentence.words))
    for words in (sentence.words[first : opening.index], sentence.words[end.index + 1 : last]):
        kept = list(words)
        while kept and (kept[0].text in (",", ":", "—", "–", ")", ";", ".") or kept[0].tag == "CC"):
            kept.pop(0)
        while kept and kept[-1].text in (",", ":", "—", "–", "(", ";", "."):
            kept.pop()
        if len(kept) > 2:
            yield kept[0].start, kept[-1].end
