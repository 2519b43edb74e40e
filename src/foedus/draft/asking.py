"""What a draft asks: at most ten multiple-choice questions, each with a marked default."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from foedus.draft.binding import Bound
from foedus.draft.choosing import MechanismChoice
from foedus.draft.draft import DraftPlan
from foedus.draft.round_numbers import in_short

__all__ = [
    "MOST_ASKED",
    "Answered",
    "Ask",
    "DraftQuestion",
    "Taken",
    "asked_of_parts",
    "asked_of_plan",
    "declined",
    "part_key",
    "taken_of",
]

MOST_ASKED = 10


@dataclass(frozen=True)
class DraftQuestion:
    """A question with its options, the default first."""

    key: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A question and the option that was taken, by its place."""

    asked: DraftQuestion
    taken: int

    def as_dict(self) -> dict[str, object]:
        return {"question": self.asked.text, "options": list(self.asked.options), "taken": self.asked.options[self.taken]}


Ask = Callable[[DraftQuestion], int]
"""Puts a question to somebody and returns the place of the option taken."""


@dataclass(frozen=True)
class Taken:
    """What was answered: weeks of the horizon (None: what the predictions need), scales of what is guessed, copies of the documents."""

    weeks: int | None
    scales: dict[str, dict[str, float]]
    is_copied: bool


_SCALES = (("as guessed", 1.0), ("a third of that", 1 / 3), ("three times that", 3.0))
_HORIZONS: tuple[tuple[str, int | None], ...] = (
    ("as far as the reports look", None),
    ("half a year", 26),
    ("a year", 52),
    ("two years", 104),
)
_COPIES = DraftQuestion(
    "copies", "May the documents be copied into the case? Otherwise it keeps their names and digests only.", ("no", "yes")
)


def asked_of_parts(plan: DraftPlan) -> tuple[DraftQuestion, ...]:
    """Which of the parts proposed are wanted; nothing where there is only one."""
    parts = plan.chosen.parts
    return tuple(_asked_of_part(part) for part in parts) if len(parts) > 1 else ()


def _asked_of_part(part: MechanismChoice) -> DraftQuestion:
    count, words = len(part.filled.facts), ", ".join(part.filled.words[:4])
    fit = "figure of the reports fits" if count == 1 else "figures of the reports fit"
    text = f"{part.takes.title}: {count} {fit} it ({words}). Use it?"
    if not count:
        text = f"{part.takes.title}: the reports speak of it ({words}), but no figure of theirs carries it. Use it?"
    return DraftQuestion(part_key(part), text, ("yes", "no"))


def part_key(part: MechanismChoice) -> str:
    """The key of the question whether a part is wanted."""
    return f"part:{part.alias}"


def declined(plan: DraftPlan, answers: Mapping[str, int]) -> frozenset[str]:
    """The mechanisms of a proposal that are not wanted."""
    return frozenset(part.takes.name for part in plan.chosen.parts if answers.get(part_key(part), 0) == 1)


def asked_of_plan(bounds: Sequence[tuple[str, Bound]], already: int) -> tuple[DraftQuestion, ...]:
    """The horizon, what nobody says, and whether the documents may be copied.

    Args:
        already: how many questions were asked before.
    """
    guessed = [(alias, bound) for alias, bound in bounds if bound.kind == "judgement"][: MOST_ASKED - already - 2]
    horizon = DraftQuestion("horizon", "How far ahead is asked?", tuple(name for name, _ in _HORIZONS))
    return (horizon, *(_asked_of_guess(alias, bound) for alias, bound in guessed), _COPIES)


def _asked_of_guess(alias: str, bound: Bound) -> DraftQuestion:
    taken = in_short(bound.because)
    text = f"No figure of the reports fills it: {bound.label[:1].lower()}{bound.label[1:]} ({alias}). Taken: {taken}. Is that about right?"
    return DraftQuestion(f"guess:{alias}.{bound.slot}", text, tuple(name for name, _ in _SCALES))


def taken_of(asked: Sequence[DraftQuestion], answers: Mapping[str, int]) -> Taken:
    """What the answers to the questions about a plan come to; a question without an answer has its default."""
    scales: dict[str, dict[str, float]] = {}
    for one in asked:
        kind, _, where = one.key.partition(":")
        if kind == "guess":
            alias, _, slot = where.partition(".")
            scales.setdefault(alias, {})[slot] = _SCALES[answers.get(one.key, 0)][1]
    return Taken(_HORIZONS[answers.get("horizon", 0)][1], scales, bool(answers.get("copies", 0)))
