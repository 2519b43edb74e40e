"""What a claim is about, so that two claims can be compared: who, what is done, what is spoken of, where and when."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from foedus.evidence.reading.lexicon import phrases, table
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.subject import Subject

__all__ = ["Topic", "are_rivals", "is_general", "kin_of", "named", "opposed", "topic_of", "whole_of", "wholes_of"]

_SUFFIX = re.compile(r"(?:ations?|ments?|ingly|ings?|edly|ed|ies|ions?|es|s|ly|al|e|y)$")
_WORD = re.compile(r"[A-Za-z][a-z]+(?:-[a-z]+)*")
_OWNS = re.compile(
    r"\b(?:has|have|had)\b(?!\s+(?:(?:\w+ly|already|also|now|not|since|never|just)\s+)*(?:been|\w{2,}(?:ed|en|nt|ght|wn|ld|de|id|ut|ne|un|me|ll)\b))",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![.!?“\"‘'] )(?<!^)\b[A-Z][a-z]+(?:[ -][A-Z][a-z]+)*")


@dataclass(frozen=True)
class Topic:
    """What a claim is about.

    Attributes:
        who: the actors that it names. where: other names in it.
        acts: what is done with what it speaks of. ideas: all that it speaks of, acts too.
        kinds: words such as wheat and barley, of which a claim of one is no claim of the other, with their list.
        unit: the ideas that stand in it only as the unit of its figure.
    """

    who: frozenset[str]
    where: frozenset[str]
    acts: frozenset[str]
    ideas: frozenset[str]
    kinds: Mapping[str, frozenset[str]]
    unit: frozenset[str]


@cache
def _ideas() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Stem -> the ideas that it stands for; and which of them are acts."""
    found: dict[str, set[str]] = defaultdict(set)
    concepts = table("concepts")
    for kind in ("acts", "things"):
        for idea, words in concepts[kind].items():
            for word in words.split():
                found[stem(word)].add(idea)
    return {word: frozenset(ideas) for word, ideas in found.items()}, frozenset(concepts["acts"])


@cache
def _pairs(name: str) -> Mapping[str, frozenset[str]]:
    return {one: frozenset(others.split()) for one, others in table("concepts")[name].items()}


@cache
def _actor_words() -> frozenset[str]:
    """Words of the names of actors, which are compared as actors."""
    actors = table("actors")
    written = (f"{name}|{words}" for kind in ("aliases", "seats", "leaders") for name, words in actors[kind].items())
    return frozenset(word for names in written for word in re.findall(r"[a-z]+", names.lower()))


@cache
def _sayings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((idea, re.compile(pattern, re.IGNORECASE)) for idea, pattern in table("concepts")["phrases"].items())


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A word without its ending, in small letters: "deployed", "deploys" and "deploying" are one."""
    left = word.lower()
    for _ in range(2):
        cut = _SUFFIX.sub("", left)
        if cut == left or len(cut) < 3:
            break
        left = cut
    return left[:-1] if len(left) > 3 and left[-1] == left[-2] and left[-1] not in "aeiou" else left


def topic_of(claim: Proposal, words: str, around: str, subject: Subject) -> Topic:
    """What a claim is about, by its words and by what the reader has found in it.

    Args:
        around: the sentence of the claim. A figure in a noun phrase has from it what is done.
    """
    ideas = _ideas_in(claim, words, subject)
    written = words
    if claim.quantity is not None and not ideas & _ideas()[1]:
        ideas |= _ideas_in(claim, around, subject)
        words = around
    acts = ideas & _ideas()[1]
    who = frozenset(f"{claim.actor or ''};{claim.target or ''}".split(";")) - {""}
    if not who and claim.speaker.canonical in table("actors")["aliases"]:
        who = frozenset((claim.speaker.canonical,))
    where = frozenset(name for name in _NAME.findall(written) if not _is_plain(name))
    names = where | who
    ideas -= {stem(word) for name in names for word in re.findall(r"[A-Za-z]+", name)}
    ideas |= {named(name) for name in where}
    return Topic(who, where, acts, ideas | {kin_of(act) for act in acts}, _kinds_in(words), _unit_ideas(claim))


@lru_cache(maxsize=16_384)
def named(name: str) -> str:
    """A name as one idea, the same as when it stands at the head of a sentence, where nothing tells that it is one."""
    return name.lower() if re.search(r"[ -]", name) else stem(name)


def _unit_ideas(claim: Proposal) -> frozenset[str]:
    """What the unit of a measure says: that two sums are in euros makes them no sums of one thing."""
    if claim.quantity is None:
        return frozenset()
    stems = {stem(word) for word in re.findall(r"[A-Za-z]+", f"{claim.quantity.unit} {claim.quantity.unit_text or ''}")}
    return frozenset(stems | {idea for one in stems for idea in _ideas()[0].get(one, ())})


def _kinds_in(words: str) -> Mapping[str, frozenset[str]]:
    stems = {stem(word) for word in _WORD.findall(words)}
    return {name: named for name, kinds in _rivals().items() if (named := kinds & stems)}


@cache
def _rivals() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(map(stem, words.split())) for name, words in table("concepts")["rivals"].items()}


def are_rivals(one: Topic, other: Topic) -> bool:
    """Whether two claims speak of different things of one kind: of cholera and of measles."""
    return any(not kinds & other.kinds.get(name, kinds) for name, kinds in one.kinds.items())


def _ideas_in(claim: Proposal, words: str, subject: Subject) -> frozenset[str]:
    known, _ = _ideas()
    same, found = dict(subject.same), set[str]()
    for written in _WORD.findall(words):
        word = written.lower()
        if word in phrases("concepts", "little") or word in _actor_words():
            continue
        one = stem(same.get(word, word))
        found |= known.get(stem(word)) or known.get(one) or {one}
    if claim.quantity is not None and _OWNS.search(words):
        found.add("hold")
    found |= {idea for idea, pattern in _sayings() if pattern.search(words)}
    if claim.quantity is not None and claim.quantity.dimension == "count":
        found |= known.get(stem(claim.quantity.unit.split(" per ")[0].rsplit(" ", 1)[-1]), frozenset())
    return frozenset(found)


def _is_plain(name: str) -> bool:
    """A capital that names no place: an actor, a month, a word of a title."""
    words = re.findall(r"[a-z]+", name.lower())
    return all(word in phrases("concepts", "little") or word in _actor_words() or len(word) < 3 for word in words)


@lru_cache(maxsize=16_384)
def is_general(unit: str) -> bool:
    """Whether a counted noun says no more than that they are people, or what befell them: people, deaths, wounded."""
    known, acts = _ideas()
    named = known.get(stem(unit), frozenset())
    return unit in ("people", "person", "man", "men") or bool(named & acts)


@cache
def kin_of(act: str) -> str:
    """The kind of figure that an act has: "sent" and "joined" count the same."""
    return next((name for name, acts in _pairs("kin").items() if act in acts), act)


def whole_of(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a figure of the acts `one` includes those of `other`: the lost include the killed."""
    wholes = _pairs("whole")
    return any(act in wholes and other & wholes[act] and act not in other for act in one)


def wholes_of(acts: frozenset[str]) -> frozenset[str]:
    """Acts whose figures include those of these acts."""
    return frozenset(whole for whole, parts in _pairs("whole").items() if parts & acts)


def opposed(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two claims tell opposite acts: it opened, it was shut."""
    for act, against in _pairs("opposites").items():
        if (act in one and other & against and act not in other) or (act in other and one & against and act not in one):
            return True
    return False
