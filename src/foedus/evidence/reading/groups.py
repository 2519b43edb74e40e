"""Which group of a case's ledger a proposed claim belongs to, by what the claims of that group say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import log

from foedus.evidence.claim import Claim
from foedus.evidence.reading.lexicon import table
from foedus.evidence.reading.proposal import Proposal
from foedus.evidence.reading.subject import Subject, of_packs
from foedus.evidence.reading.units import singular

__all__ = ["LedgerGroups"]

_LEAST = 0.40
_CLEAR = 1.1
_NAMES = 3  # names in a ledger, from which on a report without any of them is of another matter
_SHARED = 2  # words that are no names, where no figure is shared and none is in the name of the group: one rare word says nothing
_STOP = frozenset(
    "a an the of to in on at by for with from and or but as is are was were be been has have had will would could may might that this it its "
    "their his her he she they not no than more most about up some any said says say there which who what how one two also into".split()
)
_STEM = re.compile(r"(?:ies|ing|ed|ly|ment|ation|ions?|s)$")
_PEOPLE = frozenset("person people men".split())
_TIMES = frozenset("hour day night week fortnight month quarter season year".split())
_CALENDAR = frozenset(
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
)


@cache
def _lands() -> frozenset[str]:
    """The words of the names of actors: who a statement is about is judged by the actors, not by words."""
    names = (f"{actor}|{written}" for kind in ("aliases", "seats") for actor, written in table("actors")[kind].items())
    return frozenset(word for name in names for word in re.findall(r"[a-z]+", name.lower()))


def _names_in(texts: Iterable[str]) -> set[str]:
    """Words that are written with a capital wherever they stand, and once inside a sentence: people, places, units of an army."""
    inside: set[str] = set()
    small: set[str] = set()
    for text in texts:
        inside |= set(re.findall(r"(?<=[a-z,;] )[A-Z][a-z]+", text))
        small |= set(re.findall(r"\b[a-z]+", text))
    return {word for word in inside if word.lower() not in small}


class LedgerGroups:
    """The claims of a ledger, each with the words, unit, type and actors by which a new claim is held against it."""

    def __init__(self, claims: Iterable[Claim], subject: Subject | None = None) -> None:
        subject = subject or of_packs()
        self._same, self._people = dict(subject.same), _PEOPLE | subject.people
        claims = list(claims)
        names = _names_in(claim.paraphrase for claim in claims)
        self._names = self._stems(" ".join(names))
        self._told_of = frozenset(names) - _CALENDAR
        self._rows = [self._row(claim) for claim in claims]
        spread = Counter(word for row in self._rows for word in row.words)
        self._new = 0.75 * log(1 + len(self._rows))
        self._weights = {word: log(1 + len(self._rows) / count) for word, count in spread.items()}

    def of(self, words: str, claim: Proposal, around: str = "", report: str = "") -> str | None:
        """The group of the claims that say nearly the same; None where none does, or several groups have an equal right.

        A figure is none of a group for its unit and the noun that is counted alone: its sentence shares a further word with the claims
        of the group, and its report names somebody or somewhere that the ledger names.

        Args:
            words: of the claim. around: its sentence; "" for the words alone. report: the text that it stands in; "" where that is unknown.
        """
        stems = self._stems(words)
        is_counted = claim.ctype == "quantity" and claim.quantity is not None
        if is_counted and report and self._is_elsewhere(report):
            return None
        subject = self._stems(around or words) - self._counted(claim) if is_counted else frozenset[str]()
        best: dict[str, list[float]] = defaultdict(list)
        for row in self._rows:
            is_apart = is_counted and bool(row.unit) and not subject & row.words
            best[row.group].append(0.0 if is_apart else self._score(row, stems, claim))
        scores = sorted(((sum(sorted(each)[-2:]) / 2 + max(each) / 2, group) for group, each in best.items()), reverse=True)
        if not scores or scores[0][0] < _LEAST:
            return None
        return scores[0][1] if len(scores) < 2 or scores[0][0] >= _CLEAR * scores[1][0] else None

    def _is_elsewhere(self, report: str) -> bool:
        """Whether a report names nothing that the ledger names: with few names on either side nobody can tell."""
        named = set(re.findall(r"\b[A-Z][a-z]+", report)) - _CALENDAR
        return len(self._told_of) >= _NAMES and not named & self._told_of

    def _counted(self, claim: Proposal) -> frozenset[str]:
        """The words by which a figure is counted, and over what time: they are those of any matter."""
        quantity = claim.quantity
        assert quantity is not None
        written = f"{quantity.unit} {quantity.text or ''}"
        return self._stems(written) | self._units(written) | self._stems(" ".join(_TIMES))

    def _score(self, row: _Row, stems: frozenset[str], claim: Proposal) -> float:
        """How alike the words are, as the cosine of their weights, changed by what else agrees."""
        sizes = [sum(self._weights.get(word, self._new) ** 2 for word in each) for each in (stems, row.words)]
        if not all(sizes):
            return 0.0
        shared = stems & row.words
        is_counted = claim.ctype == "quantity" and claim.quantity is not None
        if not is_counted and len(shared - self._names) < (1 if shared & row.named else _SHARED):
            return 0.0
        score = sum(self._weights[word] ** 2 for word in shared) / (sizes[0] * sizes[1]) ** 0.5
        if is_counted and claim.quantity is not None and row.unit:
            if not self._units(claim.quantity.unit) & row.unit:
                return 0.0
            score += 0.1
        elif is_counted != bool(row.unit):
            score *= 0.6
        if claim.actor and row.actors:
            score *= 1.15 if set(claim.actor.split(";")) & row.actors else 0.7
        return float(score * (1.0 if claim.ctype == row.ctype else 0.9))

    def _row(self, claim: Claim) -> _Row:
        actors = frozenset((claim.actor or "").split(";")) - {""}
        unit = self._units(claim.quantity_unit.split("/")[0])
        named = self._stems(claim.group)
        return _Row(claim.group, self._stems(claim.paraphrase) | named, named, unit, actors, claim.ctype)

    def _stems(self, words: str) -> frozenset[str]:
        """The words of a statement without endings, little words and numbers."""
        found = []
        for word in re.findall(r"[a-z]+", words.lower()):
            if word in _STOP or word in _lands() or len(word) < 3:
                continue
            found.append(self._same.get(word) or _STEM.sub("", singular(word)))
        return frozenset(found)

    def _units(self, written: str) -> frozenset[str]:
        """The words of a unit; all that count people are one."""
        return frozenset("person" if word in self._people else word for word in self._stems(written))


@dataclass(frozen=True)
class _Row:
    """What a claim of the ledger is compared by."""

    group: str
    words: frozenset[str]
    named: frozenset[str]
    unit: frozenset[str]
    actors: frozenset[str]
    ctype: str
