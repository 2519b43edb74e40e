"""Figures that take the place of others: "lowered the toll from 212 to 198" tells two states, and takes the first one back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from foedus.evidence.reading.found import FoundQuantity
from foedus.evidence.reading.numbers import numbers
from foedus.evidence.reading.parse import Sentence
from foedus.evidence.reading.stance_words import is_form_of, words_of
from foedus.evidence.reading.units import singular

__all__ = ["is_replaced", "parted"]

_FROM = re.compile(
    r"\b(?:from|instead of|rather than|not|than) (?:about |around |some |over |more than |at least |(?:the|an?|its) (?:[a-z]+ ){0,3})?$"
)
_REPORTED_BEFORE = re.compile(
    r"(?: [\w-]+){0,4}? (?:that )?(?:it|they|we|he|she) (?:had )?(?:reported|given|announced|published|claimed)\b|"
    r"(?: [\w-]+){0,4}? (?:(?:it|they|we) )?(?:had )?(?:first|initially|originally|previously|earlier|at first|wrongly|mistakenly) "
    r"(?:been )?(?:reported|given|estimated|announced|stated|thought|claimed|counted|said|feared|cited|put|published|declared)\b"
)
_GIVEN_BEFORE = re.compile(
    r"(?: [\w-]+){0,4}? (?:reported|given|estimated|announced|stated|counted|published) (?:earlier|before|previously|at first|initially)\b"
)
_HELD_AGAINST = re.compile(r"\d[^;:]*, (?:up|down) from (?:(?:about|around|some|between|the usual|a normal) )?$")
""" "Will be cut to 25 a day, down from 36 to 38 in normal times": a range that the new figure is held against."""
_OF_THINGS = frozenset(("number", "total"))


def parted(text: str, sentence: Sentence, found: Iterable[FoundQuantity]) -> Iterator[FoundQuantity]:
    """The quantities, where "from A to B" behind a word of revision is two of them in order."""
    for each in found:
        is_led = (
            each.qualifier == "between" and re.search(r"\b(?:to|and)\b", text[each.number_start : each.number_end]) is not None
        )
        if is_led and sentence.start <= each.number_start < sentence.end and _is_revised(text, sentence, each):
            pair = _pair(text, each)
            if pair:
                yield from pair
                continue
        yield each


def is_replaced(text: str, sentence: Sentence, quantity: FoundQuantity) -> bool:
    """Whether a figure is named only as the one that another takes the place of."""
    floor = max(sentence.start, quantity.start - 60)
    after = text[quantity.end : min(sentence.end, quantity.end + 90)]
    before, close = text[floor : quantity.start], text[floor : quantity.number_start]
    if _is_earlier(sentence, quantity):
        return True
    if not (_FROM.search(before) or _FROM.search(close) or quantity.text.lower().startswith("from ")):
        return False
    is_told = _REPORTED_BEFORE.match(after) or _GIVEN_BEFORE.match(after)
    return is_told is not None or (_is_revised(text, sentence, quantity) and "from" in close)


def _is_earlier(sentence: Sentence, quantity: FoundQuantity) -> bool:
    """ "An earlier toll of 11 was revised": the count that was changed, with the word that says so."""
    number = next((each for each in sentence.words if each.start <= quantity.number_start < each.end), None)
    link = sentence.words[number.head] if number is not None else None
    if number is not None and link is not None and link.lower != "of":
        link = sentence.words[link.head]
    count = sentence.words[link.head] if link is not None and link.lower == "of" else None
    if count is None or singular(count.lower) not in words_of("counts") or count.relation not in ("nsubjpass", "dobj"):
        return False
    is_old = any(each.lower in words_of("earlier") for each in sentence.children[count.index])
    return is_old and is_form_of(sentence.words[count.head], "revision")


def _is_revised(text: str, sentence: Sentence, quantity: FoundQuantity) -> bool:
    """Whether the words before a figure tell of a count that was changed, and not only of what a new figure is held against."""
    before = [word for word in sentence.words if word.start < quantity.number_start]
    verbs = [word for word in before if is_form_of(word, "revision") and word.tag.startswith(("VB", "NN", "JJ"))]
    counts = {singular(word.lower) for word in before} & words_of("counts")
    if _HELD_AGAINST.search(text[sentence.start : quantity.number_start]):
        counts -= _OF_THINGS
    return bool(verbs) and (bool(counts) or any(word.lower.startswith(("revis", "correct")) for word in verbs))


def _pair(text: str, quantity: FoundQuantity) -> tuple[FoundQuantity, FoundQuantity] | None:
    """Both ends as quantities of their own, in the order of the text."""
    found = list(numbers(text[quantity.number_start : quantity.number_end]))
    if len(found) != 2 or quantity.low is None or quantity.high is None:
        return None
    first, second = ((one.value or 0.0) / one.scale for one in found)
    is_falling = first > second if found[0].scale in (1, found[1].scale) else (found[0].value or 0.0) > (found[1].value or 0.0)
    values = (quantity.high, quantity.low) if is_falling else (quantity.low, quantity.high)
    places = [(quantity.number_start + one.start, quantity.number_start + one.end) for one in found]
    ends = (places[0][1], quantity.end)
    made = [
        replace(
            quantity,
            start=low,
            end=end,
            text=text[low:end],
            qualifier="eq",
            value=value,
            low=value,
            high=value,
            number_start=low,
            number_end=high,
        )
        for (low, high), end, value in zip(places, ends, values, strict=True)
    ]
    return made[0], made[1]
