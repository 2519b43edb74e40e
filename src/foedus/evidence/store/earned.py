"""What the letter of a source would be by what became of its claims: counted, shown beside the letter, never put in its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from foedus.distributions import Beta
from foedus.evidence.claim import Claim
from foedus.evidence.defaults import DEFAULTS, Defaults
from foedus.evidence.store.event import LedgerEvent

__all__ = [
    "FEWEST",
    "Earned",
    "decided_at",
    "different_letters",
    "earned_grade",
    "earned_grades",
    "letters_given",
]

FEWEST = 8
"""Claims that must have been decided on, one by one, before a letter is offered."""
_JEFFREYS = 0.5
_DECIDING = ("accept", "reject")
_UNJUDGED = "F"


@dataclass(frozen=True)
class Earned:
    """One source's record.

    Attributes:
        letters: the letters that its claims have, with how many; F, "cannot be judged", is left out.
        accepted, edited, rejected: decided on one by one.
        at_once: decided on together with others: no word on each.
        waiting: not decided on.
        right, wrong: yes-or-no predictions whose outcome is known.
        mean, low, high: the chance that a claim of the source holds: mean, 5 and 95 % of a Beta that begins with half a claim on either
            side; None where nothing was decided.
        offered: the letter that the record speaks for; "" where there is too little of it, or where it speaks for the letter given.
    """

    source: str
    letters: dict[str, int]
    accepted: int
    edited: int
    rejected: int
    at_once: int
    waiting: int
    right: int
    wrong: int
    mean: float | None
    low: float | None
    high: float | None
    offered: str

    @property
    def decided(self) -> int:
        """Claims decided on one by one."""
        return self.accepted + self.edited + self.rejected

    @property
    def kept(self) -> int:
        """Of these, how many count, as they were or edited."""
        return self.accepted + self.edited

    @property
    def words(self) -> str:
        """The record in a few words: "14 of 16 accepted; C would be nearer than A"."""
        told = [f"{self.kept} of {self.decided} accepted"] if self.decided else []
        told += [f"{self.right} of {self.right + self.wrong} predictions right"] if self.right + self.wrong else []
        given = max(self.letters, key=lambda letter: (self.letters[letter], letter), default="")
        if self.offered:
            told.append(f"{self.offered} would be nearer than {given}" if given else f"{self.offered} would be near")
        return "; ".join(told)


def decided_at(events: Iterable[LedgerEvent]) -> dict[str, str]:
    """Claim id -> when it was last accepted or rejected; what was decided on at once has the same moment."""
    return {event.claim: event.when for event in events if event.action in _DECIDING}


def earned_grades(
    claims: Iterable[Claim], decided: Mapping[str, str], outcomes: Mapping[str, bool] | None = None, defaults: Defaults = DEFAULTS
) -> tuple[Earned, ...]:
    """The record of every source; those with most decisions first.

    Args:
        claims: of any status.
        decided: claim id -> when it was decided on; a claim that is not in it came in with its status.
        outcomes: question -> whether it came true.
        defaults: what each letter is worth.
    """
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        told.setdefault(claim.source.canonical, []).append(claim)
    moments = Counter(decided.values())
    found = [earned_grade(name, own, decided, moments, outcomes or {}, defaults) for name, own in told.items()]
    return tuple(sorted(found, key=lambda one: (-one.decided - one.right - one.wrong, one.source)))


def earned_grade(
    source: str,
    claims: Iterable[Claim],
    decided: Mapping[str, str],
    moments: Mapping[str, int],
    outcomes: Mapping[str, bool],
    defaults: Defaults = DEFAULTS,
) -> Earned:
    """The record of one source.

    Args:
        claims: its own.
        moments: moment -> how many claims were decided on at it.
    """
    counts: Counter[str] = Counter()
    claims = tuple(claims)
    for claim in claims:
        is_single = moments.get(decided.get(claim.id, ""), 1) == 1
        counts[claim.status if is_single or claim.status == "proposed" else "at once"] += 1
        counts[_came_true(claim, outcomes)] += 1
    letters = letters_given(claims)
    good = counts["accepted"] + counts["edited"] + counts["right"]
    bad = counts["rejected"] + counts["wrong"]
    mean, low, high = _chance(good, bad)
    return Earned(
        source,
        {letter: len(ids) for letter, ids in letters.items()},
        counts["accepted"],
        counts["edited"],
        counts["rejected"],
        counts["at once"],
        counts["proposed"],
        counts["right"],
        counts["wrong"],
        mean,
        low,
        high,
        _offer(letters, good + bad, mean, low, high, defaults),
    )


def letters_given(claims: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    """Letter -> ids of the claims that have it; F is no judgement and left out."""
    found: dict[str, tuple[str, ...]] = {}
    for claim in claims:
        if claim.grade[0] != _UNJUDGED:
            found[claim.grade[0]] = (*found.get(claim.grade[0], ()), claim.id)
    return dict(sorted(found.items()))


def different_letters(claims: Iterable[Claim]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Source -> letter -> ids, of the sources whose claims were given more than one letter; rejected claims say nothing."""
    told: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.status == "rejected":
            continue
        told.setdefault(claim.source.canonical, []).append(claim)
    found = {name: letters_given(own) for name, own in sorted(told.items())}
    return {name: letters for name, letters in found.items() if len(letters) > 1}


def _came_true(claim: Claim, outcomes: Mapping[str, bool]) -> str:
    """ "right", "wrong" or "open": of a prediction of yes or no, whose middle lies on one side."""
    if claim.question is None or claim.question not in outcomes or claim.probability is None or claim.status == "rejected":
        return "open"
    middle = sum(claim.probability) / 2
    return "open" if middle == 0.5 else "right" if (middle > 0.5) == outcomes[claim.question] else "wrong"


def _chance(good: int, bad: int) -> tuple[float | None, float | None, float | None]:
    if not good + bad:
        return None, None, None
    found = Beta(good + _JEFFREYS, bad + _JEFFREYS)
    low, high = (float(end) for end in found.quantile(np.array([0.05, 0.95])))
    return (good + _JEFFREYS) / (good + bad + 2 * _JEFFREYS), low, high


def _offer(
    letters: Mapping[str, tuple[str, ...]],
    count: int,
    mean: float | None,
    low: float | None,
    high: float | None,
    defaults: Defaults,
) -> str:
    """The letter whose worth is nearest to the record; "" if there is too little of it, or a given letter fits it."""
    if mean is None or low is None or high is None or count < FEWEST:
        return ""
    worth = {letter: weight.value for letter, weight in defaults.letters.items() if letter != _UNJUDGED}
    nearest = min(worth, key=lambda letter: (abs(worth[letter] - mean), letter))
    is_fit = any(low <= worth[letter] <= high for letter in letters)
    return "" if is_fit or nearest in letters else nearest
