"""Mechanisms between two sides: who the sides are, by whose figures fill its slots, and its slots, rules and answers for each of the two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from foedus.draft.facts import Fact
from foedus.draft.mechanisms import SlotInfo, Takes
from foedus.draft.parties import parties_of, party_word
from foedus.draft.rules import AnswerRule, MechanismRule, SlotRule
from foedus.language.reserved import meaning

__all__ = ["rule_for_sides", "side_word", "sides_told", "takes_for_sides", "together"]

_ANSWERS_EACH = 2  # of what a mechanism between two gives, of each of them


def side_word(name: str) -> str:
    """The element of the index that stands for a side."""
    word = party_word(name)
    return f"{word}_side" if meaning(word) else word


_BESIDE = re.compile(
    r"\b(?:alongside|side by side with|on the side of|on behalf of|in support of|in aid of|shoulder to shoulder with|"
    r"(?:allied|aligned|joined forces) (?:with|to)|"
    r"(?:backs?|backed|backing|supports?|supporting|supported|helps?|helped|helping|aids?|aiding|joins?|joined|joining)"
    r"(?: by)?)(?: [a-z-]+){0,4}\W*$"
    r"|^(?:,| is| are| was| were) (?:an? |the )?(?:[a-z-]+ )?(?:ally|allies|backers?) of\b",
    re.IGNORECASE,
)
""" "Were sent to fight alongside the Front": between two names, it tells that they are on one side."""
_AGAINST = re.compile(
    r"\b(?:against|versus|enem(?:y|ies)|rivals?|foes?|opponents?|attack\w*|resist\w*|repel\w*|counter\w*)\b", re.IGNORECASE
)
_SENTENCE = re.compile(r"\n|(?<=[.!?])\s+(?=[A-Z])")


def together(text: str) -> frozenset[frozenset[str]]:
    """The pairs of parties that reports tell to be on one side.

    Args:
        text: of all reports.
    """
    parties = parties_of(text)
    found: set[frozenset[str]] = set()
    for sentence in _SENTENCE.split(text):
        named = sorted(parties.named(sentence))
        for (_, end, one), (start, _, other) in pairwise(named):
            between = sentence[end:start]
            if one != other and _BESIDE.search(between) and not _AGAINST.search(between):
                found.add(frozenset((one, other)))
    return frozenset(found)


def sides_told(
    facts: Iterable[Fact], scope: Sequence[str], allied: frozenset[frozenset[str]] = frozenset()
) -> tuple[str, str] | None:
    """The two whose figures are told most and who are not told to be on one side; None where there are no such two.

    Args:
        facts: those that would fill a slot of one side. scope: the places of which the reports speak most, which come first where as much is
            told of others; then who is told of first. allied: pairs of those who are on one side.
    """
    told = Counter(fact.side for fact in facts if fact.side)
    most = sorted(told, key=lambda name: (-told[name], name not in scope))
    other = next((name for name in most[1:] if frozenset((most[0], name)) not in allied), "")
    return (most[0], other) if other and side_word(most[0]) != side_word(other) else None


def takes_for_sides(takes: Takes, sides: Sequence[str]) -> Takes:
    """A mechanism with a slot for each side where it has one value for each of two; the same where it is not between two."""
    if not takes.facing or not sides:
        return takes
    slots: list[SlotInfo] = []
    for slot in takes.slots:
        each = [replace(slot, name=_of(slot.name, side), label=f"{slot.label}, {side}", is_indexed=False) for side in sides]
        slots += each if slot.is_indexed else [slot]
    gives = {_of(name, side): told for name, told in takes.gives.items() for side in sides}
    return replace(takes, slots=tuple(slots), gives={**takes.gives, **gives})


def rule_for_sides(rule: MechanismRule, takes: Takes, sides: Sequence[str]) -> MechanismRule:
    """The rule with its slots and answers for each side.

    Args:
        takes: the mechanism as it stands on the shelf.
    """
    if not takes.facing or not sides:
        return rule
    indexed = {slot.name for slot in takes.slots if slot.is_indexed} | {slot.name for slot in rule.slots if slot.is_of_side}
    slots: list[SlotRule] = []
    for slot in rule.slots:
        pairs = zip(sides, reversed(sides), strict=True)
        slots += [_slot(slot, side, other, indexed) for side, other in pairs] if slot.name in indexed else [slot]

    def started(answer: AnswerRule, side: str) -> str:
        return _of(answer.start, side) if answer.start in indexed else answer.start

    answers = tuple(
        replace(answer, name=_of(answer.name, side), ask=f"{answer.ask}, {side}", side=side, start=started(answer, side))
        for side in sides
        for answer in rule.answers[:_ANSWERS_EACH]
    )
    return replace(rule, slots=tuple(slots), answers=answers)


def _slot(slot: SlotRule, side: str, other: str, indexed: set[str]) -> SlotRule:
    """The rule of a slot for one side; `{other.losses}` in what it takes where nobody says is the other side's."""

    def named(match: re.Match[str]) -> str:
        name = match["name"]
        return "{" + (_of(name, other if match["other"] else side) if name in indexed else name) + match["told"] + "}"

    guesses = tuple(re.sub(r"\{(?P<other>other\.)?(?P<name>\w+)(?P<told>!?)\}", named, guess) for guess in slot.guesses)
    label = f"{slot.label}, {side}" if slot.is_extra else slot.label
    return replace(slot, name=_of(slot.name, side), guesses=guesses, side=side, label=label)


def _of(name: str, side: str) -> str:
    return f"{name}[{side_word(side)}]"
