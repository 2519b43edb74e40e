"""What a draft asks: at most ten multiple-choice questions, each with a marked default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foedus.draft.binding import Bound
from foedus.draft.draft import Plan

__all__ = ["MOST_ASKED", "Answered", "Ask", "Asked", "Taken", "asked_of_parts", "asked_of_plan"]

MOST_ASKED = 10


@dataclass(frozen=True)
class Asked:
    """A question with its options, the default first."""

    key: str
    text: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Answered:
    """A question and the option that was taken, by its place."""

    asked: Asked
    taken: int

    def as_dict(self) -> dict[str, object]:
        return {"question": self.asked.text, "options": list(self.asked.options), "taken": self.asked.options[self.taken]}


Ask = Callable[[Asked], int]
"""Puts a question to somebody and returns the place of the option taken."""


@dataclass(frozen=True)
class Taken:
    """What was answered: weeks of the horizon (None: what the predictions need), scales of what is guessed, copies of the documents."""

    weeks: int | None
    scales: dict[str, dict[str, float]]
    is_copied: bool


def asked_of_parts(plan: Plan, ask: Ask, told: list[Answered]) -> tuple[str, ...]:
    """Which of the parts proposed are wanted; all if nobody leaves one out, and at least one."""
    wanted = []
    parts = plan.chosen.parts
    for part in parts if len(parts) > 1 else ():
        count = len(part.filled.facts)
        words = ", ".join(part.filled.words[:4])
        fit = "figure of the reports fits" if count == 1 else "figures of the reports fit"
        text = f"{part.takes.title}: {count} {fit} it ({words}). Use it?"
        if not count:
            text = f"{part.takes.title}: the reports speak of it ({words}), but no figure of theirs carries it. Use it?"
        taken = _put(Asked(f"part:{part.alias}", text, ("yes", "no")), ask, told)
        wanted += [part.takes.name] if taken == 0 else []
    return tuple(wanted) or tuple(part.takes.name for part in parts)


_SCALES = (("as guessed", 1.0), ("a third of that", 1 / 3), ("three times that", 3.0))
_HORIZONS: tuple[tuple[str, int | None], ...] = (
    ("as far as the reports look", None),
    ("half a year", 26),
    ("a year", 52),
    ("two years", 104),
)


def asked_of_plan(plan: Plan, bounds: Sequence[tuple[str, Bound]], ask: Ask, told: list[Answered]) -> Taken:
    """The horizon, what nobody says, and whether the documents may be copied."""
    weeks = _HORIZONS[_put(Asked("horizon", "How far ahead is asked?", tuple(name for name, _ in _HORIZONS)), ask, told)][1]
    scales: dict[str, dict[str, float]] = {}
    for alias, bound in [(alias, bound) for alias, bound in bounds if bound.kind == "judgement"][: MOST_ASKED - len(told) - 1]:
        guess = bound.because.removeprefix("judgement: ")
        text = f"Nobody says: {bound.label[:1].lower()}{bound.label[1:]} ({alias}). Taken: {guess}. Is that about right?"
        taken = _put(Asked(f"guess:{alias}.{bound.slot}", text, tuple(name for name, _ in _SCALES)), ask, told)
        scales.setdefault(alias, {})[bound.slot] = _SCALES[taken][1]
    asked = Asked(
        "copies", "May the documents be copied into the case? Otherwise it keeps their names and digests only.", ("no", "yes")
    )
    return Taken(weeks, scales, bool(_put(asked, ask, told)))


def _put(asked: Asked, ask: Ask, told: list[Answered]) -> int:
    taken = ask(asked)
    told.append(Answered(asked, taken))
    return taken
