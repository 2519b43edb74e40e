"""Which group of a case's ledger a proposed claim belongs to, by what the claims of that group say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from foedus.evidence.claim import Claim
from foedus.evidence.reading.proposals import Proposal
from foedus.evidence.reading.units import singular

__all__ = ["Groups"]

_LEAST = 0.40
_CLEAR = 1.1
_STOP = frozenset(
    "a an the of to in on at by for with from and or but as is are was were be been has have had will would could may might that this it its "
    "their his her he she they not no than more most about up some any said says say there which who what how one two also into".split()
)
_STEM = re.compile(r"(?:ies|ing|ed|ly|ment|ation|ions?|s)$")
_SAME = {
    "rounds": "shell", "round": "shell", "ammunition": "shell", "munition": "shell", "munitions": "shell",
    "soldiers": "soldier", "troops": "soldier", "troop": "soldier", "personnel": "soldier", "men": "soldier", "servicemen": "soldier",
    "casualties": "casualty", "losses": "casualty", "pact": "treaty", "agreement": "treaty", "partnership": "treaty",
    "lethal": "weapon", "weapons": "weapon", "arms": "weapon",
}  # fmt: skip
# Who it is about is judged by the actors.
_LANDS = frozenset(
    "russia russian russians korea korean koreans north south ukraine ukrainian dprk rok moscow pyongyang kyiv seoul".split()
)


def _stems(words: str) -> frozenset[str]:
    """The words of a statement without endings, little words and numbers."""
    found = []
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _STOP or word in _LANDS or len(word) < 3:
            continue
        found.append(_SAME.get(word) or _STEM.sub("", singular(word)))
    return frozenset(found)


_PEOPLE = frozenset("person soldier people troop men casualty killed wounded injured dead".split())


def _units(written: str) -> frozenset[str]:
    """The words of a unit; all that count people are one."""
    return frozenset("person" if word in _PEOPLE else word for word in _stems(written))


class Groups:
    """The claims of a ledger, each with the words, unit, type and actors by which a new claim is held against it."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._rows = [_row(claim) for claim in claims]
        spread = Counter(word for row in self._rows for word in row.words)
        self._new = 0.75 * log(1 + len(self._rows))
        self._weights = {word: log(1 + len(self._rows) / count) for word, count in spread.items()}

    def of(self, words: str, claim: Proposal) -> str | None:
        """The group of the claims that say nearly the same; None where none does, or several groups have an equal right."""
        stems = _stems(words)
        best: dict[str, list[float]] = defaultdict(list)
        for row in self._rows:
            best[row.group].append(self._score(row, stems, claim))
        scores = sorted(((sum(sorted(each)[-2:]) / 2 + max(each) / 2, group) for group, each in best.items()), reverse=True)
        if not scores or scores[0][0] < _LEAST:
            return None
        return scores[0][1] if len(scores) < 2 or scores[0][0] >= _CLEAR * scores[1][0] else None

    def _score(self, row: _Row, stems: frozenset[str], claim: Proposal) -> float:
        """How alike the words are, as the cosine of their weights, changed by what else agrees."""
        sizes = [sum(self._weights.get(word, self._new) ** 2 for word in each) for each in (stems, row.words)]
        if not all(sizes):
            return 0.0
        score = sum(self._weights[word] ** 2 for word in stems & row.words) / (sizes[0] * sizes[1]) ** 0.5
        is_counted = claim.ctype == "quantity" and claim.quantity is not None
        if is_counted and claim.quantity is not None and row.unit:
            if not _units(claim.quantity.unit) & row.unit:
                return 0.0
            score += 0.1
        elif is_counted != bool(row.unit):
            score *= 0.6
        if claim.actor and row.actors:
            score *= 1.15 if set(claim.actor.split(";")) & row.actors else 0.7
        return float(score * (1.0 if claim.ctype == row.ctype else 0.9))


@dataclass(frozen=True)
class _Row:
    """What a claim of the ledger is compared by."""

    group: str
    words: frozenset[str]
    unit: frozenset[str]
    actors: frozenset[str]
    ctype: str


def _row(claim: Claim) -> _Row:
    actors = frozenset((claim.actor or "").split(";")) - {""}
    unit = _units(claim.quantity_unit.split("/")[0])
    return _Row(claim.group, _stems(f"{claim.paraphrase} {claim.group}"), unit, actors, claim.ctype)
