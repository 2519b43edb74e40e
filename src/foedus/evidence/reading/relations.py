"""How claims are related: duplicate, repeats, agrees, refines, part of, has part, updates, conflicts, not comparable."""

from __future__ import annotations

import re
from collections import Counter, OrderedDict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log
from typing import Any

from foedus.evidence.reading.compared import Families, between_figures, family_of, same_voice, times_meet
from foedus.evidence.reading.lexicon import phrases
from foedus.evidence.reading.libraries import library
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.subject import Subject, of_packs
from foedus.evidence.reading.topics import Topic, are_rivals, kin_of, named, opposed, topic_of, wholes_of

__all__ = ["RELATIONS", "Related", "Relater"]

RELATIONS = ("duplicate", "repeats", "agrees", "refines", "part_of", "has_part", "updates", "conflicts", "not_comparable")

_SAME_WORDS = 92.0
_NEAR_WORDS = 75.0
_SAME_MATTER = 0.45
_SAME_IDEAS = 0.90
_SAME_UNNAMED = 0.60
_SAME_DEED = 0.28
_SAME_MOOD = 0.40
_SAME_THINGS = 0.35
_MOST = 30
_MOST_THINGS = 2_000
_MOST_WORDS = 20_000


@dataclass(frozen=True)
class Related:
    """A claim with its document, its name there, its words and the day on which it was public, for comparison.

    Attributes:
        around: the sentence that it stands in; its own words where that is not known.
    """

    document: str
    name: str
    claim: Proposal
    words: str
    published: str
    around: str = ""


@dataclass(frozen=True)
class _Known:
    """A claim with what it is about.

    Attributes:
        ideas: of its topic, with who does it.
    """

    related: Related
    topic: Topic
    ideas: frozenset[str]


@dataclass
class Relater:
    """Compares claims with those before them.

    Each is held against the latest claims that speak of two of the same ideas, or count the same thing, so that work and memory
    grow with neither the number of documents nor that of claims.
    """

    subject: Subject | None = None
    _recent: OrderedDict[str, deque[_Known]] = field(default_factory=OrderedDict)
    _spread: Counter[str] = field(default_factory=Counter)
    _seen: int = 0
    _weights: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._subject = self.subject or of_packs()
        self._families: Families = dict(self._subject.families)

    def add(self, claim: Related) -> list[tuple[str, Related]]:
        """The relations of a claim to earlier ones: (relation, the earlier claim); it is remembered."""
        topic = topic_of(claim.claim, claim.words, claim.around or claim.words, self._subject)
        known = _Known(claim, topic, frozenset(topic.ideas | topic.who))
        figure = _figure_key(claim.claim, self._families)
        ideas = known.topic.ideas | wholes_of(known.topic.acts)
        keys = [*sorted(ideas), *(f"who {name}" for name in sorted(known.topic.who)), *([figure] if figure else [])]
        by_id: dict[int, _Known] = {}
        met: Counter[int] = Counter()
        for key in keys:
            for each in self._recent.get(key, ()):
                by_id[id(each)] = each
                met[id(each)] += 1
        is_near = {id(each) for each in self._recent.get(figure, ())}
        self._seen += 1
        self._weights.clear()
        self._spread.update(known.ideas)
        size = self._size(known.ideas)
        near = [by_id[one] for one, count in met.items() if count > 1 or one in is_near]
        found = [(self._relation(known, size, each), each) for each in near]
        self._remember(known, keys)
        return [(name, other.related) for name, other in found if name]

    def _remember(self, known: _Known, keys: Iterable[str]) -> None:
        for key in keys:
            self._recent.setdefault(key, deque(maxlen=_MOST)).append(known)
            self._recent.move_to_end(key)
        while len(self._recent) > _MOST_THINGS:
            self._recent.popitem(last=False)
        if len(self._spread) > _MOST_WORDS:
            self._spread = Counter(dict(self._spread.most_common(_MOST_WORDS // 2)))

    def _relation(self, later: _Known, size: float, earlier: _Known) -> str:
        """How a claim, with the weight of its ideas, stands to an earlier one; "" where they have nothing to do with each other."""
        one, other = later.related, earlier.related
        if one.document == other.document and one.claim.start < other.claim.end and other.claim.start < one.claim.end:
            return ""
        if _are_of_others(later, earlier) or are_rivals(later.topic, earlier.topic):
            return ""
        alike = self._alike(later, size, earlier)
        if not _is_of_one(later.topic, earlier.topic, alike):
            return ""
        if one.document != other.document and _is_copy(later, earlier):
            return "duplicate"
        if _has_figure(one.claim) and _has_figure(other.claim):
            return between_figures(one, other, (later.topic, earlier.topic), alike, self._families)
        if one.document == other.document and one.around and one.around == other.around:
            return ""
        if _numbers(one.words) and _numbers(other.words) and not _numbers(one.words) & _numbers(other.words):
            return ""
        return _between_statements(later, earlier) if _is_one_matter(later, earlier, alike) else ""

    def _alike(self, one: _Known, size: float, other: _Known) -> float:
        """The cosine of the ideas of two claims, each with its weight: what stands in many claims tells little."""
        shared = self._size(one.ideas & other.ideas)
        is_of_matter = shared and not one.topic.ideas.isdisjoint(other.topic.ideas)
        return shared / (size * self._size(other.ideas)) ** 0.5 if is_of_matter else 0.0

    def _size(self, ideas: Iterable[str]) -> float:
        weights, spread = self._weights, self._spread
        total = 0.0
        for idea in ideas:
            weight = weights.get(idea)
            if weight is None:
                weight = weights[idea] = log(2 + self._seen / (1 + spread[idea])) ** 2
            total += weight
        return total


def _are_of_others(later: _Known, earlier: _Known) -> bool:
    """Whether two claims name doers of whom neither is the other's."""
    first, second = later.topic, earlier.topic
    if first.who and second.who and not first.who & second.who:
        return True
    one, other = later.related.claim.actor, earlier.related.claim.actor
    if not one or not other or one == other or first.acts & second.acts & _mutual():
        return False
    return not _actors(later) & _actors(earlier)


def _is_of_one(first: Topic, second: Topic, alike: float) -> bool:
    """Whether two claims share a doer or place; those that name neither must be alike in nearly all else."""
    if first.who and second.who:
        return True
    is_one_place = any(named(name) in second.ideas for name in first.where) or any(
        named(name) in first.ideas for name in second.where
    )
    return is_one_place or (alike >= _SAME_UNNAMED and len((first.ideas & second.ideas) - (_kins(first) - first.acts)) > 2)


def _figure_key(claim: Proposal, families: Families) -> str:
    return f"unit {family_of(claim.quantity, families)}" if claim.quantity is not None and _has_figure(claim) else ""


def _has_figure(claim: Proposal) -> bool:
    """Whether a claim is of a figure that can be compared: no length of time, and none that was read in part."""
    return claim.quantity is not None and claim.quantity.dimension not in ("time", "") and not claim.quantity.loose


def _is_copy(later: _Known, earlier: _Known) -> bool:
    """Whether one was taken from the other: nearly the same words, and none of another meaning."""
    if later.topic.ideas - earlier.topic.ideas and earlier.topic.ideas - later.topic.ideas:
        return False
    one, other = later.related, earlier.related
    is_alike = (one.claim.polarity, *_figures(one.claim)) == (other.claim.polarity, *_figures(other.claim))
    return is_alike and _wording(one, other) >= _SAME_WORDS


def _wording(one: Related, other: Related) -> float:
    fuzz: Any = library("rapidfuzz.fuzz")
    return float(fuzz.token_sort_ratio(one.words.lower(), other.words.lower()))


def _figures(claim: Proposal) -> tuple[float | None, ...]:
    quantity = claim.quantity
    return (quantity.value, quantity.low, quantity.high) if quantity is not None else ()


def _numbers(words: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d[\d.,]*", words))


def _is_one_matter(later: _Known, earlier: _Known, alike: float) -> bool:
    """Whether two statements speak of the same: by nearly the same ideas, or by doer, deed and thing."""
    one, other = later.topic, earlier.topic
    if one.where and other.where and not one.where & other.where:
        return False
    things = (one.ideas & other.ideas) - _kins(one) - one.acts
    deeds = _kins(one) & _kins(other)
    if alike >= _SAME_IDEAS and one.who & other.who and _wording(later.related, earlier.related) >= _NEAR_WORDS:
        return True
    if alike >= _SAME_MATTER and (len(things) > 1 or (things and (deeds or opposed(one.acts, other.acts)))):
        return True
    moods = later.related.claim.modality, earlier.related.claim.modality
    is_one_mood = moods[0] == moods[1] or (moods == ("actual", "future") and later.related.published > earlier.related.published)
    if alike < (_SAME_DEED if is_one_mood else _SAME_MOOD) or not one.who & other.who:
        return False
    return (bool(deeds) and len(deeds - {"stock"}) + len(things) > 1) or (alike >= _SAME_THINGS and len(things) > 1)


def _kins(topic: Topic) -> frozenset[str]:
    return frozenset(kin_of(act) for act in topic.acts)


def _actors(known: _Known) -> frozenset[str]:
    return frozenset((known.related.claim.actor or "").split(";")) - {""}


def _mutual() -> frozenset[str]:
    """Acts of two sides, of which either may be named first."""
    return phrases("concepts", "mutual")


def _between_statements(later: _Known, earlier: _Known) -> str:
    """By their signs, whether they tell what is or what might be, who says them and when."""
    one, other = later.related.claim, earlier.related.claim
    is_later = bool(earlier.related.published) and later.related.published > earlier.related.published
    is_sure = one.hedge.kind in ("asserted", "certain", "negated")
    if opposed(later.topic.acts, earlier.topic.acts):
        if any(_NOT.search(each.related.words) for each in (later, earlier)):
            return ""
        return (
            ("updates" if is_later and is_sure else "conflicts")
            if one.modality == other.modality == "actual"
            else "not_comparable"
        )
    if not times_meet(one, other):
        return ""
    if "0" in (one.polarity, other.polarity) or "asked" in (one.commitment, other.commitment):
        return "agrees" if one.commitment == other.commitment else "not_comparable"
    if {one.polarity, other.polarity} == {"+", "-"}:
        is_duty = (one.ctype == "obligation") != (other.ctype == "obligation")
        return "conflicts" if one.modality == other.modality and not is_duty else "not_comparable"
    if one.modality != other.modality:
        is_done = other.modality == "future" and one.modality == "actual" and is_later
        return "updates" if is_done and is_sure else "not_comparable"
    return "repeats" if same_voice(later.related, earlier.related) else "agrees"


_NOT = re.compile(r"\b(?:not|never|no|den(?:y|ies|ied))\b|n['’]t\b", re.IGNORECASE)
